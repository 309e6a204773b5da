/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Weighing the marks of origin.
 */
#include "origin.h"

/* The order of evidence. A message does not say which network it comes from. It has marks of it, made by different
 * hands, and they may contradict each other: an address of one network in a message that came through the Edge of
 * another. So each kind of mark has a weight, the weights of all marks for a network are added up, and the network with
 * the greatest sum is the origin; of equal sums, the one that was reached first. A mark weighs as much as its maker
 * could know. The user's own Edge saw the connection and checked its certificate: its word outweighs
 * everything that the other side wrote. The user's own registrar knows how a user signed in. A decorated address and
 * an Edge in the route set are made by the provider's servers, on the path that the message really took. An address can
 * be quoted by anybody; and an ordinary one, or a number, only counts if there is nothing else. Some marks are thin: few
 * traces show them. They count only beside another mark of the same network, and alone make it likely, no more. */
static const int weights[SF_EVIDENCE_KINDS] = {
    [SF_EVIDENCE_TRUST] = 20,           /* more than all marks of another network together */
    [SF_EVIDENCE_CONFIRMATION] = 20,    /* the same */
    [SF_EVIDENCE_LOGON] = 6,            /* more than any single mark that the other side can make */
    [SF_EVIDENCE_DECORATION] = 5,       /* the provider's servers wrote it */
    [SF_EVIDENCE_ROUTE] = 4,            /* the message passed this Edge */
    [SF_EVIDENCE_HOST] = 4,             /* answers go to this host */
    [SF_EVIDENCE_PRODUCT] = 6,          /* what wrote the message */
    [SF_EVIDENCE_GATEWAY] = 4,          /* the gateway says so itself */
    [SF_EVIDENCE_TRUNK] = 4,            /* the Mediation Server says so */
    [SF_EVIDENCE_BESIDE_TEAMS] = 4,     /* Teams reaches numbers through gateways only */
    [SF_EVIDENCE_SBC] = 4,              /* the gateway says so itself */
    [SF_EVIDENCE_ADDRESS] = 3,          /* says who, and little of the path */
    [SF_EVIDENCE_CONTROLLER] = 1,       /* a name of its own, no network */
    [SF_EVIDENCE_NUMBER] = 1,           /* its form says nothing of who carries it */
    [SF_EVIDENCE_MEDIATION_SERVER] = 2, /* of gateways, but also of the Skype cloud */
    [SF_EVIDENCE_MEDIA_GATEWAY] = 2,    /* only one of the hosts on the path */
    [SF_EVIDENCE_ORDINARY] = 1,         /* `user@example.com` may live anywhere */
};

void sf_origin_add(sf_origin *origin, sf_evidence evidence, sf_problems *problems)
{
    for (unsigned i = 0; i < origin->count; i++) {
        if (origin->items[i].kind == evidence.kind && sf_slice_equals_nocase(origin->items[i].value, evidence.value)) {
            return;
        }
    }
    if (sf_problems_room(problems, origin->count, SF_MAX_EVIDENCE, SF_LIMIT_EVIDENCE, evidence.value)) {
        origin->items[origin->count++] = evidence;
    }
}

static bool is_thin(sf_evidence_kind kind)
{
    return kind == SF_EVIDENCE_MEDIA_GATEWAY || kind == SF_EVIDENCE_MEDIATION_SERVER;
}

/** The network with the greatest sum of all but thin marks, or of all marks where others support the thin ones. */
static sf_network judge(const sf_origin *origin, const int supports[])
{
    int sums[SF_NETWORK_COUNT] = { 0 };
    sf_network judgment = SF_NETWORK_UNKNOWN;

    for (unsigned i = 0; i < origin->count; i++) {
        sf_network network = origin->items[i].network;
        if (!is_thin(origin->items[i].kind) || supports[network] > 0) {
            sums[network] += weights[origin->items[i].kind];
        }
        if (sums[network] > sums[judgment]) {
            judgment = network;
        }
    }
    return judgment;
}

void sf_origin_judge(sf_origin *origin)
{
    int supports[SF_NETWORK_COUNT] = { 0 };

    for (unsigned i = 0; i < origin->count; i++) {
        supports[origin->items[i].network] += is_thin(origin->items[i].kind) ? 0 : 1;
    }
    supports[SF_NETWORK_TELEPHONE] += supports[SF_NETWORK_NUMBER];
    origin->network = judge(origin, supports);
    origin->likely = SF_NETWORK_UNKNOWN;
    for (unsigned i = 0; i < origin->count && origin->likely == SF_NETWORK_UNKNOWN; i++) {
        sf_network network = origin->items[i].network;
        origin->likely = supports[network] == 0 ? network : SF_NETWORK_UNKNOWN;
    }
}
