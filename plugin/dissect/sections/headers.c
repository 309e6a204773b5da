/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Origin marks and other Microsoft headers".
 */
#include "sections.h"

#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

#include <epan/strutil.h>

#include "engine/text/base64.h"
#include "engine/text/limits.h"

static int hf_conversation = -1;
static int hf_conversation_created = -1;
static int hf_conversation_guid = -1;
static int hf_location = -1;
static int hf_subnet = -1;
static int hf_logon = -1;
static int hf_telemetry_id = -1;
static int hf_correlation_id = -1;
static int hf_keep_alive_timeout = -1;
static int hf_trunk = -1;
static int hf_trunk_name = -1;
static int hf_trunk_user_agent = -1;
static int hf_teams_sbc = -1;
static int hf_teams_user_location = -1;
static int hf_teams_media_path = -1;
static int hf_teams_user_site = -1;
static int hf_teams_tenant_id = -1;
static int hf_compression = -1;
static int hf_first_message = -1;
static int hf_first_message_type = -1;
static int hf_authentication = -1;
static int hf_authentication_scheme = -1;
static int hf_authentication_target = -1;
static int hf_authentication_realm = -1;
static int hf_header = -1;

static int ett_section = -1;
static int ett_value = -1;
static int ett_authentication = -1;

static expert_field ei_compressed = EI_INIT;

typedef proto_item *show_value(const sf_view *view, proto_tree *tree, const sf_ms_header *header);

static proto_item *show_conversation(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    proto_item *item = sf_view_text(view, tree, hf_conversation, header->value);
    proto_tree *below = proto_item_add_subtree(item, ett_value);

    if (header->conversation.is_decoded &&
        sf_derived(sf_view_time(view, below, hf_conversation_created, header->value, header->conversation.created))) {
        sf_derived(sf_view_guid(view, below, hf_conversation_guid, header->value, &header->conversation.guid));
    }
    return item;
}

static proto_item *show_subnet(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    return sf_view_ipv4(view, tree, hf_subnet, header->value, header->ipv4);
}

/** One value is known: in a request it speaks of the sender, in a response of whom that goes to (trace). */
static proto_item *show_logon(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    bool is_remote = sf_slice_equals_nocase(header->value, SF_LITERAL("RemoteUser"));
    proto_item *item = sf_view_text(view, tree, hf_logon, header->value);

    if (is_remote) {
        sf_label_explain(view, item,
                         view->message->is_request ? "the sender signed in from outside the company's network"
                                                   : "who is answered signed in from outside the company's "
                                                     "network");
    }
    return item;
}

static proto_item *show_keep_alive(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    return sf_view_integer(view, tree, hf_keep_alive_timeout, header->value, header->number);
}

static proto_item *show_trunk(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    proto_item *item = sf_view_text(view, tree, hf_trunk, header->value);
    proto_tree *below = proto_item_add_subtree(item, ett_value);

    sf_view_unescaped(view, below, hf_trunk_name, header->detail, true);
    sf_view_unescaped(view, below, hf_trunk_user_agent, header->second_detail, true);
    return item;
}

static proto_item *show_telemetry_id(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    return sf_view_guid(view, tree, hf_telemetry_id, header->value, &header->guid);
}

static proto_item *show_correlation_id(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    return sf_view_guid(view, tree, hf_correlation_id, header->value, &header->guid);
}

/** The message as text, or its beginning if it is very long. */
static const char *first_message_text(const sf_view *view, sf_slice base64)
{
    uint8_t bytes[SF_MAX_BASE64 / 4 * 3];
    size_t length;

    sf_base64_decode(sf_slice_head(base64, SF_MAX_BASE64), bytes, sizeof bytes, &length);
    const char *text = format_text(view->pinfo->pool, (const void *)bytes, length); /* its lines are no folds */
    return base64.length > SF_MAX_BASE64 ? wmem_strdup_printf(view->pinfo->pool, "%s...", text) : text;
}

static proto_item *show_first_message(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    const char *text = first_message_text(view, header->value);
    proto_item *item = sf_view_words(view, tree, hf_first_message, header->value, text);
    sf_view_text(view, proto_item_add_subtree(item, ett_value), hf_first_message_type, header->detail);
    return item;
}

/* How each kind is shown: as a text in a field, or by a function. */
static const struct {
    int *hf;
    show_value *show;
} kinds[] = {
    [SF_MS_CONVERSATION] = { NULL, show_conversation },
    [SF_MS_LOCATION] = { &hf_location, NULL },
    [SF_MS_SUBNET] = { NULL, show_subnet },
    [SF_MS_LOGON] = { NULL, show_logon },
    [SF_MS_TELEMETRY_ID] = { NULL, show_telemetry_id },
    [SF_MS_CORRELATION_ID] = { NULL, show_correlation_id },
    [SF_MS_KEEP_ALIVE] = { NULL, show_keep_alive },
    [SF_MS_TRUNK] = { NULL, show_trunk },
    [SF_MS_TEAMS_SBC] = { &hf_teams_sbc, NULL },
    [SF_MS_TEAMS_USER_LOCATION] = { &hf_teams_user_location, NULL },
    [SF_MS_TEAMS_MEDIA_PATH] = { &hf_teams_media_path, NULL },
    [SF_MS_TEAMS_USER_SITE] = { &hf_teams_user_site, NULL },
    [SF_MS_TEAMS_TENANT_ID] = { &hf_teams_tenant_id, NULL },
    [SF_MS_FIRST_MESSAGE] = { NULL, show_first_message },
};

static void show_header(sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    bool is_settled = sf_slice_present(view->message->compression) &&
                      view->message->compression.text == header->value.text;
    proto_item *item;

    if (is_settled) {
        return; /* see show_compression */
    }
    if (header->kind < G_N_ELEMENTS(kinds) && kinds[header->kind].show) {
        item = kinds[header->kind].show(view, tree, header);
    } else if (header->kind < G_N_ELEMENTS(kinds) && kinds[header->kind].hf) {
        item = sf_view_text(view, tree, *kinds[header->kind].hf, header->value);
    } else {
        item = sf_view_text(view, tree, hf_header, header->line);
        sf_label_explain(view, item, header->about);
    }
    sf_view_problems(view, item, header->line);
}

static void show_compression(const sf_view *view, proto_tree *tree)
{
    sf_slice compression = view->message->compression;

    if (!sf_slice_present(compression)) {
        return;
    }
    proto_item *item = sf_view_text(view, tree, hf_compression, compression);
    if (!sf_slice_equals_nocase(compression, SF_LITERAL("None"))) {
        expert_add_info_format(view->pinfo, item, &ei_compressed,
                               "Both sides agreed on compression (%s): what follows on this connection is compressed "
                               "and cannot be read here",
                               sf_view_string(view, compression));
    }
}

static void show_authentication(sf_view *view, proto_tree *tree, const sf_authentication *authentication)
{
    proto_item *item;

    if (!authentication->is_microsoft) {
        return;
    }
    /* The rest of the header holds what proves the identity: it is not repeated here. */
    proto_tree *below = sf_view_row(view, tree, hf_authentication, ett_authentication, authentication->scheme, &item);
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_slice(&label, authentication->header);
        sf_label_add(&label, ": ");
        sf_label_add_slice(&label, authentication->scheme);
        sf_label_set(&label, item);
    }
    sf_view_text(view, below, hf_authentication_scheme, authentication->scheme);
    sf_view_unescaped(view, below, hf_authentication_target, authentication->target, true);
    sf_view_unescaped(view, below, hf_authentication_realm, authentication->realm, true);
    sf_view_problems(view, item, authentication->text);
}

static bool has_marks(const sf_message *message)
{
    bool has = sf_slice_present(message->trust.text) || sf_slice_present(message->asserted.text) ||
               message->ms_header_count > 0;

    for (unsigned i = 0; i < message->authentication_count && !has; i++) {
        has = message->authentications[i].is_microsoft;
    }
    return has;
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    proto_item *section;

    if (!has_marks(message)) {
        return;
    }
    proto_tree *tree = sf_view_section(view, ett_section, "Origin marks and other Microsoft headers", &section);
    sf_trust_show(view, tree);
    for (unsigned i = 0; i < message->ms_header_count; i++) {
        show_header(view, tree, &message->ms_headers[i]);
    }
    show_compression(view, tree);
    for (unsigned i = 0; i < message->authentication_count; i++) {
        show_authentication(view, tree, &message->authentications[i]);
    }
}

static void warn(sf_view *view)
{
    if (has_marks(view->message)) {
        sf_trust_show(view, NULL);
        show_compression(view, NULL);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_conversation,
          { "Conversation id", "skypefed.conversation", FT_STRING, BASE_NONE, NULL, 0, "Ms-Conversation-ID", HFILL } },
        { &hf_conversation_created,
          { "Conversation begun", "skypefed.conversation.created", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "When the conversation began, to 6.5 ms", HFILL } },
        { &hf_conversation_guid,
          { "Conversation GUID", "skypefed.conversation.guid", FT_GUID, BASE_NONE, NULL, 0, "GUID of the conversation",
            HFILL } },
        { &hf_location,
          { "Location of the endpoint", "skypefed.location", FT_STRING, BASE_NONE, NULL, 0,
            "Where the endpoint is (ms-media-location-type)", HFILL } },
        { &hf_subnet,
          { "Network of the client", "skypefed.subnet", FT_IPv4, BASE_NONE, NULL, 0,
            "Network of the client (ms-subnet)", HFILL } },
        { &hf_logon,
          { "Sign-in", "skypefed.logon", FT_STRING, BASE_NONE, NULL, 0, "How the user came in (ms-user-logon-data)",
            HFILL } },
        { &hf_telemetry_id,
          { "Telemetry id", "skypefed.telemetry_id", FT_GUID, BASE_NONE, NULL, 0, "ms-telemetry-id", HFILL } },
        { &hf_correlation_id,
          { "Correlation id", "skypefed.correlation_id", FT_GUID, BASE_NONE, NULL, 0, "ms-correlation-id", HFILL } },
        { &hf_keep_alive_timeout,
          { "Keep-alive timeout (s)", "skypefed.keep_alive.timeout", FT_UINT32, BASE_DEC, NULL, 0, "ms-keep-alive",
            HFILL } },
        { &hf_trunk,
          { "Gateway to the telephone network", "skypefed.trunk", FT_STRING, BASE_NONE, NULL, 0, "ms-trunking-peer",
            HFILL } },
        { &hf_trunk_name, { "Trunk", "skypefed.trunk.name", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_trunk_user_agent,
          { "Gateway's product", "skypefed.trunk.user_agent", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_teams_sbc,
          { "Session border controller (Teams)", "skypefed.teams.sbc", FT_STRING, BASE_NONE, NULL, 0, "X-MS-SBC",
            HFILL } },
        { &hf_teams_user_location,
          { "User's location (Teams)", "skypefed.teams.user_location", FT_STRING, BASE_NONE, NULL, 0,
            "X-MS-UserLocation", HFILL } },
        { &hf_teams_media_path,
          { "Media path (Teams)", "skypefed.teams.media_path", FT_STRING, BASE_NONE, NULL, 0, "X-MS-MediaPath",
            HFILL } },
        { &hf_teams_user_site,
          { "User's site (Teams)", "skypefed.teams.user_site", FT_STRING, BASE_NONE, NULL, 0, "X-MS-UserSite",
            HFILL } },
        { &hf_teams_tenant_id,
          { "Tenant, the customer (Teams)", "skypefed.teams.tenant_id", FT_STRING, BASE_NONE, NULL, 0, "X-MS-TenantId",
            HFILL } },
        { &hf_compression,
          { "Compression", "skypefed.compression", FT_STRING, BASE_NONE, NULL, 0,
            "What a NEGOTIATE exchange settles on", HFILL } },
        { &hf_first_message,
          { "First instant message", "skypefed.first_message", FT_STRING, BASE_NONE, NULL, 0,
            "Instant message inside the INVITE (ms-body)", HFILL } },
        { &hf_first_message_type,
          { "Media type", "skypefed.first_message.type", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_authentication,
          { "Authentication", "skypefed.authentication", FT_STRING, BASE_NONE, NULL, 0,
            "Authentication in one of Microsoft's schemes", HFILL } },
        { &hf_authentication_scheme,
          { "Scheme", "skypefed.authentication.scheme", FT_STRING, BASE_NONE, NULL, 0, "NTLM, Kerberos or TLS-DSK",
            HFILL } },
        { &hf_authentication_target,
          { "Server (targetname)", "skypefed.authentication.target", FT_STRING, BASE_NONE, NULL, 0, "targetname",
            HFILL } },
        { &hf_authentication_realm,
          { "Realm", "skypefed.authentication.realm", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_header,
          { "Header", "skypefed.header", FT_STRING, BASE_NONE, NULL, 0, "Any other Microsoft header", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_value, &ett_authentication };
    static ei_register_info ei[] = {
        { &ei_compressed,
          { "skypefed.expert.compressed", PI_UNDECODED, PI_NOTE, "What follows on this connection is compressed",
            EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
    sf_trust_register(proto, expert);
}

const sf_section sf_section_headers = { register_fields, show, warn };
