/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Tokenizer for header values, parameters, words and lines.
 */
#include "token.h"

#include <glib.h>

/** Where the quoted string that begins at `at` ends: behind its closing quote, or at `end`. */
static const char *skip_quoted(const char *at, const char *end, bool *unterminated)
{
    for (at++; at < end; at++) {
        if (*at == '"') {
            return at + 1;
        }
        if (*at == '\\' && at + 1 < end) {
            at++;
        }
    }
    *unterminated = true;
    return end;
}

/* Classes of bytes, so that the loops below look each byte up once. */
enum {
    BLANK = 1 << 0,
    LIST_MARK = 1 << 1, /* what a comma list has to look at */
};

static const uint8_t byte_class[256] = {
    [' '] = BLANK,     ['\t'] = BLANK,    ['\r'] = BLANK,    ['\n'] = BLANK,
    [','] = LIST_MARK, ['"'] = LIST_MARK, ['<'] = LIST_MARK, ['>'] = LIST_MARK,
};

static bool is_blank(char c)
{
    return byte_class[(unsigned char)c] & BLANK;
}

static bool is_list_mark(char c)
{
    return byte_class[(unsigned char)c] & LIST_MARK;
}

/** Splits `text` at its first equals sign outside the quotes, which stand in the value only. */
static void split_param(sf_slice text, sf_param *param)
{
    size_t equals = sf_slice_find(text, '=');

    param->text = text;
    param->quoted = false;
    param->name = sf_slice_trim(sf_slice_head(text, equals));
    if (equals == text.length) {
        param->value = (sf_slice){ NULL, 0 };
        return;
    }
    sf_slice value = sf_slice_trim(sf_slice_skip(text, equals + 1));
    if (value.length >= 1 && value.text[0] == '"') {
        param->quoted = true;
        value = sf_slice_skip(value, 1);
        if (value.length >= 1 && value.text[value.length - 1] == '"') {
            value.length--;
        }
    }
    param->value = value;
}

bool sf_param_next(sf_cursor *cursor, char separator, sf_slice element, sf_problems *problems, sf_param *param)
{
    const char *at = cursor->at;

    while (at < cursor->end && (*at == separator || is_blank(*at))) {
        at++;
    }
    if (at == cursor->end) {
        cursor->at = at;
        return false;
    }
    if (cursor->items == SF_MAX_PARAMETERS) {
        sf_problems_limit(problems, SF_LIMIT_PARAMETERS, element);
        cursor->at = cursor->end;
        return false;
    }

    const char *begin = at;
    param->unterminated = false;
    at = begin + sf_slice_find(sf_slice_between(begin, cursor->end), separator);
    const char *quote = begin + sf_slice_find(sf_slice_between(begin, at), '"');
    if (quote < at) {
        at = quote;
        while (at < cursor->end && *at != separator) {
            at = *at == '"' ? skip_quoted(at, cursor->end, &param->unterminated) : at + 1;
        }
    }
    split_param(sf_slice_trim(sf_slice_between(begin, at)), param);
    cursor->at = at;
    cursor->items++;
    return true;
}

bool sf_list_next(sf_cursor *cursor, sf_problems *problems, sf_slice *element)
{
    const char *at = cursor->at;

    while (at < cursor->end && (*at == ',' || is_blank(*at))) {
        at++;
    }
    if (at == cursor->end) {
        cursor->at = at;
        return false;
    }
    if (cursor->items == SF_MAX_LIST_ELEMENTS) {
        sf_problems_limit(problems, SF_LIMIT_LIST_ELEMENTS, sf_slice_between(at, cursor->end));
        cursor->at = cursor->end;
        return false;
    }

    const char *begin = at;
    bool in_angles = false;
    bool unterminated = false;
    while (at < cursor->end) {
        if (!is_list_mark(*at)) {
            at++;
            continue;
        }
        if (*at == '"' && !in_angles) {
            at = skip_quoted(at, cursor->end, &unterminated);
            continue;
        }
        if (*at == ',' && !in_angles) {
            break;
        }
        in_angles = *at == '<' || (in_angles && *at != '>');
        at++;
    }
    *element = sf_slice_trim(sf_slice_between(begin, at));
    cursor->at = at;
    cursor->items++;
    return true;
}

bool sf_word_next(sf_cursor *cursor, sf_slice *word)
{
    const char *at = cursor->at;
    const char *const end = cursor->end;

    while (at < end && is_blank(*at)) {
        at++;
    }
    const char *begin = at;
    while (at < end && !is_blank(*at)) {
        at++;
    }
    cursor->at = at;
    cursor->items++;
    *word = sf_slice_between(begin, at);
    return at != begin;
}

bool sf_line_next(sf_cursor *cursor, sf_slice *line)
{
    if (cursor->at == cursor->end) {
        return false;
    }
    sf_slice rest = sf_cursor_rest(cursor);
    size_t length = sf_slice_find(rest, '\n');

    cursor->at += length < rest.length ? length + 1 : length;
    cursor->items++;
    if (length > 0 && length < rest.length && rest.text[length - 1] == '\r') {
        length--;
    }
    *line = sf_slice_head(rest, length);
    return true;
}

/** True if none of the eight bytes is NUL or has its high bit set. */
static bool is_plain_ascii_block(const char *text)
{
    uint64_t block;

    memcpy(&block, text, sizeof block);
    return ((block | (block - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0;
}

sf_slice sf_text_fault(sf_slice s)
{
    const char *bad = NULL;
    sf_slice rest = s;

    while (rest.length >= 8 && is_plain_ascii_block(rest.text)) {
        rest = sf_slice_skip(rest, 8);
    }
    if (rest.length == 0 || g_utf8_validate(rest.text, (gssize)rest.length, &bad)) {
        return (sf_slice){ NULL, 0 };
    }
    return (sf_slice){ bad, 1 };
}

bool sf_text_is_ascii(sf_slice s)
{
    for (size_t i = 0; i < s.length; i++) {
        if (s.text[i] < ' ' || s.text[i] > '~') { /* bytes above 127 are below or above, as char is signed or not */
            return false;
        }
    }
    return true;
}

size_t sf_unescape(sf_slice s, bool quoted, char *out)
{
    size_t written = 0;

    for (size_t i = 0; i < s.length; i++) {
        char c = s.text[i];
        if (quoted && c == '\\' && i + 1 < s.length) {
            c = s.text[++i];
        } else if (!quoted && c == '%' && i + 2 < s.length) {
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
