/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Archives of logs (zip, tar), compressed or not. members_archive.c reads them through libarchive; members_none.c, where
 * there is none, reads none.
 */
#ifndef SF_LOG_BYTES_MEMBERS_H
#define SF_LOG_BYTES_MEMBERS_H

#include <glib.h>
#include <signal.h>
#include <stdint.h>

/** One file of an archive, unpacked. */
typedef struct {
    char *name;       /**< "ARCHIVE: NAME", printable; to be freed */
    int fd;           /**< of a file without a name, at its beginning; to be closed; -1 if it could not be made */
    int64_t modified; /**< seconds since 1970; 0 if the archive does not say */
    char *error;      /**< why it is not complete, to be freed; NULL if it is */
} sf_log_member;

/**
 * Unpacks the files of an archive into files without names, which take as much of the disk as they are long. Archives
 * in it stay packed. At most SF_LOG_MAX_MEMBERS files and SF_LOG_MAX_UNPACKED bytes are unpacked.
 * @param is_stopped  not 0 once unpacking is to end
 * @return an array of sf_log_member, not empty and to be freed by the caller; NULL if the file is no archive
 */
GArray *sf_log_members(const char *path, const volatile sig_atomic_t *is_stopped);

#endif
