/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tests' pages and library through Windows.
 */
#include "library.h"
#include "pages.h"

#include <glib.h>

#include <windows.h>

size_t sf_page_size(void)
{
    SYSTEM_INFO system;

    GetSystemInfo(&system);
    return system.dwPageSize;
}

char *sf_pages_new(size_t count)
{
    size_t page = sf_page_size();
    char *pages = VirtualAlloc(NULL, count * page, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    DWORD before;

    g_assert_nonnull(pages);
    g_assert_true(VirtualProtect(pages + (count - 1) * page, page, PAGE_NOACCESS, &before));
    return pages;
}

void sf_pages_free(char *pages, size_t count)
{
    (void)count;
    VirtualFree(pages, 0, MEM_RELEASE);
}

void sf_program_image(const char **begin, const char **end)
{
    const char *image = (const char *)GetModuleHandleW(NULL);
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)image;
    const IMAGE_NT_HEADERS *headers = (const IMAGE_NT_HEADERS *)(image + dos->e_lfanew);

    *begin = image;
    *end = image + headers->OptionalHeader.SizeOfImage;
}

bool sf_library_load(void)
{
    const wchar_t *name = L"libgcrypt-20.dll";

    if (GetModuleHandleW(name)) {
        return false;
    }
    g_assert_nonnull(LoadLibraryW(name));
    return true;
}
