/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The results of reading from a log.
 */
#ifndef SF_LOG_BYTES_STATUS_H
#define SF_LOG_BYTES_STATUS_H

/** The result of a read. */
typedef enum {
    SF_LOG_INPUT_BYTES,
    SF_LOG_INPUT_END,
    SF_LOG_INPUT_WAIT,    /**< a pipe has no data right now, or a signal came */
    SF_LOG_INPUT_QUIET,   /**< a followed file has nothing new */
    SF_LOG_INPUT_NEXT,    /**< a followed file was replaced: the next bytes are from the new file */
    SF_LOG_INPUT_RESTART, /**< a followed file was emptied: the next bytes are its new beginning */
    SF_LOG_INPUT_FAILED
} sf_log_input_status;

#endif
