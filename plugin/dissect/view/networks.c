/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of networks.
 */
#include "networks.h"

const value_string sf_network_names[] = {
    { SF_NETWORK_UNKNOWN, "Unknown" },
    { SF_NETWORK_SIP_DOMAIN, "SIP domain" },
    { SF_NETWORK_OWN, "Own enterprise" },
    { SF_NETWORK_FEDERATED, "Federated partner" },
    { SF_NETWORK_SKYPE, "Skype or Microsoft account" },
    { SF_NETWORK_PUBLIC_IM, "Other public IM" },
    { SF_NETWORK_TELEPHONE, "Telephone network" },
    { SF_NETWORK_TEAMS, "Teams Direct Routing" },
    { SF_NETWORK_NUMBER, "Telephone number" },
    { SF_NETWORK_PUBLIC, "Public IM provider" },
    { 0, NULL },
};

const char *sf_network_name(sf_network network)
{
    return val_to_str_const(network, sf_network_names, "Unknown");
}
