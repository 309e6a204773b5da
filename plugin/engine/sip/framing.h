/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where a message ends (RFC 3261 sections 18.3 and 20.14).
 */
#ifndef SF_ENGINE_SIP_FRAMING_H
#define SF_ENGINE_SIP_FRAMING_H

#include "engine/text/slice.h"

/** What the Content-Length headers read so far say; all zero before the first. Of several, the last one counts. */
typedef struct {
    bool is_there;
    bool is_number;
    uint64_t bytes; /**< of the body; 0 if what was written is no number of bytes */
} sf_content_length;

/**
 * Takes the value of a Content-Length header.
 * @return SF_OK; or SF_ABSENT or SF_MALFORMED for a value that is no number of bytes
 */
sf_status sf_content_length_take(sf_content_length *length, sf_slice value);

/**
 * The body in the text that follows the header block, as far as it is there. Without Content-Length it takes all of
 * the text, as in a datagram. With one that cannot be read there is no body: on a stream, nobody could tell where it
 * ends, and the SIP dissector sees none either.
 */
sf_slice sf_content_length_body(const sf_content_length *length, sf_slice rest);

/**
 * The length of the message that a text begins with, body included.
 * @param text  begins with the start line; may go on after the message
 * @return 0 if the message is cut off
 */
size_t sf_whole_message_length(sf_slice text);

/**
 * The most that a message can fill where a carriage return alone is a line end too, as Wireshark has it when it puts
 * a message together from segments: `Content-Length: 5<CR><CR><LF>` ends the headers there.
 * @param text  begins with the start line; may go on after the message
 * @return all of the text if no such line ends the headers, or they have no Content-Length
 */
size_t sf_longest_message_length(sf_slice text);

#endif
