# SPDX-License-Identifier: GPL-2.0-or-later
"""Rare values, which no sample has: what is no number, too short, or of nobody."""

import json
from xml.etree import ElementTree

import pytest

import media
from crafted import pcapng, request, session, stream_of, write_datagrams
from stage import variable
from test_conference_call import table
from test_media_relay import talk
from turn import Client

QUALITY = ('<VQReportEvent><VQSessionReport><MediaLine Label="main-audio">{}</MediaLine></VQSessionReport></VQReportEvent>')
EVENTS = ("<LocalClientEvent><NetworkReceiveQualityEventRatio>0.5</NetworkReceiveQualityEventRatio>"
          "<CPUInsufficientEventRatio>1.5</CPUInsufficientEventRatio><HighDelay>3</HighDelay>"
          "<NearEndToEchoRatio>0</NearEndToEchoRatio><DeviceGlitches>often</DeviceGlitches></LocalClientEvent>")
IMDN = "<imdn><recipient uri=\"sip:a@example.com\"><status>{}</status></recipient></imdn>"
SETTINGS = ('<provisionGroupList><provisionGroup name="ServerConfiguration"><mrasUri>sip:relay@example.com</mrasUri>'
            "<secretOfSomebody>abc</secretOfSomebody></provisionGroup></provisionGroupList>")


LONG_REASON = ('<response requestId="1" code="failure" from="sip:a@example.com" to="sip:b@example.com"><addUser reason="{}"/>'
               "</response>")
FINGERPRINT = ":".join(f"{number:02X}" for number in range(20))


def body(kind, text, method="SERVICE"):
    return {"body": text, "content_type": kind, "start": f"{method} sip:anna@example.com SIP/2.0"}


def sdp(*lines, profile="RTP/AVP"):
    return {"body": session(stream_of(profile, *(line + "\r\n" for line in lines)))}


# Name -> (message, fields with their values; an empty list for a field that is not there)
CASES = {
    "share above one": (body("application/vq-rtcpxr+xml", QUALITY.format(EVENTS)), {
        "skypefed.quality.event": ["NetworkReceiveQualityEventRatio: 50 % of the call", "CPUInsufficientEventRatio: 1.5",
                                   "HighDelay: 3"]}),
    "ICE flags that are no number": (
        body("application/vq-rtcpxr+xml", QUALITY.format("<Description><Connectivity><IceWarningFlags>none</IceWarningFlags>"
                                                         "</Connectivity></Description>")),
        {"skypefed.quality.ice_warning": [], "skypefed.quality.ice_failure": []}),
    "delivery that is no response": (body("application/ms-imdn+xml", IMDN.format("later"), "MESSAGE"), {
        "skypefed.messaging.status": []}),
    "delivery under way": (body("application/ms-imdn+xml", IMDN.format("100"), "MESSAGE"), {
        "skypefed.messaging.status": ["100"]}),
    "setting that nobody has looked at": (body("application/vnd-microsoft-roaming-provisioning-v2+xml", SETTINGS), {
        "skypefed.settings.value": ["mrasUri: sip:relay@example.com"]}),
    "IPv6 with zeros": (sdp("c=IN IP6 ::", "a=x-bypassid:00112233-4455-6677-8899-aabbccddeeff"), {
        "skypefed.media.address_v6": ["::"], "skypefed.bypass_id": ["00112233-4455-6677-8899-aabbccddeeff"]}),
    "what a stream takes from its group": (
        {"body": "v=0\r\nc=IN IP4 192.0.2.10\r\na=group:BUNDLE 0 1\r\n"
                 + stream_of("UDP/TLS/RTP/SAVPF", "a=mid:0\r\n", f"a=fingerprint:sha-1 {FINGERPRINT}\r\n", "a=setup:actpass\r\n")
                 + stream_of("UDP/TLS/RTP/SAVPF", "a=mid:1\r\n", kind="video")},
        {"skypefed.media.fingerprint": [f"sha-1 {FINGERPRINT}"] * 2, "skypefed.media.setup": ["actpass"] * 2}),
    "bypass id that is none": (sdp("a=x-bypassid:0011"), {"skypefed.bypass_id": [], "skypefed.expert.malformed": [""]}),
}


@pytest.fixture(scope="module")
def shown(capture, decoded):
    """Name -> fields of the message, and the same on a second pass."""
    path = capture(lambda file: write_datagrams(file, [request(f"rare-{number}", **how)
                                                       for number, (how, _) in enumerate(CASES.values())]))
    first = decoded(path)
    assert len(first) == len(CASES) and decoded(path, args=("-2",)) == first
    return dict(zip(CASES, first))


@pytest.mark.parametrize("name", CASES)
def test_rare_value(name, shown):
    for field, values in CASES[name][1].items():
        found = shown[name].get(field, [])
        assert len(found) == len(values) if "expert" in field else found == values, field


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_tiny_messages(args, fields, capture):
    """Shorter than what of other messages is looked at to find them again."""
    texts = [f"OPTIONS sip:{'a' * length} SIP/2.0\r\nms-x: 1\r\n\r\n".encode() for length in range(1, 30)]
    rows = fields(capture(lambda file: write_datagrams(file, texts)), "skypefed.header", args=args)
    assert [len(row["skypefed.header"]) for row in rows] == [1] * len(texts)


def test_name_of_a_code_is_cut_between_characters(tshark, capture):
    """A heading for expert infos has room for so many bytes, and ends before a character that has none."""
    reasons = ["\u20ac" * length for length in range(60, 80)]
    path = capture(lambda file: write_datagrams(file, [
        request(f"reason-{number}", start="SIP/2.0 500 Server Internal Error",
                headers=f'ms-diagnostics: {59000 + number};reason="{reason}"\r\n') for number, reason in enumerate(reasons)]))
    assert "\ufffd" not in tshark("-r", path, "-q", "-z", "expert").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def test_streams_are_in_order_though_the_first_one_changed(tshark, capture):
    """A later offer moves the audio alone: it is agreed anew after the video, and comes first all the same."""
    def said(number, audio, start="INVITE sip:anna@example.com SIP/2.0"):
        tag = "" if number == 1 and start.startswith("INVITE") else ";tag=b"
        text = request("moved", session(stream_of("RTP/AVP", port=audio), stream_of("RTP/AVP", kind="video", port=50030)),
                       start=start, receiver=f"<sip:anna@example.com>{tag}")
        return text.replace(b"CSeq: 1 INVITE", b"CSeq: %d INVITE" % number)

    answer = "SIP/2.0 200 OK"
    path = capture(lambda file: write_datagrams(file, [said(1, 50010), said(1, 50020, answer), said(2, 50012), said(2, 50022, answer)]))
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))
    assert [stream["stream"] for stream in record["media_streams"]] == [1, 1, 2, 2]


@pytest.mark.parametrize("command", ["calls", "calls,json", "calls,csv", "support", "ladder"])
def test_filter_that_is_none(command, stage, capture):
    """Of each command with a filter: what is wrong is said, and nothing else is written."""
    path = capture(lambda file: write_datagrams(file, [request("filter")]))
    done = stage.run([variable("TSHARK", "tshark"), "-r", path, "-q", "-z", f"skypefed,{command},sip.nothing =="])
    assert done.stderr.startswith(f"skypefed,{command.split(',')[0]}: ".encode()) and b"sip.nothing" in done.stderr
    assert done.stdout == b""


def test_bodies_whose_warnings_alone_are_asked_for(fields, tshark, capture):
    """An encoded body, and a command that the server refuses: the report has what the tree has."""
    refused = request("info", start="SIP/2.0 403 Forbidden", receiver="<sip:anna@example.com>;tag=b")
    path = capture(lambda file: write_datagrams(file, [
        request("encoded", "H4sIAAAA", content_type="application/cccp+xml", headers="Content-Encoding: gzip\r\n",
                start="SERVICE sip:anna@example.com SIP/2.0"),
        request("info", '<request requestId="1" from="sip:a@example.com" to="sip:b@example.com"><addUser/></request>',
                content_type="application/cccp+xml", start="INFO sip:anna@example.com SIP/2.0",
                receiver="<sip:anna@example.com>;tag=b"),
        refused.replace(b"CSeq: 1 INVITE", b"CSeq: 1 INFO"),
    ]))
    rows = fields(path, "_ws.expert.message", "skypefed.expert.body", "skypefed.expert.conference_failed")
    assert [bool(row["skypefed.expert.body"]) for row in rows] == [True, False, False]
    assert bool(rows[2]["skypefed.expert.conference_failed"])
    report = tshark("-r", path, "-q", "-z", "expert")
    for row in rows:
        assert all(words in report for words in row["_ws.expert.message"])


def test_reason_longer_than_a_heading(tshark, capture):
    """The window's heading of it, which tests/window reads, has an end of its own: the text is whole."""
    refused = request("long", LONG_REASON.format("x" + "\u00e4" * 50), content_type="application/cccp+xml",
                      start="INFO sip:anna@example.com SIP/2.0")
    path = capture(lambda file: write_datagrams(file, [refused]))
    (info,) = [field.get("showname") for field in ElementTree.fromstring(tshark("-r", path, "-T", "pdml")).iter("field")
               if field.get("name") == "skypefed.expert.conference_failed"]
    assert info == "The conference command addUser failed: x" + "\u00e4" * 50


def test_time_that_no_calendar_has(tshark, capture):
    """The clock of a capture may say anything: there is no date then, and all the rest."""
    def write(file):
        writer = pcapng.Writer(file)
        for _, frame in media.datagram(*media.SIGNALING, request("late", headers="ms-comet: 1\r\n"), 0):
            writer.packet(300_000_000_000 * 1_000_000, frame)

    path = capture(write)
    (row,) = table(tshark, path)
    assert (row["Call"], row["Time (UTC)"], row["Outcome"]) == ("1", "-", "Unknown")
    assert json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))["call"] == 1


NAT = ("198.51.100.7", 33333)  # the callee's, which no SDP names


@pytest.mark.parametrize("passes", [(), ("-2",)])
@pytest.mark.parametrize("host, seen", [(media.OFFERER[0], 7), ("192.0.2.99", 5)], ids=["the caller's host", "another host"])
def test_dtls_handshake_behind_a_nat(host, seen, passes, tshark, capture):
    """The callee shows its address with the handshake; the caller answers from a port that no SDP names either."""
    signaling = [make("a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n", f"a=setup:{setup}\r\n",
                      profile="UDP/TLS/RTP/SAVP")
                 for make, setup in ((media.offer, "actpass"), (media.answer, "active"))]
    hello = b"\x16\xfe\xfd" + bytes(6) + b"\0\0\0\x20" + b"\1" + bytes(31)
    packets = media.sent(media.Media(NAT, media.OFFERER, None, ssrc=2, extra=10), 25)
    path = capture(lambda file: media.play(file, *media.call(
        (NAT, media.OFFERER, hello), ((host, 50020), NAT, hello), *packets, signaling=signaling)))
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *passes))
    assert record["media_seen"] == seen


@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_relay_that_is_of_another_call(passes, tshark, capture):
    """A call without ICE whose addresses are those of no relay: what passes through one is not said to be its media."""
    relayed = talk(Client(server=("203.0.113.9", 3480)), "ChannelData", 30, peer=("192.0.2.98", 4000))
    path = capture(lambda file: media.play(file, *media.call(*relayed)))
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *passes))
    assert (record["media_seen"], record["media_packets"]) == (0, 0)
