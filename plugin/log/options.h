/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The command line of skypefed-log, as used by people and by Wireshark.
 */
#ifndef SF_LOG_OPTIONS_H
#define SF_LOG_OPTIONS_H

#include "source.h"

/** What to do. */
typedef enum {
    SF_LOG_RUN_CONVERT,           /**< read logs, write a capture */
    SF_LOG_RUN_NOTHING,           /**< nothing more; the version or the formats were printed */
    SF_LOG_RUN_EXTCAP_INTERFACES, /**< Wireshark asks for the interfaces */
    SF_LOG_RUN_EXTCAP_DLTS,
    SF_LOG_RUN_EXTCAP_CONFIG
} sf_log_run;

typedef struct {
    sf_log_run run;
    char *output;  /**< owned: file, pipe or `-` */
    char **inputs; /**< owned, ends with NULL: files or `-` */
    sf_log_reading reading;
    bool is_quiet; /**< no summary */
} sf_log_options;

/**
 * Reads the command line.
 * @param error  set to a message on failure, to be freed by the caller
 */
bool sf_log_options_read(sf_log_options *options, int argc, char **argv, char **error);

/** Frees what the options hold. */
void sf_log_options_clear(sf_log_options *options);

#endif
