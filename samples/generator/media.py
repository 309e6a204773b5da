# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls with their media: what flowed stands beside what was announced.

The messages are those of a scenario each, one call after the other. The media is G.711, a second both ways, between
the host candidates of the ends.
"""

import base64
import hashlib
import heapq
import hmac
import random
import re
import struct
import subprocess
from dataclasses import dataclass

from . import scenario, wire

PACKETS, PACKET = 50, 20_000  # of each side; microseconds of speech in one
SAMPLES = 160
PAUSE = 400_000  # from the ACK to the media
SSRC = 0x5EED0000
SILENCE = b"\xff"  # mu-law
TAG = 10  # bytes, of AES_CM_128_HMAC_SHA1_80


@dataclass(frozen=True)
class Call:
    """A scenario whose media is SRTP, with the keys of its messages, or clear."""

    scenario: str
    is_srtp: bool


# The last one agrees on SRTP, and sends clear media all the same.
CAPTURES = {"calls-with-media": (Call("lync-srtp-tag-2", True), Call("skype-to-lync-clear", False),
                                 Call("lync-srtp-tag-3", False))}


def names():
    """The captures of this module."""
    return list(CAPTURES)


def frames(name):
    """The frames of a capture: signaling and media, by time."""
    after = 0
    for number, call in enumerate(CAPTURES[name]):
        (conversation,) = scenario.load(call.scenario)
        link = wire.TcpConversation(*scenario.endpoints(number), scenario.START + after)
        signaling = list(scenario.play(link, conversation))
        begin = next(time for time, frame in signaling if b"ACK sip:" in frame) + PAUSE
        yield from heapq.merge(signaling, _media(call, conversation, number, begin), key=lambda frame: frame[0])
        after = signaling[-1][0] + scenario.CONVERSATION_GAP - scenario.START


def _media(call, conversation, number, begin):
    """Packets of both sides in turn."""
    texts = [payload.decode("utf-8") for payload in _sdp_messages(conversation)]
    ends = [_end(side, number, *_host(text)) for side, text in enumerate(texts)]
    link = wire.UdpConversation(*ends, begin)
    sides = [_Side(SSRC + 2 * number + side, *(_key(text, _answered_tag(texts[1])) if call.is_srtp else ()))
             for side, text in enumerate(texts)]
    for _ in range(PACKETS):
        for party, side in zip("ab", sides):
            yield from link.send(party, side.packet())
            link.wait(PACKET // 2)


def _sdp_messages(conversation):
    """The INVITE and its 200."""
    offers = [payload for party, payload in conversation.messages if party == "a" and payload.startswith(b"INVITE")]
    answers = [payload for party, payload in conversation.messages
               if party == "b" and payload.startswith(b"SIP/2.0 200") and b"\nm=" in payload]
    return offers[0], answers[0]


def _host(text):
    """Address and port of the last host candidate for UDP: of the newer dialect, if there are bodies of both."""
    return re.findall(r"(?m)^a=candidate:\S+ 1 UDP \d+ (\S+) (\d+) typ host", text)[-1]


def _end(side, number, address, port):
    return wire.Endpoint(f"02:00:00:00:{0x0c + side:02x}:{number:02x}", address, int(port))


def _answered_tag(text):
    """Tag of the crypto line that the answer chose; None if it has none."""
    found = re.search(r"(?m)^a=crypto:(\d+) ", text)
    return found and found[1]


def _key(text, tag):
    """The session key for tags (RFC 3711 4.3) and the key identifier, of the crypto line with this tag.

    openssl makes the key stream.
    """
    line = re.compile(rf"(?m)^a=crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:([^|\s]+)\|2\^31(?:\|(\d+):(\d+))?")
    key, value, length = line.findall(text)[-1]
    master = base64.b64decode(key)
    counter = bytearray(master[16:] + b"\0\0")
    counter[7] ^= 1
    done = subprocess.run(["openssl", "enc", "-aes-128-ctr", "-K", master[:16].hex(), "-iv", counter.hex()],
                          input=bytes(20), capture_output=True, check=True)
    return done.stdout, int(value).to_bytes(int(length), "big") if value else b""


class _Side:
    """What one side sends: silence, or what nobody without its key can tell from noise."""

    def __init__(self, ssrc, key=None, identifier=b""):
        self._ssrc, self._key, self._identifier = ssrc, key, identifier
        self._chance, self._count = random.Random(ssrc), 0

    def packet(self):
        """The next packet."""
        self._count += 1
        header = struct.pack("!BBHII", 0x80, 0, self._count, self._count * SAMPLES, self._ssrc)
        if not self._key:
            return header + SILENCE * SAMPLES
        packet = header + self._chance.randbytes(SAMPLES)
        tag = hmac.digest(self._key, packet + bytes(4), hashlib.sha1)[:TAG]  # without a roll-over (RFC 3711 4.2)
        return packet + self._identifier + tag
