/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * GRUUs.
 */
#include "gruu.h"

#include "engine/text/base64.h"
#include "engine/text/param_table.h"

#include <glib.h>

enum { GRUU, OPAQUE, GRID };

static const sf_param_row parameters[] = {
    [GRUU] = { SF_LITERAL("gruu"), SF_PARAM_REPEATS },
    [OPAQUE] = { SF_LITERAL("opaque"), SF_PARAM_VALUED },
    [GRID] = { SF_LITERAL("grid"), SF_PARAM_OF_ANYBODY },
};

typedef sf_status read_opaque(sf_slice value, sf_problems *problems, sf_gruu *gruu);

static sf_status read_id(sf_slice text, sf_problems *problems, sf_gruu *gruu)
{
    if (sf_ms_base64_guid(text, &gruu->guid) != SF_OK) {
        sf_problems_malformed(problems, gruu->text, text, "The id of the GRUU",
                              "is not a GUID of 24 letters in Microsoft base64");
        return SF_MALFORMED;
    }
    gruu->id_text = text;
    return SF_OK;
}

/** `srvr:Service:id`; a service name may hold dots, the id stands behind the last colon. */
static sf_status read_server(sf_slice value, sf_problems *problems, sf_gruu *gruu)
{
    size_t colon = sf_slice_find_last(value, ':');

    gruu->service = sf_slice_head(value, colon);
    if (read_id(sf_slice_skip(value, colon + 1), problems, gruu) != SF_OK) {
        return SF_MALFORMED;
    }
    if (gruu->service.length == 0) {
        sf_problems_malformed(problems, gruu->text, value, "The server GRUU", "names no service");
        return SF_MALFORMED;
    }
    return SF_OK;
}

/** `app:conf:role:id:conference-id`; the id of a Teams meeting holds colons itself. */
static sf_status read_conference(sf_slice value, sf_problems *problems, sf_gruu *gruu)
{
    static const sf_slice id = SF_LITERAL("id:");

    gruu->conference_role = sf_slice_head(value, sf_slice_find(value, ':'));
    sf_slice rest = sf_slice_skip(value, gruu->conference_role.length + 1);
    if (gruu->conference_role.length == 0 || rest.length == id.length || !sf_slice_starts_nocase(rest, id)) {
        sf_problems_malformed(problems, gruu->text, value, "The conference GRUU", "is not of the form ROLE:id:ID");
        return SF_MALFORMED;
    }
    gruu->conference_id = sf_slice_skip(rest, id.length);
    return SF_OK;
}

static sf_status read_nothing(sf_slice value, sf_problems *problems, sf_gruu *gruu)
{
    (void)value;
    (void)problems;
    (void)gruu;
    return SF_OK;
}

/* [MS-SIPRE] 2.2.3 */
static const struct {
    sf_slice prefix;
    sf_gruu_kind kind;
    read_opaque *read;
} forms[] = {
    { SF_LITERAL("user:epid:"), SF_GRUU_USER_ENDPOINT, read_id },
    { SF_LITERAL("srvr:"), SF_GRUU_SERVER, read_server },
    { SF_LITERAL("app:conf:"), SF_GRUU_CONFERENCE, read_conference },
    { SF_LITERAL("app:voicemail"), SF_GRUU_VOICE_MAIL, read_nothing },
    { SF_LITERAL("app:locationprofile"), SF_GRUU_LOCATION_PROFILE, read_nothing },
};

static sf_status read_forms(sf_slice opaque, sf_problems *problems, sf_gruu *gruu)
{
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (sf_slice_starts_nocase(opaque, forms[i].prefix)) {
            gruu->kind = forms[i].kind;
            gruu->microsoft = true;
            return forms[i].read(sf_slice_skip(opaque, forms[i].prefix.length), problems, gruu);
        }
    }
    return SF_OK;
}

static sf_status read_grid(const sf_param *param, sf_problems *problems, sf_gruu *gruu)
{
    if (sf_guid_read(param->value, &gruu->grid) != SF_OK) {
        sf_problems_malformed(problems, gruu->text, param->text, "grid", "is not a GUID of 32 digits");
        return SF_MALFORMED;
    }
    gruu->grid_text = param->value;
    return SF_OK;
}

sf_status sf_gruu_read(const sf_uri *uri, sf_problems *problems, sf_gruu *gruu)
{
    bool is_gruu = false;
    sf_status opaque = SF_OK;
    sf_status grid = SF_OK;
    sf_param grid_param = { .text = { NULL, 0 } };
    sf_problems ignored;
    sf_param param;
    int id;

    memset(gruu, 0, sizeof *gruu);
    gruu->text = uri->text;
    gruu->header = problems->context;
    gruu->host = uri->host;
    sf_param_walk walk = sf_param_walk_over(uri->parameters, uri->text, problems, parameters,
                                            G_N_ELEMENTS(parameters));
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id == GRID) {
            grid_param = param; /* tells something of a GRUU only, which may show behind it */
        } else if (id == GRUU) {
            is_gruu = true;
        } else if (id == OPAQUE && !sf_slice_starts_nocase(param.value, SF_LITERAL("state:"))) {
            is_gruu = true;
            opaque = read_forms(param.value, sf_param_problems(&walk, &param, &ignored), gruu);
        }
    }
    gruu->microsoft = gruu->microsoft || walk.microsoft;
    if (!is_gruu) {
        return SF_ABSENT;
    }
    if (sf_slice_present(grid_param.text)) {
        grid = read_grid(&grid_param, sf_param_problems(&walk, &grid_param, &ignored), gruu);
    }
    return opaque == SF_OK && grid == SF_OK && !walk.lacks_value ? SF_OK : SF_MALFORMED;
}
