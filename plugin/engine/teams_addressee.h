/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a message goes to Teams Direct Routing.
 */
#ifndef SF_ENGINE_TEAMS_ADDRESSEE_H
#define SF_ENGINE_TEAMS_ADDRESSEE_H

#include "engine/message.h"

/**
 * Whether the names in a message say that it goes to Teams Direct Routing, inside TLS: of a request the Request-URI or
 * the first Route, of a response From, where one Via alone is left. A PBX behind the session border controller may write such
 * names too, and seldom uses TLS: whoever knows where the packet goes knows better.
 */
bool sf_message_names_teams(const sf_message *message);

#endif
