/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Commands in bodies, and what came of them: of conferences (C3P), and of file
 * transfers. The answer names its request by an id, and may come minutes later
 * in another transaction of the same dialog.
 */
#ifndef SF_CALL_COMMAND_H
#define SF_CALL_COMMAND_H

#include "call.h"

typedef struct sf_commands sf_commands;

/**
 * An empty set of commands, which takes no memory to speak of before the first one.
 * @param memory    where the set, its commands and the notes live; copied
 * @param hash_key  copied
 */
sf_commands *sf_commands_new(const sf_memory *memory, const sf_hash_key *hash_key);

/** True if a message of a Call-ID may answer a command. False if there is none of that Call-ID. */
bool sf_commands_has(const sf_commands *commands, sf_slice call_id);

/**
 * Takes in the command or the answer that a message has.
 * @param message  its facts; nothing of them is kept by reference
 * @param frame    number of its frame
 * @param time     microseconds since 1970
 * @param note     of the message; its `command` and `command_part` are set
 */
void sf_commands_take(sf_commands *commands, const sf_message *message, uint32_t frame, int64_t time,
                      sf_call_note *note);

#endif
