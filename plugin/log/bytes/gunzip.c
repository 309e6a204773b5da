/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * gzip through GIO's converter.
 */
#include "gunzip.h"

#include "limits.h"

#include <gio/gio.h>

struct sf_log_gunzip {
    GConverter *converter;
    sf_slice packed;
    bool is_begun; /* inside a member */
    bool is_damaged;
    char out[SF_LOG_CHUNK];
};

bool sf_log_is_gzip(sf_slice bytes)
{
    return bytes.length >= 2 && bytes.text[0] == '\x1f' && bytes.text[1] == '\x8b';
}

sf_log_gunzip *sf_log_gunzip_new(void)
{
    sf_log_gunzip *gunzip = g_new0(sf_log_gunzip, 1);

    gunzip->converter = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    return gunzip;
}

void sf_log_gunzip_free(sf_log_gunzip *gunzip)
{
    g_object_unref(gunzip->converter);
    g_free(gunzip);
}

bool sf_log_gunzip_give(sf_log_gunzip *gunzip, sf_slice packed, bool is_last)
{
    gunzip->packed = packed;
    return !gunzip->is_damaged && !(is_last && gunzip->is_begun);
}

bool sf_log_gunzip_take(sf_log_gunzip *gunzip, sf_slice *bytes)
{
    /* The converter may still hold output from earlier input, so call it even without new input. */
    while (!gunzip->is_damaged && (gunzip->packed.length > 0 || gunzip->is_begun)) {
        gsize taken = 0, made = 0;
        GError *error = NULL;
        GConverterResult result = g_converter_convert(gunzip->converter, gunzip->packed.text, gunzip->packed.length,
                                                      gunzip->out, sizeof gunzip->out, G_CONVERTER_NO_FLAGS, &taken,
                                                      &made, &error);
        if (result == G_CONVERTER_ERROR) {
            gunzip->is_damaged = !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
            g_error_free(error);
            return false;
        }
        gunzip->packed = sf_slice_skip(gunzip->packed, taken);
        gunzip->is_begun = result != G_CONVERTER_FINISHED;
        if (!gunzip->is_begun) {
            g_converter_reset(gunzip->converter);
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
