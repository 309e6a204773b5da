/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What CSeq has: a number, and the methods that make or move a call.
 */
#ifndef SF_CALL_METHODS_H
#define SF_CALL_METHODS_H

#include "engine/text/slice.h"

typedef enum {
    SF_METHOD_OTHER,
    SF_METHOD_INVITE,
    SF_METHOD_ACK,
    SF_METHOD_BYE,
    SF_METHOD_CANCEL,
    SF_METHOD_PRACK,
    SF_METHOD_UPDATE
} sf_method;

/** The method of that name; SIP's methods are case-sensitive (RFC 3261 7.1). */
sf_method sf_method_of(sf_slice name);

/** The number of a CSeq (RFC 3261 20.16); 0 if it has none that can be read. @param cseq  `1 INVITE` */
uint32_t sf_cseq_number(sf_slice cseq);

#endif
