/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * gzip through zlib.
 */
#include "gunzip.h"

#include "limits.h"

#include <glib.h>
#define ZLIB_CONST /* input is const */
#include <zlib.h>

/* For inflateInit2(): the largest window, and the format of gzip alone. */
#define WINDOW_BITS (15 + 16)

struct sf_log_gunzip {
    z_stream stream;
    sf_slice packed;
    bool is_begun; /* inside a member */
    bool is_damaged;
    char out[SF_LOG_CHUNK];
};

sf_log_gunzip *sf_log_gunzip_new(void)
{
    sf_log_gunzip *gunzip = g_new0(sf_log_gunzip, 1);

    gunzip->is_damaged = inflateInit2(&gunzip->stream, WINDOW_BITS) != Z_OK;
    return gunzip;
}

void sf_log_gunzip_free(sf_log_gunzip *gunzip)
{
    inflateEnd(&gunzip->stream);
    g_free(gunzip);
}

bool sf_log_gunzip_give(sf_log_gunzip *gunzip, sf_slice packed, bool is_last)
{
    gunzip->packed = packed;
    return !gunzip->is_damaged && !(is_last && gunzip->is_begun);
}

bool sf_log_gunzip_take(sf_log_gunzip *gunzip, sf_slice *bytes)
{
    z_stream *stream = &gunzip->stream;

    /* zlib may still hold output from earlier input, so call it even without new input. */
    while (!gunzip->is_damaged && (gunzip->packed.length > 0 || gunzip->is_begun)) {
        stream->next_in = (const Bytef *)gunzip->packed.text;
        stream->avail_in = (uInt)gunzip->packed.length;
        stream->next_out = (Bytef *)gunzip->out;
        stream->avail_out = sizeof gunzip->out;
        int result = inflate(stream, Z_NO_FLUSH);
        size_t taken = gunzip->packed.length - stream->avail_in;
        size_t made = sizeof gunzip->out - stream->avail_out;
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            gunzip->is_damaged = true;
            return false;
        }
        gunzip->packed = sf_slice_skip(gunzip->packed, taken);
        gunzip->is_begun = result != Z_STREAM_END;
        if (!gunzip->is_begun) {
            inflateReset(stream);
        }
        if (made > 0) {
            *bytes = (sf_slice){ gunzip->out, made };
            return true;
        }
        if (taken == 0) {
            return false;
        }
    }
    return false;
}
