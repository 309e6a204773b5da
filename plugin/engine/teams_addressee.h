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

/** True if From or To has a host of Teams Direct Routing. */
bool sf_message_party_is_teams(const sf_message *message);

/**
 * True if more of a message than its From and To says that Teams Direct Routing wrote it, or that it goes there: the
 * product, the Request-URI, the sender's Contact, or a header of Teams'. A session border controller may leave Teams' name in
 * From or To of what it sends to others. It is the same for SF_READ_FOR_CALL where From or To has a host of Teams.
 */
bool sf_message_shows_teams(const sf_message *message);

#endif
