/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers and answers of one call, as scripts: who offers, which offer an
 * answer belongs to, and what is known of the call at each message.
 */
#include "call_script.h"
#include "check.h"

enum { MAX_STEPS = 16 };

typedef struct {
    const char *name;
    sf_script_step steps[MAX_STEPS];
    sf_verdict verdict;  /**< of the call in the end */
    unsigned response;   /**< its final response */
    bool is_negotiating; /**< it still holds what negotiating takes */
} call_row;

#define OFFER SF_ROLE_OFFER
#define ANSWER SF_ROLE_ANSWER

#define KEYS "s1,c2,c3"
#define AUDIO "audio:AVP:" KEYS
#define TAG2 "audio:SAVP:c2"

/* Steps: what is said, tag of the callee, CSeq, session, link, verdict, streams; further members may follow. */
#define SAYS(l, f, n, v, ...)                                      \
    {                                                              \
        .line = l, .fork = f, .cseq = n, .verdict = v, __VA_ARGS__ \
    }
#define OFFERS(l, f, n, s, k, v, ...) SAYS(l, f, n, v, .session = s, .role = OFFER, .link = k, __VA_ARGS__)
#define ANSWERS(l, f, n, s, k, v, t, ...) \
    SAYS(l, f, n, v, .session = s, .role = ANSWER, .link = k, .streams = t, __VA_ARGS__)

/* The end of an ordinary call; `n` is the CSeq of the BYE, `v` the verdict. */
#define BYE(n, v) SAYS("BYE", "far", n, v), SAYS("200 BYE", "far", n, v)

/* One step a line, as a script. */
/* clang-format off */
static const call_row calls[] = {
    { "answered",
      { OFFERS("INVITE", NULL, 1, AUDIO, 4, 0),
        SAYS("100 INVITE", NULL, 1, 0),
        SAYS("180 INVITE", "far", 1, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        SAYS("ACK", "far", 1, 1),
        BYE(2, 1) },
      1, 200, false },
    { "two-alternatives-are-one-offer",
      { OFFERS("INVITE", NULL, 1, AUDIO "|" AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:c3", 1, 1, "1/3") },
      1, 200, true },
    { "stub-for-old-peers-refuses-nothing",
      { OFFERS("INVITE", NULL, 1, "audio:AVP0|" AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:AVP", 1, 4, "4!") },
      4, 200, true },
    { "answer-in-both-dialects",
      { OFFERS("INVITE", NULL, 1, AUDIO "|" AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:AVP|audio:SAVP:c2", 1, 1, "4! 1/2") },
      1, 200, true },
    { "offer-in-response-answer-in-ack",
      { SAYS("INVITE", NULL, 1, 0),
        OFFERS("200 INVITE", "far", 1, AUDIO, 3, 0),
        ANSWERS("ACK", "far", 1, TAG2, 2, 1, "1/2") },
      1, 200, true },
    { "offer-in-reliable-183-answer-in-prack",
      { SAYS("INVITE", NULL, 1, 0),
        OFFERS("183 INVITE", "far", 1, AUDIO, 3, 0),
        ANSWERS("PRACK", "far", 2, TAG2, 2, 1, "1/2"),
        SAYS("200 PRACK", "far", 2, 1),
        SAYS("200 INVITE", "far", 1, 1),
        SAYS("ACK", "far", 1, 1) },
      1, 200, true },
    { "offer-in-183-comes-again-in-200",
      { SAYS("INVITE", NULL, 1, 0),
        OFFERS("183 INVITE", "far", 1, AUDIO, 4, 0),
        OFFERS("200 INVITE", "far", 1, AUDIO, 4, 0),
        ANSWERS("ACK", "far", 1, TAG2, 3, 1, "1/2") },
      1, 200, true },
    { "offer-in-prack",
      { OFFERS("INVITE", NULL, 1, AUDIO, 5, 0),
        ANSWERS("183 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("PRACK", "far", 2, "audio:AVP", 4, 1),
        ANSWERS("200 PRACK", "far", 2, "audio:AVP", 3, 3, "3"),
        /* The answer of the INVITE once more: what was agreed after it stays. */
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 3, "1/2") },
      3, 200, true },
    { "update-from-the-callee",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("UPDATE", "far", 7, "audio:AVP", 4, 1, .by_callee = true),
        ANSWERS("200 UPDATE", "far", 7, "audio:AVP", 3, 3, "3", .by_callee = true) },
      3, 200, true },
    { "answer-to-update-is-none-to-an-invite-of-its-number",
      { SAYS("INVITE", NULL, 1, 0),
        ANSWERS("200 UPDATE", "far", 1, TAG2, 0, 1, "1/2"),
        OFFERS("200 INVITE", "far", 1, AUDIO, 4, 1),
        ANSWERS("ACK", "far", 1, "audio:AVP", 3, 4, "4!") },
      4, 200, true },
    { "answer-to-prack-is-none-to-an-invite-of-its-number",
      { SAYS("INVITE", NULL, 1, 0),
        ANSWERS("200 PRACK", "far", 1, TAG2, 0, 1, "1/2"),
        ANSWERS("200 INVITE", "far", 2, TAG2, 0, 1, "1/2") },
      1, 200, true },
    { "answer-to-update-is-none-to-an-offer-of-its-number",
      { OFFERS("INVITE", NULL, 1, AUDIO, 3, 0),
        ANSWERS("200 UPDATE", "far", 1, "audio:AVP", 0, 3, "3"),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2") },
      1, 200, true },
    { "update-refused-leaves-an-invite-of-its-number",
      { OFFERS("INVITE", NULL, 1, AUDIO, 4, 0),
        OFFERS("UPDATE", "far", 1, "audio:AVP", 0, 0),
        SAYS("488 UPDATE", "far", 1, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2") },
      1, 200, true },
    { "prack-refused-changes-nothing",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("183 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("PRACK", "far", 2, "audio:AVP", 0, 1),
        SAYS("488 PRACK", "far", 2, 1),
        SAYS("200 INVITE", "far", 1, 1) },
      1, 200, true },
    { "update-refused-changes-nothing",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("UPDATE", "far", 2, "audio:AVP", 0, 1),
        SAYS("488 UPDATE", "far", 2, 1) },
      1, 200, true },
    { "early-media-differs-from-answer",
      { OFFERS("INVITE", NULL, 1, AUDIO, 3, 0),
        ANSWERS("183 INVITE", "far", 1, "audio:AVP", 1, 4, "4!"),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2") },
      1, 200, true },
    { "answered-early-alone",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("183 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        SAYS("200 INVITE", "far", 1, 1) },
      1, 200, true },
    { "forks-with-two-answers",
      { OFFERS("INVITE", NULL, 1, AUDIO, 4, 0),
        ANSWERS("183 INVITE", "desk", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "mobile", 1, "audio:AVP", 1, 4, "4!"),
        ANSWERS("200 INVITE", "mobile", 1, "audio:AVP", 1, 4, "4!"),
        SAYS("180 INVITE", "desk", 1, 1) },
      4, 200, true },
    { "more-forks-than-are-kept",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("183 INVITE", "1", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "2", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "3", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "4", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "5", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "6", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "7", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "8", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("183 INVITE", "9", 1, "audio:AVP", 1, 4, "4!") },
      4, 0, true },
    { "both-forks-accept-and-one-is-ended",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "desk", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("200 INVITE", "mobile", 1, "audio:AVP", 1, 4, "4!"),
        SAYS("BYE", "desk", 2, 1),
        SAYS("200 BYE", "desk", 2, 1),
        OFFERS("UPDATE", "mobile", 3, AUDIO, 7, 4),
        ANSWERS("200 UPDATE", "mobile", 3, "audio:AVP", 6, 4, "4!") },
      4, 200, true },
    { "both-forks-accept",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "desk", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("200 INVITE", "mobile", 1, "audio:AVP", 1, 4, "4!") },
      7, 200, true },
    { "another-fork-refuses-after-the-answer",
      { OFFERS("INVITE", NULL, 1, AUDIO, 3, 0),
        SAYS("180 INVITE", "desk", 1, 0),
        ANSWERS("200 INVITE", "mobile", 1, TAG2, 1, 1, "1/2"),
        SAYS("486 INVITE", "desk", 1, 1) },
      1, 200, true },
    { "answer-of-nobody",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", NULL, 1, TAG2, 1, 1, "1/2") },
      1, 200, true },
    { "refusal-of-an-invite-that-was-not-seen",
      { SAYS("CANCEL", NULL, 1, 0),
        SAYS("488 INVITE", "far", 7, 0, .by_callee = true) },
      0, 0, false },
    { "tag-with-another-suite",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1,c2", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:h2", 1, 12, "12/2c") },
      12, 200, true },
    { "tag-with-another-suite-and-with-the-same",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c2,h2", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:h2", 1, 1, "1/2") },
      1, 200, true },
    { "tag-of-the-newer-offer",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:c1", 1, 1, "1/1"),
        OFFERS("INVITE", "far", 2, "audio:SAVP:c5", 4, 1),
        ANSWERS("200 INVITE", "far", 2, "audio:SAVP:c5", 3, 1, "1/5") },
      1, 200, true },
    { "tag-of-the-older-offer",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:c1", 1, 1, "1/1"),
        OFFERS("INVITE", "far", 2, "audio:SAVP:c5", 4, 1),
        ANSWERS("200 INVITE", "far", 2, "audio:SAVP:c1", 3, 16, "16t") },
      16, 200, true },
    { "tag-of-a-re-offer-that-was-not-seen",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:c1", 1, 1, "1/1"),
        ANSWERS("200 INVITE", "far", 2, "audio:SAVP:c5", 0, 1, "1/5") },
      1, 200, true },
    { "tags-of-crossing-offers",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:c1", 1, 1, "1/1"),
        OFFERS("UPDATE", "far", 2, "audio:SAVP:c3", 6, 1),
        OFFERS("UPDATE", "far", 2, "audio:SAVP:c4", 5, 1, .by_callee = true),
        ANSWERS("200 UPDATE", "far", 2, "audio:SAVP:c4", 4, 1, "1/4", .by_callee = true),
        ANSWERS("200 UPDATE", "far", 2, "audio:SAVP:c3", 3, 1, "1/3") },
      1, 200, true },
    { "forks-with-tags-of-their-own",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1,c2", 4, 0),
        ANSWERS("183 INVITE", "desk", 1, "audio:SAVP:c1", 1, 1, "1/1"),
        ANSWERS("183 INVITE", "mobile", 1, "audio:SAVP:c2", 1, 1, "1/2"),
        ANSWERS("200 INVITE", "mobile", 1, "audio:SAVP:c2", 1, 1, "1/2") },
      1, 200, true },
    { "fork-with-a-tag-that-was-not-offered",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c1,c2", 4, 0),
        ANSWERS("183 INVITE", "desk", 1, "audio:SAVP:c7", 1, 16, "16t"),
        ANSWERS("183 INVITE", "mobile", 1, "audio:SAVP:c2", 1, 1, "1/2"),
        ANSWERS("200 INVITE", "mobile", 1, "audio:SAVP:c2", 1, 1, "1/2") },
      1, 200, true },
    { "offer-of-the-callee-answered-with-another-tag",
      { SAYS("INVITE", NULL, 1, 0),
        OFFERS("200 INVITE", "far", 1, "audio:SAVP:c1", 3, 0),
        ANSWERS("ACK", "far", 1, "audio:SAVP:c2", 2, 16, "16t") },
      16, 200, true },
    { "stream-that-was-not-offered",
      { OFFERS("INVITE", NULL, 1, "audio:SAVP:c2", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "audio:SAVP:c2 video:SAVP:c2", 1, 7, "1/2 12x") },
      7, 200, true },
    { "one-fork-refuses",
      { OFFERS("INVITE", NULL, 1, AUDIO, 5, 0),
        SAYS("180 INVITE", "desk", 1, 0),
        SAYS("180 INVITE", "mobile", 1, 0),
        SAYS("486 INVITE", "desk", 1, 0),
        ANSWERS("200 INVITE", "mobile", 1, TAG2, 1, 1, "1/2") },
      1, 200, true },
    { "hold-and-resume",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("INVITE", "far", 2, "audio:SAVP:c2@1", 4, 1),
        ANSWERS("200 INVITE", "far", 2, "audio:SAVP:c2@2", 3, 1, "1/2"),
        OFFERS("INVITE", "far", 9, "audio:SAVP:c2@2", 6, 1, .by_callee = true),
        ANSWERS("200 INVITE", "far", 9, "audio:SAVP:c2@1", 5, 1, "1/2", .by_callee = true) },
      1, 200, true },
    { "re-invite-refused",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("INVITE", "far", 2, "audio:AVP", 0, 1),
        SAYS("488 INVITE", "far", 2, 1) },
      1, 200, true },
    { "video-added-and-removed",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        OFFERS("INVITE", "far", 2, TAG2 " video:AVP", 4, 1),
        ANSWERS("200 INVITE", "far", 2, TAG2 " video:AVP", 3, 7, "1/2 3"),
        OFFERS("INVITE", "far", 3, TAG2 " video:AVP0", 6, 7),
        ANSWERS("200 INVITE", "far", 3, TAG2 " video:AVP0", 5, 1, "1/2 6") },
      1, 200, true },
    { "retry-after-415",
      { OFFERS("INVITE", NULL, 1, AUDIO "|" AUDIO, 0, 0),
        SAYS("415 INVITE", "far", 1, 0),
        SAYS("ACK", "far", 1, 0),
        OFFERS("INVITE", NULL, 2, AUDIO, 5, 0),
        ANSWERS("200 INVITE", "far", 2, TAG2, 4, 1, "1/2") },
      1, 200, true },
    { "retry-with-a-new-tag",
      { OFFERS("INVITE", NULL, 1, AUDIO, 0, 0),
        SAYS("488 INVITE", "far", 1, 0),
        OFFERS("INVITE", NULL, 2, "audio:AVP", 4, 0, .caller_tag = "newer"),
        ANSWERS("200 INVITE", "far", 2, "audio:AVP", 3, 3, "3", .caller_tag = "newer"),
        SAYS("ACK", "far", 2, 3, .caller_tag = "newer") },
      3, 200, true },
    { "session-in-a-refusal-is-no-answer",
      { OFFERS("INVITE", NULL, 1, AUDIO, 0, 0), SAYS("488 INVITE", "far", 1, 0, .session = "audio:AVP") },
      0, 488, false },
    { "refused",
      { OFFERS("INVITE", NULL, 1, AUDIO, 0, 0), SAYS("504 INVITE", "far", 1, 0), SAYS("ACK", "far", 1, 0) },
      0, 504, false },
    { "refused-after-early-media",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("183 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        SAYS("486 INVITE", "far", 1, 1) },
      1, 486, false },
    { "canceled",
      { OFFERS("INVITE", NULL, 1, AUDIO, 0, 0),
        SAYS("180 INVITE", "far", 1, 0),
        SAYS("CANCEL", NULL, 1, 0),
        SAYS("200 CANCEL", "far", 1, 0),
        SAYS("487 INVITE", "far", 1, 0),
        SAYS("ACK", "far", 1, 0) },
      0, 487, false },
    { "retransmitted",
      { OFFERS("INVITE", NULL, 1, AUDIO, 3, 0),
        OFFERS("INVITE", NULL, 1, AUDIO, 3, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        SAYS("BYE", "far", 2, 1),
        SAYS("BYE", "far", 2, 1),
        SAYS("200 BYE", "far", 2, 1),
        SAYS("200 BYE", "far", 2, 1) },
      1, 200, false },
    { "retransmitted-after-the-refusal",
      { OFFERS("INVITE", NULL, 1, AUDIO, 0, 0),
        SAYS("404 INVITE", "far", 1, 0),
        OFFERS("INVITE", NULL, 1, AUDIO, 0, 0) },
      0, 404, false },
    { "late-answer-is-judged-alone",
      { ANSWERS("200 INVITE", "far", 1, "audio:AVP", 0, 3, "3"), SAYS("ACK", "far", 1, 3) },
      3, 200, true },
    { "late-answer-with-keys",
      { ANSWERS("200 INVITE", "far", 1, TAG2, 0, 1, "1/2") },
      1, 200, true },
    { "late-re-invite",
      { OFFERS("INVITE", "far", 5, TAG2, 2, 0),
        ANSWERS("200 INVITE", "far", 5, TAG2, 1, 1, "1/2") },
      1, 0, true },
    { "requests-alone",
      { OFFERS("INVITE", NULL, 1, AUDIO, 0, 0), SAYS("ACK", "far", 1, 0), SAYS("BYE", "far", 2, 0) },
      0, 0, true },
    { "answers-alone",
      { SAYS("180 INVITE", "far", 1, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 0, 1, "1/2"),
        SAYS("200 BYE", "far", 2, 1) },
      1, 200, true },
    { "session-in-ack-that-nobody-asked-for",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        SAYS("ACK", "far", 1, 1, .session = "audio:AVP") },
      1, 200, true },
    { "instant-messages",
      { OFFERS("INVITE", NULL, 1, "message:sip", 2, 0),
        ANSWERS("200 INVITE", "far", 1, "message:sip", 1, 6, "6"),
        SAYS("MESSAGE", "far", 2, 6) },
      6, 200, true },
    { "no-session-at-all",
      { SAYS("INVITE", NULL, 1, 0), SAYS("200 INVITE", "far", 1, 6), SAYS("ACK", "far", 1, 6) },
      6, 200, true },
    { "straggler-after-the-end",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        BYE(2, 1),
        ANSWERS("200 INVITE", "far", 1, TAG2, 0, 1, NULL) },
      1, 200, false },
    { "bye-asked-for-credentials",
      { OFFERS("INVITE", NULL, 1, AUDIO, 2, 0),
        ANSWERS("200 INVITE", "far", 1, TAG2, 1, 1, "1/2"),
        SAYS("BYE", "far", 2, 1),
        SAYS("407 BYE", "far", 2, 1),
        BYE(3, 1) },
      1, 200, false },
};
/* clang-format on */

/** The link of a note as scripts have it. */
static unsigned link_of(const sf_call_note *note)
{
    if (!note->exchange) {
        return 0;
    }
    return note->role == OFFER ? note->exchange->answer_in : note->exchange->offer_in;
}

static void check_note(const sf_script_step *step, unsigned frame, const sf_call_note *note)
{
    g_autofree char *streams = sf_stage_streams(note);

    if (note->role != (uint8_t)step->role || note->verdict != (uint8_t)step->verdict ||
        g_strcmp0(streams, step->streams) != 0) {
        g_error("frame %u (%s): role %u, verdict %u, streams %s; expected %u, %u, %s", frame, step->line, note->role,
                note->verdict, streams ? streams : "none", step->role, step->verdict,
                step->streams ? step->streams : "none");
    }
    bool is_alone = note->role == ANSWER && streams && step->link == 0;
    g_assert_cmpint(note->lacks_offer, ==, is_alone);
}

static void test_call(gconstpointer data)
{
    const call_row *row = data;
    sf_stage *stage = sf_stage_new();
    const sf_call_note *notes[MAX_STEPS];
    unsigned count = 0;

    for (; count < MAX_STEPS && row->steps[count].line; count++) {
        notes[count] = sf_stage_play(stage, &row->steps[count]);
        check_note(&row->steps[count], count + 1, notes[count]);
        g_assert_true(notes[count]->call == notes[0]->call);
    }
    for (unsigned i = 0; i < count; i++) {
        if (link_of(notes[i]) != row->steps[i].link) {
            g_error("frame %u: link to %u, not %u", i + 1, link_of(notes[i]), row->steps[i].link);
        }
    }
    const sf_call *call = notes[0]->call;
    g_assert_cmpuint(call->agreed.verdict, ==, row->verdict);
    g_assert_cmpuint(call->final_response, ==, row->response);
    g_assert_cmpint(call->negotiation != NULL, ==, row->is_negotiating);
    sf_stage_free(stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/call", calls, test_call);
    return g_test_run();
}
