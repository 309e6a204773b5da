# SPDX-License-Identifier: GPL-2.0-or-later
"""SIP over a WebSocket (RFC 7118)."""

import struct

from crafted import scenario, wire

UPGRADE = (b"GET / HTTP/1.1\r\nHost: edge.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n")
UPGRADED = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: sip\r\n\r\n")
MASK = b"mask"
LONG = 126  # bytes, from which on the length has a field of its own


def masked(payload, opcode=1, is_last=True):
    """A frame of a WebSocket from a client (RFC 6455 section 5.2)."""
    hidden = bytes(byte ^ MASK[at % len(MASK)] for at, byte in enumerate(payload))
    length = struct.pack(">B", 0x80 | len(payload)) if len(payload) < LONG else struct.pack(">BH", 0x80 | LONG, len(payload))
    return struct.pack(">B", is_last << 7 | opcode) + length + MASK + hidden


def conversation(client, server, start, frames_sent, segment=wire.OFFLOADED_SEGMENT):
    """The frames of a capture in which a client sends these frames of a WebSocket at once, in one segment if they fit."""
    link = wire.TcpConversation(client, server, start, segment=segment)
    talk = [("a", UPGRADE), ("b", UPGRADED), ("a", b"".join(frames_sent))]
    return scenario.play(link, scenario.Conversation(talk))
