/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of demands. Its sources are pages of Microsoft Learn, as of November 2026:
 *   [sip]    Direct Routing - SIP protocol (direct-routing-protocols-sip)
 *   [media]  Direct Routing - media protocols (direct-routing-protocols-media)
 *   [rfc]    Direct Routing - definitions and RFC standards (direct-routing-protocols)
 *   [plan]   Plan Direct Routing (direct-routing-plan)
 *   [check]  SBC connectivity issues (troubleshoot: sip-options-tls-certificate-issues)
 * What the same pages only recommend, and leave out in their own examples, is no demand: user=phone, session timers,
 * REFER in Allow without media bypass.
 */
#include "teams_demand.h"

#include "engine/sdp/security.h"
#include "engine/sip/network.h"

#include <glib.h>

/** On what messages a demand is made. */
enum {
    ON_INVITE = 1 << 0,  /* outside a dialog */
    ON_CHANGE = 1 << 1,  /* an INVITE inside a dialog */
    ON_OPTIONS = 1 << 2, /* the request */
    ON_ANSWER = 1 << 3,  /* a 2xx to an INVITE */
    ON_OFFERS = ON_INVITE | ON_CHANGE,
    ON_DIALOGS = ON_INVITE | ON_ANSWER,
};

/** True if the tag in To, which tells a change from an invitation, may have been cut off. */
static bool may_lack_tag(const sf_message *message)
{
    const char *to = message->to.is_present ? message->to.address.uri.text.text : NULL;

    return message->cut == SF_CUT_HEADERS && (!to || to >= message->problems.cut);
}

static unsigned occasion_of(const sf_message *message)
{
    bool is_invite = sf_slice_equals_nocase(message->method, SF_LITERAL("INVITE"));

    if (!message->is_request) {
        return is_invite && message->status_code >= 200 && message->status_code < 300 ? ON_ANSWER : 0;
    }
    if (is_invite && may_lack_tag(message)) {
        return 0;
    }
    if (is_invite) {
        return message->to.tag.length > 0 ? ON_CHANGE : ON_INVITE;
    }
    return sf_slice_equals_nocase(message->method, SF_LITERAL("OPTIONS")) ? ON_OPTIONS : 0;
}

/** Notes where, and returns true. */
static bool found(sf_slice *where, sf_slice what)
{
    *where = what;
    return true;
}

/* ---- Contact and Record-Route ---- */

static bool is_address(sf_slice host)
{
    sf_transport_address address;

    return host.length > 0 && sf_transport_address_read(host, &address) != SF_ADDRESS_NONE;
}

/** The Record-Route next to Teams but its own: the topmost, which a response has last (RFC 3261 16.6.4); NULL for none. */
static const sf_route *own_record_route(const sf_message *message)
{
    const sf_route *own = NULL;

    for (unsigned i = 0; i < message->route_count && !(own && message->is_request); i++) {
        const sf_route *route = &message->routes[i];
        own = route->is_record_route && !sf_host_is_teams(route->address.uri.host) ? route : own;
    }
    return own;
}

/** [sip] Contact and Record-Route headers considerations: the topmost Record-Route comes first, the Contact second. */
static bool is_named_by_route(const sf_message *message)
{
    const sf_route *route = own_record_route(message);

    return route && route->address.uri.host.length > 0 && !is_address(route->address.uri.host);
}

static bool lacks_contact(const sf_message *message, sf_slice *where)
{
    return !message->has_contact && found(where, message->start_line);
}

static bool has_contact_address(const sf_message *message, sf_slice *where)
{
    return is_address(message->contact.host) && !is_named_by_route(message) && found(where, message->contact.host);
}

/** No public authority certifies these, and [plan] takes no name below onmicrosoft.com. */
static bool is_uncertifiable(sf_slice host)
{
    static const sf_slice domains[] = {
        SF_LITERAL_INIT("onmicrosoft.com"), SF_LITERAL_INIT("local"),
        SF_LITERAL_INIT("internal"),        SF_LITERAL_INIT("lan"),
        SF_LITERAL_INIT("localdomain"),
    };

    host = sf_host_without_root(host);
    for (size_t i = 0; i < G_N_ELEMENTS(domains); i++) {
        if (sf_slice_in_domain(host, domains[i])) {
            return true;
        }
    }
    return sf_slice_find(host, '.') == host.length;
}

static bool has_bad_name(const sf_message *message, sf_slice *where)
{
    sf_slice host = message->contact.host;

    return host.length > 0 && !is_address(host) && is_uncertifiable(host) && !is_named_by_route(message) &&
           found(where, host);
}

static bool has_route_address(const sf_message *message, sf_slice *where)
{
    const sf_route *route = own_record_route(message);

    return route && is_address(route->address.uri.host) && found(where, route->address.uri.host);
}

/* ---- URIs ---- */

enum { MAX_URIS = 4 };

/** The URIs that the session border controller wrote. */
static unsigned own_uris(const sf_message *message, const sf_uri *uris[MAX_URIS])
{
    unsigned count = 0;

    uris[count++] = &message->contact;
    if (message->is_request) {
        uris[count++] = &message->request_uri;
        uris[count++] = &message->from.address.uri;
        uris[count++] = &message->to.address.uri;
    }
    return count;
}

static bool has_sips(const sf_message *message, sf_slice *where)
{
    const sf_uri *uris[MAX_URIS];
    unsigned count = own_uris(message, uris);

    for (unsigned i = 0; i < count; i++) {
        if (sf_slice_equals_nocase(uris[i]->scheme, SF_LITERAL("sips"))) {
            return found(where, uris[i]->text);
        }
    }
    return false;
}

static bool has_empty_user(const sf_message *message, sf_slice *where)
{
    const sf_uri *uris[MAX_URIS];
    unsigned count = own_uris(message, uris);

    for (unsigned i = 0; i < count; i++) {
        if (sf_slice_present(uris[i]->user) && uris[i]->user.length == 0 && uris[i]->host.length > 0) {
            return found(where, uris[i]->text);
        }
    }
    return false;
}

static bool has_replaces(const sf_message *message, sf_slice *where)
{
    for (unsigned i = 0; i < message->reference_count; i++) {
        const sf_reference *reference = &message->references[i];
        if (reference->kind == SF_REFERENCE_REPLACED) {
            return found(where, reference->text);
        }
    }
    return false;
}

/** A telephone number of digits, with the separators of RFC 3966, and without the plus sign. */
static bool is_local_number(sf_slice user)
{
    user.length = sf_slice_find(user, ';');
    for (size_t i = 0; i < user.length; i++) {
        if (!g_ascii_isdigit(user.text[i]) && !memchr("-.()", user.text[i], 4)) {
            return false;
        }
    }
    return user.length > 0 && g_ascii_isdigit(user.text[0]);
}

static bool has_local_callee(const sf_message *message, sf_slice *where)
{
    return is_local_number(message->request_uri.user) && found(where, message->request_uri.user);
}

static bool has_local_caller(const sf_message *message, sf_slice *where)
{
    sf_slice user = message->from.address.uri.user;

    return is_local_number(user) && found(where, user);
}

/* ---- SDP ---- */

/** The next stream of audio over RTP that is not refused, from `at` on; NULL at the end. */
static const sf_stream *next_audio(const sf_message *message, unsigned *at)
{
    const sf_media *media = &message->media;

    while (*at < media->stream_count) {
        const sf_stream *stream = &media->streams[(*at)++];
        if (sf_slice_equals_nocase(stream->type, SF_LITERAL("audio")) && stream->port.value > 0 &&
            sf_profile_is_rtp(sf_stream_profile(stream))) {
            return stream;
        }
    }
    return NULL;
}

/** No stream of audio has a key line. */
static bool lacks_srtp(const sf_message *message, sf_slice *where)
{
    const sf_stream *first = NULL, *stream;
    unsigned at = 0;

    while ((stream = next_audio(message, &at)) != NULL) {
        if (stream->has_crypto || stream->key_lines.count > 0 || stream->has_secure_capability || stream->is_cut) {
            return false;
        }
        first = first ? first : stream;
    }
    return first && found(where, first->line);
}

static bool has_suite(const sf_media *media, sf_run lines, sf_slice name)
{
    for (unsigned i = 0; i < lines.count; i++) {
        if (sf_slice_equals_nocase(media->cryptos[lines.first + i].suite_text, name)) {
            return true;
        }
    }
    return false;
}

/** There are key lines for audio, and none has the suite that Teams takes. */
static bool lacks_suite(const sf_message *message, sf_slice *where)
{
    const sf_stream *first = NULL, *stream;
    unsigned at = 0;

    while ((stream = next_audio(message, &at)) != NULL) {
        bool is_cut = stream->has_crypto && stream->key_lines.count == 0;
        if (is_cut || has_suite(&message->media, stream->key_lines, SF_LITERAL("AES_CM_128_HMAC_SHA1_80"))) {
            return false;
        }
        first = !first && stream->key_lines.count > 0 ? stream : first;
    }
    return first && found(where, first->line);
}

static bool is_taken_codec(const sf_codec *codec)
{
    static const sf_slice names[] = {
        SF_LITERAL_INIT("PCMU"), SF_LITERAL_INIT("PCMA"), SF_LITERAL_INIT("G722"),
        SF_LITERAL_INIT("G729"), SF_LITERAL_INIT("SILK"), SF_LITERAL_INIT("opus"),
    };

    if (!sf_slice_present(codec->name)) { /* static types of RFC 3551: PCMU, PCMA, G722, G729 */
        uint64_t type = codec->payload_type.value;
        return type == 0 || type == 8 || type == 9 || type == 18;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (sf_slice_equals_nocase(codec->name, names[i])) {
            return true;
        }
    }
    return false;
}

static bool lacks_codec(const sf_message *message, sf_slice *where)
{
    const sf_stream *first = NULL, *stream;
    unsigned at = 0;

    while ((stream = next_audio(message, &at)) != NULL) {
        for (unsigned i = 0; i < stream->codecs.count; i++) {
            if (stream->is_cut || is_taken_codec(&message->media.codecs[stream->codecs.first + i])) {
                return false;
            }
        }
        first = !first && stream->codecs.count > 0 ? stream : first;
    }
    return first && found(where, first->line);
}

/** True if a line of the whole session may not hold for a stream: one of its own may have been cut off. */
static bool may_be_overruled(const sf_message *message, const sf_stream *stream, sf_slice line)
{
    return message->cut != SF_CUT_NOTHING && line.text < stream->line.text;
}

static bool has_one_way_hold(const sf_message *message, sf_slice *where)
{
    const sf_stream *stream;
    unsigned at = 0;

    while ((stream = next_audio(message, &at)) != NULL) {
        bool is_one_way = stream->direction == SF_DIRECTION_SEND_ONLY || stream->direction == SF_DIRECTION_RECEIVE_ONLY;
        if (is_one_way && !may_be_overruled(message, stream, stream->direction_line)) {
            return found(where, stream->direction_line);
        }
    }
    return false;
}

static bool has_null_connection(const sf_message *message, sf_slice *where)
{
    const sf_stream *stream;
    unsigned at = 0;

    while ((stream = next_audio(message, &at)) != NULL) {
        if (stream->connection.family == SF_ADDRESS_IPV4 && sf_transport_address_is_null(&stream->connection) &&
            !may_be_overruled(message, stream, stream->connection_line)) {
            return found(where, stream->connection_line);
        }
    }
    return false;
}

/* ---- Allow ---- */

static bool allows_refer_alone(const sf_message *message, sf_slice *where)
{
    return message->allows_refer && !message->allows_notify && found(where, message->allow);
}

/** ICE lite is what a session border controller writes for media bypass ([media] ICE Lite requirements). */
static bool lacks_refer_in_bypass(const sf_message *message, sf_slice *where)
{
    if (!sf_slice_present(message->allow) || message->allows_refer) {
        return false;
    }
    for (unsigned i = 0; i < message->media.sdp_count; i++) {
        if (sf_slice_present(message->media.sdps[i].ice_lite)) {
            return found(where, message->allow);
        }
    }
    return false;
}

/* ---- the table ---- */

const sf_demand_row sf_demand_rows[SF_DEMANDS] = {
    /* [sip] Contact header; [check] Overview of the SIP options process; RFC 3261 13.3.1.4 for the 2xx */
    [SF_DEMAND_CONTACT] = { "contact", "No Contact for Teams",
                            "This message has no Contact, which Teams needs to find the tenant and to reply: have the "
                            "SBC send Contact with its host name",
                            ON_DIALOGS | ON_OPTIONS, SF_CUT_BODY, true, lacks_contact },
    /* [sip] Use of FQDN name in Contact or Record-Route: refused with 403 */
    [SF_DEMAND_CONTACT_ADDRESS] = { "contact_address", "Address in Contact for Teams",
                                    "The host in Contact is an IP address, which Microsoft says Teams refuses (403): have "
                                    "the SBC send the host name that its certificate has",
                                    ON_DIALOGS | ON_OPTIONS, SF_CUT_BODY, true, has_contact_address },
    /* [plan] SBC domain names: registered in the tenant, not *.onmicrosoft.com; public trusted certificate */
    [SF_DEMAND_CONTACT_NAME] = { "contact_name", "Unfit host name in Contact for Teams",
                                 "The host name in Contact is one that no certificate for Teams can have: use the full "
                                 "name of the SBC, below a public domain of the tenant other than onmicrosoft.com",
                                 ON_DIALOGS | ON_OPTIONS, SF_CUT_BODY, true, has_bad_name },
    /* [sip] Use of FQDN name in Contact or Record-Route */
    [SF_DEMAND_ROUTE_ADDRESS] = { "route_address", "Address in Record-Route for Teams",
                                  "The host in Record-Route is an IP address, so Teams' check of the certificate fails: "
                                  "have the SBC send its host name, or Contact alone, as Microsoft recommends",
                                  ON_DIALOGS | ON_OPTIONS, SF_CUT_HEADERS, true, has_route_address },
    /* [sip] Processing the incoming request, note */
    [SF_DEMAND_SIPS] = { "sips", "SIPS URI for Teams",
                         "Teams does not support sips: URIs: write sip: (TLS is used all the same)",
                         ON_DIALOGS | ON_OPTIONS | ON_CHANGE, SF_CUT_HEADERS, true, has_sips },
    /* [sip] Processing the incoming request, note; RFC 3261 19.1.1 */
    [SF_DEMAND_EMPTY_USER] = { "empty_user", "Empty user part for Teams",
                               "A URI has an @ with nothing before it, which RFC 3261 forbids and Teams does not take: "
                               "leave out the @, or write the user",
                               ON_DIALOGS | ON_OPTIONS | ON_CHANGE, SF_CUT_HEADERS, true, has_empty_user },
    /* [sip] Processing the incoming request, note */
    [SF_DEMAND_REPLACES] = { "replaces", "Replaces for Teams",
                             "Teams rejects requests with a Replaces header: have the SBC carry out the transfer itself, "
                             "without Replaces toward Teams",
                             ON_OFFERS | ON_OPTIONS, SF_CUT_HEADERS, true, has_replaces },
    /* [sip] Request-URI */
    [SF_DEMAND_NUMBER] = { "number", "Called number without +",
                           "The number in the Request-URI has no plus sign, so Teams may not find the user: send it as "
                           "+E.164, unless a number translation rule of the trunk adds the plus sign",
                           ON_INVITE, SF_CUT_HEADERS, false, has_local_callee },
    /* [sip] From header */
    [SF_DEMAND_CALLER_NUMBER] = { "caller_number", "Calling number without +",
                                  "The number in From has no plus sign, so Teams cannot match it with blocked numbers and "
                                  "contacts: send it as +E.164, unless a number translation rule of the trunk does so",
                                  ON_INVITE, SF_CUT_HEADERS, false, has_local_caller },
    /* [media] SDES support requirements, Format for offer from SBC; refused with 488 */
    [SF_DEMAND_SRTP] = { "srtp", "No SRTP offered to Teams",
                         "The offer has no a=crypto line, which Microsoft says Teams refuses (488): have the SBC offer "
                         "SRTP with AES_CM_128_HMAC_SHA1_80",
                         ON_OFFERS, SF_CUT_NOTHING, true, lacks_srtp },
    /* [media] SRTP support requirements */
    [SF_DEMAND_SUITE] = { "suite", "No suite that Teams documents",
                          "None of the offered cipher suites is AES_CM_128_HMAC_SHA1_80, the one that Teams asks for: add "
                          "it to the offer",
                          ON_OFFERS, SF_CUT_NOTHING, false, lacks_suite },
    /* [plan] Supported codecs */
    [SF_DEMAND_CODEC] = { "codec", "No codec that Teams takes",
                          "The offer has none of Teams' audio codecs (SILK, G.711, G.722, G.729, Opus): add one, or have "
                          "the SBC transcode",
                          ON_INVITE, SF_CUT_NOTHING, true, lacks_codec },
    /* [rfc] Deviations: RFC 6337 5.3 */
    [SF_DEMAND_HOLD] = { "hold", "Hold that Teams does not understand",
                         "Teams takes a=inactive alone for hold, and does not understand a=sendonly and a=recvonly: set "
                         "the hold format of the SBC toward Teams to inactive",
                         ON_CHANGE, SF_CUT_HEADERS, false, has_one_way_hold },
    /* [rfc] Deviations: RFC 6337 5.4 */
    [SF_DEMAND_CONNECTION] = { "connection", "Connection address 0.0.0.0 for Teams",
                               "Teams does not support c=0.0.0.0: have the SBC hold a call with a=inactive and keep its "
                               "address",
                               ON_OFFERS | ON_ANSWER, SF_CUT_HEADERS, true, has_null_connection },
    /* [sip] Call transfer */
    [SF_DEMAND_NOTIFY] = { "notify", "REFER allowed without NOTIFY",
                           "Allow has REFER but not NOTIFY, and Teams waits for NOTIFY to learn how a transfer went: add "
                           "NOTIFY to Allow",
                           ON_DIALOGS | ON_OPTIONS, SF_CUT_BODY, false, allows_refer_alone },
    /* [sip] SIP proxy sends the Refer to the SBC: mandatory with media bypass */
    [SF_DEMAND_REFER] = { "refer", "REFER not allowed with media bypass",
                          "Allow lacks REFER, without which Teams cannot transfer calls with media bypass (a=ice-lite): add "
                          "REFER and NOTIFY to Allow",
                          ON_DIALOGS, SF_CUT_BODY, false, lacks_refer_in_bypass },
};

bool sf_demand_is_unmet(sf_demand demand, const sf_message *message, sf_slice *where)
{
    const sf_demand_row *row = &sf_demand_rows[demand];

    return message->is_whole && message->cut <= row->most_cut && (row->occasions & occasion_of(message)) &&
           row->is_unmet(message, where);
}
