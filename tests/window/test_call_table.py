# SPDX-License-Identifier: GPL-2.0-or-later
"""The call table of the Telephony menu has the rows that tshark prints, with and without a filter, and sorts them."""

import pytest

import dialogs
from desktop import eventually, until
from truth import Truth

CAPTURE = "several-calls"
FILTERS = ("skypefed.media.security == 1", "skypefed.diagnostics", "")


def test_call_table_has_a_row_for_each_call(open_window, stage):
    truth = Truth(stage, stage.samples / f"{CAPTURE}.pcapng", "")
    everything = truth.calls()
    shown = everything
    with open_window(CAPTURE) as window:
        table = dialogs.call_table(window)
        assert eventually(lambda: dialogs.calls(table), everything) == everything
        for where in FILTERS:
            expected = truth.calls(where)
            assert len(expected) > 1 and expected != shown, f"{where} proves nothing"
            dialogs.filter_calls(window, table, where)
            assert eventually(lambda: dialogs.calls(table), expected) == expected, where
            shown = expected


def kept_size(width, height):
    """What Wireshark keeps of the size that a user has given to the table."""
    keys = {"x": 60, "y": 60, "width": width, "height": height, "maximized": "FALSE"}
    return "".join(f"gui.geom.{dialogs.CALLS}.{key}: {value}\n" for key, value in keys.items())


def test_wireshark_remembers_the_size(open_window):
    with open_window(CAPTURE, recent_common=kept_size(1333, 444)) as window:
        table = dialogs.call_table(window)
        assert eventually(lambda: list(table.place()[2:]), [1333, 444]) == [1333, 444]


@pytest.fixture
def mixed(stage):
    """Name of a capture with answered, refused and failed calls, whose codes have different numbers of digits."""
    names = ("media-failure", "federation-failure", "several-calls")
    with open(stage.samples / "mixed.pcapng", "wb") as capture:  # sections of pcapng may follow one another
        for name in names:
            capture.write((stage.samples / f"{name}.pcapng").read_bytes())
    return "mixed"


def test_columns_sort_by_what_they_have(open_window, stage, mixed):
    titles, *rows = Truth(stage, stage.samples / f"{mixed}.pcapng", "").calls()
    numbers = ("Frame", "Response", "Code")

    def in_order(title):
        cells = [row[titles.index(title)] for row in rows]
        return sorted(cells, key=lambda cell: float(cell or -1) if title in numbers else cell)

    codes = in_order("Code")
    assert len(set(map(len, codes))) > 3 and codes != sorted(codes), "the codes do not tell numbers from texts"
    with open_window(mixed, recent_common=kept_size(1500, 500)) as window:
        table = dialogs.call_table(window)
        until("all calls", lambda: len(dialogs.calls(table)) == len(rows) + 1)
        for title in ("Code", "Outcome", "Response", "Frame"):
            place = titles.index(title)
            for expected in (in_order(title), in_order(title)[::-1]):
                if not dialogs.column(table, place) == expected:
                    dialogs.sort_calls(window, table, place)
                assert eventually(lambda: dialogs.column(table, place), expected) == expected, title
