/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fields of bodies: the call that a body is about, error reports and conferences.
 */
#include "body_field.h"
#include "parts.h"

#include "engine/text/words.h"

static int hf_body_call_id = -1;
static int hf_body_from_tag = -1;
static int hf_body_to_tag = -1;
static int hf_body_start = -1;
static int hf_body_end = -1;
static int hf_body_from = -1;
static int hf_body_to = -1;
static int hf_report = -1;
static int hf_report_method = -1;
static int hf_report_response = -1;
static int hf_report_content_type = -1;
static int hf_report_diagnostics = -1;
static int hf_report_progress = -1;
static int hf_conference_request_id = -1;
static int hf_conference_code = -1;
static int hf_conference_from = -1;
static int hf_conference_to = -1;
static int hf_conference_command = -1;
static int hf_conference_reason = -1;
static int hf_conference_uri = -1;
static int hf_conference_id = -1;
static int hf_conference_admission_policy = -1;
static int hf_conference_locked = -1;
static int hf_conference_version = -1;
static int hf_conference_state = -1;
static int hf_conference_mcu = -1;
static int hf_conference_user = -1;
static int hf_conference_user_state = -1;
static int hf_conference_role = -1;
static int hf_conference_endpoint = -1;
static int hf_conference_endpoint_state = -1;
static int hf_conference_endpoint_status = -1;
static int hf_conference_media = -1;
static int hf_conference_media_type = -1;
static int hf_conference_media_status = -1;
static int hf_conference_media_filter = -1;
static int hf_conference_secret_length = -1;

/** Words for a value that is one of these, in any case. */
typedef struct {
    sf_slice value;
    const char *words;
} word;

static const char *find(const word *words, size_t count, const sf_fact *fact)
{
    int row = sf_words_find(words, count, sizeof *words, fact->text);

    return row == SF_WORDS_NONE ? NULL : words[row].words;
}

/** [MS-CONFPRO] 2.2.3, [MS-CONFBAS] 2.2.3. */
static const char *command_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("getConferencingCapabilities"), "asks what the conferencing service offers" },
        { SF_LITERAL_INIT("addConference"), "creates a conference" },
        { SF_LITERAL_INIT("modifyConference"), "changes a conference" },
        { SF_LITERAL_INIT("deleteConference"), "deletes a conference" },
        { SF_LITERAL_INIT("getConference"), "asks for the settings of a conference" },
        { SF_LITERAL_INIT("getConferences"), "asks for the list of conferences" },
        { SF_LITERAL_INIT("addUser"), "adds a user" },
        { SF_LITERAL_INIT("deleteUser"), "removes a user" },
        { SF_LITERAL_INIT("modifyUserRoles"), "changes the role of a user" },
        { SF_LITERAL_INIT("modifyConferenceLock"), "locks or unlocks the conference" },
        { SF_LITERAL_INIT("modifyEndpointMedia"), "mutes or unmutes a user" },
        { SF_LITERAL_INIT("endorseUser"), "vouches for a user" },
        { SF_LITERAL_INIT("setLobbyAccess"), "admits a user from the lobby, or refuses" },
        { SF_LITERAL_INIT("renameUser"), "renames a user" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

/** The kind of conferencing server, as a word or as a part of its address. */
static const char *mcu_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("audio-video"), "audio and video" },
        { SF_LITERAL_INIT("chat"), "instant messages" },
        { SF_LITERAL_INIT("applicationsharing"), "application sharing" },
    };
    static const sf_slice before = SF_LITERAL_INIT("app:conf:");
    sf_fact kind = *fact;

    for (size_t i = 0; i + before.length < fact->text.length; i++) {
        if (sf_slice_starts_nocase(sf_slice_skip(fact->text, i), before)) {
            kind.text = sf_slice_skip(fact->text, i + before.length);
            kind.text = sf_slice_head(kind.text, sf_slice_find(kind.text, ':'));
            break;
        }
    }
    return find(words, G_N_ELEMENTS(words), &kind);
}

/** What the conference does with what a participant sends. */
static const char *filter_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("block"), "muted by the conference" },
        { SF_LITERAL_INIT("unblock"), "not muted" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

/** RFC 4575 4.1. */
static const char *state_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("full"), "everything" },
        { SF_LITERAL_INIT("partial"), "only what changed" },
        { SF_LITERAL_INIT("deleted"), "no longer there" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

static const sf_body_field fields[] = {
    { SF_FACT_CALL_ID, &hf_body_call_id, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_FROM_TAG, &hf_body_from_tag, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_TO_TAG, &hf_body_to_tag, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_START, &hf_body_start, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_END, &hf_body_end, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_FROM_URI, &hf_body_from, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_TO_URI, &hf_body_to, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_ERROR, &hf_report, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_ERROR_METHOD, &hf_report_method, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_ERROR_RESPONSE, &hf_report_response, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_ERROR_TYPE, &hf_report_content_type, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_ERROR_DIAGNOSTICS, &hf_report_diagnostics, SF_SHAPE_DIAGNOSTICS, true, NULL, NULL },
    { SF_FACT_ERROR_PROGRESS, &hf_report_progress, SF_SHAPE_DIAGNOSTICS, true, NULL, NULL },
    { SF_FACT_CONFERENCE_REQUEST_ID, &hf_conference_request_id, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_FROM, &hf_conference_from, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_TO, &hf_conference_to, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_CODE, &hf_conference_code, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_COMMAND, &hf_conference_command, SF_SHAPE_TEXT, true, command_words, NULL },
    { SF_FACT_CONFERENCE_REASON, &hf_conference_reason, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_URI, &hf_conference_uri, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_ID, &hf_conference_id, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_ADMISSION, &hf_conference_admission_policy, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_LOCKED, &hf_conference_locked, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_CONFERENCE_VERSION, &hf_conference_version, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_CONFERENCE_STATE, &hf_conference_state, SF_SHAPE_TEXT, false, state_words, NULL },
    { SF_FACT_CONFERENCE_MCU, &hf_conference_mcu, SF_SHAPE_TEXT, false, mcu_words, NULL },
    { SF_FACT_CONFERENCE_USER, &hf_conference_user, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_CONFERENCE_USER_STATE, &hf_conference_user_state, SF_SHAPE_TEXT, false, state_words, NULL },
    { SF_FACT_CONFERENCE_ROLE, &hf_conference_role, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_ENDPOINT, &hf_conference_endpoint, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_CONFERENCE_ENDPOINT_STATE, &hf_conference_endpoint_state, SF_SHAPE_TEXT, false, state_words, NULL },
    { SF_FACT_CONFERENCE_ENDPOINT_STATUS, &hf_conference_endpoint_status, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_MEDIA, &hf_conference_media, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_CONFERENCE_MEDIA_TYPE, &hf_conference_media_type, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_MEDIA_STATUS, &hf_conference_media_status, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_CONFERENCE_MEDIA_FILTER, &hf_conference_media_filter, SF_SHAPE_TEXT, false, filter_words, NULL },
    { SF_FACT_CONFERENCE_SECRET, &hf_conference_secret_length, SF_SHAPE_LENGTH, false, NULL, NULL },
};

sf_body_fields sf_body_call_fields(void)
{
    return (sf_body_fields){ fields, G_N_ELEMENTS(fields) };
}

void sf_body_call_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_body_call_id,
          { "Call-ID", "skypefed.body.call_id", FT_STRING, BASE_NONE, NULL, 0,
            "Call that the body is about: not the Call-ID of the message", HFILL } },
        { &hf_body_from_tag,
          { "From tag", "skypefed.body.from_tag", FT_STRING, BASE_NONE, NULL, 0,
            "From tag of the call that the body is about", HFILL } },
        { &hf_body_to_tag,
          { "To tag", "skypefed.body.to_tag", FT_STRING, BASE_NONE, NULL, 0,
            "To tag of the call that the body is about", HFILL } },
        { &hf_body_start,
          { "Start", "skypefed.body.start", FT_STRING, BASE_NONE, NULL, 0, "Start of the call, UTC, as written",
            HFILL } },
        { &hf_body_end,
          { "End", "skypefed.body.end", FT_STRING, BASE_NONE, NULL, 0, "End of the call, UTC, as written", HFILL } },
        { &hf_body_from,
          { "From", "skypefed.body.from", FT_STRING, BASE_NONE, NULL, 0, "Caller of the call that the body is about",
            HFILL } },
        { &hf_body_to,
          { "To", "skypefed.body.to", FT_STRING, BASE_NONE, NULL, 0, "Callee of the call that the body is about",
            HFILL } },
        { &hf_report,
          { "Failed request", "skypefed.report", FT_STRING, BASE_NONE, NULL, 0, "One failure that a client reports",
            HFILL } },
        { &hf_report_method,
          { "Request", "skypefed.report.method", FT_STRING, BASE_NONE, NULL, 0, "Method of the request that failed",
            HFILL } },
        { &hf_report_response,
          { "Response", "skypefed.report.response", FT_UINT32, BASE_DEC, NULL, 0,
            "Response code of the request that failed; 0 if there was none", HFILL } },
        { &hf_report_content_type,
          { "Content type", "skypefed.report.content_type", FT_STRING, BASE_NONE, NULL, 0,
            "Content-Type of the request that failed", HFILL } },
        { &hf_report_diagnostics,
          { "Diagnostics", "skypefed.report.diagnostics", FT_STRING, BASE_NONE, NULL, 0,
            "Diagnostics header of the failure", HFILL } },
        { &hf_report_progress,
          { "Progress diagnostics", "skypefed.report.progress", FT_STRING, BASE_NONE, NULL, 0,
            "Diagnostics header of a progress report", HFILL } },
        { &hf_conference_request_id,
          { "Request id", "skypefed.conference.request_id", FT_STRING, BASE_NONE, NULL, 0,
            "Links a command to its response", HFILL } },
        { &hf_conference_from,
          { "From", "skypefed.conference.from", FT_STRING, BASE_NONE, NULL, 0, "Who sends the command or the answer",
            HFILL } },
        { &hf_conference_to,
          { "To", "skypefed.conference.to", FT_STRING, BASE_NONE, NULL, 0, "Whom it is for: the conference, or a user",
            HFILL } },
        { &hf_conference_code,
          { "Result", "skypefed.conference.code", FT_STRING, BASE_NONE, NULL, 0, "success, failure or pending",
            HFILL } },
        { &hf_conference_command,
          { "Command", "skypefed.conference.command", FT_STRING, BASE_NONE, NULL, 0, "C3P command", HFILL } },
        { &hf_conference_reason,
          { "Reason", "skypefed.conference.reason", FT_STRING, BASE_NONE, NULL, 0,
            "Why the command failed, as the server wrote it", HFILL } },
        { &hf_conference_uri,
          { "Conference", "skypefed.conference.uri", FT_STRING, BASE_NONE, NULL, 0, "URI of the conference (focus)",
            HFILL } },
        { &hf_conference_id,
          { "Conference id", "skypefed.conference.id", FT_STRING, BASE_NONE, NULL, 0,
            "Id of the conference, as in its address", HFILL } },
        { &hf_conference_admission_policy,
          { "Admission", "skypefed.conference.admission_policy", FT_STRING, BASE_NONE, NULL, 0, "Who may join",
            HFILL } },
        { &hf_conference_locked,
          { "Locked", "skypefed.conference.locked", FT_BOOLEAN, BASE_NONE, NULL, 0, "Nobody else can join", HFILL } },
        { &hf_conference_version,
          { "Version", "skypefed.conference.version", FT_UINT32, BASE_DEC, NULL, 0,
            "Each notification has the next number; a gap is a lost notification", HFILL } },
        { &hf_conference_state,
          { "Content", "skypefed.conference.state", FT_STRING, BASE_NONE, NULL, 0,
            "full, partial (changes only) or deleted", HFILL } },
        { &hf_conference_mcu,
          { "Conferencing server", "skypefed.conference.mcu", FT_STRING, BASE_NONE, NULL, 0,
            "Kind of conferencing server (MCU)", HFILL } },
        { &hf_conference_user,
          { "Participant", "skypefed.conference.user", FT_STRING, BASE_NONE, NULL, 0, "User of the conference",
            HFILL } },
        { &hf_conference_user_state,
          { "Content", "skypefed.conference.user.state", FT_STRING, BASE_NONE, NULL, 0,
            "full, partial, or deleted for a participant who left", HFILL } },
        { &hf_conference_role,
          { "Role", "skypefed.conference.role", FT_STRING, BASE_NONE, NULL, 0, "presenter or attendee", HFILL } },
        { &hf_conference_endpoint,
          { "Connection", "skypefed.conference.endpoint", FT_STRING, BASE_NONE, NULL, 0,
            "How the participant is connected", HFILL } },
        { &hf_conference_endpoint_state,
          { "Content", "skypefed.conference.endpoint.state", FT_STRING, BASE_NONE, NULL, 0,
            "full, partial, or deleted for a connection that ended", HFILL } },
        { &hf_conference_endpoint_status,
          { "Status", "skypefed.conference.endpoint.status", FT_STRING, BASE_NONE, NULL, 0,
            "connected, disconnected, ...", HFILL } },
        { &hf_conference_media,
          { "Media", "skypefed.conference.media", FT_STRING, BASE_NONE, NULL, 0, "One media stream of the connection",
            HFILL } },
        { &hf_conference_media_type,
          { "Kind", "skypefed.conference.media.type", FT_STRING, BASE_NONE, NULL, 0, "audio, video, ...", HFILL } },
        { &hf_conference_media_status,
          { "Direction", "skypefed.conference.media.status", FT_STRING, BASE_NONE, NULL, 0,
            "sendrecv, sendonly, recvonly or inactive", HFILL } },
        { &hf_conference_media_filter,
          { "Sending", "skypefed.conference.media.filter", FT_STRING, BASE_NONE, NULL, 0,
            "block for a participant whom the conference mutes", HFILL } },
        { &hf_conference_secret_length,
          { "Secret length (bytes)", "skypefed.conference.secret_length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of a passcode, key or link that lets anybody join: it is not shown", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
