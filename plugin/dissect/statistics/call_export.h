/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The calls of a capture for programs: `tshark -z skypefed,calls,json[,filter]`
 * and `-z skypefed,calls,csv[,filter]`.
 */
#ifndef SF_DISSECT_STATISTICS_CALL_EXPORT_H
#define SF_DISSECT_STATISTICS_CALL_EXPORT_H

#include "call_record.h"

/**
 * Begins to listen; the records are printed at the end of the capture.
 * @param filter  NULL for none; copied
 * @return NULL, or why the filter is none; to be freed
 */
GString *sf_call_export_begin(sf_record_format format, const char *filter);

#endif
