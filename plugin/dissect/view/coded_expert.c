/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Headings for codes in Wireshark's window of expert infos. A field's name is read when it is shown, so it may change.
 */
#include "coded_expert.h"

static sf_coded_expert *all;

static void set_name(char name[SF_CODED_NAME], const char *text)
{
    size_t length = MIN(strlen(text), SF_CODED_NAME - 1);

    while (length > 0 && text[length] && ((unsigned char)text[length] & 0xc0) == 0x80) {
        length--; /* not in the middle of a character */
    }
    memcpy(name, text, length);
    name[length] = '\0';
}

static void forget(sf_coded_expert *coded)
{
    coded->used = 1;
    for (unsigned i = 0; i < SF_CODED_FIELDS; i++) {
        set_name(coded->names[i], coded->rest);
    }
}

static void forget_all(void)
{
    for (sf_coded_expert *coded = all; coded; coded = coded->next) {
        forget(coded);
    }
}

void sf_coded_expert_register(expert_module_t *expert, sf_coded_expert *coded, const char *name, int group,
                              int severity, const char *rest)
{
    if (!all) {
        register_cleanup_routine(forget_all);
    }
    coded->next = all;
    all = coded;
    coded->rest = rest;
    forget(coded);
    for (unsigned i = 0; i < SF_CODED_FIELDS; i++) {
        coded->fields[i] = (expert_field)EI_INIT;
        coded->rows[i] = (ei_register_info){ &coded->fields[i], { name, group, severity, coded->names[i], EXPFILL } };
    }
    expert_register_field_array(expert, coded->rows, SF_CODED_FIELDS);
}

/** The field of a heading; that of the rest if all have one. */
static expert_field *field_of(sf_coded_expert *coded, const char *heading)
{
    char name[SF_CODED_NAME];

    set_name(name, heading);
    for (unsigned i = 1; i < coded->used; i++) {
        if (strcmp(coded->names[i], name) == 0) {
            return &coded->fields[i];
        }
    }
    if (coded->used == SF_CODED_FIELDS) {
        return &coded->fields[0];
    }
    memcpy(coded->names[coded->used], name, sizeof name);
    return &coded->fields[coded->used++];
}

void sf_coded_expert_add(const sf_view *view, proto_item *item, sf_coded_expert *coded, const char *heading,
                         const char *text)
{
    expert_add_info_format(view->pinfo, item, field_of(coded, heading), "%s", text);
}
