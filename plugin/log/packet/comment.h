/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a reader of the capture should know of a packet from a log, in words.
 */
#ifndef SF_LOG_PACKET_COMMENT_H
#define SF_LOG_PACKET_COMMENT_H

#include "packet.h"

/**
 * Comments a packet: first where its message stood in the log, then one comment for each flaw.
 * @param by_date  the packet's time is that of the message's Date header
 */
void sf_log_comment_message(sf_log_packet *packet, const sf_log_message *message, bool by_date);

/** Comments a packet with a diagnostic record of the same log. */
void sf_log_comment_diagnostic(sf_log_packet *packet, const char *text);

/** The text of such a comment, to be freed by the caller. */
char *sf_log_diagnostic_text(const sf_log_diagnostic *diagnostic);

#endif
