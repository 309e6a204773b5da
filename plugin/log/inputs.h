/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The logs of one conversion: those that were named, and the files of archives among them.
 */
#ifndef SF_LOG_INPUTS_H
#define SF_LOG_INPUTS_H

#include "source.h"

typedef struct {
    sf_log_source **sources; /**< owned */
    char **names;            /**< owned: of each source, for messages */
    size_t count;
} sf_log_inputs;

/**
 * Opens the logs.
 * @param inputs   filled; to be closed with sf_log_inputs_close(), after a failure too
 * @param paths    files, archives or `-`; ends with NULL
 * @param output   the capture: opening it empties its file, so it must be none of the logs
 * @param error    set to a message on failure, to be freed by the caller
 */
bool sf_log_inputs_open(sf_log_inputs *inputs, char *const *paths, const char *output, const sf_log_reading *reading,
                        char **error);

/** Closes all logs. */
void sf_log_inputs_close(sf_log_inputs *inputs);

#endif
