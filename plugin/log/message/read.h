/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What one record of a log holds. Some logs record what a program read from a connection at once, which may be
 * several messages or a part of one (log-formats.md 1.3).
 */
#ifndef SF_LOG_MESSAGE_READ_H
#define SF_LOG_MESSAGE_READ_H

#include "layout.h"
#include "log/grammar/origin.h"

/** One read, or what several of them make together. */
typedef struct {
    const sf_log_format *format;
    const sf_log_origin *origin; /**< of the first read */
    const sf_log_text *text;
    size_t mark; /**< first line of the body as a label tells it, or SF_LOG_NO_MARK */
    bool is_cut; /**< the log breaks off inside it */
} sf_log_read;

#endif
