# SPDX-License-Identifier: GPL-2.0-or-later
"""What passes between a client and its relay: TURN (RFC 8656), and the older one of [MS-TURN]."""

import ipaddress
import struct

COOKIE, MS_COOKIE = 0x2112A442, 0x72C64BC6
TRANSACTION = struct.pack("!III", 9, 8, 7)
SERVER = ("203.0.113.250", 3478)
LENT = ("203.0.113.250", 52001)  # to the client


def attribute(kind, value):
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def address(end, is_xored=True):
    """The value of an address attribute."""
    packed = ipaddress.ip_address(end[0]).packed
    mask = struct.pack("!I", COOKIE) + TRANSACTION
    port = end[1] ^ (COOKIE >> 16 if is_xored else 0)
    masked = bytes(byte ^ (mask[at] if is_xored else 0) for at, byte in enumerate(packed))
    return struct.pack("!BBH", 0, 1 if len(packed) == 4 else 2, port) + masked


def message(kind, *attributes):
    body = b"".join(attributes)
    return struct.pack("!HHI", kind, len(body), COOKIE) + TRANSACTION + body


def ms_message(kind, *attributes):
    """One of [MS-TURN], which has its cookie in an attribute."""
    body = attribute(0x000F, struct.pack("!I", MS_COOKIE)) + b"".join(attributes)
    return struct.pack("!HH", kind, len(body)) + bytes(16) + body


def channel(payload, padded=False, number=0x4000):
    return struct.pack("!HH", number, len(payload)) + payload + (bytes(-len(payload) % 4) if padded else b"")


class Client:
    """Of a relay: its messages as events."""

    def __init__(self, end=("192.0.2.10", 61000), lent=LENT, server=SERVER):
        self.end, self.lent, self.server = end, lent, server

    def out(self, payload):
        return (self.end, self.server, payload)

    def back(self, payload):
        return (self.server, self.end, payload)

    def allocated(self):
        """The request and its answer, which says what was lent."""
        return [self.out(message(0x0003, attribute(0x0019, b"\x11\0\0\0"))),
                self.back(message(0x0103, attribute(0x0016, address(self.lent)), attribute(0x0020, address(self.end))))]

    def ms_allocated(self):
        return [self.out(ms_message(0x0003)),
                self.back(ms_message(0x0103, attribute(0x0001, address(self.lent, False)),
                                     attribute(0x8020, address(self.end))))]


# How a payload goes to the peer, and how one comes from it: functions of the client, the payload and the peer.
WAYS = {
    "ChannelData": (lambda client, payload, peer: client.out(channel(payload)),
                    lambda client, payload, peer: client.back(channel(payload))),
    "padded ChannelData": (lambda client, payload, peer: client.out(channel(payload) + bytes(3)),
                           lambda client, payload, peer: client.back(channel(payload, True))),
    "indications": (
        lambda client, payload, peer: client.out(
            message(0x0016, attribute(0x0012, address(peer)), attribute(0x0013, payload))),
        lambda client, payload, peer: client.back(
            message(0x0017, attribute(0x0013, payload), attribute(0x0012, address(peer))))),
    "requests of MS-TURN": (
        lambda client, payload, peer: client.out(
            ms_message(0x0004, attribute(0x0011, address(peer, False)), attribute(0x0013, payload))),
        lambda client, payload, peer: client.back(
            ms_message(0x0115, attribute(0x0012, address(peer, False)), attribute(0x0013, payload)))),
    "MS-TURN, destination set": (lambda client, payload, peer: client.out(payload),
                                 lambda client, payload, peer: client.back(payload)),
}
