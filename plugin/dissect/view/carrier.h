/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What carried the messages of a frame.
 */
#ifndef SF_DISSECT_VIEW_CARRIER_H
#define SF_DISSECT_VIEW_CARRIER_H

#include "compat.h"

/** Finds the protocols that cover a message. Takes all protocols to be registered. */
void sf_carrier_register(void);

/**
 * True if whoever could listen on the wire could read the message: it was captured outside any encrypted
 * transport. Messages read from a log, or exported from decrypted ones, tell nothing of their carrier.
 */
bool sf_carrier_is_exposed(const packet_info *pinfo);

/** True if the message was written by skypefed-log: its packet comment begins with "From a log:". */
bool sf_carrier_is_log(const packet_info *pinfo);

#endif
