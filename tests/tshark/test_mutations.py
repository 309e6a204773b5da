# SPDX-License-Identifier: GPL-2.0-or-later
"""A message reads the same on every pass, however broken it is and however it travels.

Messages made by chance from the samples, in datagrams, alone in a segment, beside others and cut into
segments, are read with and without a tree, in one pass, in two, and in any order. More of them, by hand:
    SKYPEFED_MUTATIONS=10000 SKYPEFED_SEED=1 ctest -R tshark-mutations
"""

import os
import random
import xml.etree.ElementTree as ElementTree

import pytest

import mutations
import sharkd
from crafted import crypto, request, session, stream_of, written
from later import LATER, LATER_LABELS

COUNT = int(os.environ.get("SKYPEFED_MUTATIONS", "1000"))
SEED = int(os.environ.get("SKYPEFED_SEED", str(mutations.SEED)))
CLICKS = 200  # frames looked at in any order

# What differs between the ways of one message: numbers of calls and frames, and what other calls they belong with.
NUMBERS = ("skypefed.call", "skypefed.call.offer_in", "skypefed.call.transferred_from", "skypefed.conversation_number",
           "skypefed.conversation_number.evidence", *LATER)

# Wireshark does not put segments together for a length on a line of its own.
FOLDED = b"\r\n %d"

SEGMENTS = (100, 137, 536, 1460)

# Each code has a field of its own. Wireshark 4.0 shows the second one of a name in a column as what memory holds.
CODED = ("skypefed.expert.diagnostics", "skypefed.expert.reported_failure", "skypefed.expert.conference_failed",
         "skypefed.expert.reason")


def frames_of(number, content):
    """The frames of a mutated message: each way in turn."""
    ways = (lambda: mutations.datagram(number, content),
            lambda: mutations.connection(number, [content]),
            lambda: mutations.connection(number, [sound(f"before-{number}"), content, sound(f"after-{number}")]),
            lambda: mutations.connection(number, [content], SEGMENTS[number // 4 % len(SEGMENTS)]))
    return ways[number % len(ways)]()


def sound(name):
    """A message without fault, the same for all names but for its Call-ID."""
    body = session(stream_of("RTP/AVP", crypto(1), "a=x-caps:263 263:1920:1080:30.0:200000:1;\r\n"))
    return mutations.named(request("sound", body), name)


def not_read_again(fields, path):
    """Frames whose SIP Wireshark itself reads on one pass only, as of a length that ends in the middle of a segment."""
    once, twice = ({row["frame.number"][0] for row in fields(path, "frame.number", args=args, where="sip")}
                   for args in ((), ("-2",)))
    return {int(number) for number in once ^ twice}


@pytest.fixture(scope="module")
def mutated(capture, fields):
    """The capture, without the messages that Wireshark itself does not read the same on every pass."""
    contents = mutations.messages(COUNT, SEED)
    frames = [list(frames_of(number, content)) for number, content in enumerate(contents)]
    path = capture(written([lambda _, rows=rows: rows for rows in frames]))
    odd = not_read_again(fields, path)
    kept, last = [], 0
    for rows in frames:
        first, last = last + 1, last + len(rows)
        if not any(first <= number <= last for number in odd):
            kept.append(rows)
    assert len(kept) >= COUNT * 0.99
    return capture(written([lambda _, rows=rows: rows for rows in kept])) if odd else path


@pytest.fixture(scope="module")
def shown(fields, field_names):
    """shown(path, *arguments): all that we show of each frame: frame number -> name -> values."""
    def read(path, *arguments):
        rows = fields(path, "frame.number", *field_names, args=arguments)
        return {int(row.pop("frame.number")[0]): {name: values for name, values in row.items() if values and name not in LATER}
                for row in rows}

    return read


def without_silent(frames):
    return {number: row for number, row in frames.items() if row}


@pytest.fixture(scope="module")
def one_pass(shown, mutated):
    return without_silent(shown(mutated))


def differences(one, other):
    """Frame number -> the fields that differ."""
    return {number: sorted(name for name in {**one.get(number, {}), **other.get(number, {})}
                           if one.get(number, {}).get(name) != other.get(number, {}).get(name))
            for number in sorted({*one, *other}) if one.get(number) != other.get(number)}


def test_mutations_are_worth_it(one_pass, mutated, shown):
    """Most messages are still found; many of them are faulty."""
    assert len(one_pass) > COUNT * 0.6
    assert sum("skypefed.expert.malformed" in row for row in one_pass.values()) > COUNT * 0.2


@pytest.mark.parametrize("arguments", [("-2",), ("-2", "-Y", "skypefed")], ids=["no tree", "a tree for a filter"])
def test_two_passes(arguments, shown, mutated, one_pass):
    assert differences(without_silent(shown(mutated, *arguments)), one_pass) == {}


@pytest.fixture(scope="module")
def columns(tshark, field_names):
    """columns(path, *arguments): the fields as columns, for which a tree is built that nobody sees: frame -> line."""
    names = [name for name in field_names if name not in LATER and name not in CODED]
    layout = ",".join(f'"{name}","%Cus:{name}:0:U"' for name in names)

    def read(path, *arguments):
        printed = tshark("-r", path, "-o", 'gui.column.format:"No.","%m",' + layout, "-T", "tabs", *arguments)
        lines = dict(line.split("\t", 1) for line in printed.split("\n") if "\t" in line)
        return {int(number): line for number, line in lines.items() if number.strip().isdigit() and line.strip()}

    return read


def test_columns(columns, mutated, one_pass):
    once, twice = columns(mutated), columns(mutated, "-2")
    assert {number for number in {*once, *twice} if once.get(number) != twice.get(number)} == set()
    assert once.keys() == one_pass.keys()


def test_calls(tshark, mutated):
    """The table of calls, which needs no tree."""
    table = tshark("-r", mutated, "-q", "-z", "skypefed,calls")
    assert tshark("-2", "-r", mutated, "-q", "-z", "skypefed,calls") == table
    assert table in tshark("-r", mutated, "-q", "-z", "skypefed,calls", "-z", "io,phs")
    assert table.count("\n") > COUNT * 0.3


def without_later(lines):
    return [line for line in lines if not any(label in line for label in LATER_LABELS)]


def labels(packet):
    """The lines of our trees of a packet."""
    lines = [field.get("showname") or field.get("show") for tree in packet.iterfind("proto[@name='skypefed']")
             for field in tree.iter() if field.get("hide") != "yes"]
    return without_later(lines)


def test_clicks(tshark, stage, mutated, one_pass):
    """What a click on a frame shows in the window, which loads a capture without a tree."""
    found = tshark("-r", mutated, "-Y", "skypefed", "-T", "fields", "-e", "frame.number")
    assert {int(number) for number in found.split()} == one_pass.keys()
    clicks = random.Random(SEED).sample(sorted(one_pass), min(CLICKS, len(one_pass)))
    chosen = "frame.number in {" + ", ".join(map(str, sorted(clicks))) + "}"
    packets = ElementTree.fromstring(tshark("-r", mutated, "-Y", chosen, "-T", "pdml"))
    expected = {int(packet.find("proto/field[@name='num']").get("show")): labels(packet) for packet in packets}
    assert expected.keys() == set(clicks)
    shown = sharkd.ask(stage, mutated, [("frame", {"frame": number, "proto": True}) for number in clicks])
    for number, result in zip(clicks, shown):
        assert without_later(sharkd.labels(result["tree"])) == expected[number]


def all_ways(content):
    """What makes the frames of a message: in a datagram, alone in a segment, in many, and between two others."""
    return (lambda number: mutations.datagram(number, content),
            lambda number: mutations.connection(number, [content]),
            lambda number: mutations.connection(number, [content], 100),
            lambda number: mutations.connection(number, [sound(f"before-{number}"), content, sound(f"after-{number}")]))


@pytest.mark.parametrize("arguments", [(), ("-2",)], ids=["one pass", "two passes"])
def test_lengths(arguments, shown, capture):
    """A message reads the same in all ways, whatever its Content-Length says."""
    contents = [mutations.with_length(sound(f"length-{number}"), written)
                for number, written in enumerate((b"%d", *mutations.LENGTHS)) if written != FOLDED]
    path = capture(written([way for content in contents for way in all_ways(content)]))
    rows = [{name: values for name, values in row.items() if name not in NUMBERS}
            for row in shown(path, *arguments).values() if row]
    assert len(rows) == 4 * len(contents)
    usual = rows[0]
    for content, *ways in zip(contents, rows[::4], rows[1::4], rows[2::4], rows[3::4]):
        datagram, alone, segments, between = ways
        assert alone == datagram and segments == datagram, content
        expected = {name: usual.get(name, []) + datagram.get(name, []) + usual.get(name, [])
                    for name in {*usual, *datagram}}
        assert between == expected, content


def test_lengths_that_cannot_be_read_leave_no_body(shown, capture):
    sound_one = sound("length")
    contents = [mutations.with_length(sound_one, written) for written in (b"%d", b"abc", b"%d bytes", b"")]
    path = capture(written([lambda number, content=content: mutations.datagram(number, content) for content in contents]))
    streams = ["skypefed.media.security" in row for row in shown(path).values()]
    assert streams == [True, False, False, False]


@pytest.mark.parametrize("extra", ["", "X-Other: a\r\r\n"], ids=["Content-Length", "another header"])
@pytest.mark.parametrize("segment", [90, 100, 137])
def test_return_alone(segment, extra, shown, capture):
    """A carriage return too many ends the headers for Wireshark, which cuts the end of the body off on later passes."""
    text = "Call skype:anna.live?chat or skype:ben.live?add"
    one = request("return", text, start="MESSAGE sip:anna@example.com SIP/2.0", content_type="text/plain")
    one = mutations.with_length(one, b"%d" if extra else b"%d\r").replace(b"\r\n\r\n", b"\r\n" + extra.encode() + b"\r\n", 1)
    path = capture(written([lambda number: mutations.connection(number, [one], segment)]))
    once, twice = without_silent(shown(path)), without_silent(shown(path, "-2"))
    assert once == twice
    [row] = once.values()
    assert row["skypefed.skype_uri"] == ["skype:anna.live?chat", "skype:ben.live?a"]
