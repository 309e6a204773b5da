/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The proofs. Those of clear RTP: SRTP adds a tag to each payload, four bytes or more, and the payload of a codec with a
 * fixed rate is as long as its timestamp counts on to the next packet. A payload with a tag cannot be that short.
 */
#include "source.h"

#include <glib.h>

#include "engine/text/bytes.h"

enum {
    FITTING_FOR_CLEAR = 8,  /* packets in a row of exact length, none too long */
    VERIFIED_BYTES = 8,     /* bytes of tags that fit: one of 10 bytes, two of 4 */
    FAILED_FOR_OTHER = 100, /* packets without the tag, and none with it */
    ROC_GUESSES = 3,        /* an answer may be older than the first packet by some roll-overs */
    MANY_ODD = 50,          /* packets of a type that was not listed: one second; a few may still be underway */
    CN = 13,                /* comfort noise (RFC 3389), and its former number: many send them unasked */
    OLD_CN = 19
};

/** Codecs whose payload grows evenly with time (RFC 3551 4.5): bytes for so many steps of the timestamp. */
static const struct {
    uint8_t payload_type;
    uint8_t bytes;
    uint8_t steps;
} codecs[] = {
    { 0, 1, 1 },    /* PCMU */
    { 3, 33, 160 }, /* GSM */
    { 8, 1, 1 },    /* PCMA */
    { 9, 1, 1 },    /* G.722: 8000 steps a second by an old mistake (RFC 3551 4.5.2) */
};

bool sf_rtp_read(const uint8_t *bytes, size_t length, sf_rtp *rtp)
{
    enum { HEADER = 12, PLAIN = 0x80 }; /* most packets have neither CSRCs nor extension */
    bool is_plain = length >= HEADER && bytes[0] == PLAIN;
    size_t header = is_plain ? HEADER : sf_rtp_header_bytes(bytes, length);

    if (header == 0 || (bytes[1] & 0x7f) >> 5 == 2) { /* payload types 64 to 95 are those of RTCP */
        return false;
    }
    rtp->bytes = bytes;
    rtp->length = length;
    rtp->header = header;
    rtp->sequence = sf_big_endian_16(bytes + 2);
    rtp->timestamp = sf_big_endian_32(bytes + 4);
    rtp->ssrc = sf_big_endian_32(bytes + 8);
    rtp->payload_type = bytes[1] & 0x7f;
    rtp->is_padded = bytes[0] & 0x20;
    rtp->is_cut = false;
    return true;
}

sf_source sf_source_of(const sf_rtp *rtp, int64_t time)
{
    return (sf_source){
        .ssrc = rtp->ssrc,
        .sequence = (uint16_t)(rtp->sequence - 1),
        .roc = rtp->sequence == 0 ? -1 : 0, /* rolls over to 0 at once */
        .first_time = time,
        .numbers = sf_sequence_of(rtp->sequence),
    };
}

/** The roll-over counter of a packet, from that of the highest sequence number (RFC 3711 3.3.1). */
static int16_t roc_of(const sf_source *source, uint16_t sequence)
{
    bool is_ahead = (uint16_t)(sequence - source->sequence) < 0x8000;
    int change = is_ahead ? sequence < source->sequence : -(sequence > source->sequence);

    return (int16_t)(source->roc + change);
}

static void decide(sf_source *source, sf_finding finding, uint32_t frame)
{
    source->finding = (uint8_t)finding;
    source->decided_in = frame;
}

static bool has_tag(const sf_source_rule *rule, const sf_rtp *rtp, uint32_t roc)
{
    for (uint32_t guess = 0; guess < ROC_GUESSES; guess++) {
        if (sf_srtp_verify(rule->keys, rtp->bytes, rtp->length, rule->mki_bytes, roc + guess)) {
            return true;
        }
    }
    return false;
}

static void try_key(sf_source *source, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t roc, uint32_t frame)
{
    if (!has_tag(rule, rtp, roc)) {
        source->failed += !rule->may_be_former;
        bool is_other = source->failed >= FAILED_FOR_OTHER && source->verified == 0 && rule->needs_tags;
        if (is_other) {
            decide(source, SF_FINDING_OTHER_KEY, frame);
        }
        return;
    }
    source->verified++;
    if (source->verified * rule->keys->tag_bytes >= VERIFIED_BYTES) {
        decide(source, SF_FINDING_SRTP, frame);
    }
}

/** Holds the packet before against the timestamp of this one, its successor. */
static void measure(sf_source *source, const sf_rtp *rtp, uint32_t frame)
{
    uint32_t steps = rtp->timestamp - source->timestamp;

    for (size_t i = 0; i < G_N_ELEMENTS(codecs); i++) {
        /* After a pause, more time has passed than the payload has: that says nothing. */
        if (codecs[i].payload_type == source->types[0] && steps > 0 && steps <= UINT16_MAX) {
            uint64_t have = (uint64_t)source->payload * codecs[i].steps;
            uint64_t want = (uint64_t)steps * codecs[i].bytes;
            source->is_too_long |= have > want;
            if (have == want) {
                source->fitting++;
            }
        }
    }
    if (source->is_too_long) {
        source->fitting = 0;
    } else if (source->fitting >= FITTING_FOR_CLEAR && source->verified == 0) {
        decide(source, SF_FINDING_CLEAR, frame);
    }
}

static bool is_odd(const sf_source_rule *rule, uint8_t type)
{
    return rule->listed && type != CN && type != OLD_CN && !sf_payloads_find(rule->listed, type);
}

/** Place of the payload type; SF_SOURCE_TYPES for one that is not counted. */
static unsigned place_of(sf_source *source, uint8_t type)
{
    unsigned i = 0;

    while (i < source->type_count && source->types[i] != type) {
        i++;
    }
    if (i == source->type_count && i < SF_SOURCE_TYPES) {
        source->types[i] = type;
        source->type_count++;
    }
    return i;
}

/** Counts up to one more than matters. True if the packet is the one that makes them many. */
static bool makes_many(sf_source *source, uint8_t type)
{
    unsigned place = place_of(source, type);

    if (place == SF_SOURCE_TYPES || source->counts[place] > MANY_ODD) {
        return false;
    }
    return ++source->counts[place] == MANY_ODD;
}

bool sf_source_count(sf_source *source, const sf_rtp *rtp, int64_t time)
{
    source->packets++;
    source->last_time = time;
    sf_sequence_take(&source->numbers, rtp->sequence);
    return makes_many(source, rtp->payload_type) || source->finding == SF_FINDING_UNDETERMINED;
}

/** What the packet proves of the protection. */
static void prove(sf_source *source, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t frame)
{
    int16_t roc = roc_of(source, rtp->sequence);
    bool is_next = rtp->sequence == (uint16_t)(source->sequence + 1);
    bool is_plain = rtp->payload_type == source->types[0] && !rtp->is_padded;

    if (!rtp->is_cut) {
        bool is_keyed = rule->keys != NULL && source->failed < FAILED_FOR_OTHER;
        bool is_measured = rule->may_be_clear && !rule->may_be_former && is_next && is_plain && source->has_previous;
        if (is_keyed) {
            try_key(source, rtp, rule, (uint32_t)roc, frame);
        }
        if (is_measured && source->finding == SF_FINDING_UNDETERMINED) {
            measure(source, rtp, frame);
        }
        source->has_previous = is_next && is_plain && !rule->may_be_former;
        source->timestamp = rtp->timestamp;
        source->payload = (uint16_t)MIN(rtp->length - rtp->header, UINT16_MAX);
    }
    if ((uint16_t)(rtp->sequence - source->sequence) < 0x8000) {
        source->sequence = rtp->sequence;
        source->roc = roc;
    }
}

void sf_source_judge(sf_source *source, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t frame)
{
    unsigned place = place_of(source, rtp->payload_type);

    if (source->odd_in == 0 && place < SF_SOURCE_TYPES && source->counts[place] == MANY_ODD &&
        is_odd(rule, rtp->payload_type)) {
        source->odd_in = frame;
    }
    if (source->finding == SF_FINDING_UNDETERMINED) {
        prove(source, rtp, rule, frame);
    }
}
