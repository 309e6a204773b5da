/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which calls make one conversation, and by what evidence.
 */
#include "call_script.h"
#include "check.h"

#include "call/conversations.h"
#include "call/outcome.h"

enum { MAX_STEPS = 12 };

typedef struct {
    const char *name;
    sf_script_step steps[MAX_STEPS];
    const char *numbers;   /* of the conversation at each step */
    unsigned evidence;     /* of the last step's conversation, at the end */
    const char *came_from; /* number of the call that each step's call came from, 0 for none */
} conversation_row;

#define SAYS(l, f, n, ...)                           \
    {                                                \
        .line = l, .fork = f, .cseq = n, __VA_ARGS__ \
    }
#define TWO .call_id = "two", .parties = "clara@example.org ben@example.org", .caller_tag = "second"
#define THREE .call_id = "three", .parties = "dora@example.org emil@example.org", .caller_tag = "third"
#define FOUR .call_id = "four", .parties = "gustav@example.org emil@example.org", .caller_tag = "fourth"
#define UUID_A "ab30317f1a784dc48ff824d0d3715d86"
#define UUID_B "47755a9de7794ba387653f2099600ef2"
#define UUID_C "0123456789abcdef0123456789abcdef"
#define NIL "00000000000000000000000000000000"
#define FILLER "ffffffffffffffffffffffffffffffff"
#define SESSION(value) .headers = "Session-ID: " value "\r\n"
#define CONTACT(parameters) .headers = "Contact: <sip:api-du-a-euwe.pstnhub.microsoft.com:443;" parameters ">\r\n"
#define TOPIC(value) .headers = "Ms-Conversation-ID: " value "\r\n"
#define REFER_TO(uri) "Refer-To: <" uri ">\r\n"
#define REFERRED_BY(uri) "Referred-By: <" uri ">\r\n"
#define BOSS "sip:boss@example.com"
#define BY_BOSS .headers = REFERRED_BY(BOSS)
#define TO_PEER_BY_BOSS .headers = REFER_TO("sip:peer@example.com") REFERRED_BY(BOSS)
#define TRANSFER SAYS("REFER", "far", 2, TO_PEER_BY_BOSS)
#define TOPIC_A "AdHt8Vn6vbAfs4NnTnqWy3aZ1oQ8Xw=="

static const conversation_row conversations[] = {
    { "calls-of-nothing-in-common", { SAYS("INVITE", NULL, 1), SAYS("INVITE", NULL, 1, TWO) }, "12", 0, "00" },
    { "same-call-id-of-the-same-caller",
      { SAYS("INVITE", NULL, 1),
        SAYS("INVITE", NULL, 1, .parties = "anna@example.com clara@example.org", .caller_tag = "second") },
      "11",
      SF_JOINED_BY_CALL_ID,
      "00" },
    { "same-call-id-of-the-same-tag",
      { SAYS("INVITE", NULL, 1), SAYS("INVITE", NULL, 1, .parties = "+12065550100@example.net clara@example.org") },
      "11",
      SF_JOINED_BY_CALL_ID,
      "00" },
    { "same-call-id-of-the-same-caller-of-an-older-call",
      { SAYS("INVITE", NULL, 1),
        SAYS("INVITE", NULL, 1, .parties = "dora@example.org emil@example.org", .caller_tag = "third"),
        SAYS("INVITE", NULL, 1, .parties = "anna@example.com clara@example.org", .caller_tag = "second") },
      "121",
      SF_JOINED_BY_CALL_ID,
      "000" },
    { "same-call-id-of-the-same-callee",
      { SAYS("INVITE", NULL, 1),
        SAYS("INVITE", NULL, 1, .parties = "clara@example.org ben@example.org", .caller_tag = "second") },
      "12",
      0,
      "00" },
    { "same-call-id-of-others",
      { SAYS("INVITE", NULL, 1),
        SAYS("INVITE", NULL, 1, .parties = "clara@example.org dora@example.org", .caller_tag = "second") },
      "12",
      0,
      "00" },
    { "same-call-id-after-the-end",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), SAYS("BYE", "far", 2), SAYS("200 BYE", "far", 2),
        SAYS("INVITE", NULL, 1, .parties = "anna@example.com clara@example.org", .caller_tag = "second") },
      "11112",
      0,
      "00000" },
    { "session-id",
      { SAYS("INVITE", NULL, 1, SESSION(UUID_A ";remote=" NIL)),
        SAYS("INVITE", NULL, 1, TWO, SESSION(UUID_A ";remote=" NIL)) },
      "11",
      SF_JOINED_BY_SESSION_ID,
      "00" },
    { "session-id-in-capitals",
      { SAYS("INVITE", NULL, 1, SESSION("AB30317F1A784DC48FF824D0D3715D86")),
        SAYS("INVITE", NULL, 1, TWO, SESSION(UUID_A)) },
      "11",
      SF_JOINED_BY_SESSION_ID,
      "00" },
    { "session-id-of-the-other-end",
      { SAYS("INVITE", NULL, 1, SESSION(UUID_A ";remote=" NIL)),
        SAYS("200 INVITE", "far", 1, SESSION(UUID_B ";remote=" UUID_A)),
        SAYS("INVITE", NULL, 1, TWO, SESSION(UUID_C ";remote=" UUID_B)) },
      "111",
      SF_JOINED_BY_SESSION_ID,
      "000" },
    { "nil-session-ids",
      { SAYS("INVITE", NULL, 1, SESSION(NIL ";remote=" NIL)), SAYS("INVITE", NULL, 1, TWO, SESSION(NIL)) },
      "12",
      0,
      "00" },
    { "session-ids-of-one-letter",
      { SAYS("INVITE", NULL, 1, SESSION(FILLER ";remote=" NIL)),
        SAYS("INVITE", NULL, 1, TWO, SESSION(FILLER ";remote=" NIL)) },
      "12",
      0,
      "00" },
    { "session-ids-that-are-none",
      { SAYS("INVITE", NULL, 1, SESSION("12345")), SAYS("INVITE", NULL, 1, TWO, SESSION("12345")) },
      "12",
      0,
      "00" },
    { "teams-call",
      { SAYS("INVITE", NULL, 1, CONTACT("x-c=207f5c1d8a3e/d/8/1")),
        SAYS("INVITE", NULL, 1, TWO, CONTACT("x-c=207f5c1d8a3e/d/8/2")) },
      "11",
      SF_JOINED_BY_TEAMS_CALL,
      "00" },
    { "teams-call-is-the-other-call-id",
      { SAYS("INVITE", NULL, 1, .call_id = "207f5c1d8a3e"),
        SAYS("INVITE", NULL, 1, TWO, CONTACT("x-c=207f5c1d8a3e/d/8/2")) },
      "11",
      SF_JOINED_BY_TEAMS_CALL,
      "00" },
    { "call-id-is-the-other-teams-call",
      { SAYS("INVITE", NULL, 1, TWO, CONTACT("x-c=207f5c1d8a3e/d/8/2")),
        SAYS("INVITE", NULL, 1, .call_id = "207f5c1d8a3e") },
      "11",
      SF_JOINED_BY_TEAMS_CALL,
      "00" },
    { "short-word-is-no-call-of-teams",
      { SAYS("INVITE", NULL, 1, CONTACT("x-c=207f5c1/d/8/1")),
        SAYS("INVITE", NULL, 1, TWO, CONTACT("x-c=207f5c1/d/8/2")) },
      "12",
      0,
      "00" },
    { "zeros-are-no-call-of-teams",
      { SAYS("INVITE", NULL, 1, CONTACT("x-c=00000000000000000000000000000000/d/8/1")),
        SAYS("INVITE", NULL, 1, TWO, CONTACT("x-c=00000000000000000000000000000000/d/8/2")) },
      "12",
      0,
      "00" },
    { "teams-path-is-no-call",
      { SAYS("INVITE", NULL, 1, CONTACT("x-c=/v1/ngc/options/1")),
        SAYS("INVITE", NULL, 1, TWO, CONTACT("x-c=/v1/ngc/options/1")) },
      "12",
      0,
      "00" },
    { "x-c-of-others",
      { SAYS("INVITE", NULL, 1, .headers = "Contact: <sip:example.com;x-c=1>\r\n"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Contact: <sip:example.com;x-c=1>\r\n") },
      "12",
      0,
      "00" },
    { "conversation-id",
      { SAYS("INVITE", NULL, 1, TOPIC(TOPIC_A)), SAYS("INVITE", NULL, 1, TWO, TOPIC(TOPIC_A)) },
      "11",
      SF_JOINED_BY_CONVERSATION_ID,
      "00" },
    { "words-for-a-conversation-id",
      { SAYS("INVITE", NULL, 1, TOPIC("call")), SAYS("INVITE", NULL, 1, TWO, TOPIC("call")) },
      "12",
      0,
      "00" },
    { "zeros-for-a-conversation-id",
      { SAYS("INVITE", NULL, 1, TOPIC("0000000000000000000000")),
        SAYS("INVITE", NULL, 1, TWO, TOPIC("0000000000000000000000")) },
      "12",
      0,
      "00" },
    { "conversation-id-of-zeros-in-base64",
      { SAYS("INVITE", NULL, 1, TOPIC("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")),
        SAYS("INVITE", NULL, 1, TWO, TOPIC("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")) },
      "12",
      0,
      "00" },
    { "conversation-id-of-ones-in-base64",
      { SAYS("INVITE", NULL, 1, TOPIC("/////////////////////////////w==")),
        SAYS("INVITE", NULL, 1, TWO, TOPIC("/////////////////////////////w==")) },
      "12",
      0,
      "00" },
    { "guid-of-zeros-for-a-conversation-id",
      { SAYS("INVITE", NULL, 1, TOPIC("00000000-0000-0000-0000-000000000000")),
        SAYS("INVITE", NULL, 1, TWO, TOPIC("00000000-0000-0000-0000-000000000000")) },
      "12",
      0,
      "00" },
    { "replaces",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=far;from-tag=near\r\n") },
      "111",
      SF_JOINED_BY_REPLACES,
      "001" },
    { "replaces-by-the-callee",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=near;from-tag=far\r\n") },
      "111",
      SF_JOINED_BY_REPLACES,
      "001" },
    { "replaces-another-dialog",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=other;from-tag=another\r\n") },
      "112",
      0,
      "000" },
    { "replaces-with-the-tag-of-the-caller-alone",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=other;from-tag=near\r\n") },
      "112",
      0,
      "000" },
    { "replaces-with-the-tag-of-the-callee-alone",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=far;from-tag=other\r\n") },
      "112",
      0,
      "000" },
    { "replaces-with-one-tag-twice",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=near;from-tag=near\r\n") },
      "112",
      0,
      "000" },
    { "replaces-without-tags",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host\r\n") },
      "112",
      0,
      "000" },
    { "replaces-the-second-of-two-who-answered",
      { SAYS("INVITE", NULL, 1, .call_id = "one@host"), SAYS("200 INVITE", "far", 1, .call_id = "one@host"),
        SAYS("200 INVITE", "away", 1, .call_id = "one@host"),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one@host;to-tag=away;from-tag=near\r\n") },
      "1111",
      SF_JOINED_BY_REPLACES,
      "0001" },
    { "replaces-a-call-that-nobody-has-answered",
      { SAYS("INVITE", NULL, 1), SAYS("180 INVITE", "far", 1),
        SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: one;to-tag=far;from-tag=near\r\n") },
      "111",
      SF_JOINED_BY_REPLACES,
      "001" },
    { "replaces-a-call-that-was-not-seen",
      { SAYS("INVITE", NULL, 1), SAYS("INVITE", NULL, 1, TWO, .headers = "Replaces: gone;to-tag=a;from-tag=b\r\n") },
      "12",
      0,
      "00" },
    { "blind-transfer",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1),
        SAYS("REFER", "far", 2, .headers = REFER_TO("sip:peer@example.com") REFERRED_BY(BOSS)),
        SAYS("INVITE", NULL, 1, THREE, .headers = REFERRED_BY(BOSS)) },
      "1111",
      SF_JOINED_BY_REFERRED_BY,
      "0001" },
    { "referred-by-to-another-target",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1),
        SAYS("REFER", "far", 2, .headers = REFER_TO("sip:fritz@example.org") REFERRED_BY(BOSS)),
        SAYS("INVITE", NULL, 1, THREE, .headers = REFERRED_BY(BOSS)) },
      "1112",
      0,
      "0000" },
    { "same-transfer-of-another-call",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER, SAYS("INVITE", NULL, 1, THREE, BY_BOSS),
        SAYS("200 INVITE", "far", 1, THREE, BY_BOSS), SAYS("INVITE", NULL, 1, TWO), SAYS("200 INVITE", "far", 1, TWO),
        SAYS("REFER", "far", 2, TWO, TO_PEER_BY_BOSS), SAYS("INVITE", NULL, 1, FOUR, BY_BOSS) },
      "111112222",
      SF_JOINED_BY_REFERRED_BY,
      "000110003" },
    { "transfer-that-was-made",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER, SAYS("INVITE", NULL, 1, THREE, BY_BOSS),
        SAYS("200 INVITE", "far", 1, THREE), SAYS("INVITE", NULL, 1, FOUR, BY_BOSS) },
      "111112",
      0,
      "000110" },
    { "refer-sent-again",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER, SAYS("INVITE", NULL, 1, THREE, BY_BOSS),
        SAYS("200 INVITE", "far", 1, THREE), TRANSFER, SAYS("INVITE", NULL, 1, FOUR, BY_BOSS) },
      "1111112",
      0,
      "0001100" },
    { "transfer-asked-for-again",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER, SAYS("INVITE", NULL, 1, THREE, BY_BOSS),
        SAYS("200 INVITE", "far", 1, THREE), SAYS("REFER", "far", 3, TO_PEER_BY_BOSS),
        SAYS("INVITE", NULL, 1, FOUR, BY_BOSS) },
      "1111111",
      SF_JOINED_BY_REFERRED_BY,
      "0001101" },
    { "two-legs-of-a-transfer",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER, SAYS("INVITE", NULL, 1, THREE, BY_BOSS),
        SAYS("INVITE", NULL, 1, FOUR, BY_BOSS), SAYS("200 INVITE", "far", 1, FOUR),
        SAYS("INVITE", NULL, 2, THREE, BY_BOSS) },
      "1111111",
      SF_JOINED_BY_REFERRED_BY,
      "0001111" },
    { "refer-to-nobody",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), SAYS("REFER", "far", 2, BY_BOSS),
        SAYS("INVITE", NULL, 1, THREE, BY_BOSS) },
      "1112",
      0,
      "0000" },
    { "transfer-just-in-time",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER,
        SAYS("INVITE", NULL, 1, THREE, BY_BOSS, .later = 179) },
      "1111",
      SF_JOINED_BY_REFERRED_BY,
      "0001" },
    { "transfer-of-long-ago",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1), TRANSFER,
        SAYS("INVITE", NULL, 1, THREE, BY_BOSS, .later = 4 * 3600) },
      "1112",
      0,
      "0000" },
    { "target-without-referred-by",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1),
        SAYS("REFER", "far", 2, .headers = REFER_TO("sip:peer@example.com")), SAYS("INVITE", NULL, 1, THREE) },
      "1112",
      0,
      "0000" },
    { "transfer-id-of-teams",
      { SAYS("INVITE", NULL, 1), SAYS("200 INVITE", "far", 1),
        SAYS("REFER", "far", 2,
             .headers = REFER_TO("sip:sip.pstnhub.microsoft.com:5061;x-m=8:orgid:1")
                 REFERRED_BY("sip:sip.pstnhub.microsoft.com:5061;x-m=8:orgid:2;x-ti=7b1f")),
        SAYS("INVITE", NULL, 1, THREE,
             .headers = REFERRED_BY("sip:sip.pstnhub.microsoft.com:5061;x-ti=7B1F;x-m=8:orgid:2")) },
      "1111",
      SF_JOINED_BY_REFERRED_BY,
      "0001" },
    { "consultative-transfer",
      { SAYS("INVITE", NULL, 1, .call_id = "one"), SAYS("200 INVITE", "far", 1, .call_id = "one"),
        SAYS("INVITE", NULL, 1, TWO), SAYS("200 INVITE", "away", 1, TWO),
        SAYS("REFER", "far", 2, .call_id = "one",
             .headers = REFER_TO("sip:ben@example.org?Replaces=two%3Bto-tag%3Daway%3Bfrom-tag%3Dsecond")),
        SAYS("INVITE", NULL, 1, THREE, .headers = "Replaces: two;to-tag=away;from-tag=second\r\n"),
        SAYS("BYE", "away", 2, TWO) },
      "1122111",
      SF_JOINED_BY_REPLACES,
      "0000020" },
    { "conversations-that-a-third-call-joins",
      { SAYS("INVITE", NULL, 1, SESSION(UUID_A)), SAYS("INVITE", NULL, 1, TWO, SESSION(UUID_B)),
        SAYS("INVITE", NULL, 1, THREE, SESSION(UUID_B ";remote=" UUID_A)), SAYS("INVITE", NULL, 1, .call_id = "four") },
      "1213",
      0,
      "0000" },
};

static void test_conversation(gconstpointer data)
{
    const conversation_row *row = data;
    sf_stage *stage = sf_stage_new();
    const sf_call_note *notes[MAX_STEPS];
    unsigned count = 0;

    for (; row->numbers[count]; count++) {
        notes[count] = sf_stage_play(stage, &row->steps[count]);
    }
    for (unsigned i = 0; i < count; i++) { /* what a note says does not change */
        g_assert_nonnull(notes[i]->call);
        g_assert_cmpuint(notes[i]->conversation, ==, (unsigned)g_ascii_digit_value(row->numbers[i]));
        g_assert_cmpuint(notes[i]->came_from, ==, (unsigned)g_ascii_digit_value(row->came_from[i]));
    }
    g_assert_cmpuint(sf_conversation_evidence(notes[count - 1]->call), ==, row->evidence);
    g_assert_cmpuint(notes[count - 1]->evidence, ==, row->evidence);
    g_assert_cmpuint(sf_conversation_of(notes[count - 1]->call), ==, notes[count - 1]->conversation);
    sf_stage_free(stage);
}

/** The call that was joined later has the older number in the end, though its first notes have another. */
static void test_final_number(void)
{
    sf_stage *stage = sf_stage_new();
    const conversation_row *row = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(conversations); i++) {
        row = strcmp(conversations[i].name, "consultative-transfer") == 0 ? &conversations[i] : row;
    }
    g_assert_nonnull(row);
    const sf_call_note *second = NULL;
    for (unsigned i = 0; row->numbers[i]; i++) {
        const sf_call_note *note = sf_stage_play(stage, &row->steps[i]);
        second = i == 2 ? note : second;
    }
    g_assert_cmpuint(second->conversation, ==, 2);
    g_assert_cmpuint(sf_conversation_of(second->call), ==, 1);
    sf_stage_free(stage);
}

/** A transfer that worked, and one that did not, as the NOTIFY of the call says. */
static void test_transferred(void)
{
    static const struct {
        const char *result;
        sf_outcome outcome;
    } rows[] = {
        { "SIP/2.0 100 Trying", SF_OUTCOME_ANSWERED },
        { "SIP/2.0 200 OK", SF_OUTCOME_TRANSFERRED },
        { "SIP/2.0 302 Moved Temporarily", SF_OUTCOME_TRANSFER_FAILED },
        { "SIP/2.0 503 Service Unavailable", SF_OUTCOME_TRANSFER_FAILED },
        { "SIP/2.0 603 Decline", SF_OUTCOME_TRANSFER_FAILED },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        sf_stage *stage = sf_stage_new();
        sf_message *message = g_new(sf_message, 1);
        static const sf_knowledge nothing = { .providers = NULL };
        char *text = g_strdup_printf("NOTIFY sip:a@example.com SIP/2.0\r\nCall-ID: one\r\nCSeq: 1 NOTIFY\r\n"
                                     "Content-Type: message/sipfrag\r\nContent-Length: %zu\r\n\r\n%s",
                                     strlen(rows[i].result), rows[i].result);
        sf_call call = { .answered = 1, .is_call = true };
        sf_step step = { .message = message, .method = SF_METHOD_OTHER };
        g_assert_cmpint(sf_message_read((sf_slice){ text, strlen(text) }, &nothing, SF_READ_FOR_CALL, message), ==,
                        SF_OK);
        sf_outcome_take(&call, &step);
        g_assert_cmpint(sf_outcome_of(&call), ==, rows[i].outcome);
        g_free(text);
        g_free(message);
        sf_stage_free(stage);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(conversations); i++) {
        char *path = g_strdup_printf("/conversations/%s", conversations[i].name);
        g_test_add_data_func(path, &conversations[i], test_conversation);
        g_free(path);
    }
    g_test_add_func("/conversations/final-number", test_final_number);
    g_test_add_func("/conversations/transferred", test_transferred);
    return g_test_run();
}
