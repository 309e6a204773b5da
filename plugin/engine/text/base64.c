/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Base64 in the letters of RFC 4648 and in Microsoft's, decoded by GLib.
 */
#include "base64.h"

#include "limits.h"

#include <glib.h>

static bool has(sf_slice text, char c)
{
    return sf_slice_find(text, c) < text.length;
}

/** Writes letters of either alphabet in the standard one. */
static void to_standard(sf_slice text, char *letters)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        letters[i] = c == '-' ? '+' : c == '_' ? '/' : c;
    }
}

static bool all_letters(sf_slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (!g_ascii_isalnum(c) && c != '-' && c != '_' && c != '+' && c != '/') {
            return false;
        }
    }
    return true;
}

static sf_slice without_padding(sf_slice text)
{
    for (int i = 0; i < 2 && text.length > 0 && text.text[text.length - 1] == '='; i++) {
        text.length--;
    }
    return text;
}

sf_status sf_base64_decode(sf_slice text, uint8_t *out, size_t capacity, size_t *length)
{
    enum { GROUPS = 16, LETTERS = GROUPS * 4 };
    gint state = 0;
    guint save = 0;
    size_t written = 0;

    *length = 0;
    if (text.length == 0) {
        return SF_ABSENT;
    }
    text = without_padding(text);
    if (text.length == 0 || text.length > SF_MAX_BASE64 || text.length % 4 == 1 || has(text, '=')) {
        return SF_MALFORMED;
    }
    bool is_standard = !has(text, '-') && !has(text, '_');
    sf_slice rest = text;
    for (; rest.length > 0 && written < capacity; rest = sf_slice_skip(rest, LETTERS)) {
        sf_slice part = sf_slice_head(rest, LETTERS);
        size_t whole = (part.length + 3) / 4 * 4;
        char letters[LETTERS];
        uint8_t bytes[GROUPS * 3];

        if (!is_standard || whole > part.length) {
            to_standard(part, letters);
            memset(letters + part.length, '=', whole - part.length);
            part.text = letters;
        }
        size_t got = g_base64_decode_step(part.text, whole, bytes, &state, &save);
        if (got != part.length * 3 / 4) { /* GLib passes over what is no letter */
            return SF_MALFORMED;
        }
        got = got < capacity - written ? got : capacity - written;
        memcpy(out + written, bytes, got);
        written += got;
    }
    if (!all_letters(rest)) {
        return SF_MALFORMED;
    }
    *length = written;
    return SF_OK;
}

sf_status sf_ms_base64_decode(sf_slice text, size_t expected, uint8_t *out)
{
    size_t groups = (expected + 2) / 3;
    size_t padding = groups * 3 - expected;
    size_t got;

    if (text.length == 0) {
        return SF_ABSENT;
    }
    sf_slice letters = without_padding(text);
    bool padding_written_as_letters = letters.length == groups * 4;
    if (!padding_written_as_letters && letters.length != groups * 4 - padding) {
        return SF_MALFORMED;
    }
    if (padding_written_as_letters) {
        for (size_t i = 1; i <= padding; i++) {
            if (letters.text[letters.length - i] != 'A') {
                return SF_MALFORMED;
            }
        }
    }
    return sf_base64_decode(sf_slice_head(letters, groups * 4 - padding), out, expected, &got);
}

sf_status sf_ms_base64_guid(sf_slice text, sf_guid *guid)
{
    uint8_t bytes[16];
    sf_status status = sf_ms_base64_decode(text, sizeof bytes, bytes);

    if (status == SF_OK) {
        *guid = sf_guid_from_windows(bytes);
    }
    return status;
}

sf_slice sf_base64_letters_of(sf_slice base64, size_t first, size_t count)
{
    enum { BITS_OF_BYTE = 8, BITS_OF_LETTER = 6 };
    size_t begin = first * BITS_OF_BYTE / BITS_OF_LETTER;
    size_t end = ((first + count) * BITS_OF_BYTE + BITS_OF_LETTER - 1) / BITS_OF_LETTER;

    return sf_slice_head(sf_slice_skip(base64, begin), end - begin);
}
