/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media that may be a call's and is not followed, by the hosts of the calls: it passes between one of them and a relay.
 */
#ifndef SF_MEDIA_STRAYS_H
#define SF_MEDIA_STRAYS_H

#include "datagram.h"

/** The hosts and relays that the SDP of calls names. */
typedef struct sf_strays sf_strays;

typedef struct sf_stray_host sf_stray_host;

enum { SF_MAX_STRAY_HOSTS = 8 };

/** The hosts of one call. */
typedef struct {
    const sf_stray_host **hosts; /**< to be freed with g_free() */
    unsigned count;              /**< up to SF_MAX_STRAY_HOSTS */
} sf_stray_hosts;

sf_strays *sf_strays_new(void);

/** Frees it; takes NULL. */
void sf_strays_free(sf_strays *strays);

/** Takes the address for one of a relay. */
void sf_strays_add_relay(sf_strays *strays, const sf_media_end *end);

/** Adds the host that has the address; nothing happens for one that is there already. */
void sf_strays_add_host(sf_strays *strays, sf_stray_hosts *of_call, const sf_media_end *end);

/** Notes media between the ends of a datagram or segment: of hosts that are known, and of the relay, by its port. */
void sf_strays_note(sf_strays *strays, const sf_datagram *datagram);

/**
 * Takes what may be a packet of media that is of no stream. It is noted once several in a row are of one source.
 * @param outer  what was captured: between its ends it is noted
 * @return true if it was noted
 */
bool sf_strays_take(sf_strays *strays, const sf_datagram *outer, const sf_datagram *carried);

/** Takes a TCP segment with such packets in frames. Returns true if it was noted. */
bool sf_strays_take_segment(sf_strays *strays, const sf_datagram *segment);

/** Newest frame in which media was noted that passed through a relay with this address; 0 for none. */
uint32_t sf_strays_relayed_in(const sf_strays *strays, const sf_media_end *relay);

/** True if one end is a host of a call, and the other a relay that the SDP of a call names. */
bool sf_strays_is_to_relay(const sf_strays *strays, const sf_datagram *datagram);

/** True if there was such media in or after the frame. */
bool sf_strays_are_of(const sf_stray_hosts *of_call, uint32_t from_frame);

#endif
