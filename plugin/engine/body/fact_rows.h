/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where the facts of each kind of body are. Private to document.c.
 */
#ifndef SF_ENGINE_BODY_FACT_ROWS_H
#define SF_ENGINE_BODY_FACT_ROWS_H

#include "document_kind.h"
#include "engine/text/words.h"
#include "fact.h"

typedef enum {
    SF_PLACE_TEXT, /**< text of element `name` in `parent`; the fact is named by the attribute `key`, if it has one */
    SF_PLACE_ATTRIBUTE, /**< attribute `name` of element `parent` */
    SF_PLACE_GROUP      /**< element `name` in `parent`; its value is the attribute `key`, if it has one */
} sf_fact_place;

/** An empty name or parent fits any. */
typedef struct {
    sf_slice name; /**< the first member, for the index */
    sf_fact_place place;
    sf_fact_id id;
    sf_slice parent;
    sf_slice key;
} sf_fact_row;

typedef struct {
    const sf_fact_row *rows;
    unsigned count;
    const sf_word_index *index; /**< by name, made; NULL without rows */
} sf_fact_rows;

/** The rows of a kind of body; none for one that is only named. */
sf_fact_rows sf_fact_rows_of(sf_document_kind kind);

#endif
