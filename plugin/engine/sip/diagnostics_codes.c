/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looks up diagnostics codes: the rows are in diagnostics_codes.inc, one line
 * each, and the ranges here. A contributor adds a code by adding a line.
 */
#include "diagnostics_codes.h"

#include <stdlib.h>

#include <glib.h>

#define CODE(code, severity, meaning)               \
    {                                               \
        code, SF_SEVERITY_##severity, true, meaning \
    }
#define UNCONFIRMED(code, severity, meaning)                          \
    {                                                                 \
        code, SF_SEVERITY_##severity, false, meaning " (unconfirmed)" \
    }

/** Sorted by code, without doubles; the unit test holds both. */
static const sf_code_row codes[] = {
#include "diagnostics_codes.inc"
};

/**
 * Sorted, without overlaps. Sources: the Ms-Diagnostics Header page of the OCS documentation (0 to 17999), the
 * documentation of Communicator Web Access (18000 to 18999), [MS-OCER] 7.25 (35000) and 8.20 (21000) and its page on
 * group chat (20000), the UCMA documentation (60000 to 62999, whose thousands tell success from failure), Exchange UM
 * monitoring code (15000 to 15999), a support article (54000), and traces.
 */
static const sf_code_range ranges[] = {
    { 0, 999, "Common to all components", SF_SEVERITY_UNKNOWN },
    { 1000, 1999, "SIP routing of a front end or Edge server", SF_SEVERITY_UNKNOWN },
    { 2000, 2999, "Presence service of a front end", SF_SEVERITY_UNKNOWN },
    { 3000, 3999, "Conference control (focus) of a front end", SF_SEVERITY_UNKNOWN },
    { 4000, 4999, "User services of a front end", SF_SEVERITY_UNKNOWN },
    { 5000, 5999, "Server application interface of a front end", SF_SEVERITY_UNKNOWN },
    { 6000, 6999, "Instant messaging conferencing server", SF_SEVERITY_UNKNOWN },
    { 7000, 7999, "Audio/video conferencing server", SF_SEVERITY_UNKNOWN },
    { 8000, 8999, "Telephony conferencing server", SF_SEVERITY_UNKNOWN },
    { 9000, 9999, "Media relay authentication service", SF_SEVERITY_UNKNOWN },
    { 10000, 10999, "Mediation Server (gateway to the telephone network)", SF_SEVERITY_UNKNOWN },
    { 11000, 11999, "Call quality metrics service", SF_SEVERITY_UNKNOWN },
    { 12000, 12999, "Outbound routing (calls to telephone numbers)", SF_SEVERITY_UNKNOWN },
    { 13000, 13999, "Inbound routing (calls to users)", SF_SEVERITY_UNKNOWN },
    { 14000, 14999, "Translation of dialed numbers (dial plans)", SF_SEVERITY_UNKNOWN },
    { 15000, 15499, "Routing to Exchange Unified Messaging on a front end", SF_SEVERITY_UNKNOWN },
    { 15500, 15899, "Exchange Unified Messaging", SF_SEVERITY_UNKNOWN },
    { 15900, 15999, "Call tracing of Exchange Unified Messaging", SF_SEVERITY_UNKNOWN },
    { 16000, 16999, "Filter for instant messages", SF_SEVERITY_UNKNOWN },
    { 17000, 17999, "Filter for client versions", SF_SEVERITY_UNKNOWN },
    { 18000, 18999, "Communicator Web Access", SF_SEVERITY_UNKNOWN },
    { 20000, 20999, "Group chat server", SF_SEVERITY_UNKNOWN },
    { 21000, 21999, "Application sharing conferencing server", SF_SEVERITY_UNKNOWN },
    { 24000, 24999, "Server application based on UCMA", SF_SEVERITY_UNKNOWN },
    { 25000, 25999, "Routing between pools", SF_SEVERITY_UNKNOWN },
    { 28000, 28999, "Web ticket service (sign-in over HTTP)", SF_SEVERITY_UNKNOWN },
    { 35000, 35999, "Call park service", SF_SEVERITY_UNKNOWN },
    { 50000, 52999, "Client", SF_SEVERITY_UNKNOWN },
    { 54000, 54999, "Client in a web conference", SF_SEVERITY_UNKNOWN },
    { 60000, 60999, "UCMA application: success", SF_SEVERITY_INFORMATION },
    { 61000, 61999, "UCMA application: expected failure", SF_SEVERITY_NOTE },
    { 62000, 62999, "UCMA application: unexpected failure", SF_SEVERITY_FAILURE },
    { 90000, 90999, "Link to public instant messaging providers", SF_SEVERITY_UNKNOWN },
};

static int compare_code(const void *key, const void *row)
{
    const uint32_t *code = key;
    const sf_code_row *other = row;

    return *code < other->code ? -1 : *code > other->code;
}

static int compare_range(const void *key, const void *row)
{
    const uint32_t *code = key;
    const sf_code_range *range = row;

    return *code < range->first ? -1 : *code > range->last;
}

const sf_code_row *sf_code_row_of(uint32_t code)
{
    return bsearch(&code, codes, G_N_ELEMENTS(codes), sizeof(codes[0]), compare_code);
}

const sf_code_range *sf_code_range_of(uint32_t code)
{
    return bsearch(&code, ranges, G_N_ELEMENTS(ranges), sizeof(ranges[0]), compare_range);
}
