/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Short scripts of calls for the tests of the call model: each step means
 * a whole SIP message, which the engine reads before the model sees it.
 */
#ifndef SF_TESTS_CALL_SCRIPT_H
#define SF_TESTS_CALL_SCRIPT_H

#include "call/calls.h"

#include <glib.h>

/** One message; frame numbers count from 1. */
typedef struct {
    const char *line; /**< `INVITE`, or `200 INVITE` for a response */
    const char *fork; /**< tag of the callee, NULL while there is none */
    unsigned cseq;
    bool by_callee; /**< the request is the callee's */
    /**
     * The session: streams separated by spaces, `kind:profile:keys`. Profile: a word of the table in call_script.c; a 0
     * after it refuses the stream. Keys, separated by commas: `c2` a=crypto with tag 2, `s1` a=cryptoscale, `w1` the
     * same in the wrong role, `u2` a=crypto with UNENCRYPTED_SRTP, `q2` with a suite that nobody knows, `h2` with
     * AES_CM_128_HMAC_SHA1_32, `i2` with an MKI, `fp` a fingerprint, `fp-passive` one with that a=setup, `mid=0` the name in a BUNDLE group of 0 and 1, `ko`
     * and `kr` a k= line with a=encryption optional or required, or a word of the second table, which makes lines of
     * its own. Each frame and tag has a key of its own; `c2@1` has that of frame 1. `|` separates the bodies of a
     * multipart/alternative, the fallback first. NULL for no session.
     */
    const char *session;
    /* Expected: */
    sf_sdp_role role;
    unsigned link;      /**< of an offer where its answer is, of an answer where its offer is; 0 for none */
    sf_verdict verdict; /**< of the call at this message */
    /**
     * The streams of an answer, separated by blanks: verdict, `/tag` if a crypto line was chosen, and the letters of
     * its faults: `!` SRTP declined; tag not offered (`t`), offered in the other scheme (`s`) or with another suite
     * (`c`); legacy encryption optional on both sides (`o`) or not offered (`l`); key of the offer repeated (`r`);
     * not compatible for want of a key (`n`), of a fingerprint (`f`), of an offered key (`k`), of a handshake (`h`), or
     * in the wrong role (`w`); the profile of the offer kept (`p`); several lines
     * chosen (`m`).
     * NULL for a message that is no answer.
     */
    const char *streams;
    const char *caller_tag; /**< NULL for the usual one */
    const char *parties;    /**< `caller callee`; NULL for the usual ones */
    const char *call_id;    /**< NULL for the usual one */
    const char *agent;      /**< value of User-Agent; NULL for that of Lync */
    const char *headers;    /**< further header lines, each with its line end */
    unsigned later;         /**< seconds between this message and the one before, beyond the usual one */
} sf_script_step;

/** The model at work on scripts, with an account of its memory. */
typedef struct sf_stage sf_stage;

sf_stage *sf_stage_new(void);

/** Releases the model and all it holds. */
void sf_stage_free(sf_stage *stage);

/** Bytes that the model holds now. */
size_t sf_stage_bytes(const sf_stage *stage);

/** Plays one step as the next frame, one second after the last, or later; the note lives as long as the stage. */
const sf_call_note *sf_stage_play(sf_stage *stage, const sf_script_step *step);

/** Text of the streams of a note, as sf_script_step has it; NULL without any. To be freed. */
char *sf_stage_streams(const sf_call_note *note);

#endif
