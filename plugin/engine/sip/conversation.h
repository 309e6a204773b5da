/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Ms-Conversation-ID: the thread index of Outlook ([MS-OXOMSG] ConversationIndex)
 * in base64, with the time at which the conversation began and its GUID.
 */
#ifndef SF_ENGINE_SIP_CONVERSATION_H
#define SF_ENGINE_SIP_CONVERSATION_H

#include "engine/text/guid.h"

typedef struct {
    bool is_decoded;  /**< the value is a thread index: created and guid are set */
    uint64_t created; /**< FILETIME: 100 ns since 1601-01-01 UTC, exact to 6.5 ms */
    sf_guid guid;
} sf_conversation;

/** Reads a value. Other stacks put any string there: that is no error, `is_decoded` is false then. */
sf_conversation sf_conversation_read(sf_slice value);

#endif
