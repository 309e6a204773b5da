/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bodies that the SIP dissector would show as lines of text: those in
 * Microsoft's XML media types become a tree of Wireshark's XML dissector.
 */
#ifndef SF_DISSECT_BODY_CLAIMS_H
#define SF_DISSECT_BODY_CLAIMS_H

/** Registers the field and the dissector of such bodies. @param proto  enables and disables it */
void sf_body_claims_register(int proto);

/** Takes the media types of Microsoft's that no other dissector has claimed. Called once, after all have registered. */
void sf_body_claims_take(int proto);

#endif
