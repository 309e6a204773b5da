/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One look ahead over the letters of a header block, which shows the headers
 * that may have a mark of Microsoft's in their values. Most have none, and need
 * not be taken apart for it.
 */
#ifndef SF_ENGINE_SIP_MARK_SCAN_H
#define SF_ENGINE_SIP_MARK_SCAN_H

#include "engine/text/slice.h"

/** How far a text was looked at. */
typedef struct {
    const char *begin, *end; /**< of the text */
    const char *at;          /**< there is no word of a mark between the value that was asked for last and here */
    bool is_hit;             /**< there is one at `at` */
} sf_mark_scan;

/** A scan over a text; nothing is looked at before it is asked for. */
static inline sf_mark_scan sf_mark_scan_over(sf_slice text)
{
    return (sf_mark_scan){ text.text, sf_slice_end(text), text.text, false };
}

/**
 * True if a value may have a mark that its reader would find: a host of Microsoft's, a parameter of its own, a GRUU, a
 * decorated address, a product, a scheme of authentication, or a `skype:` URI. False only if it has none. What the
 * user's preferences add, From and To show, which are always read.
 * @param value  a part of the text; those that are asked for come in the order of the text
 */
bool sf_mark_scan_may_be_in(sf_mark_scan *scan, sf_slice value);

#endif
