/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is read of the header, or of the body, that the capture cuts off: all that is whole, and nothing that is not.
 */
#include <string.h>

#include "check.h"
#include "engine/body/document.h"
#include "engine/message.h"
#include "engine/sdp/security.h"

static sf_message message;
static sf_document document;
static sf_guarded guarded; /* the message that was read last */

static void add(GString *facts, const char *name, sf_slice value)
{
    if (sf_slice_present(value)) {
        g_string_append_printf(facts, "%s%s=%.*s", facts->len > 0 ? " " : "", name, (int)value.length, value.text);
    }
}

static void add_party(GString *facts, const char *name, const sf_party *party)
{
    if (party->is_present) {
        add(facts, name, party->identity.text);
        add(facts, "display", party->address.display);
        add(facts, "tag", party->tag);
    }
}

/** The facts of the message that a header below may fill. To be freed. */
static char *facts_of_message(void)
{
    GString *facts = g_string_new(NULL);

    add_party(facts, "from", &message.from);
    add_party(facts, "to", &message.to);
    add(facts, "call", message.call_id);
    add(facts, "agent", message.agent);
    add(facts, "contact", message.contact.host);
    add(facts, "port", message.contact.port.text);
    for (unsigned i = 0; i < message.caller_asserted.identity_count; i++) {
        add(facts, "asserted", message.caller_asserted.identities[i].text);
    }
    for (unsigned i = 0; i < message.via_count; i++) {
        add(facts, "via", message.vias[i].sent_by);
        add(facts, "branch", message.vias[i].branch);
    }
    for (unsigned i = 0; i < message.route_count; i++) {
        add(facts, "route", message.routes[i].address.uri.host);
    }
    for (unsigned i = 0; i < message.reference_count; i++) {
        add(facts, "reference", message.references[i].identity.text);
        add(facts, "index", message.references[i].index);
    }
    for (unsigned i = 0; i < message.diagnostics.count; i++) {
        add(facts, "code", message.diagnostics.items[i].code.text);
        add(facts, "reason", message.diagnostics.items[i].reason.value);
        add(facts, "source", message.diagnostics.items[i].source.value);
    }
    for (unsigned i = 0; i < message.reason_count; i++) {
        add(facts, "cause", message.reasons[i].cause.text);
        add(facts, "text", message.reasons[i].reason_text);
    }
    add(facts, "allow", message.allow);
    return g_string_free(facts, FALSE);
}

/** Reads what was captured of a message: its start line, and `text` behind it. */
static void read_captured(const char *text)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    g_autofree char *all = g_strconcat("INVITE sip:anna@example.com SIP/2.0\r\n", text, NULL);
    sf_slice text_of_all = sf_guarded_put(&guarded, sf_text(all));
    const sf_captured captured = { .is_cut = true };

    g_assert_cmpint(sf_message_read_captured(text_of_all, captured, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
    g_assert_cmpuint(message.problems.count, ==, 0);
}

typedef struct {
    const char *name;
    const char *header; /**< ends where the capture does */
    const char *facts;
} header_row;

static const header_row headers[] = {
    { "address", "From: <sip:nora@example.org>", "from=nora@example.org" },
    { "address-and-half-a-parameter", "From: <sip:nora@example.org>;ta", "from=nora@example.org" },
    { "address-and-half-a-value", "From: \"Nora\" <sip:nora@example.org>;epid=01;tag=7166",
      "from=nora@example.org display=Nora" },
    { "tag-that-is-whole", "From: <sip:nora@example.org>;tag=7166;epid=0", "from=nora@example.org tag=7166" },
    { "compact-name", "f: <sip:nora@example.org>", "from=nora@example.org" },
    { "carriage-return", "To: <sip:anna@example.com>\r", "to=anna@example.com" },
    { "folded", "To: \"Anna\"\r\n <sip:anna@example.com>\r\n ;ta", "to=anna@example.com display=Anna" },
    { "half-a-host", "From: <sip:nora@example.o", "" },
    { "half-a-port", "Contact: <sip:nora@192.0.2.1:50", "" },
    { "port-and-half-a-parameter", "Contact: <sip:nora@192.0.2.1:5061;trans", "contact=192.0.2.1 port=5061" },
    { "without-brackets", "From: sip:nora@example.org;tag=71", "from=nora@example.org" },
    { "without-brackets-or-parameter", "From: sip:nora@example.org", "" },
    { "semicolon-in-a-user", "From: <sip:+14255550100;ext=10", "" },
    { "semicolon-in-a-whole-user", "From: <sip:+14255550100;ext=10@192.0.2.1;us",
      "from=+14255550100;ext=10@192.0.2.1" },
    { "number", "From: <tel:+14255550100;ext=1", "from=+14255550100" },
    { "name-alone", "From: \"Nora\" ", "" },
    { "semicolon-in-a-name", "From: \"Bell; No", "" },
    { "semicolon-in-a-whole-name", "From: \"Bell; Nora\" <sip:nora@exam", "" },
    { "bracket-in-a-name", "From: \"<sip:x@y>; \\\" <sip:z@y>; ", "" },
    { "list", "P-Asserted-Identity: <sip:nora@example.org>, <tel:+1425", "asserted=nora@example.org" },
    { "list-up-to-its-comma", "P-Asserted-Identity: <sip:nora@example.org>,", "asserted=nora@example.org" },
    { "routes", "Record-Route: <sip:a@one.example.com;lr>,<sip:two.example.com;l", "route=one.example.com" },
    { "forwarding", "History-Info: <sip:nora@example.org>;index=1,<sip:anna@exam",
      "reference=nora@example.org index=1" },
    { "via", "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1,SIP/2.0/TLS 192.0.2.2:50",
      "via=192.0.2.1:5061 branch=z9hG4bK1" },
    { "half-a-branch", "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG", "via=192.0.2.1:5061" },
    { "half-of-sent-by", "Via: SIP/2.0/TLS 192.0.2.1:50", "" },
    { "call-id", "Call-ID: 0123", "" },
    { "call-id-with-a-semicolon", "Call-ID: 01;23", "" },
    { "product", "User-Agent: RTCC/6.0.0.0 (Lync; x", "" },
    { "methods", "Allow: INVITE, REFER, NOT", "" },
    { "diagnostics", "ms-diagnostics: 1003;reason=\"User; does", "code=1003" },
    { "reason", "ms-diagnostics: 1003;reason=\"User; does not exist\"", "code=1003 reason=User; does not exist" },
    { "reason-and-half-a-source", "ms-diagnostics: 1003;reason=\"No\";source=\"sip.ex", "code=1003 reason=No" },
    { "code-alone", "ms-diagnostics: 100", "" },
    { "cause", "Reason: Q.850;cause=1;text=\"Unassigned", "cause=1" },
    { "two-causes", "Reason: Q.850;cause=1;text=\"No; never\", SIP;cause=4", "cause=1 text=No; never" },
    { "half-a-name", "Cont", "" },
};

static void test_header(gconstpointer data)
{
    const header_row *row = data;

    read_captured(row->header);
    g_autofree char *facts = facts_of_message();
    g_assert_cmpstr(facts, ==, row->facts);
    g_assert_cmpint(message.cut, ==, SF_CUT_HEADERS);
}

typedef struct {
    const char *name;
    const char *media_type;
    const char *body; /**< ends where the capture does */
    const char *facts;
} body_row;

static const body_row bodies[] = {
    { "number-in-a-line", "application/vq-rtcpxr", "CallID: 01\r\nPacketLoss:NLR=1.5 JDR=2.", "CallID=01" },
    { "line", "application/vq-rtcpxr", "CallID: 01\r\nPacketLoss:NLR=1.5 JDR=2.5\r\n", "CallID=01 NLR=1.5 JDR=2.5" },
    { "half-a-cookie", "text/x-msmsgsinvite", "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 12",
      "Invitation-Command=ACCEPT" },
    { "text-of-an-element", "application/pidf+xml",
      "<presence entity=\"sip:anna@example.com\"><tuple><status><basic>ope", "presence=sip:anna@example.com" },
    { "attribute", "application/pidf+xml", "<presence entity=\"sip:an", "" },
};

static void test_body(gconstpointer data)
{
    const body_row *row = data;
    g_autofree char *text = g_strdup_printf("Content-Type: %s\r\nContent-Length: 999\r\n\r\n%s", row->media_type,
                                            row->body);
    GString *facts = g_string_new(NULL);

    read_captured(text);
    g_assert_cmpint(message.cut, ==, SF_CUT_BODY);
    g_assert_cmpuint(message.bodies.count, ==, 1);
    sf_document_read(message.bodies.items[0].text, sf_document_type_of(sf_text(row->media_type)), &document);
    for (unsigned i = 0; i < document.count; i++) {
        g_autofree char *name = g_strndup(document.facts[i].name.text, document.facts[i].name.length);
        add(facts, name, document.facts[i].text);
    }
    g_assert_cmpstr(facts->str, ==, row->facts);
    g_string_free(facts, TRUE);
}

/** What the end of a session leaves open. */
static void test_session(void)
{
    static const struct {
        const char *body;
        bool lacks_end, lacks_lines, has_direction;
    } rows[] = {
        { "v=0\r\nm=audio 50018 RTP/AVP 0\r\na=sendonly\r\na=mid", true, true, true },
        { "v=0\r\nm=audio 50018 RTP/AVP 0\r\na=send", true, true, false },
        { "v=0\r\na=sendonly\r\nm=audio 50018 RTP/AVP 0\r\n", true, true, false },
        { "v=0\r\nm=audio 50018 RTP/AVP 0\r\na=x\r\n", false, false, true },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        size_t length = strlen(rows[i].body) + (rows[i].lacks_end ? 1 : 0);
        g_autofree char *text = g_strdup_printf("Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n%s",
                                                length, rows[i].body);
        read_captured(text);
        g_assert_cmpuint(message.media.stream_count, ==, 1);
        g_assert_cmpint(message.media.lacks_end, ==, rows[i].lacks_end);
        g_assert_cmpint(message.media.streams[0].lacks_lines, ==, rows[i].lacks_lines);
        g_assert_cmpint(sf_stream_has_direction(&message.media.streams[0]), ==, rows[i].has_direction);
        g_assert_false(message.media.lacks_bodies);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/cut/header", headers, test_header);
    SF_ADD_ROWS("/cut/body", bodies, test_body);
    g_test_add_func("/cut/session", test_session);
    guarded = sf_guarded_new(4096);
    int result = g_test_run();
    sf_guarded_clear(&guarded);
    return result;
}
