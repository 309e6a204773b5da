/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Blocks of pcapng (draft-ietf-opsawg-pcapng), in the byte order of this machine.
 *
 * The program writes its captures itself rather than with libwiretap: what it needs of pcapng are four kinds of blocks,
 * and without libwiretap one program serves every version of Wireshark, on Windows as a single file.
 */
#ifndef SF_LOG_CAPTURE_PCAPNG_H
#define SF_LOG_CAPTURE_PCAPNG_H

#include "log/packet/packet.h"

/** Types of blocks (draft-ietf-opsawg-pcapng 11.1). */
typedef enum {
    SF_LOG_PCAPNG_INTERFACE = 1,
    SF_LOG_PCAPNG_NAMES = 4,
    SF_LOG_PCAPNG_PACKET = 6,
    SF_LOG_PCAPNG_SECTION = 0x0a0d0d0a
} sf_log_pcapng_type;

/** Begins a block at the end of `out`. @return what sf_log_pcapng_end() needs */
guint sf_log_pcapng_begin(GByteArray *out, sf_log_pcapng_type type);

/** Ends the block: fills in its length. */
void sf_log_pcapng_end(GByteArray *out, guint begin);

/** Adds an option, or a record of names, of at most 65535 bytes, with its padding. */
void sf_log_pcapng_option(GByteArray *out, uint16_t code, const void *value, size_t length);

/** Adds the head of a capture: one section, and one interface of link type Wireshark Upper PDU. */
void sf_log_pcapng_head(GByteArray *out);

/**
 * Adds a packet with its direction and its comments.
 * @param pdu  its bytes, see pdu.h
 */
void sf_log_pcapng_packet(GByteArray *out, const sf_log_packet *packet, const GByteArray *pdu);

#endif
