/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Start lines behind the headers of lower layers.
 */
#include "start.h"

#include "datagram.h"
#include "engine/sip/start_line.h"
#include "engine/text/token.h"
#include "transport.h"

/** Where what UDP or TCP carries begins in the frame; 0 if the data source is another one, or if nobody knows. */
static size_t payload_begin(const packet_info *pinfo, tvbuff_t *tvb)
{
    enum { OFFSET_AT = 12 }; /* RFC 9293 3.1: in words of four bytes, in the upper half */
    sf_transport transport;

    if ((pinfo->ptype != PT_UDP && pinfo->ptype != PT_TCP) || !pinfo->data_src ||
        get_data_source_tvb((const struct data_source *)pinfo->data_src->data) != tvb ||
        sf_transport_find(tvb, pinfo, &transport) != SF_TRANSPORT_FOUND || transport.tvb != tvb ||
        transport.length <= OFFSET_AT) {
        return 0;
    }
    return transport.offset + (pinfo->ptype == PT_UDP ? SF_UDP_HEADER : (transport.bytes[OFFSET_AT] >> 4) * 4u);
}

/** True if the text from there on begins with a start line. */
static bool is_start(sf_slice text, size_t at)
{
    sf_cursor lines = sf_cursor_over(sf_slice_skip(text, at));
    sf_slice line;

    return at < text.length && sf_line_next(&lines, &line) && sf_start_line_is(line);
}

bool sf_start_before(const packet_info *pinfo, tvbuff_t *tvb, sf_slice text, size_t *start)
{
    if (sf_start_line_before(text, start)) {
        return true;
    }
    size_t payload = payload_begin(pinfo, tvb);
    if (payload == 0 || payload >= text.length || !sf_start_line_before(sf_slice_skip(text, payload), start)) {
        return false;
    }
    *start += payload;
    return true;
}

bool sf_start_next(const packet_info *pinfo, tvbuff_t *tvb, sf_slice text, size_t from, size_t *start)
{
    bool is_found = sf_start_line_next(text, from, start);
    sf_slice before = sf_slice_head(text, is_found ? *start : text.length);

    /* Without a line end, nothing before it looks like a header. */
    if (from > 0 || (sf_slice_find(before, '\n') == before.length && sf_slice_find(before, '\r') == before.length)) {
        return is_found;
    }
    size_t payload = payload_begin(pinfo, tvb);
    if (payload > 0 && !(is_found && *start <= payload) && is_start(text, payload)) {
        *start = payload;
        return true;
    }
    return is_found;
}
