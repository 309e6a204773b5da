/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: any bytes as the messages of some calls, in any order. The
 * model is held to what its notes promise, and to its limits of memory.
 */
#include "call_script.h"

#include "check.h"

enum { MAX_STEPS = 64, BYTES_OF_A_STEP = 5, CALL_BYTES = 32768 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const lines[] = {
    "INVITE",     "ACK",        "BYE",        "CANCEL",     "PRACK",      "UPDATE",     "INFO",
    "100 INVITE", "180 INVITE", "183 INVITE", "200 INVITE", "202 INVITE", "302 INVITE", "407 INVITE",
    "488 INVITE", "491 INVITE", "200 BYE",    "401 BYE",    "481 BYE",    "200 CANCEL", "200 PRACK",
    "481 PRACK",  "200 UPDATE", "491 UPDATE", "500 UPDATE", "200 INFO",   "603 INVITE", "200 OPTIONS",
};

static const char *const forks[] = { NULL, "desk", "mobile", "near" };

static const char *const sessions[] = {
    NULL,
    "",
    "audio:AVP",
    "audio:AVP:s1,c2,c3",
    "audio:SAVP:c2",
    "audio:SAVP:s1",
    "audio:SAVP:c2@1",
    "audio:SAVP:c9,c9",
    "audio:AVP0",
    "audio:TLS:fp",
    "audio:AVP:ko",
    "audio:AVP:kr,c2",
    "audio:AVP:c2 video:SAVP:c3@2",
    "audio:SAVP:c2@3 video:AVP0 applicationsharing:SAVP:s1 message:sip data:AVP",
    "audio:AVP0|audio:AVP:s1,c2",
    "audio:SAVP:c2 video:SAVP:c3|audio:SAVP:s1",
    "|audio:AVP",
    "a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:AVP a:SAVP:c1",
};

#define ONE_OF(list, byte) (list)[(byte) % G_N_ELEMENTS(list)]

static sf_script_step step_of(const uint8_t *bytes)
{
    return (sf_script_step){
        .line = ONE_OF(lines, bytes[0]),
        .fork = ONE_OF(forks, bytes[1]),
        .cseq = 1 + bytes[2] % 4,
        .by_callee = bytes[3] & 1,
        .call_id = bytes[3] & 2 ? "two" : NULL,
        .caller_tag = bytes[3] & 4 ? "desk" : NULL,
        .session = ONE_OF(sessions, bytes[4]),
    };
}

static void check_note(const sf_call_note *note, unsigned last_frame)
{
    g_assert_cmpuint(note->verdict, <, SF_VERDICTS);
    g_assert_cmpuint(note->role, <=, SF_ROLE_ANSWER);
    g_assert_true((note->stream_count == 0) == (note->streams == NULL));
    for (unsigned i = 0; i < note->stream_count; i++) {
        g_assert_cmpuint(note->streams[i].verdict, <, SF_VERDICTS);
    }
    if (note->exchange) {
        g_assert_cmpuint(note->exchange->offer_in, >=, 1);
        g_assert_cmpuint(note->exchange->offer_in, <=, last_frame);
        g_assert_cmpuint(note->exchange->answer_in, <=, last_frame);
    }
    if (note->call) {
        g_assert_cmpuint(note->call->agreed.verdict, <, SF_VERDICTS);
        g_assert_cmpuint(note->call->agreed.kind_count, <=, SF_MAX_KINDS);
        g_assert_cmpuint(note->call->first_frame, <=, last_frame);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const sf_call_note *notes[MAX_STEPS];
    unsigned count = 0;
    sf_stage *stage = sf_stage_new();
    size_t bytes_without_calls = sf_stage_bytes(stage);

    while (count < MAX_STEPS && size >= BYTES_OF_A_STEP) {
        sf_script_step step = step_of(data);
        notes[count++] = sf_stage_play(stage, &step);
        data += BYTES_OF_A_STEP;
        size -= BYTES_OF_A_STEP;
    }
    for (unsigned i = 0; i < count; i++) {
        check_note(notes[i], count); /* later messages may have changed what it points at */
    }
    g_assert_cmpuint(sf_stage_bytes(stage) - bytes_without_calls, <=, count * CALL_BYTES);
    sf_stage_free(stage);
    return 0;
}
