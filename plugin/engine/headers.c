/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Headers that only Microsoft's products write, authentication, and skype: URIs.
 */
#include "message_reader.h"

void sf_message_read_diagnostics(sf_message_reader *r, const sf_header *header)
{
    sf_diagnostics_read(header->value, header->canonical, &r->message->problems, &r->message->diagnostics);
}

static void read_trust(sf_message_reader *r, const sf_header *header, sf_trust *trust)
{
    if (sf_slice_present(trust->text)) {
        sf_note_repeated(header, &r->message->problems);
    } else {
        sf_trust_read(header->value, &r->message->problems, trust);
    }
}

void sf_message_read_trust(sf_message_reader *r, const sf_header *header)
{
    read_trust(r, header, &r->message->trust);
}

void sf_message_read_verification(sf_message_reader *r, const sf_header *header)
{
    read_trust(r, header, &r->message->asserted);
}

/** What there is no room for is read for its mark alone: the message has that, whatever else is read of it. */
static void read_authentication_beyond(sf_message_reader *r, sf_slice rest, const sf_header *header)
{
    sf_authentication authentication;

    while (rest.length > 0 && !r->message->is_microsoft) {
        sf_authentication_read(rest, header->canonical, &r->message->problems, &authentication, &rest);
        sf_note_mark(r, authentication.is_microsoft);
    }
}

void sf_message_read_authentication(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_slice rest = header->value;

    do {
        if (!sf_problems_room(&message->problems, message->authentication_count, SF_MAX_AUTHENTICATIONS,
                              SF_LIMIT_AUTHENTICATIONS, header->text)) {
            read_authentication_beyond(r, rest, header);
            return;
        }
        sf_authentication *authentication = &message->authentications[message->authentication_count++];
        sf_authentication_read(rest, header->canonical, &message->problems, authentication, &rest);
        sf_note_mark(r, authentication->is_microsoft);
    } while (rest.length > 0);
}

void sf_message_read_microsoft(sf_message_reader *r, const sf_header *header, const sf_ms_header_row *row)
{
    sf_message *message = r->message;
    bool is_read_elsewhere = row && row->kind == SF_MS_ELSEWHERE;

    sf_note_mark(r, sf_ms_header_is_mark(header, row));
    if (!is_read_elsewhere && sf_problems_room(&message->problems, message->ms_header_count, SF_MAX_MICROSOFT_HEADERS,
                                               SF_LIMIT_MICROSOFT_HEADERS, header->text)) {
        sf_ms_header_read(header, row, &message->problems, &message->ms_headers[message->ms_header_count++]);
    }
}

void sf_message_find_skype_uris(sf_message_reader *r, sf_slice text)
{
    sf_message *message = r->message;

    sf_skype_uris_find(text, &message->problems, &message->skype_uris);
    sf_note_mark(r, message->skype_uris.count > 0);
}
