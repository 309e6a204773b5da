/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of media types.
 */
#include "document_kind.h"

#include "engine/text/words.h"

#define MICROSOFT(type, kind, name)                                 \
    {                                                               \
        SF_LITERAL_INIT(type), SF_DOCUMENT_##kind, true, true, name \
    }
#define COMMON(type, kind, name)                                     \
    {                                                                \
        SF_LITERAL_INIT(type), SF_DOCUMENT_##kind, true, false, name \
    }
#define LINES(type, kind, name)                                       \
    {                                                                 \
        SF_LITERAL_INIT(type), SF_DOCUMENT_##kind, false, false, name \
    }

/* [MS-QoE] 2.2, [MS-OCER] 3.1.4.1, [MS-PRES], [MS-CONFBAS], [MS-SIPREGE] 2.2.2.4, [MS-CONFIM]; the others are those
 * that pidgin-sipe reads and writes. */
static const sf_document_type types[] = {
    MICROSOFT("application/vq-rtcpxr+xml", QUALITY, "Quality report of a call"),
    LINES("application/vq-rtcpxr", QUALITY_LINES, "Quality report of a call (RFC 6035)"),
    MICROSOFT("application/ms-cqf+xml", FEEDBACK, "The user's rating of a call"),
    MICROSOFT("application/msrtc-reporterror+xml", ERROR_REPORT, "Client's report of a failed call"),
    COMMON("application/cccp+xml", CONFERENCE_COMMAND, "Conference command"),
    COMMON("application/conference-info+xml", CONFERENCE_STATE, "State of a conference"),
    MICROSOFT("application/ms-conf-invite+xml", OTHER, "Invitation to a conference"),
    MICROSOFT("application/msrtc-event-categories+xml", PRESENCE, "Presence of a contact"),
    MICROSOFT("application/msrtc-category-publish+xml", PRESENCE, "Publication of presence"),
    MICROSOFT("application/msrtc-fault+xml", PRESENCE, "Fault of a refused request"),
    MICROSOFT("application/vnd-microsoft-roaming-self+xml", PRESENCE, "The user's own presence and settings"),
    MICROSOFT("text/xml+msrtc.pidf", PRESENCE, "Presence of a contact (LCS 2005)"),
    COMMON("application/pidf+xml", PRESENCE, "Presence of a contact (RFC 3863)"),
    COMMON("application/xpidf+xml", PRESENCE, "Presence of a contact (XPIDF)"),
    COMMON("application/rlmi+xml", PRESENCE, "State of a list of subscriptions"),
    MICROSOFT("application/msrtc-adrl-categorylist+xml", PRESENCE, "Subscription to the presence of contacts"),
    COMMON("application/adrl+xml", PRESENCE, "Subscription to the presence of contacts"),
    MICROSOFT("application/msrtc-setcontainermembers+xml", OTHER, "Change of a contact's privacy level"),
    MICROSOFT("application/msrtc-presence-setsubscriber+xml", OTHER, "Acknowledgment of new watchers"),
    MICROSOFT("application/msrtc-setdelegatemembers+xml", OTHER, "Change of the list of delegates"),
    MICROSOFT("text/xml+msrtc.wpending", OTHER, "Watchers who wait for permission"),
    MICROSOFT("application/vnd-microsoft-roaming-contacts+xml", OTHER, "Contact list"),
    MICROSOFT("application/vnd-microsoft-roaming-acls+xml", OTHER, "List of allowed and blocked contacts"),
    MICROSOFT("application/vnd-microsoft-roaming-provisioning+xml", PROVISIONING, "Settings for the client"),
    MICROSOFT("application/vnd-microsoft-roaming-provisioning-v2+xml", PROVISIONING, "Settings for the client"),
    MICROSOFT("application/ms-location-profile-definition+xml", OTHER, "Dial plan"),
    MICROSOFT("application/msrtc-media-relay-auth+xml", RELAY_CREDENTIALS, "Credentials for the media relay"),
    COMMON("application/im-iscomposing+xml", MESSAGING, "Typing notice"),
    MICROSOFT("application/ms-imdn+xml", MESSAGING, "Delivery notice of an instant message"),
    MICROSOFT("application/ms-filetransfer+xml", FILE_TRANSFER, "File transfer"),
    MICROSOFT("application/xml+conversationinfo", OTHER, "Subject of a conversation"),
    MICROSOFT("application/x-ms-mim", OTHER, "Roster of a conversation without a server"),
    COMMON("application/csta+xml", OTHER, "Remote control of a desk phone"),
    LINES("text/x-msmsgsinvite", INVITATION, "Invitation to a file transfer or a session"),
    LINES("text/x-msmsgscontrol", OTHER, "Typing notice (Windows Messenger)"),
    LINES("text/registration-event", OTHER, "Notice that the server signs the client out"),
};

const sf_document_type *sf_document_type_of(sf_slice media_type)
{
    int row = SF_WORDS_FIND(types, media_type);

    return row == SF_WORDS_NONE ? NULL : &types[row];
}

const sf_document_type *sf_document_type_at(unsigned index)
{
    return index < G_N_ELEMENTS(types) ? &types[index] : NULL;
}
