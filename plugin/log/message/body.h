/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the lines of a body in a log to its bytes on the wire (log-formats.md 9).
 *
 * A log changes line ends, adds one behind the body, and copies lose blank
 * lines. The one known truth is the message's Content-Length: of all forms
 * that the body can have had, the first one of that length is taken.
 */
#ifndef SF_LOG_MESSAGE_BODY_H
#define SF_LOG_MESSAGE_BODY_H

#include "text.h"

/** Where the body of a message stands, and what the header block says of it. */
typedef struct {
    const sf_log_text *text;
    size_t first, last; /**< its lines: first <= i < last */
    bool is_labelled;   /**< `Message-Body:` stood before it: the first line may be empty, and `-` is none */
    bool has_length;    /**< there is a Content-Length */
    uint64_t length;    /**< its value */
    sf_slice boundary;  /**< of a multipart body, else absent */
} sf_log_body;

/** How a body's lines become its bytes. */
typedef struct {
    bool fits;          /**< the body has the length that Content-Length says */
    bool is_empty;      /**< there is no body */
    bool drops_first;   /**< leave out the empty line behind `Message-Body:` */
    bool keeps_foreign; /**< foreign lines belong to the body after all */
    bool rebuilds;      /**< put back the blank lines behind the headers of its parts */
    int line_end;       /**< index into the ways to end a line */
    unsigned drop_ends; /**< line ends left out at the end */
    uint64_t length;    /**< bytes that this makes */
} sf_log_body_form;

/** Finds the form of a body. */
sf_log_body_form sf_log_body_find_form(const sf_log_body *body);

/** Bytes that the body has in that form. */
uint64_t sf_log_body_length(const sf_log_body *body, const sf_log_body_form *form);

/** Appends the body in that form to `out`. */
void sf_log_body_append(const sf_log_body *body, const sf_log_body_form *form, GByteArray *out);

/** True if a log put `****...****` in place of the body (log-formats.md 2.2). */
bool sf_log_body_is_masked(const sf_log_body *body);

#endif
