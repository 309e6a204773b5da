/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates.
 */
#include "candidate.h"

#include "engine/text/token.h"

#include <glib.h>

enum { DRAFT_06_WORDS = 7, DRAFT_19_WORDS = 8, PAIR_WORDS = 2 * 8, TYP_AT = 6 };

/* A username is 32 bytes in base64, padded or not, a password 16 bytes. A foundation has up to 32 letters
 * (RFC 5245 15.1). */
enum { USERNAME_LETTERS = 43, PADDED_USERNAME_LETTERS = 44, SHORTEST_PASSWORD_LETTERS = 20, COMPONENT_DIGITS = 3 };

/** Base64 has neither points nor colons; what else a candidate tells is shorter, or has them. */
static bool may_be_password(sf_slice word)
{
    return word.length >= SHORTEST_PASSWORD_LETTERS && sf_slice_find(word, '.') == word.length &&
           sf_slice_find(word, ':') == word.length;
}

static sf_status complain(sf_problems *problems, const sf_candidate *candidate, sf_slice where,
                          const char *what, const char *why)
{
    where = may_be_password(where) ? sf_slice_head(where, 0) : where;
    sf_problems_malformed(problems, candidate->text, where, what, why);
    return SF_MALFORMED;
}

static sf_status complain_of_line(sf_problems *problems, const sf_candidate *candidate, const char *why)
{
    return complain(problems, candidate, sf_slice_head(candidate->text, 0), "The candidate", why);
}

static sf_status read_component(sf_slice word, sf_problems *problems, sf_candidate *candidate)
{
    uint64_t number;

    if (sf_slice_decimal(word, 256, &number) != SF_OK || number == 0) {
        return complain(problems, candidate, word, "The component", "is not a number from 1 to 256");
    }
    candidate->component_text = word;
    candidate->component = (uint32_t)number;
    return SF_OK;
}

static sf_status read_port(sf_slice word, sf_problems *problems, const sf_candidate *candidate,
                           sf_transport_address *address)
{
    if (sf_number_read(word, UINT16_MAX, &address->port) != SF_OK) {
        return complain(problems, candidate, word, "The candidate's port", "is not a number from 0 to 65535");
    }
    return SF_OK;
}

/** A name may stand for an address (RFC 5245 15.1); digits, dots and colons alone may not. */
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

/** `fe80::1%12`: the zone behind the percent sign is of use to the sender alone (RFC 4007 11). */
static bool read_zoned_address(sf_slice word, sf_transport_address *address)
{
    size_t zone = sf_slice_find(word, '%');
    bool is_v6 = zone < word.length &&
                 sf_transport_address_read(sf_slice_head(word, zone), address) == SF_ADDRESS_IPV6;

    address->family = is_v6 ? SF_ADDRESS_IPV6 : SF_ADDRESS_NONE;
    address->text = word;
    return is_v6;
}

static sf_status read_address(sf_slice word, sf_problems *problems, const sf_candidate *candidate,
                              sf_transport_address *address)
{
    if (sf_transport_address_read(word, address) != SF_ADDRESS_NONE || read_zoned_address(word, address)) {
        return SF_OK;
    }
    if (candidate->dialect == SF_ICE_DRAFT_06 && may_be_password(word)) {
        address->text = (sf_slice){ NULL, 0 };
    } else if (is_host_name(word)) {
        address->family = SF_ADDRESS_HOST_NAME;
        return SF_OK;
    }
    return complain(problems, candidate, word, "The candidate's address", "is neither IPv4 nor IPv6");
}

/** `0.` and digits; the engine's own reading because strtod would heed the locale. */
static bool read_q(sf_slice word, double *q)
{
    double unit = 1;
    double sum = 0;
    bool behind_point = false;
    bool has_digit = false;

    if (word.length > 16) {
        return false;
    }
    for (size_t i = 0; i < word.length; i++) {
        char c = word.text[i];
        if (c == '.' && !behind_point) {
            behind_point = true;
            continue;
        }
        if (!g_ascii_isdigit(c)) {
            return false;
        }
        has_digit = true;
        sum = sum * 10 + (c - '0');
        unit = behind_point ? unit * 10 : unit;
    }
    if (!has_digit || sum / unit > 1) {
        return false;
    }
    *q = sum / unit;
    return true;
}

/* Preferences seen in traffic; one host candidate per interface counts down from 0.9. */
static const struct {
    const char *transport; /* any if NULL */
    double from, to;
    const char *type;
} likely_types[] = {
    { NULL, 0.8, 1.0, "host" },
    { "UDP", 0.5, 0.6, "srflx" },
    { "UDP", 0.4, 0.5, "relay" },
    { "TCP", 0.1, 0.2, "relay" },
    { "TCP", 0.2, 0.3, "srflx" },
};

static const char *guess_type(const sf_candidate *candidate)
{
    for (size_t i = 0; sf_slice_present(candidate->q_text) && i < G_N_ELEMENTS(likely_types); i++) {
        const char *transport = likely_types[i].transport;
        bool fits = !transport ||
                    sf_slice_equals_nocase(candidate->transport, (sf_slice){ transport, strlen(transport) });
        if (fits && candidate->q >= likely_types[i].from && candidate->q <= likely_types[i].to) {
            return likely_types[i].type;
        }
    }
    return NULL;
}

static bool is_transport(sf_slice word)
{
    return sf_slice_equals_nocase(word, SF_LITERAL("UDP")) ||
           (sf_slice_starts_nocase(word, SF_LITERAL("TCP")) && word.length <= sizeof "TCP-PASS" - 1);
}

/** A component, also one out of range, but never a password. */
static bool may_be_component(sf_slice word)
{
    uint64_t number;

    return word.length <= COMPONENT_DIGITS || sf_slice_decimal(word, UINT64_MAX, &number) == SF_OK;
}

/** True if the words stand where draft 06 has them. Where they do not, any of them may be the password. */
static bool is_in_order(const sf_slice *words, unsigned count)
{
    return words[0].length <= PADDED_USERNAME_LETTERS && may_be_component(words[1]) &&
           words[2].length <= words[0].length && (count <= 3 || is_transport(words[3]));
}

static sf_status read_draft_06(const sf_slice *words, unsigned count, sf_problems *problems,
                               sf_candidate *candidate)
{
    candidate->dialect = SF_ICE_DRAFT_06;
    candidate->username = words[0];
    candidate->password = words[2];
    candidate->transport = words[3];
    if (sf_slice_present(candidate->password)) {
        candidate->safe_text = sf_slice_between(candidate->text.text, candidate->password.text);
    }
    if (count < DRAFT_06_WORDS) {
        return complain_of_line(problems, candidate, "ends before its port");
    }
    sf_status status = read_component(words[1], problems, candidate);
    if (read_q(words[4], &candidate->q)) {
        candidate->q_text = words[4];
    } else {
        status = complain(problems, candidate, words[4], "The preference", "is not a number from 0 to 1");
    }
    status = sf_first_fault(status, read_address(words[5], problems, candidate, &candidate->address));
    status = sf_first_fault(status, read_port(words[6], problems, candidate, &candidate->address));
    candidate->likely_type = guess_type(candidate);
    return status;
}

static sf_status read_pair(sf_slice name, sf_slice value, sf_problems *problems, sf_candidate *candidate)
{
    sf_transport_address *related = &candidate->related;
    bool is_address = sf_slice_equals_nocase(name, SF_LITERAL("raddr"));
    bool is_port = sf_slice_equals_nocase(name, SF_LITERAL("rport"));

    if (!is_address && !is_port) {
        return SF_OK;
    }
    if (!sf_slice_present(value)) {
        return complain(problems, candidate, name, "The candidate", "ends before the value of its last part");
    }
    if (sf_slice_present(is_address ? related->text : related->port.text)) {
        return complain(problems, candidate, sf_slice_head(candidate->text, 0), "The related address",
                        "came before; the first one counts");
    }
    return is_address ? read_address(value, problems, candidate, related)
                      : read_port(value, problems, candidate, related);
}

/** `raddr`, `rport` and extensions: a name and a value each. `words` holds the first of them, and takes the next. */
static sf_status read_pairs(sf_slice *words, unsigned count, sf_problems *problems, sf_candidate *candidate)
{
    sf_status status = SF_OK;

    while (count > 0) {
        for (unsigned i = 0; i < count; i += 2) {
            sf_slice value = i + 1 < count ? words[i + 1] : (sf_slice){ NULL, 0 };
            status = sf_first_fault(status, read_pair(words[i], value, problems, candidate));
        }
        sf_slice rest = sf_slice_between(sf_slice_end(words[count - 1]), sf_slice_end(candidate->text));
        count = count < PAIR_WORDS ? 0 : sf_words_split(rest, words, PAIR_WORDS);
    }
    return status;
}

/** Where `typ` stands, in its place or near it; DRAFT_19_WORDS if nowhere. */
static unsigned find_typ(const sf_slice *words)
{
    static const sf_slice typ = SF_LITERAL("typ");
    unsigned at = sf_slice_equals_nocase(words[TYP_AT], typ) ? TYP_AT : TYP_AT - 3;

    while (at < DRAFT_19_WORDS && !sf_slice_equals_nocase(words[at], typ)) {
        at++;
    }
    return at;
}

/** Reads the words of draft 19; `typ` stands where find_typ() says. */
static sf_status read_draft_19(sf_slice *words, unsigned count, unsigned typ_at, sf_problems *problems,
                               sf_candidate *candidate)
{
    uint64_t number;

    candidate->dialect = SF_ICE_DRAFT_19;
    if (typ_at == TYP_AT || is_transport(words[2])) {
        candidate->foundation = words[0];
        candidate->transport = words[2];
    }
    if (count < DRAFT_19_WORDS - 2) {
        return complain_of_line(problems, candidate, "ends before its port");
    }
    if (typ_at < DRAFT_19_WORDS && typ_at != TYP_AT) {
        /* To complain of each part that has moved would say nothing more. */
        return complain_of_line(problems, candidate, typ_at < TYP_AT ? "lacks a part in front of typ"
                                                                     : "has a part too many in front of typ");
    }
    sf_status status = read_component(words[1], problems, candidate);
    if (sf_slice_decimal(words[3], UINT32_MAX, &number) == SF_OK) {
        candidate->priority_text = words[3];
        candidate->priority = (uint32_t)number;
    } else {
        status = complain(problems, candidate, words[3], "The priority", "is not a number below 2^32");
    }
    status = sf_first_fault(status, read_address(words[4], problems, candidate, &candidate->address));
    status = sf_first_fault(status, read_port(words[5], problems, candidate, &candidate->address));
    if (typ_at != TYP_AT) {
        return complain_of_line(problems, candidate, "has no typ with its type");
    }
    if (count < DRAFT_19_WORDS) {
        return complain_of_line(problems, candidate, "has no type behind typ");
    }
    candidate->type_text = words[7];
    return sf_first_fault(status, read_pairs(words + DRAFT_19_WORDS, count - DRAFT_19_WORDS, problems, candidate));
}

/** A word too long for a username may be one that has run into the next: not where `typ` stands in its place. */
static bool begins_with_username(const sf_slice *words)
{
    return words[0].length >= USERNAME_LETTERS &&
           (words[0].length <= PADDED_USERNAME_LETTERS || find_typ(words) != TYP_AT);
}

/** A line without `typ` still shows its dialect if all that stands is what draft 19 has there, and no password. */
static bool begins_like_draft_19(const sf_slice *words)
{
    uint64_t number;

    return words[0].length < SHORTEST_PASSWORD_LETTERS && may_be_component(words[1]) &&
           is_transport(words[2]) && sf_slice_decimal(words[3], UINT64_MAX, &number) != SF_MALFORMED;
}

sf_status sf_candidate_read(sf_slice line, sf_slice value, sf_problems *problems, sf_candidate *candidate)
{
    sf_slice words[DRAFT_19_WORDS + PAIR_WORDS];
    unsigned count = sf_words_split(value, words, G_N_ELEMENTS(words));

    memset(candidate, 0, sizeof *candidate);
    candidate->text = candidate->safe_text = line;
    for (unsigned i = count; i < DRAFT_19_WORDS; i++) {
        words[i] = (sf_slice){ NULL, 0 };
    }
    bool has_username = begins_with_username(words);
    unsigned typ_at = has_username ? DRAFT_19_WORDS : find_typ(words);
    if (typ_at < DRAFT_19_WORDS || (!has_username && begins_like_draft_19(words))) {
        return read_draft_19(words, count, typ_at, problems, candidate);
    }
    if (is_in_order(words, count) && (has_username || count >= DRAFT_06_WORDS)) {
        return read_draft_06(words, count, problems, candidate);
    }
    candidate->dialect = has_username ? SF_ICE_DRAFT_06 : SF_ICE_NONE;
    candidate->safe_text = sf_slice_between(line.text, value.text);
    return complain_of_line(problems, candidate, count < DRAFT_06_WORDS ? "lacks some of its parts"
                                                                        : "does not have its parts in a known order");
}
