/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of arrows.
 */
#include "arrow.h"

#include "dissect/view/verdicts.h"

const char *sf_arrow_repeat(sf_repeat repeat)
{
    return repeat == SF_REPEAT_SENT ? "retransmission" : repeat == SF_REPEAT_EITHER ? "again" : "";
}

char *sf_arrow_words(const sf_tap_message *message, sf_repeat repeat)
{
    GString *words = g_string_new(NULL);

    if (message->status_code) {
        g_string_printf(words, "%u%s", message->status_code, *message->method ? " to " : "");
    }
    g_string_append_printf(words, "%s%s", message->is_change ? "re-" : "", message->method);
    if (!message->status_code && *message->refer_to) {
        g_string_append_printf(words, " to %s", message->refer_to);
    }
    if (!message->status_code && message->purpose) {
        g_string_append_printf(words, " (%s)", message->purpose);
    }
    if (message->transferred) {
        g_string_append_printf(words, ", transfer %u", message->transferred);
    }
    if (*sf_arrow_repeat(repeat)) {
        g_string_append_printf(words, ", %s", sf_arrow_repeat(repeat));
    }
    return g_string_free(words, false);
}

const char *sf_arrow_verdict(const sf_tap_message *message)
{
    bool is_agreed = message->role == SF_ROLE_ANSWER && message->verdict != SF_VERDICT_NOT_NEGOTIATED;

    return is_agreed ? sf_verdict_name(message->verdict) : NULL;
}
