# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tree says of SDP lines beside keys: hold and direction, what ICE chose, candidates, and kinds of streams."""

import pytest

from crafted import crypto, request, session, stream_of, write_datagrams

FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["5B"] * 32) + "\r\n"
SAVP = ("RTP/SAVP", crypto(1))
TO_TAG = "<sip:anna@example.com>;tag=b1"


def audio(*lines):
    return session(stream_of(*SAVP, *lines))


def frames_of(tshark, capture, messages, *options):
    """The lines of our tree for each message."""
    path = capture(lambda file: write_datagrams(file, messages))
    frames = tshark("-r", path, "-V", "-O", "skypefed", *options).split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(messages)
    return [[line.strip() for line in frame.splitlines()] for frame in frames]


# ---- hold ----

def reinvite(cseq, body, status=""):
    """An INVITE inside the dialog, or the response to it."""
    start = f"SIP/2.0 {status}" if status else "INVITE sip:anna@example.com SIP/2.0"
    text = request("hold", body, start=start, receiver=TO_TAG)
    return text.replace(b"CSeq: 1 ", b"CSeq: %d " % cseq)


# What is said -> (the words in the label of the stream, direction, on hold, resumed)
HOLD = [
    (reinvite(2, audio("a=inactive\r\n")), "on hold by the sender", 3, True, False),
    (reinvite(2, audio("a=inactive\r\n"), "200 OK"), "on hold by the other side", 3, True, False),
    (reinvite(3, audio("a=sendrecv\r\n")), "no longer on hold", 0, False, True),
    (reinvite(3, audio("a=sendrecv\r\n"), "200 OK"), "no longer on hold", 0, False, True),
    (reinvite(4, audio("a=sendonly\r\n")), "on hold by the sender", 1, True, False),
    (reinvite(4, audio("a=recvonly\r\n"), "200 OK"), "on hold by the other side", 2, True, False),
    (reinvite(5, audio()), "no longer on hold", 0, False, True),
    (reinvite(5, audio(), "200 OK"), "no longer on hold", 0, False, True),
    (reinvite(6, audio("c=IN IP4 0.0.0.0\r\n")), "on hold by the sender", 0, True, False),
    (reinvite(6, audio(), "200 OK"), "on hold by the other side", 0, True, False),
]


@pytest.fixture(scope="module")
def held(capture):
    return capture(lambda file: write_datagrams(file, [message for message, *_ in HOLD]))


def test_labels_of_hold(held, tshark):
    lines = tshark("-r", held, "-V", "-O", "skypefed").splitlines()
    labels = [line.strip() for line in lines if line.strip().startswith("Stream 1: ")]
    assert [label.partition("RTP/SAVP, ")[2].partition(":")[0] for label in labels] == [words for _, words, *_ in HOLD]


@pytest.mark.parametrize("condition, column", [("skypefed.media.hold == 1", 3), ("skypefed.media.resumed == 1", 4)])
def test_filters_of_hold(condition, column, held, fields):
    found = [row["frame.number"][0] for row in fields(held, "frame.number", where=condition)]
    assert found == [str(number) for number, row in enumerate(HOLD, 1) if row[column]]


def test_directions(held, fields):
    rows = fields(held, "skypefed.media.direction", where="skypefed")
    assert [row["skypefed.media.direction"] for row in rows] == [[str(row[2])] for row in HOLD]


def test_sample_is_held_and_resumed(fields, samples):
    path = samples / "hold-and-resume.pcapng"
    assert len(fields(path, "frame.number", where="skypefed.media.hold == 1")) == 2
    assert len(fields(path, "frame.number", where="skypefed.media.resumed == 1")) == 2


# Name -> (lines of an audio stream in an INVITE that begins a call, what its label says of the direction)
NO_HOLD = {
    "announcement": ("a=sendonly\r\n", "sends only"),
    "listening": ("a=recvonly\r\n", "receives only"),
    "nothing yet": ("a=inactive\r\n", "inactive"),
    "no address yet": ("c=IN IP4 0.0.0.0\r\n", ""),
}


def test_the_first_offer_holds_nothing(tshark, capture):
    frames = frames_of(tshark, capture, [request(name.replace(" ", "-"), audio(lines))
                                         for name, (lines, _) in NO_HOLD.items()])
    for frame, (_, words) in zip(frames, NO_HOLD.values()):
        [label] = [line for line in frame if line.startswith("Stream 1: ")]
        assert label == f"Stream 1: audio, port 50018, RTP/SAVP{', ' + words if words else ''}: SRTP required"
        assert not [line for line in frame if "On hold" in line]


# ---- rows ----

ROWS = {
    "a=setup:active\r\n": ["Setup: active (the sender begins)"],
    "a=setup:passive\r\n": ["Setup: passive (the sender waits for the other side to begin)"],
    "a=setup:actpass\r\n": ["Setup: actpass (the other side chooses who begins)"],
    "a=setup:else\r\n": ["Setup: else"],
    "a=rtcp-mux\r\n": ["RTCP on the port of RTP: True"],
    FINGERPRINT: ["Fingerprint: sha-256 " + ":".join(["5B"] * 32)],
    "c=IN IP4 198.51.100.7\r\n": ["Address: 198.51.100.7"],
    "c=IN IP6 2001:db8::7\r\n": ["IPv6 address: 2001:db8::7"],
    "c=IN IP4 sbc.example.com\r\n": ["Host name: sbc.example.com"],
    "c=IN IP4 0.0.0.0\r\n": ["Address: 0.0.0.0 (no address: the sender takes no media here for now, as on hold or before ICE has begun)"],
    "a=recvonly\r\n": ["Direction: recvonly (2) (receives only)"],
    "a=inactive\r\n": ["Direction: inactive (3) (neither way)"],
    "a=sendrecv\r\n": ["Direction: sendrecv (0)"],
    "a=ice-lite\r\n": ["ICE lite: True"],
    "a=x-candidate-info:4 network-type=wlan\r\n": [
        "Attribute: x-candidate-info:4 network-type=wlan (candidates of foundation 4 are in a wireless LAN)"],
    'a=x-ms-SDP-diagnostics:1234.5;reason="No \\"bandwidth\\" left"\r\n': [
        'SDP diagnostics: 1234.5, No \\"bandwidth\\" left', "Error id: 1234", "Second error id: 5",
        'Reason: No "bandwidth" left',
        '[Expert Info (Note/Sequence): The sender reports on this stream: 1234, No \\"bandwidth\\" left]'],
}


def test_rows(tshark, capture):
    frames = frames_of(tshark, capture, [request(f"row-{number}", audio(line)) for number, line in enumerate(ROWS)])
    for frame, expected in zip(frames, ROWS.values()):
        assert [line for line in expected if line not in frame] == []


def test_ice_lite_is_in_the_summary(tshark, capture):
    [frame] = frames_of(tshark, capture, [request("lite", session("a=ice-lite\r\n", stream_of(*SAVP)))])
    assert "SDP: Offer, no ICE, ICE lite, 1 stream" in frame


# ---- what ICE chose ----

OLD = "u" * 43 + " 1 " + "P" * 22 + " UDP 0.830 10.0.0.0 50018"
HOST = "a=candidate:1 1 UDP 2130706431 192.0.2.10 50018 typ host\r\n"
SECOND = "a=candidate:2 1 UDP 2130705919 192.0.2.11 50018 typ host\r\n"

# Lines of a stream -> the labels of its pairs
PAIRS = {
    HOST + "a=remote-candidates:1 198.51.100.7 54860 2 198.51.100.7 54721 \r\n": [
        "192.0.2.10:50018 to 198.51.100.7:54860 of the peer, for RTP", "to 198.51.100.7:54721 of the peer, for RTCP"],
    HOST + SECOND + "a=remote-candidates:1 2001:db8::7 54860\r\n": ["to [2001:db8::7]:54860 of the peer, for RTP"],
    f"a=candidate:{OLD}\r\na=remote-candidate:{'w' * 43}\r\n": [f"10.0.0.0:50018 to the peer's candidate {'w' * 43}"],
    HOST: [],
}


def test_pairs(tshark, capture):
    frames = frames_of(tshark, capture, [request(f"pair-{number}", audio(lines)) for number, lines in enumerate(PAIRS)])
    found = [[line.partition(": ")[2] for line in frame if line.startswith("Pair that ICE chose")] for frame in frames]
    assert found == list(PAIRS.values())


def test_fields_of_a_pair(fields, capture):
    names = [f"skypefed.media.remote_candidate.{part}" for part in ("component", "address", "address_v6", "port",
                                                                    "username")]
    path = capture(lambda file: write_datagrams(file, [request(f"pair-{number}", audio(lines))
                                                       for number, lines in enumerate(PAIRS)]))
    rows = fields(path, *names, where="skypefed")
    assert [[row[name] for name in names] for row in rows] == [
        [["1", "2"], ["198.51.100.7", "198.51.100.7"], [], ["54860", "54721"], []],
        [["1"], [], ["2001:db8::7"], ["54860"], []], [[], [], [], [], ["w" * 43]], [[], [], [], [], []]]


# ---- candidates ----

TWICE = "The candidate is given twice: Lync may refuse the SDP for it (code 24000)"
NO_PORT = "The candidate's port is 0: Lync may refuse the SDP for it (code 24000)"
ACTIVE = "a=candidate:4 1 TCP-ACT 1684797951 198.51.100.7 {} typ srflx raddr 192.0.2.10 rport {}\r\n"

# Lines of candidates -> (what the labels of their priorities say, the notes)
CANDIDATES = {
    "a=candidate:2190757530 1 udp 2122260223 192.0.2.10 62513 typ host\r\n": (["type 126, local preference 32542"], []),
    HOST: (["type 126, local preference 65535"], []),
    HOST + SECOND: (["type 126, transport 15, direction 7"] * 2, []),
    ACTIVE.format(50018, 50018): (["type 100, transport 6, direction 5"], []),
    ACTIVE.format(50018, 50018) * 2: (["type 100, transport 6, direction 5"] * 2, [TWICE]),
    ACTIVE.format(0, 0): (["type 100, transport 6, direction 5"], [NO_PORT]),
    f"a=candidate:{OLD}\r\n" * 2: ([], [TWICE]),
}


def test_candidates(tshark, capture):
    frames = frames_of(tshark, capture, [request(f"candidate-{number}", audio(lines))
                                         for number, lines in enumerate(CANDIDATES)])
    for frame, (priorities, notes) in zip(frames, CANDIDATES.values()):
        assert [line.partition("(")[2].rstrip(")") for line in frame if line.startswith("Priority: ")] == priorities
        prefix = "[Expert Info (Note/Protocol): "
        assert [line.removeprefix(prefix).rstrip("]") for line in frame if line.startswith(prefix)] == notes


def test_parts_of_priorities_are_fields_only_where_they_mean_something(fields, capture):
    names = [f"skypefed.candidate.{part}_preference" for part in ("type", "local", "transport", "direction")]
    path = capture(lambda file: write_datagrams(file, [request(f"candidate-{number}", audio(lines))
                                                       for number, lines in enumerate(CANDIDATES)]))
    rows = [[row[name] for name in names] for row in fields(path, *names, where="skypefed")]
    assert rows[0] == [["126"], ["32542"], [], []]
    assert rows[2] == [["126", "126"], ["65535", "65533"], ["15", "15"], ["7", "7"]]


# ---- kinds of streams ----

# Section -> the label of its stream
KINDS = {
    stream_of("sip", kind="message", port=5060, formats="null"):
        "Stream 1: message, port 5060, sip, instant messages in SIP itself: Not media",
    stream_of("sip", kind="x-ms-message", port=5060, formats="null"):
        "Stream 1: x-ms-message, port 5060, sip, instant messages in SIP itself: Not media",
    stream_of("tcp", kind="application", port=1503, formats="msdata"):
        "Stream 1: application, port 1503, tcp, T.120 application sharing: Other media in clear",
    stream_of("udptl", kind="image", formats="t38"): "Stream 1: image, port 50018, udptl, T.38 fax: Other media in clear",
    stream_of("UDP/TLS/UDPTL", FINGERPRINT, kind="image", formats="t38"):
        "Stream 1: image, port 50018, UDP/TLS/UDPTL, T.38 fax: DTLS",
    stream_of("TCP/MSRP", kind="message", formats="*"):
        "Stream 1: message, port 50018, TCP/MSRP, messages and files (MSRP): Other media in clear",
    stream_of("TCP/TLS/MSRP", kind="message", formats="*"):
        "Stream 1: message, port 50018, TCP/TLS/MSRP, messages and files (MSRP): TLS",
    stream_of("UDP/BFCP", kind="application", formats="*"):
        "Stream 1: application, port 50018, UDP/BFCP, floor control (BFCP): Not media",
    stream_of("UDP/DTLS/SCTP", FINGERPRINT, kind="application", formats="webrtc-datachannel"):
        "Stream 1: application, port 50018, UDP/DTLS/SCTP, data channel (SCTP): DTLS",
    stream_of("RTP/SAVP", FINGERPRINT, "a=sctp-port:5000\r\n", kind="x-data", formats="127"):
        "Stream 1: x-data, port 50018, RTP/SAVP, data channel (SCTP): DTLS",
    stream_of("RTP/SAVP", FINGERPRINT, crypto(1)): "Stream 1: audio, port 50018, RTP/SAVP: SRTP required (SDES or DTLS)",
}


def test_kinds(tshark, capture):
    frames = frames_of(tshark, capture, [request(f"kind-{number}", session(section))
                                         for number, section in enumerate(KINDS)])
    assert [[line for line in frame if line.startswith("Stream ")] for frame in frames] == [[v] for v in KINDS.values()]


# ---- answers ----

KEPT = ("The answer keeps RTP/AVP: SRTP is agreed by RFC 8643, but the offer is from a Microsoft product, which expects "
        "RTP/SAVP in the answer ([MS-SDPEXT])")


@pytest.mark.parametrize("agent, is_noted", [("UCCAPI/16.0.4417.1000 OC/16.0.4417.1000", True), ("FreeSWITCH", False)])
@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_answer_that_keeps_the_profile(agent, is_noted, passes, fields, capture):
    """SRTP is agreed either way; the note tells what Microsoft's offerer may not like."""
    body = session(stream_of("RTP/AVP", crypto(1)))
    offer = request("kept", body, headers=f"User-Agent: {agent}\r\n")
    answer = request("kept", session(stream_of("RTP/AVP", crypto(1).replace("XzKX", "AAAA"))), start="SIP/2.0 200 OK",
                     receiver=TO_TAG)
    path = capture(lambda file: write_datagrams(file, [offer, answer]))
    rows = fields(path, "skypefed.media.verdict", "skypefed.expert.answer_profile", args=passes, where="sip")
    assert [row["skypefed.media.verdict"] for row in rows] == [[], ["1"]]
    assert [len(row["skypefed.expert.answer_profile"]) for row in rows] == [0, int(is_noted)]


def test_second_choice_is_no_warning_until_it_is_taken(fields, capture):
    both = session(stream_of(*SAVP), stream_of("RTP/AVP"))
    taken = session(stream_of("RTP/SAVP", port=0), stream_of("RTP/AVP"))
    messages = [request("choice", both), request("choice", taken, start="SIP/2.0 200 OK", receiver=TO_TAG)]
    path = capture(lambda file: write_datagrams(file, messages))
    names = [f"skypefed.expert.{name}" for name in ("rtp_clear", "rtp_optional", "rtp_declined")]
    rows = fields(path, *names, where="sip")
    assert [[len(row[name]) for name in names] for row in rows] == [[0, 1, 0], [0, 0, 1]]
