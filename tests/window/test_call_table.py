# SPDX-License-Identifier: GPL-2.0-or-later
"""The call table of the Telephony menu has the rows that tshark prints, with and without a filter."""

import dialogs
from desktop import eventually
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
