# SPDX-License-Identifier: GPL-2.0-or-later
"""Media between addresses that no SDP names: what is proved is counted, and what is not proved is not said to be absent."""

import json
import ssl
import subprocess

import pytest

from crafted import KEYS, crypto, pcapng, scenario, wire
from media import ANSWERER, BYE, OFFERER, SDES, SIGNALING, Media, answer, both, call, datagram, offer, play, sent
from test_media_relay import (BOTH, CHECK, MISSING, NOBODY, NOT_KNOWN, NOTHING, ONE_WAY, PARTLY_READABLE, SRTP_READABLE,
                              UNDETERMINED, framed, framed_by_relay, over_tcp, record, signaling, talk)
from turn import LENT, Client, address, attribute, channel, message, ms_message

__all__ = ["record"]  # a fixture
PASSES = {"one pass": (), "two passes": ("-2",)}
NAT = ("198.51.100.7", 33333)  # the callee's, which no SDP names
OTHER_PORT = (OFFERER[0], 50020)  # of the caller
ELSEWHERE = ("192.0.2.99", 50020)
SBC_PORT = (ANSWERER[0], 40010)  # another one than it announced
CALLEE_ONLY = 3
ALARMS = ("sent clear RTP", "is authenticated with the agreed key", ONE_WAY, MISSING)


def source(ssrc, ends, key=None, **how):
    """The media of the caller, ssrc 1, or of the callee, ssrc 2."""
    return Media(*ends, KEYS[ssrc - 1] if key is None else key, ssrc=ssrc, **how)


def in_turn(count, *sources):
    return [event for _ in range(count) for one in sources for event in sent(one, 1)]


# Between whom the media of the caller and of the callee pass, whose comes first, the caller's codec.
LATCHED = {
    "another port": ((OTHER_PORT, NAT), (NAT, OFFERER), 2, 0, BOTH, [80, 80]),
    "an SBC's other port": ((OTHER_PORT, ANSWERER), (SBC_PORT, OTHER_PORT), 1, 0, BOTH, [80, 80]),
    "another host": ((ELSEWHERE, NAT), (NAT, OFFERER), 2, 0, NOT_KNOWN, [0, 80]),
    "another codec": ((OTHER_PORT, NAT), (NAT, OFFERER), 2, 101, NOT_KNOWN, [0, 80]),
}


@pytest.mark.parametrize("case", LATCHED.values(), ids=LATCHED)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media_that_follows_its_peer(capture, record, fields, case, passes):
    """It counts if only a port is another than in the SDP; else nobody knows, and nothing is said to be one way."""
    of_caller, of_callee, first, payload_type, direction, packets = case
    sources = [source(1, of_caller, payload_type=payload_type), source(2, of_callee)]
    path = capture(lambda file: play(file, *call(*in_turn(80, *(sources if first == 1 else reversed(sources))))))
    one, notes = record(path, *passes)
    kind = PARTLY_READABLE if direction == NOT_KNOWN else SRTP_READABLE
    assert (one["media_seen"], one["media_direction"], notes) == (kind, direction, set())
    assert [each["packets"] for each in one["media_streams"]] == packets
    rows = fields(path, "skypefed.rtp.from_caller", where="skypefed.rtp", args=passes)
    by_caller = [row["skypefed.rtp.from_caller"][0] in ("1", "True") for row in rows]
    assert [sum(by_caller), len(by_caller) - sum(by_caller)] == packets


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_one_way_behind_a_nat_is_still_said(capture, record, passes):
    path = capture(lambda file: play(file, *call(*sent(source(2, (NAT, OFFERER)), 80))))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], notes) == (SRTP_READABLE, CALLEE_ONLY, {ONE_WAY})


def again(number, keys):
    """Offer and answer in the call, with other keys."""
    texts = offer(crypto(1, keys[0])), answer(crypto(1, keys[1]))
    return [text.replace(b"CSeq: 1 INVITE", b"CSeq: %d INVITE" % number).replace(
        b"To: <sip:anna@example.com>\r", b"To: <sip:anna@example.com>;tag=b\r") for text in texts]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_new_keys_behind_a_nat(capture, tshark, record, passes):
    """The address was told of under the former agreement; the keys are those of the newest one."""
    texts = again(2, (KEYS[2], KEYS[0]))
    path = capture(lambda file: play(file, *call(
        *in_turn(120, source(2, (NAT, OFFERER)), source(1, (OTHER_PORT, NAT))),
        (*SIGNALING, texts[0]), (*reversed(SIGNALING), texts[1]), 2_500_000,
        *in_turn(120, source(4, (NAT, OFFERER), KEYS[0]), source(3, (OTHER_PORT, NAT), KEYS[2])))))
    one, _ = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == (SRTP_READABLE, BOTH, 480)
    out = tshark("-r", path, "-q", "-z", "expert", *passes)
    assert not [text for text in ALARMS if text in out]


@pytest.mark.parametrize("keys", [KEYS, (None, None, None)], ids=("SRTP", "clear"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_calls_that_share_a_port(capture, tshark, keys, passes):
    """Both callers are behind a NAT, and their gateway has one port: nobody knows whose packets are whose."""
    natted = ("203.0.113.5", 1111), ("203.0.113.6", 2222)
    texts = [text.replace(b"Call-ID: media", b"Call-ID: again").replace(b"audio 50018", b"audio 50118") for text in
             (offer(crypto(1, KEYS[2])), answer(crypto(1, KEYS[0])), BYE)]
    sources = [Media(*ends, key, ssrc=ssrc) for ssrc, (ends, key) in enumerate([
        ((natted[0], ANSWERER), keys[0]), ((ANSWERER, natted[0]), keys[1]),
        ((natted[1], ANSWERER), keys[2]), ((ANSWERER, natted[1]), keys[0])], 1)]
    path = capture(lambda file: play(
        file, (*SIGNALING, SDES[0]), (*reversed(SIGNALING), SDES[1]), (*SIGNALING, texts[0]),
        (*reversed(SIGNALING), texts[1]), *in_turn(120, *sources), 2_000_000, (*SIGNALING, BYE), (*SIGNALING, texts[2])))
    out = tshark("-r", path, "-q", "-z", "expert", *passes)
    assert not [text for text in ALARMS if text in out]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_new_keys_at_the_former_port(capture, tshark, passes):
    """A re-INVITE moves the caller's media, which stays where it was: its key is not said to be another one."""
    texts = again(2, (KEYS[2], KEYS[0]))
    moved = texts[0].replace(b"audio 50018", b"audio 50118")
    assert moved != texts[0]
    path = capture(lambda file: play(file, *call(
        *in_turn(10, *both(KEYS)), (*SIGNALING, moved), (*reversed(SIGNALING), texts[1]), 2_500_000,
        *in_turn(120, source(3, (OFFERER, ANSWERER), KEYS[2]), source(4, (ANSWERER, OFFERER), KEYS[0])))))
    out = tshark("-r", path, "-q", "-z", "expert", *passes)
    assert not [text for text in ALARMS if text in out]


def another_call(text):
    return text.replace(b"Call-ID: media", b"Call-ID: again")


@pytest.mark.parametrize("has_bye", [True, False], ids=("BYE", "no BYE"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_ports_that_are_used_again_behind_a_nat(capture, tshark, has_bye, passes):
    """The next call has the same addresses, and its caller the same one behind its NAT: its media is its own."""
    texts = [another_call(text) for text in (offer(crypto(1, KEYS[2])), answer(crypto(1, KEYS[0])), BYE)]
    first = Media(NAT, ANSWERER, KEYS[0], ssrc=1), Media(ANSWERER, NAT, KEYS[1], ssrc=2)
    second = Media(NAT, ANSWERER, KEYS[2], ssrc=3), Media(ANSWERER, NAT, KEYS[0], ssrc=4)
    path = capture(lambda file: play(
        file, (*SIGNALING, SDES[0]), (*reversed(SIGNALING), SDES[1]), *in_turn(60, *first),
        *([(*SIGNALING, BYE)] if has_bye else []), 100_000, (*SIGNALING, texts[0]), (*reversed(SIGNALING), texts[1]),
        *in_turn(70, *second), (*SIGNALING, texts[2])))
    calls = [json.loads(line) for line in tshark("-r", path, "-q", "-z", "skypefed,calls,json", *passes).splitlines()]
    assert [(one["media_seen"], one["media_direction"], one["media_packets"]) for one in calls] == [
        (SRTP_READABLE, BOTH, 120), (SRTP_READABLE, BOTH, 140)]


@pytest.mark.parametrize("count, expected", [(60, (UNDETERMINED, NOT_KNOWN, set())), (10, (NOTHING, NOBODY, {MISSING}))],
                         ids=("much", "little"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media_that_ends_before_the_answer(capture, record, count, expected, passes):
    """Nobody knows whose it is; but that there was none is not said."""
    path = capture(lambda file: play(
        file, (*SIGNALING, SDES[0]), *in_turn(count, *both(KEYS)), (*reversed(SIGNALING), SDES[1]),
        (OFFERER, ANSWERER, CHECK), 12_000_000, (*SIGNALING, BYE)))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], notes) == expected


@pytest.mark.parametrize("silent", [0, 1], ids=("caller", "callee"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_one_way_in_a_call_that_is_kept_alive(capture, record, silent, passes):
    """With a re-INVITE every now and then, and other keys in it."""
    texts = again(2, (KEYS[2], KEYS[0]))
    before = both(KEYS)[1 - silent]
    after = both((KEYS[2], KEYS[0]))[1 - silent]
    path = capture(lambda file: play(file, *call(
        *sent(before, 120), (*SIGNALING, texts[0]), (*reversed(SIGNALING), texts[1]), 2_500_000, *sent(after, 120))))
    one, notes = record(path, *passes)
    assert (one["media_packets"], notes) == (240, {ONE_WAY})


def provisional(text):
    return text.replace(b"SIP/2.0 200 OK", b"SIP/2.0 183 Session Progress")


RINGBACK = {
    "hung up at once": (0, set()),
    "and no media from then on": (1, set()),
    "and on": (200, {ONE_WAY}),
}


@pytest.mark.parametrize("case", RINGBACK.values(), ids=RINGBACK)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_ringback_is_no_one_way(capture, record, case, passes):
    """Two seconds of it come before the answer."""
    after, expected = case
    ringback = both(KEYS)[1]
    path = capture(lambda file: play(
        file, (*SIGNALING, SDES[0]), (*reversed(SIGNALING), provisional(SDES[1])), *sent(ringback, 100),
        (*reversed(SIGNALING), SDES[1]), *sent(ringback, after), *([2_000_000] if after == 1 else []), (*SIGNALING, BYE)))
    one, notes = record(path, *passes)
    assert (one["media_packets"], one["media_direction"], notes) == (100 + after, CALLEE_ONLY, expected)


# Relays whose answers are not in the capture: at another address than any candidate, or at other ports.
OTHER_RELAY = "203.0.113.9"
UDP_RELAYS = {
    "ChannelData, port 443": (443, "ChannelData"),
    "MS-TURN, destination set, port 443": (443, "MS-TURN, destination set"),
    "ChannelData, port 3480": (3480, "ChannelData"),
}


@pytest.mark.parametrize("case", UDP_RELAYS.values(), ids=UDP_RELAYS)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_relays_over_udp(capture, record, case, passes):
    port, way = case
    client = Client(server=(OTHER_RELAY, port))
    path = capture(lambda file: play(file, *call((OFFERER, ANSWERER, CHECK), *talk(client, way, 30),
                                                 signaling=signaling())))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"], notes) == (
        UNDETERMINED, NOT_KNOWN, 0, set())


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_the_answer_of_a_relay_on_port_443(capture, record, passes):
    client = Client(server=(OTHER_RELAY, 443))
    path = capture(lambda file: play(file, *client.allocated(), *call(
        (OFFERER, ANSWERER, CHECK), *talk(client, "ChannelData", 30), signaling=signaling())))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"], notes) == (SRTP_READABLE, BOTH, 60, set())


@pytest.mark.parametrize("has_answer, expected", [(True, (SRTP_READABLE, BOTH, 60)), (False, (UNDETERMINED, NOT_KNOWN, 0))])
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_a_relay_without_ice(capture, record, has_answer, expected, passes):
    """The m= line has the address that the relay lent."""
    relayed = offer(crypto(1, KEYS[0]), port=LENT[1]).replace(b"c=IN IP4 " + OFFERER[0].encode(),
                                                              b"c=IN IP4 " + LENT[0].encode())
    path = capture(lambda file: play(file, *(Client().allocated() if has_answer else ()), *call(
        *talk(Client(), "ChannelData", 30), signaling=(relayed, SDES[1]))))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"]) == expected
    assert notes == set()


def control(text):
    """[MS-TURN] 2.1.4"""
    return b"\2\0" + len(text).to_bytes(2, "big") + text


def request_of_ms_turn(payload):
    return control(ms_message(0x0004, attribute(0x0011, address(ANSWERER, False)), attribute(0x0013, payload)))


def indication(payload):
    return message(0x0016, attribute(0x0012, address(ANSWERER)), attribute(0x0013, payload))


INTERNAL = ("192.0.2.10", 61000), ("10.1.30.5", 443)  # the internal interface of an Edge Server: no candidate has it
TCP_FRAMES = {"control messages": request_of_ms_turn, "data": framed_by_relay, "RTP in control frames": control,
              "RFC 4571": framed, "ChannelData": channel, "indications": indication}


@pytest.mark.parametrize("frame_of", TCP_FRAMES.values(), ids=TCP_FRAMES)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_relays_over_tcp(capture, record, frame_of, passes):
    path = capture(lambda file: over_tcp(file, signaling(), INTERNAL, frame_of))
    one, notes = record(path, *passes)
    assert (one["media_seen"], one["media_direction"], one["media_packets"], notes) == (
        UNDETERMINED, NOT_KNOWN, 0, set())


@pytest.mark.parametrize("captured", [46, 54])
def test_segments_of_which_the_payload_was_not_captured(capture, record, captured):
    """Nor all of their headers: nobody knows what they had."""
    path = capture(lambda file: over_tcp(file, signaling(), INTERNAL, framed, captured=captured))
    one, notes = record(path)
    assert (one["media_seen"], one["media_direction"], one["media_packets"], notes) == (NOTHING, NOBODY, 0, set())


def tls_records(folder, size):
    """What the two sides of a real session send: [(side, bytes)], the server so many bytes of contents."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=example.com", "-keyout",
                    key, "-out", certificate], check=True, capture_output=True)
    contexts = {"a": ssl.create_default_context(), "b": ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)}
    contexts["a"].check_hostname, contexts["a"].verify_mode = False, ssl.CERT_NONE
    contexts["b"].load_cert_chain(certificate, key)
    reads, writes = ({side: ssl.MemoryBIO() for side in "ab"} for _ in range(2))
    ends = {side: contexts[side].wrap_bio(reads[side], writes[side], server_side=side == "b") for side in "ab"}
    records = []

    def move():
        moved = False
        for side, other in ("ab", "ba"):
            data = writes[side].read()
            if data:
                records.append((side, data))
                reads[other].write(data)
                moved = True
        return moved

    for _ in range(4):
        for end in ends.values():
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            move()
    for _ in range(size // 16384):
        ends["b"].write(bytes(16384))
        move()
    return records


def test_https_is_no_media(capture, record, tmp_path):
    """Four megabytes of a real TLS session between a host of the call and a server, in 3,000 segments."""
    records = tls_records(tmp_path, 4 << 20)
    ends = [wire.Endpoint("02:00:00:00:00:01", OFFERER[0], 61000), wire.Endpoint("02:00:00:00:00:02", "203.0.113.77", 443)]

    def write(file):
        writer, now = pcapng.Writer(file), scenario.START
        for event in ((*SIGNALING, signaling()[0]), (*reversed(SIGNALING), signaling()[1]),
                      (OFFERER, ANSWERER, CHECK)):
            for frame in datagram(*event, now):
                writer.packet(*frame)
        connection = wire.TcpConversation(*ends, now)
        frames = list(connection.open())
        for side, data in records:
            for at in range(0, len(data), 1460):
                frames += connection.send(side, data[at:at + 1460])
        assert sum(bytes(frame[1])[54 + 2] >> 6 == 2 for frame in frames if len(frame[1]) > 60) > 300
        for frame in frames:
            writer.packet(*frame)
        for frame in datagram(*SIGNALING, BYE, now + 20_000_000):
            writer.packet(*frame)

    one, notes = record(capture(write))
    assert (one["media_seen"], one["media_direction"], notes) == (NOTHING, NOBODY, set())
