/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What Teams Direct Routing demands of the messages that a session border
 * controller sends to it. A demand is here only if Microsoft documents it, and
 * if one message alone shows that it is not met.
 */
#ifndef SF_ENGINE_TEAMS_DEMAND_H
#define SF_ENGINE_TEAMS_DEMAND_H

#include "engine/message.h"

/** In the order of the table. */
typedef enum {
    SF_DEMAND_CONTACT,
    SF_DEMAND_CONTACT_ADDRESS,
    SF_DEMAND_CONTACT_NAME,
    SF_DEMAND_ROUTE_ADDRESS,
    SF_DEMAND_SIPS,
    SF_DEMAND_EMPTY_USER,
    SF_DEMAND_REPLACES,
    SF_DEMAND_NUMBER,
    SF_DEMAND_CALLER_NUMBER,
    SF_DEMAND_SRTP,
    SF_DEMAND_SUITE,
    SF_DEMAND_CODEC,
    SF_DEMAND_HOLD,
    SF_DEMAND_CONNECTION,
    SF_DEMAND_NOTIFY,
    SF_DEMAND_REFER,
    SF_DEMANDS
} sf_demand;

/** A row of the table. */
typedef struct {
    const char *name; /**< of its expert info, after `teams_` */
    const char *title;
    const char *text; /**< what happened, and what to change */
    unsigned occasions;
    sf_cut most_cut; /**< it is judged even if so much is cut off */
    bool is_warning; /**< the call or the trunk fails for it; else a note */
    /** Whether the message does not meet it. @param where  set, if it does not, to what is wrong; else left alone */
    bool (*is_unmet)(const sf_message *message, sf_slice *where);
} sf_demand_row;

/** All demands, at their numbers. */
extern const sf_demand_row sf_demand_rows[SF_DEMANDS];

/**
 * Whether a message that goes to Teams does not meet a demand.
 * @param message  read with SF_READ_ALL
 * @param where    set, if it does not, to the part of the message that is wrong or lacks something
 */
bool sf_demand_is_unmet(sf_demand demand, const sf_message *message, sf_slice *where);

#endif
