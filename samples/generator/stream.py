# SPDX-License-Identifier: GPL-2.0-or-later
"""A capture of any bytes on one TCP connection to the SIP port; what tests need beyond the samples."""

from . import scenario, wire
from .pcapng import Writer


def write(file, payloads, segment=None):
    """Write a capture to the open binary file in which "a" sends `payloads` (bytes) as one stream.

    The stream is cut every `segment` bytes, wherever messages begin and end; None: full Ethernet frames.
    """
    link = wire.TcpConversation(*scenario.endpoints(0), scenario.START, segment=segment)
    writer = Writer(file)
    for microseconds, frame in scenario.play(link, scenario.Conversation([("a", b"".join(payloads))])):
        writer.packet(microseconds, frame)
