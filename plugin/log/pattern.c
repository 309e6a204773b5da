/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Matching lines with patterns. Patterns are read as they are matched: there are few, and almost
 * every line fails at its first byte.
 */
#include "pattern.h"

#include <glib.h>

/* What is left to match: of the line, and of the pattern behind the directive at work. */
typedef struct {
    sf_slice line;
    const char *pattern;
    sf_log_head *head;
} cursor;

typedef bool (*directive)(cursor *c);

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

static void skip_blanks(cursor *c)
{
    while (c->line.length > 0 && is_blank(c->line.text[0])) {
        c->line = sf_slice_skip(c->line, 1);
    }
}

static sf_slice take(cursor *c, size_t count)
{
    sf_slice taken = sf_slice_head(c->line, count);
    c->line = sf_slice_skip(c->line, count);
    return taken;
}

static bool take_char(cursor *c, char wanted)
{
    if (c->line.length == 0 || c->line.text[0] != wanted) {
        return false;
    }
    take(c, 1);
    return true;
}

/* Exactly `digits` digits with a value between min and max. */
static bool take_number(cursor *c, size_t digits, int min, int max, int *number)
{
    uint64_t value = 0;

    if (c->line.length < digits ||
        sf_slice_decimal(sf_slice_head(c->line, digits), (uint64_t)max, &value) != SF_OK || (int)value < min) {
        return false;
    }
    take(c, digits);
    *number = (int)value;
    return true;
}

static bool take_year(cursor *c)
{
    return take_number(c, 4, 1970, 9999, &c->head->stamp.year);
}

static bool take_month(cursor *c)
{
    return take_number(c, 2, 1, 12, &c->head->stamp.month);
}

static bool take_day(cursor *c)
{
    return take_number(c, 2, 1, 31, &c->head->stamp.day);
}

static bool date_month_first(cursor *c)
{
    return take_month(c) && take_char(c, '/') && take_day(c) && take_char(c, '/') && take_year(c);
}

static bool date_day_first(cursor *c)
{
    return take_day(c) && take_char(c, '/') && take_month(c) && take_char(c, '/') && take_year(c);
}

static bool date_year_first(cursor *c)
{
    return take_year(c) && take_char(c, '-') && take_month(c) && take_char(c, '-') && take_day(c);
}

static bool clock_time(cursor *c)
{
    sf_log_stamp *stamp = &c->head->stamp;

    if (!(take_number(c, 2, 0, 23, &stamp->hour) && take_char(c, ':') &&
          take_number(c, 2, 0, 59, &stamp->minute) && take_char(c, ':') &&
          take_number(c, 2, 0, 60, &stamp->second))) {
        return false;
    }
    stamp->nanoseconds = 0;
    if (c->line.length < 2 || (c->line.text[0] != '.' && c->line.text[0] != ',') ||
        !g_ascii_isdigit(c->line.text[1])) {
        return true;
    }
    take(c, 1);
    for (uint32_t unit = 100000000; c->line.length > 0 && g_ascii_isdigit(c->line.text[0]); unit /= 10) {
        stamp->nanoseconds += unit * (uint32_t)(take(c, 1).text[0] - '0');
    }
    return true;
}

static bool zone(cursor *c)
{
    int hours = 0, minutes = 0;

    c->head->stamp.has_zone = true;
    if (take_char(c, 'Z')) {
        c->head->stamp.zone_minutes = 0;
        return true;
    }
    bool west = c->line.length > 0 && c->line.text[0] == '-';
    if (!west && !(c->line.length > 0 && c->line.text[0] == '+')) {
        return false;
    }
    take(c, 1);
    if (!take_number(c, 2, 0, 23, &hours)) {
        return false;
    }
    take_char(c, ':');
    if (!take_number(c, 2, 0, 59, &minutes)) {
        return false;
    }
    c->head->stamp.zone_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static bool run_of(cursor *c, bool (*belongs)(char ch), sf_slice *found)
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

static bool process(cursor *c)
{
    return run_of(c, is_hex, &c->head->process);
}

static bool thread(cursor *c)
{
    return run_of(c, is_hex, &c->head->thread);
}

static bool correlation(cursor *c)
{
    return run_of(c, is_id, &c->head->correlation);
}

static bool unused_hex(cursor *c)
{
    sf_slice unused;
    return run_of(c, is_hex, &unused);
}

static bool word(cursor *c)
{
    sf_slice unused;
    return run_of(c, is_word, &unused);
}

static bool visible(cursor *c)
{
    sf_slice unused;
    return run_of(c, is_visible, &unused);
}

static bool machine(cursor *c)
{
    size_t length = sf_slice_find(c->line, *c->pattern);
    if (length == c->line.length) {
        return false;
    }
    c->head->machine = take(c, length);
    return true;
}

/* An address ends at a blank, quote, bracket or arrow; brackets around IPv6 belong to it. */
static bool address(cursor *c, sf_slice *found)
{
    bool bracketed = false;
    size_t n = 0;

    for (; n < c->line.length; n++) {
        char ch = c->line.text[n];
        char next = n + 1 < c->line.length ? c->line.text[n + 1] : '\0';
        bracketed = ch == '[' || (bracketed && ch != ']');
        if (is_blank(ch) || ch == '"' || ch == ')' || ch == '(' || ch == '<' || ch == '>' || ch == ',' || ch == '$' ||
            (ch == '-' && next == '>')) {
            break;
        }
    }
    /* `From: 192.0.2.1:` is the address with the colon of the sentence. */
    if (n > 1 && c->line.text[n - 1] == ':' && c->line.text[n - 2] != ':') {
        n--;
    }
    *found = take(c, n);
    return n > 0 && !bracketed;
}

static bool local_address(cursor *c)
{
    return address(c, &c->head->local);
}

static bool remote_address(cursor *c)
{
    return address(c, &c->head->remote);
}

static bool is_digit(char ch)
{
    return g_ascii_isdigit(ch);
}

static bool local_port(cursor *c)
{
    return run_of(c, is_digit, &c->head->local_port);
}

static bool remote_port(cursor *c)
{
    return run_of(c, is_digit, &c->head->remote_port);
}

static bool byte_count(cursor *c)
{
    sf_slice digits;
    c->head->has_bytes = run_of(c, is_digit, &digits) &&
                         sf_slice_decimal(digits, UINT32_MAX, &c->head->bytes) == SF_OK;
    return c->head->has_bytes;
}

static bool group(cursor *c)
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

/* Length of the plain text at the front of a pattern. */
static size_t literal_length(const char *pattern)
{
    return strcspn(pattern, "%{} ");
}

/* Index of the text in the line, or the length of the line. */
static size_t find_text(sf_slice line, sf_slice text)
{
    for (sf_slice left = line; left.length >= text.length; left = sf_slice_skip(left, 1)) {
        left = sf_slice_skip(left, sf_slice_find(left, text.text[0]));
        if (left.length >= text.length && memcmp(left.text, text.text, text.length) == 0) {
            return line.length - left.length;
        }
    }
    return line.length;
}

static bool anything(cursor *c)
{
    sf_slice text = { c->pattern, literal_length(c->pattern) };
    size_t at = text.length > 0 ? find_text(c->line, text) : c->line.length;

    take(c, at);
    return text.length == 0 || c->line.length > 0;
}

static bool one_blank(cursor *c)
{
    if (c->line.length > 0 && is_blank(c->line.text[0])) {
        take(c, 1);
    }
    return true;
}

static bool captured_rest(cursor *c)
{
    c->head->rest = take(c, c->line.length);
    return true;
}

static bool unused_rest(cursor *c)
{
    take(c, c->line.length);
    return true;
}

static const directive directives[128] = {
    ['D'] = date_month_first, ['E'] = date_day_first, ['I'] = date_year_first, ['T'] = clock_time,
    ['Z'] = zone,             ['p'] = process,        ['t'] = thread,          ['c'] = correlation,
    ['m'] = machine,          ['L'] = local_address,  ['R'] = remote_address,  ['l'] = local_port,
    ['r'] = remote_port,      ['n'] = byte_count,     ['w'] = word,            ['x'] = unused_hex,
    ['S'] = visible,          ['g'] = group,          ['.'] = anything,        ['+'] = captured_rest,
    ['*'] = unused_rest,      ['_'] = one_blank,
};

/* Matches up to the end of the pattern or of the optional part that it is in. */
static bool match_part(cursor *c)
{
    while (*c->pattern != '\0' && *c->pattern != '{' && *c->pattern != '}') {
        char symbol = *c->pattern++;
        if (symbol == '%') {
            if (!directives[(unsigned char)*c->pattern++](c)) {
                return false;
            }
        } else if (symbol == ' ') {
            skip_blanks(c);
        } else if (!take_char(c, symbol)) {
            return false;
        }
    }
    return true;
}

/*
 * Almost every line differs from almost every pattern at once: in its first byte, or since a text that
 * the pattern must find is nowhere in it.
 */
static bool is_hopeless(const char *pattern, sf_slice line)
{
    if (pattern[0] != '%' && pattern[0] != '{' && pattern[0] != ' ') {
        return line.length == 0 || line.text[0] != pattern[0];
    }
    if (strncmp(pattern, "%D", 2) == 0 || strncmp(pattern, "%E", 2) == 0) {
        return line.length == 0 || !g_ascii_isdigit(line.text[0]);
    }
    if (strncmp(pattern, "%S ", 3) == 0) {
        pattern += 3;
    }
    if (strncmp(pattern, "%.", 2) != 0) {
        return false;
    }
    sf_slice text = { pattern + 2, literal_length(pattern + 2) };
    return text.length > 0 && find_text(line, text) == line.length;
}

bool sf_log_match(const char *pattern, sf_slice line, sf_log_head *head)
{
    if (is_hopeless(pattern, line)) {
        return false;
    }
    memset(head, 0, sizeof *head);
    cursor c = { line, pattern, head };
    for (;;) {
        if (!match_part(&c)) {
            return false;
        }
        if (*c.pattern == '\0') {
            skip_blanks(&c);
            return c.line.length == 0;
        }
        if (*c.pattern++ == '}') {
            continue;
        }
        cursor before = c;
        sf_log_head captured = *head;
        if (!match_part(&c)) {
            *head = captured;
            c.line = before.line;
            c.pattern = strchr(before.pattern, '}');
        }
    }
}
