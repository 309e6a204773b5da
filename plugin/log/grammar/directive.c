/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the %-directives of patterns match and capture (pattern.h has the list).
 */
#include "directive.h"

#include <glib.h>

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

void sf_log_skip_blanks(sf_log_cursor *c)
{
    while (c->line.length > 0 && is_blank(c->line.text[0])) {
        c->line = sf_slice_skip(c->line, 1);
    }
}

static sf_slice take(sf_log_cursor *c, size_t count)
{
    sf_slice taken = sf_slice_head(c->line, count);
    c->line = sf_slice_skip(c->line, count);
    return taken;
}

bool sf_log_take_char(sf_log_cursor *c, char wanted)
{
    if (c->line.length == 0 || c->line.text[0] != wanted) {
        return false;
    }
    take(c, 1);
    return true;
}

/* Exactly `digits` digits with a value between min and max. */
static bool take_number(sf_log_cursor *c, size_t digits, int min, int max, int *number)
{
    uint64_t value = 0;

    if (c->line.length < digits || sf_slice_decimal(sf_slice_head(c->line, digits), (uint64_t)max, &value) != SF_OK ||
        (int)value < min) {
        return false;
    }
    take(c, digits);
    *number = (int)value;
    return true;
}

static bool take_year(sf_log_cursor *c)
{
    return take_number(c, 4, 1970, 9999, &c->head->stamp.year);
}

static bool take_month(sf_log_cursor *c)
{
    return take_number(c, 2, 1, 12, &c->head->stamp.month);
}

static bool take_day(sf_log_cursor *c)
{
    return take_number(c, 2, 1, 31, &c->head->stamp.day);
}

static bool date_month_first(sf_log_cursor *c)
{
    return take_month(c) && sf_log_take_char(c, '/') && take_day(c) && sf_log_take_char(c, '/') && take_year(c);
}

static bool date_day_first(sf_log_cursor *c)
{
    return take_day(c) && sf_log_take_char(c, '/') && take_month(c) && sf_log_take_char(c, '/') && take_year(c);
}

static bool date_year_first(sf_log_cursor *c)
{
    return take_year(c) && sf_log_take_char(c, '-') && take_month(c) && sf_log_take_char(c, '-') && take_day(c);
}

static bool clock_time(sf_log_cursor *c)
{
    sf_log_stamp *stamp = &c->head->stamp;

    if (!(take_number(c, 2, 0, 23, &stamp->hour) && sf_log_take_char(c, ':') &&
          take_number(c, 2, 0, 59, &stamp->minute) && sf_log_take_char(c, ':') &&
          take_number(c, 2, 0, 60, &stamp->second))) {
        return false;
    }
    stamp->nanoseconds = 0;
    if (c->line.length < 2 || (c->line.text[0] != '.' && c->line.text[0] != ',') || !g_ascii_isdigit(c->line.text[1])) {
        return true;
    }
    take(c, 1);
    for (uint32_t unit = 100000000; c->line.length > 0 && g_ascii_isdigit(c->line.text[0]); unit /= 10) {
        stamp->nanoseconds += unit * (uint32_t)(take(c, 1).text[0] - '0');
    }
    return true;
}

static bool zone(sf_log_cursor *c)
{
    int hours = 0, minutes = 0;

    c->head->stamp.has_zone = true;
    if (sf_log_take_char(c, 'Z')) {
        c->head->stamp.zone_minutes = 0;
        return true;
    }
    bool is_west = c->line.length > 0 && c->line.text[0] == '-';
    if (!is_west && !(c->line.length > 0 && c->line.text[0] == '+')) {
        return false;
    }
    take(c, 1);
    if (!take_number(c, 2, 0, 23, &hours)) {
        return false;
    }
    sf_log_take_char(c, ':');
    if (!take_number(c, 2, 0, 59, &minutes)) {
        return false;
    }
    c->head->stamp.zone_minutes = (is_west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static bool run_of(sf_log_cursor *c, bool (*belongs)(char ch), sf_slice *found)
{
    size_t n = 0;

    while (n < c->line.length && belongs(c->line.text[n])) {
        n++;
    }
    *found = take(c, n);
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
    c->head->machine = take(c, length);
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
        is_bracketed = ch == '[' || (is_bracketed && ch != ']');
        if (is_blank(ch) || strchr("\"()<>,$", ch) || (ch == '-' && next == '>')) {
            break;
        }
    }
    /* `From: 192.0.2.1:` is an address followed by the colon of the sentence. */
    if (n > 1 && c->line.text[n - 1] == ':' && c->line.text[n - 2] != ':') {
        n--;
    }
    *found = take(c, n);
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
            take(c, n + 1);
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

    take(c, at);
    return text.length == 0 || c->line.length > 0;
}

static bool one_blank(sf_log_cursor *c)
{
    if (c->line.length > 0 && is_blank(c->line.text[0])) {
        take(c, 1);
    }
    return true;
}

static bool captured_rest(sf_log_cursor *c)
{
    c->head->rest = take(c, c->line.length);
    return true;
}

static bool unused_rest(sf_log_cursor *c)
{
    take(c, c->line.length);
    return true;
}

const sf_log_directive sf_log_directives[128] = {
    ['D'] = date_month_first, ['E'] = date_day_first, ['I'] = date_year_first,
    ['T'] = clock_time,       ['Z'] = zone,           ['p'] = process,
    ['t'] = thread,           ['c'] = correlation,    ['m'] = machine,
    ['L'] = local_address,    ['R'] = remote_address, ['l'] = local_port,
    ['r'] = remote_port,      ['n'] = byte_count,     ['w'] = word,
    ['x'] = unused_hex,       ['S'] = visible,        ['g'] = group,
    ['.'] = anything,         ['+'] = captured_rest,  ['*'] = unused_rest,
    ['_'] = one_blank,
};
