/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Key lines of a stream. No label and no expert info ever shows a key.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/preferences.h"
#include "dissect/view/problems.h"
#include "engine/sdp/key_field.h"

static int hf_crypto = -1;
static int hf_crypto_scheme = -1;
static int hf_crypto_tag = -1;
static int hf_crypto_role = -1;
static int hf_crypto_suite = -1;
static int hf_crypto_key = -1;
static int hf_crypto_salt = -1;
static int hf_crypto_lifetime = -1;
static int hf_crypto_mki = -1;
static int hf_crypto_mki_length = -1;

static int ett_crypto = -1;

static expert_field ei_key_exposed = EI_INIT;
static expert_field ei_unencrypted = EI_INIT;
static expert_field ei_key_reused = EI_INIT;
static expert_field ei_crypto_suite = EI_INIT;
static expert_field ei_crypto_tag = EI_INIT;

static const value_string scheme_names[] = {
    { SF_SCHEME_SDES, "SDES SRTP (a=crypto)" },
    { SF_SCHEME_SCALE, "Scale SRTP (a=cryptoscale)" },
    { 0, NULL },
};

static void label_line(const sf_view *view, proto_item *item, const sf_crypto *line)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Key line: ");
    sf_label_add(&label, val_to_str_const(line->scheme, scheme_names, "Unknown"));
    sf_label_add_part(&label, ", tag ", line->tag_text, "");
    sf_label_add_part(&label, ", ", line->role, "");
    sf_label_add_part(&label, ", ", line->suite_text, "");
    sf_label_add(&label, sf_slice_present(line->mki_text) ? ", with MKI" : ", without MKI");
    sf_label_set(&label, item);
}

/** Key and salt, or their lengths alone if the user does not want to see them. */
static void show_secret(const sf_view *view, proto_tree *tree, int hf, const char *name, const sf_crypto *line,
                        size_t begin, size_t end)
{
    if (!tree || begin == end) {
        return;
    }
    if (sf_preferences_show_keys()) {
        sf_view_bytes(view, tree, hf, line->key_text, line->key + begin, end - begin);
    } else if (view->is_visible) {
        sf_label label;
        proto_item *item;
        sf_label_begin(&label, view);
        sf_label_add(&label, name);
        sf_label_add(&label, ": ");
        sf_label_add_number(&label, (uint32_t)(end - begin));
        sf_label_add(&label, " bytes (not shown)");
        sf_view_titled(view, tree, ett_crypto, line->key_text, label.text, &item);
    }
}

static void warn_of_line(const sf_view *view, proto_item *item, const sf_crypto *line)
{
    if (line->key_text.length > 0 && view->is_exposed) {
        expert_add_info(view->pinfo, item, &ei_key_exposed);
    }
    if (line->is_unencrypted) {
        expert_add_info(view->pinfo, item, &ei_unencrypted);
    }
    if (line->key_used_before) {
        expert_add_info(view->pinfo, item, &ei_key_reused);
    }
    if (line->tag_used_before) {
        expert_add_info_format(view->pinfo, item, &ei_crypto_tag, "Tag %u stands in another key line of the stream",
                               line->tag);
    }
    if (line->suite_text.length > 0 && !line->suite) {
        expert_add_info_format(view->pinfo, item, &ei_crypto_suite, "The cipher suite is not known: %s",
                               sf_view_string(view, line->suite_text));
    } else if (line->suite && line->key_length > 0 && !line->key_fits) {
        expert_add_info_format(view->pinfo, item, &ei_crypto_suite, "Key and salt have %u byte%s%s, but %s takes %u",
                               (unsigned)line->key_length, plurality(line->key_length, "", "s"),
                               line->key_length == SF_MAX_KEY_BYTES ? " or more" : "",
                               sf_view_string(view, line->suite_text),
                               (unsigned)line->suite->key_bytes + line->suite->salt_bytes);
    }
}

static void show_line(sf_view *view, proto_tree *tree, const sf_crypto *line)
{
    size_t key_bytes = sf_crypto_key_bytes(line);
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_crypto, ett_crypto, line->safe_text, &item);

    if (view->is_visible) {
        label_line(view, item, line);
    }
    sf_implied(sf_view_integer(view, below, hf_crypto_scheme, line->text, line->scheme));
    sf_view_integer(view, below, hf_crypto_tag, line->tag_text, line->tag);
    sf_view_text(view, below, hf_crypto_role, line->role);
    sf_view_text(view, below, hf_crypto_suite, line->suite_text);
    show_secret(view, below, hf_crypto_key, "Key", line, 0, key_bytes);
    show_secret(view, below, hf_crypto_salt, "Salt", line, key_bytes, line->key_length);
    sf_derived(sf_view_integer(view, below, hf_crypto_lifetime, line->lifetime_text, line->lifetime));
    sf_view_integer(view, below, hf_crypto_mki, line->mki_text, line->mki);
    sf_view_integer(view, below, hf_crypto_mki_length, line->mki_length_text, line->mki_length);
    warn_of_line(view, item, line);
    sf_view_problems(view, item, line->text);
}

void sf_crypto_show(sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    for (unsigned i = 0; i < stream->cryptos.count; i++) {
        show_line(view, tree, &view->message->media.cryptos[stream->cryptos.first + i]);
    }
}

void sf_crypto_show_key_field(const sf_view *view, proto_tree *tree, proto_item *item, sf_slice line)
{
    if (!sf_slice_present(line)) {
        return;
    }
    sf_key_field field = sf_key_field_of(line);
    if (view->is_visible) {
        sf_label label;
        proto_item *row;
        sf_label_begin(&label, view);
        sf_label_add(&label, "Key of legacy encryption: ");
        sf_label_add(&label, field.method ? field.method : "method not known");
        sf_label_add_count(&label, ", ", (uint32_t)field.length, "letter", "letters");
        sf_label_add(&label, " (not shown)");
        sf_view_titled(view, tree, ett_crypto, field.safe_text, label.text, &row);
    }
    if (field.holds_key && view->is_exposed) {
        expert_add_info(view->pinfo, item, &ei_key_exposed);
    }
}

void sf_crypto_warn_of_tag(const sf_view *view, proto_item *item, const char *text)
{
    expert_add_info_format(view->pinfo, item, &ei_crypto_tag, "%s", text);
}

void sf_crypto_warn_of_suite(const sf_view *view, proto_item *item, const char *text)
{
    expert_add_info_format(view->pinfo, item, &ei_crypto_suite, "%s", text);
}

void sf_crypto_warn_of_reuse(const sf_view *view, proto_item *item, const char *text)
{
    expert_add_info_format(view->pinfo, item, &ei_key_reused, "%s", text);
}

void sf_crypto_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_crypto,
          { "Key line", "skypefed.crypto", FT_STRING, BASE_NONE, NULL, 0,
            "One a=crypto or a=cryptoscale, up to its key", HFILL } },
        { &hf_crypto_scheme,
          { "Scheme", "skypefed.crypto.scheme", FT_UINT8, BASE_DEC, VALS(scheme_names), 0, NULL, HFILL } },
        { &hf_crypto_tag,
          { "Tag", "skypefed.crypto.tag", FT_UINT32, BASE_DEC, NULL, 0, "Names the line in the answer", HFILL } },
        { &hf_crypto_role,
          { "Role", "skypefed.crypto.role", FT_STRING, BASE_NONE, NULL, 0, "Client or server of Scale SRTP", HFILL } },
        { &hf_crypto_suite, { "Cipher suite", "skypefed.crypto.suite", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_crypto_key,
          { "Key", "skypefed.crypto.key", FT_BYTES, BASE_NONE, NULL, 0, "Master key, decoded", HFILL } },
        { &hf_crypto_salt,
          { "Salt", "skypefed.crypto.salt", FT_BYTES, BASE_NONE, NULL, 0, "Master salt, decoded", HFILL } },
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
            "SRTP without encryption: UNENCRYPTED_SRTP in the key line leaves the media readable", EXPFILL } },
        { &ei_key_reused,
          { "skypefed.expert.key_reused", PI_SECURITY, PI_NOTE,
            "Another stream of the same body has the same master key", EXPFILL } },
        { &ei_crypto_suite,
          { "skypefed.expert.crypto_suite", PI_SECURITY, PI_WARN,
            "Cipher suite unknown or not offered, or key of another length", EXPFILL } },
        { &ei_crypto_tag,
          { "skypefed.expert.crypto_tag", PI_SECURITY, PI_WARN, "Tag of the key line is not right", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
