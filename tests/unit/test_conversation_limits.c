/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Conversations of many calls and ids: what is found again, and what is too much.
 */
#include "call_script.h"
#include "check.h"

#define SAYS(l, f, n, ...)                           \
    {                                                \
        .line = l, .fork = f, .cseq = n, __VA_ARGS__ \
    }
#define BOSS "sip:boss@example.com"

/** The ids of many calls are found again, also after their table has grown. */
static void test_many_session_ids(void)
{
    enum { CALLS = 500 };
    sf_stage *stage = sf_stage_new();

    for (unsigned i = 0; i < 2 * CALLS; i++) {
        g_autofree char *id = g_strdup_printf("call%u", i);
        g_autofree char *headers = g_strdup_printf("Session-ID: 0123456789abcdef%016x\r\n", i % CALLS);
        g_autofree char *parties = g_strdup_printf("a%u@example.com b%u@example.org", i, i);
        const sf_script_step invite = SAYS("INVITE", NULL, 1, .call_id = id, .caller_tag = id, .headers = headers,
                                           .parties = parties);
        g_assert_cmpuint(sf_stage_play(stage, &invite)->conversation, ==, i % CALLS + 1);
    }
    sf_stage_free(stage);
}

/** The conversation of the call that a transfer by this URI leads to, after so many re-INVITEs with ids of their own. */
static unsigned conversation_after_transfer(const char *referrer, unsigned ids)
{
    g_autofree char *by = g_strdup_printf("Referred-By: <%s>\r\n", referrer);
    g_autofree char *refer = g_strconcat("Refer-To: <sip:peer@example.com>\r\n", by, NULL);
    sf_stage *stage = sf_stage_new();
    const sf_script_step steps[] = { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1) };

    sf_stage_play(stage, &steps[0]);
    sf_stage_play(stage, &steps[1]);
    for (unsigned i = 0; i < ids; i++) {
        g_autofree char *headers = g_strdup_printf("Session-ID: 0123456789abcdef%016x\r\n", i);
        const sf_script_step again = SAYS("INVITE", "far", 2 + i, .headers = headers);
        sf_stage_play(stage, &again);
    }
    const sf_script_step transfer = SAYS("REFER", "far", 2 + ids, .headers = refer);
    const sf_script_step invite = SAYS("INVITE", NULL, 1, .call_id = "three", .caller_tag = "third", .headers = by,
                                       .parties = "dora@example.org emil@example.org");
    sf_stage_play(stage, &transfer);
    unsigned conversation = sf_stage_play(stage, &invite)->conversation;
    sf_stage_free(stage);
    return conversation;
}

/** What is too long, or one id too many of a call, joins nothing. */
static void test_limits_of_transfers(void)
{
    g_autofree char *letters = g_strnfill(600, 'b');
    g_autofree char *long_uri = g_strdup_printf("sip:%s@example.com", letters);
    g_autofree char *long_id = g_strdup_printf("sip:boss@example.com;x-ti=%s", letters);

    g_assert_cmpuint(conversation_after_transfer(BOSS, 0), ==, 1);
    g_assert_cmpuint(conversation_after_transfer(BOSS, 15), ==, 1);
    g_assert_cmpuint(conversation_after_transfer(BOSS, 16), ==, 2);
    g_assert_cmpuint(conversation_after_transfer(long_uri, 0), ==, 2);
    g_assert_cmpuint(conversation_after_transfer(long_id, 0), ==, 2);
}

/** Of many calls with one Call-ID the newest are looked at: Replaces finds them, and not the oldest. */
static void test_many_of_one_call_id(void)
{
    enum { CALLS = 40, LOOKED_AT = 32 };
    sf_stage *stage = sf_stage_new();
    unsigned of_newest = 0;

    for (unsigned i = 0; i < CALLS; i++) {
        g_autofree char *tag = g_strdup_printf("tag%u", i);
        g_autofree char *parties = g_strdup_printf("a%u@example.com b%u@example.org", i, i);
        const sf_script_step invite = SAYS("INVITE", NULL, 1, .caller_tag = tag, .parties = parties);
        of_newest = sf_stage_play(stage, &invite)->conversation;
        g_assert_cmpuint(of_newest, ==, i + 1);
    }
    for (unsigned i = 0; i < CALLS; i++) {
        g_autofree char *id = g_strdup_printf("new%u", i);
        g_autofree char *headers = g_strdup_printf("Replaces: one;to-tag=far;from-tag=tag%u\r\n", i);
        const sf_script_step invite = SAYS("INVITE", NULL, 1, .call_id = id, .caller_tag = id, .headers = headers,
                                           .parties = "clara@example.org ben@example.org");
        unsigned found = sf_stage_play(stage, &invite)->conversation;
        g_assert_true((found == i + 1) == (i >= CALLS - LOOKED_AT));
    }
    sf_stage_free(stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conversation-limits/many-session-ids", test_many_session_ids);
    g_test_add_func("/conversation-limits/transfers", test_limits_of_transfers);
    g_test_add_func("/conversation-limits/many-of-one-call-id", test_many_of_one_call_id);
    return g_test_run();
}
