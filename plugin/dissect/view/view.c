/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Facts into items.
 */
#include "view.h"

#include <epan/charsets.h>
#include <epan/strutil.h>

#include "engine/text/token.h"

static expert_field ei_malformed = EI_INIT;
static expert_field ei_limit = EI_INIT;
static int ett_fault = -1;

int sf_view_offset(const sf_view *view, sf_slice slice)
{
    return view->start + (int)(slice.text - view->bytes);
}

/** A copy with a NUL at its end, in `room` if it fits. */
static const char *terminated(const sf_view *view, sf_slice slice, char *room, size_t size)
{
    char *copy = slice.length < size ? room : (char *)wmem_alloc(view->pinfo->pool, slice.length + 1);

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
    char *raw = (char *)wmem_alloc(view->pinfo->pool, slice.length);

    return (sf_slice){ raw, sf_unfold(slice, raw) };
}

static const char *utf_8_of(const sf_view *view, sf_slice slice)
{
    return (const char *)get_utf_8_string(view->pinfo->pool, (const uint8_t *)slice.text, (int)slice.length);
}

proto_item *sf_view_text(const sf_view *view, proto_tree *tree, int hf, sf_slice slice)
{
    if (!tree || !sf_slice_present(slice)) {
        return NULL;
    }
    int offset = sf_view_offset(view, slice);
    if (proto_field_is_referenced(tree, hf)) {
        /* Wireshark's own reading of UTF-8 goes byte by byte, and most text is plain: worth the short way. */
        if (sf_text_is_ascii(slice)) {
            char room[256];
            return proto_tree_add_string(tree, hf, view->tvb, offset, (int)slice.length,
                                         terminated(view, slice, room, sizeof room));
        }
        /* A NUL byte it would take for the end, with a note of its own beside ours: we show it as an escape. */
        if (sf_slice_find(slice, '\0') < slice.length) {
            return proto_tree_add_string(tree, hf, view->tvb, offset, (int)slice.length, sf_view_string(view, slice));
        }
        if (sf_is_folded(slice)) {
            return proto_tree_add_string(tree, hf, view->tvb, offset, (int)slice.length,
                                         utf_8_of(view, unfolded(view, slice)));
        }
    }
    return proto_tree_add_item(tree, hf, view->tvb, offset, (int)slice.length, ENC_UTF_8);
}

proto_item *sf_view_unescaped(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, bool quoted)
{
    if (!tree || sf_slice_find(slice, quoted ? '\\' : '%') == slice.length) {
        return sf_view_text(view, tree, hf, slice);
    }
    sf_slice line = unfolded(view, slice);
    char *raw = (char *)wmem_alloc(view->pinfo->pool, line.length);
    sf_slice text = { raw, sf_unescape(line, quoted, raw) };
    return proto_tree_add_string(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length,
                                 utf_8_of(view, text));
}

proto_item *sf_view_number(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, uint64_t value)
{
    if (!tree || !sf_slice_present(slice)) {
        return NULL;
    }
    int offset = sf_view_offset(view, slice);
    if (proto_registrar_get_ftype(hf) == FT_UINT64) {
        return proto_tree_add_uint64(tree, hf, view->tvb, offset, (int)slice.length, value);
    }
    return proto_tree_add_uint(tree, hf, view->tvb, offset, (int)slice.length, (uint32_t)value);
}

proto_item *sf_view_guid(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const sf_guid *guid)
{
    const uint8_t *b = guid->bytes;
    e_guid_t value = {
        .data1 = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3],
        .data2 = (uint16_t)(b[4] << 8 | b[5]),
        .data3 = (uint16_t)(b[6] << 8 | b[7]),
    };

    memcpy(value.data4, b + 8, sizeof value.data4);
    return proto_tree_add_guid(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, &value);
}

proto_item *sf_view_bytes(const sf_view *view, proto_tree *tree, int hf, sf_slice slice,
                          const uint8_t *bytes, size_t length)
{
    return proto_tree_add_bytes_with_length(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length,
                                            bytes, (int)length);
}

proto_item *sf_view_flag(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, bool value)
{
    return proto_tree_add_boolean(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length, value);
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

const char *sf_view_string(const sf_view *view, sf_slice slice)
{
    if (slice.length == 0) {
        return "";
    }
    if (sf_text_is_ascii(slice)) {
        return terminated(view, slice, NULL, 0);
    }
    sf_slice line = unfolded(view, slice);
    return format_text(view->pinfo->pool, (const void *)line.text, line.length);
}

void sf_view_words(const sf_view *view, proto_item *item, const char *words)
{
    if (view->is_visible && words) {
        proto_item_append_text(item, " (%s)", words);
    }
}

proto_item *sf_view_derived_string(const sf_view *view, proto_tree *tree, int hf, sf_slice slice, const char *text)
{
    return sf_derived(proto_tree_add_string(tree, hf, view->tvb, sf_view_offset(view, slice), (int)slice.length,
                                            text));
}

proto_tree *sf_view_row(const sf_view *view, proto_tree *tree, int hf, int ett, sf_slice slice, proto_item **item)
{
    *item = sf_view_text(view, tree, hf, slice);
    return proto_item_add_subtree(*item, ett);
}

proto_tree *sf_view_section(const sf_view *view, int ett, const char *title, proto_item **item)
{
    return proto_tree_add_subtree(view->tree, view->tvb, sf_view_offset(view, view->message->text), 0, ett, item,
                                  title);
}

/** The bytes at fault, cut to what fits a line. */
static const char *excerpt(const sf_view *view, sf_slice where)
{
    enum { EXCERPT_BYTES = 48 };
    const char *text = sf_view_string(view, sf_slice_head(where, EXCERPT_BYTES));

    return where.length > EXCERPT_BYTES ? wmem_strdup_printf(view->pinfo->pool, "%s...", text) : text;
}

static void show_problem(sf_view *view, proto_item *item, unsigned index)
{
    const sf_problem *problem = &view->message->problems.items[index];
    const char *context = sf_view_string(view, problem->context);
    const char *colon = *context ? ": " : "";

    view->shown_problems |= UINT64_C(1) << index;
    if (problem->kind == SF_PROBLEM_LIMIT) {
        expert_add_info_format(view->pinfo, item, &ei_limit, "%s%s%s %s", context, colon, problem->what, problem->why);
    } else if (problem->where.length == 0) {
        expert_add_info_format(view->pinfo, item, &ei_malformed, "%s%s%s %s", context, colon, problem->what,
                               problem->why);
    } else {
        expert_add_info_format(view->pinfo, item, &ei_malformed, "%s%s%s %s: \"%s\"", context, colon, problem->what,
                               problem->why, excerpt(view, problem->where));
    }
}

void sf_view_problems(sf_view *view, proto_item *item, sf_slice element)
{
    const sf_problems *problems = &view->message->problems;

    for (unsigned i = 0; i < problems->count; i++) {
        bool is_shown = view->shown_problems & UINT64_C(1) << i;
        if (!is_shown && problems->items[i].element.text == element.text) {
            show_problem(view, item, i);
        }
    }
}

/** A row, named after the header, for the bytes at fault: of what could not be read there may be no other. */
static proto_item *row_of_fault(const sf_view *view, const sf_problem *problem)
{
    sf_slice bytes = problem->where.length > 0 ? problem->where : problem->element;
    sf_slice name = problem->context.length > 0 ? problem->context : SF_LITERAL("Message");
    proto_item *item = NULL;

    if (sf_slice_present(bytes)) {
        proto_tree_add_subtree(view->tree, view->tvb, sf_view_offset(view, bytes), (int)bytes.length, ett_fault, &item,
                               sf_view_string(view, name));
    }
    return item;
}

void sf_view_other_problems(sf_view *view, proto_item *item)
{
    for (unsigned i = 0; i < view->message->problems.count; i++) {
        if (!(view->shown_problems & UINT64_C(1) << i)) {
            proto_item *row = view->is_visible ? row_of_fault(view, &view->message->problems.items[i]) : NULL;
            show_problem(view, row ? row : item, i);
        }
    }
}

void sf_view_register(expert_module_t *expert)
{
    static ei_register_info ei[] = {
        { &ei_malformed,
          { "skypefed.expert.malformed", PI_MALFORMED, PI_WARN, "A Microsoft element could not be read",
            EXPFILL } },
        { &ei_limit,
          { "skypefed.expert.limit", PI_UNDECODED, PI_NOTE, "More elements than the limit; the rest was skipped",
            EXPFILL } },
    };

    static int *ett[] = { &ett_fault };

    expert_register_field_array(expert, ei, array_length(ei));
    proto_register_subtree_array(ett, array_length(ett));
}
