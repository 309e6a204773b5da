/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One look at the colons of a header, which shows what nearly all lack: the
 * mark of a media key, and a skype: URI. Both are searched for only where they
 * may be.
 */
#ifndef SF_ENGINE_SIP_COLON_SCAN_H
#define SF_ENGINE_SIP_COLON_SCAN_H

#include "engine/text/ahead.h"
#include "header.h"

/** How far a text was looked at. */
typedef struct {
    sf_ahead percents, backslashes; /**< of escapes, which may hide a mark */
} sf_colon_scan;

/** A scan over the text of headers; nothing is looked at before it is asked for. */
sf_colon_scan sf_colon_scan_over(sf_slice text);

/**
 * True if a header may have the mark of a key (sf_key_mark_at) or `skype:`. False only if it has neither.
 * @param header  one of the text; those that are asked for come in the order of the text
 */
bool sf_colon_scan_may_be_in(sf_colon_scan *scan, const sf_header *header);

#endif
