/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decorated addresses.
 */
#include "identity.h"

#include "engine/text/words.h"

#include <glib.h>

/** Length of a parenthesis, plain or as `%28`, that ends at `end`; 0 if there is none. */
static size_t parenthesis_before(sf_slice s, size_t end, char plain, sf_slice escaped)
{
    if (end >= 1 && s.text[end - 1] == plain) {
        return 1;
    }
    if (end >= escaped.length &&
        sf_slice_equals(sf_slice_head(sf_slice_skip(s, end - escaped.length), escaped.length), escaped)) {
        return escaped.length;
    }
    return 0;
}

static size_t open_before(sf_slice s, size_t end)
{
    return parenthesis_before(s, end, '(', SF_LITERAL("%28"));
}

static size_t close_before(sf_slice s, size_t end)
{
    return parenthesis_before(s, end, ')', SF_LITERAL("%29"));
}

static bool is_domain_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

/** Labels with dots between them, two at least: `(home)` decorates nothing. */
static bool is_mail_domain(sf_slice s)
{
    bool has_dot = false;

    for (size_t i = 0; i < s.length; i++) {
        if (s.text[i] == '.') {
            if (i == 0 || i + 1 == s.length || s.text[i - 1] == '.') {
                return false;
            }
            has_dot = true;
        }
    }
    return has_dot;
}

/** Splits `local(domain)`; false if the user part has another form. */
static bool split_decoration(sf_slice user, sf_slice *local, sf_slice *domain)
{
    size_t close = close_before(user, user.length);
    size_t end = user.length - close;
    size_t begin = end;

    if (close == 0) {
        return false;
    }
    while (begin > 0 && is_domain_byte(user.text[begin - 1])) {
        /* `%28` ends in bytes that a domain may hold too */
        if (open_before(user, begin)) {
            break;
        }
        begin--;
    }
    size_t open = open_before(user, begin);
    sf_slice inside = sf_slice_head(sf_slice_skip(user, begin), end - begin);
    if (open == 0 || begin == open || !is_mail_domain(inside)) {
        return false;
    }
    *local = sf_slice_head(user, begin - open);
    *domain = inside;
    return true;
}

/** A Skype name may hold a colon, `live:joe`: what looks like a password belongs to the name there. */
static sf_slice name_of(const sf_uri *uri, const sf_provider *provider)
{
    bool is_skype = provider && provider->network == SF_NETWORK_SKYPE;

    return is_skype && sf_slice_present(uri->password) ? sf_slice_between(uri->user.text, sf_slice_end(uri->password))
                                                       : uri->user;
}

void sf_identity_read(const sf_uri *uri, const sf_knowledge *knowledge, sf_slice header, sf_slice element,
                      sf_problems *problems, sf_identity *identity)
{
    const sf_provider *provider = sf_provider_of_domain(knowledge, uri->host);

    *identity = (sf_identity){
        .text = uri->host,
        .header = header,
        .domain = sf_host_without_root(uri->host),
        .network = sf_network_beside_provider(knowledge, uri, provider),
    };
    bool is_any_domain = identity->network == SF_NETWORK_SIP_DOMAIN || identity->network == SF_NETWORK_FEDERATED;

    identity->is_ordinary = is_any_domain && !provider;
    identity->local = name_of(uri, provider);
    if (!sf_slice_present(uri->user)) {
        bool is_other_scheme = sf_slice_present(uri->scheme) && !sf_uri_is_sip(uri);
        if (is_other_scheme) { /* urn:service:sos: all of it is the address */
            identity->text = identity->local = uri->text;
        }
        return;
    }
    if (!sf_slice_present(uri->host)) {
        identity->text = uri->user;
        return;
    }
    const char *end = sf_slice_end(uri->host);
    bool in_brackets = uri->text.length > 0 && end < sf_slice_end(uri->text) && *end == ']';
    identity->text = sf_slice_between(uri->user.text, in_brackets ? end + 1 : end);
    if (!provider) {
        return;
    }
    identity->is_decorated = split_decoration(identity->local, &identity->local, &identity->domain);
    if (!identity->is_decorated && sf_slice_find(identity->local, '(') < identity->local.length) {
        sf_problems_malformed(problems, element, identity->local, "The decorated address",
                              "is not of the form user(domain)@provider");
    }
}

static bool ends_user_part(char c)
{
    switch (c) {
    case '<':
    case '>':
    case '"':
    case ',':
    case ';':
    case '=':
    case '@':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case '\0':
        return true;
    default:
        return false;
    }
}

/** Where the user part that ends at `at` begins: after the scheme, or after what cannot be part of an address. */
static size_t begin_of_user(sf_slice s, size_t at)
{
    static const sf_slice schemes[] = { SF_LITERAL_INIT("sip:"), SF_LITERAL_INIT("sips:") };
    size_t begin = at;

    while (begin > 0 && !ends_user_part(s.text[begin - 1])) {
        begin--;
    }
    sf_slice user = sf_slice_between(s.text + begin, s.text + at);
    int scheme = SF_WORDS_FIND_START(schemes, user);
    if (scheme != SF_WORDS_NONE) {
        return begin + schemes[scheme].length;
    }
    size_t colon = sf_slice_find_last(user, ':');
    return colon < user.length ? begin + colon + 1 : begin;
}

/** Splits `user:password`, as the grammar has it: a Skype name may be written like that, `live:joe`. */
static void split_user(sf_slice text, sf_uri *uri)
{
    size_t colon = sf_slice_find(text, ':');

    uri->user = sf_slice_head(text, colon);
    if (colon < text.length) {
        uri->password = sf_slice_skip(text, colon + 1);
    }
}

/** True in front of `<`: what stood there was a display name, the address is to come. */
static bool is_address_ahead(sf_slice rest)
{
    if (rest.length > 0 && rest.text[0] == '"') {
        rest = sf_slice_skip(rest, 1);
    }
    rest = sf_slice_trim(rest);
    return rest.length > 0 && rest.text[0] == '<';
}

bool sf_identity_find(sf_cursor *cursor, const sf_knowledge *knowledge, sf_slice header, sf_identity *identity)
{
    for (;;) {
        sf_slice rest = sf_cursor_rest(cursor);
        size_t at = sf_slice_find(rest, '@');
        if (at == rest.length) {
            return false;
        }
        cursor->at += at + 1;
        if (!close_before(rest, at)) {
            continue;
        }
        size_t begin = begin_of_user(rest, at);
        sf_slice host = sf_cursor_rest(cursor);
        size_t length = 0;
        while (length < host.length && is_domain_byte(host.text[length])) {
            length++;
        }
        sf_uri uri = { .host = sf_slice_head(host, length) };
        split_user(sf_slice_between(rest.text + begin, rest.text + at), &uri);
        if (is_address_ahead(sf_slice_skip(host, length))) {
            continue;
        }
        sf_identity_read(&uri, knowledge, header, rest, NULL, identity);
        if (identity->is_decorated) {
            return true;
        }
    }
}
