/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a glance says, held against what the readers of a whole message find.
 */
#include "facts.h"

#include "engine/glance.h"
#include "engine/sip/mark_scan.h"

#include <glib.h>

/** What a plain message must not have, for whoever reads it whole or for its call. */
static const char *fault_of_plain(const sf_glance *glance, const sf_message *message)
{
    const struct {
        bool holds;
        const char *what;
    } rows[] = {
        { !message->is_microsoft, "a plain message has a mark" },
        { message->text.text == glance->text.text && message->text.length == glance->text.length,
          "a plain message ends elsewhere" },
        { sf_slice_equals(message->call_id, glance->call_id), "a plain message has another Call-ID" },
        { sf_slice_equals(message->method, glance->method), "a plain message has another method" },
        { message->is_request == glance->is_request, "a plain message is of another kind" },
        { message->bodies.count == message->media.sdp_count, "a plain message has a body that is no SDP" },
        { !sf_slice_present(message->session_id.local), "a plain message has a Session-ID" },
        { !sf_slice_present(message->contact_call), "a plain message has an id of Teams" },
        { message->ms_header_count + message->diagnostics.count == 0, "a plain message has a header of Microsoft's" },
        { !sf_slice_present(message->transfer_result.text), "a plain message reports a transfer" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (!rows[i].holds) {
            return rows[i].what;
        }
    }
    return NULL;
}

static bool is_same_party(const sf_party *one, const sf_party *other)
{
    return one->is_present == other->is_present && sf_slice_equals(one->tag, other->tag) &&
           sf_slice_equals(one->identity.local, other->identity.local) &&
           sf_slice_equals(one->identity.domain, other->identity.domain) &&
           one->identity.network == other->identity.network;
}

/** What its call needs of a message, read from all of it and from the short text. */
static bool is_same_to_call(const sf_message *one, const sf_message *other)
{
    bool is_same = sf_slice_equals(one->start_line, other->start_line) && sf_slice_equals(one->method, other->method) &&
                   sf_slice_equals(one->call_id, other->call_id) && sf_slice_equals(one->cseq, other->cseq) &&
                   one->status_code == other->status_code && is_same_party(&one->from, &other->from) &&
                   is_same_party(&one->to, &other->to) && one->reason_count == other->reason_count &&
                   one->media.sdp_count == other->media.sdp_count &&
                   one->media.stream_count == other->media.stream_count &&
                   one->media.crypto_count == other->media.crypto_count && one->is_microsoft == other->is_microsoft &&
                   sf_slice_equals(one->contact.host, other->contact.host);

    for (unsigned i = 0; is_same && i < one->media.sdp_count; i++) {
        is_same = sf_slice_equals(one->media.sdps[i].text, other->media.sdps[i].text);
    }
    return is_same;
}

const char *sf_glance_fault(sf_slice input, const sf_knowledge *knowledge, sf_message *whole, sf_message *brief)
{
    sf_glance glance;

    if (!sf_glance_begin(input, &glance) ||
        !sf_glance_is_plain(&glance, sf_mark_scan_covers(knowledge) ? NULL : knowledge)) {
        return NULL;
    }
    if (sf_message_read(input, knowledge, SF_READ_ALL, whole) != SF_OK) {
        return "a plain message is none";
    }
    const char *fault = fault_of_plain(&glance, whole);
    if (fault) {
        return fault;
    }
    if (sf_message_read(input, knowledge, SF_READ_FOR_CALL, whole) != SF_OK || whole->reference_count > 0) {
        return "a plain message connects calls";
    }
    size_t length = sf_glance_length(&glance);
    char *text = g_malloc(length);
    sf_glance_write(&glance, 0, text);
    bool is_same = sf_message_read((sf_slice){ text, length }, knowledge, SF_READ_FOR_CALL, brief) == SF_OK &&
                   is_same_to_call(whole, brief);
    g_free(text);
    return is_same ? NULL : "a plain message says something else in short";
}
