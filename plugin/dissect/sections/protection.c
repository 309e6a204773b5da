/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a stream is protected: what its body says, and what the answer made of it.
 */
#include "parts.h"

#include "dissect/view/fault.h"
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
static expert_field ei_fingerprint = EI_INIT;
static expert_field ei_not_compatible = EI_INIT;
static expert_field ei_answer_profile = EI_INIT;

static const sf_fault_row stream_faults[] = {
    { SF_STREAM_NO_KEY, &ei_rtp_clear, "The {type} media {is} encrypted: {profile} without any key" },
    { SF_STREAM_UNUSED_KEY, &ei_rtp_clear, "The {type} media {is} encrypted: {profile} with a key that is not used" },
    { SF_STREAM_OTHER_CLEAR, &ei_rtp_clear, "The {type} media {is} encrypted: {profile} has no encryption" },
    { SF_STREAM_OPTIONAL_KEYS, &ei_rtp_optional,
      "SRTP is optional: {profile} with keys also accepts unencrypted media; the answer decides" },
    { SF_STREAM_OPTIONAL_CAPABILITY, &ei_rtp_optional,
      "SRTP is optional: {profile} with SRTP as a second choice also accepts unencrypted media; "
      "the answer decides" },
    { SF_STREAM_SECOND_CHOICE, &ei_rtp_optional,
      "SRTP is optional: {profile} without any key, beside {type} media in SRTP, also accepts unencrypted media; "
      "the answer decides" },
    { SF_STREAM_REJECTS_PROFILE, &ei_encryption_conflict, "a=encryption rejects what the profile requires" },
    { SF_STREAM_REJECTS_KEY, &ei_encryption_conflict, "a=encryption rejects encryption, but the stream offers a key" },
    { SF_STREAM_LACKS_REQUIRED_KEY, &ei_encryption_conflict,
      "a=encryption requires encryption, but the stream has no key" },
    { SF_STREAM_ODD_FINGERPRINT, &ei_fingerprint, NULL },
};

/** Faults of an answer that are of the stream as a whole. */
static const sf_fault_row answer_faults[] = {
    { SF_ANSWER_DECLINES_SRTP, &ei_rtp_declined,
      "SRTP was offered, but the answer is {profile} without an SRTP key: SRTP was declined, and "
      "the {type} media is not encrypted" },
    { SF_ANSWER_LEGACY_OPTIONAL, &ei_rtp_clear,
      "The {type} media is not encrypted: both sides allow legacy encryption, but neither requires it" },
    { SF_ANSWER_LEGACY_NOT_OFFERED, &ei_rtp_clear,
      "The {type} media is not encrypted: the answer has a legacy encryption key, but the offer had none" },
    { SF_ANSWER_NO_KEY, &ei_not_compatible,
      "Offer and answer are not compatible: the answer is {profile} with neither a key nor a fingerprint" },
    { SF_ANSWER_NO_FINGERPRINT, &ei_not_compatible,
      "Offer and answer are not compatible: the answer is {profile} without a fingerprint" },
    { SF_ANSWER_KEY_NOT_OFFERED, &ei_not_compatible,
      "Offer and answer are not compatible: the answer has a kind of key that was not offered" },
    { SF_ANSWER_EXTRA_STREAM, &ei_not_compatible,
      "Offer and answer are not compatible: the answer has more m= lines than the offer" },
    { SF_ANSWER_NOBODY_STARTS, &ei_not_compatible,
      "Offer and answer are not compatible: by a=setup, neither side starts the DTLS handshake" },
    { SF_ANSWER_BOTH_START, &ei_not_compatible,
      "Offer and answer are not compatible: by a=setup, both sides start the DTLS handshake" },
    { SF_ANSWER_SAME_ROLE, &ei_not_compatible,
      "Offer and answer are not compatible: both have the same role in a=cryptoscale" },
    { SF_ANSWER_KEEPS_PROFILE, &ei_answer_profile, NULL },
};

static void warn_of_stream(const sf_view *view, proto_item *item, const sf_stream *stream, unsigned faults,
                           const sf_fault_row *rows, size_t row_count)
{
    /* Only an answer settles what an offer, or the session of a refusal, would lead to. */
    bool is_answer = view->note->role == SF_ROLE_ANSWER;

    if (faults) {
        const sf_fault_word words[] = {
            { "is", is_answer ? SF_LITERAL("is not") : SF_LITERAL("would not be") },
            { "type", stream->type },
            { "profile", stream->profile },
            { NULL, { NULL, 0 } },
        };
        sf_fault_show(view, item, faults, rows, row_count, words);
    }
}

/** What the answer made of the stream; NULL for any but an answer. */
static const sf_stream_note *note_of(const sf_view *view, const sf_stream *stream)
{
    unsigned index = (unsigned)(stream - view->message->media.streams);

    return index < view->note->stream_count ? &view->note->streams[index] : NULL;
}

static void show_agreed(const sf_view *view, proto_tree *tree, proto_item *item, const sf_stream *stream)
{
    const sf_stream_note *note = note_of(view, stream);

    if (!note) {
        return;
    }
    sf_derived(sf_view_integer(view, tree, hf_media_verdict, stream->line, note->verdict));
    if (note->has_tag) {
        sf_derived(sf_view_integer(view, tree, hf_media_crypto_tag, stream->line, note->tag));
    }
    sf_label_explain(view, item, sf_verdict_name(note->verdict));
    warn_of_stream(view, item, stream, note->faults, answer_faults, G_N_ELEMENTS(answer_faults));
    sf_crypto_warn_of_answer(view, item, note);
}

void sf_protection_show(sf_view *view, proto_tree *tree, proto_item *item, const sf_sdp *sdp, const sf_stream *stream)
{
    unsigned faults = sdp->role == SF_ROLE_OFFER ? stream->faults
                                                 : stream->faults & ~(unsigned)SF_STREAM_FAULTS_OF_OFFER;
    const sf_stream_note *note = note_of(view, stream);

    bool has_second = faults & SF_STREAM_SECOND_CHOICE ||
                      (sdp->role == SF_ROLE_OFFER && view->message->media.lacks_end); /* it may have been cut off */
    if (has_second) {
        faults &= ~(unsigned)SF_STREAM_NO_KEY; /* so far the answer may take the other */
    }
    if (note && note->faults & SF_ANSWER_DECLINES_SRTP) {
        faults &= ~(unsigned)(SF_STREAM_NO_KEY | SF_STREAM_UNUSED_KEY); /* that warning says more */
    }
    sf_derived(sf_view_integer(view, tree, hf_media_security, stream->line, stream->security));
    sf_view_text(view, tree, hf_media_encryption, stream->encryption);
    if (stream->key_field.text != sdp->key_field.text) {
        sf_crypto_show_key_field(view, tree, stream->key_field);
    }
    warn_of_stream(view, item, stream, faults, stream_faults, G_N_ELEMENTS(stream_faults));
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
          { "Chosen crypto tag", "skypefed.media.crypto_tag", FT_UINT32, BASE_DEC, NULL, 0,
            "Tag of the offered crypto attribute that the answer chose", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_rtp_clear,
          { "skypefed.expert.rtp_clear", PI_SECURITY, PI_WARN, "Media that is, or would be, without encryption",
            EXPFILL } },
        { &ei_rtp_optional,
          { "skypefed.expert.rtp_optional", PI_SECURITY, PI_NOTE,
            "SRTP is optional: unencrypted media is also accepted", EXPFILL } },
        { &ei_encryption_conflict,
          { "skypefed.expert.encryption_conflict", PI_SECURITY, PI_WARN,
            "a=encryption contradicts the profile or the keys", EXPFILL } },
        { &ei_fingerprint,
          { "skypefed.expert.fingerprint", PI_SECURITY, PI_NOTE,
            "The fingerprint does not have the length or form of its hash function: it was cut, or DTLS will fail",
            EXPFILL } },
        { &ei_rtp_declined,
          { "skypefed.expert.rtp_declined", PI_SECURITY, PI_WARN,
            "SRTP was offered and declined: the media is not encrypted", EXPFILL } },
        { &ei_not_compatible,
          { "skypefed.expert.not_compatible", PI_SECURITY, PI_WARN,
            "Offer and answer are not compatible: no media can flow", EXPFILL } },
        { &ei_answer_profile,
          { "skypefed.expert.answer_profile", PI_SECURITY, PI_NOTE,
            "The answer keeps RTP/AVP: SRTP is agreed by RFC 8643, but the offer is from a Microsoft product, which "
            "expects RTP/SAVP in the answer ([MS-SDPEXT])",
            EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
