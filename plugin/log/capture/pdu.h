/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bytes of a packet of link type Wireshark Upper PDU: tags with the dissector and the ends, then the
 * message.
 */
#ifndef SF_LOG_CAPTURE_PDU_H
#define SF_LOG_CAPTURE_PDU_H

#include "log/packet/packet.h"

/** Writes the packet's bytes to `out`, which is emptied first. */
void sf_log_pdu_write(const sf_log_packet *packet, GByteArray *out);

#endif
