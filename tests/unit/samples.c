/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Loading of sample messages.
 */
#include "samples.h"

static const char *folder(void)
{
    const char *name = g_getenv("SKYPEFED_MESSAGES");

    if (!name) {
        g_error("SKYPEFED_MESSAGES does not name the folder of the sample messages");
    }
    return name;
}

sf_sample *sf_sample_load(const char *path)
{
    g_autofree char *full = g_build_filename(folder(), path, NULL);
    g_autoptr(GError) error = NULL;
    char *contents;
    gsize length;

    if (!g_file_get_contents(full, &contents, &length, &error)) {
        g_error("%s", error->message);
    }
    sf_sample *sample = g_new(sf_sample, 1);
    *sample = (sf_sample){ g_strdup(path), { contents, length } };
    return sample;
}

void sf_sample_free(sf_sample *sample)
{
    g_free((char *)sample->text.text);
    g_free(sample->path);
    g_free(sample);
}

static void free_sample(gpointer sample)
{
    sf_sample_free(sample);
}

static int compare(gconstpointer a, gconstpointer b)
{
    const sf_sample *const *left = a;
    const sf_sample *const *right = b;

    return strcmp((*left)->path, (*right)->path);
}

GPtrArray *sf_samples_load(void)
{
    GPtrArray *samples = g_ptr_array_new_with_free_func(free_sample);
    g_autoptr(GQueue) folders = g_queue_new(); /* of paths below the folder, owned */

    g_queue_push_tail(folders, g_strdup(""));
    while (!g_queue_is_empty(folders)) {
        g_autofree char *below = g_queue_pop_head(folders);
        g_autofree char *full = g_build_filename(folder(), below, NULL);
        g_autoptr(GDir) dir = g_dir_open(full, 0, NULL);
        const char *name;

        while (dir && (name = g_dir_read_name(dir)) != NULL) {
            char *path = g_build_filename(below, name, NULL);
            if (g_str_has_suffix(name, ".sip")) {
                g_ptr_array_add(samples, sf_sample_load(path));
                g_free(path);
            } else {
                g_queue_push_tail(folders, path);
            }
        }
    }
    if (samples->len == 0) {
        g_error("no sample messages below %s", folder());
    }
    g_ptr_array_sort(samples, compare);
    return samples;
}
