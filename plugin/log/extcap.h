/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The program as Wireshark's capture source "Lync/Skype for Business log":
 * answers to its questions (Wireshark's doc/extcap.4). The capture itself is
 * what the program does anyway.
 */
#ifndef SF_LOG_EXTCAP_H
#define SF_LOG_EXTCAP_H

/** The format name that stands for all formats. */
#define SF_LOG_ANY_FORMAT "any"

/** Prints the one interface. */
void sf_log_extcap_interfaces(void);

/** Prints its link type. */
void sf_log_extcap_dlts(void);

/** Prints what the user is asked for: file, format, zone, following. */
void sf_log_extcap_config(void);

#endif
