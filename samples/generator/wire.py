# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts bytes on a wire: Ethernet, IPv4 or IPv6, TCP or UDP, with right lengths and checksums.

scapy builds the layers.  Every field that it would fill in at random or by version (IP id, sequence
numbers, windows, addresses) is set here, so that each version of scapy writes the same bytes.
"""

import logging
from dataclasses import dataclass

logging.getLogger("scapy.runtime").setLevel(logging.ERROR)

from scapy.layers.inet import IP, TCP, UDP  # noqa: E402  (scapy warns about the host's routes while importing)
from scapy.layers.inet6 import IPv6  # noqa: E402
from scapy.layers.l2 import Ether  # noqa: E402
from scapy.packet import Raw  # noqa: E402

ETHERNET_MTU = 1500
# Payload of one frame where the network card does the segmentation: captures on the host show such frames.
OFFLOADED_SEGMENT = 32_000

_PROTOCOL_UDP = 17
_TTL = 64
_WINDOW = 64240
_HEADERS_TCP = {4: 40, 6: 60}
_IPV4_HEADER = 20

SEGMENT_GAP = 120
ACK_DELAY = 350
HANDSHAKE_DELAY = 18_000
CLOSE_DELAY = 1_000_000


@dataclass(frozen=True)
class Endpoint:
    """One end of a conversation: MAC address, IPv4 or IPv6 address, port."""

    mac: str
    address: str
    port: int


class _Conversation:
    """Two ends and a clock.  Frames are (microseconds since 1970, bytes), never going back in time."""

    def __init__(self, a, b, start):
        self._ends = {"a": a, "b": b}
        self._version = 6 if ":" in a.address else 4
        self._ip_id = {"a": 0x1000, "b": 0x8000}
        self.now = start

    def wait(self, microseconds):
        """Let time pass before the next frame."""
        self.now += microseconds

    def _layers(self, party, **ip_fields):
        source, target = self._ends[party], self._ends[_other(party)]
        link = Ether(src=source.mac, dst=target.mac)
        if self._version == 6:
            return link / IPv6(src=source.address, dst=target.address, hlim=_TTL, fl=0, tc=0)
        return link / IP(src=source.address, dst=target.address, ttl=_TTL, tos=0,
                         **{"id": self._ip_id[party], "flags": "DF", **ip_fields})

    def _frame(self, party, packet):
        self._ip_id[party] += 1
        return self.now, bytes(packet)


class UdpConversation(_Conversation):
    """Datagrams between two ends; one that exceeds the MTU travels in IPv4 fragments."""

    def open(self):
        """UDP needs no frames to begin."""
        return []

    def close(self):
        """UDP needs no frames to end."""
        return []

    def send(self, party, payload):
        """The frames that carry `payload` from `party` ("a" or "b") as one datagram."""
        source, target = self._ends[party], self._ends[_other(party)]
        udp = UDP(sport=source.port, dport=target.port) / Raw(payload)
        whole = self._layers(party) / udp
        if len(whole) - len(Ether()) <= ETHERNET_MTU:
            return [self._frame(party, whole)]
        return self._fragments(party, bytes(whole)[len(Ether()) + _IPV4_HEADER:])

    def _fragments(self, party, datagram):
        if self._version == 6:
            raise ValueError("a datagram over IPv6 must fit one frame")
        size = (ETHERNET_MTU - _IPV4_HEADER) // 8 * 8
        frames = []
        for offset in range(0, len(datagram), size):
            more = offset + size < len(datagram)
            packet = self._layers(party, flags="MF" if more else 0, frag=offset // 8, proto=_PROTOCOL_UDP)
            frames.append((self.now, bytes(packet / Raw(datagram[offset:offset + size]))))
            self.wait(SEGMENT_GAP)
        self._ip_id[party] += 1
        return frames


class TcpConversation(_Conversation):
    """One TCP connection, opened by "a": handshake, segments, acknowledgments, orderly end.

    `segment` is the largest payload of a frame in bytes; by default what Ethernet carries.
    """

    def __init__(self, a, b, start, segment=None):
        super().__init__(a, b, start)
        self._segment = segment or ETHERNET_MTU - _HEADERS_TCP[self._version]
        self._next = {"a": 1_000_000, "b": 5_000_000}

    def open(self):
        """The three frames of the handshake."""
        mss = [("MSS", ETHERNET_MTU - _HEADERS_TCP[self._version])]
        frames = [self._tcp("a", "S", options=mss)]
        self._next["a"] += 1
        self.wait(HANDSHAKE_DELAY)
        frames.append(self._tcp("b", "SA", options=mss))
        self._next["b"] += 1
        self.wait(HANDSHAKE_DELAY)
        frames.append(self._tcp("a", "A"))
        self.wait(SEGMENT_GAP)
        return frames

    def send(self, party, payload):
        """The frames that carry `payload` from `party` ("a" or "b"), and the acknowledgment."""
        frames = []
        for offset in range(0, len(payload), self._segment):
            piece = payload[offset:offset + self._segment]
            last = offset + self._segment >= len(payload)
            frames.append(self._tcp(party, "PA" if last else "A", piece))
            self._next[party] += len(piece)
            self.wait(SEGMENT_GAP)
        self.wait(ACK_DELAY)
        frames.append(self._tcp(_other(party), "A"))
        return frames

    def close(self):
        """The frames with which "a" ends the connection and "b" agrees."""
        self.wait(CLOSE_DELAY)
        frames = [self._tcp("a", "FA")]
        self._next["a"] += 1
        self.wait(HANDSHAKE_DELAY)
        frames.append(self._tcp("b", "FA"))
        self._next["b"] += 1
        self.wait(HANDSHAKE_DELAY)
        frames.append(self._tcp("a", "A"))
        return frames

    def _tcp(self, party, flags, payload=b"", options=()):
        source, target = self._ends[party], self._ends[_other(party)]
        tcp = TCP(sport=source.port, dport=target.port, flags=flags, window=_WINDOW, urgptr=0,
                  seq=self._next[party], ack=self._next[_other(party)] if "A" in flags else 0,
                  options=list(options))
        packet = self._layers(party) / tcp
        return self._frame(party, packet / Raw(payload) if payload else packet)


def _other(party):
    return "b" if party == "a" else "a"
