/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the user can set: Edit > Preferences > Protocols > SkypeFed.
 */
#ifndef SF_DISSECT_VIEW_PREFERENCES_H
#define SF_DISSECT_VIEW_PREFERENCES_H

#include <stdbool.h>

#include "engine/sip/network.h"

/** Registers the preferences of the protocol. Called once. */
void sf_preferences_register(int proto);

/** Own domains and providers, as set now. Valid until the preferences change. */
const sf_knowledge *sf_preferences_knowledge(void);

/** True if unencrypted media is to be reported in all SIP calls, not only in Microsoft ones. */
bool sf_preferences_check_all_calls(void);

/** True if keys, salts and candidate passwords are shown in the tree. */
bool sf_preferences_show_keys(void);

/** True if the Info column is to have words of ours. */
bool sf_preferences_info_column(void);

/** True if RTP packets are to be held against what their call agreed. */
bool sf_preferences_media(void);

/** True if the text of instant messages and the names of files are shown in the tree. */
bool sf_preferences_show_messages(void);

/** True if bodies in Microsoft's XML media types are to be shown as XML. */
bool sf_preferences_xml_bodies(void);

#endif
