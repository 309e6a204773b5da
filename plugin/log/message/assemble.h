/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Rebuilding a message from its lines.
 */
#ifndef SF_LOG_MESSAGE_ASSEMBLE_H
#define SF_LOG_MESSAGE_ASSEMBLE_H

#include "layout.h"
#include "message.h"

/**
 * Rebuilds a message: start line and headers unchanged but for the line ends, which are those of SIP, then the
 * body in the form that has the right length (body.h).
 * @param is_cut  the record is incomplete; ignored if the body has its full length
 * @param out     emptied, then filled with the text of the message
 * @param result  the caller sets format and origin; the slices point into `out` and the text of the layout
 */
void sf_log_assemble(const sf_log_layout *layout, const sf_log_origin *origin, bool is_cut, GByteArray *out,
                     sf_log_message *result);

#endif
