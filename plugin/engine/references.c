/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Transfer and forwarding: headers that connect one call with another, and the
 * result that a NOTIFY reports of a transfer.
 */
#include "message_reader.h"

#include "engine/text/words.h"

static const struct {
    sf_slice name;
    void (*read)(sf_slice text, sf_problems *problems, sf_reference *reference);
    bool is_list;     /**< a list of addresses */
    bool is_for_call; /**< it connects calls */
} readers[] = {
    { SF_LITERAL_INIT("Refer-To"), sf_refer_to_read, true, true },
    { SF_LITERAL_INIT("Referred-By"), sf_referred_by_read, true, true },
    { SF_LITERAL_INIT("History-Info"), sf_history_entry_read, true, false },
    { SF_LITERAL_INIT("Diversion"), sf_diversion_entry_read, true, false },
    { SF_LITERAL_INIT("Replaces"), sf_replaces_read, false, true },
};

/** Keeps one element. What is wrong with an address is noted already. Returns false beyond the limit. */
static bool keep(sf_message_reader *r, const sf_header *header, sf_slice element, int row)
{
    sf_message *message = r->message;
    sf_problems *problems = &message->problems;

    if (!sf_problems_room(problems, message->reference_count, SF_MAX_REFERENCES, SF_LIMIT_REFERENCES, element)) {
        return false;
    }
    sf_reference *reference = &message->references[message->reference_count++];
    readers[row].read(element, readers[row].is_list ? NULL : problems, reference);
    reference->header = header->canonical;
    if (sf_slice_present(reference->uri.text)) {
        sf_identity_read(&reference->uri, r->knowledge, header->canonical, element, NULL, &reference->identity);
    }
    return true;
}

void sf_message_read_references(sf_message_reader *r, const sf_header *header)
{
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_slice element;
    int row = SF_WORDS_FIND(readers, header->canonical);

    if (readers[row].is_list && sf_message_wants(r, SF_FOR_MARK)) {
        sf_message_read_identity_header(r, header);
    }
    if (r->extent != SF_READ_ALL && !readers[row].is_for_call) {
        return;
    }
    if (!readers[row].is_list) {
        keep(r, header, header->value, row);
        return;
    }
    while (sf_list_next(&cursor, NULL, &element) && keep(r, header, element, row)) {
    }
}

void sf_message_keep_redirect(sf_message_reader *r, const sf_header *header, sf_slice element, const sf_uri *uri)
{
    sf_message *message = r->message;
    bool is_redirect = message->status_code >= 300 && message->status_code < 400 &&
                       sf_slice_equals(message->method, SF_LITERAL("INVITE"));

    if (r->extent != SF_READ_ALL || !is_redirect ||
        !sf_problems_room(&message->problems, message->reference_count, SF_MAX_REFERENCES, SF_LIMIT_REFERENCES,
                          element)) {
        return;
    }
    sf_reference *reference = &message->references[message->reference_count++];
    *reference = (sf_reference){ .kind = SF_REFERENCE_REDIRECT,
                                 .header = header->canonical,
                                 .text = element,
                                 .uri = *uri };
    sf_identity_read(uri, r->knowledge, header->canonical, element, NULL, &reference->identity);
}

void sf_message_read_fragment(sf_message_reader *r, sf_slice text)
{
    static const sf_slice version = SF_LITERAL_INIT("SIP/2.0");
    sf_cursor cursor = sf_cursor_over(text);
    sf_slice line, word, code;
    uint64_t value;

    if (sf_slice_present(r->message->transfer_result.text) || !sf_line_next(&cursor, &line)) {
        return;
    }
    sf_cursor words = sf_cursor_over(line);
    if (sf_word_next(&words, &word) && sf_slice_equals_nocase(word, version) && sf_word_next(&words, &code) &&
        code.length == 3 && sf_slice_decimal(code, 699, &value) == SF_OK && value >= 100) {
        r->message->transfer_result = (sf_number){ code, value };
    }
}
