/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message at a glance: most of other systems have nothing of Microsoft's, and
 * that shows long before their facts are read.
 */
#ifndef SF_ENGINE_GLANCE_H
#define SF_ENGINE_GLANCE_H

#include "engine/sip/framing.h"
#include "engine/sip/network.h"
#include "engine/text/token.h"

enum { SF_MAX_GLANCE_LINES = 16 };

/** What shows of a message. Slices point into its range. All but the Call-ID is set by sf_glance_is_plain(). */
typedef struct {
    sf_slice call_id;
    sf_slice text;       /**< the message, to the end that its Content-Length says */
    sf_slice start_line; /**< without its line end */
    bool is_request;
    sf_slice method;                     /**< of the request, or the one that a response answers */
    sf_slice lines[SF_MAX_GLANCE_LINES]; /**< the headers that its call needs, without their line ends */
    unsigned line_count;
    sf_slice body;
    /* For the glance alone: */
    sf_slice range;
    sf_content_length content_length;
    sf_slice cseq, from, to; /**< values */
    sf_slice via;            /**< the topmost one: an offer or answer is that of a hop */
    bool has_content_type;
} sf_glance;

/**
 * Looks for the Call-ID of a message.
 * @param range  as sf_message_read() takes it
 * @return false if there is none; nothing more can be told of the message at a glance
 */
bool sf_glance_begin(sf_slice range, sf_glance *glance);

/**
 * Looks at all of the message.
 * @param glance     as sf_glance_begin() left it, when it returned true
 * @param providers  whose addresses are marks, to compare the parties with; NULL if words of marks cover them
 *                   (sf_mark_scan_covers)
 * @return true if sf_message_read() would find a message of this text, method and Call-ID, no mark of Microsoft's in it,
 *         no body but SDP, and nothing in its headers that connects it with another call. What it finds for the call is
 *         in the start line, in `lines` and in `body` alone. False if that takes a closer look
 */
bool sf_glance_is_plain(sf_glance *glance, const sf_knowledge *providers);

/** The length of the text that sf_glance_write() writes if it leaves no line out. @param glance  of a plain message */
size_t sf_glance_length(const sf_glance *glance);

/**
 * Writes a message that is the same to its call, but shorter: each line with its end, a blank line, the body.
 * @param left  a bit for each of `lines` that is left out
 * @param text  room for it; not NUL-terminated
 */
void sf_glance_write(const sf_glance *glance, unsigned left, char *text);

#endif
