/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What stands beside the bytes of a packet, for libwiretap.
 */
#ifndef SF_LOG_CAPTURE_BLOCK_H
#define SF_LOG_CAPTURE_BLOCK_H

#include "compat.h"
#include "log/grammar/origin.h"

/** Makes a packet's block with its direction and without comments; to be freed with wtap_block_unref(). */
wtap_block_t sf_log_block_new(sf_log_direction direction);

/** Adds a comment in UTF-8. */
void sf_log_block_comment(wtap_block_t block, const char *comment);

#endif
