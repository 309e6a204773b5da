/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Networks that an address may belong to, and what the user knows about them.
 */
#ifndef SF_ENGINE_SIP_NETWORK_H
#define SF_ENGINE_SIP_NETWORK_H

#include "uri.h"

typedef enum {
    SF_NETWORK_UNKNOWN = 0,
    SF_NETWORK_SIP_DOMAIN = 1,
    SF_NETWORK_OWN = 2,
    SF_NETWORK_FEDERATED = 3,
    SF_NETWORK_SKYPE = 4, /**< Skype or Microsoft account */
    SF_NETWORK_PUBLIC_IM = 5,
    SF_NETWORK_TELEPHONE = 6,
    SF_NETWORK_TEAMS = 7,  /**< Teams Direct Routing */
    SF_NETWORK_NUMBER = 8, /**< a telephone number: its form alone is known, not who carries it */
    SF_NETWORK_PUBLIC = 9, /**< a public IM provider, and nothing says which */
    SF_NETWORK_COUNT
} sf_network;

/** A public IM provider. */
typedef struct {
    sf_slice domain; /**< of its addresses: `msn.com` */
    sf_slice edge;   /**< host of its Edge; may be empty */
    sf_network network;
} sf_provider;

/** What the user's preferences say; the engine only reads it. */
typedef struct {
    const sf_provider *providers;
    unsigned provider_count;
    const sf_slice *own_domains;
    unsigned own_domain_count;
} sf_knowledge;

/** The providers known when the user has said nothing. */
extern const sf_provider sf_default_providers[];
extern const unsigned sf_default_provider_count;

/** The host without the dot of the root that a full name may end in: `msn.com.` names what `msn.com` does. */
static inline sf_slice sf_host_without_root(sf_slice host)
{
    return host.length > 1 && host.text[host.length - 1] == '.' ? sf_slice_head(host, host.length - 1) : host;
}

/** The provider whose addresses are of exactly this domain, or NULL. */
const sf_provider *sf_provider_of_domain(const sf_knowledge *knowledge, sf_slice host);

/** The provider whose Edge is this host, or NULL. */
const sf_provider *sf_provider_of_edge(const sf_knowledge *knowledge, sf_slice host);

/** The network of the provider whose Edge this host is; SF_NETWORK_UNKNOWN if it is none. */
sf_network sf_network_of_edge(const sf_knowledge *knowledge, sf_slice host);

/** True if the host is one of Teams Direct Routing. */
bool sf_host_is_teams(sf_slice host);

/** True if the host is one of Microsoft's cloud: it alone marks a message as Microsoft's. */
bool sf_host_is_microsoft(sf_slice host);

/** The network that an address belongs to, as far as the address alone shows: of a number, SF_NETWORK_NUMBER. */
sf_network sf_network_of_uri(const sf_knowledge *knowledge, const sf_uri *uri);

/** The same for who has looked for the provider of its domain already. @param provider  NULL if it is of none */
sf_network sf_network_beside_provider(const sf_knowledge *knowledge, const sf_uri *uri, const sf_provider *provider);

/** What an address shows by its form alone, whatever its host: SF_NETWORK_NUMBER, or SF_NETWORK_UNKNOWN. */
sf_network sf_network_of_form(const sf_uri *uri);

/** True for networks that are reached across federation. */
bool sf_network_is_outside(sf_network network);

#endif
