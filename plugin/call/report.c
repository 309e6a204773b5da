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
        quality->report_in = 0;
    }
    quality->is_final = is_final;
    quality->report_in = MAX(quality->report_in, frame);
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

/** A report as it is being taken in. */
typedef struct {
    sf_calls *calls;
    sf_document *document; /**< so much of it as is read */
    uint32_t frame;
    bool has_values; /**< all of it is read */
    sf_call *known;  /**< the call that its one part is known to be on; NULL: its ids tell */
    sf_call_note *note;
} report;

static void remember(const report *r, sf_call *call, sf_slice call_id)
{
    size_t length = MIN(call_id.length, MAX_ID);
    sf_call_about *about = sf_memory_allocate(sf_calls_memory(r->calls), sizeof *about + length);

    *about = (sf_call_about){ .call = call, .is_taken = r->has_values, .call_id_length = (uint16_t)length };
    memcpy(about->call_id, call_id.text, length);
    r->note->about = about;
}

static void take_values(const report *r, sf_call *call, unsigned first, unsigned end)
{
    switch (r->document->type->kind) {
    case SF_DOCUMENT_QUALITY:
    case SF_DOCUMENT_QUALITY_LINES:
        take_quality(quality_of(r->calls, call), r->document, first, end, r->frame);
        break;
    case SF_DOCUMENT_FEEDBACK:
        take_rating(quality_of(r->calls, call), r->document);
        break;
    default:
        break;
    }
}

static sf_call *take_part(const report *r, unsigned first, unsigned end)
{
    dialog_ids ids = ids_of(r->document, first, end);
    char room[MAX_ID];
    sf_slice call_id;
    sf_call *call = r->known ? r->known : call_of(r->calls, &ids, &call_id, room);

    if (!call) {
        return NULL;
    }
    if (!r->note->about) {
        remember(r, call, call_id);
    }
    if (r->has_values) {
        take_values(r, call, first, end);
    }
    return call;
}

static bool is_part(sf_fact_id id)
{
    return id == SF_FACT_QUALITY_SESSION || id == SF_FACT_ERROR;
}

static sf_call *take_document(const report *r)
{
    const sf_document *document = r->document;
    sf_call *first = NULL;
    bool has_parts = false;

    for (unsigned i = 0; i < document->count && !(has_parts && r->known); i++) {
        if (is_part(document->facts[i].id)) {
            unsigned end = sf_document_group_end(document, i);
            sf_call *call = take_part(r, i, end);
            first = first ? first : call;
            has_parts = true;
            i = end - 1;
        }
    }
    return has_parts || document->count == 0 ? first : take_part(r, 0, document->count);
}

/* ---- reading ---- */

/** True once a report on quality has said which call it is on. */
static bool names_call(const sf_document *document)
{
    bool has_call_id = false, has_from_tag = false, has_to_tag = false;

    for (unsigned i = 0; i < document->count; i++) {
        has_call_id |= document->facts[i].id == SF_FACT_CALL_ID;
        has_from_tag |= document->facts[i].id == SF_FACT_FROM_TAG;
        has_to_tag |= document->facts[i].id == SF_FACT_TO_TAG;
    }
    return has_call_id && has_from_tag && has_to_tag;
}

/** What follows the name in a start tag with the ids of a call, which are its attributes; absent if there is none. */
static sf_slice behind_ids(sf_slice text)
{
    static const sf_slice name = SF_LITERAL_INIT("DialogInfo");
    size_t at;

    while ((at = sf_slice_find(text, 'D')) < text.length) {
        sf_slice rest = sf_slice_skip(text, at + name.length);
        if (sf_slice_equals(sf_slice_head(sf_slice_skip(text, at), name.length), name) && rest.length > 0 &&
            *rest.text != '>') {
            return rest;
        }
        text = sf_slice_skip(text, at + 1);
    }
    return (sf_slice){ NULL, 0 };
}

/** True for XML that reports on the quality of one call alone. */
static bool is_on_one_call(sf_slice text, const sf_document_type *type)
{
    sf_slice rest = type->kind == SF_DOCUMENT_QUALITY ? behind_ids(text) : (sf_slice){ NULL, 0 };

    return sf_slice_present(rest) && !sf_slice_present(behind_ids(rest));
}

/** The body that is a report, if the message has one and no other. */
static const sf_body *lone_report(const sf_message *message)
{
    const sf_body *found = NULL;

    for (unsigned i = 0; i < message->bodies.count; i++) {
        const sf_body *body = &message->bodies.items[i];
        if (is_report(sf_document_type_of(body->content_type))) {
            if (found) {
                return NULL;
            }
            found = body;
        }
    }
    return found;
}

/** Reads and takes in a body that is a report; any other is passed over. */
static sf_call *take_body(report *r, const sf_body *body, bool is_brief)
{
    const sf_document_type *type = sf_document_type_of(body->content_type);

    if (!is_report(type) || sf_slice_present(body->encoding)) {
        return NULL;
    }
    r->has_values = !is_brief || !is_on_one_call(body->text, type);
    sf_document_read_until(body->text, type, r->has_values ? NULL : names_call, r->document);
    return take_document(r);
}

static sf_document *document_for_all(void)
{
    static sf_document document; /* large, so there is one */

    return &document;
}

sf_call *sf_calls_take_report(sf_calls *calls, const sf_message *message, uint32_t frame, sf_call_note *note)
{
    report r = { .calls = calls, .document = document_for_all(), .frame = frame, .note = note };
    const sf_bodies *bodies = &message->bodies;
    sf_call *first = NULL;

    if (!message->is_request || bodies->count == 0 || sf_method_of(message->method) != SF_METHOD_OTHER) {
        return NULL;
    }
    bool is_brief = !message->is_whole && lone_report(message);
    for (unsigned i = 0; i < bodies->count; i++) {
        sf_call *call = take_body(&r, &bodies->items[i], is_brief);
        first = first ? first : call;
    }
    return first;
}

void sf_calls_take_report_late(sf_calls *calls, const sf_message *message, uint32_t frame, const sf_call_note *note)
{
    sf_call_note again = *note;
    const sf_body *body;

    if (!note->about || note->about->is_taken || !message->is_whole || !(body = lone_report(message))) {
        return;
    }
    report r = { calls, document_for_all(), frame, true, note->about->call, &again };
    note->about->is_taken = true;
    (void)take_body(&r, body, false);
}
