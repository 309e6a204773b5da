# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics > Flow Graph draws our messages, all of them or those of the display filter."""

import pytest

import dialogs
from crafted import pcapng, request, scenario, wire
from desktop import eventually
from truth import Truth

CAPTURE = "federation-failure"


def test_our_messages_are_drawn(open_window, stage):
    truth = Truth(stage, stage.samples / f"{CAPTURE}.pcapng", "")
    with open_window(CAPTURE) as window:
        for where, ends in (("skypefed", 6), ("skypefed.call == 2", 2)):
            expected = f"{ends} node(s), {len(truth.frames(where))} item(s)"
            window.display_filter(where)
            with dialogs.flow_graph(window) as graph:
                dialogs.limit_to_filter(window, graph)
                assert eventually(lambda: dialogs.flow_size(graph), expected) == expected


@pytest.fixture
def doubled(stage):
    """Name of a capture of a mirror port: an INVITE that is sent twice, and an OPTIONS, each captured twice."""
    rows = ((0, request("d", headers="ms-comet: 1\r\n"), 0), (500_000, request("d", headers="ms-comet: 1\r\n"), 1),
            (900_000, request("o", start="OPTIONS sip:anna@example.com SIP/2.0", headers="ms-comet: 1\r\n"), 2))
    ends = [wire.Endpoint(f"02:00:00:00:00:0{n + 1}", f"192.0.2.{10 + n}", 5060) for n in range(2)]
    with open(stage.samples / "doubled.pcapng", "wb") as capture:
        writer = pcapng.Writer(capture)
        for at, message, sent_before in rows:
            link = wire.UdpConversation(*ends, scenario.START + at)
            for _ in range(sent_before):
                link.send("a", b"")  # takes the next identification
            for now, frame in link.send("a", message):
                writer.packet(now, frame)
                writer.packet(now + 20, frame)
    return "doubled"


def test_each_drawing_leaves_out_what_was_captured_twice(open_window, doubled):
    """It is drawn anew for each filter, and forgets what it drew before."""
    with open_window(doubled) as window:
        for where, count in (("skypefed", 3), ("skypefed.call == 1", 2), ("skypefed", 3)):
            window.display_filter(where)
            with dialogs.flow_graph(window) as graph:
                dialogs.limit_to_filter(window, graph)
                expected = f"2 node(s), {count} item(s)"
                assert eventually(lambda: dialogs.flow_size(graph), expected) == expected
