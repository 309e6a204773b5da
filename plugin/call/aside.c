/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A hash table of lists. What is never asked for goes with the memory that it lives in.
 */
#include "aside.h"

#include <glib.h>

enum { FIRST_BUCKETS = 64, MAX_SHARED = 8 /* lines of the first message that later ones may share */ };

G_STATIC_ASSERT(SF_MAX_ASIDE_LENGTH <= UINT16_MAX); /* sf_aside_message.length */
G_STATIC_ASSERT(MAX_SHARED <= 16);                  /* bits of sf_aside_message.same */

/** The messages of a Call-ID. */
typedef struct row {
    struct row *next; /* in the same chain */
    uint64_t call_id;
    sf_aside_message *first, *last;
    uint16_t begins[MAX_SHARED + 1]; /* of the first message's lines, and the end of the last one */
    uint8_t shared;                  /* how many there are */
    uint8_t count;
} row;

struct sf_aside {
    sf_memory memory;
    row **buckets;
    size_t bucket_count; /* a power of two */
    size_t count;
    size_t bytes; /* of all messages */
};

static row **new_buckets(const sf_memory *memory, size_t count)
{
    row **buckets = sf_memory_allocate(memory, count * sizeof(row *));

    for (size_t i = 0; i < count; i++) {
        buckets[i] = NULL;
    }
    return buckets;
}

sf_aside *sf_aside_new(const sf_memory *memory)
{
    sf_aside *aside = sf_memory_allocate(memory, sizeof *aside);

    *aside = (sf_aside){
        .memory = *memory,
        .buckets = new_buckets(memory, FIRST_BUCKETS),
        .bucket_count = FIRST_BUCKETS,
    };
    return aside;
}

/** Where the row of a Call-ID is linked; the end of its chain if there is none. */
static row **place_of(const sf_aside *aside, uint64_t call_id)
{
    /* The lowest bit of a hash is always set: see call_key.c. */
    row **place = &aside->buckets[call_id >> 1 & (aside->bucket_count - 1)];

    while (*place && (*place)->call_id != call_id) {
        place = &(*place)->next;
    }
    return place;
}

static void grow(sf_aside *aside)
{
    row **old = aside->buckets;
    size_t old_count = aside->bucket_count;

    aside->bucket_count *= 2;
    aside->buckets = new_buckets(&aside->memory, aside->bucket_count);
    for (size_t i = 0; i < old_count; i++) {
        for (row *r = old[i], *next; r; r = next) {
            row **place = place_of(aside, r->call_id);
            next = r->next;
            r->next = NULL;
            *place = r;
        }
    }
    sf_memory_release(&aside->memory, old);
}

bool sf_aside_has(const sf_aside *aside, uint64_t call_id)
{
    return *place_of(aside, call_id) != NULL;
}

static row *row_of(sf_aside *aside, uint64_t call_id)
{
    row **place = place_of(aside, call_id);
    row *found = *place;

    if (found) {
        return found;
    }
    if (aside->count == aside->bucket_count) {
        grow(aside);
        place = place_of(aside, call_id);
    }
    row *added = sf_memory_allocate(&aside->memory, sizeof *added);
    *added = (row){ .call_id = call_id };
    *place = added;
    aside->count++;
    return added;
}

/** Notes where the lines of the first message are. */
static void note_lines(row *r, const sf_glance *glance)
{
    static const size_t line_end = sizeof "\r\n" - 1;
    size_t at = glance->start_line.length + line_end;

    r->shared = (uint8_t)MIN(glance->line_count, MAX_SHARED);
    for (unsigned i = 0; i < r->shared; i++) {
        r->begins[i] = (uint16_t)at;
        at += glance->lines[i].length + line_end;
    }
    r->begins[r->shared] = (uint16_t)at;
}

/**
 * The lines of a message that are the same, at the same place, in the first one of its Call-ID: a bit for each.
 * @param length  what is written of the message; that of those lines is taken off
 */
static unsigned lines_in_first(const row *r, const sf_glance *glance, size_t *length)
{
    const unsigned count = MIN(r->shared, glance->line_count);
    const char *text = r->first->text;
    unsigned same = 0;

    for (unsigned i = 0; i < count; i++) {
        size_t begin = r->begins[i], whole = r->begins[i + 1] - begin;
        sf_slice line = glance->lines[i];
        if (whole == line.length + 2 && memcmp(text + begin, line.text, line.length) == 0) {
            same |= 1u << i;
            *length -= whole;
        }
    }
    return same;
}

bool sf_aside_put(sf_aside *aside, uint64_t call_id, const sf_glance *glance, uint32_t frame, int64_t time)
{
    size_t length = sf_glance_length(glance);

    if (length > SF_MAX_ASIDE_LENGTH || aside->bytes + length > SF_MAX_ASIDE_BYTES) {
        return false;
    }
    row *r = row_of(aside, call_id);
    if (r->count == SF_MAX_ASIDE) {
        return false;
    }
    unsigned same = r->first ? lines_in_first(r, glance, &length) : 0;
    sf_aside_message *message = sf_memory_allocate(&aside->memory, sizeof *message + length);
    *message = (sf_aside_message){ .time = time, .frame = frame, .length = (uint16_t)length, .same = (uint16_t)same };
    sf_glance_write(glance, same, message->text);
    if (r->last) {
        r->last->next = message;
    } else {
        r->first = message;
        note_lines(r, glance);
    }
    r->last = message;
    r->count++;
    aside->bytes += length;
    return true;
}

sf_aside_message *sf_aside_take_out(sf_aside *aside, uint64_t call_id)
{
    row **place = place_of(aside, call_id);
    row *r = *place;

    if (!r) {
        return NULL;
    }
    sf_aside_message *first = r->first;
    for (const sf_aside_message *message = first; message; message = message->next) {
        aside->bytes -= message->length;
    }
    *place = r->next;
    aside->count--;
    sf_memory_release(&aside->memory, r);
    return first;
}

/** Appends a line with its end. */
static void append_line(sf_aside_room *room, size_t *length, sf_cursor *lines)
{
    const char *begin = lines->at;
    sf_slice line;

    sf_line_next(lines, &line);
    memcpy(room->text + *length, begin, (size_t)(lines->at - begin));
    *length += (size_t)(lines->at - begin);
}

sf_slice sf_aside_text(const sf_aside_message *first, const sf_aside_message *message, sf_aside_room *room)
{
    sf_cursor shared = sf_cursor_over((sf_slice){ first->text, first->length });
    sf_cursor own = sf_cursor_over((sf_slice){ message->text, message->length });
    sf_slice line;
    size_t length = 0;

    append_line(room, &length, &own);
    sf_line_next(&shared, &line);
    for (unsigned same = message->same; same != 0; same >>= 1) {
        if (same & 1) {
            append_line(room, &length, &shared);
        } else {
            append_line(room, &length, &own);
            sf_line_next(&shared, &line);
        }
    }
    sf_slice rest = sf_cursor_rest(&own);
    memcpy(room->text + length, rest.text, rest.length);
    return (sf_slice){ room->text, length + rest.length };
}
