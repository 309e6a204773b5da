/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of Microsoft's SDP attributes and their decoders.
 */
#include "attribute.h"

#include "codec.h"
#include "engine/text/token.h"
#include "engine/text/words.h"

#include <glib.h>

typedef struct context context;
typedef void read_value(const context *ctx, sf_slice value);

/** An attribute, and how its value is read. */
typedef struct {
    sf_slice name;
    sf_attribute_kind kind;
    read_value *read;
    const char *what, *why; /**< the sentence for a value that `read` refuses, where one serves several attributes */
} attribute_row;

/** What a reader gets: its row, the line, and where its records and problems go. */
struct context {
    const attribute_row *row;
    sf_slice line;
    bool is_below_m_line;
    sf_problems *problems;
    sf_attributes *attributes;
};

static sf_attribute *append(const context *ctx, sf_slice text)
{
    sf_attributes *attributes = ctx->attributes;

    if (!sf_problems_room(ctx->problems, attributes->count, SF_MAX_ATTRIBUTES, SF_LIMIT_ATTRIBUTES, ctx->line)) {
        return NULL;
    }
    sf_attribute *attribute = &attributes->items[attributes->count++];
    *attribute = (sf_attribute){ .kind = ctx->row->kind, .line = ctx->line, .text = text };
    return attribute;
}

static void complain(const context *ctx, sf_slice where, const char *what, const char *why)
{
    sf_problems_malformed(ctx->problems, ctx->line, where, what, why);
}

static bool read_number(sf_slice text, sf_number *number)
{
    return sf_number_read(text, UINT32_MAX, number) == SF_OK;
}

/** `4096-4096`; SSRCs run from 1 to 0xFFFFFF00 ([MS-SDPEXT] 3.1.5.31). */
static void read_ssrc_range(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, ctx->line);
    size_t dash = sf_slice_find(value, '-');

    if (!attribute) {
        return;
    }
    sf_number *first = &attribute->number[SF_SSRC_FIRST];
    sf_number *last = &attribute->number[SF_SSRC_LAST];
    bool has_first = read_number(sf_slice_head(value, dash), first);
    bool has_last = read_number(sf_slice_skip(value, dash + 1), last);
    if (!has_first || !has_last) {
        complain(ctx, value, "The SSRC range", "is not of the form first-last");
    } else if (first->value == 0 || first->value > last->value || last->value > 0xffffff00) {
        complain(ctx, value, "The SSRC range", "is not in ascending order between 1 and 4294967040");
    }
}

/** `main-video send=4000;recv=4000`, above the first m= line ([MS-SDPEXT] 3.1.5.28). */
static void read_bandwidth(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, ctx->line);
    sf_cursor words = sf_cursor_over(value);
    sf_slice label;
    sf_param param;

    if (!attribute) {
        return;
    }
    bool fits = sf_word_next(&words, &label) && sf_slice_find(label, '=') == label.length;
    if (fits) {
        attribute->word = label;
    }
    sf_cursor rates = sf_cursor_over(sf_slice_skip(value, attribute->word.length));
    while (sf_param_next(&rates, ';', ctx->line, ctx->problems, &param)) {
        if (sf_slice_equals_nocase(param.name, SF_LITERAL("send"))) {
            fits = read_number(param.value, &attribute->number[SF_BANDWIDTH_SEND]) && fits;
        } else if (sf_slice_equals_nocase(param.name, SF_LITERAL("recv"))) {
            fits = read_number(param.value, &attribute->number[SF_BANDWIDTH_RECEIVE]) && fits;
        }
    }
    fits = fits && sf_number_is_present(attribute->number[SF_BANDWIDTH_SEND]) &&
           sf_number_is_present(attribute->number[SF_BANDWIDTH_RECEIVE]);
    if (!fits) {
        complain(ctx, value, "The bandwidth", "is not of the form label send=kbit/s;recv=kbit/s");
    } else if (ctx->is_below_m_line) {
        complain(ctx, ctx->line, "The bandwidth", "is below an m= line, where receivers ignore it");
    }
}

/** `audio:send,recv;video:recv`; one record for each device ([MS-SDPEXT] 3.1.5.29). */
static void read_devices(const context *ctx, sf_slice value)
{
    sf_cursor devices = sf_cursor_over(value);
    sf_param device;
    sf_slice capability;

    while (sf_param_next(&devices, ';', ctx->line, ctx->problems, &device)) {
        size_t colon = sf_slice_find(device.text, ':');
        sf_attribute *attribute = append(ctx, device.text);
        if (!attribute) {
            return;
        }
        attribute->word = sf_slice_trim(sf_slice_head(device.text, colon));
        sf_slice list = sf_slice_trim(sf_slice_skip(device.text, colon + 1));
        if (list.length == 0 || attribute->word.length == 0) {
            complain(ctx, device.text, "The device", "is not of the form device:send,recv");
        }
        sf_cursor capabilities = sf_cursor_over(list);
        while (sf_list_next(&capabilities, ctx->problems, &capability)) {
            attribute->can_send = attribute->can_send || sf_slice_equals_nocase(capability, SF_LITERAL("send"));
            attribute->can_receive = attribute->can_receive || sf_slice_equals_nocase(capability, SF_LITERAL("recv"));
        }
    }
    if (devices.items == 0) {
        complain(ctx, value, "The list of devices", "is empty");
    }
}

static sf_attribute *append_capability(const context *ctx, sf_number payload_type, sf_slice text)
{
    sf_attribute *attribute = append(ctx, text);

    if (attribute) {
        attribute->number[SF_CAPS_PAYLOAD_TYPE] = payload_type;
    }
    return attribute;
}

/** `263:1920:1080:30.0:2000000:1`, one of a semicolon list after the payload type. */
static void read_one_capability(const context *ctx, sf_number payload_type, sf_slice text)
{
    enum { ID, WIDTH, HEIGHT, FRAME_RATE, BITRATE, LAST, FIELDS };
    sf_slice fields[FIELDS] = { { NULL, 0 } };
    unsigned count = 0;
    sf_attribute *attribute = append_capability(ctx, payload_type, text);

    if (!attribute) {
        return;
    }
    for (sf_slice rest = text; rest.length > 0; count++) {
        sf_slice field = sf_slice_head(rest, sf_slice_find(rest, ':'));
        rest = sf_slice_skip(rest, field.length + 1);
        if (count < FIELDS) {
            fields[count] = field;
        }
    }
    bool fits = count == FIELDS;
    fits = read_number(fields[WIDTH], &attribute->number[SF_CAPS_WIDTH]) && fits;
    fits = read_number(fields[HEIGHT], &attribute->number[SF_CAPS_HEIGHT]) && fits;
    fits = read_number(fields[BITRATE], &attribute->number[SF_CAPS_BITRATE]) && fits;
    fits = sf_real_read(fields[FRAME_RATE], UINT32_MAX, &attribute->real) == SF_OK && fits;
    if (!fits) {
        complain(ctx, text, "The video capability", "is not of the form id:width:height:fps:bitrate:n");
    }
}

static void read_video_caps(const context *ctx, sf_slice value)
{
    sf_number payload_type = { .value = 0 };
    sf_cursor words = sf_cursor_over(value);
    sf_slice word;
    sf_param capability;

    sf_word_next(&words, &word);
    bool has_payload_type = sf_number_read(word, SF_LAST_PAYLOAD_TYPE, &payload_type) == SF_OK;
    if (!has_payload_type) {
        complain(ctx, word, "The payload type", "is not a number from 0 to 127");
    }
    sf_cursor capabilities = sf_cursor_over(sf_cursor_rest(&words));
    while (sf_param_next(&capabilities, ';', ctx->line, ctx->problems, &capability)) {
        read_one_capability(ctx, payload_type, capability.text);
    }
    if (capabilities.items > 0) {
        return;
    }
    append_capability(ctx, payload_type, ctx->line); /* a record all the same, which takes the note */
    if (has_payload_type) {
        complain(ctx, value, "The video capability", "is missing after the payload type");
    }
}

/** The value as written is its word. */
static void read_word(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, ctx->line);

    if (attribute) {
        attribute->word = value;
    }
}

/** One GUID. */
static void read_guid(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, ctx->line);

    if (!attribute) {
        return;
    }
    if (sf_guid_read(value, &attribute->guid) == SF_OK) {
        attribute->word = value;
    } else {
        complain(ctx, value, ctx->row->what, ctx->row->why);
    }
}

/** `1 network-type=WLAN`: of the candidates with that foundation ([MS-SDPEXT] 3.1.5.36). */
static void read_network(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, ctx->line);
    sf_cursor words = sf_cursor_over(value);
    sf_slice foundation, word;

    if (!attribute || !sf_word_next(&words, &foundation)) {
        return;
    }
    attribute->foundation = foundation;
    while (sf_word_next(&words, &word)) {
        static const sf_slice name = SF_LITERAL_INIT("network-type=");
        if (sf_slice_starts_nocase(word, name)) {
            attribute->word = sf_slice_skip(word, name.length);
        }
    }
}

/** `1234.5;reason="...";name=value`, as a diagnostics header ([MS-SDPEXT] 3.1.5.26). */
static void read_diagnostics(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, ctx->line);
    sf_slice front = sf_slice_trim(sf_slice_head(value, sf_slice_find(value, ';')));
    size_t period = sf_slice_find(front, '.');
    sf_param param;

    if (!attribute) {
        return;
    }
    sf_slice sub_id = sf_slice_skip(front, period + 1);
    sub_id = sf_slice_head(sub_id, sf_slice_find(sub_id, '.'));
    bool fits = read_number(sf_slice_head(front, period), &attribute->number[SF_ERROR_ID]);
    fits = (period == front.length || read_number(sub_id, &attribute->number[SF_ERROR_SUB_ID])) && fits;
    if (!fits) {
        complain(ctx, front, "The error id", "is not a number, or two with a period between them");
    }
    sf_cursor params = sf_cursor_over(sf_slice_skip(value, sf_slice_find(value, ';')));
    while (sf_param_next(&params, ';', ctx->line, ctx->problems, &param)) {
        if (sf_slice_equals_nocase(param.name, SF_LITERAL("reason")) && !sf_slice_present(attribute->word)) {
            attribute->word = param.value;
            attribute->is_quoted = param.is_quoted;
        }
    }
}

/** The line is shown as written. */
static void read_nothing(const context *ctx, sf_slice value)
{
    (void)value;
    append(ctx, ctx->line);
}

#define OTHER(name)                                                         \
    {                                                                       \
        SF_LITERAL_INIT(name), SF_ATTRIBUTE_OTHER, read_nothing, NULL, NULL \
    }
#define TYPED(name, kind, read)                                      \
    {                                                                \
        SF_LITERAL_INIT(name), SF_ATTRIBUTE_##kind, read, NULL, NULL \
    }

/* [MS-SDPEXT] 3.1.5; attributes of Teams from its own offers */
static const attribute_row rows[] = {
    TYPED("x-ssrc-range", SSRC_RANGE, read_ssrc_range),
    TYPED("x-mediabw", BANDWIDTH, read_bandwidth),
    TYPED("x-devicecaps", DEVICE, read_devices),
    TYPED("x-caps", VIDEO_CAPS, read_video_caps),
    TYPED("x-signaling-fb", FEEDBACK, read_word),
    { SF_LITERAL_INIT("x-bypassid"), SF_ATTRIBUTE_BYPASS_ID, read_guid, "The bypass id", "is not a GUID" },
    TYPED("x-ms-SDP-diagnostics", DIAGNOSTICS, read_diagnostics),
    TYPED("x-candidate-info", NETWORK, read_network),
    OTHER("x-source"),
    OTHER("x-source-streamid"),
    OTHER("x-plaza-msi-range"),
    OTHER("x-bwealgorithm"),
    OTHER("x-mediasettings"),
    OTHER("x-data-protocol"),
    OTHER("x-application-contentflow"),
    OTHER("applicationsharing-contentflow"),
};

static sf_word_index row_index = SF_WORD_INDEX_INIT(rows);

/** Attributes whose name only begins so. */
static const attribute_row families[] = {
    OTHER("x-applicationsharing-"),
};

/** RTCP feedback of Microsoft, under the name that all vendors use ([MS-SDPEXT] 3.1.5.30). */
static const attribute_row feedback = TYPED("rtcp-fb", FEEDBACK, read_word);

/** `* x-message app send:src recv:src`, not the feedback of others. */
static bool is_microsoft_feedback(sf_slice name, sf_slice value)
{
    sf_slice after_type = sf_slice_trim(sf_slice_skip(value, sf_slice_find(value, ' ')));

    return sf_slice_equals_nocase(name, feedback.name) && sf_slice_starts_nocase(after_type, SF_LITERAL("x-message"));
}

static const attribute_row *find_row(sf_slice name, sf_slice value)
{
    int i = sf_words_look_up(&row_index, name);

    if (i != SF_WORDS_NONE) {
        return &rows[i];
    }
    i = SF_WORDS_FIND_START(families, name);
    if (i != SF_WORDS_NONE) {
        return &families[i];
    }
    return is_microsoft_feedback(name, value) ? &feedback : NULL;
}

bool sf_attribute_is_common(sf_slice name)
{
    return sf_slice_equals_nocase(name, SF_LITERAL("x-caps"));
}

bool sf_attribute_read(sf_slice line, sf_slice name, sf_slice value, bool is_below_m_line, sf_problems *problems,
                       sf_attributes *attributes)
{
    context ctx = { find_row(name, value), line, is_below_m_line, problems, attributes };

    if (!ctx.row) {
        return false;
    }
    ctx.row->read(&ctx, value);
    return true;
}
