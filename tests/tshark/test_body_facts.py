# SPDX-License-Identifier: GPL-2.0-or-later
"""What bodies say that are no SDP: the facts of each kind, their warnings, and that no secret is shown."""

import re

import pytest

import body_fields
from crafted import MESSAGES, request, write_datagrams

FRACTIONS = {row.split()[0] for row in body_fields.FIELDS.splitlines() if row.endswith("FT_FLOAT")}
NAMES = {"poor": "skypefed.expert.quality_poor", "failed": "skypefed.expert.conference_failed",
         "reported": "skypefed.expert.reported_failure", "body": "skypefed.expert.body",
         "relay": "skypefed.expert.relay_refused"}


def xml(text, kind="application/cccp+xml", **options):
    return text, {"content_type": kind, "start": "SERVICE sip:anna@example.com SIP/2.0", **options}


def quality(line, label="main-audio"):
    return xml(f'<VQReportEvent><VQSessionReport><MediaLine Label="{label}">{line}</MediaLine></VQSessionReport>'
               "</VQReportEvent>", "application/vq-rtcpxr+xml")


def failed(code, **error):
    attributes = "".join(f' {name}="{value}"' for name, value in error.items())
    return xml(f'<reportError><error{attributes}><diagHeader>{code}</diagHeader></error></reportError>',
               "application/msrtc-reporterror+xml")


JITTER = "<InboundStream><Jitter><InterArrival>{}</InterArrival></Jitter></InboundStream>"
LINES = ("VQSessionReport: CallTerm\r\nCallID: c1@example.com\r\nLocalMetrics:\r\nPacketLoss:NLR=12.5 JDR=2\r\n"
         "Delay:RTD=200 IAJ=2\r\nRemoteMetrics:\r\nQualityEst:MOSLQ=4.2\r\n")

# Name -> (the message, the expert infos of its body).
CASES = {
    "good call": (quality(JITTER.format(30)), {}),
    "poor call": (quality(JITTER.format(31)), {"poor": 1}),
    "no media path": (quality("<Description><Connectivity><Ice>FAILED</Ice></Connectivity></Description>"
                              + JITTER.format(3)), {"poor": 1}),
    "no audio": (quality(JITTER.format(31), "data"), {}),
    "RFC 6035": ((LINES, {"content_type": "application/vq-rtcpxr"}), {"poor": 1}),
    "command": (xml('<response code="success"><addUser/></response>'), {}),
    "command pending": (xml('<response code="pending"><addUser/></response>'), {}),
    "command refused": (xml('<response code="failure"><addUser reason="forbidden"/></response>'), {"failed": 1}),
    "failure reported": (failed("1008", requestType="INVITE", responseCode="504"), {"reported": 1}),
    "wanted end reported": (failed("51004", requestType="BYE"), {}),
    "failure without a code": (failed("none"), {}),
    "command refused, with more about it": (
        xml('<response code="failure"><addUser reason="forbidden"/><diagnostics-info/></response>'), {"failed": 1}),
    "media relay": (xml('<response reasonPhrase="OK"/>', "application/msrtc-media-relay-auth+xml"), {}),
    "media relay that is busy": (xml('<response reasonPhrase="Server Busy"/>', "application/msrtc-media-relay-auth+xml"),
                                 {"relay": 1}),
    "request for a media relay": (xml("<request><credentialsRequest/></request>", "application/msrtc-media-relay-auth+xml"),
                                  {}),
    "cut": (xml("<request><addUser>"), {"body": 1}),
    "no XML": (xml("v=0\r\n"), {"body": 1}),
    "entity": (xml('<!DOCTYPE a [<!ENTITY e "x">]><request><addUser>&e;</addUser></request>'), {"body": 1}),
    "encoded": (xml("H4sIAAAA", headers="Content-Encoding: gzip\r\n"), {"body": 1}),
    "too deep": (xml("<a>" * 40 + "</a>" * 40), {"body": 1}),
    "too many facts": (xml("<request>" + "<addUser/>" * 1100 + "</request>"), {"body": 1}),
    "media key": (xml('<request><addUser reason="inline:AAAABBBBCCCCDDDD"/></request>'), {"body": 1}),
    "another type": (xml("<a>", "application/xml"), {}),
}


@pytest.fixture(scope="module")
def path(capture):
    return capture(lambda file: write_datagrams(file, [request(f"body-{number}", body, **options)
                                                       for number, ((body, options), _) in enumerate(CASES.values())]))


def test_expert_infos(fields, path):
    rows = fields(path, *NAMES.values(), where="sip")
    assert len(rows) == len(CASES)
    seen = [{short: len(row[name]) for short, name in NAMES.items() if row[name]} for row in rows]
    assert dict(zip(CASES, seen)) == {name: expected for name, (_, expected) in CASES.items()}


def test_report_without_a_tree(tshark, path):
    """-z expert reads no item of ours: the bodies are read for their warnings alone."""
    report = tshark("-r", path, "-q", "-z", "expert,note,skypefed")
    for words, count in (("The call was poor by", 2), ("The conference command addUser failed", 2),
                         ("The body has a transfer encoding", 1), ("A client reports a failure: INVITE answered with 504", 1)):
        assert sum(int(line.split()[0]) for line in report.splitlines() if words in line) == count, words


def as_all_versions(name, value):
    """A number with a fraction has more digits in later versions of Wireshark: 2.79999995 for 2.8."""
    return f"{float(value):.6g}" if name in FRACTIONS else value


@pytest.mark.parametrize("message, expected", [
    ("client-reports/01-a-quality", {
        "skypefed.body": ["Quality report of a call"], "skypefed.body.root": ["VQReportEvent"],
        "skypefed.body.call_id": ["qoe0call0f1e2d3c4b5a6978"], "skypefed.quality.line": ["main-audio"],
        "skypefed.quality.jitter": ["42", "8"], "skypefed.quality.loss": ["12", "1"],
        "skypefed.quality.round_trip": ["620"], "skypefed.quality.concealed": ["9"],
        "skypefed.quality.degradation": ["1.3"], "skypefed.quality.listening_mos": ["2.8", "3.6"],
        "skypefed.quality.codec": ["x-msrta", "x-msrta"], "skypefed.quality.path": ["RELAY"],
        "skypefed.quality.transport": ["UDP"], "skypefed.quality.network": ["wifi"],
        "skypefed.quality.link_speed": ["54000000"], "skypefed.quality.ice_warning": [str(0xc000)],
        "skypefed.quality.ice_failure": ["The direct UDP path failed", "The UDP path through NAT failed"],
        "skypefed.quality.signal_level": ["-25"],
        "skypefed.quality.event": ["NetworkReceiveQualityEventRatio: 30 % of the call",
                                   "NetworkDelayEventRatio: 20 % of the call"],
        "skypefed.quality.reason": ["jitter 42 ms", "packet loss 12.0 %", "concealed audio 9.0 %", "MOS lowered by 1.3",
                                    "round trip 620 ms"]}),
    ("client-reports/02-a-error", {
        "skypefed.body.call_id": ["err0call00112233445566"], "skypefed.report": ["INVITE"],
        "skypefed.report.response": ["504"], "skypefed.report.code": ["1008", "12006"],
        "skypefed.report.reason": ["Unable to resolve DNS SRV record", "Trying next hop"]}),
    ("client-reports/03-a-rating", {"skypefed.body.call_id": ["qoe0call0f1e2d3c4b5a6978"],
                                    "skypefed.quality.rating": ["2"]}),
    ("conference-commands/01-a-add-conference", {
        "skypefed.conference.command": ["addConference"], "skypefed.conference.id": ["7K2QXM9D"],
        "skypefed.conference.mcu": ["chat", "audio-video"],
        "skypefed.conference.admission_policy": ["openAuthenticated"]}),
    ("conference-commands/03-b-user-added", {
        "skypefed.conference.code": ["success"], "skypefed.conference.request_id": ["2"],
        "skypefed.conference.user": ["sip:alice@example.com"], "skypefed.conference.role": ["presenter"]}),
    ("conference-commands/04-b-lock-refused", {
        "skypefed.conference.command": ["modifyConferenceLock"], "skypefed.conference.code": ["failure"],
        "skypefed.conference.reason": ["forbidden"]}),
    ("conference-commands/05-b-state", {
        "skypefed.conference.version": ["5"], "skypefed.conference.state": ["partial"],
        "skypefed.conference.user": ["sip:alice@example.com", "sip:carol@example.net"],
        "skypefed.conference.user.state": ["full", "deleted"], "skypefed.conference.media.type": ["audio"],
        "skypefed.conference.media.filter": ["block"], "skypefed.conference.secret_length": ["37"]}),
    ("presence/01-a-publish", {
        "skypefed.presence.availability": ["6500"], "skypefed.presence.source": ["userState"],
        "skypefed.presence.container": ["2", "300"], "skypefed.presence.note_length": ["13"]}),
    ("presence/02-b-refused", {
        "skypefed.presence.fault": ["Client.BadCall.WrongDelta"], "skypefed.presence.fault.publication": ["1"],
        "skypefed.presence.fault.version": ["4"], "skypefed.presence.fault.current_version": ["7"]}),
    ("presence/03-b-busy", {
        "skypefed.presence": ["sip:bob@example.com"], "skypefed.presence.availability": ["6500"],
        "skypefed.presence.activity": ["on-the-phone"], "skypefed.presence.location": ["office"],
        "skypefed.presence.device": ["computer"]}),
    ("presence/04-b-list", {
        "skypefed.presence": ["sip:carol@example.net", "sip:bob@example.com"], "skypefed.presence.status": ["404"],
        "skypefed.presence.subscription": ["terminated"], "skypefed.presence.availability": ["18500"]}),
    ("presence/05-b-self", {"skypefed.presence.subscriber": ["dave@example.net"],
                            "skypefed.presence.availability": ["3500"]}),
    ("client-settings/02-b-relay", {
        "skypefed.relay.reason": ["OK"], "skypefed.relay.host": ["av.example.com"], "skypefed.relay.udp_port": ["3478"],
        "skypefed.relay.tcp_port": ["443"], "skypefed.relay.secret_length": ["18", "17"],
        "skypefed.relay.duration": ["480"]}),
    ("file-invitation/02-b-accept", {
        "skypefed.messaging.command": ["ACCEPT"], "skypefed.messaging.port": ["6891"],
        "skypefed.messaging.secret_length": ["32", "32", "6"]}),
    ("file-invitation/04-b-not-delivered", {
        "skypefed.messaging.recipient": ["<sip:carol@example.com>"], "skypefed.messaging.status": ["408"],
        "skypefed.report.code": ["6001"], "skypefed.report.reason": ["Request Timeout"]}),
])
def test_facts(message, expected, fields, capture):
    content = (MESSAGES / f"{message}.sip").read_bytes()
    [row] = fields(capture(lambda file: write_datagrams(file, [content])), *expected, where="skypefed")
    assert {name: [as_all_versions(name, value) for value in values] for name, values in row.items()} == expected


def test_lines_of_rfc_6035(fields, path):
    [row] = fields(path, "skypefed.quality.loss", "skypefed.quality.jitter", "skypefed.quality.stream",
                   where='skypefed.body contains "6035"')
    assert row == {"skypefed.quality.loss": ["12.5"], "skypefed.quality.jitter": ["2"],
                   "skypefed.quality.stream": ["LocalMetrics", "RemoteMetrics"]}


def test_titles(tshark, samples):
    """What an administrator reads first."""
    for name, titles in {
            "client-reports": ["Quality report of a call, Call-ID qoe0call0f1e2d3c4b5a6978: poor: jitter 42 ms, "
                               "packet loss 12.0 %",
                               "jitter 42 ms, packet loss 12.0 %, concealed audio 9.0 %, MOS lowered by 1.3, "
                               "round trip 620 ms; Wi-Fi, through the media relay",
                               "Client's report of a failed call: INVITE answered with 504, code 1008: The DNS SRV record "
                               "of the domain cannot be resolved on this server: look up _sipfederationtls._tcp or "
                               "_sip._tls of that domain there (Call-ID err0call00112233445566)"],
            "conference-commands": ["Conference command: modifyConferenceLock, failure, forbidden",
                                    "Sending: block (muted by the conference)"],
            "presence": ["Presence of a contact: Busy, in a call", "Presence of a contact: Offline",
                         "Container: 300 (workgroup)"],
            "client-settings": ["Setting: ucPC2PCAVEncryption: SupportEncryption", "Media relay: av.example.com"]}.items():
        printed = tshark("-r", samples / f"{name}.pcapng", "-V", "-O", "skypefed")
        for title in titles:
            assert title in printed, title


SECRETS = ["INVENTED-USER-NAME", "INVENTED-PASSWORD", "SU5WRU5URUQ", "987654", "meet.example.com", "back at three",
           "invented.txt", "Weekly meeting"]


@pytest.mark.parametrize("name", ["client-settings", "conference-commands", "presence", "file-invitation"])
def test_no_secret_is_shown(name, tshark, decoded, samples):
    written = "".join(path.read_text(encoding="utf-8") for path in (MESSAGES / name).iterdir())
    secrets = [secret for secret in SECRETS if secret in written]
    assert secrets
    ours = [line for line in tshark("-r", samples / f"{name}.pcapng", "-V", "-O", "skypefed").splitlines()]
    assert not [secret for secret in secrets if secret in "\n".join(ours) or secret in str(decoded(
        samples / f"{name}.pcapng"))]


def test_damaged_bodies_show_no_secret(tshark, capture):
    """A credentials body cut at every third byte, and one with each angle bracket left out."""
    body = (MESSAGES / "client-settings/02-b-relay.sip").read_bytes().decode().partition("\r\n\r\n")[2]
    bodies = [body[:length] for length in range(0, len(body), 3)]
    bodies += [body[:match.start()] + body[match.end():] for match in re.finditer("[<>]", body)]
    path = capture(lambda file: write_datagrams(file, [
        request(f"cut-{number}", text, content_type="application/msrtc-media-relay-auth+xml")
        for number, text in enumerate(bodies) if text]))
    printed = tshark("-r", path, "-V", "-O", "skypefed")
    assert printed.count("Credentials for the media relay") > 250
    assert "INVENTED" not in printed


@pytest.mark.parametrize("body, kind, line", [
    ('<imdn><recipient uri="sip:a@example.com"><status>408</status></recipient></imdn>', "application/ms-imdn+xml",
     "Response: 408 (not delivered)"),
    ('<imdn><recipient uri="sip:a@example.com"><status>200</status></recipient></imdn>', "application/ms-imdn+xml",
     "Response: 200 (delivered)"),
    ('<presentity uri="a@example.com"><availability aggregate="300"/></presentity>', "text/xml+msrtc.pidf",
     "Availability (LCS 2005): 300 (online)"),
    ('<presentity uri="a@example.com"><activity aggregate="550"/></presentity>', "text/xml+msrtc.pidf",
     "Activity (LCS 2005): 550 (on the phone)"),
    ('<presence entity="pres:a@example.com"/>', "application/pidf+xml", "Presence of a contact (RFC 3863)"),
])
def test_words(body, kind, line, tshark, capture):
    message = request("w", body, content_type=kind, start="BENOTIFY sip:anna@example.com SIP/2.0")
    listing = tshark("-r", capture(lambda file: write_datagrams(file, [message])), "-V", "-O", "skypefed")
    assert line in [row.strip() for row in listing.splitlines()]


def test_location_of_a_caller(tshark, capture):
    """In an INVITE the same media type has where the caller is."""
    message = request("w", '<presence entity="pres:a@example.com"/>', content_type="application/pidf+xml")
    listing = tshark("-r", capture(lambda file: write_datagrams(file, [message])), "-V", "-O", "skypefed")
    assert "Location of the caller (PIDF-LO, RFC 4119)" in [row.strip() for row in listing.splitlines()]
