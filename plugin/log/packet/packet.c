/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Ends and time of a packet. What is said of it in words is in comment.c.
 */
#include "packet.h"

#include "comment.h"
#include "log/grammar/end.h"

/* Names for ends that the log does not name at all. */
#define UNKNOWN_LOCAL "logging-host"
#define UNKNOWN_REMOTE "unknown-peer"

/*
 * First half of the addresses made for names: a unique local prefix (RFC 4193) with a fixed global id,
 * so that one filter finds them all. The second half is taken from a hash of the name, and is the same
 * in every log and every run.
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

/*
 * A log of both directions names its own end and the peer. Pasted text names neither: the topmost Via
 * is where a request came from and where a response goes to.
 */
static void set_ends(sf_log_packet *packet, const sf_log_message *message, const sf_log_end *via)
{
    const sf_log_origin *origin = message->origin;
    sf_log_place local = place_of(&origin->local, origin->machine[0] ? origin->machine : UNKNOWN_LOCAL);
    sf_log_place remote = place_of(&origin->remote, UNKNOWN_REMOTE);

    packet->direction = origin->direction;
    if (origin->direction == SF_LOG_DIRECTION_UNKNOWN && !origin->remote.host[0] && !origin->local.host[0]) {
        sf_log_end nobody = { { 0 }, 0 };
        bool response = sf_slice_starts_nocase(message->start_line, SF_LITERAL("SIP/"));
        sf_log_place known = place_of(via, UNKNOWN_LOCAL);
        sf_log_place unknown = place_of(&nobody, UNKNOWN_REMOTE);
        packet->source = response ? unknown : known;
        packet->destination = response ? known : unknown;
    } else if (origin->direction == SF_LOG_DIRECTION_SENT) {
        packet->source = local;
        packet->destination = remote;
    } else {
        packet->source = remote;
        packet->destination = local;
    }
}

static char *copy_of(sf_slice s)
{
    return g_strndup(s.text ? s.text : "", s.length);
}

sf_log_packet *sf_log_packet_new(const sf_log_message *message, sf_log_clock *clock)
{
    const sf_log_origin *origin = message->origin;
    sf_log_packet *packet = g_new0(sf_log_packet, 1);
    sf_slice transport = { NULL, 0 };
    sf_log_end via = { { 0 }, 0 };
    bool by_date = false;

    if (sf_slice_present(message->via)) {
        sf_log_end_of_via(message->via, &via, &transport);
    }
    set_ends(packet, message, &via);
    packet->udp = sf_slice_equals_nocase(transport, SF_LITERAL("UDP"));
    if (origin->stamp.year > 0) {
        packet->has_time = sf_log_clock_read(clock, &origin->stamp, origin->utc, &packet->time);
    } else if (sf_slice_present(message->date)) {
        packet->has_time = by_date = sf_log_read_date_header(message->date, &packet->time);
    }
    packet->text = g_byte_array_sized_new((guint)message->text.length);
    g_byte_array_append(packet->text, (const guint8 *)message->text.text, (guint)message->text.length);
    packet->text_length = message->text_length;
    packet->start_line = copy_of(message->start_line);
    packet->call_id = copy_of(message->call_id);
    packet->cseq = copy_of(message->cseq);
    packet->comments = g_ptr_array_new_with_free_func(g_free);
    sf_log_comment_message(packet, message, by_date);
    return packet;
}

void sf_log_packet_free(sf_log_packet *packet)
{
    g_byte_array_unref(packet->text);
    g_ptr_array_unref(packet->comments);
    g_free(packet->start_line);
    g_free(packet->call_id);
    g_free(packet->cseq);
    g_free(packet);
}

void sf_log_packet_comment(sf_log_packet *packet, char *text)
{
    g_ptr_array_add(packet->comments, g_utf8_make_valid(text, -1));
    g_free(text);
}
