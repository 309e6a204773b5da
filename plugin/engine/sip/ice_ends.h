/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether both ends of a stream are inside one network, where a direct path
 * between them is to be expected.
 */
#ifndef SF_ENGINE_SIP_ICE_ENDS_H
#define SF_ENGINE_SIP_ICE_ENDS_H

#include "media_debug.h"

/** What shows where the two ends of a stream are. */
typedef enum {
    SF_ENDS_UNKNOWN,     /**< nothing, or they are apart */
    SF_ENDS_INSIDE,      /**< both are said to be inside the company's network */
    SF_ENDS_SAME_NETWORK /**< both have private addresses of one subnet */
} sf_ice_ends;

/**
 * Where the ends of a stream are. LocalLocation and RemoteLocation decide where both are there (2 is the intranet, by
 * KB 2386684 and the sense of the values seen: inferred). Without them it is the same network if both addresses are of
 * one /24 of 10.0.0.0/8 or 172.16.0.0/12, or of one unique local /64, and the call is not said to be federated. Two
 * addresses in 192.168.0.0/16 show nothing: every second home has the same ones.
 */
sf_ice_ends sf_ice_ends_of(const sf_media_debug *debug);

#endif
