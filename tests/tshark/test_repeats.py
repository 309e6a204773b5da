# SPDX-License-Identifier: GPL-2.0-or-later
"""Datagrams that the capture has twice, as from a mirror port or two taps, and messages that were sent again: each message
is one arrow, and what was sent again is another one."""

import struct
import subprocess
from pathlib import Path

import pytest

from crafted import pcapng, request, scenario, wire
from stage import HANG_SECONDS, SAMPLES, variable
from test_flow_graph import graph
from test_ladder import diagram

INVITE = request("r", headers="ms-comet: 1\r\n")
OTHER = request("r", headers="ms-comet: 2\r\n")
PASSES = {"one pass": (), "two passes": ("-2",)}
AGAIN, SENT = ", again", ", retransmission"
IDENTIFICATION, HOPS = 18, 22  # of IPv4 behind Ethernet


def frame(payload=INVITE, mark=7, hops=64, version=4, port=5060):
    """The frame of a datagram with this identification (in IPv6 there is none) and so many hops left."""
    hosts = ("192.0.2.10", "192.0.2.20") if version == 4 else ("2001:db8::10", "2001:db8::20")
    ends = [wire.Endpoint(f"02:00:00:00:00:0{n + 1}", host, port) for n, host in enumerate(hosts)]
    ((_, data),) = wire.UdpConversation(*ends, 0).send("a", payload)
    data = bytearray(data)
    if version == 4:
        struct.pack_into("!H", data, IDENTIFICATION, mark)
        data[HOPS] = hops
        data[24:26] = checksum(data[14:24] + b"\0\0" + data[26:34])
    return bytes(data)


def checksum(header):
    total = sum(struct.unpack("!10H", header))
    return struct.pack("!H", ~(total % 0xFFFF) & 0xFFFF if total else 0xFFFF)


@pytest.fixture
def arrows(capture, tshark):
    """arrows(*rows): the words of each arrow of the ladder, and the last line. A row: milliseconds, frame."""
    def read(*rows, args=(), condition=""):
        def write(file):
            writer = pcapng.Writer(file)
            for milliseconds, data in rows:
                writer.packet(scenario.START + int(milliseconds * 1000), data)

        lines = diagram(tshark, capture(write), *args, condition=condition)
        drawn = [line.split(": ", 1)[1] for line in lines if ">>" in line]
        return drawn, lines[-1] if "Note" in lines[-1] else None

    return read


ONE = "    Note over p1: 1 copy is left out: this message was captured twice"
TWO = "    Note over p1: 2 copies are left out: these messages were captured twice"


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("later, hops", [(0, 64), (0.02, 64), (150, 64), (0.02, 63), (0.02, 65)])
def test_a_datagram_that_was_captured_twice_is_one_arrow(arrows, passes, later, hops):
    """Also behind a router, which takes one from the hops that are left."""
    assert arrows((0, frame()), (later, frame(hops=hops)), args=passes) == (["INVITE (frame 1)"], ONE)


@pytest.mark.parametrize("later, more, words", [
    (500, {"mark": 8}, SENT),             # another datagram
    (500, {"mark": 0, "first": 0}, SENT),  # no identification: the time tells
    (500, {"version": 6}, SENT),
    (4000, {"mark": 8}, SENT),
    (31_000, {"mark": 8}, SENT),
    (33_000, {"mark": 8}, ""),            # no transaction lasts so long
    (500, {"mark": 7}, AGAIN),            # one identification for all, or a tap with another clock
    (0.02, {"mark": 8}, AGAIN),           # too soon for a timer of SIP
    (0.02, {"mark": 0, "first": 0}, AGAIN),
    (0.02, {"version": 6}, AGAIN),
    (0.02, {"mark": 7, "hops": 62}, AGAIN),
    (300, {"mark": 7}, AGAIN),
])
def test_what_is_no_copy_for_sure_is_drawn(arrows, later, more, words):
    """A wrong copy is worse than two arrows."""
    first = {"mark": more.pop("first", 7), "version": more.get("version", 4)}
    assert arrows((0, frame(**first)), (later, frame(**more))) == (["INVITE (frame 1)", f"INVITE{words} (frame 2)"], None)


def test_retransmissions_of_a_mirror_port(arrows):
    """As Timer A has them, each of them captured twice."""
    rows = [(at + later, frame(mark=10 + number)) for number, at in enumerate((0, 500, 1500, 3500)) for later in (0, 0.01)]
    drawn, note = arrows(*rows)
    assert drawn == ["INVITE (frame 1)"] + [f"INVITE{SENT} (frame {number})" for number in (3, 5, 7)]
    assert note == "    Note over p1: 4 copies are left out: these messages were captured twice"


def test_copies_that_come_after_the_next_datagram(arrows):
    """The second tap is late."""
    rows = [(0, frame(mark=1)), (1, frame(OTHER, mark=2)), (2, frame(mark=1)), (3, frame(OTHER, mark=2))]
    assert arrows(*rows) == (["INVITE (frame 1)", "INVITE (frame 2)"], TWO)


@pytest.mark.parametrize("second", [frame(OTHER), frame(port=5062)])
def test_only_the_same_bytes_between_the_same_ends_are_the_same(arrows, second):
    drawn, note = arrows((0, frame()), (0.02, second))
    assert drawn == ["INVITE (frame 1)", "INVITE (frame 2)"] and note is None


def test_of_what_is_cut_nothing_is_said(arrows):
    """Two messages may differ where the capture ends."""
    whole = frame()
    assert arrows((0, whole[:-2]), (0.02, whole[:-2])) == (["INVITE (frame 1)", "INVITE (frame 2)"], None)


def test_two_taps_with_different_clocks(capture, tshark):
    """No identification tells that it is one datagram, and the time between them is that between the clocks."""
    def write(file):
        writer = pcapng.Writer(file)
        data = frame(mark=0)
        writer.packet(scenario.START, data)
        writer._block(1, struct.pack("<HHI", 1, 0, 0))  # another interface
        at = scenario.START + 600_000
        writer._block(6, struct.pack("<IIIII", 1, at >> 32, at & 0xFFFFFFFF, len(data), len(data)) +
                      data + bytes(-len(data) % 4))

    lines = diagram(tshark, capture(write))
    assert [line.split(": ")[1] for line in lines if ">>" in line] == ["INVITE (frame 1)", "INVITE, again (frame 2)"]


def test_a_log_that_says_it_twice(tshark, scratch):
    """What is in a log no tap has seen."""
    program = Path(variable("SKYPEFED_BINARY_DIR", "the build folder")) / "plugin/log/skypefed-log"
    path = scratch / "twice.pcapng"
    log = (SAMPLES / "logs" / "sipp.txt").read_text()
    path.write_bytes(subprocess.run([program, "-q"], input=(log + log).encode(), check=True, capture_output=True,
                                    timeout=HANG_SECONDS).stdout)
    path.chmod(0o644)
    lines = diagram(tshark, path)
    assert len(lines) > 4 and not any("again" in line or "retransmission" in line or "copies" in line for line in lines)


def test_datagram_in_fragments(capture, tshark):
    """It has no header of IP of its own: its copy is told from a retransmission by the time alone."""
    ends = [wire.Endpoint(f"02:00:00:00:00:0{n + 1}", f"192.0.2.{10 + n}", 5060) for n in range(2)]
    payload = request("r", headers=f"ms-comet: {'x' * 2000}\r\n")

    def write(file):
        writer = pcapng.Writer(file)
        for start in (0, 1000, 900_000):
            frames = wire.UdpConversation(*ends, scenario.START + start).send("a", payload)
            assert len(frames) == 2
            for one in frames:
                writer.packet(*one)

    lines = diagram(tshark, capture(write))
    assert [line.split(": ")[1] for line in lines if ">>" in line] == [
        "INVITE (frame 2)", "INVITE, again (frame 4)", "INVITE, retransmission (frame 6)"]


def test_a_filter_that_leaves_out_the_first_one(arrows):
    assert arrows((0, frame()), (0.02, frame()), condition=",frame.number == 2") == (["INVITE (frame 2)"], None)


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_flow_graph(capture, tshark, passes):
    """Each of two graphs at a time draws all that was sent."""
    def write(file):
        writer = pcapng.Writer(file)
        for milliseconds, mark in ((0, 1), (0.01, 1), (500, 2), (500.01, 2), (520, 3)):
            writer.packet(scenario.START + int(milliseconds * 1000), frame(mark=mark))

    path = capture(write)
    _, drawn = graph(tshark, path, *passes)
    assert [comment for _, _, comment, _ in drawn] == [
        f"call 1, {words}nora@example.org to anna@example.com" for words in ("", "retransmission, ", "again, ")]
    assert [label for _, label, _, _ in drawn] == ["INVITE", "INVITE, retransmissi", "INVITE, again"]
    text = tshark("-r", path, "-q", "-z", "flow,skypefed,network", "-z", "flow,skypefed,network", *passes)
    assert text.count("call 1, retransmission, ") >= 1


def test_a_copy_behind_many_messages(arrows):
    """As long as the time says that it may be one."""
    rows = [(number * 0.02, frame(request(f"m{number}", headers="ms-comet: 1\r\n"), mark=number + 1))
            for number in range(5000)]
    _, note = arrows(*rows, (100, rows[900][1]))
    assert note == ONE


def test_many_messages(capture, tshark):
    """More than are kept in mind: the copy of each comes right behind it."""
    def write(file):
        writer = pcapng.Writer(file)
        for number in range(10_000):
            data = frame(request(f"m{number}", headers="ms-comet: 1\r\n"), mark=number + 1)
            for later in (0, 10):
                writer.packet(scenario.START + number * 1000 + later, data)

    lines = diagram(tshark, capture(write))
    assert lines[-2:] == ["    Note over p1: 8000 more messages are left out",
                          "    Note over p1: 10000 copies are left out: these messages were captured twice"]
