/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of compressions.
 */
#include "unpack.h"

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
static bool has_mark(sf_slice first, sf_slice mark)
{
    return sf_slice_equals(sf_slice_head(first, mark.length), mark) &&
           (mark.text[0] != 'B' || sf_slice_equals(sf_slice_head(sf_slice_skip(first, 4), 3), SF_LITERAL("1AY")));
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
