/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Headers that connect one call with another.
 */
#include "reference.h"

#include "engine/text/param_table.h"

enum { MAX_CAUSE = 699 };

/** A letter that separates parts, and the digits of its escape (`%3B`) in a URI. */
typedef struct {
    char letter;
    const char *digits;
} separator;

static const separator semicolon = { ';', "3B" };
static const separator equals_sign = { '=', "3D" };

/** The next part of a text up to the separator, which may be escaped in a URI. */
static sf_slice next_part(sf_slice *rest, separator end, bool in_uri)
{
    sf_slice s = *rest;

    for (size_t i = 0; i < s.length; i++) {
        bool is_escaped = in_uri && s.text[i] == '%' && s.length - i >= 3 &&
                          sf_same_nocase(s.text + i + 1, end.digits, 2);
        if (s.text[i] == end.letter || is_escaped) {
            *rest = sf_slice_skip(s, i + (is_escaped ? 3 : 1));
            return sf_slice_head(s, i);
        }
    }
    *rest = sf_slice_skip(s, s.length);
    return s;
}

/** Reads `name=value`: gives the name, and leaves the value. */
static sf_slice split_name(sf_slice *field, bool in_uri)
{
    return sf_slice_trim(next_part(field, equals_sign, in_uri));
}

/** The header of that name inside a URI, after its `?` (RFC 3261 19.1.1); absent if there is none. */
static sf_slice uri_header(const sf_uri *uri, sf_slice name)
{
    sf_slice last = sf_slice_present(uri->host) ? uri->host : uri->user;

    if (!sf_slice_present(last)) {
        return (sf_slice){ NULL, 0 };
    }
    sf_slice rest = sf_slice_between(sf_slice_end(last), sf_slice_end(uri->text));
    rest = sf_slice_skip(rest, sf_slice_find(rest, '?'));
    while (rest.length > 0) {
        rest = sf_slice_skip(rest, 1); /* `?` or `&` */
        sf_slice header = sf_slice_head(rest, sf_slice_find(rest, '&'));
        rest = sf_slice_skip(rest, header.length);
        if (sf_slice_equals_nocase(split_name(&header, true), name)) {
            return header;
        }
    }
    return (sf_slice){ NULL, 0 };
}

static void read_replaced(sf_slice text, bool is_escaped, sf_replaced *replaced)
{
    sf_slice rest = text;

    replaced->is_escaped = is_escaped;
    replaced->call_id = sf_slice_trim(next_part(&rest, semicolon, is_escaped));
    while (rest.length > 0) {
        sf_slice value = next_part(&rest, semicolon, is_escaped);
        sf_slice name = split_name(&value, is_escaped);
        if (sf_slice_equals_nocase(name, SF_LITERAL("to-tag"))) {
            replaced->to_tag = sf_slice_trim(value);
        } else if (sf_slice_equals_nocase(name, SF_LITERAL("from-tag"))) {
            replaced->from_tag = sf_slice_trim(value);
        }
    }
    if (replaced->call_id.length == 0) {
        *replaced = (sf_replaced){ .is_escaped = false };
    }
}

/** The address of an element; what could not be read of it is noted. Gives its parameters. */
static sf_slice read_address(sf_slice text, sf_reference_kind kind, sf_problems *problems, sf_reference *reference)
{
    sf_address address;

    *reference = (sf_reference){ .kind = kind, .text = text };
    sf_address_read(text, problems, &address);
    reference->uri = address.uri;
    return address.parameters;
}

void sf_refer_to_read(sf_slice text, sf_problems *problems, sf_reference *reference)
{
    read_address(text, SF_REFERENCE_TARGET, problems, reference);
    sf_slice replaces = uri_header(&reference->uri, SF_LITERAL("Replaces"));
    if (sf_slice_present(replaces)) {
        read_replaced(replaces, true, &reference->replaced);
    }
}

void sf_referred_by_read(sf_slice text, sf_problems *problems, sf_reference *reference)
{
    read_address(text, SF_REFERENCE_REFERRER, problems, reference);
}

void sf_replaces_read(sf_slice text, sf_problems *problems, sf_reference *reference)
{
    *reference = (sf_reference){ .kind = SF_REFERENCE_REPLACED, .text = text };
    read_replaced(text, false, &reference->replaced);
    if (!sf_slice_present(reference->replaced.call_id)) {
        sf_problems_malformed(problems, text, text, "The header", "has no Call-ID");
    }
}

static void read_cause(sf_slice text, sf_number *cause)
{
    uint64_t value;

    if (!sf_slice_present(cause->text) && sf_slice_decimal(text, MAX_CAUSE, &value) == SF_OK) {
        *cause = (sf_number){ text, value };
    }
}

/** `SIP;cause=302;text="Moved"` (RFC 3326), escaped: only SIP's causes are response codes. */
static void read_reason(sf_slice text, sf_reference *reference)
{
    sf_slice rest = text;

    reference->reason = text;
    if (!sf_slice_equals_nocase(sf_slice_trim(next_part(&rest, semicolon, true)), SF_LITERAL("SIP"))) {
        return;
    }
    while (rest.length > 0) {
        sf_slice value = next_part(&rest, semicolon, true);
        if (sf_slice_equals_nocase(split_name(&value, true), SF_LITERAL("cause"))) {
            read_cause(sf_slice_trim(value), &reference->cause);
        }
    }
}

void sf_history_entry_read(sf_slice text, sf_problems *problems, sf_reference *reference)
{
    sf_param param;
    sf_slice parameters = read_address(text, SF_REFERENCE_FORWARDING, problems, reference);
    sf_slice reason = uri_header(&reference->uri, SF_LITERAL("Reason"));

    if (sf_slice_present(reason)) {
        read_reason(reason, reference);
    }
    if (sf_parameter_find(reference->uri.parameters, SF_LITERAL("cause"), &param)) {
        read_cause(param.value, &reference->cause);
    }
    reference->privacy = uri_header(&reference->uri, SF_LITERAL("Privacy"));
    if (sf_parameter_find(parameters, SF_LITERAL("index"), &param)) {
        reference->index = param.value;
    }
}

void sf_diversion_entry_read(sf_slice text, sf_problems *problems, sf_reference *reference)
{
    sf_param param;
    sf_slice parameters = read_address(text, SF_REFERENCE_FORWARDING, problems, reference);

    if (sf_parameter_find(parameters, SF_LITERAL("reason"), &param)) {
        reference->reason = param.value;
    }
    if (sf_parameter_find(parameters, SF_LITERAL("privacy"), &param)) {
        reference->privacy = param.value;
    }
}

bool sf_redirect_is_to_worker(const sf_reference *reference)
{
    uint64_t port = reference->uri.port.value;

    return reference->kind == SF_REFERENCE_REDIRECT && sf_number_is_present(reference->uri.port) && port >= 5065 &&
           port <= 5068;
}
