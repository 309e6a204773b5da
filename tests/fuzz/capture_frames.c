/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Frames of Ethernet and IPv4 around a message.
 */
#include "capture_frames.h"

#include <glib.h>

enum { ETHERNET = 14, IP = 20, UDP = 8, TCP = 20, SIP_PORT = 5060, LONGEST = 40000 };

static uint8_t *put16(uint8_t *at, unsigned value)
{
    *at++ = (uint8_t)(value >> 8);
    *at++ = (uint8_t)value;
    return at;
}

/** The headers up to the ports. @return where the rest goes */
static uint8_t *put_front(uint8_t *at, uint8_t protocol, size_t length)
{
    static const uint8_t ethernet[ETHERNET] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0 };
    static const uint8_t addresses[] = { 192, 0, 2, 1, 192, 0, 2, 2 };

    memcpy(at, ethernet, sizeof ethernet);
    at += sizeof ethernet;
    *at++ = 0x45;
    *at++ = 0;
    at = put16(at, (unsigned)(IP + length));
    at = put16(at, 0);
    at = put16(at, 0x4000);
    *at++ = 64;
    *at++ = protocol;
    at = put16(at, 0); /* checksums are not looked at */
    memcpy(at, addresses, sizeof addresses);
    at = put16(at + sizeof addresses, SIP_PORT);
    return put16(at, SIP_PORT);
}

static void add(capture_frames *frames, uint8_t *frame, uint8_t *at, sf_slice payload)
{
    memcpy(at, payload.text, payload.length);
    frames->items[frames->count++] = (sf_slice){ (char *)frame, (size_t)(at - frame) + payload.length };
}

static void add_datagram(capture_frames *frames, sf_slice payload)
{
    uint8_t *frame = g_malloc(ETHERNET + IP + UDP + payload.length);
    uint8_t *at = put_front(frame, 17, UDP + payload.length);

    at = put16(at, (unsigned)(UDP + payload.length));
    add(frames, frame, put16(at, 0), payload);
}

static void add_segment(capture_frames *frames, sf_slice payload, size_t sequence)
{
    uint8_t *frame = g_malloc(ETHERNET + IP + TCP + payload.length);
    uint8_t *at = put_front(frame, 6, TCP + payload.length);

    at = put16(at, (unsigned)(sequence >> 16));
    at = put16(at, (unsigned)sequence & 0xffff);
    at = put16(put16(at, 0), 1); /* acknowledges the other side's first byte */
    at = put16(at, 0x5018);
    at = put16(at, 0xffff);
    add(frames, frame, put16(put16(at, 0), 0), payload);
}

static void add_stream(capture_frames *frames, sf_slice stream, size_t segment)
{
    size_t longest = MAX(segment, stream.length / (CAPTURE_FRAMES_MAX - 1) + 1);

    for (size_t at = 0; at < stream.length; at += longest) {
        add_segment(frames, sf_slice_head(sf_slice_skip(stream, at), longest), 1 + at);
    }
}

void capture_frames_make(capture_frames *frames, sf_slice message, unsigned choice)
{
    static const size_t segments[] = { 100, 137, 536, 1460 };
    size_t length = MIN(message.length, LONGEST / 2);
    bool is_twice = choice % 4 == 2;
    char *sent = g_malloc(2 * length + 1);

    frames->count = 0;
    memcpy(sent, message.text, length);
    memcpy(sent + length, message.text, length);
    frames->message = (sf_slice){ sent, is_twice ? 2 * length : length };
    if (choice % 4 == 0) {
        add_datagram(frames, frames->message);
    } else {
        add_stream(frames, frames->message, choice % 4 == 3 ? segments[choice / 4 % G_N_ELEMENTS(segments)] : LONGEST);
    }
}

void capture_frames_clear(capture_frames *frames)
{
    for (unsigned i = 0; i < frames->count; i++) {
        g_free((char *)frames->items[i].text);
    }
    g_free((char *)frames->message.text);
}
