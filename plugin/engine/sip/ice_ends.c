/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reading the addresses of both ends.
 */
#include "ice_ends.h"

#include "engine/text/address.h"

#include <string.h>

enum { INTRANET = 2 };

/** The address in `10.1.2.3:50010` or `[fd00::1]:50010`. */
static bool read_address(sf_slice site, sf_transport_address *address)
{
    if (site.length > 0 && site.text[0] == '[') {
        site = sf_slice_skip(site, 1);
        site = sf_slice_head(site, sf_slice_find(site, ']'));
    } else {
        site = sf_slice_head(site, sf_slice_find(site, ':'));
    }
    return sf_transport_address_read(site, address) != SF_ADDRESS_NONE;
}

static bool is_of_company(const sf_transport_address *address)
{
    const uint8_t *bytes = address->bytes;

    return address->family == SF_ADDRESS_IPV4 ? bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xF0) == 16)
                                              : (bytes[0] & 0xFE) == 0xFC;
}

static bool has_one_network(sf_slice local_site, sf_slice remote_site)
{
    sf_transport_address local, remote;

    if (!read_address(local_site, &local) || !read_address(remote_site, &remote) || local.family != remote.family) {
        return false;
    }
    size_t shared = local.family == SF_ADDRESS_IPV4 ? 3 : 8;
    return is_of_company(&local) && memcmp(local.bytes, remote.bytes, shared) == 0;
}

sf_ice_ends sf_ice_ends_of(const sf_media_debug *debug)
{
    sf_number local = debug->values[SF_DEBUG_LOCAL_LOCATION], remote = debug->values[SF_DEBUG_REMOTE_LOCATION];
    sf_number federation = debug->values[SF_DEBUG_FEDERATION_TYPE];

    if (sf_number_is_present(federation) && federation.value != 0) {
        return SF_ENDS_UNKNOWN;
    }
    if (sf_number_is_present(local) && sf_number_is_present(remote) && local.value != 0 && remote.value != 0) {
        return local.value == INTRANET && remote.value == INTRANET ? SF_ENDS_INSIDE : SF_ENDS_UNKNOWN;
    }
    bool is_apart = (sf_number_is_present(local) && local.value != 0 && local.value != INTRANET) ||
                    (sf_number_is_present(remote) && remote.value != 0 && remote.value != INTRANET);
    return !is_apart &&
                   has_one_network(debug->values[SF_DEBUG_LOCAL_SITE].text, debug->values[SF_DEBUG_REMOTE_SITE].text)
               ? SF_ENDS_SAME_NETWORK
               : SF_ENDS_UNKNOWN;
}
