/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Media": SDP bodies and their streams.
 */
#include "sections.h"

#include "parts.h"

#include "dissect/view/ice.h"
#include "dissect/view/label.h"
#include "dissect/view/problems.h"
#include "dissect/view/verdicts.h"

static int hf_section = -1;
static int hf_sdp = -1;
static int hf_sdp_role = -1;
static int hf_sdp_fallback = -1;
static int hf_sdp_ice_dialect = -1;
static int hf_sdp_ice_lite = -1;
static int hf_media = -1;
static int hf_media_index = -1;
static int hf_media_type = -1;
static int hf_media_port = -1;
static int hf_media_profile = -1;
static int hf_media_label = -1;

static int ett_section = -1;
static int ett_sdp = -1;
static int ett_media = -1;

static const value_string role_names[] = {
    { SF_ROLE_UNKNOWN, "Unknown" },
    { SF_ROLE_OFFER, "Offer" },
    { SF_ROLE_ANSWER, "Answer" },
    { 0, NULL },
};

/** What a stream is whose type and profile do not say it to everybody; an empty text for others. */
static const char *kind_of(const sf_stream *stream)
{
    static const char *const kinds[SF_STREAM_KINDS] = {
        [SF_STREAM_ORDINARY] = "",
        [SF_STREAM_SIP_MESSAGES] = ", instant messages in SIP itself",
        [SF_STREAM_MSRP] = ", messages and files (MSRP)",
        [SF_STREAM_FLOOR_CONTROL] = ", floor control (BFCP)",
        [SF_STREAM_FAX] = ", T.38 fax",
        [SF_STREAM_T120] = ", T.120 application sharing",
        [SF_STREAM_DATA_CHANNEL] = ", data channel (SCTP)",
    };

    return kinds[sf_stream_kind_of(stream)];
}

/** True if the answer may choose between crypto lines and a DTLS handshake. */
static bool offers_both(const sf_stream *stream)
{
    bool is_srtp = stream->security == SF_SECURITY_SRTP_REQUIRED || stream->security == SF_SECURITY_SRTP_OPTIONAL;

    return is_srtp && stream->has_crypto && stream->has_fingerprint;
}

/** True if nothing but a=zrtp-hash speaks of keys (RFC 6189 8). */
static bool is_left_to_zrtp(const sf_stream *stream)
{
    return stream->security == SF_SECURITY_UNDETERMINED && stream->has_zrtp;
}

static void label_stream(const sf_view *view, proto_item *item, const sf_stream *stream)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Stream ");
    sf_label_add_number(&label, stream->index);
    sf_label_add(&label, ": ");
    sf_label_add_slice(&label, stream->type);
    sf_label_add_part(&label, " (", stream->label, ")");
    sf_label_add_part(&label, ", port ", stream->port.text, "");
    sf_label_add_part(&label, ", ", stream->profile, "");
    sf_label_add(&label, kind_of(stream));
    const char *direction = stream->security == SF_SECURITY_REFUSED ? "" : sf_direction_words(view, stream);
    sf_label_add(&label, *direction ? ", " : "");
    sf_label_add(&label, direction);
    sf_label_add(&label, ": ");
    sf_label_add(&label, sf_security_name(stream->security));
    sf_label_add(&label, offers_both(stream) ? " (SDES or DTLS)" : "");
    sf_label_add(&label, is_left_to_zrtp(stream) ? " (ZRTP may agree on keys in the media itself)" : "");
    sf_label_set(&label, item);
}

static void show_stream(sf_view *view, proto_tree *tree, const sf_sdp *sdp, const sf_stream *stream)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_media, ett_media, stream->line, &item);

    if (view->is_visible) {
        label_stream(view, item, stream);
    }
    sf_implied(sf_view_integer(view, below, hf_media_index, stream->line, stream->index));
    sf_view_text(view, below, hf_media_type, stream->type);
    sf_view_number(view, below, hf_media_port, stream->port);
    sf_view_text(view, below, hf_media_profile, stream->profile);
    sf_view_text(view, below, hf_media_label, stream->label);
    sf_direction_show(view, below, stream);
    sf_protection_show(view, below, item, sdp, stream);
    sf_crypto_show(view, below, stream);
    sf_codec_show(view, below, stream);
    sf_candidate_show(view, below, stream);
    sf_remote_candidate_show(view, below, stream);
    sf_attribute_show(view, below, stream->attributes);
    sf_view_problems(view, item, stream->line);
    sf_view_problems(view, item, stream->encryption_line);
}

/** True if candidates may have been cut off: those of the last stream, which is enough to have some. */
static bool may_have_ice(const sf_media *media, const sf_sdp *sdp)
{
    return media->lacks_end && sdp == &media->sdps[media->sdp_count - 1];
}

static void write_summary(sf_label *label, const sf_media *media, const sf_sdp *sdp)
{
    sf_label_add(label, val_to_str_const(sdp->role, role_names, "Unknown"));
    if (sdp->ice_dialect != SF_ICE_NONE || !may_have_ice(media, sdp)) {
        sf_label_add(label, ", ");
        sf_label_add(label, sf_ice_dialect_name(sdp->ice_dialect, "no ICE"));
    }
    sf_label_add(label, sf_slice_present(sdp->ice_lite) ? ", ICE lite" : "");
    sf_label_add(label, sdp->is_fallback ? ", fallback for OCS 2007" : "");
    sf_label_add_count(label, ", ", sdp->streams.count, "stream", "streams");
    if (!sf_slice_equals_nocase(sdp->content_type, SF_LITERAL("application/sdp"))) {
        sf_label_add(label, ", ");
        sf_label_add_slice(label, sdp->content_type);
    }
}

static proto_item *show_summary(const sf_view *view, proto_tree *tree, const sf_sdp *sdp)
{
    sf_label label;

    if (!tree) {
        return NULL;
    }
    sf_label_begin(&label, view);
    write_summary(&label, &view->message->media, sdp);
    return sf_view_words(view, tree, hf_sdp, sdp->text, label.text);
}

static void show_sdp(sf_view *view, proto_tree *tree, const sf_sdp *sdp)
{
    const sf_media *media = &view->message->media;
    proto_item *item = show_summary(view, tree, sdp);
    proto_tree *below = proto_item_add_subtree(item, ett_sdp);

    sf_derived(sf_view_integer(view, below, hf_sdp_role, sdp->text, sdp->role));
    sf_derived(sf_view_flag(view, below, hf_sdp_fallback, sdp->text, sdp->is_fallback));
    if (sdp->ice_dialect != SF_ICE_NONE || !may_have_ice(media, sdp)) {
        sf_derived(sf_view_integer(view, below, hf_sdp_ice_dialect, sdp->text, sdp->ice_dialect));
    }
    if (sf_slice_present(sdp->ice_lite)) {
        sf_view_flag(view, below, hf_sdp_ice_lite, sdp->ice_lite, true);
    }
    sf_crypto_show_key_field(view, below, sdp->key_field);
    sf_attribute_show(view, below, sdp->attributes);
    for (unsigned i = 0; i < sdp->streams.count; i++) {
        show_stream(view, below, sdp, &media->streams[sdp->streams.first + i]);
    }
    sf_view_problems(view, item, sdp->text);
}

static void show(sf_view *view)
{
    const sf_media *media = &view->message->media;
    proto_item *section;

    if (media->sdp_count == 0) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    for (unsigned i = 0; i < media->sdp_count; i++) {
        show_sdp(view, tree, &media->sdps[i]);
    }
    sf_crypto_warn_of_exposure(view, section);
    sf_candidate_warn_of_addresses(view, section);
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_count(&label, ": ", media->sdp_count, "SDP body", "SDP bodies");
        sf_label_append(&label, section);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Media", "skypefed.section.media", FT_NONE, BASE_NONE, NULL, 0, "SDP bodies and their streams", HFILL } },
        { &hf_sdp, { "SDP", "skypefed.sdp", FT_STRING, BASE_NONE, NULL, 0, "Summary of one SDP body", HFILL } },
        { &hf_sdp_role,
          { "Role", "skypefed.sdp.role", FT_UINT8, BASE_DEC, VALS(role_names), 0, "Offer or answer", HFILL } },
        { &hf_sdp_fallback,
          { "Fallback for OCS 2007", "skypefed.sdp.fallback", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The body is the alternative for older peers (ms-proxy-2007fallback)", HFILL } },
        { &hf_sdp_ice_dialect,
          { "ICE dialect", "skypefed.sdp.ice_dialect", FT_UINT8, BASE_DEC, VALS(sf_ice_dialect_names), 0,
            "Which form of ICE the candidates of the body have", HFILL } },
        { &hf_sdp_ice_lite,
          { "ICE lite", "skypefed.sdp.ice_lite", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "a=ice-lite: the sender answers connectivity checks, and makes none itself", HFILL } },
        { &hf_media, { "Stream", "skypefed.media", FT_STRING, BASE_NONE, NULL, 0, "One m= line", HFILL } },
        { &hf_media_index,
          { "Index", "skypefed.media.index", FT_UINT32, BASE_DEC, NULL, 0, "1 is the first stream of its body",
            HFILL } },
        { &hf_media_type, { "Type", "skypefed.media.type", FT_STRING, BASE_NONE, NULL, 0, "Kind of media", HFILL } },
        { &hf_media_port,
          { "Port", "skypefed.media.port", FT_UINT16, BASE_DEC, NULL, 0, "Port 0 refuses the stream", HFILL } },
        { &hf_media_profile,
          { "Profile", "skypefed.media.profile", FT_STRING, BASE_NONE, NULL, 0, "Transport profile", HFILL } },
        { &hf_media_label,
          { "Label", "skypefed.media.label", FT_STRING, BASE_NONE, NULL, 0, "Purpose of the stream (a=label)",
            HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_sdp, &ett_media };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    sf_protection_register(proto, expert);
    sf_crypto_register(proto, expert);
    sf_codec_register(proto, expert);
    sf_candidate_register(proto, expert);
    sf_remote_candidate_register(proto, expert);
    sf_direction_register(proto, expert);
    sf_attribute_register(proto, expert);
}

const sf_section sf_section_media = { register_fields, show, show };
