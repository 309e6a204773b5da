/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The two entries that Wireshark calls once at its start.
 */
#ifndef SF_DISSECT_SKYPEFED_H
#define SF_DISSECT_SKYPEFED_H

/** Registers protocol, fields, preferences and the post-dissector. */
void proto_register_skypefed(void);

/** Looks up what other dissectors have registered. */
void proto_reg_handoff_skypefed(void);

#endif
