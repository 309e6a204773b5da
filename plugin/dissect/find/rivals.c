/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looking through the files of plugins, a few megabytes in all.
 */
#include "rivals.h"

#include "dissect/view/compat.h"

typedef struct {
    const char *name;
    const char *ours;
    char *found;
} rival_search;

/** True if the bytes hold the text with the NUL at its end, as a literal lies in a program. */
static bool holds(const char *bytes, size_t length, const char *text)
{
    size_t size = strlen(text) + 1;
    const char *end = bytes + length;

    while ((size_t)(end - bytes) >= size &&
           (bytes = memchr(bytes, text[0], (size_t)(end - bytes) - size + 1)) != NULL) {
        if (memcmp(bytes, text, size) == 0) {
            return true;
        }
        bytes++;
    }
    return false;
}

static void look_into(const char *plugin, const char *version _U_, sf_plugin_types types _U_, const char *file_name,
                      void *data)
{
    rival_search *search = data;
    GMappedFile *file = search->found ? NULL : g_mapped_file_new(file_name, FALSE, NULL);

    if (!file) {
        return;
    }
    const char *bytes = g_mapped_file_get_contents(file);
    size_t length = g_mapped_file_get_length(file);
    if (bytes && holds(bytes, length, search->name) && !holds(bytes, length, search->ours)) {
        search->found = g_strdup(plugin);
    }
    g_mapped_file_unref(file);
}

char *sf_rivals_find(const char *name, const char *ours)
{
    rival_search search = { .name = name, .ours = ours };

    plugins_get_descriptions(look_into, &search);
    return search.found;
}
