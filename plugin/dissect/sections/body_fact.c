/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Facts of bodies as items, by their shapes.
 */
#include "body_field.h"
#include "parts.h"

#include "dissect/view/diagnosis.h"
#include "dissect/view/label.h"
#include "engine/body/setting.h"
#include "engine/text/plain_text.h"

static int hf_code = -1;
static int hf_meaning = -1;
static int hf_reason = -1;
static int hf_source = -1;

static int ett_group = -1;

static const sf_body_field *field_of(sf_fact_id id)
{
    const sf_body_fields areas[] = { sf_body_call_fields(), sf_body_quality_fields(), sf_body_presence_fields(),
                                     sf_body_messaging_fields() };

    for (size_t i = 0; i < G_N_ELEMENTS(areas); i++) {
        for (unsigned j = 0; j < areas[i].count; j++) {
            if (areas[i].rows[j].id == id) {
                return areas[i].rows + j; /* of a table, not of the stack */
            }
        }
    }
    return NULL;
}

/** The text with its escapes undone; it lives as long as the packet. */
static sf_slice unescaped(const sf_view *view, sf_slice text)
{
    if (sf_slice_find(text, '&') == text.length) {
        return text;
    }
    char *room = wmem_alloc(view->pinfo->pool, text.length);

    return (sf_slice){ room, sf_xml_unescape(text, room) };
}

const char *sf_body_string(const sf_view *view, sf_slice text)
{
    return sf_view_string(view, unescaped(view, text));
}

const char *sf_body_explanation(const sf_fact *fact)
{
    const sf_body_field *field = field_of(fact->id);

    return field && field->explain ? field->explain(fact) : NULL;
}

static proto_item *show_text(const sf_view *view, proto_tree *tree, int hf, sf_slice text)
{
    bool has_escapes = sf_slice_find(text, '&') < text.length;

    return has_escapes ? sf_view_words(view, tree, hf, text, sf_body_string(view, text))
                       : sf_view_text(view, tree, hf, text);
}

static proto_item *show_number(const sf_view *view, proto_tree *tree, int hf, const sf_fact *fact)
{
    uint64_t value, max = proto_registrar_get_ftype(hf) == FT_UINT64 ? UINT64_MAX : UINT32_MAX;

    return sf_fact_number(fact, max, &value) ? sf_view_integer(view, tree, hf, fact->text, value) : NULL;
}

static proto_item *show_real(const sf_view *view, proto_tree *tree, int hf, const sf_fact *fact, double scale)
{
    double value;

    if (!sf_fact_real(fact, &value) || sf_quality_is_none(fact)) {
        return NULL;
    }
    return sf_view_real(view, tree, hf, fact->text, value * scale);
}

/** Only settings of the table are shown: what nobody has looked at could be a secret. */
static proto_item *show_setting(const sf_view *view, proto_tree *tree, int hf, const sf_fact *fact)
{
    if (!sf_setting_is_shown(fact->name)) {
        return NULL;
    }
    const char *words = wmem_strdup_printf(view->pinfo->pool, "%s: %s", sf_view_string(view, fact->name),
                                           sf_body_string(view, fact->text));
    return sf_view_words(view, tree, hf, fact->text, words);
}

static proto_item *show_event(const sf_view *view, proto_tree *tree, int hf, const sf_fact *fact)
{
    double value;

    if (!sf_fact_real(fact, &value) || value <= 0) {
        return NULL;
    }
    bool is_share = sf_slice_ends_nocase(fact->name, SF_LITERAL("Ratio"));
    const char *name = sf_view_string(view, fact->name);
    const char *words = is_share && value <= 1
                            ? wmem_strdup_printf(view->pinfo->pool, "%s: %.0f %% of the call", name, 100 * value)
                            : wmem_strdup_printf(view->pinfo->pool, "%s: %g", name, value);
    return sf_view_words(view, tree, hf, fact->text, words);
}

/* ---- diagnostics ---- */

/** The request that the failure is of: what the facts of its group say, else unknown. */
static sf_occasion occasion_of(const sf_document *document, unsigned index)
{
    unsigned group = index;
    sf_slice method = { NULL, 0 };
    uint64_t status = 0;

    while (group > 0 && document->facts[group].level >= document->facts[index].level) {
        group--;
    }
    for (unsigned i = group; i < sf_document_group_end(document, group); i++) {
        const sf_fact *fact = &document->facts[i];
        if (fact->id == SF_FACT_ERROR_METHOD) {
            method = fact->text;
        } else if (fact->id == SF_FACT_ERROR_RESPONSE || fact->id == SF_FACT_MESSAGING_STATUS) {
            status = sf_fact_number(fact, 699, &status) ? status : 0;
        }
    }
    /* Without a response the call had ended or broken off: nothing goes on, as it would after an INVITE. */
    return status >= 100 ? sf_occasion_of(method, (uint16_t)status) : SF_IN_REQUEST;
}

bool sf_body_diagnosis_read(const sf_view *view, const sf_document *document, unsigned index,
                            sf_body_diagnosis *diagnosis)
{
    static sf_diagnostics_table table; /* large, and of use until the copy below */
    sf_slice text = unescaped(view, document->facts[index].text);
    sf_occasion occasion = occasion_of(document, index);
    char reason[SF_MAX_REASON];

    sf_diagnostics_clear(&table);
    sf_diagnostics_read(text, SF_LITERAL("ms-diagnostics"), NULL, &table);
    if (table.count == 0 || !sf_diagnostics_has_code(&table.items[0])) {
        return false;
    }
    diagnosis->diagnostics = table.items[0];
    uint32_t code = (uint32_t)table.items[0].code.value;
    sf_slice own = { reason, sf_diagnosis_reason(&table.items[0], reason) };
    diagnosis->words = sf_diagnosis_words(view->pinfo->pool, code, occasion, own);
    diagnosis->severity = sf_diagnosis_of(code, occasion).severity;
    return true;
}

static void show_part(const sf_view *view, proto_tree *tree, int hf, sf_slice place, sf_diagnostics_text part)
{
    if (!sf_slice_present(part.value)) {
        return;
    }
    char *room = wmem_alloc(view->pinfo->pool, part.value.length + 1);
    sf_slice text = { room, sf_unescape(part.value, part.is_quoted, room) };
    sf_view_words(view, tree, hf, place, sf_view_string(view, text));
}

static void show_diagnosis(const sf_view *view, proto_tree *tree, proto_item *item, const sf_document *document,
                           unsigned index)
{
    sf_slice place = document->facts[index].text;
    sf_body_diagnosis diagnosis;

    if (!sf_body_diagnosis_read(view, document, index, &diagnosis)) {
        return;
    }
    sf_view_integer(view, tree, hf_code, place, diagnosis.diagnostics.code.value);
    sf_derived(sf_view_words(view, tree, hf_meaning, place, diagnosis.words));
    show_part(view, tree, hf_reason, place, diagnosis.diagnostics.reason);
    show_part(view, tree, hf_source, place, diagnosis.diagnostics.source);
    if (view->is_visible) {
        proto_item_set_text(item, "%s: %u: %s",
                            document->facts[index].id == SF_FACT_ERROR_PROGRESS ? "Progress diagnostics"
                                                                                : "Diagnostics",
                            (unsigned)diagnosis.diagnostics.code.value, diagnosis.words);
    }
}

int sf_body_ett(void)
{
    return ett_group;
}

/* ---- a fact ---- */

static proto_item *show_leaf(const sf_view *view, proto_tree *tree, const sf_body_field *field, const sf_fact *fact)
{
    int hf = *field->hf;

    switch (field->shape) {
    case SF_SHAPE_NUMBER:
        return show_number(view, tree, hf, fact);
    case SF_SHAPE_REAL:
        return show_real(view, tree, hf, fact, 1);
    case SF_SHAPE_PERCENT:
        return show_real(view, tree, hf, fact, 100);
    case SF_SHAPE_FLAG:
        return sf_view_flag(view, tree, hf, fact->text, sf_fact_is_true(fact));
    case SF_SHAPE_LENGTH:
        return sf_view_integer(view, tree, hf, fact->text, fact->text.length);
    case SF_SHAPE_SETTING:
        return show_setting(view, tree, hf, fact);
    case SF_SHAPE_EVENT:
        return show_event(view, tree, hf, fact);
    case SF_SHAPE_TEXT:
    case SF_SHAPE_DIAGNOSTICS:
        break;
    }
    return show_text(view, tree, hf, fact->text);
}

proto_tree *sf_body_fact_show(const sf_view *view, proto_tree *tree, const sf_document *document, unsigned index,
                              proto_item **item)
{
    const sf_fact *fact = &document->facts[index];
    const sf_body_field *field = field_of(fact->id);

    *item = NULL;
    if (fact->id == SF_FACT_QUALITY_ICE_WARNING) {
        sf_body_ice_show(view, tree, document, index);
        return NULL;
    }
    if (!field) {
        return NULL;
    }
    *item = show_leaf(view, tree, field, fact);
    if (fact->id == SF_FACT_MESSAGING_FILE) {
        sf_body_text_show_file(view, tree, fact->text);
    } else if (fact->id == SF_FACT_MESSAGING_STATE) {
        sf_body_text_show_composing(view, tree, fact->text);
    }
    if (field->unit && *item && view->is_visible) {
        proto_item_append_text(*item, "%s", field->unit);
    }
    if (field->shape == SF_SHAPE_LENGTH && view->is_visible) {
        sf_label_explain(view, *item, sf_view_string(view, fact->name));
    }
    if (field->explain) {
        sf_label_explain(view, *item, field->explain(fact));
    }
    proto_tree *below = *item && field->is_group ? proto_item_add_subtree(*item, ett_group) : NULL;
    if (below && field->shape == SF_SHAPE_DIAGNOSTICS) {
        show_diagnosis(view, below, *item, document, index);
        return NULL; /* it is no group of the document */
    }
    return below;
}

void sf_body_fact_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_code,
          { "Code", "skypefed.report.code", FT_UINT32, BASE_DEC, NULL, 0, "ErrorId in a body's diagnostics", HFILL } },
        { &hf_meaning,
          { "Meaning", "skypefed.report.meaning", FT_STRING, BASE_NONE, NULL, 0,
            "What the code means: the plugin's explanation, or the reason in the body", HFILL } },
        { &hf_reason,
          { "Reason", "skypefed.report.reason", FT_STRING, BASE_NONE, NULL, 0, "Reason as the reporter wrote it",
            HFILL } },
        { &hf_source,
          { "Source", "skypefed.report.source", FT_STRING, BASE_NONE, NULL, 0, "Server that reported the code",
            HFILL } },
    };
    static int *ett[] = { &ett_group };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
