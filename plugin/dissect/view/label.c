/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Texts of ours.
 */
#include "label.h"

#include "engine/text/plain_text.h"

/** Moves to twice the room, in the memory of the packet. */
static void grow(sf_label *label, size_t needed)
{
    size_t room = MAX(2 * label->room, needed);
    char *text = wmem_alloc(label->view->pinfo->pool, room);

    memcpy(text, label->text, label->length);
    label->text = text;
    label->room = room;
}

void sf_label_add_bytes(sf_label *label, const char *text, size_t length)
{
    if (length >= label->room - label->length) {
        grow(label, label->length + length + 1);
    }
    memcpy(label->text + label->length, text, length);
    label->length += length;
    label->text[label->length] = '\0';
}

void sf_label_begin(sf_label *label, const sf_view *view)
{
    label->view = view;
    label->text = label->own_room;
    label->length = 0;
    label->room = sizeof label->own_room;
    label->text[0] = '\0';
}

void sf_label_add(sf_label *label, const char *text)
{
    sf_label_add_bytes(label, text, strlen(text));
}

void sf_label_add_number(sf_label *label, uint32_t number)
{
    char digits[sizeof "4294967295" - 1];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    sf_label_add_bytes(label, digits + at, sizeof digits - at);
}

void sf_label_add_count(sf_label *label, const char *before, uint32_t count, const char *one, const char *many)
{
    sf_label_add(label, before);
    sf_label_add_number(label, count);
    sf_label_add(label, " ");
    sf_label_add(label, count == 1 ? one : many);
}

void sf_label_add_slice(sf_label *label, sf_slice slice)
{
    if (slice.length == 0) {
        return;
    }
    slice = sf_view_without_passwords(label->view, slice);
    if (sf_text_is_ascii(slice)) {
        sf_label_add_bytes(label, slice.text, slice.length);
    } else {
        sf_label_add(label, sf_view_string(label->view, slice));
    }
}

void sf_label_add_part(sf_label *label, const char *before, sf_slice slice, const char *after)
{
    if (slice.length > 0) {
        sf_label_add(label, before);
        sf_label_add_slice(label, slice);
        sf_label_add(label, after);
    }
}

void sf_label_add_format(sf_label *label, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    sf_label_add(label, wmem_strdup_vprintf(label->view->pinfo->pool, format, arguments));
    va_end(arguments);
}

/** The part in front of `@`, its escapes undone. Returns false if there is none. */
static bool add_local_part(sf_label *label, sf_slice local)
{
    if (sf_slice_find(local, '%') < local.length) {
        char *raw = wmem_alloc(label->view->pinfo->pool, local.length);
        local = (sf_slice){ raw, sf_unescape(local, false, raw) };
    }
    sf_label_add_slice(label, local);
    return local.length > 0;
}

void sf_label_add_identity(sf_label *label, const sf_identity *identity)
{
    if (identity->name) {
        sf_label_add(label, identity->name);
        return;
    }
    if (!sf_slice_present(identity->text)) {
        sf_label_add(label, "an unreadable address");
        return;
    }
    bool has_local_part = add_local_part(label, identity->local);
    if (identity->domain.length == 0) {
        return;
    }
    bool is_ipv6 = sf_slice_find(identity->domain, ':') < identity->domain.length;
    sf_label_add(label, has_local_part ? "@" : "");
    sf_label_add(label, is_ipv6 ? "[" : "");
    sf_label_add_slice(label, identity->domain);
    sf_label_add(label, is_ipv6 ? "]" : "");
}

sf_slice sf_label_slice(const sf_label *label)
{
    return (sf_slice){ label->text, label->length };
}

void sf_label_set(const sf_label *label, proto_item *item)
{
    proto_item_set_text(item, "%s", label->text);
}

void sf_label_append(const sf_label *label, proto_item *item)
{
    proto_item_append_text(item, "%s", label->text);
}

void sf_label_explain(const sf_view *view, proto_item *item, const char *words)
{
    if (view->is_visible && words) {
        proto_item_append_text(item, " (%s)", words);
    }
}
