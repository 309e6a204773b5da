/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What whole bodies come to: presence, the state of a conference, delivery.
 */
#include "body_field.h"

#include "dissect/view/label.h"
#include "engine/body/presence.h"

static void add_after(sf_label *label, const char *before, const char *words)
{
    if (words) {
        sf_label_add(label, before);
        sf_label_add(label, words);
    }
}

/** LCS 2005: below 100 the user is offline, whatever the activity. */
static const char *old_state(const sf_document *document)
{
    const sf_fact *availability = sf_document_find(document, SF_FACT_PRESENCE_OLD_AVAILABILITY);
    const sf_fact *activity = sf_document_find(document, SF_FACT_PRESENCE_OLD_ACTIVITY);
    uint64_t value;

    if (!availability || !sf_fact_number(availability, UINT32_MAX, &value)) {
        return NULL;
    }
    return value < 100 || !activity ? sf_old_availability_name((uint32_t)value) : sf_body_explanation(activity);
}

void sf_body_presence_label(const sf_document *document, sf_label *label)
{
    const sf_fact *availability = sf_document_find(document, SF_FACT_PRESENCE_AVAILABILITY);
    const sf_fact *activity = sf_document_find(document, SF_FACT_PRESENCE_ACTIVITY);
    const sf_fact *basic = sf_document_find(document, SF_FACT_PRESENCE_BASIC);
    const char *state = availability ? sf_body_explanation(availability) : old_state(document);

    if (state) {
        add_after(label, ": ", state);
        add_after(label, ", ", activity ? sf_body_explanation(activity) : NULL);
    } else if (basic) {
        sf_label_add_part(label, ": ", basic->text, "");
        sf_label_add_part(label, ", ", activity ? activity->text : (sf_slice){ NULL, 0 }, "");
    }
}

void sf_body_conference_label(const sf_document *document, sf_label *label)
{
    const sf_fact *state = sf_document_find(document, SF_FACT_CONFERENCE_STATE);
    bool is_over = state && sf_slice_equals_nocase(state->text, SF_LITERAL("deleted"));
    bool is_partial = state && sf_slice_equals_nocase(state->text, SF_LITERAL("partial"));
    unsigned users = 0, left = 0;

    for (unsigned i = 0; i < document->count; i++) {
        const sf_fact *fact = &document->facts[i];
        users += fact->id == SF_FACT_CONFERENCE_USER;
        left += fact->id == SF_FACT_CONFERENCE_USER_STATE && sf_slice_equals_nocase(fact->text, SF_LITERAL("deleted"));
    }
    sf_label_add(label, is_over ? ": the conference is over" : is_partial ? ": only what changed" : "");
    if (users > 0) {
        sf_label_add_format(label, "%s %u participant%s", is_over || is_partial ? "," : ":", users,
                            users == 1 ? "" : "s");
    }
    if (left > 0 && users == 1) {
        sf_label_add(label, ", who left");
    } else if (left > 0) {
        sf_label_add_format(label, ", %u of them left", left);
    }
}

void sf_body_delivery_label(const sf_document *document, sf_label *label)
{
    unsigned recipients = 0, delivered = 0;

    for (unsigned i = 0; i < document->count; i++) {
        const sf_fact *fact = &document->facts[i];
        uint64_t status = 0;
        recipients += fact->id == SF_FACT_MESSAGING_RECIPIENT;
        delivered += fact->id == SF_FACT_MESSAGING_STATUS && sf_fact_number(fact, 699, &status) && status >= 200 &&
                     status < 300;
    }
    if (recipients > 0) {
        sf_label_add_format(label, ": delivered to %u of %u", delivered, recipients);
    }
}
