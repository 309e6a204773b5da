/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Ms-Conversation-ID.
 */
#include "conversation.h"

#include "engine/text/base64.h"
#include "engine/text/bytes.h"

enum { TIME_BYTES = 6, GUID_BYTES = 16, HEADER_BYTES = TIME_BYTES + GUID_BYTES, REPLY_BYTES = 5 };

/* The top byte of a FILETIME is 1 from 1829 to 2057. */
enum { TOP_BYTE = 1 };

sf_conversation sf_conversation_read(sf_slice value)
{
    sf_conversation conversation = { .is_decoded = false };
    uint8_t bytes[HEADER_BYTES + 64 * REPLY_BYTES];
    size_t length;

    if (value.length > (sizeof bytes / 3) * 4 || sf_base64_decode(value, bytes, sizeof bytes, &length) != SF_OK ||
        length < HEADER_BYTES || (length - HEADER_BYTES) % REPLY_BYTES != 0 || bytes[0] != TOP_BYTE) {
        return conversation;
    }
    conversation.created = sf_big_endian(bytes, TIME_BYTES) << 16;
    memcpy(conversation.guid.bytes, bytes + TIME_BYTES, GUID_BYTES);
    conversation.is_decoded = true;
    return conversation;
}
