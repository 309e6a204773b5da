/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A piece of somebody else's text: never owned, never NUL-terminated.
 */
#ifndef SF_ENGINE_TEXT_SLICE_H
#define SF_ENGINE_TEXT_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** `length` bytes at `text`; text is NULL for "not there" (then length is 0). */
typedef struct {
    const char *text;
    size_t length;
} sf_slice;

/** How reading an element ended. What could be read is kept in either case. */
typedef enum {
    SF_OK,
    SF_ABSENT,   /**< the element is not there */
    SF_MALFORMED /**< it is there and could not be read */
} sf_status;

/** A slice over a string literal, where ISO C wants a constant: in the initialiser of a static object. */
#define SF_LITERAL_INIT(literal)        \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

/** A slice over a string literal, in an expression. */
#define SF_LITERAL(literal) ((sf_slice)SF_LITERAL_INIT(literal))

/** True if the slice points at text, even at an empty one. */
static inline bool sf_slice_present(sf_slice s)
{
    return s.text != NULL;
}

/** The bytes from `begin` up to, not including, `end`. Takes begin <= end. */
static inline sf_slice sf_slice_between(const char *begin, const char *end)
{
    return (sf_slice){ begin, (size_t)(end - begin) };
}

/** One byte past the slice. */
static inline const char *sf_slice_end(sf_slice s)
{
    return s.length ? s.text + s.length : s.text;
}

/** The slice without its first `count` bytes; an empty one if it is shorter. */
static inline sf_slice sf_slice_skip(sf_slice s, size_t count)
{
    size_t n = count < s.length ? count : s.length;
    return n ? (sf_slice){ s.text + n, s.length - n } : s;
}

/** The first `count` bytes of the slice (all of them if it is shorter). */
static inline sf_slice sf_slice_head(sf_slice s, size_t count)
{
    return (sf_slice){ s.text, count < s.length ? count : s.length };
}

/** Index of the first byte `c`, or the length of the slice if there is none. */
static inline size_t sf_slice_find(sf_slice s, char c)
{
    const char *hit = s.length ? memchr(s.text, c, s.length) : NULL;
    return hit ? (size_t)(hit - s.text) : s.length;
}

/** The same, at less cost where the byte is near or the text is short. */
static inline size_t sf_slice_find_near(sf_slice s, char c)
{
    size_t at = 0;

    while (at < s.length && s.text[at] != c) {
        at++;
    }
    return at;
}

/** Same bytes, letter case included. */
static inline bool sf_slice_equals(sf_slice a, sf_slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

/** The letter in lower case; any other byte as it is (ASCII only, whatever the locale). */
static inline char sf_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/** Compares `length` bytes, ASCII letters in any case. */
bool sf_same_nocase(const char *a, const char *b, size_t length);

/** False if two letters differ in more than their case: what most comparisons end at. */
static inline bool sf_may_be_same_letter(char a, char b)
{
    return ((a ^ b) & ~('a' - 'A')) == 0;
}

/** True if `text` begins with `word`, ASCII letters in any case. */
static inline bool sf_begins_nocase(const char *text, sf_slice word)
{
    if (word.length == 0) {
        return true;
    }
    if (!sf_may_be_same_letter(text[0], word.text[0])) {
        return false;
    }
#ifdef __GNUC__
    /* Most words of ours are literals, which are compared without a call. */
    if (__builtin_constant_p(word.length) && memcmp(text, word.text, word.length) == 0) {
        return true;
    }
#endif
    return sf_same_nocase(text, word.text, word.length);
}

/** True if `s` begins with `prefix`, ASCII letters in any case. */
static inline bool sf_slice_starts_nocase(sf_slice s, sf_slice prefix)
{
    return s.length >= prefix.length && sf_begins_nocase(s.text, prefix);
}

/** Same bytes, ASCII letters in any case. */
static inline bool sf_slice_equals_nocase(sf_slice a, sf_slice b)
{
    return a.length == b.length && sf_begins_nocase(a.text, b);
}

/** True if `s` ends with `suffix`, ASCII letters in any case. */
static inline bool sf_slice_ends_nocase(sf_slice s, sf_slice suffix)
{
    return s.length >= suffix.length && sf_begins_nocase(s.text + (s.length - suffix.length), suffix);
}

/** True if `host` is `domain` or lies below it (`a.example.com` below `example.com`). */
bool sf_slice_in_domain(sf_slice host, sf_slice domain);

/** A blank, a tab, or a byte of a line end. Most bytes are letters: one comparison sees those off. */
static inline bool sf_is_blank(char c)
{
    return (unsigned char)c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

/** The first byte from `at` on that is no blank, or `end`. */
static inline const char *sf_skip_blanks(const char *at, const char *end)
{
    while (at < end && sf_is_blank(*at)) {
        at++;
    }
    return at;
}

/** One byte past the last one before `end` that is no blank, or `begin`. */
static inline const char *sf_trim_end(const char *begin, const char *end)
{
    while (end > begin && sf_is_blank(end[-1])) {
        end--;
    }
    return end;
}

/** What lies from `begin` up to `end`, without blanks, tabs and line ends at both of its ends. */
static inline sf_slice sf_trim_between(const char *begin, const char *end)
{
    begin = sf_skip_blanks(begin, end);
    return sf_slice_between(begin, sf_trim_end(begin, end));
}

/** The slice without blanks, tabs and line ends at both of its ends. */
static inline sf_slice sf_slice_trim(sf_slice s)
{
    return sf_trim_between(s.text, sf_slice_end(s));
}

/** The last byte `c` of the slice as index, or the length of the slice if there is none. */
size_t sf_slice_find_last(sf_slice s, char c);

/**
 * Reads an unsigned decimal number that fills the whole slice.
 * @param max    the largest value allowed
 * @param value  set on SF_OK only
 * @return SF_ABSENT for an empty slice; SF_MALFORMED for any other byte than a digit, or a value above max
 */
sf_status sf_slice_decimal(sf_slice s, uint64_t max, uint64_t *value);

/**
 * Reads 1 to 8 hexadecimal digits, in any case, that fill the whole slice.
 * @return SF_ABSENT for an empty slice; SF_MALFORMED for anything else; value is set on SF_OK only
 */
sf_status sf_slice_hex32(sf_slice s, uint32_t *value);

/** For each byte, the value of the hexadecimal digit and 1; 0 for what is none. */
extern const uint8_t sf_hex_digits[UINT8_MAX + 1];

/** Value of a hexadecimal digit in any case, or -1. */
static inline int sf_hex_digit(char c)
{
    return sf_hex_digits[(unsigned char)c] - 1;
}

#endif
