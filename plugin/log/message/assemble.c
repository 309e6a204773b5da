/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Rebuilding a message, and recording what is wrong with it.
 */
#include "assemble.h"

#include "log/bytes/copy.h"

/* Room that a packet needs in addition to the message, for tags with addresses and ports (pdu.h). */
#define TAG_ROOM 256

static void append_headers(const sf_log_layout *layout, GByteArray *out)
{
    for (size_t i = layout->start; i < layout->headers_end; i++) {
        sf_slice line = sf_log_text_slice(layout->body.text, i);
        if (sf_log_text_at(layout->body.text, i)->is_foreign || line.length == 0) {
            continue;
        }
        /* A start line never ends with blanks. */
        sf_log_append(out, i == layout->start ? sf_slice_trim(line) : line);
        sf_log_append(out, SF_LITERAL("\r\n"));
    }
    sf_log_append(out, SF_LITERAL("\r\n"));
}

/* Without a Content-Length, the length of the whole message that the log states can be used instead. */
static sf_log_body_form find_form(const sf_log_body *body, const sf_log_origin *origin, uint64_t headers)
{
    if (!body->has_length && origin->has_bytes && origin->bytes >= headers) {
        sf_log_body stated = *body;
        stated.has_length = true;
        stated.length = origin->bytes - headers;
        sf_log_body_form form = sf_log_body_find_form(&stated);
        if (form.fits) {
            return form;
        }
    }
    return sf_log_body_find_form(body);
}

static unsigned flaws_of(const sf_log_layout *layout, const sf_log_origin *origin, const sf_log_body_form *form,
                         uint64_t length, bool is_cut)
{
    const sf_log_body *body = &layout->body;
    bool is_whole = layout->headers_close && body->has_length && form->fits;
    unsigned flaws = 0;

    if (is_cut && !is_whole) {
        flaws |= SF_LOG_FLAW_CUT;
    }
    if (body->has_length && !form->fits) {
        flaws |= sf_log_body_is_masked(body) ? SF_LOG_FLAW_MASKED : SF_LOG_FLAW_LENGTH;
    }
    if (origin->has_bytes && origin->bytes != length) {
        flaws |= SF_LOG_FLAW_BYTES;
    }
    if (form->rebuilds && !form->is_empty) {
        sf_log_body_form plain = *form;
        plain.rebuilds = false;
        flaws |= sf_log_body_length(body, &plain) != form->length ? SF_LOG_FLAW_REBUILT : 0;
    }
    return flaws;
}

void sf_log_assemble(const sf_log_layout *layout, const sf_log_origin *origin, bool is_cut, GByteArray *out,
                     sf_log_message *result)
{
    uint64_t dropped = layout->body.text->dropped;

    g_byte_array_set_size(out, 0);
    append_headers(layout, out);
    sf_log_body_form form = find_form(&layout->body, origin, out->len);
    sf_log_body_append(&layout->body, &form, out);

    memset(result, 0, sizeof *result);
    result->flaws = flaws_of(layout, origin, &form, out->len + dropped, is_cut);
    result->text = (sf_slice){ (const char *)out->data, out->len };
    result->text_length = out->len + dropped;
    if (dropped > 0 || out->len > SF_LOG_MAX_PACKET - TAG_ROOM) {
        result->text = sf_slice_head(result->text, SF_LOG_MAX_PACKET - TAG_ROOM);
        result->flaws |= SF_LOG_FLAW_TOO_LONG;
    }
    result->content_length = layout->body.has_length ? layout->body.length : 0;
    result->body_length = form.length;
    result->start_line = sf_slice_trim(sf_log_text_slice(layout->body.text, layout->start));
    result->call_id = layout->headers[SF_LOG_HEADER_CALL_ID];
    result->cseq = layout->headers[SF_LOG_HEADER_CSEQ];
    result->date = layout->headers[SF_LOG_HEADER_DATE];
    result->via = layout->headers[SF_LOG_HEADER_VIA];
}
