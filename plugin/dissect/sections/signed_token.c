/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Signed tokens of Via, Record-Route and Route.
 */
#include "parts.h"

#include "dissect/view/label.h"

static int hf_token = -1;
static int hf_token_mac = -1;
static int hf_token_branch_id = -1;
static int hf_token_key_id = -1;
static int hf_token_matches_branch = -1;

static int ett_signature = -1;
static int ett_token = -1;

static void label_token(const sf_view *view, proto_item *item, const sf_signed_token *token)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Signed token, likely of branch ");
    sf_label_add_format(&label, "%08X", token->branch_id);
    sf_label_add(&label, token->matches_branch ? ", a branch of this message" : "");
    sf_label_set(&label, item);
}

static void show_token(const sf_view *view, proto_tree *tree, const sf_signed_token *token)
{
    sf_token_part mac = sf_signed_token_mac(token);
    sf_token_part branch = sf_signed_token_branch(token);
    sf_token_part key = sf_signed_token_key(token);
    proto_item *item;

    if (token->mac_length == 0) {
        return;
    }
    proto_tree *below = sf_view_row(view, tree, hf_token, ett_token, token->text, &item);
    if (view->is_visible) {
        label_token(view, item, token);
    }
    sf_view_bytes(view, below, hf_token_mac, mac.letters, mac.bytes, mac.length);
    sf_derived(sf_view_integer(view, below, hf_token_branch_id, branch.letters, token->branch_id));
    sf_view_bytes(view, below, hf_token_key_id, key.letters, key.bytes, key.length);
    sf_derived(sf_view_flag(view, below, hf_token_matches_branch, branch.letters, token->matches_branch));
}

void sf_signed_token_show(const sf_view *view, proto_tree *tree, int hf, sf_slice text, const sf_signed_token *token)
{
    proto_item *item;

    show_token(view, sf_view_row(view, tree, hf, ett_signature, text, &item), token);
}

void sf_signed_token_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_token,
          { "Signed token", "skypefed.token", FT_STRING, BASE_NONE, NULL, 0,
            "Token signed by a server; its layout is inferred from traces", HFILL } },
        { &hf_token_mac,
          { "MAC (inferred)", "skypefed.token.mac", FT_BYTES, BASE_NONE, NULL, 0,
            "Message authentication code; the layout of the token is inferred from traces", HFILL } },
        { &hf_token_branch_id,
          { "Branch id (inferred)", "skypefed.token.branch_id", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "Id that the token shares with a Via branch; inferred from traces", HFILL } },
        { &hf_token_key_id,
          { "Key id (inferred)", "skypefed.token.key_id", FT_BYTES, BASE_NONE, NULL, 0,
            "Which of the server's keys signed the token; inferred from traces", HFILL } },
        { &hf_token_matches_branch,
          { "Matches a Via branch (inferred)", "skypefed.token.matches_branch", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "A Via branch of this message has the same id; the layout of the token is inferred from traces", HFILL } },
    };
    static int *ett[] = { &ett_signature, &ett_token };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
