/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Crypto lines: the words around the key.
 */
#include "crypto_reader.h"

#include "engine/text/token.h"
#include "engine/text/words.h"

/*
 * A key must never be shown as something else, yet real lines are damaged: they
 * lack their tag or their suite, or a blank was lost. So the key is found
 * first, by its `inline:`. The words before it are then taken one by one, and
 * only words that cannot be a key become a part of safe_text, which may be
 * shown anywhere.
 */

/**
 * True if a word that is no known suite may be another one. A suite's name has letters, digits and underscores alone
 * (RFC 4568 9.1). One with small letters may be of a key that lost its `inline:`, unless it is short and a key follows it; so may a long one without
 * underscores.
 */
static bool may_be_other_suite(sf_slice word, bool is_before_key)
{
    enum { SHORTEST_KEY_LETTERS = 20 };
    bool has_lower = false;
    bool has_underscore = false;

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
    static const sf_slice roles[] = { SF_LITERAL_INIT("client"), SF_LITERAL_INIT("server") };

    return SF_WORDS_FIND(roles, word) != SF_WORDS_NONE;
}

enum { MAX_WORDS = 12 }; /* tag, role, suite, key, and the session parameters of RFC 4568 6.3 */

/** The words in front of the key, as far as they have been read. */
typedef struct {
    const sf_crypto_reader *r;
    const sf_slice *next;
    const sf_slice *end;
    bool is_safe; /**< all words so far are known to be no key */
} front;

/** Takes the next word into the text that may be shown anywhere. */
static sf_slice accept(front *f)
{
    sf_crypto *crypto = f->r->crypto;
    sf_slice word = *f->next++;

    if (f->is_safe) {
        crypto->safe_text = sf_slice_between(crypto->text.text, sf_slice_end(word));
    }
    return word;
}

static void pass_over(front *f)
{
    f->next++;
    f->is_safe = false;
}

static void note_line(const sf_crypto_reader *r, const char *why)
{
    sf_crypto_note(r, r->crypto->text, "The crypto attribute", why);
}

static void read_tag(front *f)
{
    const sf_crypto_reader *r = f->r;

    if (f->next == f->end) {
        note_line(r, "has neither tag nor cipher suite");
    } else if (sf_number_read(*f->next, UINT32_MAX, &r->crypto->tag) == SF_OK) {
        accept(f);
    } else if (sf_suite_find(*f->next) || is_role(*f->next)) {
        note_line(r, "has no tag");
    } else {
        pass_over(f);
        sf_crypto_note(r, r->crypto->text, "The tag", "is not a number");
    }
}

/** A word that is no role is passed over if the suite follows it: a line may lack the one and have the other. */
static void read_role(front *f)
{
    if (f->next < f->end && is_role(*f->next)) {
        f->r->crypto->role = accept(f);
        return;
    }
    if (f->end - f->next > 1) {
        pass_over(f);
    }
    sf_crypto_note(f->r, f->r->crypto->text, "The role", "is neither client nor server");
}

static void read_suite(front *f, bool is_before_key)
{
    sf_crypto *crypto = f->r->crypto;
    const sf_slice *first = f->next;

    while (f->end - f->next > 1 && !sf_suite_find(*f->next)) {
        pass_over(f);
    }
    crypto->suite = f->next < f->end ? sf_suite_find(*f->next) : NULL;
    if (f->next == f->end || !(crypto->suite || may_be_other_suite(*f->next, is_before_key))) {
        note_line(f->r, "has no cipher suite");
        return;
    }
    bool is_first = f->next == first;
    crypto->suite_text = accept(f);
    if (!is_first) {
        note_line(f->r, "has an extra word before its key");
    }
}

/** Index of `inline:` in the word; its length if there is none. */
static size_t key_at(sf_slice word)
{
    static const sf_slice method = SF_LITERAL_INIT(SF_KEY_METHOD);

    if (word.length < method.length) { /* a tag, a role */
        return word.length;
    }
    if (sf_slice_starts_nocase(word, method)) {
        return 0;
    }
    for (sf_slice rest = word; rest.length > 0;) {
        size_t colon = sf_slice_find(rest, ':');
        if (colon == rest.length) {
            break;
        }
        if (sf_slice_ends_nocase(sf_slice_head(rest, colon + 1), method)) {
            return (size_t)(rest.text - word.text) + colon + 1 - method.length;
        }
        rest = sf_slice_skip(rest, colon + 1);
    }
    return word.length;
}

/** The first word that holds an `inline:`, which begins at `at`; `count` if there is none. */
static unsigned find_key(const sf_slice *words, unsigned count, size_t *at)
{
    unsigned i = 0;

    while (i < count && (*at = key_at(words[i])) == words[i].length) {
        i++;
    }
    return i;
}

/** Reads the key at `at` of `word`, which it should fill. */
static void read_key_word(const sf_crypto_reader *r, sf_slice word, size_t at)
{
    sf_crypto_read_key(r, sf_slice_skip(word, at));
    if (at > 0) {
        note_line(r, "has no blank before its key");
    }
}

/** Session parameters that take protection away (RFC 4568 6.3.2, 6.3.3). */
static unsigned faults_of_parameters(const sf_slice *words, unsigned count)
{
    static const struct {
        sf_slice word;
        unsigned fault;
    } parameters[] = {
        { SF_LITERAL_INIT("UNENCRYPTED_SRTP"), SF_CRYPTO_UNENCRYPTED },
        { SF_LITERAL_INIT("UNENCRYPTED_SRTCP"), SF_CRYPTO_UNENCRYPTED_RTCP },
        { SF_LITERAL_INIT("UNAUTHENTICATED_SRTP"), SF_CRYPTO_UNAUTHENTICATED },
    };
    unsigned faults = 0;

    for (unsigned i = 0; i < count; i++) {
        int row = SF_WORDS_FIND(parameters, words[i]);
        faults |= row == SF_WORDS_NONE ? 0 : parameters[row].fault;
    }
    return faults;
}

/** What is wrong with a line all of whose parts have been read. */
static unsigned faults_of(const sf_crypto *crypto)
{
    if (crypto->suite_text.length > 0 && !crypto->suite) {
        return SF_CRYPTO_UNKNOWN_SUITE;
    }
    return crypto->suite && crypto->key_length > 0 && !crypto->key_fits ? SF_CRYPTO_KEY_LENGTH : 0;
}

static void read_words(const sf_crypto_reader *r, const sf_slice *words, unsigned count)
{
    sf_crypto *crypto = r->crypto;
    size_t at = 0;
    unsigned key_word = find_key(words, count, &at);
    bool has_key = key_word < count;
    bool fills_word = has_key && at == 0;
    /* Without an `inline:`, the word after tag, role and suite is where the key should be. */
    unsigned in_front = crypto->scheme == SF_SCHEME_SCALE ? 3 : 2;
    front f = { r, words, words + (has_key ? key_word : MIN(count, in_front)), true };

    if (f.next < f.end || fills_word) {
        read_tag(&f);
    }
    if (crypto->scheme == SF_SCHEME_SCALE && f.next < f.end) {
        read_role(&f);
    }
    if (f.next < f.end || (key_word > 0 && fills_word)) {
        read_suite(&f, has_key);
    }
    if (has_key) {
        read_key_word(r, words[key_word], at);
        crypto->faults |= faults_of_parameters(words + key_word + 1, count - key_word - 1);
    } else if (!sf_slice_present(crypto->suite_text)) {
        return; /* what may have been the key has its note */
    } else if (count > in_front) {
        sf_crypto_note(r, crypto->text, "The key", "does not begin with inline:");
    } else {
        note_line(r, "ends before its key");
    }
}

void sf_crypto_read(sf_slice text, sf_slice value, sf_crypto_scheme scheme, sf_problems *problems, sf_crypto *crypto)
{
    const sf_crypto_reader r = { problems, crypto };
    sf_slice words[MAX_WORDS];
    unsigned count = sf_words_split(value, words, MAX_WORDS);

    memset(crypto, 0, sizeof *crypto);
    crypto->text = text;
    crypto->safe_text = sf_slice_between(text.text, value.text);
    crypto->scheme = scheme;
    if (count == 0) {
        note_line(&r, "is empty");
        return;
    }
    read_words(&r, words, count);
    crypto->key_fits = crypto->suite &&
                       crypto->key_length == (size_t)crypto->suite->key_bytes + crypto->suite->salt_bytes;
    crypto->faults |= faults_of(crypto);
}

size_t sf_crypto_key_bytes(const sf_crypto *crypto)
{
    return crypto->suite && crypto->suite->key_bytes <= crypto->key_length ? crypto->suite->key_bytes
                                                                           : crypto->key_length;
}

bool sf_crypto_has_same_key(const sf_crypto *a, const sf_crypto *b)
{
    bool both_fit = a->key_fits && b->key_fits; /* the salts are known, and may differ */
    size_t length = both_fit ? a->suite->key_bytes : a->key_length;
    size_t other_length = both_fit ? b->suite->key_bytes : b->key_length;

    return length > 0 && length == other_length && memcmp(a->key, b->key, length) == 0;
}
