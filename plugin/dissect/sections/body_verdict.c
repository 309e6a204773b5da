/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a body comes to, with its expert infos.
 */
#include "body_field.h"
#include "parts.h"

#include "dissect/view/coded_expert.h"
#include "dissect/view/label.h"
#include "engine/body/quality_summary.h"
#include "engine/sip/brief_meaning.h"

static int hf_poor = -1;
static int hf_fault = -1;

static expert_field ei_poor = EI_INIT;
static expert_field ei_relay = EI_INIT;
static sf_coded_expert coded_commands;
static sf_coded_expert coded_reports, coded_report_notes;

/** The fact of that kind in the group that fact `index` is, or in all that follows if it is none; NULL if none. */
static const sf_fact *find_in(const sf_document *document, unsigned index, sf_fact_id id)
{
    for (unsigned i = index; i < sf_document_group_end(document, index); i++) {
        if (document->facts[i].id == id) {
            return &document->facts[i];
        }
    }
    return NULL;
}

static bool is_word(const sf_fact *fact, sf_slice word)
{
    return fact && sf_slice_equals_nocase(fact->text, word);
}

/* ---- quality ---- */

static void add_circumstances(sf_label *label, const sf_document *document, unsigned index)
{
    char words[SF_MAX_QUALITY_WORDS];

    sf_quality_circumstances_words(sf_quality_circumstances(document, index, sf_document_group_end(document, index)),
                                   words);
    sf_label_add(label, words[0] ? "; " : "");
    sf_label_add(label, words);
}

static void add_faults(sf_label *label, const sf_quality *quality)
{
    char words[SF_MAX_QUALITY_WORDS];

    for (unsigned i = 0; i < quality->count; i++) {
        (void)sf_quality_excess_words(quality->faults[i].rule, quality->faults[i].value, words);
        sf_label_add(label, i ? ", " : "");
        sf_label_add(label, words);
    }
}

static void show_quality(const sf_view *view, proto_tree *tree, proto_item *item, const sf_document *document,
                         unsigned index)
{
    sf_slice place = document->facts[index].text;
    char words[SF_MAX_QUALITY_WORDS];
    sf_quality quality;
    sf_label label;

    if (is_word(find_in(document, index, SF_FACT_QUALITY_PATH), SF_LITERAL("FAILED"))) {
        /* What was measured is of no media at all, so it is neither poor nor good. */
        bool is_audio = sf_slice_equals_nocase(place, SF_LITERAL("main-audio"));
        expert_add_info_format(view->pinfo, item, &ei_poor, "No media path was found (%s): nothing could be %s",
                               sf_view_string(view, place), is_audio ? "heard" : "sent");
        if (view->is_visible && item) {
            proto_item_append_text(item, ": no media path");
        }
        return;
    }
    sf_quality_judge_line(document, index, &quality);
    if (!quality.is_judged) {
        return;
    }
    sf_derived(sf_view_flag(view, tree, hf_poor, place, quality.count > 0));
    for (unsigned i = 0; i < quality.count; i++) {
        (void)sf_quality_excess_words(quality.faults[i].rule, quality.faults[i].value, words);
        sf_derived(sf_view_words(view, tree, hf_fault, document->facts[quality.faults[i].fact].text, words));
    }
    sf_label_begin(&label, view);
    if (quality.count == 0) {
        sf_label_add(&label, ": not poor");
    } else {
        sf_label_add(&label, ": poor: ");
        add_faults(&label, &quality);
        add_circumstances(&label, document, index);
        expert_add_info_format(view->pinfo, item, &ei_poor,
                               "The call was poor by Microsoft's limits for Lync 2013 (%s)%s",
                               sf_view_string(view, place), label.text + strlen(": poor"));
    }
    if (view->is_visible && item) {
        sf_label_append(&label, item);
    }
}

/* ---- conference ---- */

static void show_command(const sf_view *view, proto_item *item, const sf_document *document, unsigned index)
{
    const sf_fact *code = sf_document_find(document, SF_FACT_CONFERENCE_CODE);
    const sf_fact *reason = find_in(document, index, SF_FACT_CONFERENCE_REASON);
    sf_label label;

    /* A response has one command ([MS-CONFPRO] 2.2.3); what else is in it explains that one. */
    bool is_first = sf_document_find(document, SF_FACT_CONFERENCE_COMMAND) == &document->facts[index];
    if (!is_first || !is_word(code, SF_LITERAL("failure"))) {
        return;
    }
    sf_label_begin(&label, view);
    sf_label_add_part(&label, "The conference command ", document->facts[index].text, " failed");
    sf_label_add_part(&label, ": ", reason ? reason->text : (sf_slice){ NULL, 0 }, "");
    sf_coded_expert_add(view, item, &coded_commands, label.text, label.text);
}

/* ---- error report ---- */

static void add_report(const sf_view *view, sf_label *label, const sf_document *document, unsigned index,
                       const sf_body_diagnosis *diagnosis)
{
    const sf_fact *method = find_in(document, index, SF_FACT_ERROR_METHOD);
    const sf_fact *response = find_in(document, index, SF_FACT_ERROR_RESPONSE);
    const sf_fact *call_id = find_in(document, index, SF_FACT_CALL_ID);
    uint64_t status = 0;
    size_t before = label->length;

    sf_label_add_part(label, "", method ? method->text : (sf_slice){ NULL, 0 }, "");
    if (response && sf_fact_number(response, 699, &status) && status > 0) {
        sf_label_add(label, method ? " answered with " : "answered with ");
        sf_label_add_number(label, (uint32_t)status);
    }
    sf_label_add(label, label->length > before ? ", code " : "code ");
    sf_label_add_number(label, (uint32_t)diagnosis->diagnostics.code.value);
    sf_label_add(label, ": ");
    sf_label_add(label, diagnosis->words);
    if (call_id) {
        sf_label_add_format(label, " (Call-ID %s)", sf_body_string(view, call_id->text));
    }
}

/** The first diagnostics of the failure that fact `index` is. */
static bool read_report(const sf_view *view, const sf_document *document, unsigned index, sf_body_diagnosis *diagnosis)
{
    for (unsigned i = index; i < sf_document_group_end(document, index); i++) {
        if (document->facts[i].id == SF_FACT_ERROR_DIAGNOSTICS &&
            sf_body_diagnosis_read(view, document, i, diagnosis)) {
            return true;
        }
    }
    return false;
}

/** `A client reports 1008 The DNS SRV record of the domain cannot be resolved on this server`. */
static const char *report_heading(const sf_view *view, const sf_body_diagnosis *diagnosis)
{
    char brief[SF_MAX_BRIEF];
    int length = (int)sf_brief_meaning(diagnosis->words, brief);

    return wmem_strdup_printf(view->pinfo->pool, "A client reports %u %.*s",
                              (uint32_t)diagnosis->diagnostics.code.value, length, brief);
}

static void show_report(const sf_view *view, proto_item *item, const sf_document *document, unsigned index)
{
    sf_body_diagnosis diagnosis;
    sf_label label;

    if (!read_report(view, document, index, &diagnosis) || diagnosis.severity == SF_SEVERITY_INFORMATION) {
        return;
    }
    sf_label_begin(&label, view);
    sf_label_add(&label, "A client reports a failure: ");
    add_report(view, &label, document, index, &diagnosis);
    sf_coded_expert_add(view, item, diagnosis.severity == SF_SEVERITY_FAILURE ? &coded_reports : &coded_report_notes,
                        report_heading(view, &diagnosis), label.text);
}

/* ---- media relay ---- */

/** Anything but OK means that the client has no relay: pidgin-sipe goes on without one, too. */
static void show_relay_answer(const sf_view *view, proto_item *item, const sf_fact *reason)
{
    if (!is_word(reason, SF_LITERAL("OK"))) {
        expert_add_info_format(
            view->pinfo, item, &ei_relay,
            "The client got no credentials for the media relay: %s. Its calls across the edge of the "
            "company network have no relay",
            sf_body_string(view, reason->text));
    }
}

/* ---- all ---- */

void sf_body_verdict_show(const sf_view *view, proto_tree *tree, proto_item *item, const sf_document *document,
                          unsigned index)
{
    if (sf_quality_is_line(document, index)) {
        show_quality(view, tree, item, document, index);
        return;
    }
    if (document->facts[index].id == SF_FACT_RELAY_HOST) {
        const sf_fact *host = find_in(document, index, SF_FACT_RELAY_HOST_NAME);
        if (host && item && view->is_visible) {
            proto_item_set_text(item, "Media relay: %s", sf_body_string(view, host->text));
        }
    } else if (document->facts[index].id == SF_FACT_RELAY_REASON) {
        show_relay_answer(view, item, &document->facts[index]);
    } else if (document->facts[index].id == SF_FACT_CONFERENCE_COMMAND) {
        show_command(view, item, document, index);
    } else if (document->facts[index].id == SF_FACT_CONFERENCE_USER) {
        sf_body_conference_show_user(view, tree, item, document, index);
    } else if (document->facts[index].id == SF_FACT_ERROR) {
        show_report(view, item, document, index);
    }
}

/** `: poor: jitter 42 ms`, of the first poor line; `: no media path`; `: not poor`. */
static void label_quality(sf_label *label, const sf_document *document)
{
    const char *verdict = NULL;

    for (unsigned i = 0; i < document->count; i++) {
        sf_quality quality;

        if (!sf_quality_is_line(document, i)) {
            continue;
        }
        if (is_word(find_in(document, i, SF_FACT_QUALITY_PATH), SF_LITERAL("FAILED"))) {
            verdict = ": no media path";
            continue;
        }
        sf_quality_judge_line(document, i, &quality);
        if (quality.count > 0) {
            sf_label_add(label, ": poor: ");
            add_faults(label, &quality);
            return;
        }
        verdict = !verdict && quality.is_judged ? ": not poor" : verdict;
    }
    sf_label_add(label, verdict ? verdict : "");
}

static void label_report(const sf_view *view, sf_label *label, const sf_document *document)
{
    sf_body_diagnosis diagnosis;

    for (unsigned i = 0; i < document->count; i++) {
        if (document->facts[i].id == SF_FACT_ERROR && read_report(view, document, i, &diagnosis)) {
            sf_label_add(label, ": ");
            add_report(view, label, document, i, &diagnosis);
            return;
        }
    }
}

/** `: modifyConferenceLock, failure, forbidden`; `: addUser, sip:alice@example.com as attendee`. */
static void label_command(sf_label *label, const sf_document *document)
{
    static const sf_fact_id parts[] = { SF_FACT_CONFERENCE_COMMAND, SF_FACT_CONFERENCE_CODE, SF_FACT_CONFERENCE_REASON,
                                        SF_FACT_CONFERENCE_USER };
    const char *before = ": ";

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        const sf_fact *fact = sf_document_find(document, parts[i]);
        if (fact) {
            sf_label_add(label, before);
            sf_label_add_slice(label, fact->text);
            before = ", ";
        }
    }
    const sf_fact *role = sf_document_find(document, SF_FACT_CONFERENCE_ROLE);
    sf_label_add_part(label, " as ", role ? role->text : (sf_slice){ NULL, 0 }, "");
}

/** `: INVITE, 2048 bytes`; `: CANCEL, REJECT`. */
static void label_invitation(const sf_view *view, sf_label *label, const sf_document *document)
{
    const sf_fact *command = sf_document_find(document, SF_FACT_MESSAGING_COMMAND);
    const sf_fact *size = sf_document_find(document, SF_FACT_MESSAGING_FILE_SIZE);
    const sf_fact *code = sf_document_find(document, SF_FACT_MESSAGING_CODE);
    const sf_fact *reason = sf_document_find(document, SF_FACT_MESSAGING_REASON);

    sf_label_add_part(label, ": ", command ? command->text : (sf_slice){ NULL, 0 }, "");
    if (size) {
        bool is_one = sf_slice_equals(size->text, SF_LITERAL("1"));
        sf_label_add_format(label, ", %s %s", sf_body_string(view, size->text), is_one ? "byte" : "bytes");
    }
    sf_label_add_part(label, ", ", code ? code->text : (sf_slice){ NULL, 0 }, "");
    sf_label_add_part(label, ", ", reason ? reason->text : (sf_slice){ NULL, 0 }, "");
}

void sf_body_verdict_label(const sf_view *view, const sf_document *document, sf_label *label)
{
    switch (document->type->kind) {
    case SF_DOCUMENT_QUALITY:
    case SF_DOCUMENT_QUALITY_LINES:
        label_quality(label, document);
        break;
    case SF_DOCUMENT_ERROR_REPORT:
        label_report(view, label, document);
        break;
    case SF_DOCUMENT_CONFERENCE_COMMAND:
        label_command(label, document);
        sf_body_command_label(view, document, label);
        break;
    case SF_DOCUMENT_FILE_TRANSFER:
    case SF_DOCUMENT_INVITATION:
        label_invitation(view, label, document);
        sf_body_command_label(view, document, label);
        break;
    case SF_DOCUMENT_PRESENCE:
        sf_body_presence_label(document, label);
        break;
    case SF_DOCUMENT_CONFERENCE_STATE:
        sf_body_conference_label(document, label);
        break;
    case SF_DOCUMENT_MESSAGING:
        sf_body_delivery_label(document, label);
        break;
    default:
        break;
    }
}

/** The address in a URI of a user. */
static sf_slice address_of(sf_slice uri)
{
    static const sf_slice schemes[] = { SF_LITERAL_INIT("sip:"), SF_LITERAL_INIT("sips:"), SF_LITERAL_INIT("pres:") };

    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (sf_slice_starts_nocase(uri, schemes[i])) {
            uri = sf_slice_skip(uri, schemes[i].length);
            break;
        }
    }
    return sf_slice_head(uri, sf_slice_find(uri, ';'));
}

static bool is_address_of(const sf_identity *identity, sf_slice text)
{
    size_t local = sf_slice_find(text, '@');

    return local < text.length && sf_slice_equals_nocase(sf_slice_head(text, local), identity->local) &&
           sf_slice_equals_nocase(sf_slice_skip(text, local + 1), identity->domain);
}

static bool is_availability(const sf_fact *fact)
{
    return fact->id == SF_FACT_PRESENCE_AVAILABILITY || fact->id == SF_FACT_PRESENCE_OLD_AVAILABILITY ||
           fact->id == SF_FACT_PRESENCE_BASIC;
}

/** The address of whom a document tells the availability first; absent if it does not say. */
static sf_slice contact_of(const sf_document *document)
{
    sf_slice contact = { NULL, 0 };

    for (unsigned i = 0; i < document->count && !is_availability(&document->facts[i]); i++) {
        if (document->facts[i].id == SF_FACT_PRESENCE_CONTACT) {
            contact = address_of(document->facts[i].text);
        }
    }
    return sf_slice_find(contact, '@') < contact.length ? contact : (sf_slice){ NULL, 0 };
}

/** `; presence: Busy`; `; presence of bob@example.com: Busy` if that is not who sends it: a server may tell of anybody. */
void sf_body_verdict_headline(const sf_view *view, const sf_document *document)
{
    const sf_party *from = &view->message->from;
    sf_label label;

    if (document->type->kind != SF_DOCUMENT_PRESENCE) {
        return;
    }
    sf_label_begin(&label, view);
    sf_slice contact = contact_of(document);
    sf_label_add(&label, "; presence");
    if (contact.length > 0 && !(from->is_present && is_address_of(&from->identity, contact))) {
        sf_label_add_part(&label, " of ", contact, "");
    }
    size_t before = label.length;
    sf_body_presence_label(document, &label);
    if (label.length > before) {
        sf_label_append(&label, view->title);
    }
}

void sf_body_verdict_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_poor,
          { "Poor", "skypefed.quality.poor", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The media line is beyond one of the limits by which Lync 2013 counts a call as poor", HFILL } },
        { &hf_fault,
          { "Reason for the poor rating", "skypefed.quality.reason", FT_STRING, BASE_NONE, NULL, 0,
            "A value that is beyond its limit", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_poor, { "skypefed.expert.quality_poor", PI_SEQUENCE, PI_WARN, "A call was poor", EXPFILL } },
        { &ei_relay,
          { "skypefed.expert.relay_refused", PI_RESPONSE_CODE, PI_WARN,
            "A client got no credentials for the media relay", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
    sf_coded_expert_register(expert, &coded_commands, "skypefed.expert.conference_failed", PI_RESPONSE_CODE, PI_WARN,
                             "A conference command failed");
    sf_coded_expert_register(expert, &coded_reports, "skypefed.expert.reported_failure", PI_RESPONSE_CODE, PI_WARN,
                             "A client reports a failure");
    sf_coded_expert_register(expert, &coded_report_notes, "skypefed.expert.reported_failure", PI_RESPONSE_CODE, PI_NOTE,
                             "A client reports an end that may be wanted");
}
