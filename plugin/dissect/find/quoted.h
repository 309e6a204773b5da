/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Packets that an error of ICMP quotes (RFC 792, RFC 4443): nobody sent them where the error was captured.
 */
#ifndef SF_DISSECT_FIND_QUOTED_H
#define SF_DISSECT_FIND_QUOTED_H

#include "dissect/view/compat.h"

/** Finds the protocols that quote. Takes all protocols to be registered. */
void sf_quoted_prepare(void);

/** True if what Wireshark read in this frame is quoted by an error. To be asked when the frame has been dissected. */
bool sf_is_quoted(const packet_info *pinfo);

#endif
