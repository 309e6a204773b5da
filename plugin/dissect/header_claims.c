/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Claims of header names.
 */
#include "header_claims.h"

#include "dissect/view/compat.h"

#include "engine/sip/microsoft_header.h"

/** Adds nothing: the SIP dissector shows the line, our own subtree what it means. */
static int claim(tvbuff_t *tvb _U_, packet_info *pinfo _U_, proto_tree *tree _U_, void *data _U_)
{
    return 0;
}

void sf_header_claims_register(int proto)
{
    dissector_handle_t handle = create_dissector_handle(claim, proto);

    for (unsigned i = 0; i < sf_ms_header_row_count; i++) {
        sf_slice name = sf_ms_header_rows[i].name;
        /* The SIP dissector looks names up in lower case. */
        char *key = g_ascii_strdown(name.text, (gssize)name.length);
        dissector_add_string("sip.hdr", key, handle);
        g_free(key);
    }
}
