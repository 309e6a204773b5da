/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of settings.
 */
#include "setting.h"

#include "engine/text/words.h"

#define NAME(name) SF_LITERAL_INIT(name)

static const sf_slice shown[] = {
    /* ServerConfiguration */
    NAME("mrasUri"),
    NAME("focusFactoryUri"),
    NAME("qosUri"),
    NAME("poolUri"),
    NAME("ucPC2PCAVEncryption"),
    NAME("ucEnableSIPSecurityMode"),
    NAME("ucPortRangeEnabled"),
    NAME("ucMinMediaPort"),
    NAME("ucMaxMediaPort"),
    NAME("ucMinAudioPort"),
    NAME("ucMaxAudioPort"),
    NAME("ucMinVideoPort"),
    NAME("ucMaxVideoPort"),
    NAME("ucMaxVideoRateAllowed"),
    NAME("ucDiffServVoice"),
    NAME("qosEnabled"),
    NAME("voicemailUri"),
    NAME("callParkServerUri"),
    NAME("botSipUriForTestCall"),
    NAME("ucLocationProfile"),
    NAME("enableBWPolicyCheck"),
    /* meetingPolicy */
    NAME("AllowIPAudio"),
    NAME("AllowIPVideo"),
    NAME("EnableP2PVideo"),
    NAME("EnableP2PFileTransfer"),
    NAME("EnableAppDesktopSharing"),
    NAME("AllowAnonymousParticipants"),
    NAME("EnablePstnConferencing"),
    NAME("MeetingSize"),
    NAME("AudioBitRate"),
    NAME("VideoBitRate"),
    NAME("AppSharingBitRate"),
    NAME("AllowedAppDesktopSharingLevel"),
    /* ucPolicy */
    NAME("AllowCallForwarding"),
    NAME("AllowSimultaneousRinging"),
    NAME("EnableCallTransfer"),
    NAME("EnableCallPark"),
    NAME("EnableDelegation"),
    NAME("EnableTeamCall"),
    NAME("EnableBWPolicyOverride"),
    NAME("EnableMaliciousCallTrace"),
    /* endpointConfiguration */
    NAME("p2pAppSharingEncryption"),
    NAME("absUsage"),
    NAME("disableMusicOnHold"),
    NAME("photoUsage"),
    NAME("maxPhotoSizeKB"),
};

bool sf_setting_is_shown(sf_slice name)
{
    return SF_WORDS_FIND(shown, name) != SF_WORDS_NONE;
}
