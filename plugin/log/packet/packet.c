/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Making packets from messages: place.c finds the ends, clock.c the time, comment.c writes the comments.
 */
#include "packet.h"

#include "comment.h"
#include "log/bytes/copy.h"

#define NANOSECONDS INT64_C(1000000000)

#define NANOSECONDS_OF_MS INT64_C(1000000)

static char *copy_of(sf_slice s)
{
    return g_strndup(s.text ? s.text : "", s.length);
}

/* The time of the log; if the log has none, of the Date header; if there is none, of a message nearby. */
static sf_log_time_source set_time(sf_log_packet *packet, const sf_log_message *message, sf_log_clock *clock,
                                   const sf_log_neighbor *neighbor)
{
    const sf_log_origin *origin = message->origin;
    int64_t date = 0;
    bool has_date = sf_slice_present(message->date) && sf_log_read_date_header(message->date, &date);

    if (origin->stamp.has_clock) {
        if (has_date) {
            sf_log_clock_note_date(clock, &origin->stamp, date / NANOSECONDS);
        }
        packet->has_time = sf_log_clock_read(clock, &origin->stamp, origin->is_utc, &packet->time);
        return packet->has_time ? SF_LOG_TIME_OF_LOG : SF_LOG_TIME_UNKNOWN;
    }
    if (origin->uptime > 0) {
        packet->has_time = true;
        packet->is_uptime = clock->boot == 0;
        packet->time = clock->boot + (int64_t)origin->uptime * NANOSECONDS_OF_MS;
        return packet->is_uptime ? SF_LOG_TIME_OF_UPTIME : SF_LOG_TIME_OF_LOG;
    }
    if (has_date) {
        packet->has_time = true;
        packet->time = date;
        return SF_LOG_TIME_OF_DATE_HEADER;
    }
    packet->has_time = neighbor->has_time;
    packet->time = neighbor->has_time ? neighbor->time : 0;
    if (!neighbor->has_time) {
        return SF_LOG_TIME_UNKNOWN;
    }
    return neighbor->is_later ? SF_LOG_TIME_OF_LATER : SF_LOG_TIME_OF_PREVIOUS;
}

sf_log_packet *sf_log_packet_new(const sf_log_message *message, sf_log_clock *clock, const sf_log_neighbor *neighbor)
{
    sf_log_packet *packet = g_new0(sf_log_packet, 1);

    sf_log_places_find(message, &packet->places);
    packet->direction = message->origin->direction;
    packet->text = g_byte_array_sized_new((guint)message->text.length);
    sf_log_append(packet->text, message->text);
    packet->text_length = message->text_length;
    packet->flaws = message->flaws;
    packet->start_line = copy_of(message->start_line);
    packet->call_id = copy_of(message->call_id);
    packet->cseq = copy_of(message->cseq);
    packet->comments = g_ptr_array_new_with_free_func(g_free);
    sf_log_time_source time = set_time(packet, message, clock, neighbor);
    sf_log_comment_message(packet->comments, message, &packet->places, time);
    return packet;
}

void sf_log_packet_free(sf_log_packet *packet)
{
    g_byte_array_unref(packet->text);
    g_ptr_array_unref(packet->comments);
    g_free(packet->start_line);
    g_free(packet->call_id);
    g_free(packet->cseq);
    g_free(packet);
}
