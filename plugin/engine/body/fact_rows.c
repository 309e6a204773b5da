/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tables: element and attribute names of each kind of body, and the facts
 * that they are. A name without a parent is looked for anywhere: versions of a
 * schema put it into different places.
 */
#include "fact_rows.h"

#include <glib.h>

#define ROW(place, parent, name, key, id)                                                         \
    {                                                                                             \
        SF_LITERAL_INIT(name), place, SF_FACT_##id, SF_LITERAL_INIT(parent), SF_LITERAL_INIT(key) \
    }
#define TEXT(parent, name, id) ROW(SF_PLACE_TEXT, parent, name, "", id)
#define NAMED_TEXT(parent, name, key, id) ROW(SF_PLACE_TEXT, parent, name, key, id)
#define ATTRIBUTE(parent, name, id) ROW(SF_PLACE_ATTRIBUTE, parent, name, "", id)
#define GROUP(parent, name, key, id) ROW(SF_PLACE_GROUP, parent, name, key, id)

/* [MS-QoE] 2.2.1; fact.h has the units. */
static const sf_fact_row quality_rows[] = {
    GROUP("VQReportEvent", "", "SessionId", QUALITY_SESSION),
    ATTRIBUTE("DialogInfo", "callId", CALL_ID),
    ATTRIBUTE("DialogInfo", "fromTag", FROM_TAG),
    ATTRIBUTE("DialogInfo", "toTag", TO_TAG),
    ATTRIBUTE("DialogInfo", "Start", START),
    ATTRIBUTE("DialogInfo", "End", END),
    TEXT("DialogInfo", "FromURI", FROM_URI),
    TEXT("DialogInfo", "ToURI", TO_URI),
    TEXT("DialogInfo", "Caller", QUALITY_CALLER),
    TEXT("DialogInfo", "LocalUserAgent", QUALITY_LOCAL_AGENT),
    TEXT("DialogInfo", "RemoteUserAgent", QUALITY_REMOTE_AGENT),
    TEXT("DialogInfo", "MediationServerBypassFlag", QUALITY_BYPASS),
    GROUP("", "MediaLine", "Label", QUALITY_LINE),
    TEXT("Connectivity", "Ice", QUALITY_PATH),
    TEXT("Connectivity", "IceWarningFlags", QUALITY_ICE_WARNING),
    TEXT("RelayAddress", "IPAddr", QUALITY_RELAY_ADDRESS),
    TEXT("Description", "Security", QUALITY_SECURITY),
    TEXT("Description", "Transport", QUALITY_TRANSPORT),
    TEXT("NetworkConnectivityInfo", "NetworkConnection", QUALITY_NETWORK),
    TEXT("NetworkConnectivityInfo", "VPN", QUALITY_VPN),
    TEXT("NetworkConnectivityInfo", "LinkSpeed", QUALITY_LINK_SPEED),
    TEXT("LocalAddr", "IPAddr", QUALITY_LOCAL_ADDRESS),
    TEXT("LocalAddr", "Inside", QUALITY_LOCAL_INSIDE),
    TEXT("LocalAddr", "SubnetMask", QUALITY_LOCAL_SUBNET),
    TEXT("RemoteAddr", "IPAddr", QUALITY_REMOTE_ADDRESS),
    TEXT("RemoteAddr", "Inside", QUALITY_REMOTE_INSIDE),
    TEXT("CaptureDev", "Name", QUALITY_CAPTURE_DEVICE),
    TEXT("RenderDev", "Name", QUALITY_RENDER_DEVICE),
    TEXT("MediaLine", "AppliedBandwidthLimit", QUALITY_BANDWIDTH_LIMIT),
    TEXT("MediaLine", "LocalConversationalMOS", QUALITY_CONVERSATION_MOS),
    GROUP("", "InboundStream", "", QUALITY_STREAM),
    GROUP("", "OutboundStream", "", QUALITY_STREAM),
    TEXT("", "PayloadDescription", QUALITY_CODEC),
    TEXT("", "SampleRate", QUALITY_SAMPLE_RATE),
    TEXT("Jitter", "InterArrival", QUALITY_JITTER),
    TEXT("Jitter", "InterArrivalMax", QUALITY_JITTER_MAX),
    TEXT("PacketLoss", "LossRate", QUALITY_LOSS),
    TEXT("PacketLoss", "LossRateMax", QUALITY_LOSS_MAX),
    TEXT("BurstGapLoss", "BurstDensity", QUALITY_BURST_DENSITY),
    TEXT("BurstGapLoss", "BurstDuration", QUALITY_BURST_DURATION),
    TEXT("Delay", "RoundTrip", QUALITY_ROUND_TRIP),
    TEXT("Delay", "RoundTripMax", QUALITY_ROUND_TRIP_MAX),
    TEXT("Utilization", "Packets", QUALITY_PACKETS),
    TEXT("Utilization", "BandwidthEst", QUALITY_BANDWIDTH),
    TEXT("", "RatioConcealedSamplesAvg", QUALITY_CONCEALED),
    TEXT("Signal", "SignalLevel", QUALITY_SIGNAL_LEVEL),
    TEXT("Signal", "NoiseLevel", QUALITY_NOISE_LEVEL),
    TEXT("Signal", "LocalSpeechToEcho", QUALITY_ECHO_RETURN),
    TEXT("", "RecvListenMOS", QUALITY_LISTENING_MOS),
    TEXT("", "SendListenMOS", QUALITY_LISTENING_MOS),
    TEXT("NetworkMOS", "OverallAvg", QUALITY_NETWORK_MOS),
    TEXT("NetworkMOS", "OverallMin", QUALITY_NETWORK_MOS_MIN),
    TEXT("NetworkMOS", "DegradationAvg", QUALITY_DEGRADATION),
    TEXT("NetworkMOS", "DegradationMax", QUALITY_DEGRADATION_MAX),
    TEXT("NetworkMOS", "DegradationJitterAvg", QUALITY_DEGRADATION_JITTER),
    TEXT("NetworkMOS", "DegradationPacketLossAvg", QUALITY_DEGRADATION_LOSS),
    TEXT("Video", "Resolution", QUALITY_VIDEO_SIZE),
    TEXT("", "VideoPostFECPLR", QUALITY_VIDEO_LOSS_AFTER_FEC),
    TEXT("", "VideoPacketLossRate", QUALITY_VIDEO_LOSS),
    TEXT("", "VideoLocalFrameLossPercentageAvg", QUALITY_VIDEO_FRAME_LOSS),
    TEXT("", "RecvFrameRateAverage", QUALITY_VIDEO_FRAME_RATE),
    TEXT("", "VideoFrameRateAvg", QUALITY_VIDEO_FRAME_RATE),
    TEXT("", "LowFrameRateCallPercent", QUALITY_VIDEO_LOW_RATE),
    TEXT("", "DynamicCapabilityPercent", QUALITY_VIDEO_LOW_CPU),
    TEXT("LocalClientEvent", "", QUALITY_EVENT),
    TEXT("RemoteClientEvent", "", QUALITY_EVENT),
};

/* [MS-QoE] 2.2.2. */
static const sf_fact_row feedback_rows[] = {
    ATTRIBUTE("CallQualityFeedbackReport", "callId", CALL_ID),
    ATTRIBUTE("CallQualityFeedbackReport", "fromTag", FROM_TAG),
    ATTRIBUTE("CallQualityFeedbackReport", "toTag", TO_TAG),
    ATTRIBUTE("CallQualityFeedbackReport", "Start", START),
    ATTRIBUTE("CallQualityFeedbackReport", "End", END),
    TEXT("", "Rating", QUALITY_RATING),
    TEXT("", "Feedback", QUALITY_COMMENT),
};

/* [MS-OCER] 3.1.4.1, 6; real clients also write diagHeader as an attribute. */
static const sf_fact_row error_report_rows[] = {
    GROUP("reportError", "error", "requestType", ERROR),
    ATTRIBUTE("error", "callId", CALL_ID),
    ATTRIBUTE("error", "fromTag", FROM_TAG),
    ATTRIBUTE("error", "toTag", TO_TAG),
    ATTRIBUTE("error", "fromUri", FROM_URI),
    ATTRIBUTE("error", "toUri", TO_URI),
    ATTRIBUTE("error", "requestType", ERROR_METHOD),
    ATTRIBUTE("error", "responseCode", ERROR_RESPONSE),
    ATTRIBUTE("error", "contentType", ERROR_TYPE),
    ATTRIBUTE("error", "diagHeader", ERROR_DIAGNOSTICS),
    TEXT("progressReport", "diagHeader", ERROR_PROGRESS),
    TEXT("error", "diagHeader", ERROR_DIAGNOSTICS),
};

/* [MS-CONFPRO] 2.2.2, 2.2.3, [MS-CONFBAS] 2.2.3. */
static const sf_fact_row conference_command_rows[] = {
    GROUP("request", "", "", CONFERENCE_COMMAND),
    GROUP("response", "", "", CONFERENCE_COMMAND),
    GROUP("notify", "", "", CONFERENCE_COMMAND),
    ATTRIBUTE("", "requestId", CONFERENCE_REQUEST_ID),
    ATTRIBUTE("request", "from", CONFERENCE_FROM),
    ATTRIBUTE("request", "to", CONFERENCE_TO),
    ATTRIBUTE("response", "from", CONFERENCE_FROM),
    ATTRIBUTE("response", "to", CONFERENCE_TO),
    ATTRIBUTE("", "mcuUri", CONFERENCE_MCU),
    ATTRIBUTE("response", "code", CONFERENCE_CODE),
    ATTRIBUTE("", "reason", CONFERENCE_REASON),
    ATTRIBUTE("conferenceKeys", "confEntity", CONFERENCE_URI),
    TEXT("", "conference-id", CONFERENCE_ID),
    TEXT("", "admission-policy", CONFERENCE_ADMISSION),
    ATTRIBUTE("entity-view", "entity", CONFERENCE_MCU),
    TEXT("", "locked", CONFERENCE_LOCKED),
    GROUP("", "user", "entity", CONFERENCE_USER),
    ATTRIBUTE("userKeys", "userEntity", CONFERENCE_USER),
    ATTRIBUTE("mediaKeys", "userEntity", CONFERENCE_USER),
    TEXT("roles", "entry", CONFERENCE_ROLE),
    TEXT("user-roles", "entry", CONFERENCE_ROLE),
    TEXT("media", "type", CONFERENCE_MEDIA_TYPE),
    TEXT("media", "status", CONFERENCE_MEDIA_STATUS),
    TEXT("media", "media-ingress-filter", CONFERENCE_MEDIA_FILTER),
    TEXT("", "passcode", CONFERENCE_SECRET),
    TEXT("", "encryption-key", CONFERENCE_SECRET),
    TEXT("", "x509-certificate", CONFERENCE_SECRET),
    TEXT("", "join-url", CONFERENCE_SECRET),
    TEXT("pstn-access", "id", CONFERENCE_SECRET),
};

/* [MS-CONFBAS] 2.2.2.2, RFC 4575. */
static const sf_fact_row conference_state_rows[] = {
    ATTRIBUTE("conference-info", "entity", CONFERENCE_URI),
    ATTRIBUTE("conference-info", "version", CONFERENCE_VERSION),
    ATTRIBUTE("conference-info", "state", CONFERENCE_STATE),
    TEXT("entry", "purpose", CONFERENCE_MCU),
    TEXT("", "locked", CONFERENCE_LOCKED),
    GROUP("users", "user", "entity", CONFERENCE_USER),
    ATTRIBUTE("user", "state", CONFERENCE_USER_STATE),
    TEXT("roles", "entry", CONFERENCE_ROLE),
    GROUP("user", "endpoint", "session-type", CONFERENCE_ENDPOINT),
    ATTRIBUTE("endpoint", "state", CONFERENCE_ENDPOINT_STATE),
    TEXT("endpoint", "status", CONFERENCE_ENDPOINT_STATUS),
    GROUP("endpoint", "media", "id", CONFERENCE_MEDIA),
    TEXT("media", "type", CONFERENCE_MEDIA_TYPE),
    TEXT("media", "status", CONFERENCE_MEDIA_STATUS),
    TEXT("media", "media-ingress-filter", CONFERENCE_MEDIA_FILTER),
    TEXT("", "passcode", CONFERENCE_SECRET),
    TEXT("", "encryption-key", CONFERENCE_SECRET),
    TEXT("", "x509-certificate", CONFERENCE_SECRET),
    TEXT("", "join-url", CONFERENCE_SECRET),
    TEXT("pstn-access", "id", CONFERENCE_SECRET),
};

/* [MS-PRES], RFC 3863, RFC 4662. */
static const sf_fact_row presence_rows[] = {
    GROUP("", "categories", "uri", PRESENCE_CONTACT),
    GROUP("", "publications", "uri", PRESENCE_CONTACT),
    GROUP("", "resource", "uri", PRESENCE_CONTACT),
    GROUP("", "presentity", "uri", PRESENCE_CONTACT),
    GROUP("", "presence", "entity", PRESENCE_CONTACT),
    GROUP("categories", "category", "name", PRESENCE_CATEGORY),
    GROUP("", "publication", "categoryName", PRESENCE_CATEGORY),
    ATTRIBUTE("category", "instance", PRESENCE_INSTANCE),
    ATTRIBUTE("publication", "instance", PRESENCE_INSTANCE),
    ATTRIBUTE("category", "container", PRESENCE_CONTAINER),
    ATTRIBUTE("publication", "container", PRESENCE_CONTAINER),
    ATTRIBUTE("category", "expireType", PRESENCE_EXPIRE_TYPE),
    ATTRIBUTE("publication", "expireType", PRESENCE_EXPIRE_TYPE),
    ATTRIBUTE("publication", "expires", PRESENCE_EXPIRES),
    ATTRIBUTE("state", "type", PRESENCE_SOURCE),
    ATTRIBUTE("state", "manual", PRESENCE_MANUAL),
    ATTRIBUTE("state", "startTime", PRESENCE_SINCE),
    TEXT("state", "availability", PRESENCE_AVAILABILITY),
    ATTRIBUTE("activity", "token", PRESENCE_ACTIVITY),
    TEXT("state", "endpointLocation", PRESENCE_LOCATION),
    TEXT("state", "device", PRESENCE_DEVICE),
    ATTRIBUTE("availability", "aggregate", PRESENCE_OLD_AVAILABILITY),
    ATTRIBUTE("activity", "aggregate", PRESENCE_OLD_ACTIVITY),
    TEXT("status", "basic", PRESENCE_BASIC),
    TEXT("activities", "activity", PRESENCE_ACTIVITY),
    TEXT("note", "body", PRESENCE_NOTE),
    ATTRIBUTE("body", "type", PRESENCE_NOTE_TYPE),
    TEXT("", "Faultcode", PRESENCE_FAULT),
    GROUP("", "operation", "index", PRESENCE_FAULT_OPERATION),
    ATTRIBUTE("operation", "version", PRESENCE_FAULT_VERSION),
    ATTRIBUTE("operation", "curVersion", PRESENCE_FAULT_CURRENT),
    ATTRIBUTE("instance", "state", PRESENCE_INSTANCE_STATE),
    ATTRIBUTE("instance", "statusCode", PRESENCE_STATUS),
    GROUP("subscribers", "subscriber", "user", PRESENCE_SUBSCRIBER),
    ATTRIBUTE("subscriber", "acknowledged", PRESENCE_ACKNOWLEDGED),
};

/* RFC 3994, [MS-CONFIM], and what pidgin-sipe reads. */
static const sf_fact_row messaging_rows[] = {
    TEXT("isComposing", "state", MESSAGING_STATE),
    TEXT("", "message-id", MESSAGING_ID),
    GROUP("imdn", "recipient", "uri", MESSAGING_RECIPIENT),
    TEXT("recipient", "status", MESSAGING_STATUS),
    TEXT("entry", "value", ERROR_DIAGNOSTICS),
};

/* As pidgin-sipe reads and writes it. */
static const sf_fact_row file_transfer_rows[] = {
    GROUP("request", "", "", MESSAGING_COMMAND),          GROUP("notify", "", "", MESSAGING_COMMAND),
    GROUP("response", "", "", MESSAGING_COMMAND),         ATTRIBUTE("request", "requestId", MESSAGING_COOKIE),
    ATTRIBUTE("response", "requestId", MESSAGING_COOKIE), ATTRIBUTE("response", "code", MESSAGING_CODE),
    ATTRIBUTE("response", "reason", MESSAGING_REASON),    TEXT("fileInfo", "name", MESSAGING_FILE),
    TEXT("fileInfo", "size", MESSAGING_FILE_SIZE),        TEXT("cancelTransfer", "transferId", MESSAGING_TRANSFER),
};

/* As pidgin-sipe reads it; the documents do not have it. */
static const sf_fact_row relay_rows[] = {
    ATTRIBUTE("response", "reasonPhrase", RELAY_REASON),    TEXT("credentials", "username", RELAY_SECRET),
    TEXT("credentials", "password", RELAY_SECRET),          TEXT("credentials", "duration", RELAY_DURATION),
    TEXT("credentialsRequest", "duration", RELAY_DURATION), TEXT("credentialsRequest", "location", RELAY_LOCATION),
    GROUP("mediaRelayList", "mediaRelay", "", RELAY_HOST),  TEXT("mediaRelay", "location", RELAY_LOCATION),
    TEXT("mediaRelay", "hostName", RELAY_HOST_NAME),        TEXT("mediaRelay", "udpPort", RELAY_UDP_PORT),
    TEXT("mediaRelay", "tcpPort", RELAY_TCP_PORT),
};

/* [MS-SIPREGE] 2.2.2.4. */
static const sf_fact_row provisioning_rows[] = {
    GROUP("", "provisionGroup", "name", SETTING_GROUP),
    GROUP("", "provisioningGroup", "name", SETTING_GROUP),
    NAMED_TEXT("", "property", "name", SETTING),
    TEXT("provisionGroup", "", SETTING),
};

#define INDEX(kind, rows) [SF_DOCUMENT_##kind] = SF_WORD_INDEX_INIT(rows)

sf_fact_rows sf_fact_rows_of(sf_document_kind kind)
{
    static sf_word_index by_kind[SF_DOCUMENT_KINDS] = {
        INDEX(QUALITY, quality_rows),
        INDEX(FEEDBACK, feedback_rows),
        INDEX(ERROR_REPORT, error_report_rows),
        INDEX(CONFERENCE_COMMAND, conference_command_rows),
        INDEX(CONFERENCE_STATE, conference_state_rows),
        INDEX(PRESENCE, presence_rows),
        INDEX(MESSAGING, messaging_rows),
        INDEX(FILE_TRANSFER, file_transfer_rows),
        INDEX(RELAY_CREDENTIALS, relay_rows),
        INDEX(PROVISIONING, provisioning_rows),
    };
    sf_word_index *index = &by_kind[kind];

    if (index->count == 0) {
        return (sf_fact_rows){ NULL, 0, NULL };
    }
    sf_word_index_use(index);
    return (sf_fact_rows){ index->rows, (unsigned)index->count, index };
}
