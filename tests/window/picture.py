#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes the picture of Wireshark that README.md shows: python3 picture.py OUTPUT.png

SKYPEFED_PLUGIN_DIR is the folder that holds X.Y/epan/skypefed.so, as for the window tests.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tshark"))

from stage import Stage, variable  # noqa: E402  (found by the line above)
from desktop import Desktop, until  # noqa: E402
from wireshark_window import WiresharkWindow  # noqa: E402

CAPTURE = "several-calls.pcapng"
SIZE = (1280, 800)
LIST_END = 318  # where the packet list ends, in pixels from the top

# List above, details below, no bytes.
PREFERENCES = """\
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


def arrange(window, desktop):
    """Makes the window show what the picture is about."""
    window.display_filter("skypefed.media")
    shown = until("the filtered list", lambda: [number for number in window.frames()[:2] if number > 1])
    window.menu("View", "Resize Columns")
    left, bottom = SIZE[0] // 2, window.list_end()
    desktop.drag((left, bottom), (left, LIST_END))
    until("the smaller list", lambda: abs(window.list_end() - LIST_END) < 5)
    for number in (shown[1], shown[0]):  # two clicks, since the first frame may be selected before
        window.select(number)
    for beginning, which in OPEN:
        window.open_branch(beginning, which)
    window.click(window.detail(SELECTED))
    desktop.scroll_down(left, SIZE[1] - 200, 2)
    desktop.drag((SIZE[0] - 1, SIZE[1] - 1), (SIZE[0] - 1, SIZE[1] - 1))  # the pointer out of the way


def main(output):
    stage = Stage(variable("SKYPEFED_PLUGIN_DIR", "folder that holds X.Y/epan/skypefed.so"))
    try:
        desktop = Desktop(stage, SIZE)
        try:
            window = WiresharkWindow(desktop, stage, stage.samples / CAPTURE,
                                     {"preferences": PREFERENCES, "colorfilters": COLORS})
            arrange(window, desktop)
            output.write_bytes(desktop.picture())
        finally:
            desktop.close()
    finally:
        stage.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
