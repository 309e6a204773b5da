/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a diagnostics code means in the message that has it.
 */
#include "check.h"
#include "engine/sip/diagnosis.h"
#include "engine/sip/response_phrase.h"

#include <string.h>

static void test_occasion(void)
{
    static const struct {
        const char *method;
        uint16_t status;
        sf_occasion occasion;
    } rows[] = {
        { "INVITE", 0, SF_IN_INVITE },     { "BYE", 0, SF_IN_REQUEST },       { "invite", 0, SF_IN_REQUEST },
        { "INVITE", 100, SF_IN_PROGRESS }, { "INVITE", 199, SF_IN_PROGRESS }, { "INVITE", 200, SF_IN_SUCCESS },
        { "BYE", 299, SF_IN_SUCCESS },     { "INVITE", 302, SF_IN_REDIRECT }, { "INVITE", 400, SF_IN_REFUSAL },
        { "INVITE", 603, SF_IN_REFUSAL },  { "INVITE", 699, SF_IN_REFUSAL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(sf_occasion_of(sf_text(rows[i].method), rows[i].status), ==, rows[i].occasion);
    }
}

/* ---- severity ---- */

#define I SF_SEVERITY_INFORMATION
#define N SF_SEVERITY_NOTE
#define F SF_SEVERITY_FAILURE

typedef struct {
    const char *name;
    uint32_t code;
    sf_severity in_request, in_invite, in_progress, in_success, in_redirect, in_refusal;
} severity_row;

static const severity_row severities[] = {
    { "failure", 23, F, N, N, F, N, F },
    { "failure-unconfirmed", 52031, N, N, N, N, N, F },
    { "note", 7008, N, N, N, N, N, N },
    { "note-unconfirmed", 52085, N, N, N, N, N, N },
    { "information", 51007, I, I, I, I, I, I },
    { "information-unconfirmed", 14011, I, I, I, I, I, I },
    { "unknown", 1999, N, N, I, I, N, F },
    { "unknown-without-a-component", 4000000, N, N, I, I, N, F },
    { "range-of-successes", 60123, I, I, I, I, I, I },
    { "range-of-expected-failures", 61123, N, N, N, N, N, N },
    { "range-of-failures", 62123, F, N, N, F, N, F },
    { "gateway-refused", 10503, N, N, N, I, N, F },
    { "gateway-busy", 10486, N, N, N, I, N, N },
    { "gateway-declined", 10603, N, N, N, I, N, N },
};

static void test_severity(gconstpointer data)
{
    const severity_row *row = data;

    g_assert_cmpint(sf_diagnosis_of(row->code, SF_IN_REQUEST).severity, ==, row->in_request);
    g_assert_cmpint(sf_diagnosis_of(row->code, SF_IN_INVITE).severity, ==, row->in_invite);
    g_assert_cmpint(sf_diagnosis_of(row->code, SF_IN_PROGRESS).severity, ==, row->in_progress);
    g_assert_cmpint(sf_diagnosis_of(row->code, SF_IN_SUCCESS).severity, ==, row->in_success);
    g_assert_cmpint(sf_diagnosis_of(row->code, SF_IN_REDIRECT).severity, ==, row->in_redirect);
    g_assert_cmpint(sf_diagnosis_of(row->code, SF_IN_REFUSAL).severity, ==, row->in_refusal);
}

/* ---- the gateway's answer ---- */

static void test_gateway(void)
{
    static const struct {
        uint32_t code;
        sf_occasion occasion;
        uint16_t status;
        const char *phrase;
    } rows[] = {
        { 10400, SF_IN_REFUSAL, 400, "Bad Request" },
        { 10404, SF_IN_REFUSAL, 404, "Not Found" },
        { 10421, SF_IN_REQUEST, 421, "Extension Required" },
        { 10480, SF_IN_PROGRESS, 480, "Temporarily Unavailable" },
        { 10608, SF_IN_REFUSAL, 608, "Rejected" },
        { 10404, SF_IN_SUCCESS, 0, NULL }, /* the call was accepted */
        { 10409, SF_IN_REFUSAL, 0, NULL }, /* no registered response */
        { 10399, SF_IN_REFUSAL, 0, NULL },
        { 10300, SF_IN_REFUSAL, 0, NULL },
        { 10700, SF_IN_REFUSAL, 0, NULL },
        { 10003, SF_IN_REFUSAL, 0, NULL },
        { 404, SF_IN_REFUSAL, 0, NULL },
        { 20404, SF_IN_REFUSAL, 0, NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        sf_diagnosis diagnosis = sf_diagnosis_of(rows[i].code, rows[i].occasion);
        g_assert_cmpuint(diagnosis.gateway_status, ==, rows[i].status);
        g_assert_cmpstr(diagnosis.gateway_phrase, ==, rows[i].phrase);
        g_assert_true(!diagnosis.meaning || !diagnosis.gateway_status);
    }
}

static void test_phrases(void)
{
    unsigned registered = 0;

    for (uint32_t status = 0; status < 1000; status++) {
        const char *phrase = sf_response_phrase(status);
        registered += phrase != NULL;
        g_assert_true(!phrase || (status >= 400 && status <= 699 && g_ascii_isupper(phrase[0])));
    }
    g_assert_cmpuint(registered, ==, 61);
    g_assert_cmpstr(sf_response_phrase(503), ==, "Service Unavailable");
    g_assert_null(sf_response_phrase(409));
}

/* ---- what says most, and in which words ---- */

static sf_diagnostics_table table;

static void read_value(sf_guarded *input)
{
    sf_problems problems;

    sf_problems_clear(&problems);
    sf_diagnostics_clear(&table);
    sf_diagnostics_read(input->text, SF_LITERAL("ms-diagnostics"), &problems, &table);
}

static void test_most_telling(void)
{
    static const struct {
        const char *value;
        sf_occasion occasion;
        const char *code; /* NULL for none */
    } rows[] = {
        { "1010", SF_IN_REFUSAL, "1010" },        { "1010, 1047", SF_IN_REFUSAL, "1010" },
        { "1034, 1010", SF_IN_REFUSAL, "1010" },  { "13004, 1034", SF_IN_REFUSAL, "1034" },
        { "51007, 23", SF_IN_SUCCESS, "23" },     { "13004, 23", SF_IN_PROGRESS, "13004" }, /* neither ends the call */
        { "52031, 23", SF_IN_REQUEST, "23" }, /* the first is not confirmed */
        { "1034, 1999", SF_IN_REFUSAL, "1999" },  { "1999, 1010", SF_IN_REFUSAL, "1010" },
        { "1999, 51004", SF_IN_REFUSAL, "1999" }, { "abc;x=y, 1034", SF_IN_REFUSAL, "1034" },
        { "abc;x=y", SF_IN_REFUSAL, NULL },       { "", SF_IN_REFUSAL, NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(rows[i].value));
        read_value(&input);
        const sf_diagnostics *item = sf_diagnosis_most_telling(&table, rows[i].occasion);
        sf_slice none = { NULL, 0 };
        SF_CHECK_SLICE(item ? item->code.text : none, rows[i].code);
    }
}

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static void test_reason(void)
{
    static const struct {
        const char *value;
        const char *reason;
    } rows[] = {
        { "1;reason=\"Previous hop refused\"", "Previous hop refused" },
        { "1;reason=\"a \\\"b\\\" c\"", "a \"b\" c" },
        { "1;reason=\"a\r\n b\"", "a b" },
        { "1;reason=plain%20text", "plain text" },
        { "1;reason=\"\"", "" },
        { "1;source=\"x\"", "" },
        { "1;reason=\"a=crypto:1 X inline:AAAA\"", "" },
        { "1;reason=\"INLI\\NE:AAAA\"", "" },
        { "1;reason=\"" HUNDRED TEN TEN "01234567\"", HUNDRED TEN TEN "01234567" },
        { "1;reason=\"" HUNDRED TEN TEN "012345678\"", HUNDRED TEN TEN "01234..." },
        /* Not in the middle of a character of two bytes. */
        { "1;reason=\"" HUNDRED TEN TEN "0123\303\244xxxx\"", HUNDRED TEN TEN "0123..." },
        { "1;reason=\"" HUNDRED TEN TEN "012\303\244xxxxx\"", HUNDRED TEN TEN "012\303\244..." },
    };
    char reason[SF_MAX_REASON];

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(rows[i].value));
        read_value(&input);
        size_t length = sf_diagnosis_reason(&table.items[0], reason);
        g_assert_cmpuint(length, <=, SF_MAX_REASON);
        g_assert_cmpmem(reason, length, rows[i].reason, strlen(rows[i].reason));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/diagnosis/severity", severities, test_severity);
    g_test_add_func("/diagnosis/occasion", test_occasion);
    g_test_add_func("/diagnosis/gateway", test_gateway);
    g_test_add_func("/diagnosis/phrases", test_phrases);
    g_test_add_func("/diagnosis/most-telling", test_most_telling);
    g_test_add_func("/diagnosis/reason", test_reason);
    return g_test_run();
}
