/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Telling SIP lines from others (RFC 3261 7.1 to 7.3). A log's lines come one
 * by one, before there is a message that the engine could take apart.
 */
#ifndef SF_LOG_MESSAGE_SIP_TEXT_H
#define SF_LOG_MESSAGE_SIP_TEXT_H

#include "engine/text/slice.h"

/** True for a request line or status line of SIP/2.0; blanks at its end do not matter. */
bool sf_log_is_start_line(sf_slice line);

/** True for a status line; takes what sf_log_is_start_line() accepts. */
bool sf_log_is_status_line(sf_slice line);

/** True for a line of the form `token:`, which a header begins with. */
bool sf_log_is_header_line(sf_slice line);

/**
 * True for a line that begins a body though no blank line stands before it:
 * the first line of SDP, XML or a part of a multipart (log-formats.md 4).
 */
bool sf_log_begins_body(sf_slice line);

/** The headers that rebuilding a message needs. */
typedef enum {
    SF_LOG_HEADER_CALL_ID,
    SF_LOG_HEADER_CONTENT_LENGTH,
    SF_LOG_HEADER_CONTENT_TYPE,
    SF_LOG_HEADER_CSEQ,
    SF_LOG_HEADER_DATE,
    SF_LOG_HEADER_VIA,
    SF_LOG_HEADER_COUNT /**< any other header, or no header */
} sf_log_header;

/**
 * Tells which header a line is, in any case, full or compact (RFC 3261 7.3.3).
 * @param value  set to the trimmed value, if it is one of the headers above
 */
sf_log_header sf_log_header_read(sf_slice line, sf_slice *value);

/** The boundary of a multipart Content-Type value without quotes; absent if it has none. */
sf_slice sf_log_boundary(sf_slice content_type);

/** True if the line is the delimiter of that boundary; `is_closing` tells of the last one. */
bool sf_log_is_delimiter(sf_slice line, sf_slice boundary, bool *is_closing);

#endif
