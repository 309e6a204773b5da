/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Taking text off a line.
 */
#include "cursor.h"

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

sf_slice sf_log_take(sf_log_cursor *c, size_t count)
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
    sf_log_take(c, 1);
    return true;
}
