/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which way media flows.
 */
#ifndef SF_ENGINE_SDP_DIRECTION_H
#define SF_ENGINE_SDP_DIRECTION_H

/** Seen from who writes it (RFC 3264 5.1). The values of skypefed.media.direction. */
typedef enum {
    SF_DIRECTION_BOTH = 0,         /**< a=sendrecv, or no attribute at all */
    SF_DIRECTION_SEND_ONLY = 1,    /**< a=sendonly */
    SF_DIRECTION_RECEIVE_ONLY = 2, /**< a=recvonly */
    SF_DIRECTION_INACTIVE = 3,     /**< a=inactive */
    SF_DIRECTIONS
} sf_direction;

#endif
