/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The readers of values, and the table of Microsoft headers.
 */
#include "microsoft_header.h"

#include "engine/text/address.h"
#include "engine/text/base64.h"
#include "engine/text/param_table.h"

static const char *read_as_is(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    (void)problems;
    result->value = value;
    return value.length > 0 ? NULL : "is empty";
}

static const char *read_conversation(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    result->conversation = sf_conversation_read(value);
    return read_as_is(value, problems, result);
}

/** Gives the values of the parameters that the table names, by its order; what is not there stays as it is. */
static void read_params(sf_slice params, const sf_param_row *rows, unsigned row_count, sf_slice *const values[],
                        sf_problems *problems, const sf_ms_header *header)
{
    sf_param_walk walk = sf_param_walk_over(params, header->line, problems, rows, row_count);
    sf_param param;
    int id;

    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id != SF_PARAM_UNKNOWN) {
            *values[id] = param.value;
        }
    }
}

#define READ_PARAMS(params, rows, values, problems, header)                                                     \
    do {                                                                                                        \
        G_STATIC_ASSERT(G_N_ELEMENTS(rows) == G_N_ELEMENTS(values) && G_N_ELEMENTS(rows) <= SF_MAX_PARAM_ROWS); \
        read_params(params, rows, G_N_ELEMENTS(rows), values, problems, header);                                \
    } while (0)

/** `NetworkScope;ms-media-location-type=Intranet` */
static const char *read_location(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    static const sf_param_row rows[] = {
        { SF_LITERAL_INIT("ms-media-location-type"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    };
    sf_slice *const values[] = { &result->value };

    READ_PARAMS(value, rows, values, problems, result);
    return result->value.length > 0 ? NULL : "has no ms-media-location-type";
}

static const char *read_subnet(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    sf_transport_address address;

    (void)problems;
    if (sf_transport_address_read(value, &address) != SF_ADDRESS_IPV4) {
        return "is not an IPv4 address";
    }
    result->value = value;
    memcpy(result->ipv4, address.bytes, sizeof result->ipv4);
    return NULL;
}

static const char *read_guid(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    (void)problems;
    if (sf_guid_read(value, &result->guid) != SF_OK) {
        return "is not a GUID";
    }
    result->value = value;
    return NULL;
}

static const char *read_number(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    uint64_t number;

    (void)problems;
    if (sf_slice_decimal(value, UINT32_MAX, &number) != SF_OK) {
        return "is not a number below 2^32";
    }
    result->value = value;
    result->number = (uint32_t)number;
    return NULL;
}

/** `UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300`; a request has no timeout ([MS-CONMGMT] 2.2.1). */
static const char *read_keep_alive(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    static const sf_param_row rows[] = { { SF_LITERAL_INIT("timeout"), SF_PARAM_VALUED } };
    sf_slice timeout = { NULL, 0 };
    sf_slice *const values[] = { &timeout };

    if (!sf_slice_starts_nocase(value, SF_LITERAL("UAC")) && !sf_slice_starts_nocase(value, SF_LITERAL("UAS"))) {
        return "begins with neither UAC nor UAS";
    }
    READ_PARAMS(value, rows, values, problems, result);
    bool is_fault = sf_slice_present(timeout) && read_number(timeout, problems, result) != NULL;
    return is_fault ? "has a timeout that is not a number of seconds" : NULL;
}

/** `sbc.example.com;trunk=sbc.example.com;User-Agent="..."` */
static const char *read_trunk(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    static const sf_param_row rows[] = {
        { SF_LITERAL_INIT("trunk"), SF_PARAM_VALUED },
        { SF_LITERAL_INIT("User-Agent"), SF_PARAM_VALUED },
    };
    sf_slice *const values[] = { &result->detail, &result->second_detail };
    size_t semicolon = sf_slice_find(value, ';');

    READ_PARAMS(sf_slice_skip(value, semicolon), rows, values, problems, result);
    result->value = sf_slice_trim(sf_slice_head(value, semicolon));
    return result->value.length > 0 ? NULL : "does not name a peer";
}

/** Of a very long text, the beginning that is shown can be decoded. */
static bool is_base64(sf_slice text)
{
    uint8_t ignored_byte;
    size_t ignored_length;

    return sf_base64_decode(sf_slice_head(text, SF_MAX_BASE64), &ignored_byte, sizeof ignored_byte, &ignored_length) ==
           SF_OK;
}

/** `text/plain; charset=UTF-8; ms-body=aGVsbG8=` */
static const char *read_first_message(sf_slice value, sf_problems *problems, sf_ms_header *result)
{
    static const sf_param_row rows[] = { { SF_LITERAL_INIT("ms-body"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED } };
    sf_slice *const values[] = { &result->value };

    result->detail = sf_slice_trim(sf_slice_head(value, sf_slice_find(value, ';')));
    READ_PARAMS(value, rows, values, problems, result);
    if (sf_slice_find(result->detail, '/') == result->detail.length) {
        return "does not begin with a media type";
    }
    return !sf_slice_present(result->value) || is_base64(result->value) ? NULL : "has an ms-body that is not base64";
}

#define TYPED(name, kind, read)                                  \
    {                                                            \
        SF_LITERAL_INIT(name), kind, read, SF_HEADER_OTHER, NULL \
    }
#define ELSEWHERE(name, id)                                    \
    {                                                          \
        SF_LITERAL_INIT(name), SF_MS_ELSEWHERE, NULL, id, NULL \
    }
#define NAMED(name, about)                                               \
    {                                                                    \
        SF_LITERAL_INIT(name), SF_MS_OTHER, NULL, SF_HEADER_OTHER, about \
    }
#define NAMES_SOMEBODY(name, about)                                            \
    {                                                                          \
        SF_LITERAL_INIT(name), SF_MS_OTHER, NULL, SF_HEADER_MS_IDENTITY, about \
    }

/* [MS-SIPRE], [MS-CONMGMT], [MS-OCER], [MS-OCPSTN], [MS-SIPCOMP]; Teams: "Plan Direct Routing". */
const sf_ms_header_row sf_ms_header_rows[] = {
    TYPED("Ms-Conversation-ID", SF_MS_CONVERSATION, read_conversation),
    TYPED("ms-endpoint-location-data", SF_MS_LOCATION, read_location),
    TYPED("ms-subnet", SF_MS_SUBNET, read_subnet),
    TYPED("ms-user-logon-data", SF_MS_LOGON, read_as_is),
    TYPED("ms-telemetry-id", SF_MS_TELEMETRY_ID, read_guid),
    TYPED("ms-correlation-id", SF_MS_CORRELATION_ID, read_guid),
    TYPED("ms-keep-alive", SF_MS_KEEP_ALIVE, read_keep_alive),
    TYPED("ms-trunking-peer", SF_MS_TRUNK, read_trunk),
    TYPED("ms-text-format", SF_MS_FIRST_MESSAGE, read_first_message),
    TYPED("ms-im-format", SF_MS_FIRST_MESSAGE, read_first_message),
    TYPED("Compression", SF_MS_COMPRESSION, read_as_is),
    TYPED("X-MS-SBC", SF_MS_TEAMS_SBC, read_as_is),
    TYPED("X-MS-UserLocation", SF_MS_TEAMS_USER_LOCATION, read_as_is),
    TYPED("X-MS-MediaPath", SF_MS_TEAMS_MEDIA_PATH, read_as_is),
    TYPED("X-MS-UserSite", SF_MS_TEAMS_USER_SITE, read_as_is),
    TYPED("X-MS-TenantId", SF_MS_TEAMS_TENANT_ID, read_as_is),
    TYPED("X-MS-Tenant-Id", SF_MS_TEAMS_TENANT_ID, read_as_is),
    ELSEWHERE("ms-diagnostics", SF_HEADER_DIAGNOSTICS),
    ELSEWHERE("ms-diagnostics-public", SF_HEADER_DIAGNOSTICS),
    ELSEWHERE("ms-client-diagnostics", SF_HEADER_DIAGNOSTICS),
    ELSEWHERE("X-Ms-diagnostics", SF_HEADER_DIAGNOSTICS),
    ELSEWHERE("ms-edge-proxy-message-trust", SF_HEADER_TRUST),
    ELSEWHERE("ms-asserted-verification-level", SF_HEADER_VERIFICATION),
    NAMES_SOMEBODY("EndPoints", "endpoints of the conversation"),
    NAMES_SOMEBODY("Ms-Mras-Address", "server that issues credentials for the media relay"),
    NAMES_SOMEBODY("Ms-Sender", "sender of the instant message"),
    NAMES_SOMEBODY("Roster-Manager", "server that keeps the list of participants"),
    NAMED("ms-accepted-content-id", "which of the offered bodies was accepted"),
    NAMED("ms-application-via", "server application that handled the message"),
    NAMED("ms-call-info", "how an agent's identity is shown"),
    NAMED("ms-call-source", "kind of telephone system that the call came from"),
    NAMED("Ms-Device-Info", "MAC address, vendor and version of the device"),
    NAMED("Ms-Exchange-Command", "command to the voice mail server; skip-pin: do not ask for the PIN"),
    NAMED("ms-forking", NULL),
    NAMED("ms-location-profile", "dial plan of the caller"),
    NAMED("ms-mediation-generated", "generated by the Mediation Server itself"),
    NAMED("ms-piggyback-cseq", "this response carries the first notification in its body"),
    NAMED("ms-public-identity", "caller number to show outside the company"),
    NAMED("Ms-Sensitivity", "how private the call is; private-no-diversion: it must not be diverted"),
    NAMED("ms-split-domain-info", "the domain is shared by on-premises and online servers"),
    NAMED("ms-target-class", NULL),
    NAMED("P-Agent-On-Behalf-Of", "the person that the agent acts for"),
    NAMED("presence-state", "what the registration did to the user's presence"),
    NAMED("X-MS-FMC", "call of a mobile phone with a Teams number"),
    NAMED("X-MS-SkypeOriginated", "whether the call started in Skype"),
    NAMED("X-Remote-Reason", "result reported by the Skype side"),
};
const unsigned sf_ms_header_row_count = G_N_ELEMENTS(sf_ms_header_rows);

static sf_word_index header_index = SF_WORD_INDEX_INIT(sf_ms_header_rows);

/** jambonz writes X-MS-Teams-FQDN and its like between parts of its own. */
static bool has_microsoft_prefix(sf_slice name)
{
    if (sf_slice_starts_nocase(name, SF_LITERAL("x-ms-teams-"))) {
        return false;
    }
    return sf_slice_starts_nocase(name, SF_LITERAL("ms-")) || sf_slice_starts_nocase(name, SF_LITERAL("x-ms-"));
}

bool sf_ms_header_is_mark(const sf_header *header, const sf_ms_header_row *row)
{
    return row || !sf_slice_starts_nocase(header->name, SF_LITERAL("x-"));
}

bool sf_ms_header_identify(sf_header *header, const sf_ms_header_row **row)
{
    int index = sf_words_look_up(&header_index, header->name);

    *row = NULL;
    if (index == SF_WORDS_NONE) {
        return has_microsoft_prefix(header->name);
    }
    *row = &sf_ms_header_rows[index];
    header->id = (*row)->id;
    header->canonical = (*row)->name;
    return true;
}

void sf_ms_header_read(const sf_header *header, const sf_ms_header_row *row, sf_problems *problems,
                       sf_ms_header *result)
{
    *result = (sf_ms_header){
        .kind = row ? row->kind : SF_MS_OTHER,
        .header = header->canonical,
        .line = header->text,
        .about = row ? row->about : NULL,
    };
    if (row && row->read) {
        unsigned known_problems = problems->count;
        const char *fault = row->read(header->value, problems, result);
        if (fault) {
            if (problems->count == known_problems) { /* else its parameter is noted */
                sf_problems_malformed(problems, header->text, header->value, "The header", fault);
            }
            result->value = (sf_slice){ NULL, 0 };
        }
    }
    if (!sf_slice_present(result->value)) { /* without a grammar, nothing is malformed */
        result->kind = SF_MS_OTHER;
        result->value = header->value;
    }
}
