/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The messages as a sequence diagram in the language of Mermaid, which wikis and ticket systems draw:
 * `tshark -q -z skypefed,ladder[,filter]`.
 */
#include "call_statistics.h"

#include "dissect/view/verdicts.h"
#include "tap.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>
#include <epan/to_str.h>

#include <stdio.h>

static const char command[] = "skypefed,ladder";

/* Nobody reads a longer diagram, and no capture can make it large. */
enum { MAX_ARROWS = 2000, MAX_PARTICIPANTS = 64 };

/** Who sends or receives: an address, with the first product that it named. */
typedef struct {
    char *address;
    const char *product; /**< literal; NULL if none is known */
} participant;

typedef struct {
    char *filter;            /**< NULL for none */
    GPtrArray *participants; /**< participant */
    GString *arrows;         /**< lines of the diagram */
    unsigned arrow_count;
    unsigned left_out; /**< messages beyond the limits */
} ladder;

static void free_participant(void *data)
{
    participant *p = data;

    g_free(p->address);
    g_free(p);
}

/** Its number from 1; 0 beyond the limit. Takes ownership of the address. */
static unsigned participant_of(ladder *l, char *address, const char *product)
{
    for (unsigned i = 0; i < l->participants->len; i++) {
        participant *known = g_ptr_array_index(l->participants, i);
        if (strcmp(known->address, address) == 0) {
            known->product = known->product ? known->product : product;
            g_free(address);
            return i + 1;
        }
    }
    if (l->participants->len == MAX_PARTICIPANTS) {
        g_free(address);
        return 0;
    }
    participant *p = g_new(participant, 1);
    *p = (participant){ address, product };
    g_ptr_array_add(l->participants, p);
    return l->participants->len;
}

static char *address_text(const address *address)
{
    char *shared = address_to_str(NULL, address);
    char *text = g_strdup(shared);

    wmem_free(NULL, shared);
    return text;
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

    g_ptr_array_set_size(l->participants, 0);
    g_string_truncate(l->arrows, 0);
    l->arrow_count = l->left_out = 0;
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    ladder *l = data;
    const sf_tap_message *message = tapped;
    unsigned from = participant_of(l, address_text(&pinfo->src), message->product);
    unsigned to = participant_of(l, address_text(&pinfo->dst), NULL);

    if (!from || !to || l->arrow_count == MAX_ARROWS) {
        l->left_out++;
    } else {
        add_arrow(l, from, to, pinfo->num, message);
        l->arrow_count++;
    }
    return TAP_PACKET_REDRAW;
}

static void draw(void *data)
{
    const ladder *l = data;

    puts("sequenceDiagram");
    for (unsigned i = 0; i < l->participants->len; i++) {
        const participant *p = g_ptr_array_index(l->participants, i);
        printf("    participant p%u as %s%s%s%s\n", i + 1, p->address, p->product ? " (" : "",
               p->product ? p->product : "", p->product ? ")" : "");
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
    g_ptr_array_free(l->participants, true);
    g_string_free(l->arrows, true);
    g_free(l);
}

static sf_stat_begun begin(const char *argument, void *data _U_)
{
    const char *filter = sf_filter_behind(argument, command);
    ladder *l = g_new0(ladder, 1);

    l->filter = *filter ? g_strdup(filter) : NULL;
    l->participants = g_ptr_array_new_with_free_func(free_participant);
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
