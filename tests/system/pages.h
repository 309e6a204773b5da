/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the tests ask of the operating system: pages that nobody may read, and where the program lies in memory.
 * posix.c and windows.c answer.
 */
#ifndef SF_TESTS_PAGES_H
#define SF_TESTS_PAGES_H

#include <stddef.h>

/** Size of a page in bytes. */
size_t sf_page_size(void);

/** Maps this many pages, the last of which cannot be read. Aborts when memory cannot be mapped. */
char *sf_pages_new(size_t count);

/** Frees what sf_pages_new() gave. */
void sf_pages_free(char *pages, size_t count);

/** Sets the first byte of the running program in memory, which has all literals, and the byte after its last one. */
void sf_program_image(const char **begin, const char **end);

#endif
