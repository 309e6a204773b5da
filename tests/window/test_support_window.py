# SPDX-License-Identifier: GPL-2.0-or-later
"""The report for a ticket in a window: the text that tshark prints, of the calls that the display filter selects."""

import pytest

from desktop import eventually, until
from stage import variable

CAPTURE = "teams-transfer"
TITLE = "Skype and Lync Federation - For a support ticket"


def printed(stage, where):
    """The report as tshark prints it."""
    argument = "skypefed,support" + (f",{where}" if where else "")
    done = stage.run([variable("TSHARK", "path of the tshark to test"), "-r", stage.samples / f"{CAPTURE}.pcapng", "-q",
                      "-z", argument])
    assert done.returncode == 0
    return done.stdout.decode().strip()


@pytest.mark.parametrize("where", ["", "skypefed.call == 2"])
def test_window_has_the_text_of_tshark(where, open_window, stage):
    expected = printed(stage, where)
    assert expected.count("\nCall ") == (1 if where else 2)
    with open_window(CAPTURE) as window:
        if where:
            window.display_filter(where)
        window.menu("Telephony", TITLE)
        report = window.window("dialog", TITLE)
        field = until("the text of the report", lambda: next(
            (part for part in report.parts("text", "") if part.text.startswith(TITLE)), None))
        assert eventually(lambda: field.text.strip(), expected) == expected
