/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What Teams Direct Routing writes of itself: which instance of its service
 * handles the call, in which region, and the ids of the call there.
 */
#ifndef SF_ENGINE_SIP_TEAMS_H
#define SF_ENGINE_SIP_TEAMS_H

#include "engine/text/guid.h"
#include "uri.h"

/** A data center's region, by the letters of its name: `EUWE` is West Europe. Inferred: no document lists them. */
typedef struct {
    const char *area;      /**< `Europe`; NULL if the letters are not known */
    const char *direction; /**< `West`; NULL for all of the area */
    bool direction_first;  /**< `West Europe`, but `Japan West` */
    sf_slice number;       /**< of a second region there: `2` of `USWE2`; empty without one */
} sf_teams_region;

/** One instance of the service that the message names. */
typedef struct {
    sf_slice header; /**< canonical name */
    sf_slice text;   /**< `EUWE.1` of a product, `api-du-b-euwe` of a host */
    sf_teams_region region;
} sf_teams_instance;

/** The ids that an address of Teams has beside the call's: whom it is of. Of Contact, Refer-To and Referred-By. */
typedef struct {
    sf_slice header;      /**< canonical name */
    sf_slice object;      /**< x-m: `8:orgid:` and an object id, as written; absent if there is none */
    sf_slice object_text; /**< the object id in it; absent if it is no GUID */
    sf_guid object_id;
    sf_slice tenant_text; /**< x-t; absent if there is none, or it is no GUID */
    sf_guid tenant;
    sf_slice transfer; /**< x-ti; absent if there is none */
    sf_slice target;   /**< x-tt: base64; absent if there is none */
} sf_teams_party;

enum { SF_MAX_TEAMS_INSTANCES = 8, SF_MAX_TEAMS_PARTIES = 8, SF_MAX_TEAMS_TARGET = 512 };

typedef struct {
    sf_teams_instance instances[SF_MAX_TEAMS_INSTANCES];
    unsigned instance_count;
    sf_slice trace_text; /**< x-i; absent if there is none, or it is no GUID */
    sf_guid trace_id;
    sf_slice call; /**< x-c: the call up to the first slash; all of it if it begins with one; absent if there is none */
    sf_teams_party parties[SF_MAX_TEAMS_PARTIES]; /**< different ones; further ones are passed */
    unsigned party_count;
} sf_teams;

/** The region that an instance's letters stand for. @param code `EUWE`, in any case */
sf_teams_region sf_teams_region_of(sf_slice code);

/** Keeps the instance in `Microsoft.PSTNHub.SIPProxy v.2022.9.9.1 i.EUNO.10`. @param header canonical name */
void sf_teams_take_product(sf_teams *teams, sf_slice value, sf_slice header);

/** Keeps the instance that a host of Teams is named after: `api-du-b-euwe.pstnhub.microsoft.com`. Others are passed. */
void sf_teams_take_host(sf_teams *teams, sf_slice host, sf_slice header);

/** Keeps x-i and x-c of a URI of Teams, of Contact or the Request-URI. Others are passed. */
void sf_teams_take_ids(sf_teams *teams, const sf_uri *uri);

/** Keeps x-m, x-t, x-ti and x-tt of a URI of Teams, if it has any. @param header canonical name */
void sf_teams_take_party(sf_teams *teams, const sf_uri *uri, sf_slice header);

/**
 * Decodes x-tt, which is the address of a web service; `=` at its end may be escaped.
 * @param out     room for SF_MAX_TEAMS_TARGET bytes; what follows them is cut
 * @param length  set to the number of letters
 * @return SF_ABSENT if there is none, SF_MALFORMED unless it decodes to printable ASCII that begins with `https://`
 */
sf_status sf_teams_target_read(const sf_teams_party *party, char *out, size_t *length);

#endif
