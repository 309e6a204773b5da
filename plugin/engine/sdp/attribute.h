/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's SDP attributes ([MS-SDPEXT] 3.1.5.28 to 3.1.5.36 and the rest of
 * that family). One record serves them all: each kind fills the members that
 * its decoder names.
 */
#ifndef SF_ENGINE_SDP_ATTRIBUTE_H
#define SF_ENGINE_SDP_ATTRIBUTE_H

#include "engine/text/guid.h"
#include "engine/text/number.h"
#include "engine/text/problem.h"
#include "engine/text/real.h"

typedef enum {
    SF_ATTRIBUTE_OTHER,       /**< any other Microsoft attribute: name and value */
    SF_ATTRIBUTE_SSRC_RANGE,  /**< number[0] to number[1] */
    SF_ATTRIBUTE_BANDWIDTH,   /**< word = label, number[0] = send, number[1] = receive, in kbit/s */
    SF_ATTRIBUTE_DEVICE,      /**< word = device; one record for each device of the line */
    SF_ATTRIBUTE_VIDEO_CAPS,  /**< number: payload type, width, height, bitrate; real = frame rate */
    SF_ATTRIBUTE_FEEDBACK,    /**< word = the feedback messages */
    SF_ATTRIBUTE_BYPASS_ID,   /**< guid */
    SF_ATTRIBUTE_DIAGNOSTICS, /**< number: ErrorId, SubErrorId; word = reason */
    SF_ATTRIBUTE_NETWORK,     /**< word = network type of the candidates of `foundation` */
    SF_ATTRIBUTE_KINDS
} sf_attribute_kind;

/* Indexes into sf_attribute.number */
enum { SF_ATTRIBUTE_NUMBERS = 4 };
enum { SF_SSRC_FIRST = 0, SF_SSRC_LAST = 1 };
enum { SF_BANDWIDTH_SEND = 0, SF_BANDWIDTH_RECEIVE = 1 };
enum { SF_ERROR_ID = 0, SF_ERROR_SUB_ID = 1 };
enum { SF_CAPS_PAYLOAD_TYPE = 0, SF_CAPS_WIDTH = 1, SF_CAPS_HEIGHT = 2, SF_CAPS_BITRATE = 3 };

typedef struct {
    sf_attribute_kind kind;
    sf_slice line; /**< the whole a= line */
    sf_slice text; /**< the bytes of this record: the line, or its part */
    sf_slice word;
    bool is_quoted;      /**< `\` escapes of the word are to be undone */
    sf_slice foundation; /**< of SF_ATTRIBUTE_NETWORK */
    sf_number number[SF_ATTRIBUTE_NUMBERS];
    sf_real real;
    sf_guid guid;
    bool can_send, can_receive; /**< of a device */
} sf_attribute;

/** The records of a body; the caller bounds and empties it. */
typedef struct {
    sf_attribute items[SF_MAX_ATTRIBUTES];
    unsigned count;
} sf_attributes;

/**
 * True for an attribute of Microsoft's that others write too, so that it says nothing of who sent the SDP body: RADVision's
 * and Avaya's conference servers offer x-caps to everybody.
 */
bool sf_attribute_is_common(sf_slice name);

/**
 * Reads an attribute of Microsoft's and appends its record or records.
 * @param line             the whole a= line
 * @param name             what is before the colon
 * @param value            what follows it, trimmed
 * @param is_below_m_line  the line belongs to a stream, not to the session
 * @return false if the attribute is not one of Microsoft's
 */
bool sf_attribute_read(sf_slice line, sf_slice name, sf_slice value, bool is_below_m_line, sf_problems *problems,
                       sf_attributes *attributes);

#endif
