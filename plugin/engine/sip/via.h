/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Via entries with the parameters that Microsoft servers add to them
 * ([MS-SIPRE], RFC 3261 section 20.42).
 */
#ifndef SF_ENGINE_SIP_VIA_H
#define SF_ENGINE_SIP_VIA_H

#include "engine/text/extent.h"
#include "engine/text/number.h"
#include "signed_token.h"

/** Who probably wrote a Via: inferred from the form of its branch, none of them writes rport. */
typedef enum {
    SF_STACK_OTHER = 0,
    SF_STACK_RTC_SERVER_2010 = 1, /**< Lync 2010 and later */
    SF_STACK_RTC_SERVER_2007 = 2, /**< OCS 2007 and R2, Windows Live */
    SF_STACK_RTCC_UCMA = 3,       /**< Mediation Server, conferencing, UCMA applications; others write this form too */
    SF_STACK_UCCAPI = 4,          /**< Communicator, Lync and Skype for Business clients */
    SF_STACK_TEAMS_PROXY = 5      /**< Teams Direct Routing; its branch has the form of RTCC's */
} sf_stack;

typedef struct {
    sf_slice text;
    sf_slice transport;
    sf_slice sent_by; /**< host and port as written */
    bool is_readable; /**< host and port could be read: something may be derived from them */
    sf_slice host;
    sf_number port; /**< absent if sent-by has none */
    sf_slice branch;
    sf_slice received;       /**< host of the received parameter, absent if there is none */
    sf_number branched;      /**< 1 for TRUE, 0 for FALSE; absent if there is none or it is malformed */
    sf_number received_port; /**< absent if there is none or it is malformed */
    sf_number received_cid;  /**< absent if there is none or it is malformed; 32 bits */
    sf_slice internal_info;  /**< absent if there is none */
    sf_signed_token token;   /**< of internal_info; mac_length 0 if it could not be decoded */
    sf_stack stack;          /**< SF_STACK_RTCC_UCMA until the message is known, see sf_message_cross_check() */
    bool has_rport;
    sf_number rport;          /**< its value (RFC 3581); absent if there is none or it is malformed */
    bool has_upper_case_name; /**< the header is written VIA, as RTCC does */
    bool has_branch_id;
    uint32_t branch_id; /**< the 8 digits after the dot of an RTC server's branch */
    bool has_microsoft; /**< has a Microsoft parameter */
} sf_via;

/**
 * Reads one Via entry. What can be read is set; what cannot is noted.
 * @param extent  SF_READ_FOR_CALL leaves the token undecoded
 */
void sf_via_read(sf_slice text, sf_extent extent, sf_problems *problems, sf_via *via);

/**
 * True if the entry could be read, and what it says of the message's real source can be held against sent-by: a name in
 * sent-by obliges the receiver to add received (RFC 3261 18.2.1), so only another port says something then.
 */
bool sf_via_has_source(const sf_via *via);

/** In what the connection's source is not what sent-by says. */
typedef enum {
    SF_SOURCE_SAME,
    SF_SOURCE_OTHER_PORT, /**< the address is the same: as for any client on a port of its own */
    SF_SOURCE_OTHER_ADDRESS
} sf_source_difference;

/** How the connection's source (received, ms-received-port or rport) differs from sent-by. */
sf_source_difference sf_via_source_difference(const sf_via *via);

/** True if the connection's source is not what sent-by says. */
static inline bool sf_via_is_translated(const sf_via *via)
{
    return sf_via_source_difference(via) != SF_SOURCE_SAME;
}

/** The running number of the connection on that server: its id without the low byte. */
static inline uint32_t sf_connection_number(uint64_t cid)
{
    return (uint32_t)(cid >> 8);
}

#endif
