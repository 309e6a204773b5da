/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The one file of the media that knows the operating system.
 */
#include "gcrypt_library.h"

#ifdef _WIN32

#include <windows.h>

/* libwireshark.dll has loaded it. The name is that of cmake/windows/kit.cmake. */
bool sf_gcrypt_is_there(void)
{
    return GetModuleHandleW(L"libgcrypt-20.dll") != NULL;
}

#else

bool sf_gcrypt_is_there(void)
{
    return true;
}

#endif
