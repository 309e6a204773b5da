/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What marks an emergency call, and where its caller is.
 */
#ifndef SF_ENGINE_SIP_EMERGENCY_H
#define SF_ENGINE_SIP_EMERGENCY_H

#include "uri.h"

typedef struct {
    sf_slice priority;       /**< value of Priority, if it is one of emergency calls; else absent */
    sf_slice service;        /**< `urn:service:sos...` of the Request-URI, or of To; absent if neither is one */
    sf_slice service_header; /**< canonical name of where that is written */
    sf_slice
        location; /**< first value of Geolocation (RFC 6442): where to find the caller's location; absent without one */
} sf_emergency;

/** True if it is an emergency call. */
static inline bool sf_emergency_is_present(const sf_emergency *emergency)
{
    return sf_slice_present(emergency->priority) || sf_slice_present(emergency->service);
}

/** Keeps a value of Priority, if it is one of emergency calls. */
void sf_emergency_take_priority(sf_emergency *emergency, sf_slice value);

/** Keeps a URI, if it is that of an emergency service (RFC 5031) and the first. @param header canonical name */
void sf_emergency_take_uri(sf_emergency *emergency, const sf_uri *uri, sf_slice header);

/** Keeps the first location of a Geolocation header, without its angle brackets. */
void sf_emergency_take_location(sf_emergency *emergency, sf_slice value);

/** What a value of Priority that was kept says; never NULL. */
const char *sf_emergency_priority_in_words(sf_slice priority);

/** What an emergency service is: `police`; NULL if it is not known. */
const char *sf_emergency_service_in_words(sf_slice service);

#endif
