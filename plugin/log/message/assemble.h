/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the lines of a message to the message.
 */
#ifndef SF_LOG_MESSAGE_ASSEMBLE_H
#define SF_LOG_MESSAGE_ASSEMBLE_H

#include "layout.h"
#include "message.h"

/**
 * Rebuilds a message: start line and headers as they are, with the line ends
 * of SIP, then the body by the rule of its length.
 * @param is_cut    the record was cut off; forgotten if the body has its full length
 * @param out     emptied, then holds the text of the message
 * @param result  format and origin are the caller's to set; its slices point into `out` and the layout's text
 */
void sf_log_assemble(const sf_log_layout *layout, const sf_log_origin *origin, bool is_cut, GByteArray *out,
                     sf_log_message *result);

#endif
