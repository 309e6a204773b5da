/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SIP and tel URIs (RFC 3261 section 19.1, RFC 3966), and the addresses that
 * hold them (name-addr and addr-spec, RFC 3261 section 20.10).
 */
#ifndef SF_ENGINE_SIP_URI_H
#define SF_ENGINE_SIP_URI_H

#include "engine/text/number.h"
#include "engine/text/token.h"

typedef struct {
    sf_slice text;       /**< all of it */
    sf_slice scheme;     /**< `sip`, `sips`, `tel`, ...; of a `conf:sip:` URI the second one */
    sf_slice user;       /**< escapes not undone; the number of a tel URI; absent if there is none */
    sf_slice password;   /**< after the colon of a user part; absent if there is none */
    sf_slice host;       /**< without the brackets of an IPv6 address; absent in a tel URI */
    sf_number port;      /**< absent if there is none, or it could not be read */
    sf_slice parameters; /**< after the first `;`, up to the `?` */
} sf_uri;

typedef struct {
    sf_slice text;    /**< all of it */
    sf_slice display; /**< display name without its quotes, may be absent */
    sf_uri uri;
    sf_slice parameters; /**< the header's own, after the address */
} sf_address;

/**
 * Reads a host with an optional port: `a.example.com:5061`, `[2001:db8::1]:5060`.
 * @param element  the element to report problems on
 * @return SF_MALFORMED if the port is not one or a bracket stays open; the host is set as far as it goes
 */
sf_status sf_host_port_read(sf_slice text, sf_slice element, sf_problems *problems, sf_slice *host, sf_number *port);

/**
 * Reads a URI that fills the whole slice. Of schemes other than sip, sips, conf:sip and tel, only text and scheme
 * are set.
 * @return SF_ABSENT for an empty slice; SF_MALFORMED if it has no scheme, no host, or a port that is none
 */
sf_status sf_uri_read(sf_slice text, sf_slice element, sf_problems *problems, sf_uri *uri);

/** True for sip and sips. */
static inline bool sf_uri_is_sip(const sf_uri *uri)
{
    return sf_slice_equals_nocase(uri->scheme, SF_LITERAL("sip")) ||
           sf_slice_equals_nocase(uri->scheme, SF_LITERAL("sips"));
}

/**
 * Reads one address: `"name" <sip:...>;tag=...` or `sip:...;tag=...`.
 * Problems are reported on `text`.
 * @return SF_MALFORMED if it is empty, stays open, or its URI is malformed; what can be read is set
 */
sf_status sf_address_read(sf_slice text, sf_problems *problems, sf_address *address);

/** The first parameter of that name, in any case; false if there is none. */
bool sf_parameter_find(sf_slice parameters, sf_slice name, sf_param *param);

#endif
