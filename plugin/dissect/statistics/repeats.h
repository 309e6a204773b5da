/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether the capture has had the datagram of a message before: a mirror port or a second tap shows it twice, and SIP over
 * UDP sends again what is not answered.
 */
#ifndef SF_DISSECT_STATISTICS_REPEATS_H
#define SF_DISSECT_STATISTICS_REPEATS_H

#include "tap.h"

typedef enum {
    SF_REPEAT_NONE,
    SF_REPEAT_COPY,  /**< captured twice, sent once: both have the same identification of IP within a short time */
    SF_REPEAT_SENT,  /**< a retransmission (RFC 3261 17.1): it was sent anew, T1 later at least */
    SF_REPEAT_EITHER /**< one or the other: nothing proves which */
} sf_repeat;

/** The messages of the last time, each with where it was seen. */
typedef struct sf_repeats sf_repeats;

/** An empty set, to be freed with sf_repeats_free(). */
sf_repeats *sf_repeats_new(void);
void sf_repeats_free(sf_repeats *repeats);

/** Forgets all messages. */
void sf_repeats_clear(sf_repeats *repeats);

/**
 * Takes a message, in the order of the capture, and says whether it is a repetition of one that was taken before. Of what
 * TCP or a log has, and of what the capture has not in full, it says nothing: SF_REPEAT_NONE.
 */
sf_repeat sf_repeats_take(sf_repeats *repeats, const packet_info *pinfo, const sf_tap_message *message);

#endif
