/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who takes part in the calls of a capture: each address, with its host name and its role, as far as messages have told.
 */
#ifndef SF_DISSECT_STATISTICS_PARTICIPANTS_H
#define SF_DISSECT_STATISTICS_PARTICIPANTS_H

#include "tap.h"

/** Nobody reads a diagram of more, and Wireshark draws no more of them (MAX_NUM_NODES of its sequence_analysis.h). */
enum { SF_MAX_DRAWN = 40 };

typedef struct sf_participants sf_participants;

/** A table without participants, to be freed with sf_participants_free(). */
sf_participants *sf_participants_new(void);
void sf_participants_free(sf_participants *participants);

/** Forgets all of them. */
void sf_participants_clear(sf_participants *participants);

/** What is told of a change of a name. Both texts live until it returns. */
typedef void (*sf_participants_renamed)(void *data, const char *from, const char *to);

/**
 * Takes in a message: its sender and receiver, and what it says of hosts.
 * @param renamed   called for each participant that gets another name by it; NULL for nobody
 * @param sender    set to its number, from 0 on
 * @param receiver  set to its number
 * @return false if one of them is beyond the limit
 */
bool sf_participants_take(sf_participants *participants, const packet_info *pinfo, const sf_tap_message *message,
                          sf_participants_renamed renamed, void *data, unsigned *sender, unsigned *receiver);

/** Takes in what a message says of hosts alone: its sender and receiver are no participants for it. */
void sf_participants_learn(sf_participants *participants, const packet_info *pinfo, const sf_tap_message *message);

/** How many there are. */
unsigned sf_participants_count(const sf_participants *participants);

/**
 * The name of one, different from all others': `edge.example.com (Edge)`, or its address; both where several have one host
 * name. It lives until the next message is taken in.
 */
const char *sf_participants_name(const sf_participants *participants, unsigned number);

#endif
