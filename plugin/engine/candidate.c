/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates.
 */
#include "candidate.h"

#include "token.h"

#include <glib.h>

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

enum { MAX_WORDS = 24, DRAFT_06_WORDS = 7, DRAFT_19_WORDS = 8, TYP_AT = 6 };

sf_address_family sf_transport_address_read(sf_slice text, sf_transport_address *address)
{
    char copy[INET6_ADDRSTRLEN + 1];

    address->text = text;
    address->family = SF_ADDRESS_NONE;
    if (text.length > 0 && text.length < sizeof copy && sf_slice_find(text, '\0') == text.length) {
        memcpy(copy, text.text, text.length);
        copy[text.length] = '\0';
        if (inet_pton(AF_INET, copy, address->bytes) == 1) {
            address->family = SF_ADDRESS_IPV4;
        } else if (inet_pton(AF_INET6, copy, address->bytes) == 1) {
            address->family = SF_ADDRESS_IPV6;
        }
    }
    return address->family;
}

/* RFC 1918, RFC 6598, RFC 3927; RFC 4193, RFC 4291 2.5.6 */
static const struct {
    sf_address_family family;
    uint8_t bits;
    uint8_t prefix[2];
} private_networks[] = {
    { SF_ADDRESS_IPV4, 8, { 10, 0 } },      { SF_ADDRESS_IPV4, 12, { 172, 16 } },
    { SF_ADDRESS_IPV4, 16, { 192, 168 } },  { SF_ADDRESS_IPV4, 10, { 100, 64 } },
    { SF_ADDRESS_IPV4, 16, { 169, 254 } },  { SF_ADDRESS_IPV6, 7, { 0xfc, 0 } },
    { SF_ADDRESS_IPV6, 10, { 0xfe, 0x80 } },
};

bool sf_transport_address_is_private(const sf_transport_address *address)
{
    unsigned front = (unsigned)address->bytes[0] << 8 | address->bytes[1];

    for (size_t i = 0; i < G_N_ELEMENTS(private_networks); i++) {
        unsigned prefix = (unsigned)private_networks[i].prefix[0] << 8 | private_networks[i].prefix[1];
        unsigned mask = 0xffffu << (16 - private_networks[i].bits) & 0xffffu;
        if (address->family == private_networks[i].family && (front & mask) == prefix) {
            return true;
        }
    }
    return false;
}

static sf_status complain(sf_problems *problems, const sf_candidate *candidate, sf_slice where,
                          const char *what, const char *why)
{
    sf_problems_malformed(problems, candidate->text, where, what, why);
    return SF_MALFORMED;
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
    uint64_t number;

    if (sf_slice_decimal(word, UINT16_MAX, &number) != SF_OK) {
        return complain(problems, candidate, word, "The candidate's port", "is not a number from 0 to 65535");
    }
    address->port_text = word;
    address->port = (uint16_t)number;
    return SF_OK;
}

/** A name may stand for an address (RFC 5245 15.1); digits, dots and colons alone may not. */
static sf_status read_address(sf_slice word, sf_problems *problems, const sf_candidate *candidate,
                              sf_transport_address *address)
{
    if (sf_transport_address_read(word, address) != SF_ADDRESS_NONE) {
        return SF_OK;
    }
    bool is_name = false;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.text[i];
        if (!g_ascii_isalnum(c) && c != '.' && c != '-') {
            is_name = false;
            break;
        }
        is_name = is_name || g_ascii_isalpha(c);
    }
    return is_name ? SF_OK
                   : complain(problems, candidate, word, "The candidate's address", "is neither IPv4 nor IPv6");
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

static sf_status worse(sf_status a, sf_status b)
{
    return a == SF_OK ? b : a;
}

static sf_status read_draft_06(const sf_slice *words, unsigned count, sf_problems *problems,
                               sf_candidate *candidate)
{
    candidate->dialect = SF_ICE_DRAFT_06;
    candidate->username = words[0];
    candidate->password = words[2];
    candidate->transport = words[3];
    if (count < DRAFT_06_WORDS) {
        return complain(problems, candidate, sf_slice_head(candidate->text, 0), "The candidate", "ends before its port");
    }
    sf_status status = read_component(words[1], problems, candidate);
    if (read_q(words[4], &candidate->q)) {
        candidate->q_text = words[4];
    } else {
        status = complain(problems, candidate, words[4], "The preference", "is not a number from 0 to 1");
    }
    status = worse(status, read_address(words[5], problems, candidate, &candidate->address));
    status = worse(status, read_port(words[6], problems, candidate, &candidate->address));
    candidate->likely_type = guess_type(candidate);
    return status;
}

static sf_status read_draft_19(const sf_slice *words, unsigned count, sf_problems *problems,
                               sf_candidate *candidate)
{
    uint64_t number;

    candidate->dialect = SF_ICE_DRAFT_19;
    candidate->foundation = words[0];
    candidate->transport = words[2];
    if (count < DRAFT_19_WORDS - 2) {
        return complain(problems, candidate, sf_slice_head(candidate->text, 0), "The candidate", "ends before its port");
    }
    for (unsigned i = 3; i < TYP_AT; i++) {
        /* One word is missing; to complain of each that has moved up would say nothing more. */
        if (sf_slice_equals_nocase(words[i], SF_LITERAL("typ"))) {
            return complain(problems, candidate, sf_slice_head(candidate->text, 0), "The candidate",
                            "lacks a part in front of typ");
        }
    }
    sf_status status = read_component(words[1], problems, candidate);
    if (sf_slice_decimal(words[3], UINT32_MAX, &number) == SF_OK) {
        candidate->priority_text = words[3];
        candidate->priority = (uint32_t)number;
    } else {
        status = complain(problems, candidate, words[3], "The priority", "is not a number below 2^32");
    }
    status = worse(status, read_address(words[4], problems, candidate, &candidate->address));
    status = worse(status, read_port(words[5], problems, candidate, &candidate->address));
    if (count < DRAFT_19_WORDS || !sf_slice_equals_nocase(words[TYP_AT], SF_LITERAL("typ"))) {
        return complain(problems, candidate, sf_slice_head(candidate->text, 0), "The candidate", "has no type behind typ");
    }
    candidate->type_text = words[7];
    for (unsigned i = DRAFT_19_WORDS; i + 1 < count; i += 2) {
        if (sf_slice_equals_nocase(words[i], SF_LITERAL("raddr"))) {
            status = worse(status, read_address(words[i + 1], problems, candidate, &candidate->related));
        } else if (sf_slice_equals_nocase(words[i], SF_LITERAL("rport"))) {
            status = worse(status, read_port(words[i + 1], problems, candidate, &candidate->related));
        }
    }
    return status;
}

/** A line cut before its `typ` still shows its dialect: draft 06 has a password where 19 has the transport. */
static bool is_draft_19(const sf_slice *words)
{
    return sf_slice_equals_nocase(words[TYP_AT], SF_LITERAL("typ")) ||
           sf_slice_equals_nocase(words[2], SF_LITERAL("UDP")) ||
           (sf_slice_starts_nocase(words[2], SF_LITERAL("TCP")) && words[2].length <= sizeof "TCP-PASS" - 1);
}

sf_status sf_candidate_read(sf_slice line, sf_slice value, sf_problems *problems, sf_candidate *candidate)
{
    sf_slice words[MAX_WORDS];
    unsigned count = sf_words_split(value, words, MAX_WORDS);

    memset(candidate, 0, sizeof *candidate);
    candidate->text = line;
    for (unsigned i = count; i < DRAFT_19_WORDS; i++) {
        words[i] = (sf_slice){ NULL, 0 };
    }
    return is_draft_19(words) ? read_draft_19(words, count, problems, candidate)
                              : read_draft_06(words, count, problems, candidate);
}
