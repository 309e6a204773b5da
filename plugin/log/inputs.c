/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Opening logs.
 */
#include "inputs.h"

#include <glib.h>
#include <string.h>

/* Takes ownership of both. */
static void add(sf_log_inputs *inputs, sf_log_source *source, char *name)
{
    inputs->sources = g_renew(sf_log_source *, inputs->sources, inputs->count + 1);
    inputs->names = g_renew(char *, inputs->names, inputs->count + 1);
    inputs->sources[inputs->count] = source;
    inputs->names[inputs->count] = name;
    inputs->count++;
}

/* @return false if the file is no archive */
static bool add_members(sf_log_inputs *inputs, const char *path, const sf_log_reading *reading)
{
    GArray *members = sf_log_members(path, reading->is_stopped);

    for (guint i = 0; members && i < members->len; i++) {
        sf_log_member *member = &g_array_index(members, sf_log_member, i);
        add(inputs, sf_log_source_adopt(member, reading), member->name);
        g_free(member->error);
    }
    if (!members) {
        return false;
    }
    g_array_unref(members);
    return true;
}

static bool open_one(sf_log_inputs *inputs, const char *path, const char *output, const sf_log_reading *reading,
                     char **error)
{
    bool is_standard = strcmp(path, "-") == 0;
    const char *name = is_standard ? "standard input" : path;
    sf_log_source *source = sf_log_source_open(path, reading, error);

    if (!source) {
        return false;
    }
    if (sf_log_source_is_file(source, output)) {
        *error = g_strdup_printf("the output is also an input (%s); write to another file", name);
        sf_log_source_close(source);
        return false;
    }
    if (!is_standard && !reading->follows && add_members(inputs, path, reading)) {
        sf_log_source_close(source);
        return true;
    }
    sf_log_source_avoid(source, output);
    add(inputs, source, g_strdup(name));
    return true;
}

bool sf_log_inputs_open(sf_log_inputs *inputs, char *const *paths, const char *output, const sf_log_reading *reading,
                        char **error)
{
    for (; *paths; paths++) {
        if (!open_one(inputs, *paths, output, reading, error)) {
            return false;
        }
    }
    return true;
}

void sf_log_inputs_close(sf_log_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        sf_log_source_close(inputs->sources[i]);
        g_free(inputs->names[i]);
    }
    g_free(inputs->sources);
    g_free(inputs->names);
    *inputs = (sf_log_inputs){ 0 };
}
