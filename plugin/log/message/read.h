/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The content of one record. In some logs, a record is what a program read from a connection at once: several
 * messages, or a part of one (log-formats.md 1.3).
 */
#ifndef SF_LOG_MESSAGE_READ_H
#define SF_LOG_MESSAGE_READ_H

#include "layout.h"
#include "log/grammar/origin.h"

/** One read, or several joined ones. */
typedef struct {
    const sf_log_format *format;
    const sf_log_origin *origin; /**< of the first read */
    sf_log_text *text;
    size_t mark;     /**< first line of the body according to a label, or SF_LOG_NO_MARK */
    bool is_cut;     /**< its end is not in the log */
    unsigned pieces; /**< reads that it was joined from; 0 if it is one */
} sf_log_read;

#endif
