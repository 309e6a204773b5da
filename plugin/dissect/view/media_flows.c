/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The media streams of the capture, and the names of what was seen of them.
 */
#include "media_flows.h"

#include "preferences.h"

static sf_flows *flows;

const value_string sf_seen_names[] = {
    { SF_SEEN_NOTHING, "Nothing at the agreed addresses" },
    { SF_SEEN_CLEAR, "Clear RTP" },
    { SF_SEEN_SRTP, "SRTP, authenticated" },
    { SF_SEEN_OTHER_KEY, "Not authenticated by the agreed key" },
    { SF_SEEN_MIXED, "Mixed" },
    { SF_SEEN_UNDETERMINED, "Undetermined" },
    { SF_SEEN_READABLE, "SRTP (key in this capture)" },
    { SF_SEEN_DTLS, "DTLS handshake, media not verified" },
    { SF_SEEN_PARTLY_SRTP, "Partly SRTP, rest undetermined" },
    { SF_SEEN_PARTLY_READABLE, "Partly SRTP (key in this capture), rest undetermined" },
    { SF_SEEN_PARTLY_CLEAR, "Partly clear RTP, rest undetermined" },
    { SF_SEEN_PARTLY_OTHER_KEY, "Partly not authenticated by the agreed key, rest undetermined" },
    { SF_SEEN_PARTLY_DTLS, "Partly after a DTLS handshake, rest undetermined" },
    { 0, NULL },
};

const value_string sf_senders_names[] = {
    { SF_SENDERS_NONE, "Nobody" },
    { SF_SENDERS_BOTH, "Both sides" },
    { SF_SENDERS_CALLER, "The caller only" },
    { SF_SENDERS_CALLEE, "The callee only" },
    { SF_SENDERS_UNKNOWN, "Not known" },
    { 0, NULL },
};

const char *sf_senders_name(unsigned senders)
{
    return val_to_str_const(senders, sf_senders_names, "?");
}

const char *sf_seen_name(unsigned seen)
{
    return val_to_str_const(seen, sf_seen_names, "?");
}

const char *sf_seen_words(unsigned seen)
{
    bool lacks_media = flows && sf_flows_lack_media(flows);

    return seen == SF_SEEN_NOTHING && lacks_media ? "No media in this capture" : sf_seen_name(seen);
}

const char *sf_seen_words_at(const sf_media_note *note)
{
    return note->seen == SF_SEEN_NOTHING && note->lacks_media ? "No media captured so far" : sf_seen_name(note->seen);
}

static void begin_capture(void)
{
    flows = sf_preferences_media() ? sf_flows_new() : NULL;
}

static void end_capture(void)
{
    sf_flows_free(flows);
    flows = NULL;
}

sf_flows *sf_media_flows(void)
{
    return flows;
}

void sf_media_flows_register(void)
{
    register_init_routine(begin_capture);
    register_cleanup_routine(end_capture);
}
