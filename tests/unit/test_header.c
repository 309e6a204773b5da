/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Header lines: names in any case, compact names, folds, and the end of the block.
 */
#include "check.h"
#include "engine/sip/header.h"

typedef struct {
    const char *name;
    const char *text;
    sf_header_id id;
    const char *written;
    const char *canonical;
    const char *value;
} header_row;

static const header_row headers[] = {
    { "usual", "From: <sip:a>\r\n", SF_HEADER_FROM, "From", "From", "<sip:a>" },
    { "upper-case", "RECORD-ROUTE: <sip:a>\r\n", SF_HEADER_RECORD_ROUTE, "RECORD-ROUTE", "Record-Route", "<sip:a>" },
    { "lower-case", "call-id: 1\r\n", SF_HEADER_CALL_ID, "call-id", "Call-ID", "1" },
    { "odd-case", "cOnTeNt-LeNgTh: 0\r\n", SF_HEADER_CONTENT_LENGTH, "cOnTeNt-LeNgTh", "Content-Length", "0" },
    { "compact-from", "f: <sip:a>\r\n", SF_HEADER_FROM, "f", "From", "<sip:a>" },
    { "compact-to", "t: <sip:a>\r\n", SF_HEADER_TO, "t", "To", "<sip:a>" },
    { "compact-via", "v: SIP/2.0/TLS a\r\n", SF_HEADER_VIA, "v", "Via", "SIP/2.0/TLS a" },
    { "compact-call-id", "i: 1\r\n", SF_HEADER_CALL_ID, "i", "Call-ID", "1" },
    { "compact-contact", "m: <sip:a>\r\n", SF_HEADER_CONTACT, "m", "Contact", "<sip:a>" },
    { "compact-content-length", "l: 0\r\n", SF_HEADER_CONTENT_LENGTH, "l", "Content-Length", "0" },
    { "compact-content-type", "c: application/sdp\r\n", SF_HEADER_CONTENT_TYPE, "c", "Content-Type",
      "application/sdp" },
    { "compact-content-encoding", "e: gzip\r\n", SF_HEADER_CONTENT_ENCODING, "e", "Content-Encoding", "gzip" },
    { "content-encoding", "Content-Encoding: gzip\r\n", SF_HEADER_CONTENT_ENCODING, "Content-Encoding",
      "Content-Encoding", "gzip" },
    { "content-transfer-encoding", "content-transfer-encoding: base64\r\n", SF_HEADER_CONTENT_ENCODING,
      "content-transfer-encoding", "Content-Transfer-Encoding", "base64" },
    { "compact-referred-by", "b: <sip:a>\r\n", SF_HEADER_REFERENCE, "b", "Referred-By", "<sip:a>" },
    { "compact-refer-to", "r: <sip:a>\r\n", SF_HEADER_REFERENCE, "r", "Refer-To", "<sip:a>" },
    { "compact-in-upper-case", "F: <sip:a>\r\n", SF_HEADER_FROM, "F", "From", "<sip:a>" },
    { "compact-letter-of-nothing", "z: 1\r\n", SF_HEADER_OTHER, "z", "z", "1" },
    { "no-blank-after-colon", "To:<sip:a>\r\n", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "blanks-in-front-of-colon", "To \t: <sip:a>\r\n", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "blank-after-compact-name", "t : <sip:a>\r\n", SF_HEADER_TO, "t", "To", "<sip:a>" },
    { "blank-after-unknown-name", "X-Any : 1\r\n", SF_HEADER_OTHER, "X-Any", "X-Any", "1" },
    { "blank-for-a-name", " : 1\r\n", SF_HEADER_OTHER, "", "", "1" },
    { "trailing-blanks", "To: <sip:a> \t\r\n", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "bare-lf", "To: <sip:a>\n", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "fold-by-blank", "To: <sip:a>\r\n ;tag=1\r\n", SF_HEADER_TO, "To", "To", "<sip:a>\r\n ;tag=1" },
    { "fold-by-tab", "To:\r\n\t<sip:a>\r\n", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "fold-with-bare-lf", "To:\n <sip:a>\n", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "two-folds", "To: a\r\n b\r\n c\r\n", SF_HEADER_TO, "To", "To", "a\r\n b\r\n c" },
    { "empty-value", "To:\r\n", SF_HEADER_TO, "To", "To", "" },
    { "colons-in-value", "To: sip:a:1\r\n", SF_HEADER_TO, "To", "To", "sip:a:1" },
    { "no-colon", "garbage\r\n", SF_HEADER_OTHER, "", "", "garbage" },
    { "no-line-end", "To: <sip:a>", SF_HEADER_TO, "To", "To", "<sip:a>" },
    { "name-alone-at-the-end", "To:", SF_HEADER_TO, "To", "To", "" },
};

static void test_header(gconstpointer data)
{
    const header_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_header header;

    g_assert_cmpint(sf_header_next(&cursor, &header), ==, SF_HEADERS_MORE);
    g_assert_cmpint(header.id, ==, row->id);
    SF_CHECK_SLICE(header.name, row->written);
    SF_CHECK_SLICE(header.canonical, row->canonical);
    SF_CHECK_SLICE(header.value, row->value);
    g_assert_true(header.text.text == input.text.text);
    g_assert_true(cursor.at == cursor.end);
}

typedef struct {
    const char *name;
    const char *text;
    unsigned headers;
    sf_headers_state end;
    const char *body;
} block_row;

static const block_row blocks[] = {
    { "crlf", "A: 1\r\nB: 2\r\n\r\nbody", 2, SF_HEADERS_END, "body" },
    { "bare-lf", "A: 1\nB: 2\n\nbody", 2, SF_HEADERS_END, "body" },
    { "no-headers", "\r\nbody", 0, SF_HEADERS_END, "body" },
    { "no-body", "A: 1\r\n\r\n", 1, SF_HEADERS_END, "" },
    { "no-blank-line", "A: 1\r\nB: 2\r\n", 2, SF_HEADERS_UNTERMINATED, "" },
    { "cut-in-a-header", "A: 1\r\nB", 2, SF_HEADERS_UNTERMINATED, "" },
    { "cut-in-the-blank-line", "A: 1\r\n\r", 2, SF_HEADERS_UNTERMINATED, "" },
    { "empty", "", 0, SF_HEADERS_UNTERMINATED, "" },
    { "sdp-without-blank-line", "A: 1\r\nv=0\r\no=a: 1\r\n\r\nb", 1, SF_HEADERS_UNTERMINATED,
      "v=0\r\no=a: 1\r\n\r\nb" },
    { "sdp-stub-without-blank-line", "A: 1\r\no=- 0 0 IN IP6 ::1\r\n", 1, SF_HEADERS_UNTERMINATED,
      "o=- 0 0 IN IP6 ::1\r\n" },
    { "line-like-sdp-is-no-body", "x=y\r\nA: 1\r\n\r\nbody", 2, SF_HEADERS_END, "body" },
    { "value-like-sdp", "v: 0\r\n v=0\r\n\r\nbody", 1, SF_HEADERS_END, "body" },
    { "blank-line-is-no-fold", "A: 1\r\n\r\n body", 1, SF_HEADERS_END, " body" },
};

static void test_block(gconstpointer data)
{
    const block_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_headers_state state;
    sf_header header;
    unsigned count = 0;

    while ((state = sf_header_next(&cursor, &header)) == SF_HEADERS_MORE) {
        count++;
    }
    g_assert_cmpint(state, ==, row->end);
    g_assert_cmpuint(count, ==, row->headers);
    SF_CHECK_TEXT(sf_cursor_rest(&cursor), row->body);
}

typedef struct {
    const char *name;
    const char *line;
    const char *text, *value; /**< what is left; NULL: all of it, since there is no key */
} cut_row;

static const cut_row cuts[] = {
    { "no-key", "From: <sip:a@b>;tag=1", NULL, NULL },
    { "disposition", "Content-Disposition: session;handling=inline", NULL, NULL },
    { "in-the-address", "From: <sip:a@b:inline:AAAA", "From: ", "" },
    { "in-a-parameter", "From: <sip:a@b>;tag=inline:AAAA;epid=1", "From: <sip:a@b>", "<sip:a@b>" },
    { "in-a-later-parameter", "From: <sip:a@b> ; tag=1 ; epid=inline:AAAA", "From: <sip:a@b> ; tag=1",
      "<sip:a@b> ; tag=1" },
    { "in-a-fold", "From: <sip:a@b>\r\n ;tag=inline:AAAA", "From: <sip:a@b>", "<sip:a@b>" },
    { "as-the-name", "inline:AAAA;x=1", "", "" },
    { "at-the-end-of-the-name", "X-inline:AAAA;x=1", "X-", "" },
    { "crypto-line", "To: <sip:a@b>;tag=1a=crypto:1 AES inline:AAAA", "To: <sip:a@b>", "<sip:a@b>" },
    { "key-field", "To: <sip:a@b>;k=base64:AAAA", "To: <sip:a@b>", "<sip:a@b>" },
    { "escaped", "To: <sip:%49nline:AAAA@b>;tag=1", "To: ", "" },
};

static void test_cut(gconstpointer data)
{
    const cut_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_header header;

    g_assert_cmpint(sf_header_next(&cursor, &header), ==, SF_HEADERS_MORE);
    sf_header whole = header;
    g_assert_true(sf_header_cut_at_key(&header) == (row->text != NULL));
    SF_CHECK_SLICE(header.text, row->text ? row->text : row->line);
    if (row->value) {
        SF_CHECK_SLICE(header.value, row->value);
    } else {
        g_assert_true(sf_slice_equals(header.value, whole.value));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/header/line", headers, test_header);
    SF_ADD_ROWS("/header/block", blocks, test_block);
    SF_ADD_ROWS("/header/cut-at-key", cuts, test_cut);
    return g_test_run();
}
