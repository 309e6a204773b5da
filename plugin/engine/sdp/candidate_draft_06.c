/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Candidates of draft 06 ([MS-ICE]): username, component, password,
 * transport, preference, address, port.
 */
#include "candidate_reader.h"

#include "engine/text/words.h"

/* Preferences seen in traffic; one host candidate per interface counts down from 0.9. */
static const struct {
    sf_slice transport; /* any if absent */
    double from, to;
    const char *type;
} likely_types[] = {
    { { NULL, 0 }, 0.8, 1.0, "host" },
    { SF_LITERAL_INIT("UDP"), 0.5, 0.6, "srflx" },
    { SF_LITERAL_INIT("UDP"), 0.4, 0.5, "relay" },
    { SF_LITERAL_INIT("TCP"), 0.1, 0.2, "relay" },
    { SF_LITERAL_INIT("TCP"), 0.2, 0.3, "srflx" },
};

static const char *guess_type(sf_slice transport, double q)
{
    for (size_t i = 0; i < G_N_ELEMENTS(likely_types); i++) {
        sf_slice wanted = likely_types[i].transport;
        bool fits = !sf_slice_present(wanted) || sf_slice_equals_nocase(transport, wanted);
        if (fits && q >= likely_types[i].from && q <= likely_types[i].to) {
            return likely_types[i].type;
        }
    }
    return NULL;
}

void sf_candidate_read_draft_06(const sf_candidate_reader *r, const sf_slice *words, unsigned count)
{
    sf_candidate *candidate = r->candidate;

    candidate->dialect = SF_ICE_DRAFT_06;
    candidate->username = words[0];
    candidate->password = words[2];
    candidate->transport = words[3];
    if (sf_slice_present(candidate->password)) {
        candidate->safe_text = sf_slice_between(candidate->text.text, candidate->password.text);
    }
    if (count < SF_DRAFT_06_WORDS) {
        sf_candidate_note_line(r, "ends before its port");
        return;
    }
    sf_candidate_read_component(r, words[1]);
    if (sf_real_read(words[4], 1, &candidate->q) == SF_OK) {
        candidate->likely_type = guess_type(candidate->transport, candidate->q.value);
    } else {
        sf_candidate_note(r, words[4], "The preference", "is not a number from 0 to 1");
    }
    sf_candidate_read_address(r, words[5], &candidate->address);
    sf_candidate_read_port(r, words[6], &candidate->address);
}
