/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How calls go, as known at each of their messages.
 */
#include "call_script.h"
#include "check.h"

#include "call/outcome.h"

enum { MAX_STEPS = 8 };

typedef struct {
    const char *name;
    sf_script_step steps[MAX_STEPS];
    const char *outcomes; /* a figure for each step */
} outcome_row;

#define SAYS(l, f, n, ...)                           \
    {                                                \
        .line = l, .fork = f, .cseq = n, __VA_ARGS__ \
    }
#define CODE(headers_) .headers = "ms-client-diagnostics: " headers_ "\r\n"
#define TEAMS(cause, phrase) \
    .headers = "Reason: Q.850;cause=" cause ";text=\"11111111-2222-4333-8444-555555555555;" phrase "\"\r\n"
#define INVITE SAYS("INVITE", NULL, 1)
#define OK SAYS("200 INVITE", "far", 1)

static const outcome_row outcomes[] = {
    { "answered",
      { INVITE, SAYS("180 INVITE", "far", 1), OK, SAYS("BYE", "far", 2), SAYS("200 BYE", "far", 2) },
      "00111" },
    { "answer-and-cancel-cross", { INVITE, SAYS("CANCEL", NULL, 1), OK, SAYS("487 INVITE", "far", 1) }, "0311" },
    { "refused", { INVITE, SAYS("486 INVITE", "far", 1), SAYS("ACK", "far", 1) }, "022" },
    { "canceled",
      { INVITE, SAYS("CANCEL", NULL, 1), SAYS("200 CANCEL", "far", 1), SAYS("487 INVITE", "far", 1) },
      "0333" },
    { "canceled-unseen", { INVITE, SAYS("487 INVITE", "far", 1) }, "03" },
    { "re-invite-canceled",
      { INVITE, OK, SAYS("INVITE", "far", 2), SAYS("CANCEL", "far", 2), SAYS("487 INVITE", "far", 2) },
      "01111" },
    { "timeout", { INVITE, SAYS("408 INVITE", "far", 1) }, "05" },
    { "rang-in-vain", { INVITE, SAYS("180 INVITE", "far", 1), SAYS("480 INVITE", "far", 1) }, "005" },
    { "rang-and-declined",
      { INVITE, SAYS("180 INVITE", "far", 1), SAYS("480 INVITE", "far", 1, CODE("51004;reason=\"Declined\"")) },
      "002" },
    { "not-there", { INVITE, SAYS("480 INVITE", "far", 1) }, "02" },
    { "redirected", { INVITE, SAYS("302 INVITE", "far", 1) }, "07" },
    { "challenged",
      { INVITE, SAYS("407 INVITE", NULL, 1), SAYS("INVITE", NULL, 2), SAYS("200 INVITE", "far", 2) },
      "0001" },
    { "tried-again",
      { INVITE, SAYS("488 INVITE", "far", 1), SAYS("INVITE", NULL, 2), SAYS("603 INVITE", "far", 2) },
      "0202" },
    { "no-media-path",
      { INVITE, OK, SAYS("BYE", "far", 2, CODE("23;reason=\"x\"")), SAYS("200 BYE", "far", 2) },
      "0144" },
    { "no-media-path-says-the-other-side",
      { INVITE, OK, SAYS("BYE", "far", 2), SAYS("200 BYE", "far", 2, CODE("22")) },
      "0114" },
    { "no-media-path-before-the-answer", { INVITE, SAYS("CANCEL", NULL, 1, CODE("24")) }, "04" },
    { "no-media-path-tried-again",
      { INVITE, SAYS("500 INVITE", "far", 1, CODE("21")), SAYS("INVITE", NULL, 2), SAYS("200 INVITE", "far", 2) },
      "0401" },
    { "media-lost", { INVITE, OK, SAYS("BYE", "far", 2, CODE("32;reason=\"Mid-call Media failure\"")) }, "014" },
    { "media-lost-says-the-number-alone", { INVITE, OK, SAYS("BYE", "far", 2, CODE("32;reason=\"x\"")) }, "011" },
    { "code-next-to-media", { INVITE, OK, SAYS("BYE", "far", 2, CODE("28;reason=\"media\"")) }, "011" },
    { "media-code-of-an-earlier-call", { SAYS("INVITE", NULL, 1, CODE("22")), OK }, "01" },
    { "failed-later", { INVITE, OK, SAYS("BYE", "far", 2, CODE("52063")) }, "018" },
    { "failed-later-says-teams", { INVITE, OK, SAYS("BYE", "far", 2, TEAMS("41", "560503")) }, "018" },
    { "ice-failed-says-teams", { INVITE, OK, SAYS("BYE", "far", 2, TEAMS("31", "531004")) }, "014" },
    { "refused-by-teams", { INVITE, SAYS("403 INVITE", "far", 1, TEAMS("21", "510560")) }, "02" },
    { "rang-in-vain-says-teams",
      { INVITE, SAYS("180 INVITE", "far", 1), SAYS("480 INVITE", "far", 1, TEAMS("19", "NoAnswer")) },
      "005" },
    { "rang-and-refused-by-teams",
      { INVITE, SAYS("180 INVITE", "far", 1), SAYS("480 INVITE", "far", 1, TEAMS("21", "Comet")) },
      "002" },
    { "hung-up-in-teams",
      { INVITE, OK, SAYS("BYE", "far", 2, TEAMS("16", "CallEndReasonLocalUserInitiated")) },
      "011" },
    { "hung-up", { INVITE, OK, SAYS("BYE", "far", 2, CODE("51004")) }, "011" },
    { "re-invite-refused",
      { INVITE, OK, SAYS("INVITE", "far", 2), SAYS("488 INVITE", "far", 2, CODE("52063")) },
      "0111" },
    { "re-invite-refused-for-its-media",
      { INVITE, OK, SAYS("INVITE", "far", 2), SAYS("488 INVITE", "far", 2, CODE("22")) },
      "0111" },
    { "re-invite-refused-of-a-call-that-began-earlier",
      { SAYS("INVITE", "far", 2), SAYS("488 INVITE", "far", 2, CODE("22")), SAYS("BYE", "far", 3) },
      "000" },
    { "re-invite-canceled-for-its-media",
      { INVITE, OK, SAYS("INVITE", "far", 2), SAYS("CANCEL", "far", 2, CODE("24")), SAYS("487 INVITE", "far", 2) },
      "01111" },
    { "update-refused-for-its-media",
      { INVITE, SAYS("180 INVITE", "far", 1), SAYS("UPDATE", "far", 2), SAYS("488 UPDATE", "far", 2, CODE("22")), OK },
      "00001" },
    { "transfer-refused", { INVITE, OK, SAYS("REFER", "far", 2), SAYS("405 REFER", "far", 2) }, "0119" },
    { "transfer-accepted", { INVITE, OK, SAYS("REFER", "far", 2), SAYS("202 REFER", "far", 2) }, "0111" },
    { "transfer-challenged", { INVITE, OK, SAYS("REFER", "far", 2), SAYS("407 REFER", "far", 2) }, "0111" },
    { "transfer-refused-and-ended",
      { INVITE, OK, SAYS("603 REFER", "far", 2), SAYS("BYE", "far", 3, CODE("51004")), SAYS("200 BYE", "far", 3) },
      "01999" },
    { "transfer-refused-and-failed-later",
      { INVITE, OK, SAYS("603 REFER", "far", 2), SAYS("BYE", "far", 3, CODE("52063")) },
      "0198" },
    { "transfer-refused-before-an-answer", { INVITE, SAYS("603 REFER", "far", 2) }, "00" },
    { "begins-late", { SAYS("BYE", "far", 2), SAYS("200 BYE", "far", 2) }, "00" },
};

/** Plays all steps before it looks: a later message changes no note of an earlier one. */
static void test_outcome(gconstpointer data)
{
    const outcome_row *row = data;
    const sf_call_note *notes[MAX_STEPS];
    sf_stage *stage = sf_stage_new();
    size_t count = strlen(row->outcomes);

    for (size_t i = 0; i < count; i++) {
        notes[i] = sf_stage_play(stage, &row->steps[i]);
    }
    g_assert_null(count < MAX_STEPS ? row->steps[count].line : NULL);
    for (size_t i = 0; i < count; i++) {
        g_assert_cmpint(notes[i]->outcome, ==, g_ascii_digit_value(row->outcomes[i]));
    }
    g_assert_cmpint(sf_outcome_of(notes[0]->call), ==, notes[count - 1]->outcome);
    sf_stage_free(stage);
}

/** Response and duration are known from their message on. */
static void test_figures(void)
{
    static const sf_script_step steps[] = {
        INVITE, SAYS("180 INVITE", "far", 1), OK, SAYS("BYE", "far", 2), SAYS("200 BYE", "far", 2),
    };
    static const uint16_t responses[] = { 0, 0, 200, 200, 200 };
    static const bool has_duration[] = { false, false, false, true, true };
    sf_stage *stage = sf_stage_new();

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        const sf_call_note *note = sf_stage_play(stage, &steps[i]);
        g_assert_cmpuint(note->final_response, ==, responses[i]);
        g_assert_cmpint(note->has_duration, ==, has_duration[i]);
        g_assert_cmpint(sf_call_duration(note->call), ==, has_duration[i] ? 1000000 : 0);
    }
    sf_stage_free(stage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/outcome", outcomes, test_outcome);
    g_test_add_func("/outcome-figures", test_figures);
    return g_test_run();
}
