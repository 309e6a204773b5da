/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages that wait for a later read of their connection.
 */
#ifndef SF_LOG_MESSAGE_WAITING_H
#define SF_LOG_MESSAGE_WAITING_H

#include "join.h"
#include "log/bytes/limits.h"

typedef struct {
    sf_log_partial part; /**< its format is NULL if the place is free */
    unsigned age;        /**< reads of any connection since the message was kept */
} sf_log_waiting_place;

/** The waiting messages. Between two reads, at least one place is free. */
typedef struct {
    sf_log_waiting_place places[SF_LOG_MAX_PARTS + 1];
} sf_log_waiting;

/** Makes all places free. */
void sf_log_waiting_init(sf_log_waiting *waiting);

/** Frees what the places hold. */
void sf_log_waiting_clear(sf_log_waiting *waiting);

/** The message that waits for reads of the same two ends in the same direction, or NULL. */
const sf_log_partial *sf_log_waiting_find(const sf_log_waiting *waiting, const sf_log_origin *origin);

/** Keeps the lines of a read from `first` on in a free place. */
void sf_log_waiting_keep(sf_log_waiting *waiting, const sf_log_read *read, size_t first, sf_log_line_state last_line);

/** Removes a message. The caller owns its text then. */
sf_log_partial sf_log_waiting_take(sf_log_waiting *waiting, const sf_log_partial *part);

/** To be called once for each read of any connection. */
void sf_log_waiting_age(sf_log_waiting *waiting);

/** The message that has waited longest, or NULL. */
const sf_log_partial *sf_log_waiting_oldest(const sf_log_waiting *waiting);

/** True if the oldest message has waited for more than SF_LOG_PART_AGE reads, or if no place is free. */
bool sf_log_waiting_must_give_way(const sf_log_waiting *waiting);

#endif
