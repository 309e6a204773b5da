/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Authentication headers.
 */
#include "authentication.h"

#include <glib.h>

/* [MS-SIPAE] 2.2 */
static const sf_slice microsoft_schemes[] = {
    SF_LITERAL("NTLM"),
    SF_LITERAL("Kerberos"),
    SF_LITERAL("TLS-DSK"),
};

sf_status sf_authentication_read(sf_slice value, sf_slice header, sf_problems *problems,
                                 sf_authentication *authentication)
{
    sf_param param;

    *authentication = (sf_authentication){ .header = header, .text = value };
    sf_cursor words = sf_cursor_over(value);
    if (!sf_word_next(&words, &authentication->scheme)) {
        sf_problems_malformed(problems, value, value, "The header", "names no scheme");
        return SF_MALFORMED;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(microsoft_schemes); i++) {
        authentication->microsoft = authentication->microsoft ||
                                    sf_slice_equals_nocase(authentication->scheme, microsoft_schemes[i]);
    }
    sf_cursor params = sf_cursor_over(sf_cursor_rest(&words));
    while (sf_param_next(&params, ',', value, problems, &param)) {
        if (param.unterminated) {
            sf_problems_malformed(problems, value, param.text, "The quoted value", "has no closing quote");
        }
        if (sf_slice_equals_nocase(param.name, SF_LITERAL("realm"))) {
            authentication->realm = param.value;
        } else if (sf_slice_equals_nocase(param.name, SF_LITERAL("targetname"))) {
            authentication->target = param.value;
        }
    }
    return SF_OK;
}
