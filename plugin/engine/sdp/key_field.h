/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * k= lines: the key of RTC's own encryption ([MS-SDP] 3.1.5.4, RFC 4566 5.12).
 */
#ifndef SF_ENGINE_SDP_KEY_FIELD_H
#define SF_ENGINE_SDP_KEY_FIELD_H

#include "engine/text/slice.h"

/** What may be shown of a k= line: never a letter of its key. */
typedef struct {
    sf_slice safe_text; /**< `k=`, with the method and its colon if that is known */
    const char *method; /**< `base64`, `clear` or `uri`; NULL if it is none of them, and may be of the key */
    size_t length;      /**< letters after the colon */
    bool holds_key;     /**< false for a URI, which only says where to get the key */
} sf_key_field;

/** True if something follows the method; `k=prompt` has no key. */
bool sf_key_field_is_filled(sf_slice line);

/** What may be shown of a k= line that is filled. */
sf_key_field sf_key_field_of(sf_slice line);

#endif
