/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Matching lines with patterns. Patterns are not compiled: there are few, and almost every line fails at its
 * first byte.
 */
#include "pattern.h"

#include "directive.h"

#include <glib.h>

/* Matches up to the end of the pattern or of the current optional part. */
static bool match_part(sf_log_cursor *c)
{
    while (*c->pattern != '\0' && *c->pattern != '{' && *c->pattern != '}') {
        char symbol = *c->pattern++;
        if (symbol == '%') {
            if (!sf_log_directives[(unsigned char)*c->pattern++](c)) {
                return false;
            }
        } else if (symbol == ' ') {
            sf_log_skip_blanks(c);
        } else if (!sf_log_take_char(c, symbol)) {
            return false;
        }
    }
    return true;
}

/*
 * A quick test, since almost no line matches: the first byte differs, or a text that the pattern needs is not
 * in the line.
 */
static bool is_hopeless(const char *pattern, sf_slice line)
{
    if (pattern[0] != '%' && pattern[0] != '{' && pattern[0] != ' ') {
        return line.length == 0 || line.text[0] != pattern[0];
    }
    if (strncmp(pattern, "%D", 2) == 0 || strncmp(pattern, "%E", 2) == 0) {
        return line.length == 0 || !g_ascii_isdigit(line.text[0]);
    }
    if (strncmp(pattern, "%I", 2) == 0 || strncmp(pattern, "%T", 2) == 0) {
        return line.length == 0 || !g_ascii_isdigit(line.text[0]);
    }
    if (strncmp(pattern, "%H", 2) == 0 || strncmp(pattern, "%h", 2) == 0) {
        pattern += 2;
    }
    if (strncmp(pattern, "%S ", 3) == 0) {
        pattern += 3;
    }
    if (strncmp(pattern, "%.", 2) != 0) {
        return false;
    }
    sf_slice text = { pattern + 2, sf_log_literal_length(pattern + 2) };
    return text.length > 0 && sf_log_find_text(line, text) == line.length;
}

bool sf_log_match(const char *pattern, sf_slice line, sf_log_head *head)
{
    if (is_hopeless(pattern, line)) {
        return false;
    }
    memset(head, 0, sizeof *head);
    sf_log_cursor c = { line, pattern, head };
    for (;;) {
        if (!match_part(&c)) {
            return false;
        }
        if (*c.pattern == '\0') {
            sf_log_skip_blanks(&c);
            return c.line.length == 0;
        }
        if (*c.pattern++ == '}') {
            continue;
        }
        sf_log_cursor before = c;
        sf_log_head captured = *head;
        if (!match_part(&c)) {
            *head = captured;
            c.line = before.line;
            c.pattern = strchr(before.pattern, '}');
        }
    }
}
