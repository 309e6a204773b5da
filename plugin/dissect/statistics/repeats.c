/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A sender gives each datagram another identification (RFC 791 3.1), unless it has none to give: it may be 0, or any value,
 * in those that are never fragmented (RFC 6864 4.1), and IPv6 has none. So two that have the same one, other than 0, are
 * one datagram if hardly any time is between them; a second one that was sent comes T1 later (RFC 3261 17.1.1.2). What is
 * not proved is said to be either.
 */
#include "repeats.h"

#include "dissect/view/carrier.h"
#include "dissect/view/packet_time.h"
#include "engine/text/bytes.h"

#include <wiretap/wtap.h>

enum {
    SIGHTINGS = 4,           /* of one message: a retransmission may come between a datagram and its copy */
    MAX_MESSAGES = 4096,     /* of one generation; there are two */
    COPY_TIME = 200000,      /* microseconds that a tap may be late; far less than T1 */
    RESENT_TIME = 450000,    /* T1 is 500 ms, less what the capture's clock and the network may take from it */
    TRANSACTION_TIME = 32000 /* milliseconds: 64 * T1, after which nothing is sent again */
};

/** Where and when a datagram was seen. */
typedef struct {
    int64_t time;
    uint32_t frame;
    uint32_t tap; /**< number of the interface; 0 for the first one, or if it is not known */
    uint16_t identification;
    uint8_t hops_left;
    bool has_header; /**< of IPv4: the two above are known */
} sighting;

typedef struct {
    sighting last[SIGHTINGS];
    unsigned count; /**< of all so far; the oldest give way */
} known_message;

struct sf_repeats {
    GHashTable *recent; /**< digest -> known_message */
    GHashTable *former; /**< the generation before */
};

static GHashTable *new_generation(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

sf_repeats *sf_repeats_new(void)
{
    sf_repeats *repeats = g_new(sf_repeats, 1);

    repeats->recent = new_generation();
    repeats->former = new_generation();
    return repeats;
}

void sf_repeats_free(sf_repeats *repeats)
{
    g_hash_table_destroy(repeats->recent);
    g_hash_table_destroy(repeats->former);
    g_free(repeats);
}

void sf_repeats_clear(sf_repeats *repeats)
{
    g_hash_table_remove_all(repeats->recent);
    g_hash_table_remove_all(repeats->former);
}

enum { UDP_HEADER = 8, UDP_LENGTH_AT = 4 };

/** Bytes of the datagram that the message begins, with its header, if all of them were captured; else 0. */
static size_t udp_length_of(const packet_info *pinfo, const sf_tap_message *message)
{
    if (pinfo->ptype != PT_UDP || message->start < UDP_HEADER || sf_carrier_is_log(pinfo)) {
        return 0;
    }
    const uint8_t *header = tvb_get_ptr(message->tvb, message->start - UDP_HEADER, UDP_HEADER);
    size_t length = sf_big_endian_16(header + UDP_LENGTH_AT);
    bool is_udp = sf_big_endian_16(header) == pinfo->srcport && sf_big_endian_16(header + 2) == pinfo->destport &&
                  length > UDP_HEADER && tvb_bytes_exist(message->tvb, message->start, (int)(length - UDP_HEADER));
    return is_udp ? length : 0;
}

/** Reads the header of IPv4 in front of that of UDP. It has no options, or is not read: hardly anybody sends them. */
static void read_ip(const packet_info *pinfo, const sf_tap_message *message, size_t udp_length, sighting *seen)
{
    enum { IP_HEADER = 20, UDP = 17, PLAIN = 0x45 };
    enum { LENGTH_AT = 2, IDENTIFICATION_AT = 4, HOPS_AT = 8, PROTOCOL_AT = 9, ADDRESSES_AT = 12 };

    if (message->start < UDP_HEADER + IP_HEADER || pinfo->src.type != AT_IPv4 || pinfo->dst.type != AT_IPv4) {
        return;
    }
    const uint8_t *ip = tvb_get_ptr(message->tvb, message->start - UDP_HEADER - IP_HEADER, IP_HEADER);
    seen->has_header = ip[0] == PLAIN && ip[PROTOCOL_AT] == UDP &&
                       sf_big_endian_16(ip + LENGTH_AT) == IP_HEADER + udp_length &&
                       memcmp(ip + ADDRESSES_AT, pinfo->src.data, 4) == 0 &&
                       memcmp(ip + ADDRESSES_AT + 4, pinfo->dst.data, 4) == 0;
    seen->identification = seen->has_header ? (uint16_t)sf_big_endian_16(ip + IDENTIFICATION_AT) : 0;
    seen->hops_left = seen->has_header ? ip[HOPS_AT] : 0;
}

static sighting sighting_of(const packet_info *pinfo, const sf_tap_message *message, size_t udp_length)
{
    bool has_interface = pinfo->rec && pinfo->rec->presence_flags & WTAP_HAS_INTERFACE_ID;
    sighting seen = {
        .time = sf_packet_time(pinfo),
        .frame = pinfo->num,
        .tap = has_interface ? pinfo->rec->rec_header.packet_header.interface_id : 0,
    };

    read_ip(pinfo, message, udp_length, &seen);
    return seen;
}

/** Of both ends and all bytes of the datagram. To be freed with g_free(). */
static char *digest_of(const packet_info *pinfo, const sf_tap_message *message, size_t udp_length)
{
    const address *ends[] = { &pinfo->src, &pinfo->dst };
    const uint32_t ports[] = { pinfo->srcport, pinfo->destport };
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_checksum_update(sum, (const guchar *)&ends[i]->type, sizeof ends[i]->type);
        g_checksum_update(sum, (const guchar *)&ends[i]->len, sizeof ends[i]->len);
        g_checksum_update(sum, ends[i]->data, ends[i]->len);
    }
    g_checksum_update(sum, (const guchar *)ports, sizeof ports);
    int length = (int)(udp_length - UDP_HEADER);
    g_checksum_update(sum, tvb_get_ptr(message->tvb, message->start, length), length);
    char *digest = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return digest;
}

/** What a datagram is to one that came before with the same bytes. */
static sf_repeat judge(const sighting *before, const sighting *now)
{
    int64_t gap = now->time - before->time;
    bool have_headers = before->has_header && now->has_header;
    bool is_one_id = have_headers && before->identification == now->identification && now->identification != 0;
    bool is_other_id = have_headers && before->identification != now->identification;

    if (before->frame == now->frame || gap > (int64_t)TRANSACTION_TIME * 1000) {
        return SF_REPEAT_NONE;
    }
    if (is_one_id && ABS(gap) < COPY_TIME && ABS(before->hops_left - now->hops_left) <= 1) {
        return SF_REPEAT_COPY;
    }
    bool is_sent = gap >= RESENT_TIME && (is_other_id || (!is_one_id && before->tap == now->tap));
    return is_sent ? SF_REPEAT_SENT : SF_REPEAT_EITHER;
}

/** A copy of any is a copy. What was sent anew is so beside all others. */
static sf_repeat judge_all(const known_message *known, const sighting *now)
{
    sf_repeat found = SF_REPEAT_NONE;

    for (unsigned i = 0; i < MIN(known->count, SIGHTINGS); i++) {
        sf_repeat repeat = judge(&known->last[i], now);
        if (repeat == SF_REPEAT_COPY) {
            return repeat;
        }
        found = MAX(found, repeat);
    }
    return found;
}

/** What is known of a message; nothing yet for one that is new. Takes the digest. */
static known_message *known_of(sf_repeats *repeats, char *digest)
{
    known_message *known = g_hash_table_lookup(repeats->recent, digest);

    if (known) {
        g_free(digest);
        return known;
    }
    const known_message *former = g_hash_table_lookup(repeats->former, digest);
    known = g_new0(known_message, 1);
    if (former) {
        *known = *former;
    }
    if (g_hash_table_size(repeats->recent) >= MAX_MESSAGES) {
        g_hash_table_destroy(repeats->former);
        repeats->former = repeats->recent;
        repeats->recent = new_generation();
    }
    g_hash_table_insert(repeats->recent, digest, known);
    return known;
}

sf_repeat sf_repeats_take(sf_repeats *repeats, const packet_info *pinfo, const sf_tap_message *message)
{
    size_t udp_length = udp_length_of(pinfo, message);

    if (udp_length == 0) {
        return SF_REPEAT_NONE;
    }
    sighting now = sighting_of(pinfo, message, udp_length);
    known_message *known = known_of(repeats, digest_of(pinfo, message, udp_length));
    sf_repeat repeat = judge_all(known, &now);
    known->last[known->count++ % SIGHTINGS] = now;
    return repeat;
}
