/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Record-Route and Route entries.
 */
#include "route.h"

#include "engine/text/param_table.h"

#include <glib.h>

enum {
    LR,
    GRUU,
    FRONT_END,
    TAG,
    EPID,
    OPAQUE,
    MS_OPAQUE,
    ROLE_FROM,
    ROLE_TO,
    ENTERPRISE_DESTINATION,
    ROUTE_SIG,
    RR_SIG,
    IDENTITY_SIG,
    KEY_INFO,
    EDGE_ROUTE,
};

/* Servers differ in which of these they write inside the angle brackets: one table serves both places. */
static const sf_param_row parameters[] = {
    [LR] = { SF_LITERAL_INIT("lr"), SF_PARAM_REPEATS },
    [GRUU] = { SF_LITERAL_INIT("gruu"), SF_PARAM_REPEATS },
    [FRONT_END] = { SF_LITERAL_INIT("ms-fe"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [TAG] = { SF_LITERAL_INIT("tag"), SF_PARAM_VALUED },
    [EPID] = { SF_LITERAL_INIT("epid"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [OPAQUE] = { SF_LITERAL_INIT("opaque"), SF_PARAM_VALUED },
    [MS_OPAQUE] = { SF_LITERAL_INIT("ms-opaque"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [ROLE_FROM] = { SF_LITERAL_INIT("ms-role-rs-from"), SF_PARAM_MICROSOFT },
    [ROLE_TO] = { SF_LITERAL_INIT("ms-role-rs-to"), SF_PARAM_MICROSOFT },
    [ENTERPRISE_DESTINATION] = { SF_LITERAL_INIT("ms-ent-dest"), SF_PARAM_MICROSOFT },
    [ROUTE_SIG] = { SF_LITERAL_INIT("ms-route-sig"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [RR_SIG] = { SF_LITERAL_INIT("ms-rrsig"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [IDENTITY_SIG] = { SF_LITERAL_INIT("ms-identity"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [KEY_INFO] = { SF_LITERAL_INIT("ms-key-info"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
    [EDGE_ROUTE] = { SF_LITERAL_INIT("ms-edge-route"), SF_PARAM_MICROSOFT },
};

static sf_word_index parameter_index = SF_WORD_INDEX_INIT(parameters);

/** Colons separate the flags of a state: `T:F:Ci.R1fd200`. */
static void read_state(sf_slice value, sf_problems *problems, sf_route *route)
{
    static const sf_slice prefix = SF_LITERAL_INIT("state:");
    static const sf_slice connection = SF_LITERAL_INIT("Ci.R");

    if (!sf_slice_starts_nocase(value, prefix)) {
        route->may_be_gruu = true;
        return;
    }
    route->has_microsoft = true;
    route->state = sf_slice_skip(value, prefix.length);
    if (route->state.length == 0) {
        sf_problems_malformed(problems, route->text, value, "The route's state", "is empty");
    }
    for (sf_slice rest = route->state; rest.length > 0;) {
        sf_slice flag = sf_slice_head(rest, sf_slice_find(rest, ':'));
        rest = sf_slice_skip(rest, flag.length + 1);
        if (!sf_slice_starts_nocase(flag, connection)) {
            continue;
        }
        sf_slice digits = sf_slice_skip(flag, connection.length);
        if (sf_number_read_hex32(digits, &route->state_cid) != SF_OK) {
            sf_problems_malformed(problems, route->text, flag, "The connection id in the route's state",
                                  "is not a number of 1 to 8 hexadecimal digits");
            return; /* the flags after it are shown with the state */
        }
    }
}

static void read_signature(sf_route_signature kind, const char *what, const sf_param *param, sf_extent extent,
                           sf_problems *problems, sf_route *route)
{
    route->signature[kind] = param->value;
    if (extent == SF_READ_ALL) {
        sf_signed_token_read(param->value, route->text, what, problems, &route->token[kind]);
    }
}

static void read_parameter(int id, const sf_param *param, sf_extent extent, sf_problems *problems, sf_route *route)
{
    switch (id) {
    case GRUU:
        route->may_be_gruu = true;
        break;
    case FRONT_END:
        route->front_end = param->value;
        break;
    case TAG:
        route->tag = param->value;
        break;
    case EPID:
        route->epid = param->value;
        break;
    case OPAQUE:
    case MS_OPAQUE:
        read_state(param->value, problems, route);
        break;
    case ROLE_FROM:
        route->role_from = param->name;
        break;
    case ROLE_TO:
        route->role_to = param->name;
        break;
    case ENTERPRISE_DESTINATION:
        route->enterprise_destination = param->name;
        break;
    case EDGE_ROUTE:
        route->edge_route = param->name;
        break;
    case ROUTE_SIG:
        read_signature(SF_ROUTE_SIG, "ms-route-sig", param, extent, problems, route);
        break;
    case RR_SIG:
        read_signature(SF_ROUTE_RR_SIG, "ms-rrsig", param, extent, problems, route);
        break;
    case IDENTITY_SIG:
        read_signature(SF_ROUTE_IDENTITY, "ms-identity", param, extent, problems, route);
        break;
    case KEY_INFO:
        if (extent == SF_READ_ALL) {
            sf_key_info_read(param->value, route->text, problems, &route->key_info);
        }
        break;
    }
}

/** Ends the route in front of another one that follows without a comma: `<sip:a;lr>;tag=1 <sip:b;lr>`. */
static void cut_next(sf_route *route)
{
    sf_slice *rest = &route->address.parameters;
    size_t next = sf_angle_find(*rest);

    if (next == rest->length) {
        return;
    }
    *rest = sf_slice_head(*rest, next);
    route->text = route->address.text = sf_slice_trim(sf_slice_between(route->text.text, rest->text + next));
}

void sf_route_read(sf_slice text, bool is_record_route, sf_extent extent, sf_problems *problems, sf_route *route)
{
    sf_param param;
    int id;

    memset(route, 0, sizeof *route);
    route->text = text;
    route->is_record_route = is_record_route;
    sf_address_read(text, problems, &route->address);
    cut_next(route);

    const sf_slice places[] = { route->address.uri.parameters, route->address.parameters };
    uint32_t seen = 0;
    uint32_t repeated = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        sf_param_walk walk = SF_PARAM_WALK(places[i], route->text, problems, parameters);
        walk.index = &parameter_index;
        walk.seen = seen;
        walk.repeated = repeated;
        while (sf_param_walk_next(&walk, &id, &param)) {
            read_parameter(id, &param, extent, sf_param_problems(&walk, &param), route);
        }
        seen = walk.seen;
        repeated = walk.repeated;
        route->has_microsoft = route->has_microsoft || walk.has_microsoft;
    }
}
