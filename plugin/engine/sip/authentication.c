/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Authentication headers.
 */
#include "authentication.h"

#include "engine/text/words.h"

/* [MS-SIPAE] 2.2 */
static const sf_slice microsoft_schemes[] = {
    SF_LITERAL_INIT("NTLM"),
    SF_LITERAL_INIT("Kerberos"),
    SF_LITERAL_INIT("TLS-DSK"),
};

/** Keeps the value of the first parameter of that name. */
static void keep(sf_slice *member, const sf_param *param, sf_slice value, sf_problems *problems)
{
    if (sf_slice_present(*member)) {
        sf_problems_malformed(problems, value, param->text, "The parameter", "is repeated; the first value is used");
        return;
    }
    *member = param->value;
}

static void read_parameter(const sf_param *param, sf_slice value, sf_problems *problems,
                           sf_authentication *authentication)
{
    if (param->is_unterminated) {
        sf_problems_malformed(problems, value, param->name, "The quoted value", "has no closing quote");
    }
    if (sf_slice_equals_nocase(param->name, SF_LITERAL("realm"))) {
        keep(&authentication->realm, param, value, problems);
    } else if (sf_slice_equals_nocase(param->name, SF_LITERAL("targetname"))) {
        keep(&authentication->target, param, value, problems);
    }
}

static sf_slice without_comma(sf_slice s)
{
    while (s.length > 0 && (sf_is_blank(s.text[s.length - 1]) || s.text[s.length - 1] == ',')) {
        s.length--;
    }
    return s;
}

/** True for `NTLM realm="r"`: another challenge begins after its comma. */
static bool begins_challenge(const sf_param *param)
{
    sf_cursor words = sf_cursor_over(param->name);
    sf_slice scheme, name;

    return sf_slice_present(param->value) && sf_word_next(&words, &scheme) && sf_word_next(&words, &name);
}

void sf_authentication_read(sf_slice value, sf_slice header, sf_problems *problems, sf_authentication *authentication,
                            sf_slice *rest)
{
    sf_param param;

    *rest = sf_slice_skip(value, value.length);
    *authentication = (sf_authentication){ .header = header, .text = value };
    sf_cursor words = sf_cursor_over(value);
    if (!sf_word_next(&words, &authentication->scheme)) {
        sf_problems_malformed(problems, value, value, "The header", "does not name a scheme");
        return;
    }
    authentication->is_microsoft = SF_WORDS_FIND(microsoft_schemes, authentication->scheme) != SF_WORDS_NONE;
    sf_cursor params = sf_cursor_over(sf_cursor_rest(&words));
    while (sf_param_next(&params, ',', value, problems, &param)) {
        if (begins_challenge(&param)) {
            *rest = sf_slice_between(param.text.text, sf_slice_end(value));
            authentication->text = without_comma(sf_slice_between(value.text, param.text.text));
            return;
        }
        read_parameter(&param, value, problems, authentication);
    }
}
