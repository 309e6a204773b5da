/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: any bytes as up to three log files, plain or compressed, read and merged as the program does. The
 * first bytes say how the rest is cut into files, and in which zone their clocks are. What is read from a compressed
 * file is what is read from the same file plain, and merging loses nothing.
 */
#include "log/merge.h"
#include "log/source.h"

#include <glib.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_FILES = 3, HEADER = 6 };

static const volatile sig_atomic_t never = 0;

static const char *const zones[] = { "Z", "local", "+02:00", "-0530", "+14:00", "-23:59", "nowhere", "" };

/** A file in memory, with a path. */
typedef struct {
    int fd;
    char path[32];
} file;

static file make_file(sf_slice bytes)
{
    file made = { .fd = memfd_create("log", 0) };

    g_assert_cmpint(made.fd, >=, 0);
    g_assert_true(write(made.fd, bytes.text, bytes.length) == (ssize_t)bytes.length);
    snprintf(made.path, sizeof made.path, "/proc/self/fd/%d", made.fd);
    return made;
}

static GByteArray *compressed(sf_slice bytes)
{
    GByteArray *out = g_byte_array_new();
    z_stream stream = { .next_in = (Bytef *)bytes.text, .avail_in = (uInt)bytes.length };

    g_assert_cmpint(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
    g_byte_array_set_size(out, (guint)deflateBound(&stream, (uLong)bytes.length));
    stream.next_out = out->data;
    stream.avail_out = out->len;
    g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
    g_byte_array_set_size(out, (guint)stream.total_out);
    deflateEnd(&stream);
    return out;
}

static sf_log_reading reading_of(uint8_t zone)
{
    sf_log_reading reading = { .is_stopped = &never };

    if (!sf_log_clock_init(&reading.clock, zones[zone % G_N_ELEMENTS(zones)])) {
        g_assert_true(sf_log_clock_init(&reading.clock, "Z"));
    }
    return reading;
}

/** Adds what a packet says to a text, and frees it. */
static void take(sf_log_packet *packet, GString *text)
{
    g_assert_true(packet->time >= 0);
    g_string_append_printf(text, "%" G_GINT64_FORMAT " %u %s\n", packet->time, packet->text->len, packet->call_id);
    sf_log_packet_free(packet);
}

/** Reads one log alone. @return the number of its packets; `text` gets what they say, if it is not NULL */
static unsigned read_alone(sf_slice bytes, uint8_t zone, GString *text)
{
    file log = make_file(bytes);
    sf_log_reading reading = reading_of(zone);
    char *error = NULL;
    sf_log_source *source = sf_log_source_open(log.path, &reading, &error);
    sf_log_packet *packet;
    unsigned count = 0;

    g_assert_nonnull(source);
    while (sf_log_source_next(source, &packet) == SF_LOG_SOURCE_PACKET) {
        count++;
        if (text) {
            take(packet, text);
        } else {
            sf_log_packet_free(packet);
        }
    }
    sf_log_source_close(source);
    close(log.fd);
    return count;
}

/** True if the program takes the log for a compressed one, as it does not a second time for what it unpacks. */
static bool is_compressed(sf_slice bytes)
{
    static const sf_slice first[] = {
        SF_LITERAL_INIT("\x1f\x8b"),
        SF_LITERAL_INIT("BZh"),
        SF_LITERAL_INIT("\xfd"
                        "7zXZ"),
        SF_LITERAL_INIT("\x28\xb5\x2f\xfd"),
    };

    for (size_t i = 0; i < G_N_ELEMENTS(first); i++) {
        if (sf_slice_equals(sf_slice_head(bytes, first[i].length), first[i])) {
            return true;
        }
    }
    return false;
}

static void check_compressed(sf_slice bytes, uint8_t zone)
{
    GByteArray *packed = compressed(bytes);
    GString *plain = g_string_new(NULL);
    GString *unpacked = g_string_new(NULL);

    read_alone(bytes, zone, plain);
    read_alone((sf_slice){ (const char *)packed->data, packed->len }, zone, unpacked);
    g_assert_cmpstr(plain->str, ==, unpacked->str);
    g_string_free(plain, TRUE);
    g_string_free(unpacked, TRUE);
    g_byte_array_unref(packed);
}

/** Reads all logs at once. @return the number of packets */
static unsigned read_merged(const sf_slice *logs, unsigned count, uint8_t zone)
{
    file files[MAX_FILES];
    sf_log_source *sources[MAX_FILES];
    sf_log_reading reading = reading_of(zone);
    char *error = NULL;
    sf_log_packet *packet;
    size_t log;
    unsigned packets = 0;

    for (unsigned i = 0; i < count; i++) {
        files[i] = make_file(logs[i]);
        sources[i] = sf_log_source_open(files[i].path, &reading, &error);
        g_assert_nonnull(sources[i]);
    }
    sf_log_merge *merge = sf_log_merge_new(sources, count);
    while (sf_log_merge_next(merge, &packet, &log) == SF_LOG_SOURCE_PACKET) {
        g_assert_cmpuint(log, <, count);
        sf_log_packet_free(packet);
        packets++;
    }
    sf_log_merge_free(merge);
    for (unsigned i = 0; i < count; i++) {
        sf_log_source_close(sources[i]);
        close(files[i].fd);
    }
    return packets;
}

/** A date that may be none, and a Date header. */
static void check_clock(sf_slice text, uint8_t zone)
{
    sf_log_clock clock = reading_of(zone).clock;
    int64_t time = 0;

    for (size_t i = 0; i + sizeof(sf_log_stamp) <= text.length && i < 8 * sizeof(sf_log_stamp); i += 8) {
        const uint8_t *b = (const uint8_t *)text.text + i;
        sf_log_stamp stamp = {
            .year = 1900 + b[0],
            .month = b[1] % 16,
            .day = b[2] % 40,
            .hour = b[3] % 32,
            .minute = b[4] % 64,
            .second = b[5] % 64,
            .nanoseconds = b[6] * 4000000u,
            .has_clock = (b[7] & 4) == 0,
            .has_zone = b[7] & 1,
            .zone_minutes = b[7] * 12 - 1500,
        };
        g_assert_true(!sf_log_clock_read(&clock, &stamp, b[7] & 2, &time) || time >= 0);
    }
    g_assert_true(!sf_log_read_date_header(text, &time) || time >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sf_slice logs[MAX_FILES];
    unsigned sum = 0;

    if (size < HEADER) {
        return 0;
    }
    sf_slice rest = { (const char *)data + HEADER, size - HEADER };
    unsigned count = 1 + data[0] % MAX_FILES;
    check_clock(rest, data[1]);
    for (unsigned i = 0; i < count; i++) {
        size_t end = i + 1 == count ? rest.length : rest.length * data[2 + i] / 256;
        logs[i] = sf_slice_head(rest, end);
        rest = sf_slice_skip(rest, end);
        sum += read_alone(logs[i], data[1], NULL);
    }
    g_assert_cmpuint(read_merged(logs, count, data[1]), ==, sum);
    if (!is_compressed(logs[0])) {
        check_compressed(logs[0], data[1]);
    }
    return 0;
}
