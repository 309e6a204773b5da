/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft headers that hold one value: each kind well written, loosely written, and garbage.
 */
#include "check.h"
#include "engine/sip/microsoft_header.h"

#define GUID "3F2504E0-4F89-41D3-9A0C-0305E82C3301"

typedef struct {
    const char *name;
    const char *line;
    sf_ms_kind kind;
    const char *value, *detail, *second_detail;
    const char *problem;
} header_row;

static const header_row headers[] = {
    { "conversation", "Ms-Conversation-ID: AdKjt1XyEBESExQVFhcYGRobHB0eHw==", SF_MS_CONVERSATION,
      "AdKjt1XyEBESExQVFhcYGRobHB0eHw==", NULL, NULL, NULL },
    { "conversation-of-another-stack", "MS-CONVERSATION-ID: f81d4fae", SF_MS_CONVERSATION, "f81d4fae", NULL, NULL,
      NULL },
    { "conversation-empty", "Ms-Conversation-ID:", SF_MS_OTHER, "", NULL, NULL, "The header" },
    { "location", "ms-endpoint-location-data: NetworkScope;ms-media-location-type=Intranet", SF_MS_LOCATION, "Intranet",
      NULL, NULL, NULL },
    { "location-with-blanks", "ms-endpoint-location-data: NetworkScope ; MS-Media-Location-Type = Internet",
      SF_MS_LOCATION, "Internet", NULL, NULL, NULL },
    { "location-empty", "ms-endpoint-location-data: NetworkScope;ms-media-location-type=", SF_MS_OTHER,
      "NetworkScope;ms-media-location-type=", NULL, NULL, "ms-media-location-type" },
    { "location-garbage", "ms-endpoint-location-data: %%&=;;", SF_MS_OTHER, "%%&=;;", NULL, NULL, "The header" },
    { "subnet", "ms-subnet: 192.0.2.0", SF_MS_SUBNET, "192.0.2.0", NULL, NULL, NULL },
    { "subnet-garbage", "ms-subnet: %%&=;;", SF_MS_OTHER, "%%&=;;", NULL, NULL, "The header" },
    { "subnet-past-its-range", "ms-subnet: 192.0.2.256", SF_MS_OTHER, "192.0.2.256", NULL, NULL, "The header" },
    { "subnet-ipv6", "ms-subnet: 2001:db8::", SF_MS_OTHER, "2001:db8::", NULL, NULL, "The header" },
    { "logon", "ms-user-logon-data: RemoteUser", SF_MS_LOGON, "RemoteUser", NULL, NULL, NULL },
    { "telemetry", "ms-telemetry-id: " GUID, SF_MS_TELEMETRY_ID, GUID, NULL, NULL, NULL },
    { "telemetry-garbage", "ms-telemetry-id: %%&=;;", SF_MS_OTHER, "%%&=;;", NULL, NULL, "The header" },
    { "correlation", "ms-correlation-id:" GUID, SF_MS_CORRELATION_ID, GUID, NULL, NULL, NULL },
    { "correlation-cut-short", "ms-correlation-id: 3F2504E0-4F89-41D3-9A0C-0305E82C330", SF_MS_OTHER,
      "3F2504E0-4F89-41D3-9A0C-0305E82C330", NULL, NULL, "The header" },
    { "keep-alive-answer", "ms-keep-alive: UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300", SF_MS_KEEP_ALIVE, "300",
      NULL, NULL, NULL },
    /* A request has no timeout: there is no value to filter on, the header is shown as it is. */
    { "keep-alive-request", "ms-keep-alive: UAC;hop-hop=yes", SF_MS_OTHER, "UAC;hop-hop=yes", NULL, NULL, NULL },
    { "keep-alive-bad-timeout", "ms-keep-alive: UAS;timeout=soon", SF_MS_OTHER, "UAS;timeout=soon", NULL, NULL,
      "The header" },
    { "keep-alive-timeout-past-its-range", "ms-keep-alive: UAS;timeout=4294967296", SF_MS_OTHER,
      "UAS;timeout=4294967296", NULL, NULL, "The header" },
    { "keep-alive-timeout-twice", "ms-keep-alive: UAS;timeout=300;timeout=7", SF_MS_KEEP_ALIVE, "300", NULL, NULL,
      "The parameter" },
    { "keep-alive-quote-left-open", "ms-keep-alive: UAS;timeout=\"soon", SF_MS_OTHER, "UAS;timeout=\"soon", NULL, NULL,
      "The quoted value" },
    { "keep-alive-garbage", "ms-keep-alive: %%&=;;", SF_MS_OTHER, "%%&=;;", NULL, NULL, "The header" },
    { "trunk", "ms-trunking-peer: gw.example.com;trunk=gw1.example.com;User-Agent=\"Gateway/1.0; x\"", SF_MS_TRUNK,
      "gw.example.com", "gw1.example.com", "Gateway/1.0; x", NULL },
    { "trunk-quote-left-open", "ms-trunking-peer: gw.example.com;trunk=a;User-Agent=\"Gateway", SF_MS_TRUNK,
      "gw.example.com", "a", "Gateway", "The quoted value" },
    { "trunk-empty", "ms-trunking-peer: gw.example.com;trunk=", SF_MS_TRUNK, "gw.example.com", NULL, NULL, "trunk" },
    { "trunk-peer-alone", "ms-trunking-peer: gw.example.com", SF_MS_TRUNK, "gw.example.com", NULL, NULL, NULL },
    { "trunk-without-peer", "ms-trunking-peer: ;trunk=gw1.example.com", SF_MS_OTHER, ";trunk=gw1.example.com", NULL,
      NULL, "The header" },
    { "first-message", "ms-text-format: text/plain; charset=UTF-8;ms-body=aGVsbG8=", SF_MS_FIRST_MESSAGE,
      "aGVsbG8=", "text/plain", NULL, NULL },
    { "first-message-html", "Ms-IM-Format: text/html; charset=UTF-8; ms-body=PGI+aGk8L2I+", SF_MS_FIRST_MESSAGE,
      "PGI+aGk8L2I+", "text/html", NULL, NULL },
    { "first-message-multipart", "ms-text-format: multipart/alternative;boundary=\"a;b\";ms-body=LS1h",
      SF_MS_FIRST_MESSAGE, "LS1h", "multipart/alternative", NULL, NULL },
    { "first-message-without-text", "ms-text-format: text/plain; charset=UTF-8", SF_MS_OTHER,
      "text/plain; charset=UTF-8", NULL, NULL, NULL },
    { "first-message-empty", "ms-text-format: text/plain;ms-body=", SF_MS_OTHER, "text/plain;ms-body=", NULL, NULL,
      "ms-body" },
    { "first-message-not-base64", "ms-text-format: text/plain; charset=UTF-8;ms-body=!!!", SF_MS_OTHER,
      "text/plain; charset=UTF-8;ms-body=!!!", NULL, NULL, "The header" },
    { "first-message-of-impossible-length", "ms-im-format: text/plain;ms-body=SGVsb", SF_MS_OTHER,
      "text/plain;ms-body=SGVsb", NULL, NULL, "The header" },
    { "first-message-without-padding", "ms-im-format: text/plain;ms-body=aGVsbG8", SF_MS_FIRST_MESSAGE, "aGVsbG8",
      "text/plain", NULL, NULL },
    { "first-message-foreign-letter-after", "ms-im-format: text/plain;ms-body=aGVsbG8haGVsbG8*", SF_MS_OTHER,
      "text/plain;ms-body=aGVsbG8haGVsbG8*", NULL, NULL, "The header" },
    { "first-message-garbage", "ms-text-format: %%&=;;", SF_MS_OTHER, "%%&=;;", NULL, NULL, "The header" },
    { "compression", "COMPRESSION: LZ77-8K", SF_MS_COMPRESSION, "LZ77-8K", NULL, NULL, NULL },
    { "teams-sbc", "X-MS-SBC: Vendor/Model/v.7.40", SF_MS_TEAMS_SBC, "Vendor/Model/v.7.40", NULL, NULL, NULL },
    { "teams-user-location", "X-MS-USERLOCATION: external", SF_MS_TEAMS_USER_LOCATION, "external", NULL, NULL, NULL },
    { "teams-media-path", "X-MS-MediaPath: a.example.com,b.example.com", SF_MS_TEAMS_MEDIA_PATH,
      "a.example.com,b.example.com", NULL, NULL, NULL },
    { "teams-user-site", "X-MS-UserSite: Berlin", SF_MS_TEAMS_USER_SITE, "Berlin", NULL, NULL, NULL },
    { "teams-tenant", "X-MS-TenantId: " GUID, SF_MS_TEAMS_TENANT_ID, GUID, NULL, NULL, NULL },
    { "teams-tenant-with-hyphen", "X-MS-Tenant-Id: " GUID, SF_MS_TEAMS_TENANT_ID, GUID, NULL, NULL, NULL },
    { "without-a-kind", "ms-call-source: non-ms-rtc", SF_MS_OTHER, "non-ms-rtc", NULL, NULL, NULL },
    { "name-nobody-knows", "ms-comet: 1;2;3", SF_MS_OTHER, "1;2;3", NULL, NULL, NULL },
    { "name-nobody-knows-empty", "x-ms-comet:", SF_MS_OTHER, "", NULL, NULL, NULL },
};

static sf_header header_of(sf_slice line)
{
    sf_cursor cursor = sf_cursor_over(line);
    sf_header header;

    g_assert_cmpint(sf_header_next(&cursor, &header), ==, SF_HEADERS_MORE);
    return header;
}

static sf_ms_header result_of(sf_slice line, sf_problems *problems)
{
    sf_header header = header_of(line);
    const sf_ms_header_row *row;
    sf_ms_header result;

    sf_problems_clear(problems);
    g_assert_true(sf_ms_header_identify(&header, &row));
    sf_ms_header_read(&header, row, problems, &result);
    return result;
}

static void test_read(gconstpointer data)
{
    const header_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    sf_problems problems;
    sf_ms_header result = result_of(input.text, &problems);

    g_assert_cmpint(result.kind, ==, row->kind);
    SF_CHECK_TEXT(result.value, row->value);
    SF_CHECK_SLICE(result.line, row->line);
    if (row->kind != SF_MS_OTHER) {
        SF_CHECK_SLICE(result.detail, row->detail);
        SF_CHECK_SLICE(result.second_detail, row->second_detail);
    }
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static sf_ms_header sound_result_of(const char *line)
{
    sf_problems problems;
    sf_ms_header result = result_of(sf_text(line), &problems);

    SF_CHECK_PROBLEM(&problems, NULL);
    return result;
}

static void test_decoded_values(void)
{
    sf_ms_header subnet = sound_result_of("ms-subnet: 192.0.2.0");
    SF_CHECK_BYTES(subnet.ipv4, sizeof subnet.ipv4, "c0000200");
    SF_CHECK_GUID(sound_result_of("ms-telemetry-id: " GUID).guid, GUID);
    SF_CHECK_GUID(sound_result_of("ms-correlation-id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301").guid, GUID);
    g_assert_cmpuint(sound_result_of("ms-keep-alive: UAS;timeout=4294967295").number, ==, G_MAXUINT32);
    sf_ms_header conversation = sound_result_of("Ms-Conversation-ID: AdKjt1XyEBESExQVFhcYGRobHB0eHw==");
    g_assert_true(conversation.conversation.is_decoded);
    SF_CHECK_GUID(conversation.conversation.guid, "10111213-1415-1617-1819-1a1b1c1d1e1f");
}

typedef struct {
    const char *name; /**< of the header, as written */
    bool is_microsoft;
    const char *canonical;
    sf_header_id id;
} name_row;

static const name_row names[] = {
    { "ms-diagnostics", true, "ms-diagnostics", SF_HEADER_DIAGNOSTICS },
    { "ms-diagnostics-public", true, "ms-diagnostics-public", SF_HEADER_DIAGNOSTICS },
    { "ms-client-diagnostics", true, "ms-client-diagnostics", SF_HEADER_DIAGNOSTICS },
    { "X-MS-DIAGNOSTICS", true, "X-Ms-diagnostics", SF_HEADER_DIAGNOSTICS },
    { "Ms-Edge-Proxy-Message-Trust", true, "ms-edge-proxy-message-trust", SF_HEADER_TRUST },
    { "ms-asserted-verification-level", true, "ms-asserted-verification-level", SF_HEADER_VERIFICATION },
    { "ENDPOINTS", true, "EndPoints", SF_HEADER_MS_IDENTITY },
    { "Roster-Manager", true, "Roster-Manager", SF_HEADER_MS_IDENTITY },
    { "ms-sender", true, "Ms-Sender", SF_HEADER_MS_IDENTITY },
    { "ms-mras-address", true, "Ms-Mras-Address", SF_HEADER_MS_IDENTITY },
    { "compression", true, "Compression", SF_HEADER_OTHER },
    { "p-agent-on-behalf-of", true, "P-Agent-On-Behalf-Of", SF_HEADER_OTHER },
    { "X-Remote-Reason", true, "X-Remote-Reason", SF_HEADER_OTHER },
    { "presence-state", true, "presence-state", SF_HEADER_OTHER },
    /* Names that begin like Microsoft's stay as they are written. */
    { "ms-x", true, "ms-x", SF_HEADER_OTHER },
    { "MS-X", true, "MS-X", SF_HEADER_OTHER },
    { "X-Ms-Y", true, "X-Ms-Y", SF_HEADER_OTHER },
    { "X-MS-Teams-FQDN", false, "X-MS-Teams-FQDN", SF_HEADER_OTHER },
    { "MS-PIGGYBACK-CSEQ", true, "ms-piggyback-cseq", SF_HEADER_OTHER },
    { "m", false, "Contact", SF_HEADER_CONTACT },
    { "ms", false, "ms", SF_HEADER_OTHER },
    { "x-ms", false, "x-ms", SF_HEADER_OTHER },
    { "x-msg", false, "x-msg", SF_HEADER_OTHER },
    { "message", false, "message", SF_HEADER_OTHER },
    { "Via", false, "Via", SF_HEADER_VIA },
    { "X-Compression", false, "X-Compression", SF_HEADER_OTHER },
    { "History-Info", false, "History-Info", SF_HEADER_REFERENCE },
    { "cms-x", false, "cms-x", SF_HEADER_OTHER },
};

static void test_name(gconstpointer data)
{
    const name_row *expected = data;
    g_autofree char *line = g_strconcat(expected->name, ": 1\r\n", NULL);
    sf_header header = header_of(sf_text(line));
    const sf_ms_header_row *row;

    g_assert_true(sf_ms_header_identify(&header, &row) == expected->is_microsoft);
    SF_CHECK_SLICE(header.name, expected->name);
    SF_CHECK_SLICE(header.canonical, expected->canonical);
    g_assert_cmpint(header.id, ==, expected->id);
}

static void test_table(void)
{
    for (unsigned i = 0; i < sf_ms_header_row_count; i++) {
        const sf_ms_header_row *row = &sf_ms_header_rows[i];
        /* Either its value is read here, or it is read elsewhere, or it is shown as it is. */
        bool has_value = row->kind != SF_MS_OTHER && row->kind != SF_MS_ELSEWHERE;
        g_assert_true((row->read != NULL) == has_value);
        g_assert_true(row->kind != SF_MS_ELSEWHERE || row->id != SF_HEADER_OTHER);
        /* The names are registered with Wireshark, where one must not be claimed twice. */
        for (unsigned j = 0; j < i; j++) {
            g_assert_false(sf_slice_equals_nocase(row->name, sf_ms_header_rows[j].name));
        }
        /* Nor may a name be one of the standard's, which are looked up first. */
        g_autofree char *line = g_strconcat(row->name.text, ": 1\r\n", NULL);
        g_assert_cmpint(header_of(sf_text(line)).id, ==, SF_HEADER_OTHER);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/microsoft-header/read", headers, test_read);
    g_test_add_func("/microsoft-header/decoded-values", test_decoded_values);
    SF_ADD_ROWS("/microsoft-header/name", names, test_name);
    g_test_add_func("/microsoft-header/table", test_table);
    return g_test_run();
}
