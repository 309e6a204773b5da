# SPDX-License-Identifier: GPL-2.0-or-later
"""The Wireshark window, driven as a user drives it and read as a screen reader reads it."""

import re
import shutil
import time

from accessible import FOCUSED, SHOWING
from desktop import DesktopError, soon, until

OUR_TREE = "Skype/Lync Federation"
OUR_PROTOCOL = "SkypeFed"

# Packet list left, details right, no bytes; nothing asked, nothing offered while typing.
_PREFERENCES = """\
gui.layout_type: 4
gui.layout_content_3: NONE
gui.ask_unsaved: FALSE
gui.update.enabled: FALSE
gui.autocomplete_filter: FALSE
"""
_RECENT = "gui.geometry_main_maximized: TRUE\n"

_STILL = 0.2  # seconds after which a widget in the same place counts as standing still
_FOCUS = 5  # seconds after which a click that brought no focus is tried again
_CLICK_AT = 60  # pixels from the left end of a wide cell: where its text begins

_FILTER_ENTRY = ("text", "Display filter entry")


def same_entry(one, other):
    """Compares menu entries without the dots of those that open a dialog."""
    return one.rstrip(".…") == other.rstrip(".…")


def in_sight(top, role, name=""):
    """The first part of a window in sight that Node.part() would find, as soon as there is one."""
    return until(f"the {role} {name!r}", lambda: next(
        (part for part in top.parts(role, name) if part.has(SHOWING)), None))


class WiresharkWindow:
    """A running Wireshark that shows one capture.

    desktop: where it runs. stage: whose plugin it loads. capture: file on the stage.
    config: configuration files, name -> text; its preferences come on top of settings that make a window
    easy to read.
    Raises DesktopError, with what Wireshark said, when the window does not come.
    """

    def __init__(self, desktop, stage, capture, config):
        program = shutil.which("wireshark")
        if not program:
            raise DesktopError("missing for window tests, to be installed: wireshark")
        config = {"recent_common": _RECENT, **config}
        config["preferences"] = _PREFERENCES + config.get("preferences", "")
        self.keys = desktop.keys
        self.type = desktop.type
        self._desktop = desktop
        self._program = desktop.start(program, "-r", capture, environment=stage.environment(config=config))
        try:
            self._frame = self.window("frame", capture.name)
            self._list = self._part("tree", "Packet list")
            self._details = self._part("tree", "Packet details")
            self._menu_bar = self._part("menu bar")
            self._status = self._part("status bar")
            self._filter = in_sight(self._frame, *_FILTER_ENTRY)
            until("packets in the list", self.frames)
            self._width = len(until("the columns of the list", self._list.rows)[0])
        except DesktopError as error:
            said = desktop.said(self._program)
            self.close()
            raise DesktopError(f"Wireshark's window did not start: {error}\n{said}") from error

    def close(self):
        """Ends Wireshark."""
        self._desktop.stop(self._program)

    # Windows, their parts, menus

    def _top_level(self, role, title):
        if self._program.poll() is not None:
            raise DesktopError(f"Wireshark ended with exit code {self._program.returncode}")
        return next((window for window in self._desktop.bus.windows(self._program.pid)
                     if window.is_a(role, title)), None)

    def window(self, role, title):
        """A window ("frame", "dialog") with that in its title, as soon as it is there."""
        return until(f"the {role} {title}", lambda: self._top_level(role, title))

    def dialogs(self):
        """The titles of the dialogs that are open, such as those that tell of an error."""
        return [window.name for window in self._desktop.bus.windows(self._program.pid)
                if window.role in ("dialog", "alert")]

    def close_dialog(self, dialog, button="OK"):
        """Closes a dialog by one of its buttons."""
        title = until("the title of a dialog", lambda: dialog.name)
        self.click(in_sight(dialog, "push button", button))
        until(f"the end of the dialog {title}", lambda: not self._top_level("dialog", title))

    def _part(self, role, name=""):
        return until(f"the {role} {name!r}", lambda: self._frame.part(role, name))

    def menu(self, *path):
        """Chooses a menu entry: menu("Analyze", "Enabled Protocols…")."""
        until(f"the menu entry {' > '.join(path)}", lambda: self._menu_entry(path)).press()

    def _menu_entry(self, path):
        level = self._menu_bar
        for step in path:
            entries = level.children()
            if entries and entries[0].role == "popup menu":
                entries = entries[0].children()
            level = next((entry for entry in entries if same_entry(entry.name, step)), None)
            if level is None:
                return None
        return level

    def click(self, node, within=None):
        """Clicks on a widget or cell, once it no longer moves: bars slide into the window.

        within: what shows the cell, and may be narrower than it is.
        """
        def still():
            place = node.place()
            time.sleep(_STILL)
            return place if node.place() == place else None

        left, top, width, height = until("a widget that no longer moves", still)
        if within:
            list_left, _, list_width, _ = within.place()
            width = min(width, list_left + list_width - left)
        self._click_on((left, top, width, height))

    def _click_on(self, place):
        left, top, width, height = place
        self._desktop.click(left + min(width // 2, _CLICK_AT), top + height // 2)

    def enter(self, field, text):
        """Types text into an entry field, in place of what is there."""
        def clicked():
            self.click(field)
            return soon(lambda: field.has(FOCUSED), _FOCUS)

        until("the focus in an entry field", clicked)  # a bar may slide in so late that a click goes past it
        self.keys("ctrl+a", "BackSpace")
        if text:
            self.type(text)
        until(f"the text {text!r} in an entry field", lambda: field.text == text)

    # The packet list

    def _rows(self):
        """The rows as lists of cells, without the column headers."""
        return self._list.rows()[1:]

    def packets(self):
        """The rows of the packet list: a list of dicts, title of the column -> text."""
        titles, *rows = self._list.texts() or [[]]
        return [dict(zip(titles, row)) for row in rows]

    def frames(self):
        """The numbers of the frames in the list."""
        return [int(row[0].name) for row in self._rows()]

    def row_colors(self):
        """Frame number -> background color (red, green, blue) of its row."""
        first_cells = [row[0] for row in self._rows()]
        numbers = [int(cell.name) for cell in first_cells]
        return dict(zip(numbers, self._desktop.colors([cell.place() for cell in first_cells])))

    def list_end(self):
        """Where the packet list ends, in pixels from the top of the screen."""
        _, top, _, height = self._list.place()
        return top + height + 3

    def _cell(self, number):
        """The first cell of a frame's row; None when it is not in the list."""
        # Without a display filter the number gives the place; the first row follows the headers.
        cell = self._list.child(number * self._width)
        if cell.is_a("tree item", str(number)) and cell.name == str(number):
            return cell
        return next((row[0] for row in self._rows() if row[0].name == str(number)), None)

    def select(self, number):
        """Clicks on a frame in the list and waits until the details pane shows it."""
        def place():
            cell = self._cell(number)
            return cell.place() if cell and cell.has(SHOWING) else None

        # The cell is looked up anew with each look: a list that is filled again has new ones.
        self._click_on(until(f"frame {number} in sight", place))
        until(f"the details of frame {number}", lambda: self.selected() == number)

    # The details pane

    def selected(self):
        """The number of the frame in the details pane; None without one."""
        for index in range(2):  # the first line may be under a column header
            found = re.match(r"Frame (\d+):", self._details.child(index).name)
            if found:
                return int(found.group(1))
        return None

    def expand_details(self):
        """Opens all branches, of this frame, whose branches are closed, and of those selected later."""
        closed = until("the details", lambda: len(self._details.children()))
        self.menu("View", "Expand All")
        until("open branches", lambda: len(self._details.children()) > closed)

    def detail(self, beginning, which=0):
        """The line of the details pane that begins so; which: of several such lines the first (0), second (1), ..."""
        return until(f"the line {beginning!r} in the details", lambda: [
            item for item in self._details.children() if item.name.startswith(beginning)][which:which + 1])[0]

    def open_branch(self, beginning, which=0):
        """Opens the branch of the line that detail() gives."""
        closed = until("the details", lambda: len(self._details.children()))
        self.click(self.detail(beginning, which))
        self.keys("Right")
        until(f"the branch {beginning!r} open", lambda: len(self._details.children()) > closed)

    def our_details(self):
        """The lines from our subtree on, which is the last of a frame; empty without one."""
        lines = []
        for item in reversed(self._details.children()):
            lines.append(item.name.strip())
            if lines[-1].startswith(OUR_TREE):
                return lines[::-1]
        return []

    # Display filter, Find, Reload

    def display_filter(self, text):
        """Types a display filter into its field and applies it."""
        self.enter(self._filter, text)
        self.keys("Return")

    def complete_filter(self, text, choice):
        """Types the beginning of a display filter and takes the choice-th of the names that Wireshark offers for it.

        Gives what is in the field then.
        """
        self.enter(self._filter, text)
        self.keys(*["Down"] * choice, "Return")
        return until("a name in the field", lambda: self._filter.text != text and self._filter.text)

    def find(self, text):
        """Looks, from the selected frame on, for the next one that a display filter matches."""
        self.menu("Edit", "Find Packet…")
        self.enter(until("the Find bar", self._find_field), text)
        self.keys("Return")

    def _find_field(self):
        """The other display filter field that is in sight when the Find bar is."""
        return next((field for field in self._frame.parts(*_FILTER_ENTRY)
                     if field != self._filter and field.has(SHOWING)), None)

    def status(self):
        """What the status bar says about the number of packets."""
        return self._status.part("label", "Packets:").name

    def reload(self):
        """Reads the capture again. A mark, which does not outlive that, shows when it is done."""
        self.select(until("packets in the list", self.frames)[0])
        self.keys("ctrl+m")
        until("a marked packet", lambda: "Marked:" in self.status())
        self.menu("View", "Reload")
        until("the capture read again", lambda: "Marked:" not in self.status())
