/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the heads of parts. The priority of syslog begins one; without it, the time does, at the beginning of the line.
 */
#include "part_mark.h"

#include "log/grammar/pattern.h"

/* Reads the mark at the end of a line. @return false if the line has none, or no head before it */
static bool read_mark(sf_slice line, sf_log_part *part, sf_slice *before)
{
    sf_slice text = sf_slice_trim(line);
    sf_log_head head;

    if (text.length == 0 || text.text[text.length - 1] != ']' || !sf_log_match("%.[Part %q of %n]", text, &head)) {
        return false;
    }
    *part = (sf_log_part){ head.sequence, head.bytes };
    for (size_t at = 0; at < line.length; at++) {
        if (line.text[at] == '<' && sf_log_match("<%n>%h%*", sf_slice_skip(line, at), &head) && head.stamp.has_clock) {
            *before = sf_slice_head(line, at);
            return true;
        }
    }
    *before = sf_slice_head(line, 0);
    return sf_log_match("%H%*", line, &head) && head.stamp.has_clock;
}

void sf_log_part_begin(sf_log_part *part, sf_slice line)
{
    sf_slice before;
    sf_log_part read;

    if (read_mark(line, &read, &before)) {
        *part = read;
    }
}

bool sf_log_part_next(sf_log_part *part, sf_slice line, sf_slice *before)
{
    sf_log_part read;

    if (part->number >= part->count || !read_mark(line, &read, before) || read.count != part->count ||
        read.number != part->number + 1) {
        return false;
    }
    *part = read;
    return true;
}
