/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a stream is protected: what its body says, and what the answer made of it.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/verdicts.h"

static int hf_media_security = -1;
static int hf_media_encryption = -1;
static int hf_media_verdict = -1;
static int hf_media_crypto_tag = -1;

static expert_field ei_rtp_clear = EI_INIT;
static expert_field ei_rtp_optional = EI_INIT;
static expert_field ei_rtp_declined = EI_INIT;
static expert_field ei_encryption_conflict = EI_INIT;

/** Warns of media that is not encrypted; `why` completes the sentence. */
static void warn_of_clear(const sf_view *view, proto_item *item, const sf_stream *stream, const char *why)
{
    expert_add_info_format(view->pinfo, item, &ei_rtp_clear, "The %s media is not encrypted: %s",
                           sf_view_string(view, stream->type), why);
}

static void warn_of_security(const sf_view *view, proto_item *item, const sf_sdp *sdp, const sf_stream *stream)
{
    if (stream->security == SF_SECURITY_CLEAR) {
        expert_add_info_format(view->pinfo, item, &ei_rtp_clear, "The %s media is not encrypted: %s %s",
                               sf_view_string(view, stream->type), sf_view_string(view, stream->profile),
                               stream->key_field.length > 0 ? "with a key that is not used" : "without any key");
    } else if (stream->security == SF_SECURITY_SRTP_OPTIONAL && sdp->role == SF_ROLE_OFFER) {
        expert_add_info_format(view->pinfo, item, &ei_rtp_optional,
                               "SRTP is offered as optional: %s with %s accepts unencrypted media too; "
                               "the answer decides",
                               sf_view_string(view, stream->profile),
                               stream->has_crypto ? "keys" : "SRTP as a second choice");
    }
    if (stream->conflict) {
        expert_add_info_format(view->pinfo, item, &ei_encryption_conflict, "%s", stream->conflict);
    }
}

/** What is wrong with the tag that an answer chooses; `why` completes the sentence. */
static const char *chosen(const sf_view *view, const sf_stream_note *note, const char *why)
{
    return wmem_strdup_printf(view->pinfo->pool, "The answer chooses tag %u, which %s", note->tag, why);
}

static void warn_of_answer(const sf_view *view, proto_item *item, const sf_stream *stream, const sf_stream_note *note)
{
    if (note->is_declined) {
        expert_add_info_format(view->pinfo, item, &ei_rtp_declined,
                               "SRTP was offered, the answer is %s without an SRTP key: SRTP was declined, "
                               "the %s media is not encrypted",
                               sf_view_string(view, stream->profile), sf_view_string(view, stream->type));
    }
    if (note->tag_not_offered) {
        sf_crypto_warn_of_tag(view, item, chosen(view, note, "was not offered"));
    }
    if (note->scheme_not_offered) {
        sf_crypto_warn_of_tag(view, item, chosen(view, note, "was offered in the other kind of key line"));
    }
    if (note->suite_not_offered) {
        sf_crypto_warn_of_suite(view, item, chosen(view, note, "was offered with another cipher suite"));
    }
    if (note->both_allow_legacy) {
        warn_of_clear(view, item, stream, "both sides allow legacy encryption, neither requires it");
    }
    if (note->offer_lacks_legacy) {
        warn_of_clear(view, item, stream, "the answer has a key of legacy encryption, the offer had none");
    }
    if (note->key_reused) {
        sf_crypto_warn_of_reuse(view, item, "The answer has the same master key as the offer");
    }
}

/** What the answer made of the stream. */
static void show_agreed(const sf_view *view, proto_tree *tree, proto_item *item, const sf_stream *stream)
{
    unsigned index = (unsigned)(stream - view->message->media.streams);

    if (index >= view->note->stream_count) {
        return;
    }
    const sf_stream_note *note = &view->note->streams[index];
    sf_derived(sf_view_integer(view, tree, hf_media_verdict, stream->line, note->verdict));
    if (note->has_tag) {
        sf_derived(sf_view_integer(view, tree, hf_media_crypto_tag, stream->line, note->tag));
    }
    sf_label_explain(view, item, sf_verdict_name(note->verdict));
    warn_of_answer(view, item, stream, note);
}

void sf_protection_show(sf_view *view, proto_tree *tree, proto_item *item, const sf_sdp *sdp, const sf_stream *stream)
{
    sf_derived(sf_view_integer(view, tree, hf_media_security, stream->line, stream->security));
    sf_view_text(view, tree, hf_media_encryption, stream->encryption);
    if (stream->key_field.text != sdp->key_field.text) {
        sf_crypto_show_key_field(view, tree, item, stream->key_field);
    }
    warn_of_security(view, item, sdp, stream);
    show_agreed(view, tree, item, stream);
}

void sf_protection_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_media_security,
          { "Security", "skypefed.media.security", FT_UINT8, BASE_DEC, VALS(sf_security_names), 0,
            "How the media would be protected", HFILL } },
        { &hf_media_encryption,
          { "Encryption", "skypefed.media.encryption", FT_STRING, BASE_NONE, NULL, 0, "a=encryption", HFILL } },
        { &hf_media_verdict,
          { "Verdict", "skypefed.media.verdict", FT_UINT8, BASE_DEC, VALS(sf_verdict_names), 0,
            "How this stream is protected", HFILL } },
        { &hf_media_crypto_tag,
          { "Chosen key line", "skypefed.media.crypto_tag", FT_UINT32, BASE_DEC, NULL, 0,
            "Tag of the offered key line that the answer chose", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_rtp_clear, { "skypefed.expert.rtp_clear", PI_SECURITY, PI_WARN, "The media is not encrypted", EXPFILL } },
        { &ei_rtp_optional,
          { "skypefed.expert.rtp_optional", PI_SECURITY, PI_WARN,
            "SRTP is offered as optional, unencrypted media is acceptable too", EXPFILL } },
        { &ei_encryption_conflict,
          { "skypefed.expert.encryption_conflict", PI_SECURITY, PI_WARN, "a=encryption contradicts profile or keys",
            EXPFILL } },
        { &ei_rtp_declined,
          { "skypefed.expert.rtp_declined", PI_SECURITY, PI_WARN,
            "SRTP was offered and declined: the media is not encrypted", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
