/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Copies of slices that outlive the text that the slices point into.
 */
#ifndef SF_LOG_BYTES_COPY_H
#define SF_LOG_BYTES_COPY_H

#include <glib.h>

#include "engine/text/slice.h"

/** Appends the bytes of a slice, which may be empty or absent. */
void sf_log_append(GByteArray *out, sf_slice s);

/** Copies a slice into a buffer of `size` bytes as a string. A slice that does not fit gives an empty string. */
void sf_log_copy_string(char *buffer, size_t size, sf_slice text);

#endif
