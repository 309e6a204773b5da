/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the messages in a read.
 */
#include "split.h"

#include "sip_text.h"

/* Limit on the ends that are tried for a message, so that a text of start lines only takes linear time. */
#define MAX_TRIED_ENDS 16

static bool is_start(const sf_log_read *read, size_t index)
{
    return !sf_log_text_at(read->text, index)->is_foreign && sf_log_is_start_line(sf_log_text_slice(read->text, index));
}

size_t sf_log_split_start(const sf_log_read *read, size_t from)
{
    size_t count = sf_log_text_count(read->text);

    while (from < count && !is_start(read, from)) {
        from++;
    }
    return from;
}

/*
 * A body can contain start lines too (message/sipfrag). So a message ends at the first start line at which the
 * body has its full length. If there is none, it ends at the first start line that is followed by headers.
 */
static size_t message_end(const sf_log_read *read, const sf_log_layout *layout)
{
    size_t count = layout->body.last;
    sf_log_body body = layout->body;
    size_t likely = count;
    unsigned tried = 0;

    for (size_t i = body.first; i <= count; i++) {
        if (i < count && (!is_start(read, i) || !(read->format->traits & SF_LOG_TRAIT_READS))) {
            continue;
        }
        body.last = i;
        if (body.has_length && tried++ < MAX_TRIED_ENDS && sf_log_body_find_form(&body).fits) {
            return i;
        }
        bool follows = i + 1 < count && sf_log_is_header_line(sf_log_text_slice(read->text, i + 1));
        if (likely == count && follows && (i > body.first || body.length == 0)) {
            likely = i;
        }
        if (likely < count && (!body.has_length || tried == MAX_TRIED_ENDS)) {
            break;
        }
    }
    return likely;
}

void sf_log_split_message(const sf_log_read *read, size_t start, sf_log_layout *layout)
{
    sf_log_layout_read(read->text, start, sf_log_text_count(read->text), read->mark, layout);
    layout->body.last = message_end(read, layout);
}
