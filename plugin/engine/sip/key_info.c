/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info.
 */
#include "key_info.h"

#include "engine/text/base64.h"

enum { FRONT_BYTES = 16 };

/* The layout is known of this version alone. */
enum { KNOWN_VERSION = 0x00010001 };

/** The top byte of a FILETIME is 1 from 1829 to 2057. */
static bool is_of_our_times(uint64_t filetime)
{
    return filetime >> 56 == 1;
}

static uint64_t little_endian(const uint8_t *bytes, unsigned count)
{
    uint64_t number = 0;

    while (count > 0) {
        number = number << 8 | bytes[--count];
    }
    return number;
}

sf_status sf_key_info_read(sf_slice text, sf_slice element, sf_problems *problems, sf_key_info *info)
{
    uint8_t bytes[FRONT_BYTES];
    size_t length;

    *info = (sf_key_info){ .text = text };
    if (text.length > SF_MAX_BASE64) {
        sf_problems_malformed(problems, element, text, "ms-key-info", "is longer than any that could be real");
        return SF_MALFORMED;
    }
    if (sf_base64_decode(text, bytes, sizeof bytes, &length) != SF_OK) {
        sf_problems_malformed(problems, element, text, "ms-key-info", "is not Microsoft base64");
        return SF_MALFORMED;
    }
    if (length < FRONT_BYTES) {
        sf_problems_malformed(problems, element, text, "ms-key-info", "is shorter than 16 bytes");
        return SF_MALFORMED;
    }
    for (int i = 0; i < 4; i++) {
        info->version = info->version << 8 | bytes[SF_KEY_INFO_VERSION_AT + i];
    }
    info->decoded = true;
    uint64_t created = little_endian(bytes + SF_KEY_INFO_CREATED_AT, sizeof created);
    if (is_of_our_times(created)) {
        info->created = created;
        return SF_OK;
    }
    if (info->version != KNOWN_VERSION) {
        return SF_OK;
    }
    sf_problems_malformed(problems, element, sf_base64_letters_of(text, SF_KEY_INFO_CREATED_AT, sizeof created),
                          "ms-key-info", "holds a time that could not be real");
    return SF_MALFORMED;
}
