/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Collecting the lines of a record in bounded memory.
 */
#include "text.h"

#include "log/bytes/copy.h"
#include "log/bytes/limits.h"

void sf_log_text_init(sf_log_text *text)
{
    text->bytes = g_byte_array_new();
    text->lines = g_array_new(FALSE, FALSE, sizeof(sf_log_text_line));
    text->dropped = 0;
}

void sf_log_text_clear(sf_log_text *text)
{
    g_clear_pointer(&text->bytes, g_byte_array_unref);
    g_clear_pointer(&text->lines, g_array_unref);
}

void sf_log_text_reset(sf_log_text *text)
{
    g_byte_array_set_size(text->bytes, 0);
    g_array_set_size(text->lines, 0);
    text->dropped = 0;
}

static bool has_room(const sf_log_text *text, size_t length)
{
    return text->dropped == 0 && text->bytes->len + length <= SF_LOG_MAX_TEXT && text->lines->len < SF_LOG_MAX_LINES;
}

void sf_log_text_add(sf_log_text *text, sf_slice line, sf_slice end, bool is_foreign)
{
    if (!has_room(text, line.length + end.length)) {
        text->dropped += line.length + end.length;
        return;
    }
    sf_log_text_line added = { text->bytes->len, (uint32_t)line.length, (uint32_t)end.length, is_foreign };
    sf_log_append(text->bytes, line);
    sf_log_append(text->bytes, end);
    g_array_append_val(text->lines, added);
}

void sf_log_text_join(sf_log_text *text, sf_slice line, sf_slice end)
{
    if (text->lines->len == 0) {
        sf_log_text_add(text, line, end, false);
        return;
    }
    if (!has_room(text, line.length + end.length)) {
        text->dropped += line.length + end.length;
        return;
    }
    sf_log_text_line *last = sf_log_text_at(text, text->lines->len - 1);
    g_byte_array_set_size(text->bytes, (guint)(last->offset + last->length));
    sf_log_append(text->bytes, line);
    sf_log_append(text->bytes, end);
    last->length += (uint32_t)line.length;
    last->end_length = (uint32_t)end.length;
}

void sf_log_text_split(sf_log_text *text, size_t index, size_t length)
{
    sf_log_text_line rest = *sf_log_text_at(text, index);

    sf_log_text_at(text, index)->length = (uint32_t)length;
    sf_log_text_at(text, index)->end_length = 0;
    rest.offset += length;
    rest.length -= (uint32_t)length;
    g_array_insert_val(text->lines, (guint)index + 1, rest);
}
