/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The candidates of the peer that ICE chose.
 */
#include "remote_candidate.h"

#include "engine/text/token.h"

enum { LAST_COMPONENT = 256 }; /* RFC 8839 5.1 */

static void note(sf_slice line, sf_slice where, const char *what, const char *why, sf_problems *problems)
{
    sf_problems_malformed(problems, line, where, what, why);
}

unsigned sf_remote_candidates_read(sf_slice line, sf_slice value, sf_problems *problems,
                                   sf_remote_candidate *candidates, unsigned room)
{
    sf_cursor words = sf_cursor_over(value);
    sf_slice component, address, port;
    unsigned count = 0;

    while (count < room && sf_word_next(&words, &component)) {
        bool has_address = sf_word_next(&words, &address);
        if (!has_address || !sf_word_next(&words, &port)) {
            note(line, component, "The remote candidate", "ends before its port", problems);
            return count;
        }
        sf_remote_candidate *candidate = &candidates[count++];
        *candidate = (sf_remote_candidate){ .line = line,
                                            .text = sf_slice_between(component.text, sf_slice_end(port)) };
        if (sf_number_read(component, LAST_COMPONENT, &candidate->component) != SF_OK) {
            note(line, component, "The component", "is not a number from 1 to 256", problems);
        }
        if (sf_transport_address_read(address, &candidate->address) == SF_ADDRESS_NONE) {
            candidate->address.family = SF_ADDRESS_HOST_NAME;
        }
        if (sf_number_read(port, UINT16_MAX, &candidate->address.port) != SF_OK) {
            note(line, port, "The remote candidate's port", "is not a number from 0 to 65535", problems);
        }
    }
    if (count == 0 && room > 0) {
        note(line, value, "The list of remote candidates", "is empty", problems);
    }
    return count;
}
