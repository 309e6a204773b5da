/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing those words.
 */
#include "media_party.h"

#include "compat.h"
#include "engine/text/address.h"

#include <epan/to_str.h>
#include <stdio.h>

bool sf_media_host_write(const sf_media_end *host, char text[SF_MEDIA_PARTY_BYTES])
{
    bool is_ipv4 = host->family == SF_ADDRESS_IPV4;
    address shown;

    if (!is_ipv4 && host->family != SF_ADDRESS_IPV6) {
        return false;
    }
    set_address(&shown, is_ipv4 ? AT_IPv4 : AT_IPv6, is_ipv4 ? 4 : 16, host->address);
    address_to_str_buf(&shown, text, SF_MEDIA_PARTY_BYTES);
    return true;
}

sf_media_party sf_media_party_of_call(bool is_caller)
{
    sf_media_party party = { "" };

    snprintf(party.text, sizeof party.text, "the %s", is_caller ? "caller" : "callee");
    return party;
}

sf_media_party sf_media_party_of_hop(const sf_media_end *host, bool is_on_callers_side)
{
    sf_media_party party = { "" };

    if (!sf_media_host_write(host, party.text)) {
        snprintf(party.text, sizeof party.text, "the %s's side", is_on_callers_side ? "caller" : "callee");
    }
    return party;
}
