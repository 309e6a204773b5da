/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Checking texts, and undoing folds and escapes.
 */
#include "plain_text.h"

#include <glib.h>

#include "block.h"

/** Not zero if one of the eight bytes at `text` is NUL or no ASCII. */
static uint64_t not_ascii(const char *text)
{
    uint64_t block = sf_block_at(text);

    return (block | (block - SF_EACH_BYTE(1))) & SF_EACH_BYTE(0x80);
}

/** Not zero if one of the eight bytes at `text` is no printable ASCII. */
static uint64_t not_printable(const char *text)
{
    uint64_t block = sf_block_at(text);

    return (block | (block - SF_EACH_BYTE(' ')) | (block + SF_EACH_BYTE(1))) & SF_EACH_BYTE(0x80);
}

/** Where the first block begins that is not all ASCII, or bytes that fill no block. */
static const char *skip_ascii(sf_slice s)
{
    const char *at = s.text;
    const char *const end = sf_slice_end(s);

    while (end - at >= 4 * SF_BLOCK && (not_ascii(at) | not_ascii(at + SF_BLOCK) | not_ascii(at + 2 * SF_BLOCK) |
                                        not_ascii(at + 3 * SF_BLOCK)) == 0) {
        at += 4 * SF_BLOCK;
    }
    while (end - at >= SF_BLOCK && not_ascii(at) == 0) {
        at += SF_BLOCK;
    }
    bool is_tail_ascii = end - at < SF_BLOCK && s.length >= SF_BLOCK && not_ascii(end - SF_BLOCK) == 0;
    return is_tail_ascii ? end : at;
}

sf_slice sf_text_fault(sf_slice s)
{
    const char *bad = NULL;
    const char *at = skip_ascii(s);
    const char *const end = sf_slice_end(s);

    if (at == end || g_utf8_validate(at, end - at, &bad)) {
        return (sf_slice){ NULL, 0 };
    }
    return (sf_slice){ bad, 1 };
}

const char *sf_text_fault_reason(sf_slice fault)
{
    return fault.text[0] == '\0' ? "holds a NUL byte" : "is not UTF-8 text";
}

bool sf_text_is_ascii(sf_slice s)
{
    size_t blocks = s.length / 8;

    for (size_t i = 0; i < blocks; i++) {
        if (not_printable(s.text + 8 * i)) {
            return false;
        }
    }
    for (size_t i = 8 * blocks; i < s.length; i++) {
        if (s.text[i] < ' ' || s.text[i] > '~') { /* bytes above 127 are below or above, as char is signed or not */
            return false;
        }
    }
    return true;
}

size_t sf_unfold(sf_slice s, char *out)
{
    const char *end = sf_slice_end(s);
    size_t written = 0;

    for (const char *at = s.text; at < end;) {
        const char *after = sf_skip_blanks(at, end);
        if (sf_is_folded(sf_slice_between(at, after))) {
            out[written++] = ' ';
        } else {
            after = MAX(after, at + 1);
            memcpy(out + written, at, (size_t)(after - at));
            written += (size_t)(after - at);
        }
        at = after;
    }
    return written;
}

size_t sf_unescape(sf_slice s, bool is_quoted, char *out)
{
    size_t written = 0;

    for (size_t i = 0; i < s.length; i++) {
        char c = s.text[i];
        if (is_quoted && c == '\\' && i + 1 < s.length) {
            c = s.text[++i];
        } else if (!is_quoted && c == '%' && i + 2 < s.length) {
            int high = sf_hex_digit(s.text[i + 1]);
            int low = sf_hex_digit(s.text[i + 2]);
            if (high >= 0 && low >= 0) {
                c = (char)(high << 4 | low);
                i += 2;
            }
        }
        out[written++] = c;
    }
    return written;
}
