/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Errors of Windows.
 */
#include "windows_errors.h"

#include <windows.h>

#include <errno.h>
#include <glib.h>

int sf_windows_errno(unsigned long error)
{
    static const struct {
        DWORD error;
        int number;
    } rows[] = {
        { ERROR_FILE_NOT_FOUND, ENOENT },
        { ERROR_PATH_NOT_FOUND, ENOENT },
        { ERROR_INVALID_NAME, ENOENT },
        { ERROR_BAD_NETPATH, ENOENT },
        { ERROR_BAD_NET_NAME, ENOENT },
        { ERROR_ACCESS_DENIED, EACCES },
        { ERROR_SHARING_VIOLATION, EACCES },
        { ERROR_LOCK_VIOLATION, EACCES },
        { ERROR_WRITE_PROTECT, EROFS },
        { ERROR_TOO_MANY_OPEN_FILES, EMFILE },
        { ERROR_DISK_FULL, ENOSPC },
        { ERROR_HANDLE_DISK_FULL, ENOSPC },
        { ERROR_NO_DATA, EPIPE },
        { ERROR_BROKEN_PIPE, EPIPE },
        { ERROR_PIPE_NOT_CONNECTED, EPIPE },
        { ERROR_PIPE_BUSY, EBUSY },
        { ERROR_NOT_ENOUGH_MEMORY, ENOMEM },
        { ERROR_INVALID_HANDLE, EBADF },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (rows[i].error == error) {
            return rows[i].number;
        }
    }
    return EIO;
}
