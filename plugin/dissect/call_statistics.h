/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The call table: `tshark -z skypefed,calls[,filter]`, and a table in
 * Wireshark's Telephony menu. A call has a row if one of its messages passes
 * the filter; the row tells all that the capture holds of it.
 */
#ifndef SF_DISSECT_CALL_STATISTICS_H
#define SF_DISSECT_CALL_STATISTICS_H

/** Registers the table of texts for the command line. */
void sf_call_text_table_register(void);

/** Registers the table of Wireshark's window (`-z skypefed,table` elsewhere). */
void sf_call_window_table_register(void);

#endif
