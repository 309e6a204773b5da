/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Diagnostics": diagnostics headers.
 */
#include "sections.h"

#include "parts.h"

#include "dissect/view/coded_expert.h"
#include "dissect/view/diagnosis.h"
#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_section = -1;
static int hf_diagnostics = -1;
static int hf_diagnostics_header = -1;
static int hf_diagnostics_code = -1;
static int hf_diagnostics_subcode = -1;
static int hf_diagnostics_meaning = -1;
static int hf_diagnostics_reason = -1;
static int hf_diagnostics_source = -1;
static int hf_diagnostics_domain = -1;
static int hf_diagnostics_peer_server = -1;
static int hf_diagnostics_param = -1;

static int ett_section = -1;
static int ett_diagnostics = -1;

static sf_coded_expert coded[SF_SEVERITY_UNKNOWN];

/** The code as it is quoted, and its meaning: `1010: ...`, `504.2: ...`. */
static void add_code(sf_label *label, const sf_diagnostics *diagnostics)
{
    sf_label_add_number(label, (uint32_t)diagnostics->code.value);
    if (sf_number_is_present(diagnostics->subcode)) {
        sf_label_add(label, ".");
        sf_label_add_number(label, (uint32_t)diagnostics->subcode.value);
    }
    sf_label_add(label, ": ");
    sf_label_add(label, sf_view_diagnosis(label->view, diagnostics));
}

/** `1010 No TLS trust with the next server`; of a code without words of ours the number alone, as reasons differ. */
static const char *heading_of(const sf_view *view, const sf_diagnostics *diagnostics)
{
    const sf_message *message = view->message;
    uint32_t code = (uint32_t)diagnostics->code.value;
    sf_slice no_reason = { NULL, 0 };

    return wmem_strdup_printf(view->pinfo->pool, "%u %s", code,
                              sf_diagnosis_brief(view->pinfo->pool, code,
                                                 sf_occasion_of(message->method, message->status_code), no_reason));
}

/** An element without a code has nothing to warn of but that, which its problem says. */
static void warn(const sf_view *view, proto_item *item, const sf_diagnostics *diagnostics)
{
    if (!sf_diagnostics_has_code(diagnostics)) {
        return;
    }
    sf_occasion occasion = sf_occasion_of(view->message->method, view->message->status_code);
    sf_severity severity = sf_diagnosis_of((uint32_t)diagnostics->code.value, occasion).severity;
    sf_label label;

    sf_label_begin(&label, view);
    add_code(&label, diagnostics);
    sf_label_add_part(&label, " (from ", diagnostics->source.value, ")");
    sf_coded_expert_add(view, item, &coded[severity], heading_of(view, diagnostics), label.text);
}

static void show_text(const sf_view *view, proto_tree *tree, int hf, sf_diagnostics_text text)
{
    sf_view_unescaped(view, tree, hf, text.value, text.is_quoted);
}

static void show_code(const sf_view *view, proto_tree *tree, const sf_diagnostics *diagnostics)
{
    if (!sf_diagnostics_has_code(diagnostics)) {
        return;
    }
    sf_view_number(view, tree, hf_diagnostics_code, diagnostics->code);
    sf_view_number(view, tree, hf_diagnostics_subcode, diagnostics->subcode);
    sf_derived(sf_view_words(view, tree, hf_diagnostics_meaning, diagnostics->code.text,
                             sf_view_diagnosis(view, diagnostics)));
}

static void label_one(const sf_view *view, proto_item *item, const char *header, const sf_diagnostics *diagnostics)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, header);
    if (sf_diagnostics_has_code(diagnostics)) {
        sf_label_add(&label, " ");
        add_code(&label, diagnostics);
    } else {
        sf_label_add(&label, " without a code: ");
        sf_label_add_slice(&label, diagnostics->text);
    }
    sf_label_set(&label, item);
}

static void show_one(sf_view *view, proto_tree *tree, const sf_diagnostics *diagnostics)
{
    const sf_diagnostics_table *table = &view->message->diagnostics;
    char *header = wmem_ascii_strdown(view->pinfo->pool, sf_view_string(view, diagnostics->header), -1);
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_diagnostics, ett_diagnostics, diagnostics->text, &item);

    if (view->is_visible) {
        label_one(view, item, header, diagnostics);
    }
    sf_derived(sf_view_words(view, below, hf_diagnostics_header, diagnostics->text, header));
    show_code(view, below, diagnostics);
    show_text(view, below, hf_diagnostics_reason, diagnostics->reason);
    show_text(view, below, hf_diagnostics_source, diagnostics->source);
    show_text(view, below, hf_diagnostics_domain, diagnostics->domain);
    show_text(view, below, hf_diagnostics_peer_server, diagnostics->peer_server);
    for (unsigned i = 0; i < diagnostics->params.count; i++) {
        sf_view_text(view, below, hf_diagnostics_param, table->params[diagnostics->params.first + i].text);
    }
    for (unsigned i = 0; i < diagnostics->media_debugs.count; i++) {
        sf_media_debug_show(view, below, &table->media_debugs[diagnostics->media_debugs.first + i]);
    }
    warn(view, item, diagnostics);
    sf_view_problems(view, item, diagnostics->text);
}

static void summarize(const sf_view *view, proto_item *section, const sf_diagnostics_table *table, unsigned reasons)
{
    unsigned codes = 0;
    sf_label label;

    for (unsigned i = 0; i < table->count; i++) {
        codes += sf_diagnostics_has_code(&table->items[i]);
    }
    sf_label_begin(&label, view);
    if (codes) {
        sf_label_add_count(&label, ": ", codes, "code", "codes");
    } else if (table->count > 0) {
        sf_label_add(&label, ": no code");
    }
    if (reasons) {
        sf_label_add_count(&label, table->count > 0 ? ", " : ": ", reasons, "reason", "reasons");
    }
    sf_label_append(&label, section);
}

static void show(sf_view *view)
{
    const sf_diagnostics_table *table = &view->message->diagnostics;
    const sf_message *message = view->message;
    proto_item *section;

    if (table->count == 0 && message->reason_count == 0) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    for (unsigned i = 0; i < table->count; i++) {
        show_one(view, tree, &table->items[i]);
    }
    for (unsigned i = 0; i < message->reason_count; i++) {
        sf_reason_show(view, tree, &message->reasons[i]);
    }
    if (view->is_visible) {
        summarize(view, section, table, message->reason_count);
    }
}

static void warn_of_all(sf_view *view)
{
    const sf_diagnostics_table *table = &view->message->diagnostics;

    for (unsigned i = 0; i < table->count; i++) {
        warn(view, NULL, &table->items[i]);
    }
    for (unsigned i = 0; i < view->message->reason_count; i++) {
        sf_reason_warn(view, NULL, &view->message->reasons[i]);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Diagnostics", "skypefed.section.diagnostics", FT_NONE, BASE_NONE, NULL, 0,
            "Diagnostics headers and Reason", HFILL } },
        { &hf_diagnostics,
          { "Diagnostics", "skypefed.diagnostics", FT_STRING, BASE_NONE, NULL, 0, "One diagnostics header", HFILL } },
        { &hf_diagnostics_header,
          { "Header", "skypefed.diagnostics.header", FT_STRING, BASE_NONE, NULL, 0,
            "Name of the diagnostics header, in lower case", HFILL } },
        { &hf_diagnostics_code,
          { "Code", "skypefed.diagnostics.code", FT_UINT32, BASE_DEC, NULL, 0, "ErrorId", HFILL } },
        { &hf_diagnostics_subcode,
          { "Subcode", "skypefed.diagnostics.subcode", FT_UINT32, BASE_DEC, NULL, 0, "Second number of ErrorId",
            HFILL } },
        { &hf_diagnostics_meaning,
          { "Meaning", "skypefed.diagnostics.meaning", FT_STRING, BASE_NONE, NULL, 0,
            "What the code means: the plugin's explanation, or the reason in the header", HFILL } },
        { &hf_diagnostics_reason,
          { "Reason", "skypefed.diagnostics.reason", FT_STRING, BASE_NONE, NULL, 0, "Reason as the server wrote it",
            HFILL } },
        { &hf_diagnostics_source,
          { "Source", "skypefed.diagnostics.source", FT_STRING, BASE_NONE, NULL, 0, "Server that reported the code",
            HFILL } },
        { &hf_diagnostics_domain,
          { "Domain", "skypefed.diagnostics.domain", FT_STRING, BASE_NONE, NULL, 0,
            "Domain that the source had trouble with", HFILL } },
        { &hf_diagnostics_peer_server,
          { "Peer server", "skypefed.diagnostics.peer_server", FT_STRING, BASE_NONE, NULL, 0,
            "Server that the source had trouble with", HFILL } },
        { &hf_diagnostics_param,
          { "Parameter", "skypefed.diagnostics.param", FT_STRING, BASE_NONE, NULL, 0, "Any other parameter", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_diagnostics };
    static const struct {
        int severity;
        const char *rest;
    } groups[] = {
        [SF_SEVERITY_INFORMATION] = { PI_CHAT, "A diagnostics header with information only" },
        [SF_SEVERITY_NOTE] = { PI_NOTE, "A diagnostics header" },
        [SF_SEVERITY_FAILURE] = { PI_WARN, "A diagnostics header of a failure" },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        sf_coded_expert_register(expert, &coded[i], "skypefed.expert.diagnostics", PI_RESPONSE_CODE, groups[i].severity,
                                 groups[i].rest);
    }
    sf_media_debug_register(proto, expert);
    sf_reason_register(proto, expert);
}

const sf_section sf_section_diagnostics = { register_fields, show, warn_of_all };
