/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One look ahead over the letters of a header block, which shows the headers
 * that may have a mark of Microsoft's in their values. Most have none, and need
 * not be taken apart for it.
 */
#ifndef SF_ENGINE_SIP_MARK_SCAN_H
#define SF_ENGINE_SIP_MARK_SCAN_H

#include "network.h"

/** The words that marks have in a kind of text. */
typedef struct sf_mark_words sf_mark_words;

/** How far a text was looked at. */
typedef struct {
    const sf_mark_words *words;
    const char *begin, *end; /**< of the text */
    const char *at;          /**< there is no word of a mark between the value that was asked for last and here */
    bool is_hit;             /**< there is one at `at` */
} sf_mark_scan;

/** A scan over the text of headers; nothing is looked at before it is asked for. */
sf_mark_scan sf_mark_scan_over(sf_slice text);

/** The same over an SDP body, of which all is asked for at once: there are marks in attributes and codecs. */
sf_mark_scan sf_mark_scan_over_sdp(sf_slice text);

/**
 * True if a value may have a mark that its reader would find: a host of Microsoft's, a parameter of its own, a GRUU, a
 * decorated address, a product, a scheme of authentication, or a `skype:` URI. False only if it has none. What the
 * user's preferences add, From and To show, which are always read.
 * @param value  a part of the text; those that are asked for come in the order of the text
 */
bool sf_mark_scan_may_be_in(sf_mark_scan *scan, sf_slice value);

/** True if an address that is a mark by the user's preferences has a word of a mark as well, as with their defaults. */
bool sf_mark_scan_covers(const sf_knowledge *knowledge);

#endif
