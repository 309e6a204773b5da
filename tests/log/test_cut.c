/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Every sample log cut at every byte: nothing after the cut is read (a guard page
 * follows it), no message that was complete before it is lost, and the result is
 * the same if the bytes come in two pieces.
 */
#include "log/message/scanner.h"
#include "system/pages.h"

#include <glib.h>

static const char *samples;

static void take_message(void *user, const sf_log_message *message)
{
    g_ptr_array_add(user, g_strndup(message->text.text, message->text.length));
}

static void take_diagnostic(void *user, const sf_log_diagnostic *diagnostic)
{
    g_ptr_array_add(user, g_strconcat("diagnostic of ", diagnostic->call_id, NULL));
}

/* What a scanner finds in two pieces of a log; the caller frees it. */
static GPtrArray *scan(sf_slice first, sf_slice second)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    sf_log_sink sink = { take_message, take_diagnostic, found };
    sf_log_scanner *scanner = sf_log_scanner_new(NULL, &sink);

    sf_log_scanner_push(scanner, first);
    sf_log_scanner_push(scanner, second);
    sf_log_scanner_finish(scanner);
    sf_log_scanner_free(scanner);
    return found;
}

static void assert_same(const GPtrArray *a, const GPtrArray *b, guint count)
{
    g_assert_cmpuint(a->len, >=, count);
    g_assert_cmpuint(b->len, >=, count);
    for (guint i = 0; i < count; i++) {
        g_assert_cmpstr(a->pdata[i], ==, b->pdata[i]);
    }
}

/* A copy of `length` bytes that ends at a page nobody may read. */
static char *guarded_copy(const char *text, size_t length, char **pages, size_t *count)
{
    *count = (length + sf_page_size() - 1) / sf_page_size() + 1;
    *pages = sf_pages_new(*count);
    char *copy = *pages + (*count - 1) * sf_page_size() - length;
    memcpy(copy, text, length);
    return copy;
}

static void cut_everywhere(gconstpointer path)
{
    gchar *text = NULL;
    gsize length = 0;

    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    sf_slice all = { text, length };
    GPtrArray *whole = scan(all, sf_slice_skip(all, length));
    g_assert_cmpuint(whole->len, >, 0);

    guint complete = 0; /* messages that are complete before the cut; never decreases */
    for (gsize cut = 0; cut <= length; cut++) {
        char *pages;
        size_t count;
        sf_slice first = { guarded_copy(text, cut, &pages, &count), cut };
        GPtrArray *found = scan(first, sf_slice_skip(first, cut));

        /* All but the last one are as in the whole log; the last one may be incomplete. */
        g_assert_cmpuint(found->len, <=, whole->len);
        assert_same(found, whole, found->len > 0 ? found->len - 1 : 0);
        guint now = found->len > 0 ? found->len - 1 : 0;
        g_assert_cmpuint(now, >=, complete);
        complete = now;
        g_ptr_array_unref(found);

        found = scan(first, sf_slice_skip(all, cut));
        g_assert_cmpuint(found->len, ==, whole->len);
        assert_same(found, whole, whole->len);
        g_ptr_array_unref(found);
        sf_pages_free(pages, count);
    }
    g_ptr_array_unref(whole);
    g_free(text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(argc, ==, 2);
    samples = argv[1];

    GDir *folder = g_dir_open(samples, 0, NULL);
    g_assert_nonnull(folder);
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder)) {
        if (g_str_has_suffix(name, ".md")) {
            continue;
        }
        char *path = g_build_filename(samples, name, NULL);
        char *test = g_strconcat("/log/cut/", name, NULL);
        g_ptr_array_add(paths, path);
        g_test_add_data_func(test, path, cut_everywhere);
        g_free(test);
    }
    g_dir_close(folder);
    g_assert_cmpuint(paths->len, >, 0);
    int result = g_test_run();
    g_ptr_array_unref(paths);
    return result;
}
