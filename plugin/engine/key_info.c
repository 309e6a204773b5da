/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info.
 */
#include "key_info.h"

#include "ms_base64.h"

enum { FRONT_BYTES = 16 };

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
    for (int i = 7; i >= 0; i--) {
        info->created = info->created << 8 | bytes[SF_KEY_INFO_CREATED_AT + i];
    }
    info->decoded = true;
    return SF_OK;
}
