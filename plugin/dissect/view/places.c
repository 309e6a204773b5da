/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of Microsoft's hosts and address ranges that the user can edit.
 */
#include "places.h"

#include "carrier.h"

#include <epan/uat-int.h>
#include <epan/uat.h>
#include <wsutil/filesystem.h>

#define PLACES_FILE "skypefed_microsoft"

/** A row of the table, as Wireshark edits it. */
typedef struct {
    char *place;
    char *service;
} place_row;

static uat_t *place_table;
static place_row *place_rows;
static unsigned place_row_count;

static sf_place *places; /* of the rows that can be read */
static unsigned place_count;

UAT_CSTRING_CB_DEF(places, place, place_row)
UAT_CSTRING_CB_DEF(places, service, place_row)

static void *copy_row(void *to, const void *from, size_t size _U_)
{
    const place_row *source = from;
    place_row *copy = to;

    copy->place = g_strdup(source->place);
    copy->service = g_strdup(source->service);
    return copy;
}

static void free_row(void *record)
{
    place_row *row = record;

    g_free(row->place);
    g_free(row->service);
}

static sf_slice slice_of(const char *text)
{
    return sf_slice_trim((sf_slice){ text, text ? strlen(text) : 0 });
}

static sf_row_bool check_row(void *record, char **error)
{
    const place_row *row = record;
    sf_place place;

    *error = NULL;
    if (sf_place_read(slice_of(row->place), slice_of(row->service), &place) != SF_OK) {
        *error = g_strdup("Enter a domain, an address, or an address range such as 52.112.0.0/14");
    }
    return *error == NULL;
}

static bool table_was_saved(void)
{
    char *path = get_persconffile_path(PLACES_FILE, true);
    bool exists = g_file_test(path, G_FILE_TEST_EXISTS);

    g_free(path);
    return exists;
}

/** The built-in places become rows of a table that the user has never saved, there to be edited. */
static void add_default_rows(void)
{
    for (unsigned i = 0; i < sf_default_place_count; i++) {
        const sf_place_row *built_in = &sf_default_places[i];
        place_row row = {
            .place = g_strndup(built_in->text.text, built_in->text.length),
            .service = g_strndup(built_in->service.text, built_in->service.length),
        };
        uat_add_record(place_table, &row, true);
        free_row(&row);
    }
}

static void take_places(void)
{
    if (place_row_count == 0 && !table_was_saved()) {
        add_default_rows();
    }
    g_free(places);
    places = g_new0(sf_place, place_row_count);
    place_count = 0;
    for (unsigned i = 0; i < place_row_count; i++) {
        sf_slice text = slice_of(place_rows[i].place);
        if (sf_place_read(text, slice_of(place_rows[i].service), &places[place_count]) == SF_OK) {
            place_count++;
        }
    }
}

void sf_places_register(module_t *module)
{
    static uat_field_t fields[] = {
        UAT_FLD_CSTRING(places, place, "Range or domain",
                        "Range of addresses such as 52.112.0.0/14, a single address, or a domain"),
        UAT_FLD_CSTRING(places, service, "Service", "Microsoft service that uses it"), UAT_END_FIELDS
    };

    place_table = uat_new("Microsoft's Hosts and Addresses", sizeof(place_row), PLACES_FILE, true, &place_rows,
                          &place_row_count, UAT_AFFECTS_DISSECTION, NULL, copy_row, check_row, free_row, take_places,
                          NULL, fields);
    prefs_register_uat_preference(module, "microsoft", "Microsoft's hosts and addresses",
                                  "Domains and address ranges of Microsoft's cloud, and the service that uses each",
                                  place_table);
}

const sf_place *sf_places_of_host(sf_slice host)
{
    return sf_place_of_host(places, place_count, host);
}

const sf_place *sf_places_of_address(const sf_transport_address *transport)
{
    return sf_place_of_address(places, place_count, transport);
}

bool sf_packet_address_read(const address *from, sf_transport_address *to)
{
    *to = (sf_transport_address){ .family = SF_ADDRESS_NONE };
    if (from->type == AT_IPv4) {
        to->family = SF_ADDRESS_IPV4;
        memcpy(to->bytes, from->data, 4);
    } else if (from->type == AT_IPv6) {
        to->family = SF_ADDRESS_IPV6;
        memcpy(to->bytes, from->data, 16);
    }
    return to->family != SF_ADDRESS_NONE;
}

static bool is_loopback(const sf_transport_address *transport)
{
    static const uint8_t loopback[sizeof transport->bytes] = { [sizeof transport->bytes - 1] = 1 };

    return transport->family == SF_ADDRESS_IPV4 ? transport->bytes[0] == 127
                                                : memcmp(transport->bytes, loopback, sizeof loopback) == 0;
}

static bool is_end_elsewhere(const address *end)
{
    sf_transport_address read;

    return sf_packet_address_read(end, &read) && !sf_transport_address_is_null(&read) && !is_loopback(&read) &&
           !sf_transport_address_is_private(&read) && !sf_places_of_address(&read);
}

bool sf_packet_is_elsewhere(const packet_info *pinfo)
{
    return is_end_elsewhere(&pinfo->net_src) && is_end_elsewhere(&pinfo->net_dst) &&
           !addresses_equal(&pinfo->net_src, &pinfo->net_dst) && !sf_carrier_is_log(pinfo);
}
