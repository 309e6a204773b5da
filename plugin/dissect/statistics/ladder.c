/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The messages as a sequence diagram in the language of Mermaid, which wikis and ticket systems draw:
 * `tshark -q -z skypefed,ladder[,filter]`.
 */
#include "call_statistics.h"

#include "arrow.h"
#include "participants.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include <stdio.h>

static const char command[] = "skypefed,ladder";

/* Nobody reads a longer diagram, and no capture can make it large. */
enum { MAX_ARROWS = 2000 };

/** The line of a message, in two parts: what says its call comes between them, if there are several calls. */
typedef struct {
    char *what;    /**< `p1->>p2: INVITE` */
    uint32_t call; /**< number; 0 for none */
    uint32_t frame;
    char *note; /**< line of a note below it; empty for none */
} arrow;

typedef struct {
    char *filter; /**< NULL for none */
    sf_participants *participants;
    GPtrArray *arrows; /**< arrow */
    uint32_t call;     /**< number of the first call that was drawn; 0 for none yet */
    bool has_more_calls;
    unsigned left_out; /**< messages beyond the limits */
    sf_repeats *repeats;
    unsigned copies; /**< which are not drawn */
} ladder;

static void free_arrow(void *data)
{
    arrow *a = data;

    g_free(a->what);
    g_free(a->note);
    g_free(a);
}

/** Text in which nothing is an instruction to Mermaid. */
static void add_text(GString *line, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '#' || *p == ';' || *p == '<' || *p == '>' || *p == '{' || *p == '}' || *p == '%') {
            g_string_append_printf(line, "#%d;", *p);
        } else {
            g_string_append_c(line, *p);
        }
    }
}

static void add_arrow(ladder *l, unsigned from, unsigned to, uint32_t frame, const sf_tap_message *message,
                      sf_repeat repeat)
{
    const char *verdict = sf_arrow_verdict(message);
    char *words = sf_arrow_words(message, repeat);
    GString *what = g_string_new(NULL), *below = g_string_new(NULL);
    arrow *made = g_new(arrow, 1);

    g_string_append_printf(what, "p%u%sp%u: ", from, message->status_code ? "-->>" : "->>", to);
    add_text(what, words);
    if (verdict) {
        g_string_append_printf(what, ", %s", verdict);
    }
    if (*message->why) {
        g_string_append_printf(below, "    Note over p%u: ", from);
        add_text(below, message->why);
        g_string_append_c(below, '\n');
    }
    *made = (arrow){ .frame = frame, .call = message->call ? message->call->number : 0 };
    made->what = g_string_free(what, false);
    made->note = g_string_free(below, false);
    g_ptr_array_add(l->arrows, made);
    g_free(words);
    l->has_more_calls |= l->call && made->call && made->call != l->call;
    l->call = l->call ? l->call : made->call;
}

static void reset(void *data)
{
    ladder *l = data;

    sf_participants_clear(l->participants);
    g_ptr_array_set_size(l->arrows, 0);
    l->call = 0;
    l->has_more_calls = false;
    l->left_out = 0;
    sf_repeats_clear(l->repeats);
    l->copies = 0;
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    ladder *l = data;
    const sf_tap_message *message = tapped;
    unsigned from, to;
    sf_repeat repeat = sf_repeats_take(l->repeats, pinfo, message);

    if (repeat == SF_REPEAT_COPY) {
        l->copies++;
        return TAP_PACKET_DONT_REDRAW;
    }
    if (!sf_participants_take(l->participants, pinfo, message, NULL, NULL, &from, &to) ||
        l->arrows->len == MAX_ARROWS) {
        l->left_out++;
    } else {
        add_arrow(l, from + 1, to + 1, pinfo->num, message, repeat);
    }
    return TAP_PACKET_REDRAW;
}

/** Of messages that the filter leaves out: a participant has the same name whatever the filter. */
static tap_packet_status learn(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                               tap_flags_t flags _U_)
{
    sf_participants_learn(data, pinfo, tapped);
    return TAP_PACKET_DONT_REDRAW;
}

static void draw_arrows(const ladder *l)
{
    for (unsigned i = 0; i < l->arrows->len; i++) {
        const arrow *a = g_ptr_array_index(l->arrows, i);
        if (l->has_more_calls && a->call) {
            printf("    %s (call %u, frame %u)\n%s", a->what, a->call, a->frame, a->note);
        } else {
            printf("    %s (frame %u)\n%s", a->what, a->frame, a->note);
        }
    }
    if (l->arrows->len == 0) {
        printf("    %%%% No message %s\n",
               l->filter ? "with a Microsoft mark passes this filter" : "with a Microsoft mark in this capture");
    }
    if (l->left_out > 0) {
        printf("    Note over p1: %u more %s left out\n", l->left_out,
               l->left_out == 1 ? "message is" : "messages are");
    }
    if (l->copies == 1) {
        printf("    Note over p1: 1 copy is left out: this message was captured twice\n");
    } else if (l->copies > 1) {
        printf("    Note over p1: %u copies are left out: these messages were captured twice\n", l->copies);
    }
}

static void draw(void *data)
{
    const ladder *l = data;

    puts("sequenceDiagram");
    for (unsigned i = 0; i < sf_participants_count(l->participants); i++) {
        GString *name = g_string_new(NULL);
        add_text(name, sf_participants_name(l->participants, i));
        printf("    participant p%u as %s\n", i + 1, name->str);
        g_string_free(name, true);
    }
    draw_arrows(l);
}

static void finish(void *data)
{
    ladder *l = data;

    g_free(l->filter);
    sf_participants_free(l->participants);
    sf_repeats_free(l->repeats);
    g_ptr_array_free(l->arrows, true);
    g_free(l);
}

/** @return NULL, or why not; to be freed. Nobody listens then. */
static GString *begin_listening(ladder *l)
{
    GString *error = NULL;

    if (l->filter) {
        error = register_tap_listener(SF_TAP_NAME, l->participants, NULL, TL_REQUIRES_NOTHING, NULL, learn, NULL, NULL);
    }
    if (!error) {
        error = register_tap_listener(SF_TAP_NAME, l, l->filter, TL_REQUIRES_NOTHING, reset, note, draw, finish);
        if (error && l->filter) {
            remove_tap_listener(l->participants);
        }
    }
    return error;
}

static sf_stat_begun begin(const char *argument, void *data _U_)
{
    const char *filter = sf_filter_behind(argument, command);
    ladder *l = g_new0(ladder, 1);

    l->filter = *filter ? g_strdup(filter) : NULL;
    l->participants = sf_participants_new();
    l->repeats = sf_repeats_new();
    l->arrows = g_ptr_array_new_with_free_func(free_arrow);
    GString *error = begin_listening(l);
    if (error) {
        fprintf(stderr, "%s: %s\n", command, error->str);
        g_string_free(error, true);
        finish(l);
    }
    SF_STAT_BEGUN(!error);
}

void sf_ladder_register(void)
{
    static stat_tap_ui ui = {
        .group = SF_TELEPHONY_GROUP,
        .title = SF_STATISTICS_NAME " - Sequence diagram (Mermaid)",
        .cli_string = command,
        .tap_init_cb = begin,
    };

    register_stat_tap_ui(&ui, NULL);
}
