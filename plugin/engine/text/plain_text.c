/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Checking texts, and undoing folds and escapes.
 */
#include "plain_text.h"

#include <glib.h>

#include "block.h"

/** Not zero if one of the eight bytes at `text` is no printable ASCII. */
static uint64_t not_printable(const char *text)
{
    uint64_t block = sf_block_at(text);

    return (block | (block - SF_EACH_BYTE(' ')) | (block + SF_EACH_BYTE(1))) & SF_EACH_BYTE(0x80);
}

/** True if no byte has its top bit set, and none is NUL. */
static bool is_ascii(sf_slice s)
{
    enum { BLOCKS = 4 };
    uint64_t all = 0;

    if (s.length >= SF_BLOCK) {
        const char *at = s.text;
        const char *const last = sf_slice_end(s) - SF_BLOCK;
        for (; last - at > BLOCKS * SF_BLOCK; at += BLOCKS * SF_BLOCK) {
            all |= sf_block_at(at);
            all |= sf_block_at(at + SF_BLOCK);
            all |= sf_block_at(at + 2 * SF_BLOCK);
            all |= sf_block_at(at + 3 * SF_BLOCK);
        }
        for (; at < last; at += SF_BLOCK) {
            all |= sf_block_at(at);
        }
        all |= sf_block_at(last);
    } else {
        for (size_t i = 0; i < s.length; i++) {
            all |= (unsigned char)s.text[i];
        }
    }
    return (all & SF_EACH_BYTE(0x80)) == 0 && sf_slice_find(s, '\0') == s.length;
}

sf_slice sf_text_fault(sf_slice s)
{
    const char *bad = NULL;

    if (is_ascii(s) || g_utf8_validate(s.text, (gssize)s.length, &bad)) {
        return (sf_slice){ NULL, 0 };
    }
    return (sf_slice){ bad, 1 };
}

void sf_ascii_ahead_look(sf_ascii_ahead *ahead, sf_slice part)
{
    enum { STEP = 1024 };
    sf_slice step = sf_slice_head(sf_slice_between(part.text, ahead->end), MAX(part.length, STEP));

    ahead->seen_end = sf_slice_end(step);
    ahead->is_ascii = is_ascii(step);
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
    size_t written = sf_slice_find(s, is_quoted ? '\\' : '%'); /* most texts have no escape */

    if (written > 0) {
        memmove(out, s.text, written); /* some undo them in place */
    }
    for (size_t i = written; i < s.length; i++) {
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
