# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a scenario folder and gives its frames.

samples/messages/<scenario>/NN-<a|b>-<what>.sip   one message, sent by `a` (who speaks first) or `b`
samples/messages/<scenario>/<conversation>/...    the same, several conversations in one capture

A name that ends in .bin instead of .sip holds bytes that are no SIP message.  The top Via of the first
message chooses UDP or TCP.  Where the first number is not 01 the capture began late: the numbers before
were sent unseen, and so was the handshake.  There is nothing else to configure.
"""

import heapq
import re
from dataclasses import dataclass
from pathlib import Path

from . import message, wire

MESSAGES = Path(__file__).resolve().parent.parent / "messages"

# 2026-03-02 09:00:00 UTC, in microseconds: the time of the first frame of each capture.
START = 1_772_442_000_000_000
CONVERSATION_GAP = 1_300_000

SIP_PORT = 5060
_CLIENT_PORT = 49_152
_FIRST_HOST = 10

_FILE_NAME = re.compile(r"(?P<number>[0-9]{2})-(?P<party>[ab])-(?P<what>[a-z0-9-]+)\.(sip|bin)")

# RFC 3261 section 17.1.1.1, timer T1.
_RETRANSMISSION = 500_000

# How long a sender waits before it sends such a message, in microseconds; the first row that fits counts.
_PAUSES = (
    (r"SIP/2\.0 1\d\d .*", r".*", 90_000),
    (r"SIP/2\.0 [2-6]\d\d .*", r"\d+ INVITE", 3_200_000),
    (r"BYE .*", r".*", 37_000_000),
    (r"(INVITE|UPDATE) .*", r".*", 8_000_000),
    (r".*", r".*", 40_000),
)


@dataclass(frozen=True)
class Conversation:
    """What two parties send: a list of (party, payload bytes), and whether its beginning was missed."""

    messages: list
    begins_late: bool = False


def names():
    """The scenarios that stand in samples/messages, sorted."""
    return sorted(folder.name for folder in MESSAGES.iterdir() if folder.is_dir())


def load(name):
    """The conversations of a scenario, or the one of "scenario/conversation": a list of Conversation."""
    folder = MESSAGES / name
    inner = sorted(path for path in folder.iterdir() if path.is_dir())
    return [_conversation(path) for path in inner or [folder]]


def endpoints(number, server_port=SIP_PORT, over_tcp=True, version=4):
    """The two ends of conversation `number` (0, 1, ...): documentation addresses, one pair each."""
    host = _FIRST_HOST + number
    client_port = _CLIENT_PORT + number if over_tcp else server_port
    nets = ("192.0.2.", "198.51.100.") if version == 4 else ("2001:db8:a::", "2001:db8:b::")
    return (wire.Endpoint(f"02:00:00:00:0a:{host:02x}", f"{nets[0]}{host}", client_port),
            wire.Endpoint(f"02:00:00:00:0b:{host:02x}", f"{nets[1]}{host}", server_port))


def frames(conversations):
    """All frames of several conversations, merged by time; each begins a little after the one before."""
    return heapq.merge(*(_frames_of(*numbered) for numbered in enumerate(conversations)),
                       key=lambda frame: frame[0])


def play(link, conversation):
    """The frames of one Conversation over a conversation of wire: its messages with plausible pauses."""
    if not conversation.begins_late:
        yield from link.open()
    before = None
    for sent in conversation.messages:
        if before:
            link.wait(_RETRANSMISSION if sent == before else _pause_before(sent[1]))
        yield from link.send(*sent)
        before = sent
    yield from link.close()


def _frames_of(number, conversation):
    start = START + number * CONVERSATION_GAP
    if message.goes_over_udp(conversation.messages[0][1]):
        return play(wire.UdpConversation(*endpoints(number, over_tcp=False), start), conversation)
    return play(wire.TcpConversation(*endpoints(number), start), conversation)


def _conversation(folder):
    messages, first = [], None
    for path in sorted(folder.iterdir()):
        named = _FILE_NAME.fullmatch(path.name)
        if not named:
            raise ValueError(f"{folder.name}/{path.name}: must be named NN-<a|b>-<what>.sip or .bin")
        first = first or named["number"]
        messages.append((named["party"], path.read_bytes()))
    if not messages:
        raise ValueError(f"{folder.name}: no message in this scenario")
    return Conversation(messages, begins_late=first != "01")


def _pause_before(payload):
    first = message.start_line(payload)
    sequence = message.header(payload, "CSeq") or ""
    return next(pause for line, cseq, pause in _PAUSES
                if re.fullmatch(line, first) and re.fullmatch(cseq, sequence))
