/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The media streams of the capture (media/flows.h).
 */
#ifndef SF_DISSECT_VIEW_MEDIA_FLOWS_H
#define SF_DISSECT_VIEW_MEDIA_FLOWS_H

#include "compat.h"

#include "media/flows.h"

/** Registers the set, which empties itself with the capture. */
void sf_media_flows_register(void);

/** The streams of the capture; NULL where the user does not want media to be looked at. */
sf_flows *sf_media_flows(void);

/** Names of sf_seen. */
extern const value_string sf_seen_names[];

/** Names of sf_senders. */
extern const value_string sf_senders_names[];

/** Name of a value of sf_seen, for a capture with packets that may be media. */
const char *sf_seen_name(unsigned seen);

/** The same as known now, at the end of the capture: `No media in this capture` where that is why there is nothing. */
const char *sf_seen_words(unsigned seen);

/** The same as known at a message: `No media captured so far`. */
const char *sf_seen_words_at(const sf_media_note *note);

/** Name of a value of sf_senders. */
const char *sf_senders_name(unsigned senders);

#endif
