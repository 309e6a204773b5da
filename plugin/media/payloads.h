/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The payload types of a stream's SDP, by number, with the names of their codecs.
 */
#ifndef SF_MEDIA_PAYLOADS_H
#define SF_MEDIA_PAYLOADS_H

#include <glib.h>

#include "engine/sdp/sdp.h"

enum { SF_MAX_PAYLOADS = 32, SF_MAX_CODEC_NAMES = 255, SF_MAX_PAYLOAD_LISTS = (1 << 24) - 1 };

enum { SF_RECENT_CODECS = 64, SF_MAX_RECENT_CODEC = 22 };

/** What a payload type stands for. */
typedef struct {
    char *encoding;       /**< as a=rtpmap has it */
    uint32_t rate;        /**< Hz */
    const char *friendly; /**< the name that people use; NULL for none */
    const char *label;    /**< that, or `encoding` */
} sf_codec_name;

/** What a=rtpmap says after the number, which is not taken apart again: `PCMU/8000`. */
typedef struct {
    char text[SF_MAX_RECENT_CODEC];
    uint8_t length;
    uint8_t name; /**< index in sf_codec_names; 0 for none */
} sf_recent_codec;

/** The names of all streams, each once. */
typedef struct {
    GPtrArray *names; /**< of sf_codec_name */
    sf_recent_codec recent[SF_RECENT_CODECS];
} sf_codec_names;

/** Lists of payload types, each once: most streams of a capture have the same few. */
typedef struct sf_payload_lists sf_payload_lists;

/** A number and its name. */
typedef struct {
    uint8_t type;
    uint8_t name; /**< index in sf_codec_names from 1; 0 for a type without a=rtpmap */
} sf_payload;

/** What one side can receive. */
typedef struct {
    sf_payload payloads[SF_MAX_PAYLOADS];
    uint8_t count;
    bool is_whole; /**< all that its m= line lists */
} sf_payloads;

sf_codec_names *sf_codec_names_new(void);

void sf_codec_names_free(sf_codec_names *names);

/** Name of an index; NULL for 0. */
const sf_codec_name *sf_codec_name_at(const sf_codec_names *names, unsigned index);

/** Adds what the m= line lists; what is there already stays. */
void sf_payloads_add_formats(sf_payloads *payloads, sf_slice formats);

/** Names a type that is there. @param value  of a=rtpmap: `115 x-msrta/8000` */
void sf_payloads_name(sf_payloads *payloads, sf_slice value, sf_codec_names *names);

/** Adds what another list has. */
void sf_payloads_join(sf_payloads *payloads, const sf_payloads *other);

sf_payload_lists *sf_payload_lists_new(void);

void sf_payload_lists_free(sf_payload_lists *lists);

/** Number of the list that is the same as this one, from 1; 0 if there are too many lists. */
uint32_t sf_payload_lists_keep(sf_payload_lists *lists, const sf_payloads *payloads);

/** The list of a number; NULL for 0. It lives as long as the lists. */
const sf_payloads *sf_payload_lists_at(const sf_payload_lists *lists, uint32_t number);

/** The entry of a type; NULL if it is not there. Takes NULL. */
const sf_payload *sf_payloads_find(const sf_payloads *payloads, unsigned type);

/** The name of a type that no a=rtpmap names (RFC 3551); NULL if there is none. Literal. */
const char *sf_payload_static_name(unsigned type);

#endif
