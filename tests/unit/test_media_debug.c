/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media debug information in diagnostics headers, in each of its forms.
 */
#include "check.h"
#include "engine/sip/diagnostics.h"

static sf_diagnostics_table table;

/** Reads a value in front of a guard page into the table, emptied before. */
static void read_value(sf_guarded *input, sf_problems *problems)
{
    sf_problems_clear(problems);
    sf_diagnostics_clear(&table);
    sf_diagnostics_read(input->text, SF_LITERAL("ms-client-diagnostics"), problems, &table);
}

static const char *const key_names[SF_DEBUG_KEYS] = {
    [SF_DEBUG_LOCAL_SITE] = "site",
    [SF_DEBUG_REMOTE_SITE] = "remote site",
    [SF_DEBUG_LOCAL_RELAY] = "relay",
    [SF_DEBUG_REMOTE_RELAY] = "remote relay",
    [SF_DEBUG_LOCAL_RELAY_TCP_PORT] = "TCP port",
    [SF_DEBUG_REMOTE_RELAY_TCP_PORT] = "remote TCP port",
    [SF_DEBUG_PORT_RANGE] = "ports",
    [SF_DEBUG_LOCAL_LOCATION] = "location",
    [SF_DEBUG_REMOTE_LOCATION] = "remote location",
    [SF_DEBUG_FEDERATION_TYPE] = "federation",
    [SF_DEBUG_NETWORK_NAME] = "network",
    [SF_DEBUG_INTERFACES] = "interfaces",
    [SF_DEBUG_BASE_INTERFACE] = "base interface",
    [SF_DEBUG_BASE_ADDRESS] = "base",
    [SF_DEBUG_LOCAL_INTERFACE] = "local interface",
    [SF_DEBUG_LOCAL_ADDRESS] = "address",
    [SF_DEBUG_REMOTE_ADDRESS] = "remote address",
    [SF_DEBUG_LOCAL_TYPE] = "type",
    [SF_DEBUG_REMOTE_TYPE] = "remote type",
    [SF_DEBUG_PROTOCOL] = "protocol",
    [SF_DEBUG_ICE_ROLE] = "role",
    [SF_DEBUG_RELAY_NAME] = "relay name",
    [SF_DEBUG_RELAY_RESULT] = "relay result",
    [SF_DEBUG_NETWORK_ERROR] = "network error",
    [SF_DEBUG_MEDIA_TIMEOUT] = "timeout",
    [SF_DEBUG_RTCP_BYE_SENT] = "BYE sent",
    [SF_DEBUG_RTCP_BYE_RECEIVED] = "BYE received",
    [SF_DEBUG_ICE_WARNING] = "ICE",
};

/** True for keys that have a number: what is read from the text is compared, too. */
static bool is_number(unsigned key)
{
    return key == SF_DEBUG_LOCAL_RELAY_TCP_PORT || key == SF_DEBUG_REMOTE_RELAY_TCP_PORT ||
           key == SF_DEBUG_LOCAL_LOCATION || key == SF_DEBUG_REMOTE_LOCATION || key == SF_DEBUG_FEDERATION_TYPE ||
           key == SF_DEBUG_INTERFACES || key == SF_DEBUG_BASE_INTERFACE || key == SF_DEBUG_LOCAL_INTERFACE ||
           key == SF_DEBUG_ICE_WARNING;
}

/** An item in words: side, label, its keys in the order of the enum, and further keys as written. */
static char *words_of(const sf_media_debug *debug)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "%.*s/%.*s", (int)debug->side.length, debug->side.text, (int)debug->label.length,
                           debug->label.text);
    for (unsigned key = 0; key < SF_DEBUG_KEYS; key++) {
        sf_number number = debug->values[key];
        if (!sf_number_is_present(number)) {
            continue;
        }
        if (is_number(key)) {
            g_string_append_printf(out, ", %s %u", key_names[key], (unsigned)number.value);
        } else {
            g_string_append_printf(out, ", %s %.*s", key_names[key], (int)number.text.length, number.text.text);
        }
    }
    if (sf_number_is_present(debug->first_port)) {
        g_string_append_printf(out, ", %u to %u", (unsigned)debug->first_port.value, (unsigned)debug->last_port.value);
    }
    for (unsigned i = 0; i < debug->params.count; i++) {
        sf_slice text = table.media_debug_params[debug->params.first + i].text;
        g_string_append_printf(out, " | %.*s", (int)text.length, text.text);
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    const char *name;
    const char *value;  /* of the header, after `23;reason="x";` */
    const char *items;  /* all items in words, a line each */
    const char *params; /* of the header, as written, joined by `|` */
    const char *problem;
} media_row;

static const media_row rows[] = {
    /* One value: Lync 2010 and later */
    { "value-with-all-keys",
      "CallerMediaDebug=\"audio:ICEWarn=0x4000320,LocalSite=10.1.2.3:50010,RemoteSite=192.0.2.9:3478,"
      "LocalMR=203.0.113.1:3478,RemoteMR=203.0.113.2:443,PortRange=50020:50039,LocalMRTCPPort=59100,"
      "RemoteMRTCPPort=443,LocalLocation=2,RemoteLocation=1,FederationType=2,NetworkName=corp.example,Interfaces=0x12,"
      "BaseInterface=0x2,BaseAddress=10.1.2.3:50020,LocalAddress=10.1.2.3:50022,RemoteAddress=192.0.2.9:4,"
      "LocalInterface=0x4,LocalAddrType=host,RemoteAddrType=relay,Protocol=UDP,IceRole=controlling,"
      "MrDnsU=edge.example.com,MrResU=0\"",
      "CallerMediaDebug/audio, site 10.1.2.3:50010, remote site 192.0.2.9:3478, relay 203.0.113.1:3478, "
      "remote relay 203.0.113.2:443, TCP port 59100, remote TCP port 443, ports 50020:50039, location 2, "
      "remote location 1, federation 2, network corp.example, interfaces 18, base interface 2, base 10.1.2.3:50020, "
      "local interface 4, address 10.1.2.3:50022, remote address 192.0.2.9:4, type host, remote type relay, "
      "protocol UDP, role controlling, relay name edge.example.com, relay result 0, ICE 67109664, 50020 to 50039\n",
      "", NULL },
    { "blanks-after-commas",
      "CallerMediaDebug=\"application-sharing: ICEWarn=0x0 , LocalSite=10.1.2.3:1 ,\tRemoteLocation=1\"",
      "CallerMediaDebug/application-sharing, site 10.1.2.3:1, remote location 1, ICE 0\n", "", NULL },
    { "any-case", "calleemediadebug=\"audio:icewarn=0X80,LOCALSITE=10.1.2.3:1\"",
      "calleemediadebug/audio, site 10.1.2.3:1, ICE 128\n", "", NULL },
    { "number-without-0x", "CallerMediaDebug=\"audio:ICEWarn=3FF\"", "CallerMediaDebug/audio, ICE 1023\n", "", NULL },
    { "largest-number", "CallerMediaDebug=\"audio:ICEWarn=0xFFFFFFFF\"", "CallerMediaDebug/audio, ICE 4294967295\n", "",
      NULL },
    { "unknown-keys", "CallerMediaDebug=\"audio:Color=red,ICEWarn=0x1,flag\"",
      "CallerMediaDebug/audio, ICE 1 | Color=red | flag\n", "", NULL },
    { "both-sides", "CallerMediaDebug=\"audio:ICEWarn=1\";CalleeMediaDebug=\"audio:ICEWarn=2,a=b\"",
      "CallerMediaDebug/audio, ICE 1\nCalleeMediaDebug/audio, ICE 2 | a=b\n", "", NULL },
    { "other-parameters-stay", "UserType=\"Caller\";CallerMediaDebug=\"audio:ICEWarn=1\";y=z;Protocol=TLS",
      "CallerMediaDebug/audio, ICE 1\n", "UserType=\"Caller\"|y=z|Protocol=TLS", NULL },
    { "no-label", "CallerMediaDebug=\"ICEWarn=0x80,LocalSite=10.1.2.3:1\"",
      "CallerMediaDebug/, site 10.1.2.3:1, ICE 128\n", "", "The media debug value" },
    { "no-label-but-a-media-type", "CallerMediaDebug=\"ICEWarn=0x80\";MediaType=\"video\"",
      "CallerMediaDebug/video, ICE 128\n", "MediaType=\"video\"", NULL },
    { "empty-label", "CallerMediaDebug=\":ICEWarn=0x80\"", "CallerMediaDebug/, ICE 128\n", "",
      "The media debug value" },
    { "empty", "CallerMediaDebug=\"\"", "CallerMediaDebug/\n", "", "The media debug value" },
    { "flag", "CallerMediaDebug", "", "CallerMediaDebug", NULL },
    { "label-alone", "CallerMediaDebug=\"audio:\"", "CallerMediaDebug/audio\n", "", NULL },
    { "ipv6-site", "CallerMediaDebug=\"audio:LocalSite=[2001:db8::1]:50010\"",
      "CallerMediaDebug/audio, site [2001:db8::1]:50010\n", "", NULL },
    { "warning-past-its-range", "CallerMediaDebug=\"audio:ICEWarn=0x100000000,LocalLocation=1\"",
      "CallerMediaDebug/audio, location 1\n", "", "ICEWarn" },
    { "location-that-is-none", "CallerMediaDebug=\"audio:LocalLocation=near,RemoteLocation=2\"",
      "CallerMediaDebug/audio, remote location 2\n", "", "LocalLocation" },
    { "negative-location", "CallerMediaDebug=\"audio:remotelocation=-1\"", "CallerMediaDebug/audio\n", "",
      "RemoteLocation" },
    { "empty-warning", "CallerMediaDebug=\"audio:ICEWarn=,FederationType=0\"", "CallerMediaDebug/audio, federation 0\n",
      "", "ICEWarn" },
    { "federation-without-value", "CallerMediaDebug=\"audio:FederationType\"", "CallerMediaDebug/audio\n", "",
      "FederationType" },
    { "port-past-its-range", "CallerMediaDebug=\"audio:LocalMRTCPPort=65536,RemoteMRTCPPort=65535\"",
      "CallerMediaDebug/audio, remote TCP port 65535\n", "", "LocalMRTCPPort" },
    { "port-range-of-one-port", "CallerMediaDebug=\"audio:PortRange=50020\"", "CallerMediaDebug/audio, ports 50020\n",
      "", "PortRange" },
    { "port-range-without-an-end", "CallerMediaDebug=\"audio:PortRange=50020:\"",
      "CallerMediaDebug/audio, ports 50020:\n", "", "PortRange" },
    { "port-range-past-all-ports", "CallerMediaDebug=\"audio:PortRange=50020:65536\"",
      "CallerMediaDebug/audio, ports 50020:65536\n", "", "PortRange" },
    { "keys-twice", "CallerMediaDebug=\"audio:LocalSite=1.2.3.4:5,localsite=9.9.9.9:9,ICEWarn=0x1,ICEWarn=0x2\"",
      "CallerMediaDebug/audio, site 1.2.3.4:5, ICE 1\n", "", "The parameter" },
    /* Parameters of the header: Lync 2013 and later */
    { "parameters",
      "UserType=\"Callee\";MediaType=\"audio\";ICEWarn=\"0x40003a0\";LocalSite=\"10.1.2.3:50010\";"
      "PortRange=\"50020:50039\";Protocol=\"UDP\";MrResU=0;extra=1",
      "Callee/audio, site 10.1.2.3:50010, ports 50020:50039, protocol UDP, relay result 0, ICE 67109792, "
      "50020 to 50039\n",
      "UserType=\"Callee\"|MediaType=\"audio\"|extra=1", NULL },
    { "parameters-with-their-stream-last", "Protocol=TCP;LocalSite=10.1.2.3:1;MediaType=video;UserType=Caller",
      "Caller/video, site 10.1.2.3:1, protocol TCP\n", "MediaType=video|UserType=Caller", NULL },
    { "parameters-of-nobody", "ICEWarn=0x0", "/, ICE 0\n", "", NULL },
    { "parameter-twice", "ICEWarn=0x1;x=y;ICEWarn=0x2", "/, ICE 1\n", "x=y", "The parameter" },
    { "parameter-out-of-range", "ICEWarn=\"0xzz\";FederationType=1", "/, federation 1\n", "", "ICEWarn" },
    { "names-that-others-use-too", "LocalAddress=10.1.2.3;Protocol=TLS;RemoteAddress=192.0.2.1", "",
      "LocalAddress=10.1.2.3|Protocol=TLS|RemoteAddress=192.0.2.1", NULL },
    /* The media channel: Skype for Business 2015 and later */
    { "channel",
      "UserType=\"Callee\";MediaType=\"audio\";MediaChanBlob=\"NetworkErr=no error,ErrTime=0,RTPSeq=0,"
      "TransptRecvErr=0x0,MediaTimeout=0,RtcpByeSent=1,RtcpByeRcvd=0,BlobVer=1\"",
      "Callee/audio, network error no error, timeout 0, BYE sent 1, BYE received 0 | ErrTime=0 | RTPSeq=0 | "
      "TransptRecvErr=0x0 | BlobVer=1\n",
      "UserType=\"Callee\"|MediaType=\"audio\"", NULL },
    { "channel-beside-parameters", "MediaChanBlob=\"NetworkErr=no error\";ICEWarn=0x1;UserType=Caller;MediaType=audio",
      "Caller/audio, ICE 1\nCaller/audio, network error no error\n", "UserType=Caller|MediaType=audio", NULL },
    { "channel-of-nobody", "MediaChanBlob=\"BlobVer=1\"", "/ | BlobVer=1\n", "", NULL },
};

static void test_media(gconstpointer data)
{
    const media_row *row = data;
    g_autofree char *value = g_strdup_printf("23;reason=\"x\";%s", row->value);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(value));
    g_autoptr(GString) items = g_string_new(NULL);
    g_autoptr(GString) params = g_string_new(NULL);
    sf_problems problems;

    read_value(&input, &problems);
    g_assert_cmpuint(table.count, ==, 1);
    g_assert_cmpuint(table.items[0].media_debugs.count, ==, table.media_debug_count);
    for (unsigned i = 0; i < table.media_debug_count; i++) {
        g_autofree char *words = words_of(&table.media_debugs[i]);
        g_string_append_printf(items, "%s\n", words);
    }
    for (unsigned i = 0; i < table.param_count; i++) {
        g_string_append_printf(params, "%s%.*s", params->len ? "|" : "", (int)table.params[i].text.length,
                               table.params[i].text.text);
    }
    g_assert_cmpstr(items->str, ==, row->items);
    g_assert_cmpstr(params->str, ==, row->params);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/** What is highlighted: the parameter; of several, all from the first to the last. */
static void test_text(void)
{
    g_auto(sf_guarded)
        input = sf_guarded_of(sf_text("22;CallerMediaDebug=\"audio:\";ICEWarn=0x1;reason=\"x\";LocalSite=a:1;y=z"));
    sf_problems problems;

    read_value(&input, &problems);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpuint(table.media_debug_count, ==, 2);
    SF_CHECK_SLICE(table.media_debugs[0].text, "ICEWarn=0x1;reason=\"x\";LocalSite=a:1");
    SF_CHECK_SLICE(table.media_debugs[1].text, "CallerMediaDebug=\"audio:\"");
    g_assert_cmpint(table.media_debugs[0].form, ==, SF_DEBUG_PARAMETERS);
    g_assert_cmpint(table.media_debugs[1].form, ==, SF_DEBUG_VALUE);
}

/** Each element of a list keeps to its own items. */
static void test_several_elements(void)
{
    g_auto(sf_guarded) input = sf_guarded_of(
        sf_text("22;CallerMediaDebug=\"audio:ICEWarn=0x1,a=b\";CalleeMediaDebug=\"audio:ICEWarn=0x2\", "
                "23;CalleeMediaDebug=\"video:c=d\", 24"));
    sf_problems problems;

    read_value(&input, &problems);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpuint(table.count, ==, 3);
    g_assert_cmpuint(table.items[0].media_debugs.count, ==, 2);
    g_assert_cmpuint(table.items[1].media_debugs.first, ==, 2);
    g_assert_cmpuint(table.items[1].media_debugs.count, ==, 1);
    g_assert_cmpuint(table.items[2].media_debugs.count, ==, 0);
    SF_CHECK_SLICE(table.media_debugs[2].label, "video");
    g_assert_cmpuint(table.media_debugs[2].params.first, ==, 1);
    g_assert_cmpuint(table.media_debugs[2].params.count, ==, 1);
}

/** Other keys have a limit of their own. */
static void test_limit(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sf_problems problems;

    for (unsigned i = 0; i < 4; i++) {
        g_string_append_printf(text, "%s23;CallerMediaDebug=\"audio:k=v", i ? "," : "");
        for (unsigned j = 0; j < 100; j++) {
            g_string_append(text, ",k=v");
        }
        g_string_append(text, "\"");
    }
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text->str));
    read_value(&input, &problems);
    g_assert_cmpuint(table.media_debug_count, ==, 4);
    g_assert_cmpuint(table.media_debug_param_count, ==, SF_MAX_MEDIA_DEBUG_PARAMS);
    g_assert_cmpuint(problems.count, ==, 1);
    g_assert_cmpstr(problems.items[0].what, ==, "Other keys of media debug values");
}

/** Keys that are parameters by themselves are one item more. */
static void test_too_many_items(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    sf_problems problems;

    for (unsigned i = 0; i < SF_MAX_DIAGNOSTICS; i++) {
        g_string_append(text, i ? ", " : "");
        g_string_append(text, "22;ICEWarn=0x1;CallerMediaDebug=\"audio:a=b\";CalleeMediaDebug=\"audio:a=b\"");
    }
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text->str));
    read_value(&input, &problems);
    g_assert_cmpuint(table.count, ==, SF_MAX_DIAGNOSTICS);
    g_assert_cmpuint(table.media_debug_count, ==, SF_MAX_MEDIA_DEBUGS);
    g_assert_cmpuint(table.items[9].media_debugs.count, ==, 3);
    g_assert_cmpuint(table.items[10].media_debugs.count, ==, 2);
    g_assert_cmpuint(table.items[11].media_debugs.count, ==, 0);
    SF_CHECK_PROBLEM(&problems, "Media debug values");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/media-debug/form", rows, test_media);
    g_test_add_func("/media-debug/text", test_text);
    g_test_add_func("/media-debug/several-elements", test_several_elements);
    g_test_add_func("/media-debug/limit", test_limit);
    g_test_add_func("/media-debug/too-many-items", test_too_many_items);
    return g_test_run();
}
