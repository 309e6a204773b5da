/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Joining the records of messages.
 */
#include "parts.h"

#include "log/bytes/copy.h"
#include "log/grammar/pattern.h"
#include "log/grammar/rules.h"
#include "one_line.h"
#include "sip_text.h"
#include "split.h"

/* Messages that are incomplete at a time, and devices whose numbers are known. */
#define MAX_MESSAGES 8
#define MAX_DEVICES 16

/* A larger gap is not a loss, but another device, or one that was started again. */
#define MAX_LOST 1000

/* Text that is set in below the head of a record has at least so many blanks before it. */
#define MIN_INDENT 20

/* A message of which all records so far are here. */
typedef struct {
    const sf_log_format *format; /* NULL if the place is free */
    sf_log_origin origin;
    sf_log_text text;
    char session[SF_LOG_MAX_WORD];
    uint64_t next;     /* number of the next record */
    bool line_is_open; /* the last record ended inside a line */
    bool may_be_open;  /* perhaps: nothing follows its last line */
    bool has_own_time; /* that of the device, not of the collector */
} message;

typedef struct {
    char name[SF_LOG_MAX_WORD];
    uint64_t next;
} device;

struct sf_log_parts {
    sf_log_reads *reads;
    sf_log_counts *counts;
    message messages[MAX_MESSAGES];
    device devices[MAX_DEVICES];
    size_t oldest_device;
    message *current; /* whose record is open, or NULL */
    size_t indent;    /* of the lines of this record; SIZE_MAX before the first */
    struct {
        const sf_log_format *format; /* NULL if none is open */
        char session[SF_LOG_MAX_WORD];
        uint64_t sequence;
        sf_log_stamp stamp;
    } record; /* the one that is open */
};

sf_log_parts *sf_log_parts_new(sf_log_reads *reads, sf_log_counts *counts)
{
    sf_log_parts *parts = g_new0(sf_log_parts, 1);

    parts->reads = reads;
    parts->counts = counts;
    for (size_t i = 0; i < MAX_MESSAGES; i++) {
        sf_log_text_init(&parts->messages[i].text);
    }
    return parts;
}

void sf_log_parts_free(sf_log_parts *parts)
{
    for (size_t i = 0; i < MAX_MESSAGES; i++) {
        sf_log_text_clear(&parts->messages[i].text);
    }
    g_free(parts);
}

static void finish(sf_log_parts *parts, message *m)
{
    /* If the body has its length, the message is whole, whatever is said here. */
    sf_log_read read = { m->format, &m->origin, &m->text, SF_LOG_NO_MARK, true, 0 };

    if (sf_log_text_count(&m->text) == 0) {
        parts->counts->keep_alives++;
    } else {
        sf_log_reads_add(parts->reads, &read);
    }
    m->format = NULL;
    parts->current = parts->current == m ? NULL : parts->current;
}

/* The device is the first part of the session. */
static sf_slice device_of(sf_slice session)
{
    return sf_slice_head(session, sf_slice_find(session, ':'));
}

/* Counts the records between this one and the last one of the device. */
static void count_lost(sf_log_parts *parts, sf_slice session, uint64_t number)
{
    sf_slice name = device_of(session);
    device *found = NULL;

    for (size_t i = 0; i < MAX_DEVICES && !found; i++) {
        device *d = &parts->devices[i];
        found = d->next > 0 && sf_slice_equals(name, (sf_slice){ d->name, strlen(d->name) }) ? d : NULL;
    }
    if (!found) {
        found = &parts->devices[parts->oldest_device++ % MAX_DEVICES];
        sf_log_copy_string(found->name, sizeof found->name, name);
    } else if (number > found->next && number - found->next <= MAX_LOST) {
        parts->counts->lost += number - found->next;
    }
    found->next = number + 1;
}

/* The message that the record continues, or NULL. Messages of the device that no later record can continue are over. */
static message *find_message(sf_log_parts *parts, sf_slice session, uint64_t number)
{
    message *found = NULL;

    for (size_t i = 0; i < MAX_MESSAGES; i++) {
        message *m = &parts->messages[i];
        sf_slice own = { m->session, strlen(m->session) };
        if (!m->format || !sf_slice_equals(device_of(own), device_of(session)) || number < m->next) {
            continue;
        }
        if (number == m->next && sf_slice_equals(own, session)) {
            found = m;
        } else {
            finish(parts, m);
        }
    }
    return found;
}

static message *free_place(sf_log_parts *parts)
{
    message *place = &parts->messages[0];

    for (size_t i = 0; i < MAX_MESSAGES; i++) {
        if (!parts->messages[i].format) {
            return &parts->messages[i];
        }
        place = parts->messages[i].origin.line < place->origin.line ? &parts->messages[i] : place;
    }
    finish(parts, place);
    return place;
}

static message *begin_message(sf_log_parts *parts, const sf_log_format *format, sf_log_event event,
                              const sf_log_head *head, const sf_log_line *line)
{
    message *m = free_place(parts);

    m->format = format;
    memset(&m->origin, 0, sizeof m->origin);
    m->origin.line = line->number;
    sf_log_origin_read(&m->origin, head, format);
    sf_log_origin_direct(&m->origin, event);
    sf_log_copy_string(m->session, sizeof m->session, head->session);
    sf_log_copy_string(m->origin.correlation, sizeof m->origin.correlation, head->session);
    sf_log_text_reset(&m->text);
    m->line_is_open = m->may_be_open = m->has_own_time = false;
    return m;
}

/* The first line of a record continues the last line of the one before, or is a new one. */
static bool continues_line(const message *m, sf_slice text)
{
    bool looks_new = sf_log_is_header_line(text) || text.length == 0 ||
                     (text.length > 1 && g_ascii_islower(text.text[0]) && text.text[1] == '=');
    return m->line_is_open || (m->may_be_open && !looks_new);
}

static void add_line(void *user, sf_slice text)
{
    message *m = user;

    /* What is before the start line is the logger's. */
    if (sf_log_text_count(&m->text) == 0 && sf_slice_trim(text).length == 0) {
        return;
    }
    if (continues_line(m, text)) {
        sf_log_text_join(&m->text, text, SF_LITERAL("\r\n"));
    } else {
        sf_log_text_add(&m->text, text, SF_LITERAL("\r\n"), false);
    }
    m->line_is_open = m->may_be_open = false;
}

static sf_slice without_blank(sf_slice text)
{
    text.length -= text.length > 0 && text.text[text.length - 1] == ' ';
    return text;
}

/* Takes a line of the text of a record. The logger adds a blank to each, and the time after the last. */
static void take_text(message *m, sf_slice text)
{
    static const sf_slice mark = SF_LITERAL_INIT("[Time:");
    sf_log_head head;
    size_t at = 0;

    while (at < text.length && !sf_slice_equals(sf_slice_head(sf_slice_skip(text, at), mark.length), mark)) {
        at++;
    }
    if (at < text.length && sf_log_match("[Time:%b@%T]%*", sf_slice_skip(text, at), &head)) {
        bool is_alone = sf_slice_trim(sf_slice_head(text, at)).length == 0;
        if (!m->has_own_time) {
            /* The device's own time is better than that of the collector, which may know the year. */
            head.stamp.year = m->origin.stamp.year;
            m->origin.stamp = head.stamp;
            m->has_own_time = true;
        }
        if (!is_alone) {
            sf_log_one_line_split(without_blank(sf_slice_head(text, at)), add_line, m);
            m->line_is_open = true;
        }
        return;
    }
    sf_log_one_line_split(without_blank(text), add_line, m);
}

void sf_log_parts_record(sf_log_parts *parts, const sf_log_format *format, sf_log_event event, const sf_log_head *head,
                         const sf_log_line *line)
{
    bool is_part = event == SF_LOG_EVENT_PART;
    bool is_entry = is_part && head->rest.length > 0 && head->rest.text[0] == '(';

    count_lost(parts, head->session, head->sequence);
    parts->record.format = format;
    parts->record.sequence = head->sequence;
    parts->record.stamp = head->stamp;
    sf_log_copy_string(parts->record.session, sizeof parts->record.session, head->session);
    message *m = find_message(parts, head->session, head->sequence);
    if (m && (is_entry || !is_part)) {
        finish(parts, m);
        m = NULL;
    }
    if (!m && (!is_part || sf_log_one_line_is_start(head->rest))) {
        m = begin_message(parts, format, event, head, line);
    }
    parts->current = m;
    parts->indent = SIZE_MAX;
    if (m) {
        m->next = head->sequence + 1;
        m->may_be_open = m->may_be_open || sf_log_text_count(&m->text) > 0;
        if (m->line_is_open || sf_slice_trim(head->rest).length > 0) {
            take_text(m, head->rest);
        }
    }
}

/* Takes a line that begins an entry inside the open record: it can announce a message. @return false if it is none */
static bool take_entry(sf_log_parts *parts, const sf_log_line *line, sf_slice text)
{
    sf_log_head head;
    const sf_log_rule *rule = sf_log_audiocodes_entries;

    while (rule->pattern && !sf_log_match(rule->pattern, text, &head)) {
        rule++;
    }
    if (!parts->record.format || !rule->pattern) {
        return false;
    }
    if (parts->current) {
        finish(parts, parts->current);
    }
    if (rule->event != SF_LOG_EVENT_HEAD) {
        head.session = (sf_slice){ parts->record.session, strlen(parts->record.session) };
        head.stamp = parts->record.stamp;
        parts->current = begin_message(parts, parts->record.format, rule->event, &head, line);
        parts->current->next = parts->record.sequence + 1;
        if (sf_slice_trim(head.rest).length > 0) {
            take_text(parts->current, head.rest);
        }
    }
    return true;
}

bool sf_log_parts_line(sf_log_parts *parts, const sf_log_line *line)
{
    /* Without the prefix, but with all blanks at the end: one of them is the logger's. */
    sf_slice text = sf_slice_skip(line->whole, (size_t)(line->text.text - line->whole.text));
    size_t blanks = 0;

    if (take_entry(parts, line, sf_slice_trim(text))) {
        return true;
    }
    if (!parts->current) {
        return false;
    }
    while (blanks < text.length && text.text[blanks] == ' ') {
        blanks++;
    }
    if (parts->indent == SIZE_MAX) {
        parts->indent = blanks >= MIN_INDENT ? blanks : 0;
    }
    parts->current->may_be_open = false;
    take_text(parts->current, sf_slice_skip(text, MIN(blanks, parts->indent)));
    return true;
}

static bool is_whole(message *m)
{
    sf_log_read read = { m->format, &m->origin, &m->text, SF_LOG_NO_MARK, true, 0 };
    size_t start = sf_log_split_start(&read, 0);
    sf_log_layout layout;

    if (start == sf_log_text_count(&m->text)) {
        return false;
    }
    sf_log_split_message(&read, start, &layout);
    return layout.headers_close && layout.body.has_length && sf_log_body_find_form(&layout.body).fits;
}

void sf_log_parts_idle(sf_log_parts *parts)
{
    for (size_t i = 0; i < MAX_MESSAGES; i++) {
        if (parts->messages[i].format && is_whole(&parts->messages[i])) {
            finish(parts, &parts->messages[i]);
        }
    }
}

void sf_log_parts_leave(sf_log_parts *parts)
{
    parts->current = NULL;
    parts->record.format = NULL;
    sf_log_parts_idle(parts);
}

void sf_log_parts_finish(sf_log_parts *parts)
{
    for (size_t i = 0; i < MAX_MESSAGES; i++) {
        if (parts->messages[i].format) {
            finish(parts, &parts->messages[i]);
        }
    }
}
