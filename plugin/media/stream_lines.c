/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One walk over the lines of a stream, for the few attributes of interest.
 */
#include "stream_lines.h"

#include <string.h>

#include "engine/text/token.h"

enum { MAX_SECTION = 16384 }; /* bytes of a stream's part of one body; nobody writes that much */

sf_media_end sf_media_end_of(const sf_transport_address *address, sf_number port)
{
    sf_media_end end = { .family = SF_ADDRESS_NONE };
    bool is_ip = address->family == SF_ADDRESS_IPV4 || address->family == SF_ADDRESS_IPV6;

    if (is_ip && sf_number_is_present(port) && port.value > 0 && port.value <= UINT16_MAX &&
        !sf_transport_address_is_null(address)) {
        memcpy(end.address, address->bytes, address->family == SF_ADDRESS_IPV4 ? 4 : 16);
        end.family = (uint16_t)address->family;
        end.port = (uint16_t)port.value;
    }
    return end;
}

static void add_end(sf_media_end *ends, uint8_t *count, unsigned room, const sf_media_end *end)
{
    for (unsigned i = 0; i < *count; i++) {
        if (memcmp(&ends[i], end, sizeof *end) == 0) {
            return;
        }
    }
    if (end->family != SF_ADDRESS_NONE && *count < room) {
        ends[(*count)++] = *end;
    }
}

static void add_tcp_port(sf_stream_lines *lines, const sf_number *port)
{
    bool is_known = !sf_number_is_present(*port) || port->value > UINT16_MAX;

    for (unsigned i = 0; i < lines->tcp_count; i++) {
        is_known |= lines->tcp_ports[i] == port->value;
    }
    if (!is_known && lines->tcp_count < SF_MAX_TCP_PORTS) {
        lines->tcp_ports[lines->tcp_count++] = (uint16_t)port->value;
    }
}

/** Draft 06 does not say it, but mostly the priority does. */
static bool is_relay(const sf_candidate *candidate)
{
    const char *likely = candidate->likely_type;

    return sf_slice_present(candidate->type_text) ? sf_slice_equals_nocase(candidate->type_text, SF_LITERAL("relay"))
                                                  : likely && strcmp(likely, "relay") == 0;
}

/** False if nobody knows. */
static bool is_direct(const sf_candidate *candidate)
{
    return !is_relay(candidate) && (sf_slice_present(candidate->type_text) || candidate->likely_type);
}

static void add_relay(sf_stream_lines *lines, const sf_candidate *candidate)
{
    sf_media_end end = sf_media_end_of(&candidate->address, candidate->address.port);

    end.port = 0;
    add_end(lines->relays, &lines->relay_count, SF_MAX_RELAYS, &end);
}

/** Candidates of RTCP are not for us; those over TCP have a framing of their own, which nobody here reads. */
static void take_candidate(sf_stream_lines *lines, sf_slice value, sf_codec_names *names)
{
    sf_candidate candidate = { .component = { .value = 0 } };

    (void)names;
    sf_candidate_read(value, value, NULL, &candidate);
    lines->has_candidates = true;
    if (!sf_number_is_present(candidate.component) || candidate.component.value != 1) {
        return;
    }
    if (is_relay(&candidate)) {
        add_relay(lines, &candidate);
    }
    if (sf_slice_equals_nocase(candidate.transport, SF_LITERAL("UDP"))) {
        sf_media_end end = sf_media_end_of(&candidate.address, candidate.address.port);
        uint8_t count = lines->end_count;
        add_end(lines->ends, &lines->end_count, SF_MAX_STREAM_ENDS, &end);
        lines->direct_ends |= (uint16_t)((lines->end_count > count && is_direct(&candidate)) << count);
    } else {
        add_tcp_port(lines, &candidate.address.port);
    }
}

static void take_chosen(sf_stream_lines *lines, sf_slice value, sf_codec_names *names)
{
    sf_remote_candidate chosen[SF_MAX_CHOSEN_ENDS];
    unsigned count = sf_remote_candidates_read(value, value, NULL, chosen, SF_MAX_CHOSEN_ENDS);

    (void)names;
    for (unsigned i = 0; i < count; i++) {
        if (sf_number_is_present(chosen[i].component) && chosen[i].component.value == 1) {
            sf_media_end end = sf_media_end_of(&chosen[i].address, chosen[i].address.port);
            add_end(lines->chosen, &lines->chosen_count, SF_MAX_CHOSEN_ENDS, &end);
        }
    }
}

static void take_codec(sf_stream_lines *lines, sf_slice value, sf_codec_names *names)
{
    sf_payloads_name(&lines->payloads, value, names);
}

static const struct {
    sf_slice start;
    void (*take)(sf_stream_lines *lines, sf_slice value, sf_codec_names *names);
} attributes[] = {
    { SF_LITERAL_INIT("a=candidate:"), take_candidate },
    { SF_LITERAL_INIT("a=x-candidate-ipv6:"), take_candidate },
    { SF_LITERAL_INIT("a=remote-candidates:"), take_chosen },
    { SF_LITERAL_INIT("a=rtpmap:"), take_codec },
};

/** `m=audio 50018 RTP/AVP 9 0 8` */
static void take_formats(sf_stream_lines *lines, sf_slice line)
{
    enum { WORDS_IN_FRONT = 3 };
    sf_cursor words = sf_cursor_over(line);
    sf_slice word;

    for (unsigned i = 0; i < WORDS_IN_FRONT; i++) {
        if (!sf_word_next(&words, &word)) {
            return;
        }
    }
    sf_payloads_add_formats(&lines->payloads, sf_cursor_rest(&words));
}

static void take_attribute(sf_stream_lines *lines, sf_slice line, sf_codec_names *names)
{
    enum { SECOND_LETTER = 3 }; /* of the name: it tells most lines apart from all of the table */

    char letter = line.length > SECOND_LETTER ? sf_lower(line.text[SECOND_LETTER]) : '\0';

    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        if (letter == attributes[i].start.text[SECOND_LETTER] && sf_slice_starts_nocase(line, attributes[i].start)) {
            attributes[i].take(lines, sf_slice_trim(sf_slice_skip(line, attributes[i].start.length)), names);
            return;
        }
    }
}

/** The stream's part of its body: from its m= line to that of the next stream. */
static sf_slice section_of(const sf_media *media, const sf_sdp *body, unsigned index)
{
    const sf_stream *stream = &media->streams[body->streams.first + index];
    bool is_last = index + 1 == body->streams.count;

    return sf_slice_between(stream->line.text, is_last ? sf_slice_end(body->text) : stream[1].line.text);
}

char *sf_stream_lines_copy(const sf_media *media, unsigned index)
{
    sf_slice sections[SF_MAX_SDPS];
    size_t length = 0;
    unsigned count = 0;

    for (unsigned b = 0; b < media->sdp_count; b++) {
        const sf_sdp *body = &media->sdps[b];
        if (index < body->streams.count) {
            sections[count] = sf_slice_head(section_of(media, body, index), MAX_SECTION);
            length += sections[count++].length + 1;
        }
    }
    char *copy = g_malloc(length + 1), *at = copy;
    for (unsigned i = 0; i < count; i++) {
        memcpy(at, sections[i].text, sections[i].length);
        at += sections[i].length;
        *at++ = '\n';
    }
    *at = '\0';
    return copy;
}

void sf_stream_lines_read(const char *copy, sf_codec_names *names, sf_stream_lines *lines)
{
    sf_cursor cursor = sf_cursor_over((sf_slice){ copy, strlen(copy) });
    sf_slice line;

    *lines = (sf_stream_lines){ .payloads = { .is_whole = true } };
    while (sf_line_next(&cursor, &line)) {
        if (line.length < 2 || line.text[1] != '=') {
            continue;
        }
        if (sf_lower(line.text[0]) == 'a') {
            take_attribute(lines, line, names);
        } else if (sf_lower(line.text[0]) == 'm') {
            take_formats(lines, line);
        }
    }
}
