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
 * be quoted by anybody; and an ordinary one only counts if there is nothing else. */
static const int weights[SF_EVIDENCE_KINDS] = {
    [SF_EVIDENCE_TRUST] = 20,        /* more than all marks of another network together */
    [SF_EVIDENCE_LOGON] = 6,         /* more than any single mark that the other side can make */
    [SF_EVIDENCE_DECORATION] = 5,    /* the provider's servers wrote it */
    [SF_EVIDENCE_ROUTE] = 4,         /* the message passed this Edge */
    [SF_EVIDENCE_HOST] = 4,          /* answers go to this host */
    [SF_EVIDENCE_ADDRESS] = 3,       /* says who, and little of the path */
    [SF_EVIDENCE_MEDIA_GATEWAY] = 2, /* only one of the hosts on the path */
    [SF_EVIDENCE_ORDINARY] = 1,      /* `user@example.com` may live anywhere */
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

void sf_origin_judge(sf_origin *origin)
{
    int sums[SF_NETWORK_COUNT] = { 0 };

    origin->network = SF_NETWORK_UNKNOWN;
    for (unsigned i = 0; i < origin->count; i++) {
        sf_network network = origin->items[i].network;
        sums[network] += weights[origin->items[i].kind];
        if (sums[network] > sums[origin->network]) {
            origin->network = network;
        }
    }
}
