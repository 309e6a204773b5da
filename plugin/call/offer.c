/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers remembered, answers held against them.
 */
#include "offer.h"

#include <glib.h>

G_STATIC_ASSERT(SF_MAX_OFFERED_STREAMS <= UINT8_MAX);
G_STATIC_ASSERT(SF_MAX_OFFERED_KEYS <= UINT8_MAX);

/** 0 stands for a line without a key. */
static uint64_t hash_of_key(const sf_crypto *line, const sf_hash_key *hash_key)
{
    size_t length = line->key_fits ? sf_crypto_key_bytes(line) : line->key_length;

    return length ? sf_keyed_hash(hash_key, line->key, length) | 1 : 0;
}

static sf_offered_key offered_key(const sf_crypto *line, unsigned stream, const sf_hash_key *hash_key)
{
    return (sf_offered_key){
        .hash = hash_of_key(line, hash_key),
        .tag = line->tag,
        .stream = (uint8_t)stream,
        .scheme = (uint8_t)line->scheme,
        .has_tag = sf_slice_present(line->tag_text),
        .suite = sf_suite_number(line->suite),
    };
}

static bool is_same(const sf_offered_key *a, const sf_offered_key *b)
{
    return a->hash == b->hash && a->tag == b->tag && a->stream == b->stream && a->scheme == b->scheme &&
           a->has_tag == b->has_tag && a->suite == b->suite;
}

/** The alternative bodies of one offer mostly repeat their key lines ([MS-SIPRE] 3.15). */
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

sf_offer *sf_offer_of(const sf_message *message, const sf_hash_key *hash_key, const sf_memory *memory)
{
    const sf_media *media = &message->media;
    sf_offered_key keys[SF_MAX_OFFERED_KEYS];
    sf_offer offer = { .stream_count = 0 };
    unsigned key_count = 0;

    for (unsigned b = 0; b < media->sdp_count; b++) {
        const sf_run *streams = &media->sdps[b].streams;
        for (unsigned i = 0; i < streams->count && i < SF_MAX_OFFERED_STREAMS; i++) {
            const sf_stream *stream = &media->streams[streams->first + i];
            offer.offered[i] |= (uint8_t)sf_offered_of(stream);
            offer.stream_count = MAX(offer.stream_count, (uint8_t)(i + 1));
            for (unsigned k = 0; k < stream->cryptos.count; k++) {
                const sf_crypto *line = &media->cryptos[stream->cryptos.first + k];
                key_count = add_key(keys, key_count, offered_key(line, i, hash_key));
            }
        }
    }
    offer.key_count = (uint8_t)key_count;
    size_t key_bytes = key_count * sizeof keys[0];
    sf_offer *kept = sf_memory_allocate(memory, sizeof offer + key_bytes);
    *kept = offer;
    if (key_bytes) {
        memcpy(kept->keys, keys, key_bytes);
    }
    return kept;
}

/** A suite that is not in our table cannot be told from another one. */
static bool may_be_same_suite(const sf_offered_key *a, const sf_offered_key *b)
{
    return a->suite == b->suite || a->suite == 0 || b->suite == 0;
}

/** The tag must be that of a line of the same stream, scheme and suite (RFC 4568 5.1.2). */
static void check_tag(sf_stream_note *note, const sf_offer *offer, const sf_offered_key *chosen)
{
    bool is_of_other_scheme = false;
    bool is_of_other_suite = false;

    for (unsigned i = 0; i < offer->key_count; i++) {
        const sf_offered_key *key = &offer->keys[i];
        if (key->stream != chosen->stream || !key->has_tag || key->tag != chosen->tag) {
            continue;
        }
        if (key->scheme != chosen->scheme) {
            is_of_other_scheme = true;
        } else if (may_be_same_suite(key, chosen)) {
            return;
        } else {
            is_of_other_suite = true;
        }
    }
    note->has_tag = is_of_other_suite;
    note->suite_not_offered = is_of_other_suite;
    note->scheme_not_offered = is_of_other_scheme && !is_of_other_suite;
    note->tag_not_offered = !is_of_other_scheme && !is_of_other_suite;
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

/** Why an answer with a key of legacy encryption leaves the media clear; of an offer not seen nothing is known. */
static void note_clear_legacy(sf_stream_note *note, const sf_stream *stream, unsigned offered)
{
    if (stream->security == SF_SECURITY_LEGACY && note->verdict == SF_VERDICT_CLEAR && offered != SF_OFFERED_UNKNOWN) {
        note->both_allow_legacy = offered & SF_OFFERED_LEGACY;
        note->offer_lacks_legacy = !note->both_allow_legacy;
    }
}

sf_stream_note sf_offer_judge(const sf_offer *offer, const sf_message *answer, const sf_stream *stream, unsigned index,
                              const sf_hash_key *hash_key)
{
    bool is_beyond_limit = offer && index >= SF_MAX_OFFERED_STREAMS;
    const sf_crypto *lines = &answer->media.cryptos[stream->cryptos.first];
    const sf_crypto *chosen = stream->cryptos.count ? lines : NULL;
    unsigned offered = !offer || is_beyond_limit ? SF_OFFERED_UNKNOWN : offer->offered[index];
    sf_stream_note note = { .verdict = (uint8_t)sf_stream_verdict(stream, chosen, offered) };

    note.is_declined = note.verdict == SF_VERDICT_CLEAR_AFTER_OFFER;
    note_clear_legacy(&note, stream, offered);
    if (!chosen || note.verdict == SF_VERDICT_NO_MEDIA) {
        return note;
    }
    note.tag = chosen->tag;
    note.has_tag = sf_slice_present(chosen->tag_text);
    if (offered == SF_OFFERED_UNKNOWN) {
        return note;
    }
    if (note.has_tag && offer->key_count < SF_MAX_OFFERED_KEYS) {
        sf_offered_key key = offered_key(chosen, index, hash_key);
        check_tag(&note, offer, &key);
    }
    for (unsigned i = 0; i < stream->cryptos.count && !note.key_reused; i++) {
        note.key_reused = is_offered_key(offer, hash_of_key(&lines[i], hash_key));
    }
    return note;
}
