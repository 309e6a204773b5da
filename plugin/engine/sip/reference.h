/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What connects one call with another: transfer (RFC 3515, 3892, 3891) and
 * forwarding (RFC 7044, 5806).
 */
#ifndef SF_ENGINE_SIP_REFERENCE_H
#define SF_ENGINE_SIP_REFERENCE_H

#include "identity.h"

typedef enum {
    SF_REFERENCE_TARGET,     /**< Refer-To: whom the receiver is asked to call */
    SF_REFERENCE_REFERRER,   /**< Referred-By: who asked for it */
    SF_REFERENCE_REPLACED,   /**< Replaces: a call that the new one takes over */
    SF_REFERENCE_FORWARDING, /**< an entry of History-Info or Diversion: whom the call was meant for before */
    SF_REFERENCE_REDIRECT    /**< Contact of a 3xx: whom the caller is asked to call instead (RFC 3261 21.3) */
} sf_reference_kind;

/** The dialog that a call replaces (RFC 3891 6.1). Escapes are not undone if it comes from a URI. */
typedef struct {
    sf_slice call_id; /**< absent if there is none */
    sf_slice to_tag;
    sf_slice from_tag;
    bool is_escaped;
} sf_replaced;

typedef struct {
    sf_reference_kind kind;
    sf_slice header;      /**< canonical name */
    sf_slice text;        /**< all of it: one element of the header's list */
    sf_uri uri;           /**< not set for SF_REFERENCE_REPLACED */
    sf_identity identity; /**< set by who reads the message; its text is absent if there is no address */
    sf_replaced replaced; /**< of a Replaces header, or of one inside a Refer-To */
    sf_slice index;       /**< of History-Info: its place in the tree of targets, such as 1.1 */
    sf_slice reason;      /**< as written; escapes are not undone in History-Info */
    sf_number
        cause; /**< the SIP response in the reason, or the `cause` of the URI (RFC 4458); absent if there is none */
    sf_slice privacy; /**< as written */
} sf_reference;

/** Reads an element of Refer-To, with the Replaces that may be inside its URI. */
void sf_refer_to_read(sf_slice text, sf_problems *problems, sf_reference *reference);

/** Reads an element of Referred-By. */
void sf_referred_by_read(sf_slice text, sf_problems *problems, sf_reference *reference);

/** Reads the value of a Replaces header; without a Call-ID it is noted. */
void sf_replaces_read(sf_slice text, sf_problems *problems, sf_reference *reference);

/** Reads an entry of History-Info (RFC 7044 5), with the Reason and Privacy inside its URI. */
void sf_history_entry_read(sf_slice text, sf_problems *problems, sf_reference *reference);

/**
 * True if a redirect is how Exchange's voice mail hands a call to its worker process, which listens on 5065 and 5067, or
 * with TLS on 5066 and 5068: a normal step. Inferred from the port.
 */
bool sf_redirect_is_to_worker(const sf_reference *reference);

/** Reads an entry of Diversion (RFC 5806 4). */
void sf_diversion_entry_read(sf_slice text, sf_problems *problems, sf_reference *reference);

#endif
