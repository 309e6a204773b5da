/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bodies: SDP in each of its media types, and texts that may have skype: URIs.
 * What other bodies say (engine/body) is read only when somebody looks.
 */
#include "message_reader.h"

#include "engine/body/document_kind.h"
#include "engine/sdp/security.h"
#include "engine/text/key_mark.h"
#include "engine/text/words.h"

/* Media bypass has a type of its own, and Teams has. */
static const sf_slice sdp_types[] = { SF_LITERAL_INIT("application/sdp"), SF_LITERAL_INIT("application/gw-sdp"),
                                      SF_LITERAL_INIT("application/sdp-ngc-1.0") };

static const sf_slice text_types[] = {
    SF_LITERAL_INIT("text/plain"),
    SF_LITERAL_INIT("text/html"),
};

/** What a NOTIFY reports of a transfer (RFC 3515 2.4.5). */
static bool is_transfer_report(const sf_message *message, const sf_body *body)
{
    return message->is_request && sf_slice_equals(message->method, SF_LITERAL("NOTIFY")) &&
           sf_slice_equals_nocase(body->content_type, SF_LITERAL("message/sipfrag"));
}

/** The role that a body has if nothing but this message is known. */
static sf_sdp_role role_of(const sf_message *message)
{
    static const struct {
        sf_slice method;
        sf_sdp_role in_request, in_response;
    } roles[] = {
        { SF_LITERAL_INIT("INVITE"), SF_ROLE_OFFER, SF_ROLE_ANSWER },
        { SF_LITERAL_INIT("UPDATE"), SF_ROLE_OFFER, SF_ROLE_ANSWER },
        { SF_LITERAL_INIT("ACK"), SF_ROLE_ANSWER, SF_ROLE_UNKNOWN },
    };

    int row = SF_WORDS_FIND(roles, message->method);

    if (row == SF_WORDS_NONE) {
        return SF_ROLE_UNKNOWN;
    }
    return message->is_request ? roles[row].in_request : roles[row].in_response;
}

static void read_sdp(sf_message_reader *r, const sf_body *body)
{
    sf_message *message = r->message;
    bool is_encoded = sf_slice_present(body->encoding);

    message->problems.context = SF_LITERAL("SDP");
    sf_sdp *sdp = sf_sdp_read(sf_slice_head(body->text, is_encoded ? 0 : body->text.length), r->extent,
                              message->is_microsoft, &message->problems, &message->media);
    if (!sdp) {
        return;
    }
    if (is_encoded) {
        sdp->text = body->text;
        sf_problems_malformed(&message->problems, body->text, body->encoding, "The SDP body", SF_BODY_IS_ENCODED);
    }
    sdp->content_type = body->content_type;
    sdp->is_fallback = body->is_fallback;
    sdp->role = role_of(message);
    sf_note_mark(r, sdp->has_microsoft);
}

/** True for a media type that nobody else uses. */
static bool is_of_microsoft(sf_slice media_type)
{
    const sf_document_type *type = sf_document_type_of(media_type);

    return type && type->is_microsoft;
}

/* A line with a key, or a fingerprint, has no fewer bytes. Fewer are missing where somebody has shortened an address. */
#define MIN_KEY_LINE 48

/* Says what the SDP may lack if the end of the body is missing, and takes back what the last stream lacks. */
static void allow_for_cut(sf_message_reader *r, sf_slice text)
{
    sf_media *media = &r->message->media;
    const sf_content_length *length = &r->content_length;
    sf_slice read = sf_message_whole_lines(r->message, text);
    bool is_cut = r->message->cut != SF_CUT_NOTHING;
    bool is_key_missing = length->is_number ? length->bytes >= read.length + MIN_KEY_LINE : is_cut;

    media->lacks_end = is_cut || is_key_missing;
    media->lacks_bodies = media->lacks_end && r->message->bodies.count > 0 &&
                          r->message->bodies.items[0].text.text != text.text;
    if (media->lacks_end && media->stream_count > 0 &&
        sf_slice_end(media->sdps[media->sdp_count - 1].text) == sf_slice_end(read)) {
        sf_stream *last = &media->streams[media->stream_count - 1];
        last->lacks_lines = true;
        if (is_key_missing) {
            sf_stream_is_cut(last);
        }
    }
}

/** What follows a key on its line may be a part of it. */
static void find_skype_uris(sf_message_reader *r, sf_slice text)
{
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    if (!sf_has_key_mark(text)) {
        sf_message_find_skype_uris(r, text);
        return;
    }
    while (sf_line_next(&lines, &line)) {
        sf_message_find_skype_uris(r, sf_slice_head(line, sf_key_mark_at(line)));
    }
}

void sf_message_read_bodies(sf_message_reader *r, sf_slice text)
{
    sf_message *message = r->message;
    sf_bodies *bodies = &message->bodies;

    if (text.length == 0) {
        return;
    }
    message->problems.context = SF_LITERAL("Body");
    sf_bodies_read(text, &r->body_headers, &message->problems, bodies);
    for (unsigned i = 0; i < bodies->count; i++) {
        sf_body *body = &bodies->items[i];
        sf_message_leave_half_line_out(message, body);
        sf_note_mark(r, body->is_fallback);
        sf_note_mark(r, !message->is_microsoft && is_of_microsoft(body->content_type));
        if (SF_WORDS_FIND(sdp_types, body->content_type) != SF_WORDS_NONE) {
            read_sdp(r, body);
        } else if (is_transfer_report(message, body)) {
            sf_message_read_fragment(r, body->text);
        } else if (sf_message_wants(r, SF_FOR_MARK) && SF_WORDS_FIND(text_types, body->content_type) != SF_WORDS_NONE) {
            find_skype_uris(r, body->text);
        }
    }
    allow_for_cut(r, text);
    if (message->media.sdp_count > 1) { /* the bodies are alternatives: a clear one may be taken */
        sf_streams_find_second_choices(message->media.streams, message->media.stream_count);
    }
}
