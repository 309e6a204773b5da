/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Three ways to the messages of a frame: the hook of the SIP dissector; the
 * text of a frame that holds SIP, for messages that the hook is not called
 * for; and the items of the tree, where there is no hook.
 */
#include "messages.h"

#include <limits.h>

#include <epan/proto_data.h>

#include "datagram.h"
#include "engine/sip/framing.h"
#include "engine/sip/start_line.h"
#include "engine/text/token.h"
#include "hooks.h"
#include "quoted.h"
#include "rest.h"
#include "start.h"

static int sip_id = -1;
static int tcp_id = -1;

/** A message that was taken. */
typedef struct {
    tvbuff_t *tvb;
    const char *text;
    unsigned start;
    unsigned end;
} taken_message;

typedef struct {
    packet_info *pinfo;
    sf_messages_taker *take;
    void *context;
    wmem_array_t *taken;     /**< of taken_message; NULL if nobody looks for more messages afterwards */
    bool is_stream;          /**< a message that is cut off goes on in a later frame, where it is found */
    unsigned most;           /**< how many may still be there */
    unsigned before;         /**< how many were taken before the data source at hand was searched */
    sf_data_sources sources; /**< of the frame */
} finder;

void sf_messages_register(void)
{
    sf_hooks_register();
}

void sf_messages_prepare(dissector_handle_t handle)
{
    sip_id = proto_get_id_by_filter_name("sip");
    tcp_id = proto_get_id_by_filter_name("tcp");
    sf_quoted_prepare();
    if (!sf_hooks_are_called()) {
        GArray *wanted = g_array_sized_new(false, false, sizeof(int), 1);
        g_array_append_val(wanted, sip_id);
        set_postdissector_wanted_hfids(handle, wanted);
    }
}

/** True for the data source that is the frame itself. */
static bool is_own_data(const packet_info *pinfo, tvbuff_t *tvb)
{
    return pinfo->data_src && get_data_source_tvb((const struct data_source *)pinfo->data_src->data) == tvb;
}

/** True if no more of the data was captured, so that no later frame has the rest of a message. */
static bool is_cut_by_capture(tvbuff_t *tvb)
{
    return tvb_captured_length(tvb) < tvb_reported_length(tvb);
}

/**
 * The data in which a message begins. It ends with its datagram, whose frame may have bytes after it, or where
 * Wireshark cuts what it put together off on later passes.
 */
static sf_located data_at(const finder *f, tvbuff_t *tvb, unsigned start, bool begins_datagram)
{
    unsigned captured = tvb_captured_length(tvb);

    if (begins_datagram) {
        unsigned end = start - SF_UDP_HEADER + sf_datagram_length(tvb, start);
        return (sf_located){ tvb, start, MIN(captured, end) - start, end > captured };
    }
    bool is_put_together = f->is_stream && !is_own_data(f->pinfo, tvb) && start < captured;
    unsigned length = is_put_together ? (unsigned)sf_longest_message_length(sf_bytes_from(tvb, start))
                                      : captured - start;
    return (sf_located){ tvb, start, length, start + length == captured && is_cut_by_capture(tvb) };
}

/** Gives out the message that begins there. */
static void take_begin(finder *f, tvbuff_t *tvb, unsigned start, bool begins_datagram)
{
    /* The checksum in front may end with a letter, and have a line end before it: that looks like one of the method. */
    if (!begins_datagram && sf_begins_datagram(f->pinfo, tvb, start + 1)) {
        begins_datagram = true;
        start++;
    }
    sf_located located = data_at(f, tvb, start, begins_datagram);
    unsigned length = f->take(f->context, &located, &f->sources);

    if (f->taken && length > 0) {
        taken_message taken = { tvb, sf_bytes_from(tvb, start).text, start, start + length };
        wmem_array_append_one(f->taken, taken);
    }
}

static void take_at(finder *f, tvbuff_t *tvb, unsigned start)
{
    take_begin(f, tvb, start, sf_begins_datagram(f->pinfo, tvb, start));
}

/** True if a message of the same bytes was taken from another data source: two of them may hold the same data. */
static bool is_taken(const finder *f, tvbuff_t *tvb, sf_slice message)
{
    const taken_message *taken = wmem_array_get_raw(f->taken);

    for (unsigned i = 0; i < f->before; i++) {
        if (taken[i].tvb != tvb && taken[i].end - taken[i].start == message.length &&
            memcmp(taken[i].text, message.text, message.length) == 0) {
            return true;
        }
    }
    return false;
}

/** Where the messages end that were taken from a data source. It is most often that of the last one. */
static unsigned end_of_taken(const finder *f, tvbuff_t *tvb)
{
    const taken_message *taken = wmem_array_get_raw(f->taken);

    for (unsigned i = wmem_array_get_count(f->taken); i > 0; i--) {
        if (taken[i - 1].tvb == tvb) {
            return taken[i - 1].end;
        }
    }
    return 0;
}

/** Takes the messages that begin between two places of a data source. */
static void search_gap(finder *f, tvbuff_t *tvb, unsigned from, unsigned to)
{
    sf_slice bytes = sf_bytes_from(tvb, 0);
    size_t at = from, start;
    bool may_be_rest = end_of_taken(f, tvb) == 0; /* it comes before all messages that begin here */

    while (f->most > 0 && sf_start_next(f->pinfo, tvb, sf_slice_head(bytes, to), at, &start)) {
        sf_slice message = sf_slice_skip(bytes, start);
        size_t rest = may_be_rest ? sf_rest_of_reassembled(&f->sources, f->pinfo, tvb, message) : 0;
        may_be_rest = false;
        if (rest > 0) {
            at = start + rest;
            continue;
        }
        size_t length = sf_whole_message_length(message);
        if (length == 0 && f->is_stream && !is_cut_by_capture(tvb)) {
            return;
        }
        message = sf_slice_head(message, length > 0 ? length : message.length);
        if (!is_taken(f, tvb, message)) {
            take_at(f, tvb, (unsigned)start);
            f->most--;
        }
        at = start + message.length;
    }
}

/** Takes the messages of a data source that lie between those taken before. */
static void search_source(finder *f, tvbuff_t *tvb)
{
    unsigned at = 0;

    f->before = wmem_array_get_count(f->taken);
    for (unsigned i = 0; i < f->before; i++) {
        taken_message taken = *(const taken_message *)wmem_array_index(f->taken, i);
        if (taken.tvb == tvb && taken.end > at) {
            if (taken.start > at) {
                search_gap(f, tvb, at, taken.start);
            }
            at = taken.end;
        }
    }
    if (at < tvb_captured_length(tvb)) {
        search_gap(f, tvb, at, tvb_captured_length(tvb));
    }
}

/** False for a text without any start line: for the keys of SDP, say, which Wireshark makes data sources of. */
static bool may_have_start_line(sf_slice text)
{
    static const sf_slice version = SF_LITERAL_INIT("/2.0");

    for (size_t at = 0; at + version.length <= text.length; at++) {
        at += sf_slice_find(sf_slice_skip(text, at), version.text[0]);
        if (sf_slice_starts_nocase(sf_slice_skip(text, at), version)) {
            return true;
        }
    }
    return false;
}

/** Takes the messages of all data sources but the frame's own. What was made of that comes first. */
static void search_other_sources(finder *f)
{
    const GSList *sources = f->pinfo->data_src;

    for (const GSList *source = sources ? sources->next : NULL; source; source = source->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)source->data);
        if (may_have_start_line(sf_bytes_from(tvb, 0))) {
            search_source(f, tvb);
        }
    }
}

/** Takes the messages that the hook was not called for, after all that it was called for. */
static void search_frame(finder *f)
{
    const GSList *sources = f->pinfo->data_src;

    search_other_sources(f);
    if (sources) {
        search_source(f, get_data_source_tvb((const struct data_source *)sources->data));
    }
}

/** Takes the messages that come before one that the hook was called for, so that all come in the order of the bytes. */
static void search_before(finder *f, const sf_begin *begin)
{
    const GSList *sources = f->pinfo->data_src;
    bool is_own = sources && get_data_source_tvb((const struct data_source *)sources->data) == begin->tvb;
    unsigned at = end_of_taken(f, begin->tvb);

    if (is_own && at == 0) {
        search_other_sources(f);
    }
    f->before = wmem_array_get_count(f->taken);
    if (at < begin->start) {
        search_gap(f, begin->tvb, at, begin->start);
    }
}

/** How often a protocol's dissector was called for this frame, and did not decline. */
static unsigned calls_of(const packet_info *pinfo, int id)
{
    const int *count = pinfo->proto_layers ? wmem_map_lookup(pinfo->proto_layers, GINT_TO_POINTER(id)) : NULL;

    return count && *count > 0 ? (unsigned)*count : 0;
}

/** True if the SIP dissector read a message in this frame, and did not just wait for the rest of one. */
static G_GNUC_NO_INLINE bool holds_messages(packet_info *pinfo)
{
    /* It keeps what it read for the dissectors of bodies, under the number of its layer. */
    for (unsigned layer = pinfo->curr_layer_num; layer > 0; layer--) {
        if (p_get_proto_data(pinfo->pool, pinfo, sip_id, layer)) {
            return true;
        }
    }
    return false;
}

/** How many messages there may be that the hook was not called for. A datagram holds one. */
static unsigned most_not_noted(const finder *f, unsigned noted)
{
    if (f->is_stream) {
        return UINT_MAX;
    }
    if (noted > 0) {
        return 0;
    }
    bool is_datagram = f->pinfo->ptype == PT_UDP || f->pinfo->ptype == PT_SCTP || f->pinfo->ptype == PT_DCCP;
    return is_datagram ? calls_of(f->pinfo, sip_id) : UINT_MAX;
}

/**
 * The hook is not called for a message without any user part in From, To and Contact, as servers exchange. A frame may
 * hold such ones alone, or, of a stream, beside others. Not found are those within the body of another message.
 */
static void find_by_hook(finder *f, const sf_begin *begins, unsigned count)
{
    f->is_stream = f->pinfo->ptype == PT_TCP && calls_of(f->pinfo, tcp_id) > 0;
    f->most = most_not_noted(f, count);
    if (f->most > 0) {
        f->taken = wmem_array_new(f->pinfo->pool, sizeof(taken_message));
    }
    for (unsigned i = 0; i < count; i++) {
        if (f->taken) {
            search_before(f, &begins[i]);
        }
        take_begin(f, begins[i].tvb, begins[i].start, begins[i].is_datagram);
    }
    if (f->most > 0) {
        search_frame(f);
    }
}

/** The wanted field. The length of an item is wrong on some versions when the tree is not visible. */
static void find_in_tree(finder *f, proto_tree *tree)
{
    const GPtrArray *items = tree ? proto_get_finfo_ptr_array(tree, sip_id) : NULL;

    for (unsigned i = 0; items && i < items->len; i++) {
        const field_info *item = g_ptr_array_index(items, i);
        if (item && item->ds_tvb && item->start >= 0 && (unsigned)item->start < tvb_captured_length(item->ds_tvb)) {
            take_at(f, item->ds_tvb, (unsigned)item->start);
        }
    }
}

static void find(finder *f, proto_tree *tree)
{
    unsigned count;
    const sf_begin *begins = sf_hooks_noted(f->pinfo, &count);

    if (count == 0 && sf_is_quoted(f->pinfo)) {
        return;
    }
    if (sf_hooks_are_called()) {
        find_by_hook(f, begins, count);
    } else {
        find_in_tree(f, tree);
    }
}

static bool has_read_sip(packet_info *pinfo)
{
    return calls_of(pinfo, sip_id) > 0 && holds_messages(pinfo);
}

bool sf_messages_may_be_in(packet_info *pinfo)
{
    return !sf_hooks_are_quiet() || has_read_sip(pinfo);
}

void sf_messages_find(packet_info *pinfo, proto_tree *tree, sf_messages_taker *take, void *context)
{
    unsigned count;

    sf_hooks_noted(pinfo, &count);
    if (count > 0 || !sf_hooks_are_called() || has_read_sip(pinfo)) {
        find(&(finder){ .pinfo = pinfo, .take = take, .context = context }, tree);
    }
    sf_hooks_end_frame();
}
