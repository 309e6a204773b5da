/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The calls of the capture in which a Microsoft mark was seen.
 */
#ifndef SF_DISSECT_CALL_TABLE_H
#define SF_DISSECT_CALL_TABLE_H

#include "compat.h"

#include "../engine/message.h"

/** Registers the table, which empties itself with the capture. */
void sf_call_table_register(void);

/**
 * Takes note of a message on its first pass.
 * @return true if the message is ours to show: it bears a mark, or its call did before
 */
bool sf_call_table_note(const sf_message *message);

#endif
