/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Key lines.
 */
#include "crypto.h"

#include "engine/text/base64.h"
#include "engine/text/token.h"

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

/** Notes a fault of the line at its element, without a byte to quote. */
static sf_status complain(sf_problems *problems, const sf_crypto *line, sf_slice where, const char *what,
                          const char *why)
{
    sf_problems_malformed(problems, line->text, nowhere(where), what, why);
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

/** Packets: a decimal number, or `2^` and an exponent (RFC 4568 6.1); 1 to 2^48 (RFC 3711 9.2). */
static bool read_lifetime(sf_slice text, uint64_t *lifetime)
{
    uint64_t number;

    if (sf_slice_starts_nocase(text, SF_LITERAL("2^"))) {
        if (sf_slice_decimal(sf_slice_skip(text, 2), 48, &number) != SF_OK) {
            return false;
        }
        *lifetime = UINT64_C(1) << number;
        return true;
    }
    if (sf_slice_decimal(text, UINT64_C(1) << 48, &number) != SF_OK || number == 0) {
        return false;
    }
    *lifetime = number;
    return true;
}

/** Gives why the MKI could not be read, or NULL. */
static const char *read_mki(sf_slice part, size_t colon, sf_crypto *line)
{
    sf_slice length = sf_slice_skip(part, colon + 1);
    uint64_t bytes;

    if (sf_slice_decimal(sf_slice_head(part, colon), UINT64_MAX, &line->mki) != SF_OK ||
        sf_slice_decimal(length, 128, &bytes) != SF_OK || bytes == 0) {
        return "is not of the form value:length with a length of 1 to 128";
    }
    line->mki_text = sf_slice_head(part, colon);
    line->mki_length_text = length;
    line->mki_length = (uint32_t)bytes;
    return bytes < 8 && line->mki >> 8 * bytes ? "does not fit into its length" : NULL;
}

/** A part behind the key: the lifetime, or the MKI with its length. Gives why it could not be read, or NULL. */
static const char *read_key_part(sf_slice part, bool is_mki, size_t colon, sf_crypto *line)
{
    if (sf_slice_present(is_mki ? line->mki_text : line->lifetime_text)) {
        return "came before; the first one counts";
    }
    if (is_mki) {
        return read_mki(part, colon, line);
    }
    if (!read_lifetime(part, &line->lifetime)) {
        return "is not a number of packets from 1 to 2^48";
    }
    line->lifetime_text = part;
    return NULL;
}

/** The parts behind the key, each behind a bar. Lifetime and MKI get one note each, however often they are wrong. */
static sf_status read_key_parts(sf_slice rest, sf_problems *problems, sf_crypto *line)
{
    static const char *const names[] = { "The lifetime", "The MKI" };
    bool is_noted[G_N_ELEMENTS(names)] = { false, false };

    for (size_t bar = sf_slice_find(rest, '|'); bar < rest.length;) {
        rest = sf_slice_skip(rest, bar + 1);
        bar = sf_slice_find(rest, '|');
        sf_slice part = sf_slice_head(rest, bar);
        size_t colon = sf_slice_find(part, ':');
        bool is_mki = colon < part.length;
        const char *fault = read_key_part(part, is_mki, colon, line);
        if (fault && !is_noted[is_mki]) {
            is_noted[is_mki] = true;
            complain(problems, line, part, names[is_mki], fault);
        }
    }
    return is_noted[false] || is_noted[true] ? SF_MALFORMED : SF_OK;
}

/** `inline:` key-and-salt [`|` lifetime] [`|` MKI `:` length]; of several keys the first one is read. */
static sf_status read_key(sf_slice params, sf_problems *problems, sf_crypto *line)
{
    sf_status status = SF_OK;
    sf_slice rest = sf_slice_skip(params, key_method.length);

    size_t end = sf_slice_find(rest, ';');
    if (end + 1 < rest.length) {
        sf_problems_limit(problems, SF_LIMIT_KEYS, line->text);
    }
    rest.length = end;
    line->key_text = sf_slice_head(rest, sf_slice_find(rest, '|'));
    if (sf_base64_decode(line->key_text, line->key, sizeof line->key, &line->key_length) != SF_OK) {
        status = complain(problems, line, line->key_text, "The key",
                          line->key_text.length > SF_MAX_BASE64 ? "is too long" : "is not base64");
    }
    line->key_fits = line->suite && line->key_length == (size_t)line->suite->key_bytes + line->suite->salt_bytes;
    return sf_first_fault(status, read_key_parts(rest, problems, line));
}

/**
 * A suite's name has letters, digits and underscores alone (RFC 4568 9.1). One that is not known and has small letters
 * may be of a key that lost its `inline:`, unless it is short and a key stands behind it; so may a long one without
 * underscores.
 */
static bool may_be_suite(sf_slice word, bool is_before_key)
{
    enum { SHORTEST_KEY_LETTERS = 20 };
    bool has_lower = false;
    bool has_underscore = false;

    if (find_suite(word)) {
        return true;
    }
    for (size_t i = 0; i < word.length; i++) {
        if (!g_ascii_isalnum(word.text[i]) && word.text[i] != '_') {
            return false;
        }
        has_underscore = has_underscore || word.text[i] == '_';
        has_lower = has_lower || g_ascii_islower(word.text[i]);
    }
    bool is_short = word.length < SHORTEST_KEY_LETTERS;
    return has_lower ? is_short && is_before_key : is_short || has_underscore;
}

static bool is_role(sf_slice word)
{
    return sf_slice_equals_nocase(word, SF_LITERAL("client")) || sf_slice_equals_nocase(word, SF_LITERAL("server"));
}

enum { MAX_WORDS = 12 }; /* tag, role, suite, key, and the session parameters of RFC 4568 6.3 */

/** The words in front of the key, as far as they have been read. */
typedef struct {
    const sf_slice *next;
    const sf_slice *end;
    bool is_safe; /**< all words so far are known to be no key */
} front;

/** Takes the next word into the text that may be shown anywhere. */
static sf_slice accept(front *f, sf_crypto *line)
{
    sf_slice word = *f->next++;

    if (f->is_safe) {
        line->safe_text = sf_slice_between(line->text.text, sf_slice_end(word));
    }
    return word;
}

static void pass_over(front *f)
{
    f->next++;
    f->is_safe = false;
}

static sf_status read_tag(front *f, sf_problems *problems, sf_crypto *line)
{
    uint64_t number;

    if (f->next == f->end) {
        return complain(problems, line, line->text, "The key line", "has neither tag nor cipher suite");
    }
    if (sf_slice_decimal(*f->next, UINT32_MAX, &number) == SF_OK) {
        line->tag = (uint32_t)number;
        line->tag_text = accept(f, line);
        return SF_OK;
    }
    if (find_suite(*f->next) || is_role(*f->next)) {
        return complain(problems, line, line->text, "The key line", "has no tag");
    }
    pass_over(f);
    return complain(problems, line, line->text, "The tag", "is not a number");
}

/** A word that is no role is passed over if the suite stands behind it: a line may lack the one and have the other. */
static sf_status read_role(front *f, sf_problems *problems, sf_crypto *line)
{
    if (f->next < f->end && is_role(*f->next)) {
        line->role = accept(f, line);
        return SF_OK;
    }
    if (f->end - f->next > 1) {
        pass_over(f);
    }
    return complain(problems, line, line->text, "The role", "is neither client nor server");
}

static sf_status read_suite(front *f, bool is_before_key, sf_problems *problems, sf_crypto *line)
{
    const sf_slice *first = f->next;

    while (f->end - f->next > 1 && !find_suite(*f->next)) {
        pass_over(f);
    }
    if (f->next == f->end || !may_be_suite(*f->next, is_before_key)) {
        return complain(problems, line, line->text, "The key line", "has no cipher suite");
    }
    bool is_first = f->next == first;
    line->suite = find_suite(*f->next);
    line->suite_text = accept(f, line);
    return is_first ? SF_OK
                    : complain(problems, line, line->text, "The key line", "has a word too many in front of its key");
}

/** Where `inline:` stands in the word; its length if it does not. */
static size_t key_at(sf_slice word)
{
    for (sf_slice rest = word; rest.length > 0;) {
        size_t colon = sf_slice_find(rest, ':');
        if (colon == rest.length) {
            break;
        }
        if (sf_slice_ends_nocase(sf_slice_head(rest, colon + 1), key_method)) {
            return (size_t)(rest.text - word.text) + colon + 1 - key_method.length;
        }
        rest = sf_slice_skip(rest, colon + 1);
    }
    return word.length;
}

/** The first word that holds an `inline:`; `count` if there is none. */
static unsigned find_key(const sf_slice *words, unsigned count)
{
    unsigned i = 0;

    while (i < count && key_at(words[i]) == words[i].length) {
        i++;
    }
    return i;
}

/** Reads the key in `word`, which it should fill. */
static sf_status read_key_word(sf_slice word, sf_problems *problems, sf_crypto *line)
{
    size_t at = key_at(word);
    sf_status status = read_key(sf_slice_skip(word, at), problems, line);

    return at == 0 ? status : complain(problems, line, line->text, "The key line", "has no blank in front of its key");
}

/** `UNENCRYPTED_SRTP`: the packets are only signed (RFC 4568 6.3.2). */
static bool is_unencrypted(const sf_slice *words, const sf_slice *end)
{
    for (; words < end; words++) {
        if (sf_slice_equals_nocase(*words, SF_LITERAL("UNENCRYPTED_SRTP"))) {
            return true;
        }
    }
    return false;
}

sf_status sf_crypto_read(sf_slice text, sf_slice value, sf_crypto_scheme scheme, sf_problems *problems,
                           sf_crypto *line)
{
    sf_slice words[MAX_WORDS];
    unsigned count = sf_words_split(value, words, MAX_WORDS);
    unsigned key_word = find_key(words, count);
    bool has_key = key_word < count;
    bool fills_word = has_key && key_at(words[key_word]) == 0;
    /* Without an `inline:`, the word behind tag, role and suite stands where the key should. */
    unsigned in_front = scheme == SF_SCHEME_SCALE ? 3 : 2;
    front f = { words, words + (has_key ? key_word : MIN(count, in_front)), true };

    memset(line, 0, sizeof *line);
    line->text = text;
    line->safe_text = sf_slice_between(text.text, value.text);
    line->scheme = scheme;
    if (count == 0) {
        return complain(problems, line, text, "The key line", "is empty");
    }
    sf_status status = f.next < f.end || fills_word ? read_tag(&f, problems, line) : SF_OK;
    if (scheme == SF_SCHEME_SCALE && f.next < f.end) {
        status = sf_first_fault(status, read_role(&f, problems, line));
    }
    if (f.next < f.end || (key_word > 0 && fills_word)) {
        status = sf_first_fault(status, read_suite(&f, has_key, problems, line));
    }
    if (has_key) {
        line->is_unencrypted = is_unencrypted(words + key_word + 1, words + count);
        return sf_first_fault(status, read_key_word(words[key_word], problems, line));
    }
    if (!sf_slice_present(line->suite_text)) {
        return status; /* what may have been the key has its note */
    }
    return count > in_front ? complain(problems, line, text, "The key", "does not begin with inline:")
                            : complain(problems, line, text, "The key line", "ends before its key");
}

uint8_t sf_suite_number(const sf_suite *suite)
{
    return suite ? (uint8_t)(suite - suites + 1) : 0;
}

size_t sf_crypto_key_bytes(const sf_crypto *line)
{
    return line->suite && line->suite->key_bytes <= line->key_length ? line->suite->key_bytes : line->key_length;
}

bool sf_crypto_has_same_key(const sf_crypto *a, const sf_crypto *b)
{
    bool both_fit = a->key_fits && b->key_fits; /* the salts are known, and may differ */
    size_t length = both_fit ? a->suite->key_bytes : a->key_length;
    size_t other_length = both_fit ? b->suite->key_bytes : b->key_length;

    return length > 0 && length == other_length && memcmp(a->key, b->key, length) == 0;
}
