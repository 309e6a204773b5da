/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a datagram carries to or from a relay, and the addresses that relays lend.
 */
#include <glib.h>
#include <string.h>

#include "check.h"
#include "engine/text/address.h"
#include "media/relay.h"

static const sf_media_end client = { { 192, 0, 2, 10 }, 61000, SF_ADDRESS_IPV4 };
static const sf_media_end server = { { 203, 0, 113, 250 }, 3478, SF_ADDRESS_IPV4 };

static sf_datagram datagram(const sf_media_end *from, const sf_media_end *to, const uint8_t *bytes, size_t length)
{
    return (sf_datagram){ .from = *from, .to = *to, .bytes = bytes, .length = length, .frame = 1 };
}

static size_t unhex(const char *hex, uint8_t *out)
{
    size_t count = 0;

    for (; hex[0] && hex[1]; hex++) {
        if (g_ascii_isxdigit(hex[0])) {
            out[count++] = (uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
            hex++;
        }
    }
    return count;
}

#define COOKIE "2112a442 000102030405060708090a0b "
#define ZEROS "00000000000000000000000000000000 "
#define MS_COOKIE "000f0004 72c64bc6 "

/* What is carried is the bytes "abcd". */
static const struct {
    const char *name;
    const char *hex;
    bool is_cut;
    bool carries;
    const char *peer; /* hexadecimal; NULL if it is not told */
    bool is_to_peer;
} rows[] = {
    { "channel", "40000004 61626364", false, true, NULL, false },
    { "last-channel", "7fff0004 61626364", false, true, NULL, false },
    { "channel-padded", "40010004 61626364 000000", false, true, NULL, false },
    { "channel-too-long", "40010004 61626364 00000000", false, false, NULL, false },
    { "channel-too-short", "40010005 61626364", false, false, NULL, false },
    { "channel-captured-in-part", "40010040 61626364", true, true, NULL, false },
    { "send", "00160014 " COOKIE "00120008 0001 a152 e112a656 00130004 61626364", false, true, "c00002148040", true },
    { "data", "00170014 " COOKIE "00130004 61626364 00120008 0001 a152 e112a656", false, true, "c00002148040", false },
    { "request-of-ms-turn", "0004001c " ZEROS MS_COOKIE "00110008 0001 8040 c0000214 00130004 61626364", false, true,
      "c00002148040", true },
    { "data-of-ms-turn", "0115001c " ZEROS MS_COOKIE "00120008 0001 8040 c0000214 00130004 61626364", false, true,
      "c00002148040", false },
    { "no-cookie", "00040014 " ZEROS "00110008 0001 8040 c0000214 00130004 61626364", false, false, NULL, false },
    { "refresh", "00040008 " COOKIE "00130004 61626364", false, false, NULL, false },
    { "no-data", "0016000c " COOKIE "00120008 0001 a152 e112a656", false, false, NULL, false },
    { "data-too-long", "00160008 " COOKIE "00130005 61626364", false, false, NULL, false },
    { "binding", "00010000 " COOKIE, false, false, NULL, false },
    { "rtp", "80000001 00000000 00000001 61626364", false, false, NULL, false },
    { "dtls", "16fefd00 00000000 00000000 0000", false, false, NULL, false },
};

static void unwraps(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        uint8_t bytes[128], peer[6];
        size_t length = unhex(rows[i].hex, bytes);
        g_auto(sf_guarded) guarded = sf_guarded_of((sf_slice){ (const char *)bytes, length });
        sf_datagram outer = datagram(&client, &server, (const uint8_t *)guarded.text.text, length), carried;
        outer.is_cut = rows[i].is_cut;
        g_test_message("%s", rows[i].name);
        g_assert_cmpint(sf_relay_unwrap(&outer, &carried), ==, rows[i].carries);
        if (!rows[i].carries) {
            continue;
        }
        g_assert_cmpmem(carried.bytes, carried.length, "abcd", 4);
        g_assert_cmpint(carried.is_cut, ==, rows[i].is_cut);
        const sf_media_end *end = rows[i].is_to_peer ? &carried.to : &carried.from;
        const sf_media_end *other = rows[i].is_to_peer ? &carried.from : &carried.to;
        g_assert_cmpmem(other, sizeof *other, rows[i].is_to_peer ? &outer.from : &outer.to, sizeof *other);
        if (rows[i].peer) {
            unhex(rows[i].peer, peer);
            g_assert_cmpmem(end->address, 4, peer, 4);
            g_assert_cmpuint(end->port, ==, peer[4] << 8 | peer[5]);
        } else {
            g_assert_cmpmem(end, sizeof *end, rows[i].is_to_peer ? &outer.to : &outer.from, sizeof *end);
        }
    }
}

/* No byte after the end is read, whatever the lengths say. */
static void survives_every_cut_and_byte(void)
{
    sf_relays *relays = sf_relays_new();

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        uint8_t bytes[128];
        size_t whole = unhex(rows[i].hex, bytes);
        for (size_t length = 0; length <= whole; length++) {
            for (size_t at = 0; at <= length && at < 64; at++) {
                uint8_t changed[128];
                memcpy(changed, bytes, length);
                if (at < length) {
                    changed[at] ^= 0xff;
                }
                g_auto(sf_guarded) guarded = sf_guarded_of((sf_slice){ (const char *)changed, length });
                const uint8_t *text = (const uint8_t *)guarded.text.text;
                sf_datagram outer = datagram(&server, &client, text, length), carried;
                outer.is_cut = at % 2;
                if (sf_relay_unwrap(&outer, &carried)) {
                    g_assert_true(carried.bytes >= text && carried.bytes + carried.length <= text + length);
                }
                sf_relays_learn(relays, &outer);
                sf_relay_is_setup(text, length);
            }
        }
    }
    sf_relays_free(relays);
}

/** An Allocate response that lends 198.51.100.7 and this port. */
static size_t response(unsigned port, uint8_t *bytes)
{
    char *hex = g_strdup_printf("0103000c " COOKIE "00160008 0001 %04x e721c045", port ^ 0x2112);
    size_t length = unhex(hex, bytes);

    g_free(hex);
    return length;
}

static void lend(sf_relays *relays, const sf_media_end *to, unsigned port, uint32_t frame)
{
    uint8_t bytes[64];
    size_t length = response(port, bytes);
    sf_datagram told = datagram(&server, to, bytes, length);

    told.frame = frame;
    sf_relays_learn(relays, &told);
}

/** The port that takes the place of the client's in a frame; 0 for none. */
static unsigned port_at(const sf_relays *relays, const sf_media_end *of, uint32_t frame, unsigned which)
{
    const uint8_t nothing[1] = { 0 };
    unsigned ports[2];

    for (unsigned is_back = 0; is_back < 2; is_back++) {
        sf_datagram outer = datagram(is_back ? &server : of, is_back ? of : &server, nothing, 1), carried = outer;
        outer.frame = frame;
        bool is_known = sf_relays_translate(relays, &outer, &carried, which);
        ports[is_back] = !is_known ? 0 : is_back ? carried.to.port : carried.from.port;
    }
    g_assert_cmpuint(ports[0], ==, ports[1]);
    return ports[0];
}

/* A look at an older frame finds what the first look found. */
static void keeps_what_was_lent_by_frame(void)
{
    sf_media_end other = client;
    sf_relays *relays = sf_relays_new();

    other.port++;
    lend(relays, &client, 50001, 10);
    lend(relays, &client, 50001, 12);
    lend(relays, &client, 50002, 20);
    lend(relays, &other, 50003, 15);
    g_assert_cmpuint(port_at(relays, &client, 9, 0), ==, 0);
    g_assert_cmpuint(port_at(relays, &client, 10, 0), ==, 50001);
    g_assert_cmpuint(port_at(relays, &client, 19, 0), ==, 50001);
    g_assert_cmpuint(port_at(relays, &client, 19, 1), ==, 0);
    g_assert_cmpuint(port_at(relays, &client, 20, 0), ==, 50002);
    g_assert_cmpuint(port_at(relays, &client, 20, 1), ==, 50001);
    g_assert_cmpuint(port_at(relays, &other, 20, 0), ==, 50003);
    sf_relays_free(relays);
}

static void reads_both_families(void)
{
    static const char *const responses[] = {
        "01030018 " COOKIE "00160014 0002 a152 0113a9fa 00010203 04050607 08090a0a", /* 2001:db8::1 */
        "01030020 " ZEROS MS_COOKIE "80900014 0002 8040 20010db8 00000000 00000000 00000001",
    };
    static const uint8_t expected[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };

    for (size_t i = 0; i < G_N_ELEMENTS(responses); i++) {
        uint8_t bytes[128];
        size_t length = unhex(responses[i], bytes);
        sf_relays *relays = sf_relays_new();
        sf_datagram told = datagram(&server, &client, bytes, length), carried = told;
        sf_relays_learn(relays, &told);
        g_assert_true(sf_relays_translate(relays, &told, &carried, 0));
        g_assert_cmpmem(carried.to.address, 16, expected, 16);
        g_assert_cmpuint(carried.to.port, ==, 0x8040);
        g_assert_cmpuint(carried.to.family, ==, SF_ADDRESS_IPV6);
        sf_relays_free(relays);
    }
}

/* A capture of answers alone fills no memory: eight of a client, 4,096 in all. */
static void has_bounds(void)
{
    sf_relays *relays = sf_relays_new();
    unsigned known = 0;

    for (unsigned i = 0; i < 100; i++) {
        lend(relays, &client, 10000 + i, 1);
    }
    while (port_at(relays, &client, 1, known) > 0) {
        known++;
    }
    g_assert_cmpuint(known, ==, SF_MAX_RELAYED);
    known = 0;
    for (unsigned i = 0; i < 10000; i++) {
        sf_media_end one = client;
        one.port = (uint16_t)i;
        lend(relays, &one, 20000, 1);
        known += port_at(relays, &one, 1, 0) > 0;
    }
    g_assert_cmpuint(known + SF_MAX_RELAYED, ==, 4096);
    sf_relays_free(relays);
}

static void knows_setup_in_a_connection(void)
{
    static const struct {
        const char *hex;
        bool is_setup;
    } segments[] = {
        { "00", true }, /* of a keep-alive */
        { "1603 0100 2d01 0000 2903 0101", true },
        { "1403 0300 0101 0000 0000 0000", true },
        { "1503 0300 0201 0000 0000 0000", true },
        { "1703 0300 2d01 0000 2903 0101", false },
        { "4001 00ac 8000 0001 0000 0000", false },
        { "0003 0000 2112a442 010203040506070809101112", true },
        { "0016 0008 2112a442 010203040506070809101112 0013 0004 01020304", false },
        { "0200 0024 0003 0008 00000000000000000000000000000000 000f 0004 72c64bc6", true },
        { "0300 0024 0003 0008 00000000000000000000000000000000 000f 0004 72c64bc6", false },
        { "0003 0008 0102030405060708090a0b0c0d0e0f10 000f 0004 72c64bc7", false },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(segments); i++) {
        uint8_t bytes[64];
        size_t length = unhex(segments[i].hex, bytes);
        g_assert_cmpint(sf_relay_is_setup(bytes, length), ==, segments[i].is_setup);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/relay/unwraps", unwraps);
    g_test_add_func("/relay/survives-every-cut-and-byte", survives_every_cut_and_byte);
    g_test_add_func("/relay/keeps-what-was-lent-by-frame", keeps_what_was_lent_by_frame);
    g_test_add_func("/relay/reads-both-families", reads_both_families);
    g_test_add_func("/relay/has-bounds", has_bounds);
    g_test_add_func("/relay/knows-setup-in-a-connection", knows_setup_in_a_connection);
    return g_test_run();
}
