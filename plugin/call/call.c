/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading a call's row.
 */
#include "call.h"

#include "engine/text/words.h"

/** Media words of Microsoft's products ([MS-SDPEXT] 3.1.5.18) and of RFC 8866; `other` for the rest. */
static const sf_slice kinds[] = {
    SF_LITERAL_INIT("other"),       SF_LITERAL_INIT("audio"), SF_LITERAL_INIT("video"),
    SF_LITERAL_INIT("message"),     SF_LITERAL_INIT("data"),  SF_LITERAL_INIT("applicationsharing"),
    SF_LITERAL_INIT("x-data"),      SF_LITERAL_INIT("text"),  SF_LITERAL_INIT("image"),
    SF_LITERAL_INIT("application"),
};

/** Words for the same kind: an older client's session of instant messages. */
static const struct {
    sf_slice word;
    sf_slice kind;
} aliases[] = {
    { SF_LITERAL_INIT("x-ms-message"), SF_LITERAL_INIT("message") },
};

const char *sf_media_kind_name(uint8_t kind)
{
    return kinds[kind < G_N_ELEMENTS(kinds) ? kind : 0].text;
}

uint8_t sf_media_kind_of(sf_slice word)
{
    int alias = SF_WORDS_FIND(aliases, word);
    int kind = SF_WORDS_FIND(kinds, alias == SF_WORDS_NONE ? word : aliases[alias].kind);

    return kind == SF_WORDS_NONE ? 0 : (uint8_t)kind;
}

sf_slice sf_call_caller(const sf_call *call)
{
    return (sf_slice){ call->parties, call->caller_length };
}

sf_slice sf_call_callee(const sf_call *call)
{
    return (sf_slice){ call->parties + call->caller_length, call->callee_length };
}

bool sf_call_has_duration(const sf_call *call)
{
    return call->answered && call->ended >= call->answered;
}

int64_t sf_call_duration(const sf_call *call)
{
    return sf_call_has_duration(call) ? call->ended - call->answered : 0;
}
