# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages and captures that tests make for themselves, through the generator of the samples."""

import sys

from stage import REPOSITORY

SAMPLES = REPOSITORY / "samples"
MESSAGES = SAMPLES / "messages"
sys.path.insert(0, str(SAMPLES))

from generator import (  # noqa: E402, F401  (found by the line above; the tests take the modules from here)
    broken, calls, call_text, catalog, message, mixture, pcapng, scenario, stream, variants, wire)

SUITE = "AES_CM_128_HMAC_SHA1_80"
# 30 bytes of key and salt each, base64.
KEYS = ("XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc", "ZGxzaJmwYPXAShdAXk5LYN7inCyHPCrwppGMJL8e",
        "2ffhbQFPGI2bdThhrSluK3RBHF0Mcv/k+PNQYJlW")

_MICROSECONDS_BETWEEN = 1_000_000


def crypto(tag, key=KEYS[0], suite=SUITE, rest="|2^31"):
    """One a=crypto line of a body."""
    return f"a=crypto:{tag} {suite} inline:{key}{rest}\r\n"


def stream_of(profile, *lines, kind="audio", port=50018, formats="0"):
    """One m= section of a body; `lines` are further lines, each with its line end."""
    return f"m={kind} {port} {profile} {formats}\r\n" + "".join(lines)


def session(*sections):
    """An SDP body of the sections given."""
    return ("v=0\r\no=- 0 0 IN IP4 192.0.2.10\r\ns=session\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n"
            + "".join(sections))


def request(name, body="", headers="", start="INVITE sip:anna@example.com SIP/2.0",
            sender="<sip:nora@example.org>;epid=2539071F25;tag=7166e331a", receiver="<sip:anna@example.com>",
            content_type="application/sdp"):
    """A message (bytes) whose Call-ID is `name`; by default an INVITE with one Microsoft mark, the epid.

    headers: further header lines, each with its line end. Content-Length is true.
    """
    method = start.split()[0] if start.endswith("SIP/2.0") else "INVITE"
    kind = f"Content-Type: {content_type}\r\n" if body else ""
    text = (f"{start}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-{name}\r\nFrom: {sender}\r\n"
            f"To: {receiver}\r\nCall-ID: {name}\r\nCSeq: 1 {method}\r\n{headers}{kind}Content-Length: 0\r\n\r\n{body}")
    return message.with_true_length(text.encode("utf-8"))


# Private addresses: behind them may be anybody, also Teams.
BEHIND_NAT = tuple(wire.Endpoint(f"02:00:00:00:0c:{host:02x}", f"10.0.0.{host}", 5060) for host in (1, 2))


def write_datagrams(file, payloads, ends=scenario.endpoints(0, over_tcp=False)):
    """Writes a capture in which each payload (bytes) is a UDP datagram, all between the same two ends."""
    writer = pcapng.Writer(file)
    for number, payload in enumerate(payloads):
        link = wire.UdpConversation(*ends, scenario.START + number * _MICROSECONDS_BETWEEN)
        for frame in link.send("a", payload):
            writer.packet(*frame)


def write_one_by_one(file, payloads):
    """Writes a capture in which "a" sends the payloads on one TCP connection, each in frames of its own."""
    link = wire.TcpConversation(*scenario.endpoints(0), scenario.START, segment=wire.OFFLOADED_SEGMENT)
    writer = pcapng.Writer(file)
    for frame in scenario.play(link, scenario.Conversation([("a", payload) for payload in payloads])):
        writer.packet(*frame)


def written(makers):
    """A function that writes a capture of the frames that each of these makes of its number, which sets its ends."""
    def to(file):
        writer = pcapng.Writer(file)
        for number, maker in enumerate(makers):
            for frame in maker(number):
                writer.packet(*frame)

    return to


def datagram(payload, sender, receiver):
    """A function for written(): the frames of one datagram, between two hosts of a documentation network."""
    def frames(number):
        ends = [wire.Endpoint(f"02:00:00:00:0a:{host:02x}", f"192.0.2.{host}", 5060) for host in (sender, receiver)]
        return wire.UdpConversation(*ends, scenario.START + number * 1_000_000).send("a", payload)
    return frames


def calls_written(count, seed, truth):
    """A function that writes a capture of so many generated calls, and appends the truth about each to `truth`."""
    def to(file):
        writer = pcapng.Writer(file)
        for frame in calls.frames(count, seed=seed, truth=truth):
            writer.packet(*frame)

    return to
