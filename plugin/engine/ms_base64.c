/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Base64 in the letters of RFC 4648 and in Microsoft's, decoded by GLib.
 */
#include "ms_base64.h"

#include "message_limits.h"

#include <glib.h>

/* The letter of the standard alphabet for one of either alphabet; 0 if it is in none. */
static const char standard_letters[256] = {
#define SAME(letter) [letter] = letter
#define SAME4(a, b, c, d) SAME(a), SAME(b), SAME(c), SAME(d)
    SAME4('A', 'B', 'C', 'D'), SAME4('E', 'F', 'G', 'H'), SAME4('I', 'J', 'K', 'L'), SAME4('M', 'N', 'O', 'P'),
    SAME4('Q', 'R', 'S', 'T'), SAME4('U', 'V', 'W', 'X'), SAME4('Y', 'Z', 'a', 'b'), SAME4('c', 'd', 'e', 'f'),
    SAME4('g', 'h', 'i', 'j'), SAME4('k', 'l', 'm', 'n'), SAME4('o', 'p', 'q', 'r'), SAME4('s', 't', 'u', 'v'),
    SAME4('w', 'x', 'y', 'z'), SAME4('0', '1', '2', '3'), SAME4('4', '5', '6', '7'), SAME4('8', '9', '+', '/'),
    ['-'] = '+',               ['_'] = '/',
};

static char standard_letter(char c)
{
    return standard_letters[(unsigned char)c];
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
    size_t done = 0;
    size_t written = 0;

    *length = 0;
    if (text.length == 0) {
        return SF_ABSENT;
    }
    text = without_padding(text);
    if (text.length == 0 || text.length > SF_MAX_BASE64 || text.length % 4 == 1) {
        return SF_MALFORMED;
    }
    while (done < text.length && written < capacity) {
        char letters[LETTERS + 2];
        uint8_t bytes[GROUPS * 3];
        size_t count = 0;

        for (; count < LETTERS && done < text.length; count++, done++) {
            letters[count] = standard_letter(text.text[done]);
            if (letters[count] == 0) {
                return SF_MALFORMED;
            }
        }
        while (done == text.length && count % 4 != 0) {
            letters[count++] = '=';
        }
        size_t got = g_base64_decode_step(letters, count, bytes, &state, &save);
        if (got > capacity - written) {
            got = capacity - written;
        }
        memcpy(out + written, bytes, got);
        written += got;
    }
    for (; done < text.length; done++) {
        if (standard_letter(text.text[done]) == 0) {
            return SF_MALFORMED;
        }
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
