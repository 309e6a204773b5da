# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls with their media: the packets of each side, clear or with the tags of a key."""

import base64
import hashlib
import hmac
import random
import struct
import subprocess

from crafted import KEYS, crypto, pcapng, request, scenario, session, stream_of, wire

OFFERER, ANSWERER = ("192.0.2.10", 50018), ("192.0.2.20", 40002)
SIGNALING = (OFFERER[0], 5060), (ANSWERER[0], 5060)
PACKET = 20_000  # microseconds of speech in a packet
SAMPLES = 160


def authentication_key(master):
    """The session key for tags (RFC 3711 4.3), by openssl. @param master base64 of key and salt."""
    raw = base64.b64decode(master)
    counter = bytearray(raw[-14:] + b"\0\0")
    counter[7] ^= 1
    done = subprocess.run(["openssl", "enc", f"-aes-{8 * (len(raw) - 14)}-ctr", "-K", raw[:-14].hex(), "-iv",
                           counter.hex()], input=bytes(20), capture_output=True, check=True)
    return done.stdout


class Media:
    """The packets that one side sends."""

    def __init__(self, sender, receiver, key=None, tag=10, sequence=1, payload_type=0, ssrc=0x5EED, mki=b"", extra=0,
                 steps=SAMPLES):
        self.sender, self.receiver, self.tag, self.mki = sender, receiver, tag, mki
        self.payload_type, self.ssrc, self.extra, self.steps = payload_type, ssrc, extra, steps
        self.key = key and authentication_key(key)
        self.chance, self.extended, self.timestamp = random.Random(ssrc), sequence, 0

    def packet(self):
        """The next one: its payload is random, as nobody but the two ends can tell it from an encrypted one."""
        header = struct.pack("!BBHII", 0x80, self.payload_type, self.extended & 0xFFFF, self.timestamp, self.ssrc)
        plain = header + self.chance.randbytes(SAMPLES + self.extra)
        roll_over = struct.pack("!I", self.extended >> 16)
        self.extended, self.timestamp = self.extended + 1, self.timestamp + self.steps
        if not self.key:
            return plain
        return plain + self.mki + hmac.digest(self.key, plain + roll_over, hashlib.sha1)[:self.tag]


def offer(*lines, profile="RTP/SAVP", formats="0", port=OFFERER[1], call_id="media"):
    """An INVITE (bytes). lines: of the stream, each with its line end."""
    return request(call_id, session(stream_of(profile, *lines, port=port, formats=formats)))


def answer(*lines, profile="RTP/SAVP", formats="0", port=ANSWERER[1], call_id="media"):
    """Its 200 (bytes)."""
    body = session(stream_of(profile, *lines, port=port, formats=formats)).replace(OFFERER[0], ANSWERER[0])
    return request(call_id, body, start="SIP/2.0 200 OK", receiver="<sip:anna@example.com>;tag=b")


BYE = request("media", start="BYE sip:anna@example.com SIP/2.0", receiver="<sip:anna@example.com>;tag=b")
SDES = (offer(crypto(1, KEYS[0])), answer(crypto(1, KEYS[1])))


def datagram(sender, receiver, payload, now):
    ends = [wire.Endpoint(f"02:00:00:00:00:0{n + 1}", *end) for n, end in enumerate((sender, receiver))]
    return list(wire.UdpConversation(*ends, now).send("a", payload))


def write(file, offered, answered, media, count, before=b"", after=()):
    """The call, `count` packets of each of `media`, in turn, the BYE, and a packet after each further pause."""
    now, writer = scenario.START, pcapng.Writer(file)

    def add(sender, receiver, payload, pause):
        nonlocal now
        for frame in datagram(sender, receiver, payload, now):
            writer.packet(*frame)
        now += pause

    add(*SIGNALING, offered, 100_000)
    add(*reversed(SIGNALING), answered, 100_000)
    if before:
        add(OFFERER, ANSWERER, before, 1000)
    for _ in range(count):
        for source in media:
            add(source.sender, source.receiver, source.packet(), PACKET // len(media))
    add(*SIGNALING, BYE, 0)
    for pause in after:
        now += pause
        add(media[0].sender, media[0].receiver, media[0].packet(), 0)


def both(keys=(None, None), **how):
    return (Media(OFFERER, ANSWERER, keys[0], ssrc=1, **how), Media(ANSWERER, OFFERER, keys[1], ssrc=2, **how))


def play(file, *events, step=PACKET):
    """Writes events, `step` microseconds apart: (sender, receiver, payload), or a number of microseconds to wait.

    Returns when each was sent, in microseconds since 1970.
    """
    writer, now, times = pcapng.Writer(file), scenario.START, []
    for event in events:
        if isinstance(event, int):
            now += event
            continue
        for frame in datagram(*event, now):
            writer.packet(*frame)
        times.append(now)
        now += step
    return times


def sent(source, count):
    """The next packets of a side, as events."""
    return [(source.sender, source.receiver, source.packet()) for _ in range(count)]


def call(*events, signaling=SDES):
    """Events of a call around those of its media, the BYE ten seconds after the answer at least."""
    return ((*SIGNALING, signaling[0]), (*reversed(SIGNALING), signaling[1]), *events, 10_000_000, (*SIGNALING, BYE))
