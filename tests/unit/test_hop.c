/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers and answers that were captured on several hops, with the same SDP or with SDP of a proxy's own.
 */
#include "call/hop.h"
#include "call_script.h"
#include "check.h"

enum { MAX_STEPS = 16 };

/* The lines that say on which hop a message was seen. */
#define NEAR "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-near\r\n"
#define FAR "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK-far\r\n" NEAR
#define LAST "Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bK-last\r\n" FAR
#define BRANCH(n) "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK-fork-" n "\r\n" NEAR
#define OTHER "Via: SIP/2.0/UDP 192.0.2.4;branch=z9hG4bK-other\r\n" FAR

/* An ACK of a 200 is a transaction of its own. */
#define NEAR_ACK "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-near-ack\r\n"
#define FAR_ACK "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK-far-ack\r\n"

typedef struct {
    const char *name;
    sf_script_step steps[MAX_STEPS]; /* of role, link, verdict and streams, those are checked that are not 0 */
    sf_verdict verdict;              /* of the call in the end */
    bool hops_differ;
} hop_row;

#define SAYS(l, f, hop, s, k, v, t)                                                                          \
    {                                                                                                        \
        .line = l, .fork = f, .cseq = 1, .headers = hop, .session = s, .link = k, .verdict = v, .streams = t \
    }

/* clang-format off */
static const hop_row calls[] = {
    { "srtp-then-clear",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:AVP", 3, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:AVP", 2, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "clear-then-srtp",
      { SAYS("INVITE", NULL, NEAR, "audio:AVP", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:SAVP:c1", 3, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c1", 2, SF_VERDICT_SRTP, "1/1"),
        SAYS("200 INVITE", "far", NEAR, "audio:AVP", 1, SF_VERDICT_MIXED, "3") },
      SF_VERDICT_MIXED, true },
    { "keys-of-their-own",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:SAVP:c2", 3, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c2", 2, SF_VERDICT_SRTP, "1/2"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_SRTP, "1/1") },
      SF_VERDICT_SRTP, false },
    { "the-same-on-both",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1@1", 3, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:SAVP:c1@1", 3, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c1@9", 1, SF_VERDICT_SRTP, "1/1"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1@9", 1, SF_VERDICT_SRTP, "1/1") },
      SF_VERDICT_SRTP, false },
    { "rewritten-by-the-first-of-two-proxies",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 5, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:AVP", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, LAST, "audio:AVP", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", LAST, "audio:AVP", 2, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "repeated-on-a-hop",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 6, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:AVP", 5, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:AVP", 5, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("183 INVITE", "far", FAR, "audio:AVP", 2, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", FAR, "audio:AVP", 2, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "answer-of-a-hop-that-was-not-seen",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, FAR, "audio:SAVP:c2", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", OTHER, "audio:AVP", 0, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "offer-of-one-hop-answer-of-another",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:AVP", 0, SF_VERDICT_CLEAR, "3") },
      SF_VERDICT_CLEAR, false },
    { "offer-of-the-first-hop-alone",
      { SAYS("INVITE", NULL, NEAR, "audio:AVP", 3, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c1", 0, SF_VERDICT_SRTP, "1/1"),
        SAYS("200 INVITE", "far", NEAR, "audio:AVP", 1, SF_VERDICT_MIXED, "3") },
      SF_VERDICT_MIXED, true },
    { "forked-to-many-with-one-sdp",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1@1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("1"), "audio:SAVP:c1@1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("2"), "audio:SAVP:c1@1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("3"), "audio:SAVP:c1@1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("4"), "audio:SAVP:c1@1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("5"), "audio:SAVP:c1@1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", BRANCH("5"), "audio:AVP", 1, SF_VERDICT_CLEAR_AFTER_OFFER, "4!"),
        SAYS("200 INVITE", "far", NEAR, "audio:AVP", 1, SF_VERDICT_CLEAR_AFTER_OFFER, "4!") },
      SF_VERDICT_CLEAR_AFTER_OFFER, false },
    { "five-hops-the-last-one-clear",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 10, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("2"), "audio:SAVP:c1", 9, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("3"), "audio:SAVP:c1", 8, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("4"), "audio:SAVP:c1", 7, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("5"), "audio:AVP", 6, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", BRANCH("5"), "audio:AVP", 5, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", BRANCH("4"), "audio:SAVP:c1", 4, SF_VERDICT_MIXED, "1/1"),
        SAYS("200 INVITE", "far", BRANCH("3"), "audio:SAVP:c1", 3, SF_VERDICT_MIXED, "1/1"),
        SAYS("200 INVITE", "far", BRANCH("2"), "audio:SAVP:c1", 2, SF_VERDICT_MIXED, "1/1"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "more-hops-than-are-told-apart",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("2"), "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("3"), "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("4"), "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("5"), "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("6"), "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("7"), "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("8"), "audio:SAVP:c1", 11, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("INVITE", NULL, BRANCH("9"), "audio:AVP", 10, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", BRANCH("9"), "audio:AVP", 9, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", BRANCH("8"), "audio:SAVP:c1", 8, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "repeated-where-the-offer-was-not-seen",
      { SAYS("INVITE", NULL, NEAR, "audio:SAVP:c1", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("183 INVITE", "far", FAR, "audio:AVP", 0, SF_VERDICT_CLEAR, "3"),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c2", 0, SF_VERDICT_SRTP, "1/2"),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1", 1, SF_VERDICT_SRTP, "1/1") },
      SF_VERDICT_SRTP, false },
    { "offer-in-a-response-that-is-repeated",
      { SAYS("INVITE", NULL, NEAR, NULL, 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1@9", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1@9", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("ACK", "far", NEAR_ACK, "audio:SAVP:c1", 2, SF_VERDICT_SRTP, "1/1") },
      SF_VERDICT_SRTP, false },
    { "offer-in-a-rewritten-response",
      { SAYS("INVITE", NULL, NEAR, NULL, 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c1", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", NEAR, "audio:AVP", 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("ACK", "far", NEAR_ACK, "audio:AVP", 0, SF_VERDICT_CLEAR, "3"),
        SAYS("ACK", "far", FAR_ACK NEAR_ACK, "audio:SAVP:c1", 0, SF_VERDICT_MIXED, "1/1") },
      SF_VERDICT_MIXED, true },
    { "offer-in-the-same-response-on-both",
      { SAYS("INVITE", NULL, NEAR, NULL, 0, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", FAR, "audio:SAVP:c1@9", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("200 INVITE", "far", NEAR, "audio:SAVP:c1@9", 4, SF_VERDICT_NOT_NEGOTIATED, NULL),
        SAYS("ACK", "far", NEAR_ACK, "audio:SAVP:c1@8", 2, SF_VERDICT_SRTP, "1/1"),
        SAYS("ACK", "far", FAR_ACK NEAR_ACK, "audio:SAVP:c1@8", 2, SF_VERDICT_SRTP, "1/1") },
      SF_VERDICT_SRTP, false },
};
/* clang-format on */

static unsigned link_of(const sf_call_note *note)
{
    const sf_exchange *exchange = note->exchange;

    return exchange ? note->role == SF_ROLE_ANSWER ? exchange->offer_in : exchange->answer_in : 0;
}

static void test_call(gconstpointer data)
{
    const hop_row *row = data;
    sf_stage *stage = sf_stage_new();
    const sf_call_note *notes[MAX_STEPS];
    unsigned count = 0;

    for (; count < MAX_STEPS && row->steps[count].line; count++) {
        const sf_script_step *step = &row->steps[count];
        notes[count] = sf_stage_play(stage, step);
        g_autofree char *streams = sf_stage_streams(notes[count]);
        g_assert_cmpstr(streams, ==, step->streams);
        g_assert_cmpuint(notes[count]->verdict, ==, step->verdict);
    }
    for (unsigned i = 0; i < count; i++) {
        g_assert_cmpuint(link_of(notes[i]), ==, row->steps[i].link);
    }
    g_assert_cmpuint(notes[0]->call->agreed.verdict, ==, row->verdict);
    g_assert_cmpint(notes[0]->call->agreed.hops_differ, ==, row->hops_differ);
    sf_stage_free(stage);
}

/* ---- the branch ---- */

typedef struct {
    const char *name;
    const char *headers;
    const char *branch; /* NULL for none */
} branch_row;

static const branch_row branches[] = {
    { "first-of-two-lines", "Via: SIP/2.0/UDP a;branch=one\r\nVia: SIP/2.0/UDP b;branch=two\r\n", "one" },
    { "first-of-a-list", "Via: SIP/2.0/UDP a;branch=one, SIP/2.0/UDP b;branch=two\r\n", "one" },
    { "first-without-one", "Via: SIP/2.0/UDP a;rport, SIP/2.0/UDP b;branch=two\r\n", NULL },
    { "compact", "v: SIP/2.0/UDP a;branch=one\r\n", "one" },
    { "after-others", "v: SIP/2.0/UDP a ; rport ;received=192.0.2.1;BRANCH = one ;maddr=b\r\n", "one" },
    { "folded", "Subject: x\r\nVia: SIP/2.0/UDP a\r\n ;branch=one\r\n", "one" },
    { "longer-name", "Via: SIP/2.0/UDP a;branches=1;branch=one\r\n", "one" },
    { "quotes-before-it", "Via: SIP/2.0/UDP a;x=\"b,c;branch=two\";branch=one\r\n", "one" },
    { "after-an-empty-header", "Via:\r\nVia: SIP/2.0/UDP a;branch=one\r\n", "one" },
    { "malformed-before-it", "Via: x;ms-received-port=a;branched=b;ms-received-cid=z;branch=one\r\n", "one" },
    { "quote-without-an-end", "Via: SIP/2.0/UDP [::1;branch=one;x=\"\r\n", "one" },
    { "empty", "Via: SIP/2.0/UDP a;branch=\r\n", NULL },
    { "no-value", "Via: SIP/2.0/UDP a;branch\r\n", NULL },
    { "no-via", "Subject: Via;branch=one\r\n", NULL },
};

static void test_branch(gconstpointer data)
{
    const branch_row *row = data;
    const sf_hash_key key = { { 1, 2 } };
    sf_knowledge knowledge = sf_default_knowledge();
    sf_message *message = g_new0(sf_message, 1);
    g_autofree char *text = g_strdup_printf("INVITE sip:a@example.com SIP/2.0\r\n%sContent-Length: 0\r\n\r\n",
                                            row->headers);
    uint64_t expected = row->branch ? sf_keyed_hash(&key, row->branch, strlen(row->branch)) | 1 : 0;

    const sf_extent extents[] = { SF_READ_ALL, SF_READ_FOR_CALL };
    for (size_t i = 0; i < G_N_ELEMENTS(extents); i++) {
        g_assert_cmpint(sf_message_read(sf_text(text), &knowledge, extents[i], message), ==, SF_OK);
        g_assert_cmpuint(sf_hop_of(message, &key), ==, expected);
    }
    g_free(message);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/hop/call", calls, test_call);
    SF_ADD_ROWS("/hop/branch", branches, test_branch);
    return g_test_run();
}
