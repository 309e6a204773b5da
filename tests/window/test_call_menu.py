# SPDX-License-Identifier: GPL-2.0-or-later
"""The entries of the Telephony menu lead from a packet to its call, and to the calls that failed."""

import pytest

import dialogs
from desktop import eventually
from truth import Truth

CAPTURE = "federation-failure"
FAILED = "skypefed.call.outcome in {2, 4, 8, 9}"


@pytest.fixture(scope="module")
def truth(stage):
    return Truth(stage, stage.samples / f"{CAPTURE}.pcapng", "")


@pytest.fixture(scope="module")
def window(open_window):
    with open_window(CAPTURE) as opened:
        yield opened


@pytest.mark.parametrize("call", [1, 3])
def test_first_message_of_a_call_is_selected(window, truth, call):
    frames = truth.frames(f"skypefed.call == {call}")
    assert len(frames) > 2
    for number in (frames[-1], frames[1]):
        window.select(number)
        dialogs.our_entry(window, "Go to the first message of this call")
        assert eventually(window.selected, frames[0]) == frames[0]


def test_first_message_of_no_call_is_nowhere(window, truth):
    number = truth.frames("!skypefed")[0]
    call = truth.frames("skypefed.call == 1")
    window.select(number)
    dialogs.our_entry(window, "Go to the first message of this call")
    dialogs.our_entry(window, "Show this call")
    window.select(call[1])  # what the entries did before would come first
    assert window.frames() == truth.frames()


@pytest.mark.parametrize("entry, where", [("Show this call", "skypefed.call == 2"),
                                          ("Show this conversation", "skypefed.conversation_number == 2"),
                                          ("Show calls that failed", FAILED)])
def test_calls_are_filtered(window, truth, entry, where):
    expected = truth.frames(where)
    assert expected and expected != truth.frames()
    window.select(truth.frames("skypefed.call == 2")[1])
    dialogs.our_entry(window, entry)
    assert eventually(window.frames, expected) == expected
    window.display_filter("")
    assert eventually(window.frames, truth.frames()) == truth.frames()


def test_failed_transfers_are_failures(stage, open_window):
    name = "teams-transfer-failed"
    truth = Truth(stage, stage.samples / f"{name}.pcapng", "")
    expected = truth.frames(FAILED)
    assert expected != truth.frames() and expected != truth.frames("skypefed.call.outcome in {2, 4, 8}")
    with open_window(name) as window:
        dialogs.our_entry(window, "Show calls that failed")
        assert eventually(window.frames, expected) == expected


def test_a_join_is_shown_whole(stage, open_window):
    """From the session with the focus, from its media, and from a report on them: all of it, and nothing else."""
    name = "conference-call"
    truth = Truth(stage, stage.samples / f"{name}.pcapng", "")
    expected = truth.frames("skypefed.call in {1, 2}")
    reports = truth.frames("skypefed.call && sip.Method == SERVICE")
    assert len(reports) == 2 and set(reports) < set(expected)
    starts = truth.frames("skypefed.call == 1")[0], truth.frames("skypefed.call == 2")[0], reports[0]
    with open_window(name) as window:
        for number in starts:
            window.select(number)
            dialogs.our_entry(window, "Show this conversation")
            assert eventually(window.frames, expected) == expected
            window.display_filter("")
            assert eventually(window.frames, truth.frames()) == truth.frames()
