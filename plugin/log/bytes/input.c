/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading a log from a file or a pipe.
 */
#include "input.h"

#include "limits.h"
#include "log/system/system.h"
#include "tail.h"
#include "unpack.h"

#include <errno.h>
#include <glib.h>

/* How long to wait for data from a pipe before going on without it. */
#define PIPE_WAIT_MS 200

struct sf_log_input {
    char *name;
    int fd;
    bool is_regular;
    sf_log_tail *tail; /* of a followed file, else NULL */
    const volatile sig_atomic_t *is_stopped;
    const sf_log_packing *packing; /* of a compressed log, else NULL */
    void *unpacker;                /* its state */
    sf_slice first;                /* the first bytes of a compressed log, until they are unpacked */
    bool is_first_read;
    size_t kept; /* first bytes in the buffer that are too few to tell whether the log is compressed */
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

static sf_log_input *new_input(const char *name, int fd, const volatile sig_atomic_t *is_stopped)
{
    sf_log_input *input = g_new0(sf_log_input, 1);

    input->name = g_strdup(name);
    input->fd = fd;
    input->is_stopped = is_stopped;
    input->is_first_read = true;
    return input;
}

sf_log_input *sf_log_input_open(const char *path, bool follows, const volatile sig_atomic_t *is_stopped, char **error)
{
    bool is_standard = strcmp(path, "-") == 0;
    int fd = is_standard ? sf_system_standard_input() : sf_system_open(path, true);
    sf_log_input *input = new_input(is_standard ? "standard input" : path, fd, is_stopped);
    sf_about about;

    if (fd < 0 || !sf_system_look(fd, &about)) {
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

sf_log_input *sf_log_input_adopt(const sf_log_member *member, const volatile sig_atomic_t *is_stopped)
{
    sf_log_input *input = new_input(member->name, member->fd, is_stopped);
    sf_about about = { 0 };

    input->is_regular = true;
    input->size = sf_system_look(member->fd, &about) ? about.size : 0;
    input->modified = member->modified;
    return input;
}

void sf_log_input_avoid(sf_log_input *input, const char *output)
{
    if (input->tail) {
        sf_log_tail_avoid(input->tail, output);
    }
}

void sf_log_input_close(sf_log_input *input)
{
    if (input->tail) {
        sf_log_tail_free(input->tail); /* closes the file */
    } else if (input->fd >= 0) {
        sf_system_close(input->fd);
    }
    if (input->packing) {
        input->packing->unpacker->free(input->unpacker);
    }
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
    int64_t count = sf_system_read(input->fd, input->buffer + input->kept, sizeof input->buffer - input->kept);
    if (count < 0 && errno == EINTR) {
        return SF_LOG_INPUT_WAIT;
    }
    if (count < 0) {
        *error = failure(input, errno);
        return SF_LOG_INPUT_FAILED;
    }
    *bytes = (sf_slice){ input->buffer + input->kept, (size_t)count };
    input->position += (uint64_t)count;
    return count == 0 ? SF_LOG_INPUT_END : SF_LOG_INPUT_BYTES;
}

/*
 * Reads until there are enough bytes to tell whether the log is compressed. A pipe may give them one at a time; if it
 * ends or fails before, they are all that there is, and the next call says so.
 */
static sf_log_input_status read_first(sf_log_input *input, sf_slice *bytes, char **error)
{
    sf_slice all = { input->buffer, 0 };
    sf_log_input_status status;

    do {
        sf_slice more = { NULL, 0 };
        status = read_file(input, &more, error);
        all.length = input->kept + more.length;
        if (status == SF_LOG_INPUT_WAIT) {
            return status;
        }
        input->kept = all.length;
    } while (status == SF_LOG_INPUT_BYTES && sf_log_packing_is_open(all));
    input->kept = 0;
    if (all.length == 0) {
        return status;
    }
    g_clear_pointer(error, g_free);
    *bytes = all;
    return SF_LOG_INPUT_BYTES;
}

/* For the decompressor. */
static sf_log_input_status read_packed(void *from, sf_slice *bytes, char **error)
{
    sf_log_input *input = from;

    if (input->first.length > 0) {
        *bytes = input->first;
        input->first.length = 0;
        return SF_LOG_INPUT_BYTES;
    }
    return read_file(input, bytes, error);
}

static sf_log_input_status unpack(sf_log_input *input, sf_slice *bytes, char **error)
{
    sf_log_input_status status = input->packing->unpacker->read(input->unpacker, bytes, error);

    if (status == SF_LOG_INPUT_FAILED && !*error) {
        *error = g_strdup_printf("cannot read all of %s: the %s data is damaged or truncated", input->name,
                                 input->packing->name);
    }
    return status;
}

sf_log_input_status sf_log_input_read(sf_log_input *input, sf_slice *bytes, char **error)
{
    if (input->packing) {
        return unpack(input, bytes, error);
    }
    sf_log_input_status status = input->is_first_read && !input->tail ? read_first(input, bytes, error)
                                                                      : read_file(input, bytes, error);
    if (input->is_first_read && status == SF_LOG_INPUT_BYTES) {
        input->is_first_read = false;
        input->packing = input->tail ? NULL : sf_log_packing_of(sf_slice_head(*bytes, SF_LOG_PACKED_BYTES));
        if (input->packing) {
            input->first = *bytes;
            input->unpacker = input->packing->unpacker->make(&(sf_log_packed){ read_packed, input, input->is_stopped });
            return unpack(input, bytes, error);
        }
    }
    return status;
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
