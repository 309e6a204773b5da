/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Cross-over of messages for libFuzzer: by lines, which are headers and lines of SDP. Two messages exchange whole
 * lines, lines of the same kind, bodies, or heads and tails, so that most results are still messages.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/text/token.h"

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2, size_t size2, uint8_t *out,
                                 size_t max_out_size, unsigned seed);

enum { MAX_LINES = 512 };

/** A message by lines, each with its line end. */
typedef struct {
    sf_slice lines[MAX_LINES];
    unsigned count;
    unsigned body; /**< index of the first line of the body */
} by_lines;

typedef struct {
    uint8_t *bytes;
    size_t length, room;
} output;

static unsigned any(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return below ? (*seed >> 8) % below : 0;
}

static void split(const uint8_t *data, size_t size, by_lines *to)
{
    sf_slice rest = { (const char *)data, size };

    to->count = to->body = 0;
    while (rest.length > 0 && to->count < MAX_LINES - 1) {
        size_t end = sf_slice_find(rest, '\n') + 1;
        to->lines[to->count++] = sf_slice_head(rest, end);
        rest = sf_slice_skip(rest, end);
        if (to->body == 0 && sf_slice_trim(to->lines[to->count - 1]).length == 0) {
            to->body = to->count;
        }
    }
    if (rest.length > 0) {
        to->lines[to->count++] = rest;
    }
    to->body = to->body ? to->body : to->count;
}

static void put(output *to, sf_slice text)
{
    size_t length = text.length < to->room - to->length ? text.length : to->room - to->length;

    memcpy(to->bytes + to->length, text.text, length);
    to->length += length;
}

static void put_lines(output *to, const by_lines *from, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end && i < from->count; i++) {
        put(to, from->lines[i]);
    }
}

/** The name of a header, or the letter of an SDP line with the name of its attribute. */
static sf_slice kind_of(sf_slice line)
{
    return sf_slice_head(line, sf_slice_find(line, ':'));
}

/** A line of the same kind, the first from a place chosen by chance; that place if there is none. */
static unsigned alike(const by_lines *in, sf_slice line, unsigned *seed)
{
    unsigned begin = any(seed, in->count);

    for (unsigned i = 0; i < in->count; i++) {
        unsigned at = (begin + i) % in->count;
        if (sf_slice_equals_nocase(kind_of(in->lines[at]), kind_of(line))) {
            return at;
        }
    }
    return begin;
}

/** Puts the head of a line in front of the tail of another. */
static void put_spliced(output *to, sf_slice head, sf_slice tail, unsigned *seed)
{
    put(to, sf_slice_head(head, any(seed, (unsigned)head.length + 1)));
    put(to, sf_slice_skip(tail, any(seed, (unsigned)tail.length + 1)));
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2, size_t size2, uint8_t *out,
                                 size_t max_out_size, unsigned seed)
{
    static by_lines one, two;
    output to = { out, 0, max_out_size };

    split(data1, size1, &one);
    split(data2, size2, &two);
    if (one.count == 0 || two.count == 0) {
        return 0;
    }
    unsigned at = any(&seed, one.count);
    unsigned same = alike(&two, one.lines[at], &seed);
    unsigned other = any(&seed, two.count);
    switch (any(&seed, 7)) {
    case 0: /* a line of the same kind in its place */
        put_lines(&to, &one, 0, at);
        put(&to, two.lines[same]);
        put_lines(&to, &one, at + 1, one.count);
        break;
    case 1: /* another line beside it */
        put_lines(&to, &one, 0, at);
        put(&to, two.lines[other]);
        put_lines(&to, &one, at, one.count);
        break;
    case 2: /* half of each of two lines of the same kind */
        put_lines(&to, &one, 0, at);
        put_spliced(&to, one.lines[at], two.lines[same], &seed);
        put_lines(&to, &one, at + 1, one.count);
        break;
    case 3: /* the other's body, or a few lines of it */
        put_lines(&to, &one, 0, one.body);
        put_lines(&to, &two, two.body, any(&seed, 2) ? two.count : two.body + any(&seed, two.count - two.body + 1));
        break;
    case 4: /* the other's lines from one of the same kind on */
        put_lines(&to, &one, 0, at);
        put_lines(&to, &two, same, two.count);
        break;
    case 5: /* a line run into another: a lost line end */
        put_lines(&to, &one, 0, at);
        put_spliced(&to, one.lines[at], two.lines[other], &seed);
        put_lines(&to, &one, at + 1, one.count);
        break;
    default: /* one message after the other */
        put_lines(&to, &one, 0, one.count);
        put_lines(&to, &two, 0, two.count);
        break;
    }
    return to.length;
}
