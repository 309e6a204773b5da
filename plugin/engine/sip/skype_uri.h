/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * `skype:` URIs, wherever they are: in a header, or in the text of a message.
 */
#ifndef SF_ENGINE_SIP_SKYPE_URI_H
#define SF_ENGINE_SIP_SKYPE_URI_H

#include "engine/text/run.h"
#include "engine/text/token.h"

typedef struct {
    sf_slice text;       /**< with its network prefix, as written */
    sf_slice name;       /**< without the prefix; escapes not undone */
    const char *network; /**< network of the prefix in words, NULL if there is none */
} sf_participant;

typedef struct {
    sf_slice text;
    sf_slice action_text; /**< as written; absent if none is */
    sf_run participants;  /**< in sf_skype_uris.participants */
} sf_skype_uri;

typedef struct {
    sf_skype_uri items[SF_MAX_SKYPE_URIS];
    unsigned count;
    sf_participant participants[SF_MAX_PARTICIPANTS];
    unsigned participant_count;
} sf_skype_uris;

/**
 * Finds every `skype:` URI in a text and appends it.
 * A URI ends at a blank, a quote, an angle bracket, a parenthesis or a character that no URI holds, but not
 * at the parentheses of a decorated address, `user(example.com)@msn.com`; a full stop or comma at its end
 * belongs to the sentence. `skype:` alone, which brings the client to the front, counts between quotes, in
 * angle brackets, or as the whole text.
 */
void sf_skype_uris_find(sf_slice text, sf_problems *problems, sf_skype_uris *uris);

#endif
