/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of Microsoft's SDP attributes and their decoders.
 */
#include "attribute.h"

#include "engine/text/token.h"

#include <glib.h>

/** What a decoder gets: the line, and where its records and problems go. */
typedef struct {
    sf_slice line;
    bool behind_m_line;
    sf_problems *problems;
    sf_attributes *attributes;
} context;

typedef void read_value(const context *ctx, sf_slice value);

static sf_attribute *append(const context *ctx, sf_attribute_kind kind, sf_slice text)
{
    if (ctx->attributes->count == SF_MAX_ATTRIBUTES) {
        sf_problems_limit(ctx->problems, SF_LIMIT_ATTRIBUTES, ctx->line);
        return NULL;
    }
    sf_attribute *attribute = &ctx->attributes->items[ctx->attributes->count++];
    memset(attribute, 0, sizeof *attribute);
    attribute->kind = kind;
    attribute->line = ctx->line;
    attribute->text = text;
    return attribute;
}

static void complain(const context *ctx, sf_slice where, const char *what, const char *why)
{
    sf_problems_malformed(ctx->problems, ctx->line, where, what, why);
}

static bool read_number_to(uint32_t max, sf_slice text, sf_attribute *attribute, int index)
{
    uint64_t number;

    if (sf_slice_decimal(text, max, &number) != SF_OK) {
        return false;
    }
    attribute->number[index] = (uint32_t)number;
    attribute->number_text[index] = text;
    return true;
}

static bool read_number(sf_slice text, sf_attribute *attribute, int index)
{
    return read_number_to(UINT32_MAX, text, attribute, index);
}

/** `4096-4096`; SSRCs run from 1 to 0xFFFFFF00 ([MS-SDPEXT] 3.1.5.31). */
static void read_ssrc_range(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, SF_ATTRIBUTE_SSRC_RANGE, ctx->line);
    size_t dash = sf_slice_find(value, '-');

    if (!attribute) {
        return;
    }
    bool first = read_number(sf_slice_head(value, dash), attribute, SF_SSRC_FIRST);
    bool last = read_number(sf_slice_skip(value, dash + 1), attribute, SF_SSRC_LAST);
    if (!first || !last) {
        complain(ctx, value, "The SSRC range", "is not of the form first-last");
    } else if (attribute->number[SF_SSRC_FIRST] == 0 ||
               attribute->number[SF_SSRC_FIRST] > attribute->number[SF_SSRC_LAST] ||
               attribute->number[SF_SSRC_LAST] > 0xffffff00) {
        complain(ctx, value, "The SSRC range", "does not lie in order between 1 and 4294967040");
    }
}

/** `main-video send=4000;recv=4000`, above the first m= line ([MS-SDPEXT] 3.1.5.28). */
static void read_bandwidth(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, SF_ATTRIBUTE_BANDWIDTH, ctx->line);
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
            fits = read_number(param.value, attribute, SF_BANDWIDTH_SEND) && fits;
        } else if (sf_slice_equals_nocase(param.name, SF_LITERAL("recv"))) {
            fits = read_number(param.value, attribute, SF_BANDWIDTH_RECEIVE) && fits;
        }
    }
    fits = fits && sf_slice_present(attribute->number_text[SF_BANDWIDTH_SEND]) &&
           sf_slice_present(attribute->number_text[SF_BANDWIDTH_RECEIVE]);
    if (!fits) {
        complain(ctx, value, "The bandwidth", "is not of the form label send=kbit/s;recv=kbit/s");
    } else if (ctx->behind_m_line) {
        complain(ctx, ctx->line, "The bandwidth", "stands below an m= line, where receivers ignore it");
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
        sf_attribute *attribute = append(ctx, SF_ATTRIBUTE_DEVICE, device.text);
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
            attribute->send = attribute->send || sf_slice_equals_nocase(capability, SF_LITERAL("send"));
            attribute->receive = attribute->receive || sf_slice_equals_nocase(capability, SF_LITERAL("recv"));
        }
    }
    if (devices.items == 0) {
        complain(ctx, value, "The list of devices", "is empty");
    }
}

/** Digits with at most one point, in the C locale whatever the user's is. */
static bool read_real(sf_slice text, double *real)
{
    enum { DIGITS_THAT_COUNT = 9 };
    size_t point = sf_slice_find(text, '.');
    sf_slice fraction = sf_slice_head(sf_slice_skip(text, point + 1), DIGITS_THAT_COUNT);
    sf_slice further = sf_slice_skip(text, point + 1 + DIGITS_THAT_COUNT);
    uint64_t whole, ignored;
    uint64_t parts = 0;
    double unit = 1;

    if (sf_slice_decimal(sf_slice_head(text, point), UINT32_MAX, &whole) != SF_OK ||
        sf_slice_decimal(fraction, UINT32_MAX, &parts) == SF_MALFORMED ||
        sf_slice_decimal(further, UINT64_MAX, &ignored) == SF_MALFORMED) {
        return false;
    }
    for (size_t i = 0; i < fraction.length; i++) {
        unit *= 10;
    }
    *real = (double)whole + (double)parts / unit;
    return true;
}

static sf_attribute *append_capability(const context *ctx, const sf_attribute *payload_type, sf_slice text)
{
    sf_attribute *attribute = append(ctx, SF_ATTRIBUTE_VIDEO_CAPS, text);

    if (attribute) {
        attribute->number[SF_CAPS_PAYLOAD_TYPE] = payload_type->number[SF_CAPS_PAYLOAD_TYPE];
        attribute->number_text[SF_CAPS_PAYLOAD_TYPE] = payload_type->number_text[SF_CAPS_PAYLOAD_TYPE];
    }
    return attribute;
}

/** `263:1920:1080:30.0:2000000:1`, one of a semicolon list behind the payload type. */
static void read_one_capability(const context *ctx, const sf_attribute *payload_type, sf_slice text)
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
    fits = read_number(fields[WIDTH], attribute, SF_CAPS_WIDTH) && fits;
    fits = read_number(fields[HEIGHT], attribute, SF_CAPS_HEIGHT) && fits;
    fits = read_number(fields[BITRATE], attribute, SF_CAPS_BITRATE) && fits;
    if (read_real(fields[FRAME_RATE], &attribute->real)) {
        attribute->real_text = fields[FRAME_RATE];
    } else {
        fits = false;
    }
    if (!fits) {
        complain(ctx, text, "The video capability", "is not of the form id:width:height:fps:bitrate:n");
    }
}

static void read_video_caps(const context *ctx, sf_slice value)
{
    enum { LAST_PAYLOAD_TYPE = 127 };
    sf_attribute payload_type = { .kind = SF_ATTRIBUTE_VIDEO_CAPS };
    sf_cursor words = sf_cursor_over(value);
    sf_slice number;
    sf_param capability;

    sf_word_next(&words, &number);
    bool has_payload_type = read_number_to(LAST_PAYLOAD_TYPE, number, &payload_type, SF_CAPS_PAYLOAD_TYPE);
    if (!has_payload_type) {
        complain(ctx, number, "The payload type", "is not a number from 0 to 127");
    }
    sf_cursor capabilities = sf_cursor_over(sf_cursor_rest(&words));
    while (sf_param_next(&capabilities, ';', ctx->line, ctx->problems, &capability)) {
        read_one_capability(ctx, &payload_type, capability.text);
    }
    if (capabilities.items > 0) {
        return;
    }
    append_capability(ctx, &payload_type, ctx->line); /* a record all the same, for the note to stand at */
    if (has_payload_type) {
        complain(ctx, value, "The video capability", "is missing behind the payload type");
    }
}

static void read_feedback(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, SF_ATTRIBUTE_FEEDBACK, ctx->line);

    if (attribute) {
        attribute->word = value;
    }
}

static void read_bypass_id(const context *ctx, sf_slice value)
{
    sf_attribute *attribute = append(ctx, SF_ATTRIBUTE_BYPASS_ID, ctx->line);

    if (!attribute) {
        return;
    }
    if (sf_guid_read(value, &attribute->guid) == SF_OK) {
        attribute->word = value;
    } else {
        complain(ctx, value, "The bypass id", "is not a GUID");
    }
}

static void read_other(const context *ctx, sf_slice value)
{
    (void)value;
    append(ctx, SF_ATTRIBUTE_OTHER, ctx->line);
}

/* [MS-SDPEXT] 3.1.5; attributes of Teams from its own offers. A name that ends in `-` stands for a family. */
static const struct {
    sf_slice name;
    read_value *read;
} rows[] = {
    { SF_LITERAL("x-ssrc-range"), read_ssrc_range },
    { SF_LITERAL("x-mediabw"), read_bandwidth },
    { SF_LITERAL("x-devicecaps"), read_devices },
    { SF_LITERAL("x-caps"), read_video_caps },
    { SF_LITERAL("x-signaling-fb"), read_feedback },
    { SF_LITERAL("x-bypassid"), read_bypass_id },
    { SF_LITERAL("x-candidate-info"), read_other },
    { SF_LITERAL("remote-candidate"), read_other }, /* draft 06; RFC 5245 writes the plural */
    { SF_LITERAL("x-source"), read_other },
    { SF_LITERAL("x-source-streamid"), read_other },
    { SF_LITERAL("x-plaza-msi-range"), read_other },
    { SF_LITERAL("x-bwealgorithm"), read_other },
    { SF_LITERAL("x-mediasettings"), read_other },
    { SF_LITERAL("x-data-protocol"), read_other },
    { SF_LITERAL("x-application-contentflow"), read_other },
    { SF_LITERAL("x-applicationsharing-"), read_other },
    { SF_LITERAL("applicationsharing-contentflow"), read_other },
};

static bool names(sf_slice row, sf_slice name)
{
    bool family = row.text[row.length - 1] == '-';

    return family ? sf_slice_starts_nocase(name, row) : sf_slice_equals_nocase(name, row);
}

/** `* x-message app send:src recv:src`: RTCP feedback of [MS-SDPEXT] 3.1.5.30. */
static bool is_microsoft_feedback(sf_slice name, sf_slice value)
{
    sf_slice behind_type = sf_slice_trim(sf_slice_skip(value, sf_slice_find(value, ' ')));

    return sf_slice_equals_nocase(name, SF_LITERAL("rtcp-fb")) &&
           sf_slice_starts_nocase(behind_type, SF_LITERAL("x-message"));
}

bool sf_attribute_read(sf_slice line, sf_slice name, sf_slice value, bool behind_m_line,
                       sf_problems *problems, sf_attributes *attributes)
{
    context ctx = { line, behind_m_line, problems, attributes };

    if (is_microsoft_feedback(name, value)) {
        read_feedback(&ctx, value);
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (names(rows[i].name, name)) {
            rows[i].read(&ctx, value);
            return true;
        }
    }
    return false;
}
