/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The Microsoft headers that hold one value: conversation, location, subnet,
 * ids, keep-alive, trunk, Teams Direct Routing, first messages, and all others
 * as they are. Diagnostics and trust have decoders of their own.
 */
#ifndef SF_ENGINE_SIP_MICROSOFT_HEADER_H
#define SF_ENGINE_SIP_MICROSOFT_HEADER_H

#include "conversation.h"
#include "header.h"

typedef enum {
    SF_MS_OTHER,          /**< `name: value` as written */
    SF_MS_CONVERSATION,   /**< value, conversation */
    SF_MS_LOCATION,       /**< value = Intranet, Internet, ... */
    SF_MS_SUBNET,         /**< value, ipv4 */
    SF_MS_LOGON,          /**< value */
    SF_MS_TELEMETRY_ID,   /**< value, guid */
    SF_MS_CORRELATION_ID, /**< value, guid */
    SF_MS_KEEP_ALIVE,     /**< value = the timeout's digits, number = seconds */
    SF_MS_TRUNK,          /**< value = FQDN of the peer, detail = trunk, second_detail = User-Agent */
    SF_MS_TEAMS_SBC,      /**< value; so the next four */
    SF_MS_TEAMS_USER_LOCATION,
    SF_MS_TEAMS_MEDIA_PATH,
    SF_MS_TEAMS_USER_SITE,
    SF_MS_TEAMS_TENANT_ID,
    SF_MS_COMPRESSION,   /**< value: of a NEGOTIATE exchange */
    SF_MS_FIRST_MESSAGE, /**< value = base64 of the text, detail = its media type */
    SF_MS_ELSEWHERE,     /**< has a decoder and a record of its own: diagnostics, trust */
    SF_MS_KINDS
} sf_ms_kind;

typedef struct {
    sf_ms_kind kind;
    sf_slice header;   /**< canonical name */
    sf_slice line;     /**< the whole header line */
    const char *about; /**< what the header is for, in words; NULL if its kind says so, or nobody knows */
    sf_slice value;    /**< absent if the header has no such value or it is malformed */
    sf_slice detail;
    sf_slice second_detail;
    uint32_t number;
    uint8_t ipv4[4];
    sf_guid guid;
    sf_conversation conversation;
} sf_ms_header;

/**
 * Reads a value into `result`.
 * @return why it could not be read, the rest of a sentence (sf_problem.why), or NULL. A header may also have no value
 *         worth a field: result->value stays absent then
 */
typedef const char *sf_ms_value_reader(sf_slice value, sf_problems *problems, sf_ms_header *result);

/** One header of Microsoft's. Wireshark is not to call its name unrecognized. */
typedef struct {
    sf_slice name;
    sf_ms_kind kind;
    sf_ms_value_reader *read; /**< NULL without a value of its own */
    sf_header_id id;          /**< what else reads the header, by message.c; SF_HEADER_OTHER if nothing does */
    const char *about;        /**< of a header without a kind: what it is for, in words; NULL if that is not known */
} sf_ms_header_row;

extern const sf_ms_header_row sf_ms_header_rows[];
extern const unsigned sf_ms_header_row_count;

/**
 * Whether a header is one of Microsoft's: named in the table, or beginning with ms- or x-ms-. One of the table
 * is given its id and its canonical name.
 * @param row  set if it is one: its row, or NULL if the table does not have its name
 */
bool sf_ms_header_identify(sf_header *header, const sf_ms_header_row **row);

/**
 * True if the header alone shows that a message is one of Microsoft's. An X-MS- header of a name that is not in the table
 * does not: others write such names between parts of their own.
 * @param row  as sf_ms_header_identify() gave it
 */
bool sf_ms_header_is_mark(const sf_header *header, const sf_ms_header_row *row);

/**
 * Reads a header of Microsoft's; one that has no value, or none that could be read, is kept as it is: kind SF_MS_OTHER.
 * @param row  as sf_ms_header_identify() gave it; not of kind SF_MS_ELSEWHERE
 */
void sf_ms_header_read(const sf_header *header, const sf_ms_header_row *row, sf_problems *problems,
                       sf_ms_header *result);

#endif
