/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One message on its way into the tree, and the few ways in which a fact
 * becomes an item. Leaf items are added even to an invisible tree: columns and
 * `-T fields` read them there.
 */
#ifndef SF_DISSECT_VIEW_VIEW_H
#define SF_DISSECT_VIEW_VIEW_H

#include "compat.h"

#include <epan/expert.h>

#include "call/call.h"

typedef struct {
    packet_info *pinfo;
    tvbuff_t *tvb;             /**< the data source that holds the message */
    const char *bytes;         /**< its bytes from `start` on */
    int start;                 /**< where in tvb the range of the message begins */
    proto_tree *tree;          /**< below our protocol item; NULL if nobody reads any item of ours */
    bool is_visible;           /**< somebody will read labels: summaries are worth their time */
    bool is_exposed;           /**< the message travelled where anybody on the wire could read it */
    const sf_message *message;
    const sf_call_note *note;  /**< what its call made of it */
    uint64_t shown_problems;   /**< one bit for each problem that stands at an item already */
} sf_view;

/** Where a slice of the message lies in the view's tvb. */
int sf_view_offset(const sf_view *view, sf_slice slice);

/** A string field that shows the bytes of the slice; nothing if the slice is absent. */
proto_item *sf_view_text(const sf_view *view, proto_tree *tree, int hf, sf_slice slice);

/** A string field of quoted or escaped text: shows it with its escapes undone; nothing if absent. */
proto_item *sf_view_unescaped(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, bool quoted);

/** A number read from the slice; nothing if the slice is absent. */
proto_item *sf_view_number(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t value);

/** A GUID read from the slice. */
proto_item *sf_view_guid(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const sf_guid *guid);

/** Bytes decoded from the slice. */
proto_item *sf_view_bytes(const sf_view *view, proto_tree *tree, int hf, sf_slice slice,
                          const uint8_t *bytes, size_t length);

/** A boolean that the slice says. */
proto_item *sf_view_flag(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, bool value);

/** Marks an item as derived by us. Takes NULL. Returns the item. */
proto_item *sf_derived(proto_item *item);

/**
 * Marks a derived item whose value the label of its row says already: columns, filters and `-T fields`
 * have it, the tree does not say it twice. Takes NULL.
 */
void sf_implied(proto_item *item);

/**
 * A text of the message for use in labels: valid UTF-8, NUL-terminated, control characters shown as escapes.
 * @return lives as long as the packet
 */
const char *sf_view_string(const sf_view *view, sf_slice slice);

/** Appends to the label of a visible item, in parentheses, what its value means. Takes NULL for either. */
void sf_view_words(const sf_view *view, proto_item *item, const char *words);

/** A derived string field. `slice` is what to highlight. `text` is copied. */
proto_item *sf_view_derived_string(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const char *text);

/** The header of a tree row: a string field over the slice, and the tree below it. */
proto_tree *sf_view_row(const sf_view *view, proto_tree *tree, int hf, int ett, sf_slice slice, proto_item **item);

/**
 * A section of our tree, with its title. It has no bytes of its own: Wireshark takes a click on a byte for the last row
 * that covers it, which is to be one that reads it, ours or stock's.
 */
proto_tree *sf_view_section(const sf_view *view, int ett, const char *title, proto_item **item);

/** Puts every problem of that element, as expert info, at the item. */
void sf_view_problems(sf_view *view, proto_item *item, sf_slice element);

/** Puts the problems that no item has taken at rows of their own; where nobody sees rows, at the item given. */
void sf_view_other_problems(sf_view *view, proto_item *item);

/** Registers the expert infos malformed and limit. */
void sf_view_register(expert_module_t *expert);

#endif
