/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Recognizing the encoding of a log by its first bytes, and converting UTF-16 to UTF-8.
 */
#include "decoder.h"

#define REPLACEMENT 0xFFFD /* replaces what is not a character */
#define DETECTION_BYTES 4

void sf_log_decoder_init(sf_log_decoder *decoder)
{
    memset(decoder, 0, sizeof *decoder);
    decoder->decoded = g_byte_array_new();
}

void sf_log_decoder_restart(sf_log_decoder *decoder)
{
    decoder->encoding = SF_LOG_ENCODING_UNKNOWN;
    decoder->held_count = 0;
    decoder->high_surrogate = 0;
}

void sf_log_decoder_clear(sf_log_decoder *decoder)
{
    g_clear_pointer(&decoder->decoded, g_byte_array_unref);
}

/*
 * UTF-16 is recognized by its byte order mark or, without one, by the zero byte in each of the first two
 * characters: all known logs begin with ASCII.
 */
static sf_log_encoding detect(const uint8_t *first, unsigned count)
{
    if (count >= 2 && first[0] == 0xFF && first[1] == 0xFE) {
        return SF_LOG_ENCODING_UTF16_LE;
    }
    if (count >= 2 && first[0] == 0xFE && first[1] == 0xFF) {
        return SF_LOG_ENCODING_UTF16_BE;
    }
    if (count >= 4 && first[0] && !first[1] && first[2] && !first[3]) {
        return SF_LOG_ENCODING_UTF16_LE;
    }
    if (count >= 4 && !first[0] && first[1] && !first[2] && first[3]) {
        return SF_LOG_ENCODING_UTF16_BE;
    }
    return SF_LOG_ENCODING_BYTES;
}

static void append_character(sf_log_decoder *decoder, gunichar c)
{
    char utf8[6];
    int length = g_unichar_to_utf8(c, utf8);
    g_byte_array_append(decoder->decoded, (const guint8 *)utf8, (guint)length);
}

static void append_unit(sf_log_decoder *decoder, uint16_t unit)
{
    bool is_low = (unit & 0xFC00) == 0xDC00;

    if (decoder->high_surrogate) {
        gunichar high = decoder->high_surrogate & 0x3FFu;
        decoder->high_surrogate = 0;
        if (is_low) {
            append_character(decoder, 0x10000 + (high << 10 | (unit & 0x3FFu)));
            return;
        }
        append_character(decoder, REPLACEMENT);
    }
    if ((unit & 0xFC00) == 0xD800) {
        decoder->high_surrogate = unit;
    } else if (is_low) {
        append_character(decoder, REPLACEMENT);
    } else if (unit < 0x80) {
        uint8_t byte = (uint8_t)unit;
        g_byte_array_append(decoder->decoded, &byte, 1);
    } else {
        append_character(decoder, unit);
    }
}

static void append_utf16(sf_log_decoder *decoder, sf_slice bytes)
{
    unsigned high = decoder->encoding == SF_LOG_ENCODING_UTF16_BE ? 0 : 1;

    for (size_t i = 0; i < bytes.length; i++) {
        decoder->held[decoder->held_count++] = (uint8_t)bytes.text[i];
        if (decoder->held_count == 2) {
            append_unit(decoder, (uint16_t)(decoder->held[high] << 8 | decoder->held[1 - high]));
            decoder->held_count = 0;
        }
    }
}

/* Settles the encoding, and decodes the bytes that were held back until then. */
static void settle(sf_log_decoder *decoder)
{
    uint8_t first[DETECTION_BYTES];
    unsigned count = decoder->held_count;

    memcpy(first, decoder->held, sizeof first);
    decoder->encoding = detect(first, count);
    decoder->held_count = 0;
    if (decoder->encoding == SF_LOG_ENCODING_BYTES) {
        g_byte_array_append(decoder->decoded, first, count);
    } else {
        append_utf16(decoder, (sf_slice){ (const char *)first, count });
    }
}

static sf_slice decoded_text(const sf_log_decoder *decoder)
{
    return (sf_slice){ (const char *)decoder->decoded->data, decoder->decoded->len };
}

sf_slice sf_log_decode(sf_log_decoder *decoder, sf_slice bytes)
{
    g_byte_array_set_size(decoder->decoded, 0);
    if (decoder->encoding == SF_LOG_ENCODING_UNKNOWN) {
        while (decoder->held_count < DETECTION_BYTES && bytes.length > 0) {
            decoder->held[decoder->held_count++] = (uint8_t)bytes.text[0];
            bytes = sf_slice_skip(bytes, 1);
        }
        if (decoder->held_count < DETECTION_BYTES) {
            return (sf_slice){ "", 0 };
        }
        settle(decoder);
    }
    if (decoder->encoding != SF_LOG_ENCODING_BYTES) {
        append_utf16(decoder, bytes);
        return decoded_text(decoder);
    }
    if (decoder->decoded->len == 0) {
        return bytes; /* the common case needs no copy */
    }
    g_byte_array_append(decoder->decoded, (const guint8 *)bytes.text, (guint)bytes.length);
    return decoded_text(decoder);
}

sf_slice sf_log_decode_end(sf_log_decoder *decoder)
{
    g_byte_array_set_size(decoder->decoded, 0);
    if (decoder->encoding == SF_LOG_ENCODING_UNKNOWN) {
        settle(decoder);
    }
    return decoded_text(decoder);
}
