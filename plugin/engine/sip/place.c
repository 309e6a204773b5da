/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hosts and address ranges of Microsoft's.
 */
#include "place.h"

#include <glib.h>

#include "network.h"

#define PLACE(text, service)                            \
    {                                                   \
        SF_LITERAL_INIT(text), SF_LITERAL_INIT(service) \
    }

/* As documented in November 2026. Hosts and ranges of Direct Routing: Microsoft's "Plan Direct Routing", which named
 * 52.120.0.0/14 before it named the half of it that is 52.122.0.0/15; 13.107.64.0/18 and 2603:1063::/38: "Office 365
 * URLs and IP address ranges", Optimize for Teams. Hosts of the other online services: external DNS records of
 * Microsoft 365, Office 365 for the US government and Office 365 operated by 21Vianet. No address of the Chinese cloud
 * is documented for Direct Routing. */
const sf_place_row sf_default_places[] = {
    PLACE("52.112.0.0/14", "Teams"),
    PLACE("52.122.0.0/15", "Teams"),
    PLACE("52.120.0.0/14", "Teams, by older lists"),
    PLACE("13.107.64.0/18", "Teams, by older lists"),
    PLACE("2603:1063::/38", "Teams"),
    PLACE("52.127.88.0/21", "Teams, GCC High"),
    PLACE("52.127.64.0/21", "Teams, DoD"),
    PLACE("pstnhub.microsoft.com", "Teams Direct Routing"),
    PLACE("pstnhub.gov.teams.microsoft.us", "Teams Direct Routing, GCC High"),
    PLACE("pstnhub.dod.teams.microsoft.us", "Teams Direct Routing, DoD"),
    PLACE("pstnhub.partner.teams.microsoftonline.cn", "Teams Direct Routing, 21Vianet (inferred)"),
    PLACE("lync.com", "Skype for Business Online"),
    PLACE("online.gov.skypeforbusiness.us", "Skype for Business Online, GCC High"),
    PLACE("online.dod.skypeforbusiness.us", "Skype for Business Online, DoD"),
    PLACE("partner.lync.cn", "Skype for Business Online, 21Vianet"),
};
const unsigned sf_default_place_count = G_N_ELEMENTS(sf_default_places);

enum { IPV4_BITS = 32, IPV6_BITS = 128 };

static unsigned bits_of(sf_address_family family)
{
    return family == SF_ADDRESS_IPV4 ? IPV4_BITS : IPV6_BITS;
}

/** Letters, digits, hyphens and dots, with a letter at least. */
static bool is_domain(sf_slice text)
{
    bool has_letter = false;

    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (!g_ascii_isalnum(c) && c != '-' && c != '.') {
            return false;
        }
        has_letter = has_letter || g_ascii_isalpha(c);
    }
    return has_letter;
}

sf_status sf_place_read(sf_slice text, sf_slice service, sf_place *place)
{
    size_t slash = sf_slice_find(text, '/');
    sf_number bits;

    *place = (sf_place){ .text = text, .service = service };
    if (sf_transport_address_read(sf_slice_head(text, slash), &place->prefix) == SF_ADDRESS_NONE) {
        bool is_readable = is_domain(text);
        if (!is_readable) {
            *place = (sf_place){ .bits = 0 };
        }
        return is_readable ? SF_OK : SF_MALFORMED;
    }
    place->bits = (uint8_t)bits_of(place->prefix.family);
    if (slash == text.length) {
        return SF_OK;
    }
    if (sf_number_read(sf_slice_skip(text, slash + 1), place->bits, &bits) != SF_OK) {
        *place = (sf_place){ .bits = 0 };
        return SF_MALFORMED;
    }
    place->bits = (uint8_t)bits.value;
    return SF_OK;
}

static bool is_in_range(const sf_place *place, const sf_transport_address *address)
{
    size_t whole = place->bits / 8;
    unsigned rest = place->bits % 8;

    if (place->prefix.family != address->family || memcmp(place->prefix.bytes, address->bytes, whole) != 0) {
        return false;
    }
    return rest == 0 || (place->prefix.bytes[whole] ^ address->bytes[whole]) >> (8 - rest) == 0;
}

const sf_place *sf_place_of_address(const sf_place *places, unsigned count, const sf_transport_address *address)
{
    const sf_place *found = NULL;

    if (address->family != SF_ADDRESS_IPV4 && address->family != SF_ADDRESS_IPV6) {
        return NULL;
    }
    for (unsigned i = 0; i < count; i++) {
        if (is_in_range(&places[i], address) && (!found || places[i].bits > found->bits)) {
            found = &places[i];
        }
    }
    return found;
}

static const sf_place *place_of_name(const sf_place *places, unsigned count, sf_slice host)
{
    const sf_place *found = NULL;

    for (unsigned i = 0; i < count; i++) {
        bool is_longer = !found || places[i].text.length > found->text.length;
        if (places[i].text.length > 0 && places[i].prefix.family == SF_ADDRESS_NONE && is_longer &&
            sf_slice_in_domain(host, places[i].text)) {
            found = &places[i];
        }
    }
    return found;
}

const sf_place *sf_place_of_host(const sf_place *places, unsigned count, sf_slice host)
{
    sf_transport_address address = { .family = SF_ADDRESS_NONE };

    if (host.length > 2 && host.text[0] == '[' && host.text[host.length - 1] == ']') {
        host = sf_slice_between(host.text + 1, sf_slice_end(host) - 1);
    }
    if (sf_transport_address_read(host, &address) != SF_ADDRESS_NONE) {
        return sf_place_of_address(places, count, &address);
    }
    return place_of_name(places, count, sf_host_without_root(host));
}
