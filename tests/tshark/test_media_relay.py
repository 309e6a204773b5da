# SPDX-License-Identifier: GPL-2.0-or-later
"""Media between a client and its relay is media of the call; what cannot be followed is never said to be absent."""

import json
import struct

import pytest

from crafted import KEYS, crypto, pcapng, scenario, wire
from media import ANSWERER, BYE, OFFERER, SIGNALING, Media, answer, call, datagram, offer, play
from turn import LENT, SERVER, WAYS, Client, attribute, channel, message

PASSES = {"one pass": (), "two passes": ("-2",)}
NOTHING, SRTP_READABLE, UNDETERMINED, DTLS = 0, 6, 5, 7
PARTLY_READABLE = 9
NOBODY, BOTH, NOT_KNOWN = 0, 1, 4
MISSING, ONE_WAY = "No media at the agreed", "sent no media"
CHECK = message(0x0001, attribute(0x0006, b"abcd:efg"))
CLOSED = ("192.0.2.10", 50020), ("192.0.2.20", 40020)  # candidates over TCP


def candidate(number, end, kind, transport="UDP"):
    return f"a=candidate:{number} 1 {transport} {2130706431 - number} {end[0]} {end[1]} typ {kind}\r\n"


def chosen(*end):
    return f"a=remote-candidates:1 {end[0]} {end[1]}\r\n"


RELAYED = candidate(1, OFFERER, "host") + candidate(2, LENT, "relay"), candidate(1, ANSWERER, "host")
OVER_TCP = tuple(candidate(1, one, "host") + candidate(2, other, "host", "TCP-PASS")
                 for one, other in zip((OFFERER, ANSWERER), CLOSED))


def signaling(lines=RELAYED, chose=("", ""), profile="RTP/SAVP"):
    """Offer and answer. chose: further lines of each."""
    keys = [crypto(1, key) if "SAVP" in profile else "" for key in KEYS]
    texts = [make(keys[side], lines[side], chose[side], profile=profile) for side, make in enumerate((offer, answer))]
    # answer() has put its own host in the place of the offerer's, also where that is meant.
    wrong, right = (b"a=remote-candidates:1 " + end[0].encode() for end in (ANSWERER, OFFERER))
    return texts[0], texts[1].replace(wrong, right)


@pytest.fixture
def record(tshark):
    """record(path): the first call as JSON, and which of our notes on silence there are."""
    def read(path, *options):
        one = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *options).splitlines()[0])
        out = tshark("-r", path, "-q", "-z", "expert", *options)
        return one, {text for text in (MISSING, ONE_WAY) if text in out}

    return read


def talk(client, way, count, media=None, peer=ANSWERER):
    """So many packets of each side through the relay, in turn."""
    out, back = WAYS[way]
    mine, theirs = media or (Media(None, None, KEYS[0], ssrc=1), Media(None, None, KEYS[1], ssrc=2))
    return [event for _ in range(count)
            for event in (out(client, mine.packet(), peer), back(client, theirs.packet(), peer))]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media_through_a_relay_is_counted(capture, record, fields, way, passes):
    """The client's own port is no candidate: the relay's answer says which one it lent to it."""
    client = Client()
    allocated = client.ms_allocated() if "MS-TURN" in way else client.allocated()
    path = capture(lambda file: play(file, *allocated, *call(*talk(client, way, 30), signaling=signaling())))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == (SRTP_READABLE, BOTH, 60)
    assert [(each["sender"], each["packets"], each["lost"], each["codecs"]) for each in one["media_streams"]] == [
        ("caller", 30, 0, ["G.711 mu-law"]), ("callee", 30, 0, ["G.711 mu-law"])]
    assert not notes
    rows = fields(path, "skypefed.rtp.from_caller", "skypefed.rtp.protection", where="skypefed.rtp", args=passes)
    assert [row["skypefed.rtp.from_caller"][0] in ("1", "True") for row in rows] == [True, False] * 30
    assert [row["skypefed.rtp.protection"][0] for row in rows[-2:]] == ["2", "2"]


@pytest.mark.parametrize("way", ["ChannelData", "indications"])
def test_the_clients_own_port_may_be_a_candidate(capture, record, way):
    """The relay's answer is not in the capture, nor need it be."""
    client = Client(end=OFFERER)
    path = capture(lambda file: play(file, *call(*talk(client, way, 30), signaling=signaling())))
    one, notes = record(path)
    assert (one["media_seen"], one["media_direction"], one["media_packets"], notes) == (SRTP_READABLE, BOTH, 60, set())


def test_clients_of_one_relay_are_told_apart(capture, record):
    """Two calls, whose clients send in turn through one port of the relay; one of them is in the capture alone."""
    other = Client(end=("192.0.2.11", 61000), lent=("203.0.113.250", 52009))
    both = [event for pair in zip(talk(Client(), "ChannelData", 30), talk(other, "ChannelData", 30)) for event in pair]
    path = capture(lambda file: play(file, *Client().allocated(), *other.allocated(),
                                     *call(*both, signaling=signaling())))
    one, _ = record(path)
    assert (one["media_seen"], one["media_packets"]) == (SRTP_READABLE, 60)


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_a_client_that_was_lent_another_address(capture, record, fields, passes):
    """Two calls of one client, one after the other: each packet is of the call that its address was of at the time."""
    later = Client(lent=("203.0.113.250", 52077))
    second = [text.replace(b"Call-ID: media", b"Call-ID: again").replace(b"52001", b"52077") for text in (
        *signaling(), BYE)]
    path = capture(lambda file: play(
        file, *Client().allocated(), *call(*talk(Client(), "ChannelData", 20), signaling=signaling()),
        *later.allocated(), (*SIGNALING, second[0]), (*reversed(SIGNALING), second[1]),
        *talk(later, "ChannelData", 10), (*SIGNALING, second[2])))
    rows = fields(path, "skypefed.rtp.call", where="skypefed.rtp", args=passes)
    assert [row["skypefed.rtp.call"][0] for row in rows] == ["1"] * 40 + ["2"] * 20
    assert record(path, *passes)[0]["media_packets"] == 40


def test_dtls_through_a_relay(capture, record):
    hello = b"\x16\xfe\xfd" + bytes(6) + b"\0\0\0\x2c" + b"\1\0\0\x20" + bytes(4) + b"\0\0\x20" + bytes(33)
    client = Client()
    lines = tuple(line + "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\na=setup:actpass\r\n"
                  for line in RELAYED)
    texts = [make(line, profile="UDP/TLS/RTP/SAVPF") for make, line in zip((offer, answer), lines)]
    texts[1] = texts[1].replace(b"setup:actpass", b"setup:active")
    media = Media(None, None, ssrc=1, extra=10), Media(None, None, ssrc=2, extra=10)
    path = capture(lambda file: play(file, *client.allocated(), *call(
        client.out(channel(hello)), client.back(channel(hello)), *talk(client, "ChannelData", 30, media),
        signaling=texts)))
    one, notes = record(path)
    assert (one["media_seen"], one["media_packets"], notes) == (DTLS, 60, set())


@pytest.mark.parametrize("chose", [("", ""), (chosen(*ANSWERER), chosen(*LENT))], ids=("open", "relay chosen"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_what_cannot_be_followed_is_not_absent(capture, record, chose, passes):
    """ICE tried the direct way before, so that media there would be seen; the relay's answer is not in the capture."""
    path = capture(lambda file: play(file, *call((OFFERER, ANSWERER, CHECK), *talk(Client(), "ChannelData", 30),
                                                 signaling=signaling(chose=chose))))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == (UNDETERMINED, NOT_KNOWN, 0)
    assert {each["seen"] for each in one["media_streams"]} == {UNDETERMINED}
    assert notes == set()


def test_a_relay_that_carries_nothing(capture, record):
    """Nothing at the agreed addresses is true then; that there was no media is not known."""
    chose = chosen(*ANSWERER), chosen(*LENT)
    path = capture(lambda file: play(file, *call((OFFERER, ANSWERER, CHECK), signaling=signaling(chose=chose))))
    one, notes = record(path)
    assert (one["media_seen"], one["media_direction"], notes) == (NOTHING, NOBODY, set())


def test_the_direct_way_is_known(capture, record):
    """Where ICE chose it and something else passes there, the absence of media is still said."""
    chose = chosen(*ANSWERER), chosen(*OFFERER)
    path = capture(lambda file: play(file, *call((OFFERER, ANSWERER, CHECK), signaling=signaling(chose=chose))))
    one, notes = record(path)
    assert (one["media_seen"], one["media_direction"], notes) == (NOTHING, NOBODY, {MISSING})


def over_tcp(file, texts, ends, frame_of, is_empty=False, is_late=False, captured=None):
    """A call whose media is in a TCP connection; between the UDP ports something else passes.

    is_late: the connection was there before the capture. captured: so many bytes of each of its frames, by default all.
    """
    now, writer = scenario.START, pcapng.Writer(file)

    def add(*event):
        nonlocal now
        for frame in datagram(*event, now):
            writer.packet(*frame)
        now += 20_000

    add(*SIGNALING, texts[0])
    add(*reversed(SIGNALING), texts[1])
    add(OFFERER, ANSWERER, CHECK)
    connection = wire.TcpConversation(*[wire.Endpoint(f"02:00:00:00:00:0{n + 1}", *end)
                                        for n, end in enumerate(ends)], now)
    frames = connection.open()[:0 if is_late else None]
    media = Media(None, None, KEYS[0], ssrc=1), Media(None, None, KEYS[1], ssrc=2)
    for _ in range(0 if is_empty else 60):
        for party, source in zip("ab", media):
            frames += connection.send(party, frame_of(source.packet()))
    for frame in frames:
        writer.packet(*frame, captured)
    now += 10_000_000
    add(*SIGNALING, BYE)


def framed(payload):
    """RFC 4571"""
    return struct.pack("!H", len(payload)) + payload


def framed_by_relay(payload):
    """[MS-TURN] 2.1"""
    return struct.pack("!BBH", 3, 0, len(payload)) + payload


TCP_CASES = {
    "TCP in the m= line": (("", ""), ("", ""), "TCP/RTP/SAVP", (OFFERER, ANSWERER), framed),
    "TCP chosen": (OVER_TCP, (chosen(*CLOSED[1]), chosen(*CLOSED[0])), "RTP/SAVP", CLOSED, framed),
    "TCP possible": (OVER_TCP, ("", ""), "RTP/SAVP", CLOSED, framed),
    "relay over TCP": (RELAYED, (chosen(*ANSWERER), chosen(*LENT)), "RTP/SAVP",
                       (("192.0.2.10", 61000), (SERVER[0], 443)), framed_by_relay),
}


@pytest.mark.parametrize("case", TCP_CASES.values(), ids=TCP_CASES)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media_over_tcp_is_not_absent(capture, record, case, passes):
    """Wireshark does not unwrap it by itself, and neither do we."""
    lines, chose, profile, ends, frame_of = case
    texts = signaling(lines, chose, profile)
    path = capture(lambda file: over_tcp(file, texts, ends, frame_of))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == (UNDETERMINED, NOT_KNOWN, 0)
    assert notes == set()
    path = capture(lambda file: over_tcp(file, texts, ends, frame_of, is_empty=True))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], notes) == (NOTHING, NOBODY, set())


def record_of_tls(kind):
    return lambda payload: struct.pack("!BBBH", kind, 3, 3, len(payload)) + payload


HANDSHAKE, APPLICATION_DATA = 22, 23
CLIENT, ELSEWHERE = ("192.0.2.10", 61000), ("192.0.2.99", 61000)
IN_TLS = record_of_tls(APPLICATION_DATA)
ALLOCATE = message(0x0003, attribute(0x0019, b"\x11\0\0\0"))
TO_RELAY_CASES = {
    "ChannelData, port of TURN": (CLIENT, (SERVER[0], 3478), channel, True),
    "ChannelData, port of TLS": (CLIENT, (SERVER[0], 443), channel, True),
    "ChannelData to another address of the relay": (CLIENT, ("203.0.113.251", 3478), channel, True),
    "TLS": (CLIENT, (SERVER[0], 443), IN_TLS, True),
    "TLS, last port of TURN": (CLIENT, (SERVER[0], 3481), IN_TLS, True),
    "a handshake alone": (CLIENT, (SERVER[0], 443), record_of_tls(HANDSHAKE), False),
    "requests alone": (CLIENT, (SERVER[0], 3478), lambda _: ALLOCATE, False),
    "TLS of another client": (ELSEWHERE, (SERVER[0], 443), IN_TLS, False),
    "TLS with another server": (CLIENT, ("203.0.113.251", 443), IN_TLS, False),
}


@pytest.mark.parametrize("case", TO_RELAY_CASES.values(), ids=TO_RELAY_CASES)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_a_connection_to_a_relay_candidate(capture, record, case, passes):
    """What cannot be read may be media, if it passes between the call and a relay that its SDP names."""
    client, server, frame_of, may_be_media = case
    path = capture(lambda file: over_tcp(file, signaling(), (client, server), frame_of, is_late=True))
    one, notes = record(path, *passes)
    seen = (UNDETERMINED, NOT_KNOWN) if may_be_media else (NOTHING, NOBODY)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == (*seen, 0)
    assert notes == set()


def one_way(client, is_wrapped=True):
    """The caller's media is direct; the callee's passes to a client of a relay, whose answer is not in the capture."""
    mine, theirs = Media(None, None, KEYS[0], ssrc=1), Media(None, None, KEYS[1], ssrc=2)
    return [event for _ in range(60) for event in (
        (OFFERER, ANSWERER, mine.packet()), *([client.back(channel(theirs.packet()))] if is_wrapped else []))]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_the_other_side_may_be_in_a_relay(capture, record, passes):
    path = capture(lambda file: play(file, *call(*one_way(Client()), signaling=signaling())))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == (PARTLY_READABLE, NOT_KNOWN, 60)
    assert [each["seen"] for each in one["media_streams"]] == [SRTP_READABLE, UNDETERMINED]
    assert notes == set()


@pytest.mark.parametrize("events", [one_way(Client(), False), one_way(Client(end=ELSEWHERE))],
                         ids=("no relay", "a relay of others"))
def test_one_way_is_still_said(capture, record, events):
    path = capture(lambda file: play(file, *call(*events, signaling=signaling())))
    one, notes = record(path)
    assert (one["media_seen"], one["media_direction"], notes) == (SRTP_READABLE, 2, {ONE_WAY})
    assert [each["seen"] for each in one["media_streams"]] == [SRTP_READABLE, NOTHING]
