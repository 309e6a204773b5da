/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a file is that has no text of a log: most people who get nothing out of a file have such a one.
 */
#ifndef SF_LOG_BYTES_KIND_H
#define SF_LOG_BYTES_KIND_H

#include "engine/text/slice.h"

/** Bytes at the beginning of a file that sf_log_kind() looks at. */
#define SF_LOG_KIND_BYTES 512

/**
 * Recognizes a file by its first bytes.
 * @param first    up to SF_LOG_KIND_BYTES, or all of a shorter file
 * @param is_sure  set to whether it cannot be a log, so that nothing in it is a message
 * @return what it is and what to do, to be put after its name; NULL for text
 */
const char *sf_log_kind(sf_slice first, bool *is_sure);

/** True if the first bytes of a pipe are too few to tell: with more, they may be those of a file that is no log. */
bool sf_log_kind_is_open(sf_slice first);

#endif
