/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reason headers of Teams and of gateways.
 */
#include "check.h"
#include "engine/sip/reason.h"

#define GUID "11111111-2222-4333-8444-555555555555"

typedef struct {
    const char *name;
    const char *element;
    const char *protocol;
    const char *cause;
    const char *words; /**< of the cause */
    const char *phrase;
    const char *code;
    const char *meaning; /**< what it has to contain */
    sf_side side;
    const char *problem;
} reason_row;

static const reason_row reasons[] = {
    { "teams-bye", "Q.850;cause=16;text=\"" GUID ";CallEndReasonLocalUserInitiated\"", "Q.850", "16",
      "normal call clearing", "CallEndReasonLocalUserInitiated", NULL, "Teams user ended", SF_SIDE_MICROSOFT, NULL },
    { "teams-488", "q.850 ; cause=88 ; text=\"" GUID "; Remote participant did not offer required SRTP support\"",
      "q.850", "88", "incompatible destination", "Remote participant did not offer required SRTP support", NULL,
      "no SRTP", SF_SIDE_MICROSOFT, NULL },
    { "code-of-the-controller", "Q.850;cause=41;text=\"" GUID ";Failed, 560503\"", "Q.850", "41", "temporary failure",
      "Failed, 560503", "560503", "overloaded", SF_SIDE_SBC, NULL },
    { "other-answer-of-the-controller", "Q.850;cause=31;text=\"" GUID ";560481\"", "Q.850", "31", "normal, unspecified",
      "560481", "560481", "last three digits", SF_SIDE_SBC, NULL },
    { "code-of-microsoft", "Q.850;cause=21;text=\"" GUID ";510560 not enabled\"", "Q.850", "21", "call rejected",
      "510560 not enabled", "510560", "not enabled for telephone calls", SF_SIDE_MICROSOFT, NULL },
    { "number-that-is-no-code", "Q.850;cause=21;text=\"" GUID ";123456\"", "Q.850", "21", "call rejected", "123456",
      NULL, NULL, SF_SIDE_MICROSOFT, NULL },
    { "undocumented-code", "Q.850;cause=21;text=\"" GUID ";510403\"", "Q.850", "21", "call rejected", "510403",
      "510403", "does not document", SF_SIDE_MICROSOFT, NULL },
    { "undocumented-code-and-words", "Q.850;cause=21;text=\"" GUID ";599999, odd\"", "Q.850", "21", "call rejected",
      "599999, odd", "599999", "does not document", SF_SIDE_MICROSOFT, NULL },
    { "documented-code-after-another", "Q.850;cause=21;text=\"" GUID ";510403 510560\"", "Q.850", "21", "call rejected",
      "510403 510560", "510560", "not enabled for telephone calls", SF_SIDE_MICROSOFT, NULL },
    { "number-of-seven-digits", "Q.850;cause=21;text=\"" GUID ";5104031\"", "Q.850", "21", "call rejected", "5104031",
      NULL, NULL, SF_SIDE_MICROSOFT, NULL },
    { "number-beyond-the-codes", "Q.850;cause=21;text=\"" GUID ";600000\"", "Q.850", "21", "call rejected", "600000",
      NULL, NULL, SF_SIDE_MICROSOFT, NULL },
    { "number-with-letters", "Q.850;cause=21;text=\"" GUID ";510403x\"", "Q.850", "21", "call rejected", "510403x",
      NULL, NULL, SF_SIDE_MICROSOFT, NULL },
    { "phrase-not-known", "Q.850;cause=16;text=\"" GUID ";Comet\"", "Q.850", "16", "normal call clearing", "Comet",
      NULL, NULL, SF_SIDE_MICROSOFT, NULL },
    { "gateway", "Q.850;cause=34", "Q.850", "34", "no circuit or channel available", NULL, NULL, NULL, SF_SIDE_UNKNOWN,
      NULL },
    { "sip", "SIP ;cause=200 ;text=\"Call completed elsewhere\"", "SIP", "200", NULL, NULL, NULL, NULL, SF_SIDE_UNKNOWN,
      NULL },
    { "cause-without-a-name", "Q.850;cause=128", "Q.850", "128", NULL, NULL, NULL, NULL, SF_SIDE_UNKNOWN, NULL },
    { "cause-that-is-none", "Q.850;cause=x", "Q.850", NULL, NULL, NULL, NULL, NULL, SF_SIDE_UNKNOWN,
      "The cause of the reason" },
    { "protocol-alone", "Q.850", "Q.850", NULL, NULL, NULL, NULL, NULL, SF_SIDE_UNKNOWN, NULL },
    { "guid-alone", "Q.850;text=\"" GUID "\"", "Q.850", NULL, NULL, "", NULL, NULL, SF_SIDE_MICROSOFT, NULL },
};

static void test_reason(gconstpointer data)
{
    const reason_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->element));
    sf_problems problems;
    sf_reason reason;

    sf_problems_clear(&problems);
    sf_reason_read(input.text, &problems, &reason);
    SF_CHECK_PROBLEM(&problems, row->problem);
    SF_CHECK_SLICE(reason.protocol, row->protocol);
    SF_CHECK_SLICE(reason.cause.text, row->cause);
    SF_CHECK_SLICE(reason.phrase, row->phrase);
    SF_CHECK_SLICE(reason.code.text, row->code);
    g_assert_cmpstr(sf_reason_cause_in_words(&reason), ==, row->words);
    const char *meaning = sf_reason_meaning(&reason);
    g_assert_true((meaning != NULL) == (row->meaning != NULL));
    g_assert_true(!meaning || strstr(meaning, row->meaning));
    g_assert_cmpint(sf_reason_side(&reason), ==, row->side);
    if (row->phrase) {
        SF_CHECK_GUID(reason.guid, GUID);
    }
}

/* Whether a call failed, and how much the reason says about it. */
static void test_weight(void)
{
    static const struct {
        const char *element;
        sf_occasion occasion;
        sf_severity severity;
        sf_rank rank;
    } rows[] = {
        { "Q.850;cause=21;text=\"" GUID ";510560\"", SF_IN_REFUSAL, SF_SEVERITY_FAILURE, SF_RANK_CAUSE },
        { "Q.850;cause=41;text=\"" GUID ";560503\"", SF_IN_REQUEST, SF_SEVERITY_FAILURE, SF_RANK_CAUSE },
        { "Q.850;cause=41;text=\"" GUID ";560503\"", SF_IN_INVITE, SF_SEVERITY_INFORMATION, SF_RANK_NO_FAILURE },
        { "Q.850;cause=17;text=\"" GUID ";560486\"", SF_IN_REFUSAL, SF_SEVERITY_NOTE, SF_RANK_NO_FAILURE },
        { "Q.850;cause=88;text=\"" GUID ";Remote participant did not offer required SRTP support\"", SF_IN_REFUSAL,
          SF_SEVERITY_NOTE, SF_RANK_CAUSE },
        { "Q.850;cause=21;text=\"" GUID ";510403\"", SF_IN_REFUSAL, SF_SEVERITY_NOTE, SF_RANK_UNKNOWN },
        { "Q.850;cause=16;text=\"" GUID ";510403\"", SF_IN_REQUEST, SF_SEVERITY_INFORMATION, SF_RANK_NO_FAILURE },
        { "Q.850;cause=88;text=\"" GUID ";Comet\"", SF_IN_REFUSAL, SF_SEVERITY_NOTE, SF_RANK_UNKNOWN },
        { "Q.850;cause=16;text=\"" GUID ";CallEndReasonLocalUserInitiated\"", SF_IN_REQUEST, SF_SEVERITY_INFORMATION,
          SF_RANK_NO_FAILURE },
        { "Q.850;cause=88;text=\"" GUID ";inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", SF_IN_REFUSAL,
          SF_SEVERITY_NOTE, SF_RANK_NOTHING },
        { "Q.850;cause=88", SF_IN_REFUSAL, SF_SEVERITY_NOTE, SF_RANK_NOTHING },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        sf_problems problems;
        sf_reason reasons[2];
        sf_problems_clear(&problems);
        sf_reason_read(sf_text("Q.850;cause=1"), &problems, &reasons[0]);
        sf_reason_read(sf_text(rows[i].element), &problems, &reasons[1]);
        g_test_message("%s", rows[i].element);
        g_assert_cmpint(sf_reason_severity(&reasons[1], rows[i].occasion), ==, rows[i].severity);
        g_assert_cmpint(sf_reason_rank(&reasons[1], rows[i].occasion), ==, rows[i].rank);
        const sf_reason *expected = rows[i].rank == SF_RANK_NOTHING ? NULL : &reasons[1];
        g_assert_true(sf_reason_most_telling(reasons, 2, rows[i].occasion) == expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/reason/read", reasons, test_reason);
    g_test_add_func("/reason/weight", test_weight);
    return g_test_run();
}
