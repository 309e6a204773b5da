/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Restoring a body as it was on the wire from its lines in a log (log-formats.md 9).
 *
 * A log changes line ends and adds one after the body, and copies lose blank lines. Only the Content-Length is
 * reliable. So all forms that the body can have had are tried, and the first one of that length is used.
 */
#ifndef SF_LOG_MESSAGE_BODY_H
#define SF_LOG_MESSAGE_BODY_H

#include "text.h"

/** Where the body of a message is, and what the headers say about it. */
typedef struct {
    const sf_log_text *text;
    size_t first, last; /**< its lines: first <= i < last */
    bool is_labeled;    /**< `Message-Body:` is before it: the first line may be empty, and `-` is no body */
    bool has_length;    /**< there is a Content-Length */
    uint64_t length;    /**< its value */
    sf_slice boundary;  /**< boundary of a multipart body, else absent */
} sf_log_body;

/** How the lines of a body become its bytes. */
typedef struct {
    bool fits;          /**< the body has the length that Content-Length says */
    bool is_empty;      /**< there is no body */
    bool drops_first;   /**< leave out the empty line after `Message-Body:` */
    bool keeps_foreign; /**< lines of other entries belong to the body after all */
    bool rebuilds;      /**< restore the blank lines after the headers of its parts */
    int line_end;       /**< index into the ways to end a line */
    unsigned drop_ends; /**< number of line ends left out at the end */
    uint64_t length;    /**< length of the body in this form */
} sf_log_body_form;

/** Finds the form of a body. */
sf_log_body_form sf_log_body_find_form(const sf_log_body *body);

/** Length of the body in that form. */
uint64_t sf_log_body_length(const sf_log_body *body, const sf_log_body_form *form);

/** Appends the body in that form to `out`. */
void sf_log_body_append(const sf_log_body *body, const sf_log_body_form *form, GByteArray *out);

/** True if the log has `****...****` instead of the body (log-formats.md 2.2). */
bool sf_log_body_is_masked(const sf_log_body *body);

#endif
