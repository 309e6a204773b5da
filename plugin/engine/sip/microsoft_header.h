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
    SF_MS_COMPRESSION,    /**< value: of a NEGOTIATE exchange */
    SF_MS_FIRST_MESSAGE,  /**< value = base64 of the text, detail = its media type */
    SF_MS_NO_VALUE        /**< decoded elsewhere: diagnostics, trust */
} sf_ms_kind;

typedef struct {
    sf_ms_kind kind;
    sf_slice header; /**< canonical name */
    sf_slice line;   /**< the whole header line */
    const char *about; /**< what the header tells, in words; NULL if its kind says so, or nobody knows */
    sf_slice value;  /**< absent if the header has no such value or it is malformed */
    sf_slice detail;
    sf_slice second_detail;
    uint32_t number;
    uint8_t ipv4[4];
    sf_guid guid;
    sf_conversation conversation;
} sf_ms_header;

/** One row for each header name that Wireshark is not to call unrecognised. */
typedef struct {
    sf_slice name;
    sf_ms_kind kind;
    const char *about; /**< of a header without a kind: what it tells, in words; NULL if that is not known */
} sf_ms_header_name;

extern const sf_ms_header_name sf_ms_header_names[];
extern const unsigned sf_ms_header_name_count;

/** True if the header is one of Microsoft's: named in the table, or beginning with ms- or x-ms-. */
bool sf_ms_header_is_one(sf_slice name);

/**
 * Reads a header of Microsoft's.
 * @return SF_ABSENT if its kind is decoded elsewhere; SF_MALFORMED if any of it could not be read
 *         (without a value, it is shown as it is: kind becomes SF_MS_OTHER)
 */
sf_status sf_ms_header_read(const sf_header *header, sf_problems *problems, sf_ms_header *result);

#endif
