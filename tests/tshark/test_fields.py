# SPDX-License-Identifier: GPL-2.0-or-later
"""The fields are a contract: a filter or a pipeline written today must work in every later version.

A field may be added below, or with its header in microsoft_headers.py; none may ever be renamed or change its type.
"""

import pytest

import body_fields
import call_fields
import microsoft_headers

CONTRACT = {
    "Headings of the sections": """
        skypefed.section.parties                FT_NONE
        skypefed.section.path                   FT_NONE
        skypefed.section.gruu                   FT_NONE
        skypefed.section.transfer               FT_NONE
        skypefed.section.skype_uris             FT_NONE
        skypefed.section.headers                FT_NONE
        skypefed.section.diagnostics            FT_NONE
        skypefed.section.demand                 FT_NONE
        skypefed.section.bodies                 FT_NONE
        skypefed.section.call                   FT_NONE
        skypefed.section.media                  FT_NONE
        skypefed.trust                          FT_NONE
        skypefed.trust.asserted                 FT_NONE
        skypefed.crypto.hidden                  FT_NONE
        skypefed.media.key_field                FT_NONE
        skypefed.candidate.hidden_password      FT_NONE
        skypefed.ssrc_range                     FT_NONE
        skypefed.bandwidth                      FT_NONE
        skypefed.attribute.unread               FT_NONE
        skypefed.fault                          FT_NONE
    """,
    "Parties": """
        skypefed.caller                         FT_STRING
        skypefed.caller.network                 FT_UINT8
        skypefed.callee                         FT_STRING
        skypefed.callee.network                 FT_UINT8
        skypefed.identity                       FT_STRING
        skypefed.identity.decorated             FT_STRING
        skypefed.identity.header                FT_STRING
        skypefed.asserted                       FT_STRING
        skypefed.asserted.network               FT_UINT8
        skypefed.privacy                        FT_STRING
        skypefed.emergency                      FT_BOOLEAN
        skypefed.emergency.service              FT_STRING
        skypefed.geolocation                    FT_STRING
        skypefed.teams.demand                   FT_STRING
        skypefed.teams.instance                 FT_STRING
        skypefed.teams.region                   FT_STRING
        skypefed.teams.trace_id                 FT_GUID
        skypefed.teams.call                     FT_STRING
        skypefed.teams.party                    FT_STRING
        skypefed.teams.object_id          FT_GUID
        skypefed.teams.tenant             FT_GUID
        skypefed.teams.transfer_id        FT_STRING
        skypefed.teams.transfer_target             FT_STRING
        skypefed.origin                         FT_UINT8
        skypefed.origin.likely                  FT_UINT8
        skypefed.origin.evidence                FT_STRING
        skypefed.epid                           FT_STRING
        skypefed.epid.guid                      FT_GUID
        skypefed.epid.matches_gruu              FT_BOOLEAN
        skypefed.from_log                       FT_BOOLEAN
        skypefed.product                        FT_STRING
        skypefed.product.version                FT_STRING
        skypefed.product.application            FT_STRING
    """,
    "Transfer and forwarding": """
        skypefed.transfer.target                FT_STRING
        skypefed.transfer.referrer              FT_STRING
        skypefed.transfer.replaces              FT_STRING
        skypefed.transfer.replaces.to_tag       FT_STRING
        skypefed.transfer.replaces.from_tag     FT_STRING
        skypefed.transfer.redirect              FT_STRING
        skypefed.transfer.result                FT_UINT16
        skypefed.forwarding                     FT_STRING
        skypefed.forwarding.header              FT_STRING
        skypefed.forwarding.index               FT_STRING
        skypefed.forwarding.cause               FT_UINT16
        skypefed.forwarding.reason              FT_STRING
        skypefed.forwarding.privacy             FT_STRING
    """,
    "Signaling path": """
        skypefed.contact.host                   FT_STRING
        skypefed.host.microsoft              FT_BOOLEAN
        skypefed.host.microsoft.range        FT_STRING
        skypefed.host.microsoft.service      FT_STRING
        skypefed.host.microsoft.source       FT_BOOLEAN
        skypefed.host.microsoft.destination  FT_BOOLEAN
        skypefed.via                            FT_STRING
        skypefed.via.index                      FT_UINT32
        skypefed.via.sent_by                    FT_STRING
        skypefed.via.branched                   FT_BOOLEAN
        skypefed.via.received_port              FT_UINT16
        skypefed.via.received_cid               FT_UINT32 BASE_DEC_HEX
        skypefed.via.connection                 FT_UINT32
        skypefed.via.translated                 FT_BOOLEAN
        skypefed.via.internal_info              FT_STRING
        skypefed.via.stack                      FT_UINT8
        skypefed.bound                          FT_STRING
        skypefed.bound.received_cid             FT_UINT32 BASE_DEC_HEX
        skypefed.bound.connection               FT_UINT32
        skypefed.token                          FT_STRING
        skypefed.token.mac                      FT_BYTES
        skypefed.token.branch_id                FT_UINT32 BASE_DEC_HEX
        skypefed.token.key_id                   FT_BYTES
        skypefed.token.matches_branch           FT_BOOLEAN
        skypefed.route                          FT_STRING
        skypefed.route.header                   FT_STRING
        skypefed.route.index                    FT_UINT32
        skypefed.route.host                     FT_STRING
        skypefed.route.provider                 FT_BOOLEAN
        skypefed.route.front_end                FT_STRING
        skypefed.route.tag                      FT_STRING
        skypefed.route.state                    FT_STRING
        skypefed.route.state.cid                FT_UINT32 BASE_DEC_HEX
        skypefed.route.role                     FT_STRING
        skypefed.route.enterprise_destination   FT_BOOLEAN
        skypefed.route.sig                      FT_STRING
        skypefed.route.rr_sig                   FT_STRING
        skypefed.route.identity_sig             FT_STRING
        skypefed.route.edge_route               FT_BOOLEAN
        skypefed.route.key_info                 FT_BYTES
        skypefed.route.key_info.version         FT_UINT32 BASE_DEC_HEX
        skypefed.route.key_info.key_length      FT_UINT16
        skypefed.route.key_info.signature_length FT_UINT16
        skypefed.route.key_info.algorithm       FT_STRING
        skypefed.route.key_info.created         FT_ABSOLUTE_TIME
    """,
    "Endpoints": """
        skypefed.gruu                           FT_STRING
        skypefed.gruu.kind                      FT_UINT8
        skypefed.gruu.service                   FT_STRING
        skypefed.gruu.guid                      FT_GUID
        skypefed.gruu.grid                      FT_GUID
        skypefed.gruu.conference_id             FT_STRING
        skypefed.gruu.conference_role           FT_STRING
    """,
    "Microsoft headers": "skypefed.compression FT_STRING\n" + "\n".join(
        f"{name} {kind}" for name, kind in microsoft_headers.types().items()),
    "Diagnostics": """
        skypefed.diagnostics                    FT_STRING
        skypefed.diagnostics.header             FT_STRING
        skypefed.diagnostics.code               FT_UINT32
        skypefed.diagnostics.subcode            FT_UINT32
        skypefed.diagnostics.meaning            FT_STRING
        skypefed.diagnostics.reason             FT_STRING
        skypefed.diagnostics.source             FT_STRING
        skypefed.diagnostics.domain             FT_STRING
        skypefed.diagnostics.peer_server        FT_STRING
        skypefed.diagnostics.param              FT_STRING
        skypefed.reason                         FT_STRING
        skypefed.reason.protocol                FT_STRING
        skypefed.reason.cause                   FT_UINT32
        skypefed.reason.text                    FT_STRING
        skypefed.reason.guid                    FT_GUID
        skypefed.reason.phrase                  FT_STRING
        skypefed.reason.code                    FT_UINT32
        skypefed.reason.meaning                 FT_STRING
        skypefed.reason.side                    FT_UINT8
        skypefed.media_debug                    FT_STRING
        skypefed.media_debug.label              FT_STRING
        skypefed.media_debug.local_site         FT_STRING
        skypefed.media_debug.remote_site        FT_STRING
        skypefed.media_debug.local_relay        FT_STRING
        skypefed.media_debug.remote_relay       FT_STRING
        skypefed.media_debug.local_location     FT_UINT32
        skypefed.media_debug.remote_location    FT_UINT32
        skypefed.media_debug.federation_type    FT_UINT32
        skypefed.media_debug.side               FT_STRING
        skypefed.media_debug.local_relay_tcp_port FT_UINT16
        skypefed.media_debug.remote_relay_tcp_port FT_UINT16
        skypefed.media_debug.port_range         FT_STRING
        skypefed.media_debug.first_port         FT_UINT16
        skypefed.media_debug.last_port          FT_UINT16
        skypefed.media_debug.network_name       FT_STRING
        skypefed.media_debug.interfaces         FT_UINT32 BASE_DEC_HEX
        skypefed.media_debug.base_interface     FT_UINT32 BASE_DEC_HEX
        skypefed.media_debug.base_address       FT_STRING
        skypefed.media_debug.local_interface    FT_UINT32 BASE_DEC_HEX
        skypefed.media_debug.local_address      FT_STRING
        skypefed.media_debug.remote_address     FT_STRING
        skypefed.media_debug.local_type         FT_STRING
        skypefed.media_debug.remote_type        FT_STRING
        skypefed.media_debug.protocol           FT_STRING
        skypefed.media_debug.ice_role           FT_STRING
        skypefed.media_debug.relay_name         FT_STRING
        skypefed.media_debug.relay_result       FT_STRING
        skypefed.media_debug.network_error      FT_STRING
        skypefed.media_debug.media_timeout      FT_STRING
        skypefed.media_debug.rtcp_bye_sent      FT_STRING
        skypefed.media_debug.rtcp_bye_received  FT_STRING
        skypefed.media_debug.param              FT_STRING
        skypefed.ice_warning                    FT_UINT32 BASE_DEC_HEX
        skypefed.ice_warning.turn_unreachable   FT_BOOLEAN
        skypefed.ice_warning.turn_udp_allocate  FT_BOOLEAN
        skypefed.ice_warning.turn_udp_send      FT_BOOLEAN
        skypefed.ice_warning.turn_tcp_allocate  FT_BOOLEAN
        skypefed.ice_warning.turn_tcp_send      FT_BOOLEAN
        skypefed.ice_warning.local_connectivity FT_BOOLEAN
        skypefed.ice_warning.udp_nat            FT_BOOLEAN
        skypefed.ice_warning.udp_turn           FT_BOOLEAN
        skypefed.ice_warning.tcp_nat            FT_BOOLEAN
        skypefed.ice_warning.tcp_turn           FT_BOOLEAN
        skypefed.ice_warning.integrity          FT_BOOLEAN
        skypefed.ice_warning.policy_server      FT_BOOLEAN
        skypefed.ice_warning.check_not_sent     FT_BOOLEAN
        skypefed.ice_warning.turn_credentials   FT_BOOLEAN
        skypefed.ice_warning.policy_removed     FT_BOOLEAN
        skypefed.ice_warning.policy_reduced     FT_BOOLEAN
        skypefed.ice_warning.policy_keep_alive  FT_BOOLEAN
        skypefed.ice_warning.policy_refused_relay FT_BOOLEAN
        skypefed.ice_warning.turn_missing       FT_BOOLEAN
        skypefed.ice_warning.turn_several       FT_BOOLEAN
        skypefed.ice_warning.ports_exhausted    FT_BOOLEAN
        skypefed.ice_warning.turn_alternate     FT_BOOLEAN
        skypefed.ice_warning.pseudo_tls         FT_BOOLEAN
        skypefed.ice_warning.http_proxy         FT_BOOLEAN
        skypefed.ice_warning.http_proxy_auth    FT_BOOLEAN
        skypefed.ice_warning.tcp_relay_relay    FT_BOOLEAN
        skypefed.ice_warning.use_candidate      FT_BOOLEAN
        skypefed.ice_warning.turn_secret        FT_BOOLEAN
        skypefed.ice_warning.check_unmatched    FT_BOOLEAN
        skypefed.ice_warning.failure            FT_STRING
        skypefed.ice_warning.unknown            FT_UINT32 BASE_DEC_HEX
        skypefed.ice_warning.numbering          FT_UINT8
    """,
    "Media": """
        skypefed.sdp                            FT_STRING
        skypefed.sdp.role                       FT_UINT8
        skypefed.sdp.fallback                   FT_BOOLEAN
        skypefed.sdp.ice_dialect                FT_UINT8
        skypefed.media                          FT_STRING
        skypefed.media.index                    FT_UINT32
        skypefed.media.type                     FT_STRING
        skypefed.media.port                     FT_UINT16
        skypefed.media.profile                  FT_STRING
        skypefed.media.label                    FT_STRING
        skypefed.media.address                  FT_IPv4
        skypefed.media.address_v6               FT_IPv6
        skypefed.media.host_name                FT_STRING
        skypefed.media.direction                FT_UINT8
        skypefed.media.teams_way                FT_STRING
        skypefed.media.hold                     FT_BOOLEAN
        skypefed.media.resumed                  FT_BOOLEAN
        skypefed.media.setup                    FT_STRING
        skypefed.media.fingerprint              FT_STRING
        skypefed.media.rtcp_mux                 FT_BOOLEAN
        skypefed.sdp.ice_lite                   FT_BOOLEAN
        skypefed.media.security                 FT_UINT8
        skypefed.media.encryption               FT_STRING
        skypefed.crypto                         FT_STRING
        skypefed.crypto.scheme                  FT_UINT8
        skypefed.crypto.tag                     FT_UINT32
        skypefed.crypto.role                    FT_STRING
        skypefed.crypto.suite                   FT_STRING
        skypefed.crypto.key                     FT_BYTES
        skypefed.crypto.salt                    FT_BYTES
        skypefed.crypto.lifetime                FT_UINT64
        skypefed.crypto.mki                     FT_UINT64
        skypefed.crypto.mki_length              FT_UINT32
        skypefed.codec                          FT_STRING
        skypefed.codec.name                     FT_STRING
        skypefed.codec.payload_type             FT_UINT32
        skypefed.codec.clock_rate               FT_UINT32
        skypefed.candidate                      FT_STRING
        skypefed.candidate.foundation           FT_STRING
        skypefed.candidate.username             FT_STRING
        skypefed.candidate.password             FT_STRING
        skypefed.candidate.component            FT_UINT32
        skypefed.candidate.transport            FT_STRING
        skypefed.candidate.priority             FT_UINT32
        skypefed.candidate.type_preference      FT_UINT32
        skypefed.candidate.local_preference     FT_UINT32
        skypefed.candidate.transport_preference FT_UINT32
        skypefed.candidate.direction_preference FT_UINT32
        skypefed.candidate.q                    FT_FLOAT
        skypefed.candidate.address              FT_IPv4
        skypefed.candidate.address_v6           FT_IPv6
        skypefed.candidate.host_name            FT_STRING
        skypefed.candidate.port                 FT_UINT16
        skypefed.candidate.type                 FT_STRING
        skypefed.candidate.related_address      FT_IPv4
        skypefed.candidate.related_address_v6   FT_IPv6
        skypefed.candidate.related_host_name    FT_STRING
        skypefed.candidate.related_port         FT_UINT16
        skypefed.candidate.relay_id             FT_STRING
        skypefed.media.remote_candidate         FT_STRING
        skypefed.media.remote_candidate.component FT_UINT32
        skypefed.media.remote_candidate.address FT_IPv4
        skypefed.media.remote_candidate.address_v6 FT_IPv6
        skypefed.media.remote_candidate.host_name FT_STRING
        skypefed.media.remote_candidate.port    FT_UINT16
        skypefed.media.remote_candidate.username FT_STRING
        skypefed.sdp_diagnostics                FT_STRING
        skypefed.sdp_diagnostics.code           FT_UINT32
        skypefed.sdp_diagnostics.subcode        FT_UINT32
        skypefed.sdp_diagnostics.reason         FT_STRING
        skypefed.ssrc_range.first               FT_UINT32
        skypefed.ssrc_range.last                FT_UINT32
        skypefed.bandwidth.label                FT_STRING
        skypefed.bandwidth.send                 FT_UINT32
        skypefed.bandwidth.receive              FT_UINT32
        skypefed.device                         FT_STRING
        skypefed.device.name                    FT_STRING
        skypefed.device.send                    FT_BOOLEAN
        skypefed.device.receive                 FT_BOOLEAN
        skypefed.video_caps                     FT_STRING
        skypefed.video_caps.payload_type        FT_UINT32
        skypefed.video_caps.width               FT_UINT32
        skypefed.video_caps.height              FT_UINT32
        skypefed.video_caps.bitrate             FT_UINT32
        skypefed.video_caps.frame_rate          FT_FLOAT
        skypefed.feedback                       FT_STRING
        skypefed.bypass_id                      FT_GUID
        skypefed.attribute                      FT_STRING
    """,
    "Call": call_fields.FIELDS,
    "Media that flowed": """
        skypefed.rtp                            FT_STRING
        skypefed.rtp.call                       FT_UINT32
        skypefed.rtp.stream                     FT_UINT32
        skypefed.rtp.from_caller                FT_BOOLEAN
        skypefed.rtp.protection                 FT_UINT8
        skypefed.rtp.decided_in                 FT_FRAMENUM
        skypefed.rtp.agreed                     FT_UINT8
        skypefed.rtp.key_in                     FT_FRAMENUM
    """,
    "Bodies": body_fields.FIELDS,
    "Skype URIs": """
        skypefed.skype_uri                      FT_STRING
        skypefed.skype_uri.participant          FT_STRING
        skypefed.skype_uri.network              FT_STRING
        skypefed.skype_uri.action               FT_STRING
    """,
}

EXPERT = "skypefed.expert."

# Enumerations: users filter on numbers and on names alike.
NAMES = {
    "skypefed.caller.network": ["Unknown", "SIP domain", "Own enterprise", "Federated partner",
                                "Skype or Microsoft account", "Other public IM", "Telephone network",
                                "Teams Direct Routing", "Telephone number", "Public IM provider"],
    "skypefed.sdp.role": ["Unknown", "Offer", "Answer"],
    "skypefed.media.security": [None, "Clear RTP", "SRTP optional", "SRTP required", "DTLS-SRTP",
                                "Legacy RTC encryption", "Stream refused", "Undetermined", "Not media",
                                "RTP inside TLS", "Other media in clear", "DTLS", "TLS"],
    "skypefed.call.verdict": ["Not negotiated", "SRTP agreed", "Scale SRTP agreed", "Clear RTP agreed",
                              "Clear RTP after SRTP was offered", "DTLS-SRTP agreed", "No media", "Mixed",
                              "Legacy RTC encryption agreed", "SRTP without encryption", "RTP inside TLS",
                              "Other media in clear", "Not compatible", "DTLS agreed", "TLS agreed", "Undetermined",
                              "SRTP not agreed (tag not offered)"],
    "skypefed.rtp.protection": ["Undetermined", "Clear RTP", "SRTP, authenticated with the agreed key",
                                "Not authenticated by the agreed key", "DTLS handshake, media not verified"],
    "skypefed.call.media_seen": ["Nothing at the agreed addresses", "Clear RTP", "SRTP, authenticated",
                                 "Not authenticated by the agreed key", "Mixed", "Undetermined",
                                 "SRTP (key in this capture)", "DTLS handshake, media not verified",
                                 "Partly SRTP, rest undetermined",
                                 "Partly SRTP (key in this capture), rest undetermined",
                                 "Partly clear RTP, rest undetermined",
                                 "Partly not authenticated by the agreed key, rest undetermined",
                                 "Partly after a DTLS handshake, rest undetermined"],
    "skypefed.call.media_direction": ["Nobody", "Both sides", "The caller only", "The callee only",
                                      "Not known"],
    "skypefed.media.direction": ["sendrecv", "sendonly", "recvonly", "inactive"],
    "skypefed.call.outcome": ["Unknown", "Answered", "Refused", "Canceled", "Failed media", "No answer", "Transferred",
                              "Redirected", "Ended by a failure", "Transfer failed"],
}
SAME_NAMES = {"skypefed.callee.network": "skypefed.caller.network", "skypefed.origin": "skypefed.caller.network",
              "skypefed.origin.likely": "skypefed.caller.network",
              "skypefed.asserted.network": "skypefed.caller.network",
              "skypefed.media.verdict": "skypefed.call.verdict",
              "skypefed.rtp.agreed": "skypefed.call.verdict"}
NAME_COUNTS = {"skypefed.reason.side": 3, "skypefed.via.stack": 6, "skypefed.gruu.kind": 7, "skypefed.sdp.ice_dialect": 3,
               "skypefed.crypto.scheme": 2}


def rows(section):
    return [line.split() for line in CONTRACT[section].splitlines() if line.strip()]


@pytest.fixture(scope="module")
def registered(tshark):
    """Name -> (type, base) of each field of the plugin; fails on a name registered twice."""
    found = {}
    for line in tshark("-G", "fields").splitlines():
        kind, _, name, *rest = line.split("\t")
        if kind == "F" and name.startswith("skypefed"):
            assert name not in found, name
            found[name] = (rest[0], rest[2] if len(rest) > 2 else "")
    return found


@pytest.fixture(scope="module")
def names(tshark):
    """Field -> {number: name} of the plugin's enumerations."""
    found = {}
    for line in tshark("-G", "values").splitlines():
        kind, *cells = line.split("\t")
        if kind == "V" and cells[0].startswith("skypefed."):
            field, number, name = cells
            found.setdefault(field, {})[int(number, 0)] = name
    return found


@pytest.mark.parametrize("section", CONTRACT)
def test_section_has_its_fields(section, registered):
    for name, kind, *base in rows(section):
        assert registered.get(name, ("missing",))[0] == kind, name
        assert not base or registered[name][1] == base[0], name


def test_every_field_is_in_the_contract(registered):
    """Expert infos are in another: test_documents.py holds their names to plugin/doc/warnings.md."""
    names = {name for name in registered if not name.startswith(EXPERT)}
    assert names == {row[0] for section in CONTRACT for row in rows(section)}


def test_expert_infos_are_fields_without_a_value(registered):
    """So that the name alone is a filter."""
    infos = [kind for name, (kind, _) in registered.items() if name.startswith(EXPERT)]
    assert infos and set(infos) == {"FT_NONE"}


@pytest.mark.parametrize("field", [*NAMES, *SAME_NAMES])
def test_numbers_have_the_names_of_the_contract(field, names):
    expected = NAMES[SAME_NAMES.get(field, field)]
    assert names[field] == {number: name for number, name in enumerate(expected) if name}


def test_every_enumeration_has_names_for_all_its_numbers(names):
    assert {field: len(values) for field, values in names.items() if field in NAME_COUNTS} == NAME_COUNTS
    assert set(names) >= {*NAMES, *SAME_NAMES, *NAME_COUNTS}


@pytest.mark.parametrize("condition", [
    "skypefed.caller.network == 4", 'skypefed.caller.network == "Skype or Microsoft account"',
    "skypefed.via.received_cid == 0x05128500", "skypefed.epid.guid == 8c4301de-d8f9-5ee5-87f8-c4d0651f2c5a",
    "skypefed.candidate.address == 10.0.0.0/8", "skypefed.crypto.lifetime == 2147483648",
    'skypefed.route.key_info.created < "2013-04-27 00:00:00"', "skypefed.crypto.key[0:2] == 5f:32",
    "skypefed.sdp.fallback == 1", "skypefed.candidate.q < 0.2", 'skypefed.route.front_end contains "MED06"',
    "skypefed.expert.rtp_optional"])
def test_filters_of_each_type_find_the_frame(condition, tshark, samples):
    capture = samples / "skype-to-lync-invite.pcapng"
    assert len(tshark("-r", capture, "-Y", condition).splitlines()) == 1
    assert not tshark("-r", capture, "-Y", f"skypefed && !({condition})")
