/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From what a pattern captured to the origin of a record.
 */
#include "origin.h"

#include "log/bytes/copy.h"

/* `[0]` is a processor; `[pool\machine]` is the machine that wrote the entry, in UTC (log-formats.md 2.1). */
static void read_machine(sf_log_origin *origin, sf_slice text, const sf_log_format *format)
{
    uint64_t processor;
    bool is_name = sf_slice_decimal(text, UINT64_MAX, &processor) == SF_MALFORMED;
    size_t slash = sf_slice_find_last(text, '\\');
    sf_slice name = slash < text.length ? sf_slice_skip(text, slash + 1) : text;

    sf_log_copy_string(origin->machine, sizeof origin->machine, is_name ? sf_slice_trim(name) : (sf_slice){ "", 0 });
    origin->is_utc = is_name && format->zone == SF_LOG_ZONE_BY_MACHINE;
}

void sf_log_origin_read(sf_log_origin *origin, const sf_log_head *head, const sf_log_format *format)
{
    if (head->stamp.has_clock) {
        origin->stamp = head->stamp;
    }
    if (sf_slice_present(head->local)) {
        sf_log_end_read(head->local, head->local_port, &origin->local);
    }
    if (sf_slice_present(head->remote)) {
        sf_log_end_read(head->remote, head->remote_port, &origin->remote);
    }
    if (sf_slice_present(head->process)) {
        sf_log_copy_string(origin->process, sizeof origin->process, head->process);
    }
    if (sf_slice_present(head->process) || sf_slice_present(head->thread)) {
        sf_log_copy_string(origin->thread, sizeof origin->thread, head->thread);
    }
    if (sf_slice_present(head->correlation)) {
        sf_log_copy_string(origin->correlation, sizeof origin->correlation, head->correlation);
    }
    if (sf_slice_present(head->machine)) {
        read_machine(origin, head->machine, format);
    }
    if (sf_slice_present(head->transport)) {
        sf_log_copy_string(origin->transport, sizeof origin->transport, head->transport);
    }
    if (sf_slice_present(head->interface)) {
        sf_log_copy_string(origin->interface, sizeof origin->interface, head->interface);
    }
    if (head->has_bytes) {
        origin->bytes = head->bytes;
        origin->has_bytes = true;
    }
    if (head->uptime > 0) {
        origin->uptime = head->uptime;
    }
    origin->is_utc = origin->is_utc || format->zone == SF_LOG_ZONE_UTC;
}

void sf_log_origin_direct(sf_log_origin *origin, sf_log_event event)
{
    if (event == SF_LOG_EVENT_SENT) {
        origin->direction = SF_LOG_DIRECTION_SENT;
    } else if (event == SF_LOG_EVENT_RECEIVED) {
        origin->direction = SF_LOG_DIRECTION_RECEIVED;
    }
}
