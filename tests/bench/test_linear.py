# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin's time is linear in the size of a message and in their number; figures are printed with `pytest -rP`."""

import struct

import pytest

from callgrind import instructions, instructions_of_calls
from crafted import broken, pcapng, scenario, wire, write_datagrams, write_one_by_one
from websocket import conversation, masked

FEW, MANY = 5_000, 10_000
MOST_FOR_TWICE = 2.2

# Stock gives a frame up when its layers reach the depth of its tree; each part is one or two of them.
PARTS = {"parts": (100, 200)}

# Messages as short as they can be, and as many as fit in a frame, which has 262,144 bytes at most.
TINY = {
    "messages of servers": (b"ACK a:b SIP/2.0\r\nl:0\r\n\r\n", 10_000),
    "messages of users": (b"ACK a:b SIP/2.0\r\nf:sip:a@b\r\nl:0\r\n\r\n", 7_000),
    "messages that we show": (b"ACK a:b SIP/2.0\r\nf:<sip:a@b>;epid=1\r\nl:0\r\n\r\n", 5_400),
}
MOST_FOR_FRAME = 2.0

# Each in a data source of its own, and so many layers that stock just does not give up.
SOURCES = {
    "servers": "ACK a:b SIP/2.0\r\ni:{:05}\r\nl:0\r\n\r\n",
    "users": "ACK a:b SIP/2.0\r\nf:sip:{:05}@b\r\nl:0\r\n\r\n",
    "Microsoft's": "ACK a:b SIP/2.0\r\nf:<sip:{:05}@b>;epid=1\r\nl:0\r\n\r\n",
}
SOURCE_COUNT = 400
DATAGRAM = 60_000  # bytes

TAG_DISSECTOR_NAME = 12  # of exported PDUs


def test_time_is_linear(stage):
    """Twice the elements of any kind cost at most a little more than twice the instructions."""
    kinds = broken.names()
    payloads = [broken.many(kind, count) for kind in kinds for count in PARTS.get(kind, (FEW, MANY))]
    path = stage.top / "many.pcapng"
    with open(path, "wb") as file:
        write_one_by_one(file, payloads)
    path.chmod(0o644)
    # One call of the plugin for each frame; those that end a message are no cheaper than a thousand of the others.
    calls = [count for count in instructions_of_calls(stage, "dissect_skypefed", ("-r", path)) if count > 20_000]
    assert len(calls) == len(payloads)
    ratios = {}
    for kind, few, many in zip(kinds, calls[::2], calls[1::2]):
        ratios[kind] = many / few
        print(f"{kind}: {few:,} and {many:,} instructions, {ratios[kind]:.2f} times")
    assert {kind: ratio for kind, ratio in ratios.items() if ratio > MOST_FOR_TWICE} == {}


def upper_pdu(payload):
    """A frame that gives the payload to the SIP dissector for streams, which looks for one message after the other."""
    name = b"sip.tcp\0"
    return struct.pack(">HH", TAG_DISSECTOR_NAME, len(name)) + name + struct.pack(">HH", 0, 0) + payload


@pytest.mark.parametrize("kind", TINY)
def test_many_messages_in_a_frame(kind, stage):
    """A frame full of tiny messages costs at most twice what it costs stock."""
    tiny, count = TINY[kind]
    path = stage.top / "tiny.pcapng"
    with open(path, "wb") as file:
        pcapng.Writer(file, pcapng.LINKTYPE_WIRESHARK_UPPER_PDU).packet(0, upper_pdu(tiny * count))
    path.chmod(0o644)
    stock, ours = (instructions(stage, ("-r", path), plugin) for plugin in (False, True))
    print(f"{count:,} {kind}: stock {stock:,}, with the plugin {ours:,} instructions, {ours / stock:.2f} times")
    assert stock < ours <= MOST_FOR_FRAME * stock


@pytest.mark.parametrize("kind", ("messages of servers", "messages that we show"))
def test_many_messages_in_a_datagram(kind, stage):
    """As many as fit: the first one is the datagram's message, for stock and for us."""
    tiny, _ = TINY[kind]
    count = DATAGRAM // len(tiny)
    path = stage.top / "datagram.pcapng"
    with open(path, "wb") as file:
        write_datagrams(file, [tiny * count])
    path.chmod(0o644)
    stock, ours = (instructions(stage, ("-r", path), plugin) for plugin in (False, True))
    print(f"{count:,} {kind}: stock {stock:,}, with the plugin {ours:,} instructions, {ours / stock:.2f} times")
    assert stock < ours <= MOST_FOR_FRAME * stock


@pytest.mark.parametrize("kind", SOURCES)
def test_many_data_sources_in_a_frame(kind, stage):
    """A segment full of tiny frames of a WebSocket, each with a message: none is held against all others."""
    path = stage.top / "sources.pcapng"
    frames_sent = [masked(SOURCES[kind].format(number).encode("ascii")) for number in range(SOURCE_COUNT)]
    with open(path, "wb") as file:
        writer = pcapng.Writer(file)
        for frame in conversation(*scenario.endpoints(0, server_port=80), scenario.START, frames_sent):
            writer.packet(*frame)
    path.chmod(0o644)
    stock, ours = (instructions(stage, ("-r", path), plugin) for plugin in (False, True))
    print(f"{SOURCE_COUNT} data sources, messages of {kind}: stock {stock:,}, with the plugin {ours:,} instructions, "
          f"{ours / stock:.2f} times")
    assert stock < ours <= MOST_FOR_FRAME * stock


def test_rest_of_a_message_that_repeats_itself(stage):
    """What comes after the end of a message looks like the message in every place: that is given up."""
    costs = []
    for count in (15_000, 30_000):
        filler = b"a" * count
        whole = b"MESSAGE a:b SIP/2.0\r\nContent-Length: %d\r\n\r\n" % (count + 1) + filler + b"Y"
        link = wire.TcpConversation(*scenario.endpoints(0), scenario.START, segment=2 * count)
        talk = [("a", whole[:-1]), ("a", whole[-1:] + b"SIP/2.0 200 OK\r\n" + filler)]
        path = stage.top / "rest.pcapng"
        with open(path, "wb") as file:
            writer = pcapng.Writer(file)
            for frame in scenario.play(link, scenario.Conversation(talk)):
                writer.packet(*frame)
        path.chmod(0o644)
        costs.append(max(instructions_of_calls(stage, "dissect_skypefed", ("-r", path))))
    print(f"a rest that repeats itself: {costs[0]:,} and {costs[1]:,} instructions, {costs[1] / costs[0]:.2f} times")
    assert 100_000 < costs[0] and costs[1] <= MOST_FOR_TWICE * costs[0]
