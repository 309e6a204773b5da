# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of several scenarios at once, among traffic that is no SIP.

What a user sees in practice: calls that overlap, with and without Microsoft marks, name lookups and web
traffic in between.
"""

import heapq
import struct

from . import scenario, wire

# Capture -> the scenarios it is made of, or single conversations of one (scenario/conversation).
MIXTURES = {
    "several-calls": (
        "plain-sip/1-call-udp",
        "skype-to-lync-clear",
        "plain-sip/3-call-tcp",
        "lync-srtp-tag-2",
        "srtp-declined",
        "video-refused",
        "skype-to-lync-invite",
    ),
}

_DNS_PORT = 53
_DNS_RECURSE = 0x0100
_DNS_SRV = 33
_DNS_INTERNET = 1
_HTTP_PORT = 80
_SYSLOG_PORT = 514
_LOOKUPS = ("_sipfederationtls._tcp.example.org", "edge.example.com", "_sip._tls.example.com")
_NOISE_GAP = 1_700_000
_NOISE_HOST = 100

_WEB = (
    ("a", b"GET /status HTTP/1.1\r\nHost: www.example.com\r\n\r\n"),
    ("b", b"HTTP/1.1 204 No Content\r\nDate: Mon, 02 Mar 2026 09:00:03 GMT\r\n\r\n"),
)
_SYSLOG = (("a", b"<134>1 2026-03-02T09:00:05Z pool01.example.com monitor - - - service up"),)


def names():
    """The captures of this module."""
    return list(MIXTURES)


def frames(name):
    """The frames of a mixture, merged by time."""
    calls = [conversation for part in MIXTURES[name] for conversation in scenario.load(part)]
    return heapq.merge(scenario.frames(calls), *_noise(), key=lambda frame: frame[0])


def _noise():
    lookups = [("a", _srv_query(number, name)) for number, name in enumerate(_LOOKUPS)]
    yield _play(wire.UdpConversation, 0, _DNS_PORT, lookups, 400_000)
    yield _play(wire.TcpConversation, 1, _HTTP_PORT, _WEB, 2_900_000)
    yield _play(wire.UdpConversation, 2, _SYSLOG_PORT, _SYSLOG, 5_200_000)


def _srv_query(number, name):
    """A DNS question for the SRV records of `name` (RFC 1035 section 4.1)."""
    labels = b"".join(bytes([len(label)]) + label.encode("ascii") for label in name.split(".")) + b"\0"
    header = struct.pack(">6H", 0x5100 + number, _DNS_RECURSE, 1, 0, 0, 0)
    return header + labels + struct.pack(">2H", _DNS_SRV, _DNS_INTERNET)


def _play(kind, number, port, messages, after):
    link = kind(*scenario.endpoints(_NOISE_HOST + number, server_port=port), scenario.START + after)
    yield from link.open()
    for party, payload in messages:
        yield from link.send(party, payload)
        link.wait(_NOISE_GAP)
    yield from link.close()
