/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the ends of a packet in what its log says, or in its topmost Via.
 */
#include "place.h"

#include <glib.h>

#include "engine/sip/via.h"
#include "engine/text/token.h"

/* The name of the own end, if the log does not state it. */
#define UNKNOWN_LOCAL "logging-host"

/*
 * First half of the addresses made for names: a unique local prefix (RFC 4193) with a fixed global ID, so that
 * one filter finds them all. The second half comes from a hash of the name, so it is the same for every log
 * and in every run.
 */
static const uint8_t made_prefix[8] = { 0xfd, 's', 'k', 'y', 'p', 'e', 0x00, 0x00 };

static void make_address(sf_log_place *place, const char *name)
{
    char *lower = g_ascii_strdown(name, -1);
    GChecksum *hash = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize size = sizeof digest;

    g_checksum_update(hash, (const guchar *)lower, -1);
    g_checksum_get_digest(hash, digest, &size);
    g_checksum_free(hash);
    memcpy(place->address, made_prefix, sizeof made_prefix);
    memcpy(place->address + sizeof made_prefix, digest, sizeof place->address - sizeof made_prefix);
    place->address_size = sizeof place->address;
    g_strlcpy(place->name, lower, sizeof place->name);
    g_free(lower);
}

static sf_log_place place_of(const sf_log_end *end, const char *unknown)
{
    sf_log_place place = { .port = end->port };
    const char *name = end->host[0] ? end->host : unknown;

    place.address_size = sf_log_address_bytes(name, place.address);
    if (place.address_size == 0) {
        make_address(&place, name);
    }
    return place;
}

/* Reads the sent-by and the transport of the topmost Via. The transport is absent if it has none. */
static void read_via(sf_slice via, sf_log_end *end, sf_slice *transport)
{
    sf_cursor entries = sf_cursor_over(via);
    sf_slice topmost = via;
    sf_via read;

    sf_list_next(&entries, NULL, &topmost);
    sf_via_read(topmost, SF_READ_FOR_CALL, NULL, &read);
    sf_log_end_read(read.sent_by, (sf_slice){ NULL, 0 }, end);
    *transport = read.transport;
}

/*
 * Logs state the peer and often the local end. Pasted text states neither: there, the topmost Via is where a
 * request came from, and where a response goes.
 */
void sf_log_places_find(const sf_log_message *message, sf_log_places *places)
{
    const sf_log_origin *origin = message->origin;
    sf_log_place local = place_of(&origin->local, origin->machine[0] ? origin->machine : UNKNOWN_LOCAL);
    sf_log_place remote = place_of(&origin->remote, SF_LOG_UNKNOWN_PEER);
    sf_slice transport = { NULL, 0 };
    sf_log_end via = { { 0 }, 0 };

    if (sf_slice_present(message->via)) {
        read_via(message->via, &via, &transport);
    }
    if (origin->transport[0]) {
        transport = (sf_slice){ origin->transport, strlen(origin->transport) };
    }
    places->is_udp = sf_slice_equals_nocase(transport, SF_LITERAL("UDP"));
    if (origin->direction == SF_LOG_DIRECTION_UNKNOWN && !origin->remote.host[0] && !origin->local.host[0]) {
        sf_log_end nobody = { { 0 }, 0 };
        bool is_response = sf_slice_starts_nocase(message->start_line, SF_LITERAL("SIP/"));
        sf_log_place known = place_of(&via, UNKNOWN_LOCAL);
        sf_log_place unknown = place_of(&nobody, SF_LOG_UNKNOWN_PEER);
        places->source = is_response ? unknown : known;
        places->destination = is_response ? known : unknown;
    } else if (origin->direction == SF_LOG_DIRECTION_SENT ||
               (origin->direction == SF_LOG_DIRECTION_UNKNOWN && origin->local.host[0])) {
        /* What a third party saw went from the first end to the second. */
        places->source = local;
        places->destination = remote;
    } else {
        places->source = remote;
        places->destination = local;
    }
}
