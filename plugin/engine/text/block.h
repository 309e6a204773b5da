/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Eight bytes of a text at a time, as one number: its lowest byte is the first one. A mark for each byte is its top
 * bit.
 */
#ifndef SF_ENGINE_TEXT_BLOCK_H
#define SF_ENGINE_TEXT_BLOCK_H

#include <stdint.h>
#include <string.h>

#include <glib.h>

/** Bytes of a block. */
#define SF_BLOCK 8

/** A block of which each byte is `value`. */
#define SF_EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/** The block at `text`, which has SF_BLOCK bytes at least. */
static inline uint64_t sf_block_at(const char *text)
{
    uint64_t block;

    memcpy(&block, text, sizeof block);
    return GUINT64_FROM_LE(block);
}

/** Marks the bytes up to and including the blank, 0x20. */
static inline uint64_t sf_block_blanks(uint64_t block)
{
    uint64_t above = (block & SF_EACH_BYTE(0x7f)) + SF_EACH_BYTE(0x80 - (' ' + 1));

    return ~(above | block) & SF_EACH_BYTE(0x80);
}

/** Marks the bytes below the blank, 0x20. */
static inline uint64_t sf_block_controls(uint64_t block)
{
    uint64_t above = (block & SF_EACH_BYTE(0x7f)) + SF_EACH_BYTE(0x80 - ' ');

    return ~(above | block) & SF_EACH_BYTE(0x80);
}

/** Index of the first byte that is marked. Takes marks != 0. */
static inline unsigned sf_first_marked(uint64_t marks)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctzll(marks) / 8;
#else
    unsigned index = 0;
    for (; !(marks & 0x80); marks >>= 8) {
        index++;
    }
    return index;
#endif
}

/** Index of the last byte that is marked. Takes marks != 0. */
static inline unsigned sf_last_marked(uint64_t marks)
{
#ifdef __GNUC__
    return 7 - (unsigned)__builtin_clzll(marks) / 8;
#else
    unsigned index = 7;
    for (; !(marks & UINT64_C(0x8000000000000000)); marks <<= 8) {
        index--;
    }
    return index;
#endif
}

/** The marks without the first one. Takes marks != 0. */
static inline uint64_t sf_without_first_mark(uint64_t marks)
{
    return marks & (marks - 1);
}

#endif
