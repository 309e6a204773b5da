/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of ICE dialects.
 */
#include "ice.h"

const value_string sf_ice_dialect_names[] = {
    { SF_ICE_NONE, "None" },
    { SF_ICE_DRAFT_06, "MS-ICE (draft 06)" },
    { SF_ICE_DRAFT_19, "MS-ICE2 (draft 19, RFC 5245)" },
    { 0, NULL },
};

const char *sf_ice_dialect_name(sf_ice_dialect dialect, const char *none)
{
    return dialect == SF_ICE_NONE ? none : val_to_str_const(dialect, sf_ice_dialect_names, none);
}
