/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages that were set aside: a model that does so says the same of all that
 * is shown as one that takes in each message at once.
 */
#include "check.h"
#include "samples.h"

#include "call/calls.h"
#include "call/conversations.h"
#include "call/limits.h"

#define NONE UINT32_C(0) /* model.glances */
#define EACH UINT32_MAX

/** A model, and the blocks that it holds. */
typedef struct {
    sf_calls *calls;
    GHashTable *blocks;
    uint32_t glances; /**< bits 1 << frame % 32: the messages at which it takes a glance, and which it may set aside */
    unsigned aside;   /**< messages that were set aside */
} model;

static void *allocate(void *context, size_t size)
{
    void *block = g_malloc(size);

    g_hash_table_add(context, block);
    return block;
}

static void release(void *context, void *block)
{
    g_assert_true(g_hash_table_remove(context, block));
}

static model model_new(uint32_t glances)
{
    GHashTable *blocks = g_hash_table_new_full(NULL, NULL, g_free, NULL);
    const sf_memory memory = { allocate, release, blocks };
    static const sf_hash_key key = { { 1, 2 } };

    return (model){ sf_calls_new(&memory, &key), blocks, glances, 0 };
}

static void model_free(model *m)
{
    g_hash_table_unref(m->blocks);
}

/** What became of a message. */
typedef struct {
    bool is_shown;
    const sf_call *call;
    sf_call_note note;
} result;

/** Takes a message as the dissector does. The text is gone afterwards. */
static result take(model *m, sf_slice message, uint32_t frame)
{
    static sf_message facts;
    static sf_knowledge knowledge;
    g_auto(sf_guarded) text = sf_guarded_of(message);
    int64_t time = frame * INT64_C(1000000);
    result r = { .is_shown = false };
    sf_glance glance;

    knowledge = sf_default_knowledge();
    if (m->glances >> frame % 32 & 1 && sf_glance_begin(text.text, &glance) &&
        sf_calls_set_aside(m->calls, &glance, &knowledge, frame, time)) {
        m->aside++;
        return r;
    }
    if (sf_message_read(text.text, &knowledge, SF_READ_FOR_CALL, &facts) != SF_OK) {
        return r;
    }
    sf_call *call = sf_calls_take(m->calls, &facts, frame, time, &r.note);
    r.call = call;
    r.is_shown = facts.is_microsoft || (call && sf_conversation_is_marked(call));
    if (r.is_shown && r.note.call) {
        sf_calls_number(m->calls, call, &r.note);
    }
    return r;
}

static void compare_calls(const sf_call *one, const sf_call *other)
{
    g_assert_true(sf_slice_equals(sf_call_caller(one), sf_call_caller(other)));
    g_assert_true(sf_slice_equals(sf_call_callee(one), sf_call_callee(other)));
    g_assert_cmpuint(one->call_id, ==, other->call_id);
    g_assert_cmpuint(one->caller_tag, ==, other->caller_tag);
    g_assert_cmpuint(one->callee_tag, ==, other->callee_tag);
    g_assert_cmpint(one->start, ==, other->start);
    g_assert_cmpint(one->answered, ==, other->answered);
    g_assert_cmpint(one->ended, ==, other->ended);
    g_assert_cmpuint(one->agreed.verdict, ==, other->agreed.verdict);
    g_assert_cmpuint(one->agreed.kind_count, ==, other->agreed.kind_count);
    g_assert_true(one->agreed.suite == other->agreed.suite);
    g_assert_cmpuint(one->first_frame, ==, other->first_frame);
    g_assert_cmpuint(one->number, ==, other->number);
    g_assert_cmpuint(sf_conversation_of(one), ==, sf_conversation_of(other));
    g_assert_cmpuint(sf_conversation_evidence(one), ==, sf_conversation_evidence(other));
    g_assert_cmpuint(one->attempt, ==, other->attempt);
    g_assert_cmpuint(one->final_response, ==, other->final_response);
    g_assert_cmpuint(one->caller_network, ==, other->caller_network);
    g_assert_cmpuint(one->callee_network, ==, other->callee_network);
    g_assert_true(one->is_call == other->is_call && one->is_marked == other->is_marked &&
                  one->is_over == other->is_over && one->has_rung == other->has_rung &&
                  one->is_canceled == other->is_canceled && one->is_transferred == other->is_transferred);
    g_assert_true((one->diagnosis == NULL) == (other->diagnosis == NULL));
    g_assert_true((one->came_from == NULL) == (other->came_from == NULL));
}

static void compare_notes(const sf_call_note *one, const sf_call_note *other)
{
    g_assert_cmpuint(one->role, ==, other->role);
    g_assert_cmpuint(one->verdict, ==, other->verdict);
    g_assert_cmpuint(one->hold, ==, other->hold);
    g_assert_cmpuint(one->outcome, ==, other->outcome);
    g_assert_cmpuint(one->final_response, ==, other->final_response);
    g_assert_cmpuint(one->stream_count, ==, other->stream_count);
    g_assert_true(one->lacks_offer == other->lacks_offer && one->is_change == other->is_change &&
                  one->is_by_callee == other->is_by_callee && one->has_duration == other->has_duration);
    g_assert_true((one->exchange == NULL) == (other->exchange == NULL));
    if (one->exchange) {
        g_assert_cmpuint(one->exchange->offer_in, ==, other->exchange->offer_in);
        g_assert_cmpuint(one->exchange->answer_in, ==, other->exchange->answer_in);
    }
}

/** Plays messages to both models. Returns how many were shown. */
static unsigned play(model *at_once, model *later, const sf_slice *messages, unsigned count)
{
    g_autofree result *expected = g_new(result, count), *got = g_new(result, count);
    unsigned shown = 0;

    for (unsigned i = 0; i < count; i++) {
        expected[i] = take(at_once, messages[i], i + 1);
        got[i] = take(later, messages[i], i + 1);
        g_assert_true(expected[i].is_shown == got[i].is_shown);
        if (expected[i].is_shown) {
            shown++;
            g_assert_true((expected[i].call == NULL) == (got[i].call == NULL));
            compare_notes(&expected[i].note, &got[i].note);
        }
    }
    for (unsigned i = 0; i < count; i++) { /* later messages may have changed what a note points at */
        if (expected[i].is_shown && expected[i].call) {
            compare_calls(expected[i].call, got[i].call);
        }
    }
    return shown;
}

static unsigned play_anew(const sf_slice *messages, unsigned count, unsigned *aside)
{
    model at_once = model_new(NONE), later = model_new(EACH);
    unsigned shown = play(&at_once, &later, messages, count);

    *aside = later.aside;
    model_free(&at_once);
    model_free(&later);
    return shown;
}

/** A message with one more header after its start line. */
static char *with_header(sf_slice message, const char *header)
{
    size_t end = sf_slice_find(message, '\n') + 1;

    g_assert_cmpuint(end, <, message.length);
    return g_strdup_printf("%.*s%s\r\n%.*s", (int)end, message.text, header, (int)(message.length - end),
                           message.text + end);
}

/** The messages of each folder of samples as they are, and with a mark in one of them, in its turn. */
static void test_samples(void)
{
    g_autoptr(GPtrArray) samples = sf_samples_load();
    unsigned total_aside = 0, total_shown = 0;

    for (guint first = 0, end; first < samples->len; first = end) {
        const sf_sample *sample = samples->pdata[first];
        g_autofree char *folder = g_path_get_dirname(sample->path);
        g_autofree sf_slice *messages = g_new(sf_slice, samples->len);
        for (end = first; end < samples->len; end++) {
            const sf_sample *next = samples->pdata[end];
            g_autofree char *of_next = g_path_get_dirname(next->path);
            if (strcmp(folder, of_next) != 0) {
                break;
            }
            messages[end - first] = next->text;
        }
        unsigned count = end - first, aside, aside_of_one;
        play_anew(messages, count, &aside);
        total_aside += aside;
        for (unsigned i = 0; i < count && aside > 0; i++) {
            sf_slice plain = messages[i];
            g_autofree char *marked = with_header(plain, "ms-test: 1");
            messages[i] = sf_text(marked);
            total_shown += play_anew(messages, count, &aside_of_one);
            messages[i] = plain;
        }
    }
    g_assert_cmpuint(total_aside, >, 20);
    g_assert_cmpuint(total_shown, >, 50);
}

#define SESSION                                                                                             \
    "Content-Type: application/sdp\r\n\r\nv=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n" \
    "t=0 0\r\nm=audio 30000 RTP/SAVP 0\r\n"                                                                 \
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n"

typedef struct {
    const char *start, *from, *to, *call_id, *cseq, *headers;
} line_of_script;

static char *text_of(const line_of_script *line)
{
    return g_strdup_printf("%s\r\nFrom: <sip:%s\r\nTo: <sip:%s\r\nCall-ID: %s\r\nCSeq: %s\r\n%s%s", line->start,
                           line->from, line->to, line->call_id, line->cseq, line->headers,
                           strstr(line->headers, "\r\n\r\n") ? "" : "\r\n");
}

#define A "a@example.com>;tag=a"
#define B "b@example.org>"
#define B_TAG "b@example.org>;tag=b"
#define INVITE "INVITE sip:b@example.org SIP/2.0"
#define OK "SIP/2.0 200 OK"
#define MARK "User-Agent: RTCC/6.0.0.0 MediationServer\r\n"

/* Calls that something else asks for; the last message is shown in each, and the one of the first call before it is set
 * aside at first. */
static const struct {
    const char *name;
    line_of_script lines[6];
} scripts[] = {
    { "replaced",
      { { INVITE, A, B, "1", "1 INVITE", SESSION },
        { OK, A, B_TAG, "1", "1 INVITE", SESSION },
        { INVITE, "c@example.net>;tag=c", B, "2", "1 INVITE", MARK "Replaces: 1;to-tag=b;from-tag=a\r\n" },
        { "BYE sip:b@example.org SIP/2.0", A, B_TAG, "1", "2 BYE", "" } } },
    { "named-by-teams",
      { { INVITE, A, B, "0123456789", "1 INVITE", SESSION },
        { OK, A, B_TAG, "0123456789", "1 INVITE", SESSION },
        { INVITE, "c@example.net>;tag=c", B, "2", "1 INVITE",
          MARK "Contact: <sip:sip.pstnhub.microsoft.com;x-c=0123456789>\r\n" },
        { "BYE sip:b@example.org SIP/2.0", A, B_TAG, "0123456789", "2 BYE", "" } } },
    { "named-by-teams-before",
      { { "OPTIONS sip:b@example.org SIP/2.0", A, B, "3", "1 OPTIONS", "" },
        { INVITE, "d@example.net>;tag=d", B, "4", "1 INVITE", SESSION },
        { INVITE, "c@example.net>;tag=c", B, "2", "1 INVITE",
          MARK "Contact: <sip:sip.pstnhub.microsoft.com;x-c=0123456789>\r\n" },
        { INVITE, A, B, "0123456789", "1 INVITE", SESSION } } },
    { "marked-late",
      { { INVITE, A, B, "1", "1 INVITE", SESSION },
        { "SIP/2.0 180 Ringing", A, B_TAG, "1", "1 INVITE", "" },
        { "INFO sip:b@example.org SIP/2.0", A, B_TAG, "1", "2 INFO", "" },
        { OK, A, B_TAG, "1", "1 INVITE", MARK SESSION } } },
    { "same-call-id-of-others",
      { { INVITE, A, B, "1", "1 INVITE", SESSION },
        { INVITE, "c@example.net>;tag=c", "d@example.net>", "1", "1 INVITE", SESSION },
        { OK, "c@example.net>;tag=c", "d@example.net>;tag=d", "1", "1 INVITE", MARK },
        { OK, A, B_TAG, "1", "1 INVITE", MARK SESSION } } },
    { "refused-and-tried-again",
      { { INVITE, A, B, "1", "1 INVITE", SESSION },
        { "SIP/2.0 488 Not Acceptable Here", A, B_TAG, "1", "1 INVITE", "Reason: Q.850;cause=88\r\n" },
        { INVITE, A, B, "1", "2 INVITE", SESSION },
        { OK, A, B_TAG, "1", "2 INVITE", SESSION },
        { "BYE sip:b@example.org SIP/2.0", A, B_TAG, "1", "3 BYE", MARK "Reason: Q.850;cause=16\r\n" } } },
};

/** It makes no difference which of the messages are looked at. */
static void test_some_glances(const sf_slice *messages, unsigned count)
{
    for (uint32_t glances = 0; glances < UINT32_C(1) << count; glances++) {
        model at_once = model_new(NONE), later = model_new(glances << 1); /* frames begin with 1 */
        play(&at_once, &later, messages, count);
        model_free(&at_once);
        model_free(&later);
    }
}

static void test_scripts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
        sf_slice messages[6];
        unsigned count = 0, aside;
        for (; count < G_N_ELEMENTS(messages) && scripts[i].lines[count].start; count++) {
            messages[count] = sf_text(text_of(&scripts[i].lines[count]));
        }
        model at_once = model_new(NONE), later = model_new(EACH);
        unsigned shown = play(&at_once, &later, messages, count);
        aside = later.aside;
        result last = take(&later, messages[count - 1], count + 1);
        if (aside < 2 || shown < 1 || !last.is_shown) {
            g_error("%s: %u set aside, %u shown, the last one %s", scripts[i].name, aside, shown,
                    last.is_shown ? "as well" : "not");
        }
        model_free(&at_once);
        model_free(&later);
        test_some_glances(messages, count);
        for (unsigned j = 0; j < count; j++) {
            g_free((char *)messages[j].text);
        }
    }
}

/** The tables grow with the calls; whatever was set aside before is found again. */
static void test_many_calls(void)
{
    enum { CALLS = 1000 };
    g_autofree sf_slice *messages = g_new(sf_slice, 2 * CALLS);
    unsigned aside;

    for (unsigned i = 0; i < CALLS; i++) {
        g_autofree char *id = g_strdup_printf("call-%u", i);
        const line_of_script invite = { INVITE, A, B, id, "1 INVITE", SESSION };
        const line_of_script answer = { OK, A, B_TAG, id, "1 INVITE", MARK SESSION };
        messages[i] = sf_text(text_of(&invite));
        messages[CALLS + i] = sf_text(text_of(&answer));
    }
    g_assert_cmpuint(play_anew(messages, 2 * CALLS, &aside), ==, CALLS);
    g_assert_cmpuint(aside, ==, CALLS);
    for (unsigned i = 0; i < 2 * CALLS; i++) {
        g_free((char *)messages[i].text);
    }
}

/** A message that is too long to be set aside is taken in at once; what follows of its call is not lost. */
static void test_long_message(void)
{
    g_autoptr(GString) body = g_string_new(SESSION);
    while (body->len <= SF_MAX_ASIDE_LENGTH) {
        g_string_append(body, "a=rtpmap:0 PCMU/8000\r\n");
    }
    const line_of_script lines[] = {
        { INVITE, A, B, "1", "1 INVITE", body->str },
        { "SIP/2.0 180 Ringing", A, B_TAG, "1", "1 INVITE", "" },
        { OK, A, B_TAG, "1", "1 INVITE", MARK SESSION },
    };
    sf_slice messages[G_N_ELEMENTS(lines)];
    unsigned aside;

    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        messages[i] = sf_text(text_of(&lines[i]));
    }
    g_assert_cmpuint(play_anew(messages, 1, &aside), ==, 0);
    g_assert_cmpuint(aside, ==, 0);
    g_assert_cmpuint(play_anew(messages, G_N_ELEMENTS(lines), &aside), ==, 1);
    g_assert_cmpuint(aside, <=, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_free((char *)messages[i].text);
    }
}

/** What is set aside of one Call-ID is bounded, and so is what stays of messages of no call. */
static void test_limits(void)
{
    model later = model_new(EACH);
    static const line_of_script options = { "OPTIONS sip:b@example.org SIP/2.0", A, B, "9", "1 OPTIONS", "" };
    static const line_of_script invite = { INVITE, A, B, "1", "1 INVITE", SESSION };
    g_autofree char *keep_alive = text_of(&options), *offer = text_of(&invite);
    guint blocks = 0;

    for (unsigned frame = 1; frame <= 1000; frame++) {
        blocks = frame == 1 ? g_hash_table_size(later.blocks) : blocks;
        take(&later, sf_text(keep_alive), frame);
        g_assert_cmpuint(g_hash_table_size(later.blocks), ==, blocks);
    }
    for (unsigned frame = 1001; frame <= 2000; frame++) {
        take(&later, sf_text(offer), frame);
        g_assert_cmpuint(g_hash_table_size(later.blocks), <=, blocks + SF_MAX_ASIDE + 16);
    }
    g_assert_cmpuint(later.aside, ==, 1000 + SF_MAX_ASIDE);
    model_free(&later);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/aside/samples", test_samples);
    g_test_add_func("/aside/scripts", test_scripts);
    g_test_add_func("/aside/many-calls", test_many_calls);
    g_test_add_func("/aside/long-message", test_long_message);
    g_test_add_func("/aside/limits", test_limits);
    return g_test_run();
}
