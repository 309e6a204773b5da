/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Telling hops apart.
 */
#include "hop.h"

#include "engine/sip/header.h"
#include "engine/sip/via.h"

/** The branch of the first Via of a header. @return false if the header has none */
static bool first_branch(sf_slice value, sf_slice *branch)
{
    sf_cursor cursor = sf_cursor_over(value);
    sf_slice element;
    sf_via via;

    if (!sf_list_next(&cursor, NULL, &element)) {
        return false;
    }
    sf_via_read(element, SF_READ_FOR_CALL, NULL, &via); /* whoever shows it reports its problems */
    *branch = via.branch;
    return true;
}

uint64_t sf_hop_of(const sf_message *message, const sf_hash_key *hash_key)
{
    sf_cursor cursor = sf_cursor_over(message->text);
    sf_slice start_line, branch;
    sf_header header;

    sf_line_next(&cursor, &start_line);
    while (sf_header_next(&cursor, &header) == SF_HEADERS_MORE) {
        if (header.id == SF_HEADER_VIA && first_branch(header.value, &branch)) {
            return branch.length > 0 ? sf_keyed_hash(hash_key, branch.text, branch.length) | 1 : 0;
        }
    }
    return 0;
}
