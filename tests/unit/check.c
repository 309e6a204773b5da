/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Assertions of the unit tests.
 */
#include "check.h"

sf_knowledge sf_default_knowledge(void)
{
    return (sf_knowledge){ sf_default_providers, sf_default_provider_count, NULL, 0 };
}

void sf_add_row(const char *path, const char *name, gconstpointer row, GTestDataFunc run)
{
    g_autofree char *full = g_strconcat(path, "/", name, NULL);

    g_test_add_data_func(full, row, run);
}

sf_slice sf_text(const char *text)
{
    return (sf_slice){ text, text ? strlen(text) : 0 };
}

static void fail(const char *file, int line, const char *function, const char *message)
{
    g_assertion_message(G_LOG_DOMAIN, file, line, function, message);
}

static char *printable(sf_slice s)
{
    if (!sf_slice_present(s)) {
        return g_strdup("(absent)");
    }
    GString *out = g_string_new("\"");
    for (size_t i = 0; i < s.length; i++) {
        if (g_ascii_isprint(s.text[i])) {
            g_string_append_c(out, s.text[i]);
        } else {
            g_string_append_printf(out, "\\x%02x", (unsigned char)s.text[i]);
        }
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

void sf_check_slice(const char *file, int line, const char *function, const char *expression, sf_slice got,
                    const char *expected)
{
    sf_slice wanted = sf_text(expected);

    if (sf_slice_present(got) != sf_slice_present(wanted) || !sf_slice_equals(got, wanted)) {
        g_autofree char *is = printable(got);
        g_autofree char *should = printable(wanted);
        g_autofree char *message = g_strdup_printf("%s is %s, not %s", expression, is, should);
        fail(file, line, function, message);
    }
}

void sf_check_text(const char *file, int line, const char *function, const char *expression, sf_slice got,
                   const char *expected)
{
    sf_slice shown = got.length ? got : (sf_slice){ "", 0 };

    sf_check_slice(file, line, function, expression, shown, expected ? expected : "");
}

void sf_check_problem(const char *file, int line, const char *function, const sf_problems *problems, const char *what)
{
    unsigned expected = what ? 1 : 0;

    if (problems->count == expected && (!what || strcmp(problems->items[0].what, what) == 0)) {
        return;
    }
    GString *message = g_string_new(NULL);
    g_string_printf(message, "wanted %s, got %u problems:", what ? what : "none", problems->count);
    for (unsigned i = 0; i < problems->count; i++) {
        g_string_append_printf(message, " [%s %s]", problems->items[i].what, problems->items[i].why);
    }
    fail(file, line, function, message->str);
    g_string_free(message, TRUE);
}

void sf_check_bytes(const char *file, int line, const char *function, const uint8_t *bytes, size_t length,
                    const char *hex)
{
    GString *got = g_string_new(NULL);

    for (size_t i = 0; i < length; i++) {
        g_string_append_printf(got, "%02x", bytes[i]);
    }
    if (strcmp(got->str, hex) != 0) {
        g_autofree char *message = g_strdup_printf("bytes are %s, not %s", got->str, hex);
        fail(file, line, function, message);
    }
    g_string_free(got, TRUE);
}

void sf_check_guid(const char *file, int line, const char *function, sf_guid guid, const char *printed)
{
    sf_guid wanted;

    /* `printed` has five groups; read here by hand, so that sf_guid_read may be tested too. */
    unsigned digits = 0;
    for (const char *c = printed; *c; c++) {
        if (*c != '-') {
            uint8_t *byte = &wanted.bytes[digits / 2];
            *byte = (uint8_t)((digits % 2 ? *byte << 4 : 0) | g_ascii_xdigit_value(*c));
            digits++;
        }
    }
    g_assert_cmpuint(digits, ==, 32);
    if (memcmp(guid.bytes, wanted.bytes, sizeof guid.bytes) != 0) {
        g_autofree char *message = g_strdup_printf("the GUID is not %s", printed);
        fail(file, line, function, message);
    }
}
