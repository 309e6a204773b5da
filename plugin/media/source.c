/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The proofs. Those of clear RTP: SRTP adds a tag to each payload, four bytes or more, and the payload of a codec with a
 * fixed rate is as long as its timestamp counts on to the next packet. A payload with a tag cannot be that short.
 */
#include "source.h"

#include <glib.h>

G_STATIC_ASSERT(sizeof(sf_source) == 64); /* there is one for each direction of each stream */

enum {
    FITTING_FOR_CLEAR = 8,  /* packets in a row of exact length, none too long */
    VERIFIED_BYTES = 8,     /* bytes of tags that fit: one of 10 bytes, two of 4 */
    FAILED_FOR_OTHER = 100, /* packets without the tag, and none with it */
    ROC_GUESSES = 3,        /* an answer may be older than the first packet by some roll-overs */
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
        .first_time = sf_source_time(time) & SF_SOURCE_TIME_MASK,
        .numbers = sf_sequence_of(rtp->sequence),
    };
}

sf_trial sf_trial_of(const sf_rtp *rtp)
{
    return (sf_trial){
        .sequence = (uint16_t)(rtp->sequence - 1),
        .roc = rtp->sequence == 0 ? -1 : 0, /* rolls over to 0 at once */
    };
}

/** The roll-over counter of a packet, from that of the highest sequence number (RFC 3711 3.3.1). */
static int16_t roc_of(const sf_trial *trial, uint16_t sequence)
{
    bool is_ahead = (uint16_t)(sequence - trial->sequence) < 0x8000;
    int change = is_ahead ? sequence < trial->sequence : -(sequence > trial->sequence);

    return (int16_t)(trial->roc + change);
}

static void decide(sf_source *source, sf_finding finding, uint32_t frame)
{
    source->finding = (unsigned)finding & 7u;
    source->mark = frame;
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

/** The same by the numbers of a source alone, which began with 0. */
static int16_t roc_by_numbers(const sf_sequence *numbers, uint16_t sequence)
{
    const sf_trial newest = { .sequence = numbers->highest, .roc = (int16_t)MIN(numbers->roll_overs, INT16_MAX - 1) };

    return roc_of(&newest, sequence);
}

bool sf_source_is_contradicted(const sf_source *source, const sf_rtp *rtp, const sf_source_rule *rule)
{
    /* Whose numbers have begun anew may be at any roll-over. */
    if (source->finding == SF_FINDING_UNDETERMINED || source->numbers.others > 0 || !rule->keys || rtp->is_cut) {
        return false;
    }
    uint32_t roc = (uint32_t)roc_by_numbers(&source->numbers, rtp->sequence);
    return has_tag(rule, rtp, roc) != (source->finding == SF_FINDING_SRTP);
}

sf_trial sf_trial_after(const sf_source *source, const sf_rtp *rtp)
{
    sf_trial trial = sf_trial_of(rtp);

    trial.roc = (int16_t)(trial.roc + roc_by_numbers(&source->numbers, rtp->sequence));
    return trial;
}

static void try_key(sf_source *source, sf_trial *trial, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t roc,
                    uint32_t frame)
{
    if (!has_tag(rule, rtp, roc)) {
        trial->failed += !rule->may_be_former;
        bool is_other = trial->failed >= FAILED_FOR_OTHER && trial->verified == 0 && rule->needs_tags;
        if (is_other) {
            decide(source, SF_FINDING_OTHER_KEY, frame);
        }
        return;
    }
    trial->verified++;
    if (trial->verified * rule->keys->tag_bytes >= VERIFIED_BYTES) {
        decide(source, SF_FINDING_SRTP, frame);
    }
}

/** Holds the packet before against the timestamp of this one, its successor. */
static void measure(sf_source *source, sf_trial *trial, const sf_rtp *rtp, uint32_t frame)
{
    uint32_t steps = rtp->timestamp - trial->timestamp;

    for (size_t i = 0; i < G_N_ELEMENTS(codecs); i++) {
        /* After a pause, more time has passed than the payload has: that says nothing. */
        if (codecs[i].payload_type == source->types[0] && steps > 0 && steps <= UINT16_MAX) {
            uint64_t have = (uint64_t)trial->payload * codecs[i].steps;
            uint64_t want = (uint64_t)steps * codecs[i].bytes;
            trial->is_too_long |= have > want;
            if (have == want) {
                trial->fitting++;
            }
        }
    }
    if (trial->is_too_long) {
        trial->fitting = 0;
    } else if (trial->fitting >= FITTING_FOR_CLEAR && trial->verified == 0) {
        decide(source, SF_FINDING_CLEAR, frame);
    }
}

bool sf_source_rule_is_odd(const sf_source_rule *rule, uint8_t type)
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
        source->type_count = (i + 1) & 7u;
    }
    return i;
}

bool sf_source_count(sf_source *source, const sf_rtp *rtp, int64_t time)
{
    unsigned place = place_of(source, rtp->payload_type);

    source->last_time = sf_source_time(time) & SF_SOURCE_TIME_MASK;
    if (place == SF_SOURCE_TYPES || source->counts[place] > SF_SOURCE_MANY) {
        return false;
    }
    return ++source->counts[place] == SF_SOURCE_MANY;
}

static bool is_keyed(const sf_trial *trial, const sf_source_rule *rule)
{
    return rule->keys && trial->failed < FAILED_FOR_OTHER;
}

void sf_source_judge(sf_source *source, sf_trial *trial, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t frame)
{
    int16_t roc = roc_of(trial, rtp->sequence);
    bool is_next = rtp->sequence == (uint16_t)(trial->sequence + 1);
    bool is_plain = rtp->payload_type == source->types[0] && !rtp->is_padded;

    if (!rtp->is_cut) {
        bool is_measured = rule->may_be_clear && !rule->may_be_former && is_next && is_plain && trial->has_previous;
        if (is_keyed(trial, rule)) {
            try_key(source, trial, rtp, rule, (uint32_t)roc, frame);
        }
        if (is_measured && source->finding == SF_FINDING_UNDETERMINED) {
            measure(source, trial, rtp, frame);
        }
        trial->has_previous = is_next && is_plain && !rule->may_be_former;
        trial->timestamp = rtp->timestamp;
        trial->payload = (uint16_t)MIN(rtp->length - rtp->header, UINT16_MAX);
    }
    if ((uint16_t)(rtp->sequence - trial->sequence) < 0x8000) {
        trial->sequence = rtp->sequence;
        trial->roc = roc;
    }
}

/** True if the payloads of the source may still prove to be exactly as long as clear ones. */
static bool may_fit(const sf_source *source, const sf_trial *trial, const sf_source_rule *rule)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codecs); i++) {
        if (codecs[i].payload_type == source->types[0]) {
            return rule->may_be_clear && !trial->is_too_long && trial->verified == 0;
        }
    }
    return false;
}

bool sf_source_is_settled(const sf_source *source, const sf_trial *trial, const sf_source_rule *rule)
{
    return source->finding != SF_FINDING_UNDETERMINED || !(is_keyed(trial, rule) || may_fit(source, trial, rule));
}
