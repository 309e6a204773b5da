/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The messages as a sequence diagram in the language of Mermaid, which wikis and ticket systems draw:
 * `tshark -q -z skypefed,ladder[,filter]`.
 */
#include "call_statistics.h"

#include "dissect/view/verdicts.h"
#include "participants.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include <stdio.h>

static const char command[] = "skypefed,ladder";

/* Nobody reads a longer diagram, and no capture can make it large. */
enum { MAX_ARROWS = 2000 };

typedef struct {
    char *filter; /**< NULL for none */
    sf_participants *participants;
    GString *arrows; /**< lines of the diagram */
    unsigned arrow_count;
    unsigned left_out; /**< messages beyond the limits */
} ladder;

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

static void add_arrow(ladder *l, unsigned from, unsigned to, uint32_t frame, const sf_tap_message *message)
{
    g_string_append_printf(l->arrows, "    p%u%sp%u: ", from, message->status_code ? "-->>" : "->>", to);
    if (message->status_code) {
        g_string_append_printf(l->arrows, "%u to ", message->status_code);
    }
    add_text(l->arrows, message->method);
    if (message->role == SF_ROLE_ANSWER && message->verdict != SF_VERDICT_NOT_NEGOTIATED) {
        g_string_append_printf(l->arrows, ", %s", sf_verdict_name(message->verdict));
    }
    g_string_append_printf(l->arrows, " (frame %u)\n", frame);
    if (*message->why) {
        g_string_append_printf(l->arrows, "    Note over p%u: ", from);
        add_text(l->arrows, message->why);
        g_string_append_c(l->arrows, '\n');
    }
}

static void reset(void *data)
{
    ladder *l = data;

    sf_participants_clear(l->participants);
    g_string_truncate(l->arrows, 0);
    l->arrow_count = l->left_out = 0;
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    ladder *l = data;
    const sf_tap_message *message = tapped;
    unsigned from, to;

    if (!sf_participants_take(l->participants, pinfo, message, NULL, NULL, &from, &to) ||
        l->arrow_count == MAX_ARROWS) {
        l->left_out++;
    } else {
        add_arrow(l, from + 1, to + 1, pinfo->num, message);
        l->arrow_count++;
    }
    return TAP_PACKET_REDRAW;
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
    fputs(l->arrows->str, stdout);
    if (l->left_out > 0) {
        printf("    Note over p1: %u more messages are left out\n", l->left_out);
    }
}

static void finish(void *data)
{
    ladder *l = data;

    g_free(l->filter);
    sf_participants_free(l->participants);
    g_string_free(l->arrows, true);
    g_free(l);
}

static sf_stat_begun begin(const char *argument, void *data _U_)
{
    const char *filter = sf_filter_behind(argument, command);
    ladder *l = g_new0(ladder, 1);

    l->filter = *filter ? g_strdup(filter) : NULL;
    l->participants = sf_participants_new();
    l->arrows = g_string_new(NULL);
    GString *error = register_tap_listener(SF_TAP_NAME, l, l->filter, TL_REQUIRES_NOTHING, reset, note, draw, finish);
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
