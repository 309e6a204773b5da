/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Adding comments and direction to a packet.
 */
#include "block.h"

/* Bits 0 and 1 of epb_flags, draft-ietf-opsawg-pcapng 4.3.1 */
enum { FLAG_INBOUND = 1, FLAG_OUTBOUND = 2 };

wtap_block_t sf_log_block_new(sf_log_direction direction)
{
    wtap_block_t block = wtap_block_create(WTAP_BLOCK_PACKET);

    if (direction != SF_LOG_DIRECTION_UNKNOWN) {
        wtap_block_add_uint32_option(block, OPT_PKT_FLAGS,
                                     direction == SF_LOG_DIRECTION_SENT ? FLAG_OUTBOUND : FLAG_INBOUND);
    }
    return block;
}

void sf_log_block_comment(wtap_block_t block, const char *comment)
{
    wtap_block_add_string_option(block, OPT_COMMENT, comment, strlen(comment));
}
