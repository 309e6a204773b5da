# SPDX-License-Identifier: GPL-2.0-or-later
"""Errors of ICMP quote the packets that could not be delivered. Wireshark dissects the quotes; nobody sent them."""

import json

import pytest

from crafted import crypto, pcapng, request, scenario, wire
from media import ANSWERER, KEYS, OFFERER, SDES, SIGNALING, both, call, offer, sent
from scapy.layers.inet import ICMP, IP
from scapy.layers.inet6 import ICMPv6DestUnreach, IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw
from test_ladder import diagram

PASSES = {"one pass": (), "two passes": ("-2",)}
PACKETS = 20
BY_CALLER = "2"
HOSTS = {4: ("192.0.2.10", "192.0.2.20"), 6: ("2001:db8::10", "2001:db8::20")}
SECOND = {4: "again", 6: "retransmission"}  # here, those of IPv4 have the same identification
INVITE = request("q", headers="ms-comet: 1\r\n")


def error_of(frame, quoted=None):
    """The frame in which the receiver of a frame says that its port is unreachable; it quotes so many bytes, or all."""
    packet = Ether(frame).payload
    head = (IPv6(src=packet.dst, dst=packet.src) / ICMPv6DestUnreach(code=4) if packet.version == 6 else
            IP(src=packet.dst, dst=packet.src, id=1) / ICMP(type=3, code=3))
    return bytes(Ether(frame[6:12] + frame[:6] + frame[12:14]) / head / Raw(bytes(packet)[:quoted]))


def write(file, events, is_refused, quoted=None):
    """Events (sender, receiver, payload) half a second apart; each that is refused is answered with an error."""
    writer, now = pcapng.Writer(file), scenario.START
    for sender, receiver, payload in events:
        ends = [wire.Endpoint(f"02:00:00:00:00:0{n + 1}", *end) for n, end in enumerate((sender, receiver))]
        ((_, frame),) = wire.UdpConversation(*ends, now).send("a", payload)
        writer.packet(now, frame)
        if is_refused(payload):
            writer.packet(now + 300, error_of(frame, quoted))
        now += 500_000


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("quoted", [None, 400, 200, 60])
@pytest.mark.parametrize("version", HOSTS)
def test_a_message(capture, tshark, fields, version, quoted, passes):
    """An INVITE that nobody listens for, sent twice."""
    caller, callee = ((host, 5060) for host in HOSTS[version])
    path = capture(lambda file: write(file, [(caller, callee, INVITE)] * 2, lambda payload: True, quoted))
    lines = diagram(tshark, path, *passes)
    assert [line.strip() for line in lines if ">>" in line] == [
        "p1->>p2: INVITE (frame 1)", f"p1->>p2: INVITE, {SECOND[version]} (frame 3)"]
    shown = fields(path, "frame.number", where="skypefed", args=passes)
    assert [row["frame.number"] for row in shown] == [["1"], ["3"]]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media(capture, tshark, fields, passes):
    """Each packet of the caller comes back; both sides have the same port."""
    def same_port(end):
        return (end[0], ANSWERER[1]) if end == OFFERER else end

    signaling = (offer(crypto(1, KEYS[0]), port=ANSWERER[1]), SDES[1])
    events = [(same_port(event[0]), same_port(event[1]), event[2])
              for event in call(*sent(both(KEYS)[0], PACKETS), signaling=signaling) if not isinstance(event, int)]
    assert events[0][0] == SIGNALING[0]
    path = capture(lambda file: write(file, events, lambda payload: payload[:1] == b"\x80"))
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *passes).splitlines()[0])
    streams = [(one["sender"], one["packets"], one["lost"], one["duplicates"]) for one in record["media_streams"]]
    assert streams == [("caller", PACKETS, 0, 0), ("callee", 0, 0, 0)]
    assert len(fields(path, "skypefed.rtp.protection", where="skypefed.rtp", args=passes)) == PACKETS
    (bye,) = fields(path, "skypefed.call.media_direction", where="sip.Method == BYE", args=passes)
    assert bye == {"skypefed.call.media_direction": [BY_CALLER]}
