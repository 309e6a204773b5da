/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of one call, or of one other exchange: ids and
 * facts of its messages, each once. No capture can make one long.
 */
#ifndef SF_DISSECT_STATISTICS_TICKET_H
#define SF_DISSECT_STATISTICS_TICKET_H

#include "tap.h"

enum {
    SF_TICKET_LETTERS = 256,        /* of one value; the rest is cut */
    SF_TICKET_HEADER_LETTERS = 1024 /* of a diagnostics header, which may tell of each stream's media */
};

typedef struct {
    const sf_call *call; /**< NULL for an exchange that is no call */
    char *call_id;
    GPtrArray *names;  /**< literals */
    GPtrArray *values; /**< of the names, in the same order */
} sf_ticket;

/** The first SF_TICKET_LETTERS of a value, to be freed with g_free(). */
char *sf_ticket_cut(const char *value);

/** A ticket for the call or Call-ID of a message, still without ids. To be freed with sf_ticket_free(). */
sf_ticket *sf_ticket_new(const sf_tap_message *message);

/** Releases a ticket, which is of type sf_ticket; NULL is passed over. */
void sf_ticket_free(void *ticket);

/** Adds the ids of a message that the ticket does not have yet. */
void sf_ticket_add(sf_ticket *ticket, const sf_tap_message *message);

/** Adds one id, unless the ticket has it. @param name  literal */
void sf_ticket_add_id(sf_ticket *ticket, const char *name, const char *value);

/** A ticket with the ids of several: the first one's call and Call-ID. To be freed with sf_ticket_free(). */
sf_ticket *sf_ticket_of_all(const sf_ticket *const *tickets, unsigned count);

/** The value of the first id of that name; NULL if there is none. */
const char *sf_ticket_value(const sf_ticket *ticket, const char *name);

/** Appends a line, unless its value is empty. */
void sf_ticket_write_line(GString *text, const char *name, const char *value);

/** Appends a line for each id that says what to change, who reported a code, and which ICE steps failed. */
void sf_ticket_write_advice(GString *text, const sf_ticket *ticket);

/** Appends the diagnostics headers with a code, each as it stands. @param code  its digits; empty for none */
void sf_ticket_write_diagnostics(GString *text, const sf_ticket *ticket, const char *code);

/** Appends a line for each other id. */
void sf_ticket_write_ids(GString *text, const sf_ticket *ticket);

#endif
