/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message whose end the capture does not have: what of it is whole.
 */
#include "message_reader.h"

const char *sf_message_cut_line(sf_slice text)
{
    const char *at = sf_slice_end(text);

    while (at > text.text && at[-1] != '\n') {
        at--;
    }
    return at;
}

bool sf_message_shorten_cut(sf_header *header, sf_problems *problems)
{
    size_t semicolon = sf_slice_find_last(header->value, ';');
    problems->cut = header->text.text;
    header->value = sf_slice_trim(sf_slice_head(header->value, semicolon < header->value.length ? semicolon : 0));
    return header->value.length > 0;
}

void sf_message_find_cut(const sf_message_reader *r, sf_slice range, sf_slice body)
{
    const sf_content_length *length = &r->content_length;
    sf_message *message = r->message;
    bool is_there = length->is_number ? body.length >= length->bytes : sf_slice_end(body) < sf_slice_end(range);

    if (message->cut == SF_CUT_NOTHING && !is_there) {
        message->cut = SF_CUT_BODY;
    }
    if (message->cut == SF_CUT_NOTHING) {
        message->problems.cut = NULL;
    }
}

sf_slice sf_message_whole_lines(const sf_message *message, sf_slice text)
{
    const char *cut = message->problems.cut;
    bool is_cut = cut && cut >= text.text && cut < sf_slice_end(text);

    return is_cut ? sf_slice_between(text.text, cut) : text;
}
