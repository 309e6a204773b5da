/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading the ends of a connection as logs write them.
 */
#ifndef SF_LOG_GRAMMAR_END_H
#define SF_LOG_GRAMMAR_END_H

#include "log/message/message.h"

/**
 * Reads an address or name with or without a port: `192.0.2.1:5061`, `[2001:db8::1]:5061`,
 * `2001:db8::1:5061` (the last colon is the port's if what stands before it is an address),
 * `2001:db8::1`, `fe80::1%12`, `pool.example.com:5061`.
 * @param port  the port where the log writes it apart, else absent
 * @param end   cleared first; host stays empty for a name that is too long
 */
void sf_log_end_read(sf_slice text, sf_slice port, sf_log_end *end);

/** Copies a slice into a buffer of `size` bytes as a string; what is too long is left out altogether. */
void sf_log_copy_string(char *buffer, size_t size, sf_slice text);

/**
 * Reads the sent-by of a Via value's first entry, and its transport.
 * @param transport  set to the transport's name, or absent
 */
void sf_log_end_of_via(sf_slice via, sf_log_end *end, sf_slice *transport);

/**
 * The bytes of an IP address.
 * @param bytes  4 or 16 of them are set
 * @return their number, 0 for a name
 */
unsigned sf_log_address_bytes(const char *host, uint8_t bytes[16]);

#endif
