/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Names of methods, and the number before them.
 */
#include "methods.h"

#include <glib.h>

#include "engine/text/slice.h"

sf_method sf_method_of(sf_slice name)
{
    static const sf_slice names[] = {
        [SF_METHOD_INVITE] = SF_LITERAL_INIT("INVITE"), [SF_METHOD_ACK] = SF_LITERAL_INIT("ACK"),
        [SF_METHOD_BYE] = SF_LITERAL_INIT("BYE"),       [SF_METHOD_CANCEL] = SF_LITERAL_INIT("CANCEL"),
        [SF_METHOD_PRACK] = SF_LITERAL_INIT("PRACK"),   [SF_METHOD_UPDATE] = SF_LITERAL_INIT("UPDATE"),
    };

    for (size_t i = SF_METHOD_INVITE; i < G_N_ELEMENTS(names); i++) {
        if (sf_slice_equals(name, names[i])) {
            return (sf_method)i;
        }
    }
    return SF_METHOD_OTHER;
}

uint32_t sf_cseq_number(sf_slice cseq)
{
    const char *const end = sf_slice_end(cseq);
    const char *at = sf_skip_blanks(cseq.text, end);
    uint64_t number = 0;

    for (; at < end && g_ascii_isdigit(*at); at++) {
        number = MIN(number * 10 + (unsigned)(*at - '0'), UINT64_C(1) << 32);
    }
    return number <= UINT32_MAX && (at == end || sf_is_blank(*at)) ? (uint32_t)number : 0;
}
