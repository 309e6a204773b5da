/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The look ahead for marks: it finds each kind of mark wherever it is in a
 * header block, so that a message read for its call alone is known for the same.
 */
#include "check.h"
#include "engine/message.h"
#include "engine/sip/mark_scan.h"
#include "engine/sip/place.h"
#include "guarded.h"

/** Header lines that mark a message by their values; what does not depend on letter case is tried in both. */
static const struct {
    const char *name, *value;
    bool is_of_any_case;
} marks[] = {
    { "Via", "SIP/2.0/TLS 192.0.2.1:5061;branched=FALSE", true },
    { "Via", "SIP/2.0/TLS 192.0.2.1:5061;ms-received-port=5061", true },
    { "Via", "SIP/2.0/TLS 192.0.2.1:5061;rport;ms-new=1", true },
    { "Via", "SIP/2.0/TLS sip.pstnhub.microsoft.com:5061;branch=z9hG4bK1", true },
    { "Via", "SIP/2.0/TLS sipfed.online.lync.com:5061;branch=z9hG4bK1", true },
    { "Via", "SIP/2.0/TLS federation.messenger.msn.com:5061", true },
    { "Via", "SIP/2.0/TLS sip.pstnhub.gov.teams.microsoft.us.:5061", true },
    { "Via", "SIP/2.0/TLS sipfed.online.gov.skypeforbusiness.us:5061", true },
    { "Via", "SIP/2.0/TLS sipfed.partner.lync.cn:5061", true },
    { "Via", "SIP/2.0/TLS sip.pstnhub.partner.teams.microsoftonline.cn", true },
    { "Contact", "<sip:a@example.com;gruu;opaque=user:epid:QUJDREVGR0hJSktMTU5PUA>", true },
    { "Contact", "<sip:a@example.com;gruu;opaque=srvr:MediationServer:QUJDREVGR0hJSktMTU5PUA>", true },
    { "Contact", "<sip:a@example.com;gruu;opaque=app:voicemail>", true },
    { "Contact", "<sip:a@example.com>;gruu=\"sip:a@example.com;opaque=app:conf:focus:id:1\"", true },
    { "Contact", "<sip:192.0.2.1>;isGateway", true },
    { "Contact", "<sip:192.0.2.1;ms-opaque=d1>;expires=60", true },
    { "Contact", "<sip:192.0.2.1>;ms-keep-alive", true },
    { "P-Asserted-Identity", "<sip:a@sip.pstnhub.microsoft.com>", true },
    { "Remote-Party-ID", "<sip:a@example.com>;ms-x=1", true },
    { "Record-Route", "<sip:192.0.2.1;lr;epid=0123456789>", true },
    { "Record-Route", "<sip:192.0.2.1;lr>;opaque=state:F", true },
    { "Route", "<sip:192.0.2.1;lr;ms-fe=fe01.example.com>", true },
    { "Authorization", "NTLM qop=\"auth\"", true },
    { "Proxy-Authenticate", "Kerberos realm=\"r\"", true },
    { "WWW-Authenticate", "TLS-DSK realm=\"r\"", true },
    { "Subject", "joe(example.com)@msn.com", false },
    { "Subject", "joe%28example.com%29@msn.com", false },
    { "Subject", "call <skype:echo123?call>", true },
    { "User-Agent", "RTC/6.0", false },
    { "Server", "RTCC/6.0.0.0 MediationServer", false },
    { "User-Agent", "UCCAPI/16.0.4266.1001 OC/16.0.4266.1001 (Skype for Business)", false },
    { "User-Agent", "UCCAPI/1.0 (other)", false },
    { "User-Agent", "CPE/4.0.7577.0 OCPhone/4.0.7577.0", false },
    { "User-Agent", "ExumRouting/15.0.0.0", false },
    { "User-Agent", "RTC/1.3.5470 (Messenger 5.1.0701)", false },
    { "User-Agent", "Windows RTC/1.2.4949", false },
    { "User-Agent", "aTSC/1.0", false },
    { "Server", "Microsoft.Teams.SIPSBA v.2026.1.1.1", false },
    { "Server", "Microsoft.PSTNHub.SIPProxy v.2026.1.1.1 i.EUWE.1", false },
};

static sf_guarded room;
static sf_message message;

/** Reads a message whose header with that value begins after `before` bytes of another one. */
static bool is_marked(sf_extent extent, size_t before, const char *name, const char *value)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    g_autofree char *padding = g_strnfill(before, 'a');
    g_autofree char *text = g_strdup_printf(
        "OPTIONS sip:192.0.2.7 SIP/2.0\r\nX: %s\r\nMax-Forwards: 70\r\n%s: %s\r\n\r\n", padding, name, value);

    g_assert_cmpint(sf_message_read(sf_guarded_put(&room, sf_text(text)), &knowledge, extent, &message), ==, SF_OK);
    return message.is_microsoft;
}

/** Every kind of mark, at every place of a chunk of the text. */
static void test_marks(void)
{
    enum { PLACES = 67 };

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_autofree char *upper = g_ascii_strup(marks[i].value, -1);
        g_autofree char *lower = g_ascii_strdown(marks[i].value, -1);
        const char *const values[] = { marks[i].value, upper, lower };
        for (size_t j = 0; j < (marks[i].is_of_any_case ? G_N_ELEMENTS(values) : 1); j++) {
            for (size_t before = 0; before < PLACES; before++) {
                if (!is_marked(SF_READ_ALL, before, marks[i].name, values[j])) {
                    g_error("%s: %s is no mark", marks[i].name, values[j]);
                }
                if (!is_marked(SF_READ_FOR_CALL, before, marks[i].name, values[j])) {
                    g_error("%s: %s after %u bytes is not found when read for its call", marks[i].name, values[j],
                            (unsigned)before);
                }
            }
        }
    }
}

/** The hosts of Microsoft's cloud are marks, all of them. */
static void test_hosts(void)
{
    unsigned found = 0;

    for (unsigned i = 0; i < sf_default_place_count; i++) {
        sf_slice host = sf_default_places[i].text;
        sf_mark_scan scan = sf_mark_scan_over(host);
        if (sf_host_is_microsoft(host)) {
            found++;
            g_assert_true(sf_mark_scan_may_be_in(&scan, host));
        }
    }
    g_assert_cmpuint(found, >=, 8);
}

/** Values without a mark are not read for one; values are asked for in their order, and what is between is passed. */
static void test_values(void)
{
    static const char *const block = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKskyhehe;rport\r\n"
                                     "From: <sip:1009@example.com>\r\n"
                                     "Subject: lync\r\n"
                                     "To: <sip:2000@example.com>;tag=ms\r\n"
                                     "User-Agent: Asterisk PBX/18\r\n"
                                     "Contact: <sip:a@192.0.2.1>;isGateway";
    static const struct {
        const char *value;
        bool may_have_mark;
    } values[] = {
        { "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKskyhehe;rport", false },
        { "<sip:1009@example.com>", false },
        { "<sip:2000@example.com>;tag=ms", false }, /* the Subject is not asked for */
        { "Asterisk PBX/18", false },
        { "<sip:a@192.0.2.1>;isGateway", true },
    };
    sf_slice text = sf_guarded_put(&room, sf_text(block));
    sf_mark_scan scan = sf_mark_scan_over(text);

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        size_t at = (size_t)(strstr(block, values[i].value) - block);
        sf_slice value = sf_slice_head(sf_slice_skip(text, at), strlen(values[i].value));
        if (sf_mark_scan_may_be_in(&scan, value) != values[i].may_have_mark) {
            g_error("%s: %s", values[i].value, values[i].may_have_mark ? "its mark was not found" : "has no mark");
        }
        g_assert_true(sf_mark_scan_may_be_in(&scan, value) == values[i].may_have_mark);
    }
    g_assert_false(sf_mark_scan_may_be_in(&scan, (sf_slice){ NULL, 0 }));
}

/** A mark that ends behind the value is none of it; one that begins in an earlier value is none of the next. */
static void test_edges(void)
{
    sf_slice text = sf_guarded_put(&room, sf_text("skype:lync"));
    sf_mark_scan scan = sf_mark_scan_over(text);

    g_assert_true(sf_mark_scan_may_be_in(&scan, sf_slice_head(text, 5)));
    g_assert_false(sf_mark_scan_may_be_in(&scan, sf_slice_head(sf_slice_skip(text, 5), 1)));
    g_assert_true(sf_mark_scan_may_be_in(&scan, sf_slice_skip(text, 6)));
    g_assert_false(sf_mark_scan_may_be_in(&scan, sf_slice_skip(text, text.length)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    room = sf_guarded_new(1000);
    g_test_add_func("/mark-scan/marks", test_marks);
    g_test_add_func("/mark-scan/hosts", test_hosts);
    g_test_add_func("/mark-scan/values", test_values);
    g_test_add_func("/mark-scan/edges", test_edges);
    int result = g_test_run();
    sf_guarded_clear(&room);
    return result;
}
