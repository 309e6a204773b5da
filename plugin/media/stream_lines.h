/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The lines of a stream's SDP that say where its media goes and what is in it. While a capture is being loaded, the
 * engine reads no candidates and no codecs; here they are read for the few streams that are agreed.
 */
#ifndef SF_MEDIA_STREAM_LINES_H
#define SF_MEDIA_STREAM_LINES_H

#include "media_end.h"
#include "payloads.h"

enum { SF_MAX_STREAM_ENDS = 16, SF_MAX_CHOSEN_ENDS = 4, SF_MAX_TCP_PORTS = 8, SF_MAX_RELAYS = 4 };

typedef struct {
    sf_payloads payloads;
    sf_media_end ends[SF_MAX_STREAM_ENDS];   /**< candidates for RTP over UDP, in order, each once */
    sf_media_end chosen[SF_MAX_CHOSEN_ENDS]; /**< of the peer, by a=remote-candidates */
    uint16_t tcp_ports[SF_MAX_TCP_PORTS];    /**< of candidates for RTP over TCP, each once */
    sf_media_end relays[SF_MAX_RELAYS];      /**< candidates of relays, also those over TCP: their addresses alone */
    uint16_t direct_ends;                    /**< bits 1 << index of the candidates that are not a relay's */
    uint8_t end_count;
    uint8_t chosen_count;
    uint8_t tcp_count;
    uint8_t relay_count;
    bool has_candidates; /**< of any kind */
} sf_stream_lines;

/**
 * What a stream's part of the SDP says, in all bodies: alternative bodies describe the same stream. An offer is kept so
 * until its answer comes: most offers in a capture without media need no more.
 * @param index  place of the stream in its body, from 0
 * @return text to be freed with g_free()
 */
char *sf_stream_lines_copy(const sf_media *media, unsigned index);

/** Reads the lines of a copy. @param lines  filled from scratch */
void sf_stream_lines_read(const char *copy, sf_codec_names *names, sf_stream_lines *lines);

/** The transport address; its family is SF_ADDRESS_NONE unless it is one of IP that can be sent to. */
sf_media_end sf_media_end_of(const sf_transport_address *address, sf_number port);

#endif
