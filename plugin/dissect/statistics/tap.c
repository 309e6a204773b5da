/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Facts of a message for listeners: copied, since the next message of the
 * frame takes the place of the facts.
 */
#include "tap.h"

#include <epan/tap.h>

#include "call/hold.h"
#include "dissect/view/diagnosis.h"
#include "dissect/view/why.h"

static int tap_id;

static void add_text(sf_tap_texts *texts, const char *text)
{
    for (unsigned i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0) {
            return;
        }
    }
    if (texts->count < SF_TAP_MAX_VALUES) {
        texts->items[texts->count++] = text;
    }
}

static void add_codecs(const sf_media *media, sf_tap_texts *codecs)
{
    for (unsigned i = 0; i < media->codec_count; i++) {
        add_text(codecs, media->codecs[i].friendly ? media->codecs[i].friendly : "Other codec");
    }
}

/** The suites of the streams that agreed on a crypto line. */
static void add_suites(const sf_media *media, const sf_call_note *note, sf_tap_texts *suites)
{
    for (unsigned i = 0; i < note->stream_count && i < media->stream_count; i++) {
        if (sf_verdict_has_crypto_line(note->streams[i].verdict)) {
            const sf_suite *suite = media->cryptos[media->streams[i].key_lines.first].suite;
            add_text(suites, suite ? suite->name.text : "Unknown suite");
        }
    }
}

static void add_bodies(const sf_message *message, sf_tap_message *tapped)
{
    const sf_media *media = &message->media;

    tapped->has_sdp = media->sdp_count > 0;
    for (unsigned i = 0; i < media->sdp_count; i++) {
        bool is_known = media->sdps[i].ice_dialect != SF_ICE_NONE || !media->lacks_end;
        tapped->has_dialect[media->sdps[i].ice_dialect] |= is_known;
    }
    add_codecs(media, &tapped->codecs);
}

static bool has_code(const sf_tap_message *tapped, uint64_t code)
{
    unsigned i = 0;

    while (i < tapped->diagnostics_count && tapped->diagnostics[i].code != code) {
        i++;
    }
    return i < tapped->diagnostics_count;
}

static sf_tap_diagnosis diagnosis_of(const sf_view *view, const sf_diagnostics *item)
{
    const sf_message *message = view->message;
    uint32_t code = (uint32_t)item->code.value;
    sf_diagnosis diagnosis = sf_diagnosis_of(code, sf_occasion_of(message->method, message->status_code));
    char reason[SF_MAX_REASON];

    return (sf_tap_diagnosis){
        .code = code,
        .words = sf_view_diagnosis(view, item),
        .is_known = diagnosis.meaning || diagnosis.gateway_status,
        .has_reason = sf_diagnosis_reason(item, reason) > 0,
        .component = diagnosis.component,
    };
}

static void add_codes(const sf_view *view, sf_tap_message *tapped)
{
    const sf_diagnostics_table *diagnostics = &view->message->diagnostics;

    for (unsigned i = 0; i < diagnostics->count && tapped->diagnostics_count < SF_TAP_MAX_VALUES; i++) {
        const sf_diagnostics *item = &diagnostics->items[i];
        if (sf_diagnostics_has_code(item) && !has_code(tapped, item->code.value)) {
            tapped->diagnostics[tapped->diagnostics_count++] = diagnosis_of(view, item);
        }
    }
}

static const char *why_of(const sf_view *view)
{
    sf_why why = sf_why_of(view);
    sf_label label;

    if (!sf_why_is_known(&why)) {
        return "";
    }
    sf_label_begin(&label, view);
    sf_why_add(&label, &why);
    return wmem_strdup(view->pinfo->pool, label.text);
}

/** What to check or change about it. */
static const char *advice_of(const sf_view *view)
{
    sf_why why = sf_why_of(view);
    const char *advice = why.code     ? sf_view_diagnosis_advice(view, why.code)
                         : why.reason ? sf_view_reason_advice(view, why.reason)
                                      : NULL;

    return advice ? advice : "";
}

static const char *party_of(const sf_view *view, const sf_party *party, const sf_identity *identity)
{
    sf_label label;

    if (!party->is_present) {
        return "";
    }
    sf_label_begin(&label, view);
    sf_label_add_identity(&label, identity);
    return wmem_strdup(view->pinfo->pool, label.text);
}

/** Whom a REFER is to have called; the end of a long name is cut. */
static const char *refer_to_of(const sf_view *view)
{
    enum { MAX_LETTERS = 64 };
    const sf_message *message = view->message;
    sf_slice name = { NULL, 0 };

    for (unsigned i = 0; i < message->reference_count && message->is_request; i++) {
        const sf_reference *reference = &message->references[i];
        if (reference->kind == SF_REFERENCE_TARGET && name.length == 0) {
            name = reference->uri.user.length > 0 ? reference->uri.user : reference->uri.host;
        }
    }
    return sf_view_string(view, sf_slice_head(name, MAX_LETTERS));
}

static sf_slice reported_call_id(const sf_call_about *about)
{
    return (sf_slice){ about->call_id, about->call_id_length };
}

bool sf_tap_is_heard(void)
{
    return have_tap_listener(tap_id);
}

void sf_tap_queue(const sf_view *view)
{
    const sf_message *message = view->message;
    const sf_call_note *note = view->note;

    if (!sf_tap_is_heard()) {
        return;
    }
    sf_tap_message *tapped = wmem_new0(view->pinfo->pool, sf_tap_message);
    tapped->is_report = !note->call && note->about;
    tapped->call = tapped->is_report ? note->about->call : note->call;
    tapped->verdict = (sf_verdict)note->verdict;
    tapped->media = view->media;
    tapped->role = (sf_sdp_role)note->role;
    tapped->status_code = message->status_code;
    tapped->is_change = note->is_change;
    tapped->purpose = note->is_change ? sf_hold_purpose(note->hold) : NULL;
    tapped->transferred = message->is_request ? (uint16_t)message->transfer_result.value : 0;
    tapped->refer_to = refer_to_of(view);
    tapped->method = sf_view_string(view, message->method);
    tapped->call_id = sf_view_string(view, tapped->is_report ? reported_call_id(note->about) : message->call_id);
    tapped->from = message->from.is_present ? sf_view_string(view, message->from.identity.text) : "";
    tapped->to = message->to.is_present ? sf_view_string(view, message->to.identity.text) : "";
    tapped->sender = party_of(view, &message->from, &message->from.identity);
    tapped->addressee = party_of(view, &message->to, &message->callee);
    tapped->via_count = message->via_count;
    tapped->caller_network = message->from.is_present ? message->from.identity.network : SF_NETWORK_UNKNOWN;
    tapped->callee_network = message->to.is_present ? message->to.identity.network : SF_NETWORK_UNKNOWN;
    tapped->origin = message->origin.network;
    tapped->product = message->product.name;
    tapped->why = why_of(view);
    tapped->advice = advice_of(view);
    add_bodies(message, tapped);
    add_suites(&message->media, note, &tapped->suites);
    add_codes(view, tapped);
    tapped->id_count = sf_tap_ids_of(view, tapped->ids);
    sf_tap_hosts_of(view, &tapped->hosts);
    tapped->tvb = view->tvb;
    tapped->start = sf_view_offset(view, message->text);
    tap_queue_packet(tap_id, view->pinfo, tapped);
}

void sf_tap_register(void)
{
    tap_id = register_tap(SF_TAP_NAME);
}
