/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who sends media, or gets it, in words.
 */
#ifndef SF_DISSECT_VIEW_MEDIA_PARTY_H
#define SF_DISSECT_VIEW_MEDIA_PARTY_H

#include "media/media_end.h"

#include <stdbool.h>

enum { SF_MEDIA_PARTY_BYTES = 64 };

typedef struct {
    char text[SF_MEDIA_PARTY_BYTES];
} sf_media_party;

/** Writes an IP address, without its port; false if it is not known. */
bool sf_media_host_write(const sf_media_end *host, char text[SF_MEDIA_PARTY_BYTES]);

/** `the caller` or `the callee`. */
sf_media_party sf_media_party_of_call(bool is_caller);

/** An end of a hop: its address, or `the caller's side` if that is not known. */
sf_media_party sf_media_party_of_hop(const sf_media_end *host, bool is_on_callers_side);

#endif
