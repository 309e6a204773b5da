/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing blocks of pcapng. The sections are those of draft-ietf-opsawg-pcapng.
 */
#include "pcapng.h"

#define BYTE_ORDER_MAGIC 0x1a2b3c4du

enum { VERSION_MAJOR = 1, VERSION_MINOR = 0 };
enum { LINKTYPE_WIRESHARK_UPPER_PDU = 252 };

/* Options: 3.5, 4.2 (interface) and 4.3 (packet) */
enum { OPTION_END = 0, OPTION_COMMENT = 1, OPTION_FLAGS = 2, OPTION_TIME_RESOLUTION = 9 };

/* Times are in units of 10 to the power of -9 seconds. */
#define NANOSECONDS 9

/* Bits 0 and 1 of the flags of a packet, 4.3.1 */
enum { FLAG_INBOUND = 1, FLAG_OUTBOUND = 2 };

static void put16(GByteArray *out, uint16_t value)
{
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void put32(GByteArray *out, uint32_t value)
{
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

/* Everything in a block is padded to 4 bytes. */
static void put_padded(GByteArray *out, const void *bytes, size_t length)
{
    static const uint8_t padding[3] = { 0 };

    if (length > 0) {
        g_byte_array_append(out, bytes, (guint)length);
    }
    g_byte_array_append(out, padding, (guint)(-length & 3));
}

guint sf_log_pcapng_begin(GByteArray *out, sf_log_pcapng_type type)
{
    guint begin = out->len;

    put32(out, (uint32_t)type);
    put32(out, 0);
    return begin;
}

void sf_log_pcapng_end(GByteArray *out, guint begin)
{
    uint32_t length = out->len - begin + 4;

    put32(out, length);
    memcpy(out->data + begin + 4, &length, sizeof length);
}

void sf_log_pcapng_option(GByteArray *out, uint16_t code, const void *value, size_t length)
{
    put16(out, code);
    put16(out, (uint16_t)length);
    put_padded(out, value, length);
}

void sf_log_pcapng_head(GByteArray *out)
{
    static const uint8_t resolution = NANOSECONDS;
    guint section = sf_log_pcapng_begin(out, SF_LOG_PCAPNG_SECTION);

    put32(out, BYTE_ORDER_MAGIC);
    put16(out, VERSION_MAJOR);
    put16(out, VERSION_MINOR);
    put32(out, UINT32_MAX); /* the length of the section, 64 bits: unknown */
    put32(out, UINT32_MAX);
    sf_log_pcapng_end(out, section);

    guint description = sf_log_pcapng_begin(out, SF_LOG_PCAPNG_INTERFACE);
    put16(out, LINKTYPE_WIRESHARK_UPPER_PDU);
    put16(out, 0);
    put32(out, SF_LOG_MAX_PACKET);
    sf_log_pcapng_option(out, OPTION_TIME_RESOLUTION, &resolution, sizeof resolution);
    sf_log_pcapng_option(out, OPTION_END, NULL, 0);
    sf_log_pcapng_end(out, description);
}

static void put_options(GByteArray *out, const sf_log_packet *packet)
{
    if (packet->direction != SF_LOG_DIRECTION_UNKNOWN) {
        uint32_t flags = packet->direction == SF_LOG_DIRECTION_SENT ? FLAG_OUTBOUND : FLAG_INBOUND;
        sf_log_pcapng_option(out, OPTION_FLAGS, &flags, sizeof flags);
    }
    for (guint i = 0; i < packet->comments->len; i++) {
        const char *comment = g_ptr_array_index(packet->comments, i);
        sf_log_pcapng_option(out, OPTION_COMMENT, comment, MIN(strlen(comment), UINT16_MAX));
    }
    sf_log_pcapng_option(out, OPTION_END, NULL, 0);
}

void sf_log_pcapng_packet(GByteArray *out, const sf_log_packet *packet, const GByteArray *pdu)
{
    uint64_t time = packet->has_time && packet->time > 0 ? (uint64_t)packet->time : 0;
    guint begin = sf_log_pcapng_begin(out, SF_LOG_PCAPNG_PACKET);

    put32(out, 0); /* the interface */
    put32(out, (uint32_t)(time >> 32));
    put32(out, (uint32_t)time);
    put32(out, pdu->len);
    put32(out, pdu->len + (uint32_t)(packet->text_length - packet->text->len));
    put_padded(out, pdu->data, pdu->len);
    put_options(out, packet);
    sf_log_pcapng_end(out, begin);
}
