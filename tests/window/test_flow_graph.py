# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics > Flow Graph draws our messages, all of them or those of the display filter."""

import dialogs
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
