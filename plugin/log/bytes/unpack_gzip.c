/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading gzip.
 */
#include "gunzip.h"
#include "unpack.h"

#include <glib.h>

typedef struct {
    sf_log_packed packed;
    sf_log_gunzip *gunzip;
} reader;

static void *make(const sf_log_packed *packed)
{
    reader *r = g_new0(reader, 1);

    r->packed = *packed;
    r->gunzip = sf_log_gunzip_new();
    return r;
}

static void free_reader(void *state)
{
    reader *r = state;

    sf_log_gunzip_free(r->gunzip);
    g_free(r);
}

static sf_log_input_status read_bytes(void *state, sf_slice *bytes, char **error)
{
    reader *r = state;
    sf_slice packed = { NULL, 0 };

    if (sf_log_gunzip_take(r->gunzip, bytes)) {
        return SF_LOG_INPUT_BYTES;
    }
    sf_log_input_status status = r->packed.read(r->packed.from, &packed, error);
    if (status != SF_LOG_INPUT_BYTES && status != SF_LOG_INPUT_END) {
        return status;
    }
    if (!sf_log_gunzip_give(r->gunzip, packed, status == SF_LOG_INPUT_END)) {
        return SF_LOG_INPUT_FAILED;
    }
    if (status == SF_LOG_INPUT_BYTES && !sf_log_gunzip_take(r->gunzip, bytes)) {
        *bytes = (sf_slice){ "", 0 }; /* nothing yet, for example only a part of the gzip header */
    }
    return status;
}

const sf_log_unpacker sf_log_unpack_gzip = { make, free_reader, read_bytes };
