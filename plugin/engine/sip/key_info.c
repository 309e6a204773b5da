/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info.
 */
#include "key_info.h"

#include "engine/text/base64.h"
#include "engine/text/bytes.h"

enum { FRONT_BYTES = 16 };

/* The layout is known of this version alone. */
enum { KNOWN_VERSION = 0x00010001 };

/** The top byte of a FILETIME is 1 from 1829 to 2057. */
static bool is_of_our_times(uint64_t filetime)
{
    return filetime >> 56 == 1;
}

/** What is wrong with a value whose bytes, or the first of them, are these; NULL if nothing is. */
static const char *fault_of(sf_slice text, sf_status decoded, size_t length)
{
    if (text.length > SF_MAX_BASE64) {
        return "is too long to be real";
    }
    if (decoded != SF_OK) {
        return "is not Microsoft base64";
    }
    return length < FRONT_BYTES ? "is shorter than 16 bytes" : NULL;
}

void sf_key_info_read(sf_slice text, sf_slice element, sf_problems *problems, sf_key_info *info)
{
    uint8_t bytes[FRONT_BYTES];
    size_t length;

    *info = (sf_key_info){ .text = text };
    sf_status decoded = sf_base64_decode(text, bytes, sizeof bytes, &length);
    const char *fault = fault_of(text, decoded, length);
    if (fault) {
        sf_problems_malformed(problems, element, text, "ms-key-info", fault);
        return;
    }
    info->is_decoded = true;
    info->version = (uint32_t)sf_big_endian(bytes + SF_KEY_INFO_VERSION_AT, sizeof info->version);
    uint64_t created = sf_little_endian(bytes + SF_KEY_INFO_CREATED_AT, sizeof created);
    if (is_of_our_times(created)) {
        info->created = created;
    } else if (info->version == KNOWN_VERSION) {
        sf_problems_malformed(problems, element, sf_base64_letters_of(text, SF_KEY_INFO_CREATED_AT, sizeof created),
                              "ms-key-info", "holds an impossible time");
    }
}
