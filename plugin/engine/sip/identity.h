/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Real addresses behind decorated ones: a Microsoft account of any e-mail
 * domain travels as `user(example.com)@msn.com` and is user@example.com.
 */
#ifndef SF_ENGINE_SIP_IDENTITY_H
#define SF_ENGINE_SIP_IDENTITY_H

#include "network.h"

typedef struct {
    sf_slice text;   /**< `user@host` as on the wire (the number of a tel URI, all of a URI of other schemes) */
    sf_slice header; /**< canonical name of its header */
    sf_slice local;  /**< the part before the @ of the real address; escapes not undone */
    sf_slice domain; /**< of the real address; absent if there is none */
    bool is_decorated;
    bool is_ordinary; /**< all that is known of the network: the domain is none of the known ones */
    const char *name; /**< who it is, where the message has no address of it: set by the whole message; else NULL */
    sf_network network;
} sf_identity;

/**
 * Finds who an address is. A decoration counts only at the domain of a provider. One that begins and does not end is
 * noted, and the address kept as written.
 * @param header   canonical name of the header, kept
 * @param element  the element to report problems on
 */
void sf_identity_read(const sf_uri *uri, const sf_knowledge *knowledge, sf_slice header, sf_slice element,
                      sf_problems *problems, sf_identity *identity);

/**
 * Finds the next decorated address anywhere in a header value, also where no grammar is known for the header.
 * @param cursor  over the header's value
 * @return false at the end
 */
bool sf_identity_find(sf_cursor *cursor, const sf_knowledge *knowledge, sf_slice header, sf_identity *identity);

#endif
