/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Candidates beside each other: one given twice, one without a port, and whose
 * formula their priorities follow.
 */
#include "candidate_check.h"

#include <glib.h>

enum {
    CHAINS = 64,
    MOST_OF_CHAIN = 16, /* candidates of one port that are compared: a hostile body must not cost more */
};

G_STATIC_ASSERT((CHAINS & (CHAINS - 1)) == 0);
G_STATIC_ASSERT(SF_MAX_CANDIDATES < UINT16_MAX);

static bool is_same_address(const sf_transport_address *a, const sf_transport_address *b)
{
    return a->port.value == b->port.value && sf_slice_equals_nocase(a->text, b->text);
}

/**
 * Two candidates are the same if a check of one would be a check of the other (RFC 5245 4.1.3): whatever their
 * priorities and foundations are. Of draft 06, candidates of two names are two.
 */
static bool is_same(const sf_candidate *a, const sf_candidate *b)
{
    return a->component.value == b->component.value && is_same_address(&a->address, &b->address) &&
           is_same_address(&a->related, &b->related) && sf_slice_equals_nocase(a->transport, b->transport) &&
           sf_slice_equals_nocase(a->type_text, b->type_text) && sf_slice_equals(a->username, b->username);
}

static bool can_be_compared(const sf_candidate *candidate)
{
    return sf_number_is_present(candidate->component) && candidate->address.family != SF_ADDRESS_NONE &&
           sf_number_is_present(candidate->address.port);
}

static void note_repeated(sf_candidate *candidates, unsigned count)
{
    uint16_t newest[CHAINS] = { 0 }; /* places from 1; 0 ends a chain */
    uint16_t older[SF_MAX_CANDIDATES] = { 0 };

    for (unsigned i = 0; i < count; i++) {
        sf_candidate *candidate = &candidates[i];
        if (!can_be_compared(candidate)) {
            continue;
        }
        uint16_t *chain = &newest[(candidate->address.port.value ^ candidate->component.value) & (CHAINS - 1)];
        unsigned compared = 0;
        for (unsigned at = *chain; at && compared < MOST_OF_CHAIN; at = older[at - 1], compared++) {
            if (is_same(&candidates[at - 1], candidate)) {
                candidate->faults |= SF_CANDIDATE_REPEATED;
                break;
            }
        }
        older[i] = *chain;
        *chain = (uint16_t)(i + 1);
    }
}

/** Foundations of Microsoft count the candidates of the stream: 1, 2, 3. */
static uint64_t ordinal_of(const sf_candidate *candidate)
{
    uint64_t ordinal;

    return sf_slice_decimal(candidate->foundation, 255, &ordinal) == SF_OK ? ordinal : 0;
}

bool sf_candidate_has_microsoft_priority(const sf_candidate *candidate)
{
    uint32_t priority = (uint32_t)candidate->priority.value;
    uint32_t transport = sf_priority_transport(priority);
    uint32_t direction = sf_priority_direction(priority);
    uint32_t count = sf_priority_local(priority) & 0x1ff;
    bool is_udp = sf_slice_equals_nocase(candidate->transport, SF_LITERAL("UDP"));
    bool is_of_draft = sf_slice_starts_nocase(candidate->transport, SF_LITERAL("TCP-"));

    if (is_of_draft) { /* a word that only drafts before RFC 6544 have, with the preferences of those drafts */
        return (transport == 6 || transport == 4) && (direction == 5 || direction == 4 || direction == 2);
    }
    uint64_t ordinal = ordinal_of(candidate) + (candidate->component.value == 2);
    return is_udp && ordinal > 1 && count == 513 - 2 * ordinal && transport == 15 && (direction == 7 || direction == 5);
}

void sf_candidates_check(sf_media *media, sf_stream *stream)
{
    sf_candidate *candidates = &media->candidates[stream->candidates.first];

    for (unsigned i = 0; i < stream->candidates.count; i++) {
        sf_candidate *candidate = &candidates[i];
        if (sf_number_is_present(candidate->address.port) && candidate->address.port.value == 0) {
            candidate->faults |= SF_CANDIDATE_NO_PORT;
        }
        stream->has_microsoft_priorities = stream->has_microsoft_priorities ||
                                           sf_candidate_has_microsoft_priority(candidate);
    }
    note_repeated(candidates, stream->candidates.count);
}
