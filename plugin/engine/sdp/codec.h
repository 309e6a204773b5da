/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Codecs of a stream: a=rtpmap lines, and the payload types that need none.
 */
#ifndef SF_ENGINE_SDP_CODEC_H
#define SF_ENGINE_SDP_CODEC_H

#include "engine/text/number.h"
#include "engine/text/problem.h"

#define SF_LAST_PAYLOAD_TYPE 127 /* RFC 3550 5.1 */

typedef struct {
    sf_slice text;          /**< the a=rtpmap line, or the payload type on the m= line */
    const char *friendly;   /**< name that people use; NULL if the codec is not in the table */
    sf_number payload_type; /**< absent if malformed */
    sf_slice name;          /**< encoding name of a=rtpmap; absent for a payload type without one */
    sf_number clock_rate;   /**< absent if malformed, or without a=rtpmap */
    bool is_microsoft;      /**< only Microsoft's products offer it */
} sf_codec;

/**
 * Reads the value of an a=rtpmap line: `115 x-msrta/8000`. What can be read is set.
 * @param line   the whole a= line
 * @param codec  filled from scratch
 */
void sf_codec_read(sf_slice line, sf_slice value, sf_problems *problems, sf_codec *codec);

/**
 * The codec of a payload type on the m= line.
 * @param codec  filled from scratch
 * @return false if it is not one of the static payload types (RFC 3551)
 */
bool sf_codec_of_static_type(sf_number payload_type, sf_codec *codec);

#endif
