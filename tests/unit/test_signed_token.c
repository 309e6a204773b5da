/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Signed tokens: vectors of public traces, the seed's, and what is no token.
 */
#include "check.h"
#include "engine/sip/signed_token.h"

typedef struct {
    const char *name;
    const char *text;
    size_t mac_length;
    uint32_t branch_id;
    const char *id_bytes; /**< as they lie in the token */
    const char *key_id;
} token_row;

static const token_row tokens[] = {
    { "vector-lync-2010", "bwvGnrdqFKQO4UnF2Q9LygIdCx-PqWkBQL4Ixnxhuhv_loczcdXdhgiQAA", 32, 0x1d377368, "6873371d",
      "5dd86089" },
    { "vector-ocs-2007", "coETyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35gAA", 20, 0x765619ad, "765619ad", "cc7437e6" },
    { "seed-internal-info", "ckmnl32XuJMJH3virth0ihz93rnI8KnEgW7OM9MQelrVD5f3ifc8U1YQAA", 32, 0x9f787ff9, "f97f789f",
      "73c53561" },
    { "seed-route-sig", "dk5YuW8DWu503daWy66OWqKyIZ-5Kc-iKIrlMKEavvoyL5f3ifL7rfswAA", 32, 0x9f787ff9, "f97f789f",
      "2fbadfb3" },
    { "seed-rr-sig", "dkwbTdd2t_AWMtau92380YH-WqJWTAqCodzaOUasbPK_f5f3ifL7rfswAA", 32, 0x9f787ff9, "f97f789f",
      "2fbadfb3" },
    /* padding as other stacks write base64 */
    { "padded-with-equals", "coETyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35g==", 20, 0x765619ad, "765619ad", "cc7437e6" },
};

static void test_token(gconstpointer data)
{
    const token_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_signed_token token;

    sf_problems_clear(&problems);
    sf_signed_token_read(input.text, input.text, "token", &problems, &token);
    SF_CHECK_SLICE(token.text, row->text);
    g_assert_cmpuint(token.mac_length, ==, row->mac_length);
    g_assert_cmphex(token.branch_id, ==, row->branch_id);
    sf_token_part branch = sf_signed_token_branch(&token);
    sf_token_part key = sf_signed_token_key(&token);
    SF_CHECK_BYTES(branch.bytes, branch.length, row->id_bytes);
    SF_CHECK_BYTES(key.bytes, key.length, row->key_id);
    g_assert_false(token.matches_branch);
    SF_CHECK_PROBLEM(&problems, NULL);
}

typedef struct {
    const char *name;
    const char *text;
} bad_row;

static const bad_row bad[] = {
    { "empty", "" },
    { "absent", NULL },
    { "two-letters", "bw" },
    { "one-letter-short", "wvGnrdqFKQO4UnF2Q9LygIdCx-PqWkBQL4Ixnxhuhv_loczcdXdhgiQAA" },
    { "one-letter-long", "bbwvGnrdqFKQO4UnF2Q9LygIdCx-PqWkBQL4Ixnxhuhv_loczcdXdhgiQAA" },
    { "padding-missing", "coETyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35g" },
    { "padding-of-other-letters", "coETyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35gBB" },
    { "not-base64", "co*TyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35gAA" },
};

static void test_bad(gconstpointer data)
{
    const bad_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_signed_token token;

    sf_problems_clear(&problems);
    sf_signed_token_read(input.text, input.text, "token", &problems, &token);
    g_assert_cmpuint(token.mac_length, ==, 0);
    g_assert_cmphex(token.branch_id, ==, 0);
    SF_CHECK_PROBLEM(&problems, "token");
}

/** The parts of a token are its bytes one after the other, and each the letters that hold it. */
static void test_parts(void)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text("coETyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35gAA"));
    sf_problems problems;
    sf_signed_token token;

    sf_problems_clear(&problems);
    sf_signed_token_read(input.text, input.text, "token", &problems, &token);
    sf_token_part mac = sf_signed_token_mac(&token);
    sf_token_part branch = sf_signed_token_branch(&token);
    sf_token_part key = sf_signed_token_key(&token);
    g_assert_true(mac.bytes == token.bytes && branch.bytes == token.bytes + 20 && key.bytes == token.bytes + 24);
    g_assert_cmpuint(mac.length, ==, 20);
    g_assert_cmpuint(branch.length, ==, 4);
    g_assert_cmpuint(key.length, ==, 4);
    SF_CHECK_SLICE(mac.letters, "ETyDQoWCwZHL6jTa6sVdrgaboSl");
    SF_CHECK_SLICE(branch.letters, "l2Vhmt");
    SF_CHECK_SLICE(key.letters, "zHQ35g");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/signed-token/vector", tokens, test_token);
    SF_ADD_ROWS("/signed-token/bad", bad, test_bad);
    g_test_add_func("/signed-token/parts", test_parts);
    return g_test_run();
}
