/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of compressions.
 */
#include "unpack.h"

#include <glib.h>

#define MARK(bytes) SF_LITERAL_INIT(bytes)

static const sf_log_packing packings[] = {
    { MARK("\x1F\x8B"), "gzip", &sf_log_unpack_gzip },
#ifdef SKYPEFED_ARCHIVES
    { MARK("BZh"), "bzip2", &sf_log_unpack_archive },
    { MARK("\xFD"
           "7zXZ"),
      "xz", &sf_log_unpack_archive },
    { MARK("\x28\xB5\x2F\xFD"), "zstd", &sf_log_unpack_archive },
#endif
};

/* A text may begin with the letters of bzip2; but each of its blocks has the digits of pi after them and its size. */
#define PI SF_LITERAL("1AY")
enum { PI_AT = 4 };

static bool is_followed_by_pi(sf_slice mark)
{
    return mark.text[0] == 'B';
}

static bool has_mark(sf_slice first, sf_slice mark)
{
    return sf_slice_equals(sf_slice_head(first, mark.length), mark) &&
           (!is_followed_by_pi(mark) || sf_slice_equals(sf_slice_head(sf_slice_skip(first, PI_AT), PI.length), PI));
}

/* True if all of the first bytes are as in front of a mark, and there are fewer. */
static bool may_have_mark(sf_slice first, sf_slice mark)
{
    size_t length = is_followed_by_pi(mark) ? PI_AT + PI.length : mark.length;
    size_t both = MIN(first.length, mark.length);
    sf_slice rest = sf_slice_skip(first, PI_AT);

    return first.length < length && sf_slice_equals(sf_slice_head(first, both), sf_slice_head(mark, both)) &&
           sf_slice_equals(rest, sf_slice_head(PI, rest.length));
}

const sf_log_packing *sf_log_packing_of(sf_slice first)
{
    for (size_t i = 0; i < sizeof packings / sizeof packings[0]; i++) {
        if (has_mark(first, packings[i].mark)) {
            return &packings[i];
        }
    }
    return NULL;
}

bool sf_log_packing_is_open(sf_slice first)
{
    for (size_t i = 0; i < sizeof packings / sizeof packings[0]; i++) {
        if (may_have_mark(first, packings[i].mark)) {
            return true;
        }
    }
    return false;
}
