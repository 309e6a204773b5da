/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The facts of the Skype-to-Lync INVITE, each worked out from its text by hand.
 */
#include "check.h"
#include "engine/message.h"
#include "samples.h"

static sf_message message;
static sf_sample *seed;

static void read_seed(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();

    g_assert_cmpint(sf_message_read(seed->text, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
}

static void test_who(void)
{
    read_seed();
    SF_CHECK_PROBLEM(&message.problems, NULL);
    g_assert_true(message.is_request);
    g_assert_true(message.is_microsoft);
    g_assert_true(message.crosses_federation);
    SF_CHECK_SLICE(message.method, "INVITE");
    SF_CHECK_SLICE(message.call_id, "f82fcb08-2095-46af-888b-0869f3f32fd3");
    SF_CHECK_SLICE(message.from.identity.text, "user(example.com)@msn.com");
    SF_CHECK_SLICE(message.from.identity.local, "user");
    SF_CHECK_SLICE(message.from.identity.domain, "example.com");
    g_assert_true(message.from.identity.is_decorated);
    g_assert_cmpint(message.from.identity.network, ==, SF_NETWORK_SKYPE);
    SF_CHECK_SLICE(message.from.tag, "7166e331a");
    SF_CHECK_SLICE(message.to.identity.text, "user@example.com");
    g_assert_cmpint(message.to.identity.network, ==, SF_NETWORK_SIP_DOMAIN);
    g_assert_cmpuint(message.identity_count, ==, 1);
    g_assert_cmpuint(message.epid_count, ==, 2);
    SF_CHECK_SLICE(message.epids[0].text, "2539071F25");
    SF_CHECK_SLICE(message.epids[0].header, "From");
    SF_CHECK_SLICE(message.epids[1].text, "2539071F25");
    SF_CHECK_SLICE(message.epids[1].header, "Record-Route");
    g_assert_cmpint(message.origin.network, ==, SF_NETWORK_SKYPE);
    g_assert_cmpuint(message.origin.count, ==, 3);
    SF_CHECK_SLICE(message.origin.items[0].value, "user(example.com)@msn.com");
    SF_CHECK_SLICE(message.origin.items[1].value, "federation.messenger.msn.com");
    SF_CHECK_SLICE(message.origin.items[2].value, "online.lync.com");
}

typedef struct {
    uint16_t received_port;
    uint32_t received_cid;
    uint32_t connection;
    sf_stack stack;
    uint32_t branch_id;
} via_facts;

static void test_vias(void)
{
    static const via_facts vias[] = {
        { 0, 0, 0, SF_STACK_RTC_SERVER_2010, 0x3099d438 },
        { 60517, 0x05128500, 332421, SF_STACK_RTC_SERVER_2010, 0x9f787ff9 },
        { 62983, 0x488c7f00, 4754559, SF_STACK_RTC_SERVER_2010, 0x0543c538 },
        { 57460, 0x00571200, 22290, SF_STACK_RTCC_UCMA, 0 },
    };

    read_seed();
    g_assert_cmpuint(message.via_count, ==, G_N_ELEMENTS(vias));
    for (size_t i = 0; i < G_N_ELEMENTS(vias); i++) {
        const sf_via *via = &message.vias[i];
        g_assert_cmpuint(via->received_port.value, ==, vias[i].received_port);
        g_assert_cmphex(via->received_cid.value, ==, vias[i].received_cid);
        g_assert_cmpuint(sf_connection_number(via->received_cid.value), ==, vias[i].connection);
        g_assert_cmpint(via->stack, ==, vias[i].stack);
        g_assert_cmphex(via->branch_id, ==, vias[i].branch_id);
    }
    g_assert_cmpuint(message.vias[1].token.mac_length, ==, 32);
    g_assert_cmphex(message.vias[1].token.branch_id, ==, 0x9f787ff9);
    g_assert_true(message.vias[1].token.matches_branch);
}

static void test_routes(void)
{
    read_seed();
    g_assert_cmpuint(message.route_count, ==, 3);
    SF_CHECK_SLICE(message.routes[0].address.uri.host, "edge.example.com");
    g_assert_false(message.routes[0].is_provider);

    const sf_route *provider = &message.routes[1];
    g_assert_true(provider->is_provider);
    g_assert_true(provider->is_record_route);
    SF_CHECK_SLICE(provider->epid, "2539071F25");
    SF_CHECK_SLICE(provider->tag, "2A3EDAB22F1C6A1202525757E2C62192");
    g_assert_cmpuint(provider->key_info.text.length, ==, 704);
    g_assert_true(provider->key_info.is_complete);
    g_assert_cmpuint(provider->key_info.key_length, ==, 256);
    g_assert_cmpuint(provider->key_info.signature_length, ==, 256);
    g_assert_null(provider->key_info.algorithm); /* bare ciphertext of RSA-2048 */
    g_assert_cmpuint(provider->key_info.created, ==, G_GUINT64_CONSTANT(130114575992538432));
    g_assert_true(provider->token[SF_ROUTE_SIG].matches_branch);
    g_assert_true(provider->token[SF_ROUTE_RR_SIG].matches_branch);
    g_assert_cmphex(provider->token[SF_ROUTE_SIG].branch_id, ==, 0x9f787ff9);
    g_assert_cmphex(provider->token[SF_ROUTE_RR_SIG].branch_id, ==, 0x9f787ff9);

    SF_CHECK_SLICE(message.routes[2].front_end, "SN20S00MED06.infra.lync.com");
}

static void test_gruu(void)
{
    read_seed();
    g_assert_cmpuint(message.gruu_count, ==, 1);
    g_assert_cmpint(message.gruus[0].kind, ==, SF_GRUU_SERVER);
    SF_CHECK_SLICE(message.gruus[0].service, "MediationServer");
    SF_CHECK_GUID(message.gruus[0].guid, "acdd7469-07bb-5fe6-811f-aed4c88b90a7");
    SF_CHECK_GUID(message.gruus[0].grid, "a6680a35-4e78-424c-ae0b-3241de377835");
}

static void test_media(void)
{
    static const uint16_t ports[] = { 50018, 49160 };
    static const unsigned candidates[] = { 12, 14 };

    read_seed();
    g_assert_cmpuint(message.media.sdp_count, ==, 2);
    for (unsigned i = 0; i < 2; i++) {
        const sf_sdp *sdp = &message.media.sdps[i];
        const sf_stream *stream = &message.media.streams[i];
        g_assert_true(sdp->is_fallback == (i == 0));
        g_assert_cmpint(sdp->role, ==, SF_ROLE_OFFER);
        g_assert_cmpint(sdp->ice_dialect, ==, i == 0 ? SF_ICE_DRAFT_06 : SF_ICE_DRAFT_19);
        g_assert_cmpuint(sdp->streams.count, ==, 1);
        SF_CHECK_SLICE(stream->type, "audio");
        SF_CHECK_SLICE(stream->profile, "RTP/AVP");
        SF_CHECK_SLICE(stream->label, "main-audio");
        g_assert_cmpuint(stream->port.value, ==, ports[i]);
        g_assert_cmpint(stream->security, ==, SF_SECURITY_SRTP_OPTIONAL);
        g_assert_cmpuint(stream->candidates.count, ==, candidates[i]);
        g_assert_cmpuint(stream->codecs.count, ==, 8);
        g_assert_cmpstr(message.media.codecs[stream->codecs.first + 3].friendly, ==, "RTAudio (narrowband)");
    }
}

static void test_keys(void)
{
    static const sf_crypto_scheme schemes[] = { SF_SCHEME_SCALE, SF_SCHEME_SDES, SF_SCHEME_SDES };

    read_seed();
    g_assert_cmpuint(message.media.crypto_count, ==, 6);
    for (unsigned i = 0; i < 6; i++) {
        const sf_crypto *crypto = &message.media.cryptos[i];
        g_assert_cmpint(crypto->scheme, ==, schemes[i % 3]);
        g_assert_cmpuint(crypto->tag.value, ==, i % 3 + 1);
        g_assert_cmpuint(crypto->lifetime.value, ==, 2147483648);
        g_assert_cmpuint(crypto->mki_length.value, ==, i % 3 == 2 ? 0 : 1);
        g_assert_true(crypto->key_fits);
        /* Two alternatives of one multipart are one offer. */
        g_assert_cmpuint(crypto->faults, ==, 0);
    }
    const sf_crypto *scale = &message.media.cryptos[0];
    SF_CHECK_SLICE(scale->role, "client");
    SF_CHECK_BYTES(scale->key, scale->key_length, "5f32976565784c065b33a7b5bfe3402247441164134b353d49f67ab2725c");
    g_assert_cmpuint(scale->mki.value, ==, 1);
}

typedef struct {
    const char *type;
    const char *address; /**< bytes in digits */
    uint16_t port;
    const char *related;
    uint16_t related_port;
} candidate_facts;

/** Every second candidate of a body; the other one is component 2 of the same. */
static void check_candidates(unsigned stream, const candidate_facts *facts, unsigned count)
{
    sf_run run = message.media.streams[stream].candidates;

    g_assert_cmpuint(run.count, ==, count * 2);
    for (unsigned i = 0; i < run.count; i++) {
        const sf_candidate *candidate = &message.media.candidates[run.first + i];
        const candidate_facts *row = &facts[i / 2];
        g_assert_cmpuint(candidate->component.value, ==, i % 2 + 1);
        SF_CHECK_BYTES(candidate->address.bytes, 4, row->address);
        if (candidate->dialect == SF_ICE_DRAFT_06) {
            g_assert_cmpstr(candidate->likely_type, ==, row->type);
        } else {
            SF_CHECK_SLICE(candidate->type_text, row->type);
        }
        SF_CHECK_SLICE(candidate->related.text, row->related);
        if (i % 2 == 0) {
            g_assert_cmpuint(candidate->address.port.value, ==, row->port);
            g_assert_cmpuint(candidate->related.port.value, ==, row->related_port);
        }
    }
}

static void test_candidates(void)
{
    static const candidate_facts first[] = {
        { "host", "0a000000", 54846, NULL, 0 },  { "host", "9d000000", 55364, NULL, 0 },
        { "host", "9d000000", 50018, NULL, 0 },  { "relay", "9d000000", 56418, NULL, 0 },
        { "relay", "9d000000", 52862, NULL, 0 }, { "srflx", "9d000000", 52803, NULL, 0 },
    };
    static const candidate_facts second[] = {
        { "host", "9d000000", 49160, NULL, 0 },
        { "host", "9d000000", 51986, NULL, 0 },
        { "host", "0a000000", 55310, NULL, 0 },
        { "relay", "9d000000", 52424, "157.0.0.0", 49710 },
        { "relay", "9d000000", 50472, "157.0.0.0", 50802 },
        { "relay", "9d000000", 52424, "157.0.0.0", 49710 },
        { "srflx", "9d000000", 49710, "157.0.0.0", 49710 },
    };

    read_seed();
    check_candidates(0, first, G_N_ELEMENTS(first));
    check_candidates(1, second, G_N_ELEMENTS(second));
}

/** What is read for the call alone is what all of it says of the same; From says already whose message it is. */
static void test_for_call(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();

    g_assert_cmpint(sf_message_read(seed->text, &knowledge, SF_READ_FOR_CALL, &message), ==, SF_OK);
    g_assert_true(message.is_microsoft);
    SF_CHECK_SLICE(message.from.identity.text, "user(example.com)@msn.com");
    g_assert_cmpuint(message.via_count, ==, 0);
    g_assert_cmpuint(message.route_count, ==, 0);
    g_assert_cmpuint(message.gruu_count, ==, 0);
    g_assert_cmpuint(message.media.crypto_count, ==, 6);
    g_assert_cmpint(message.media.streams[0].security, ==, SF_SECURITY_SRTP_OPTIONAL);
    g_assert_cmpuint(message.media.candidate_count, ==, 0);
    g_assert_cmpuint(message.media.codec_count, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    seed = sf_sample_load("skype-to-lync-invite/01-a-invite.sip");
    g_test_add_func("/seed/who", test_who);
    g_test_add_func("/seed/for-call", test_for_call);
    g_test_add_func("/seed/vias", test_vias);
    g_test_add_func("/seed/routes", test_routes);
    g_test_add_func("/seed/gruu", test_gruu);
    g_test_add_func("/seed/media", test_media);
    g_test_add_func("/seed/keys", test_keys);
    g_test_add_func("/seed/candidates", test_candidates);
    int result = g_test_run();
    sf_sample_free(seed);
    return result;
}
