/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decompressing through libarchive.
 */
#include "unpack_archive.h"

#include "limits.h"
#include "unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib.h>

typedef struct {
    sf_log_packed packed;
    struct archive *archive;
    bool is_begun;
    sf_log_input_status status; /* of the last reading of compressed bytes */
    char *error;                /* of it */
    char out[SF_LOG_CHUNK];
} reader;

void sf_log_archive_support(struct archive *archive)
{
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_raw(archive);
}

/* libarchive asks for compressed bytes. It cannot be told to come back later, so this waits for a pipe. */
static la_ssize_t give_packed(struct archive *archive, void *data, const void **buffer)
{
    reader *r = data;
    sf_slice bytes = { NULL, 0 };

    do {
        r->status = *r->packed.is_stopped ? SF_LOG_INPUT_WAIT : r->packed.read(r->packed.from, &bytes, &r->error);
    } while (r->status == SF_LOG_INPUT_WAIT && !*r->packed.is_stopped);
    if (r->status == SF_LOG_INPUT_END) {
        return 0;
    }
    if (r->status != SF_LOG_INPUT_BYTES) {
        archive_set_error(archive, EINTR, "reading ended");
        return ARCHIVE_FATAL;
    }
    *buffer = bytes.text;
    return (la_ssize_t)bytes.length;
}

static void *make(const sf_log_packed *packed)
{
    reader *r = g_new0(reader, 1);

    r->packed = *packed;
    r->archive = archive_read_new();
    sf_log_archive_support(r->archive);
    return r;
}

static void free_reader(void *state)
{
    reader *r = state;

    archive_read_free(r->archive);
    g_free(r->error);
    g_free(r);
}

static bool begin(reader *r)
{
    struct archive_entry *entry;

    r->is_begun = true;
    return archive_read_open(r->archive, r, NULL, give_packed, NULL) == ARCHIVE_OK &&
           archive_read_next_header(r->archive, &entry) == ARCHIVE_OK;
}

static sf_log_input_status read_bytes(void *state, sf_slice *bytes, char **error)
{
    reader *r = state;
    la_ssize_t count = -1;

    if (r->is_begun || begin(r)) {
        count = archive_read_data(r->archive, r->out, sizeof r->out);
    }
    if (count >= 0) {
        *bytes = (sf_slice){ r->out, (size_t)count };
        return count > 0 ? SF_LOG_INPUT_BYTES : SF_LOG_INPUT_END;
    }
    if (r->status == SF_LOG_INPUT_BYTES || r->status == SF_LOG_INPUT_END) {
        return SF_LOG_INPUT_FAILED;
    }
    *error = g_steal_pointer(&r->error);
    return r->status;
}

const sf_log_unpacker sf_log_unpack_archive = { make, free_reader, read_bytes };
