/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The post-dissector: finds the messages of a frame, has the engine read them,
 * and shows the sections of those that are Microsoft's.
 */
#include "skypefed.h"

#include "call_table.h"
#include "endpoint.h"
#include "identity.h"
#include "media.h"
#include "path.h"
#include "preferences.h"
#include "ranges.h"
#include "view.h"

#include <epan/proto_data.h>

static int proto_skypefed = -1;
static int ett_skypefed = -1;
static dissector_handle_t skypefed_handle;

/** The facts of the message at hand: large, so there is one, for one message after the other. */
static sf_message message;

static sf_slice bytes_of(const sf_located *located)
{
    return (sf_slice){ (const char *)tvb_get_ptr(located->tvb, (int)located->start, (int)located->length),
                       located->length };
}

static void label(const sf_view *view, proto_item *item)
{
    const char *caller = sf_identity_string(view, &message.from.identity);
    const char *callee = sf_identity_string(view, &message.to.identity);

    proto_item_append_text(item, ": %s", sf_view_string(view, message.method));
    if (message.status_code) {
        proto_item_append_text(item, " answered with %u", message.status_code);
    }
    if (message.from.present && message.to.present) {
        proto_item_append_text(item, ", %s to %s", caller, callee);
    }
}

/** Shows the facts in `message`, which lie in `located` from its first byte on. */
static void show(packet_info *pinfo, proto_tree *tree, const sf_located *located, sf_slice bytes)
{
    sf_view view = {
        .pinfo = pinfo,
        .tvb = located->tvb,
        .bytes = bytes.text,
        .start = (int)located->start,
        .is_visible = tree && PTREE_DATA(tree)->visible,
        .message = &message,
    };
    proto_item *item = proto_tree_add_item(tree, proto_skypefed, view.tvb, sf_view_offset(&view, message.text),
                                           (int)message.text.length, ENC_NA);

    view.tree = proto_item_add_subtree(item, ett_skypefed);
    if (view.is_visible) {
        label(&view, item);
    }
    sf_identity_show(&view);
    sf_path_show(&view);
    sf_endpoint_show(&view);
    sf_media_show(&view);
    sf_view_other_problems(&view, item);
}

/** True if a message that is not Microsoft's is to be shown for the sake of its media. */
static bool is_to_be_checked(void)
{
    return sf_preferences_check_all_calls() && message.media.sdp_count > 0;
}

/** The first pass: Wireshark tells where the messages lie; what we show is noted for later passes. */
static void show_found(packet_info *pinfo, proto_tree *tree)
{
    unsigned count;
    const sf_located *found = sf_ranges_find(pinfo, tree, &count);
    sf_ranges *shown = NULL;

    for (unsigned i = 0; i < count; i++) {
        sf_slice bytes = bytes_of(&found[i]);
        if (sf_message_read(bytes, sf_preferences_knowledge(), &message) != SF_OK) {
            continue;
        }
        bool is_ours = sf_call_table_note(&message);
        if (!is_ours && !is_to_be_checked()) {
            continue;
        }
        if (!shown) {
            shown = wmem_new0(wmem_file_scope(), sf_ranges);
            shown->items = wmem_alloc_array(wmem_file_scope(), sf_range, count - i);
            p_add_proto_data(wmem_file_scope(), pinfo, proto_skypefed, 0, shown);
        }
        unsigned length = (unsigned)(sf_slice_end(message.text) - bytes.text);
        shown->items[shown->count++] = sf_range_of(pinfo, &found[i], length);
        show(pinfo, tree, &found[i], bytes);
    }
}

/** Any later pass: the ranges of the first one tell where to read. */
static void show_again(packet_info *pinfo, proto_tree *tree)
{
    const sf_ranges *ranges = (const sf_ranges *)p_get_proto_data(wmem_file_scope(), pinfo, proto_skypefed, 0);
    sf_located located;

    for (unsigned i = 0; ranges && i < ranges->count; i++) {
        if (!sf_range_locate(pinfo, &ranges->items[i], &located)) {
            continue;
        }
        sf_slice bytes = bytes_of(&located);
        if (sf_message_read(bytes, sf_preferences_knowledge(), &message) == SF_OK) {
            show(pinfo, tree, &located, bytes);
        }
    }
}

static int dissect_skypefed(tvbuff_t *tvb _U_, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    if (PINFO_FD_VISITED(pinfo)) {
        show_again(pinfo, tree);
    } else {
        show_found(pinfo, tree);
    }
    return 0;
}

void proto_register_skypefed(void)
{
    static int *ett[] = { &ett_skypefed };

    proto_skypefed = proto_register_protocol("Skype/Lync Federation", "SkypeFed", "skypefed");
    expert_module_t *expert = expert_register_protocol(proto_skypefed);

    proto_register_subtree_array(ett, array_length(ett));
    sf_view_register(expert);
    sf_identity_register(proto_skypefed);
    sf_path_register(proto_skypefed);
    sf_endpoint_register(proto_skypefed);
    sf_media_register(proto_skypefed, expert);
    sf_preferences_register(proto_skypefed);
    sf_call_table_register();

    skypefed_handle = register_dissector("skypefed", dissect_skypefed, proto_skypefed);
    register_postdissector(skypefed_handle);
}

void proto_reg_handoff_skypefed(void)
{
    sf_ranges_register(skypefed_handle);
}
