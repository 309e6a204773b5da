/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The program as Wireshark's capture source "Lync/Skype for Business log": what it prints when Wireshark asks
 * (extcap(4) of Wireshark). The capture itself is an ordinary conversion.
 */
#ifndef SF_LOG_EXTCAP_H
#define SF_LOG_EXTCAP_H

/** The format name that means all formats. */
#define SF_LOG_ANY_FORMAT "any"

/** Prints the only interface. */
void sf_log_extcap_interfaces(void);

/** Prints its link type. */
void sf_log_extcap_dlts(void);

/** Prints the options that the user is asked for: file, format, time zone, following. */
void sf_log_extcap_config(void);

#endif
