/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a stream of media takes: measured with glibc, whose own bytes around each block count too.
 */
#include <glib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "call/calls.h"
#include "check.h"
#include "engine/message.h"
#include "media/flows.h"

/** Bytes in blocks of the heap; 0 where the C library does not tell. */
static size_t allocated(void)
{
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 33)
    return mallinfo2().uordblks;
#endif
#endif
    return 0;
}

enum { CALLS = 6000, PACKETS = 12, SPEECH = 160, HEADER = 12, FIRST_PORT = 10000, FURTHER = 20000, MOST_OF_CALL = 128 };

/** Calls of a kind, and what they may take at most. */
typedef struct {
    const char *name;
    const char *profile;
    const char *lines;
    unsigned candidates; /**< of each stream, with addresses of their own */
    bool is_ipv6;        /**< and each side of each stream is a host of its own */
    double most;         /**< bytes of a direction */
    double most_of_call; /**< bytes of a call without any */
} kind;

#define KEYS "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^31\r\n"

/** @param context  the blocks of the model, which go at once */
static void *allocate(void *context, size_t size)
{
    void *block = g_malloc(size);

    g_hash_table_add(context, block);
    return block;
}

static void release(void *context, void *block)
{
    g_hash_table_remove(context, block);
}

static unsigned port_of(unsigned number, unsigned stream, unsigned side)
{
    return FIRST_PORT + stream * FURTHER + 2 * number + side;
}

/** One message of a call: its number is in the Call-ID and in the ports. */
static char *text_of(const kind *kind, unsigned number, unsigned streams, unsigned side)
{
    GString *body = g_string_new(NULL);

    g_string_append_printf(body, "v=0\r\no=- 0 0 IN IP4 192.0.2.%u\r\ns=s\r\nc=IN IP4 192.0.2.%u\r\nt=0 0\r\n",
                           side + 1, side + 1);
    for (unsigned stream = 0; stream < streams; stream++) {
        g_string_append_printf(body, "m=audio %u %s 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n%s",
                               port_of(number, stream, side), kind->profile, kind->lines);
        if (kind->is_ipv6) {
            g_string_append_printf(body, "c=IN IP6 2001:db8::%x:%x:%x\r\n", number, stream, side + 1);
        }
        for (unsigned i = 0; i < kind->candidates; i++) {
            g_string_append_printf(body, "a=candidate:%u 1 UDP %u 198.51.100.%u %u typ host\r\n", i + 1, 2000000000 - i,
                                   1 + 2 * i + side, port_of(number, stream, side));
        }
    }
    char *text = g_strdup_printf("%s\r\nFrom: <sip:a@example.org>;epid=01;tag=1\r\nTo: <sip:b@example.com>%s\r\n"
                                 "Call-ID: %u\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n"
                                 "Content-Length: %u\r\n\r\n%s",
                                 side == 0 ? "INVITE sip:b@example.com SIP/2.0" : "SIP/2.0 200 OK",
                                 side == 0 ? "" : ";tag=2", number, (unsigned)body->len, body->str);

    g_string_free(body, TRUE);
    return text;
}

static sf_media_end end_of(const kind *kind, unsigned number, unsigned stream, unsigned side)
{
    sf_media_end end = { .address = { 192, 0, 2, (uint8_t)(side + 1) },
                         .port = (uint16_t)port_of(number, stream, side),
                         .family = SF_ADDRESS_IPV4 };

    if (kind->is_ipv6) {
        const uint8_t address[] = { 0x20,
                                    1,
                                    0x0d,
                                    0xb8,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    (uint8_t)(number >> 8),
                                    (uint8_t)number,
                                    0,
                                    (uint8_t)stream,
                                    0,
                                    (uint8_t)(side + 1) };
        memcpy(end.address, address, sizeof address);
        end.family = SF_ADDRESS_IPV6;
    }
    return end;
}

static void send_media(sf_flows *flows, const kind *kind, unsigned number, unsigned stream, unsigned side,
                       uint32_t frame)
{
    uint8_t bytes[HEADER + SPEECH] = { 0x80 };
    sf_datagram datagram = { .from = end_of(kind, number, stream, side),
                             .to = end_of(kind, number, stream, 1 - side),
                             .bytes = bytes,
                             .length = sizeof bytes,
                             .frame = frame,
                             .time = frame };
    sf_media_packet packet;

    for (unsigned n = 0; n < PACKETS; n++) {
        bytes[3] = (uint8_t)n;
        bytes[6] = (uint8_t)(n * SPEECH >> 8);
        bytes[7] = (uint8_t)(n * SPEECH);
        bytes[11] = (uint8_t)side;
        g_assert_true(sf_flows_packet(flows, &datagram, true, &packet));
        g_assert_cmpuint(packet.side, ==, side);
    }
}

/** Bytes of a call that is not over, with so many streams of media both ways: what is given back of them. */
static double bytes_of_call(const kind *kind, unsigned streams)
{
    static const sf_hash_key key = { { 1, 2 } };
    GHashTable *blocks = g_hash_table_new_full(g_direct_hash, g_direct_equal, g_free, NULL);
    const sf_memory memory = { allocate, release, blocks };
    const sf_knowledge knowledge = sf_default_knowledge();
    sf_calls *calls = sf_calls_new(&memory, &key);
    sf_message *message = g_new0(sf_message, 1);
    sf_flows *flows = sf_flows_new();
    uint32_t frame = 0;

    for (unsigned number = 0; number < CALLS; number++) {
        for (unsigned side = 0; side < 2; side++) {
            char *text = text_of(kind, number, streams, side);
            sf_call_note note;
            frame++;
            const sf_sighting at = { .frame = frame, .time = frame };
            g_assert_cmpint(sf_message_read((sf_slice){ text, strlen(text) }, &knowledge, SF_READ_ALL, message), ==,
                            SF_OK);
            g_assert_nonnull(sf_calls_take(calls, message, frame, frame, &note));
            sf_flows_take(flows, message, &note, &at);
            g_free(text);
        }
        for (unsigned stream = 0; stream < streams; stream++) {
            send_media(flows, kind, number, stream, 0, ++frame);
            send_media(flows, kind, number, stream, 1, ++frame);
        }
    }
    size_t total = allocated();
    sf_flows_free(flows);
    total -= allocated();
    g_hash_table_destroy(blocks);
    g_free(message);
    return (double)total / CALLS;
}

static void directions_fit(void)
{
    enum { DIRECTION = 128, KEY = 68, ADDRESS = 20, HOST = 40, PATH = 64 };
    static const kind rows[] = {
        { "clear media", "RTP/AVP", "", 0, false, DIRECTION, MOST_OF_CALL },
        /* Key lines, while the call lasts; session keys go with the proof. */
        { "SRTP", "RTP/SAVP", KEYS, 0, false, DIRECTION + KEY, MOST_OF_CALL },
        /* A call with candidates has a list of its hosts. */
        { "three candidates", "RTP/AVP", "", 3, false, DIRECTION + 3 * ADDRESS, 2 * MOST_OF_CALL },
        { "a host with IPv6 of its own", "RTP/AVP", "", 0, true, DIRECTION + HOST, MOST_OF_CALL + PATH },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        double one = bytes_of_call(&rows[i], 1), two = bytes_of_call(&rows[i], 2);
        double bytes = (two - one) / 2; /* of a direction */
        if (one <= 0) {
            g_test_skip("this C library does not tell what is allocated");
            return;
        }
        g_test_message("%s: %.0f bytes a direction, and %.0f a call", rows[i].name, bytes, one - 2 * bytes);
        g_assert_cmpfloat(bytes, <=, rows[i].most);
        g_assert_cmpfloat(one - 2 * bytes, <=, rows[i].most_of_call);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/flow-memory/directions-fit", directions_fit);
    return g_test_run();
}
