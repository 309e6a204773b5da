/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Following a file through growth, truncation, deletion and rotation by polling, which also works on network
 * drives, where notifications do not.
 */
#include "tail.h"

#include "log/system/system.h"

#include <glib.h>

/* A replaced file may still be written to for a moment, by a program that has not noticed yet. */
#define GRACE_MICROSECONDS (300 * 1000)

/* Number of last bytes that are compared to distinguish a file that grew from one that was rewritten. */
#define REMEMBERED 64

typedef struct {
    int fd;
    uint64_t volume, index;
} open_file;

struct sf_log_tail {
    char *path;
    char *output; /* is never read, or NULL */
    GQueue files; /* of open_file: the one being read, then those that have replaced it since */
    int64_t position;
    int64_t changed; /* time of the last change that was checked */
    char last[REMEMBERED];
    size_t last_count;
    gint64 quiet_since; /* since when the file being read has had nothing new, or 0 */
};

static void add_file(sf_log_tail *tail, int fd, const sf_about *about)
{
    open_file *file = g_new(open_file, 1);

    *file = (open_file){ fd, about->volume, about->index };
    g_queue_push_tail(&tail->files, file);
}

static void free_file(gpointer data)
{
    open_file *file = data;
    sf_system_close(file->fd);
    g_free(file);
}

sf_log_tail *sf_log_tail_new(const char *path, int fd)
{
    sf_log_tail *tail = g_new0(sf_log_tail, 1);
    sf_about about = { 0 };

    tail->path = g_strdup(path);
    g_queue_init(&tail->files);
    sf_system_look(fd, &about);
    add_file(tail, fd, &about);
    return tail;
}

void sf_log_tail_free(sf_log_tail *tail)
{
    g_queue_clear_full(&tail->files, free_file);
    g_free(tail->path);
    g_free(tail->output);
    g_free(tail);
}

void sf_log_tail_avoid(sf_log_tail *tail, const char *output)
{
    g_free(tail->output);
    tail->output = g_strdup(output);
}

static bool is_output(const sf_log_tail *tail, const sf_about *about)
{
    sf_about output;

    return tail->output && sf_system_look_at(tail->output, &output) && about->volume == output.volume &&
           about->index == output.index;
}

static bool is_another_file(const sf_log_tail *tail, const sf_about *about, const open_file *file)
{
    return about->is_regular && (about->volume != file->volume || about->index != file->index) &&
           !is_output(tail, about);
}

/*
 * Opens a file that has taken over the path, so that it is not lost if it is replaced in turn. Anything but a regular
 * file is left alone: opening a FIFO would block, or make its writer believe that somebody reads.
 */
static void notice_replacement(sf_log_tail *tail)
{
    const open_file *newest = g_queue_peek_tail(&tail->files);
    sf_about about;

    if (!sf_system_look_at(tail->path, &about) || !is_another_file(tail, &about, newest)) {
        return;
    }
    int fd = sf_system_open(tail->path, false);
    if (fd < 0) {
        return;
    }
    if (sf_system_look(fd, &about) && is_another_file(tail, &about, newest)) {
        add_file(tail, fd, &about);
    } else {
        sf_system_close(fd);
    }
}

static void remember(sf_log_tail *tail, const char *bytes, size_t count)
{
    size_t kept = 0;

    if (count < REMEMBERED) {
        kept = MIN(tail->last_count, REMEMBERED - count);
        memmove(tail->last, tail->last + tail->last_count - kept, kept);
    } else {
        bytes += count - REMEMBERED;
        count = REMEMBERED;
    }
    memcpy(tail->last + kept, bytes, count);
    tail->last_count = kept + count;
}

/* True if what was read is no longer in the file: it was emptied, and perhaps filled again. */
static bool was_rewritten(sf_log_tail *tail, int fd)
{
    sf_about about;
    char now[REMEMBERED];

    if (!sf_system_look(fd, &about)) {
        return false;
    }
    if (about.size < (uint64_t)tail->position) {
        return true;
    }
    if (about.changed == tail->changed) {
        return false;
    }
    tail->changed = about.changed;
    int64_t count = (int64_t)tail->last_count;
    return sf_system_read_at(fd, now, tail->last_count, tail->position - count) == count &&
           memcmp(now, tail->last, tail->last_count) != 0;
}

static void begin_file(sf_log_tail *tail)
{
    tail->position = 0;
    tail->last_count = 0;
    tail->quiet_since = 0;
}

/* True if the file being read has had nothing new for a while, and the file after it has content. */
static bool should_move_on(sf_log_tail *tail)
{
    sf_about about;
    const open_file *second = g_queue_peek_nth(&tail->files, 1);
    gint64 now = g_get_monotonic_time();

    if (tail->quiet_since == 0) {
        tail->quiet_since = now;
    }
    if (!second || !sf_system_look(second->fd, &about)) {
        return false;
    }
    return (about.size > 0 || g_queue_get_length(&tail->files) > 2) && now - tail->quiet_since >= GRACE_MICROSECONDS;
}

sf_log_input_status sf_log_tail_read(sf_log_tail *tail, char *buffer, size_t size, sf_slice *bytes)
{
    const open_file *file = g_queue_peek_head(&tail->files);

    notice_replacement(tail);
    if (was_rewritten(tail, file->fd)) {
        begin_file(tail);
        return SF_LOG_INPUT_RESTART;
    }
    int64_t count = sf_system_read_at(file->fd, buffer, size, tail->position);
    if (count > 0) {
        remember(tail, buffer, (size_t)count);
        tail->position += count;
        tail->quiet_since = 0;
        *bytes = (sf_slice){ buffer, (size_t)count };
        return SF_LOG_INPUT_BYTES;
    }
    if (should_move_on(tail)) {
        free_file(g_queue_pop_head(&tail->files));
        begin_file(tail);
        return SF_LOG_INPUT_NEXT;
    }
    return SF_LOG_INPUT_QUIET;
}
