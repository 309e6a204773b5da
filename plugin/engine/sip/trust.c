/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-edge-proxy-message-trust.
 */
#include "trust.h"

#include "engine/text/param_table.h"

enum { SOURCE_TYPE, SOURCE_NETWORK, EDGE, REMOTE, VERIFIED };

static const sf_param_row parameters[] = {
    [SOURCE_TYPE] = { SF_LITERAL_INIT("ms-source-type"), SF_PARAM_MICROSOFT },
    [SOURCE_NETWORK] = { SF_LITERAL_INIT("ms-source-network"), SF_PARAM_MICROSOFT },
    [EDGE] = { SF_LITERAL_INIT("ms-ep-fqdn"), SF_PARAM_MICROSOFT },
    [REMOTE] = { SF_LITERAL_INIT("ms-remote-fqdn"), SF_PARAM_MICROSOFT },
    [VERIFIED] = { SF_LITERAL_INIT("ms-source-verified-user"), SF_PARAM_MICROSOFT },
};

/** Another word is no error: no public trace shows this header. */
static void read_verified(sf_slice word, sf_trust *trust)
{
    static const sf_slice words[] = { SF_LITERAL_INIT("unverified"), SF_LITERAL_INIT("verified") };
    int index = SF_WORDS_FIND(words, word);

    if (index != SF_WORDS_NONE) {
        trust->verified = (sf_number){ word, (uint64_t)index };
    }
}

void sf_trust_read(sf_slice value, sf_problems *problems, sf_trust *trust)
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
    sf_param_walk walk = SF_PARAM_WALK(value, value, problems, parameters);
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id == VERIFIED) {
            read_verified(param.value, trust);
        } else if (id != SF_PARAM_UNKNOWN) {
            *texts[id] = param.value;
        }
    }
    if (walk.seen == 0) {
        sf_problems_malformed(problems, value, value, "The header", "does not name a source");
    }
}

/** What a value of the header means. */
typedef struct {
    sf_slice value;
    sf_network network; /**< SF_NETWORK_UNKNOWN if the value does not say */
    bool is_of_edge;    /**< the Edge made the message itself */
    const char *words;
} source_row;

/* [MS-SIPRE] 2.2.15 and the names of MSPL's ExternalSourceType */
static const source_row source_types[] = {
    { SF_LITERAL_INIT("InternetUser"), SF_NETWORK_OWN, false, "a user of this company who is outside its network" },
    { SF_LITERAL_INIT("DirectPartner"), SF_NETWORK_FEDERATED, false,
      "a federated partner whose Edge is configured by hand" },
    { SF_LITERAL_INIT("AutoFederation"), SF_NETWORK_FEDERATED, false, "a federated partner found through DNS" },
    { SF_LITERAL_INIT("AutoFed"), SF_NETWORK_FEDERATED, false, "a federated partner found through DNS" },
    { SF_LITERAL_INIT("AuthorizedServer"), SF_NETWORK_UNKNOWN, false, "a public or hosting provider" },
    { SF_LITERAL_INIT("EdgeProxyGenerated"), SF_NETWORK_OWN, true, "the Edge itself" },
    { SF_LITERAL_INIT("AccessProxy"), SF_NETWORK_OWN, true, "the Edge itself" },
    { SF_LITERAL_INIT("ClearingHouse"), SF_NETWORK_FEDERATED, false, "a clearing house for several companies" },
    { SF_LITERAL_INIT("ForwardingProxy"), SF_NETWORK_UNKNOWN, false, "a forwarding proxy" },
};

/* MSPL's ExternalSourceNetwork */
static const source_row source_networks[] = {
    { SF_LITERAL_INIT("federation"), SF_NETWORK_FEDERATED, false, "a company" },
    { SF_LITERAL_INIT("publiccloud"), SF_NETWORK_PUBLIC, false, "a public provider such as Skype" },
};

static const source_row nothing = { .network = SF_NETWORK_UNKNOWN };

static const source_row *type_of(const sf_trust *trust)
{
    int type = SF_WORDS_FIND(source_types, trust->source_type);

    return type == SF_WORDS_NONE ? &nothing : &source_types[type];
}

static const source_row *network_of(const sf_trust *trust)
{
    int network = SF_WORDS_FIND(source_networks, trust->source_network);

    return network == SF_WORDS_NONE ? &nothing : &source_networks[network];
}

sf_network sf_trust_network(const sf_trust *trust, const sf_knowledge *knowledge, sf_slice *by)
{
    sf_network network = sf_network_of_edge(knowledge, trust->remote);

    if (network != SF_NETWORK_UNKNOWN) {
        *by = trust->remote;
        return network;
    }
    network = type_of(trust)->network;
    if (network != SF_NETWORK_UNKNOWN) {
        *by = trust->source_type;
        return network;
    }
    *by = trust->source_network;
    return network_of(trust)->network;
}

const char *sf_trust_source_in_words(const sf_trust *trust)
{
    return type_of(trust)->words;
}

const char *sf_trust_network_in_words(const sf_trust *trust)
{
    return network_of(trust)->words;
}

bool sf_trust_is_of_edge(const sf_trust *trust)
{
    return type_of(trust)->is_of_edge;
}
