# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages whose end the capture does not have: what is wrong there is no fault of their sender."""

from collections import Counter

import pytest

from crafted import KEYS, SUITE, crypto, message, pcapng, request, scenario, session, stream_of, wire

HOST = "sbc1.example.com"
TEAMS = "sip.pstnhub.microsoft.com"
PASSES = {"one pass": (), "two passes": ("-2",)}
CUT = "skypefed.expert.cut"
MALFORMED = "skypefed.expert.malformed"
VERDICT = "skypefed.call.verdict"
ROLE = "skypefed.sdp.role"


def to_teams(name, body, headers="", start=f"INVITE sip:+14255550123@{TEAMS}:5061;user=phone SIP/2.0"):
    """An offer of a session border controller to Teams. Its headers come in an order that keeps much for the end."""
    return message.with_true_length((
        f"{start}\r\nVia: SIP/2.0/TLS {HOST}:5061;alias;branch=z9hG4bKac{name}\r\n"
        f"Call-ID: {name}\r\nCSeq: 1 INVITE\r\n"
        f"From: \"Anna \\\"A\\\" Bell\" <sip:+12065550100@{HOST}:5061;user=phone>;tag=1c747237679\r\n"
        f"To: <sip:+14255550123@{TEAMS}:5061;user=phone>\r\n"
        f"P-Asserted-Identity: <sip:+12065550199@{HOST}>\r\n"
        f"Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY\r\n"
        f"Contact: <sip:+12065550100@{HOST}:5061;transport=tls>\r\n"
        f"Record-Route: <sip:{HOST}:5061;transport=tls;lr>\r\n{headers}"
        f"Diversion: <sip:+12065550199@{HOST}>;reason=unconditional\r\n"
        "X-MS-SBC: Example/SBC-500/7.4.1\r\n"
        f"Content-Type: application/sdp\r\nContent-Length: 0\r\n\r\n{body}").encode())


FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["5B"] * 32) + "\r\na=setup:actpass\r\n"
CANDIDATE = "a=candidate:1 1 UDP 2130706431 192.0.2.10 50018 typ host\r\n"
SECURE = session(stream_of("RTP/SAVP", "a=rtpmap:96 opus/48000/2\r\n", FINGERPRINT, CANDIDATE,
                           crypto(2, KEYS[1], suite="AES_CM_128_HMAC_SHA1_32"), crypto(1), "a=sendrecv\r\n",
                           formats="96 101"))
XML = ("<?xml version=\"1.0\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:anna@example.com\">"
       "<tuple id=\"1\"><status><basic>open</basic></status></tuple></presence>\r\n")
MULTIPART = ("--b\r\nContent-Type: application/sdp\r\n\r\n" + SECURE +
             "\r\n--b\r\nContent-Type: application/pidf+xml\r\n\r\n" + XML + "\r\n--b--\r\n")
DIAGNOSTICS = ("ms-diagnostics: 1003;reason=\"User does not exist\";source=\"sip.example.com\"\r\n"
               "Reason: Q.850;cause=1;text=\"Unassigned number\"\r\n")

# Name -> a message without any fault at its end, made from its Call-ID
WHOLE = {
    "offer to Teams": lambda name: to_teams(name, SECURE),
    "multipart": lambda name: request(name, MULTIPART, content_type="multipart/mixed;boundary=b"),
    "XML": lambda name: request(name, XML, start="NOTIFY sip:anna@example.com SIP/2.0",
                                content_type="application/pidf+xml"),
    "diagnostics": lambda name: request(name, headers=DIAGNOSTICS, start="SIP/2.0 404 Not Found"),
    "offer without length": lambda name: to_teams(name, SECURE).replace(b"Content-Length: ", b"X-Length: "),
}


def conversation(over_tcp, number):
    kind = wire.TcpConversation if over_tcp else wire.UdpConversation
    how = {"segment": wire.OFFLOADED_SEGMENT} if over_tcp else {}
    ends = [wire.Endpoint("02:00:00:00:0a:01", f"192.0.2.{1 + number % 250}", 5060),
            wire.Endpoint("02:00:00:00:0a:02", f"198.51.100.{1 + number // 250}", 5060)]
    return kind(*ends, scenario.START + number * 1_000_000, **how)


def cut_capture(file, parts, over_tcp=False):
    """Writes each message alone, and of its frame all but so many bytes at the end. parts: (message, bytes)"""
    writer = pcapng.Writer(file)
    for number, (payload, missing) in enumerate(parts):
        link = conversation(over_tcp, number)
        for when, frame in [*link.open(), *link.send("a", payload)]:
            writer.packet(when, frame, len(frame) - missing if payload[:20] in frame else None)


def expert_infos(row):
    return Counter({name: len(values) for name, values in row.items() if name.startswith("skypefed.expert.")})


@pytest.mark.parametrize("over_tcp", [False, True], ids=["UDP", "TCP"])
@pytest.mark.parametrize("kind", WHOLE)
def test_wherever_it_is_cut_there_is_one_note_and_no_new_one(decoded, capture, kind, over_tcp):
    """Of a whole message all may be said; of the same message cut at a byte no more than that, and that it is cut."""
    length = len(WHOLE[kind]("c0000"))
    parts = [(WHOLE[kind](f"c{missing:04}"), missing) for missing in range(0, length - 60, 7 if over_tcp else 1)]
    if kind == "offer without length" and over_tcp:
        parts = parts[1:]  # on a stream, it ends nowhere
    path = capture(lambda file: cut_capture(file, parts, over_tcp))
    rows = decoded(path)
    assert len(rows) > len(parts) // 3
    whole = expert_infos(decoded(capture(lambda file: cut_capture(file, [(WHOLE[kind]("whole"), 0)])))[0])
    assert CUT not in whole and MALFORMED not in whole
    infos = [expert_infos(row) for row in rows]
    assert [one[CUT] for one in infos] == [1 if missing else 0 for _, missing in parts][:len(rows)]
    assert not [one for one in infos if one - whole - Counter({CUT: 1})]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_each_cut_is_noted(fields, capture, passes):
    """Also behind the header block, and not where only bytes behind the message are missing."""
    whole = to_teams("note", SECURE)
    blank = whole.index(b"\r\n\r\n") + 4
    keeps = [len(whole), len(whole) - 1, blank + 1, blank, blank - 1, blank - 2, 400]
    path = capture(lambda file: cut_capture(file, [(whole, len(whole) - keep) for keep in keeps]))
    rows = fields(path, CUT, MALFORMED, where="skypefed", args=passes)
    assert [(len(row[CUT]), len(row[MALFORMED])) for row in rows] == [(0, 0)] + [(1, 0)] * 6


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("keep, expected", [
    ("Contact: <sip:+12065550100@", (1, 1)),        # the Via that comes before has its warning
    ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inl", (2, 1)),  # and so has a line of SDP
])
def test_what_comes_before_the_cut_is_warned_about(fields, capture, keep, expected, passes):
    body = SECURE.replace("192.0.2.10 50018 typ", "192.0.2.10 x typ")
    whole = to_teams("before", body).replace(b";alias;", b";ms-received-port=x;")
    missing = len(whole) - whole.index(keep.encode()) - len(keep)
    path = capture(lambda file: cut_capture(file, [(whole, missing)]))
    row, = fields(path, MALFORMED, CUT, where="skypefed", args=passes)
    assert (len(row[MALFORMED]), len(row[CUT])) == expected


@pytest.mark.parametrize("keep, text", [
    ("Contact: <sip:+12065550100@", "The header block is not followed by a blank line"),
    ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:XzKXZ", "SDP: The key is not base64"),
])
def test_a_message_that_ends_there_by_itself_keeps_its_warnings(fields, capture, keep, text):
    whole = to_teams("sent", SECURE)
    path = capture(lambda file: cut_capture(file, [(whole[:whole.index(keep.encode()) + len(keep)], 0)]))
    row, = fields(path, MALFORMED, CUT, "_ws.expert.message", where="skypefed")
    assert row[MALFORMED] and not row[CUT]
    assert any(said.startswith(text) for said in row["_ws.expert.message"])


def test_missing_fragment(fields, capture):
    """Only the first fragment was captured, and Wireshark is told to read it alone."""
    whole = to_teams("fragments", SECURE, headers="X-Long: " + "x" * 900 + "\r\n")

    def write(file):
        writer = pcapng.Writer(file)
        frames = conversation(False, 0).send("a", whole)
        assert len(frames) == 2
        writer.packet(*frames[0])

    row, = fields(capture(write), CUT, MALFORMED, "skypefed.caller", where="skypefed",
                  args=("-o", "ip.defragment:FALSE"))
    assert len(row[CUT]) == 1 and not row[MALFORMED]
    assert row["skypefed.caller"] == [f"+12065550100@{HOST}"]


def test_half_a_value_is_no_fact(fields, capture):
    """A header counts up to its last semicolon, a line of SDP as a whole."""
    whole = to_teams("half", SECURE)
    keeps = ["Contact: <sip:+12065550100@sbc1.exam", "Contact: <sip:+12065550100@sbc1.example.com:5061;trans",
             "m=audio 500", "m=audio 50018 RTP/SAVP 96 101\r\n"]
    parts = [(whole, len(whole) - whole.index(keep.encode()) - len(keep)) for keep in keeps]
    names = ("skypefed.media.port", "skypefed.expert.teams_contact_name", "skypefed.expert.teams_codec")
    rows = fields(capture(lambda file: cut_capture(file, parts)), *names, where="skypefed")
    assert [row["skypefed.media.port"] for row in rows] == [[], [], [], ["50018"]]
    assert not any(row[name] for row in rows for name in names[1:])


@pytest.mark.parametrize("keep, is_noted", [("To: <sip:+14255550123@", False),
                                            (f"To: <sip:+14255550123@{TEAMS}>;", False),
                                            (f"To: <sip:+14255550123@{TEAMS}>\r\n", True)])
def test_an_invite_whose_tag_may_be_cut_off_may_be_a_change(fields, capture, keep, is_noted):
    """The number in the Request-URI of a change is that of a Contact, and needs no plus sign."""
    whole = to_teams("change", SECURE, start=f"INVITE sip:4255550123@{TEAMS}:5061;user=phone SIP/2.0")
    whole = whole.replace(f"{TEAMS}:5061;user=phone>\r\nP-".encode(), f"{TEAMS}>\r\nP-".encode() if is_noted else
                          f"{TEAMS}>;tag=9\r\nP-".encode())
    missing = len(whole) - whole.index(keep.encode()) - len(keep)
    row, = fields(capture(lambda file: cut_capture(file, [(whole, missing)])), CUT, "skypefed.expert.teams_number",
                  where="skypefed")
    assert len(row[CUT]) == 1 and bool(row["skypefed.expert.teams_number"]) == is_noted


def call_of(offer, missing, answer, missing_of_answer=0):
    """Frames of an offer and of its answer, of which so many bytes are missing."""
    def write(file):
        writer = pcapng.Writer(file)
        link = conversation(False, 0)
        for when, frame in link.send("a", offer):
            writer.packet(when, frame, len(frame) - missing)
        for when, frame in link.send("b", answer):
            writer.packet(when, frame, len(frame) - missing_of_answer)
    return write


def answer(name, *lines, profile="RTP/SAVP"):
    return request(name, session(stream_of(profile, *lines)), start="SIP/2.0 200 OK",
                   receiver="<sip:anna@example.com>;tag=b")


OFFER = request("call", session(stream_of("RTP/SAVP", crypto(1), crypto(2, KEYS[1]))))
SECOND_LINE = OFFER.index(f"a=crypto:2 {SUITE}".encode())
BODY = OFFER.index(b"\r\n\r\n") + 4


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("keep, verdict", [
    (len(OFFER), "1"),       # SRTP
    (SECOND_LINE, "1"),
    (SECOND_LINE + 30, "1"),
    (BODY + 5, "1"),
    (BODY - 20, "1"),
])
def test_an_answer_to_an_offer_that_was_cut(fields, capture, keep, verdict, passes):
    """The answer takes the second key line, which may be in what is missing: it is an answer all the same."""
    path = capture(call_of(OFFER, len(OFFER) - keep, answer("call", crypto(2, KEYS[2]))))
    faults = ("skypefed.expert.crypto_tag", "skypefed.expert.not_compatible", MALFORMED)
    rows = fields(path, VERDICT, ROLE, *faults, where="skypefed")
    assert rows[-1][VERDICT] == [verdict] and rows[-1][ROLE] == ["2"]
    assert not any(row[name] for row in rows for name in faults)


def test_an_answer_to_an_offer_that_has_no_such_line(fields, capture):
    """The same answer to an offer that is whole."""
    path = capture(call_of(request("call", session(stream_of("RTP/SAVP", crypto(1)))), 0,
                           answer("call", crypto(2, KEYS[2]))))
    rows = fields(path, "skypefed.expert.crypto_tag", where="skypefed")
    assert [len(row["skypefed.expert.crypto_tag"]) for row in rows] == [0, 1]


def test_what_was_offered_is_still_held_against_an_answer(fields, capture):
    """Plain RTP in answer to an offer whose first key line was captured."""
    path = capture(call_of(OFFER, len(OFFER) - SECOND_LINE, answer("call", profile="RTP/AVP")))
    rows = fields(path, VERDICT, "skypefed.expert.rtp_declined", where="skypefed")
    assert rows[-1][VERDICT] == ["4"] and len(rows[-1]["skypefed.expert.rtp_declined"]) == 1


def test_a_fingerprint_may_have_been_offered_behind_the_cut(fields, capture):
    """DTLS in answer to an offer that is cut off behind its first key line."""
    dtls = answer("call", FINGERPRINT.replace("actpass", "active"))
    for missing, is_fault in (len(OFFER) - SECOND_LINE, False), (0, True):
        rows = fields(capture(call_of(OFFER, missing, dtls)), "skypefed.expert.not_compatible", where="skypefed")
        assert bool(rows[-1]["skypefed.expert.not_compatible"]) == is_fault


@pytest.mark.parametrize("offer", [OFFER, request("call")], ids=["offer", "no offer"])
@pytest.mark.parametrize("keep, verdict", [("v=0\r\n", "15"), ("CSeq: 1 INVITE\r\n", "0")])
def test_an_answer_that_was_cut_is_not_one_without_media(fields, capture, offer, keep, verdict):
    reply = answer("call", crypto(1, KEYS[2]))
    missing = len(reply) - reply.index(keep.encode()) - len(keep)
    rows = fields(capture(call_of(offer, 0, reply, missing)), VERDICT, MALFORMED, where="skypefed")
    # What comes in answer to no offer is an offer itself.
    assert rows[-1][VERDICT] == [verdict if offer == OFFER else "0"] and not rows[-1][MALFORMED]
