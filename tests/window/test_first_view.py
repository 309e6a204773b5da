# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user with the profile sees of each sample without a click: no error, and in the list what tshark finds."""

import pytest

from desktop import eventually
from stage import REPOSITORY, SAMPLES
from truth import Truth

PROFILE = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "plugin" / "profile").iterdir()}
OURS = ("Call", "Caller", "Callee", "Info", "Outcome", "Why", "Verdict", "Origin")
SHOWN = ("No.", *OURS)


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.pcapng")))
def test_list_is_as_in_tshark(name, open_window, stage):
    truth = Truth(stage, stage.samples / f"{name}.pcapng", PROFILE["preferences"])
    expected = [{title: row[title] for title in SHOWN} for row in truth.packets()]
    with open_window(name, **PROFILE) as window:

        def shown():
            return [{title: row[title] for title in SHOWN} for row in window.packets()]

        assert eventually(shown, expected) == expected
        assert window.dialogs() == []


def test_filter_names_are_completed(open_window):
    with open_window("federation-failure", preferences="gui.autocomplete_filter: TRUE\n") as window:
        assert window.complete_filter("skypefed.call.ou", 1) == "skypefed.call.outcome"
        assert window.complete_filter("skypefed.diagnostics.m", 1) == "skypefed.diagnostics.meaning"
