# SPDX-License-Identifier: GPL-2.0-or-later
"""The window shows of several calls what tshark finds in them, at every moment of a session.

Wireshark hands a post-dissector its wanted fields on the first pass over a frame only; columns,
colors, details, filters and Find come from later passes. So each of them is checked, and again
after all that makes Wireshark read or dissect the capture anew.
"""

import collections
import random

import pytest

import dialogs
from desktop import eventually, until
from truth import Truth

CAPTURE = "several-calls"

COLUMNS = {
    "No.": "%m",
    "Caller": "%Cus:skypefed.caller:0:R",
    "Origin": "%Cus:skypefed.origin:0:R",
    "Network": "%Cus:skypefed.caller.network:0:R",
    "Security": "%Cus:skypefed.media.security:0:R",
    "Protocol": "%p",
    "Info": "%i",
}
COLUMN_PREFERENCE = "gui.column.format: {}\n".format(
    ", ".join(f'"{text}"' for column in COLUMNS.items() for text in column))
OUR_COLUMNS = ("Caller", "Origin", "Network", "Security")

FILTERS = (
    "skypefed",
    "skypefed.origin == 4",
    'skypefed.caller.network == "Skype or Microsoft account"',
    "skypefed.media.security == 2",
    "skypefed.expert.rtp_declined",
    "sip && !skypefed",
)

# Name of a coloring rule -> its filter and background, 8 bits a color. The first that matches counts.
RULES = {
    "Clear media": ("skypefed.media.security == 1", (250, 120, 110)),
    "From Skype": ("skypefed.origin == 4", (120, 220, 130)),
}

# Of the frames without a subtree one in so many is clicked.
OTHERS_STEP = 10
SEED = 20130426
ORDERS = ("forward", "backward", "random")

# What happens in the window, what that adds to the preferences, and the orders in which frames are clicked then.
Moment = collections.namedtuple("Moment", "happens preferences orders")


def opened(_window):
    """Nothing happens after the start."""


def reloaded(window):
    window.reload()


def preferences_changed(window):
    with dialogs.preferences(window) as pane:
        dialogs.fill_in(window, pane, "example.com")
        dialogs.tick(window, pane, "Show key material", False)


def off_and_on(window):
    dialogs.switch_protocol(window, False)
    dialogs.switch_protocol(window, True)


MOMENTS = {
    "opened": Moment(opened, "", ORDERS),
    "reloaded": Moment(reloaded, "", ORDERS[-1:]),
    "preferences-changed": Moment(
        preferences_changed, "skypefed.own_domains: example.com\nskypefed.show_keys: FALSE\n", ORDERS[-1:]),
    "off-and-on": Moment(off_and_on, "", ORDERS[-1:]),
}


def color_filters():
    """RULES in the form of Wireshark's file, which has 16 bits a color."""
    return "".join("@{}@{}@[{}][0,0,0]\n".format(name, where, ",".join(str(part * 257) for part in background))
                   for name, (where, background) in RULES.items())


@pytest.fixture(scope="module", params=MOMENTS)
def moment(request):
    return MOMENTS[request.param]


@pytest.fixture(scope="module")
def truth(stage, moment):
    return Truth(stage, stage.samples / f"{CAPTURE}.pcapng", COLUMN_PREFERENCE + moment.preferences)


@pytest.fixture(scope="module")
def window(open_window, moment, truth):
    """The window after the moment, with open branches."""
    with open_window(CAPTURE, preferences=COLUMN_PREFERENCE, colorfilters=color_filters()) as opened_window:
        moment.happens(opened_window)
        assert eventually(opened_window.packets, truth.packets()) == truth.packets()
        opened_window.select(truth.frames("skypefed")[0])
        opened_window.expand_details()
        yield opened_window


def test_columns_are_filled_as_in_tshark(window, truth):
    assert eventually(window.packets, truth.packets()) == truth.packets()


def test_columns_are_filled_for_microsoft_calls_only(window, truth):
    ours = truth.frames_of_microsoft_calls()
    packets = until("the packet list", window.packets)
    assert [int(row["No."]) for row in packets if row["Caller"]] == ours
    assert [int(row["No."]) for row in packets if any(row[title] for title in OUR_COLUMNS)] == ours
    assert {row["Protocol"] for row in packets if not row["Caller"]} > {"TCP", "DNS", "SIP"}


def test_display_filters_keep_the_right_frames(window, truth):
    everything = truth.frames()
    shown = everything
    for where in FILTERS:
        expected = truth.frames(where)
        assert expected and expected != shown, f"{where} proves nothing"
        window.display_filter(where)
        assert eventually(window.frames, expected) == expected, where
        shown = expected
    window.display_filter("")
    assert eventually(window.frames, everything) == everything


def test_coloring_rules_color_the_right_frames(window, truth):
    expected = {}
    for where, background in reversed(RULES.values()):
        expected.update(dict.fromkeys(truth.frames(where), background))
    assert set(expected.values()) == {background for _, background in RULES.values()}

    # The selected row has a color of its own: let it be one without a rule.
    uncolored = next(number for number in truth.frames() if number not in expected)
    window.select(uncolored)

    def colored():
        backgrounds = {background for _, background in RULES.values()}
        return {number: color for number, color in window.row_colors().items() if color in backgrounds}

    assert eventually(colored, expected) == expected


def in_order(order, ours, others):
    """The frames in an order in which a user may click them, with some among them that have no subtree."""
    frames = sorted(ours + others[::OTHERS_STEP])
    if order == "random":
        return random.Random(SEED).sample(frames, len(frames))
    return frames if order == "forward" else frames[::-1]


def test_details_show_our_subtree_for_each_frame(window, truth, moment):
    subtrees = truth.our_details()
    ours = list(subtrees)
    assert ours == truth.frames_of_microsoft_calls()
    others = [number for number in truth.frames() if number not in subtrees]
    for order in moment.orders:
        for number in in_order(order, ours, others):
            window.select(number)
            expected = subtrees.get(number, [])
            assert eventually(window.our_details, expected) == expected, f"details of frame {number}, {order}"


def test_find_packet_finds_by_our_field(window, truth):
    where = "skypefed.media.security == 1"
    expected = truth.frames(where)
    assert len(expected) > 1, "a search that proves nothing"
    window.select(truth.frames()[0])
    window.find(where)
    assert eventually(window.selected, expected[0]) == expected[0]
    for number in expected[1:] + expected[:1]:  # after the last one it begins anew
        window.menu("Edit", "Find Next")
        assert eventually(window.selected, number) == number
