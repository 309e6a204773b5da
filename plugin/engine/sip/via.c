/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Via entries.
 */
#include "via.h"

#include "engine/text/address.h"
#include "engine/text/param_table.h"
#include "uri.h"

#include <glib.h>

enum { BRANCH, BRANCHED, RECEIVED, RPORT, RECEIVED_PORT, RECEIVED_CID, INTERNAL_INFO };

static const sf_param_row parameters[] = {
    [BRANCH] = { SF_LITERAL_INIT("branch"), SF_PARAM_OF_ANYBODY },
    [BRANCHED] = { SF_LITERAL_INIT("branched"), SF_PARAM_MICROSOFT },
    [RECEIVED] = { SF_LITERAL_INIT("received"), SF_PARAM_OF_ANYBODY },
    [RPORT] = { SF_LITERAL_INIT("rport"), SF_PARAM_REPEATS },
    [RECEIVED_PORT] = { SF_LITERAL_INIT("ms-received-port"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [RECEIVED_CID] = { SF_LITERAL_INIT("ms-received-cid"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [INTERNAL_INFO] = { SF_LITERAL_INIT("ms-internal-info"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
};

static sf_word_index parameter_index = SF_WORD_INDEX_INIT(parameters);

static bool all_hex(sf_slice s, bool upper, bool lower)
{
    for (size_t i = 0; i < s.length; i++) {
        char c = s.text[i];
        bool is_digit = c >= '0' && c <= '9';
        if (!is_digit && !(upper && c >= 'A' && c <= 'F') && !(lower && c >= 'a' && c <= 'f')) {
            return false;
        }
    }
    return true;
}

/* Fingerprints of branch values: 8 upper-case digits, a dot, and 16 or 8 more are an RTC server's;
 * 6 to 9 lower-case digits are RTCC's, but also those of Asterisk, Cisco and others: the message has to confirm it.
 * UCCAPI writes no branch, and TLS or TCP in capitals, which pidgin-sipe does not. */
static sf_stack stack_of_branch(sf_via *via)
{
    static const sf_slice cookie = SF_LITERAL_INIT("z9hG4bK");

    if (!sf_slice_present(via->branch)) {
        bool is_upper_case = sf_slice_equals(via->transport, SF_LITERAL("TLS")) ||
                             sf_slice_equals(via->transport, SF_LITERAL("TCP"));
        return is_upper_case && sf_number_is_present(via->received_port) ? SF_STACK_UCCAPI : SF_STACK_OTHER;
    }
    if (via->branch.length < cookie.length || !sf_slice_equals(sf_slice_head(via->branch, cookie.length), cookie)) {
        return SF_STACK_OTHER;
    }
    sf_slice id = sf_slice_skip(via->branch, cookie.length);
    sf_slice front = sf_slice_head(id, sf_slice_find(id, '.'));
    sf_slice back = sf_slice_skip(id, front.length + 1);

    if (front.length == 8 && all_hex(front, true, false) && (back.length == 8 || back.length == 16) &&
        all_hex(back, true, false)) {
        via->has_branch_id = sf_slice_hex32(sf_slice_head(back, 8), &via->branch_id) == SF_OK;
        return back.length == 16 ? SF_STACK_RTC_SERVER_2010 : SF_STACK_RTC_SERVER_2007;
    }
    if (id.length >= 6 && id.length <= 9 && all_hex(id, false, true)) {
        return SF_STACK_RTCC_UCMA;
    }
    return SF_STACK_OTHER;
}

/** Reads `SIP/2.0/TLS`, with blanks around its slashes; gives what follows. */
static sf_slice read_protocol(sf_slice text, sf_via *via)
{
    size_t first = sf_slice_find_near(text, '/');
    sf_slice rest = sf_slice_skip(text, first + 1);
    size_t second = sf_slice_find_near(rest, '/');
    sf_cursor words = sf_cursor_over(sf_slice_skip(rest, second + 1));

    return sf_word_next(&words, &via->transport) ? sf_slice_trim(sf_cursor_rest(&words)) : (sf_slice){ NULL, 0 };
}

/** Host and port, with or without blanks around the colon; what follows them is not part of it. */
static sf_slice sent_by_of(sf_slice text)
{
    sf_cursor words = sf_cursor_over(text);
    sf_slice word;

    sf_word_next(&words, &word);
    for (size_t i = (size_t)(sf_slice_end(word) - text.text); i < text.length; i++) {
        size_t next = i;
        while (next < text.length && sf_is_blank(text.text[next])) {
            next++;
        }
        bool is_end = next > i && next < text.length && text.text[next] != ':' && text.text[i - 1] != ':';
        if (is_end) {
            return sf_slice_head(text, i);
        }
        i = next > i ? next - 1 : i;
    }
    return text;
}

/** Reads host and port; of several faults the first is noted. Gives whether they could be read. */
static bool read_sent_by(sf_slice text, sf_problems *problems, sf_via *via)
{
    via->sent_by = sent_by_of(text);
    bool has_rest = via->sent_by.length < text.length;
    if (has_rest) {
        sf_problems_malformed(problems, via->text, sf_slice_trim(sf_slice_skip(text, via->sent_by.length)), "The Via",
                              "is followed by extra text after its host and port");
    }
    sf_status status = sf_host_port_read(via->sent_by, via->text, has_rest ? NULL : problems, &via->host, &via->port);
    return status == SF_OK && !has_rest;
}

static sf_slice without_brackets(sf_slice s)
{
    if (s.length >= 2 && s.text[0] == '[' && s.text[s.length - 1] == ']') {
        return sf_slice_head(sf_slice_skip(s, 1), s.length - 2);
    }
    return s;
}

static void read_branched(const sf_param *param, sf_problems *problems, sf_via *via)
{
    static const sf_slice words[] = { SF_LITERAL_INIT("FALSE"), SF_LITERAL_INIT("TRUE") };
    int index = SF_WORDS_FIND(words, param->value);

    if (index != SF_WORDS_NONE) {
        via->branched = (sf_number){ param->value, (uint64_t)index };
    } else {
        sf_problems_malformed(problems, via->text, param->text, "branched", "is neither TRUE nor FALSE");
    }
}

static void read_parameter(int id, const sf_param *param, sf_extent extent, sf_problems *problems, sf_via *via)
{
    switch (id) {
    case BRANCH:
        via->branch = param->value;
        break;
    case BRANCHED:
        read_branched(param, problems, via);
        break;
    case RECEIVED: /* RFC 3261 writes an IPv6 address here without brackets, some stacks with */
        via->received = without_brackets(param->value);
        break;
    case RPORT:
        via->has_rport = true;
        sf_number_read(param->value, UINT16_MAX, &via->rport); /* the sender leaves it empty */
        break;
    case RECEIVED_PORT:
        if (sf_number_read(param->value, UINT16_MAX, &via->received_port) != SF_OK) {
            sf_problems_malformed(problems, via->text, param->text, "ms-received-port",
                                  "is not a number from 0 to 65535");
        }
        break;
    case RECEIVED_CID:
        if (sf_number_read_hex32(param->value, &via->received_cid) != SF_OK) {
            sf_problems_malformed(problems, via->text, param->text, "ms-received-cid",
                                  "is not a number of 1 to 8 hexadecimal digits");
        }
        break;
    case INTERNAL_INFO:
        via->internal_info = param->value;
        if (extent == SF_READ_ALL) {
            sf_signed_token_read(param->value, via->text, "ms-internal-info", problems, &via->token);
        }
        break;
    }
}

void sf_via_read(sf_slice text, sf_extent extent, sf_problems *problems, sf_via *via)
{
    sf_param param;
    int id;

    *via = (sf_via){ .text = text };
    sf_slice head = sf_slice_head(text, sf_slice_find(text, ';'));
    sf_slice sent_by = read_protocol(head, via);

    if (sent_by.length == 0) {
        sf_problems_malformed(problems, text, head, "The Via", "is not of the form SIP/2.0/TLS host:port");
    } else {
        via->is_readable = read_sent_by(sent_by, problems, via);
    }
    sf_param_walk walk = SF_PARAM_WALK(sf_slice_skip(text, head.length), text, problems, parameters);
    walk.index = &parameter_index;
    while (sf_param_walk_next(&walk, &id, &param)) {
        read_parameter(id, &param, extent, sf_param_problems(&walk, &param), via);
    }
    via->has_microsoft = walk.has_microsoft;
    sf_stack stack = stack_of_branch(via);
    via->stack = via->is_readable && !via->has_rport ? stack : SF_STACK_OTHER;
}

/** The same name, or the same address, which IPv6 lets be written in several ways. */
static bool is_same_host(sf_slice a, sf_slice b)
{
    sf_transport_address address_a, address_b;

    return sf_slice_equals_nocase(a, b) || (sf_transport_address_read(a, &address_a) == SF_ADDRESS_IPV6 &&
                                            sf_transport_address_read(b, &address_b) == SF_ADDRESS_IPV6 &&
                                            memcmp(address_a.bytes, address_b.bytes, sizeof address_a.bytes) == 0);
}

/** The port that the message came from, absent if the entry does not say. */
static sf_number source_port(const sf_via *via)
{
    return sf_number_is_present(via->received_port) ? via->received_port : via->rport;
}

static bool is_address(sf_slice host)
{
    sf_transport_address address;

    return sf_transport_address_read(host, &address) != SF_ADDRESS_NONE;
}

bool sf_via_has_source(const sf_via *via)
{
    if (!via->is_readable) {
        return false;
    }
    if (!is_address(via->host)) {
        return sf_via_is_translated(via);
    }
    return via->received.length > 0 || sf_number_is_present(source_port(via));
}

sf_source_difference sf_via_source_difference(const sf_via *via)
{
    uint64_t default_port = sf_slice_equals_nocase(via->transport, SF_LITERAL("TLS")) ? 5061 : 5060;
    uint64_t port = via->port.value > 0 ? via->port.value : default_port;
    sf_number source = source_port(via);

    if (via->received.length > 0 && is_address(via->host) && !is_same_host(via->received, via->host)) {
        return SF_SOURCE_OTHER_ADDRESS;
    }
    return sf_number_is_present(source) && source.value != port ? SF_SOURCE_OTHER_PORT : SF_SOURCE_SAME;
}
