/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Logs of which each line is a JSON object (RFC 8259): those of containers, and of programs that log for collectors
 * (log-formats.md 10).
 */
#ifndef SF_LOG_MESSAGE_JSON_LINE_H
#define SF_LOG_MESSAGE_JSON_LINE_H

#include <glib.h>

#include "engine/text/slice.h"

/**
 * Reads the text of an entry, and its time.
 * @param text  set to the entry as a plain log has it: one or more lines with LF between them, the time before the first
 * @return false if the line is no such object, or has no text; `text` is undefined then
 */
bool sf_log_json_line_read(sf_slice line, GString *text);

#endif
