/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * GRUUs: globally routable URIs of one endpoint, server or conference, in
 * the form of [MS-SIPRE] 2.2.3 (parameters gruu and opaque).
 */
#ifndef SF_ENGINE_SIP_GRUU_H
#define SF_ENGINE_SIP_GRUU_H

#include "engine/text/guid.h"
#include "uri.h"

typedef enum {
    SF_GRUU_OTHER = 0,
    SF_GRUU_USER_ENDPOINT = 1,
    SF_GRUU_SERVER = 2,
    SF_GRUU_CONFERENCE = 3,
    SF_GRUU_VOICE_MAIL = 4,
    SF_GRUU_LOCATION_PROFILE = 5,
    SF_GRUU_CONFERENCE_FACTORY = 6 /**< makes, lists and deletes meetings */
} sf_gruu_kind;

typedef struct {
    sf_slice text;   /**< the URI */
    sf_slice header; /**< canonical name of its header */
    sf_slice host;
    sf_gruu_kind kind;
    sf_slice service; /**< of a server: `MediationServer` */
    sf_slice id_text; /**< the letters that hold guid; absent if there are none or they are malformed */
    sf_guid guid;
    sf_slice grid_text; /**< the digits of grid=; absent if there are none or they are malformed */
    sf_guid grid;
    sf_slice conference_role; /**< `focus`, `audio-video`, `focusfactory`, ... */
    sf_slice conference_id;
    bool is_microsoft; /**< opaque has one of Microsoft's forms, or the URI has a parameter of theirs */
} sf_gruu;

/**
 * Reads the GRUU in a URI. `is_microsoft` is set even if there is none.
 * @return false if the URI has neither gruu nor opaque, or its opaque is a route's state
 */
bool sf_gruu_read(const sf_uri *uri, sf_problems *problems, sf_gruu *gruu);

#endif
