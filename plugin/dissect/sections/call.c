/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "The call".
 */
#include "call.h"

#include "crypto.h"
#include "media.h"
#include "dissect/view/verdicts.h"

static int hf_call = -1;
static int hf_call_verdict = -1;
static int hf_call_offer_in = -1;
static int hf_call_answer_in = -1;
static int hf_media_verdict = -1;
static int hf_media_crypto_tag = -1;

static int ett_call = -1;

static expert_field ei_rtp_declined = EI_INIT;

static void show_exchange(const sf_view *view, proto_tree *tree, sf_slice where)
{
    const sf_exchange *exchange = view->note->exchange;

    if (!exchange) {
        return;
    }
    if (view->note->role == SF_ROLE_ANSWER) {
        sf_derived(sf_view_number(view, tree, hf_call_offer_in, where, exchange->offer_in));
    } else if (view->note->role == SF_ROLE_OFFER && exchange->answer_in) {
        sf_derived(sf_view_number(view, tree, hf_call_answer_in, where, exchange->answer_in));
    }
}

void sf_call_show(sf_view *view)
{
    const sf_call_note *note = view->note;
    proto_item *section;

    if (!note->call || !view->tree) {
        return;
    }
    sf_slice where = view->message->call_id;
    proto_tree *tree = sf_view_section(view, ett_call, "The call", &section);
    sf_derived(sf_view_number(view, tree, hf_call, where, note->call->number));
    proto_item *verdict = sf_derived(sf_view_number(view, tree, hf_call_verdict, where, note->verdict));
    show_exchange(view, tree, where);
    if (view->is_visible) {
        proto_item_append_text(section, ": number %u, %s", note->call->number, sf_verdict_name(note->verdict));
        if (note->offer_not_seen) {
            proto_item_append_text(verdict, ", judged from the answer alone: its offer was not seen");
        }
    }
}

static void warn_of_stream(const sf_view *view, proto_item *item, const sf_stream *stream, const sf_stream_note *note)
{
    if (note->is_declined) {
        expert_add_info_format(view->pinfo, item, &ei_rtp_declined,
                               "SRTP was offered, the answer is %s without an SRTP key: SRTP was declined, "
                               "the %s media is not encrypted",
                               sf_view_string(view, stream->profile), sf_view_string(view, stream->type));
    }
    if (note->tag_not_offered) {
        sf_keys_warn_of_tag(view, item, wmem_strdup_printf(view->pinfo->pool,
                                                           "The answer chooses tag %u, which was not offered",
                                                           note->tag));
    }
    if (note->scheme_not_offered) {
        sf_keys_warn_of_tag(view, item, wmem_strdup_printf(view->pinfo->pool,
                                                           "The answer chooses tag %u, which was offered in the "
                                                           "other kind of key line",
                                                           note->tag));
    }
    if (note->suite_not_offered) {
        sf_keys_warn_of_suite(view, item, wmem_strdup_printf(view->pinfo->pool,
                                                             "The answer chooses tag %u, which was offered with "
                                                             "another cipher suite",
                                                             note->tag));
    }
    if (note->both_allow_legacy) {
        sf_media_warn_of_clear(view, item, stream, "both sides allow legacy encryption, neither requires it");
    }
    if (note->offer_lacks_legacy) {
        sf_media_warn_of_clear(view, item, stream, "the answer has a key of legacy encryption, the offer had none");
    }
    if (note->key_reused) {
        sf_keys_warn_of_reuse(view, item, "The answer has the same master key as the offer");
    }
}

void sf_call_show_stream(const sf_view *view, proto_tree *tree, proto_item *item, const sf_stream *stream)
{
    unsigned index = (unsigned)(stream - view->message->media.streams);

    if (index >= view->note->stream_count) {
        return;
    }
    const sf_stream_note *note = &view->note->streams[index];
    sf_derived(sf_view_number(view, tree, hf_media_verdict, stream->line, note->verdict));
    if (note->has_tag) {
        sf_derived(sf_view_number(view, tree, hf_media_crypto_tag, stream->line, note->tag));
    }
    if (view->is_visible) {
        proto_item_append_text(item, " (%s)", sf_verdict_name(note->verdict));
    }
    warn_of_stream(view, item, stream, note);
}

void sf_call_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_call,
          { "Call", "skypefed.call", FT_UINT32, BASE_DEC, NULL, 0, "Number of the call in this capture", HFILL } },
        { &hf_call_verdict,
          { "Verdict", "skypefed.call.verdict", FT_UINT8, BASE_DEC, VALS(sf_verdict_names), 0,
            "How the call's media is protected, as known at this message", HFILL } },
        { &hf_call_offer_in,
          { "Offer in", "skypefed.call.offer_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), 0,
            "The offer that this answers is in this frame", HFILL } },
        { &hf_call_answer_in,
          { "Answer in", "skypefed.call.answer_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0,
            "The answer to this offer is in this frame", HFILL } },
        { &hf_media_verdict,
          { "Verdict", "skypefed.media.verdict", FT_UINT8, BASE_DEC, VALS(sf_verdict_names), 0,
            "How this stream is protected", HFILL } },
        { &hf_media_crypto_tag,
          { "Chosen key line", "skypefed.media.crypto_tag", FT_UINT32, BASE_DEC, NULL, 0,
            "Tag of the offered key line that the answer chose", HFILL } },
    };
    static int *ett[] = { &ett_call };
    static ei_register_info ei[] = {
        { &ei_rtp_declined,
          { "skypefed.expert.rtp_declined", PI_SECURITY, PI_WARN,
            "SRTP was offered and declined: the media is not encrypted", EXPFILL } },
    };

    proto_register_field_array(proto, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    expert_register_field_array(expert, ei, array_length(ei));
}
