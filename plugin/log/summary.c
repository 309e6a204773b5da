/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The summary.
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

/* `a.txt, b.txt, c.txt and 9 more` */
static void add_names(GString *line, const GPtrArray *names)
{
    enum { MAX_NAMES = 5 };

    for (unsigned i = 0; i < names->len && i < MAX_NAMES; i++) {
        g_string_append_printf(line, "%s%s", i ? ", " : "", (const char *)g_ptr_array_index(names, i));
    }
    if (names->len > MAX_NAMES) {
        g_string_append_printf(line, " and %u more", names->len - MAX_NAMES);
    }
}

/* ---- counts, and in which logs they are ---- */

/* Counters of one kind, of each log */
typedef struct {
    const void **of_logs;
    char *const *names;
    size_t logs;
} counters;

/* The sum of a counter. `names` gets the logs that have it. */
static uint64_t sum_of(const counters *c, size_t offset, GPtrArray *names)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < c->logs; i++) {
        uint64_t value = value_of(c->of_logs[i], offset);
        sum += value;
        if (value > 0) {
            g_ptr_array_add(names, c->names[i]);
        }
    }
    return sum;
}

/* `2 have no time (shown as 1970; a.txt, b.txt)`: the logs are named unless it is all of them. */
static void add_count(GString *line, const counters *c, const count_text *text, uint64_t sum, const GPtrArray *names)
{
    bool is_named = names->len < c->logs;

    g_string_append_printf(line, "%" G_GUINT64_FORMAT " %s", sum, sum == 1 ? text->one : text->many);
    if (!text->note && !is_named) {
        return;
    }
    g_string_append_printf(line, " (%s%s", text->note ? text->note : "", text->note && is_named ? "; " : "");
    if (is_named) {
        add_names(line, names);
    }
    g_string_append_c(line, ')');
}

static void add_counts(GString *line, const counters *c, const count_text *texts, size_t number, const char *lead)
{
    for (size_t i = 0; i < number; i++) {
        GPtrArray *names = g_ptr_array_new();
        uint64_t sum = sum_of(c, texts[i].offset, names);
        if (sum > 0) {
            g_string_append(line, lead);
            add_count(line, c, &texts[i], sum, names);
            lead = ", ";
        }
        g_ptr_array_free(names, TRUE);
    }
}

/* What was written of each log, with its remarks. */
static void add_written(GString *line, const sf_log_tallies *written, char *const *names, size_t count)
{
    counters c = { g_new(const void *, count), names, count };

    for (size_t i = 0; i < count; i++) {
        c.of_logs[i] = sf_log_tallies_of(written, i);
    }
    add_counts(line, &c, remarks, G_N_ELEMENTS(remarks), "; of these, ");
    g_free(c.of_logs);
}

static void add_skipped(GString *line, sf_log_source *const *sources, char *const *names, size_t count)
{
    sf_log_counts *counts = g_new(sf_log_counts, count);
    counters c = { g_new(const void *, count), names, count };

    for (size_t i = 0; i < count; i++) {
        counts[i] = sf_log_source_counts(sources[i]);
        c.of_logs[i] = &counts[i];
    }
    add_counts(line, &c, skips, G_N_ELEMENTS(skips), "; skipped: ");
    g_free(c.of_logs);
    g_free(counts);
}

/* The format of a log; that of pasted text if it has nothing but bare messages; NULL if nothing was found. */
static const sf_log_format *format_of(const sf_log_source *source)
{
    const sf_log_format *format = sf_log_source_format(source);

    return format || sf_log_source_packets(source) == 0 ? format : sf_log_format_find(SF_LITERAL("paste"));
}

/* Adds the formats: the only one by its title, several with the number of logs of each: `AudioCodes syslog: 3`. */
static void add_formats(GString *line, sf_log_source *const *sources, size_t count)
{
    const char *lead = " (";

    if (count == 1) {
        const sf_log_format *only = format_of(sources[0]);
        if (only) {
            g_string_append_printf(line, " (%s)", only->title);
        }
        return;
    }
    for (const sf_log_format *format = sf_log_formats;; format++) {
        const sf_log_format *wanted = format->title ? format : NULL;
        size_t logs = 0;
        for (size_t i = 0; i < count; i++) {
            logs += format_of(sources[i]) == wanted;
        }
        if (logs > 0) {
            g_string_append_printf(line, "%s%s: %zu", lead, wanted ? wanted->title : "no known format", logs);
            lead = ", ";
        }
        if (!wanted) {
            break;
        }
    }
    g_string_append_c(line, ')');
}

/* ---- what is said of each log, once for all that it is true of ---- */

typedef struct {
    char *words;
    GPtrArray *names; /* of logs */
} finding;

static void free_finding(void *data)
{
    finding *f = data;

    g_free(f->words);
    g_ptr_array_free(f->names, TRUE);
    g_free(f);
}

/* Takes the words. Different ones are few: they come from our tables, with a time zone or a format at most. */
static void add_finding(GPtrArray *findings, char *words, const char *name)
{
    unsigned i = 0;

    while (i < findings->len && strcmp(((finding *)g_ptr_array_index(findings, i))->words, words) != 0) {
        i++;
    }
    if (i == findings->len) {
        finding *made = g_new(finding, 1);
        *made = (finding){ words, g_ptr_array_new() };
        g_ptr_array_add(findings, made);
    } else {
        g_free(words);
    }
    finding *found = g_ptr_array_index(findings, i);
    g_ptr_array_add(found->names, (void *)name);
}

/* True if records were recognized, though none had a message. */
static bool has_skipped(const sf_log_source *source)
{
    sf_log_counts counts = sf_log_source_counts(source);

    for (size_t i = 0; i < G_N_ELEMENTS(skips); i++) {
        if (value_of(&counts, skips[i].offset) > 0) {
            return true;
        }
    }
    return false;
}

/* What a log that gave nothing is, behind "which"; empty if the records that were skipped say it. To be freed. */
static char *emptiness_of(const sf_log_source *source)
{
    const char *kind = sf_log_source_kind(source);
    const sf_log_format *format = sf_log_source_format(source);

    if (kind) {
        return g_strdup(kind);
    }
    if (!format) {
        return g_strdup("has no SIP message in a known format (see --list-formats)");
    }
    if (has_skipped(source)) {
        return g_strdup("");
    }
    return g_strdup_printf("looks like %s, but no SIP message was found in it: none was logged, or the lines were "
                           "wrapped, for example by a mail program (get the log as a file)",
                           format->title);
}

/* Says of logs that gave nothing what they are. One that could not be read has its own message. */
static void add_empty_logs(GString *line, sf_log_source *const *sources, char *const *names, size_t count)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func(free_finding);

    for (size_t i = 0; i < count; i++) {
        if (sf_log_source_packets(sources[i]) == 0 && !sf_log_source_error(sources[i])) {
            add_finding(findings, emptiness_of(sources[i]), names[i]);
        }
    }
    for (unsigned i = 0; i < findings->len; i++) {
        const finding *found = g_ptr_array_index(findings, i);
        g_string_append(line, "; nothing found in ");
        if (found->names->len == 1) {
            add_names(line, found->names);
            g_string_append_printf(line, "%s%s", *found->words ? ", which " : "", found->words);
            continue;
        }
        g_string_append_printf(line, "%u logs (", found->names->len);
        add_names(line, found->names);
        g_string_append_printf(line, ")%s%s", *found->words ? ", each of which " : "", found->words);
    }
    g_ptr_array_free(findings, TRUE);
}

static void add_zones(GString *line, sf_log_source *const *sources, char *const *names, size_t count)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func(free_finding);

    for (size_t i = 0; i < count; i++) {
        char *zone = sf_log_source_zone(sources[i], count == 1);
        if (zone) {
            add_finding(findings, zone, names[i]);
        }
    }
    for (unsigned i = 0; i < findings->len; i++) {
        const finding *found = g_ptr_array_index(findings, i);
        g_string_append_printf(line, "; %s", found->words);
        if (count > 1 && found->names->len == 1) {
            g_string_append_printf(line, " in %s", (const char *)g_ptr_array_index(found->names, 0));
        } else if (count > 1) {
            g_string_append_printf(line, " in %u logs", found->names->len);
        }
    }
    g_ptr_array_free(findings, TRUE);
}

char *sf_log_summary(const sf_log_tallies *written, sf_log_source *const *sources, char *const *names, size_t count)
{
    GString *line = g_string_new(NULL);
    sf_log_tally sum = { 0 };

    for (size_t i = 0; i < count; i++) {
        sf_log_tally_add(&sum, sf_log_tallies_of(written, i));
    }
    g_string_append_printf(line, "%" G_GUINT64_FORMAT " %s written from %zu %s", sum.messages,
                           sum.messages == 1 ? "message" : "messages", count, count == 1 ? "log" : "logs");
    add_formats(line, sources, count);
    add_written(line, written, names, count);
    if (sum.diagnostics > 0) {
        g_string_append_printf(line, "; %" G_GUINT64_FORMAT " diagnostic %s attached", sum.diagnostics,
                               sum.diagnostics == 1 ? "record" : "records");
    }
    add_skipped(line, sources, names, count);
    add_zones(line, sources, names, count);
    add_empty_logs(line, sources, names, count);
    return g_string_free(line, FALSE);
}
