/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing packets with libwiretap.
 */
#include "writer.h"

#include "block.h"
#include "compat.h"
#include "names.h"
#include "pdu.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef O_BINARY
#define O_BINARY 0
#endif

#define NANOSECONDS INT64_C(1000000000)

struct sf_log_writer {
    wtap_dumper *dumper;
    int fd;      /* owned by the dumper */
    int file;    /* another descriptor of the same file if that is a regular file, else -1 */
    off_t whole; /* length of the file after the last flush */
    char *name;
    wtap_rec rec;
    GByteArray *bytes;
    sf_log_names names;
    bool has_failed;
    bool has_lost_reader;
};

void sf_log_writer_setup(const char *program)
{
    sf_log_compat_init_logging(program);
    wtap_init(false);
}

static char *failure(sf_log_writer *writer, int err, char *err_info)
{
    /* Positive numbers are errors of the system, negative ones of libwiretap. */
    const char *reason = err > 0 ? g_strerror(err) : err < 0 ? wtap_strerror(err) : "short write";
    char *text = g_strdup_printf("cannot write %s: %s%s%s", writer->name, reason, err_info ? ": " : "",
                                 err_info ? err_info : "");

    writer->has_failed = true;
    writer->has_lost_reader = writer->has_lost_reader || err == EPIPE;
    g_free(err_info);
    return text;
}

/* Prepares for cut_back(). What is in the file already stays: standard output may be appended to it. */
static void remember_file(sf_log_writer *writer)
{
    struct stat about;

    writer->file = -1;
    if (fstat(writer->fd, &about) == 0 && S_ISREG(about.st_mode)) {
        bool is_appended = (fcntl(writer->fd, F_GETFL) & O_APPEND) != 0;
        writer->whole = is_appended ? about.st_size : lseek(writer->fd, 0, SEEK_CUR);
        writer->file = dup(writer->fd);
    }
}

/* After a failure the file may end inside a block, which no reader accepts. */
static void cut_back(sf_log_writer *writer)
{
    if (writer->file >= 0 && writer->has_failed && ftruncate(writer->file, writer->whole) == 0) {
        lseek(writer->file, writer->whole, SEEK_SET);
    }
}

static void free_writer(sf_log_writer *writer)
{
    if (writer->file >= 0) {
        close(writer->file);
    }
    wtap_rec_cleanup(&writer->rec);
    g_byte_array_unref(writer->bytes);
    sf_log_names_clear(&writer->names);
    g_free(writer->name);
    g_free(writer);
}

sf_log_writer *sf_log_writer_open(const char *path, char **error)
{
    bool is_stdout = strcmp(path, "-") == 0;
    sf_log_writer *writer = g_new0(sf_log_writer, 1);
    wtap_dump_params params = WTAP_DUMP_PARAMS_INIT;
    int err = 0;
    char *err_info = NULL;

    writer->name = g_strdup(is_stdout ? "standard output" : path);
    writer->bytes = g_byte_array_new();
    sf_log_compat_rec_init(&writer->rec);
    sf_log_names_init(&writer->names);
    writer->fd = is_stdout ? dup(STDOUT_FILENO) : g_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_BINARY, 0666);
    writer->file = -1;
    if (writer->fd >= 0) {
        remember_file(writer);
    }
    params.encap = WTAP_ENCAP_WIRESHARK_UPPER_PDU;
    params.snaplen = SF_LOG_MAX_PACKET;
    params.tsprec = WTAP_TSPREC_NSEC;
    if (writer->fd >= 0) {
        writer->dumper = wtap_dump_fdopen(writer->fd, wtap_pcapng_file_type_subtype(), WTAP_UNCOMPRESSED, &params, &err,
                                          &err_info);
    } else {
        err = errno;
    }
    if (!writer->dumper) {
        *error = failure(writer, err, err_info);
        free_writer(writer);
        return NULL;
    }
    /* The head of the capture, so that there is a valid one from the beginning. */
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

static wtap_block_t block_of(const sf_log_packet *packet)
{
    wtap_block_t block = sf_log_block_new(packet->direction);

    for (guint i = 0; i < packet->comments->len; i++) {
        sf_log_block_comment(block, g_ptr_array_index(packet->comments, i));
    }
    return block;
}

/* Writes names without libwiretap, between two of its blocks (names.c says why). */
static bool write_names(sf_log_writer *writer, const sf_log_packet *packet, char **error)
{
    int err = 0;

    if (!sf_log_names_block(&writer->names, packet, writer->bytes)) {
        return true;
    }
    if (!wtap_dump_flush(writer->dumper, &err)) {
        *error = failure(writer, err, NULL);
        return false;
    }
    for (size_t done = 0; done < writer->bytes->len;) {
        ssize_t count = write(writer->fd, writer->bytes->data + done, writer->bytes->len - done);
        if (count < 0 && errno != EINTR) {
            *error = failure(writer, errno, NULL);
            return false;
        }
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

bool sf_log_writer_write(sf_log_writer *writer, const sf_log_packet *packet, char **error)
{
    wtap_rec *rec = &writer->rec;
    int err = 0;
    char *err_info = NULL;

    if (!write_names(writer, packet, error)) {
        return false;
    }
    sf_log_pdu_write(packet, writer->bytes);
    rec->rec_type = REC_TYPE_PACKET;
    rec->presence_flags = WTAP_HAS_CAP_LEN | (packet->has_time ? WTAP_HAS_TS : 0);
    rec->tsprec = WTAP_TSPREC_NSEC;
    rec->ts.secs = packet->has_time ? (time_t)(packet->time / NANOSECONDS) : 0;
    rec->ts.nsecs = packet->has_time ? (int)(packet->time % NANOSECONDS) : 0;
    rec->rec_header.packet_header.pkt_encap = WTAP_ENCAP_WIRESHARK_UPPER_PDU;
    rec->rec_header.packet_header.caplen = writer->bytes->len;
    rec->rec_header.packet_header.len = writer->bytes->len + (uint32_t)(packet->text_length - packet->text->len);
    rec->block = block_of(packet);
    rec->block_was_modified = true;
    bool is_written = sf_log_compat_dump(writer->dumper, rec, writer->bytes->data, writer->bytes->len, &err, &err_info);
    wtap_block_unref(rec->block);
    rec->block = NULL;
    if (!is_written) {
        *error = failure(writer, err, err_info);
    }
    return is_written;
}

bool sf_log_writer_flush(sf_log_writer *writer, char **error)
{
    int err = 0;

    if (!wtap_dump_flush(writer->dumper, &err)) {
        *error = failure(writer, err, NULL);
        return false;
    }
    if (writer->file >= 0) {
        writer->whole = lseek(writer->file, 0, SEEK_CUR);
    }
    return true;
}

bool sf_log_writer_close(sf_log_writer *writer, char **error)
{
    sf_log_wtap_bool needs_reload = false;
    int err = 0;
    char *err_info = NULL;
    char *reason = NULL;

    if (!wtap_dump_close(writer->dumper, &needs_reload, &err, &err_info)) {
        reason = failure(writer, err, err_info);
    }
    bool is_complete = !writer->has_failed;
    if (reason && error && !writer->has_lost_reader) {
        *error = g_steal_pointer(&reason);
    }
    g_free(reason);
    cut_back(writer);
    free_writer(writer);
    return is_complete;
}

bool sf_log_writer_has_lost_reader(sf_log_writer *writer)
{
    struct pollfd descriptor = { .fd = writer->fd };

    /* If there is nothing to write, this is the only way to see that a pipe has lost its reader. */
    if (!writer->has_lost_reader && poll(&descriptor, 1, 0) > 0) {
        writer->has_lost_reader = (descriptor.revents & POLLERR) != 0;
    }
    return writer->has_lost_reader;
}
