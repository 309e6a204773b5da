/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Claims the names of Microsoft's headers in the SIP dissector, which then no
 * longer calls them unrecognized. What they say is shown in our own subtree.
 */
#ifndef SF_DISSECT_HEADER_CLAIMS_H
#define SF_DISSECT_HEADER_CLAIMS_H

/** Claims every name of the engine's table. Called once, when all dissectors are registered. */
void sf_header_claims_register(int proto);

#endif
