/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Record-Route and Route entries with the parameters of Microsoft servers
 * ([MS-SIPRE] redundant server routing; RFC 3261 sections 20.30 and 20.34).
 */
#ifndef SF_ENGINE_SIP_ROUTE_H
#define SF_ENGINE_SIP_ROUTE_H

#include "engine/text/extent.h"
#include "key_info.h"
#include "signed_token.h"
#include "uri.h"

/** The signatures that a route may have. */
typedef enum {
    SF_ROUTE_SIG,      /**< ms-route-sig, over the route */
    SF_ROUTE_RR_SIG,   /**< ms-rrsig, over the Record-Route set */
    SF_ROUTE_IDENTITY, /**< ms-identity, over the From user */
    SF_ROUTE_SIGNATURES
} sf_route_signature;

typedef struct {
    sf_slice text;
    sf_address address;
    sf_slice front_end; /**< ms-fe */
    sf_slice tag;
    sf_slice epid;
    sf_slice state;                             /**< after `state:`; absent if there is none */
    sf_number state_cid;                        /**< after `Ci.R` of the state, absent if there is none */
    sf_slice role_from, role_to;                /**< the words ms-role-rs-from and ms-role-rs-to */
    sf_slice enterprise_destination;            /**< the word ms-ent-dest */
    sf_slice edge_route;                        /**< the word ms-edge-route */
    sf_slice signature[SF_ROUTE_SIGNATURES];    /**< absent where there is none */
    sf_signed_token token[SF_ROUTE_SIGNATURES]; /**< mac_length 0 where not decoded */
    sf_key_info key_info;
    bool is_record_route;
    bool may_be_gruu;   /**< has gruu, or an opaque that is no state */
    bool is_provider;   /**< the host is the Edge of a public IM provider */
    bool has_microsoft; /**< has a Microsoft parameter */
} sf_route;

/**
 * Reads one entry. What can be read is set; what cannot is noted. If another one follows without a comma, `text` of the
 * route ends in front of that, which is not noted.
 * @param extent  SF_READ_FOR_CALL leaves signatures and key info undecoded
 */
void sf_route_read(sf_slice text, bool is_record_route, sf_extent extent, sf_problems *problems, sf_route *route);

#endif
