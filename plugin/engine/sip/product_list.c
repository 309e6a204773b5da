/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Products, versions and comments.
 */
#include "product_list.h"

#include <glib.h>

/** Length of the comment at the start of `s`, parentheses included; nested ones and escapes count. */
static size_t comment_length(sf_slice s)
{
    size_t depth = 0;

    for (size_t i = 0; i < s.length; i++) {
        if (s.text[i] == '\\') {
            i++;
        } else if (s.text[i] == '(') {
            depth++;
        } else if (s.text[i] == ')' && --depth == 0) {
            return i + 1;
        }
    }
    return s.length;
}

static sf_product_token split_product(sf_slice word)
{
    size_t slash = sf_slice_find(word, '/');
    sf_product_token token = { sf_slice_head(word, slash), { NULL, 0 } };

    if (slash < word.length) {
        token.version = sf_slice_skip(word, slash + 1);
    }
    return token;
}

void sf_product_list_read(sf_slice value, sf_product_list *list)
{
    sf_slice s = value;

    *list = (sf_product_list){ .count = 0 };
    while (s.length > 0 && list->count < SF_MAX_PRODUCTS) {
        size_t length = 0;
        if (sf_is_blank(s.text[0])) {
            length = 1;
        } else if (s.text[0] == '(') {
            length = comment_length(s);
            if (!sf_slice_present(list->comment)) {
                list->comment = sf_slice_head(s, length);
            }
        } else {
            while (length < s.length && !sf_is_blank(s.text[length]) && s.text[length] != '(') {
                length++;
            }
            list->items[list->count++] = split_product(sf_slice_head(s, length));
        }
        s = sf_slice_skip(s, length);
    }
}

sf_slice sf_version_at_start(sf_slice s, unsigned *parts)
{
    size_t length = 0;

    *parts = 0;
    for (size_t i = 0; i < s.length && g_ascii_isdigit(s.text[i]);) {
        while (i < s.length && g_ascii_isdigit(s.text[i])) {
            i++;
        }
        length = i;
        ++*parts;
        if (i < s.length && s.text[i] == '.') {
            i++;
        }
    }
    return sf_slice_head(s, length);
}

bool sf_is_version(sf_slice s)
{
    unsigned parts;
    sf_slice version = sf_version_at_start(s, &parts);
    return parts >= 2 && version.length == s.length;
}
