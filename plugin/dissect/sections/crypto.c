/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Crypto lines of a stream. No label and no expert info ever shows a key.
 */
#include "parts.h"

#include "dissect/view/fault.h"
#include "dissect/view/label.h"
#include "dissect/view/preferences.h"
#include "dissect/view/problems.h"
#include "dissect/view/raise.h"
#include "engine/sdp/key_field.h"

static int hf_crypto = -1;
static int hf_crypto_scheme = -1;
static int hf_crypto_tag = -1;
static int hf_crypto_role = -1;
static int hf_crypto_suite = -1;
static int hf_crypto_key = -1;
static int hf_crypto_salt = -1;
static int hf_crypto_hidden = -1;
static int hf_key_field = -1;
static int hf_crypto_lifetime = -1;
static int hf_crypto_mki = -1;
static int hf_crypto_mki_length = -1;

static int ett_crypto = -1;

static expert_field ei_key_exposed = EI_INIT;
static expert_field ei_unencrypted = EI_INIT;
static expert_field ei_unencrypted_rtcp = EI_INIT;
static expert_field ei_unauthenticated = EI_INIT;
static expert_field ei_key_reused = EI_INIT;
static expert_field ei_crypto_suite = EI_INIT;
static expert_field ei_unknown_suite = EI_INIT;
static expert_field ei_crypto_tag = EI_INIT;
static expert_field ei_several = EI_INIT;

static const value_string scheme_names[] = {
    { SF_SCHEME_SDES, "SDES SRTP (a=crypto)" },
    { SF_SCHEME_SCALE, "Scale SRTP (a=cryptoscale)" },
    { 0, NULL },
};

static void label_crypto(const sf_view *view, proto_item *item, const sf_crypto *crypto)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Crypto attribute: ");
    sf_label_add(&label, val_to_str_const(crypto->scheme, scheme_names, "Unknown"));
    sf_label_add_part(&label, ", tag ", crypto->tag.text, "");
    sf_label_add_part(&label, ", ", crypto->role, "");
    sf_label_add_part(&label, ", ", crypto->suite_text, "");
    sf_label_add(&label, sf_number_is_present(crypto->mki) ? ", with MKI" : ", without MKI");
    sf_label_set(&label, item);
}

/** Key and salt, or their lengths alone if the user does not want to see them. */
static void show_secret(const sf_view *view, proto_tree *tree, int hf, const char *name, const sf_crypto *crypto,
                        size_t begin, size_t end)
{
    if (!tree || begin == end) {
        return;
    }
    if (sf_preferences_show_keys()) {
        sf_view_bytes(view, tree, hf, crypto->key_text, crypto->key + begin, end - begin);
    } else {
        sf_label label;
        proto_item *item;
        sf_label_begin(&label, view);
        sf_label_add(&label, name);
        sf_label_add(&label, ": ");
        sf_label_add_number(&label, (uint32_t)(end - begin));
        sf_label_add(&label, " bytes (not shown)");
        sf_view_titled(view, tree, hf_crypto_hidden, ett_crypto, crypto->key_text, label.text, &item);
    }
}

static const sf_fault_row crypto_faults[] = {
    { SF_CRYPTO_UNENCRYPTED, &ei_unencrypted, NULL },
    { SF_CRYPTO_UNENCRYPTED_RTCP, &ei_unencrypted_rtcp, NULL },
    { SF_CRYPTO_UNAUTHENTICATED, &ei_unauthenticated, NULL },
    { SF_CRYPTO_REPEATED_KEY, &ei_key_reused, NULL },
    { SF_CRYPTO_REPEATED_TAG, &ei_crypto_tag, "Tag {tag} is also used by another crypto attribute of the stream" },
    { SF_CRYPTO_UNKNOWN_SUITE, &ei_unknown_suite, "The cipher suite is not known: {suite}" },
    { SF_CRYPTO_KEY_LENGTH, &ei_crypto_suite, "Key and salt have {length}, but {suite} needs {suite_length}" },
};

/** Faults of an answer that are of its crypto line. */
static const sf_fault_row answer_faults[] = {
    { SF_ANSWER_TAG_NOT_OFFERED, &ei_crypto_tag,
      "The answer chooses tag {tag}, which was not offered: by RFC 4568, SRTP is not agreed" },
    { SF_ANSWER_SCHEME_NOT_OFFERED, &ei_crypto_tag,
      "The answer chooses tag {tag}, which was offered with the other crypto attribute" },
    { SF_ANSWER_SUITE_NOT_OFFERED, &ei_crypto_suite,
      "The answer chooses tag {tag}, which was offered with another cipher suite" },
    { SF_ANSWER_REPEATS_KEY, &ei_key_reused, "The answer has the same master key as the offer" },
    { SF_ANSWER_SEVERAL_KEYS, &ei_several, NULL },
};

static sf_slice write_number(sf_label *label, const sf_view *view, uint32_t value)
{
    sf_label_begin(label, view);
    sf_label_add_number(label, value);
    return sf_label_slice(label);
}

static sf_slice write_length(sf_label *label, const sf_view *view, const sf_crypto *crypto)
{
    sf_label_begin(label, view);
    sf_label_add_count(label, "", (uint32_t)crypto->key_length, "byte", "bytes");
    sf_label_add(label, crypto->key_length == SF_MAX_KEY_BYTES ? " or more" : "");
    return sf_label_slice(label);
}

static void warn_of_crypto(const sf_view *view, proto_item *item, const sf_crypto *crypto)
{
    if (crypto->faults) {
        uint32_t suite_length = crypto->suite ? (uint32_t)crypto->suite->key_bytes + crypto->suite->salt_bytes : 0;
        sf_label tag, length, length_of_suite;
        const sf_fault_word words[] = {
            { "tag", write_number(&tag, view, (uint32_t)crypto->tag.value) },
            { "suite", crypto->suite_text },
            { "length", write_length(&length, view, crypto) },
            { "suite_length", write_number(&length_of_suite, view, suite_length) },
            { NULL, { NULL, 0 } },
        };
        sf_fault_show(view, item, crypto->faults, crypto_faults, G_N_ELEMENTS(crypto_faults), words);
    }
}

void sf_crypto_warn_of_answer(const sf_view *view, proto_item *item, const sf_stream_note *note)
{
    if (note->faults) {
        sf_label tag;
        const sf_fault_word words[] = { { "tag", write_number(&tag, view, note->tag) }, { NULL, { NULL, 0 } } };
        sf_fault_show(view, item, note->faults, answer_faults, G_N_ELEMENTS(answer_faults), words);
    }
}

/** The row of a line, with all that is below it. */
static proto_item *show_line(const sf_view *view, proto_tree *tree, const sf_crypto *crypto)
{
    size_t key_bytes = sf_crypto_key_bytes(crypto);
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_crypto, ett_crypto, crypto->safe_text, &item);

    if (view->is_visible) {
        label_crypto(view, item, crypto);
    }
    sf_implied(sf_view_integer(view, below, hf_crypto_scheme, crypto->text, crypto->scheme));
    sf_view_number(view, below, hf_crypto_tag, crypto->tag);
    sf_view_text(view, below, hf_crypto_role, crypto->role);
    sf_view_text(view, below, hf_crypto_suite, crypto->suite_text);
    show_secret(view, below, hf_crypto_key, "Key", crypto, 0, key_bytes);
    show_secret(view, below, hf_crypto_salt, "Salt", crypto, key_bytes, crypto->key_length);
    sf_derived(sf_view_number(view, below, hf_crypto_lifetime, crypto->lifetime));
    sf_view_number(view, below, hf_crypto_mki, crypto->mki);
    sf_view_number(view, below, hf_crypto_mki_length, crypto->mki_length);
    return item;
}

static void show_crypto(sf_view *view, proto_tree *tree, const sf_crypto *crypto)
{
    proto_item *item = tree ? show_line(view, tree, crypto) : NULL;

    warn_of_crypto(view, item, crypto);
    sf_view_problems(view, item, crypto->text);
}

void sf_crypto_show(sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    for (unsigned i = 0; i < stream->cryptos.count; i++) {
        show_crypto(view, tree, &view->message->media.cryptos[stream->cryptos.first + i]);
    }
}

void sf_crypto_show_key_field(const sf_view *view, proto_tree *tree, sf_slice line)
{
    if (!tree || !sf_slice_present(line)) {
        return;
    }
    sf_key_field field = sf_key_field_of(line);
    sf_label label;
    proto_item *row;
    sf_label_begin(&label, view);
    sf_label_add(&label, "Legacy encryption key: ");
    sf_label_add(&label, field.method ? field.method : "method not known");
    sf_label_add_count(&label, ", ", (uint32_t)field.length, "letter", "letters");
    sf_label_add(&label, " (not shown)");
    sf_view_titled(view, tree, hf_key_field, ett_crypto, field.safe_text, label.text, &row);
}

/** True if a k= line is there and has a key. */
static bool holds_key(sf_slice line)
{
    return sf_slice_present(line) && sf_key_field_of(line).holds_key;
}

/** Keys of legacy encryption in one body. */
static unsigned count_key_fields(const sf_media *media, const sf_sdp *sdp)
{
    unsigned count = holds_key(sdp->key_field);

    for (unsigned i = 0; i < sdp->streams.count; i++) {
        sf_slice line = media->streams[sdp->streams.first + i].key_field;
        count += line.text != sdp->key_field.text && holds_key(line);
    }
    return count;
}

static unsigned count_keys(const sf_media *media)
{
    unsigned count = media->capability_key_count;

    for (unsigned i = 0; i < media->crypto_count; i++) {
        count += media->cryptos[i].key_text.length > 0;
    }
    for (unsigned i = 0; media->has_key_field && i < media->sdp_count; i++) {
        count += count_key_fields(media, &media->sdps[i]);
    }
    return count;
}

void sf_crypto_warn_of_exposure(const sf_view *view, proto_item *item)
{
    const sf_message *message = view->message;
    unsigned count = view->is_exposed ? count_keys(&message->media) : 0;
    bool is_tls = message->via_count > 0 && sf_slice_equals_nocase(message->vias[0].transport, SF_LITERAL("TLS"));
    const char *after = is_tls ? "; the Via says TLS, so the capture may have been taken after TLS was removed" : "";

    if (count > 0 && !view->is_explained) {
        sf_raise(view, &ei_key_exposed);
    } else if (count == 1) {
        expert_add_info_format(view->pinfo, item, &ei_key_exposed,
                               "The media key is exposed: this message was not carried inside TLS%s", after);
    } else if (count > 1) {
        expert_add_info_format(view->pinfo, item, &ei_key_exposed,
                               "%u media keys are exposed: this message was not carried inside TLS%s", count, after);
    }
}

void sf_crypto_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_crypto,
          { "Crypto attribute", "skypefed.crypto", FT_STRING, BASE_NONE, NULL, 0,
            "One a=crypto or a=cryptoscale attribute, without its key", HFILL } },
        { &hf_crypto_scheme,
          { "Scheme", "skypefed.crypto.scheme", FT_UINT8, BASE_DEC, VALS(scheme_names), 0,
            "Attribute that holds the key: a=crypto or a=cryptoscale", HFILL } },
        { &hf_crypto_tag,
          { "Tag", "skypefed.crypto.tag", FT_UINT32, BASE_DEC, NULL, 0,
            "The answer refers to the attribute by this tag", HFILL } },
        { &hf_crypto_role,
          { "Role", "skypefed.crypto.role", FT_STRING, BASE_NONE, NULL, 0, "Client or server of Scale SRTP", HFILL } },
        { &hf_crypto_suite,
          { "Cipher suite", "skypefed.crypto.suite", FT_STRING, BASE_NONE, NULL, 0, "Cipher suite, as written",
            HFILL } },
        { &hf_crypto_key,
          { "Key", "skypefed.crypto.key", FT_BYTES, BASE_NONE, NULL, 0, "Master key, decoded", HFILL } },
        { &hf_crypto_salt,
          { "Salt", "skypefed.crypto.salt", FT_BYTES, BASE_NONE, NULL, 0, "Master salt, decoded", HFILL } },
        { &hf_crypto_hidden,
          { "Key or salt (not shown)", "skypefed.crypto.hidden", FT_NONE, BASE_NONE, NULL, 0,
            "A key or salt, with its length alone; the preference Show media keys shows it", HFILL } },
        { &hf_key_field,
          { "Legacy encryption key", "skypefed.media.key_field", FT_NONE, BASE_NONE, NULL, 0, "k=; never shown",
            HFILL } },
        { &hf_crypto_lifetime,
          { "Lifetime", "skypefed.crypto.lifetime", FT_UINT64, BASE_DEC, NULL, 0, "In packets", HFILL } },
        { &hf_crypto_mki,
          { "MKI", "skypefed.crypto.mki", FT_UINT64, BASE_DEC, NULL, 0, "Master key identifier", HFILL } },
        { &hf_crypto_mki_length,
          { "MKI length", "skypefed.crypto.mki_length", FT_UINT32, BASE_DEC, NULL, 0, "In bytes of each SRTP packet",
            HFILL } },
    };
    static int *ett[] = { &ett_crypto };
    static ei_register_info ei[] = {
        { &ei_key_exposed,
          { "skypefed.expert.key_exposed", PI_SECURITY, PI_WARN,
            "The media key is exposed: this message was not carried inside TLS", EXPFILL } },
        { &ei_unencrypted,
          { "skypefed.expert.srtp_unencrypted", PI_SECURITY, PI_WARN,
            "SRTP without encryption: UNENCRYPTED_SRTP leaves the media readable", EXPFILL } },
        { &ei_unencrypted_rtcp,
          { "skypefed.expert.srtcp_unencrypted", PI_SECURITY, PI_NOTE,
            "UNENCRYPTED_SRTCP leaves the reports about the media (RTCP) readable", EXPFILL } },
        { &ei_unauthenticated,
          { "skypefed.expert.srtp_unauthenticated", PI_SECURITY, PI_NOTE,
            "UNAUTHENTICATED_SRTP: nobody notices media packets that were changed or added on the way", EXPFILL } },
        { &ei_key_reused,
          { "skypefed.expert.key_reused", PI_SECURITY, PI_NOTE,
            "Another stream of the same body has the same master key", EXPFILL } },
        { &ei_crypto_suite,
          { "skypefed.expert.crypto_suite", PI_SECURITY, PI_WARN,
            "A cipher suite that was not offered, or a key of the wrong length", EXPFILL } },
        { &ei_unknown_suite,
          { "skypefed.expert.crypto_suite", PI_SECURITY, PI_NOTE, "Unknown cipher suite", EXPFILL } },
        { &ei_crypto_tag, { "skypefed.expert.crypto_tag", PI_SECURITY, PI_WARN, "Invalid crypto tag", EXPFILL } },
        { &ei_several,
          { "skypefed.expert.crypto_several", PI_SECURITY, PI_NOTE,
            "The answer has several crypto attributes for one stream, but should choose one (RFC 4568): the first that "
            "was offered counts",
            EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
