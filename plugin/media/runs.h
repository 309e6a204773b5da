/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media that nothing names: it is known by several packets of RTP in a row, of one source, whose numbers count up. One
 * packet alone proves nothing: a quarter of all encrypted bytes look like the beginning of one.
 */
#ifndef SF_MEDIA_RUNS_H
#define SF_MEDIA_RUNS_H

#include "datagram.h"

/** The sources that may be media, as many as fit: newer ones take the places of older ones. */
typedef struct sf_runs sf_runs;

enum { SF_PACKETS_OF_RUN = 4 };

sf_runs *sf_runs_new(void);

/** Frees it; takes NULL. */
void sf_runs_free(sf_runs *runs);

/** Takes a packet, in the order of the capture. True if it is RTP, and at least the fourth of its source in a row. */
bool sf_runs_take(sf_runs *runs, const sf_datagram *packet);

/**
 * Takes a TCP segment with frames that begin where it begins: those of RFC 4571, [MS-TURN] 2.1.4 or TURN (RFC 8656
 * 12.5). True if one of them is the fourth packet of RTP in a row, or a later one.
 */
bool sf_runs_take_segment(sf_runs *runs, const sf_datagram *segment);

#endif
