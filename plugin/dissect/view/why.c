/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A diagnostics code goes before a reason of Teams that says as much.
 */
#include "why.h"

#include "diagnosis.h"

sf_why sf_why_of(const sf_message *message)
{
    sf_occasion occasion = sf_occasion_of(message->method, message->status_code);
    sf_why why = {
        .code = sf_diagnosis_most_telling(&message->diagnostics, occasion),
        .reason = sf_reason_most_telling(message->reasons, message->reason_count, occasion),
    };

    if (why.code && why.reason &&
        sf_reason_rank(why.reason, occasion) > sf_diagnosis_rank((uint32_t)why.code->code.value, occasion)) {
        why.code = NULL;
    }
    return why;
}

bool sf_why_is_media_failure(const sf_why *why)
{
    if (!sf_why_is_known(why)) {
        return false;
    }
    return why->code ? sf_diagnosis_is_media_failure(why->code) : sf_reason_is_media_failure(why->reason);
}

void sf_why_add(sf_label *label, const sf_why *why)
{
    const sf_number *code = why->code ? &why->code->code : &why->reason->code;

    if (sf_number_is_present(*code)) {
        sf_label_add_number(label, (uint32_t)code->value);
    }
    if (why->code && sf_number_is_present(why->code->subcode)) {
        sf_label_add(label, ".");
        sf_label_add_number(label, (uint32_t)why->code->subcode.value);
    }
    sf_label_add(label, sf_number_is_present(*code) ? " " : "");
    sf_label_add(label, why->code ? sf_view_diagnosis_brief(label->view, why->code)
                                  : sf_view_reason_brief(label->view, why->reason));
}
