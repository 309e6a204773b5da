/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Matching diagnostic records with messages by Call-ID and CSeq. A record can come before or after its
 * message.
 */
#include "window.h"

#include "comment.h"

typedef struct {
    char *call_id, *cseq, *start_line; /* start_line may be NULL */
    char *text;
} waiting_diagnostic;

struct sf_log_window {
    sf_log_clock *clock;
    uint64_t *unattached;
    sf_log_neighbor neighbor;
    GQueue waiting; /* packets, oldest first */
    GQueue ready;   /* packets */
    size_t bytes;   /* of the waiting packets */
    GQueue diagnostics;
};

static void free_diagnostic(gpointer data)
{
    waiting_diagnostic *d = data;
    g_free(d->call_id);
    g_free(d->cseq);
    g_free(d->start_line);
    g_free(d->text);
    g_free(d);
}

static void free_packet(gpointer data)
{
    sf_log_packet_free(data);
}

sf_log_window *sf_log_window_new(sf_log_clock *clock, uint64_t *unattached)
{
    sf_log_window *window = g_new0(sf_log_window, 1);

    window->clock = clock;
    window->unattached = unattached;
    g_queue_init(&window->waiting);
    g_queue_init(&window->ready);
    g_queue_init(&window->diagnostics);
    return window;
}

void sf_log_window_begin_at(sf_log_window *window, int64_t time)
{
    window->neighbor = (sf_log_neighbor){ true, true, time };
}

void sf_log_window_free(sf_log_window *window)
{
    g_queue_clear_full(&window->waiting, free_packet);
    g_queue_clear_full(&window->ready, free_packet);
    g_queue_clear_full(&window->diagnostics, free_diagnostic);
    g_free(window);
}

static bool is_same_message(const waiting_diagnostic *d, const sf_log_packet *packet)
{
    return strcmp(d->call_id, packet->call_id) == 0 && g_ascii_strcasecmp(d->cseq, packet->cseq) == 0;
}

/* A request and its responses have the same Call-ID and CSeq. The start line distinguishes them. */
static bool has_same_start(const waiting_diagnostic *d, const sf_log_packet *packet)
{
    return !d->start_line || strcmp(d->start_line, packet->start_line) == 0;
}

static void attach(sf_log_packet *packet, const waiting_diagnostic *d)
{
    sf_log_comment_add(packet->comments, g_strdup(d->text));
    packet->diagnostics++;
}

/*
 * Attaches a record to the latest waiting message. Without one of its start line, that is the latest of its
 * transaction.
 */
static bool attach_to_waiting(sf_log_window *window, const waiting_diagnostic *d, bool takes_any_start)
{
    for (GList *link = window->waiting.tail; link; link = link->prev) {
        sf_log_packet *packet = link->data;
        if (is_same_message(d, packet) && (takes_any_start || has_same_start(d, packet))) {
            attach(packet, d);
            return true;
        }
    }
    return false;
}

static void give_up(sf_log_window *window, waiting_diagnostic *d)
{
    *window->unattached += !attach_to_waiting(window, d, true);
    free_diagnostic(d);
}

/* True if another waiting packet belongs to the same transaction, so that the record can still be attached to it. */
static bool has_later_message(const sf_log_window *window, const waiting_diagnostic *d)
{
    for (GList *link = window->waiting.head->next; link; link = link->next) {
        if (is_same_message(d, link->data)) {
            return true;
        }
    }
    return false;
}

/*
 * Lets the oldest packet go. If `is_last_chance`, it takes with it the records of its transaction whose start
 * line was not found.
 */
static void let_go(sf_log_window *window, bool is_last_chance)
{
    sf_log_packet *packet = g_queue_peek_head(&window->waiting);

    for (GList *link = window->diagnostics.head; link && is_last_chance;) {
        GList *next = link->next;
        waiting_diagnostic *d = link->data;
        if (is_same_message(d, packet) && !has_later_message(window, d)) {
            attach(packet, d);
            free_diagnostic(d);
            g_queue_delete_link(&window->diagnostics, link);
        }
        link = next;
    }
    g_queue_pop_head(&window->waiting);
    window->bytes -= packet->text->len;
    g_queue_push_tail(&window->ready, packet);
}

static void take_message(void *user, const sf_log_message *message)
{
    sf_log_window *window = user;
    sf_log_packet *packet = sf_log_packet_new(message, window->clock, &window->neighbor);
    bool is_own = message->origin->stamp.has_clock || sf_slice_present(message->date);

    if (packet->has_time && is_own) {
        window->neighbor = (sf_log_neighbor){ true, false, packet->time };
    }
    for (GList *link = window->diagnostics.head; link;) {
        GList *next = link->next;
        waiting_diagnostic *d = link->data;
        if (is_same_message(d, packet) && has_same_start(d, packet)) {
            attach(packet, d);
            free_diagnostic(d);
            g_queue_delete_link(&window->diagnostics, link);
        }
        link = next;
    }
    g_queue_push_tail(&window->waiting, packet);
    window->bytes += packet->text->len;
    while (g_queue_get_length(&window->waiting) > SF_LOG_WINDOW_MESSAGES || window->bytes > SF_LOG_WINDOW_BYTES) {
        let_go(window, true);
    }
}

static void take_diagnostic(void *user, const sf_log_diagnostic *diagnostic)
{
    sf_log_window *window = user;
    waiting_diagnostic *d = g_new0(waiting_diagnostic, 1);

    d->call_id = g_strdup(diagnostic->call_id);
    d->cseq = g_strdup(diagnostic->cseq);
    d->start_line = g_strdup(diagnostic->start_line);
    d->text = sf_log_diagnostic_text(diagnostic);
    if (attach_to_waiting(window, d, false)) {
        free_diagnostic(d);
        return;
    }
    g_queue_push_tail(&window->diagnostics, d);
    if (g_queue_get_length(&window->diagnostics) > SF_LOG_WINDOW_DIAGNOSTICS) {
        give_up(window, g_queue_pop_head(&window->diagnostics));
    }
}

sf_log_sink sf_log_window_sink(sf_log_window *window)
{
    return (sf_log_sink){ take_message, take_diagnostic, window };
}

sf_log_packet *sf_log_window_take(sf_log_window *window)
{
    return g_queue_pop_head(&window->ready);
}

void sf_log_window_release(sf_log_window *window)
{
    while (!g_queue_is_empty(&window->waiting)) {
        let_go(window, false);
    }
}

void sf_log_window_finish(sf_log_window *window)
{
    while (!g_queue_is_empty(&window->diagnostics)) {
        give_up(window, g_queue_pop_head(&window->diagnostics));
    }
    sf_log_window_release(window);
}
