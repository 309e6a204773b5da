/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of networks.
 */
#ifndef SF_DISSECT_VIEW_NETWORKS_H
#define SF_DISSECT_VIEW_NETWORKS_H

#include "compat.h"

#include "engine/sip/network.h"

/** Names of sf_network, for fields and preferences. */
extern const value_string sf_network_names[];

/** Name of one network. */
const char *sf_network_name(sf_network network);

#endif
