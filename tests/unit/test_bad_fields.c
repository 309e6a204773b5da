/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One field of the Skype-to-Lync INVITE at a time is emptied, cut, doubled, made over-long, and
 * given bytes that are no text: the rest of the message is read as before, and a note names the field.
 */
#include "check.h"
#include "engine/message.h"
#include "facts/facts.h"
#include "samples.h"

typedef enum {
    EMPTY,    /**< no value */
    CUT,      /**< the first half of the value */
    DOUBLED,  /**< the parameter again, after itself */
    LONG,     /**< the value a thousand times */
    NUL,      /**< a NUL byte in the middle */
    NOT_TEXT, /**< a byte that is not UTF-8 in the middle */
    WAYS
} way;

static const char *const way_names[WAYS] = { "empty", "cut", "doubled", "over-long", "nul", "not-utf-8" };

typedef struct {
    const char *name;
    const char *anchor; /**< the text in front of the value */
    const char *ends;   /**< the bytes that end it */
    const char *noted;  /**< of the first four ways: 1 for a fault, 0 for none, - to leave it out */
} field_row;

static const field_row fields[] = {
    { "ms-received-port", ";ms-received-port=", ";\r", "1011" },
    { "ms-received-cid", ";ms-received-cid=", ";\r", "1011" },
    { "ms-internal-info", ";ms-internal-info=", ";\r", "1111" },
    { "branch", ";branch=", ";\r", "0010" },
    { "branched", ";branched=", ";\r", "1111" },
    { "ms-route-sig", ";ms-route-sig=", ";>", "1111" },
    { "ms-rrsig", ";ms-rrsig=", ";\r", "1111" },
    { "ms-key-info", ";ms-key-info=", ";>", "1111" },
    { "ms-fe", ";ms-fe=", ";>", "1010" },
    { "tag", ";tag=", ";\r", "0010" },
    { "epid", ";epid=", ";\r", "1011" },
    { "gruu-id", ";opaque=srvr:MediationServer:", ";>", "1111" },
    { "grid", ";grid=", ";>", "1111" },
    { "boundary", "; boundary=", "\r", "1101" },
    { "stream-port", "m=audio ", " ", "10-1" },
    { "candidate-address", " UDP 0.830 ", " ", "11-1" },
    { "candidate-priority", "a=candidate:1 1 UDP ", " ", "10-1" },
    { "related-address", " raddr ", " ", "01-1" },
    { "crypto-tag", "a=crypto:", " ", "1--1" },
    { "crypto-key", " inline:", "|", "10-1" },
    { "clock-rate", "a=rtpmap:115 x-msrta/", "\r", "10-1" },
};

typedef struct {
    const field_row *field;
    way way;
} bad_case;

static sf_sample *seed;
static sf_message message;

/** The message with its field changed; Content-Length, which would no longer fit, is left out. */
static GString *changed(const bad_case *c)
{
    GString *text = g_string_new_len(seed->text.text, (gssize)seed->text.length);

    g_assert_cmpuint(g_string_replace(text, "Content-Length: 4174\r\n", "", 1), ==, 1);
    const char *anchor = strstr(text->str, c->field->anchor);
    g_assert_nonnull(anchor);
    size_t begin = (size_t)(anchor - text->str) + strlen(c->field->anchor);
    size_t length = strcspn(text->str + begin, c->field->ends);
    g_autofree char *value = g_strndup(text->str + begin, length);
    g_assert_cmpuint(length, >, 0);
    switch (c->way) {
    case EMPTY:
        g_string_erase(text, (gssize)begin, (gssize)length);
        break;
    case CUT:
        g_string_erase(text, (gssize)(begin + length / 2), (gssize)(length - length / 2));
        break;
    case DOUBLED:
        g_string_insert(text, (gssize)(begin + length), value);
        g_string_insert(text, (gssize)(begin + length), c->field->anchor);
        break;
    case LONG:
        for (int i = 1; i < 1000; i++) {
            g_string_insert(text, (gssize)begin, value);
        }
        break;
    case NUL:
        g_string_insert_len(text, (gssize)(begin + length / 2), "\0", 1);
        break;
    default:
        g_string_insert_len(text, (gssize)(begin + length / 2), "\xff", 1);
        break;
    }
    return text;
}

static void test_field(gconstpointer data)
{
    const bad_case *c = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    GString *text = changed(c);
    g_auto(sf_guarded) input = sf_guarded_of((sf_slice){ text->str, text->len });
    bool noted = c->way >= NUL || c->field->noted[c->way] == '1';

    g_string_free(text, TRUE);
    g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
    g_assert_cmpstr(sf_facts_fault(input.text, NULL, &message), ==, NULL);
    g_assert_true(message.is_microsoft);
    g_assert_true(message.from.is_present);
    g_assert_cmpuint(message.via_count, ==, 4);
    g_assert_cmpuint(message.route_count, ==, 3);
    if (strcmp(c->field->name, "boundary") != 0) {
        g_assert_cmpuint(message.media.sdp_count, ==, 2);
        g_assert_cmpuint(message.media.crypto_count, ==, 6);
        g_assert_cmpuint(message.media.candidate_count, ==, 26);
    }
    /* Bytes that are no text may be noted twice: of their line, and of the field. */
    g_assert_cmpuint(message.problems.count, >=, noted ? 1 : 0);
    g_assert_cmpuint(message.problems.count, <=, noted ? 2 : 0);
}

/** The message itself has nothing to note, and what the other cases hold on to is there. */
static void test_untouched(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();

    g_assert_cmpint(sf_message_read(seed->text, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
    SF_CHECK_PROBLEM(&message.problems, NULL);
    g_assert_cmpuint(message.media.candidate_count, ==, 26);
}

int main(int argc, char **argv)
{
    static bad_case cases[G_N_ELEMENTS(fields) * WAYS];
    size_t count = 0;

    g_test_init(&argc, &argv, NULL);
    seed = sf_sample_load("skype-to-lync-invite/01-a-invite.sip");
    g_test_add_func("/bad-fields/untouched", test_untouched);
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        for (way w = 0; w < WAYS; w++) {
            if (w < NUL && fields[i].noted[w] == '-') {
                continue;
            }
            g_autofree char *path = g_strconcat("/bad-fields/", fields[i].name, NULL);
            cases[count] = (bad_case){ &fields[i], w };
            sf_add_row(path, way_names[w], &cases[count++], test_field);
        }
    }
    int result = g_test_run();
    sf_sample_free(seed);
    return result;
}
