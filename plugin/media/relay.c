/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A client of a relay sends its media to the relay, wrapped, and the relay sends it on from an address that it lent to
 * the client. That address is a candidate of the call; the client's own port often is not.
 */
#include "relay.h"

#include <glib.h>
#include <string.h>

#include "engine/text/address.h"
#include "engine/text/bytes.h"

enum {
    HEADER = 20, /* of STUN */
    COOKIE = 0x2112a442,
    MS_COOKIE = 0x72c64bc6, /* in the first attribute of [MS-TURN], which has no other */
    MAX_ATTRIBUTES = 16,
    MAX_ADDRESSES = 4096 /* that are kept in all */
};

enum { ALLOCATE_RESPONSE = 0x0103, SEND_INDICATION = 0x0016, DATA_INDICATION = 0x0017 };
enum { MS_SEND_REQUEST = 0x0004, MS_DATA_INDICATION = 0x0115 };

enum {
    MAPPED_ADDRESS = 0x0001, /* in [MS-TURN] 3.2.5.1: that which was lent */
    MAGIC_COOKIE = 0x000f,
    DESTINATION_ADDRESS = 0x0011, /* [MS-TURN] 2.2.2.10 */
    PEER_ADDRESS = 0x0012,        /* XOR-PEER-ADDRESS; in [MS-TURN] Remote Address, as it is */
    DATA = 0x0013,
    RELAYED_ADDRESS = 0x0016,
    MS_ALTERNATE_ADDRESS = 0x8090 /* [MS-TURN] 2.2.2.23: the one of IPv6 */
};

typedef struct {
    sf_media_end client;
    sf_media_end relay;
} connection;

typedef struct {
    sf_media_end address;
    uint32_t frame; /* that told of it */
} lent_address;

/** What a client was lent, oldest first. */
typedef struct {
    connection between; /* first: what it is found by */
    unsigned count;
    lent_address addresses[];
} lease;

struct sf_relays {
    GHashTable *leases;
    unsigned count; /* of addresses */
};

/* ---- messages ---- */

typedef struct {
    const sf_datagram *datagram;
    unsigned type;
    bool is_microsoft;
} turn_message;

typedef struct {
    const turn_message *message;
    size_t at;
    size_t end;
    unsigned count;
    unsigned type;
    const uint8_t *value;
    size_t length;
} attribute;

/** The next attribute; false at the end, and at one that is not whole. */
static bool next(attribute *one)
{
    const uint8_t *bytes = one->message->datagram->bytes + one->at;

    if (one->end - one->at < 4 || one->count++ == MAX_ATTRIBUTES) {
        return false;
    }
    one->type = sf_big_endian_16(bytes);
    one->length = sf_big_endian_16(bytes + 2);
    one->value = bytes + 4;
    if (one->length > one->end - one->at - 4) {
        return false;
    }
    one->at = MIN(one->end, one->at + 4 + (one->length + 3) / 4 * 4);
    return true;
}

static attribute first_of(const turn_message *message)
{
    size_t length = sf_big_endian_16(message->datagram->bytes + 2);

    return (attribute){ .message = message, .at = HEADER, .end = MIN(message->datagram->length, HEADER + length) };
}

/** A message of either kind of TURN, by its cookie. */
static bool read_message(const sf_datagram *datagram, turn_message *message)
{
    const uint8_t *bytes = datagram->bytes;

    if (datagram->length < HEADER || bytes[0] > 0x3f) {
        return false;
    }
    message->datagram = datagram;
    message->type = sf_big_endian_16(bytes);
    message->is_microsoft = sf_big_endian_32(bytes + 4) != COOKIE;
    if (!message->is_microsoft) {
        return true;
    }
    attribute one = first_of(message);
    return next(&one) && one.type == MAGIC_COOKIE && one.length == 4 && sf_big_endian_32(one.value) == MS_COOKIE;
}

/** An address, XORed with the cookie and the transaction or not (RFC 8489 14.1 and 14.2). */
static bool read_address(const attribute *one, bool is_xored, sf_media_end *end)
{
    enum { FAMILY = 1, PORT = 2, ADDRESS = 4, IPV4 = 1, IPV6 = 2 };
    const uint8_t *mask = one->message->datagram->bytes + 4;
    size_t count = one->length < ADDRESS ? 0 : one->value[FAMILY] == IPV4 ? 4 : one->value[FAMILY] == IPV6 ? 16 : 0;

    if (count == 0 || one->length != ADDRESS + count) {
        return false;
    }
    *end = (sf_media_end){ .family = count == 4 ? SF_ADDRESS_IPV4 : SF_ADDRESS_IPV6,
                           .port = (uint16_t)(sf_big_endian_16(one->value + PORT) ^
                                              (is_xored ? sf_big_endian_16(mask) : 0u)) };
    for (size_t i = 0; i < count; i++) {
        end->address[i] = (uint8_t)(one->value[ADDRESS + i] ^ (is_xored ? mask[i] : 0u));
    }
    return true;
}

/* ---- what a datagram carries ---- */

/** RFC 8656 12.5: over UDP there may be up to three more bytes. */
static bool unwrap_channel(const sf_datagram *outer, sf_datagram *carried)
{
    enum { CHANNEL_HEADER = 4, PADDING = 3 };

    if (outer->length < CHANNEL_HEADER) {
        return false;
    }
    size_t length = sf_big_endian_16(outer->bytes + 2);
    size_t have = outer->length - CHANNEL_HEADER;
    if (outer->is_cut ? length + PADDING < have : length > have || have > length + PADDING) {
        return false;
    }
    carried->bytes += CHANNEL_HEADER;
    carried->length = MIN(length, have);
    carried->is_cut = length > have;
    return true;
}

static bool unwrap_message(const sf_datagram *outer, sf_datagram *carried)
{
    static const struct {
        uint16_t type;
        bool is_microsoft;
        bool is_to_peer;
        uint16_t peer;
    } rows[] = {
        { SEND_INDICATION, false, true, PEER_ADDRESS },
        { DATA_INDICATION, false, false, PEER_ADDRESS },
        { MS_SEND_REQUEST, true, true, DESTINATION_ADDRESS },
        { MS_DATA_INDICATION, true, false, PEER_ADDRESS },
    };
    turn_message message;
    size_t row = 0;

    if (outer->is_cut || !read_message(outer, &message)) {
        return false;
    }
    while (row < G_N_ELEMENTS(rows) &&
           (rows[row].type != message.type || rows[row].is_microsoft != message.is_microsoft)) {
        row++;
    }
    if (row == G_N_ELEMENTS(rows)) {
        return false;
    }
    attribute one = first_of(&message);
    bool has_data = false;
    while (next(&one)) {
        if (one.type == rows[row].peer) {
            read_address(&one, !message.is_microsoft, rows[row].is_to_peer ? &carried->to : &carried->from);
        } else if (one.type == DATA) {
            carried->bytes = one.value;
            carried->length = one.length;
            has_data = true;
        }
    }
    return has_data;
}

bool sf_relay_unwrap(const sf_datagram *outer, sf_datagram *carried)
{
    *carried = *outer;
    carried->is_carried = true;
    if (outer->length == 0 || outer->bytes[0] > 0x7f) {
        return false;
    }
    return outer->bytes[0] >> 6 == 1 ? unwrap_channel(outer, carried) : unwrap_message(outer, carried);
}

/* ---- what relays lent ---- */

static unsigned hash_connection(const void *key)
{
    const uint8_t *bytes = key;
    unsigned hash = 5381;

    for (size_t i = 0; i < sizeof(connection); i++) {
        hash = hash * 33 + bytes[i];
    }
    return hash;
}

static gboolean is_same_connection(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(connection)) == 0;
}

sf_relays *sf_relays_new(void)
{
    sf_relays *relays = g_new0(sf_relays, 1);

    relays->leases = g_hash_table_new_full(hash_connection, is_same_connection, g_free, NULL);
    return relays;
}

void sf_relays_free(sf_relays *relays)
{
    if (relays) {
        g_hash_table_destroy(relays->leases);
        g_free(relays);
    }
}

static void lend(sf_relays *relays, const sf_datagram *datagram, const sf_media_end *address)
{
    connection between = { datagram->to, datagram->from };
    lease *known = g_hash_table_lookup(relays->leases, &between);
    unsigned count = known ? known->count : 0;

    for (unsigned i = 0; i < count; i++) {
        if (memcmp(&known->addresses[i].address, address, sizeof *address) == 0) {
            return;
        }
    }
    if (count == SF_MAX_RELAYED || relays->count == MAX_ADDRESSES) {
        return;
    }
    if (known) {
        g_hash_table_steal(relays->leases, known);
    }
    known = g_realloc(known, sizeof *known + (count + 1) * sizeof known->addresses[0]);
    known->between = between;
    known->count = count + 1;
    known->addresses[count] = (lent_address){ *address, datagram->frame };
    g_hash_table_add(relays->leases, known);
    relays->count++;
}

void sf_relays_learn(sf_relays *relays, const sf_datagram *datagram)
{
    turn_message message;
    sf_media_end address;

    if (!read_message(datagram, &message) || message.type != ALLOCATE_RESPONSE) {
        return;
    }
    attribute one = first_of(&message);
    while (next(&one)) {
        bool is_lent = message.is_microsoft ? one.type == MAPPED_ADDRESS || one.type == MS_ALTERNATE_ADDRESS
                                            : one.type == RELAYED_ADDRESS;
        if (is_lent && read_address(&one, !message.is_microsoft, &address)) {
            lend(relays, datagram, &address);
        }
    }
}

/** The address number `which` from the newest on that was known in the frame; NULL if there are no more. */
static const sf_media_end *lent_to(const sf_relays *relays, const sf_media_end *client, const sf_media_end *relay,
                                   uint32_t frame, unsigned which)
{
    connection between = { *client, *relay };
    const lease *known = g_hash_table_lookup(relays->leases, &between);

    for (unsigned i = known ? known->count : 0; i > 0; i--) {
        if (known->addresses[i - 1].frame <= frame && which-- == 0) {
            return &known->addresses[i - 1].address;
        }
    }
    return NULL;
}

bool sf_relays_translate(const sf_relays *relays, const sf_datagram *outer, sf_datagram *carried, unsigned which)
{
    const sf_media_end *address = lent_to(relays, &outer->from, &outer->to, outer->frame, which);

    if (address) {
        carried->from = *address;
        return true;
    }
    address = lent_to(relays, &outer->to, &outer->from, outer->frame, which);
    if (address) {
        carried->to = *address;
    }
    return address != NULL;
}

bool sf_relay_is_setup(const uint8_t *bytes, size_t length)
{
    enum { CONTROL = 0x0200, CONTROL_HEADER = 4, CHANGE_CIPHER_SPEC = 20, HANDSHAKE = 22, TLS = 3, RTP_HEADER = 12 };
    bool is_control = length > CONTROL_HEADER && sf_big_endian_16(bytes) == CONTROL;
    sf_datagram inner = { .bytes = bytes + (is_control ? CONTROL_HEADER : 0),
                          .length = length - (is_control ? CONTROL_HEADER : 0) };
    sf_datagram carried;
    turn_message message;

    if (length < RTP_HEADER || (bytes[0] >= CHANGE_CIPHER_SPEC && bytes[0] <= HANDSHAKE && bytes[1] == TLS)) {
        return true;
    }
    return read_message(&inner, &message) && !unwrap_message(&inner, &carried);
}
