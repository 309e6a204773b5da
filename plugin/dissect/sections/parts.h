/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parts of sections. Each is a file of the same name with two functions:
 * `register` for the fields that it owns, called by the section that it is
 * part of, and `show` for its facts below a row. A part uses no section, and of
 * the parts only those declared above it.
 */
#ifndef SF_DISSECT_SECTIONS_PARTS_H
#define SF_DISSECT_SECTIONS_PARTS_H

#include "dissect/view/section.h"

#include "engine/sip/ice_ends.h"

/* Of several sections. */

sf_register_fields sf_place_register;

/** Shows whether a host, a name or an address, is Microsoft's. Nothing below a row that is NULL. */
void sf_place_show_host(const sf_view *view, proto_tree *tree, sf_slice host);

/** Shows whether an address is Microsoft's. Nothing for one of zeros, or that could not be read. */
void sf_place_show_address(const sf_view *view, proto_tree *tree, const sf_transport_address *transport);

/** Shows whether the packet comes from, or goes to, an address of Microsoft's. */
void sf_place_show_packet(const sf_view *view, proto_tree *tree);

/* Of the section parties. */

sf_register_fields sf_teams_register;
sf_register_fields sf_emergency_register;
sf_register_fields sf_asserted_register;
sf_register_fields sf_origin_register;

/** Shows which instance of Teams handles the call, and its ids there. */
void sf_teams_show(const sf_view *view, proto_tree *tree);

/** Shows what marks an emergency call, and where its caller's location is. */
void sf_emergency_show(const sf_view *view, proto_tree *tree);

/** Shows whom the network asserts, and what is to be hidden. @param caller takes the note that From differs */
void sf_asserted_show(const sf_view *view, proto_tree *tree, proto_item *caller);

/** Shows where the message came from, with the evidence. */
void sf_origin_show(const sf_view *view, proto_tree *tree);

/* Of the section path. */

sf_register_fields sf_signed_token_register;
sf_register_fields sf_via_register;
sf_register_fields sf_route_register;

/**
 * Shows a signature of a Via or a route and, below it, the token that it holds.
 * @param hf     the field of the signature
 * @param text   as written; nothing is shown if absent
 * @param token  what was read from it; its mac_length is 0 if nothing could be
 */
void sf_signed_token_show(const sf_view *view, proto_tree *tree, int hf, sf_slice text, const sf_signed_token *token);

/** Shows a Via. @param index its place in the message, from 1 */
void sf_via_show(sf_view *view, proto_tree *tree, const sf_via *via, unsigned index);

/** Shows an entry of Record-Route or Route. @param index its place among those of its header, from 1 */
void sf_route_show(sf_view *view, proto_tree *tree, const sf_route *route, unsigned index);

/* Of the section headers. */

sf_register_fields sf_trust_register;
sf_register_fields sf_header_value_register;
sf_register_fields sf_authentication_register;

/** Shows ms-edge-proxy-message-trust and ms-asserted-verification-level; without a tree it only warns. */
void sf_trust_show(sf_view *view, proto_tree *tree);

/** Shows the value of a Microsoft header; all of its line if it has no value of its own. */
void sf_header_value_show(sf_view *view, proto_tree *tree, const sf_ms_header *header);

/** Shows an authentication header, if its scheme is one of Microsoft's: nothing of what proves an identity. */
void sf_authentication_show(sf_view *view, proto_tree *tree, const sf_authentication *authentication);

/* Of the section diagnostics. */

sf_register_fields sf_ice_warning_register;
sf_register_fields sf_media_debug_register;
sf_register_fields sf_reason_register;

/** Shows an element of a Reason header. */
void sf_reason_show(sf_view *view, proto_tree *tree, const sf_reason *reason);

/** Reports what a reason of Teams says. @param item  NULL if nobody sees the tree */
void sf_reason_warn(const sf_view *view, proto_item *item, const sf_reason *reason);

/** Shows ICEWarn, with its flags in words. Nothing if absent. @param ends  of the stream: what a flag weighs there */
void sf_ice_warning_show(const sf_view *view, proto_tree *tree, sf_number number, sf_ice_ends ends);

/** Shows media debug information of a diagnostics header. */
void sf_media_debug_show(sf_view *view, proto_tree *tree, const sf_media_debug *debug);

/* Of the section bodies. */

sf_register_fields sf_body_call_register;
sf_register_fields sf_body_quality_register;
sf_register_fields sf_body_presence_register;
sf_register_fields sf_body_messaging_register;
sf_register_fields sf_body_fact_register;
sf_register_fields sf_body_ice_register;
sf_register_fields sf_body_verdict_register;
sf_register_fields sf_body_command_register;
sf_register_fields sf_body_text_register;
sf_register_fields sf_body_conference_register;

/* Of the section media. */

sf_register_fields sf_crypto_register;
sf_register_fields sf_protection_register;
sf_register_fields sf_codec_register;
sf_register_fields sf_candidate_register;
sf_register_fields sf_remote_candidate_register;
sf_register_fields sf_direction_register;
sf_register_fields sf_attribute_register;

/** Shows the crypto lines of a stream. No label and no expert info ever shows a key. */
void sf_crypto_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

/** Shows a k= line, which may be absent. */
void sf_crypto_show_key_field(const sf_view *view, proto_tree *tree, sf_slice line);

/** Warns once of the keys of the message, if anybody on the wire could read them. */
void sf_crypto_warn_of_exposure(const sf_view *view, proto_item *item);

/** Warns at the stream of what is wrong with the crypto line that an answer chooses. */
void sf_crypto_warn_of_answer(const sf_view *view, proto_item *item, const sf_stream_note *note);

/**
 * Shows how a stream is protected: what its body says, and what the answer made of it.
 * @param item  the stream, which takes the warnings
 */
void sf_protection_show(sf_view *view, proto_tree *tree, proto_item *item, const sf_sdp *sdp, const sf_stream *stream);

/** Shows the codecs of a stream. */
void sf_codec_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

/** Shows the ICE candidates of a stream. */
void sf_candidate_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

/** Notes once that private addresses of the message's candidates are disclosed to a federated partner. */
void sf_candidate_warn_of_addresses(const sf_view *view, proto_item *item);

/** Shows the pairs of candidates that ICE chose, as the offer that ends ICE names them. */
void sf_remote_candidate_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

/** Hold or direction of a stream in words; an empty text for a stream that is not held and flows both ways. */
const char *sf_direction_words(const sf_view *view, const sf_stream *stream);

/** Shows where the media of a stream goes, and which way. */
void sf_direction_show(const sf_view *view, proto_tree *tree, const sf_stream *stream);

/** Shows a run of Microsoft's own SDP attributes, of a session or a stream. */
void sf_attribute_show(sf_view *view, proto_tree *tree, sf_run run);

#endif
