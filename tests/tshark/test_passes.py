# SPDX-License-Identifier: GPL-2.0-or-later
"""One pass and two passes tell the same, and so do messages however they are cut into segments.

The second pass of `tshark -2` sees what the Wireshark window sees: no wanted fields, and other data
sources than the first pass had. TCP reassembly lays out its buffers differently on each.
"""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from crafted import MESSAGES, catalog, message, stream, write_one_by_one
from later import LATER

SEGMENTS = (100, 137, 255, 536, 1000, 1460, 2920, 5000)
PASSES = {"one pass": (), "two passes": ("-2",)}

# Frame numbers and times, which differ with the segments.
FRAMES = (*LATER, "skypefed.call.offer_in", "skypefed.call.duration", "skypefed.call.begins_in",
          "skypefed.conference.request_in", "skypefed.conference.time", "skypefed.messaging.request_in")

# Enough that the stream crosses every boundary many times over.
FEWEST_MESSAGES = 200

# Wireshark reassembles no message whose length is in the compact `l:`.
LENGTH = re.compile(rb"(?im)^Content-Length[ \t]*:")


def streamable_messages():
    """The sample messages that Wireshark finds in a stream; it loses the rest of one at some of the broken ones."""
    sound = [path.read_bytes() for path in sorted(MESSAGES.rglob("*.sip")) if "broken-" not in str(path)]
    return [content for content in sound if LENGTH.search(message.split(content)[0])]


def trees(tshark, path, *passes):
    """What the details pane shows of each message: a list of (name, text shown, value) in the order of the tree."""
    packets = ElementTree.fromstring(tshark("-r", path, "-Y", "skypefed", "-T", "pdml", *passes))
    return [[(field.get("name"), field.get("showname"), field.get("show")) for field in protocol.iter()
             if field.get("name") not in FRAMES]
            for protocol in packets.iterfind("packet/proto[@name='skypefed']")]


def joined(frames):
    """The values of all frames, field by field: where frames begin does not matter."""
    values = {}
    for frame in frames:
        for name, found in frame.items():
            if name not in FRAMES:
                values.setdefault(name, []).extend(found)
    return values


def without_later(frame):
    """The fields of a frame but for those that later frames tell."""
    return {name: values for name, values in frame.items() if name not in LATER}


@pytest.fixture(scope="module")
def alone(capture):
    """A capture in which no message shares a frame with another."""
    return capture(lambda file: write_one_by_one(file, streamable_messages()))


@pytest.fixture(scope="module")
def trees_alone(tshark, alone):
    return trees(tshark, alone)


@pytest.fixture(scope="module")
def values_alone(decoded, alone):
    return joined(decoded(alone))


@pytest.mark.parametrize("name", catalog.names())
def test_sample_is_the_same_in_two_passes(name, decoded, samples):
    path = samples / (name + ".pcapng")
    once, twice = decoded(path), decoded(path, args=("-2",))
    assert [without_later(frame) for frame in twice] == once == [without_later(frame) for frame in once]
    assert bool(once) == (name != "plain-sip")


def test_messages_alone_are_all_decoded(trees_alone, values_alone, fields, alone):
    """What the streams below are compared with: a tree for each message of a call that has a mark."""
    frames = fields(alone, "sip.Call-ID", "skypefed.caller", where="sip", plugin=True)
    assert len(frames) == len(streamable_messages()) >= FEWEST_MESSAGES
    assert sum(len(frame["skypefed.caller"]) for frame in frames) == len(values_alone["skypefed.caller"])
    assert len(trees_alone) >= FEWEST_MESSAGES


def test_messages_alone_in_two_passes(tshark, decoded, alone, trees_alone, values_alone):
    assert trees(tshark, alone, "-2") == trees_alone
    assert joined(decoded(alone, args=("-2",))) == values_alone


@pytest.mark.parametrize("passes", PASSES)
@pytest.mark.parametrize("segment", SEGMENTS)
def test_stream_of_all_messages(segment, passes, tshark, decoded, capture, trees_alone, values_alone):
    path = capture(lambda file: stream.write(file, streamable_messages(), segment))
    shown = trees(tshark, path, *PASSES[passes])
    assert len(shown) == len(trees_alone)
    for tree, expected in zip(shown, trees_alone):
        assert tree == expected
    # The same for an invisible tree, such as columns and display filters have.
    assert joined(decoded(path, args=PASSES[passes])) == values_alone
