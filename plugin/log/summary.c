/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The summary. Of several logs each has its line, in the words of the only log, and a last line has the sums.
 */
#include "summary.h"

/* `note` is what to know of such ones, in brackets; NULL if there is nothing. */
typedef struct {
    size_t offset;
    const char *one, *many, *note;
} count_text;

#define COUNT(type, member, one, many, note)    \
    {                                           \
        offsetof(type, member), one, many, note \
    }

/* Of the messages written */
static const count_text remarks[] = {
    COUNT(sf_log_tally, mismatched, "does not match its Content-Length", "do not match their Content-Length", NULL),
    COUNT(sf_log_tally, cut, "is incomplete in the log", "are incomplete in the log", NULL),
    COUNT(sf_log_tally, untimed, "has no time", "have no time", "shown as 1970"),
    COUNT(sf_log_tally, uptimes, "has only the time since the start of the device",
          "have only the time since the start of the device", "shown from 1970 on"),
    COUNT(sf_log_tally, too_long, "is shortened to fit into a packet", "are shortened to fit into a packet", NULL),
};

/* Of the records without a message */
static const count_text skips[] = {
    COUNT(sf_log_counts, keep_alives, "empty record", "empty records", NULL),
    COUNT(sf_log_counts, fragments, "fragment of a message", "fragments of messages", NULL),
    COUNT(sf_log_counts, outside, "message outside of any record", "messages outside of any record",
          "to be read with -f paste"),
    COUNT(sf_log_counts, lost, "record that the log has lost", "records that the log has lost", NULL),
    COUNT(sf_log_counts, others, "record without SIP", "records without SIP", NULL),
    COUNT(sf_log_counts, unattached, "diagnostic record without a matching message",
          "diagnostic records without a matching message", NULL),
    COUNT(sf_log_counts, shortened_lines, "end of an overlong line", "ends of overlong lines", NULL),
};

/* Takes a structure that consists of counters only. */
static uint64_t value_of(const void *counts, size_t offset)
{
    uint64_t value;

    memcpy(&value, (const char *)counts + offset, sizeof value);
    return value;
}

/* Counters of the texts, as `2 have no time (shown as 1970), 1 is incomplete in the log`. */
static void add_counts(GString *line, const void *counts, const count_text *texts, size_t number, const char *lead)
{
    for (size_t i = 0; i < number; i++) {
        uint64_t value = value_of(counts, texts[i].offset);
        if (value > 0) {
            g_string_append_printf(line, "%s%" G_GUINT64_FORMAT " %s", lead, value,
                                   value == 1 ? texts[i].one : texts[i].many);
            if (texts[i].note) {
                g_string_append_printf(line, " (%s)", texts[i].note);
            }
            lead = ", ";
        }
    }
}

static void add_skipped(GString *line, const sf_log_counts *counts)
{
    add_counts(line, counts, skips, G_N_ELEMENTS(skips), "; skipped: ");
}

/* What was written, with its remarks. @param formats  in brackets, with a blank in front; may be empty */
static void add_written(GString *line, const sf_log_tally *tally, const char *from, const char *formats)
{
    g_string_append_printf(line, "%" G_GUINT64_FORMAT " %s written from %s%s", tally->messages,
                           tally->messages == 1 ? "message" : "messages", from, formats);
    add_counts(line, tally, remarks, G_N_ELEMENTS(remarks), "; of these, ");
    if (tally->diagnostics > 0) {
        g_string_append_printf(line, "; %" G_GUINT64_FORMAT " diagnostic %s attached", tally->diagnostics,
                               tally->diagnostics == 1 ? "record" : "records");
    }
}

/* ---- one log ---- */

/* The format of a log; that of pasted text if it has nothing but bare messages; NULL if nothing was found. */
static const sf_log_format *format_of(const sf_log_source *source)
{
    const sf_log_format *format = sf_log_source_format(source);

    return format || sf_log_source_packets(source) == 0 ? format : sf_log_format_find(SF_LITERAL("paste"));
}

/* True if records were recognized, though none had a message. */
static bool has_skipped(const sf_log_counts *counts)
{
    for (size_t i = 0; i < G_N_ELEMENTS(skips); i++) {
        if (value_of(counts, skips[i].offset) > 0) {
            return true;
        }
    }
    return false;
}

/* True if a log gave nothing. One that could not be read has its own message. */
static bool is_empty(const sf_log_source *source)
{
    return sf_log_source_packets(source) == 0 && !sf_log_source_error(source);
}

/* What a log that gave nothing is, behind "which"; empty if the records that were skipped say it. To be freed. */
static char *emptiness_of(const sf_log_source *source, const sf_log_counts *counts)
{
    const char *kind = sf_log_source_kind(source);
    const sf_log_format *format = sf_log_source_format(source);

    if (kind) {
        return g_strdup(kind);
    }
    if (!format) {
        return g_strdup("has no SIP message in a known format (see --list-formats)");
    }
    if (has_skipped(counts)) {
        return g_strdup("");
    }
    return g_strdup_printf("looks like %s, but no SIP message was found in it: none was logged, or the lines were "
                           "wrapped, for example by a mail program (get the log as a file)",
                           format->title);
}

/* Says of a log that gave nothing what it is. @param emptiness  of it */
static void add_empty(GString *line, const char *name, const char *emptiness)
{
    g_string_append_printf(line, "nothing found in %s%s%s", name, *emptiness ? ", which " : "", emptiness);
}

/* What was found in a log. @param from  what to call it */
static void add_found(GString *line, const sf_log_tally *tally, const sf_log_source *source,
                      const sf_log_counts *counts, const char *from)
{
    const sf_log_format *format = format_of(source);
    char *title = format ? g_strdup_printf(" (%s)", format->title) : g_strdup("");
    char *zone = sf_log_source_zone(source);

    add_written(line, tally, from, title);
    add_skipped(line, counts);
    if (zone) {
        g_string_append_printf(line, "; %s", zone);
    }
    g_free(zone);
    g_free(title);
}

/* The summary of the only log. */
static void add_only(GString *line, const sf_log_tally *tally, const sf_log_source *source, const char *name)
{
    sf_log_counts counts = sf_log_source_counts(source);

    add_found(line, tally, source, &counts, "1 log");
    if (is_empty(source)) {
        char *emptiness = emptiness_of(source, &counts);
        g_string_append(line, "; ");
        add_empty(line, name, emptiness);
        g_free(emptiness);
    }
}

/* The line of one log of several. */
static void add_one(GString *line, const sf_log_tally *tally, const sf_log_source *source, const char *name)
{
    sf_log_counts counts = sf_log_source_counts(source);
    char *emptiness = is_empty(source) ? emptiness_of(source, &counts) : NULL;

    if (emptiness && *emptiness) {
        add_empty(line, name, emptiness);
        add_skipped(line, &counts);
    } else {
        add_found(line, tally, source, &counts, name);
    }
    g_free(emptiness);
}

/* ---- all logs together ---- */

/* The formats with the number of logs of each: ` (AudioCodes syslog: 3)`. To be freed. */
static char *formats_of(sf_log_source *const *sources, size_t count)
{
    GString *text = g_string_new(NULL);

    for (const sf_log_format *format = sf_log_formats;; format++) {
        const sf_log_format *wanted = format->title ? format : NULL;
        size_t logs = 0;
        for (size_t i = 0; i < count; i++) {
            logs += format_of(sources[i]) == wanted;
        }
        if (logs > 0) {
            g_string_append_printf(text, "%s%s: %zu", text->len > 0 ? ", " : " (",
                                   wanted ? wanted->title : "no known format", logs);
        }
        if (!wanted) {
            break;
        }
    }
    g_string_append_c(text, ')');
    return g_string_free(text, FALSE);
}

/* Adds counters to others; both are structures that consist of nothing else. */
static void add_skips(sf_log_counts *sum, const sf_log_counts *counts)
{
    for (size_t i = 0; i < G_N_ELEMENTS(skips); i++) {
        uint64_t value = value_of(sum, skips[i].offset) + value_of(counts, skips[i].offset);
        memcpy((char *)sum + skips[i].offset, &value, sizeof value);
    }
}

static void add_total(GString *line, const sf_log_tallies *written, sf_log_source *const *sources, size_t count)
{
    sf_log_tally sum = { 0 };
    sf_log_counts skipped = { 0 };
    size_t empty = 0;
    char *from = g_strdup_printf("%zu logs", count), *formats = formats_of(sources, count);

    for (size_t i = 0; i < count; i++) {
        sf_log_counts counts = sf_log_source_counts(sources[i]);
        sf_log_tally_add(&sum, sf_log_tallies_of(written, i));
        add_skips(&skipped, &counts);
        empty += is_empty(sources[i]);
    }
    add_written(line, &sum, from, formats);
    add_skipped(line, &skipped);
    if (empty > 0) {
        g_string_append_printf(line, "; nothing found in %zu of them", empty);
    }
    g_free(from);
    g_free(formats);
}

/* Takes the line. The names of files may have line ends. */
static void add_line(GPtrArray *lines, GString *line)
{
    g_ptr_array_add(lines, g_strdelimit(g_string_free(line, FALSE), "\n", '?'));
}

char **sf_log_summary(const sf_log_tallies *written, sf_log_source *const *sources, char *const *names, size_t count)
{
    GPtrArray *lines = g_ptr_array_new();

    for (size_t i = 0; i < count; i++) {
        GString *line = g_string_new(NULL);
        const sf_log_tally *tally = sf_log_tallies_of(written, i);
        if (count == 1) {
            add_only(line, tally, sources[i], names[i]);
        } else {
            add_one(line, tally, sources[i], names[i]);
        }
        add_line(lines, line);
    }
    if (count != 1) {
        GString *line = g_string_new(NULL);
        add_total(line, written, sources, count);
        add_line(lines, line);
    }
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_free(lines, FALSE);
}
