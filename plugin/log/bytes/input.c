/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading a log from a file or a pipe.
 */
#include "input.h"

#include "gunzip.h"
#include "limits.h"
#include "log/system/system.h"
#include "tail.h"

#include <errno.h>
#include <glib.h>

/* How long to wait for data from a pipe before going on without it. */
#define PIPE_WAIT_MS 200

struct sf_log_input {
    char *name;
    int fd;
    bool is_regular;
    sf_log_tail *tail; /* of a followed file, else NULL */
    sf_log_gunzip *gunzip;
    bool is_first_read;
    uint64_t position, size;
    int64_t modified;
    char buffer[SF_LOG_CHUNK];
};

static char *failure(const sf_log_input *input, int number)
{
    char *reason = sf_system_error(number);
    char *text = g_strdup_printf("cannot read %s: %s", input->name, reason);

    g_free(reason);
    return text;
}

sf_log_input *sf_log_input_open(const char *path, bool follows, char **error)
{
    bool is_standard = strcmp(path, "-") == 0;
    sf_log_input *input = g_new0(sf_log_input, 1);
    sf_about about;

    input->name = g_strdup(is_standard ? "standard input" : path);
    input->is_first_read = true;
    input->fd = is_standard ? sf_system_standard_input() : sf_system_open(path, true);
    if (input->fd < 0 || !sf_system_look(input->fd, &about)) {
        *error = failure(input, errno);
        sf_log_input_close(input);
        return NULL;
    }
    if (about.is_directory) {
        *error = failure(input, EISDIR);
        sf_log_input_close(input);
        return NULL;
    }
    input->is_regular = about.is_regular;
    input->size = input->is_regular ? about.size : 0;
    input->modified = input->is_regular ? about.modified : 0;
    if (follows && input->is_regular && !is_standard) {
        input->tail = sf_log_tail_new(path, input->fd);
    }
    return input;
}

void sf_log_input_close(sf_log_input *input)
{
    if (input->tail) {
        sf_log_tail_free(input->tail); /* closes the file */
    } else if (input->fd >= 0) {
        sf_system_close(input->fd);
    }
    g_clear_pointer(&input->gunzip, sf_log_gunzip_free);
    g_free(input->name);
    g_free(input);
}

bool sf_log_input_is_file(const sf_log_input *input, const char *path)
{
    sf_about ours, other;

    return input->is_regular && sf_system_look_at(path, &other) && sf_system_look(input->fd, &ours) &&
           ours.volume == other.volume && ours.index == other.index;
}

/* True if there is nothing to read within PIPE_WAIT_MS, or a signal came in that time. */
static bool pipe_has_nothing(const sf_log_input *input)
{
    return !input->is_regular && !sf_system_has_input(input->fd, PIPE_WAIT_MS);
}

/* Reads from the file itself, before any decompression. */
static sf_log_input_status read_file(sf_log_input *input, sf_slice *bytes, char **error)
{
    if (input->tail) {
        return sf_log_tail_read(input->tail, input->buffer, sizeof input->buffer, bytes);
    }
    if (pipe_has_nothing(input)) {
        return SF_LOG_INPUT_WAIT;
    }
    int64_t count = sf_system_read(input->fd, input->buffer, sizeof input->buffer);
    if (count < 0 && errno == EINTR) {
        return SF_LOG_INPUT_WAIT;
    }
    if (count < 0) {
        *error = failure(input, errno);
        return SF_LOG_INPUT_FAILED;
    }
    *bytes = (sf_slice){ input->buffer, (size_t)count };
    input->position += (uint64_t)count;
    return count == 0 ? SF_LOG_INPUT_END : SF_LOG_INPUT_BYTES;
}

sf_log_input_status sf_log_input_read(sf_log_input *input, sf_slice *bytes, char **error)
{
    if (input->gunzip && sf_log_gunzip_take(input->gunzip, bytes)) {
        return SF_LOG_INPUT_BYTES;
    }
    sf_log_input_status status = read_file(input, bytes, error);
    if (input->is_first_read && status == SF_LOG_INPUT_BYTES) {
        input->is_first_read = false;
        if (!input->tail && sf_log_is_gzip(*bytes)) {
            input->gunzip = sf_log_gunzip_new();
        }
    }
    if (!input->gunzip || (status != SF_LOG_INPUT_BYTES && status != SF_LOG_INPUT_END)) {
        return status;
    }
    if (!sf_log_gunzip_give(input->gunzip, *bytes, status == SF_LOG_INPUT_END)) {
        *error = g_strdup_printf("cannot read all of %s: the gzip data is damaged or truncated", input->name);
        return SF_LOG_INPUT_FAILED;
    }
    if (status == SF_LOG_INPUT_END) {
        return status;
    }
    if (sf_log_gunzip_take(input->gunzip, bytes)) {
        return SF_LOG_INPUT_BYTES;
    }
    *bytes = (sf_slice){ "", 0 }; /* nothing to return yet, for example only a part of the gzip header */
    return SF_LOG_INPUT_BYTES;
}

int64_t sf_log_input_modified(const sf_log_input *input)
{
    return input->modified;
}

uint64_t sf_log_input_position(const sf_log_input *input)
{
    return input->position;
}

uint64_t sf_log_input_size(const sf_log_input *input)
{
    return input->size;
}
