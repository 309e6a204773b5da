/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Every sample message cut at every byte, and with single bytes replaced: in
 * front of a guard page, with every fact walked over, and with no key shown.
 */
#include "facts/facts.h"
#include "facts/key_leak.h"
#include "guarded.h"
#include "samples.h"

/** What the tests share: the records are large, as in the dissector there is one of each. */
typedef struct {
    GPtrArray *samples;
    sf_guarded room;
    sf_message message;
    sf_media media;
    sf_problems problems;
} stage;

static stage on;

static void demand(const char *fault, const sf_sample *sample, const char *how, size_t at)
{
    if (fault) {
        g_error("%s, %s %" G_GSIZE_FORMAT ": %s", sample->path, how, at, fault);
    }
}

/** Reads `input`, which ends at the guard, as a message; now and then for a user without any provider. */
static void check_input(sf_slice input, const sf_key_places *places, const sf_sample *sample, const char *how,
                        size_t at)
{
    static const sf_knowledge nothing = { NULL, 0, NULL, 0 };
    const sf_knowledge usual = { sf_default_providers, sf_default_provider_count, NULL, 0 };

    if (sf_message_read(input, at % 16 ? &usual : &nothing, SF_READ_ALL, &on.message) == SF_OK) {
        demand(sf_facts_fault(input, places, &on.message), sample, how, at);
        demand(sf_key_leak(input, places, &on.message.media, &on.message.problems), sample, how, at);
    }
}

static unsigned malformed(void)
{
    unsigned count = 0;

    for (unsigned i = 0; i < on.message.problems.count; i++) {
        count += on.message.problems.items[i].kind == SF_PROBLEM_MALFORMED;
    }
    return count;
}

/** Reads `input` as all that was captured of a message: that it is cut is no fault of it. Gives the faults. */
static unsigned check_captured(sf_slice input, const sf_key_places *places, const sf_sample *sample, size_t at)
{
    const sf_knowledge usual = { sf_default_providers, sf_default_provider_count, NULL, 0 };

    if (sf_message_read_captured(input, (sf_captured){ .is_cut = true }, &usual, SF_READ_ALL, &on.message) != SF_OK) {
        return 0;
    }
    demand(sf_facts_fault(input, places, &on.message), sample, "captured up to", at);
    demand(sf_key_leak(input, places, &on.message.media, &on.message.problems), sample, "captured up to", at);
    return malformed();
}

/** Reads `input` as an SDP body. */
static void check_body(sf_slice input, const sf_key_places *places, const sf_sample *sample, const char *how, size_t at)
{
    sf_media_clear(&on.media);
    sf_problems_clear(&on.problems);
    g_assert_nonnull(sf_sdp_read(input, SF_READ_ALL, false, &on.problems, &on.media));
    demand(sf_media_fault(input, places, &on.media, &on.problems), sample, how, at);
    demand(sf_key_leak(input, places, &on.media, &on.problems), sample, how, at);
}

/** Where the first SDP body of a sample begins: after the first blank line that `v=` follows. */
static size_t body_at(sf_slice text)
{
    static const sf_slice begin = SF_LITERAL("\r\n\r\nv=");

    for (size_t i = 0; i + begin.length <= text.length; i++) {
        if (sf_slice_equals(sf_slice_head(sf_slice_skip(text, i), begin.length), begin)) {
            return i + 4;
        }
    }
    return text.length;
}

static void test_message_prefixes(void)
{
    for (guint i = 0; i < on.samples->len; i++) {
        const sf_sample *sample = on.samples->pdata[i];
        sf_key_places places = sf_key_places_of(sample->text);

        for (size_t length = 0; length <= sample->text.length; length++) {
            sf_slice prefix = sf_guarded_put(&on.room, sf_slice_head(sample->text, length));
            check_input(prefix, &places, sample, "cut at", length);
        }
    }
}

static void test_captured_prefixes(void)
{
    const sf_knowledge usual = { sf_default_providers, sf_default_provider_count, NULL, 0 };

    for (guint i = 0; i < on.samples->len; i++) {
        const sf_sample *sample = on.samples->pdata[i];
        sf_key_places places = sf_key_places_of(sample->text);
        bool is_message = sf_message_read(sample->text, &usual, SF_READ_ALL, &on.message) == SF_OK;
        unsigned most = is_message ? malformed() : 0;
        size_t whole = is_message ? (size_t)(sf_slice_end(on.message.text) - sample->text.text) : 0;

        for (size_t length = 0; length < whole; length++) {
            sf_slice prefix = sf_guarded_put(&on.room, sf_slice_head(sample->text, length));
            unsigned faults = check_captured(prefix, &places, sample, length);
            demand(faults > most ? "a cut is a fault" : NULL, sample, "captured up to", length);
        }
    }
}

static void test_body_prefixes(void)
{
    for (guint i = 0; i < on.samples->len; i++) {
        const sf_sample *sample = on.samples->pdata[i];
        sf_slice body = sf_slice_skip(sample->text, body_at(sample->text));
        sf_key_places places = sf_key_places_of(body);

        for (size_t length = 0; length <= body.length; length++) {
            sf_slice prefix = sf_guarded_put(&on.room, sf_slice_head(body, length));
            check_body(prefix, &places, sample, "body cut at", length);
        }
    }
}

static void check_same(sf_slice slice, sf_slice expected)
{
    g_assert_true(slice.text == expected.text);
    g_assert_cmpuint(slice.length, ==, expected.length);
}

/** A whole message gives the same facts as before after any other was read into the record. */
static void test_nothing_is_left(void)
{
    const sf_knowledge usual = { sf_default_providers, sf_default_provider_count, NULL, 0 };

    for (guint i = 0; i < on.samples->len; i++) {
        const sf_sample *sample = on.samples->pdata[i];
        const sf_sample *other = on.samples->pdata[(i * 7 + 3) % on.samples->len];
        g_autofree sf_message *fresh = g_new0(sf_message, 1);

        sf_status status = sf_message_read(sample->text, &usual, SF_READ_ALL, fresh);
        sf_message_read(other->text, &usual, SF_READ_ALL, &on.message);
        g_assert_cmpint(sf_message_read(sample->text, &usual, SF_READ_ALL, &on.message), ==, status);
        g_assert_cmpuint(on.message.problems.count, ==, fresh->problems.count);
        g_assert_cmpuint(on.message.via_count, ==, fresh->via_count);
        g_assert_cmpuint(on.message.route_count, ==, fresh->route_count);
        g_assert_cmpuint(on.message.gruu_count, ==, fresh->gruu_count);
        g_assert_cmpuint(on.message.epid_count, ==, fresh->epid_count);
        g_assert_cmpuint(on.message.identity_count, ==, fresh->identity_count);
        g_assert_cmpuint(on.message.media.candidate_count, ==, fresh->media.candidate_count);
        g_assert_cmpint(on.message.origin.network, ==, fresh->origin.network);
        g_assert_true(on.message.is_microsoft == fresh->is_microsoft);
        g_assert_true(on.message.crosses_federation == fresh->crosses_federation);
        check_same(on.message.from.identity.text, fresh->from.identity.text);
        check_same(on.message.to.identity.text, fresh->to.identity.text);
        check_same(on.message.trust.verified.text, fresh->trust.verified.text);
        check_same(on.message.asserted.verified.text, fresh->asserted.verified.text);
        check_same(on.message.compression, fresh->compression);
        g_assert_true(on.message.product.name == fresh->product.name);
    }
}

static void check_same_party(const sf_party *party, const sf_party *expected)
{
    g_assert_true(party->is_present == expected->is_present);
    check_same(party->identity.text, expected->identity.text);
    check_same(party->tag, expected->tag);
    g_assert_cmpint(party->identity.network, ==, expected->identity.network);
}

/** What is read for a call alone is what all of the message says of it, in every sample. */
static void test_for_call(void)
{
    const sf_slice own_domain = SF_LITERAL("example.com");
    const sf_knowledge usual = { sf_default_providers, sf_default_provider_count, &own_domain, 1 };
    g_autofree sf_message *whole = g_new0(sf_message, 1);

    for (guint i = 0; i < on.samples->len; i++) {
        const sf_sample *sample = on.samples->pdata[i];
        const sf_media *media = &on.message.media;

        sf_status status = sf_message_read(sample->text, &usual, SF_READ_ALL, whole);
        g_assert_cmpint(sf_message_read(sample->text, &usual, SF_READ_FOR_CALL, &on.message), ==, status);
        g_assert_true(on.message.is_microsoft == whole->is_microsoft);
        g_assert_cmpuint(on.message.status_code, ==, whole->status_code);
        check_same(on.message.method, whole->method);
        check_same(on.message.call_id, whole->call_id);
        check_same(on.message.cseq, whole->cseq);
        check_same(on.message.compression, whole->compression);
        check_same_party(&on.message.from, &whole->from);
        check_same_party(&on.message.to, &whole->to);
        g_assert_cmpuint(on.message.diagnostics.count, ==, whole->diagnostics.count);
        g_assert_cmpuint(on.message.ms_header_count, ==, whole->ms_header_count);
        g_assert_cmpuint(media->sdp_count, ==, whole->media.sdp_count);
        g_assert_cmpuint(media->crypto_count, ==, whole->media.crypto_count);
        g_assert_cmpuint(media->stream_count, ==, whole->media.stream_count);
        for (unsigned j = 0; j < media->stream_count; j++) {
            g_assert_cmpint(media->streams[j].security, ==, whole->media.streams[j].security);
        }
    }
}

/** Replaces each byte at every `step`-th place by one that grammars trip over. */
static void test_replaced_bytes(gconstpointer data)
{
    enum { STEP = 11 };
    const char byte = *(const char *)data;

    for (guint i = 0; i < on.samples->len; i++) {
        const sf_sample *sample = on.samples->pdata[i];
        sf_key_places places = sf_key_places_of(sample->text);
        sf_slice input = sf_guarded_put(&on.room, sample->text);
        char *writable = on.room.pages + (input.text - on.room.pages); /* the same bytes, which are ours */

        for (size_t at = i % STEP; at < input.length; at += STEP) {
            char was = writable[at];
            writable[at] = byte;
            check_input(input, &places, sample, "byte replaced at", at);
            writable[at] = was;
        }
    }
}

static const struct {
    char byte; /**< first, so that the row's address is the byte's */
    const char *path;
} replacements[] = {
    { '\0', "/prefixes/replaced/nul" },  { '\xff', "/prefixes/replaced/not-text" }, { '"', "/prefixes/replaced/quote" },
    { '<', "/prefixes/replaced/angle" }, { '\r', "/prefixes/replaced/cr" },         { '\n', "/prefixes/replaced/lf" },
};

int main(int argc, char **argv)
{
    size_t longest = 0;

    g_test_init(&argc, &argv, NULL);
    on.samples = sf_samples_load();
    for (guint i = 0; i < on.samples->len; i++) {
        longest = MAX(longest, ((const sf_sample *)on.samples->pdata[i])->text.length);
    }
    on.room = sf_guarded_new(longest);
    g_test_add_func("/prefixes/message", test_message_prefixes);
    g_test_add_func("/prefixes/captured", test_captured_prefixes);
    g_test_add_func("/prefixes/body", test_body_prefixes);
    g_test_add_func("/prefixes/nothing-is-left", test_nothing_is_left);
    g_test_add_func("/prefixes/for-call", test_for_call);
    for (size_t i = 0; i < G_N_ELEMENTS(replacements); i++) {
        g_test_add_data_func(replacements[i].path, &replacements[i].byte, test_replaced_bytes);
    }
    int result = g_test_run();
    sf_guarded_clear(&on.room);
    g_ptr_array_unref(on.samples);
    return result;
}
