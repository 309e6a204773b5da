/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where the media of a stream goes, and which way: address, direction and hold,
 * and what else the two sides need to get it there.
 */
#include "parts.h"

#include "call/hold.h"
#include "dissect/view/label.h"
#include "dissect/view/teams_media.h"
#include "engine/sdp/security.h"
#include "engine/text/words.h"

static int hf_address = -1;
static int hf_address_v6 = -1;
static int hf_host_name = -1;
static int hf_direction = -1;
static int hf_hold = -1;
static int hf_resumed = -1;
static int hf_setup = -1;
static int hf_fingerprint = -1;
static int hf_rtcp_mux = -1;
static int hf_teams_way = -1;

static const value_string direction_names[] = {
    { SF_DIRECTION_BOTH, "sendrecv" },
    { SF_DIRECTION_SEND_ONLY, "sendonly" },
    { SF_DIRECTION_RECEIVE_ONLY, "recvonly" },
    { SF_DIRECTION_INACTIVE, "inactive" },
    { 0, NULL },
};

/** Only audio and video are held ([MS-SDPEXT] 3.1.5.23.1); of video, what flows both ways is not. */
static sf_hold hold_of(const sf_view *view, const sf_stream *stream)
{
    bool is_audio = sf_slice_equals_nocase(stream->type, SF_LITERAL("audio"));
    bool is_video = sf_slice_equals_nocase(stream->type, SF_LITERAL("video"));
    bool is_both_ways = stream->direction == SF_DIRECTION_BOTH;
    sf_hold hold = (sf_hold)view->note->hold;

    if (stream->security == SF_SECURITY_REFUSED || !(is_audio || is_video)) {
        return SF_HOLD_NONE;
    }
    return is_audio || is_both_ways == (hold == SF_HOLD_RESUMED) ? hold : SF_HOLD_NONE;
}

static const char *words_of_hold(sf_hold hold)
{
    static const char *const words[] = {
        [SF_HOLD_NONE] = "",
        [SF_HOLD_BY_SENDER] = "on hold by the sender",
        [SF_HOLD_BY_OTHER] = "on hold by the other side",
        [SF_HOLD_BY_SOMEBODY] = "on hold",
        [SF_HOLD_RESUMED] = "no longer on hold",
    };

    return words[hold];
}

static const char *words_of_direction(sf_direction direction)
{
    static const char *const words[] = {
        [SF_DIRECTION_BOTH] = "",
        [SF_DIRECTION_SEND_ONLY] = "sends only",
        [SF_DIRECTION_RECEIVE_ONLY] = "receives only",
        [SF_DIRECTION_INACTIVE] = "inactive",
    };

    return words[direction];
}

const char *sf_direction_words(const sf_view *view, const sf_stream *stream)
{
    sf_hold hold = hold_of(view, stream);
    sf_direction direction = sf_stream_has_direction(stream) ? stream->direction : SF_DIRECTION_BOTH;

    return hold == SF_HOLD_NONE ? words_of_direction(direction) : words_of_hold(hold);
}

/** An address of zeros is none: of an offer that holds (RFC 3264 8.4), or before ICE has any candidate (RFC 8840). */
static void show_address(const sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    const sf_transport_address *connection = &stream->connection;
    proto_item *item = NULL;

    if (connection->family == SF_ADDRESS_IPV4) {
        item = sf_view_ipv4(view, tree, hf_address, connection->text, connection->bytes);
    } else if (connection->family == SF_ADDRESS_IPV6) {
        item = sf_view_ipv6(view, tree, hf_address_v6, connection->text, connection->bytes);
    } else {
        sf_view_text(view, tree, hf_host_name, connection->text);
    }
    if (sf_transport_address_is_null(connection)) {
        sf_label_explain(view, item,
                         "no address: the sender takes no media here for now, as on hold or before ICE has begun");
    }
}

static void show_direction(const sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    if (!sf_stream_has_direction(stream)) {
        return; /* that of the session may not hold */
    }
    if (sf_slice_present(stream->direction_line)) {
        proto_item *item = sf_view_integer(view, tree, hf_direction, stream->direction_line, stream->direction);
        if (stream->direction != SF_DIRECTION_BOTH) {
            bool is_inactive = stream->direction == SF_DIRECTION_INACTIVE;
            sf_label_explain(view, item, is_inactive ? "neither way" : words_of_direction(stream->direction));
        }
    } else {
        sf_implied(sf_view_integer(view, tree, hf_direction, stream->line, SF_DIRECTION_BOTH));
    }
}

static void show_hold(const sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    sf_slice where = sf_slice_present(stream->direction_line) ? stream->direction_line : stream->line;
    sf_hold hold = hold_of(view, stream);

    if (hold == SF_HOLD_NONE && !sf_stream_has_direction(stream)) {
        return;
    }
    if (hold == SF_HOLD_NONE) {
        sf_implied(sf_view_flag(view, tree, hf_hold, where, false));
    } else if (hold == SF_HOLD_RESUMED) {
        sf_implied(sf_view_flag(view, tree, hf_hold, where, false));
        sf_derived(sf_view_flag(view, tree, hf_resumed, where, true));
    } else {
        proto_item *item = sf_derived(sf_view_flag(view, tree, hf_hold, where, true));
        sf_label_explain(view, item, words_of_hold(hold));
    }
}

/** Of what a stream does not write itself. */
static const char words_of_group[] = "taken from the first stream of the BUNDLE group";

/** Who opens the connection, or begins the DTLS handshake (RFC 4145 4, RFC 8842 5). */
static void show_setup(const sf_view *view, proto_tree *tree, sf_slice setup, bool is_of_group)
{
    static const struct {
        sf_slice word;
        const char *meaning;
    } roles[] = {
        { SF_LITERAL_INIT("active"), "the sender begins" },
        { SF_LITERAL_INIT("passive"), "the sender waits for the other side to begin" },
        { SF_LITERAL_INIT("actpass"), "the other side chooses who begins" },
        { SF_LITERAL_INIT("holdconn"), "nobody begins for now" },
    };
    proto_item *item = sf_view_text(view, tree, hf_setup, setup);
    int i = SF_WORDS_FIND(roles, setup);

    if (is_of_group) {
        sf_label_explain(view, sf_derived(item), words_of_group);
    } else if (i != SF_WORDS_NONE) {
        sf_label_explain(view, item, roles[i].meaning);
    }
}

/** Past Teams, or through it. */
static void show_teams_way(const sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    const char *words = sf_teams_way_name(sf_teams_way_of(view, stream));

    if (words) {
        sf_derived(sf_view_words(view, tree, hf_teams_way, stream->line, words));
    }
}

void sf_direction_show(const sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    if (!tree) {
        return;
    }
    show_address(view, tree, stream);
    sf_place_show_address(view, tree, &stream->connection);
    show_teams_way(view, tree, stream);
    show_direction(view, tree, stream);
    show_hold(view, tree, stream);
    if (sf_slice_present(stream->rtcp_mux)) {
        sf_view_flag(view, tree, hf_rtcp_mux, stream->rtcp_mux, true);
    }
    show_setup(view, tree, stream->setup, stream->has_setup_of_group);
    proto_item *fingerprint = sf_view_text(view, tree, hf_fingerprint, stream->fingerprint);
    if (stream->has_keys_of_group) {
        sf_label_explain(view, sf_derived(fingerprint), words_of_group);
    }
}

void sf_direction_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_teams_way,
          { "Way of the media (inferred)", "skypefed.media.teams_way", FT_STRING, BASE_NONE, NULL, 0,
            "Whether the media goes past Teams or through it, by the addresses that Teams names in its session; inferred",
            HFILL } },
        { &hf_address,
          { "Address", "skypefed.media.address", FT_IPv4, BASE_NONE, NULL, 0, "c= of the stream, else of the session",
            HFILL } },
        { &hf_address_v6,
          { "IPv6 address", "skypefed.media.address_v6", FT_IPv6, BASE_NONE, NULL, 0,
            "c= of the stream, else of the session", HFILL } },
        { &hf_host_name,
          { "Host name", "skypefed.media.host_name", FT_STRING, BASE_NONE, NULL, 0,
            "Host name instead of an address (c=)", HFILL } },
        { &hf_direction,
          { "Direction", "skypefed.media.direction", FT_UINT8, BASE_DEC, VALS(direction_names), 0,
            "Which way media flows, as seen by the sender; sendrecv if the body does not say", HFILL } },
        { &hf_hold,
          { "On hold", "skypefed.media.hold", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "An offer inside a dialog, or its answer, that puts the stream on hold", HFILL } },
        { &hf_resumed,
          { "Resumed", "skypefed.media.resumed", FT_BOOLEAN, BASE_NONE, NULL, 0, "The stream was on hold before",
            HFILL } },
        { &hf_setup,
          { "Setup", "skypefed.media.setup", FT_STRING, BASE_NONE, NULL, 0,
            "Who opens the connection, or begins the DTLS handshake (a=setup)", HFILL } },
        { &hf_fingerprint,
          { "Fingerprint", "skypefed.media.fingerprint", FT_STRING, BASE_NONE, NULL, 0,
            "Hash of the certificate for DTLS (a=fingerprint)", HFILL } },
        { &hf_rtcp_mux,
          { "RTCP on the port of RTP", "skypefed.media.rtcp_mux", FT_BOOLEAN, BASE_NONE, NULL, 0, "a=rtcp-mux",
            HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
