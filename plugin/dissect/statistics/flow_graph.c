/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Our messages as a flow graph: Statistics > Flow Graph, and `tshark -q -z flow,skypefed,standard`. Participants have names
 * and roles, arrows and comments our words.
 */
#include "call_statistics.h"

#include <wsutil/wslog.h>

#include "arrow.h"
#include "flow_wireshark.h"
#include "participants.h"

/** Of the capture: the window asks for the graph again and again. */
static sf_participants *participants;

/** Of the one chart that is being drawn. */
static sf_repeats *repeats;
static const sf_chart *repeats_of;

static void set_name(address *end, const char *name)
{
    free_address(end);
    alloc_address_wmem(NULL, end, AT_STRINGZ, (int)strlen(name) + 1, name);
}

static void rename_end(address *end, const char *from, const char *to)
{
    if (end->type == AT_STRINGZ && strcmp(end->data, from) == 0) {
        set_name(end, to);
    }
}

/** A participant has got another name after arrows to it were drawn. */
static void rename_items(void *data, const char *from, const char *to)
{
    const sf_chart *chart = data;

    for (GList *link = chart->items->head; link; link = link->next) {
        sf_arrow *item = link->data;
        rename_end(&item->from, from, to);
        rename_end(&item->to, from, to);
    }
}

/** `INVITE, offer`; `504 to INVITE: 1010 No TLS trust with the next server`. To be freed with g_free(). */
static char *label_of(const sf_tap_message *message, sf_repeat repeat)
{
    char *words = sf_arrow_words(message, repeat);
    GString *label = g_string_new(words);
    const char *verdict = sf_arrow_verdict(message);

    g_free(words);
    if (message->role == SF_ROLE_OFFER && !message->purpose) { /* a change of hold is an offer */
        g_string_append(label, ", offer");
    } else if (verdict) {
        g_string_append_printf(label, ", %s", verdict);
    }
    if (*message->why) {
        g_string_append_printf(label, ": %s", message->why);
    }
    return g_string_free(label, false);
}

/**
 * `call 2, SRTP agreed, anna@example.com to ralf@example.net; 1010: No TLS trust ...`. It has in full what tshark cuts off
 * from a label. To be freed with g_free().
 */
static char *comment_of(const sf_tap_message *message, sf_repeat repeat)
{
    GString *comment = g_string_new(NULL);
    const char *verdict = sf_arrow_verdict(message);

    if (message->call) {
        g_string_append_printf(comment, "call %u, ", message->call->number);
    }
    if (*sf_arrow_repeat(repeat)) {
        g_string_append_printf(comment, "%s, ", sf_arrow_repeat(repeat));
    }
    if (verdict) {
        g_string_append_printf(comment, "%s, ", verdict);
    }
    g_string_append_printf(comment, "%s to %s", message->sender, message->addressee);
    if (!message->status_code && *message->refer_to) {
        g_string_append_printf(comment, "; transfer to %s", message->refer_to);
    }
    for (unsigned i = 0; i < message->diagnostics_count; i++) {
        g_string_append_printf(comment, "; %u: %s", message->diagnostics[i].code, message->diagnostics[i].words);
    }
    if (message->diagnostics_count == 0 && *message->why) {
        g_string_append_printf(comment, "; %s", message->why);
    }
    return g_string_free(comment, false);
}

/** A chart without arrows begins. Where two are drawn at a time, one does without. */
static sf_repeat take_repeat(const sf_chart *chart, const packet_info *pinfo, const sf_tap_message *message)
{
    if (!chart->items->head) {
        sf_repeats_clear(repeats);
        repeats_of = chart;
    }
    return chart == repeats_of ? sf_repeats_take(repeats, pinfo, message) : SF_REPEAT_NONE;
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    const sf_tap_message *message = tapped;
    sf_chart *chart = data;
    unsigned sender, receiver;
    sf_repeat repeat = take_repeat(chart, pinfo, message);

    if (repeat == SF_REPEAT_COPY) {
        return TAP_PACKET_DONT_REDRAW;
    }
    if (!sf_participants_take(participants, pinfo, message, rename_items, chart, &sender, &receiver)) {
        return TAP_PACKET_DONT_REDRAW;
    }
    struct _seq_analysis_item *made = sequence_analysis_create_sai_with_addresses(pinfo, data);
    if (!made) {
        return TAP_PACKET_DONT_REDRAW;
    }
    sequence_analysis_use_color_filter(pinfo, made);
    sf_arrow *item = (void *)made;
    item->frame_number = pinfo->num;
    set_name(&item->from, sf_participants_name(participants, sender));
    set_name(&item->to, sf_participants_name(participants, receiver));
    item->from_port = (uint16_t)pinfo->srcport;
    item->to_port = (uint16_t)pinfo->destport;
    item->label = label_of(message, repeat);
    item->comment = comment_of(message, repeat);
    item->conversation = message->call ? (uint16_t)message->call->number : 0;
    item->is_displayed = true;
    g_queue_push_tail(chart->items, item);
    return TAP_PACKET_REDRAW;
}

static void forget(void)
{
    sf_participants_clear(participants);
    sf_repeats_clear(repeats);
    repeats_of = NULL;
}

void sf_flow_graph_register(int proto)
{
    if (!sf_flow_is_as_declared()) {
        ws_message("SkypeFed: this version of Wireshark has other flow graphs than the plugin knows; it adds none");
        return;
    }
    participants = sf_participants_new();
    repeats = sf_repeats_new();
    register_cleanup_routine(forget);
    register_seq_analysis("skypefed", "Skype and Lync Federation", proto, SF_TAP_NAME, TL_REQUIRES_NOTHING, note);
}
