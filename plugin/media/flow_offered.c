/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What offers say of their streams, kept until the answer comes.
 */
#include "flow_table.h"

#include <string.h>

#include "call/agreement.h"

enum { KEYS_AT_ONCE = 4 }; /* of an offer that memory is taken for: most have fewer */

bool sf_line_key_of(const sf_crypto *crypto, sf_line_key *key)
{
    if (crypto->scheme != SF_SCHEME_SDES || !crypto->key_fits || crypto->key_length > sizeof key->master ||
        !sf_number_is_present(crypto->tag) || crypto->faults & SF_CRYPTO_UNENCRYPTED ||
        crypto->mki_length.value > 128) {
        return false;
    }
    memcpy(key->master, crypto->key, crypto->key_length);
    key->length = (uint8_t)crypto->key_length;
    key->suite = crypto->suite;
    key->tag = (uint32_t)crypto->tag.value;
    key->mki_bytes = sf_number_is_present(crypto->mki_length) ? (uint8_t)crypto->mki_length.value : 0;
    key->is_ambiguous = false;
    key->has_others = crypto->has_more_keys;
    key->lacks_tags = crypto->faults & SF_CRYPTO_UNAUTHENTICATED;
    return true;
}

/** Alternative bodies mostly repeat their lines; where they do not, nobody knows which one is used. */
static void offer_key(sf_offered_stream *stream, const sf_line_key *key)
{
    for (unsigned i = 0; i < stream->key_count; i++) {
        sf_line_key *known = &stream->keys[i];
        if (known->tag == key->tag && known->suite == key->suite) {
            known->is_ambiguous |= memcmp(known->master, key->master, key->length) != 0;
            return;
        }
    }
    if (stream->key_count < SF_MAX_STREAM_KEYS) {
        if (stream->key_count % KEYS_AT_ONCE == 0) {
            stream->keys = g_renew(sf_line_key, stream->keys, stream->key_count + KEYS_AT_ONCE);
        }
        stream->keys[stream->key_count++] = *key;
    }
}

void sf_flows_keep_offer(sf_flows *flows, const sf_media *media, const sf_call_note *note, const sf_sighting *at)
{
    const sf_sdp *body = sf_agreement_body(media);
    unsigned count = MIN(body->streams.count, SF_MAX_OFFERED_STREAMS);
    sf_kept_offer *offer = g_malloc0(sizeof *offer + count * sizeof offer->streams[0]);

    offer->frame = at->frame;
    offer->is_exposed = at->is_exposed;
    offer->count = count;
    for (unsigned i = 0; i < count; i++) {
        const sf_stream *stream = &media->streams[body->streams.first + i];
        offer->streams[i].end = sf_media_end_of(&stream->connection, stream->port);
        offer->streams[i].direction = stream->direction;
        sf_flow_early_watch(flows, &offer->streams[i].end, at->frame);
        offer->streams[i].lines = sf_stream_lines_copy(media, i);
    }
    for (unsigned b = 0; b < media->sdp_count; b++) {
        const sf_run *streams = &media->sdps[b].streams;
        for (unsigned i = 0; i < MIN(streams->count, count); i++) {
            const sf_run *lines = &media->streams[streams->first + i].key_lines;
            for (unsigned k = 0; k < lines->count; k++) {
                sf_line_key key = { .length = 0 };
                if (sf_line_key_of(&media->cryptos[lines->first + k], &key)) {
                    offer_key(&offer->streams[i], &key);
                }
            }
        }
    }
    const void **place = &flows->newest_offers[flows->offer_count++ % SF_MAX_KEPT_OFFERS];
    if (*place) {
        g_hash_table_remove(flows->offers, *place);
    }
    *place = note->exchange;
    g_hash_table_replace(flows->offers, (void *)note->exchange, offer);
}

const sf_line_key *sf_offered_line_key(const sf_offered_stream *stream, const sf_line_key *chosen)
{
    for (unsigned i = 0; stream && chosen && i < stream->key_count; i++) {
        const sf_line_key *key = &stream->keys[i];
        if (key->tag == chosen->tag && key->suite == chosen->suite && !key->is_ambiguous) {
            return key;
        }
    }
    return NULL;
}
