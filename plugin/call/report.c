/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the bodies that report on calls ([MS-QoE] 2.2, RFC 6035, [MS-OCER]) to the calls.
 */
#include "report.h"

#include "engine/body/document.h"
#include "methods.h"

#include <glib.h>

enum { MAX_ID = 256 }; /* bytes of a Call-ID or a tag whose escapes are undone */

/** A call, as the body names it. */
typedef struct {
    sf_slice call_id, from_tag, to_tag;
} dialog_ids;

static bool is_report(const sf_document_type *type)
{
    return type && (type->kind == SF_DOCUMENT_QUALITY || type->kind == SF_DOCUMENT_QUALITY_LINES ||
                    type->kind == SF_DOCUMENT_FEEDBACK || type->kind == SF_DOCUMENT_ERROR_REPORT);
}

static dialog_ids ids_of(const sf_document *document, unsigned first, unsigned end)
{
    dialog_ids ids = { .call_id = { NULL, 0 } };

    for (unsigned i = end; i > first; i--) { /* the first of each counts */
        const sf_fact *fact = &document->facts[i - 1];
        if (fact->id == SF_FACT_CALL_ID) {
            ids.call_id = fact->text;
        } else if (fact->id == SF_FACT_FROM_TAG) {
            ids.from_tag = fact->text;
        } else if (fact->id == SF_FACT_TO_TAG) {
            ids.to_tag = fact->text;
        }
    }
    return ids;
}

/** The text with its escapes undone; absent if it is too long for `room`. */
static sf_slice unescaped(sf_slice text, char room[MAX_ID])
{
    if (sf_slice_find(text, '&') == text.length) {
        return text;
    }
    return text.length > MAX_ID ? (sf_slice){ NULL, 0 } : (sf_slice){ room, sf_xml_unescape(text, room) };
}

static sf_call *call_of(sf_calls *calls, const dialog_ids *ids, sf_slice *call_id, char room[MAX_ID])
{
    char from_room[MAX_ID], to_room[MAX_ID];

    *call_id = unescaped(ids->call_id, room);
    return sf_calls_of_dialog(calls, *call_id, unescaped(ids->from_tag, from_room), unescaped(ids->to_tag, to_room));
}

/* ---- quality ---- */

static sf_call_quality *quality_of(const sf_calls *calls, sf_call *call)
{
    if (!call->quality) {
        call->quality = sf_memory_allocate(sf_calls_memory(calls), sizeof *call->quality);
        *call->quality = (sf_call_quality){ .report_in = 0 };
    }
    return call->quality;
}

/** A report on a part of a call that goes on: of RFC 6035, also an alert. */
static bool is_interval(const sf_document *document, unsigned index)
{
    sf_slice name = document->facts[index].name;

    return sf_slice_equals_nocase(name, SF_LITERAL("VQSessionIntervalReport")) ||
           sf_slice_equals_nocase(name, SF_LITERAL("VQIntervalReport")) ||
           sf_slice_equals_nocase(name, SF_LITERAL("VQAlertReport"));
}

/** What was measured on the way counts only until a report on the whole call is there. */
static void take_quality(sf_call_quality *quality, const sf_document *document, unsigned first, unsigned end,
                         uint32_t frame)
{
    bool is_final = !is_interval(document, first);

    if (quality->is_final && !is_final) {
        return;
    }
    if (is_final && !quality->is_final) {
        quality->summary = (sf_quality_summary){ .is_judged = false };
    }
    quality->is_final = is_final;
    quality->report_in = frame;
    sf_quality_summary_add(&quality->summary, document, first, end);
}

static void take_rating(sf_call_quality *quality, const sf_document *document)
{
    const sf_fact *rating = sf_document_find(document, SF_FACT_QUALITY_RATING);
    enum { HIGHEST_RATING = 5 };
    uint64_t value;

    if (rating && sf_fact_number(rating, HIGHEST_RATING, &value) && value > 0) {
        quality->rating = quality->rating ? MIN(quality->rating, (uint8_t)value) : (uint8_t)value;
    }
}

/* ---- all ---- */

static void remember(const sf_calls *calls, sf_call *call, sf_slice call_id, sf_call_note *note)
{
    size_t length = MIN(call_id.length, MAX_ID);
    sf_call_about *about = sf_memory_allocate(sf_calls_memory(calls), sizeof *about + length);

    *about = (sf_call_about){ .call = call, .call_id_length = (uint16_t)length };
    memcpy(about->call_id, call_id.text, length);
    note->about = about;
}

static sf_call *take_part(sf_calls *calls, const sf_document *document, unsigned first, unsigned end, uint32_t frame,
                          sf_call_note *note)
{
    dialog_ids ids = ids_of(document, first, end);
    char room[MAX_ID];
    sf_slice call_id;
    sf_call *call = call_of(calls, &ids, &call_id, room);

    if (!call) {
        return NULL;
    }
    if (!note->about) {
        remember(calls, call, call_id, note);
    }
    switch (document->type->kind) {
    case SF_DOCUMENT_QUALITY:
    case SF_DOCUMENT_QUALITY_LINES:
        take_quality(quality_of(calls, call), document, first, end, frame);
        break;
    case SF_DOCUMENT_FEEDBACK:
        take_rating(quality_of(calls, call), document);
        break;
    default:
        break;
    }
    return call;
}

static bool is_part(sf_fact_id id)
{
    return id == SF_FACT_QUALITY_SESSION || id == SF_FACT_ERROR;
}

static sf_call *take_document(sf_calls *calls, const sf_document *document, uint32_t frame, sf_call_note *note)
{
    sf_call *first = NULL;
    bool has_parts = false;

    for (unsigned i = 0; i < document->count; i++) {
        if (is_part(document->facts[i].id)) {
            unsigned end = sf_document_group_end(document, i);
            sf_call *call = take_part(calls, document, i, end, frame, note);
            first = first ? first : call;
            has_parts = true;
            i = end - 1;
        }
    }
    return has_parts || document->count == 0 ? first : take_part(calls, document, 0, document->count, frame, note);
}

sf_call *sf_calls_take_report(sf_calls *calls, const sf_message *message, uint32_t frame, sf_call_note *note)
{
    static sf_document document; /* large, so there is one for all */
    const sf_bodies *bodies = &message->bodies;
    sf_call *first = NULL;

    if (!message->is_request || bodies->count == 0 || sf_method_of(message->method) != SF_METHOD_OTHER) {
        return NULL;
    }
    for (unsigned i = 0; i < bodies->count; i++) {
        const sf_document_type *type = sf_document_type_of(bodies->items[i].content_type);
        if (!is_report(type) || sf_slice_present(bodies->items[i].encoding)) {
            continue;
        }
        sf_document_read(bodies->items[i].text, type, &document);
        sf_call *call = take_document(calls, &document, frame, note);
        first = first ? first : call;
    }
    return first;
}
