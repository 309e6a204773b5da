/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing those texts.
 */
#include "join_row.h"

#include "call/meeting.h"
#include "dissect/view/media_flows.h"
#include "dissect/view/outcomes.h"
#include "dissect/view/verdicts.h"

#include <epan/strutil.h>

/** True if a session with media did not go as the session with the focus did: what is told of the join lacks it. */
static bool went_otherwise(const sf_call *media)
{
    return sf_outcome_of(media) != SF_OUTCOME_ANSWERED && sf_outcome_of(media) != SF_OUTCOME_UNKNOWN;
}

/** The text of a string, which is freed. */
static char *text_of(GString *string)
{
    char *text = wmem_strdup(NULL, string->str);

    g_string_free(string, true);
    return text;
}

static void add_part(GString *text, const char *separator, const char *part)
{
    if (part && *part) {
        g_string_append_printf(text, "%s%s", text->len ? separator : "", part);
    }
}

void sf_join_add_remark(GString *text, const char *remark)
{
    if (text->len > 0 && text->str[text->len - 1] == ')') {
        g_string_truncate(text, text->len - 1);
        g_string_append_printf(text, "; %s)", remark);
    } else {
        g_string_append_printf(text, " (%s)", remark);
    }
}

char *sf_join_outcome(const sf_call *call)
{
    GString *text = g_string_new(sf_outcome_name(sf_outcome_of(call)));

    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        if (went_otherwise(media)) {
            g_string_append_printf(text, ", call %u: %s", media->number, sf_outcome_name(sf_outcome_of(media)));
        }
    }
    return text_of(text);
}

char *sf_join_meaning(const sf_call *call)
{
    sf_outcome_story story = sf_outcome_story_of(call);
    char *words = sf_outcome_meaning(NULL, &story, true);
    GString *text = g_string_new(words);

    wmem_free(NULL, words);
    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        story = sf_outcome_story_of(media);
        words = went_otherwise(media) ? sf_outcome_meaning(NULL, &story, true) : NULL;
        if (words) {
            g_string_append_printf(text, "%scall %u: %s", text->len ? "; " : "", media->number, words);
        }
        wmem_free(NULL, words);
    }
    return text_of(text);
}

char *sf_join_code(const sf_call *call)
{
    const sf_call_diagnosis *diagnosis = call->diagnosis;

    for (const sf_call *media = call->first_media; media && !(diagnosis && diagnosis->has_code);
         media = media->next_media) {
        diagnosis = went_otherwise(media) ? media->diagnosis : diagnosis;
    }
    return diagnosis && diagnosis->has_code ? wmem_strdup_printf(NULL, "%u", diagnosis->code) : wmem_strdup(NULL, "");
}

static void add_streams(GString *names, const sf_agreement *agreed)
{
    for (unsigned i = 0; i < agreed->kind_count; i++) {
        g_string_append_printf(names, "%s%s", i ? "+" : "", sf_media_kind_name(agreed->kinds[i]));
    }
}

char *sf_join_streams(const sf_call *call)
{
    GString *names = g_string_new(NULL);

    add_streams(names, &call->agreed);
    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        if (media->agreed.kind_count > 0) {
            g_string_append(names, names->len ? ", " : "");
            add_streams(names, &media->agreed);
            g_string_append_printf(names, " in call %u", media->number);
        }
    }
    return text_of(names);
}

char *sf_join_verdict(const sf_call *call)
{
    unsigned verdict = sf_meeting_verdict_of(call);
    GString *parts = g_string_new(NULL);
    bool differs = false, hops_differ = false;

    for (const sf_call *c = call; c && verdict == SF_VERDICT_MIXED; c = c == call ? call->first_media : c->next_media) {
        char *where = c == call ? g_strdup("") : g_strdup_printf(" in call %u", c->number);
        sf_verdict_add_parts(parts, &c->agreed, where);
        differs |= c->agreed.differs;
        hops_differ |= c->agreed.hops_differ;
        g_free(where);
    }
    if (differs) {
        g_string_assign(parts, "not the same for all who answered");
    } else if (hops_differ) {
        g_string_assign(parts, "not the same on all hops");
    }
    if (parts->len) {
        g_string_prepend(parts, " (");
        g_string_append(parts, ")");
    }
    g_string_prepend(parts, sf_verdict_name(verdict));
    return text_of(parts);
}

/** @return to be released with g_free(); empty if the call has agreed no RTP */
static char *seen_of(const sf_call *call)
{
    sf_media_summary sum = { .is_agreed = false };

    if (sf_media_flows()) {
        sum = sf_flows_of_call(sf_media_flows(), call);
    }
    GString *seen = g_string_new(sum.is_agreed ? sf_seen_words(sum.seen) : "");
    if (sum.senders == SF_SENDERS_CALLER || sum.senders == SF_SENDERS_CALLEE) {
        sf_join_add_remark(seen, sum.senders == SF_SENDERS_CALLER ? "from the caller only" : "from the callee only");
    }
    return g_string_free(seen, false);
}

char *sf_join_media_seen(const sf_call *call)
{
    char *first = NULL;
    bool is_same = true;
    GString *each = g_string_new(NULL);

    for (const sf_call *c = call; c; c = c == call ? call->first_media : c->next_media) {
        char *seen = seen_of(c);
        if (*seen) {
            char *part = g_strdup_printf(c == call ? "%s" : "%s in call %u", seen, c->number);
            add_part(each, ", ", part);
            g_free(part);
            is_same &= !first || g_str_equal(first, seen);
            first = first ? first : g_strdup(seen);
        }
        g_free(seen);
    }
    if (is_same) {
        g_string_assign(each, first ? first : "");
    }
    g_free(first);
    return text_of(each);
}

char *sf_join_conference(const sf_call *call)
{
    const sf_command *join = call->join;
    sf_outcome outcome = sf_outcome_of(call);
    bool is_refused = join && join->result == SF_COMMAND_FAILED;

    if (!call->is_focus || (outcome == SF_OUTCOME_UNKNOWN && !is_refused)) {
        return wmem_strdup(NULL, "");
    }
    if (call->answered && !is_refused) {
        return wmem_strdup(NULL, "joined");
    }
    if (!is_refused || !join->reason_length) {
        return wmem_strdup(NULL, "not joined");
    }
    char *reason = format_text(NULL, (const void *)join->reason, join->reason_length);
    char *text = wmem_strdup_printf(NULL, "not joined: %s", reason);
    wmem_free(NULL, reason);
    return text;
}
