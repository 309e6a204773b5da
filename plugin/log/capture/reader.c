/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A file reader for libwiretap, so that Wireshark opens logs itself. Wireshark installs the interface for this
 * since version 4.6.
 *
 * A file is claimed only if its first megabyte has a complete message in a format with a line grammar. Pasted
 * text is left to skypefed-log.
 */
/* Windows exports from the library what is declared WS_DLL_PUBLIC, if this is set before any header of Wireshark. */
#define WS_BUILD_DLL
#include <ws_symbol_export.h>

#include "block.h"
#include "log/bytes/decoder.h"
#include "log/bytes/limits.h"
#include "log/message/scanner.h"
#include "log/packet/preview.h"
#include "log/packet/window.h"
#include "spool.h"

#include <wiretap/file_wrappers.h>
#include <wiretap/wtap_module.h>
#include <wsutil/plugins.h>

#include <errno.h>

#define NANOSECONDS INT64_C(1000000000)
#define CLAIM_BYTES 1048576
#define FIRST_LOOK 512

WS_DLL_PUBLIC_DEF const char plugin_version[] = SKYPEFED_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);
WS_DLL_PUBLIC uint32_t plugin_describe(void);

static int file_type = -1;

/* The data of an open file. */
typedef struct {
    sf_log_clock clock;
    uint64_t unattached;
    sf_log_window *window;
    sf_log_scanner *scanner; /* NULL once everything has been read */
    sf_log_spool *spool;
    char buffer[SF_LOG_CHUNK];
} log_file;

static void count_message(void *user, const sf_log_message *message)
{
    bool *has_message = user;

    *has_message = *has_message || !(message->flaws & SF_LOG_FLAW_CUT);
}

static void ignore_diagnostic(void *user, const sf_log_diagnostic *diagnostic)
{
    (void)user;
    (void)diagnostic;
}

/* True for captures and other binary files: the beginning of a text has no control characters. */
static bool is_binary(sf_slice first)
{
    sf_log_decoder decoder;
    bool has_control = false;

    sf_log_decoder_init(&decoder);
    sf_slice text = sf_log_decode(&decoder, sf_slice_head(first, FIRST_LOOK));
    for (size_t i = 0; i < text.length && !has_control; i++) {
        unsigned char c = (unsigned char)text.text[i];
        has_control = c < 0x20 && c != '\t' && c != '\r' && c != '\n';
    }
    sf_log_decoder_clear(&decoder);
    return has_control;
}

/* Reads the beginning of the file. @return WTAP_OPEN_MINE if it is a log */
static wtap_open_return_val look_at(wtap *handle, int *err, char **err_info)
{
    bool has_message = false;
    sf_log_sink sink = { count_message, ignore_diagnostic, &has_message };
    sf_log_scanner *scanner = sf_log_scanner_new(NULL, &sink);
    char *buffer = g_malloc(SF_LOG_CHUNK);
    wtap_open_return_val answer = WTAP_OPEN_NOT_MINE;
    size_t sum = 0;

    while (!has_message && sum < CLAIM_BYTES) {
        int count = file_read(buffer, SF_LOG_CHUNK, handle->fh);
        if (count < 0) {
            *err = file_error(handle->fh, err_info);
            answer = WTAP_OPEN_ERROR;
        }
        sf_slice piece = { buffer, count > 0 ? (size_t)count : 0 };
        if (count <= 0 || (sum == 0 && is_binary(piece))) {
            break;
        }
        sf_log_scanner_push(scanner, piece);
        sum += piece.length;
    }
    if (answer != WTAP_OPEN_ERROR && sum > 0 && sum < CLAIM_BYTES && !has_message) {
        /* The only message may end with the file. */
        sf_log_scanner_finish(scanner);
    }
    if (has_message && sf_log_scanner_format(scanner)) {
        answer = WTAP_OPEN_MINE;
    }
    sf_log_scanner_free(scanner);
    g_free(buffer);
    return answer;
}

static void end_reading(log_file *file)
{
    if (file->scanner) {
        g_clear_pointer(&file->scanner, sf_log_scanner_free);
        g_clear_pointer(&file->window, sf_log_window_free);
    }
}

static void announce(wtap *handle, const sf_log_place *place)
{
    ws_in6_addr address;

    if (place->name[0] && handle->add_new_ipv6) {
        memcpy(&address, place->address, sizeof address);
        handle->add_new_ipv6(&address, place->name, false);
    }
}

static void fill_record(wtap *handle, wtap_rec *rec, const sf_log_spooled *spooled)
{
    wtap_setup_packet_rec(rec, handle->file_encap);
    rec->presence_flags = WTAP_HAS_CAP_LEN | (spooled->has_time ? WTAP_HAS_TS : 0);
    rec->tsprec = WTAP_TSPREC_NSEC;
    rec->ts.secs = (time_t)(spooled->has_time ? spooled->time / NANOSECONDS : 0);
    rec->ts.nsecs = (int)(spooled->has_time ? spooled->time % NANOSECONDS : 0);
    rec->rec_header.packet_header.caplen = spooled->length;
    rec->rec_header.packet_header.len = spooled->full_length;
    rec->block = sf_log_block_new(spooled->direction);
    for (uint32_t at = 0; at < spooled->comments_length; at += (uint32_t)strlen(spooled->comments + at) + 1) {
        sf_log_block_comment(rec->block, spooled->comments + at);
    }
    ws_buffer_clean(&rec->data);
    ws_buffer_append(&rec->data, spooled->bytes, spooled->length);
}

static bool seek_read(wtap *handle, int64_t offset, wtap_rec *rec, int *err, char **err_info)
{
    log_file *file = handle->priv;
    sf_log_spooled spooled;

    (void)err_info;
    if (!sf_log_spool_get(file->spool, offset, &spooled)) {
        *err = errno;
        return false;
    }
    fill_record(handle, rec, &spooled);
    return true;
}

/* Returns the next packet of the log, or NULL at its end and on errors. */
static sf_log_packet *next_packet(wtap *handle, int *err, char **err_info)
{
    log_file *file = handle->priv;

    *err = 0;
    while (file->scanner) {
        sf_log_packet *packet = sf_log_window_take(file->window);
        if (packet) {
            return packet;
        }
        int count = file_read(file->buffer, sizeof file->buffer, handle->fh);
        if (count < 0) {
            *err = file_error(handle->fh, err_info);
            return NULL;
        }
        if (count > 0) {
            sf_log_scanner_push(file->scanner, (sf_slice){ file->buffer, (size_t)count });
            continue;
        }
        sf_log_scanner_finish(file->scanner);
        sf_log_window_finish(file->window);
        packet = sf_log_window_take(file->window);
        if (!packet) {
            end_reading(file);
        }
        return packet;
    }
    return NULL;
}

static bool sequential_read(wtap *handle, wtap_rec *rec, int *err, char **err_info, int64_t *offset)
{
    log_file *file = handle->priv;
    sf_log_packet *packet = next_packet(handle, err, err_info);

    if (!packet) {
        return false;
    }
    announce(handle, &packet->places.source);
    announce(handle, &packet->places.destination);
    *offset = sf_log_spool_put(file->spool, packet);
    sf_log_packet_free(packet);
    if (*offset < 0) {
        *err = errno;
        return false;
    }
    return seek_read(handle, *offset, rec, err, err_info);
}

static void sequential_close(wtap *handle)
{
    end_reading(handle->priv);
}

static void close_file(wtap *handle)
{
    log_file *file = handle->priv;

    end_reading(file);
    g_clear_pointer(&file->spool, sf_log_spool_free);
}

/* When the file was last written to, as seconds since 1970; 0 if that cannot be told. */
static int64_t modified(wtap *handle)
{
    ws_statb64 about;
    int err;

    return !handle->ispipe && wtap_fstat(handle, &about, &err) == 0 ? (int64_t)about.st_mtime : 0;
}

/* Reads from the beginning what the times of the packets need, and goes back. @return false on an error */
static bool preview(wtap *handle, log_file *file, int *err, char **err_info)
{
    GByteArray *first = g_byte_array_new();
    sf_log_preview found = { .proofs = 0 };
    int count = 0;

    while (first->len < SF_LOG_PREVIEW && (count = file_read(file->buffer, sizeof file->buffer, handle->fh)) > 0) {
        g_byte_array_append(first, (const guint8 *)file->buffer, (guint)count);
    }
    if (count < 0) {
        *err = file_error(handle->fh, err_info);
    } else {
        sf_log_preview_read(&found, (sf_slice){ (const char *)first->data, first->len }, NULL);
        sf_log_preview_apply(&found, &file->clock, file->window);
    }
    g_byte_array_unref(first);
    return count >= 0 && file_seek(handle->fh, 0, SEEK_SET, err) >= 0;
}

static wtap_open_return_val open_log(wtap *handle, int *err, char **err_info)
{
    wtap_open_return_val answer = look_at(handle, err, err_info);
    sf_log_spool *spool = NULL;

    if (answer != WTAP_OPEN_MINE) {
        return answer;
    }
    if (file_seek(handle->fh, 0, SEEK_SET, err) < 0) {
        return WTAP_OPEN_ERROR;
    }
    spool = sf_log_spool_new();
    if (!spool) {
        *err = errno;
        return WTAP_OPEN_ERROR;
    }
    log_file *file = g_new0(log_file, 1);
    file->spool = spool;
    sf_log_clock_init(&file->clock, "auto");
    file->clock.newest = modified(handle);
    file->window = sf_log_window_new(&file->clock, &file->unattached);
    sf_log_sink sink = sf_log_window_sink(file->window);
    file->scanner = sf_log_scanner_new(NULL, &sink);
    handle->priv = file;
    handle->file_type_subtype = file_type;
    handle->file_encap = WTAP_ENCAP_WIRESHARK_UPPER_PDU;
    handle->file_tsprec = WTAP_TSPREC_NSEC;
    handle->snapshot_length = 0;
    handle->subtype_read = sequential_read;
    handle->subtype_seek_read = seek_read;
    handle->subtype_sequential_close = sequential_close;
    handle->subtype_close = close_file;
    /* On an error, Wireshark closes the file. */
    return preview(handle, file, err, err_info) ? WTAP_OPEN_MINE : WTAP_OPEN_ERROR;
}

static void register_reader(void)
{
    static const struct supported_option_type packet_options[] = {
        { OPT_COMMENT, MULTIPLE_OPTIONS_SUPPORTED },
        { OPT_PKT_FLAGS, ONE_OPTION_SUPPORTED },
    };
    static const struct supported_block_type blocks[] = {
        { WTAP_BLOCK_PACKET, MULTIPLE_BLOCKS_SUPPORTED, OPTION_TYPES_SUPPORTED(packet_options) },
    };
    static const struct file_type_subtype_info type = {
        .description = "Lync/Skype for Business log",
        .name = "skypefed-log",
        .default_file_extension = "UccApilog",
        .num_supported_blocks = G_N_ELEMENTS(blocks),
        .supported_blocks = blocks,
    };
    /* Registered as magic and first, because some of Wireshark's own readers would guess that a text log is theirs. */
    static struct open_info opener = {
        .name = "Lync/Skype for Business log",
        .type = OPEN_INFO_MAGIC,
        .open_routine = open_log,
    };

    file_type = wtap_register_file_type_subtype(&type);
    wtap_register_open_info(&opener, true);
}

void plugin_register(void)
{
    static const wtap_plugin plugin = { register_reader };

    wtap_register_plugin(&plugin);
}

uint32_t plugin_describe(void)
{
    return WS_PLUGIN_DESC_FILE_TYPE;
}
