/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hold: who holds the call at each offer and answer, and when it is resumed
 * (RFC 3264 8.4, RFC 6337 5.3, [MS-SDPEXT] 3.1.5.23).
 */
#include "call/hold.h"
#include "call_script.h"
#include "check.h"

enum { MAX_STEPS = 12 };

typedef struct {
    const char *name;
    struct {
        sf_script_step step;
        sf_hold hold;
    } steps[MAX_STEPS];
} hold_row;

/* clang-format off */
#define SAYS(l, n, s, h, ...) { { .line = l, .fork = "far", .cseq = n, .session = s, __VA_ARGS__ }, SF_HOLD_##h }
#define INVITE(s) { { .line = "INVITE", .cseq = 1, .session = s }, SF_HOLD_NONE }

#define BOTH "audio:SAVP:c1"
#define SEND "audio:SAVP:c1,sendonly"
#define RECEIVE "audio:SAVP:c1,recvonly"
#define NEITHER "audio:SAVP:c1,inactive"
#define ZERO "audio:SAVP:c1,zero"

/* An ordinary call; its re-INVITEs begin with CSeq 2. */
#define CALL INVITE(BOTH), SAYS("200 INVITE", 1, BOTH, NONE)
#define BY_CALLEE .by_callee = true

static const hold_row holds[] = {
    { "never", { CALL, SAYS("INVITE", 2, BOTH, NONE), SAYS("200 INVITE", 2, BOTH, NONE) } },
    { "by-lync-and-resumed",
      { CALL,
        SAYS("INVITE", 2, NEITHER, BY_SENDER), SAYS("200 INVITE", 2, NEITHER, BY_OTHER),
        SAYS("INVITE", 3, BOTH, RESUMED), SAYS("200 INVITE", 3, BOTH, RESUMED),
        SAYS("INVITE", 4, BOTH, NONE), SAYS("200 INVITE", 4, BOTH, NONE) } },
    { "with-music", { CALL, SAYS("INVITE", 2, SEND, BY_SENDER), SAYS("200 INVITE", 2, RECEIVE, BY_OTHER) } },
    { "with-an-address-of-zeros",
      { CALL,
        SAYS("INVITE", 2, ZERO, BY_SENDER), SAYS("200 INVITE", 2, BOTH, BY_OTHER),
        SAYS("INVITE", 3, BOTH, RESUMED), SAYS("200 INVITE", 3, BOTH, RESUMED) } },
    { "with-an-ipv6-address-of-zeros", { CALL, SAYS("INVITE", 2, "audio:SAVP:c1,zero6", BY_SENDER) } },
    { "by-the-callee",
      { CALL,
        SAYS("INVITE", 7, NEITHER, BY_SENDER, BY_CALLEE), SAYS("200 INVITE", 7, NEITHER, BY_OTHER, BY_CALLEE),
        SAYS("INVITE", 8, BOTH, RESUMED, BY_CALLEE), SAYS("200 INVITE", 8, BOTH, RESUMED, BY_CALLEE) } },
    /* The held side refreshes the session: the other still holds it. */
    { "refreshed-by-the-held-side",
      { CALL,
        SAYS("INVITE", 2, SEND, BY_SENDER), SAYS("200 INVITE", 2, RECEIVE, BY_OTHER),
        SAYS("INVITE", 7, RECEIVE, BY_OTHER, BY_CALLEE), SAYS("200 INVITE", 7, SEND, BY_SENDER, BY_CALLEE),
        SAYS("INVITE", 3, BOTH, RESUMED), SAYS("200 INVITE", 3, BOTH, RESUMED) } },
    { "refreshed-by-the-held-side-in-silence",
      { CALL,
        SAYS("INVITE", 2, NEITHER, BY_SENDER), SAYS("200 INVITE", 2, NEITHER, BY_OTHER),
        SAYS("INVITE", 7, NEITHER, BY_SOMEBODY, BY_CALLEE), SAYS("200 INVITE", 7, NEITHER, BY_SOMEBODY, BY_CALLEE),
        SAYS("INVITE", 3, BOTH, RESUMED), SAYS("200 INVITE", 3, BOTH, RESUMED) } },
    { "begun-by-the-answer", { CALL, SAYS("INVITE", 2, BOTH, NONE), SAYS("200 INVITE", 2, SEND, BY_SENDER) } },
    { "ended-by-the-answer",
      { CALL,
        SAYS("INVITE", 2, BOTH, NONE), SAYS("200 INVITE", 2, NEITHER, BY_SENDER),
        SAYS("INVITE", 3, BOTH, NONE), SAYS("200 INVITE", 3, BOTH, RESUMED) } },
    { "by-update", { CALL, SAYS("UPDATE", 2, NEITHER, BY_SENDER), SAYS("200 UPDATE", 2, NEITHER, BY_OTHER) } },
    { "by-the-offer-in-a-200",
      { CALL,
        SAYS("INVITE", 2, NULL, NONE), SAYS("200 INVITE", 2, NEITHER, BY_SENDER), SAYS("ACK", 2, NEITHER, BY_OTHER) } },
    { "seen-on-two-hops",
      { CALL,
        SAYS("INVITE", 2, NEITHER, BY_SENDER), SAYS("INVITE", 2, NEITHER, BY_SENDER),
        SAYS("200 INVITE", 2, NEITHER, BY_OTHER), SAYS("200 INVITE", 2, NEITHER, BY_OTHER) } },
    { "refused",
      { CALL, SAYS("INVITE", 2, NEITHER, BY_SENDER), SAYS("488 INVITE", 2, NULL, NONE),
        SAYS("INVITE", 3, BOTH, NONE) } },
    { "capture-that-begins-late", { SAYS("INVITE", 2, NEITHER, BY_SENDER), SAYS("200 INVITE", 2, NEITHER, BY_OTHER) } },
    /* What is no hold */
    { "announcement", { INVITE(SEND), SAYS("200 INVITE", 1, RECEIVE, NONE) } },
    { "no-address-yet", { INVITE(ZERO), SAYS("200 INVITE", 1, BOTH, NONE) } },
    { "early-media", { INVITE(BOTH), SAYS("183 INVITE", 1, SEND, NONE), SAYS("200 INVITE", 1, BOTH, NONE) } },
    { "listening-only", { CALL, SAYS("INVITE", 2, RECEIVE, NONE), SAYS("200 INVITE", 2, SEND, NONE) } },
    { "file-transfer", { CALL, SAYS("INVITE", 2, "data:TSAVP:c1,sendonly", NONE) } },
    { "video-in-one-direction", { CALL, SAYS("INVITE", 2, BOTH " video:SAVP:c1,inactive", NONE) } },
    { "video-alone", { CALL, SAYS("INVITE", 2, "video:SAVP:c1,inactive", BY_SENDER) } },
    { "audio-refused-video-held", { CALL, SAYS("INVITE", 2, "audio:SAVP0 video:SAVP:c1,inactive", BY_SENDER) } },
};
/* clang-format on */

static void test_hold(gconstpointer data)
{
    const hold_row *row = data;
    sf_stage *stage = sf_stage_new();

    for (unsigned i = 0; i < MAX_STEPS && row->steps[i].step.line; i++) {
        const sf_call_note *note = sf_stage_play(stage, &row->steps[i].step);
        if (note->hold != row->steps[i].hold) {
            g_test_message("step %u: %s", i + 1, row->steps[i].step.line);
        }
        g_assert_cmpint(note->hold, ==, row->steps[i].hold);
    }
    sf_stage_free(stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/hold", holds, test_hold);
    return g_test_run();
}
