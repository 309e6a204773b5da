/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Packets of RTP in a row, alone and in the frames of TCP connections; and what is not such a row.
 */
#include <glib.h>
#include <string.h>

#include "check.h"
#include "engine/text/address.h"
#include "guarded.h"
#include "media/runs.h"

static const sf_media_end client = { { 192, 0, 2, 10 }, 61000, SF_ADDRESS_IPV4 };
static const sf_media_end server = { { 203, 0, 113, 250 }, 443, SF_ADDRESS_IPV4 };

static sf_datagram from_client(const uint8_t *bytes, size_t length)
{
    return (sf_datagram){ .from = client, .to = server, .bytes = bytes, .length = length, .frame = 1 };
}

enum { PACKET = 24, TURN_HEADER = 20 };

static size_t put_16(uint8_t *to, size_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
    return 2;
}

static size_t put_rtp(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    memset(to, 0, PACKET);
    to[0] = 0x80;
    put_16(to + 2, sequence);
    to[11] = ssrc;
    return PACKET;
}

/* Each puts a frame with an RTP packet. */

static size_t bare(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    return put_rtp(to, sequence, ssrc);
}

static size_t framed(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    return put_16(to, PACKET) + put_rtp(to + 2, sequence, ssrc);
}

static size_t in_channel(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    return put_16(to, 0x4001) + put_16(to + 2, PACKET) + put_rtp(to + 4, sequence, ssrc);
}

static size_t as_data(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    return put_16(to, 0x0300) + put_16(to + 2, PACKET) + put_rtp(to + 4, sequence, ssrc);
}

static size_t with_attributes(uint8_t *to, unsigned type, const uint8_t *start, size_t length, unsigned sequence,
                              uint8_t ssrc)
{
    size_t at = put_16(to, type);

    at += put_16(to + at, length - TURN_HEADER + 4 + PACKET);
    memcpy(to + at, start, length - at);
    at = length;
    at += put_16(to + at, 0x0013);
    at += put_16(to + at, PACKET);
    return at + put_rtp(to + at, sequence, ssrc);
}

/** A Send request of [MS-TURN] in its framing. */
static size_t in_request(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    static const uint8_t start[] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 0, 4, 0x72, 0xc6, 0x4b, 0xc6
    };
    size_t length = with_attributes(to + 4, 0x0004, start, sizeof start + 4, sequence, ssrc);

    put_16(to, 0x0200);
    put_16(to + 2, length);
    return 4 + length;
}

/** A Send indication of TURN. */
static size_t in_indication(uint8_t *to, unsigned sequence, uint8_t ssrc)
{
    static const uint8_t start[] = { 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

    return with_attributes(to, 0x0016, start, TURN_HEADER, sequence, ssrc);
}

typedef size_t put_frame(uint8_t *to, unsigned sequence, uint8_t ssrc);

static const struct {
    const char *name;
    put_frame *put;
    bool is_in_tcp;
} ways[] = {
    { "a datagram", bare, false },
    { "RFC 4571", framed, true },
    { "ChannelData", in_channel, true },
    { "data of MS-TURN", as_data, true },
    { "request of MS-TURN", in_request, true },
    { "indication", in_indication, true },
};

static bool takes(sf_runs *runs, size_t way, const uint8_t *bytes, size_t length)
{
    g_auto(sf_guarded) guarded = sf_guarded_of((sf_slice){ (const char *)bytes, length });
    sf_datagram packet = from_client((const uint8_t *)guarded.text.text, length);

    return ways[way].is_in_tcp ? sf_runs_take_segment(runs, &packet) : sf_runs_take(runs, &packet);
}

static void takes_four_in_a_row(void)
{
    static const struct {
        unsigned sequences[5];
        uint8_t ssrcs[5];
        int found; /* index of the first packet that is known, or -1 */
    } rows[] = {
        { { 1, 2, 3, 4, 5 }, { 7, 7, 7, 7, 7 }, 3 },      { { 65534, 65535, 0, 1, 2 }, { 7, 7, 7, 7, 7 }, 3 },
        { { 1, 3, 9, 25, 26 }, { 7, 7, 7, 7, 7 }, 3 }, /* some were lost */
        { { 1, 2, 2, 3, 4 }, { 7, 7, 7, 7, 7 }, 4 },   /* one was sent again */
        { { 1, 3, 2, 4, 5 }, { 7, 7, 7, 7, 7 }, 4 },   /* one was late */
        { { 1, 2, 3, 400, 401 }, { 7, 7, 7, 7, 7 }, -1 }, { { 5, 5, 5, 5, 5 }, { 7, 7, 7, 7, 7 }, -1 },
        { { 1, 2, 3, 4, 5 }, { 1, 2, 3, 4, 5 }, -1 },
    };

    for (size_t way = 0; way < G_N_ELEMENTS(ways); way++) {
        for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
            sf_runs *runs = sf_runs_new();
            int found = -1;
            for (int p = 0; p < 5; p++) {
                uint8_t bytes[128];
                size_t length = ways[way].put(bytes, rows[i].sequences[p], rows[i].ssrcs[p]);
                if (takes(runs, way, bytes, length) && found < 0) {
                    found = p;
                }
            }
            g_test_message("%s, row %zu", ways[way].name, i);
            g_assert_cmpint(found, ==, rows[i].found);
            sf_runs_free(runs);
        }
    }
}

static void takes_several_of_one_segment(void)
{
    for (size_t way = 1; way < G_N_ELEMENTS(ways); way++) {
        sf_runs *runs = sf_runs_new();
        uint8_t bytes[512];
        size_t length = 0;
        for (unsigned p = 0; p < 4; p++) {
            length += ways[way].put(bytes + length, p, 7);
        }
        g_test_message("%s", ways[way].name);
        g_assert_true(takes(runs, way, bytes, length));
        sf_runs_free(runs);
    }
}

static void tells_ends_apart(void)
{
    sf_runs *runs = sf_runs_new();

    for (unsigned p = 0; p < 20; p++) {
        uint8_t bytes[PACKET];
        put_rtp(bytes, p, 7);
        sf_datagram packet = from_client(bytes, PACKET);
        packet.from.port = (uint16_t)(61000 + p % 5);
        g_assert_cmpint(sf_runs_take(runs, &packet), ==, p >= 15);
    }
    sf_runs_free(runs);
}

/** Segments of encrypted bytes, as a download has them. */
static void takes_no_random_bytes(void)
{
    enum { SEGMENTS = 1000000, LENGTH = 32 };
    sf_runs *runs = sf_runs_new();
    uint64_t state = 1;

    for (unsigned i = 0; i < SEGMENTS; i++) {
        uint8_t bytes[LENGTH];
        for (size_t at = 0; at < LENGTH; at++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            bytes[at] = (uint8_t)(state >> 56);
        }
        sf_datagram packet = from_client(bytes, LENGTH);
        g_assert_false(sf_runs_take_segment(runs, &packet));
        g_assert_false(sf_runs_take(runs, &packet));
    }
    sf_runs_free(runs);
}

static void survives_every_cut_and_byte(void)
{
    sf_runs *runs = sf_runs_new();

    for (size_t way = 0; way < G_N_ELEMENTS(ways); way++) {
        uint8_t bytes[256];
        size_t first = ways[way].put(bytes, 1, 7);
        size_t whole = first + ways[way].put(bytes + first, 2, 7);
        for (size_t length = 0; length <= whole; length++) {
            for (size_t at = 0; at < length; at++) {
                bytes[at] ^= 0xff;
                takes(runs, way, bytes, length);
                bytes[at] ^= 0xff;
            }
            takes(runs, way, bytes, length);
        }
    }
    sf_runs_free(runs);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/runs/takes-four-in-a-row", takes_four_in_a_row);
    g_test_add_func("/runs/takes-several-of-one-segment", takes_several_of_one_segment);
    g_test_add_func("/runs/tells-ends-apart", tells_ends_apart);
    g_test_add_func("/runs/takes-no-random-bytes", takes_no_random_bytes);
    g_test_add_func("/runs/survives-every-cut-and-byte", survives_every_cut_and_byte);
    return g_test_run();
}
