/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * By chance four encrypted records have the same 32 bits where an SSRC would be, and numbers that count up, less than
 * once in 10^30 times.
 */
#include "runs.h"

#include <glib.h>
#include <string.h>

#include "engine/text/bytes.h"
#include "relay.h"
#include "source.h"

enum {
    PLACES = 256,   /* a power of two */
    MAX_STEP = 16,  /* numbers from one packet to the next: some may be lost, late or sent again */
    MAX_FRAMES = 64 /* of a segment that are looked at */
};

/** Lately, between two ends. */
typedef struct {
    sf_media_end from;
    sf_media_end to;
    uint32_t ssrc;
    uint16_t sequence; /* highest so far */
    uint8_t count;     /* up to SF_PACKETS_OF_RUN; 0 for a place that is free */
} run;

struct sf_runs {
    run places[PLACES];
};

sf_runs *sf_runs_new(void)
{
    return g_new0(sf_runs, 1);
}

void sf_runs_free(sf_runs *runs)
{
    g_free(runs);
}

static run *place_of(sf_runs *runs, const sf_datagram *packet, uint32_t ssrc)
{
    uint32_t ports = (uint32_t)packet->from.port << 16 | packet->to.port;

    return &runs->places[((ssrc ^ ports) * UINT32_C(0x9e3779b1) >> 16) & (PLACES - 1)];
}

static bool is_same_end(const sf_media_end *one, const sf_media_end *other)
{
    return memcmp(one, other, sizeof *one) == 0;
}

bool sf_runs_take(sf_runs *runs, const sf_datagram *packet)
{
    sf_rtp rtp;

    if (!sf_rtp_read(packet->bytes, packet->length, &rtp)) {
        return false;
    }
    run *known = place_of(runs, packet, rtp.ssrc);
    uint16_t ahead = (uint16_t)(rtp.sequence - known->sequence);
    bool is_new = ahead > 0 && ahead <= MAX_STEP, is_late = (uint16_t)(ahead + MAX_STEP) <= MAX_STEP;
    if (known->count == 0 || known->ssrc != rtp.ssrc || (!is_new && !is_late) ||
        !is_same_end(&known->from, &packet->from) || !is_same_end(&known->to, &packet->to)) {
        *known = (run){ packet->from, packet->to, rtp.ssrc, rtp.sequence, 1 };
    } else if (is_new) {
        known->sequence = rtp.sequence;
        known->count = (uint8_t)MIN(known->count + 1, SF_PACKETS_OF_RUN);
    }
    return known->count == SF_PACKETS_OF_RUN;
}

/* ---- frames of a TCP connection ---- */

typedef struct {
    size_t header; /* bytes in front of what it carries */
    size_t length; /* of what it carries */
    size_t total;
} frame;

/** RTP or RTCP, which have the version in common (RFC 5761 4). */
static bool has_version(const uint8_t *bytes, size_t length, size_t at)
{
    return length > at && bytes[at] >> 6 == 2;
}

static bool read_ms_turn(const uint8_t *bytes, size_t length, frame *one)
{
    enum { CONTROL = 2, DATA = 3, HEADER = 4 };

    if (length <= HEADER || (bytes[0] != CONTROL && bytes[0] != DATA) || bytes[1] != 0 ||
        (bytes[HEADER] >> 6 != 0 && !has_version(bytes, length, HEADER))) {
        return false;
    }
    *one = (frame){ .header = HEADER, .length = sf_big_endian_16(bytes + 2) };
    one->total = HEADER + one->length;
    return true;
}

static bool read_turn(const uint8_t *bytes, size_t length, frame *one)
{
    enum { HEADER = 20, COOKIE_AT = 4, COOKIE = 0x2112a442 };

    if (length < HEADER || bytes[0] >> 6 != 0 || sf_big_endian_32(bytes + COOKIE_AT) != COOKIE) {
        return false;
    }
    *one = (frame){ .header = 0, .length = HEADER + (size_t)sf_big_endian_16(bytes + 2) };
    one->total = one->length;
    return true;
}

/** RFC 8656 12.5: over TCP there are as many more bytes as make a multiple of four. */
static bool read_channel(const uint8_t *bytes, size_t length, frame *one)
{
    enum { HEADER = 4, MULTIPLE = 4 };

    if (length <= HEADER || bytes[0] >> 6 != 1) {
        return false;
    }
    *one = (frame){ .header = HEADER, .length = sf_big_endian_16(bytes + 2) };
    one->total = HEADER + (one->length + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    return true;
}

static bool read_framed(const uint8_t *bytes, size_t length, frame *one)
{
    enum { HEADER = 2 };

    if (!has_version(bytes, length, HEADER)) {
        return false;
    }
    *one = (frame){ .header = HEADER, .length = sf_big_endian_16(bytes) };
    one->total = HEADER + one->length;
    return true;
}

static bool read_frame(const uint8_t *bytes, size_t length, frame *one)
{
    return read_ms_turn(bytes, length, one) || read_turn(bytes, length, one) || read_channel(bytes, length, one) ||
           read_framed(bytes, length, one);
}

/** What the frame carries, or what that carries if it is a message of TURN; its ends are those of the segment. */
static bool take_frame(sf_runs *runs, const sf_datagram *segment, const uint8_t *bytes, size_t length)
{
    sf_datagram whole = *segment, carried;

    whole.bytes = bytes;
    whole.length = length;
    if (length > 0 && bytes[0] >> 6 == 0 && sf_relay_unwrap(&whole, &carried)) {
        whole.bytes = carried.bytes;
        whole.length = carried.length;
    }
    return sf_runs_take(runs, &whole);
}

bool sf_runs_take_segment(sf_runs *runs, const sf_datagram *segment)
{
    size_t at = 0;
    bool is_run = false;
    frame one;

    for (unsigned i = 0; i < MAX_FRAMES && read_frame(segment->bytes + at, segment->length - at, &one); i++) {
        size_t rest = segment->length - at;
        is_run |= take_frame(runs, segment, segment->bytes + at + one.header, MIN(one.length, rest - one.header));
        if (one.total >= rest) {
            break;
        }
        at += one.total;
    }
    return is_run;
}
