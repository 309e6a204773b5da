/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hosts with ports, SIP and tel URIs, and the addresses that hold them.
 */
#include "check.h"
#include "engine/sip/uri.h"

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    const char *host;
    uint16_t port;
    const char *problem;
} host_row;

static const host_row hosts[] = {
    { "name", "a.example.com", SF_OK, "a.example.com", 0, NULL },
    { "name-and-port", "a.example.com:5061", SF_OK, "a.example.com", 5061, NULL },
    { "blanks-around-colon", "a.example.com : 5061", SF_OK, "a.example.com", 5061, NULL },
    { "ipv6", "[2001:db8::1]", SF_OK, "2001:db8::1", 0, NULL },
    { "ipv6-and-port", "[2001:db8::1]:5060", SF_OK, "2001:db8::1", 5060, NULL },
    { "port-at-limit", "a:65535", SF_OK, "a", 65535, NULL },
    { "port-above-limit", "a:65536", SF_MALFORMED, "a", 0, "The port" },
    { "port-negative", "a:-1", SF_MALFORMED, "a", 0, "The port" },
    { "port-empty", "a:", SF_MALFORMED, "a", 0, "The port" },
    { "port-no-number", "a:sip", SF_MALFORMED, "a", 0, "The port" },
    { "bracket-open", "[2001:db8::1", SF_MALFORMED, "2001:db8::1", 0, "The IPv6 address" },
    { "bracket-alone", "[", SF_MALFORMED, "", 0, "The IPv6 address" },
    { "text-after-bracket", "[::1]x", SF_MALFORMED, "::1", 0, "The port" },
    { "empty", "", SF_OK, "", 0, NULL },
};

static void test_host(gconstpointer data)
{
    const host_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_slice host;
    sf_number port;

    sf_problems_clear(&problems);
    sf_status status = sf_host_port_read(input.text, input.text, &problems, &host, &port);
    g_assert_cmpint(status, ==, row->status);
    SF_CHECK_TEXT(host, row->host);
    g_assert_cmpuint(port.value, ==, row->port);
    g_assert_true(sf_number_is_present(port) == (row->port > 0));
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    const char *scheme;
    const char *user;
    const char *host;
    uint16_t port;
    const char *parameters;
    const char *problem;
} uri_row;

static const uri_row uris[] = {
    { "user-and-host", "sip:a@example.com", .status = SF_OK, .scheme = "sip", .user = "a", .host = "example.com" },
    { "host-only", "sip:example.com", .status = SF_OK, .scheme = "sip", .host = "example.com" },
    { "everything", "sips:a@example.com:5061;transport=tls;lr?Subject=x", .status = SF_OK, .scheme = "sips",
      .user = "a", .host = "example.com", .port = 5061, .parameters = "transport=tls;lr" },
    /* What a meeting is joined by */
    { "meeting", "conf:sip:a@example.com;gruu", .status = SF_OK, .scheme = "sip", .user = "a", .host = "example.com",
      .parameters = "gruu" },
    { "meeting-of-nothing", "conf:", .status = SF_MALFORMED, .problem = "The URI" },
    /* URIs that name no SIP host: an emergency call, a redirection to a web page */
    { "urn", "urn:service:sos", .status = SF_OK, .scheme = "urn" },
    { "web-page", "http://example.com:8080/a?b@c", .status = SF_OK, .scheme = "http" },
    { "mail", "mailto:a@example.com", .status = SF_OK, .scheme = "mailto" },
    { "password", "sip:a:secret@example.com", .status = SF_OK, .scheme = "sip", .user = "a", .host = "example.com" },
    { "at-in-a-password", "sip:a:b@c@example.com:5061;d=e@f?g@h", .status = SF_OK, .scheme = "sip", .user = "a",
      .host = "example.com", .port = 5061, .parameters = "d=e@f" },
    /* Parentheses are legal in a user part (RFC 3261 25.1), and Skype uses them */
    { "parentheses-in-user", "sip:user(example.com)@msn.com", .status = SF_OK, .scheme = "sip",
      .user = "user(example.com)", .host = "msn.com" },
    { "escapes-stay", "sip:user%28example.com%29@msn.com", .status = SF_OK, .scheme = "sip",
      .user = "user%28example.com%29", .host = "msn.com" },
    { "semicolon-in-user", "sip:+15550100;ext=1@example.com;user=phone", .status = SF_OK, .scheme = "sip",
      .user = "+15550100;ext=1", .host = "example.com", .parameters = "user=phone" },
    { "empty-user", "sip:@example.com", .status = SF_OK, .scheme = "sip", .user = "", .host = "example.com" },
    { "ipv6", "sip:a@[2001:db8::1]:5061;lr", .status = SF_OK, .scheme = "sip", .user = "a", .host = "2001:db8::1",
      .port = 5061, .parameters = "lr" },
    { "any-case-scheme", "SIP:a@example.com", .status = SF_OK, .scheme = "SIP", .user = "a", .host = "example.com" },
    { "tel", "tel:+15550100;phone-context=example.com", .status = SF_OK, .scheme = "tel", .user = "+15550100",
      .parameters = "phone-context=example.com" },
    { "empty-parameters", "sip:a@example.com;;;", .status = SF_OK, .scheme = "sip", .user = "a", .host = "example.com",
      .parameters = ";;" },
    { "blanks-around", "  sip:a@example.com ", .status = SF_OK, .scheme = "sip", .user = "a", .host = "example.com" },
    /* Output of Microsoft's own tool has blanks and capitals */
    { "blanks-in-parameters", "sip:a@example.com; gruu; Opaque=x", .status = SF_OK, .scheme = "sip", .user = "a",
      .host = "example.com", .parameters = " gruu; Opaque=x" },
    { "empty", "", .status = SF_ABSENT },
    { "blank", " ", .status = SF_ABSENT },
    { "no-scheme", "a.example.com", .status = SF_MALFORMED, .problem = "The URI" },
    { "empty-scheme", ":a@example.com", .status = SF_MALFORMED, .problem = "The URI" },
    { "scheme-with-foreign-letters", "\"Ann <sip:a@example.com", .status = SF_MALFORMED, .problem = "The URI" },
    { "scheme-only", "sip:", .status = SF_MALFORMED, .scheme = "sip", .problem = "The URI" },
    { "user-without-host", "sip:a@", .status = SF_MALFORMED, .scheme = "sip", .user = "a", .problem = "The URI" },
    { "bad-port", "sip:a@example.com:99999", .status = SF_MALFORMED, .scheme = "sip", .user = "a",
      .host = "example.com", .problem = "The port" },
};

static void test_uri(gconstpointer data)
{
    const uri_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(input.text, input.text, &problems, &uri), ==, row->status);
    SF_CHECK_SLICE(uri.scheme, row->scheme);
    SF_CHECK_SLICE(uri.user, row->user);
    SF_CHECK_TEXT(uri.host, row->host);
    g_assert_cmpuint(uri.port.value, ==, row->port);
    SF_CHECK_SLICE(uri.parameters, row->parameters);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    const char *display;
    const char *uri;
    const char *parameters;
    const char *problem;
} address_row;

static const address_row addresses[] = {
    { "angles", "<sip:a@example.com>", SF_OK, NULL, "sip:a@example.com", "", NULL },
    { "display-name", "Ann <sip:a@example.com>;tag=1", SF_OK, "Ann", "sip:a@example.com", "tag=1", NULL },
    { "quoted-display-name", "\"Ann <x>, B\" <sip:a@example.com>;tag=1", SF_OK, "Ann <x>, B", "sip:a@example.com",
      "tag=1", NULL },
    /* Lync writes display names like this */
    { "no-blank-in-front-of-angle", "\"Ann\"<sip:a@example.com>", SF_OK, "Ann", "sip:a@example.com", "", NULL },
    { "utf-8-display-name", "J\xc3\xbcrgen <sip:a@example.com>", SF_OK, "J\xc3\xbcrgen", "sip:a@example.com", "",
      NULL },
    { "latin-1-display-name", "J\xfcrgen <sip:a@example.com>", SF_OK, "J\xfcrgen", "sip:a@example.com", "", NULL },
    { "escaped-quote-in-name", "\"A\\\"<\" <sip:a@example.com>", SF_OK, "A\\\"<", "sip:a@example.com", "", NULL },
    { "empty-display-name", "\"\" <sip:a@example.com>", SF_OK, "", "sip:a@example.com", "", NULL },
    { "no-angles", "sip:a@example.com;tag=1", SF_OK, NULL, "sip:a@example.com", "tag=1", NULL },
    { "uri-parameters-in-angles", "<sip:a@example.com;x=1>;y=2", SF_OK, NULL, "sip:a@example.com;x=1", "y=2", NULL },
    { "blanks-after-angle", "<sip:a@example.com> ; tag=1", SF_OK, NULL, "sip:a@example.com", " tag=1", NULL },
    { "folded", "<sip:a@example.com>\r\n ;tag=1", SF_OK, NULL, "sip:a@example.com", "tag=1", NULL },
    { "angle-never-closed", "<sip:a@example.com;tag=1", SF_MALFORMED, NULL, "sip:a@example.com;tag=1", NULL,
      "The address" },
    { "quote-never-closed", "\"Ann <sip:a@example.com>;tag=1", SF_MALFORMED, "\"Ann", "sip:a@example.com", "tag=1",
      "The display name" },
    { "quote-never-closed-after", "sip:a@example.com;x=\"1", SF_OK, NULL, "sip:a@example.com", "x=\"1", NULL },
    { "empty", "", SF_MALFORMED, NULL, "", "", "The address" },
    { "empty-angles", "<>;tag=1", SF_MALFORMED, NULL, "", "tag=1", "The address" },
};

static void test_address(gconstpointer data)
{
    const address_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_address address;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_address_read(input.text, &problems, &address), ==, row->status);
    SF_CHECK_SLICE(address.display, row->display);
    SF_CHECK_TEXT(address.uri.text, row->uri);
    SF_CHECK_TEXT(address.parameters, row->parameters);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_password(void)
{
    const struct {
        sf_slice text;
        const char *password;
    } rows[] = {
        { SF_LITERAL("sip:a:secret@example.com"), "secret" }, { SF_LITERAL("sip:a:b:c@example.com"), "b:c" },
        { SF_LITERAL("sip:a:b@c@d@example.com"), "b@c@d" },   { SF_LITERAL("sip:a:@example.com"), "" },
        { SF_LITERAL("sip:a@example.com:5061"), NULL },       { SF_LITERAL("sip:example.com:5061"), NULL },
    };
    sf_problems problems;
    sf_uri uri;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        sf_problems_clear(&problems);
        g_assert_cmpint(sf_uri_read(rows[i].text, rows[i].text, &problems, &uri), ==, SF_OK);
        SF_CHECK_SLICE(uri.password, rows[i].password);
    }
}

static void test_parameter_find(void)
{
    sf_slice parameters = SF_LITERAL("x=\"tag=0\";etag=1;TAG=2;tag=3;lr");
    sf_param param;

    g_assert_true(sf_parameter_find(parameters, SF_LITERAL("tag"), &param));
    SF_CHECK_SLICE(param.value, "2");
    g_assert_true(sf_parameter_find(parameters, SF_LITERAL("LR"), &param));
    SF_CHECK_SLICE(param.value, NULL);
    g_assert_false(sf_parameter_find(parameters, SF_LITERAL("ta"), &param));
    g_assert_false(sf_parameter_find((sf_slice){ NULL, 0 }, SF_LITERAL("tag"), &param));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/uri/host", hosts, test_host);
    SF_ADD_ROWS("/uri/read", uris, test_uri);
    SF_ADD_ROWS("/uri/address", addresses, test_address);
    g_test_add_func("/uri/password", test_password);
    g_test_add_func("/uri/parameter-find", test_parameter_find);
    return g_test_run();
}
