/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of the ids and headers that join calls.
 */
#include "joins.h"

#include <glib.h>

/* In the order of sf_join. */
static const char *const names[] = {
    "Call-ID", "Replaces", "Referred-By", "Teams call id (x-c)", "Ms-Conversation-ID", "Session-ID", "conference",
};

G_STATIC_ASSERT(G_N_ELEMENTS(names) == SF_JOINS);

const char *sf_join_name(unsigned bit)
{
    return names[bit];
}
