/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looks up diagnostics codes: the rows are in diagnostics_codes.inc, one line
 * each, and the ranges here. A contributor adds a code by adding a line.
 */
#include "diagnostics_codes.h"

#include <stdlib.h>

#include <glib.h>

typedef struct {
    uint32_t code;
    const char *meaning;
} code_row;

typedef struct {
    uint32_t first;
    uint32_t last;
    const char *component;
} range_row;

#define CODE(code, meaning) \
    {                       \
        code, meaning       \
    }
#define UNCONFIRMED(code, meaning)     \
    {                                  \
        code, meaning " (unconfirmed)" \
    }

/** Sorted by code, without doubles; the unit test holds both. */
static const code_row codes[] = {
#include "diagnostics_codes.inc"
};

/**
 * Sorted, without overlaps. Sources: the Ms-Diagnostics Header page of the OCS
 * documentation (0 to 17999), [MS-OCER] 8.20 (21000), the UCMA documentation
 * (60000 to 62999), Exchange UM monitoring code (15000 to 15999), and traces.
 */
static const range_row ranges[] = {
    { 0, 999, "Common to all components" },
    { 1000, 1999, "SIP routing of a front end or Edge server" },
    { 2000, 2999, "Presence service of a front end" },
    { 3000, 3999, "Conference control (focus) of a front end" },
    { 4000, 4999, "User services of a front end" },
    { 5000, 5999, "Server application interface of a front end" },
    { 6000, 6999, "Instant messaging conferencing server" },
    { 7000, 7999, "Audio/video conferencing server" },
    { 8000, 8999, "Telephony conferencing server" },
    { 9000, 9999, "Media relay authentication service" },
    { 10000, 10999, "Mediation Server (gateway to the telephone network)" },
    { 11000, 11999, "Call quality metrics service" },
    { 12000, 12999, "Outbound routing (calls to telephone numbers)" },
    { 13000, 13999, "Inbound routing (calls to users)" },
    { 14000, 14999, "Translation of dialled numbers (dial plans)" },
    { 15000, 15499, "Routing to Exchange Unified Messaging on a front end" },
    { 15500, 15899, "Exchange Unified Messaging" },
    { 15900, 15999, "Call tracing of Exchange Unified Messaging" },
    { 16000, 16999, "Filter for instant messages" },
    { 17000, 17999, "Filter for client versions" },
    { 21000, 21999, "Application sharing conferencing server" },
    { 24000, 24999, "Server application based on UCMA" },
    { 25000, 25999, "Routing between pools" },
    { 28000, 28999, "Web ticket service (sign-in over HTTP)" },
    { 50000, 52999, "Client" },
    { 60000, 60999, "UCMA application: success" },
    { 61000, 61999, "UCMA application: expected failure" },
    { 62000, 62999, "UCMA application: unexpected failure" },
    { 90000, 90999, "Link to public instant messaging providers" },
};

static int compare_code(const void *key, const void *row)
{
    const uint32_t *code = key;
    const code_row *other = row;

    return *code < other->code ? -1 : *code > other->code;
}

static int compare_range(const void *key, const void *row)
{
    const uint32_t *code = key;
    const range_row *range = row;

    return *code < range->first ? -1 : *code > range->last;
}

const char *sf_diagnostics_meaning(uint32_t code)
{
    const code_row *row = bsearch(&code, codes, G_N_ELEMENTS(codes), sizeof(codes[0]), compare_code);

    return row ? row->meaning : NULL;
}

const char *sf_diagnostics_component(uint32_t code)
{
    const range_row *row = bsearch(&code, ranges, G_N_ELEMENTS(ranges), sizeof(ranges[0]), compare_range);

    return row ? row->component : NULL;
}
