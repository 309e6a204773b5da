/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Telling hops apart.
 */
#include "hop.h"

#include "engine/sip/header.h"

/** The value of the parameter `branch` of the first Via in a header's value; empty if there is none. */
static sf_slice first_branch(sf_slice value)
{
    static const sf_slice name = SF_LITERAL_INIT("branch");
    sf_slice via = sf_slice_head(value, sf_slice_find(value, ','));
    sf_slice rest = sf_slice_skip(via, sf_slice_find(via, ';'));

    while (rest.length > 0) {
        rest = sf_slice_skip(rest, 1);
        sf_slice param = sf_slice_head(rest, sf_slice_find(rest, ';'));
        size_t equals = sf_slice_find(param, '=');
        if (sf_slice_equals_nocase(sf_slice_trim(sf_slice_head(param, equals)), name)) {
            return sf_slice_trim(sf_slice_skip(param, equals + 1));
        }
        rest = sf_slice_skip(rest, param.length);
    }
    return rest;
}

uint64_t sf_hop_of(const sf_message *message, const sf_hash_key *hash_key)
{
    sf_cursor cursor = sf_cursor_over(message->text);
    sf_slice start_line;
    sf_header header;

    sf_line_next(&cursor, &start_line);
    while (sf_header_next(&cursor, &header) == SF_HEADERS_MORE) {
        if (header.id == SF_HEADER_VIA) {
            sf_slice branch = first_branch(header.value);
            return branch.length > 0 ? sf_keyed_hash(hash_key, branch.text, branch.length) | 1 : 0;
        }
    }
    return 0;
}
