/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Claims of header names.
 */
#include "header_claims.h"

#include "dissect/find/hooks.h"

#include "engine/sip/microsoft_header.h"

/** Adds nothing: the SIP dissector shows the line, our own subtree what it means. It says where a message lies, too. */
static int claim(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    sf_hooks_note(tvb, pinfo);
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
