/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The call table: `tshark -z skypefed,calls[,filter]`, and a table in
 * Wireshark's Telephony menu. A call has a row if one of its messages passes
 * the filter; the row shows all that the capture holds of it.
 */
#ifndef SF_DISSECT_STATISTICS_CALL_STATISTICS_H
#define SF_DISSECT_STATISTICS_CALL_STATISTICS_H

#include <string.h>

/**
 * What our statistics begin with in the menus; without a slash, which makes submenus in Wireshark 4.0. No title has a
 * colon or a dot: Wireshark keeps the size of a window under its title, in a file where both end a name, and then does
 * not find it again.
 */
#define SF_STATISTICS_NAME "Skype and Lync Federation"

/** The title of the call table in either form. */
#define SF_CALLS_TITLE SF_STATISTICS_NAME " - Calls"

/** The filter of `command,filter`; empty if there is none. @param argument  of -z */
static inline const char *sf_filter_behind(const char *argument, const char *command)
{
    size_t length = strlen(command);

    return strncmp(argument, command, length) == 0 && argument[length] == ',' ? argument + length + 1 : "";
}

/** Registers the table of texts for the command line. */
void sf_call_text_table_register(void);

/** Registers the report for a support ticket on the command line. */
void sf_support_command_register(void);

/** Registers the same as a window of the Telephony menu. */
void sf_support_window_register(void);

/** Registers the sequence diagram. */
void sf_ladder_register(void);

/** Registers the flow graph, if Wireshark's are as we know them. @param proto  our protocol */
void sf_flow_graph_register(int proto);

/** Registers the table of Wireshark's window (`-z skypefed,table` elsewhere). */
void sf_call_window_table_register(void);

#endif
