/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The post-dissector: finds the messages of a frame, has the engine read them,
 * and shows the sections of those that are Microsoft's.
 */
#include "skypefed.h"

#include <epan/tap.h>

#include "body_claims.h"
#include "call_filter.h"
#include "call_menu.h"
#include "capture_calls.h"
#include "dissect/find/messages.h"
#include "dissect/find/shown.h"
#include "dissect/sections/sections.h"
#include "dissect/statistics/call_statistics.h"
#include "dissect/statistics/statistics_tree.h"
#include "dissect/statistics/tap.h"
#include "dissect/view/carrier.h"
#include "dissect/view/media_flows.h"
#include "dissect/view/packet_time.h"
#include "dissect/view/preferences.h"
#include "dissect/view/problems.h"
#include "dissect/view/raise.h"
#include "header_claims.h"
#include "headline.h"
#include "media_packet.h"
#include "media_ports.h"

#define SHORT_NAME "SkypeFed"

static int proto_skypefed = -1;
static int expert_id = -1;
static int expert_tap_id;
static int ett_skypefed = -1;
static dissector_handle_t skypefed_handle;

/** The frame at hand. */
typedef struct {
    packet_info *pinfo;
    proto_tree *tree;
    sf_message *message; /**< the facts of its messages, one after the other: large, so there is one for all frames */
    bool is_read;        /**< somebody will read items of ours: if not, warnings alone are worth their time */
    bool is_explained;   /**< somebody will read what our expert infos say */
} frame_context;

static sf_slice bytes_of(const sf_located *located)
{
    return (sf_slice){ (const char *)tvb_get_ptr(located->tvb, (int)located->start, (int)located->length),
                       located->length };
}

/** Wireshark registers its expert infos after all protocols, but before the first capture. */
static void find_expert_ids(void)
{
    expert_id = proto_registrar_get_id_byname("_ws.expert");
    expert_tap_id = find_tap_id("expert");
}

/**
 * Finds out who will read what we say of the frame.
 * @return how much is to be read: loading a capture needs no more than its calls; what is looked at is read whole then
 */
static sf_extent find_readers(frame_context *frame)
{
    frame->is_read = proto_field_is_referenced(frame->tree, proto_skypefed) ||
                     proto_field_is_referenced(frame->tree, expert_id);
    frame->is_explained = frame->is_read || have_tap_listener(expert_tap_id);
    return sf_tap_is_heard() || frame->is_explained ? SF_READ_ALL : SF_READ_FOR_CALL;
}

/** True if anybody on the wire could read a key of the message at hand. */
static bool is_exposed(const frame_context *frame)
{
    return sf_media_has_keys(&frame->message->media) && sf_carrier_is_exposed(frame->pinfo);
}

/** The call knows which body is the offer; the message alone can only guess. */
static void give_roles(sf_message *message, const sf_call_note *note)
{
    for (unsigned i = 0; note->call && i < message->media.sdp_count; i++) {
        message->media.sdps[i].role = (sf_sdp_role)note->role;
    }
}

static sf_status read_message(const frame_context *frame, sf_slice bytes, sf_extent extent, sf_captured captured)
{
    return sf_message_read_captured(bytes, captured, sf_preferences_knowledge(), extent, frame->message);
}

/** Shows the facts of the message, which lies in `located` from its first byte on. */
static void show(const frame_context *frame, const sf_located *located, sf_slice bytes, const sf_shown *row,
                 bool has_open_keys)
{
    const sf_call_note *note = &row->note;
    packet_info *pinfo = frame->pinfo;
    proto_tree *tree = frame->tree;
    sf_message *message = frame->message;
    sf_view view = {
        .pinfo = pinfo,
        .tvb = located->tvb,
        .bytes = bytes.text,
        .start = (int)located->start,
        .is_visible = tree && PTREE_DATA(tree)->visible,
        .is_explained = frame->is_explained,
        .is_exposed = has_open_keys,
        .message = message,
        .note = note,
        .media = row->media,
    };

    /* The expert dialog names it; Wireshark sets it for dissectors of protocols, not for those of helpers. */
    const char *previous_proto = pinfo->current_proto;
    pinfo->current_proto = SHORT_NAME;

    give_roles(message, note);
    /* The protocol itself always has its item, since the protocol hierarchy counts those; no bytes, as sections. */
    proto_item *item = tree ? proto_tree_add_item(tree, proto_skypefed, view.tvb, sf_view_offset(&view, message->text),
                                                  0, ENC_NA)
                            : NULL;
    if (frame->is_read) {
        view.tree = proto_item_add_subtree(item, ett_skypefed);
        if (view.is_visible) {
            sf_headline_title(&view, item);
            view.title = item;
        }
    }
    sf_view_cut(&view, item);
    sf_sections_show(&view);
    sf_view_other_problems(&view, item);
    sf_headline_column(&view);
    sf_tap_queue(&view);
    pinfo->current_proto = previous_proto;
}

/** A message of the first pass; what we show is noted for later passes. */
static unsigned show_found(void *context, const sf_located *located, sf_data_sources *sources)
{
    frame_context *frame = context;
    packet_info *pinfo = frame->pinfo;
    sf_message *message = frame->message;
    sf_slice bytes = bytes_of(located);

    if (!sf_preferences_check_all_calls() && !located->is_cut) {
        size_t length = sf_capture_calls_set_aside(pinfo, bytes, sf_preferences_knowledge());
        if (length > 0) {
            return (unsigned)length;
        }
    }
    sf_captured captured = { .is_cut = located->is_cut };
    sf_extent extent = find_readers(frame);
    if (read_message(frame, bytes, extent, captured) != SF_OK) {
        return 0;
    }
    if (sf_capture_calls_is_past_teams(pinfo, message)) { /* few are */
        captured.is_past_teams = true;
        read_message(frame, bytes, extent, captured);
    }
    unsigned length = (unsigned)(sf_slice_end(message->text) - bytes.text);
    sf_shown row = { .frame = pinfo->num };
    if (sf_capture_calls_take(pinfo, message, sf_preferences_check_all_calls(), &row.note)) {
        bool has_open_keys = is_exposed(frame);
        if (sf_media_flows()) {
            sf_sighting at = {
                .frame = pinfo->num,
                .time = sf_packet_time(pinfo),
                .is_exposed = has_open_keys,
            };
            sf_flows_listen(sf_media_flows(), sf_media_ports_add, pinfo);
            sf_flows_take(sf_media_flows(), message, &row.note, &at);
        }
        row.media = sf_flows_note(sf_media_flows(), row.note.call);
        row.range = sf_range_of(pinfo, located, length, sources);
        sf_shown_add(&row);
        show(frame, located, bytes, &row, has_open_keys);
    }
    return length;
}

/** Any later pass: the ranges of the first one tell where to read. */
static void show_again(frame_context *frame)
{
    packet_info *pinfo = frame->pinfo;
    sf_message *message = frame->message;
    unsigned index = sf_shown_first(pinfo->num);
    const sf_shown *row;
    sf_located located;

    if (!sf_shown_at(index, pinfo->num)) {
        return;
    }
    sf_extent extent = find_readers(frame);
    while ((row = sf_shown_at(index++, pinfo->num)) != NULL) {
        if (!sf_range_locate(pinfo, &row->range, &located)) {
            continue;
        }
        sf_slice bytes = bytes_of(&located);
        if (read_message(frame, bytes, extent, (sf_captured){ located.is_cut, row->note.is_past_teams }) == SF_OK) {
            if (sf_tap_is_heard()) {
                sf_capture_calls_take_late(pinfo, message, &row->note);
            }
            show(frame, &located, bytes, row, is_exposed(frame));
        }
    }
}

/** Kept out of what is called for every frame, and has to do little for most. */
static G_GNUC_NO_INLINE void show_messages(packet_info *pinfo, proto_tree *tree, sf_message *message)
{
    frame_context frame = { .pinfo = pinfo, .tree = tree, .message = message };

    if (PINFO_FD_VISITED(pinfo)) {
        show_again(&frame);
    } else {
        sf_messages_find(pinfo, tree, show_found, &frame);
    }
}

static int dissect_skypefed(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_, void *message)
{
    if (PINFO_FD_VISITED(pinfo) || sf_messages_may_be_in(pinfo)) {
        show_messages(pinfo, tree, message);
    }
    sf_media_packet_show(tvb, pinfo, tree);
    return 0;
}

/**
 * Wireshark calls a post-dissector for every frame; of a protocol it notes a layer before the call and takes it back
 * after, most of what a frame without SIP would cost. A helper of a protocol is no layer, and is enabled with it.
 */
static void register_for_every_frame(void)
{
    int helper = proto_register_protocol_in_name_only("Enabled and disabled with SkypeFed", "SkypeFed post-dissector",
                                                      "skypefed.post_dissector", proto_skypefed, FT_PROTOCOL);

    skypefed_handle = register_dissector_with_data("skypefed", dissect_skypefed, helper,
                                                   wmem_new(wmem_epan_scope(), sf_message));
    register_postdissector(skypefed_handle);
}

void proto_register_skypefed(void)
{
    static int *ett[] = { &ett_skypefed };

    proto_skypefed = proto_register_protocol("Skype/Lync Federation", SHORT_NAME, "skypefed");
    expert_module_t *expert = expert_register_protocol(proto_skypefed);

    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    sf_view_problems_register(proto_skypefed, expert);
    sf_raise_register();
    sf_sections_register(proto_skypefed, expert);
    sf_preferences_register(proto_skypefed);
    sf_capture_calls_register();
    sf_media_flows_register();
    sf_shown_register();
    sf_call_filter_register();
    sf_call_menu_register();
    sf_tap_register();
    sf_call_text_table_register();
    sf_support_command_register();
    sf_support_window_register();
    sf_ladder_register();
    sf_flow_graph_register(proto_skypefed);
    sf_call_window_table_register();
    sf_statistics_tree_register();

    sf_media_packet_register();
    sf_media_ports_register(proto_skypefed);
    sf_messages_register();
    sf_body_claims_register(proto_skypefed);

    register_for_every_frame();
}

void proto_reg_handoff_skypefed(void)
{
    register_init_routine(find_expert_ids);
    sf_messages_prepare(skypefed_handle);
    sf_carrier_register();
    sf_media_ports_prepare();
    sf_header_claims_register(proto_skypefed);
    sf_body_claims_take(proto_skypefed);
}
