/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tests' pages and library through POSIX.
 */
#include "library.h"
#include "pages.h"

#include <glib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

size_t sf_page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

char *sf_pages_new(size_t count)
{
    size_t page = sf_page_size();
    char *pages = mmap(NULL, count * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    g_assert_true(pages != MAP_FAILED);
    g_assert_cmpint(mprotect(pages + (count - 1) * page, page, PROT_NONE), ==, 0);
    return pages;
}

void sf_pages_free(char *pages, size_t count)
{
    munmap(pages, count * sf_page_size());
}

#ifdef __APPLE__
#include <mach-o/getsect.h>

void sf_program_image(const char **begin, const char **end)
{
    /* Programs begin 4 GiB above zero, moved by what the loader chose; the end is that of the last segment. */
    extern const struct mach_header_64 _mh_execute_header;

    *begin = (const char *)&_mh_execute_header;
    *end = *begin + (get_end() - 0x100000000UL);
}
#else
void sf_program_image(const char **begin, const char **end_of_image)
{
    /* The linker's marks. */
    extern const char __executable_start;
    extern const char end;

    *begin = &__executable_start;
    *end_of_image = &end;
}
#endif

/* The program is linked with it. */
bool sf_library_load(void)
{
    return false;
}
