/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Texts of ours, put together piece by piece: labels of rows, and values that
 * we compose. A capture has many rows, and copying pieces costs a fraction of
 * formatting them.
 */
#ifndef SF_DISSECT_VIEW_LABEL_H
#define SF_DISSECT_VIEW_LABEL_H

#include "view.h"

/** A label under construction. */
typedef struct {
    const sf_view *view;
    char *text;    /**< NUL-terminated UTF-8 without control characters; as long as the label lives */
    size_t length; /**< bytes in front of its NUL */
    size_t room;   /**< bytes that `text` has room for */
    char own_room[2 * ITEM_LABEL_LENGTH]; /**< enough for a row: Wireshark cuts longer ones */
} sf_label;

/** An empty label. */
void sf_label_begin(sf_label *label, const sf_view *view);

/** Adds a text. */
void sf_label_add(sf_label *label, const char *text);

/** Adds so many bytes of a text of ours. */
void sf_label_add_bytes(sf_label *label, const char *text, size_t length);

/** Adds a number in decimal. */
void sf_label_add_number(sf_label *label, uint32_t number);

/** Adds `before`, a number, and the noun that goes with it: `: 1 code`, `: 2 codes`. */
void sf_label_add_count(sf_label *label, const char *before, uint32_t count, const char *one, const char *many);

/** Adds a text of the message: valid UTF-8, control characters shown as escapes. Nothing if it is empty. */
void sf_label_add_slice(sf_label *label, sf_slice slice);

/** Adds a text of the message between two of ours; nothing at all if it is empty. */
void sf_label_add_part(sf_label *label, const char *before, sf_slice slice, const char *after);

/** Adds what the others cannot: formats, so for the few rows that need it. */
void sf_label_add_format(sf_label *label, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** Adds an address as a person would write it, the name of a party without one, or words that it is unreadable. */
void sf_label_add_identity(sf_label *label, const sf_identity *identity);

/** The text so far; as long as the label lives, and nothing is added to it. */
sf_slice sf_label_slice(const sf_label *label);

/** Makes it the label of the item, in place of name and value. Takes NULL for the item. */
void sf_label_set(const sf_label *label, proto_item *item);

/** Adds it to the label that the item has. Takes NULL for the item. */
void sf_label_append(const sf_label *label, proto_item *item);

/** Adds to the label of a visible item, in parentheses, what its value means. Takes NULL for either. */
void sf_label_explain(const sf_view *view, proto_item *item, const char *words);

#endif
