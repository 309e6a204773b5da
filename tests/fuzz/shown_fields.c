/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fields and labels of the plugin.
 */
#include "shown_fields.h"

#include "facts/key_leak.h"

#include <epan/proto.h>

enum { KEY_LETTERS = 16 }; /* so many letters of a key are no chance */

static int proto;
static GArray *ids;

/** Which frame answers an offer or a command, and how, or joins conversations, shows only after that frame. */
static bool is_of_later_frame(const header_field_info *field)
{
    static const char *const names[] = { "skypefed.call.answer_in",         "skypefed.conversation_number.joined",
                                         "skypefed.conference.response_in", "skypefed.conference.result",
                                         "skypefed.messaging.response_in",  "skypefed.messaging.result" };
    bool is_found = false;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        is_found |= strcmp(field->abbrev, names[i]) == 0;
    }
    return is_found;
}

void shown_fields_init(void)
{
    void *cookie = NULL;

    proto = proto_get_id_by_filter_name("skypefed");
    ids = g_array_new(false, false, sizeof(int));
    for (header_field_info *field = proto_get_first_protocol_field(proto, &cookie); field;
         field = proto_get_next_protocol_field(proto, &cookie)) {
        if (!is_of_later_frame(field)) {
            g_array_append_val(ids, field->id);
        }
    }
    g_assert_cmpuint(ids->len, >, 100);
}

void shown_fields_prime(epan_dissect_t *edt)
{
    for (unsigned i = 0; i < ids->len; i++) {
        epan_dissect_prime_with_hfid(edt, g_array_index(ids, int, i));
    }
}

static void add_field(const field_info *info, GString *text)
{
    char *value = info->hfinfo->type == FT_NONE
                      ? NULL
                      : fvalue_to_string_repr(NULL, &info->value, FTREPR_DISPLAY, info->hfinfo->display);

    g_string_append_printf(text, "%s %d+%d %s\n", info->hfinfo->abbrev, info->start, info->length, value ? value : "");
    wmem_free(NULL, value);
}

void shown_fields_add(epan_dissect_t *edt, GString *text)
{
    for (unsigned i = 0; i < ids->len; i++) {
        GPtrArray *infos = proto_find_finfo(edt->tree, g_array_index(ids, int, i));
        for (unsigned j = 0; j < infos->len; j++) {
            add_field(g_ptr_array_index(infos, j), text);
        }
        g_ptr_array_free(infos, TRUE);
    }
}

static unsigned count_of(sf_slice text, sf_slice part)
{
    unsigned count = 0;

    for (const char *at = text.text; (at = memmem(at, (size_t)(sf_slice_end(text) - at), part.text, part.length));
         at++) {
        count++;
    }
    return count;
}

typedef struct {
    sf_slice message;
    sf_key_places places;
} search;

/** The beginning of the key at a place; empty if it is short, or is in the message also where it is not marked. */
static sf_slice needle_of(const search *s, unsigned index)
{
    sf_slice key = { s->message.text + s->places.items[index].begin, KEY_LETTERS };
    unsigned marked = 0;

    if (s->places.items[index].end - s->places.items[index].begin < KEY_LETTERS) {
        return sf_slice_head(key, 0);
    }
    for (size_t i = 0; i < key.length; i++) {
        if (!g_ascii_isalnum(key.text[i]) && key.text[i] != '+' && key.text[i] != '/') {
            return sf_slice_head(key, 0);
        }
    }
    for (unsigned i = 0; i < s->places.count; i++) {
        sf_slice other = sf_slice_skip(s->message, s->places.items[i].begin);
        marked += sf_slice_equals(sf_slice_head(other, KEY_LETTERS), key);
    }
    return count_of(s->message, key) == marked ? key : sf_slice_head(key, 0);
}

static void check_label(const search *s, const char *label)
{
    for (unsigned i = 0; i < s->places.count; i++) {
        sf_slice needle = needle_of(s, i);
        if (needle.length > 0 && memmem(label, strlen(label), needle.text, needle.length)) {
            g_error("a label has a key: %s", label);
        }
    }
}

static void check_node(proto_node *node, void *data)
{
    const field_info *info = PNODE_FINFO(node);
    char label[ITEM_LABEL_LENGTH];

    if (info && info->rep) {
        check_label(data, info->rep->representation);
    } else if (info) {
        proto_item_fill_label(PNODE_FINFO(node), label);
        check_label(data, label);
    }
    proto_tree_children_foreach(node, check_node, data);
}

static void check_tree(proto_node *node, void *data)
{
    const field_info *info = PNODE_FINFO(node);

    if (info && info->hfinfo->id == proto) {
        proto_tree_children_foreach(node, check_node, data);
    }
}

void shown_labels_check(epan_dissect_t *edt, sf_slice message)
{
    search s = { message, sf_key_places_of(message) };

    if (s.places.count > 0) {
        proto_tree_children_foreach(edt->tree, check_tree, &s);
    }
}
