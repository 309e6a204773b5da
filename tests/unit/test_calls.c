/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which messages make one call, what a call costs, and that hostile captures
 * cost no more.
 */
#include "call_script.h"
#include "check.h"

#include "call/keyed_hash.h"

#define OTHERS "clara@example.org ben@example.org"

enum { MAX_STEPS = 6 };

typedef struct {
    const char *name;
    sf_script_step steps[MAX_STEPS];
    const char *numbers; /**< of the call at each step */
} identity_row;

#define SAYS(l, f, n, ...)                           \
    {                                                \
        .line = l, .fork = f, .cseq = n, __VA_ARGS__ \
    }

static const identity_row identities[] = {
    { "one-call",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), SAYS("BYE", "far", 5, .by_callee = true),
        SAYS("200 BYE", "far", 5, .by_callee = true) },
      "1111" },
    { "call-id-of-other-parties",
      { SAYS("INVITE", NULL, 1), SAYS("INVITE", NULL, 1, .parties = OTHERS, .caller_tag = "other"),
        SAYS("200 INVITE", "far", 1), SAYS("200 INVITE", "away", 1, .parties = OTHERS, .caller_tag = "other") },
      "1212" },
    { "call-id-and-tag-of-other-parties",
      { SAYS("INVITE", NULL, 1), SAYS("INVITE", NULL, 1, .parties = "clara@example.com otto@example.net") },
      "12" },
    { "same-parties-call-again-with-the-call-id",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), SAYS("BYE", "far", 2), SAYS("200 BYE", "far", 2),
        SAYS("INVITE", NULL, 1, .caller_tag = "again"), SAYS("200 INVITE", "away", 1, .caller_tag = "again") },
      "111122" },
    { "address-in-another-case",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1, .parties = "ANNA@example.com Ben@EXAMPLE.org") },
      "11" },
    { "late-capture-that-begins-with-the-callee",
      { SAYS("BYE", "far", 5, .by_callee = true), SAYS("200 BYE", "far", 5, .by_callee = true),
        SAYS("UPDATE", "far", 2) },
      "111" },
    { "forks-are-one-call",
      { SAYS("INVITE", NULL, 1), SAYS("180 INVITE", "desk", 1), SAYS("180 INVITE", "mobile", 1),
        SAYS("200 INVITE", "mobile", 1) },
      "1111" },
};

static void test_identity(gconstpointer data)
{
    const identity_row *row = data;
    sf_stage *stage = sf_stage_new();

    for (unsigned i = 0; row->numbers[i]; i++) {
        const sf_call_note *note = sf_stage_play(stage, &row->steps[i]);
        g_assert_cmpuint(note->call->number, ==, (unsigned)g_ascii_digit_value(row->numbers[i]));
    }
    sf_stage_free(stage);
}

/** Caller and callee stay what they were when the callee ends the call; the times are those of 200 and BYE. */
static void test_times(void)
{
    static const sf_script_step steps[] = {
        SAYS("INVITE", NULL, 1),
        SAYS("200 INVITE", "far", 1),
        SAYS("200 INVITE", "far", 1),
        SAYS("BYE", "far", 5, .by_callee = true),
        SAYS("BYE", "far", 5, .by_callee = true),
    };
    sf_stage *stage = sf_stage_new();
    const sf_call *call = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        call = sf_stage_play(stage, &steps[i])->call;
    }
    SF_CHECK_SLICE(sf_call_caller(call), "anna@example.com");
    SF_CHECK_SLICE(sf_call_callee(call), "ben@example.org");
    g_assert_cmpuint(call->first_frame, ==, 1);
    g_assert_cmpint(call->start, ==, 1000000);
    g_assert_cmpint(call->answered, ==, 2000000);
    g_assert_cmpint(call->ended, ==, 4000000);
    sf_stage_free(stage);
}

#define CODE(headers_) .headers = headers_ "\r\n"

typedef struct {
    sf_script_step step;
    unsigned code;      /* of the call after it; 0 for none */
    const char *reason; /* that is kept with it; NULL for none */
} code_step;

/** Plays the steps of one call. The note of each message keeps what was known at it. */
static void check_codes(const code_step *steps, size_t count)
{
    sf_stage *stage = sf_stage_new();
    g_autofree const sf_call_note **notes = g_new0(const sf_call_note *, count);

    for (size_t i = 0; i < count; i++) {
        notes[i] = sf_stage_play(stage, &steps[i].step);
        g_assert_true(notes[i]->call->diagnosis == notes[i]->diagnosis);
    }
    for (size_t i = 0; i < count; i++) {
        const sf_call_diagnosis *diagnosis = notes[i]->diagnosis;
        const char *reason = steps[i].reason ? steps[i].reason : "";
        g_assert_cmpuint(diagnosis ? diagnosis->code : 0, ==, steps[i].code);
        g_assert_cmpuint(diagnosis ? diagnosis->reason_length : 0, ==, strlen(reason));
        g_assert_true(!diagnosis || memcmp(diagnosis->reason, reason, strlen(reason)) == 0);
    }
    sf_stage_free(stage);
}

/** What a re-INVITE was refused for is no code of the call, which goes on; what its BYE says is. */
static void test_refused_change(void)
{
    static const code_step steps[] = {
        { SAYS("INVITE", NULL, 1), 0, NULL },
        { SAYS("200 INVITE", "far", 1), 0, NULL },
        { SAYS("INVITE", "far", 2), 0, NULL },
        { SAYS("488 INVITE", "far", 2, CODE("ms-client-diagnostics: 52063;reason=\"a\"")), 0, NULL },
        { SAYS("BYE", "far", 3, CODE("ms-client-diagnostics: 52063;reason=\"a\"")), 52063, NULL },
    };

    check_codes(steps, G_N_ELEMENTS(steps));
}

/** Re-INVITEs and their responses are told apart from the INVITE that begins the call, whoever sends them. */
static void test_changes(void)
{
    static const struct {
        sf_script_step step;
        bool is_change;
    } steps[] = {
        { SAYS("INVITE", NULL, 1), false },
        { SAYS("180 INVITE", "far", 1), false },
        { SAYS("200 INVITE", "far", 1), false },
        { SAYS("200 INVITE", "far", 1), false },
        { SAYS("INVITE", "far", 2), true },
        { SAYS("200 INVITE", "far", 2), true },
        { SAYS("INVITE", "far", 1, .by_callee = true), true },
        { SAYS("488 INVITE", "far", 1, .by_callee = true), true },
        { SAYS("BYE", "far", 3), false },
    };
    sf_stage *stage = sf_stage_new();

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        const sf_call_note *note = sf_stage_play(stage, &steps[i].step);
        g_test_message("%zu", i);
        g_assert_true(note->is_change == steps[i].is_change);
        g_assert_true(note->is_by_callee == steps[i].step.by_callee);
    }
    sf_stage_free(stage);
}

/** The same of a call whose beginning was not captured. */
static void test_changes_of_a_call_that_began_earlier(void)
{
    static const sf_script_step steps[] = {
        SAYS("INVITE", "far", 5),
        SAYS("488 INVITE", "far", 5),
        SAYS("INVITE", "far", 9, .by_callee = true),
        SAYS("200 INVITE", "far", 9, .by_callee = true),
    };
    sf_stage *stage = sf_stage_new();

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        const sf_call_note *note = sf_stage_play(stage, &steps[i]);
        g_assert_true(note->is_change);
        g_assert_cmpuint(note->final_response, ==, 0);
    }
    sf_stage_free(stage);
}

/** One code for the call: that of a failure outranks what only informs, and the newest counts. */
static void test_diagnostics(void)
{
    static const code_step steps[] = {
        { SAYS("INVITE", NULL, 1), 0, NULL },
        { SAYS("183 INVITE", "far", 1, CODE("ms-diagnostics: 13004;reason=\"a\"")), 13004, NULL },
        { SAYS("200 INVITE", "far", 1, CODE("ms-diagnostics: 51007;reason=\"b\"")), 51007, NULL },
        { SAYS("BYE", "far", 2, CODE("ms-client-diagnostics: 23;reason=\"c\"\r\nms-diagnostics: 5")), 23, NULL },
        { SAYS("200 BYE", "far", 2, CODE("ms-diagnostics: 51007;reason=\"b\"")), 23, NULL },
        { SAYS("BYE", "far", 3, CODE("ms-diagnostics: no number;reason=\"d\"")), 23, NULL },
        { SAYS("BYE", "far", 4, CODE("ms-diagnostics: no number;reason=\"d\", 24")), 24, NULL },
        { SAYS("BYE", "far", 5, CODE("ms-diagnostics: 51004")), 24, NULL },
    };

    check_codes(steps, G_N_ELEMENTS(steps));
}

/** Among failures, one that says what happened outranks one that points at somebody else. */
static void test_pointing_diagnostics(void)
{
    static const code_step steps[] = {
        { SAYS("INVITE", NULL, 1), 0, NULL },
        { SAYS("504 INVITE", NULL, 1, CODE("ms-diagnostics: 1034;reason=\"a\", 1047;reason=\"b\", 1010")), 1047, NULL },
        { SAYS("504 INVITE", NULL, 1, CODE("ms-diagnostics-public: 1034;reason=\"a\"")), 1047, NULL },
        { SAYS("INVITE", NULL, 2), 1047, NULL },
        { SAYS("404 INVITE", NULL, 2, CODE("ms-diagnostics: 1003;reason=\"a\"")), 1003, NULL },
    };

    check_codes(steps, G_N_ELEMENTS(steps));
}

/** What an attempt was refused for says nothing about a call that the next attempt brings about. */
static void test_overcome_diagnostics(void)
{
    static const code_step steps[] = {
        { SAYS("INVITE", NULL, 1), 0, NULL },
        { SAYS("488 INVITE", NULL, 1, CODE("ms-client-diagnostics: 52063;reason=\"a\"")), 52063, NULL },
        { SAYS("INVITE", NULL, 2), 52063, NULL },
        { SAYS("200 INVITE", "far", 2), 0, NULL },
        { SAYS("BYE", "far", 3, CODE("ms-client-diagnostics: 51004;reason=\"b\"")), 51004, NULL },
    };

    check_codes(steps, G_N_ELEMENTS(steps));
}

/** What a change was refused for says nothing about the call, which goes on. */
static void test_diagnostics_of_changes(void)
{
    static const code_step steps[] = {
        { SAYS("INVITE", NULL, 1), 0, NULL },
        { SAYS("180 INVITE", "far", 1), 0, NULL },
        { SAYS("488 UPDATE", "far", 2, CODE("ms-diagnostics: 22")), 0, NULL },
        { SAYS("200 INVITE", "far", 1), 0, NULL },
        { SAYS("488 INVITE", "far", 3, CODE("ms-diagnostics: 22")), 0, NULL },
        { SAYS("302 INVITE", "far", 4, CODE("ms-diagnostics: 22")), 0, NULL },
        { SAYS("488 PRACK", "far", 5, CODE("ms-diagnostics: 22")), 0, NULL },
        { SAYS("CANCEL", "far", 6, CODE("ms-client-diagnostics: 24")), 0, NULL },
        { SAYS("488 UPDATE", "far", 1, CODE("ms-diagnostics: 22"), .by_callee = true), 0, NULL },
        { SAYS("200 UPDATE", "far", 2, CODE("ms-diagnostics: 51007"), .by_callee = true), 51007, NULL },
        { SAYS("BYE", "far", 7, CODE("ms-client-diagnostics: 23")), 23, NULL },
    };
    static const code_step begun_earlier[] = {
        { SAYS("INVITE", "far", 5), 0, NULL },
        { SAYS("488 INVITE", "far", 5, CODE("ms-diagnostics: 22")), 0, NULL },
        { SAYS("BYE", "far", 6, CODE("ms-client-diagnostics: 23")), 23, NULL },
    };

    check_codes(steps, G_N_ELEMENTS(steps));
    check_codes(begun_earlier, G_N_ELEMENTS(begun_earlier));
}

/** The reason is kept with a code that we have no words for. */
static void test_reasons(void)
{
    static const code_step steps[] = {
        { SAYS("INVITE", NULL, 1), 0, NULL },
        { SAYS("488 INVITE", NULL, 1, CODE("ms-diagnostics: 24999;reason=\"No \\\"route\\\"\"")), 24999,
          "No \"route\"" },
        { SAYS("488 INVITE", NULL, 1, CODE("ms-diagnostics: 24999;reason=\"again\"")), 24999, "No \"route\"" },
        { SAYS("488 INVITE", NULL, 1, CODE("ms-diagnostics: 24998;reason=\"inline:AAAA\"")), 24998, NULL },
        { SAYS("404 INVITE", NULL, 1, CODE("ms-diagnostics: 1003;reason=\"ours is better\"")), 1003, NULL },
    };

    check_codes(steps, G_N_ELEMENTS(steps));
}

/** A call with video and two alternatives of each key line, at its largest and when it is over. */
static void test_memory(void)
{
#define LINES "s1,c2,c3"
#define BOTH "audio:AVP:" LINES " video:AVP:" LINES
    static const sf_script_step steps[] = {
        SAYS("INVITE", NULL, 1, .session = BOTH "|" BOTH),
        SAYS("180 INVITE", "far", 1),
        SAYS("200 INVITE", "far", 1, .session = "audio:SAVP:c2 video:SAVP:c2"),
        SAYS("ACK", "far", 1),
        SAYS("BYE", "far", 2),
        SAYS("200 BYE", "far", 2),
    };
    sf_stage *stage = sf_stage_new();
    size_t empty = sf_stage_bytes(stage), largest = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        sf_stage_play(stage, &steps[i]);
        largest = MAX(largest, sf_stage_bytes(stage) - empty);
    }
    g_assert_cmpuint(largest, <, 1024);
    /* The row, the link of offer and answer, and the notes of the answer's two streams. */
    size_t row = sizeof(sf_call) + strlen("anna@example.com"
                                          "ben@example.org");
    g_assert_cmpuint(sf_stage_bytes(stage) - empty, ==, row + sizeof(sf_exchange) + 2 * sizeof(sf_stream_note));
    sf_stage_free(stage);
}

/** However long a call goes on, and however many forks it has, what it holds stays bounded. */
static void test_bounds(void)
{
    sf_stage *stage = sf_stage_new();
    size_t after_some = 0, notes_of_answers = sizeof(sf_exchange) + sizeof(sf_stream_note);

    for (unsigned i = 1; i <= 400; i++) {
        g_autofree char *fork = g_strdup_printf("fork%u", i);
        sf_script_step invite = SAYS("INVITE", "far", i, .session = "audio:AVP:s1,c2,c3");
        sf_script_step ok = SAYS("200 INVITE", "far", i, .session = "audio:SAVP:c2");
        sf_script_step ringing = SAYS("180 INVITE", fork, i);
        sf_stage_play(stage, &invite);
        sf_stage_play(stage, &ringing);
        sf_stage_play(stage, &ok);
        if (i == 200) {
            after_some = sf_stage_bytes(stage);
        }
    }
    g_assert_cmpuint(sf_stage_bytes(stage), ==, after_some + 200 * notes_of_answers);
    sf_stage_free(stage);
}

/** Many calls, so that the table grows: each is found again. */
static void test_many(void)
{
    enum { CALLS = 2000 };
    sf_stage *stage = sf_stage_new();

    for (unsigned pass = 0; pass < 2; pass++) {
        for (unsigned i = 1; i <= CALLS; i++) {
            g_autofree char *call_id = g_strdup_printf("call-%u", i);
            sf_script_step step = SAYS(pass ? "200 INVITE" : "INVITE", pass ? "far" : NULL, 1, .call_id = call_id);
            g_assert_cmpuint(sf_stage_play(stage, &step)->call->number, ==, i);
        }
    }
    sf_stage_free(stage);
}

/** One Call-ID used by ever new parties: the newest are kept apart, and no message looks at all of them. */
static void test_one_call_id_for_all(void)
{
    sf_stage *stage = sf_stage_new();

    for (unsigned i = 1; i <= 3000; i++) {
        g_autofree char *parties = g_strdup_printf("a%u@example.com b%u@example.com", i, i);
        g_autofree char *tag = g_strdup_printf("tag%u", i);
        sf_script_step invite = SAYS("INVITE", NULL, 1, .parties = parties, .caller_tag = tag);
        sf_script_step ok = SAYS("200 INVITE", "far", 1, .parties = parties, .caller_tag = tag);
        g_assert_cmpuint(sf_stage_play(stage, &invite)->call->number, ==, i);
        g_assert_cmpuint(sf_stage_play(stage, &ok)->call->number, ==, i);
    }
    sf_stage_free(stage);
}

/** The vectors of SipHash's reference implementation: bytes 0, 1, 2, ... under the key 0, 1, 2, ... */
static void test_hash(void)
{
    static const sf_hash_key key = { { UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908) } };
    static const struct {
        size_t length;
        uint64_t hash;
    } vectors[] = {
        { 0, UINT64_C(0x726fdb47dd0e0e31) },
        { 8, UINT64_C(0x93f5f5799a932462) },
        { 15, UINT64_C(0xa129ca6149be45e5) },
    };
    uint8_t bytes[16];

    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
        g_assert_cmphex(sf_keyed_hash(&key, bytes, vectors[i].length), ==, vectors[i].hash);
    }
    g_assert_cmphex(sf_keyed_hash(&key, NULL, 0), ==, sf_keyed_hash(&key, bytes, 0));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/calls/identity", identities, test_identity);
    g_test_add_func("/calls/times", test_times);
    g_test_add_func("/calls/diagnostics", test_diagnostics);
    g_test_add_func("/calls/diagnostics/refused-change", test_refused_change);
    g_test_add_func("/calls/changes", test_changes);
    g_test_add_func("/calls/changes-of-a-call-that-began-earlier", test_changes_of_a_call_that_began_earlier);
    g_test_add_func("/calls/diagnostics/pointing", test_pointing_diagnostics);
    g_test_add_func("/calls/diagnostics/overcome", test_overcome_diagnostics);
    g_test_add_func("/calls/diagnostics/changes", test_diagnostics_of_changes);
    g_test_add_func("/calls/diagnostics/reasons", test_reasons);
    g_test_add_func("/calls/memory", test_memory);
    g_test_add_func("/calls/bounds", test_bounds);
    g_test_add_func("/calls/many", test_many);
    g_test_add_func("/calls/one-call-id-for-all", test_one_call_id_for_all);
    g_test_add_func("/calls/hash", test_hash);
    return g_test_run();
}
