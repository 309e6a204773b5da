/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * k= lines ([MS-SDP] 3.1.5.4, RFC 4566 5.12): what may be said of them.
 */
#include "check.h"
#include "engine/sdp/key_field.h"

typedef struct {
    const char *name;
    const char *line;
    bool is_filled;
    const char *safe;
    const char *method;
    size_t length;
    bool holds_key;
} field_row;

static const field_row fields[] = {
    { "base64", "k=base64:XzKXZWV4", true, "k=base64:", "base64", 8, true },
    { "any-case", "k=BASE64:XzKXZWV4", true, "k=BASE64:", "base64", 8, true },
    { "blanks", "k= base64 : XzKX ", true, "k= base64 :", "base64", 4, true },
    { "clear", "k=clear:XzKX", true, "k=clear:", "clear", 4, true },
    { "uri-says-where-the-key-is", "k=uri:https://a.example/k", true, "k=uri:", "uri", 19, false },
    { "method-not-known-may-be-of-the-key", "k=XzKX:ZWV4", true, "k=", NULL, 4, true },
    { "prompt", "k=prompt", false, NULL, NULL, 0, false },
    { "empty", "k=", false, NULL, NULL, 0, false },
    { "nothing-after-the-method", "k=base64:", false, NULL, NULL, 0, false },
    { "blanks-after-the-method", "k=base64:  ", false, NULL, NULL, 0, false },
};

static void test_field(gconstpointer data)
{
    const field_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));

    g_assert_true(sf_key_field_is_filled(input.text) == row->is_filled);
    if (row->is_filled) {
        sf_key_field field = sf_key_field_of(input.text);
        SF_CHECK_SLICE(field.safe_text, row->safe);
        g_assert_cmpstr(field.method, ==, row->method);
        g_assert_cmpuint(field.length, ==, row->length);
        g_assert_true(field.holds_key == row->holds_key);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/key-field", fields, test_field);
    return g_test_run();
}
