/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Expert infos by table.
 */
#include "fault.h"

#include "label.h"
#include "raise.h"

/** The word at the beginning of `text`, as `name}`; NULL if none does. */
static const sf_fault_word *word_at(const char *text, const sf_fault_word *words)
{
    for (; words->name; words++) {
        size_t length = strlen(words->name);
        if (strncmp(text, words->name, length) == 0 && text[length] == '}') {
            return words;
        }
    }
    return NULL;
}

static void add_filled_in(sf_label *label, const char *text, const sf_fault_word *words)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        const sf_fault_word *word = text[plain] ? word_at(text + plain + 1, words) : NULL;
        sf_label_add_bytes(label, text, plain);
        text += plain;
        if (word) {
            sf_label_add_slice(label, word->text);
            text += strlen(word->name) + 2;
        } else if (*text) {
            sf_label_add(label, "{");
            text++;
        }
    }
}

void sf_fault_show(const sf_view *view, proto_item *item, unsigned faults, const sf_fault_row *rows, size_t row_count,
                   const sf_fault_word *words)
{
    for (size_t i = 0; i < row_count; i++) {
        if (!(faults & rows[i].bit)) {
            continue;
        }
        if (!view->is_explained) {
            sf_raise(view, rows[i].info);
        } else if (rows[i].text) {
            sf_label label;
            sf_label_begin(&label, view);
            add_filled_in(&label, rows[i].text, words);
            expert_add_info_format(view->pinfo, item, rows[i].info, "%s", label.text);
        } else {
            expert_add_info(view->pinfo, item, rows[i].info);
        }
    }
}
