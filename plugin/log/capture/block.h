/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the file reader says about a packet besides its bytes, for libwiretap.
 */
#ifndef SF_LOG_CAPTURE_BLOCK_H
#define SF_LOG_CAPTURE_BLOCK_H

#include "log/grammar/origin.h"

#include <wireshark.h>

#include <wiretap/wtap.h>

/** Makes the block of a packet with its direction, to be freed with wtap_block_unref(). */
wtap_block_t sf_log_block_new(sf_log_direction direction);

/** Adds a comment, which must be UTF-8. */
void sf_log_block_comment(wtap_block_t block, const char *comment);

#endif
