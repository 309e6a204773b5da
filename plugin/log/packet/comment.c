/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The texts of packet comments.
 */
#include "comment.h"

#include "engine/text/key_mark.h"

/** Adds a value from the log, unless a key has run into it. */
static void add_detail(GString *text, const char *what, const char *value)
{
    if (value && value[0] && !sf_has_key_mark((sf_slice){ value, strlen(value) })) {
        g_string_append_printf(text, "; %s %s", what, value);
    }
}

static void add_end(GString *text, const char *what, const sf_log_end *end)
{
    add_detail(text, what, end->host);
    if (end->host[0] && end->port) {
        g_string_append_printf(text, " port %u", end->port);
    }
}

void sf_log_comment_add(GPtrArray *comments, char *text)
{
    g_ptr_array_add(comments, g_utf8_make_valid(text, -1));
    g_free(text);
}

static const char *const time_texts[] = {
    [SF_LOG_TIME_UNKNOWN] = "unknown",
    [SF_LOG_TIME_OF_UPTIME] = "since the start of the device, as if that was 1970-01-01",
    [SF_LOG_TIME_OF_LOG] = NULL,
    [SF_LOG_TIME_OF_DATE_HEADER] = "from its Date header",
    [SF_LOG_TIME_OF_PREVIOUS] = "unknown, shown as that of the message before",
    [SF_LOG_TIME_OF_LATER] = "unknown, shown as that of the next message with a time",
};

static char *origin_text(const sf_log_message *message, const sf_log_places *places, sf_log_time_source time)
{
    const sf_log_origin *origin = message->origin;
    GString *text = g_string_new("From a log: ");

    g_string_append_printf(text, "%s, line %" G_GUINT64_FORMAT, message->format->title, origin->line);
    add_detail(text, "machine", origin->machine);
    add_detail(text, "process", origin->process);
    add_detail(text, "thread", origin->thread);
    add_detail(text, "correlation ID", origin->correlation);
    add_detail(text, "interface", origin->interface);
    add_detail(text, "transport", origin->transport);
    if (places->source.name[0] || places->destination.name[0]) {
        /* An address made for a name means nothing to a reader without name resolution. */
        add_end(text, "local host", &origin->local);
        add_end(text, "peer", &origin->remote);
    }
    if (origin->direction == SF_LOG_DIRECTION_UNKNOWN) {
        add_detail(text, "direction", "unknown");
    }
    add_detail(text, "time", time_texts[time]);
    return g_string_free(text, FALSE);
}

static char *cut_text(const sf_log_message *message)
{
    (void)message;
    return g_strdup("Incomplete: the log ends, or another record begins, inside this message.");
}

static const char *bytes_word(uint64_t count)
{
    return count == 1 ? "byte" : "bytes";
}

static char *length_text(const sf_log_message *message)
{
    return g_strdup_printf("Content-Length is %" G_GUINT64_FORMAT ", but the body in the log has %" G_GUINT64_FORMAT
                           " %s.",
                           message->content_length, message->body_length, bytes_word(message->body_length));
}

static char *masked_text(const sf_log_message *message)
{
    return g_strdup_printf("The log hides the body: Content-Length is %" G_GUINT64_FORMAT
                           ", but the text in its place has %" G_GUINT64_FORMAT " %s.",
                           message->content_length, message->body_length, bytes_word(message->body_length));
}

static char *bytes_text(const sf_log_message *message)
{
    return g_strdup_printf("The log states %" G_GUINT64_FORMAT " %s, but the message has %" G_GUINT64_FORMAT ".",
                           message->origin->bytes, bytes_word(message->origin->bytes), message->text_length);
}

static char *too_long_text(const sf_log_message *message)
{
    return g_strdup_printf("Shortened: the message has %" G_GUINT64_FORMAT " bytes, but a packet can hold only %zu.",
                           message->text_length, message->text.length);
}

static char *rebuilt_text(const sf_log_message *message)
{
    (void)message;
    return g_strdup("Blank lines that were lost in the log have been restored between the parts of the body.");
}

static const struct {
    sf_log_flaw flaw;
    char *(*text)(const sf_log_message *message);
} flaw_texts[] = {
    { SF_LOG_FLAW_CUT, cut_text },     { SF_LOG_FLAW_LENGTH, length_text },     { SF_LOG_FLAW_MASKED, masked_text },
    { SF_LOG_FLAW_BYTES, bytes_text }, { SF_LOG_FLAW_TOO_LONG, too_long_text }, { SF_LOG_FLAW_REBUILT, rebuilt_text },
};

void sf_log_comment_message(GPtrArray *comments, const sf_log_message *message, const sf_log_places *places,
                            sf_log_time_source time)
{
    sf_log_comment_add(comments, origin_text(message, places, time));
    for (size_t i = 0; i < G_N_ELEMENTS(flaw_texts); i++) {
        if (message->flaws & flaw_texts[i].flaw) {
            sf_log_comment_add(comments, flaw_texts[i].text(message));
        }
    }
}

char *sf_log_diagnostic_text(const sf_log_diagnostic *diagnostic)
{
    GString *text = g_string_new("Diagnostic record from the log");

    g_string_append_printf(text, ", line %" G_GUINT64_FORMAT, diagnostic->origin->line);
    add_detail(text, "severity", diagnostic->severity);
    add_detail(text, "result", diagnostic->result);
    add_detail(text, "text:", diagnostic->text);
    add_detail(text, "data:", diagnostic->data);
    return g_string_free(text, FALSE);
}
