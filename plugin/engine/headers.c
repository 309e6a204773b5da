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
        sf_problems_malformed(&r->message->problems, header->text, header->text, "The header",
                              "came before; the first one counts");
        return;
    }
    sf_trust_read(header->value, &r->message->problems, trust);
}

void sf_message_read_trust(sf_message_reader *r, const sf_header *header)
{
    read_trust(r, header, &r->message->trust);
}

void sf_message_read_verification(sf_message_reader *r, const sf_header *header)
{
    read_trust(r, header, &r->message->asserted);
}

void sf_message_read_authentication(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_slice rest = header->value;

    do {
        if (message->authentication_count == SF_MAX_AUTHENTICATIONS) {
            sf_problems_limit(&message->problems, SF_LIMIT_AUTHENTICATIONS, header->text);
            return;
        }
        sf_authentication *authentication = &message->authentications[message->authentication_count++];
        sf_authentication_read(rest, header->canonical, &message->problems, authentication, &rest);
        sf_note_mark(r, authentication->microsoft);
    } while (rest.length > 0);
}

void sf_message_read_microsoft(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;

    sf_note_mark(r, true);
    if (message->ms_header_count == SF_MAX_MICROSOFT_HEADERS) {
        sf_problems_limit(&message->problems, SF_LIMIT_MICROSOFT_HEADERS, header->text);
        return;
    }
    sf_ms_header *result = &message->ms_headers[message->ms_header_count];
    if (sf_ms_header_read(header, &message->problems, result) != SF_ABSENT) {
        message->ms_header_count++;
    }
}

void sf_message_find_skype_uris(sf_message_reader *r, sf_slice text)
{
    sf_message *message = r->message;

    sf_skype_uris_find(text, &message->problems, &message->skype_uris);
    sf_note_mark(r, message->skype_uris.count > 0);
}
