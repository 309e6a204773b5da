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
#include "media/flows.h"

typedef struct {
    packet_info *pinfo;
    tvbuff_t *tvb;     /**< the data source that holds the message */
    const char *bytes; /**< its bytes from `start` on */
    int start;         /**< where in tvb the range of the message begins */
    proto_tree *tree;  /**< below our protocol item; NULL if nobody reads any item of ours */
    proto_item *title; /**< our protocol item; NULL in a message that nobody looks at */
    bool is_visible;   /**< somebody will read labels: summaries are worth their time */
    bool is_explained; /**< somebody will read what expert infos say; if not, sf_raise() does */
    bool is_exposed;   /**< the message travelled where anybody on the wire could read it */
    const sf_message *message;
    const sf_call_note *note; /**< what its call made of it */
    sf_media_note media;      /**< what was seen of the call's media up to it */
    uint64_t shown_problems;  /**< one bit for each problem that is shown at an item already */
} sf_view;

/** Where a slice of the message lies in the view's tvb. */
int sf_view_offset(const sf_view *view, sf_slice slice);

/** The text with `***` for each password of a SIP URI in it (passwords.h); it lives as long as the packet. */
sf_slice sf_view_without_passwords(const sf_view *view, sf_slice text);

/**
 * A text of the message for use in labels: valid UTF-8, NUL-terminated, control characters shown as escapes. Here and
 * in all items of text, `***` stands for the password of a SIP URI (passwords.h).
 * @return lives as long as the packet
 */
const char *sf_view_string(const sf_view *view, sf_slice slice);

/* Items. All cover the bytes of a slice, and add nothing for one that is absent, or to a tree that is NULL. They return
 * the item, or NULL. */

/** A string field: the bytes of the slice. */
proto_item *sf_view_text(const sf_view *view, proto_tree *tree, int hf, sf_slice slice);

/** A string field of quoted or escaped text: the slice with its escapes undone. */
proto_item *sf_view_unescaped(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, bool is_quoted);

/** A string field: words of ours. They are copied. */
proto_item *sf_view_words(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const char *words);

/** An integer field of any size: the number as it was read. */
proto_item *sf_view_number(const sf_view *view, proto_tree *tree, int hf, sf_number number);

/** An integer field of any size. */
proto_item *sf_view_integer(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t value);

/** A boolean field; of one with a mask, `value` has all bits. */
proto_item *sf_view_flag(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t value);

/** A floating-point field. */
proto_item *sf_view_real(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, double value);

/** A GUID field. */
proto_item *sf_view_guid(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const sf_guid *guid);

/** A field of bytes that were decoded from the slice. */
proto_item *sf_view_bytes(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const uint8_t *bytes,
                          size_t length);

/** An IPv4 field; `address` has 4 bytes in network order. */
proto_item *sf_view_ipv4(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const uint8_t *bytes);

/** An IPv6 field; `address` has 16 bytes. */
proto_item *sf_view_ipv6(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const uint8_t *bytes);

/** A field of absolute time; nothing for a time that Wireshark cannot show. @param filetime 100 ns since 1601 */
proto_item *sf_view_time(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t filetime);

/** A field of relative time. @param microseconds  not negative */
proto_item *sf_view_duration(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, int64_t microseconds);

/** Marks an item as derived by us. Takes NULL. Returns the item. */
proto_item *sf_derived(proto_item *item);

/**
 * Marks a derived item whose value the label of its row says already: columns, filters and `-T fields`
 * have it, the tree does not say it twice. Takes NULL.
 */
void sf_implied(proto_item *item);

/* Rows with rows below them. All set `item`, also to NULL, and return the tree below it. */

/** A string field over the slice. */
proto_tree *sf_view_row(const sf_view *view, proto_tree *tree, int hf, int ett, sf_slice slice, proto_item **item);

/**
 * A title over the slice, where no field has the whole of it: a field of type FT_NONE, so that JSON and PDML have a fixed
 * key for it. @param title  NULL for the name of the field
 */
proto_tree *sf_view_titled(const sf_view *view, proto_tree *tree, int hf, int ett, sf_slice slice, const char *title,
                           proto_item **item);

/**
 * The heading of a section of our tree: a field of type FT_NONE, so that JSON and PDML have a fixed key for it. It has
 * no bytes of its own: Wireshark takes a click on a byte for the last row that covers it, which is to be one that reads
 * it, ours or stock's.
 */
proto_tree *sf_view_section(const sf_view *view, int hf, int ett, proto_item **item);

#endif
