/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * URIs and addresses.
 */
#include "uri.h"

#include <glib.h>

sf_status sf_host_port_read(sf_slice text, sf_slice element, sf_problems *problems, sf_slice *host, sf_number *port)
{
    sf_slice rest;

    *port = (sf_number){ .value = 0 };
    text = sf_slice_trim(text);
    if (text.length > 0 && text.text[0] == '[') {
        size_t close = sf_slice_find(text, ']');
        *host = sf_slice_head(sf_slice_skip(text, 1), close - 1);
        if (close == text.length) {
            *host = sf_slice_skip(text, 1);
            sf_problems_malformed(problems, element, text, "The IPv6 address", "has no closing bracket");
            return SF_MALFORMED;
        }
        rest = sf_slice_trim(sf_slice_skip(text, close + 1));
    } else {
        size_t colon = sf_slice_find(text, ':');
        *host = sf_slice_trim(sf_slice_head(text, colon));
        rest = sf_slice_skip(text, colon);
    }
    if (rest.length == 0) {
        return SF_OK;
    }
    sf_slice digits = sf_slice_trim(sf_slice_skip(rest, 1));
    if (rest.text[0] != ':' || sf_number_read(digits, UINT16_MAX, port) != SF_OK) {
        sf_problems_malformed(problems, element, rest, "The port", "is not a number from 0 to 65535");
        return SF_MALFORMED;
    }
    return SF_OK;
}

/** A letter, then letters, digits and `+-.` (RFC 3986 3.1). */
static bool is_scheme(sf_slice s)
{
    if (sf_slice_equals(s, SF_LITERAL("sip"))) {
        return true;
    }
    for (size_t i = 0; i < s.length; i++) {
        bool fits = g_ascii_isalpha(s.text[i]) ||
                    (i > 0 && (g_ascii_isdigit(s.text[i]) || sf_slice_find(SF_LITERAL("+-."), s.text[i]) < 3));
        if (!fits) {
            return false;
        }
    }
    return s.length > 0;
}

/** `conf:sip:...` joins a meeting: its address follows. */
static sf_slice without_meeting(sf_slice text)
{
    static const sf_slice prefix = SF_LITERAL_INIT("conf:");

    return sf_slice_starts_nocase(text, prefix) ? sf_slice_skip(text, prefix.length) : text;
}

/** Index of the colon that ends the scheme, or the length of the text. Most schemes are `sip`. */
static inline size_t end_of_scheme(sf_slice text)
{
    static const sf_slice sip = SF_LITERAL_INIT("sip:");

    return sf_slice_starts_nocase(text, sip) ? sip.length - 1 : sf_slice_find(text, ':');
}

/**
 * Where a user part with a password ends, whose first `@` is known. One in a password should be escaped: its rest is no
 * host.
 */
static size_t end_of_password(sf_slice text, size_t at)
{
    sf_slice rest = sf_slice_head(text, at + 1 + sf_slice_find(sf_slice_skip(text, at + 1), ';'));
    rest = sf_slice_head(rest, at + 1 + sf_slice_find(sf_slice_skip(rest, at + 1), '?'));
    return sf_slice_find_last(rest, '@');
}

/** Reads `user:password@`, if it is there; gives what follows. A user part may itself hold `;` and `?`. */
static sf_slice read_user(sf_slice text, sf_uri *uri)
{
    size_t at = sf_slice_find(text, '@');

    if (at == text.length) {
        return text;
    }
    size_t colon = sf_slice_find(sf_slice_head(text, at), ':');
    uri->user = sf_slice_head(text, colon);
    if (colon < at) {
        at = end_of_password(text, at);
        uri->password = sf_slice_between(text.text + colon + 1, text.text + at);
    }
    return sf_slice_skip(text, at + 1);
}

sf_status sf_uri_read(sf_slice text, sf_slice element, sf_problems *problems, sf_uri *uri)
{
    *uri = (sf_uri){ .text = sf_slice_trim(text) };
    if (uri->text.length == 0) {
        return SF_ABSENT;
    }
    sf_slice rest = without_meeting(uri->text);
    size_t colon = end_of_scheme(rest);
    if (colon == rest.length || !is_scheme(sf_slice_head(rest, colon))) {
        sf_problems_malformed(problems, element, uri->text, "The URI", "does not begin with a scheme such as sip");
        return SF_MALFORMED;
    }
    uri->scheme = sf_slice_head(rest, colon);
    rest = sf_slice_skip(rest, colon + 1);
    bool is_sip = sf_uri_is_sip(uri);

    if (!is_sip && !sf_slice_equals_nocase(uri->scheme, SF_LITERAL("tel"))) {
        return SF_OK;
    }
    if (is_sip) {
        rest = read_user(rest, uri);
        rest.length = sf_slice_find(rest, '?');
    }
    size_t semicolon = sf_slice_find(rest, ';');
    sf_slice hier_part = sf_slice_head(rest, semicolon);
    if (semicolon < rest.length) {
        uri->parameters = sf_slice_skip(rest, semicolon + 1);
    }
    if (!is_sip) {
        uri->user = sf_slice_trim(hier_part);
        return SF_OK;
    }
    sf_status status = sf_host_port_read(hier_part, element, problems, &uri->host, &uri->port);
    if (uri->host.length == 0) {
        sf_problems_malformed(problems, element, uri->text, "The URI", "has no host");
        return SF_MALFORMED;
    }
    return status;
}

/**
 * Index of the `<` that opens the address, outside the quotes of a display name.
 * @param is_open_quote  set if a quote stays open: the index is that of the first `<` then
 */
static size_t find_address(sf_slice text, bool *is_open_quote)
{
    size_t angle = sf_angle_find(text);
    size_t any_angle = angle < text.length ? angle : sf_slice_find(text, '<');

    *is_open_quote = any_angle < angle;
    return any_angle;
}

static sf_slice without_quotes(sf_slice s)
{
    if (s.length >= 2 && s.text[0] == '"' && s.text[s.length - 1] == '"') {
        return sf_slice_head(sf_slice_skip(s, 1), s.length - 2);
    }
    return s;
}

static sf_slice after_semicolon(sf_slice s)
{
    s = sf_slice_trim(s);
    return s.length > 0 && s.text[0] == ';' ? sf_slice_skip(s, 1) : s;
}

sf_status sf_address_read(sf_slice text, sf_problems *problems, sf_address *address)
{
    bool is_closed = true;
    bool is_open_quote;
    sf_slice uri;

    address->text = text;
    address->display = address->parameters = (sf_slice){ NULL, 0 };
    size_t open = find_address(text, &is_open_quote);
    if (is_open_quote) {
        sf_problems_malformed(problems, text, sf_slice_head(text, open), "The display name", "has no closing quote");
    }
    if (open == text.length) {
        size_t semicolon = sf_slice_find(text, ';');
        uri = sf_slice_head(text, semicolon);
        address->parameters = after_semicolon(sf_slice_skip(text, semicolon));
    } else {
        sf_slice rest = sf_slice_skip(text, open + 1);
        size_t close = sf_slice_find(rest, '>');
        sf_slice display = sf_slice_trim(sf_slice_head(text, open));
        if (display.length > 0) {
            address->display = without_quotes(display);
        }
        uri = sf_slice_head(rest, close);
        is_closed = close < rest.length;
        if (!is_closed) {
            sf_problems_malformed(problems, text, rest, "The address", "has no closing angle bracket");
        } else {
            address->parameters = after_semicolon(sf_slice_skip(rest, close + 1));
        }
    }
    sf_status status = sf_uri_read(uri, text, problems, &address->uri);
    if (status == SF_ABSENT && is_closed) {
        sf_problems_malformed(problems, text, text, "The address", "is empty");
    }
    return status == SF_OK && is_closed && !is_open_quote ? SF_OK : SF_MALFORMED;
}

bool sf_parameter_find(sf_slice parameters, sf_slice name, sf_param *param)
{
    sf_cursor cursor = sf_cursor_over(parameters);

    while (sf_param_next(&cursor, ';', parameters, NULL, param)) {
        if (sf_slice_equals_nocase(param->name, name)) {
            return true;
        }
    }
    return false;
}
