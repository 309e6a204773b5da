/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looking at what is in front of colons.
 */
#include "colon_scan.h"

#include "engine/text/key_mark.h"

sf_colon_scan sf_colon_scan_over(sf_slice text)
{
    return (sf_colon_scan){ sf_ahead_over(text, '%'), sf_ahead_over(text, '\\') };
}

/** True if what is in front of a colon ends in the name of a key, or in the scheme of a skype: URI. */
static inline bool ends_in_word(sf_slice front)
{
    return sf_may_end_key_name(front) && /* also of a scheme, which ends like a name */
           (sf_ends_in_key_name(front) || sf_slice_ends_nocase(front, SF_LITERAL("skype")));
}

bool sf_colon_scan_may_be_in(sf_colon_scan *scan, const sf_header *header)
{
    const char *const end = sf_slice_end(header->value);

    if (sf_ahead_is_in(&scan->percents, header->text) || sf_ahead_is_in(&scan->backslashes, header->text) ||
        ends_in_word(header->name)) {
        return true;
    }
    for (const char *at = header->value.text; at < end && (at = memchr(at, ':', (size_t)(end - at))) != NULL; at++) {
        if (ends_in_word(sf_slice_between(header->text.text, at))) {
            return true;
        }
    }
    return false;
}
