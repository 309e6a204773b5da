/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Logs that are compressed: gzip, xz, bzip2, zstd.
 */
#ifndef SF_LOG_BYTES_UNPACK_H
#define SF_LOG_BYTES_UNPACK_H

#include "engine/text/slice.h"
#include "status.h"

#include <signal.h>

/** Bytes at the beginning of a file that sf_log_packing_of() looks at. */
#define SF_LOG_PACKED_BYTES 512

/**
 * Reads compressed bytes, as sf_log_input_read() does: the bytes are valid until the next call.
 * @param from  what the decompressor was given
 */
typedef sf_log_input_status sf_log_packed_read(void *from, sf_slice *bytes, char **error);

/** Where a decompressor gets compressed bytes, from their beginning on. */
typedef struct {
    sf_log_packed_read *read;
    void *from;                              /**< passed to it */
    const volatile sig_atomic_t *is_stopped; /**< not 0 once reading is to end; must outlive the decompressor */
} sf_log_packed;

/** A way to decompress. The state is the decompressor's own. */
typedef struct {
    void *(*make)(const sf_log_packed *packed);
    void (*free)(void *state);
    /**
     * Reads what was compressed, as sf_log_input_read() does.
     * @param error  set with SF_LOG_INPUT_FAILED if reading failed, to be freed by the caller; not if the data is damaged
     */
    sf_log_input_status (*read)(void *state, sf_slice *bytes, char **error);
} sf_log_unpacker;

/** gzip, through zlib: all that comes before damaged data is read, and a pipe may pause. */
extern const sf_log_unpacker sf_log_unpack_gzip;

#ifdef SKYPEFED_ARCHIVES
/** The others, through libarchive. */
extern const sf_log_unpacker sf_log_unpack_archive;
#endif

/** A compression. */
typedef struct {
    sf_slice mark;    /**< the first bytes of a file */
    const char *name; /**< such as "gzip" */
    const sf_log_unpacker *unpacker;
} sf_log_packing;

/**
 * Recognizes a compression.
 * @param first  SF_LOG_PACKED_BYTES of the file, or all of a shorter one
 * @return NULL for a file that is not compressed, or in a way that is not known here
 */
const sf_log_packing *sf_log_packing_of(sf_slice first);

/** True if the first bytes of a pipe are too few to tell: with more, they may be those of a compression. */
bool sf_log_packing_is_open(sf_slice first);

#endif
