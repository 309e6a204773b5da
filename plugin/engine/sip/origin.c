/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Weighing the marks of origin.
 */
#include "origin.h"

/* An address alone says little of the way a message took; a decoration is made by the provider's
 * own servers, and its Edge in the route set is what the message passed. The own Edge, which
 * saw the connection, knows better than all of them. */
static const int weights[SF_EVIDENCE_KINDS] = {
    [SF_EVIDENCE_ADDRESS] = 3,
    [SF_EVIDENCE_ORDINARY] = 1, /* `user@example.com` may live anywhere */
    [SF_EVIDENCE_DECORATION] = 5,
    [SF_EVIDENCE_ROUTE] = 4,
    [SF_EVIDENCE_MEDIA_GATEWAY] = 2,
    [SF_EVIDENCE_HOST] = 4,
    [SF_EVIDENCE_TRUST] = 20,
    [SF_EVIDENCE_LOGON] = 6,
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
