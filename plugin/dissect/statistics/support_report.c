/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of each call, in a form to paste.
 */
#include "support_report.h"

#include "call/limits.h"
#include "call/meeting.h"
#include "call_row.h"
#include "join_row.h"
#include "keep_alive.h"
#include "ticket.h"
#include "ticket_media.h"

#include "dissect/view/joins.h"
#include "dissect/view/outcomes.h"

#include <stdio.h>

struct sf_support_report {
    GPtrArray *tickets; /**< at the numbers of their calls; NULL where there is no call */
    sf_keep_alives *keep_alives;
    unsigned others; /**< messages that are of no call */
};

sf_support_report *sf_support_report_new(void)
{
    sf_support_report *r = g_new0(sf_support_report, 1);

    r->tickets = g_ptr_array_new_with_free_func(sf_ticket_free);
    r->keep_alives = sf_keep_alives_new();
    return r;
}

void sf_support_report_free(sf_support_report *r)
{
    g_ptr_array_free(r->tickets, true);
    sf_keep_alives_free(r->keep_alives);
    g_free(r);
}

void sf_support_report_clear(sf_support_report *r)
{
    g_ptr_array_set_size(r->tickets, 0);
    r->others = 0;
    sf_keep_alives_clear(r->keep_alives);
}

void sf_support_report_take(sf_support_report *r, const packet_info *pinfo, const sf_tap_message *message)
{
    if (message->is_report) {
        return;
    }
    if (!message->call) {
        r->others++;
        sf_keep_alives_add(r->keep_alives, pinfo, message);
        return;
    }
    uint32_t number = message->call->number;
    if (number >= r->tickets->len) {
        g_ptr_array_set_size(r->tickets, (int)number + 1);
    }
    void **at = &g_ptr_array_index(r->tickets, number);
    if (!*at) {
        *at = sf_ticket_new(message);
    }
    sf_ticket_add(*at, message);
}

/** With which calls the call belongs together, if it does; the sessions of a join are told of in one report anyway. */
static void write_conversation(GString *out, const sf_call *call)
{
    unsigned evidence = sf_conversation_evidence(call);
    char text[SF_TICKET_LETTERS] = "";

    if (call->came_from && call->came_from->number) {
        snprintf(text, sizeof text, "%u", call->came_from->number);
        sf_ticket_write_line(out, "Transferred from call", text);
    }
    if (evidence & ~(unsigned)SF_JOINED_BY_CONFERENCE) {
        snprintf(text, sizeof text, "%u, joined by", sf_conversation_of(call));
        for (unsigned bit = 0; bit < SF_JOINS; bit++) {
            if (evidence & 1U << bit) {
                bool is_first = (evidence & ((1U << bit) - 1)) == 0;
                g_strlcat(text, is_first ? " " : ", ", sizeof text);
                g_strlcat(text, sf_join_name(bit), sizeof text);
            }
        }
        sf_ticket_write_line(out, "Conversation", text);
    }
}

/** What to change about the sessions with media of a join that went another way than the session that joined. */
static void write_advice_of_sessions(GString *text, const sf_call *call)
{
    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        const sf_outcome_story story = sf_outcome_story_of(media);
        char *advice = story.outcome != SF_OUTCOME_ANSWERED ? sf_outcome_advice(NULL, &story) : NULL;
        if (advice) {
            char *words = g_strdup_printf("Call %u: %s", media->number, advice);
            sf_ticket_write_line(text, sf_tap_to_change, words);
            g_free(words);
        }
        wmem_free(NULL, advice);
    }
}

/**
 * What the call's code means, and what to change about it; all in one line where the meaning has no advice of its own, and
 * in brief for a join whose sessions went different ways.
 */
static void write_meaning(GString *text, const sf_ticket *t, const char *row_cell)
{
    const sf_outcome_story story = sf_outcome_story_of(t->call);
    char *brief = sf_outcome_meaning(NULL, &story, true);
    char *full = sf_outcome_meaning(NULL, &story, false);
    char *advice = sf_outcome_advice(NULL, &story);
    bool is_of_call = full && strcmp(row_cell, brief) == 0;

    sf_ticket_write_line(text, "Meaning", is_of_call && !advice ? full : row_cell);
    sf_ticket_write_line(text, sf_tap_to_change, advice ? advice : "");
    write_advice_of_sessions(text, t->call);
    wmem_free(NULL, brief);
    wmem_free(NULL, full);
    wmem_free(NULL, advice);
}

static bool has_verdict(const sf_agreement *agreed, sf_verdict verdict)
{
    bool has_it = agreed->verdict == verdict;

    for (unsigned i = 0; i < agreed->kind_count; i++) {
        has_it |= agreed->verdicts[i] == verdict;
    }
    return has_it;
}

/** Why there is no agreement, and what to change, where the verdict of the call or of one of its sessions names a fault. */
static void write_why_not_agreed(GString *text, const sf_call *call)
{
    bool lacks_tag = false;

    for (const sf_call *c = call; c; c = c == call ? call->first_media : c->next_media) {
        lacks_tag |= has_verdict(&c->agreed, SF_VERDICT_TAG_NOT_OFFERED);
    }
    if (lacks_tag) {
        sf_ticket_write_line(
            text, "Why not agreed",
            "The answer's crypto line has a tag that no crypto line of the offer has: by RFC 4568, SRTP is not agreed");
        sf_ticket_write_line(
            text, sf_tap_to_change,
            "Compare the a=crypto lines of offer and answer: the answer has to repeat the tag of the line "
            "that it accepts");
    }
}

/** Cells of the row of a call, in the order of the report. */
typedef struct {
    const char *name;
    unsigned column;
} report_line;

static void write_lines(GString *text, const sf_call_row *row, const report_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sf_ticket_write_line(text, lines[i].name, row->cells[lines[i].column]);
    }
}

/** @param t  with the ids of all sessions of the call */
static void write_facts(GString *text, const sf_ticket *t, const sf_call_row *row)
{
    static const report_line what[] = {
        { "Began (UTC)", SF_COLUMN_TIME },       { "Caller", SF_COLUMN_CALLER },   { "Callee", SF_COLUMN_CALLEE },
        { "Conference", SF_COLUMN_CONFERENCE },  { "Outcome", SF_COLUMN_OUTCOME }, { "Response", SF_COLUMN_RESPONSE },
        { "Duration in s", SF_COLUMN_DURATION }, { "Code", SF_COLUMN_CODE },
    };
    static const report_line quality[] = {
        { "MOS", SF_COLUMN_MOS },
        { "Loss %", SF_COLUMN_LOSS },
        { "Quality", SF_COLUMN_QUALITY },
    };
    const char *refuser = sf_outcome_refuser(t->call, sf_outcome_of(t->call), t->call->diagnosis);

    write_lines(text, row, what, G_N_ELEMENTS(what));
    write_meaning(text, t, row->cells[SF_COLUMN_MEANING]);
    sf_ticket_write_advice(text, t);
    sf_ticket_write_diagnostics(text, t, row->cells[SF_COLUMN_CODE]);
    sf_ticket_write_line(text, "Refused by", refuser ? refuser : "");
    char *verdict = sf_join_verdict(t->call);
    sf_ticket_write_line(text, "Verdict", verdict);
    wmem_free(NULL, verdict);
    write_why_not_agreed(text, t->call);
    sf_ticket_write_seen(text, t->call, row->cells[SF_COLUMN_MEDIA_SEEN]);
    sf_ticket_write_line(text, "Streams", row->cells[SF_COLUMN_STREAMS]);
    sf_ticket_write_media(text, t->call);
    write_lines(text, row, quality, G_N_ELEMENTS(quality));
    write_conversation(text, t->call);
    sf_ticket_write_ids(text, t);
}

/** @param tickets  of the sessions of a call: joining a conference has several, of which the first one joined it */
static void write_ticket(GString *text, const sf_ticket *const *tickets, unsigned count)
{
    sf_ticket *all = sf_ticket_of_all(tickets, count);
    sf_call_row row;

    sf_call_row_write(all->call, &row);
    g_string_append_printf(text, "\nCall %s, from frame %s\n", row.cells[SF_COLUMN_NUMBER], row.cells[SF_COLUMN_FRAME]);
    sf_ticket_write_line(text, "Call-ID", all->call_id);
    for (unsigned i = 1; i < count; i++) {
        char *name = g_strdup_printf("Call-ID of call %u", tickets[i]->call->number);
        sf_ticket_write_line(text, name, tickets[i]->call_id);
        g_free(name);
    }
    write_facts(text, all, &row);
    sf_call_row_release(&row);
    sf_ticket_free(all);
}

static const sf_ticket *ticket_of(const sf_support_report *r, uint32_t number)
{
    return number && number < r->tickets->len ? g_ptr_array_index(r->tickets, number) : NULL;
}

/** Writes a call, if it or one of its sessions is selected, and no other call tells of it. @return whether it did */
static bool write_call(GString *text, const sf_support_report *r, uint32_t number, const sf_selection *selection)
{
    const sf_ticket *tickets[1 + SF_MAX_MEETING_MEDIA] = { ticket_of(r, number) };
    bool is_selected = sf_selection_has_call(selection, number);
    unsigned count = 1;

    if (!tickets[0]) {
        return false;
    }
    const sf_call *call = tickets[0]->call, *row = sf_meeting_row_of(call);
    if (row != call && ticket_of(r, row->number)) {
        return false;
    }
    for (const sf_call *media = call->first_media; media && count < G_N_ELEMENTS(tickets); media = media->next_media) {
        const sf_ticket *session = ticket_of(r, media->number);
        if (session) {
            tickets[count++] = session;
            is_selected |= sf_selection_has_call(selection, media->number);
        }
    }
    if (is_selected) {
        write_ticket(text, tickets, count);
    }
    return is_selected;
}

char *sf_support_report_text(const sf_support_report *r, const char *filter, const sf_selection *selection)
{
    GString *text = g_string_new(SF_SUPPORT_TITLE "\n");
    bool has_any = false;

    g_string_append_printf(text, "Filter: %s\n", filter && *filter ? filter : "none");
    for (unsigned i = 1; i < r->tickets->len; i++) {
        has_any |= write_call(text, r, i, selection);
    }
    gsize end_of_calls = text->len;
    sf_keep_alives_write(text, r->keep_alives, selection);
    if (!has_any) {
        bool has_faults = text->len > end_of_calls;
        char *words = has_faults ? g_strdup("No call, but OPTIONS with Teams that failed.")
                                 : sf_selection_no_call(filter, r->others);
        char *line = g_strdup_printf("\n%s\n", words);
        g_string_insert(text, (gssize)end_of_calls, line);
        g_free(line);
        g_free(words);
    }
    return g_string_free(text, false);
}
