/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message being read: what message.c, parties.c, path.c, headers.c,
 * bodies.c and cross_check.c share. Private to them.
 */
#ifndef SF_ENGINE_MESSAGE_READER_H
#define SF_ENGINE_MESSAGE_READER_H

#include "message.h"

#include "engine/sip/colon_scan.h"
#include "engine/sip/framing.h"
#include "engine/sip/mark_scan.h"
#include "engine/text/plain_text.h"

typedef struct {
    sf_message *message;
    const sf_knowledge *knowledge;
    sf_extent extent;
    sf_mark_scan marks;   /**< of the header block */
    sf_colon_scan colons; /**< of the header block */
    sf_ahead parentheses; /**< of the header block: those that close */
    sf_ascii_ahead ascii; /**< of the header block */
    bool may_have_mark;   /**< what is being read may: of most headers a look at their letters shows that they do not */
    unsigned header_count;
    sf_slice put_off;        /**< the first header of the path that was put off; absent if there is none */
    unsigned put_off_number; /**< of the headers, from 1 */
    bool is_second_look;     /**< what was put off is being read */
    sf_body_headers body_headers;
    sf_content_length content_length;
    bool has_contact_endpoint;
    sf_guid contact_endpoint;
    sf_slice contact_gateway;        /**< the word isGateway of the Contact; absent if it has none */
    sf_slice product_header;         /**< canonical name of the header that names the product */
    sf_header skipped_contact;       /**< the first Contact that was not read; its text is absent if there is none */
    unsigned skipped_contact_number; /**< of the headers, from 1 */
    const char *headers_end;
    bool has_no_blank_line; /**< after the headers */
    bool has_request_endpoint;
    sf_guid request_endpoint;
} sf_message_reader;

/** Reads one header of the message. */
typedef void sf_header_reader(sf_message_reader *r, const sf_header *header);

/** True if what serves that purpose is to be read of the message: of the header at hand, while one is read. */
static inline bool sf_message_wants(const sf_message_reader *r, sf_purpose purpose)
{
    return sf_extent_wants(r->extent, purpose, r->message->is_microsoft || !r->may_have_mark);
}

/** Notes that the message has a mark of Microsoft's, if it has. */
static inline void sf_note_mark(sf_message_reader *r, bool is_mark)
{
    r->message->is_microsoft = r->message->is_microsoft || is_mark;
}

/** Notes a header that lists something, and has nothing in its list. */
static inline void sf_note_empty(const sf_header *header, sf_problems *problems)
{
    if (header->value.length == 0) {
        sf_problems_malformed(problems, header->text, header->value, "The header", "is empty");
    }
}

/** Notes a header that a message may have once, and had before: the first one counts. */
static inline void sf_note_repeated(const sf_header *header, sf_problems *problems)
{
    sf_problems_malformed(problems, header->text, header->text, "The header", "is repeated; the first value is used");
}

/* cut.c */

/** Where the last line of a text begins, if it has no end; else the end of the text. */
const char *sf_message_cut_line(sf_slice text);

/** Leaves of a header that was cut what is whole: its parameters, addresses and such. False if nothing is whole. */
bool sf_message_shorten_cut(sf_header *header, sf_problems *problems);

/** The same for any header: hardly any was cut. */
static inline bool sf_message_leave_cut_out(sf_header *header, sf_problems *problems)
{
    bool is_cut = problems->cut && sf_slice_end(header->text) >= problems->cut;

    return !is_cut || sf_message_shorten_cut(header, problems);
}

/** Finds out whether the body was cut, now that its length is known. @param range  what there is of the message */
void sf_message_find_cut(const sf_message_reader *r, sf_slice range, sf_slice body);

/** The lines of a body that the capture has to their ends: half a line would give wrong ports and keys. */
sf_slice sf_message_whole_lines(const sf_message *message, sf_slice text);

/** Leaves these lines of a body of lines. */
void sf_message_leave_half_line_out(const sf_message *message, sf_body *body);

/* parties.c */

/** Looks for the marks of a URI and keeps its GRUU, if it is one. Returns that, or NULL. */
const sf_gruu *sf_message_read_uri(sf_message_reader *r, const sf_uri *uri);

/** Keeps an endpoint id; `header` is the canonical name of its header. Returns it, or NULL beyond the limit. */
sf_epid *sf_message_keep_epid(sf_message_reader *r, sf_slice text, sf_slice header);

/** Keeps the decorated addresses of a header value. */
void sf_message_keep_identities(sf_message_reader *r, sf_slice text, sf_slice header);

/** Reads the Request-URI. */
void sf_message_read_request_uri(sf_message_reader *r, sf_slice text);

/** True if the value of a Contact may have the parameter with which Teams connects calls. */
bool sf_message_may_have_call(sf_slice value);

/** Looks for that parameter in the addresses of a Contact; it is read alike whatever else is read of the message. */
void sf_message_find_call(sf_message *message, sf_slice value);

sf_header_reader sf_message_read_from;
sf_header_reader sf_message_read_to;
sf_header_reader sf_message_read_contact;
sf_header_reader sf_message_read_identity_header;

/** Headers of Microsoft's own that name somebody: what is no address in them is no fault. */
sf_header_reader sf_message_read_ms_identity_header;

/* circumstances.c */

sf_header_reader sf_message_read_asserted;
sf_header_reader sf_message_read_privacy;
sf_header_reader sf_message_read_priority;
sf_header_reader sf_message_read_allow;
sf_header_reader sf_message_read_session_id;
sf_header_reader sf_message_read_geolocation;
sf_header_reader sf_message_read_reasons;

/** Looks for the address of an emergency service in the Request-URI and To. */
void sf_message_find_emergency(sf_message *message);

/* path.c */

sf_header_reader sf_message_read_via;
sf_header_reader sf_message_read_routes;

/* headers.c */

sf_header_reader sf_message_read_diagnostics;
sf_header_reader sf_message_read_trust;
sf_header_reader sf_message_read_verification;
sf_header_reader sf_message_read_authentication;

/** Reads any header of Microsoft's. @param row as sf_ms_header_identify() gave it */
void sf_message_read_microsoft(sf_message_reader *r, const sf_header *header, const sf_ms_header_row *row);

/** Keeps the skype: URIs of a text. */
void sf_message_find_skype_uris(sf_message_reader *r, sf_slice text);

/* references.c */

sf_header_reader sf_message_read_references;

/** Keeps a Contact of a 3xx to an INVITE; of any other message, nothing. @param element  all of it */
void sf_message_keep_redirect(sf_message_reader *r, const sf_header *header, sf_slice element, const sf_uri *uri);

/** Reads the response that a message/sipfrag body reports (RFC 3515 2.4.4). */
void sf_message_read_fragment(sf_message_reader *r, sf_slice text);

/* bodies.c */

/** Reads what follows the header block. */
void sf_message_read_bodies(sf_message_reader *r, sf_slice text);

/* cross_check.c */

/** Derives what only shows when the whole message is known: matching ids, endpoints, origin. */
void sf_message_cross_check(sf_message_reader *r);

/* origin_evidence.c */

/** True if the Contact, if there is one, is the sender's own. */
bool sf_message_contact_is_sender(const sf_message *message);

/** True if it is a request to Teams Direct Routing. */
bool sf_message_goes_to_teams(const sf_message *message);

/** Settles who the parties are, gathers what shows where the message came from, and judges it. */
void sf_message_find_origin(sf_message_reader *r);

#endif
