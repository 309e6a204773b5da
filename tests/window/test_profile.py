# SPDX-License-Identifier: GPL-2.0-or-later
"""The profile "SkypeFed" in the window: the list alone says what failed and why, and failures are red."""

from desktop import eventually, until
from stage import REPOSITORY

PROFILE = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "plugin" / "profile").iterdir()}
RED = (255, 173, 173)


def test_list_says_what_failed_and_why(open_window):
    with open_window("federation-failure", **PROFILE) as window:
        window.display_filter("sip.Status-Code == 504")
        rows = until("three failures in the list", lambda: [row for row in window.packets()] if len(
            window.frames()) == 3 else None)
        assert [row["Outcome"] for row in rows] == ["Refused"] * 3
        assert [row["Info"].split(" | ")[1] for row in rows] == [
            "1009 The DNS SRV record names a host outside the domain", "1010 No TLS trust with the next server",
            "1047 TLS negotiation with the federated peer failed"]
        assert rows[1]["Why"].startswith("No TLS trust with the next server")
        frames = window.frames()
        window.select(frames[0])

        def red_rows():
            return [frame for frame, color in window.row_colors().items() if color == RED]

        assert eventually(red_rows, frames[1:]) == frames[1:]  # the row of the selected frame has another color


def test_io_graphs_have_lines_of_ours(open_window):
    with open_window("several-calls", **PROFILE) as window:
        window.menu("Statistics", "I/O Graphs")
        dialog = window.window("dialog", "I/O Graphs")
        rows = until("the lines of the graph", lambda: [row for row in next(dialog.parts("tree")).texts() if len(row) > 2])
        lines = [line.split('","') for line in PROFILE["io_graphs"].splitlines() if line.startswith('"')]
        shown = {tuple(cell for cell in row[1:3]) for row in rows}
        assert len(lines) == 4 and {(line[1], line[2]) for line in lines} <= shown
