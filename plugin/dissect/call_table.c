/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Calls by Call-ID.
 */
#include "call_table.h"

/** Call-IDs with a mark; file-scoped strings. */
static wmem_map_t *marked_calls;

void sf_call_table_register(void)
{
    marked_calls = wmem_map_new_autoreset(wmem_epan_scope(), wmem_file_scope(), wmem_str_hash, g_str_equal);
}

bool sf_call_table_note(const sf_message *message)
{
    if (message->call_id.length == 0) {
        return message->microsoft;
    }
    if (!message->microsoft && wmem_map_size(marked_calls) == 0) {
        return false;
    }
    char *call_id = wmem_strndup(wmem_file_scope(), message->call_id.text, message->call_id.length);
    bool is_known = wmem_map_contains(marked_calls, call_id);
    if (message->microsoft && !is_known) {
        wmem_map_insert(marked_calls, call_id, call_id);
        return true;
    }
    wmem_free(wmem_file_scope(), call_id);
    return is_known;
}
