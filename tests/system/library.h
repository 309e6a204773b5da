/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The library that the plugin finds in its process, where it is not linked with it. posix.c and windows.c answer.
 */
#ifndef SF_TESTS_LIBRARY_H
#define SF_TESTS_LIBRARY_H

#include <stdbool.h>

/** Loads libgcrypt, as Wireshark for Windows does. Aborts if it cannot be found. @return false if it was there already */
bool sf_library_load(void);

#endif
