/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where the parts of a message are among the lines of a record.
 */
#ifndef SF_LOG_MESSAGE_LAYOUT_H
#define SF_LOG_MESSAGE_LAYOUT_H

#include "body.h"
#include "sip_text.h"

/** For sf_log_layout_read(): no line is marked as the first one of the body. */
#define SF_LOG_NO_MARK SIZE_MAX

typedef struct {
    size_t start;       /**< line of the request or status line */
    size_t headers_end; /**< line after the last header */
    bool headers_close; /**< the end of the headers is in the text: a blank line, a label or a body */
    bool lacks_blank;   /**< they end at a line that is no header, without a blank line anywhere */
    sf_log_body body;   /**< its `last` is the `last` given */
    sf_slice headers[SF_LOG_HEADER_COUNT]; /**< trimmed values, without those in `body`; or absent */
} sf_log_layout;

/**
 * Reads the layout of the message that begins with line `start`. The header block ends at the first blank
 * line. If a copy has lost it, the block ends at the first line that is not a header (log-formats.md 4).
 * @param last  line after the last one that can belong to the message
 * @param mark  first line of the body according to a label, or SF_LOG_NO_MARK
 */
void sf_log_layout_read(const sf_log_text *text, size_t start, size_t last, size_t mark, sf_log_layout *layout);

#endif
