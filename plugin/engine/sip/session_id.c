/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Session-ID.
 */
#include "session_id.h"

#include "engine/text/token.h"
#include "uri.h"

enum { UUID_DIGITS = 32 };

/** The id, unless it is none, or the nil id, which stands for an end that is not known (RFC 7989 5). */
static sf_slice id_in(sf_slice text)
{
    bool is_nil = true;

    for (size_t i = 0; i < text.length; i++) {
        if (sf_hex_digit(text.text[i]) < 0) {
            return (sf_slice){ NULL, 0 };
        }
        is_nil = is_nil && text.text[i] == '0';
    }
    return text.length == UUID_DIGITS && !is_nil ? text : (sf_slice){ NULL, 0 };
}

sf_session_id sf_session_id_read(sf_slice value)
{
    size_t semicolon = sf_slice_find(value, ';');
    sf_session_id id = { .local = id_in(sf_slice_trim(sf_slice_head(value, semicolon))) };
    sf_param param;

    if (semicolon < value.length &&
        sf_parameter_find(sf_slice_skip(value, semicolon + 1), SF_LITERAL("remote"), &param)) {
        id.remote = id_in(param.value);
    }
    return id;
}
