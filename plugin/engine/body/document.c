/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the elements of a body to its facts, by the table of its kind.
 */
#include "document.h"

#include "document_reader.h"
#include "engine/text/key_mark.h"
#include "fact_rows.h"

#include <glib.h>

typedef struct {
    sf_document *document;
    sf_fact_rows rows;
    sf_document_enough *is_enough; /**< NULL: all is read */
    unsigned asked_at;             /**< number of facts when it was asked last */
    unsigned level;
    uint64_t is_group; /**< one bit for each open element: it opened a group */
} walk;

G_STATIC_ASSERT(SF_MAX_XML_DEPTH < 64);

void sf_document_append(sf_document *document, sf_fact_id id, unsigned level, sf_slice name, sf_slice text)
{
    if (document->count == SF_MAX_DOCUMENT_FACTS) {
        document->is_full = true;
        return;
    }
    document->facts[document->count++] = (sf_fact){ id, (uint8_t)MIN(level, SF_MAX_FACT_LEVELS), name, text };
}

/** Names of XML differ by case, but so little that nobody relies on it. */
static bool fits(sf_slice wanted, sf_slice name)
{
    return wanted.length == 0 || sf_slice_equals_nocase(wanted, name);
}

/** The first row that fits of those that are linked from `row` on; both are numbers from 1, and 0 is none. */
static inline unsigned first_row(const sf_fact_rows *rows, unsigned row, sf_fact_place place, sf_slice parent,
                                 sf_slice name)
{
    while (row > 0 && !(rows->rows[row - 1].place == place && fits(rows->rows[row - 1].name, name) &&
                        fits(rows->rows[row - 1].parent, parent))) {
        row = rows->index->next[row - 1];
    }
    return row;
}

/** The first row of the table that fits: one of that name, or one that fits any. */
static const sf_fact_row *row_for(const walk *w, sf_fact_place place, sf_slice parent, sf_slice name)
{
    const sf_fact_rows *rows = &w->rows;

    if (rows->count == 0) {
        return NULL;
    }
    unsigned head = name.length > 0 ? rows->index->heads[sf_word_bucket(name)] : 0;
    unsigned named = first_row(rows, head, place, parent, name);
    unsigned any = first_row(rows, rows->index->empty, place, parent, name);
    unsigned first = named == 0 || (any != 0 && any < named) ? any : named;
    return first == 0 ? NULL : &rows->rows[first - 1];
}

static sf_slice attribute_of(const sf_xml_element *element, sf_slice wanted)
{
    sf_slice tag = element->tag, name, value;

    while (wanted.length > 0 && sf_xml_attribute_next(&tag, &name, &value)) {
        if (sf_slice_equals_nocase(name, wanted)) {
            return value;
        }
    }
    return (sf_slice){ NULL, 0 };
}

static void on_open(void *context, const sf_xml_element *element)
{
    walk *w = context;
    const sf_fact_row *group = row_for(w, SF_PLACE_GROUP, element->parent, element->name);
    uint64_t bit = (uint64_t)1 << element->depth;
    sf_slice tag = element->tag, name, value;

    if (element->depth == 1 && !sf_slice_present(w->document->root)) {
        w->document->root = element->name;
    }
    w->is_group &= ~bit;
    if (group) {
        value = attribute_of(element, group->key);
        sf_document_append(w->document, group->id, w->level, element->name, value.length > 0 ? value : element->name);
        w->is_group |= bit;
        w->level++;
    }
    while (sf_xml_attribute_next(&tag, &name, &value)) {
        const sf_fact_row *row = row_for(w, SF_PLACE_ATTRIBUTE, element->name, name);
        if (row) {
            sf_document_append(w->document, row->id, w->level, name, value);
        }
    }
}

static void on_text(void *context, const sf_xml_element *element, sf_slice text)
{
    walk *w = context;
    const sf_fact_row *row = row_for(w, SF_PLACE_TEXT, element->parent, element->name);

    if (row) {
        sf_slice name = attribute_of(element, row->key);
        sf_document_append(w->document, row->id, w->level, name.length > 0 ? name : element->name, text);
    }
}

static void on_close(void *context, const sf_xml_element *element)
{
    walk *w = context;

    if (w->is_group & (uint64_t)1 << element->depth) {
        w->level--;
    }
}

static bool is_over(void *context)
{
    walk *w = context;
    bool has_more = w->document->count > w->asked_at;

    w->asked_at = w->document->count;
    return has_more && w->is_enough && w->is_enough(w->document);
}

void sf_document_read_until(sf_slice text, const sf_document_type *type, sf_document_enough *is_enough,
                            sf_document *document)
{
    static const sf_xml_visitor visitor = { on_open, on_text, on_close, is_over };
    walk w = { .document = document, .rows = sf_fact_rows_of(type->kind), .is_enough = is_enough };

    document->type = type;
    document->text = text;
    document->root = document->rest = (sf_slice){ NULL, 0 };
    document->status = SF_XML_READ;
    document->is_full = false;
    document->count = 0;
    /* No body of these kinds has media keys: one that does is damaged or spliced, and whatever is on the line of a key
     * may be a part of it. */
    document->has_key = sf_has_key_mark(text);
    if (document->has_key) {
        return;
    }
    if (type->is_xml) {
        document->status = sf_xml_read(text, &visitor, &w, &document->rest);
    } else {
        sf_document_read_lines(document);
    }
}

void sf_document_read(sf_slice text, const sf_document_type *type, sf_document *document)
{
    sf_document_read_until(text, type, NULL, document);
}

const sf_fact *sf_document_find(const sf_document *document, sf_fact_id id)
{
    for (unsigned i = 0; i < document->count; i++) {
        if (document->facts[i].id == id) {
            return &document->facts[i];
        }
    }
    return NULL;
}

unsigned sf_document_group_end(const sf_document *document, unsigned index)
{
    unsigned end = index + 1;

    while (end < document->count && document->facts[end].level > document->facts[index].level) {
        end++;
    }
    return end;
}

bool sf_fact_real(const sf_fact *fact, double *value)
{
    char room[40];
    char *end = NULL;

    if (fact->text.length == 0 || fact->text.length >= sizeof room || sf_is_blank(fact->text.text[0])) {
        return false;
    }
    memcpy(room, fact->text.text, fact->text.length);
    room[fact->text.length] = '\0';
    for (size_t i = 0; i < fact->text.length; i++) {
        if (!g_ascii_isdigit(room[i]) && !strchr("+-.eE", room[i])) {
            return false; /* no hexadecimal number, no NaN */
        }
    }
    *value = g_ascii_strtod(room, &end);
    return end == room + fact->text.length && *value > -1e15 && *value < 1e15;
}

bool sf_fact_number(const sf_fact *fact, uint64_t max, uint64_t *value)
{
    return sf_slice_decimal(fact->text, max, value) == SF_OK;
}

bool sf_fact_is_true(const sf_fact *fact)
{
    return sf_slice_equals_nocase(fact->text, SF_LITERAL("true")) || sf_slice_equals(fact->text, SF_LITERAL("1"));
}
