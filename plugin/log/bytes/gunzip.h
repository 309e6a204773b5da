/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decompressing gzip piece by piece, including files with several members.
 */
#ifndef SF_LOG_BYTES_GUNZIP_H
#define SF_LOG_BYTES_GUNZIP_H

#include "engine/text/slice.h"

typedef struct sf_log_gunzip sf_log_gunzip;

/** Makes a decompressor. */
sf_log_gunzip *sf_log_gunzip_new(void);

/** Frees the decompressor. */
void sf_log_gunzip_free(sf_log_gunzip *gunzip);

/**
 * Supplies the next compressed bytes. They must stay valid until everything made from them has been taken.
 * @param is_last  these are the last ones
 * @return false if the data is damaged or truncated
 */
bool sf_log_gunzip_give(sf_log_gunzip *gunzip, sf_slice packed, bool is_last);

/**
 * Takes the next piece of decompressed data.
 * @return false if more compressed bytes are needed, or if the data is damaged
 */
bool sf_log_gunzip_take(sf_log_gunzip *gunzip, sf_slice *bytes);

#endif
