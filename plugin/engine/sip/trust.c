/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-edge-proxy-message-trust.
 */
#include "trust.h"

#include "engine/text/param_table.h"

#include <glib.h>

enum { SOURCE_TYPE, SOURCE_NETWORK, EDGE, REMOTE, VERIFIED };

static const sf_param_row parameters[] = {
    [SOURCE_TYPE] = { SF_LITERAL("ms-source-type"), SF_PARAM_MICROSOFT },
    [SOURCE_NETWORK] = { SF_LITERAL("ms-source-network"), SF_PARAM_MICROSOFT },
    [EDGE] = { SF_LITERAL("ms-ep-fqdn"), SF_PARAM_MICROSOFT },
    [REMOTE] = { SF_LITERAL("ms-remote-fqdn"), SF_PARAM_MICROSOFT },
    [VERIFIED] = { SF_LITERAL("ms-source-verified-user"), SF_PARAM_MICROSOFT },
};

sf_status sf_trust_read(sf_slice value, sf_problems *problems, sf_trust *trust)
{
    sf_param param;
    int id;

    *trust = (sf_trust){ .text = value };
    sf_slice *const texts[] = {
        [SOURCE_TYPE] = &trust->source_type,
        [SOURCE_NETWORK] = &trust->source_network,
        [EDGE] = &trust->edge,
        [REMOTE] = &trust->remote,
    };
    sf_param_walk walk = sf_param_walk_over(value, value, problems, parameters, G_N_ELEMENTS(parameters));
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id >= 0 && id < VERIFIED) {
            *texts[id] = param.value;
        } else if (id == VERIFIED) {
            /* Another word is no error: no public trace shows this header. */
            trust->verified = sf_slice_equals_nocase(param.value, SF_LITERAL("verified"));
            if (trust->verified || sf_slice_equals_nocase(param.value, SF_LITERAL("unverified"))) {
                trust->verified_text = param.value;
            }
        }
    }
    if (walk.seen == 0) {
        sf_problems_malformed(problems, value, value, "The header", "says nothing of a source");
        return SF_MALFORMED;
    }
    return SF_OK;
}

/* [MS-SIPRE] 2.2.15 and the names of MSPL's ExternalSourceType */
static const struct {
    sf_slice source_type;
    sf_network network;
} source_types[] = {
    { SF_LITERAL("InternetUser"), SF_NETWORK_OWN },
    { SF_LITERAL("DirectPartner"), SF_NETWORK_FEDERATED },
    { SF_LITERAL("AutoFederation"), SF_NETWORK_FEDERATED },
    { SF_LITERAL("AutoFed"), SF_NETWORK_FEDERATED },
    { SF_LITERAL("ClearingHouse"), SF_NETWORK_FEDERATED },
    { SF_LITERAL("EdgeProxyGenerated"), SF_NETWORK_OWN },
    { SF_LITERAL("AccessProxy"), SF_NETWORK_OWN },
};

sf_network sf_trust_network(const sf_trust *trust, const sf_knowledge *knowledge, sf_slice *by)
{
    const sf_provider *provider = sf_provider_of_edge(knowledge, trust->remote);

    if (provider) {
        *by = trust->remote;
        return provider->network;
    }
    *by = trust->source_type;
    for (size_t i = 0; i < G_N_ELEMENTS(source_types); i++) {
        if (sf_slice_equals_nocase(trust->source_type, source_types[i].source_type)) {
            return source_types[i].network;
        }
    }
    *by = trust->source_network;
    if (sf_slice_equals_nocase(trust->source_network, SF_LITERAL("publiccloud"))) {
        return SF_NETWORK_PUBLIC_IM;
    }
    return sf_slice_equals_nocase(trust->source_network, SF_LITERAL("federation")) ? SF_NETWORK_FEDERATED
                                                                                   : SF_NETWORK_UNKNOWN;
}

bool sf_trust_is_of_edge(const sf_trust *trust)
{
    return sf_slice_equals_nocase(trust->source_type, SF_LITERAL("EdgeProxyGenerated")) ||
           sf_slice_equals_nocase(trust->source_type, SF_LITERAL("AccessProxy"));
}
