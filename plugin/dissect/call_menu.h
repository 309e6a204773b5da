/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The Telephony menu: from the selected packet to its call.
 */
#ifndef SF_DISSECT_CALL_MENU_H
#define SF_DISSECT_CALL_MENU_H

/** Registers the entries of the menu. Called once. */
void sf_call_menu_register(void);

#endif
