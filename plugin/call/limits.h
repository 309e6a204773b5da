/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How much the model keeps of one call. What lies beyond is judged on its own,
 * as in a capture that began late.
 */
#ifndef SF_CALL_LIMITS_H
#define SF_CALL_LIMITS_H

#define SF_MAX_OFFERED_STREAMS 16   /* of one offer */
#define SF_MAX_OFFERED_KEYS 48      /* crypto lines of one offer, its alternative bodies together */
#define SF_MAX_OPEN_OFFERS 8        /* requests of one call that may still be answered, with each SDP that hops have */
#define SF_MAX_HOPS 16              /* on which one SDP was seen; then any other may be one of them */
#define SF_MAX_DIALOGS 8            /* forks of one call */
#define SF_MAX_KINDS 6              /* streams named in the call's row */
#define SF_MAX_JOIN_IDS 16          /* ids of one call by which others are found */
#define SF_MAX_MEETING_MEDIA 16     /* sessions with media of one that joined a conference */
#define SF_MAX_ASIDE 64             /* messages of one Call-ID that wait for a mark */
#define SF_MAX_ASIDE_LENGTH 4096    /* bytes of such a message */
#define SF_MAX_ASIDE_BYTES 67108864 /* of all of them in a capture; calls that come later do not wait */
#define SF_MAX_PARTY 128            /* bytes of a party's address */

#endif
