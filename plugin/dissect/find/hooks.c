/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hook of the SIP dissector, and the messages that it leads to.
 */
#define WS_LOG_DOMAIN "SkypeFed"

#include "hooks.h"

#include <wsutil/wslog.h>

#include "datagram.h"
#include "engine/sip/start_line.h"
#include "engine/text/token.h"
#include "engine/text/words.h"
#include "rivals.h"
#include "start.h"

/*
 * The SIP dissector also looks up sip.via_branch, sip.via_be_route and sip.reason_code, but calls them only when it
 * builds a tree. What we find must not depend on that: loading a capture builds none.
 */
#define HOOK "sip.uri_userinfo"

static bool is_called;

/** The messages of the frame at hand. */
static sf_begin *begins;
static unsigned begin_count;
static unsigned begin_room;
static uint32_t frame;

/** The header block that we looked at last, and how far. */
static tvbuff_t *block_tvb;
static unsigned block_seen;

/** Where the last message began that filled a datagram; the same in all frames of most captures. */
static unsigned usual_begin;

static void forget(void)
{
    begin_count = 0;
    block_tvb = NULL;
}

/** Where the header line begins, folds included, in which a text ends; the end of the text if that is far away. */
static size_t header_begin(sf_slice text)
{
    enum { FAR_AWAY = 1024 }; /* no name-addr is that long; keeps the time for long lists linear */
    size_t most = text.length > FAR_AWAY ? text.length - FAR_AWAY : 0;

    for (size_t at = text.length; at-- > most;) {
        char c = text.text[at];
        if ((unsigned char)c <= '\r' && (c == '\n' || c == '\r') && at + 1 < text.length &&
            !sf_is_blank(text.text[at + 1])) {
            return at + 1;
        }
    }
    return text.length;
}

/** True if a text ends within a header whose URIs the SIP dissector reads without a tree as well. */
static bool is_always_read(sf_slice text)
{
    static const sf_slice names[] = {
        SF_LITERAL_INIT("From"), SF_LITERAL_INIT("f"),       SF_LITERAL_INIT("To"),
        SF_LITERAL_INIT("t"),    SF_LITERAL_INIT("Contact"), SF_LITERAL_INIT("m"),
    };
    sf_slice header = sf_slice_skip(text, header_begin(text));
    sf_slice name = sf_slice_head(header, sf_slice_find(header, ':'));

    return SF_WORDS_FIND(names, sf_slice_trim(name)) != SF_WORDS_NONE;
}

/** True if a blank line lies in the text. */
static bool has_blank_line(sf_slice text)
{
    const char *const end = sf_slice_end(text);
    const char *at = text.text;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        at++;
        if (at < end && (*at == '\n' || *at == '\r')) {
            return true;
        }
    }
    return false;
}

/**
 * True if a text ends within the headers of a message that begins with its datagram, at the place where such messages
 * begin in most frames: then nothing needs to be searched.
 */
static bool begins_as_usual(const packet_info *pinfo, tvbuff_t *tvb, sf_slice text)
{
    if (usual_begin >= text.length || !sf_begins_datagram(pinfo, tvb, usual_begin)) {
        return false;
    }
    sf_slice message = sf_slice_skip(text, usual_begin);
    sf_cursor lines = sf_cursor_over(message);
    sf_slice line;
    return sf_line_next(&lines, &line) && sf_start_line_is(line) && !has_blank_line(message);
}

/** Goes back to the beginning of the message in whose headers a text ends. */
static bool find_begin(const packet_info *pinfo, sf_slice text, sf_begin *begin)
{
    size_t start;

    if (!sf_start_before(pinfo, begin->tvb, text, &start)) {
        return false;
    }
    begin->start = (unsigned)start;
    begin->is_datagram = sf_begins_datagram(pinfo, begin->tvb, begin->start);
    if (begin->is_datagram) {
        usual_begin = begin->start;
    }
    return true;
}

static bool is_noted(const sf_begin *begin)
{
    for (unsigned i = begin_count; i > 0; i--) {
        if (begins[i - 1].tvb == begin->tvb && begins[i - 1].start == begin->start) {
            return true;
        }
    }
    return false;
}

static void add_begin(const sf_begin *begin)
{
    if (begin_count == begin_room) {
        begin_room = MAX(16, 2 * begin_room);
        begins = g_renew(sf_begin, begins, begin_room);
    }
    begins[begin_count++] = *begin;
}

/** Notes the message in whose headers a piece of it lies. */
static void note(tvbuff_t *piece, const packet_info *pinfo, bool is_any_header)
{
    tvbuff_t *tvb = tvb_get_ds_tvb(piece);
    unsigned at = (unsigned)tvb_raw_offset(piece);
    sf_slice text = { (const char *)tvb_get_ptr(tvb, 0, (int)at), at };
    bool is_back = tvb == block_tvb && at < block_seen;
    sf_begin begin = { tvb, usual_begin, true };

    if (tvb == block_tvb && !is_back && !has_blank_line(sf_slice_skip(text, block_seen))) {
        block_seen = at;
        return;
    }
    bool is_usual = begins_as_usual(pinfo, tvb, text);
    if (!is_usual && !is_any_header && !is_always_read(text)) {
        return;
    }
    block_tvb = tvb;
    block_seen = at;
    if ((is_usual || find_begin(pinfo, text, &begin)) && !(is_back && is_noted(&begin))) {
        add_begin(&begin);
    }
}

/** False if nothing is to be noted of this frame, or of what an error of ICMP quotes in it (quoted.h). */
static bool may_note(const packet_info *pinfo)
{
    if (PINFO_FD_VISITED(pinfo) || pinfo->flags.in_error_pkt) {
        return false;
    }
    if (pinfo->num != frame) {
        forget();
        frame = pinfo->num;
    }
    return true;
}

void sf_hooks_note(tvbuff_t *piece, const packet_info *pinfo)
{
    if (may_note(pinfo)) {
        note(piece, pinfo, true);
    }
}

/** Called by the SIP dissector. It shows as data what is not taken, so all of it is. */
static int hook(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    if (may_note(pinfo)) {
        note(tvb, pinfo, false);
    }
    return (int)tvb_reported_length(tvb);
}

const sf_begin *sf_hooks_noted(const packet_info *pinfo, unsigned *count)
{
    *count = pinfo->num == frame ? begin_count : 0;
    return begins;
}

void sf_hooks_end_frame(void)
{
    if (frame != 0) {
        forget();
        frame = 0;
    }
}

void sf_hooks_register(void)
{
    static const char helper_name[] = "SIP messages for SkypeFed";

    register_init_routine(sf_hooks_end_frame);
    if (!SF_SIP_HAS_HOOKS) {
        ws_info(
            "this version of Wireshark is not known to report where SIP messages are; a wanted field is used instead");
        return;
    }
    char *rival = sf_rivals_find(HOOK, helper_name);
    if (rival || find_dissector(HOOK)) {
        ws_warning("%s registers the dissector \"" HOOK
                   "\", which only one plugin can do. SkypeFed still finds SIP messages "
                   "without it, but Wireshark is slower for all packets",
                   rival ? rival : "Another plugin");
        g_free(rival);
        return;
    }
    /* A helper of SIP: where SIP is dissected it is enabled. One of ours would be disabled with us, and what a
       disabled dissector is given becomes a row "Data". */
    int helper = proto_register_protocol_in_name_only(helper_name, "SkypeFed SIP hook", "skypefed.sip_hook",
                                                      proto_get_id_by_filter_name("sip"), FT_PROTOCOL);
    register_dissector(HOOK, hook, helper);
    is_called = true;
}

bool sf_hooks_are_called(void)
{
    return is_called;
}

bool sf_hooks_are_quiet(void)
{
    return is_called && frame == 0;
}
