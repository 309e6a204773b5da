/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who has put the call on hold.
 *
 * A side holds the call if it does not want to hear the other: it sends only,
 * or nothing. Lync says "inactive" for all streams ([MS-SDPEXT] 3.1.5.23.1);
 * others say "sendonly" and play music, or give an address of zeros as before
 * RFC 3264. What an INVITE outside a dialog says is no hold: a server may only
 * announce something, and the address may not be known yet.
 */
#include "hold.h"

#include "agreement.h"
#include "engine/sdp/security.h"

#include <glib.h>

/**
 * The stream that tells of hold: people hear first that they are held. None if what would tell may have been cut off, be
 * it the direction or the audio beside a video.
 */
static const sf_stream *main_stream(const sf_media *media)
{
    static const sf_slice types[] = { SF_LITERAL_INIT("audio"), SF_LITERAL_INIT("video") };
    const sf_sdp *body = sf_agreement_body(media);

    for (size_t type = 0; body && type < (media->lacks_end ? 1 : G_N_ELEMENTS(types)); type++) {
        for (unsigned i = 0; i < body->streams.count; i++) {
            const sf_stream *stream = &media->streams[body->streams.first + i];
            if (stream->security != SF_SECURITY_REFUSED && sf_slice_equals_nocase(stream->type, types[type])) {
                return sf_stream_has_direction(stream) ? stream : NULL;
            }
        }
    }
    return NULL;
}

/** An address of zeros means that nothing is to be sent there; but ICE writes it too, with port 9 (RFC 8840 4.1.1). */
static sf_direction direction_of(const sf_stream *stream)
{
    enum { PORT_OF_NO_CANDIDATE = 9 };
    bool is_deaf = sf_transport_address_is_null(&stream->connection) && stream->port.value != PORT_OF_NO_CANDIDATE;

    if (!is_deaf) {
        return stream->direction;
    }
    return stream->direction == SF_DIRECTION_BOTH ? SF_DIRECTION_SEND_ONLY : SF_DIRECTION_INACTIVE;
}

static bool is_holding(sf_direction direction)
{
    return direction == SF_DIRECTION_SEND_ONLY || direction == SF_DIRECTION_INACTIVE;
}

static sf_hold hold_of_offer(sf_direction direction, bool was_held_by_sender, bool was_held_by_other)
{
    switch (direction) {
    case SF_DIRECTION_SEND_ONLY:
        return SF_HOLD_BY_SENDER;
    case SF_DIRECTION_INACTIVE:
        return was_held_by_other && !was_held_by_sender ? SF_HOLD_BY_SOMEBODY : SF_HOLD_BY_SENDER;
    case SF_DIRECTION_RECEIVE_ONLY:
        return was_held_by_other ? SF_HOLD_BY_OTHER : SF_HOLD_NONE;
    default:
        return was_held_by_sender ? SF_HOLD_RESUMED : SF_HOLD_NONE;
    }
}

void sf_hold_offer(const sf_dialog *dialog, bool is_by_caller, const sf_media *offer, sf_transaction *transaction)
{
    const sf_stream *stream = dialog ? main_stream(offer) : NULL;

    transaction->hold = SF_HOLD_NONE;
    transaction->tells_of_hold = stream != NULL;
    if (stream) {
        transaction->wish = (uint8_t)direction_of(stream);
        transaction->is_offer_of_caller = is_by_caller;
        transaction->was_held_by_caller = dialog->is_held_by_caller;
        transaction->was_held_by_callee = dialog->is_held_by_callee;
        transaction->hold = (uint8_t)hold_of_offer((sf_direction)transaction->wish,
                                                   is_by_caller ? dialog->is_held_by_caller : dialog->is_held_by_callee,
                                                   is_by_caller ? dialog->is_held_by_callee
                                                                : dialog->is_held_by_caller);
    }
}

/** `held` before: by who answers, as known when the offer came. */
static sf_hold hold_of_answer(const sf_transaction *answered, sf_direction answer, bool was_held_by_sender)
{
    sf_direction offer = (sf_direction)answered->wish;

    if (answered->hold == SF_HOLD_BY_SOMEBODY) {
        return answer == SF_DIRECTION_INACTIVE ? SF_HOLD_BY_SOMEBODY : SF_HOLD_BY_OTHER;
    }
    if (is_holding(offer)) {
        return SF_HOLD_BY_OTHER;
    }
    if (answer == SF_DIRECTION_INACTIVE) {
        return SF_HOLD_BY_SENDER;
    }
    if (answer == SF_DIRECTION_SEND_ONLY) {
        return offer == SF_DIRECTION_BOTH || was_held_by_sender ? SF_HOLD_BY_SENDER : SF_HOLD_NONE;
    }
    bool is_resumed = answered->hold == SF_HOLD_RESUMED || (was_held_by_sender && offer == SF_DIRECTION_BOTH);
    return answer == SF_DIRECTION_BOTH && is_resumed ? SF_HOLD_RESUMED : SF_HOLD_NONE;
}

sf_hold sf_hold_answer(sf_dialog *dialog, const sf_transaction *answered, const sf_media *answer)
{
    const sf_stream *stream = answered->tells_of_hold ? main_stream(answer) : NULL;
    bool is_by_caller = !answered->is_offer_of_caller;

    if (!stream) {
        return SF_HOLD_NONE;
    }
    bool was_held = is_by_caller ? answered->was_held_by_caller : answered->was_held_by_callee;
    sf_hold hold = hold_of_answer(answered, direction_of(stream), was_held);
    bool is_held_by_sender = hold == SF_HOLD_BY_SENDER || (hold == SF_HOLD_BY_SOMEBODY && was_held);
    bool is_held_by_other = answered->hold == SF_HOLD_BY_SENDER;

    if (dialog) {
        dialog->is_held_by_caller = is_by_caller ? is_held_by_sender : is_held_by_other;
        dialog->is_held_by_callee = is_by_caller ? is_held_by_other : is_held_by_sender;
    }
    return hold;
}

const char *sf_hold_purpose(sf_hold hold)
{
    static const char *const purposes[] = {
        [SF_HOLD_BY_SENDER] = "hold",
        [SF_HOLD_BY_OTHER] = "hold",
        [SF_HOLD_BY_SOMEBODY] = "hold",
        [SF_HOLD_RESUMED] = "resume",
    };

    return (size_t)hold < G_N_ELEMENTS(purposes) ? purposes[hold] : NULL;
}
