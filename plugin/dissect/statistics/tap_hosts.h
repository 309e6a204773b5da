/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which hosts a message passes between, and what they are.
 */
#ifndef SF_DISSECT_STATISTICS_TAP_HOSTS_H
#define SF_DISSECT_STATISTICS_TAP_HOSTS_H

#include "dissect/view/view.h"

/** A host and what it is, as the message says. */
typedef struct {
    const char *name; /**< valid UTF-8 without control characters */
    const char *role; /**< literal */
} sf_tap_host;

enum { SF_TAP_MAX_HOSTS = 6 };

/** The texts live as long as the packet. */
typedef struct {
    const char *sender;        /**< host name of the packet's sender; empty if it is not known */
    const char *receiver;      /**< the same of the packet's receiver */
    const char *sender_role;   /**< what it is, literal; NULL if that is not known */
    const char *receiver_role; /**< the same of the packet's receiver */
    unsigned count;
    sf_tap_host items[SF_TAP_MAX_HOSTS]; /**< what is said of hosts by their names; further ones are passed */
} sf_tap_hosts;

/** The role of a server of which no more is known; any other says more. */
extern const char sf_role_server[];

/**
 * The hosts of a message.
 * @param hosts  filled from scratch
 *
 * Sources: the first Via of a request is its sender's (RFC 3261 18.1.1); Teams sends requests to the host of the
 * Request-URI, and a session border controller has its host name in Contact (Microsoft's demands of Direct Routing); ms-edge-proxy-message-trust names Edges
 * ([MS-SIPRE] 2.2.15). User-Agent or Server names the sender where no proxy passed the message on: on the first hop of a
 * request, and in a 100 (RFC 3261 16.7). That an RTC server wrote the first Via is inferred from its form, and which
 * servers are front ends from ms-fe, ms-role-rs-from and ms-role-rs-to: these roles say "likely".
 */
void sf_tap_hosts_of(const sf_view *view, sf_tap_hosts *hosts);

#endif
