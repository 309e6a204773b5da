/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Authentication in Microsoft's schemes.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_authentication = -1;
static int hf_authentication_scheme = -1;
static int hf_authentication_target = -1;
static int hf_authentication_realm = -1;

static int ett_authentication = -1;

void sf_authentication_show(sf_view *view, proto_tree *tree, const sf_authentication *authentication)
{
    proto_item *item;

    if (!authentication->is_microsoft) {
        return;
    }
    /* The rest of the header holds what proves the identity: it is not repeated here. */
    proto_tree *below = sf_view_row(view, tree, hf_authentication, ett_authentication, authentication->scheme, &item);
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_slice(&label, authentication->header);
        sf_label_add(&label, ": ");
        sf_label_add_slice(&label, authentication->scheme);
        sf_label_set(&label, item);
    }
    sf_view_text(view, below, hf_authentication_scheme, authentication->scheme);
    sf_view_unescaped(view, below, hf_authentication_target, authentication->target, true);
    sf_view_unescaped(view, below, hf_authentication_realm, authentication->realm, true);
    sf_view_problems(view, item, authentication->text);
}

void sf_authentication_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_authentication,
          { "Authentication", "skypefed.authentication", FT_STRING, BASE_NONE, NULL, 0,
            "Authentication with a Microsoft scheme", HFILL } },
        { &hf_authentication_scheme,
          { "Scheme", "skypefed.authentication.scheme", FT_STRING, BASE_NONE, NULL, 0, "NTLM, Kerberos or TLS-DSK",
            HFILL } },
        { &hf_authentication_target,
          { "Server (targetname)", "skypefed.authentication.target", FT_STRING, BASE_NONE, NULL, 0, "targetname",
            HFILL } },
        { &hf_authentication_realm,
          { "Realm", "skypefed.authentication.realm", FT_STRING, BASE_NONE, NULL, 0,
            "Realm that the user has to be known in", HFILL } },
    };
    static int *ett[] = { &ett_authentication };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
