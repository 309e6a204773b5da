/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Unpacking gzip piece by piece, several members in one file included.
 */
#ifndef SF_LOG_BYTES_GUNZIP_H
#define SF_LOG_BYTES_GUNZIP_H

#include "engine/text/slice.h"

typedef struct sf_log_gunzip sf_log_gunzip;

/** True if bytes begin as gzip does (RFC 1952 2.3.1). */
bool sf_log_is_gzip(sf_slice bytes);

/** Makes an unpacker. */
sf_log_gunzip *sf_log_gunzip_new(void);

/** Frees the unpacker. */
void sf_log_gunzip_free(sf_log_gunzip *gunzip);

/**
 * Gives the next packed bytes, which must live until all that they make is taken.
 * @param is_last  there are no more
 * @return false if the data is damaged, or if it ends too early
 */
bool sf_log_gunzip_give(sf_log_gunzip *gunzip, sf_slice packed, bool is_last);

/**
 * Takes the next piece that the given bytes make.
 * @return false if more packed bytes are needed, or after damage
 */
bool sf_log_gunzip_take(sf_log_gunzip *gunzip, sf_slice *bytes);

#endif
