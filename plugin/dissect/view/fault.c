/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Expert infos by table.
 */
#include "fault.h"

/** The word that stands at the beginning of `text` as `name}`; NULL if none does. */
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

static const char *filled_in(const sf_view *view, const char *text, const sf_fault_word *words)
{
    wmem_strbuf_t *filled = wmem_strbuf_new(view->pinfo->pool, NULL);

    while (*text) {
        const sf_fault_word *word = *text == '{' ? word_at(text + 1, words) : NULL;
        if (word) {
            wmem_strbuf_append(filled, word->text);
            text += strlen(word->name) + 2;
        } else {
            wmem_strbuf_append_c(filled, *text++);
        }
    }
    return wmem_strbuf_get_str(filled);
}

void sf_fault_show(const sf_view *view, proto_item *item, unsigned faults, const sf_fault_row *rows, size_t row_count,
                   const sf_fault_word *words)
{
    for (size_t i = 0; i < row_count; i++) {
        if (!(faults & rows[i].bit)) {
            continue;
        }
        if (rows[i].text) {
            expert_add_info_format(view->pinfo, item, rows[i].info, "%s", filled_in(view, rows[i].text, words));
        } else {
            expert_add_info(view->pinfo, item, rows[i].info);
        }
    }
}
