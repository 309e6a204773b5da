/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Standard headers that say more of a call than who and where to: whom the
 * network asserts, privacy, emergency, why it ended, what the sender can do.
 */
#include "message_reader.h"

void sf_message_read_asserted(sf_message_reader *r, const sf_header *header)
{
    sf_asserted *asserted = &r->message->caller_asserted;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_address address;
    sf_slice element;

    sf_message_read_identity_header(r, header); /* marks, GRUUs and faults, as of any header that names somebody */
    while (asserted->identity_count < SF_MAX_ASSERTED_IDENTITIES && sf_list_next(&cursor, NULL, &element)) {
        if (sf_address_read(element, NULL, &address) == SF_OK) {
            sf_identity_read(&address.uri, r->knowledge, header->canonical, element, NULL,
                             &asserted->identities[asserted->identity_count++]);
        }
    }
}

void sf_message_read_privacy(sf_message_reader *r, const sf_header *header)
{
    sf_asserted_add_privacy(&r->message->caller_asserted, header->value);
}

void sf_message_read_priority(sf_message_reader *r, const sf_header *header)
{
    sf_emergency_take_priority(&r->message->emergency, header->value);
}

void sf_message_read_geolocation(sf_message_reader *r, const sf_header *header)
{
    sf_emergency_take_location(&r->message->emergency, header->value);
}

void sf_message_read_session_id(sf_message_reader *r, const sf_header *header)
{
    r->message->session_id = sf_session_id_read(header->value);
}

/** The methods that the sender takes (RFC 3261 20.5). */
void sf_message_read_allow(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_slice method;

    if (!sf_slice_present(message->allow)) {
        message->allow = header->value;
    }
    while (sf_list_next(&cursor, NULL, &method)) {
        message->allows_refer |= sf_slice_equals_nocase(method, SF_LITERAL("REFER"));
        message->allows_notify |= sf_slice_equals_nocase(method, SF_LITERAL("NOTIFY"));
    }
}

void sf_message_read_reasons(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_slice element;

    while (message->reason_count < SF_MAX_REASONS && sf_list_next(&cursor, &message->problems, &element)) {
        sf_reason_read(element, &message->problems, &message->reasons[message->reason_count++]);
    }
}

void sf_message_find_emergency(sf_message *message)
{
    sf_emergency_take_uri(&message->emergency, &message->request_uri, SF_LITERAL("Request-URI"));
    if (message->to.is_present) {
        sf_emergency_take_uri(&message->emergency, &message->to.address.uri, SF_LITERAL("To"));
    }
}

sf_side sf_message_side_of_reason(const sf_message *message, const sf_reason *reason)
{
    const sf_party *sender = message->is_request ? &message->from : &message->to;
    const sf_party *receiver = message->is_request ? &message->to : &message->from;
    sf_side side = sf_reason_side(reason);
    bool is_between = sender->is_present && receiver->is_present && sender->identity.network != SF_NETWORK_TEAMS &&
                      receiver->identity.network == SF_NETWORK_TEAMS;
    bool is_end = message->is_request || message->status_code >= 300;

    return side == SF_SIDE_UNKNOWN && is_between && is_end ? SF_SIDE_SBC : side;
}
