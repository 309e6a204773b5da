/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Pages with a guard after them.
 */
#include "guarded.h"

#include <sys/mman.h>
#include <unistd.h>

sf_guarded sf_guarded_new(size_t capacity)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    sf_guarded guarded = { .capacity = capacity, .mapped = (capacity / page + 2) * page };

    guarded.pages = mmap(NULL, guarded.mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    g_assert_true(guarded.pages != MAP_FAILED);
    g_assert_cmpint(mprotect(guarded.pages + guarded.mapped - page, page, PROT_NONE), ==, 0);
    return guarded;
}

sf_slice sf_guarded_put(sf_guarded *guarded, sf_slice text)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *begin = guarded->pages + guarded->mapped - page - text.length;

    g_assert_cmpuint(text.length, <=, guarded->capacity);
    if (text.length > 0) {
        memmove(begin, text.text, text.length);
    }
    guarded->text = (sf_slice){ begin, text.length };
    return guarded->text;
}

sf_guarded sf_guarded_of(sf_slice text)
{
    sf_guarded guarded = sf_guarded_new(text.length);

    if (sf_slice_present(text)) {
        sf_guarded_put(&guarded, text);
    }
    return guarded;
}

void sf_guarded_clear(sf_guarded *guarded)
{
    if (guarded->pages) {
        munmap(guarded->pages, guarded->mapped);
    }
    *guarded = (sf_guarded){ .pages = NULL };
}
