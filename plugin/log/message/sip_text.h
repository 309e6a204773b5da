/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Recognizing lines of SIP (RFC 3261 7.1 to 7.3). The lines of a log come one by one, so there is no message
 * yet that the engine could parse.
 */
#ifndef SF_LOG_MESSAGE_SIP_TEXT_H
#define SF_LOG_MESSAGE_SIP_TEXT_H

#include "engine/text/slice.h"

/** True for a request line or status line of SIP/2.0; trailing blanks do not matter. */
bool sf_log_is_start_line(sf_slice line);

/** True if the line has the version of SIP anywhere. */
bool sf_log_has_version(sf_slice line);

/**
 * Finds a start line at the end of a line, after any prefix. Blanks or a dot can follow it.
 * @param at  set to where it begins; `Start-Line:` before it is part of it
 */
bool sf_log_find_start(sf_slice line, size_t *at);

/** True for a status line. The line must be one that sf_log_is_start_line() accepts. */
bool sf_log_is_status_line(sf_slice line);

/** True for a line that begins with `token:`, as a header does. A name begins with a letter. */
bool sf_log_is_header_line(sf_slice line);

/** True for a line of SDP: one small letter and `=`. */
bool sf_log_is_sdp_line(sf_slice line);

/** True for the end mark of a record of a server. */
bool sf_log_is_record_end(sf_slice line);

/** True for a line of nothing but dashes and the like, as programs print around messages. */
bool sf_log_is_rule(sf_slice line);

/**
 * True for a line that begins a body even without a blank line before it: the first line of SDP, of XML or of
 * a multipart body (log-formats.md 4).
 */
bool sf_log_begins_body(sf_slice line);

/** The headers that are needed to rebuild a message. */
typedef enum {
    SF_LOG_HEADER_CALL_ID,
    SF_LOG_HEADER_CONTENT_LENGTH,
    SF_LOG_HEADER_CONTENT_TYPE,
    SF_LOG_HEADER_CSEQ,
    SF_LOG_HEADER_DATE,
    SF_LOG_HEADER_VIA,
    SF_LOG_HEADER_COUNT /**< any other header, or not a header */
} sf_log_header;

/**
 * Reads a header line. The name may be in any case, full or compact (RFC 3261 7.3.3).
 * @param value  set to the trimmed value if it is one of the headers above
 */
sf_log_header sf_log_header_read(sf_slice line, sf_slice *value);

/** True for a header that nearly every message has. */
bool sf_log_is_known_header(sf_slice line);

/** The boundary of a multipart Content-Type value without quotes; absent if it has none. */
sf_slice sf_log_boundary(sf_slice content_type);

/** True if the line is the delimiter of that boundary; `is_closing` is set then: true for the closing one. */
bool sf_log_is_delimiter(sf_slice line, sf_slice boundary, bool *is_closing);

#endif
