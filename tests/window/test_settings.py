# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user changes in Wireshark's dialogs takes effect in the window at once."""

import pytest

import dialogs
from desktop import eventually, until
from truth import Truth

CAPTURE = "several-calls"
COLUMNS = 'gui.column.format: "No.", "%m", "Caller", "%Cus:skypefed.caller.network:0:R", "Info", "%i"\n'
SECRETS = ("Key:", "Salt:", "Password:")


@pytest.fixture
def window(open_window):
    with open_window(CAPTURE, preferences=COLUMNS) as opened:
        yield opened


@pytest.fixture
def truth_with(stage):
    """truth_with(preferences): what tshark finds with these preferences."""
    return lambda preferences="": Truth(stage, stage.samples / f"{CAPTURE}.pcapng", COLUMNS + preferences)


def test_disabled_protocol_shows_nothing(window, truth_with):
    ours = truth_with().frames("skypefed")
    dialogs.switch_protocol(window, False)
    assert eventually(lambda: [row for row in window.packets() if row["Caller"]], []) == []
    for number in ours[:3]:
        window.select(number)
        assert eventually(window.our_details, []) == []
    window.display_filter("skypefed")
    assert eventually(window.frames, []) == []


def test_own_domains_change_the_network(window, truth_with):
    before = truth_with().packets()
    after = truth_with("skypefed.own_domains: example.com\n").packets()
    assert eventually(window.packets, before) == before
    assert before != after
    with dialogs.preferences(window) as pane:
        dialogs.fill_in(window, pane, "example.com")
    assert eventually(window.packets, after) == after


def secrets(window):
    return [line for line in window.our_details() if line.startswith(SECRETS)]


def test_key_material_is_hidden_and_shown_again(window, truth_with):
    number = truth_with().frames("skypefed.crypto.key")[0]
    window.select(number)
    window.expand_details()
    shown = until("key material in the details", lambda: secrets(window))
    assert not [line for line in shown if line.endswith("(not shown)")]
    for show in (False, True):
        with dialogs.preferences(window) as pane:
            dialogs.tick(window, pane, "Show key material", show)
        window.select(number)
        expected = [line for line in truth_with(f"skypefed.show_keys: {show}\n").our_details()[number]
                    if line.startswith(SECRETS)]
        assert eventually(lambda: secrets(window), expected) == expected
        assert (expected == shown) == show


def test_known_providers_stand_in_the_table(window):
    with dialogs.preferences(window) as pane:
        rows = dialogs.providers(window, pane)
    assert rows[0] == ["Domain", "Edge host", "Network"]
    assert ["msn.com", "federation.messenger.msn.com", "Skype or Microsoft account"] in rows
