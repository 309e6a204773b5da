/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Tags of an exported PDU: type and length of two bytes each, big-endian, then the value. Their numbers are
 * fixed by LINKTYPE_WIRESHARK_UPPER_PDU. They are defined here because their names differ between versions of
 * Wireshark.
 */
#include "pdu.h"

enum {
    TAG_END = 0,
    TAG_DISSECTOR = 12,
    TAG_IPV4_SOURCE = 20,
    TAG_IPV4_DESTINATION = 21,
    TAG_IPV6_SOURCE = 22,
    TAG_IPV6_DESTINATION = 23,
    TAG_PORT_TYPE = 24,
    TAG_SOURCE_PORT = 25,
    TAG_DESTINATION_PORT = 26,
    TAG_DIRECTION = 35
};

enum { PORT_TYPE_TCP = 2, PORT_TYPE_UDP = 3 };
enum { DIRECTION_SENT = 0, DIRECTION_RECEIVED = 1 };

static void put(GByteArray *out, uint16_t tag, const void *value, size_t length)
{
    const uint8_t head[4] = { (uint8_t)(tag >> 8), (uint8_t)tag, (uint8_t)(length >> 8), (uint8_t)length };

    g_byte_array_append(out, head, sizeof head);
    if (length > 0) {
        g_byte_array_append(out, value, (guint)length);
    }
}

static void put_number(GByteArray *out, uint16_t tag, uint32_t number)
{
    const uint8_t value[4] = { (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8),
                               (uint8_t)number };
    put(out, tag, value, sizeof value);
}

static void put_address(GByteArray *out, uint16_t tag_v4, uint16_t tag_v6, const sf_log_place *place)
{
    put(out, place->address_size == 4 ? tag_v4 : tag_v6, place->address, place->address_size);
}

void sf_log_pdu_write(const sf_log_packet *packet, GByteArray *out)
{
    g_byte_array_set_size(out, 0);
    put(out, TAG_DISSECTOR, "sip", 3);
    put_address(out, TAG_IPV4_SOURCE, TAG_IPV6_SOURCE, &packet->places.source);
    put_address(out, TAG_IPV4_DESTINATION, TAG_IPV6_DESTINATION, &packet->places.destination);
    put_number(out, TAG_PORT_TYPE, packet->places.is_udp ? PORT_TYPE_UDP : PORT_TYPE_TCP);
    put_number(out, TAG_SOURCE_PORT, packet->places.source.port);
    put_number(out, TAG_DESTINATION_PORT, packet->places.destination.port);
    if (packet->direction != SF_LOG_DIRECTION_UNKNOWN) {
        put_number(out, TAG_DIRECTION,
                   packet->direction == SF_LOG_DIRECTION_SENT ? DIRECTION_SENT : DIRECTION_RECEIVED);
    }
    put(out, TAG_END, NULL, 0);
    g_byte_array_append(out, packet->text->data, packet->text->len);
}
