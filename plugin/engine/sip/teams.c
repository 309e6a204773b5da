/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Instances, regions and ids of Teams Direct Routing.
 */
#include "teams.h"

#include "engine/text/base64.h"
#include "engine/text/words.h"
#include "network.h"
#include "product.h"

/* Microsoft's names of regions put the direction first in some areas: West Europe, but Japan West. */
static const struct {
    sf_slice letters;
    const char *area;
    bool direction_first;
} areas[] = {
    { SF_LITERAL_INIT("AE"), "UAE", false },          { SF_LITERAL_INIT("AS"), "Asia", true },
    { SF_LITERAL_INIT("AU"), "Australia", false },    { SF_LITERAL_INIT("BR"), "Brazil", false },
    { SF_LITERAL_INIT("CA"), "Canada", false },       { SF_LITERAL_INIT("DE"), "Germany", false },
    { SF_LITERAL_INIT("EU"), "Europe", true },        { SF_LITERAL_INIT("FR"), "France", false },
    { SF_LITERAL_INIT("IN"), "India", true },         { SF_LITERAL_INIT("JP"), "Japan", false },
    { SF_LITERAL_INIT("KO"), "Korea", false },        { SF_LITERAL_INIT("KR"), "Korea", false },
    { SF_LITERAL_INIT("NO"), "Norway", false },       { SF_LITERAL_INIT("SE"), "Sweden", false },
    { SF_LITERAL_INIT("UK"), "UK", false },           { SF_LITERAL_INIT("US"), "US", true },
    { SF_LITERAL_INIT("ZA"), "South Africa", false },
};

/* GV is the government's cloud, which has no direction. */
static const struct {
    sf_slice letters;
    const char *direction;
    bool goes_last;
} directions[] = {
    { SF_LITERAL_INIT("CE"), "Central", false },       { SF_LITERAL_INIT("EA"), "East", false },
    { SF_LITERAL_INIT("GV"), "Government", true },     { SF_LITERAL_INIT("NC"), "North Central", false },
    { SF_LITERAL_INIT("NE"), "Northeast", false },     { SF_LITERAL_INIT("NO"), "North", false },
    { SF_LITERAL_INIT("SC"), "South Central", false }, { SF_LITERAL_INIT("SE"), "Southeast", false },
    { SF_LITERAL_INIT("SO"), "South", false },         { SF_LITERAL_INIT("WC"), "West Central", false },
    { SF_LITERAL_INIT("WE"), "West", false },
};

sf_teams_region sf_teams_region_of(sf_slice code)
{
    enum { LETTERS = 2 };
    sf_teams_region region = { .area = NULL };
    size_t end = code.length;

    while (end > 0 && g_ascii_isdigit(code.text[end - 1])) {
        end--;
    }
    sf_slice letters = sf_slice_head(code, end);
    if (letters.length != LETTERS && letters.length != 2 * LETTERS) {
        return region;
    }
    int area = SF_WORDS_FIND(areas, sf_slice_head(letters, LETTERS));
    int direction = SF_WORDS_FIND(directions, sf_slice_skip(letters, LETTERS));
    if (area == SF_WORDS_NONE || (letters.length > LETTERS && direction == SF_WORDS_NONE)) {
        return region;
    }
    region.area = areas[area].area;
    region.number = sf_slice_skip(code, end);
    if (direction != SF_WORDS_NONE) {
        region.direction = directions[direction].direction;
        region.direction_first = areas[area].direction_first && !directions[direction].goes_last;
    }
    return region;
}

static void keep(sf_teams *teams, sf_slice text, sf_slice code, sf_slice header)
{
    for (unsigned i = 0; i < teams->instance_count; i++) {
        if (sf_slice_equals_nocase(teams->instances[i].text, text)) {
            return;
        }
    }
    if (teams->instance_count < SF_MAX_TEAMS_INSTANCES) {
        teams->instances[teams->instance_count++] = (sf_teams_instance){ header, text, sf_teams_region_of(code) };
    }
}

void sf_teams_take_product(sf_teams *teams, sf_slice value, sf_slice header)
{
    sf_cursor cursor = sf_cursor_over(value);
    sf_slice word;

    if (!sf_product_is_of_teams(value)) {
        return;
    }
    while (sf_word_next(&cursor, &word)) {
        sf_slice text = sf_slice_skip(word, 2);
        if (sf_slice_starts_nocase(word, SF_LITERAL("i.")) && text.length > 0) {
            keep(teams, text, sf_slice_head(text, sf_slice_find(text, '.')), header);
        }
    }
}

void sf_teams_take_host(sf_teams *teams, sf_slice host, sf_slice header)
{
    sf_slice label = sf_slice_head(host, sf_slice_find(host, '.'));
    size_t dash = sf_slice_find_last(label, '-');

    if (sf_host_is_teams(host) && dash < label.length && !sf_slice_equals_nocase(label, SF_LITERAL("sip-all"))) {
        keep(teams, label, sf_slice_skip(label, dash + 1), header);
    }
}

void sf_teams_take_ids(sf_teams *teams, const sf_uri *uri)
{
    sf_param param;

    if (uri->parameters.length == 0 || !sf_host_is_teams(uri->host)) {
        return;
    }
    if (!sf_slice_present(teams->trace_text) && sf_parameter_find(uri->parameters, SF_LITERAL("x-i"), &param) &&
        sf_guid_read(param.value, &teams->trace_id) == SF_OK) {
        teams->trace_text = param.value;
    }
    if (!sf_slice_present(teams->call) && sf_parameter_find(uri->parameters, SF_LITERAL("x-c"), &param) &&
        param.value.length > 0) {
        size_t slash = sf_slice_find(param.value, '/');
        teams->call = slash == 0 ? param.value : sf_slice_head(param.value, slash);
    }
}

static sf_slice value_of(const sf_uri *uri, sf_slice name)
{
    sf_param param;
    bool has_value = sf_parameter_find(uri->parameters, name, &param) && param.value.length > 0;

    return has_value ? param.value : (sf_slice){ NULL, 0 };
}

static bool is_same_party(const sf_teams_party *a, const sf_teams_party *b)
{
    return sf_slice_equals(a->object, b->object) && sf_slice_equals(a->tenant_text, b->tenant_text) &&
           sf_slice_equals(a->transfer, b->transfer) && sf_slice_equals(a->target, b->target);
}

void sf_teams_take_party(sf_teams *teams, const sf_uri *uri, sf_slice header)
{
    if (teams->party_count == SF_MAX_TEAMS_PARTIES || uri->parameters.length == 0 || !sf_host_is_teams(uri->host)) {
        return;
    }
    sf_teams_party *party = &teams->parties[teams->party_count];
    *party = (sf_teams_party){
        .header = header,
        .object = value_of(uri, SF_LITERAL("x-m")),
        .transfer = value_of(uri, SF_LITERAL("x-ti")),
        .target = value_of(uri, SF_LITERAL("x-tt")),
    };
    sf_slice tenant = value_of(uri, SF_LITERAL("x-t"));
    if (sf_guid_read(tenant, &party->tenant) == SF_OK) {
        party->tenant_text = tenant;
    }
    size_t colon = sf_slice_find_last(party->object, ':');
    sf_slice id = sf_slice_skip(party->object, colon < party->object.length ? colon + 1 : 0);
    if (sf_guid_read(id, &party->object_id) == SF_OK) {
        party->object_text = id;
    }
    bool is_there = party->object.length > 0 || party->tenant_text.length > 0 || party->transfer.length > 0 ||
                    party->target.length > 0;
    for (unsigned i = 0; i < teams->party_count; i++) {
        is_there = is_there && !is_same_party(&teams->parties[i], party);
    }
    teams->party_count += is_there;
}

sf_status sf_teams_target_read(const sf_teams_party *party, char *out, size_t *length)
{
    static const sf_slice scheme = SF_LITERAL_INIT("https://");
    static const sf_slice padding = SF_LITERAL_INIT("%3D");
    sf_slice letters = party->target;

    *length = 0;
    if (letters.length == 0) {
        return SF_ABSENT;
    }
    while (sf_slice_ends_nocase(letters, padding)) {
        letters = sf_slice_head(letters, letters.length - padding.length);
    }
    if (sf_base64_decode(letters, (uint8_t *)out, SF_MAX_TEAMS_TARGET, length) != SF_OK) {
        *length = 0;
        return SF_MALFORMED;
    }
    bool is_plain = sf_slice_starts_nocase((sf_slice){ out, *length }, scheme);
    for (size_t i = 0; i < *length; i++) {
        is_plain = is_plain && g_ascii_isgraph(out[i]);
    }
    if (!is_plain) {
        *length = 0;
        return SF_MALFORMED;
    }
    return SF_OK;
}
