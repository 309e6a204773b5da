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
    [GRUU] = { SF_LITERAL_INIT("gruu"), SF_PARAM_REPEATS },
    [OPAQUE] = { SF_LITERAL_INIT("opaque"), SF_PARAM_VALUED },
    [GRID] = { SF_LITERAL_INIT("grid"), SF_PARAM_OF_ANYBODY },
};

/** Reads what follows the prefix of an opaque value. */
typedef void read_opaque(sf_slice value, sf_problems *problems, sf_gruu *gruu);

static void read_id(sf_slice text, sf_problems *problems, sf_gruu *gruu)
{
    if (sf_ms_base64_guid(text, &gruu->guid) == SF_OK) {
        gruu->id_text = text;
    } else {
        sf_problems_malformed(problems, gruu->text, text, "The id of the GRUU",
                              "is not a GUID of 24 characters in Microsoft base64");
    }
}

/** `srvr:Service:id`; a service name may hold dots, the id follows the last colon. */
static void read_server(sf_slice value, sf_problems *problems, sf_gruu *gruu)
{
    size_t colon = sf_slice_find_last(value, ':');

    gruu->service = sf_slice_head(value, colon);
    read_id(sf_slice_skip(value, colon + 1), problems, gruu);
    if (gruu->service.length == 0 && sf_slice_present(gruu->id_text)) {
        sf_problems_malformed(problems, gruu->text, value, "The server GRUU", "does not name a service");
    }
}

/**
 * `app:conf:role:id:conference-id`; the id of a Teams meeting holds colons itself. The factory makes meetings and
 * belongs to none, so it has no id ([MS-CONFBAS] 4.1).
 */
static void read_conference(sf_slice value, sf_problems *problems, sf_gruu *gruu)
{
    static const sf_slice id = SF_LITERAL_INIT("id:");

    gruu->conference_role = sf_slice_head(value, sf_slice_find(value, ':'));
    if (sf_slice_equals_nocase(value, SF_LITERAL("focusfactory"))) {
        gruu->kind = SF_GRUU_CONFERENCE_FACTORY;
        return;
    }
    sf_slice rest = sf_slice_skip(value, gruu->conference_role.length + 1);
    if (gruu->conference_role.length == 0 || rest.length == id.length || !sf_slice_starts_nocase(rest, id)) {
        sf_problems_malformed(problems, gruu->text, value, "The conference GRUU", "is not of the form ROLE:id:ID");
        return;
    }
    gruu->conference_id = sf_slice_skip(rest, id.length);
}

/* [MS-SIPRE] 2.2.3; of those without a reader the prefix says all */
static const struct {
    sf_slice prefix;
    sf_gruu_kind kind;
    read_opaque *read;
} forms[] = {
    { SF_LITERAL_INIT("user:epid:"), SF_GRUU_USER_ENDPOINT, read_id },
    { SF_LITERAL_INIT("srvr:"), SF_GRUU_SERVER, read_server },
    { SF_LITERAL_INIT("app:conf:"), SF_GRUU_CONFERENCE, read_conference },
    { SF_LITERAL_INIT("app:voicemail"), SF_GRUU_VOICE_MAIL, NULL },
    { SF_LITERAL_INIT("app:locationprofile"), SF_GRUU_LOCATION_PROFILE, NULL },
};

static void read_form(sf_slice opaque, sf_problems *problems, sf_gruu *gruu)
{
    int form = SF_WORDS_FIND_START(forms, opaque);

    if (form == SF_WORDS_NONE) {
        return;
    }
    gruu->kind = forms[form].kind;
    gruu->is_microsoft = true;
    if (forms[form].read) {
        forms[form].read(sf_slice_skip(opaque, forms[form].prefix.length), problems, gruu);
    }
}

static void read_grid(const sf_param *param, sf_problems *problems, sf_gruu *gruu)
{
    if (sf_guid_read(param->value, &gruu->grid) == SF_OK) {
        gruu->grid_text = param->value;
    } else {
        sf_problems_malformed(problems, gruu->text, param->text, "grid", "is not a GUID of 32 digits");
    }
}

bool sf_gruu_read(const sf_uri *uri, sf_problems *problems, sf_gruu *gruu)
{
    bool is_gruu = false;
    sf_param grid = { .text = { NULL, 0 } };
    sf_param param;
    int id;

    memset(gruu, 0, sizeof *gruu);
    gruu->text = uri->text;
    gruu->header = problems->context;
    gruu->host = uri->host;
    sf_param_walk walk = SF_PARAM_WALK(uri->parameters, uri->text, problems, parameters);
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id == GRID) {
            grid = param; /* means something in a GRUU only, and what makes it one may follow */
        } else if (id == GRUU) {
            is_gruu = true;
        } else if (id == OPAQUE && !sf_slice_starts_nocase(param.value, SF_LITERAL("state:"))) {
            is_gruu = true;
            read_form(param.value, sf_param_problems(&walk, &param), gruu);
        }
    }
    gruu->is_microsoft = gruu->is_microsoft || walk.has_microsoft;
    if (is_gruu && sf_slice_present(grid.text)) {
        read_grid(&grid, sf_param_problems(&walk, &grid), gruu);
    }
    return is_gruu;
}
