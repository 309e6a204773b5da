/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Names of methods, and the number before them.
 */
#include "methods.h"

#include <glib.h>

#include "engine/text/number.h"
#include "engine/text/token.h"

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
    sf_cursor words = sf_cursor_over(cseq);
    sf_slice word;
    sf_number number = { .value = 0 };

    if (sf_word_next(&words, &word)) {
        (void)sf_number_read(word, UINT32_MAX, &number);
    }
    return (uint32_t)number.value;
}
