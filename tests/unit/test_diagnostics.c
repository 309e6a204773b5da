/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Diagnostics headers ([MS-OCER] 2.2.1).
 */
#include "check.h"
#include "engine/sip/diagnostics.h"

static sf_diagnostics_table table;

/** Reads a value in front of a guard page into the table, emptied before. */
static void read_value(sf_guarded *input, sf_problems *problems)
{
    sf_problems_clear(problems);
    sf_diagnostics_clear(&table);
    sf_diagnostics_read(input->text, SF_LITERAL("ms-diagnostics"), problems, &table);
}

/* ---- one header, one or more elements ---- */

typedef struct {
    const char *name;
    const char *value;
    const char *codes; /* of all elements, blank-separated; `-` for one without, "" for no element */
    const char *reason, *source, *domain, *peer_server; /* of the first; NULL if absent */
    const char *params;                                 /* of all elements, as written, joined by `|` */
    const char *problem;
} header_row;

#define ROW_1010 "1010;reason=\"Certificate trust failed\";source=\"edge.example.com\""

static const header_row headers[] = {
    { "as-specified", ROW_1010, .codes = "1010", .reason = "Certificate trust failed", .source = "edge.example.com",
      .params = "" },
    { "public-without-source", "1003;reason=\"User does not exist\"", .codes = "1003", .reason = "User does not exist",
      .params = "" },
    { "number-alone", "0", .codes = "0", .params = "" },
    { "largest-number", "4294967295", .codes = "4294967295", .params = "" },
    { "leading-zeros", "00051007;reason=x", .codes = "51007", .reason = "x", .params = "" },
    { "number-with-a-second-one", "15500.3;reason=\"x\"", .codes = "15500.3", .reason = "x", .params = "" },
    { "second-number-zero", "504.0;reason=\"x\"", .codes = "504.0", .reason = "x", .params = "" },
    { "second-number-missing", "504.;reason=\"x\"", .codes = "504", .reason = "x", .params = "",
      .problem = "The second error number" },
    { "second-number-that-is-none", "504.two;reason=\"x\"", .codes = "504", .reason = "x", .params = "",
      .problem = "The second error number" },
    { "second-number-past-its-range", "504.4294967296;reason=\"x\"", .codes = "504", .reason = "x", .params = "",
      .problem = "The second error number" },
    { "source-first", "1034;source=\"a.example.com\";reason=\"x\"", .codes = "1034", .reason = "x",
      .source = "a.example.com", .params = "" },
    { "all-members",
      "1034;reason=\"x\";Domain=\"example.org\";PeerServer=\"sip.example.org\";source=\"edge.example.com\"",
      .codes = "1034", .reason = "x", .source = "edge.example.com", .domain = "example.org",
      .peer_server = "sip.example.org", .params = "" },
    { "members-in-capitals",
      "1034;REASON=\"x\";DOMAIN=\"example.org\";PEERSERVER=\"sip.example.org\";SOURCE=\"edge.example.com\"",
      .codes = "1034", .reason = "x", .source = "edge.example.com", .domain = "example.org",
      .peer_server = "sip.example.org", .params = "" },
    { "capital-initials", "10003;Reason=\"x\";Source=\"m.example.com\";Component=\"MediationServer\"", .codes = "10003",
      .reason = "x", .source = "m.example.com", .params = "Component=\"MediationServer\"" },
    { "domain-in-lower-case", "1009;domain=\"example.org\";fqdn1=\"sip.example.net\"", .codes = "1009",
      .domain = "example.org", .params = "fqdn1=\"sip.example.net\"" },
    { "blanks-everywhere", " 1010 ; reason = \"x y\" ; source\t=\t\"a.example.com\" ;", .codes = "1010",
      .reason = "x y", .source = "a.example.com", .params = "" },
    { "folds", "1010;reason=\"x\"\r\n ;source=\"a.example.com\"\r\n\t;fqdn1=b", .codes = "1010", .reason = "x",
      .source = "a.example.com", .params = "fqdn1=b" },
    { "unquoted", "1010;reason=Certificate trust failed;source=a.example.com", .codes = "1010",
      .reason = "Certificate trust failed", .source = "a.example.com", .params = "" },
    { "semicolon-in-quotes", "1010;reason=\"a;b=c\";source=\"d\"", .codes = "1010", .reason = "a;b=c", .source = "d",
      .params = "" },
    { "comma-in-quotes", "1010;reason=\"a, 1011;b\"", .codes = "1010", .reason = "a, 1011;b", .params = "" },
    { "equals-in-value", "1010;reason=\"a=b\"", .codes = "1010", .reason = "a=b", .params = "" },
    { "escaped-quote", "1010;reason=\"a \\\"b\\\" c\";source=\"d\"", .codes = "1010", .reason = "a \\\"b\\\" c",
      .source = "d", .params = "" },
    { "empty-reason", "1010;reason=\"\";source=\"d\"", .codes = "1010", .reason = "", .source = "d", .params = "" },
    { "empty-parameters", "1010;;;reason=\"x\"; ;", .codes = "1010", .reason = "x", .params = "" },
    { "flag", "1010;reason=\"x\";retry", .codes = "1010", .reason = "x", .params = "retry" },
    { "flag-named-like-a-member", "1010;reason;source=\"d\"", .codes = "1010", .source = "d", .params = "reason" },
    { "member-twice", "1010;reason=\"x\";reason=\"y\"", .codes = "1010", .reason = "x", .params = "reason=\"y\"" },
    { "other-parameters", "1047;ErrorType=\"a\";WinsockFailureCode=\"10054(WSAECONNRESET)\";HRESULT=\"0x80072746\"",
      .codes = "1047", .params = "ErrorType=\"a\"|WinsockFailureCode=\"10054(WSAECONNRESET)\"|HRESULT=\"0x80072746\"" },
    /* Commas: between elements, within an unquoted reason, and for nothing */
    { "two-elements", ROW_1010 ", 1011;reason=\"y\"", .codes = "1010 1011", .reason = "Certificate trust failed",
      .source = "edge.example.com", .params = "" },
    { "three-elements-without-blanks", "1;reason=\"a\",2;x=y,3", .codes = "1 2 3", .reason = "a", .params = "x=y" },
    { "commas-for-nothing", ROW_1010 ",,,", .codes = "1010", .reason = "Certificate trust failed",
      .source = "edge.example.com", .params = "" },
    { "commas-in-front", ",,, 1010;reason=\"x\"", .codes = "1010", .reason = "x", .params = "" },
    { "commas-between", "1010;reason=\"x\", ,,1011", .codes = "1010 1011", .reason = "x", .params = "" },
    { "comma-in-unquoted-reason", "1010;reason=failed, as expected;source=d", .codes = "1010",
      .reason = "failed, as expected", .source = "d", .params = "" },
    { "comma-and-number-in-unquoted-reason", "1010;reason=failed, 22 times;source=d", .codes = "1010",
      .reason = "failed, 22 times", .source = "d", .params = "" },
    /* What is no diagnostics */
    { "empty", "", .codes = "", .params = "", .problem = "The header" },
    { "commas-alone", ",,,", .codes = "", .params = "", .problem = "The header" },
    { "garbage", "%%&=;;\"", .codes = "-", .params = "%%&=|\"", .problem = "The header" },
    { "garbage-alone", "garbage", .codes = "-", .params = "", .problem = "The header" },
    { "word-instead-of-a-number", "abc;reason=\"See\";source=\"fe01\";x=y", .codes = "-", .reason = "See",
      .source = "fe01", .params = "x=y", .problem = "The header" },
    { "nothing-instead-of-a-number", ";reason=\"x\";Domain=\"example.org\"", .codes = "-", .reason = "x",
      .domain = "example.org", .params = "", .problem = "The header" },
    { "no-number", "reason=\"x; y\";source=\"d\"", .codes = "-", .reason = "x; y", .source = "d", .params = "",
      .problem = "The header" },
    { "number-past-its-range", "4294967296;reason=\"x\"", .codes = "-", .reason = "x", .params = "",
      .problem = "The header" },
    { "negative", "-1;reason=\"x\"", .codes = "-", .reason = "x", .params = "", .problem = "The header" },
    { "garbage-in-front-of-an-element", "garbage;reason=\"y\", 1010;reason=\"x\";z", .codes = "- 1010", .reason = "y",
      .params = "z", .problem = "The header" },
    { "no-closing-quote", "1010;source=\"d\";reason=\"never ends", .codes = "1010", .reason = "never ends",
      .source = "d", .params = "", .problem = "The quoted value" },
};

static void append_code(GString *out, const sf_diagnostics *item)
{
    if (out->len > 0) {
        g_string_append_c(out, ' ');
    }
    if (!sf_diagnostics_has_code(item)) {
        g_string_append_c(out, '-');
        return;
    }
    g_string_append_printf(out, "%u", (unsigned)item->code.value);
    if (sf_number_is_present(item->subcode)) {
        g_string_append_printf(out, ".%u", (unsigned)item->subcode.value);
    }
}

static void test_header(gconstpointer data)
{
    const header_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    g_autoptr(GString) codes = g_string_new(NULL);
    g_autoptr(GString) params = g_string_new(NULL);
    sf_problems problems;

    read_value(&input, &problems);
    for (unsigned i = 0; i < table.count; i++) {
        const sf_diagnostics *item = &table.items[i];
        append_code(codes, item);
        SF_CHECK_SLICE(item->header, "ms-diagnostics");
        for (unsigned j = 0; j < item->params.count; j++) {
            sf_slice text = table.params[item->params.first + j].text;
            g_string_append_printf(params, "%s%.*s", params->len ? "|" : "", (int)text.length, text.text);
        }
    }
    g_assert_cmpstr(codes->str, ==, row->codes);
    g_assert_cmpstr(params->str, ==, row->params);
    if (table.count > 0) {
        SF_CHECK_SLICE(table.items[0].reason.value, row->reason);
        SF_CHECK_SLICE(table.items[0].source.value, row->source);
        SF_CHECK_SLICE(table.items[0].domain.value, row->domain);
        SF_CHECK_SLICE(table.items[0].peer_server.value, row->peer_server);
    }
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/** The caller undoes escapes of quoted values only. */
static void test_quotes(void)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text("1010;reason=\"a\\\"b\";source=c\\d;x=\"e\";y=f"));
    sf_problems problems;

    read_value(&input, &problems);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_true(table.items[0].reason.is_quoted);
    g_assert_false(table.items[0].source.is_quoted);
    g_assert_true(table.params[0].is_quoted);
    g_assert_false(table.params[1].is_quoted);
    SF_CHECK_SLICE(table.params[0].name, "x");
    SF_CHECK_SLICE(table.params[0].value, "e");
}

/** Headers of one message fill one table, in order, and each keeps to its own parameters. */
static void test_several_headers(void)
{
    static const struct {
        sf_slice header;
        sf_slice value;
    } lines[] = {
        { SF_LITERAL("ms-diagnostics"), SF_LITERAL("1034;Domain=\"example.org\";a=1") },
        { SF_LITERAL("ms-diagnostics"), SF_LITERAL("1010;b=2;c=3") },
        { SF_LITERAL("ms-diagnostics-public"), SF_LITERAL("1034;d=4") },
    };
    static const struct {
        uint32_t code;
        unsigned first, count;
    } expected[] = { { 1034, 0, 1 }, { 1010, 1, 2 }, { 1034, 3, 1 } };
    sf_problems problems;

    sf_problems_clear(&problems);
    sf_diagnostics_clear(&table);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        sf_diagnostics_read(lines[i].value, lines[i].header, &problems, &table);
    }
    g_assert_cmpuint(table.count, ==, G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_assert_cmpuint(table.items[i].code.value, ==, expected[i].code);
        g_assert_cmpuint(table.items[i].params.first, ==, expected[i].first);
        g_assert_cmpuint(table.items[i].params.count, ==, expected[i].count);
        g_assert_true(sf_slice_equals(table.items[i].header, lines[i].header));
    }
}

/* ---- limits ---- */

typedef struct {
    const char *name;
    const char *unit;
    const char *what;
    unsigned times;
    unsigned diagnostics, params, media_debugs;
} limit_row;

/* Each fills one array of the table; the parameters of one element have a limit of their own, below those of all. */
static const limit_row limits[] = {
    { "elements", "1,", "Diagnostics headers", 10000, SF_MAX_DIAGNOSTICS, 0, 0 },
    { "parameters", "1;a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t,", "Parameters of diagnostics", 32, SF_MAX_DIAGNOSTICS,
      SF_MAX_DIAGNOSTIC_PARAMS, 0 },
    { "media-debugs", "1;CallerMediaDebug=a:;CalleeMediaDebug=b:,", "Media debug values", 20, 20, 0,
      SF_MAX_MEDIA_DEBUGS },
};

static void test_limit(gconstpointer data)
{
    const limit_row *row = data;
    g_autoptr(GString) text = g_string_new(NULL);
    sf_problems problems;

    for (unsigned i = 0; i < row->times; i++) {
        g_string_append(text, row->unit);
    }
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text->str));
    read_value(&input, &problems);
    g_assert_cmpuint(table.count, ==, row->diagnostics);
    g_assert_cmpuint(table.param_count, ==, row->params);
    g_assert_cmpuint(table.media_debug_count, ==, row->media_debugs);
    bool is_noted = false;
    for (unsigned i = 0; i < problems.count; i++) {
        g_assert_cmpint(problems.items[i].kind, ==, SF_PROBLEM_LIMIT);
        is_noted = is_noted || strcmp(problems.items[i].what, row->what) == 0;
    }
    g_assert_true(is_noted);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/diagnostics/header", headers, test_header);
    SF_ADD_ROWS("/diagnostics/limit", limits, test_limit);
    g_test_add_func("/diagnostics/quotes", test_quotes);
    g_test_add_func("/diagnostics/several-headers", test_several_headers);
    return g_test_run();
}
