/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the candidates of a stream say together.
 */
#ifndef SF_ENGINE_SDP_CANDIDATE_CHECK_H
#define SF_ENGINE_SDP_CANDIDATE_CHECK_H

#include "sdp.h"

/**
 * Sets the faults of the stream's candidates, and whether their priorities are Microsoft's. Takes a stream whose lines
 * have all been read; its time is linear in the number of candidates.
 */
void sf_candidates_check(sf_media *media, sf_stream *stream);

#endif
