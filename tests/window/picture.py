#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes the pictures of Wireshark that the documents show: python3 picture.py list|calls|graph OUTPUT.png

SKYPEFED_PLUGIN_DIR is the folder that holds X.Y/epan/skypefed.so, as for the window tests.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tshark"))

from crafted import calls, pcapng  # noqa: E402  (found by the line above)
from stage import REPOSITORY, Stage, variable  # noqa: E402
import dialogs  # noqa: E402
from desktop import Desktop, until  # noqa: E402
from wireshark_window import WiresharkWindow, in_sight  # noqa: E402

PROFILE = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "plugin" / "profile").iterdir()}

LIST_CAPTURE = "several-calls"
LIST_SIZE = (1280, 800)
LIST_END = 318  # where the packet list ends, in pixels from the top

# List above, details below, no bytes.
LIST_PREFERENCES = """\
gui.layout_type: 1
gui.packet_list_show_minimap: FALSE
gui.column.format: "No.", "%m", "Time", "%t", "Caller", "%Cus:skypefed.caller:0:R",
    "Callee", "%Cus:skypefed.callee:0:R", "Origin", "%Cus:skypefed.origin:0:R",
    "Media security", "%Cus:skypefed.media.security:1:R", "Info", "%i"
"""
COLORS = """\
@Media not encrypted@skypefed.media.security == 1@[64507,44461,42405][0,0,0]
@Encryption optional@skypefed.media.security == 2@[65535,60395,42405][0,0,0]
@Encryption required@skypefed.media.security == 3@[52428,62965,52428][0,0,0]
"""

# Branches to open, from the top: how the line begins, and which of several such lines.
OPEN = (("Skype/Lync Federation", 0), ("Parties:", 0), ("[Origin", 0), ("Media:", 0), ("SDP:", 1))
SELECTED = "[Origin"

TABLE_CAPTURE = "calls-with-media"
TABLE_SIZE = (1280, 196)

GRAPH_CAPTURE = "many-calls"
GRAPH_CALLS = 2000
GRAPH_SEED = 7
GRAPH_SIZE = (900, 700)
GRAPH_INTERVAL = "1 min"
GRAPH_DRAWN = 10  # seconds until the lines are there, which nothing tells
GRAPH_STEPS = 4  # from one second to it, in the list


def arrange_list(window, desktop):
    """The calls of a capture, and the tree of an INVITE."""
    width, height = LIST_SIZE
    window.display_filter("skypefed.media")
    shown = until("the filtered list", lambda: [number for number in window.frames()[:2] if number > 1])
    window.menu("View", "Resize Columns")
    left, bottom = width // 2, window.list_end()
    desktop.drag((left, bottom), (left, LIST_END))
    until("the smaller list", lambda: abs(window.list_end() - LIST_END) < 5)
    for number in (shown[1], shown[0]):  # two clicks, since the first frame may be selected before
        window.select(number)
    for beginning, which in OPEN:
        window.open_branch(beginning, which)
    window.click(window.detail(SELECTED))
    desktop.scroll_down(left, height - 200, 2)
    desktop.drag((width - 1, height - 1), (width - 1, height - 1))  # the pointer out of the way


def arrange_calls(window, desktop):
    """The call table, in which what flowed stands beside what was agreed."""
    dialog = dialogs.call_table(window)
    until("three calls", lambda: len(dialogs.calls(dialog)) == 4)
    desktop.fill_with(dialogs.CALLS)
    until("a large dialog", lambda: dialog.place()[2] > TABLE_SIZE[0] - 50)


def arrange_graph(window, desktop):
    """The lines of the profile in Statistics > I/O Graphs, by the minute."""
    window.menu("Statistics", "I/O Graphs")
    dialog = window.window("dialog", "I/O Graphs")
    time.sleep(GRAPH_DRAWN)
    interval = in_sight(dialog, "combo box", "1 sec")
    window.click(interval)
    for _ in range(GRAPH_STEPS):
        window.keys("Down")
    window.keys("Return")
    until("the interval", lambda: interval.name == GRAPH_INTERVAL)
    window.click(in_sight(dialog, "push button", "Reset"))
    time.sleep(GRAPH_DRAWN)


def write_many_calls(path):
    """Calls of all kinds, as the tests of many calls have them."""
    with open(path, "wb") as file:
        writer = pcapng.Writer(file)
        for frame in calls.frames(GRAPH_CALLS, GRAPH_SEED):
            writer.packet(*frame)


PICTURES = {
    "list": (LIST_CAPTURE, LIST_SIZE, {"preferences": LIST_PREFERENCES, "colorfilters": COLORS}, arrange_list),
    "calls": (TABLE_CAPTURE, TABLE_SIZE, {"preferences": LIST_PREFERENCES}, arrange_calls),
    "graph": (GRAPH_CAPTURE, GRAPH_SIZE, PROFILE, arrange_graph),
}


def main(which, output):
    name, size, config, arrange = PICTURES[which]
    stage = Stage(variable("SKYPEFED_PLUGIN_DIR", "folder that holds X.Y/epan/skypefed.so"))
    try:
        write_many_calls(stage.samples / f"{GRAPH_CAPTURE}.pcapng")
        desktop = Desktop(stage, size)
        try:
            window = WiresharkWindow(desktop, stage, stage.samples / f"{name}.pcapng", config)
            arrange(window, desktop)
            output.write_bytes(desktop.picture())
        finally:
            desktop.close()
    finally:
        stage.close()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in PICTURES:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
