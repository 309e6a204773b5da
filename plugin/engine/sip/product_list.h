/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The grammar of User-Agent and Server (RFC 3261 25.1): products with their
 * versions, and comments.
 */
#ifndef SF_ENGINE_SIP_PRODUCT_LIST_H
#define SF_ENGINE_SIP_PRODUCT_LIST_H

#include "engine/text/slice.h"

/** More products in one value than any real stack writes; the rest is not looked at. */
#define SF_MAX_PRODUCTS 8

typedef struct {
    sf_slice name;
    sf_slice version; /**< after the slash; absent without one */
} sf_product_token;

typedef struct {
    sf_product_token items[SF_MAX_PRODUCTS];
    unsigned count;
    sf_slice comment; /**< the first comment, with its parentheses; absent if there is none */
} sf_product_list;

/** Reads a value. A comment may hold others, and escapes; one that never ends reaches to the end of the value. */
void sf_product_list_read(sf_slice value, sf_product_list *list);

/** The version number that `s` begins with: numbers joined by dots. @param parts set to how many they are */
sf_slice sf_version_at_start(sf_slice s, unsigned *parts);

/** True if `s` is a version number and nothing else, with a minor number at least. */
bool sf_is_version(sf_slice s);

#endif
