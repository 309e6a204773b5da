/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Labels of rows, put together piece by piece: a capture has many rows, and
 * copying pieces costs a fraction of formatting them.
 */
#ifndef SF_DISSECT_VIEW_LABEL_H
#define SF_DISSECT_VIEW_LABEL_H

#include "view.h"

/** A label under construction, with room to spare: what is too long for a row Wireshark itself cuts, and says so. */
typedef struct {
    size_t length;
    char text[2 * ITEM_LABEL_LENGTH];
} sf_label;

/** An empty label. */
void sf_label_begin(sf_label *label);

/** Adds a text. */
void sf_label_add(sf_label *label, const char *text);

/** Adds a number in decimal. */
void sf_label_add_number(sf_label *label, uint32_t number);

/** Adds a text of the message: valid UTF-8, control characters shown as escapes. Nothing if absent. */
void sf_label_add_slice(sf_label *label, const sf_view *view, sf_slice slice);

/** Makes it the label of the item, in place of name and value. Takes NULL for the item. */
void sf_label_set(const sf_label *label, proto_item *item);

#endif
