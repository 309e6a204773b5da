/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Stores offers, and compares answers with them.
 */
#include "offer.h"

#include "engine/sdp/security.h"

#include <glib.h>

G_STATIC_ASSERT(SF_MAX_OFFERED_STREAMS <= UINT8_MAX);
G_STATIC_ASSERT(SF_MAX_OFFERED_KEYS <= UINT8_MAX);

/** 0 for a line without a key. */
static uint64_t hash_of_key(const sf_crypto *crypto, const sf_hash_key *hash_key)
{
    size_t length = crypto->key_fits ? sf_crypto_key_bytes(crypto) : crypto->key_length;

    return length ? sf_keyed_hash(hash_key, crypto->key, length) | 1 : 0;
}

static sf_offered_key offered_key(const sf_crypto *crypto, unsigned stream, const sf_hash_key *hash_key)
{
    return (sf_offered_key){
        .hash = hash_of_key(crypto, hash_key),
        .tag = (uint32_t)crypto->tag.value,
        .stream = (uint8_t)stream,
        .scheme = (uint8_t)crypto->scheme,
        .has_tag = sf_number_is_present(crypto->tag),
        .suite = sf_suite_number(crypto->suite),
        .is_unencrypted = crypto->faults & SF_CRYPTO_UNENCRYPTED,
        .is_client = sf_slice_equals_nocase(crypto->role, SF_LITERAL("client")),
        .is_server = sf_slice_equals_nocase(crypto->role, SF_LITERAL("server")),
    };
}

static bool is_same(const sf_offered_key *a, const sf_offered_key *b)
{
    return a->hash == b->hash && a->tag == b->tag && a->stream == b->stream && a->scheme == b->scheme &&
           a->has_tag == b->has_tag && a->suite == b->suite;
}

/** The alternative bodies of one offer mostly repeat their crypto lines ([MS-SIPRE] 3.15). */
static unsigned add_key(sf_offered_key *keys, unsigned count, sf_offered_key key)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_same(&keys[i], &key)) {
            return count;
        }
    }
    if (count < SF_MAX_OFFERED_KEYS) {
        keys[count++] = key;
    }
    return count;
}

/** What the transport address of a stream adds to the hash of those before it. */
static uint64_t add_end(uint64_t hash, const sf_stream *stream, const sf_hash_key *hash_key)
{
    sf_slice host = stream->connection.text;
    const uint64_t end[] = { hash, sf_keyed_hash(hash_key, host.text, host.length), stream->port.value };

    return sf_keyed_hash(hash_key, end, sizeof end);
}

static bool offers_option(const sf_media *media)
{
    for (unsigned i = 0; i < media->stream_count; i++) {
        if (media->streams[i].security == SF_SECURITY_SRTP_OPTIONAL) {
            return true;
        }
    }
    return false;
}

/** a=cryptoscale is Microsoft's alone, and so are some products. Marks may be a proxy's, and prove nothing here. */
static bool is_of_microsoft(const sf_message *message)
{
    const sf_media *media = &message->media;
    sf_product product;

    for (unsigned i = 0; i < media->crypto_count; i++) {
        if (media->cryptos[i].scheme == SF_SCHEME_SCALE) {
            return true;
        }
    }
    return sf_product_read(message->agent, &product) == SF_OK && product.is_microsoft;
}

sf_offer *sf_offer_of(const sf_message *message, const sf_hash_key *hash_key, const sf_memory *memory)
{
    const sf_media *media = &message->media;
    sf_offered_key keys[SF_MAX_OFFERED_KEYS];
    sf_offer offer = { .is_cut = sf_message_lacks_end(message), .lacks_bodies = media->lacks_bodies };
    unsigned key_count = 0;

    for (unsigned b = 0; b < media->sdp_count; b++) {
        const sf_run *streams = &media->sdps[b].streams;
        for (unsigned i = 0; i < streams->count && i < SF_MAX_OFFERED_STREAMS; i++) {
            const sf_stream *stream = &media->streams[streams->first + i];
            offer.offered[i] |= (uint8_t)sf_offered_of(stream);
            offer.ends = add_end(offer.ends, stream, hash_key);
            offer.stream_count = MAX(offer.stream_count, (uint8_t)(i + 1));
            for (unsigned k = 0; k < stream->key_lines.count; k++) {
                const sf_crypto *crypto = &media->cryptos[stream->key_lines.first + k];
                key_count = add_key(keys, key_count, offered_key(crypto, i, hash_key));
            }
        }
    }
    offer.key_count = (uint8_t)key_count;
    offer.is_microsoft = offers_option(media) && is_of_microsoft(message);
    size_t key_bytes = key_count * sizeof keys[0];
    sf_offer *kept = sf_memory_allocate(memory, sizeof offer + key_bytes);
    *kept = offer;
    if (key_bytes) {
        memcpy(kept->keys, keys, key_bytes);
    }
    return kept;
}

bool sf_offers_are_same(const sf_offer *one, const sf_offer *other)
{
    if (one->ends != other->ends || one->stream_count != other->stream_count || one->key_count != other->key_count ||
        memcmp(one->offered, other->offered, sizeof one->offered) != 0) {
        return false;
    }
    for (unsigned i = 0; i < one->key_count; i++) {
        if (!is_same(&one->keys[i], &other->keys[i])) {
            return false;
        }
    }
    return true;
}

/** Two suites that are not in our table look the same. */
static bool may_be_same_suite(const sf_offered_key *a, const sf_offered_key *b)
{
    return a->suite == b->suite || a->suite == 0 || b->suite == 0;
}

/** A client's keys are for a server, and the other way round ([MS-SDPEXT] 3.1.5.2). */
static bool has_same_role(const sf_offered_key *a, const sf_offered_key *b)
{
    return (a->is_client && b->is_client) || (a->is_server && b->is_server);
}

/** The tag must be that of a line of the same stream, scheme and suite (RFC 4568 5.1.2). Gives what it is not. */
static unsigned fault_of_tag(const sf_offer *offer, const sf_offered_key *chosen)
{
    bool has_other_scheme = false;
    bool has_other_suite = false;

    for (unsigned i = 0; i < offer->key_count; i++) {
        const sf_offered_key *key = &offer->keys[i];
        if (key->stream != chosen->stream || !key->has_tag || key->tag != chosen->tag) {
            continue;
        }
        if (key->scheme != chosen->scheme) {
            has_other_scheme = true;
        } else if (may_be_same_suite(key, chosen)) {
            return has_same_role(key, chosen) ? SF_ANSWER_SAME_ROLE : 0;
        } else {
            has_other_suite = true;
        }
    }
    if (has_other_suite) {
        return SF_ANSWER_SUITE_NOT_OFFERED;
    }
    return has_other_scheme ? SF_ANSWER_SCHEME_NOT_OFFERED : SF_ANSWER_TAG_NOT_OFFERED;
}

/** True if the offered line of that tag leaves the media readable: what the offerer sends then is. */
static bool is_offered_unencrypted(const sf_offer *offer, const sf_offered_key *chosen)
{
    for (unsigned i = 0; i < offer->key_count; i++) {
        const sf_offered_key *key = &offer->keys[i];
        if (key->stream == chosen->stream && key->has_tag && key->tag == chosen->tag && key->scheme == chosen->scheme) {
            return key->is_unencrypted;
        }
    }
    return false;
}

/**
 * The line that an answer chooses. There should be one alone (RFC 4568 5.1.2); of several the first counts that the
 * offer has as well.
 */
static unsigned choose(const sf_offer *offer, const sf_crypto *cryptos, unsigned count, unsigned stream,
                       const sf_hash_key *hash_key)
{
    for (unsigned i = 0; offer && count > 1 && i < count; i++) {
        sf_offered_key key = offered_key(&cryptos[i], stream, hash_key);
        if (key.has_tag && fault_of_tag(offer, &key) == 0) {
            return i;
        }
    }
    return 0;
}

/** True if several lines have the scheme of the chosen one: an answer should choose one (RFC 4568 5.1.2). */
static bool has_several(const sf_crypto *cryptos, unsigned count, const sf_crypto *chosen)
{
    unsigned same = 0;

    for (unsigned i = 0; i < count; i++) {
        same += cryptos[i].scheme == chosen->scheme;
    }
    return same > 1;
}

/** Each side must choose keys of its own (RFC 4568 6.1). */
static bool is_offered_key(const sf_offer *offer, uint64_t hash)
{
    for (unsigned i = 0; i < offer->key_count; i++) {
        if (hash && offer->keys[i].hash == hash) {
            return true;
        }
    }
    return false;
}

static bool repeats_key(const sf_offer *offer, const sf_crypto *cryptos, unsigned count, const sf_hash_key *hash_key)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_offered_key(offer, hash_of_key(&cryptos[i], hash_key))) {
            return true;
        }
    }
    return false;
}

/** Why an answer with a key of legacy encryption leaves the media clear; of an offer not seen nothing is known. */
static unsigned fault_of_legacy(const sf_stream *stream, sf_verdict verdict, unsigned offered)
{
    if (stream->security != SF_SECURITY_LEGACY || verdict != SF_VERDICT_CLEAR || offered == SF_OFFERED_UNKNOWN) {
        return 0;
    }
    return offered & SF_OFFERED_LEGACY ? SF_ANSWER_LEGACY_OPTIONAL : SF_ANSWER_LEGACY_NOT_OFFERED;
}

static unsigned fault_of_misfit(unsigned misfits)
{
    return (misfits & SF_MISFIT_NO_KEY ? SF_ANSWER_NO_KEY : 0) |
           (misfits & SF_MISFIT_NO_FINGERPRINT ? SF_ANSWER_NO_FINGERPRINT : 0) |
           (misfits & SF_MISFIT_NOT_OFFERED ? SF_ANSWER_KEY_NOT_OFFERED : 0) |
           (misfits & SF_MISFIT_NOBODY_STARTS ? SF_ANSWER_NOBODY_STARTS : 0) |
           (misfits & SF_MISFIT_BOTH_START ? SF_ANSWER_BOTH_START : 0);
}

/** What is wrong with the crypto line that an answer chooses, held against an offer whose lines are all known. */
static unsigned hold_against(const sf_offer *offer, const sf_offered_key *chosen, sf_stream_note *note)
{
    unsigned faults = fault_of_tag(offer, chosen);

    note->has_tag = !(faults & (SF_ANSWER_TAG_NOT_OFFERED | SF_ANSWER_SCHEME_NOT_OFFERED));
    if (!sf_verdict_has_crypto_line(note->verdict)) {
        return faults;
    }
    /* With another suite or role both sides cannot hold the same keys. With another tag they may, if the offerer is
     * lenient, and media may pass: by the rules nothing is agreed then (RFC 4568 5.1.2, 5.1.3). */
    if (faults & (SF_ANSWER_SUITE_NOT_OFFERED | SF_ANSWER_SCHEME_NOT_OFFERED | SF_ANSWER_SAME_ROLE)) {
        note->verdict = SF_VERDICT_NOT_COMPATIBLE;
    } else if (faults & SF_ANSWER_TAG_NOT_OFFERED) {
        note->verdict = SF_VERDICT_TAG_NOT_OFFERED;
    } else if (is_offered_unencrypted(offer, chosen)) {
        note->verdict = SF_VERDICT_UNENCRYPTED_SRTP;
    }
    return faults;
}

/** What was offered for a stream. Of an offer that was cut, nobody knows what followed the streams that are there. */
static unsigned offered_at(const sf_offer *offer, unsigned index)
{
    bool is_known = offer && index < SF_MAX_OFFERED_STREAMS && !(offer->is_cut && index >= offer->stream_count);

    return is_known ? offer->offered[index] : SF_OFFERED_UNKNOWN;
}

/** True if lines of an offered stream may have been cut off: those of the last one, or in another body. */
static bool is_cut_at(const sf_offer *offer, unsigned index)
{
    return offer && offer->is_cut && (offer->lacks_bodies || index + 1 == offer->stream_count);
}

sf_stream_note sf_offer_judge(const sf_offer *offer, const sf_message *answer, const sf_stream *stream, unsigned index,
                              const sf_hash_key *hash_key)
{
    bool is_beyond_limit = offer && index >= SF_MAX_OFFERED_STREAMS;
    unsigned offered = offered_at(offer, index);
    const sf_crypto *cryptos = &answer->media.cryptos[stream->key_lines.first];
    unsigned count = stream->key_lines.count;
    unsigned at = choose(is_beyond_limit ? NULL : offer, cryptos, count, index, hash_key);
    const sf_crypto *chosen = count ? &cryptos[at] : NULL;
    unsigned misfits;
    sf_verdict verdict = sf_stream_verdict(stream, chosen, offered, &misfits);
    if (misfits & (SF_MISFIT_NOT_OFFERED | SF_MISFIT_NOBODY_STARTS) && is_cut_at(offer, index)) {
        offered = SF_OFFERED_UNKNOWN;
        verdict = sf_stream_verdict(stream, chosen, offered, &misfits);
    }
    unsigned faults = fault_of_legacy(stream, verdict, offered) | fault_of_misfit(misfits);
    sf_stream_note note = { .verdict = (uint8_t)verdict, .chosen = UINT8_MAX };

    if (verdict == SF_VERDICT_CLEAR_AFTER_OFFER) {
        faults |= SF_ANSWER_DECLINES_SRTP;
    }
    if (faults & SF_ANSWER_KEY_NOT_OFFERED && index >= offer->stream_count) {
        faults = (faults & ~(unsigned)SF_ANSWER_KEY_NOT_OFFERED) | SF_ANSWER_EXTRA_STREAM;
    }
    bool is_by_dtls = verdict == SF_VERDICT_DTLS_SRTP || verdict == SF_VERDICT_IN_DTLS;
    if (chosen && verdict != SF_VERDICT_NO_MEDIA && !is_by_dtls && !misfits) {
        note.tag = (uint32_t)chosen->tag.value;
        note.has_tag = sf_number_is_present(chosen->tag);
        note.chosen = (uint8_t)at;
        faults |= has_several(cryptos, count, chosen) ? SF_ANSWER_SEVERAL_KEYS : 0;
        /* Of a capability the lines are not known (RFC 5939 3.4.2), nor of an offer that was not seen. */
        bool are_lines_known = offered != SF_OFFERED_UNKNOWN && !(offered & SF_OFFERED_CAPABILITY) &&
                               !is_cut_at(offer, index) && offer->key_count < SF_MAX_OFFERED_KEYS;
        if (note.has_tag && are_lines_known) {
            sf_offered_key key = offered_key(chosen, index, hash_key);
            faults |= hold_against(offer, &key, &note);
        }
        if (offered != SF_OFFERED_UNKNOWN && repeats_key(offer, cryptos, count, hash_key)) {
            faults |= SF_ANSWER_REPEATS_KEY;
        }
    }
    bool keeps_profile = note.chosen != UINT8_MAX && sf_verdict_has_crypto_line(note.verdict) &&
                         sf_stream_profile(stream) == SF_PROFILE_CLEAR;
    if (keeps_profile && offer && offer->is_microsoft && !stream->has_keys_of_group) {
        faults |= SF_ANSWER_KEEPS_PROFILE;
    }
    note.faults = (uint16_t)faults;
    return note;
}
