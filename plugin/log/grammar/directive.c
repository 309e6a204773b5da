/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the %-directives of patterns match and capture (pattern.h has the list).
 */
#include "directive.h"

#include "engine/text/words.h"
#include "stamp.h"

#include <glib.h>

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

static bool run_of(sf_log_cursor *c, bool (*belongs)(char ch), sf_slice *found)
{
    size_t n = 0;

    while (n < c->line.length && belongs(c->line.text[n])) {
        n++;
    }
    *found = sf_log_take(c, n);
    return n > 0;
}

static bool is_hex(char ch)
{
    return g_ascii_isxdigit(ch);
}

static bool is_word(char ch)
{
    return g_ascii_isalnum(ch) || ch == '_';
}

static bool is_visible(char ch)
{
    return !is_blank(ch);
}

static bool is_id(char ch)
{
    return g_ascii_isalnum(ch) || ch == '-' || ch == '{' || ch == '}';
}

static bool process(sf_log_cursor *c)
{
    return run_of(c, is_hex, &c->head->process);
}

static bool thread(sf_log_cursor *c)
{
    return run_of(c, is_hex, &c->head->thread);
}

static bool correlation(sf_log_cursor *c)
{
    return run_of(c, is_id, &c->head->correlation);
}

static bool unused_hex(sf_log_cursor *c)
{
    sf_slice unused;
    return run_of(c, is_hex, &unused);
}

static bool word(sf_log_cursor *c)
{
    sf_slice unused;
    return run_of(c, is_word, &unused);
}

static bool visible(sf_log_cursor *c)
{
    sf_slice unused;
    return run_of(c, is_visible, &unused);
}

static bool machine(sf_log_cursor *c)
{
    size_t length = sf_slice_find(c->line, *c->pattern);
    if (length == c->line.length) {
        return false;
    }
    c->head->machine = sf_log_take(c, length);
    return true;
}

/* An address ends at a blank, quote, bracket or arrow; brackets around IPv6 are part of it. */
static bool address(sf_log_cursor *c, sf_slice *found)
{
    bool is_bracketed = false;
    size_t n = 0;

    for (; n < c->line.length; n++) {
        char ch = c->line.text[n];
        char next = n + 1 < c->line.length ? c->line.text[n + 1] : '\0';
        bool closes = ch == ']' && !is_bracketed;
        is_bracketed = ch == '[' || (is_bracketed && ch != ']');
        if (closes || is_blank(ch) || strchr("\"()<>,$/", ch) || (ch == '-' && next == '>')) {
            break;
        }
    }
    /* `From: 192.0.2.1:` is an address followed by the colon of the sentence. */
    if (n > 1 && c->line.text[n - 1] == ':' && c->line.text[n - 2] != ':') {
        n--;
    }
    *found = sf_log_take(c, n);
    return n > 0 && !is_bracketed;
}

static bool local_address(sf_log_cursor *c)
{
    return address(c, &c->head->local);
}

static bool remote_address(sf_log_cursor *c)
{
    return address(c, &c->head->remote);
}

static bool is_digit(char ch)
{
    return g_ascii_isdigit(ch);
}

static bool local_port(sf_log_cursor *c)
{
    return run_of(c, is_digit, &c->head->local_port);
}

static bool remote_port(sf_log_cursor *c)
{
    return run_of(c, is_digit, &c->head->remote_port);
}

static bool byte_count(sf_log_cursor *c)
{
    sf_slice digits;
    c->head->has_bytes = run_of(c, is_digit, &digits) && sf_slice_decimal(digits, UINT32_MAX, &c->head->bytes) == SF_OK;
    return c->head->has_bytes;
}

/* No device runs for longer. */
#define MAX_UPTIME (UINT64_C(5) * 366 * 86400 * 1000)

static bool uptime(sf_log_cursor *c)
{
    sf_slice digits;
    return run_of(c, is_digit, &digits) && sf_slice_decimal(digits, MAX_UPTIME, &c->head->uptime) == SF_OK;
}

static bool session(sf_log_cursor *c)
{
    size_t length = sf_slice_find(c->line, *c->pattern);
    c->head->session = sf_log_take(c, length);
    return length > 0 && c->line.length > 0;
}

static bool sequence(sf_log_cursor *c)
{
    sf_slice digits;
    return run_of(c, is_digit, &digits) && sf_slice_decimal(digits, UINT64_MAX / 2, &c->head->sequence) == SF_OK;
}

static bool is_dash(char ch)
{
    return ch == '-';
}

static bool dashes(sf_log_cursor *c)
{
    sf_slice unused;
    return run_of(c, is_dash, &unused);
}

/* Only what SIP runs over, so that an optional transport does not take the beginning of a name. */
static bool transport(sf_log_cursor *c)
{
    static const struct {
        sf_slice name;
    } known[] = {
        { SF_LITERAL_INIT("UDP") }, { SF_LITERAL_INIT("TCP") }, { SF_LITERAL_INIT("TLS") },
        { SF_LITERAL_INIT("WSS") }, { SF_LITERAL_INIT("WS") },  { SF_LITERAL_INIT("SCTP") },
    };

    return run_of(c, is_word, &c->head->transport) && SF_WORDS_FIND(known, c->head->transport) != SF_WORDS_NONE;
}

static bool interface_name(sf_log_cursor *c)
{
    size_t length = sf_slice_find(c->line, *c->pattern);
    c->head->interface = sf_log_take(c, length);
    return length > 0 && c->line.length > 0;
}

static bool group(sf_log_cursor *c)
{
    size_t depth = 0;

    for (size_t n = 0; n < c->line.length; n++) {
        if (c->line.text[n] == '(') {
            depth++;
        } else if (c->line.text[n] == ')' && depth > 0) {
            depth--;
        }
        if (depth == 0) {
            sf_log_take(c, n + 1);
            return n > 0;
        }
    }
    return false;
}

size_t sf_log_literal_length(const char *pattern)
{
    return strcspn(pattern, "%{} ");
}

size_t sf_log_find_text(sf_slice line, sf_slice text)
{
    for (sf_slice left = line; left.length >= text.length; left = sf_slice_skip(left, 1)) {
        left = sf_slice_skip(left, sf_slice_find(left, text.text[0]));
        if (left.length >= text.length && memcmp(left.text, text.text, text.length) == 0) {
            return line.length - left.length;
        }
    }
    return line.length;
}

static bool anything(sf_log_cursor *c)
{
    sf_slice text = { c->pattern, sf_log_literal_length(c->pattern) };
    size_t at = text.length > 0 ? sf_log_find_text(c->line, text) : c->line.length;

    sf_log_take(c, at);
    return text.length == 0 || c->line.length > 0;
}

static bool one_blank(sf_log_cursor *c)
{
    if (c->line.length > 0 && is_blank(c->line.text[0])) {
        sf_log_take(c, 1);
    }
    return true;
}

static bool captured_rest(sf_log_cursor *c)
{
    c->head->rest = sf_log_take(c, c->line.length);
    return true;
}

static bool unused_rest(sf_log_cursor *c)
{
    sf_log_take(c, c->line.length);
    return true;
}

const sf_log_directive sf_log_directives[128] = {
    ['D'] = sf_log_date_month_first,
    ['E'] = sf_log_date_day_first,
    ['I'] = sf_log_date_year_first,
    ['B'] = sf_log_date_named,
    ['b'] = sf_log_date_no_year,
    ['N'] = sf_log_date_digits,
    ['T'] = sf_log_time,
    ['Q'] = sf_log_time_digits,
    ['Z'] = sf_log_zone,
    ['H'] = sf_log_dated_somewhere,
    ['h'] = sf_log_time_somewhere,
    ['p'] = process,
    ['t'] = thread,
    ['c'] = correlation,
    ['m'] = machine,
    ['L'] = local_address,
    ['R'] = remote_address,
    ['l'] = local_port,
    ['r'] = remote_port,
    ['k'] = transport,
    ['i'] = interface_name,
    ['n'] = byte_count,
    ['u'] = uptime,
    ['q'] = sequence,
    ['s'] = session,
    ['w'] = word,
    ['x'] = unused_hex,
    ['S'] = visible,
    ['g'] = group,
    ['-'] = dashes,
    ['.'] = anything,
    ['+'] = captured_rest,
    ['*'] = unused_rest,
    ['_'] = one_blank,
};
