/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The summary and the progress line.
 */
#include "summary.h"

#include "log/system/system.h"

#include <stdio.h>

/* The progress line appears after this time, and is updated as often. */
#define PROGRESS_MICROSECONDS (500 * 1000)

/* The longest progress line: a percentage, and a number of 20 digits. */
#define PROGRESS_WIDTH 40

static gint64 next_progress;
static bool shows_progress;

typedef struct {
    size_t offset;
    const char *one, *many;
} count_text;

#define COUNT(type, member, one, many)    \
    {                                     \
        offsetof(type, member), one, many \
    }

/* Of the messages written */
static const count_text remarks[] = {
    COUNT(sf_log_tally, mismatched, "does not match its Content-Length", "do not match their Content-Length"),
    COUNT(sf_log_tally, cut, "is incomplete in the log", "are incomplete in the log"),
    COUNT(sf_log_tally, untimed, "has no time (shown as 1970)", "have no time (shown as 1970)"),
    COUNT(sf_log_tally, uptimes, "has only the time since the start of the device (shown from 1970 on)",
          "have only the time since the start of the device (shown from 1970 on)"),
    COUNT(sf_log_tally, too_long, "is shortened to fit into a packet", "are shortened to fit into a packet"),
};

/* Of the records without a message */
static const count_text skips[] = {
    COUNT(sf_log_counts, keep_alives, "empty record", "empty records"),
    COUNT(sf_log_counts, fragments, "fragment of a message", "fragments of messages"),
    COUNT(sf_log_counts, outside, "message outside of any record (-f paste reads it)",
          "messages outside of any record (-f paste reads them)"),
    COUNT(sf_log_counts, lost, "record that the log has lost", "records that the log has lost"),
    COUNT(sf_log_counts, others, "record without SIP", "records without SIP"),
    COUNT(sf_log_counts, unattached, "diagnostic record without a matching message",
          "diagnostic records without a matching message"),
    COUNT(sf_log_counts, shortened_lines, "end of an overlong line", "ends of overlong lines"),
};

/* Takes a structure that consists of counters only. */
static uint64_t value_of(const void *counts, size_t offset)
{
    uint64_t value;

    memcpy(&value, (const char *)counts + offset, sizeof value);
    return value;
}

static void add_counts(GString *line, const void *counts, const count_text *texts, size_t number, const char *lead)
{
    for (size_t i = 0; i < number; i++) {
        uint64_t value = value_of(counts, texts[i].offset);
        if (value > 0) {
            g_string_append_printf(line, "%s%" G_GUINT64_FORMAT " %s", lead, value,
                                   value == 1 ? texts[i].one : texts[i].many);
            lead = ", ";
        }
    }
}

static void add_up(sf_log_counts *sum, const sf_log_counts *counts)
{
    sum->keep_alives += counts->keep_alives;
    sum->fragments += counts->fragments;
    sum->outside += counts->outside;
    sum->lost += counts->lost;
    sum->others += counts->others;
    sum->unattached += counts->unattached;
    sum->shortened_lines += counts->shortened_lines;
}

void sf_log_tally_add(sf_log_tally *tally, const sf_log_packet *packet)
{
    tally->messages++;
    tally->cut += (packet->flaws & SF_LOG_FLAW_CUT) != 0;
    tally->mismatched += (packet->flaws & SF_LOG_FLAW_LENGTH) != 0;
    tally->too_long += (packet->flaws & SF_LOG_FLAW_TOO_LONG) != 0;
    tally->untimed += !packet->has_time;
    tally->uptimes += packet->is_uptime;
    tally->diagnostics += packet->diagnostics;
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
    return g_strdup_printf("looks like %s, but no message in it was recognized: its lines may have been wrapped, for "
                           "example by a mail program; get the log as a file",
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

char *sf_log_summary(const sf_log_tally *written, sf_log_source *const *sources, char *const *names, size_t count)
{
    GString *line = g_string_new(NULL);
    sf_log_counts sum = { 0 };

    for (size_t i = 0; i < count; i++) {
        sf_log_counts counts = sf_log_source_counts(sources[i]);
        add_up(&sum, &counts);
    }
    g_string_append_printf(line, "%" G_GUINT64_FORMAT " %s written from %zu %s", written->messages,
                           written->messages == 1 ? "message" : "messages", count, count == 1 ? "log" : "logs");
    add_formats(line, sources, count);
    add_counts(line, written, remarks, G_N_ELEMENTS(remarks), "; of these, ");
    if (written->diagnostics > 0) {
        g_string_append_printf(line, "; %" G_GUINT64_FORMAT " diagnostic %s attached", written->diagnostics,
                               written->diagnostics == 1 ? "record" : "records");
    }
    add_counts(line, &sum, skips, G_N_ELEMENTS(skips), "; skipped: ");
    add_zones(line, sources, names, count);
    add_empty_logs(line, sources, names, count);
    return g_string_free(line, FALSE);
}

void sf_log_progress_show(sf_log_source *const *sources, size_t count, uint64_t packets)
{
    uint64_t done = 0, all = 0;
    gint64 now = g_get_monotonic_time();

    if (next_progress == 0) {
        next_progress = now + PROGRESS_MICROSECONDS;
    }
    if (now < next_progress || !sf_system_is_error_terminal()) {
        return;
    }
    next_progress = now + PROGRESS_MICROSECONDS;
    shows_progress = true;
    for (size_t i = 0; i < count; i++) {
        uint64_t source_done, source_all;
        sf_log_source_progress(sources[i], &source_done, &source_all);
        done += source_done;
        all += source_all;
    }
    if (all > 0 && done <= all) {
        fprintf(stderr, "\r%3u %%  ", (unsigned)(done * 100 / all));
    } else {
        fprintf(stderr, "\r");
    }
    fprintf(stderr, "%" G_GUINT64_FORMAT " %s ", packets, packets == 1 ? "message " : "messages");
    fflush(stderr);
}

void sf_log_progress_end(void)
{
    if (shows_progress) {
        /* Blanks, since not every terminal of Windows takes control sequences. */
        fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH, "");
        shows_progress = false;
    }
}
