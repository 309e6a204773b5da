/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Both forms from the same calls, so that they always have the same members.
 */
#include "record_writer.h"

#include <stdio.h>
#include <string.h>

static const int64_t microseconds_per_second = 1000000;

sf_record_writer sf_record_begin(GString *out, sf_record_form form)
{
    if (form == SF_WRITE_JSON) {
        g_string_append_c(out, '{');
    }
    return (sf_record_writer){ .out = out, .form = form };
}

void sf_record_end(sf_record_writer *writer)
{
    /* RFC 4180 ends a record with CRLF; on Windows the C library adds the CR itself. */
    bool has_cr = writer->form != SF_WRITE_JSON && !g_str_equal(G_DIR_SEPARATOR_S, "\\");

    g_string_append(writer->out, writer->form == SF_WRITE_JSON ? "}\n" : has_cr ? "\r\n" : "\n");
}

/* ---- texts ---- */

static void append_json(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c < 0x20) {
            g_string_append_printf(out, "\\u%04x", (unsigned)*c);
        } else {
            if (*c == '"' || *c == '\\') {
                g_string_append_c(out, '\\');
            }
            g_string_append_c(out, *c);
        }
    }
    g_string_append_c(out, '"');
}

static void append_cell(GString *out, const char *text)
{
    bool is_quoted = text[strcspn(text, ",\"\r\n")] != '\0';

    if (!is_quoted) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *c = text; *c; c++) {
        g_string_append_c(out, *c);
        if (*c == '"') {
            g_string_append_c(out, '"');
        }
    }
    g_string_append_c(out, '"');
}

static void append_text(const sf_record_writer *writer, const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);

    if (writer->form == SF_WRITE_JSON) {
        append_json(writer->out, valid);
    } else if (writer->form == SF_WRITE_PAIRS) {
        g_string_append(writer->out, valid); /* the cell that it becomes a part of is quoted as a whole */
    } else {
        append_cell(writer->out, valid);
    }
    g_free(valid);
}

/* ---- members ---- */

/** Begins a member. Returns true if its value is to follow. */
static bool begin_member(sf_record_writer *writer, const char *name)
{
    if (writer->has_members) {
        g_string_append(writer->out, writer->form == SF_WRITE_PAIRS ? ", " : ",");
    }
    writer->has_members = true;
    if (writer->form == SF_WRITE_TITLES) {
        g_string_append(writer->out, name);
        return false;
    }
    if (writer->form == SF_WRITE_JSON) {
        append_json(writer->out, name);
        g_string_append_c(writer->out, ':');
    } else if (writer->form == SF_WRITE_PAIRS) {
        g_string_append_printf(writer->out, "%s=", name);
    }
    return true;
}

static void append_unknown(const sf_record_writer *writer)
{
    if (writer->form == SF_WRITE_JSON) {
        g_string_append(writer->out, "null");
    }
}

void sf_record_number(sf_record_writer *writer, const char *name, bool is_known, uint64_t value)
{
    if (!begin_member(writer, name)) {
        return;
    }
    if (is_known) {
        g_string_append_printf(writer->out, "%" G_GUINT64_FORMAT, (guint64)value);
    } else {
        append_unknown(writer);
    }
}

void sf_record_real(sf_record_writer *writer, const char *name, bool is_known, double value, int decimals)
{
    if (!begin_member(writer, name)) {
        return;
    }
    if (is_known) {
        char format[16], number[G_ASCII_DTOSTR_BUF_SIZE];
        (void)snprintf(format, sizeof format, "%%.%df", decimals);
        g_string_append(writer->out, g_ascii_formatd(number, sizeof number, format, value));
    } else {
        append_unknown(writer);
    }
}

void sf_record_seconds(sf_record_writer *writer, const char *name, bool is_known, int64_t microseconds)
{
    if (!begin_member(writer, name)) {
        return;
    }
    if (is_known) {
        g_string_append_printf(writer->out, "%" G_GINT64_FORMAT ".%06d",
                               (gint64)(microseconds / microseconds_per_second),
                               (int)(microseconds % microseconds_per_second));
    } else {
        append_unknown(writer);
    }
}

void sf_record_text(sf_record_writer *writer, const char *name, const char *text)
{
    if (!begin_member(writer, name)) {
        return;
    }
    if (text && *text) {
        append_text(writer, text);
    } else {
        append_unknown(writer);
    }
}

void sf_record_time(sf_record_writer *writer, const char *name, int64_t microseconds)
{
    int64_t fraction = (microseconds % microseconds_per_second + microseconds_per_second) % microseconds_per_second;
    GDateTime *second = microseconds
                            ? g_date_time_new_from_unix_utc((microseconds - fraction) / microseconds_per_second)
                            : NULL;

    if (!second) {
        sf_record_text(writer, name, NULL);
        return;
    }
    char *date = g_date_time_format(second, "%Y-%m-%dT%H:%M:%S");
    char *text = g_strdup_printf("%s.%06dZ", date, (int)fraction);
    sf_record_text(writer, name, text);
    g_free(text);
    g_free(date);
    g_date_time_unref(second);
}

/* ---- lists ---- */

static const char *separator_of(const sf_record_writer *writer)
{
    return writer->form == SF_WRITE_JSON ? "," : writer->form == SF_WRITE_PAIRS ? "+" : "; ";
}

void sf_record_texts(sf_record_writer *writer, const char *name, const GPtrArray *texts)
{
    bool is_json = writer->form == SF_WRITE_JSON;

    if (!begin_member(writer, name)) {
        return;
    }
    GString *cell = g_string_new(NULL);
    for (unsigned i = 0; i < texts->len; i++) {
        const char *text = g_ptr_array_index(texts, i);
        if (is_json) {
            g_string_append_c(writer->out, i ? ',' : '[');
            append_text(writer, text);
        } else {
            g_string_append_printf(cell, "%s%s", i ? separator_of(writer) : "", text);
        }
    }
    if (is_json) {
        g_string_append(writer->out, texts->len ? "]" : "[]");
    } else {
        append_text(writer, cell->str);
    }
    g_string_free(cell, true);
}

void sf_record_numbers(sf_record_writer *writer, const char *name, const GArray *numbers)
{
    bool is_json = writer->form == SF_WRITE_JSON;

    if (!begin_member(writer, name)) {
        return;
    }
    g_string_append(writer->out, is_json ? "[" : "");
    for (unsigned i = 0; i < numbers->len; i++) {
        g_string_append_printf(writer->out, "%s%u", i ? separator_of(writer) : "", g_array_index(numbers, uint32_t, i));
    }
    g_string_append(writer->out, is_json ? "]" : "");
}

void sf_record_records(sf_record_writer *writer, const char *name, unsigned count, sf_record_write_item *write,
                       const void *context)
{
    bool is_json = writer->form == SF_WRITE_JSON;

    if (!begin_member(writer, name)) {
        return;
    }
    GString *cell = g_string_new(is_json ? "[" : NULL);
    for (unsigned i = 0; i < count; i++) {
        sf_record_writer item = { .out = cell, .form = is_json ? SF_WRITE_JSON : SF_WRITE_PAIRS };
        g_string_append(cell, i == 0 ? "" : separator_of(writer));
        g_string_append(cell, is_json ? "{" : "");
        write(&item, context, i);
        g_string_append(cell, is_json ? "}" : "");
    }
    if (is_json) {
        g_string_append_printf(writer->out, "%s]", cell->str);
    } else {
        append_cell(writer->out, cell->str);
    }
    g_string_free(cell, true);
}

void sf_record_enum(sf_record_writer *writer, const char *name, unsigned number, const char *word)
{
    char *name_of_word = g_strconcat(name, "_name", NULL);

    sf_record_number(writer, name, true, number);
    sf_record_text(writer, name_of_word, word);
    g_free(name_of_word);
}
