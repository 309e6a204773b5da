/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line reader. A line that is complete in one piece of text is not copied.
 */
#include "line.h"

#include "copy.h"
#include "limits.h"

#define UTF8_BYTE_ORDER_MARK SF_LITERAL("\xEF\xBB\xBF")

void sf_log_line_reader_init(sf_log_line_reader *reader, sf_log_line_callback callback, void *user)
{
    memset(reader, 0, sizeof *reader);
    reader->callback = callback;
    reader->user = user;
    reader->held = g_byte_array_new();
    reader->line_feed = '\n';
}

void sf_log_line_reader_clear(sf_log_line_reader *reader)
{
    g_clear_pointer(&reader->held, g_byte_array_unref);
}

/* A log that was not closed properly ends with NUL bytes, and the next session continues after them. */
static sf_slice without_padding(sf_slice s)
{
    while (s.length > 0 && s.text[0] == '\0') {
        s = sf_slice_skip(s, 1);
    }
    while (s.length > 0 && s.text[s.length - 1] == '\0') {
        s.length--;
    }
    return s;
}

/* The byte order mark can also be inside the log, if two files were joined. */
static sf_slice without_mark(sf_slice s)
{
    return sf_slice_equals(sf_slice_head(s, UTF8_BYTE_ORDER_MARK.length), UTF8_BYTE_ORDER_MARK)
               ? sf_slice_skip(s, UTF8_BYTE_ORDER_MARK.length)
               : s;
}

/* Reports a line, given with its line end. */
static void give(sf_log_line_reader *reader, sf_slice whole)
{
    size_t length = whole.length;

    if (length > 0 && whole.text[length - 1] == reader->line_feed) {
        length--;
        while (length > 0 && whole.text[length - 1] == '\r') {
            length--;
        }
    }
    sf_log_line line = {
        .text = without_mark(without_padding(sf_slice_head(whole, length))),
        .end = sf_slice_skip(whole, length),
        .number = ++reader->number,
    };
    line.whole = line.text;
    reader->shortened += reader->is_too_long;
    reader->is_too_long = false;
    reader->callback(reader->user, &line);
}

static void hold(sf_log_line_reader *reader, sf_slice piece)
{
    if (reader->held->len == 0) {
        /* NUL padding can be longer than any line, so it is never stored. */
        while (piece.length > 0 && piece.text[0] == '\0') {
            piece = sf_slice_skip(piece, 1);
        }
    }
    size_t room = SF_LOG_MAX_LINE > reader->held->len ? SF_LOG_MAX_LINE - reader->held->len : 0;
    if (piece.length > room) {
        reader->is_too_long = true;
        piece = sf_slice_head(piece, room);
    }
    sf_log_append(reader->held, piece);
}

static void give_held(sf_log_line_reader *reader, sf_slice line_end)
{
    sf_log_append(reader->held, line_end);
    give(reader, (sf_slice){ (const char *)reader->held->data, reader->held->len });
    g_byte_array_set_size(reader->held, 0);
}

/* Old programs end a line with CR alone. */
static void find_line_feed(sf_log_line_reader *reader, sf_slice text)
{
    reader->has_begun = reader->has_begun || text.length > 0;
    if (sf_slice_find(text, '\r') + 1 < text.length && sf_slice_find(text, '\n') == text.length) {
        reader->line_feed = '\r';
    }
}

void sf_log_line_reader_push(sf_log_line_reader *reader, sf_slice text)
{
    if (!reader->has_begun) {
        find_line_feed(reader, text);
    }
    while (text.length > 0) {
        size_t at = sf_slice_find(text, reader->line_feed);
        if (at == text.length) {
            hold(reader, text);
            return;
        }
        if (reader->held->len == 0 && at < SF_LOG_MAX_LINE) {
            give(reader, sf_slice_head(text, at + 1));
        } else {
            hold(reader, sf_slice_head(text, at));
            give_held(reader, (sf_slice){ &reader->line_feed, 1 });
        }
        text = sf_slice_skip(text, at + 1);
    }
}

void sf_log_line_reader_finish(sf_log_line_reader *reader)
{
    if (reader->held->len > 0) {
        give_held(reader, (sf_slice){ "", 0 });
    }
}
