# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys are reported as exposed where the message could be read on the wire, and not below what encrypts it."""

import struct

import pytest

from crafted import crypto, request, scenario, session, stream_of, wire, written

LINKTYPE_USER0 = 147
# The layer in front of the message -> (its bytes, whether the message was readable on the wire)
LAYERS = {
    "": (b"", True),
    "wg": (struct.pack("<IIQ", 4, 1, 0) + bytes(16), False),  # a WireGuard message with data
    "esp": (struct.pack(">II", 1, 1) + bytes(24), False),
}


def write_capture(file, payload):
    """One packet of a link layer that the preferences give a meaning."""
    file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, LINKTYPE_USER0))
    file.write(struct.pack("<IIII", 0, 0, len(payload), len(payload)) + payload)


@pytest.mark.parametrize("layer", LAYERS)
def test_exposed_unless_encrypted(layer, fields, capture):
    header, is_readable = LAYERS[layer]
    message = request("carried", session(stream_of("RTP/SAVP", crypto(1))))
    path = capture(lambda file: write_capture(file, header + message))
    link = f'uat:user_dlts:"User 0 (DLT=147)","sip","{len(header)}","{layer}","0",""'
    row, = fields(path, "frame.protocols", "skypefed.expert.key_exposed", args=("-o", link))
    assert row["frame.protocols"][0].split(":")[1:-1] == [*filter(None, [layer]), "sip"]
    assert bool(row["skypefed.expert.key_exposed"]) == is_readable


def debug_recording(message):
    """A packet of an AudioCodes debug recording, version 5: a SIP message as the device had it after TLS."""
    ends = bytes([192, 0, 2, 76, 198, 51, 100, 9]) + struct.pack(">HHBB", 11136, 5061, 2, 0)
    sip_packet = 10
    return struct.pack(">BIHHHBBBBI", 5, 1000, 1, 1, 1, 0, 6, sip_packet, len(ends), 77) + ends + message


def test_debug_recording_tells_nothing_of_the_wire(fields, capture):
    """As with logs: the recorder is in the device, and nobody knows how the message travelled."""
    message = request("recorded", session(stream_of("RTP/SAVP", crypto(1))))
    link = 'uat:user_dlts:"User 0 (DLT=147)","acdr","0","","0",""'
    path = capture(lambda file: write_capture(file, debug_recording(message)))
    row, = fields(path, "frame.protocols", "skypefed.crypto.tag", "skypefed.expert.key_exposed", args=("-o", link))
    assert row["frame.protocols"][0].split(":")[1:3] == ["acdr", "sip"]
    assert row["skypefed.crypto.tag"] == ["1"]
    assert not row["skypefed.expert.key_exposed"]


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one pass", "two passes"])
def test_what_follows_a_message_does_not_carry_it(passes, fields, capture):
    """On the port of TLS, Wireshark 4.0 takes what follows a plain message for TLS, on the first pass alone."""
    message = request("plain", session(stream_of("RTP/SAVP", crypto(1))))
    link = wire.TcpConversation(*scenario.endpoints(0, server_port=5061), scenario.START, segment=400)
    frames = list(scenario.play(link, scenario.Conversation([("a", message + b"\r\n\r\nOPT")])))
    path = capture(written([lambda _: frames]))
    row, = fields(path, "skypefed.crypto.tag", "skypefed.expert.key_exposed", where="skypefed", args=passes)
    assert row["skypefed.crypto.tag"] == ["1"] and row["skypefed.expert.key_exposed"]
