/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the readers through libarchive share.
 */
#ifndef SF_LOG_BYTES_UNPACK_ARCHIVE_H
#define SF_LOG_BYTES_UNPACK_ARCHIVE_H

struct archive;

/** Lets libarchive read the compressions of sf_log_packing_of(), and a compressed file that is no archive. */
void sf_log_archive_support(struct archive *archive);

#endif
