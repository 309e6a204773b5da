/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading the ends of a connection as logs write them.
 */
#ifndef SF_LOG_GRAMMAR_END_H
#define SF_LOG_GRAMMAR_END_H

#include "engine/text/slice.h"
#include "log/bytes/limits.h"

/** The name of an end that a log does not state. */
#define SF_LOG_UNKNOWN_PEER "unknown-peer"

/** One end of a connection, as written in the log. */
typedef struct {
    char host[SF_LOG_MAX_NAME]; /**< address without brackets, or name; empty if unknown */
    uint16_t port;              /**< 0 if unknown */
} sf_log_end;

/**
 * Reads an address or name with or without a port: `192.0.2.1:5061`, `[2001:db8::1]:5061`, `2001:db8::1:5061`
 * (the last colon is that of the port if what precedes it is an address), `2001:db8::1`, `fe80::1%12`,
 * `pool.example.com:5061`.
 * @param port  the port if the log states it separately, else absent
 * @param end   cleared first; the host stays empty if it is too long
 */
void sf_log_end_read(sf_slice text, sf_slice port, sf_log_end *end);

/**
 * Converts an IP address to bytes.
 * @param bytes  4 or 16 of them are set
 * @return their number, 0 for a name
 */
unsigned sf_log_address_bytes(const char *host, uint8_t bytes[16]);

#endif
