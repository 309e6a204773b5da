/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding SIP messages again.
 */
#include "ranges.h"

/** How many bytes of a message the checksum covers: enough to tell messages apart, cheap on long ones. */
static unsigned checked_length(unsigned length)
{
    enum { CHECKED_BYTES = 64 };

    return MIN(length, CHECKED_BYTES);
}

/** It need not withstand anybody: what it finds is read as a message again. */
static uint32_t checksum(tvbuff_t *tvb, unsigned start, unsigned length)
{
    static const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15); /* the golden ratio: spreads any bit over all of them */
    unsigned checked = checked_length(length);
    const uint8_t *bytes = tvb_get_ptr(tvb, (int)start, (int)checked);
    uint64_t sum = checked;

    for (; checked >= sizeof(uint64_t); checked -= (unsigned)sizeof(uint64_t), bytes += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        sum = (sum ^ word) * prime;
        sum ^= sum >> 32;
    }
    for (; checked > 0; checked--, bytes++) {
        sum = (sum ^ *bytes) * prime;
    }
    return (uint32_t)(sum >> 32);
}

static tvbuff_t *tvb_of(const GSList *source)
{
    return get_data_source_tvb((const struct data_source *)source->data);
}

/** How many bytes of the message a data source holds: 0 if it does not hold it. */
static unsigned held(tvbuff_t *tvb, const sf_range *range)
{
    unsigned captured = tvb ? tvb_captured_length(tvb) : 0;
    unsigned there = captured > range->start ? MIN(captured - range->start, range->length) : 0;

    return there > 0 && there >= checked_length(range->length) &&
                   checksum(tvb, range->start, range->length) == range->checksum
               ? there
               : 0;
}

/**
 * How many data sources before that of the message hold what cannot be told from it. The bytes themselves tell sooner
 * than the checksum that two messages differ.
 */
static unsigned count_before(const packet_info *pinfo, const sf_located *located, unsigned length,
                             sf_data_sources *sources)
{
    unsigned count = 0;

    if (!pinfo->data_src || tvb_of(pinfo->data_src) == located->tvb) {
        return 0;
    }
    sf_data_sources_list(sources, pinfo);
    unsigned end = sf_data_sources_place(sources, located->tvb);
    const char *text = sources->rows[end].bytes.text + located->start;
    for (unsigned i = 0; i < end; i++) {
        sf_slice bytes = sources->rows[i].bytes;
        count += bytes.length >= located->start + length &&
                 memcmp(bytes.text + located->start, text, checked_length(length)) == 0;
    }
    return count;
}

sf_range sf_range_of(const packet_info *pinfo, const sf_located *located, unsigned length, sf_data_sources *sources)
{
    return (sf_range){
        .before = count_before(pinfo, located, length, sources) & INT32_MAX,
        .is_cut = located->is_cut,
        .start = located->start,
        .length = length,
        .checksum = checksum(located->tvb, located->start, length),
    };
}

bool sf_range_locate(const packet_info *pinfo, const sf_range *range, sf_located *located)
{
    tvbuff_t *tvb = NULL;
    unsigned length = 0, before = 0;

    for (const GSList *source = pinfo->data_src; source && before <= range->before; source = source->next) {
        unsigned there = held(tvb_of(source), range);
        before += there == range->length;
        if (there > length || there == range->length) {
            tvb = tvb_of(source);
            length = there;
        }
    }
    *located = (sf_located){ tvb, range->start, length, range->is_cut };
    return length > 0;
}
