/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which product wrote a User-Agent or Server header: one of Microsoft's, or one that talks to them.
 */
#ifndef SF_ENGINE_SIP_PRODUCT_H
#define SF_ENGINE_SIP_PRODUCT_H

#include "engine/text/slice.h"

typedef struct {
    const char *name;     /**< the product in words; NULL if it is not known */
    const char *platform; /**< the library that the application runs on, or the server it signed in to; or NULL */
    sf_slice token;       /**< the bytes that identify the product */
    sf_slice version;     /**< inside token: the most specific number; absent if there is none */
    sf_slice application; /**< what an application of unknown name calls itself; absent otherwise */
    bool is_microsoft;    /**< the product alone marks the message as one of Microsoft's */
    bool is_server;       /**< a server of OCS, Lync or Skype for Business, which also answers for others */
} sf_product;

/**
 * Reads the value of a User-Agent or Server header (RFC 3261 25.1: products and comments).
 *
 * Only exact product tokens count, and the first of them decides: `RTC/5.0` is
 * Lync Server 2013, `WebRTC/5.0` and `Acme RTC/5.0` are not Microsoft's. Some
 * Skype gateways have names that anybody could use (`CSS-1.0.2.1`); those are
 * named, but `is_microsoft` stays false.
 *
 * @param user_agent_or_server  the value without the header's name; blanks at its ends do not count
 * @param product  always set; its slices point into the value, its strings are literals
 * @return SF_OK for a known product, else SF_ABSENT with an empty product
 */
sf_status sf_product_read(sf_slice user_agent_or_server, sf_product *product);

/** True for the value of such a header, or its token, if Teams Direct Routing wrote it. */
bool sf_product_is_of_teams(sf_slice user_agent_or_server);

#endif
