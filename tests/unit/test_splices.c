/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The head of one sample with the tail of another, cut anywhere: what is left of a message that was cut and joined
 * again in the wrong place. Each is read in front of a guard page, every fact is walked over, and no key is shown.
 * More of them, by hand: SKYPEFED_SPLICES=1000000 ctest -R unit-splices
 */
#include "facts/facts.h"
#include "guarded.h"
#include "samples.h"

enum { SPLICES = 30000 };

static guint32 splices(void)
{
    const char *asked = g_getenv("SKYPEFED_SPLICES");

    return asked ? (guint32)g_ascii_strtoull(asked, NULL, 10) : SPLICES;
}

static GPtrArray *samples;
static GPtrArray *with_keys; /* those of them that have a key */
static sf_guarded room;
static sf_message message, brief;
static sf_media media;
static sf_problems problems;

/** Where keys begin, from the letter before: half of all tails begin there, if they have one. */
static const sf_slice key_fronts[] = {
    SF_LITERAL("inline:"),
    SF_LITERAL("a=crypto"),
    SF_LITERAL(":1 AES_CM"),
    SF_LITERAL("k="),
};

static const sf_sample *any_of(GRand *random, const GPtrArray *from)
{
    return from->pdata[g_rand_int_range(random, 0, (gint32)from->len)];
}

static const sf_sample *any_sample(GRand *random)
{
    return any_of(random, samples);
}

static size_t any_place(GRand *random, sf_slice text)
{
    return (size_t)g_rand_int_range(random, 0, (gint32)text.length + 1);
}

/** The tail of a sample from a front of a key on; `tail` as it is if it has none. */
static sf_slice tail_from_key(GRand *random, sf_slice tail)
{
    sf_slice front = key_fronts[g_rand_int_range(random, 0, G_N_ELEMENTS(key_fronts))];

    for (size_t at = 0; at < tail.length; at++) {
        if (sf_slice_starts_nocase(sf_slice_skip(tail, at), front)) {
            return sf_slice_skip(tail, at);
        }
    }
    return tail;
}

static void demand(const char *fault, const char *reader, guint32 seed, sf_slice input)
{
    if (fault) {
        g_error("splice %u, %s: %s\n%.*s", seed, reader, fault, (int)input.length, input.text);
    }
}

/** From the first line of SDP on; all of the text if it has none. */
static sf_slice body_of(sf_slice text)
{
    for (size_t at = 0; at + 3 < text.length; at++) {
        if (memcmp(text.text + at, "\nv=", 3) == 0) {
            return sf_slice_skip(text, at + 1);
        }
    }
    return text;
}

static void check(sf_slice input, guint32 seed)
{
    const sf_knowledge usual = { sf_default_providers, sf_default_provider_count, NULL, 0 };
    sf_key_places places = sf_key_places_of(input);

    if (sf_message_read(input, &usual, SF_READ_ALL, &message) == SF_OK) {
        demand(sf_facts_fault(input, &places, &message), "as a message", seed, input);
        demand(sf_key_leak(input, &places, &message.media, &message.problems), "key", seed, input);
        demand(sf_alone_fault(&usual, &message, &brief), "alone", seed, input);
        demand(sf_extent_fault(input, &usual, &message, &brief), "for its call", seed, input);
        demand(sf_facts_fault(input, &places, &brief), "for its call", seed, input);
        demand(sf_key_leak(input, &places, &brief.media, &brief.problems), "key, for its call", seed, input);
        demand(sf_glance_fault(input, &usual, &message, &brief), "at a glance", seed, input);
    }
    input = body_of(input);
    places = sf_key_places_of(input);
    sf_media_clear(&media);
    sf_problems_clear(&problems);
    g_assert_nonnull(sf_sdp_read(input, SF_READ_ALL, false, &problems, &media));
    demand(sf_media_fault(input, &places, &media, &problems), "as SDP", seed, input);
    demand(sf_key_leak(input, &places, &media, &problems), "key in SDP", seed, input);
}

static void test_splices(void)
{
    guint32 count = splices();

    for (guint32 seed = 1; seed <= count; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        sf_slice one = any_sample(random)->text;
        const sf_sample *other = seed % 2 ? any_of(random, with_keys) : any_sample(random);
        sf_slice head = sf_slice_head(one, any_place(random, one));
        sf_slice tail = sf_slice_skip(other->text, any_place(random, other->text));
        if (seed % 2) {
            tail = tail_from_key(random, tail);
        }
        GString *spliced = g_string_new_len(head.text, (gssize)head.length);
        g_string_append_len(spliced, tail.text, (gssize)tail.length);

        check(sf_guarded_put(&room, (sf_slice){ spliced->str, spliced->len }), seed);
        g_string_free(spliced, TRUE);
        g_rand_free(random);
    }
}

/* Each line follows every front of a header; the key is in none of the facts, nor in any note. */
static const char *const key_lines[] = {
    "inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz|2^31|1:1",
    "INLINE:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz",
    ":inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz@example.com>;tag=1",
    "inline:\r\n QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz",
    "%69nline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz@example.com>",
    "%69nline%3aQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz@example.com>",
    "in\\line:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz\"",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz",
    ";x=inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz;epid=QUJDREVGR0hJSktM",
    "k=base64:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz",
    "K=CLEAR:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz",
};

static const char *const fronts[] = {
    "From: <sip:a@b",
    "From: \"A\" <sip:a@b>;tag=",
    "To: <sip:",
    "Contact: <sip:a@b;",
    "Call-ID: ",
    "CSeq: 1 INVITE",
    "User-Agent: UCCAPI/16.0 ",
    "Via: SIP/2.0/TLS 192.0.2.1:",
    "Via: SIP/2.0/TLS h;branch=",
    "Record-Route: <sip:h;ms-fe=",
    "ms-diagnostics: 1;reason=\"",
    "ms-diagnostics: ",
    "ms-user-data: ",
    "ms-edge-proxy-message-trust: ms-source-type=",
    "Proxy-Authorization: NTLM realm=\"",
    "P-Asserted-Identity: ",
    "Subject: skype:",
    "Content-Type: application/sdp;",
    "ms-conversation-id",
    "Content-Length: 12",
    "EndPoints: ",
};

/** The key itself, in any of our texts: letters of the lines above. */
static void check_no_key(sf_slice text, sf_slice input)
{
    static const sf_slice key = SF_LITERAL("QUJDREVG");

    for (size_t i = 0; i < text.length; i++) {
        if (sf_slice_starts_nocase(sf_slice_skip(text, i), key)) {
            g_error("a note quotes a key of\n%.*s", (int)input.length, input.text);
        }
    }
}

static void test_lines_of_headers(void)
{
    static const sf_knowledge nothing = { NULL, 0, NULL, 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(fronts); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(key_lines); j++) {
            g_autofree char *text = g_strdup_printf("INVITE sip:c@d SIP/2.0\r\nms-a: 1\r\n%s%s\r\n\r\n", fronts[i],
                                                    key_lines[j]);
            sf_slice input = sf_guarded_put(&room, (sf_slice){ text, strlen(text) });
            /* All of the line is taken for the key: escapes and folds are not of the places that are looked for. */
            const char *key = strstr(text, "QUJDREVG");
            size_t begin = (size_t)(key - text);
            sf_key_places places = { .items = { { begin, begin + 40 } }, .count = 1 };

            g_assert_cmpint(sf_message_read(input, &nothing, SF_READ_ALL, &message), ==, SF_OK);
            demand(sf_facts_fault(input, &places, &message), fronts[i], (guint32)j, input);
            for (unsigned k = 0; k < message.problems.count; k++) {
                check_no_key(message.problems.items[k].where, input);
            }
        }
    }
}

int main(int argc, char **argv)
{
    size_t longest = 0;

    g_test_init(&argc, &argv, NULL);
    samples = sf_samples_load();
    with_keys = g_ptr_array_new();
    for (guint i = 0; i < samples->len; i++) {
        sf_sample *sample = samples->pdata[i];
        longest = MAX(longest, sample->text.length);
        if (sf_key_places_of(sample->text).count > 0) {
            g_ptr_array_add(with_keys, sample);
        }
    }
    room = sf_guarded_new(2 * longest);
    g_test_add_func("/splices/any-two-samples", test_splices);
    g_test_add_func("/splices/key-lines-into-headers", test_lines_of_headers);
    int result = g_test_run();
    sf_guarded_clear(&room);
    g_ptr_array_unref(with_keys);
    g_ptr_array_unref(samples);
    return result;
}
