# SPDX-License-Identifier: GPL-2.0-or-later
"""Wireshark's dialogs in which a user meets the plugin."""

import contextlib
import re

from accessible import CHECKED, SHOWING
from desktop import until
from wireshark_window import OUR_PROTOCOL, OUR_TREE, in_sight

_STATISTICS = "Skype and Lync Federation"
CALLS = f"{_STATISTICS} - Calls"
_PROVIDERS = "Public IM Providers"
_PROTOCOL_COLUMNS = 2


def _in_words(checked):
    return "checked" if checked else "not checked"


def switch_protocol(window, on):
    """Enables or disables the protocol in Analyze > Enabled Protocols."""
    window.menu("Analyze", "Enabled Protocols…")
    dialog = window.window("dialog", "Enabled Protocols")
    window.enter(in_sight(dialog, "text"), OUR_PROTOCOL)
    protocols = in_sight(dialog, "tree")

    def ours():
        """Our protocol, once the filter has left but it and, before 4.4, its helper."""
        rows = [cell for cell in protocols.children() if cell.role == "tree item"][::_PROTOCOL_COLUMNS]
        is_filtered = all(row.name.startswith(OUR_PROTOCOL) for row in rows)
        return next((row for row in rows if row.name == OUR_PROTOCOL), None) if is_filtered else None

    def state():
        cell = ours()
        return cell and _in_words(cell.has(CHECKED))

    if until(f"{OUR_PROTOCOL} among the protocols", state) != _in_words(on):
        window.click(until(f"{OUR_PROTOCOL} among the protocols", ours))
        window.keys("space")
    until(f"{OUR_PROTOCOL} {_in_words(on)}", lambda: state() == _in_words(on))
    window.close_dialog(dialog)


@contextlib.contextmanager
def preferences(window):
    """Our pane in Edit > Preferences > Protocols, as its dialog; OK at the end of the block."""
    window.menu("Edit", "Preferences…")
    dialog = window.window("dialog", "Preferences")
    # The last tree of the dialog is the list of panes; those before it stand in a pane.
    panes = until("the list of panes", lambda: list(dialog.parts("tree"))[-1:])[0]
    protocols = until("the pane Protocols", lambda: next(
        (cell for cell in panes.children() if cell.name == "Protocols"), None))
    closed = until("the list of panes", lambda: len(panes.children()))
    window.click(protocols, within=panes)  # on 4.6, the list is narrow
    window.keys("Right")
    until("the list of protocols", lambda: len(panes.children()) > closed)
    window.type(OUR_PROTOCOL)  # the list jumps to what is typed
    until("our preferences", lambda: any(label.has(SHOWING) for label in dialog.parts("label", OUR_TREE)))
    yield dialog
    window.close_dialog(dialog)


def tick(window, dialog, label, on):
    """Ticks a check box, or takes the tick away."""
    box = in_sight(dialog, "check box", label)

    def state():
        return _in_words(box.has(CHECKED))

    if until(f"the state of {label}", state) != _in_words(on):
        window.click(box)
    until(f"{label} {_in_words(on)}", lambda: state() == _in_words(on))


def fill_in(window, dialog, text):
    """Types text into the one entry field of a pane."""
    window.enter(in_sight(dialog, "text"), text)


def providers(window, dialog):
    """The table of public IM providers that the button of our preferences opens: rows of texts."""
    window.click(in_sight(dialog, "push button", "Edit"))
    editor = window.window("dialog", _PROVIDERS)
    rows = until("the table of providers", in_sight(editor, "tree").texts)
    window.close_dialog(editor, "Cancel")
    return rows


def call_table(window):
    """Opens the call table from the Telephony menu, and gives its dialog."""
    window.menu("Telephony", CALLS)
    return window.window("dialog", CALLS)


def our_entry(window, title):
    """Chooses one of our other entries in the Telephony menu, by the end of its name."""
    window.menu("Telephony", f"{_STATISTICS} - {title}")


def expert_groups(window, kind):
    """Analyze > Expert Information: a function that gives heading and count of our groups of that kind, sorted."""
    window.menu("Analyze", "Expert Information")
    dialog = window.window("dialog", "Expert Information")

    def groups():
        titles, *rows = in_sight(dialog, "tree").texts() or [[]]
        table = [dict(zip(titles, row)) for row in rows]
        return sorted((row["Summary"], int(row["Count"])) for row in table
                      if row["Group"] == kind and row["Protocol"] == OUR_PROTOCOL)

    return groups


@contextlib.contextmanager
def flow_graph(window):
    """Statistics > Flow Graph with our messages, as its dialog; closed at the end of the block."""
    window.menu("Statistics", "Flow Graph")
    dialog = window.window("dialog", "Flow")
    kind = in_sight(dialog, "combo box", "All Flows")
    window.click(kind)
    window.type(_STATISTICS)
    window.keys("Return")
    until("the flow of our messages", lambda: kind.name == _STATISTICS)
    yield dialog
    window.close_dialog(dialog, "Close")


def limit_to_filter(window, graph):
    """Ticks the box of a flow graph that leaves out what the display filter does."""
    tick(window, graph, "Limit to display filter", True)


def flow_size(graph):
    """How many participants and messages a flow graph has, in Wireshark's words."""
    labels = (label.name for label in graph.parts("label"))
    return next((re.sub("<.*?>", "", name).strip() for name in labels if "node(s)" in name), None)


def statistics_tree(window):
    """Opens the statistics tree from the Statistics menu, and gives its dialog."""
    window.menu("Statistics", _STATISTICS)
    return window.window("dialog", _STATISTICS)


def counts(dialog):
    """The statistics tree as it is: name and count of each node, sorted."""
    _, *rows = in_sight(dialog, "tree").texts()
    return sorted((row[0], int(row[1])) for row in rows)


def calls(dialog):
    """The call table as it is: titles, then a row of texts a call, without the blanks that make numbers equally wide."""
    return [[text.strip() for text in row] for row in in_sight(dialog, "tree").texts()]


def column(dialog, place):
    """The cells of a column of the call table, from the top."""
    return [row[place] for row in calls(dialog)[1:]]


def sort_calls(window, dialog, place):
    """Clicks on the title of a column of the call table."""
    window.click(in_sight(dialog, "tree").rows()[0][place])


def filter_calls(window, dialog, text):
    """Counts only the calls of which a message matches a display filter; all of them with an empty one."""
    window.enter(in_sight(dialog, "text"), text)
    window.click(in_sight(dialog, "push button", "Apply"))
