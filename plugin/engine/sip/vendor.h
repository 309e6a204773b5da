/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Telephones, gateways and session border controllers of other makers, which talk to Microsoft's products.
 */
#ifndef SF_ENGINE_SIP_VENDOR_H
#define SF_ENGINE_SIP_VENDOR_H

#include "engine/text/slice.h"

/**
 * The product of a value of User-Agent or Server that begins with the name of a known maker or product, in words. None of
 * them marks a message as Microsoft's.
 * @param value    without blanks around it
 * @param version  set if it is one: its version; absent if the value has none
 * @return NULL if it is none
 */
const char *sf_vendor_read(sf_slice value, sf_slice *version);

#endif
