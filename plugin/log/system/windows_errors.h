/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Errors of Windows as errno has them; for windows.c only.
 */
#ifndef SF_LOG_SYSTEM_WINDOWS_ERRORS_H
#define SF_LOG_SYSTEM_WINDOWS_ERRORS_H

/** The errno of what GetLastError() gives; EIO if it has none. The C library does the same for its own calls. */
int sf_windows_errno(unsigned long error);

#endif
