/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The facts of one SIP message: everything that the engine can tell from its
 * bytes alone. Slices point into the message; the record owns nothing, and is
 * large (some hundred kilobytes): keep one and read messages into it in turn.
 */
#ifndef SF_ENGINE_MESSAGE_H
#define SF_ENGINE_MESSAGE_H

#include "engine/sdp/sdp.h"
#include "engine/sip/asserted.h"
#include "engine/sip/authentication.h"
#include "engine/sip/body.h"
#include "engine/sip/diagnostics.h"
#include "engine/sip/emergency.h"
#include "engine/sip/gruu.h"
#include "engine/sip/identity.h"
#include "engine/sip/microsoft_header.h"
#include "engine/sip/origin.h"
#include "engine/sip/product.h"
#include "engine/sip/reason.h"
#include "engine/sip/reference.h"
#include "engine/sip/route.h"
#include "engine/sip/session_id.h"
#include "engine/sip/skype_uri.h"
#include "engine/sip/teams.h"
#include "engine/sip/trust.h"
#include "engine/sip/via.h"

/** The From or the To party. */
typedef struct {
    sf_address address;
    sf_identity identity; /**< set if the address could be read */
    bool is_present;
    sf_slice epid;
    sf_slice tag;
} sf_party;

enum { SF_MAX_REASONS = 4 }; /* one for each protocol (RFC 3326 2), and few are in use */

/** An address that a registrar bound to a connection of its own ([MS-SIPRE] 4.8). */
typedef struct {
    sf_slice header; /**< canonical name */
    sf_slice host;
    sf_number cid; /**< ms-received-cid */
} sf_bound_address;

enum { SF_MAX_BOUND_ADDRESSES = 8 }; /* of a user with so many endpoints, an answer to REGISTER lists them all */

/** An endpoint id, and the endpoint GUID that the same party's GRUU or +sip.instance has. */
typedef struct {
    sf_slice text;
    sf_slice header; /**< canonical name */
    bool has_endpoint;
    sf_guid endpoint;
} sf_epid;

/** What the capture has cut off a message: of what may be there, nothing is said to be absent. */
typedef enum { SF_CUT_NOTHING, SF_CUT_BODY, SF_CUT_HEADERS /**< and any body */ } sf_cut;

typedef struct {
    sf_slice text; /**< the message: header block and body, as far as it was captured */
    sf_slice start_line;
    bool is_request;
    sf_slice method; /**< of the request, or the one that a response answers (CSeq) */
    sf_uri request_uri;
    uint16_t status_code; /**< 0 in a request */
    sf_slice call_id;
    sf_slice cseq;
    sf_session_id session_id;

    sf_party from, to;
    sf_identity callee;          /**< who is called: the address in To, but where that is the sender's own */
    sf_asserted caller_asserted; /**< P-Asserted-Identity and Privacy: of the sender */
    sf_emergency emergency;
    sf_identity identities[SF_MAX_IDENTITIES]; /**< decorated addresses of any header */
    unsigned identity_count;
    sf_epid epids[SF_MAX_EPIDS];
    unsigned epid_count;
    sf_origin origin;
    sf_slice agent; /**< value of the first User-Agent or Server, also where product is not read */
    sf_product product;
    sf_teams teams;

    sf_via vias[SF_MAX_VIAS];
    unsigned via_count;
    sf_route routes[SF_MAX_ROUTES];
    unsigned route_count;
    sf_uri contact;        /**< of the first Contact that is an address; its text is absent if there is none */
    sf_slice contact_call; /**< Teams' id of the call, x-c of a Contact up to its first slash; absent if it has none */
    bool has_contact;      /**< a Contact header, whatever it says; for SF_READ_ALL */
    sf_slice allow;        /**< the first Allow header; absent if there is none. For SF_READ_ALL */
    bool allows_refer, allows_notify;
    sf_bound_address bound[SF_MAX_BOUND_ADDRESSES];
    unsigned bound_count;
    sf_gruu gruus[SF_MAX_GRUUS];
    unsigned gruu_count;

    /** For SF_READ_ALL; otherwise those that connect calls: Refer-To, Referred-By and Replaces. */
    sf_reference references[SF_MAX_REFERENCES];
    unsigned reference_count;
    sf_number transfer_result; /**< status code that a NOTIFY reports of a transfer; absent if there is none */

    sf_reason reasons[SF_MAX_REASONS];
    unsigned reason_count;
    sf_diagnostics_table diagnostics;
    sf_trust trust;    /**< ms-edge-proxy-message-trust; text absent if there is none */
    sf_trust asserted; /**< ms-asserted-verification-level; text absent if there is none */
    sf_ms_header ms_headers[SF_MAX_MICROSOFT_HEADERS];
    unsigned ms_header_count;
    sf_authentication authentications[SF_MAX_AUTHENTICATIONS];
    unsigned authentication_count;
    sf_slice compression; /**< what a NEGOTIATE exchange settles on; absent if none ends here */
    sf_skype_uris skype_uris;

    sf_bodies bodies; /**< all, also the SDP bodies that are in media */
    sf_media media;

    sf_cut cut;              /**< by the capture */
    bool is_whole;           /**< read with SF_READ_ALL: what is absent is not there, or was cut off */
    bool is_past_teams;      /**< Teams is only named in it: see sf_captured */
    bool is_microsoft;       /**< has a Microsoft parameter, header, attribute, URI form, host or product */
    bool crosses_federation; /**< one of its parties, or its path, is across federation; for SF_READ_ALL */
    sf_problems problems;
} sf_message;

/**
 * Reads the message that a range begins with. Blank lines in front of it are passed over.
 * The message ends where its Content-Length says, or with the range. With one that cannot be read it has no body.
 * @param range      bytes that begin with a message; they must outlive the facts
 * @param knowledge  the user's own domains and providers
 * @param extent     SF_READ_FOR_CALL leaves what is not of the call incomplete, and unjudged: vias, routes, gruus,
 *                   identities, origin, product, media.candidates, codecs and attributes
 * @param message    filled from scratch
 * @return SF_ABSENT if the range does not begin with a SIP start line; SF_OK otherwise,
 *         also if parts could not be read (see problems)
 */
sf_status sf_message_read(sf_slice range, const sf_knowledge *knowledge, sf_extent extent, sf_message *message);

/** What is known of a message beside its bytes. */
typedef struct {
    bool is_cut; /**< the range ends where the capture does, and not the data; a message that ends before is whole */
    bool is_past_teams; /**< it only names Teams in From or To, and goes between others: it has no party of Teams */
} sf_captured;

/** True if an offer or answer in the message may say more than what is there: its end is missing. */
static inline bool sf_message_lacks_end(const sf_message *message)
{
    return message->cut != SF_CUT_NOTHING || message->media.lacks_end;
}

/**
 * Reads a message as it was captured. Of one whose end is missing, a header that was cut is read as far as its parts
 * are whole, a body of lines up to its last whole one: what would be half a value is no fact, and what is wrong there no
 * fault of the sender.
 */
sf_status sf_message_read_captured(sf_slice range, sf_captured captured, const sf_knowledge *knowledge,
                                   sf_extent extent, sf_message *message);

/**
 * Whose side a reason of the message puts the end of a call on. Teams' own text says it; what goes to Teams without such
 * a text, the session border controller wrote.
 */
sf_side sf_message_side_of_reason(const sf_message *message, const sf_reason *reason);

#endif
