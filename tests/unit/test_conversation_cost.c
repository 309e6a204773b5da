/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What conversations cost: memory for ids, and time for long chains.
 */
#include "call_script.h"

/** However many ids the messages of a call have, 16 of them are kept. */
static void test_memory(void)
{
    sf_stage *stage = sf_stage_new();
    sf_script_step step = { .line = "INVITE", .cseq = 1 };
    size_t before = 0;

    for (unsigned i = 0; i < 1000; i++) {
        char *header = g_strdup_printf("Session-ID: 0123456789abcdef%016x\r\n", i);
        step.headers = header;
        sf_stage_play(stage, &step);
        g_free(header);
        before = i == 20 ? sf_stage_bytes(stage) : before;
    }
    g_assert_cmpuint(sf_stage_bytes(stage), ==, before);
    sf_stage_free(stage);
}

/** Long chains of calls that each replace the one before. */
static void test_chain(void)
{
    enum { CALLS = 3000 };
    sf_stage *stage = sf_stage_new();

    for (unsigned i = 0; i < CALLS; i++) {
        char *call_id = g_strdup_printf("call-%u", i);
        char *header = g_strdup_printf("Replaces: call-%u;to-tag=a;from-tag=near\r\n", i - 1);
        sf_script_step step = { .line = "INVITE", .cseq = 1, .call_id = call_id, .headers = header };
        g_assert_cmpuint(sf_stage_play(stage, &step)->conversation, ==, 1);
        g_free(header);
        g_free(call_id);
    }
    sf_stage_free(stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conversation-cost/memory", test_memory);
    g_test_add_func("/conversation-cost/chain", test_chain);
    return g_test_run();
}
