/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Codecs of a stream: a=rtpmap lines, and the payload types that need none.
 */
#ifndef SF_ENGINE_SDP_CODEC_H
#define SF_ENGINE_SDP_CODEC_H

#include "engine/text/problem.h"

typedef struct {
    sf_slice text;      /**< the a=rtpmap line, or the payload type on the m= line */
    const char *friendly; /**< name that people use; NULL if the codec is not in the table */
    sf_slice payload_type_text; /**< absent if malformed */
    uint32_t payload_type;
    sf_slice name;      /**< encoding name of a=rtpmap; absent for a payload type without one */
    sf_slice clock_rate_text; /**< absent if malformed, or without a=rtpmap */
    uint32_t clock_rate;
    bool microsoft;     /**< only Microsoft's products offer it */
} sf_codec;

/**
 * Reads the value of an a=rtpmap line: `115 x-msrta/8000`. What can be read is set.
 * @param line  the whole a= line
 * @return SF_MALFORMED if its payload type, or name/clock-rate, could not be read
 */
sf_status sf_codec_read(sf_slice line, sf_slice value, sf_problems *problems, sf_codec *codec);

/** The codec of a static payload type (RFC 3551) named on the m= line; SF_ABSENT if it is not one. */
sf_status sf_codec_of_static_type(sf_slice payload_type, sf_codec *codec);

#endif
