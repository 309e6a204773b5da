/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The diagnostics headers: ms-diagnostics, ms-diagnostics-public,
 * ms-client-diagnostics and X-Ms-diagnostics ([MS-OCER] 2.2.1), and the media
 * debug information in them.
 */
#ifndef SF_ENGINE_SIP_DIAGNOSTICS_H
#define SF_ENGINE_SIP_DIAGNOSTICS_H

#include "media_debug.h"

typedef struct {
    sf_slice value; /**< without its quotes; absent if the parameter is */
    bool is_quoted; /**< `\` escapes are to be undone */
} sf_diagnostics_text;

typedef struct {
    sf_slice header;   /**< canonical name */
    sf_slice text;     /**< the element */
    sf_number code;    /**< ErrorId; absent if it could not be read; 32 bits */
    sf_number subcode; /**< the second number of OCS's `id.sub`; absent if there is none; 32 bits */
    sf_diagnostics_text reason, source, domain, peer_server;
    sf_run params;       /**< in sf_diagnostics_table.params */
    sf_run media_debugs; /**< in sf_diagnostics_table.media_debugs */
} sf_diagnostics;

/** All diagnostics of a message. */
typedef struct {
    sf_diagnostics items[SF_MAX_DIAGNOSTICS];
    unsigned count;
    sf_diagnostics_param params[SF_MAX_DIAGNOSTIC_PARAMS];
    unsigned param_count;
    sf_media_debug media_debugs[SF_MAX_MEDIA_DEBUGS];
    unsigned media_debug_count;
    sf_diagnostics_param media_debug_params[SF_MAX_MEDIA_DEBUG_PARAMS];
    unsigned media_debug_param_count;
} sf_diagnostics_table;

/** Empties the table. */
static inline void sf_diagnostics_clear(sf_diagnostics_table *table)
{
    table->count = table->param_count = table->media_debug_count = table->media_debug_param_count = 0;
}

/**
 * Reads the value of a diagnostics header and appends what it holds: one element, or several between commas.
 * Order of parameters, blanks, missing quotes and stray commas do not matter. An element without a number
 * in front is reported and kept, without a code.
 * @param header  canonical name, kept
 */
void sf_diagnostics_read(sf_slice value, sf_slice header, sf_problems *problems, sf_diagnostics_table *table);

/** True if ErrorId could be read. */
static inline bool sf_diagnostics_has_code(const sf_diagnostics *diagnostics)
{
    return sf_number_is_present(diagnostics->code);
}

#endif
