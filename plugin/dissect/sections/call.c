/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Call": how it went and what has been agreed so far, where offer and answer are.
 */
#include "sections.h"

#include "call/agreement.h"
#include "call/conversations.h"
#include "dissect/view/joins.h"
#include "dissect/view/label.h"
#include "dissect/view/media_flows.h"
#include "dissect/view/media_party.h"
#include "dissect/view/outcomes.h"
#include "dissect/view/verdicts.h"
#include "dissect/view/why.h"

static int hf_section = -1;
static int hf_call = -1;
static int hf_conversation = -1;
static int hf_evidence = -1;
static int hf_joined = -1;
static int hf_came_from = -1;
static int hf_call_verdict = -1;
static int hf_call_offer_in = -1;
static int hf_call_answer_in = -1;
static int hf_call_outcome = -1;
static int hf_call_response = -1;
static int hf_call_duration = -1;
static int hf_call_code = -1;
static int hf_call_meaning = -1;
static int hf_call_begins_in = -1;
static int hf_media_seen = -1;
static int hf_media_direction = -1;
static int hf_media_clear = -1;

static int ett_section = -1;
static int ett_conversation = -1;

static expert_field ei_one_way = EI_INIT;
static expert_field ei_missing = EI_INIT;
static expert_field ei_refused = EI_INIT;
static expert_field ei_fault = EI_INIT;

static void show_exchange(const sf_view *view, proto_tree *tree, sf_slice where)
{
    const sf_exchange *exchange = view->note->exchange;

    if (!exchange) {
        return;
    }
    if (view->note->role == SF_ROLE_ANSWER) {
        sf_derived(sf_view_integer(view, tree, hf_call_offer_in, where, exchange->offer_in));
    } else if (view->note->role == SF_ROLE_OFFER && exchange->answer_in) {
        sf_derived(sf_view_integer(view, tree, hf_call_answer_in, where, exchange->answer_in));
    }
}

/**
 * The conversation that the call belongs to. The tree is silent of one that is this call alone; what a later message
 * joined it with is known on a later pass only.
 */
static void show_conversation(const sf_view *view, proto_tree *tree, sf_slice where, const sf_call *call)
{
    const sf_call_note *note = view->note;
    uint32_t final = sf_conversation_of(call);
    proto_item *item = sf_derived(sf_view_integer(view, tree, hf_conversation, where, note->conversation));
    proto_tree *below = proto_item_add_subtree(item, ett_conversation);

    if (!note->evidence) {
        sf_implied(item);
    }
    for (unsigned bit = 0; bit < SF_JOINS; bit++) {
        if (note->evidence & 1U << bit) {
            sf_derived(sf_view_words(view, below, hf_evidence, where, sf_join_name(bit)));
        }
    }
    if (final != note->conversation) {
        sf_derived(sf_view_integer(view, tree, hf_joined, where, final));
    }
    if (note->came_from) {
        sf_derived(sf_view_integer(view, tree, hf_came_from, where, note->came_from));
    }
}

/** How the call went, as far as it is known. */
static proto_item *show_outcome(const sf_view *view, proto_tree *tree, sf_slice where)
{
    const sf_call_note *note = view->note;
    proto_item *item = sf_derived(sf_view_integer(view, tree, hf_call_outcome, where, note->outcome));
    if (note->final_response) {
        sf_derived(sf_view_integer(view, tree, hf_call_response, where, note->final_response));
    }
    if (note->has_duration) {
        sf_derived(sf_view_duration(view, tree, hf_call_duration, where, sf_call_duration(note->call)));
    }
    return item;
}

/** The code that says most about how the call went, and why it went so, as far as it is known. */
static void show_diagnosis(const sf_view *view, proto_tree *tree, sf_slice where)
{
    const sf_outcome_story story = sf_outcome_story_at(view->note);
    const char *meaning = sf_outcome_meaning(view->pinfo->pool, &story, false);

    if (story.diagnosis && story.diagnosis->has_code) {
        sf_derived(sf_view_integer(view, tree, hf_call_code, where, story.diagnosis->code));
    }
    if (meaning) {
        sf_derived(sf_view_words(view, tree, hf_call_meaning, where, meaning));
    }
}

/** What flowed up to this message, beside what was agreed. */
static void show_media(const sf_view *view, proto_tree *tree, sf_slice where)
{
    if (view->media.is_told) {
        proto_item *item = sf_derived(sf_view_integer(view, tree, hf_media_seen, where, view->media.seen));
        if (view->media.seen == SF_SEEN_NOTHING && view->is_visible) {
            proto_item_set_text(item, "Media seen: %s (%u)", sf_seen_words_at(&view->media), view->media.seen);
        }
        sf_derived(sf_view_integer(view, tree, hf_media_direction, where, view->media.senders));
        if (view->media.has_clear) {
            sf_derived(sf_view_flag(view, tree, hf_media_clear, where, true));
        }
    }
}

static void warn_of_one_way(const sf_view *view, proto_item *item, const sf_flow *flow)
{
    static const char one_way[] = "Media in one direction only: in this capture";
    bool is_caller = sf_flow_is_by_caller(flow, flow->silent_side);

    if (flow->is_one_way_on_hop) {
        sf_media_end ends[2];
        sf_flows_ends(sf_media_flows(), flow, ends);
        expert_add_info_format(view->pinfo, item, &ei_one_way, "%s, %s sent no media to %s", one_way,
                               sf_media_party_of_hop(&ends[flow->silent_side], is_caller).text,
                               sf_media_party_of_hop(&ends[1 - flow->silent_side], !is_caller).text);
    } else {
        expert_add_info_format(view->pinfo, item, &ei_one_way, "%s, %s sent no media", one_way,
                               sf_media_party_of_call(is_caller).text);
    }
}

/** What was wrong with the media of a call that ended in this message. */
static void warn_of_media(const sf_view *view, proto_item *item)
{
    const sf_flows *flows = sf_media_flows();
    const sf_call *call = view->note->call;
    const sf_flow *newest = flows ? sf_flows_ended(flows, call, view->pinfo->num, NULL) : NULL;

    for (const sf_flow *flow = newest; flow; flow = sf_flows_ended(flows, call, view->pinfo->num, flow)) {
        if (flow->ends_one_way) {
            warn_of_one_way(view, item, flow);
        }
    }
    if (newest && newest->ends_silent) {
        expert_add_info(view->pinfo, item, &ei_missing);
    }
}

/** Whose side refused the call, in the response that does, where nothing from Microsoft says why. */
static void warn_of_refusal(const sf_view *view, proto_item *item)
{
    const sf_message *message = view->message;
    const sf_call_note *note = view->note;
    const char *refusal = sf_why_refusal(view);

    if (refusal) {
        const sf_outcome_story story = sf_outcome_story_at(note);
        const char *advice = sf_outcome_refusal_advice(&story);
        expert_add_info_format(view->pinfo, item, sf_outcome_is_fault(message->status_code) ? &ei_fault : &ei_refused,
                               "%s, with %u%s%s", refusal, message->status_code, advice ? ". " : "",
                               advice ? advice : "");
    }
}

static void warn(sf_view *view)
{
    if (view->note->call) {
        warn_of_media(view, NULL);
        warn_of_refusal(view, NULL);
    }
}

/** Of what the verdict of an answer is, if that is mixed; messages without an answer have only the verdict. */
static void explain_verdict(const sf_view *view, proto_item *item)
{
    const sf_media *media = &view->message->media;
    const sf_call_note *note = view->note;
    const sf_sdp *body = sf_agreement_body(media);
    sf_agreement agreed = { .verdict = SF_VERDICT_NO_MEDIA };

    if (note->verdict != SF_VERDICT_MIXED || note->role != SF_ROLE_ANSWER || !body) {
        return;
    }
    for (unsigned i = 0; i < body->streams.count && body->streams.first + i < note->stream_count; i++) {
        unsigned at = body->streams.first + i;
        sf_agreement_add(&agreed, &media->streams[at], (sf_verdict)note->streams[at].verdict);
    }
    if (agreed.verdict == SF_VERDICT_MIXED) {
        GString *parts = g_string_new(NULL);
        sf_verdict_add_parts(parts, &agreed, "");
        sf_label_explain(view, item, parts->str);
        g_string_free(parts, true);
    }
}

/** The call that a report is about: another one than the message's. */
static void show_reported(const sf_view *view)
{
    const sf_call *call = view->note->about ? view->note->about->call : NULL;
    sf_slice where = view->message->call_id;
    proto_item *section;

    if (!call || !call->number) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    sf_derived(sf_view_integer(view, tree, hf_call, where, call->number));
    show_conversation(view, tree, where, call);
    sf_derived(sf_view_integer(view, tree, hf_call_begins_in, where, call->first_frame));
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add(&label, ": a report on number ");
        sf_label_add_number(&label, call->number);
        sf_label_append(&label, section);
    }
}

static void show(sf_view *view)
{
    const sf_call_note *note = view->note;
    proto_item *section;

    if (!note->call) {
        show_reported(view);
        return;
    }
    sf_slice where = view->message->call_id;
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    sf_derived(sf_view_integer(view, tree, hf_call, where, note->call->number));
    show_conversation(view, tree, where, note->call);
    proto_item *verdict = sf_derived(sf_view_integer(view, tree, hf_call_verdict, where, note->verdict));
    show_exchange(view, tree, where);
    proto_item *outcome = show_outcome(view, tree, where);
    show_diagnosis(view, tree, where);
    show_media(view, tree, where);
    warn_of_media(view, verdict);
    warn_of_refusal(view, outcome);
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add(&label, ": number ");
        sf_label_add_number(&label, note->call->number);
        if (note->evidence) {
            sf_label_add(&label, " of conversation ");
            sf_label_add_number(&label, note->conversation);
        }
        sf_label_add(&label, ", ");
        if (note->outcome != SF_OUTCOME_UNKNOWN) {
            sf_label_add(&label, sf_outcome_name(note->outcome));
            sf_label_add(&label, ", ");
        }
        sf_label_add(&label, sf_verdict_name(note->verdict));
        sf_label_append(&label, section);
        explain_verdict(view, verdict);
        if (note->lacks_offer) {
            sf_label_begin(&label, view);
            sf_label_add(&label, " (judged from the answer alone: its offer was not captured)");
            sf_label_append(&label, verdict);
        }
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Call", "skypefed.section.call", FT_NONE, BASE_NONE, NULL, 0,
            "How the call went and what it has agreed, as known at this message", HFILL } },
        { &hf_call,
          { "Call number", "skypefed.call", FT_UINT32, BASE_DEC, NULL, 0, "Number of the call in this capture",
            HFILL } },
        { &hf_conversation,
          { "Conversation", "skypefed.conversation_number", FT_UINT32, BASE_DEC, NULL, 0,
            "Number of the conversation that the call belongs to, as known at this message: calls that belong together "
            "have the same",
            HFILL } },
        { &hf_evidence,
          { "Joined by", "skypefed.conversation_number.evidence", FT_STRING, BASE_NONE, NULL, 0,
            "What shows that calls of the conversation belong together, as known at this message", HFILL } },
        { &hf_joined,
          { "Part of the older conversation", "skypefed.conversation_number.joined", FT_UINT32, BASE_DEC, NULL, 0,
            "Number that the conversation has at the end of the capture, where a later message joined it with an older "
            "one; one pass cannot know it",
            HFILL } },
        { &hf_came_from,
          { "Made by a transfer in call", "skypefed.call.transferred_from", FT_UINT32, BASE_DEC, NULL, 0,
            "Number of the call in which the transfer took place that made this call", HFILL } },
        { &hf_call_begins_in,
          { "Begins in", "skypefed.call.begins_in", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "The call that the message reports on begins in this frame", HFILL } },
        { &hf_call_verdict,
          { "Verdict", "skypefed.call.verdict", FT_UINT8, BASE_DEC, VALS(sf_verdict_names), 0,
            "How the media of the call is protected, as known at this message", HFILL } },
        { &hf_call_offer_in,
          { "Offer in", "skypefed.call.offer_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), 0,
            "The offer for this answer is in this frame", HFILL } },
        { &hf_call_answer_in,
          { "Answer in", "skypefed.call.answer_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0,
            "The answer to this offer is in this frame", HFILL } },
        { &hf_call_outcome,
          { "Outcome", "skypefed.call.outcome", FT_UINT8, BASE_DEC, VALS(sf_outcome_names), 0,
            "How the call went, as known at this message", HFILL } },
        { &hf_call_response,
          { "Response", "skypefed.call.response", FT_UINT16, BASE_DEC, NULL, 0,
            "Final response to the INVITE that began the call, as known at this message", HFILL } },
        { &hf_call_duration,
          { "Duration", "skypefed.call.duration", FT_RELATIVE_TIME, BASE_NONE, NULL, 0,
            "Time from the answer to the BYE; shown from the BYE on", HFILL } },
        { &hf_call_code,
          { "Code", "skypefed.call.code", FT_UINT32, BASE_DEC, NULL, 0,
            "The diagnostics code that says most about how the call went, as known at this message", HFILL } },
        { &hf_call_meaning,
          { "Meaning", "skypefed.call.meaning", FT_STRING, BASE_NONE, NULL, 0,
            "What skypefed.call.code means; without a code, who refused the call, and what the telephone network said; of "
            "a transfer that failed, its response",
            HFILL } },
        { &hf_media_seen,
          { "Media seen", "skypefed.call.media_seen", FT_UINT8, BASE_DEC, VALS(sf_seen_names), 0,
            "What the packets of the call's media prove, as known at this message; shown once there are any, and from "
            "the BYE on",
            HFILL } },
        { &hf_media_direction,
          { "Media from", "skypefed.call.media_direction", FT_UINT8, BASE_DEC, VALS(sf_senders_names), 0,
            "Who sent media in this capture, as known at this message", HFILL } },
        { &hf_media_clear,
          { "Clear media", "skypefed.call.media_clear", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "Packets prove that media of the call flows in clear, whatever was agreed and whatever else flows, as known at "
            "this message; absent where nothing proves it",
            HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_one_way,
          { "skypefed.expert.media_one_way", PI_SEQUENCE, PI_NOTE, "Media in one direction only", EXPFILL } },
        { &ei_missing,
          { "skypefed.expert.media_missing", PI_SEQUENCE, PI_NOTE,
            "No media at the agreed addresses, although the call was answered, and other packets between these hosts are "
            "in this capture",
            EXPFILL } },
        { &ei_refused,
          { "skypefed.expert.call_refused", PI_RESPONSE_CODE, PI_NOTE, "One side refused the call", EXPFILL } },
        { &ei_fault,
          { "skypefed.expert.call_refused", PI_RESPONSE_CODE, PI_WARN, "A system on one side refused the call",
            EXPFILL } },
    };
    static int *ett[] = { &ett_section, &ett_conversation };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}

const sf_section sf_section_call = { register_fields, show, warn };
