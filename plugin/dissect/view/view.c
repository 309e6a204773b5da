/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Facts into items.
 */
#include "view.h"

#include "passwords.h"

#include <epan/charsets.h>
#include <epan/strutil.h>
#include <wsutil/nstime.h>

#include "engine/text/plain_text.h"

int sf_view_offset(const sf_view *view, sf_slice slice)
{
    return view->start + (int)(slice.text - view->bytes);
}

/** A copy with a NUL at its end, in `room` if it fits. */
static const char *terminated(const sf_view *view, sf_slice slice, char *room, size_t size)
{
    char *copy = slice.length < size ? room : wmem_alloc(view->pinfo->pool, slice.length + 1);

    memcpy(copy, slice.text, slice.length);
    copy[slice.length] = '\0';
    return copy;
}

/** The text on one line, as folded headers mean it. */
static sf_slice unfolded(const sf_view *view, sf_slice slice)
{
    if (!sf_is_folded(slice)) {
        return slice;
    }
    char *raw = wmem_alloc(view->pinfo->pool, slice.length);

    return (sf_slice){ raw, sf_unfold(slice, raw) };
}

static const char *utf_8_of(const sf_view *view, sf_slice slice)
{
    return (const char *)get_utf_8_string(view->pinfo->pool, (const uint8_t *)slice.text, (int)slice.length);
}

sf_slice sf_view_without_passwords(const sf_view *view, sf_slice text)
{
    return sf_without_passwords(view->pinfo->pool, view->message->text, text);
}

const char *sf_view_string(const sf_view *view, sf_slice slice)
{
    if (slice.length == 0) {
        return "";
    }
    slice = sf_view_without_passwords(view, slice);
    if (sf_text_is_ascii(slice)) {
        return terminated(view, slice, NULL, 0);
    }
    sf_slice line = unfolded(view, slice);
    return format_text(view->pinfo->pool, (const void *)line.text, line.length);
}

static bool is_shown(const proto_tree *tree, sf_slice slice)
{
    return tree && sf_slice_present(slice);
}

proto_item *sf_view_words(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const char *words)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    return proto_tree_add_string(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, words);
}

proto_item *sf_view_text(const sf_view *view, proto_tree *tree, int hf, sf_slice slice)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    if (proto_field_is_referenced(tree, hf)) {
        sf_slice shown = sf_view_without_passwords(view, slice);
        /* Wireshark's own reading of UTF-8 goes byte by byte, and most text is plain: worth the short way. */
        if (sf_text_is_ascii(shown)) {
            char room[256];
            return sf_view_words(view, tree, hf, slice, terminated(view, shown, room, sizeof room));
        }
        /* A NUL byte it would take for the end, with a note of its own beside ours: we show it as an escape. */
        if (sf_slice_find(shown, '\0') < shown.length) {
            return sf_view_words(view, tree, hf, slice, sf_view_string(view, shown));
        }
        if (sf_is_folded(shown) || shown.text != slice.text) {
            return sf_view_words(view, tree, hf, slice, utf_8_of(view, unfolded(view, shown)));
        }
    }
    return proto_tree_add_item(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, ENC_UTF_8);
}

proto_item *sf_view_unescaped(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, bool is_quoted)
{
    if (!tree || sf_slice_find(slice, is_quoted ? '\\' : '%') == slice.length) {
        return sf_view_text(view, tree, hf, slice);
    }
    sf_slice line = unfolded(view, sf_view_without_passwords(view, slice));
    char *raw = wmem_alloc(view->pinfo->pool, line.length);
    sf_slice text = { raw, sf_unescape(line, is_quoted, raw) };
    return sf_view_words(view, tree, hf, slice, utf_8_of(view, sf_view_without_passwords(view, text)));
}

proto_item *sf_view_integer(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t value)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    int offset = sf_view_offset(view, slice);
    if (proto_registrar_get_ftype(hf) == FT_UINT64) {
        return proto_tree_add_uint64(tree, hf, view->tvb, offset, (int)slice.length, value);
    }
    return proto_tree_add_uint(tree, hf, view->tvb, offset, (int)slice.length, (uint32_t)value);
}

proto_item *sf_view_number(const sf_view *view, proto_tree *tree, int hf, sf_number number)
{
    return tree ? sf_view_integer(view, tree, hf, number.text, number.value) : NULL;
}

proto_item *sf_view_flag(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t value)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    return proto_tree_add_boolean(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, (uint32_t)value);
}

proto_item *sf_view_real(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, double value)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    return proto_tree_add_float(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, (float)value);
}

proto_item *sf_view_guid(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const sf_guid *guid)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    const uint8_t *b = guid->bytes;
    e_guid_t value = {
        .data1 = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3],
        .data2 = (uint16_t)(b[4] << 8 | b[5]),
        .data3 = (uint16_t)(b[6] << 8 | b[7]),
    };

    memcpy(value.data4, b + 8, sizeof value.data4);
    return proto_tree_add_guid(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, &value);
}

proto_item *sf_view_bytes(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const uint8_t *bytes,
                          size_t length)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    return proto_tree_add_bytes_with_length(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, bytes,
                                            (int)length);
}

proto_item *sf_view_ipv4(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const uint8_t *bytes)
{
    uint32_t value;

    if (!is_shown(tree, slice)) {
        return NULL;
    }
    memcpy(&value, bytes, sizeof value);
    return proto_tree_add_ipv4(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, value);
}

proto_item *sf_view_ipv6(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const uint8_t *bytes)
{
    ws_in6_addr value;

    if (!is_shown(tree, slice)) {
        return NULL;
    }
    memcpy(value.bytes, bytes, sizeof value.bytes);
    return proto_tree_add_ipv6(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, &value);
}

proto_item *sf_view_time(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t filetime)
{
    nstime_t value;

    if (!is_shown(tree, slice) || !filetime_to_nstime(&value, filetime)) {
        return NULL;
    }
    return proto_tree_add_time(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, &value);
}

proto_item *sf_view_duration(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, int64_t microseconds)
{
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    nstime_t value = { .secs = (time_t)(microseconds / 1000000), .nsecs = (int)(microseconds % 1000000) * 1000 };
    return proto_tree_add_time(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, &value);
}

proto_item *sf_derived(proto_item *item)
{
    proto_item_set_generated(item);
    return item;
}

void sf_implied(proto_item *item)
{
    proto_item_set_generated(item);
    proto_item_set_hidden(item);
}

proto_tree *sf_view_row(const sf_view *view, proto_tree *tree, int hf, int ett, sf_slice slice, proto_item **item)
{
    *item = sf_view_text(view, tree, hf, slice);
    return proto_item_add_subtree(*item, ett);
}

proto_tree *sf_view_titled(const sf_view *view, proto_tree *tree, int hf, int ett, sf_slice slice, const char *title,
                           proto_item **item)
{
    *item = NULL;
    if (!is_shown(tree, slice)) {
        return NULL;
    }
    *item = proto_tree_add_item(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, ENC_NA);
    if (title && view->is_visible) {
        proto_item_set_text(*item, "%s", title);
    }
    return proto_item_add_subtree(*item, ett);
}

proto_tree *sf_view_section(const sf_view *view, int hf, int ett, proto_item **item)
{
    *item = NULL;
    if (!view->tree) {
        return NULL;
    }
    *item = proto_tree_add_item(view->tree, hf, view->tvb, sf_view_offset(view, view->message->text), 0, ENC_NA);
    return proto_item_add_subtree(*item, ett);
}
