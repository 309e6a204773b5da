/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What reading from a log can give.
 */
#ifndef SF_LOG_BYTES_STATUS_H
#define SF_LOG_BYTES_STATUS_H

/** What a read gave. */
typedef enum {
    SF_LOG_INPUT_BYTES,
    SF_LOG_INPUT_END,     /**< the end; of a followed file: for now */
    SF_LOG_INPUT_WAIT,    /**< a pipe has nothing right now */
    SF_LOG_INPUT_NEXT,    /**< a followed file was replaced: what follows is of its successor */
    SF_LOG_INPUT_RESTART, /**< a followed file was emptied: what follows is its new beginning */
    SF_LOG_INPUT_FAILED
} sf_log_input_status;

#endif
