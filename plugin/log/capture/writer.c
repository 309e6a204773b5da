/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing packets to a file or a pipe.
 */
#include "writer.h"

#include "log/system/system.h"
#include "names.h"
#include "pcapng.h"
#include "pdu.h"

#include <errno.h>

/* Written without waiting for a flush, so that what waits stays small. */
#define MAX_WAITING 262144

struct sf_log_writer {
    int fd;
    bool is_named; /* it is not standard output */
    bool is_regular;
    int64_t whole; /* length of a regular file after the last flush */
    char *name;
    GByteArray *waiting; /* blocks that are not written yet */
    GByteArray *pdu;
    sf_log_names names;
    bool has_failed;
    bool has_lost_reader;
};

static char *failure(sf_log_writer *writer, int number)
{
    char *reason = sf_system_error(number);
    char *text = g_strdup_printf("cannot write %s: %s", writer->name, reason);

    writer->has_failed = true;
    writer->has_lost_reader = writer->has_lost_reader || number == EPIPE;
    g_free(reason);
    return text;
}

/* Prepares for cut_back(). What is in the file already stays: standard output may be appended to it. */
static void remember_file(sf_log_writer *writer)
{
    sf_about about;

    writer->is_regular = sf_system_look(writer->fd, &about) && about.is_regular;
    if (writer->is_regular) {
        writer->whole = sf_system_write_offset(writer->fd);
    }
}

/* After a failure the file may end inside a block, which no reader accepts. */
static void cut_back(sf_log_writer *writer)
{
    if (writer->is_regular && writer->has_failed) {
        sf_system_cut(writer->fd, writer->whole);
    }
}

static void free_writer(sf_log_writer *writer)
{
    g_byte_array_unref(writer->waiting);
    g_byte_array_unref(writer->pdu);
    sf_log_names_clear(&writer->names);
    g_free(writer->name);
    g_free(writer);
}

sf_log_writer *sf_log_writer_open(const char *path, char **error)
{
    bool is_stdout = strcmp(path, "-") == 0;
    sf_log_writer *writer = g_new0(sf_log_writer, 1);

    writer->is_named = !is_stdout;
    writer->name = g_strdup(is_stdout ? "standard output" : path);
    writer->waiting = g_byte_array_new();
    writer->pdu = g_byte_array_new();
    sf_log_names_init(&writer->names);
    writer->fd = is_stdout ? sf_system_standard_output() : sf_system_create(path);
    if (writer->fd < 0) {
        *error = failure(writer, errno);
        free_writer(writer);
        return NULL;
    }
    remember_file(writer);
    /* Flushed, so that there is a valid capture from the beginning. */
    sf_log_pcapng_head(writer->waiting);
    if (!sf_log_writer_flush(writer, error)) {
        if (writer->has_lost_reader) {
            g_clear_pointer(error, g_free);
            return writer;
        }
        sf_log_writer_close(writer, NULL);
        return NULL;
    }
    return writer;
}

static bool write_waiting(sf_log_writer *writer, char **error)
{
    if (!sf_system_write(writer->fd, writer->waiting->data, writer->waiting->len)) {
        *error = failure(writer, errno);
        return false;
    }
    g_byte_array_set_size(writer->waiting, 0);
    return true;
}

bool sf_log_writer_write(sf_log_writer *writer, const sf_log_packet *packet, char **error)
{
    sf_log_names_block(&writer->names, packet, writer->waiting);
    sf_log_pdu_write(packet, writer->pdu);
    sf_log_pcapng_packet(writer->waiting, packet, writer->pdu);
    return writer->waiting->len < MAX_WAITING || write_waiting(writer, error);
}

bool sf_log_writer_flush(sf_log_writer *writer, char **error)
{
    if (!write_waiting(writer, error)) {
        return false;
    }
    if (writer->is_regular) {
        writer->whole = sf_system_write_offset(writer->fd);
    }
    return true;
}

bool sf_log_writer_close(sf_log_writer *writer, char **error)
{
    char *reason = NULL;

    if (!writer->has_failed && sf_log_writer_flush(writer, &reason) && writer->is_named &&
        !sf_system_wait_for_reader(writer->fd)) {
        reason = failure(writer, errno);
    }
    cut_back(writer);
    if (!sf_system_close(writer->fd) && !writer->has_failed) {
        reason = failure(writer, errno);
    }
    bool is_complete = !writer->has_failed;
    if (reason && error && !writer->has_lost_reader) {
        *error = g_steal_pointer(&reason);
    }
    g_free(reason);
    free_writer(writer);
    return is_complete;
}

bool sf_log_writer_has_lost_reader(sf_log_writer *writer)
{
    /* If there is nothing to write, this is the only way to see that a pipe has lost its reader. */
    writer->has_lost_reader = writer->has_lost_reader || sf_system_has_lost_reader(writer->fd);
    return writer->has_lost_reader;
}
