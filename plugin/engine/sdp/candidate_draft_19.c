/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Candidates of draft 19 ([MS-ICE2], RFC 5245 15.1): foundation,
 * component, transport, priority, address, port, `typ` with its type, and pairs
 * of a name and a value.
 */
#include "candidate_reader.h"

#include "engine/text/token.h"

static void read_pair(const sf_candidate_reader *r, sf_slice name, sf_slice value)
{
    sf_candidate *candidate = r->candidate;
    sf_transport_address *related = &candidate->related;
    bool is_address = sf_slice_equals_nocase(name, SF_LITERAL("raddr"));
    bool is_port = sf_slice_equals_nocase(name, SF_LITERAL("rport"));

    if (sf_slice_equals_nocase(name, SF_LITERAL("MTURNID"))) {
        candidate->relay_id = value;
    }
    if (!is_address && !is_port) {
        return;
    }
    if (!sf_slice_present(value)) {
        sf_candidate_note(r, name, "The candidate", "ends before the value of its last part");
    } else if (sf_slice_present(is_address ? related->text : related->port.text)) {
        sf_candidate_note(r, sf_slice_head(candidate->text, 0), "The related address",
                          "is repeated; the first value is used");
    } else if (is_address) {
        sf_candidate_read_address(r, value, related);
    } else {
        sf_candidate_read_port(r, value, related);
    }
}

/** `raddr`, `rport` and extensions. `words` holds the first of them, and takes the next. */
static void read_pairs(const sf_candidate_reader *r, sf_slice *words, unsigned count)
{
    while (count > 0) {
        for (unsigned i = 0; i < count; i += 2) {
            read_pair(r, words[i], i + 1 < count ? words[i + 1] : (sf_slice){ NULL, 0 });
        }
        if (count < SF_PAIR_WORDS) {
            return;
        }
        sf_slice rest = sf_slice_between(sf_slice_end(words[count - 1]), sf_slice_end(r->candidate->text));
        count = sf_words_split(rest, words, SF_PAIR_WORDS);
    }
}

void sf_candidate_read_draft_19(const sf_candidate_reader *r, sf_slice *words, unsigned count, unsigned typ_at)
{
    sf_candidate *candidate = r->candidate;

    candidate->dialect = SF_ICE_DRAFT_19;
    if (typ_at == SF_TYP_AT || sf_candidate_is_transport(words[2])) {
        candidate->foundation = words[0];
        candidate->transport = words[2];
    }
    if (count < SF_TYP_AT) {
        sf_candidate_note_line(r, "ends before its port");
        return;
    }
    if (typ_at < SF_DRAFT_19_WORDS && typ_at != SF_TYP_AT) {
        /* To complain of each part that has moved would say nothing more. */
        sf_candidate_note_line(r, typ_at < SF_TYP_AT ? "lacks a part before typ" : "has an extra part before typ");
        return;
    }
    sf_candidate_read_component(r, words[1]);
    if (sf_number_read(words[3], UINT32_MAX, &candidate->priority) != SF_OK) {
        sf_candidate_note(r, words[3], "The priority", "is not a number below 2^32");
    }
    sf_candidate_read_address(r, words[4], &candidate->address);
    sf_candidate_read_port(r, words[5], &candidate->address);
    if (typ_at != SF_TYP_AT) {
        sf_candidate_note_line(r, "has no typ parameter");
        return;
    }
    if (count < SF_DRAFT_19_WORDS) {
        sf_candidate_note_line(r, "has no type after typ");
        return;
    }
    candidate->type_text = words[SF_TYP_AT + 1];
    read_pairs(r, words + SF_DRAFT_19_WORDS, count - SF_DRAFT_19_WORDS);
}
