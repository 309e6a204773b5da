/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Transport addresses, each once and by number, and who uses them.
 */
#ifndef SF_MEDIA_END_TABLE_H
#define SF_MEDIA_END_TABLE_H

#include "media_end.h"

typedef struct sf_end_table sf_end_table;

enum { SF_END_USE_BITS = 31 };

sf_end_table *sf_end_table_new(void);

/** Frees it; takes NULL. */
void sf_end_table_free(sf_end_table *table);

/** Number of an address, which is added if it is new; 0 for one that is not known. */
uint32_t sf_end_table_add(sf_end_table *table, const sf_media_end *end);

/** Number of an address; 0 if it was never added. */
uint32_t sf_end_table_find(const sf_end_table *table, const sf_media_end *end);

/** The address of a number; one that is not known for 0. */
sf_media_end sf_end_table_end(const sf_end_table *table, uint32_t number);

/** Adds a use of an address. @param use  from 1, of SF_END_USE_BITS */
void sf_end_table_add_use(sf_end_table *table, uint32_t number, uint32_t use);

/** The uses of an address, oldest first, until the next one is added. @param number  0 has none */
const uint32_t *sf_end_table_uses(const sf_end_table *table, uint32_t number, uint32_t *count);

#endif
