/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: the small readers that a whole message reaches seldom. The first byte chooses one; the rest, in
 * memory of its exact size, is what it reads.
 */
#include "engine/message.h"
#include "engine/sdp/key_field.h"
#include "engine/sip/diagnosis.h"
#include "engine/sip/framing.h"
#include "engine/sip/response_phrase.h"
#include "engine/text/address.h"
#include "engine/text/base64.h"
#include "engine/text/key_mark.h"
#include "engine/text/plain_text.h"
#include "engine/text/real.h"
#include "facts/facts.h"

#include <glib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_in(sf_slice part, sf_slice whole)
{
    return part.length == 0 || (part.text >= whole.text && sf_slice_end(part) <= sf_slice_end(whole));
}

/* ---- addresses and numbers ---- */

static void read_address(sf_slice text)
{
    sf_transport_address address = { .family = SF_ADDRESS_NONE };
    sf_address_family family = sf_transport_address_read(text, &address);

    g_assert_true(family == address.family && family != SF_ADDRESS_HOST_NAME);
    g_assert_true(lies_in(address.text, text));
    g_assert_true(family != SF_ADDRESS_NONE || !sf_transport_address_is_private(&address));
}

static void read_numbers(sf_slice text)
{
    uint8_t bytes[16];
    size_t length = 0;
    sf_guid guid;
    sf_real real = { .value = 0 };
    sf_number number = { .value = 0 };

    (void)sf_guid_read(text, &guid);
    (void)sf_ms_base64_guid(text, &guid);
    (void)sf_guid_of_epid(text);
    g_assert_true(sf_real_read(text, 100, &real) != SF_OK || (real.value >= 0 && real.value <= 100));
    g_assert_true(sf_number_read(text, 1000, &number) != SF_OK || number.value <= 1000);
    (void)sf_number_read_hex32(text, &number);
    (void)sf_base64_decode(text, bytes, sizeof bytes, &length);
    g_assert_cmpuint(length, <=, sizeof bytes);
    g_assert_true(lies_in(sf_base64_letters_of(text, text.length / 2, 3), text));
}

/* ---- texts ---- */

/** True if the text has the word as it is written here, in any case. */
static bool has_word(sf_slice text, sf_slice word)
{
    for (size_t i = 0; i + word.length <= text.length; i++) {
        if (sf_slice_starts_nocase(sf_slice_skip(text, i), word)) {
            return true;
        }
    }
    return false;
}

/** Whatever is shown with its escapes undone: the mark of a key in it was seen before. */
static void read_text(sf_slice text)
{
    static const sf_slice marks[] = { SF_LITERAL_INIT("inline:"), SF_LITERAL_INIT("k=base64:") };
    char *line = g_malloc(text.length);
    char *plain = g_malloc(text.length);

    size_t length = sf_unfold(text, line);
    g_assert_cmpuint(length, <=, text.length);
    for (int is_quoted = 0; is_quoted < 2; is_quoted++) {
        sf_slice shown = { plain, sf_unescape(text, is_quoted, plain) };
        g_assert_cmpuint(shown.length, <=, text.length);
        for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
            g_assert_true(!has_word(shown, marks[i]) || sf_has_key_mark(text));
        }
    }
    sf_slice fault = sf_text_fault(text);
    g_assert_true(!sf_slice_present(fault) || sf_text_fault_reason(fault));
    g_assert_true(!sf_text_is_ascii(text) || !sf_slice_present(fault));
    g_free(line);
    g_free(plain);
}

static void read_key_field(sf_slice text)
{
    sf_key_field field = sf_key_field_of(text);

    g_assert_true(lies_in(field.safe_text, text));
    g_assert_cmpuint(field.length, <=, text.length);
    g_assert_true(field.safe_text.length <= 2 || field.method);
    (void)sf_key_field_is_filled(text);
}

/* ---- diagnostics ---- */

static void look_up_diagnosis(sf_slice text)
{
    uint32_t code = 0;

    memcpy(&code, text.text, MIN(text.length, sizeof code));
    if (text.length > sizeof code && text.text[sizeof code] & 1) {
        code %= 60000; /* where the known codes are */
    }
    for (int occasion = SF_IN_REQUEST; occasion <= SF_IN_REFUSAL; occasion++) {
        sf_diagnosis diagnosis = sf_diagnosis_of(code, (sf_occasion)occasion);
        g_assert_true(diagnosis.severity < SF_SEVERITY_UNKNOWN);
        g_assert_true(!diagnosis.gateway_status || diagnosis.gateway_phrase);
        g_assert_cmpuint(sf_diagnosis_rank(code, (sf_occasion)occasion), >, 0);
    }
    const sf_code_row *row = sf_code_row_of(code);
    g_assert_true(!row || (row->code == code && row->meaning));
    const sf_code_range *range = sf_code_range_of(code);
    g_assert_true(!range || (range->first <= code && code <= range->last));
    (void)sf_response_phrase(code);
}

static void read_diagnostics(sf_slice text)
{
    static sf_diagnostics_table table;
    static sf_problems problems;
    char reason[SF_MAX_REASON];

    sf_diagnostics_clear(&table);
    sf_problems_clear(&problems);
    sf_diagnostics_read(text, SF_LITERAL("ms-diagnostics"), &problems, &table);
    for (unsigned i = 0; i < table.count; i++) {
        sf_slice shown = { reason, sf_diagnosis_reason(&table.items[i], reason) };
        g_assert_cmpuint(shown.length, <=, sizeof reason);
        g_assert_false(has_word(shown, SF_LITERAL("inline:")));
        (void)sf_diagnosis_is_media_failure(&table.items[i]);
    }
    (void)sf_diagnosis_most_telling(&table, SF_IN_REFUSAL);
}

/* ---- messages ---- */

/** A whole message, alone or with more after it, has the length that framing says. */
static void frame(sf_slice text)
{
    static sf_message message;
    static const sf_knowledge nothing = { NULL, 0, NULL, 0 };
    size_t length = sf_whole_message_length(text);

    g_assert_cmpuint(length, <=, text.length);
    if (length > 0 && sf_message_read(text, &nothing, SF_READ_ALL, &message) == SF_OK &&
        message.text.text == text.text) {
        g_assert_cmpuint(message.text.length, ==, length);
    }
}

/** Streams with names, in groups: each byte is a line of a body. */
static void group_streams(sf_slice text)
{
    static const char *const lines[] = {
        "a=group:BUNDLE 1 2 3",
        "a=group:BUNDLE 2 1",
        "a=group:BUNDLE 1 1 x",
        "a=group:BUNDLE",
        "a=group:LS 1 2",
        "a=mid:1",
        "a=mid:2",
        "a=mid:3",
        "a=mid:",
        "m=audio 9 RTP/SAVP 0",
        "m=video 9 UDP/TLS/RTP/SAVPF 31",
        "m=audio 0 RTP/AVP 0",
        "a=setup:actpass",
        "a=setup:passive",
        "a=fingerprint:sha-256 5B:5B",
        "a=bundle-only",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz",
        "a=tcap:1 RTP/SAVP",
        "a=pcfg:1 t=1",
        "a=rtcp-mux",
        "a=inactive",
        "k=clear:QUJD",
    };
    static sf_media media;
    static sf_problems problems;
    GString *body = g_string_new("v=0\r\n");

    for (size_t i = 0; i < text.length; i++) {
        g_string_append_printf(body, "%s\r\n", lines[(unsigned char)text.text[i] % G_N_ELEMENTS(lines)]);
    }
    sf_slice input = { body->str, body->len };
    sf_key_places places = sf_key_places_of(input);
    sf_media_clear(&media);
    sf_problems_clear(&problems);
    g_assert_nonnull(sf_sdp_read(input, SF_READ_ALL, false, &problems, &media));
    g_assert_cmpstr(sf_media_fault(input, &places, &media, &problems), ==, NULL);
    g_string_free(body, TRUE);
}

static void (*const readers[])(sf_slice text) = {
    read_address, read_numbers, read_text, read_key_field, look_up_diagnosis, read_diagnostics, frame, group_streams,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0) {
        char *copy = g_memdup2(data + 1, size - 1);
        sf_slice text = { copy ? copy : "", size - 1 };
        readers[data[0] % G_N_ELEMENTS(readers)](text);
        g_free(copy);
    }
    return 0;
}
