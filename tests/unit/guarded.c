/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Pages with a guard after them.
 */
#include "guarded.h"

#include "system/pages.h"

sf_guarded sf_guarded_new(size_t capacity)
{
    sf_guarded guarded = { .capacity = capacity, .count = capacity / sf_page_size() + 2 };

    guarded.pages = sf_pages_new(guarded.count);
    return guarded;
}

sf_slice sf_guarded_put(sf_guarded *guarded, sf_slice text)
{
    char *begin = guarded->pages + (guarded->count - 1) * sf_page_size() - text.length;

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
        sf_pages_free(guarded->pages, guarded->count);
    }
    *guarded = (sf_guarded){ .pages = NULL };
}
