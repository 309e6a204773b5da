/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tables of codes and phrases.
 */
#include "teams_code.h"

#include "engine/text/words.h"

/* Microsoft's pages "response codes of Direct Routing" for administrators (400 to 504). */
static const struct {
    uint32_t code;
    const char *meaning;
} codes[] = {
    { 1106, "Teams got no ACK in time: check the Contact of the session border controller, and the firewall" },
    { 10037, "The called user has no signed-in Teams client" },
    { 10140, "The bot that is called is not set up" },
    { 10191, "The called user's policy has no voice mail" },
    { 10199, "The called user does not take private calls" },
    { 10202, "The call to be replaced was not found: check that Replaces and Referred-By come back unchanged" },
    { 10320, "The bot that is called cannot be reached" },
    { 10321, "The bot that is called is busy" },
    { 10500, "The state of the call does not allow this fork" },
    { 10553, "The required recorder could not be invited: check the recording policy" },
    { 500001, "The failover timer expired: the session border controller did not answer in time" },
    { 510412, "The called number could not be read: use the E.164 format with a leading +" },
    { 510482, "The call is in a loop: check the routes on both sides" },
    { 510532,
      "No trunk of the tenant fits: check the name of the session border controller (Get-CsOnlinePSTNGateway)" },
    { 510534, "The calling number is blocked (Get-CsInboundBlockedNumberPattern)" },
    { 510544, "No trunk was found, or none for the user's emergency calls (Get-CsOnlinePSTNGateway)" },
    { 510546, "No trunk fits the location-based routing of the user" },
    { 510559, "No outbound route is allowed (Get-CsOnlineVoiceRoute, Get-CsOnlineVoiceRoutingPolicy)" },
    { 510560, "The user is not enabled for telephone calls (EnterpriseVoiceEnabled in Get-CsOnlineUser)" },
    { 510562, "The user may not call the telephone network (Get-CsOnlineDialOutPolicy)" },
    { 510563, "The user may not make international calls (Get-CsOnlineDialOutPolicy)" },
    { 511404, "The number belongs to no user or resource account (Get-CsPhoneNumberAssignment)" },
    { 531000, "The SDP cannot be used: no acceptable media, or SRTP was not offered" },
    { 531004, "The ICE checks failed: check the firewall and the media ports" },
    { 531005, "No media path could be set up: check the firewall and the media ports" },
    { 531027,
      "The offer has no ICE candidates: turn on ICE lite on the session border controller, which media bypass needs" },
    { 531052, "Media of a new kind did not arrive" },
    { 540400, "The session border controller sent an invalid message" },
    { 540415, "The message has no offer, or a body that Teams does not accept" },
    { 540422, "The session interval is too small (Session-Expires, Min-SE)" },
    { 540998, "The service is being taken out of use: try another of its hosts" },
    { 549002, "Not delivered: the TLS connection was gone" },
    { 549018, "Not delivered: the start line is faulty" },
    { 560402, "The session border controller or the telephone network requires payment" },
    { 560403, "Refused by the session border controller or the telephone network" },
    { 560408, "No answer beyond the session border controller" },
    { 560420, "The session border controller does not support a SIP extension" },
    { 560484, "The session border controller refused the format of the number" },
    { 560503, "The session border controller is overloaded or has no route" },
    { 569002, "TCP to the session border controller failed: check the SBC's address, port and firewall" },
    { 569003, "TLS to the session border controller failed: check the SBC's certificate and ciphers" },
    { 569008, "The certificate of the session border controller has expired" },
    { 569009, "The root of the session border controller's certificate is not trusted" },
    { 569015, "The name of the session border controller cannot be resolved" },
    { 569016, "The name of the session border controller has no address record" },
    { 569018, "Not delivered to the session border controller: the start line is faulty" },
};

const char *sf_teams_code_in_words(uint32_t code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        if (codes[i].code == code) {
            return codes[i].meaning;
        }
    }
    return sf_teams_code_is_of_sbc(code)
               ? "The session border controller refused the call: the last three digits are its SIP response"
               : NULL;
}

/* Public traces, and what administrators quote. */
static const struct {
    sf_slice phrase;
    const char *meaning;
} phrases[] = {
    { SF_LITERAL_INIT("CallEndReasonLocalUserInitiated"), "The Teams user ended the call" },
    { SF_LITERAL_INIT("BackToBackSessionDeleted"),
      "Teams dropped this call leg because the leg that it was paired with ended" },
    { SF_LITERAL_INIT("Record-Route and Contact headers are missing"),
      "The session border controller must send Record-Route or Contact with its host name" },
    { SF_LITERAL_INIT("Remote participant did not offer required SRTP support"),
      "The session border controller offered no SRTP, which Teams requires: check the SBC's media security settings" },
    { SF_LITERAL_INIT("Current call site state prevents fork to this entity"),
      "Teams cannot ring the user: check whether the account is disabled, or lacks a license for Teams Phone" },
    { SF_LITERAL_INIT("MediaOfferError"),
      "Teams cannot use the SDP offer: compare the codecs, SRTP and ICE in it with what Teams takes" },
};

const char *sf_teams_phrase_in_words(sf_slice phrase)
{
    int row = SF_WORDS_FIND_START(phrases, phrase);

    return row == SF_WORDS_NONE ? NULL : phrases[row].meaning;
}
