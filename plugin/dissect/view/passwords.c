/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hiding the passwords of SIP URIs.
 */
#include "passwords.h"

#include "preferences.h"

#include "engine/text/words.h"

static const sf_slice schemes[] = { SF_LITERAL_INIT("sip:"), SF_LITERAL_INIT("sips:") };

/** No URI goes on after such a byte. */
static bool ends_uri(char c)
{
    return (unsigned char)c <= ' ' || c == '<' || c == '>' || c == '"';
}

static bool is_host_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

/** True if a scheme stands right in front of a text of the message. */
static bool follows_scheme(sf_slice message, sf_slice text)
{
    uintptr_t begin = (uintptr_t)message.text, at = (uintptr_t)text.text;

    if (message.length == 0 || at < begin || at > begin + message.length) {
        return false;
    }
    sf_slice before = sf_slice_head(message, (size_t)(at - begin));
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (sf_slice_ends_nocase(before, schemes[i])) {
            return true;
        }
    }
    return false;
}

/** Where the user part of a URI begins whose `@` is at `end`; the length of the text if it is of no SIP URI. */
static size_t find_user(sf_slice text, size_t from, size_t end, bool is_user_first)
{
    size_t begin = end;

    while (begin > from && !ends_uri(text.text[begin - 1])) {
        begin--;
    }
    for (size_t at = begin; at < end; at++) {
        int scheme = SF_WORDS_FIND_START(schemes, sf_slice_skip(text, at));
        if (scheme != SF_WORDS_NONE) {
            return at + schemes[scheme].length;
        }
    }
    return begin == 0 && is_user_first ? 0 : text.length;
}

/** True for `:5060;...`: an address without a user part, whose parameters have the `@`. */
static bool is_port(sf_slice password)
{
    size_t length = 0;

    while (length < password.length && g_ascii_isdigit(password.text[length])) {
        length++;
    }
    return length > 0 && length < password.length && (password.text[length] == ';' || password.text[length] == '?');
}

/** The last `@` of the same URI: a password may have some, if it is not written as it should be. */
static size_t last_at(sf_slice text, size_t at)
{
    for (size_t i = at + 1; i < text.length && !ends_uri(text.text[i]) && text.text[i] != ',' && text.text[i] != ';' &&
                            text.text[i] != '?';
         i++) {
        at = text.text[i] == '@' ? i : at;
    }
    return at;
}

static bool is_of_skype(sf_slice after)
{
    size_t length = 0;

    while (length < after.length && is_host_byte(after.text[length])) {
        length++;
    }
    const sf_provider *provider = sf_provider_of_domain(sf_preferences_knowledge(), sf_slice_head(after, length));
    return provider && provider->network == SF_NETWORK_SKYPE;
}

/**
 * The next password, in a text up to whose `from` all was read.
 * @param next  set to where to go on
 */
static bool find_password(sf_slice text, size_t from, bool is_user_first, sf_slice *password, size_t *next)
{
    size_t at;

    while ((at = from + sf_slice_find(sf_slice_skip(text, from), '@')) < text.length) {
        size_t user = find_user(text, from, at, is_user_first);
        at = user < at ? last_at(text, at) : at;
        sf_slice inside = user < at ? sf_slice_between(text.text + user, text.text + at) : (sf_slice){ NULL, 0 };
        *password = sf_slice_skip(inside, sf_slice_find(inside, ':') + 1);
        *next = from = at + 1;
        if (password->length > 0 && !is_port(*password) && !is_of_skype(sf_slice_skip(text, from))) {
            return true;
        }
    }
    return false;
}

sf_slice sf_without_passwords(wmem_allocator_t *pool, sf_slice message, sf_slice text)
{
    wmem_strbuf_t *copy = NULL;
    sf_slice password;
    size_t done = 0, next = 0;

    if (sf_slice_find(text, '@') == text.length || sf_slice_find(text, ':') == text.length) {
        return text;
    }
    bool is_user_first = follows_scheme(message, text);
    while (find_password(text, next, is_user_first, &password, &next)) {
        copy = copy ? copy : wmem_strbuf_new(pool, "");
        wmem_strbuf_append_len(copy, text.text + done, (size_t)(password.text - text.text) - done);
        wmem_strbuf_append(copy, "***");
        done = next - 1;
    }
    if (!copy) {
        return text;
    }
    wmem_strbuf_append_len(copy, text.text + done, text.length - done);
    return (sf_slice){ wmem_strbuf_get_str(copy), wmem_strbuf_get_len(copy) };
}
