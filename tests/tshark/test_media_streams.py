# SPDX-License-Identifier: GPL-2.0-or-later
"""What each side of a call sent in each stream: packets, loss, sources, codecs, counted as the sender counts them."""

import datetime
import json
import random
import subprocess

import pytest

from crafted import KEYS, crypto, request, session, stream_of
from media import ANSWERER, OFFERER, SDES, SIGNALING, Media, answer, both, call, offer, play, sent, write

PASSES = {"one pass": (), "two passes": ("-2",)}
NOTES = {"codec": "A codec other than the one agreed", "missing": "No media at the agreed"}


@pytest.fixture
def streams(tshark):
    """streams(path): the sums of the streams of the first call, by (stream, sender)."""
    def read(path, *options):
        record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *options).splitlines()[0])
        return {(one["stream"], one["sender"]): one for one in record["media_streams"]}

    return read


def iso(microseconds):
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=microseconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}Z"


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("first", [1, 65530, 0])
def test_packets_and_loss(capture, streams, seed, first):
    """Each side loses some packets and has others come late, also around a roll-over; the first and last arrive."""
    chance = random.Random(seed)
    events, expected, times = [], {}, []
    for name, media in zip(("caller", "callee"), both(KEYS, sequence=first)):
        packets = sent(media, chance.randint(30, 90))
        kept = [packets[0], *(p for p in packets[1:-1] if chance.random() > seed / 20), packets[-1]]
        expected[name] = (len(kept), len(packets) - len(kept))
        for at in range(1, len(kept) - 2):
            if chance.random() < 0.1:
                kept[at:at + 2] = reversed(kept[at:at + 2])
        events.append(kept)
    mixed = [event for pair in zip(*events) for event in pair]
    rest = max(events, key=len)[min(map(len, events)):]
    path = capture(lambda file: times.extend(play(file, *call(*mixed, *rest))))
    found = streams(path)
    assert {name: (found[1, name]["packets"], found[1, name]["lost"]) for name in expected} == expected
    assert [(one["ssrcs"], one["codecs"]) for one in found.values()] == [
        (["0x00000001"], ["G.711 mu-law"]), (["0x00000002"], ["G.711 mu-law"])]
    # Two frames of signaling before the media, one after it.
    assert min(one["first"] for one in found.values()) == iso(times[2])
    assert max(one["last"] for one in found.values()) == iso(times[-2])


@pytest.mark.parametrize("keys", [KEYS, (None, None)], ids=("SRTP", "clear"))
@pytest.mark.parametrize("later", [0, 1, 20])
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_packets_that_the_capture_has_twice(capture, streams, fields, keys, later, passes):
    """The copies come so many packets later; they are counted apart, hide no loss, and keep nothing from being proved."""
    packets = sent(both(keys, sequence=65_500)[0], 100)
    kept = [packet for number, packet in enumerate(packets) if number % 10 != 5]
    events = []
    for at in range(len(kept) + later):
        events += kept[at:at + 1]
        events += kept[at - later:at - later + 1] if at >= later else []
    text = lambda make, key: make(crypto(1, key) if key else "", profile="RTP/SAVP" if key else "RTP/AVP")  # noqa: E731
    path = capture(lambda file: play(file, *call(
        *events, signaling=(text(offer, keys[0]), text(answer, keys[1])))))
    found = streams(path, *passes)[1, "caller"]
    assert (found["packets"], found["lost"], found["duplicates"]) == (90, 10, 90)
    assert found["seen"] == (6 if keys[0] else 1)
    (bye,) = fields(path, "skypefed.call.media_seen", where="sip.Method == BYE", args=passes)
    assert bye["skypefed.call.media_seen"] == [str(found["seen"])]


def test_a_sender_that_begins_anew_has_lost_nothing(capture, streams):
    media = both(KEYS)[0]
    events = sent(media, 20)
    media.extended = 40_000
    events += sent(media, 20)
    stray = Media(OFFERER, ANSWERER, sequence=20_000, ssrc=1)
    path = capture(lambda file: play(file, *call(*events, *sent(stray, 1), *sent(media, 5))))
    found = streams(path)[1, "caller"]
    assert (found["packets"], found["lost"]) == (46, 0)


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_counting_begins_with_the_first_answer(capture, streams, passes):
    """Also with one in a 183. What comes before it is not counted, and is no loss."""
    ringing = SDES[1].replace(b"SIP/2.0 200 OK", b"SIP/2.0 183 Session Progress")
    caller, callee = both(KEYS)
    events = ((*SIGNALING, SDES[0]), *sent(callee, 3), (*reversed(SIGNALING), ringing), *sent(callee, 20),
              *sent(caller, 5), (*reversed(SIGNALING), SDES[1]), *sent(callee, 30), *sent(caller, 30),
              (*SIGNALING, request("media", start="BYE sip:anna@example.com SIP/2.0",
                                   receiver="<sip:anna@example.com>;tag=b")))
    times = []
    path = capture(lambda file: times.extend(play(file, *events)))
    found = streams(path, *passes)
    assert {name: (one["packets"], one["lost"]) for (_, name), one in found.items()} == {
        "caller": (35, 0), "callee": (50, 0)}
    assert found[1, "callee"]["first"] == iso(times[5])


def test_several_sources(capture, streams):
    """More than are followed: their packets are no less of the stream, but nobody counts them."""
    sources = [Media(OFFERER, ANSWERER, KEYS[0], ssrc=number) for number in range(1, 11)]
    path = capture(lambda file: play(file, *call(*[event for source in sources for event in sent(source, 3)])))
    found = streams(path)[1, "caller"]
    assert found["ssrcs"] == [f"0x{number:08x}" for number in range(1, 9)]
    assert found["packets"] == 24


def test_streams_of_two_kinds(capture, streams):
    """Audio in both directions, video in one: each is told apart, and so is what it proves."""
    audio = stream_of("RTP/SAVP", crypto(1, KEYS[0]))
    video = stream_of("RTP/AVP", port=50020, kind="video", formats="96")
    offered = session(audio + video)
    answered = offered.replace(KEYS[0], KEYS[1]).replace("50018", "40002").replace("50020", "40004").replace(
        OFFERER[0], ANSWERER[0])
    signaling = (request("media", offered), request("media", answered, start="SIP/2.0 200 OK",
                                                    receiver="<sip:anna@example.com>;tag=b"))
    picture = Media((ANSWERER[0], 40004), (OFFERER[0], 50020), ssrc=9, payload_type=96)
    events = [event for media in (*both(KEYS), picture) for event in sent(media, 12)]
    path = capture(lambda file: play(file, *call(*events, signaling=signaling)))
    found = streams(path)
    assert {key: (one["packets"], one["seen"], one["verdict"]) for key, one in found.items()} == {
        (1, "caller"): (12, 6, 1), (1, "callee"): (12, 6, 1), (2, "caller"): (0, 0, 3), (2, "callee"): (12, 5, 3)}
    assert found[2, "callee"]["codecs"] == ["Payload type 96"]
    assert found[2, "caller"]["first"] is None


@pytest.fixture
def notes(tshark):
    """notes(path): which notes on media the expert information has."""
    def read(path, *options):
        out = tshark("-r", path, "-q", "-z", "expert", *options)
        return {name for name, text in NOTES.items() if text in out}

    return read


CODECS = "a=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n"


def listing(offered, answered):
    return [offer(crypto(1, KEYS[0]), CODECS, formats=offered), answer(crypto(1, KEYS[1]), CODECS, formats=answered)]


LISTED = listing("0 96 101", "96 101")


@pytest.mark.parametrize("sender, payload_type, count, codec, is_noted", [
    (0, 96, 60, "Opus", False), (0, 101, 60, "DTMF digits", False), (0, 0, 60, "G.711 mu-law", True),
    (0, 0, 49, "G.711 mu-law", False), (0, 8, 60, "G.711 A-law", True),
    (0, 13, 60, "Comfort noise (narrowband)", False),
    (1, 0, 60, "G.711 mu-law", False), (1, 96, 60, "Opus", False), (1, 97, 60, "Payload type 97", True),
])
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_another_codec_than_agreed(capture, streams, notes, sender, payload_type, count, codec, is_noted, passes):
    """What a side may send is what the other one lists: the callee may send what the offer has alone."""
    media = both(KEYS, payload_type=payload_type)[sender]
    path = capture(lambda file: play(file, *call(*sent(media, count), signaling=LISTED)))
    assert streams(path)[1, ("caller", "callee")[sender]]["codecs"] == [codec]
    assert notes(path, *passes) == ({"codec"} if is_noted else set())


def test_a_codec_that_a_later_answer_agreed_is_no_other(capture, notes, streams):
    media = both(KEYS, payload_type=8)[0]
    again = [text.replace(b"CSeq: 1 INVITE", b"CSeq: 2 INVITE") for text in listing("8 96 101", "8 96 101")]
    again[0] = again[0].replace(b"To: <sip:anna@example.com>", b"To: <sip:anna@example.com>;tag=b")
    path = capture(lambda file: play(file, *call(
        *sent(media, 30), (*SIGNALING, again[0]), (*reversed(SIGNALING), again[1]), *sent(media, 60),
        signaling=LISTED)))
    assert streams(path)[1, "caller"]["packets"] == 90
    assert notes(path) == set()


def other_call(count=3):
    """A packet of another call between the same two hosts, with its signaling."""
    texts = (offer(crypto(1, KEYS[0]), port=50118, call_id="other"),
             answer(crypto(1, KEYS[1]), port=40102, call_id="other"))
    media = Media((OFFERER[0], 50118), (ANSWERER[0], 40102), KEYS[0], ssrc=77)
    return [(*SIGNALING, texts[0]), (*reversed(SIGNALING), texts[1]), *sent(media, count)]


STUN = bytes([0, 1, 0, 0]) + b"\x21\x12\xa4\x42" + bytes(12)
RTCP = b"\x80\xc9\0\1" + bytes(4)


@pytest.mark.parametrize("before, after, expected", [
    ([], [], set()),                                             # a capture of signaling alone
    (other_call(), [], {"missing"}),                             # media of others passes between the same hosts
    ([], [(OFFERER, ANSWERER, STUN)], {"missing"}),              # ICE checks pass between these very ports
    ([], [(ANSWERER, OFFERER, RTCP)], {"missing"}),
    ([], [((OFFERER[0], 50018), ("192.0.2.99", 9), STUN)], set()),  # elsewhere
    (other_call(), sent(both(KEYS)[0], 1), set()),               # one packet is not nothing
], ids=("signaling alone", "another call", "STUN", "RTCP", "STUN to a server", "one packet"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_nothing_at_all(capture, notes, before, after, expected, passes):
    path = capture(lambda file: play(file, *before, *call(*after)))
    assert notes(path, *passes) == expected


CANDIDATE = "a=candidate:1 1 UDP 2130706431 192.0.2.10 50018 typ host\r\n"
HOLD = "a=sendonly\r\n"


@pytest.mark.parametrize("lines, expected", [((), {"missing"}), ((CANDIDATE,), set()), ((HOLD,), set()),
                                             ((CANDIDATE, "a=remote-candidates:1 192.0.2.20 40002\r\n"), {"missing"})],
                         ids=("plain", "ICE that chose nothing yet", "hold", "ICE that has chosen"))
def test_silence_that_has_its_reason(capture, notes, lines, expected):
    signaling = (offer(crypto(1, KEYS[0]), *lines), SDES[1])
    path = capture(lambda file: play(file, *other_call(), *call(signaling=signaling)))
    assert notes(path) == expected


def test_a_short_call_may_be_silent(capture, notes):
    events = call()
    path = capture(lambda file: play(file, *other_call(), *events[:2], 3_000_000, events[-1]))
    assert notes(path) == set()


@pytest.mark.parametrize("snap", [60, 70])
def test_packets_that_were_cut_are_counted(stage, capture, streams, notes, snap):
    """Captures are often made of headers alone: that is no proof of protection, but media has flowed."""
    path = capture(lambda file: write(file, *SDES, both(KEYS), 60))
    cut = path.with_name(path.stem + "-cut.pcapng")
    whole = 2  # frames of signaling
    parts = [path.with_name(path.stem + f"-{part}.pcapng") for part in "ab"]
    subprocess.run(["editcap", "-r", path, parts[0], f"1-{whole}", "123"], check=True)
    subprocess.run(["editcap", "-s", str(snap), path, parts[1], f"1-{whole}", "123"], check=True)
    subprocess.run(["mergecap", "-w", cut, *parts], check=True)
    cut.chmod(0o644)
    found = streams(cut)
    assert [(one["packets"], one["lost"], one["seen"]) for one in found.values()] == [(60, 0, 5), (60, 0, 5)]
    assert notes(cut) == set()


@pytest.mark.parametrize("version", [b"\xfe\xff", b"\xfe\xfd"], ids=("1.0", "1.2"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_dtls(capture, streams, fields, tshark, version, passes):
    """Of a stream without keys in its SDP the handshake is what can be seen; clear media is still proved."""
    print_of = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n"
    signaling = [make(print_of, f"a=setup:{setup}\r\n", profile="UDP/TLS/RTP/SAVP")
                 for make, setup in ((offer, "actpass"), (answer, "active"))]
    hello = b"\x16" + version + bytes(6) + b"\0\0\0\x20" + b"\1" + bytes(31)
    for is_clear in (False, True):
        media = both(extra=0 if is_clear else 10)
        packets = [event for pair in zip(*(sent(source, 25) for source in media)) for event in pair]
        for handshake, seen, first in (((), 5, "0"), ((0,), 5, "0"), ((0, 1), 7, "4")):
            ends = ((OFFERER, ANSWERER), (ANSWERER, OFFERER))
            shakes = [(*ends[side], hello) for side in handshake]
            path = capture(lambda file: play(file, *call(*shakes, *packets, signaling=signaling)))
            assert {one["seen"] for one in streams(path, *passes).values()} == {1 if is_clear else seen}
            rows = fields(path, "skypefed.rtp.protection", where="skypefed.rtp", args=passes)
            values = [row["skypefed.rtp.protection"][0] for row in rows]
            assert values == ([first] * 16 + ["1"] * 34 if is_clear else [first] * 50)
            out = tshark("-r", path, "-q", "-z", "expert", *passes)
            assert ("sent clear RTP" in out) == is_clear
            (bye,) = fields(path, "skypefed.call.media_seen", where="sip.Method == BYE", args=passes)
            assert bye["skypefed.call.media_seen"] == ["1" if is_clear else str(seen)]
