/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading a call's row.
 */
#include "call.h"

#include <glib.h>

/** Media words of Microsoft's products ([MS-SDPEXT] 3.1.5.18) and of RFC 8866; `other` for the rest. */
static const sf_slice kinds[] = {
    SF_LITERAL("other"),      SF_LITERAL("audio"),   SF_LITERAL("video"),
    SF_LITERAL("message"),    SF_LITERAL("data"),    SF_LITERAL("applicationsharing"),
    SF_LITERAL("x-data"),     SF_LITERAL("text"),    SF_LITERAL("image"),
    SF_LITERAL("application"),
};

/** Words for the same kind: an older client's session of instant messages. */
static const struct {
    sf_slice word;
    sf_slice kind;
} aliases[] = {
    { SF_LITERAL("x-ms-message"), SF_LITERAL("message") },
};

const char *sf_media_kind_name(uint8_t kind)
{
    return kinds[kind < G_N_ELEMENTS(kinds) ? kind : 0].text;
}

uint8_t sf_media_kind_of(sf_slice word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++) {
        if (sf_slice_equals_nocase(word, aliases[i].word)) {
            word = aliases[i].kind;
        }
    }
    for (size_t i = 1; i < G_N_ELEMENTS(kinds); i++) {
        if (sf_slice_equals_nocase(word, kinds[i])) {
            return (uint8_t)i;
        }
    }
    return 0;
}

sf_slice sf_call_caller(const sf_call *call)
{
    return (sf_slice){ call->parties, call->caller_length };
}

sf_slice sf_call_callee(const sf_call *call)
{
    return (sf_slice){ call->parties + call->caller_length, call->callee_length };
}
