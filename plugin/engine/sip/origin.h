/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where a message came from: every mark of it, and the judgment over all.
 */
#ifndef SF_ENGINE_SIP_ORIGIN_H
#define SF_ENGINE_SIP_ORIGIN_H

#include "network.h"

/** What kind of mark it is; origin.c has the weight of each. */
typedef enum {
    SF_EVIDENCE_ADDRESS,          /**< the sender's address belongs to that network */
    SF_EVIDENCE_ORDINARY,         /**< the sender's address belongs to none of the known networks */
    SF_EVIDENCE_NUMBER,           /**< the sender's address is a telephone number */
    SF_EVIDENCE_DECORATION,       /**< the sender's address is decorated */
    SF_EVIDENCE_ROUTE,            /**< a Record-Route host is the Edge of a provider */
    SF_EVIDENCE_MEDIA_GATEWAY,    /**< the Contact is a media gateway of the Skype cloud */
    SF_EVIDENCE_HOST,             /**< the sender's Contact is a host of Teams Direct Routing */
    SF_EVIDENCE_TRUST,            /**< the Edge vouches for it */
    SF_EVIDENCE_CONFIRMATION,     /**< the Edge vouches for a public provider, and other marks say which */
    SF_EVIDENCE_GATEWAY,          /**< the Contact says that it is a gateway to the telephone network */
    SF_EVIDENCE_MEDIATION_SERVER, /**< the Contact is a Mediation Server */
    SF_EVIDENCE_TRUNK,            /**< ms-trunking-peer: the trunk that the call came over */
    SF_EVIDENCE_PRODUCT,          /**< the sender's product is Teams' SIP proxy */
    SF_EVIDENCE_CONTROLLER,       /**< the sender's host, of a request that goes to Teams */
    SF_EVIDENCE_SBC,              /**< X-MS-SBC, beside a number */
    SF_EVIDENCE_BESIDE_TEAMS,     /**< the other party is Teams, so a number is reached through a gateway */
    SF_EVIDENCE_LOGON,            /**< ms-user-logon-data: a remote user of the own company */
    SF_EVIDENCE_KINDS
} sf_evidence_kind;

typedef struct {
    sf_evidence_kind kind;
    sf_slice header; /**< canonical name */
    sf_slice value;  /**< the bytes that show it */
    sf_network network;
} sf_evidence;

typedef struct {
    sf_evidence items[SF_MAX_EVIDENCE];
    unsigned count;
    sf_network network; /**< the judgment */
    sf_network likely;  /**< what a thin mark points to that stands alone; SF_NETWORK_UNKNOWN without one */
} sf_origin;

/** Adds a mark; one that says nothing new (same kind and same text) is left out. */
void sf_origin_add(sf_origin *origin, sf_evidence evidence, sf_problems *problems);

/**
 * Judges all marks together: the network with the greatest weight; SF_NETWORK_UNKNOWN without marks. A thin mark alone
 * judges nothing: it sets `likely`.
 */
void sf_origin_judge(sf_origin *origin);

#endif
