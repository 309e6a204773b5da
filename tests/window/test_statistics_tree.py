# SPDX-License-Identifier: GPL-2.0-or-later
"""The statistics tree of the Statistics menu counts what tshark counts."""

import dialogs
from desktop import eventually
from truth import Truth

CAPTURE = "several-calls"


def test_statistics_tree_counts_what_tshark_counts(open_window, stage):
    expected = Truth(stage, stage.samples / f"{CAPTURE}.pcapng", "").counts()
    assert ("Calls", 5) in expected
    with open_window(CAPTURE) as window:
        tree = dialogs.statistics_tree(window)
        assert eventually(lambda: dialogs.counts(tree), expected) == expected
