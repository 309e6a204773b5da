/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: any bytes as a message in a capture, dissected by the real libwireshark with the plugin linked in.
 * A sum of the bytes chooses how the message travels, and whether the first pass has a tree. What we show must be the
 * same on both passes and with either kind of tree, and without a key, since keys are hidden here.
 */
#include "capture_frames.h"
#include "shown_fields.h"

#include <epan/epan.h>
#include <epan/epan_dissect.h>
#include <epan/packet.h>
#include <epan/prefs.h>
#include <epan/register.h>
#include <epan/timestamp.h>
#include <wiretap/wtap.h>
#include <wsutil/filesystem.h>
#include <wsutil/report_message.h>
#include <wsutil/wslog.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void plugin_register(void);
bool started_with_special_privs(void);

/** In place of libwsutil's: for root, it would ignore WIRESHARK_DATA_DIR. */
bool started_with_special_privs(void)
{
    return false;
}

static const nstime_t *frame_time(struct packet_provider_data *provider, uint32_t number)
{
    static nstime_t time;

    (void)provider;
    time = (nstime_t){ 1700000000 + (time_t)number, 0 };
    return &time;
}

static const struct packet_provider_funcs provider = { frame_time, NULL, NULL, NULL };

static void set_preference(const char *text)
{
    char *copy = g_strdup(text);
    char *error = NULL;

    if (prefs_set_pref(copy, &error) != PREFS_SET_OK) {
        g_error("%s: %s", text, error);
    }
    g_free(copy);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const struct report_message_routines silent = { .vreport_failure = NULL };

    (void)argc;
    /* Each block of libwireshark is one of malloc, which the address sanitizer knows. */
    g_setenv("WIRESHARK_DEBUG_WMEM_OVERRIDE", "simple", FALSE);
    g_setenv("XDG_CONFIG_HOME", "/not/existing/directory", TRUE);
    /* Without the list of makers of network cards, which each new capture would read, and keep until the end. */
    g_setenv("WIRESHARK_DATA_DIR", "/not/existing/directory", TRUE);
    ws_log_init("fuzz_dissect", NULL);
    g_free(configuration_init((*argv)[0], NULL));
    init_report_message("fuzz_dissect", &silent);
    timestamp_set_type(TS_RELATIVE);
    timestamp_set_precision(TS_PREC_AUTO);
    timestamp_set_seconds_type(TS_SECONDS_DEFAULT);
    wtap_init(FALSE);
    plugin_register();
    if (!epan_init(NULL, NULL, FALSE)) {
        g_error("libwireshark does not start");
    }
    epan_load_settings();
    set_preference("skypefed.show_keys:FALSE");
    prefs_apply_all();
    shown_fields_init();
    return 0;
}

typedef struct {
    epan_t *session;
    capture_frames *frames;
    frame_data data[CAPTURE_FRAMES_MAX];
    uint32_t cumulative;
    const frame_data *reference, *previous;
} capture;

/** Lengths of a frame's data sources, as of a reassembled message: what Wireshark itself makes of the frame. */
static void add_sources(epan_dissect_t *edt, unsigned index, GString *sources)
{
    for (const GSList *source = edt->pi.data_src; source; source = source->next) {
        g_string_append_printf(sources, "%u:%u ", index, tvb_captured_length(get_data_source_tvb(source->data)));
    }
}

/** Dissects a frame. @param shown  what we show of it is added, unless it is NULL */
static void dissect(capture *c, unsigned index, bool is_visible, GString *shown, GString *sources)
{
    sf_slice bytes = c->frames->items[index];
    frame_data *data = &c->data[index];
    epan_dissect_t *edt = epan_dissect_new(c->session, shown != NULL, is_visible);
    wtap_rec record = {
        .rec_type = REC_TYPE_PACKET,
        .presence_flags = WTAP_HAS_TS | WTAP_HAS_CAP_LEN,
        .ts = *frame_time(NULL, index + 1),
        .rec_header.packet_header = { .caplen = (uint32_t)bytes.length,
                                      .len = (uint32_t)bytes.length,
                                      .pkt_encap = WTAP_ENCAP_ETHERNET },
    };

    if (data->num == 0) {
        nstime_t elapsed = NSTIME_INIT_ZERO;
        frame_data_init(data, index + 1, &record, 0, c->cumulative);
        frame_data_set_before_dissect(data, &elapsed, &c->reference, c->previous);
    }
    if (shown && !is_visible) {
        shown_fields_prime(edt);
    }
    uint8_t *copy = g_memdup2(bytes.text, bytes.length); /* of its exact size, for the address sanitizer */
    epan_dissect_run(edt, WTAP_FILE_TYPE_SUBTYPE_UNKNOWN, &record,
                     tvb_new_real_data(copy, (unsigned)bytes.length, (int)bytes.length), data, NULL);
    if (shown) {
        shown_fields_add(edt, shown);
        add_sources(edt, index, sources);
    }
    if (shown && is_visible) {
        shown_labels_check(edt, c->frames->message);
    }
    if (!data->visited) {
        frame_data_set_after_dissect(data, &c->cumulative);
        c->previous = data;
    }
    epan_dissect_free(edt);
    g_free(copy);
}

/** @param sources  emptied, and filled with what the frames consist of */
static GString *dissect_all(capture *c, bool is_visible, bool has_tree, GString *sources)
{
    GString *shown = has_tree ? g_string_new(NULL) : NULL;

    g_string_truncate(sources, 0);
    for (unsigned i = 0; i < c->frames->count; i++) {
        dissect(c, i, is_visible, shown, sources);
    }
    return shown;
}

/** Length of the line that a text begins with, its end of line not counted. */
static int line_length(const char *text)
{
    return (int)strcspn(text, "\n");
}

/** Prints the first line in which two texts differ, which they do. @param pass  which one the hidden tree is of */
static void print_difference(const char *pass, const char *hidden, const char *visible)
{
    while (line_length(hidden) == line_length(visible) && strncmp(hidden, visible, (size_t)line_length(hidden)) == 0 &&
           hidden[line_length(hidden)] && visible[line_length(visible)]) {
        hidden += line_length(hidden) + 1;
        visible += line_length(visible) + 1;
    }
    g_printerr("%s: hidden tree: %.*s\nsecond pass: visible tree: %.*s\n", pass, line_length(hidden), hidden,
               line_length(visible), visible);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static capture_frames frames;
    static capture c;
    unsigned choice = 0;

    for (size_t i = 0; i < size; i++) {
        choice += data[i];
    }
    capture_frames_make(&frames, (sf_slice){ (const char *)data, size }, choice / 2);
    memset(&c, 0, sizeof c);
    c.frames = &frames;
    c.session = epan_new(NULL, &provider);

    GString *of_hidden = g_string_new(NULL);
    GString *of_visible = g_string_new(NULL);
    GString *hidden = dissect_all(&c, false, choice % 2, of_hidden);
    if (!hidden) {
        hidden = dissect_all(&c, false, true, of_hidden);
    }
    GString *visible = dissect_all(&c, true, true, of_visible);
    /* Of a damaged message over TCP, Wireshark's second pass can reassemble fewer bytes than the first one had. */
    if (g_string_equal(of_hidden, of_visible) && !g_string_equal(hidden, visible)) {
        print_difference(choice % 2 ? "first pass" : "second pass", hidden->str, visible->str);
        abort();
    }
    g_string_free(hidden, TRUE);
    g_string_free(visible, TRUE);
    g_string_free(of_hidden, TRUE);
    g_string_free(of_visible, TRUE);
    for (unsigned i = 0; i < frames.count; i++) {
        frame_data_destroy(&c.data[i]);
    }
    epan_free(c.session);
    capture_frames_clear(&frames);
    return 0;
}
