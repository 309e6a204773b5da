/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * P-Asserted-Identity and Privacy.
 */
#include "asserted.h"

#include "engine/text/words.h"

void sf_asserted_add_privacy(sf_asserted *asserted, sf_slice value)
{
    sf_cursor cursor = sf_cursor_over(value);
    sf_param word;

    while (asserted->privacy_count < SF_MAX_PRIVACY && sf_param_next(&cursor, ';', value, NULL, &word)) {
        asserted->privacy[asserted->privacy_count++] = word.text;
    }
}

/* RFC 3323 4.2; `id` of RFC 3325 9.3, `history` of RFC 7044 */
static const struct {
    sf_slice word;
    const char *meaning;
} privacy_words[] = {
    { SF_LITERAL_INIT("id"), "do not show the asserted identity to the other party" },
    { SF_LITERAL_INIT("user"), "hide what identifies the user" },
    { SF_LITERAL_INIT("header"), "hide headers that identify the user, such as Contact and Via" },
    { SF_LITERAL_INIT("session"), "hide the addresses of the media" },
    { SF_LITERAL_INIT("history"), "hide whom the call was diverted from" },
    { SF_LITERAL_INIT("critical"), "refuse the call rather than go on without this privacy" },
    { SF_LITERAL_INIT("none"), "no privacy wanted" },
};

const char *sf_privacy_in_words(sf_slice word)
{
    int row = SF_WORDS_FIND(privacy_words, word);

    return row == SF_WORDS_NONE ? NULL : privacy_words[row].meaning;
}

bool sf_identity_is_withheld(const sf_identity *identity)
{
    static const sf_slice names[] = { SF_LITERAL_INIT("anonymous"), SF_LITERAL_INIT("restricted"),
                                      SF_LITERAL_INIT("unavailable"), SF_LITERAL_INIT("unknown") };

    return SF_WORDS_FIND(names, identity->local) != SF_WORDS_NONE ||
           sf_slice_in_domain(identity->domain, SF_LITERAL("invalid"));
}

/** The next digit of a number at or after `at`, visual separators passed over; the length at its end. */
static size_t next_digit(sf_slice number, size_t at)
{
    while (at < number.length && !g_ascii_isdigit(number.text[at])) {
        at++;
    }
    return at;
}

/** The number without the parameters that may follow it: `+15550100;ext=12`. */
static sf_slice number_of(const sf_identity *identity)
{
    return sf_slice_head(identity->local, sf_slice_find(identity->local, ';'));
}

bool sf_identity_is_number(const sf_identity *identity)
{
    sf_slice number = number_of(identity);

    for (size_t i = 0; i < number.length; i++) {
        char c = number.text[i];
        bool fits = g_ascii_isdigit(c) || (i == 0 && c == '+') ||
                    (i > 0 && (c == '-' || c == '.' || c == '(' || c == ')'));
        if (!fits) {
            return false;
        }
    }
    return next_digit(number, 0) < number.length;
}

/** The digits of a number, leading zeros left out: those of a national or international prefix. */
typedef struct {
    char text[32];
    size_t length;
} digits;

static digits digits_of(const sf_identity *identity)
{
    sf_slice number = number_of(identity);
    digits result = { .length = 0 };

    for (size_t at = next_digit(number, 0); at < number.length && result.length < sizeof result.text;
         at = next_digit(number, at + 1)) {
        if (result.length > 0 || number.text[at] != '0') {
            result.text[result.length++] = number.text[at];
        }
    }
    return result;
}

/** An extension has three digits at least; what is shorter has to be the whole number. */
static bool is_same_number(const sf_identity *a, const sf_identity *b)
{
    enum { SHORTEST = 3 };
    digits first = digits_of(a), second = digits_of(b);
    const digits *longer = first.length >= second.length ? &first : &second;
    const digits *shorter = longer == &first ? &second : &first;

    return (shorter->length == longer->length || shorter->length >= SHORTEST) &&
           memcmp(longer->text + longer->length - shorter->length, shorter->text, shorter->length) == 0;
}

static bool is_same(const sf_identity *a, const sf_identity *b, bool as_numbers)
{
    if (as_numbers) {
        return is_same_number(a, b);
    }
    return sf_slice_equals_nocase(a->local, b->local) && sf_slice_equals_nocase(a->domain, b->domain);
}

bool sf_identity_is_same(const sf_identity *one, const sf_identity *other)
{
    bool is_number = sf_identity_is_number(one);

    return sf_slice_present(one->local) && sf_slice_present(other->local) &&
           sf_identity_is_number(other) == is_number && is_same(one, other, is_number);
}

bool sf_asserted_differs(const sf_asserted *asserted, const sf_identity *caller)
{
    bool is_number = sf_identity_is_number(caller);
    bool was_compared = false;

    if (!sf_slice_present(caller->local) || sf_identity_is_withheld(caller)) {
        return false;
    }
    for (unsigned i = 0; i < asserted->identity_count; i++) {
        const sf_identity *identity = &asserted->identities[i];
        if (!sf_slice_present(identity->local) || sf_identity_is_withheld(identity) ||
            sf_identity_is_number(identity) != is_number) {
            continue;
        }
        if (is_same(identity, caller, is_number)) {
            return false;
        }
        was_compared = true;
    }
    return was_compared;
}
