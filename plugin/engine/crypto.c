/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Key lines.
 */
#include "crypto.h"

#include "ms_base64.h"
#include "token.h"

#include <glib.h>

#define SUITE(name, key_bytes, salt_bytes) { SF_LITERAL(name), key_bytes, salt_bytes }

/* IANA registry "SRTP Crypto Suite Registrations" */
static const sf_suite suites[] = {
    SUITE("AES_CM_128_HMAC_SHA1_80", 16, 14), /* RFC 4568 6.2 */
    SUITE("AES_CM_128_HMAC_SHA1_32", 16, 14),
    SUITE("F8_128_HMAC_SHA1_80", 16, 14),
    SUITE("AES_192_CM_HMAC_SHA1_80", 24, 14), /* RFC 6188 */
    SUITE("AES_192_CM_HMAC_SHA1_32", 24, 14),
    SUITE("AES_256_CM_HMAC_SHA1_80", 32, 14),
    SUITE("AES_256_CM_HMAC_SHA1_32", 32, 14),
    SUITE("AEAD_AES_128_GCM", 16, 12), /* RFC 7714 14.2 */
    SUITE("AEAD_AES_256_GCM", 32, 12),
    SUITE("SEED_CTR_128_HMAC_SHA1_80", 16, 14), /* RFC 5669 */
    SUITE("SEED_128_CCM_80", 16, 12),
    SUITE("SEED_128_GCM_96", 16, 12),
};

static const sf_slice key_method = SF_LITERAL("inline:");

/** For problems of a key: its place, without a byte of it to quote. */
static sf_slice nowhere(sf_slice s)
{
    return sf_slice_head(s, 0);
}

static sf_status complain(sf_problems *problems, const sf_key_line *line, sf_slice where, const char *what,
                          const char *why)
{
    sf_problems_malformed(problems, line->text, where, what, why);
    return SF_MALFORMED;
}

static const sf_suite *find_suite(sf_slice name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(suites); i++) {
        if (sf_slice_equals_nocase(name, suites[i].name)) {
            return &suites[i];
        }
    }
    return NULL;
}

/** Packets: a decimal number, or `2^` and an exponent (RFC 4568 6.1); at most 2^48 (RFC 3711 9.2). */
static bool read_lifetime(sf_slice text, uint64_t *lifetime)
{
    uint64_t exponent;

    if (sf_slice_starts_nocase(text, SF_LITERAL("2^"))) {
        if (sf_slice_decimal(sf_slice_skip(text, 2), 48, &exponent) != SF_OK) {
            return false;
        }
        *lifetime = UINT64_C(1) << exponent;
        return true;
    }
    return sf_slice_decimal(text, UINT64_C(1) << 48, lifetime) == SF_OK;
}

static sf_status read_mki(sf_slice part, size_t colon, sf_problems *problems, sf_key_line *line)
{
    sf_slice length = sf_slice_skip(part, colon + 1);
    uint64_t bytes;

    if (sf_slice_decimal(sf_slice_head(part, colon), UINT64_MAX, &line->mki) != SF_OK ||
        sf_slice_decimal(length, 128, &bytes) != SF_OK || bytes == 0) {
        return complain(problems, line, nowhere(part), "The MKI",
                        "is not of the form value:length with a length of 1 to 128");
    }
    line->mki_text = sf_slice_head(part, colon);
    line->mki_length_text = length;
    line->mki_length = (uint32_t)bytes;
    return SF_OK;
}

/** `inline:` key-and-salt [`|` lifetime] [`|` MKI `:` length]; of several keys the first one is read. */
static sf_status read_key(sf_slice params, sf_problems *problems, sf_key_line *line)
{
    sf_status status = SF_OK;

    if (!sf_slice_starts_nocase(params, key_method)) {
        return complain(problems, line, nowhere(params), "The key", "does not begin with inline:");
    }
    sf_slice rest = sf_slice_skip(params, key_method.length);
    rest.length = sf_slice_find(rest, ';');
    line->key_text = sf_slice_head(rest, sf_slice_find(rest, '|'));
    if (sf_base64_decode(line->key_text, line->key, sizeof line->key, &line->key_length) != SF_OK) {
        status = complain(problems, line, nowhere(line->key_text), "The key", "is not base64");
    }
    line->key_fits = line->suite && line->key_length == (size_t)line->suite->key_bytes + line->suite->salt_bytes;

    for (rest = sf_slice_skip(rest, line->key_text.length + 1); rest.length > 0;) {
        sf_slice part = sf_slice_head(rest, sf_slice_find(rest, '|'));
        size_t colon = sf_slice_find(part, ':');
        rest = sf_slice_skip(rest, part.length + 1);
        if (colon < part.length) {
            status = read_mki(part, colon, problems, line) == SF_OK ? status : SF_MALFORMED;
        } else if (read_lifetime(part, &line->lifetime)) {
            line->lifetime_text = part;
        } else {
            /* What stands in its place may be a key that a bar was put in front of. */
            status = complain(problems, line, nowhere(part), "The lifetime",
                              "is not a number of packets up to 2^48");
        }
    }
    return status;
}

static bool holds_key(sf_slice word)
{
    for (sf_slice rest = word; rest.length > 0;) {
        size_t colon = sf_slice_find(rest, ':');
        if (colon == rest.length) {
            return false;
        }
        if (sf_slice_ends_nocase(sf_slice_head(rest, colon + 1), key_method)) {
            return true;
        }
        rest = sf_slice_skip(rest, colon + 1);
    }
    return false;
}

/** The next word, unless the key is in it: a suite is shown even where keys are hidden. */
static bool next_front_word(sf_cursor *words, sf_slice *word)
{
    sf_cursor ahead = *words;
    sf_slice next;

    if (!sf_word_next(&ahead, &next) || holds_key(next)) {
        return false;
    }
    *word = next;
    *words = ahead;
    return true;
}

/**
 * A key that lost its `inline:` is no suite's name: those have underscores, or are shorter than any key,
 * or have the key behind them.
 */
static bool may_be_suite(sf_slice word, sf_cursor behind)
{
    enum { SHORTEST_KEY_LETTERS = 24 };
    sf_slice next;

    return sf_slice_find(word, '_') < word.length || word.length < SHORTEST_KEY_LETTERS ||
           (sf_word_next(&behind, &next) && sf_slice_starts_nocase(next, key_method));
}

/**
 * Reads the role. A word that is none is passed over if the suite stands behind it, else it is the suite:
 * a line may lack the one and have the other.
 */
static bool read_role(sf_cursor *words, sf_key_line *line)
{
    sf_cursor ahead = *words;
    sf_slice role, suite;

    if (!next_front_word(&ahead, &role)) {
        return false;
    }
    if (sf_slice_equals_nocase(role, SF_LITERAL("client")) || sf_slice_equals_nocase(role, SF_LITERAL("server"))) {
        line->role = role;
        *words = ahead;
        return true;
    }
    sf_cursor behind = ahead;
    if (next_front_word(&behind, &suite)) {
        *words = ahead;
    }
    return false;
}

sf_status sf_key_line_read(sf_slice text, sf_slice value, sf_key_scheme scheme, sf_problems *problems,
                           sf_key_line *line)
{
    sf_cursor words = sf_cursor_over(value);
    sf_status status = SF_OK;
    sf_slice tag, suite;
    sf_slice params = { NULL, 0 };
    uint64_t number;

    memset(line, 0, sizeof *line);
    line->text = text;
    line->safe_text = sf_slice_between(text.text, value.text);
    line->scheme = scheme;
    if (!next_front_word(&words, &tag)) {
        if (!sf_word_next(&words, &params)) {
            return complain(problems, line, nowhere(text), "The key line", "is empty");
        }
        read_key(params, problems, line);
        return complain(problems, line, nowhere(text), "The key line", "has neither tag nor cipher suite");
    }
    if (sf_slice_decimal(tag, UINT32_MAX, &number) == SF_OK) {
        line->tag_text = tag;
        line->tag = (uint32_t)number;
        line->safe_text = sf_slice_between(text.text, sf_slice_end(tag));
    } else {
        status = complain(problems, line, nowhere(tag), "The tag", "is not a number");
    }
    bool has_role = scheme != SF_SCHEME_SCALE || read_role(&words, line);
    if (!has_role) {
        status = complain(problems, line, nowhere(text), "The role", "is neither client nor server");
    }
    if (!next_front_word(&words, &suite)) {
        status = complain(problems, line, nowhere(text), "The key line", "has no cipher suite");
    } else if (may_be_suite(suite, words)) {
        line->suite_text = suite;
    } else {
        return complain(problems, line, nowhere(text), "The key line", "has no cipher suite");
    }
    if (has_role && sf_slice_present(line->tag_text) && sf_slice_present(line->suite_text)) {
        line->safe_text = sf_slice_between(text.text, sf_slice_end(line->suite_text));
    }
    line->suite = find_suite(line->suite_text);
    if (!sf_word_next(&words, &params)) {
        return complain(problems, line, nowhere(text), "The key line", "ends before its key");
    }
    return read_key(params, problems, line) == SF_OK ? status : SF_MALFORMED;
}

size_t sf_key_line_key_bytes(const sf_key_line *line)
{
    return line->suite && line->suite->key_bytes <= line->key_length ? line->suite->key_bytes : line->key_length;
}

bool sf_key_line_same_key(const sf_key_line *a, const sf_key_line *b)
{
    return a->key_length > 0 && a->key_length == b->key_length && memcmp(a->key, b->key, a->key_length) == 0;
}
