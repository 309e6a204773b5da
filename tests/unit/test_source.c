/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What sources prove: thousands of generated streams of each kind, told apart.
 */
#include <glib.h>
#include <string.h>

#include "media/source.h"
#include "system/library.h"

enum { STREAMS = 2000, PACKETS = 110, SPEECH = 160, MAX_MKI = 4, MAX_PACKET = 256 };

/** Codecs with their payload of 20 ms. */
static const struct {
    uint8_t payload_type;
    uint8_t bytes;
    bool is_known;
} codecs[] = { { 0, 160, true }, { 8, 160, true },  { 9, 160, true },
               { 3, 33, true },  { 18, 20, false }, { 111, 71, false } };

static const char *const suites[] = { "AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80" };

typedef enum { CLEAR_MEDIA, RANDOM_PAYLOAD, AGREED_KEY, OTHER_KEY, ONE_BIT_CHANGED, KINDS } kind;

static const char *const kind_names[KINDS] = { "clear media", "random payload of any length", "the agreed key",
                                               "another key", "one bit of each tag changed" };

/** A stream of one sender, and what it is held against. */
typedef struct {
    kind kind;
    sf_srtp_keys keys;   /**< of the sender */
    sf_srtp_keys agreed; /**< of the call */
    size_t mki_bytes;
    unsigned codec;
    uint16_t sequence;
    uint32_t timestamp;
    uint32_t roc;
} sender;

static sender random_sender(GRand *chance, kind kind)
{
    const char *name = suites[g_rand_int_range(chance, 0, G_N_ELEMENTS(suites))];
    const sf_suite *suite = sf_suite_find((sf_slice){ name, strlen(name) });
    sender s = { .kind = kind,
                 .codec = (unsigned)g_rand_int_range(chance, 0, G_N_ELEMENTS(codecs)),
                 .mki_bytes = (size_t)g_rand_int_range(chance, 0, MAX_MKI + 1),
                 .sequence = (uint16_t)g_rand_int(chance),
                 .timestamp = g_rand_int(chance) };

    for (unsigned i = 0; i < 2; i++) {
        uint8_t master[46];
        for (size_t at = 0; at < sizeof master; at++) {
            master[at] = (uint8_t)g_rand_int(chance);
        }
        g_assert_true(
            sf_srtp_derive(suite, master, (size_t)suite->key_bytes + suite->salt_bytes, i == 0 ? &s.keys : &s.agreed));
    }
    if (kind != OTHER_KEY) {
        s.agreed = s.keys;
    }
    return s;
}

static size_t next_packet(GRand *chance, sender *s, uint8_t *packet)
{
    bool is_random = s->kind == RANDOM_PAYLOAD;
    size_t length = 12 + (is_random ? (size_t)g_rand_int_range(chance, 1, SPEECH + 40) : codecs[s->codec].bytes);
    uint8_t digest[20];
    gsize digest_bytes = sizeof digest;
    uint8_t roc[4] = { 0, 0, 0, (uint8_t)s->roc };

    memset(packet, 0, 12);
    packet[0] = 0x80;
    packet[1] = codecs[s->codec].payload_type;
    packet[2] = (uint8_t)(s->sequence >> 8);
    packet[3] = (uint8_t)s->sequence;
    for (unsigned i = 0; i < 4; i++) {
        packet[4 + i] = (uint8_t)(s->timestamp >> (24 - 8 * i));
    }
    for (size_t i = 12; i < length; i++) {
        packet[i] = (uint8_t)g_rand_int(chance);
    }
    if (s->kind != CLEAR_MEDIA && !is_random) {
        GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA1, s->keys.authentication, sizeof s->keys.authentication);
        g_hmac_update(hmac, packet, (gssize)length);
        g_hmac_update(hmac, roc, sizeof roc);
        g_hmac_get_digest(hmac, digest, &digest_bytes);
        g_hmac_unref(hmac);
        for (size_t i = 0; i < s->mki_bytes; i++) {
            packet[length++] = (uint8_t)i;
        }
        memcpy(packet + length, digest, s->keys.tag_bytes);
        length += s->keys.tag_bytes;
        if (s->kind == ONE_BIT_CHANGED) {
            packet[length - 1] ^= (uint8_t)(1 << g_rand_int_range(chance, 0, 8));
        }
    }
    s->sequence++;
    s->roc += s->sequence == 0;
    s->timestamp += SPEECH;
    return length;
}

static void take(sf_source *source, sf_trial *trial, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t frame)
{
    if (sf_sequence_take(&source->numbers, rtp->sequence)) {
        sf_source_count(source, rtp, frame);
        if (!sf_source_is_settled(source, trial, rule)) {
            sf_source_judge(source, trial, rtp, rule, frame);
        }
    }
}

/** The finding on a stream of which each packet is lost once in `loss`, and each second one comes late once in `loss`. */
static sf_finding finding_of(GRand *chance, kind kind, int loss, bool *is_known_codec)
{
    sender s = random_sender(chance, kind);
    uint8_t packets[2][MAX_PACKET];
    size_t lengths[2];
    sf_source source;
    sf_trial trial;
    sf_source_rule rule = { .keys = &s.agreed, .mki_bytes = s.mki_bytes, .may_be_clear = true, .needs_tags = true };
    bool has_begun = false;

    *is_known_codec = codecs[s.codec].is_known;
    for (unsigned n = 0; n < PACKETS; n += 2) {
        lengths[0] = next_packet(chance, &s, packets[0]);
        lengths[1] = next_packet(chance, &s, packets[1]);
        bool is_swapped = n > 0 && g_rand_int_range(chance, 0, loss) == 0;
        for (unsigned i = 0; i < 2; i++) {
            unsigned at = is_swapped ? 1 - i : i;
            sf_rtp rtp;
            g_assert_true(sf_rtp_read(packets[at], lengths[at], &rtp));
            if (n > 0 && g_rand_int_range(chance, 0, loss) == 0) {
                continue;
            }
            if (!has_begun) {
                source = sf_source_of(&rtp, 0);
                trial = sf_trial_of(&rtp);
                has_begun = true;
            }
            take(&source, &trial, &rtp, &rule, n + i + 1);
            g_assert_cmpuint(sf_source_decided_in(&source), <=, n + i + 1);
        }
    }
    return (sf_finding)source.finding;
}

static void tells_streams_apart(void)
{
    static const sf_finding right[KINDS] = {
        [CLEAR_MEDIA] = SF_FINDING_CLEAR,   [RANDOM_PAYLOAD] = SF_FINDING_OTHER_KEY,  [AGREED_KEY] = SF_FINDING_SRTP,
        [OTHER_KEY] = SF_FINDING_OTHER_KEY, [ONE_BIT_CHANGED] = SF_FINDING_OTHER_KEY,
    };
    GRand *chance = g_rand_new_with_seed(18);

    sf_library_load();
    if (!sf_srtp_is_available()) {
        g_test_skip("built without libgcrypt");
        return;
    }
    for (kind k = 0; k < KINDS; k++) {
        unsigned counts[SF_FINDINGS] = { 0 };
        for (unsigned n = 0; n < STREAMS; n++) {
            bool is_known_codec;
            sf_finding finding = finding_of(chance, k, n % 2 ? 30 : G_MAXINT, &is_known_codec);
            counts[finding]++;
            /* What is no proof may be wanting, but none may be wrong. */
            if (finding == SF_FINDING_UNDETERMINED) {
                g_assert_cmpuint(k, !=, AGREED_KEY);
            } else if (k == CLEAR_MEDIA && !is_known_codec) {
                g_assert_cmpuint(finding, ==, SF_FINDING_OTHER_KEY);
            } else {
                g_assert_cmpuint(finding, ==, right[k]);
            }
        }
        g_test_message("%s: of %u streams, %u clear, %u authenticated, %u not by the agreed key, %u undetermined",
                       kind_names[k], STREAMS, counts[SF_FINDING_CLEAR], counts[SF_FINDING_SRTP],
                       counts[SF_FINDING_OTHER_KEY], counts[SF_FINDING_UNDETERMINED]);
        g_assert_cmpuint(counts[SF_FINDING_UNDETERMINED] * 50, <=, STREAMS);
        g_assert_cmpuint(counts[right[k]], >, STREAMS / 2);
    }
    g_rand_free(chance);
}

/** Too few packets, a packet in the middle of a call, and a pause prove nothing. */
static void asks_for_enough(void)
{
    GRand *chance = g_rand_new_with_seed(1);
    sender s = { .kind = CLEAR_MEDIA, .sequence = 7 };
    sf_source_rule rule = { .may_be_clear = true };
    sf_source source;
    sf_trial trial;
    uint8_t packet[MAX_PACKET];
    sf_rtp rtp;

    for (unsigned n = 1; n <= 9; n++) {
        g_assert_true(sf_rtp_read(packet, next_packet(chance, &s, packet), &rtp));
        if (n == 1) {
            source = sf_source_of(&rtp, 0);
            trial = sf_trial_of(&rtp);
        }
        take(&source, &trial, &rtp, &rule, n);
        g_assert_cmpuint(source.finding, ==, n < 9 ? SF_FINDING_UNDETERMINED : SF_FINDING_CLEAR);
    }
    g_assert_cmpuint(sf_source_decided_in(&source), ==, 9);
    g_assert_cmpuint(source.numbers.packets, ==, 9);

    rule.may_be_clear = false;
    for (unsigned n = 1; n <= 30; n++) {
        g_assert_true(sf_rtp_read(packet, next_packet(chance, &s, packet), &rtp));
        if (n == 1) {
            source = sf_source_of(&rtp, 0);
            trial = sf_trial_of(&rtp);
        }
        take(&source, &trial, &rtp, &rule, n);
        g_assert_cmpuint(source.finding, ==, SF_FINDING_UNDETERMINED);
    }
    g_rand_free(chance);
}

static void passes_other_packets_over(void)
{
    static const uint8_t first_bytes[][2] = {
        { 0x00, 0x01 },                               /* STUN */
        { 0x16, 0xfe },                               /* DTLS */
        { 0x40, 0x00 },                               /* TURN channel (RFC 7983) */
        { 0x80, 200 },  { 0x81, 201 }, { 0x80, 207 }, /* RTCP (RFC 5761 4) */
    };
    uint8_t packet[64] = { 0x80, 0 };
    sf_rtp rtp;

    g_assert_true(sf_rtp_read(packet, sizeof packet, &rtp));
    for (size_t i = 0; i < G_N_ELEMENTS(first_bytes); i++) {
        memcpy(packet, first_bytes[i], 2);
        g_assert_false(sf_rtp_read(packet, sizeof packet, &rtp));
    }
}

/** Of each payload type of a source one packet makes it many; of more types than are kept, none does. */
static void counts_payload_types(void)
{
    sf_rtp rtp = { .payload_type = 0 };
    sf_source source = sf_source_of(&rtp, 0);

    for (unsigned type = 0; type <= SF_SOURCE_TYPES; type++) {
        unsigned times = 0, last = 0;
        rtp.payload_type = (uint8_t)type;
        for (unsigned packet = 1; packet <= SF_SOURCE_MANY + 10; packet++) {
            bool is_many = sf_source_count(&source, &rtp, packet);
            times += is_many;
            last = is_many ? packet : last;
        }
        g_assert_cmpuint(times, ==, type < SF_SOURCE_TYPES ? 1 : 0);
        g_assert_cmpuint(last, ==, type < SF_SOURCE_TYPES ? SF_SOURCE_MANY : 0);
        g_assert_cmpuint(source.type_count, ==, MIN(type + 1, SF_SOURCE_TYPES));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/tells-streams-apart", tells_streams_apart);
    g_test_add_func("/source/asks-for-enough", asks_for_enough);
    g_test_add_func("/source/passes-other-packets-over", passes_other_packets_over);
    g_test_add_func("/source/counts-payload-types", counts_payload_types);
    return g_test_run();
}
