# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what skypefed-log writes, without any code of Wireshark.

Only as much of pcapng as is needed: draft-ietf-opsawg-pcapng sections 4.2 (interfaces), 4.3 (packets) and
4.5 (names); tags as in LINKTYPE_WIRESHARK_UPPER_PDU.
"""

import ipaddress
import struct
from dataclasses import dataclass, field

LINKTYPE_UPPER_PDU = 252

_SECTION, _INTERFACE, _NAMES, _PACKET = 0x0A0D0D0A, 1, 4, 6
_COMMENT, _FLAGS, _TIME_RESOLUTION = 1, 2, 9


@dataclass
class Packet:
    """One packet: time in nanoseconds since 1970 UTC, ends as (address, port), direction 'in', 'out' or None."""

    time: int
    source: tuple
    destination: tuple
    transport: str
    direction: str
    dissector: str
    text: bytes
    full_length: int
    comments: list = field(default_factory=list)


class Capture:
    """packets: all packets in order. names: {address: name}, and named_before[address]: packets before the name."""

    def __init__(self, data):
        self.packets = []
        self.names = {}
        self.named_before = {}
        self._units = 10**6
        at = 0
        while at < len(data):
            kind, length = struct.unpack_from("<II", data, at)
            assert length % 4 == 0 and length >= 12, f"block of {length} bytes at {at}"
            body = data[at + 8 : at + length - 4]
            assert struct.unpack_from("<I", data, at + length - 4)[0] == length
            self._block(kind, body)
            at += length

    def _block(self, kind, body):
        if kind == _INTERFACE:
            assert struct.unpack_from("<H", body)[0] == LINKTYPE_UPPER_PDU
            for code, value in _options(body[8:]):
                if code == _TIME_RESOLUTION:
                    self._units = 10 ** value[0]
        elif kind == _PACKET:
            self.packets.append(self._packet(body))
        elif kind == _NAMES:
            self._names(body)

    def _packet(self, body):
        _, high, low, captured, length = struct.unpack_from("<IIIII", body)
        data = body[20 : 20 + captured]
        options = list(_options(body[20 + (captured + 3) // 4 * 4 :]))
        flags = [struct.unpack("<I", value)[0] & 3 for code, value in options if code == _FLAGS]
        tags, text = _tags(data)
        return Packet(
            time=(high << 32 | low) * (10**9 // self._units),
            source=_end(tags, 20, 22, 25),
            destination=_end(tags, 21, 23, 26),
            transport={2: "tcp", 3: "udp"}[struct.unpack(">I", tags[24])[0]],
            direction={1: "in", 2: "out"}[flags[0]] if flags else None,
            dissector=tags[12].rstrip(b"\0").decode(),
            text=text,
            full_length=length - (len(data) - len(text)),
            comments=[value.decode() for code, value in options if code == _COMMENT],
        )

    def _names(self, body):
        for kind, value in _options(body):
            size = {1: 4, 2: 16}[kind]
            address = str(ipaddress.ip_address(value[:size]))
            self.names[address] = value[size:].rstrip(b"\0").decode()
            self.named_before.setdefault(address, len(self.packets))

    def name(self, end):
        """The name of an end, or its address if it has none."""
        return self.names.get(end[0], end[0])


def _options(data):
    at = 0
    while at + 4 <= len(data):
        code, length = struct.unpack_from("<HH", data, at)
        if code == 0:
            return
        yield code, data[at + 4 : at + 4 + length]
        at += 4 + (length + 3) // 4 * 4


def _tags(data):
    tags, at = {}, 0
    while True:
        tag, length = struct.unpack_from(">HH", data, at)
        at += 4
        if tag == 0:
            return tags, data[at:]
        tags[tag] = data[at : at + length]
        at += length


def _end(tags, tag_v4, tag_v6, tag_port):
    address = ipaddress.ip_address(tags.get(tag_v4) or tags[tag_v6])
    return str(address), struct.unpack(">I", tags[tag_port])[0]
