/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Name Resolution Blocks of pcapng (draft-ietf-opsawg-pcapng 4.5), for the
 * addresses that were made for names.
 */
#ifndef SF_LOG_CAPTURE_NAMES_H
#define SF_LOG_CAPTURE_NAMES_H

#include "log/packet/packet.h"

typedef struct {
    GHashTable *announced; /**< owned: names that were written already */
} sf_log_names;

/** Makes an empty set of names. */
void sf_log_names_init(sf_log_names *names);

/** Frees the set. */
void sf_log_names_clear(sf_log_names *names);

/** Adds a block to `out` with those names of the packet's ends that were not written before, or nothing. */
void sf_log_names_block(sf_log_names *names, const sf_log_packet *packet, GByteArray *out);

#endif
