/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Values of Microsoft headers: one row for each kind, with its field.
 */
#include "body_field.h"
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

#include <epan/strutil.h>

#include "engine/text/base64.h"
#include "engine/text/limits.h"

/* The fields of values, by kind. */
static int value_fields[SF_MS_KINDS];

/* What a value holds beside itself. */
static int hf_conversation_created = -1;
static int hf_conversation_guid = -1;
static int hf_trunk_name = -1;
static int hf_trunk_user_agent = -1;
static int hf_first_message_type = -1;
static int hf_header = -1;

static int ett_value = -1;

static proto_item *show_conversation(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    const sf_conversation *conversation = &header->conversation;
    proto_item *item = sf_view_text(view, tree, value_fields[SF_MS_CONVERSATION], header->value);
    proto_tree *below = proto_item_add_subtree(item, ett_value);

    if (conversation->is_decoded &&
        sf_derived(sf_view_time(view, below, hf_conversation_created, header->value, conversation->created))) {
        sf_derived(sf_view_guid(view, below, hf_conversation_guid, header->value, &conversation->guid));
    }
    return item;
}

/** One value is known: in a request it describes the sender, in a response the receiver (trace). */
static proto_item *show_logon(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    bool is_remote = sf_slice_equals_nocase(header->value, SF_LITERAL("RemoteUser"));
    proto_item *item = sf_view_text(view, tree, value_fields[SF_MS_LOGON], header->value);

    if (is_remote) {
        sf_label_explain(view, item,
                         view->message->is_request
                             ? "the sender signed in from outside the company network"
                             : "the party who gets this answer signed in from outside the company "
                               "network");
    }
    return item;
}

static proto_item *show_trunk(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    proto_item *item = sf_view_text(view, tree, value_fields[SF_MS_TRUNK], header->value);
    proto_tree *below = proto_item_add_subtree(item, ett_value);

    sf_view_unescaped(view, below, hf_trunk_name, header->detail, true);
    sf_view_unescaped(view, below, hf_trunk_user_agent, header->second_detail, true);
    return item;
}

/** Room for the first message of a conversation as it was written, or for its beginning. */
typedef struct {
    uint8_t bytes[SF_MAX_BASE64 / 4 * 3];
    sf_slice text;
    size_t whole_length; /**< of the message, where `text` is the beginning alone */
} first_message;

static void read_first_message(sf_slice base64, first_message *message)
{
    size_t length;

    sf_base64_decode(sf_slice_head(base64, SF_MAX_BASE64), message->bytes, sizeof message->bytes, &length);
    message->text = (sf_slice){ (const char *)message->bytes, length };
    message->whole_length = base64.length > SF_MAX_BASE64 ? base64.length / 4 * 3 : length;
}

/** What people write is shown on request only; where a message has several forms, `skypefed.im.text` has the first. */
static proto_item *show_first_message(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    first_message message;

    read_first_message(header->value, &message);
    proto_item *item = sf_body_text_show_first(view, tree, header->value, message.whole_length);
    proto_tree *below = proto_item_add_subtree(item, ett_value);
    sf_view_text(view, below, hf_first_message_type, header->detail);
    if (sf_body_text_may_show(message.text)) {
        const char *text = format_text(view->pinfo->pool, (const void *)message.text.text, message.text.length);
        bool is_cut = message.whole_length > message.text.length;
        sf_implied(sf_view_words(view, below, value_fields[SF_MS_FIRST_MESSAGE], header->value,
                                 is_cut ? wmem_strdup_printf(view->pinfo->pool, "%s...", text) : text));
        sf_body_text_show_form(view, below, header->value,
                               sf_slice_trim(sf_slice_skip(header->line, sf_slice_find(header->line, ':') + 1)),
                               message.text);
    }
    return item;
}

#define ROW(kind, show, label, filter, type, base, description) \
    [kind] = { show, { &value_fields[kind], { label, filter, type, base, NULL, 0, description, HFILL } } }

/* How each kind is shown: by a function, or as the type of its field has it. */
static struct {
    proto_item *(*show)(const sf_view *view, proto_tree *tree, const sf_ms_header *header);
    hf_register_info field;
} rows[] = {
    ROW(SF_MS_CONVERSATION, show_conversation, "Conversation id", "skypefed.conversation", FT_STRING, BASE_NONE,
        "Ms-Conversation-ID"),
    ROW(SF_MS_LOCATION, NULL, "Location of the endpoint", "skypefed.location", FT_STRING, BASE_NONE,
        "Where the endpoint is (ms-media-location-type)"),
    ROW(SF_MS_SUBNET, NULL, "Client subnet", "skypefed.subnet", FT_IPv4, BASE_NONE, "Subnet of the client (ms-subnet)"),
    ROW(SF_MS_LOGON, show_logon, "Sign-in", "skypefed.logon", FT_STRING, BASE_NONE,
        "How the user signed in (ms-user-logon-data)"),
    ROW(SF_MS_TELEMETRY_ID, NULL, "Telemetry id", "skypefed.telemetry_id", FT_GUID, BASE_NONE, "ms-telemetry-id"),
    ROW(SF_MS_CORRELATION_ID, NULL, "Correlation id", "skypefed.correlation_id", FT_GUID, BASE_NONE,
        "ms-correlation-id"),
    ROW(SF_MS_KEEP_ALIVE, NULL, "Keep-alive timeout (s)", "skypefed.keep_alive.timeout", FT_UINT32, BASE_DEC,
        "ms-keep-alive"),
    ROW(SF_MS_TRUNK, show_trunk, "Gateway to the telephone network", "skypefed.trunk", FT_STRING, BASE_NONE,
        "ms-trunking-peer"),
    ROW(SF_MS_TEAMS_SBC, NULL, "Session border controller (Teams)", "skypefed.teams.sbc", FT_STRING, BASE_NONE,
        "X-MS-SBC"),
    ROW(SF_MS_TEAMS_USER_LOCATION, NULL, "User's location (Teams)", "skypefed.teams.user_location", FT_STRING,
        BASE_NONE, "X-MS-UserLocation"),
    ROW(SF_MS_TEAMS_MEDIA_PATH, NULL, "Media path (Teams)", "skypefed.teams.media_path", FT_STRING, BASE_NONE,
        "X-MS-MediaPath"),
    ROW(SF_MS_TEAMS_USER_SITE, NULL, "User's site (Teams)", "skypefed.teams.user_site", FT_STRING, BASE_NONE,
        "X-MS-UserSite"),
    ROW(SF_MS_TEAMS_TENANT_ID, NULL, "Tenant (Teams)", "skypefed.teams.tenant_id", FT_STRING, BASE_NONE,
        "X-MS-TenantId"),
    ROW(SF_MS_FIRST_MESSAGE, show_first_message, "First instant message", "skypefed.first_message", FT_STRING,
        BASE_NONE, "Instant message inside the INVITE (ms-body), with the preference \"Show instant messages\" alone"),
};

static bool has_row(sf_ms_kind kind)
{
    return (size_t)kind < G_N_ELEMENTS(rows) && rows[kind].field.p_id;
}

static proto_item *show_by_type(const sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    int hf = value_fields[header->kind];

    switch (rows[header->kind].field.hfinfo.type) {
    case FT_UINT32:
        return sf_view_integer(view, tree, hf, header->value, header->number);
    case FT_GUID:
        return sf_view_guid(view, tree, hf, header->value, &header->guid);
    case FT_IPv4:
        return sf_view_ipv4(view, tree, hf, header->value, header->ipv4);
    default:
        return sf_view_text(view, tree, hf, header->value);
    }
}

void sf_header_value_show(sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    proto_item *item;

    if (!has_row(header->kind)) {
        item = sf_view_text(view, tree, hf_header, header->line);
        sf_label_explain(view, item, header->about);
    } else if (rows[header->kind].show) {
        item = rows[header->kind].show(view, tree, header);
    } else {
        item = show_by_type(view, tree, header);
    }
    sf_view_problems(view, item, header->line);
}

void sf_header_value_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_conversation_created,
          { "Conversation started (inferred)", "skypefed.conversation.created", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC,
            NULL, 0, "When the conversation started, to within 6.5 ms; the layout of the id is inferred from Outlook's",
            HFILL } },
        { &hf_conversation_guid,
          { "Conversation GUID (inferred)", "skypefed.conversation.guid", FT_GUID, BASE_NONE, NULL, 0,
            "GUID of the conversation; the layout of the id is inferred from Outlook's", HFILL } },
        { &hf_trunk_name,
          { "Trunk", "skypefed.trunk.name", FT_STRING, BASE_NONE, NULL, 0, "Trunk as the Mediation Server names it",
            HFILL } },
        { &hf_trunk_user_agent,
          { "Gateway's product", "skypefed.trunk.user_agent", FT_STRING, BASE_NONE, NULL, 0,
            "What the gateway calls itself", HFILL } },
        { &hf_first_message_type,
          { "Media type", "skypefed.first_message.type", FT_STRING, BASE_NONE, NULL, 0,
            "Media type of the first instant message", HFILL } },
        { &hf_header,
          { "Header", "skypefed.header", FT_STRING, BASE_NONE, NULL, 0, "Any other Microsoft header", HFILL } },
    };
    static int *ett[] = { &ett_value };

    for (unsigned kind = 0; kind < G_N_ELEMENTS(rows); kind++) {
        if (has_row((sf_ms_kind)kind)) {
            proto_register_field_array(proto, &rows[kind].field, 1);
        }
    }
    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
