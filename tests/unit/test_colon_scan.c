/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The look at the colons of headers: it misses no mark of a key and no skype:
 * URI, wherever they are.
 */
#include "check.h"
#include "engine/sip/colon_scan.h"
#include "engine/text/key_mark.h"

typedef struct {
    const char *name, *header;
    bool may_be_in;
} scan_row;

static const scan_row rows[] = {
    { "inline", "To: <sip:a@example.com>a=x inline:WVNf", true },
    { "inline-upper-case", "X: INLINE:WVNf", true },
    { "crypto", "Subject: a=crypto:1", true },
    { "cryptoscale", "Subject: a=cryptoscale:1 client", true },
    { "key-in-base64", "Subject: k=base64:WVNf", true },
    { "key-in-clear", "Subject: k=clear:WVNf", true },
    { "only-a-key", "inline:WVNf", true },
    { "behind-a-fold", "Subject: a\r\n inline:WVNf", true },
    { "escaped-letter", "Subject: %69nline:WVNf", true },
    { "escaped-colon", "Subject: inline%3aWVNf", true },
    { "escaped-in-quotes", "Subject: \"\\inline:WVNf\"", true },
    { "skype", "Subject: skype:joe?call", true },
    { "skype-any-case", "Subject: Skype:joe?call", true },
    { "names-that-end-alike", "Content-Type: a; user:b; to:c; server:4:d; e:f", false },
    { "no-colon-after-name", "Subject: inline a=crypto skype", false },
    { "no-colon", "Subject", false },
    { "begins-with-colon", ":", false },
    { "key-in-name", "Subject a=crypto: 1", true },
    { "name-of-a-key-with-a-blank", "inline : a", true },
    { "empty", "Subject:", false },
};

static sf_header header_of(sf_slice line)
{
    sf_cursor cursor = sf_cursor_over(line);
    sf_header header;

    g_assert_cmpint(sf_header_next(&cursor, &header), ==, SF_HEADERS_MORE);
    return header;
}

static void test_header(gconstpointer data)
{
    const scan_row *row = data;
    g_auto(sf_guarded) text = sf_guarded_of(sf_text(row->header));
    sf_header header = header_of(text.text);
    sf_colon_scan scan = sf_colon_scan_over(text.text);

    g_assert_true(sf_colon_scan_may_be_in(&scan, &header) == row->may_be_in);
    g_assert_true(row->may_be_in || !sf_has_key_mark(text.text));
}

/** Headers are asked for in their order, some not at all, and an escape far behind is of one header alone. */
static void test_order(void)
{
    enum { BEFORE = 3000 };
    g_autofree char *padding = g_strnfill(BEFORE, 'a');
    g_autofree char *block = g_strconcat("H1: a\r\nH2: %\r\nH3: ", padding, "\r\nH4: \\\r\nH5: a\r\nH6: inline:a\r\n",
                                         NULL);
    g_auto(sf_guarded) text = sf_guarded_of(sf_text(block));
    sf_colon_scan scan = sf_colon_scan_over(text.text);
    sf_slice rest = text.text;
    GString *found = g_string_new(NULL);

    while (rest.length > 0) {
        sf_slice line = sf_slice_head(rest, sf_slice_find(rest, '\r'));
        rest = sf_slice_skip(rest, line.length + 2);
        sf_header header = header_of(line);
        if (line.text[1] != '2' && sf_colon_scan_may_be_in(&scan, &header)) { /* that one is not asked for */
            g_string_append_c(found, line.text[1]);
        }
    }
    g_assert_cmpstr(found->str, ==, "46");
    g_string_free(found, TRUE);
}

/** A part is asked for that ends at an escape, and then the one that begins there. */
static void test_bounds(void)
{
    sf_slice text = sf_text("ab%c");
    sf_ahead ahead = sf_ahead_over(text, '%');

    g_assert_false(sf_ahead_is_in(&ahead, sf_slice_head(text, 2)));
    g_assert_true(sf_ahead_is_in(&ahead, sf_slice_skip(text, 2)));
    g_assert_true(sf_ahead_is_in(&ahead, sf_slice_skip(text, 2)));
    g_assert_false(sf_ahead_is_in(&ahead, sf_slice_skip(text, 3)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/colon-scan/header", rows, test_header);
    g_test_add_func("/colon-scan/order", test_order);
    g_test_add_func("/colon-scan/bounds", test_bounds);
    return g_test_run();
}
