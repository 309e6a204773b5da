/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Media": SDP bodies and their streams. Key lines, candidates, codecs
 * and attributes have files of their own.
 */
#ifndef SF_DISSECT_SECTIONS_MEDIA_H
#define SF_DISSECT_SECTIONS_MEDIA_H

#include "dissect/view/view.h"

/** Registers the fields and expert infos of the section and of the files below it. */
void sf_media_register(int proto, expert_module_t *expert);

/** Warns of media that is not encrypted (rtp_clear); `why` completes the sentence. */
void sf_media_warn_of_clear(const sf_view *view, proto_item *item, const sf_stream *stream, const char *why);

/** Shows the section; nothing if the message has no SDP body. */
void sf_media_show(sf_view *view);

#endif
