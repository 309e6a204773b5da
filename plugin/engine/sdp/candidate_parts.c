/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates: the parts that both dialects have, and notes that quote no
 * password.
 */
#include "candidate_reader.h"

#include <glib.h>

/** Base64 has neither points nor colons. The other parts of a candidate are shorter, or have them. */
static bool may_be_password(sf_slice word)
{
    return word.length >= SF_SHORTEST_PASSWORD_LETTERS && sf_slice_find(word, '.') == word.length &&
           sf_slice_find(word, ':') == word.length;
}

void sf_candidate_note(const sf_candidate_reader *r, sf_slice where, const char *what, const char *why)
{
    where = may_be_password(where) ? sf_slice_head(where, 0) : where;
    sf_problems_malformed(r->problems, r->candidate->text, where, what, why);
}

void sf_candidate_note_line(const sf_candidate_reader *r, const char *why)
{
    sf_candidate_note(r, sf_slice_head(r->candidate->text, 0), "The candidate", why);
}

void sf_candidate_read_component(const sf_candidate_reader *r, sf_slice word)
{
    sf_number number = { .value = 0 };

    if (sf_number_read(word, 256, &number) == SF_OK && number.value > 0) {
        r->candidate->component = number;
    } else {
        sf_candidate_note(r, word, "The component", "is not a number from 1 to 256");
    }
}

void sf_candidate_read_port(const sf_candidate_reader *r, sf_slice word, sf_transport_address *address)
{
    if (sf_number_read(word, UINT16_MAX, &address->port) != SF_OK) {
        sf_candidate_note(r, word, "The candidate's port", "is not a number from 0 to 65535");
    }
}

/** A name may replace an address (RFC 5245 15.1); digits, dots and colons alone may not. */
static bool is_host_name(sf_slice word)
{
    bool has_letter = false;

    for (size_t i = 0; i < word.length; i++) {
        char c = word.text[i];
        if (!g_ascii_isalnum(c) && c != '.' && c != '-' && c != '_') {
            return false;
        }
        has_letter = has_letter || g_ascii_isalpha(c);
    }
    return has_letter;
}

/** `fe80::1%12`: the zone after the percent sign is of use to the sender alone (RFC 4007 11). */
static bool read_zoned_address(sf_slice word, sf_transport_address *address)
{
    size_t zone = sf_slice_find(word, '%');
    bool is_v6 = zone < word.length && sf_transport_address_read(sf_slice_head(word, zone), address) == SF_ADDRESS_IPV6;

    address->family = is_v6 ? SF_ADDRESS_IPV6 : SF_ADDRESS_NONE;
    address->text = word;
    return is_v6;
}

void sf_candidate_read_address(const sf_candidate_reader *r, sf_slice word, sf_transport_address *address)
{
    if (sf_transport_address_read(word, address) != SF_ADDRESS_NONE || read_zoned_address(word, address)) {
        return;
    }
    if (r->candidate->dialect == SF_ICE_DRAFT_06 && may_be_password(word)) {
        address->text = (sf_slice){ NULL, 0 };
    } else if (is_host_name(word)) {
        address->family = SF_ADDRESS_HOST_NAME;
        return;
    }
    sf_candidate_note(r, word, "The candidate's address", "is neither IPv4 nor IPv6");
}

bool sf_candidate_is_transport(sf_slice word)
{
    return sf_slice_equals_nocase(word, SF_LITERAL("UDP")) ||
           (sf_slice_starts_nocase(word, SF_LITERAL("TCP")) && word.length <= sizeof "TCP-PASS" - 1);
}
