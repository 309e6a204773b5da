/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the head of the next part: the priority of syslog begins it.
 */
#include "part_mark.h"

#include "log/grammar/pattern.h"

bool sf_log_part_mark_find(sf_slice line, sf_slice *before)
{
    sf_slice text = sf_slice_trim(line);
    sf_log_head head;

    if (text.length == 0 || text.text[text.length - 1] != ']' || !sf_log_match("%.[Part %x of %x]", text, &head)) {
        return false;
    }
    for (size_t at = 0; at < line.length; at++) {
        if (line.text[at] == '<' && sf_log_match("<%n>%h%*", sf_slice_skip(line, at), &head) && head.stamp.has_clock) {
            *before = sf_slice_head(line, at);
            return true;
        }
    }
    *before = sf_slice_head(line, 0);
    return true;
}
