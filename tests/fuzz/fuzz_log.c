/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: reads any bytes as a log, in pieces of any size, up to packets and
 * their bytes. The first byte chooses the size of the pieces.
 */
#include "log/capture/names.h"
#include "log/capture/pdu.h"
#include "log/message/scanner.h"
#include "log/packet/window.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_packets(sf_log_window *window, sf_log_names *names, GByteArray *out)
{
    sf_log_packet *packet;

    while ((packet = sf_log_window_take(window)) != NULL) {
        sf_log_pdu_write(packet, out);
        g_assert_cmpuint(out->len, <=, SF_LOG_MAX_PACKET);
        g_assert_cmpuint(packet->text->len, <=, packet->text_length);
        for (guint i = 0; i < packet->comments->len; i++) {
            g_assert_true(g_utf8_validate(g_ptr_array_index(packet->comments, i), -1, NULL));
        }
        sf_log_names_block(names, packet, out);
        sf_log_packet_free(packet);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sf_log_clock clock = { 0 };
    sf_log_names names;
    uint64_t unattached = 0;
    size_t piece = size > 0 ? 1 + data[0] * 16u : 1;
    sf_slice rest = { (const char *)data + (size > 0), size - (size > 0) };
    sf_log_window *window = sf_log_window_new(&clock, &unattached);
    sf_log_sink sink = sf_log_window_sink(window);
    sf_log_scanner *scanner = sf_log_scanner_new(NULL, &sink);
    GByteArray *out = g_byte_array_new();

    sf_log_names_init(&names);
    for (unsigned count = 0; rest.length > 0; count++) {
        sf_log_scanner_push(scanner, sf_slice_head(rest, piece));
        rest = sf_slice_skip(rest, piece);
        if (count % 7 == 6) {
            sf_log_scanner_idle(scanner);
            sf_log_window_release(window);
        }
        take_packets(window, &names, out);
    }
    sf_log_scanner_finish(scanner);
    sf_log_window_finish(window);
    take_packets(window, &names, out);
    g_byte_array_unref(out);
    sf_log_names_clear(&names);
    sf_log_scanner_free(scanner);
    sf_log_window_free(window);
    return 0;
}
