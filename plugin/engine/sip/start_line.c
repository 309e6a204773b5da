/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Start lines among other lines and bytes. Letters of another layer may come
 * right before a method (a checksum that happens to be one), so a known method
 * at the end of a word counts for more than the word.
 */
#include "start_line.h"

#include "engine/text/plain_text.h"

#include <glib.h>

#include "engine/text/block.h"
#include "engine/text/key_mark.h"

/* RFC 3261 and its extensions, and Microsoft's own. One that ends with another comes before it. */
static const sf_slice methods[] = {
    SF_LITERAL_INIT("SPRACK"),    SF_LITERAL_INIT("PRACK"),     SF_LITERAL_INIT("ACK"),     SF_LITERAL_INIT("BENOTIFY"),
    SF_LITERAL_INIT("NOTIFY"),    SF_LITERAL_INIT("INVITE"),    SF_LITERAL_INIT("BYE"),     SF_LITERAL_INIT("CANCEL"),
    SF_LITERAL_INIT("OPTIONS"),   SF_LITERAL_INIT("REGISTER"),  SF_LITERAL_INIT("INFO"),    SF_LITERAL_INIT("MESSAGE"),
    SF_LITERAL_INIT("SUBSCRIBE"), SF_LITERAL_INIT("REFER"),     SF_LITERAL_INIT("PUBLISH"), SF_LITERAL_INIT("UPDATE"),
    SF_LITERAL_INIT("SERVICE"),   SF_LITERAL_INIT("NEGOTIATE"),
};

/** A line ends with CR, LF or both. Most bytes are letters: one comparison sees those off. */
static inline bool ends_line(char c)
{
    return (unsigned char)c <= '\r' && (c == '\n' || c == '\r');
}

/** token of RFC 3261 25.1 */
static bool is_token_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("-.!%*_+`'~", c) != NULL);
}

/** The text without blanks at its end; its beginning stays. */
static sf_slice trim_end(sf_slice s)
{
    while (s.length > 0 && sf_is_blank(s.text[s.length - 1])) {
        s.length--;
    }
    return s;
}

/** The text without the word that it ends with. */
static sf_slice without_last_word(sf_slice s)
{
    while (s.length > 0 && !sf_is_blank(s.text[s.length - 1])) {
        s.length--;
    }
    return s;
}

/** Where the method begins that a text ends with. */
static size_t method_in(sf_slice text)
{
    size_t begin = text.length;

    while (begin > 0 && is_token_char(text.text[begin - 1])) {
        begin--;
    }
    sf_slice word = sf_slice_skip(text, begin);
    for (size_t i = 0; begin > 0 && i < G_N_ELEMENTS(methods); i++) {
        if (word.length >= methods[i].length &&
            sf_slice_equals(sf_slice_skip(word, word.length - methods[i].length), methods[i])) {
            return text.length - methods[i].length;
        }
    }
    return begin;
}

/** True if a word that no list of methods has comes after the mark of a key: then it is the key. */
static bool is_key(sf_slice front, sf_slice word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (sf_slice_equals(word, methods[i])) {
            return false;
        }
    }
    return sf_has_key_mark(front);
}

/** Looks for `METHOD URI SIP/2.0` at the end of a line. */
static bool find_request(sf_slice line, size_t *start)
{
    static const sf_slice version = SF_LITERAL_INIT(" SIP/2.0");

    line = trim_end(line);
    if (line.length == 0 || line.text[line.length - 1] != '0' || !sf_slice_ends_nocase(line, version)) {
        return false;
    }
    sf_slice target = trim_end(sf_slice_head(line, line.length - version.length));
    sf_slice rest = without_last_word(target);
    sf_slice uri = sf_slice_skip(target, rest.length);
    rest = trim_end(rest);
    *start = method_in(rest);
    return *start < rest.length && sf_slice_find(uri, ':') < uri.length &&
           (*start == 0 || !is_key(sf_slice_head(rest, *start), sf_slice_skip(rest, *start)));
}

/** True for the rest of a status line: the code, and a blank or nothing. */
static bool is_status(sf_slice s)
{
    return s.length >= 3 && s.text[0] >= '1' && s.text[0] <= '6' && g_ascii_isdigit(s.text[1]) &&
           g_ascii_isdigit(s.text[2]) && (s.length == 3 || sf_is_blank(s.text[3]));
}

/** Looks for `SIP/2.0 CODE` in a line. */
static bool find_status(sf_slice line, size_t *start)
{
    static const sf_slice name = SF_LITERAL_INIT("SIP"), number = SF_LITERAL_INIT("/2.0 ");

    const char *const end = sf_slice_end(line);
    const char *at = line.text;

    for (; at < end && (at = memchr(at, '/', (size_t)(end - at))) != NULL; at++) {
        if (end - at < 2 || at[1] != '2') {
            continue; /* as most slashes are not followed */
        }
        size_t slash = (size_t)(at - line.text);
        sf_slice rest = sf_slice_skip(line, slash);
        if (slash >= name.length && sf_slice_starts_nocase(rest, number) &&
            sf_slice_ends_nocase(sf_slice_head(line, slash), name) && is_status(sf_slice_skip(rest, number.length))) {
            *start = slash - name.length;
            return true;
        }
    }
    return false;
}

/** True if a text that a line begins with is that of a header, or of its fold: what follows is quoted in its value. */
static bool begins_header(sf_slice s)
{
    size_t name = 0;

    if (sf_slice_present(sf_text_fault(s))) {
        return false;
    }
    for (size_t i = 0; i < s.length; i++) {
        if (g_ascii_iscntrl(s.text[i]) && s.text[i] != '\t') {
            return false;
        }
    }
    while (name < s.length && is_token_char(s.text[name])) {
        name++;
    }
    sf_slice rest = sf_slice_trim(sf_slice_skip(s, name));
    return sf_is_blank(s.text[0]) || (name > 0 && rest.length > 0 && rest.text[0] == ':');
}

/** Looks for a start line in a line; bytes of other layers may come before it. */
static bool find_in_line(sf_slice line, size_t *start)
{
    if (line.length == 0 || !(find_request(line, start) || find_status(line, start))) {
        return false;
    }
    return *start == 0 || !begins_header(sf_slice_head(line, *start));
}

/** Where the line begins that has the byte before `end`. */
static size_t line_begin(sf_slice text, size_t end)
{
    for (; end >= SF_BLOCK; end -= SF_BLOCK) {
        uint64_t marks = sf_block_controls(sf_block_at(text.text + end - SF_BLOCK));
        while (marks != 0) {
            unsigned last = sf_last_marked(marks);
            if (ends_line(text.text[end - SF_BLOCK + last])) {
                return end - SF_BLOCK + last + 1;
            }
            marks ^= UINT64_C(0x80) << last * 8;
        }
    }
    while (end > 0 && !ends_line(text.text[end - 1])) {
        end--;
    }
    return end;
}

bool sf_start_line_before(sf_slice text, size_t *start)
{
    size_t end = text.length;

    for (;;) {
        size_t begin = line_begin(text, end);
        sf_slice line = sf_slice_head(sf_slice_skip(text, begin), end - begin);
        if (find_in_line(line, start)) {
            *start += begin;
            return true;
        }
        if (begin == 0 || (line.length == 0 && end < text.length)) {
            return false;
        }
        end = begin - 1;
        if (end > 0 && text.text[end] == '\n' && text.text[end - 1] == '\r') {
            end--;
        }
    }
}

bool sf_start_line_is(sf_slice line)
{
    static const sf_slice version = SF_LITERAL_INIT("SIP/2.0 ");
    size_t start;

    if (sf_slice_starts_nocase(line, version) && is_status(sf_slice_skip(line, version.length)) &&
        sf_slice_find(line, ':') == line.length) {
        return true; /* and no request line, since it has no URI */
    }
    return find_in_line(line, &start) && start == 0;
}

bool sf_start_line_next(sf_slice text, size_t from, size_t *start)
{
    while (from < text.length) {
        sf_slice rest = sf_slice_skip(text, from);
        sf_slice line = sf_slice_head(rest, sf_slice_find(rest, '\n'));
        line = sf_slice_head(line, sf_slice_find(line, '\r'));
        if (find_in_line(line, start)) {
            *start += from;
            return true;
        }
        from += line.length + 1;
    }
    return false;
}
