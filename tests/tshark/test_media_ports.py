# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidates as addresses of RTP: what Wireshark itself makes of the packets, and of all else on the same ports."""

import json
import random
import struct

import pytest

from crafted import KEYS, crypto, pcapng, scenario
from media import ANSWERER, BYE, OFFERER, PACKET, SDES, Media, answer, both, datagram, offer
from turn import address, attribute, channel, message, ms_message

PASSES = {"one pass": (), "two passes": ("-2",)}
SIGNALING = (OFFERER[0], 5060), (ANSWERER[0], 5060)
# What each side has besides c= and m=: a host candidate, one of a NAT, and a relay.
HOSTS = {"offer": [("198.51.100.1", 50000), ("203.0.113.1", 50001), ("203.0.113.250", 52001)],
         "answer": [("198.51.100.2", 40000), ("203.0.113.2", 40001), ("203.0.113.251", 52002)]}
CODECS = "a=rtpmap:114 x-msrta/16000\r\na=rtpmap:0 PCMU/8000\r\n"


def draft_19(number, end):
    return f"a=candidate:{number} 1 UDP {2130706431 - number} {end[0]} {end[1]} typ host\r\n"


def draft_06(number, end):
    name = "A" * 42 + f"{number:02}"
    return f"a=candidate:{name} 1 {'B' * 24} UDP 0.{830 - number} {end[0]} {end[1]}\r\n"


DIALECTS = {"draft 06": draft_06, "draft 19": draft_19}


def candidates(dialect, side, extra=""):
    return "".join(dialect(number, end) for number, end in enumerate(HOSTS[side], 1)) + extra


def call(dialect, keys=True, offered="", answered=""):
    lines = {side: candidates(dialect, side, more) + CODECS
             for side, more in (("offer", offered), ("answer", answered))}
    profile = "RTP/SAVP" if keys else "RTP/AVP"
    return (offer(crypto(1, KEYS[0]) if keys else "", lines["offer"], profile=profile, formats="114 0"),
            answer(crypto(1, KEYS[1]) if keys else "", lines["answer"], profile=profile, formats="114 0"))


def play(file, *events):
    writer, now = pcapng.Writer(file), scenario.START
    for event in events:
        for frame in datagram(*event, now):
            writer.packet(*frame)
        now += PACKET


def stun(kind, transaction):
    return struct.pack("!HHI", kind, 0, 0x2112A442) + struct.pack("!III", 1, 2, transaction)


def dtls():
    return b"\x16\xfe\xfd" + bytes(6) + b"\0\0\0\x2c" + b"\1\0\0\x20" + bytes(4) + b"\0\0\x20" + bytes(33)


def channel_data():
    return struct.pack("!HH", 0x4000, 8) + b"\x80\0abcdef"


RTCP = b"\x80\xc9\0\1\0\0\0\1"


@pytest.fixture
def protocols(fields):
    """protocols(path): the topmost protocol of each frame, SkypeFed's own aside, as the details have them."""
    def read(path, *options):
        rows = fields(path, "frame.protocols", "frame.number", args=options)
        return [row["frame.protocols"][0].split(":udp:", 1)[-1] for row in rows]

    return read


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media_between_candidates_is_rtp(capture, fields, dialect, passes):
    """Each candidate of one side with each of the other; the plugin's own fields say which call it is."""
    pairs = [(a, b) for a in HOSTS["offer"] for b in HOSTS["answer"]]
    events = []
    for number, (one, other) in enumerate(pairs):
        events += [(one, other, Media(one, other, KEYS[0], ssrc=2 * number).packet()),
                   (other, one, Media(other, one, KEYS[1], ssrc=2 * number + 1, payload_type=114).packet())]
    signaling = call(dialect)
    path = capture(lambda file: play(file, (*SIGNALING, signaling[0]), (*reversed(SIGNALING), signaling[1]), *events))
    rows = fields(path, "rtp.ssrc", "rtp.setup-method", "skypefed.rtp.from_caller", "skypefed.rtp.call",
                  where="rtp", args=passes)
    assert [row["rtp.ssrc"] for row in rows] == [[f"0x{number:08x}"] for number in range(2 * len(pairs))]
    assert all(row["rtp.setup-method"] == ["SkypeFed"] for row in rows)
    found = [(row["skypefed.rtp.from_caller"], row["skypefed.rtp.call"]) for row in rows]
    assert [one[0][0] in ("1", "True") for one in found if one[0]] == [True, False] * 8  # eight sources are followed
    assert {one[1][0] for one in found if one[1]} == {"1"}


@pytest.mark.parametrize("is_before", [False, True], ids=("checks after the answer", "checks before the answer"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_all_that_shares_a_port_is_read(capture, protocols, is_before, passes):
    """STUN, DTLS, TURN channels, RTCP and RTP on one port, in turn: Wireshark reads each of them."""
    one, other = HOSTS["offer"][0], HOSTS["answer"][1]
    media = Media(one, other, KEYS[0]), Media(other, one, KEYS[1])
    checks = [(one, other, stun(1, 7)), (other, one, stun(0x101, 7))]
    mixed, expected = [], []
    for turn in range(3):
        for source in media:
            ends = source.sender, source.receiver
            for name, payload in (("rtp", source.packet()), ("stun", stun(1, turn)), ("dtls", dtls()),
                                  ("stun", channel_data()), ("rtcp", RTCP), ("rtp", source.packet())):
                mixed.append((*ends, payload))
                expected.append(name)
    if not is_before:
        mixed, expected = checks + mixed, ["stun", "stun"] + expected
    signaling = call(draft_19)
    path = capture(lambda file: play(file, (*SIGNALING, signaling[0]), *(checks if is_before else ()),
                                     (*reversed(SIGNALING), signaling[1]), *mixed))
    found = protocols(path, *passes)[4 if is_before else 2:]
    # Wireshark's RTP hands RTCP on. Channel data has contents that Wireshark may look into: who read the packet counts.
    readers = ["rtcp" if one.startswith("rtp:rtcp") else one.split(":")[0] for one in found]
    assert readers == expected


def record_of_dtls(kind, body, version=0xFEFD):
    return struct.pack("!BH", kind, version) + bytes(8) + struct.pack("!H", len(body)) + body


SOURCES = [Media(None, None, KEYS[0], ssrc=11), Media(None, None, KEYS[1], ssrc=12, payload_type=114)]
# What may come on one port, and who reads it.
KINDS = {
    "check": ("stun", lambda: stun(1, 3)),
    "its answer": ("stun", lambda: stun(0x101, 3)),
    "keep-alive of STUN": ("stun", lambda: stun(0x11, 4)),
    "check with attributes": ("stun", lambda: message(1, attribute(6, b"abcd:efgh"), attribute(0x24, b"\0\0\0\1"))),
    "allocation": ("stun", lambda: message(3, attribute(0x19, b"\x11\0\0\0"))),
    "indication": ("stun", lambda: message(0x16, attribute(0x12, address(ANSWERER)),
                                           attribute(0x13, SOURCES[0].packet()))),
    "allocation of MS-TURN": ("stun", lambda: ms_message(3)),
    "channel": ("stun", lambda: channel(SOURCES[0].packet())),
    "channel with STUN": ("stun", lambda: channel(stun(1, 3))),
    "channel of Teams": ("stun", lambda: b"\xff\x10" + struct.pack("!H", 28) + bytes(8) + stun(1, 5)),
    "hello": ("dtls", dtls),
    "hello of DTLS 1.0": ("dtls", lambda: record_of_dtls(22, b"\2\0\0\x20" + bytes(40), 0xFEFF)),
    "data of DTLS": ("dtls", lambda: record_of_dtls(23, bytes(range(40)))),
    "sender report": ("rtcp", lambda: struct.pack("!BBH", 0x80, 200, 6) + bytes(24)),
    "receiver report": ("rtcp", lambda: RTCP),
    "feedback": ("rtcp", lambda: struct.pack("!BBHII", 0x81, 206, 2, 1, 2)),
    "PCMU": ("rtp", lambda: SOURCES[0].packet()),
    "another codec": ("rtp", lambda: SOURCES[1].packet()),
    "ZRTP": ("zrtp", lambda: bytes.fromhex("10000001") + b"ZRTP" + bytes(4) + bytes.fromhex("505a0003") + b"HelloACK" +
             bytes(4)),
    "a byte": (None, lambda: b"\0"),
    "an empty line": (None, lambda: b"\r\n\r\n"),
}


@pytest.mark.parametrize("seed", range(6))
def test_nothing_that_wireshark_reads_is_lost(capture, fields, seed):
    """Any mixture, before the offer, before the answer and after it, also with addresses that no SDP names."""
    chance = random.Random(seed)
    pairs = [*zip(HOSTS["offer"], HOSTS["answer"]), (OFFERER, ANSWERER), (HOSTS["offer"][0], ("198.51.100.77", 3478)),
             (("198.51.100.78", 6000), HOSTS["answer"][0])]
    names = chance.sample(list(KINDS), 8)
    events = []
    for _ in range(90):
        name, pair = chance.choice(names), chance.choice(pairs)
        events.append((KINDS[name][0], (*chance.choice((pair, pair[::-1])), KINDS[name][1]())))
    signaling = call(chance.choice(list(DIALECTS.values())))
    events.insert(30, ("sip", (*reversed(SIGNALING), signaling[1])))
    events.insert(15, ("sip", (*SIGNALING, signaling[0])))
    path = capture(lambda file: play(file, *[event for _, event in events]))
    stock, ours = ([set(row["frame.protocols"][0].split(":")) for row in fields(path, "frame.protocols", plugin=plugin)]
                   for plugin in (False, True))
    readers = [reader for reader, event in events for _ in datagram(*event, 0)]
    assert len(readers) == len(stock) == len(ours)
    assert [number for number, reader in enumerate(readers) if reader in stock[number] - ours[number]] == []
    assert sum(reader in each for reader, each in zip(readers, ours)) >= sum(
        reader in each for reader, each in zip(readers, stock)) > 2


def test_codecs_have_their_names(capture, tshark):
    one, other = HOSTS["offer"][2], HOSTS["answer"][2]
    signaling = call(draft_06, keys=False)
    path = capture(lambda file: play(file, (*SIGNALING, signaling[0]), (*reversed(SIGNALING), signaling[1]),
                                     (one, other, Media(one, other, payload_type=114).packet())))
    out = tshark("-r", path, "-q", "-z", "rtp,streams")
    assert "x-msrta" in out and one[0] in out and str(other[1]) in out
    assert "x-msrta" not in tshark("-r", path, "-q", "-z", "rtp,streams", plugin=False)


@pytest.mark.parametrize("suite, tag", [("AES_CM_128_HMAC_SHA1_80", 10), ("AES_CM_128_HMAC_SHA1_32", 4)])
def test_the_agreed_suite(capture, fields, suite, tag):
    one, other = HOSTS["offer"][0], HOSTS["answer"][0]
    lines = {side: candidates(draft_19, side) for side in HOSTS}
    signaling = (offer(crypto(1, KEYS[0], suite=suite), lines["offer"]),
                 answer(crypto(1, KEYS[1], suite=suite), lines["answer"]))
    path = capture(lambda file: play(file, (*SIGNALING, signaling[0]), (*reversed(SIGNALING), signaling[1]),
                                     (one, other, Media(one, other, KEYS[0], tag=tag).packet())))
    (row,) = fields(path, "srtp.auth_tag", "srtp.enc_payload", where="rtp")
    assert len(row["srtp.auth_tag"][0].replace(":", "")) == 2 * tag
    assert len(row["srtp.enc_payload"][0].replace(":", "")) == 2 * 160


def test_the_pair_that_ice_chose(capture, fields):
    """The peer's address is in a=remote-candidates alone: a NAT that nobody announced."""
    nat = ("203.0.113.77", 61234)
    signaling = call(draft_19, offered=f"a=remote-candidates:1 {nat[0]} {nat[1]} 2 {nat[0]} {nat[1] + 1}\r\n")
    events = [(("192.0.2.250", 7), nat, Media(None, None, KEYS[0]).packet()),
              (nat, ("192.0.2.250", 7), Media(None, None, KEYS[1], ssrc=9).packet())]
    path = capture(lambda file: play(file, (*SIGNALING, signaling[0]), (*reversed(SIGNALING), signaling[1]), *events))
    rows = fields(path, "skypefed.rtp.from_caller", where="rtp")
    assert [row["skypefed.rtp.from_caller"][0] in ("1", "True") for row in rows] == [True, False]


def test_calls_of_others_are_left_alone(capture, protocols, tshark):
    """No mark of Microsoft: nothing is registered. Nor is it where the user does not want media to be looked at."""
    one, other = HOSTS["offer"][0], HOSTS["answer"][0]
    marked = call(draft_19, keys=False)
    plain = [text.replace(b";epid=", b";xpid=").replace(b"x-msrta/16000", b"x-msxta/16000") for text in marked]
    packet = (one, other, Media(one, other).packet())
    for texts, options, expected in ((marked, (), 1), (marked, ("-o", "skypefed.media:FALSE"), 0), (plain, (), 0),
                                     (plain, ("-o", "skypefed.check_all_calls:TRUE"), 0)):
        path = capture(lambda file: play(file, (*SIGNALING, texts[0]), (*reversed(SIGNALING), texts[1]), packet))
        assert len([one for one in protocols(path, *options) if one.startswith("rtp")]) == expected


def test_without_candidates_nothing_changes(capture, tshark):
    """Streams of c= and m= alone are Wireshark's own: its details are the same as without the plugin."""
    media = both(KEYS)
    path = capture(lambda file: play(file, (*SIGNALING, SDES[0]), (*reversed(SIGNALING), SDES[1]),
                                     *[(one.sender, one.receiver, one.packet()) for one in media], (*SIGNALING, BYE)))
    ours, stock = (json.loads(tshark("-r", path, "-T", "json", "-Y", "rtp", "-J", "rtp", plugin=plugin))
                   for plugin in (True, False))
    layers = [[packet["_source"]["layers"]["rtp"] for packet in packets] for packets in (ours, stock)]
    assert layers[0] == layers[1] and len(layers[0]) == 2
