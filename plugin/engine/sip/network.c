/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From a host or an address to the network that it belongs to.
 */
#include "network.h"

#include <glib.h>

#include "engine/text/block.h"

#define PROVIDER(domain, edge, network)                         \
    {                                                           \
        SF_LITERAL_INIT(domain), SF_LITERAL_INIT(edge), network \
    }

/* Domains of Microsoft accounts: NameDecorationExcludedDomainList and NameDecorationRoutingDomain of
 * New-CsPublicProvider; the Edges of Yahoo and AOL are from memory of public IM connectivity. */
const sf_provider sf_default_providers[] = {
    PROVIDER("msn.com", "federation.messenger.msn.com", SF_NETWORK_SKYPE),
    PROVIDER("hotmail.com", "federation.messenger.msn.com", SF_NETWORK_SKYPE),
    PROVIDER("live.com", "federation.messenger.msn.com", SF_NETWORK_SKYPE),
    PROVIDER("outlook.com", "federation.messenger.msn.com", SF_NETWORK_SKYPE),
    PROVIDER("skype.com", "", SF_NETWORK_SKYPE),
    PROVIDER("skypeids.net", "", SF_NETWORK_SKYPE),
    PROVIDER("yahoo.com", "lcsap.msg.yahoo.com", SF_NETWORK_PUBLIC_IM),
    PROVIDER("aol.com", "sip.oscar.aol.com", SF_NETWORK_PUBLIC_IM),
};
const unsigned sf_default_provider_count = G_N_ELEMENTS(sf_default_providers);

/* Hosts of Teams Direct Routing: of the public cloud, of the US clouds GCC High and DoD ("Plan Direct Routing"), and
 * of the Chinese one (not documented). */
static const sf_slice teams_domains[] = {
    SF_LITERAL_INIT("pstnhub.microsoft.com"),
    SF_LITERAL_INIT("pstnhub.gov.teams.microsoft.us"),
    SF_LITERAL_INIT("pstnhub.dod.teams.microsoft.us"),
    SF_LITERAL_INIT("pstnhub.partner.teams.microsoftonline.cn"),
};

/* Hosts of Lync and Skype for Business Online in all clouds, and of the Skype media gateways: external DNS records of
 * Microsoft 365, Office 365 for the US government and Office 365 operated by 21Vianet. */
static const sf_slice online_domains[] = {
    SF_LITERAL_INIT("lync.com"),
    SF_LITERAL_INIT("messenger.msn.com"),
    SF_LITERAL_INIT("online.gov.skypeforbusiness.us"),
    SF_LITERAL_INIT("online.dod.skypeforbusiness.us"),
    SF_LITERAL_INIT("partner.lync.cn"),
};

/** True for the same host, with or without the dot of the root. Takes `host` without one. */
static inline bool is_host(sf_slice host, sf_slice name)
{
    size_t more = name.length - host.length; /* huge if the name is shorter */

    return more <= 1 && host.length > 0 && sf_slice_equals_nocase(host, sf_host_without_root(name));
}

const sf_provider *sf_provider_of_domain(const sf_knowledge *knowledge, sf_slice host)
{
    host = sf_host_without_root(host);
    for (unsigned i = 0; i < knowledge->provider_count; i++) {
        if (is_host(host, knowledge->providers[i].domain)) {
            return &knowledge->providers[i];
        }
    }
    return NULL;
}

const sf_provider *sf_provider_of_edge(const sf_knowledge *knowledge, sf_slice host)
{
    host = sf_host_without_root(host);
    for (unsigned i = 0; i < knowledge->provider_count; i++) {
        if (is_host(host, knowledge->providers[i].edge)) {
            return &knowledge->providers[i];
        }
    }
    return NULL;
}

/** The last eight letters of a text that has as many. Letters of either case are the same, and some other bytes. */
static uint64_t end_of(sf_slice s)
{
    return sf_block_at(s.text + s.length - SF_BLOCK) | SF_EACH_BYTE('a' - 'A');
}

/** Takes domains of eight letters at least. Most hosts end in other letters, which one comparison shows. */
static bool is_in_domains(sf_slice host, const sf_slice *domains, size_t count)
{
    host = sf_host_without_root(host);
    if (host.length < SF_BLOCK) {
        return false;
    }
    uint64_t end = end_of(host);
    for (size_t i = 0; i < count; i++) {
        if (end == end_of(domains[i]) && sf_slice_in_domain(host, domains[i])) {
            return true;
        }
    }
    return false;
}

/* Microsoft's own: whoever knows one of its Edges by name knows those beside it. */
static const sf_slice skype_edges = SF_LITERAL_INIT("messenger.msn.com");

static bool is_skype_edge(sf_slice host)
{
    return sf_slice_in_domain(sf_host_without_root(host), skype_edges);
}

sf_network sf_network_of_edge(const sf_knowledge *knowledge, sf_slice host)
{
    const sf_provider *provider = sf_provider_of_edge(knowledge, host);

    if (!provider && is_skype_edge(host)) {
        for (unsigned i = 0; !provider && i < knowledge->provider_count; i++) {
            provider = is_skype_edge(knowledge->providers[i].edge) ? &knowledge->providers[i] : NULL;
        }
    }
    return provider ? provider->network : SF_NETWORK_UNKNOWN;
}

bool sf_host_is_teams(sf_slice host)
{
    return is_in_domains(host, teams_domains, G_N_ELEMENTS(teams_domains));
}

bool sf_host_is_microsoft(sf_slice host)
{
    return sf_host_is_teams(host) || is_in_domains(host, online_domains, G_N_ELEMENTS(online_domains));
}

/** An international number: `+` and digits, with the visual separators of RFC 3966. */
static bool is_international_number(sf_slice user)
{
    bool has_digit = false;

    if (user.length < 2 || user.text[0] != '+') {
        return false;
    }
    for (size_t i = 1; i < user.length; i++) {
        char c = user.text[i];
        if (c == ';') {
            break; /* parameters of the number, RFC 3261 19.1.6 */
        }
        if (!g_ascii_isdigit(c) && c != '-' && c != '.' && c != '(' && c != ')') {
            return false;
        }
        has_digit = has_digit || g_ascii_isdigit(c);
    }
    return has_digit;
}

/* Names that belong to nobody (RFC 2606): a caller who withholds the address is anonymous@anonymous.invalid. */
static const sf_slice nobodys_domains[] = { SF_LITERAL_INIT("invalid"), SF_LITERAL_INIT("localhost") };

/** A name of two labels at least, that somebody may own: no IP address, no host of the local network. */
static bool is_domain_name(sf_slice host)
{
    bool has_letter = false;
    bool has_dot = false;

    for (size_t i = 0; i < host.length; i++) {
        if (host.text[i] == ':') {
            return false; /* an IPv6 address */
        }
        has_dot = has_dot || host.text[i] == '.';
        has_letter = has_letter || !((host.text[i] >= '0' && host.text[i] <= '9') || host.text[i] == '.');
    }
    for (size_t i = 0; has_letter && i < G_N_ELEMENTS(nobodys_domains); i++) {
        if (sf_slice_in_domain(host, nobodys_domains[i])) {
            return false;
        }
    }
    return has_letter && has_dot;
}

static bool parameter_is(const sf_uri *uri, sf_slice name, sf_slice value)
{
    sf_param param;

    return uri->parameters.length > 0 && sf_parameter_find(uri->parameters, name, &param) &&
           sf_slice_equals_nocase(param.value, value);
}

static bool is_number(const sf_uri *uri)
{
    return sf_slice_equals_nocase(uri->scheme, SF_LITERAL("tel")) || is_international_number(uri->user) ||
           parameter_is(uri, SF_LITERAL("user"), SF_LITERAL("phone"));
}

sf_network sf_network_of_form(const sf_uri *uri)
{
    return is_number(uri) ? SF_NETWORK_NUMBER : SF_NETWORK_UNKNOWN;
}

sf_network sf_network_beside_provider(const sf_knowledge *knowledge, const sf_uri *uri, const sf_provider *provider)
{
    sf_slice host = sf_host_without_root(uri->host);

    if (sf_host_is_teams(host)) {
        return SF_NETWORK_TEAMS;
    }
    if (is_number(uri)) {
        return SF_NETWORK_NUMBER;
    }
    for (unsigned i = 0; i < knowledge->own_domain_count; i++) {
        if (sf_slice_in_domain(host, sf_host_without_root(knowledge->own_domains[i]))) {
            return SF_NETWORK_OWN;
        }
    }
    if (provider) {
        return provider->network;
    }
    /* Live Messenger's own SIP: network id 1 is a Microsoft account, whatever the domain. */
    if (parameter_is(uri, SF_LITERAL("wl-type"), SF_LITERAL("1"))) {
        return SF_NETWORK_SKYPE;
    }
    if (!is_domain_name(host)) {
        return SF_NETWORK_UNKNOWN;
    }
    /* Who knows the own domains knows that any other is a partner's. */
    return knowledge->own_domain_count > 0 ? SF_NETWORK_FEDERATED : SF_NETWORK_SIP_DOMAIN;
}

sf_network sf_network_of_uri(const sf_knowledge *knowledge, const sf_uri *uri)
{
    return sf_network_beside_provider(knowledge, uri, sf_provider_of_domain(knowledge, uri->host));
}

bool sf_network_is_outside(sf_network network)
{
    return network == SF_NETWORK_FEDERATED || network == SF_NETWORK_SKYPE || network == SF_NETWORK_PUBLIC_IM ||
           network == SF_NETWORK_PUBLIC;
}
