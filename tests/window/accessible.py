# SPDX-License-Identifier: GPL-2.0-or-later
"""A program's window as text: its widgets, as a screen reader gets them.

Qt offers every widget on the accessibility bus (AT-SPI, a D-Bus of its own):
role, name, place on the screen, and for lists and trees each cell. This is a
small client of that bus. It keeps no copies, so what it says is what the
program shows at that moment.
"""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  (the version comes first)

from stage import HANG_SECONDS  # noqa: E402

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ACTION = "org.a11y.atspi.Action"
_COMPONENT = "org.a11y.atspi.Component"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_TEXT = "org.a11y.atspi.Text"

_BUS_ITSELF = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = ("org.a11y.atspi.Registry", _ROOT)
_ON_SCREEN = 0  # coordinates of the screen (AtspiCoordType)
_CALL_TIMEOUT = 1000 * HANG_SECONDS  # milliseconds
_CLIENT = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION

# The states asked for here: bits of AtspiStateType.
CHECKED = 4
FOCUSED = 12
SHOWING = 25

# Widgets with very many parts, which are read by children() alone.
_CLOSED = ("tree", "menu bar")


class Gone(Exception):
    """The widget, or the whole program, is no longer there."""


def _call(connection, where, interface, method, arguments=None):
    try:
        answer = connection.call_sync(where[0], where[1], interface, method, arguments, None,
                                      Gio.DBusCallFlags.NONE, _CALL_TIMEOUT, None)
    except GLib.Error as error:
        raise Gone(f"{interface}.{method}: {error.message}") from error
    return answer.unpack()


class Bus:
    """The accessibility bus of a D-Bus session.

    session_address: the address of the session bus, which starts the accessibility bus when asked.
    The caller must be the user who owns the session. Raises Gone where either cannot be reached.
    """

    def __init__(self, session_address):
        session = self._connect(session_address)
        self.address, = _call(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")
        self._connection = self._connect(self.address)
        Node(self._connection, _REGISTRY).children()  # starts the registry, which a program wants to find

    @staticmethod
    def _connect(address):
        try:
            return Gio.DBusConnection.new_for_address_sync(address, _CLIENT, None, None)
        except GLib.Error as error:
            raise Gone(error.message) from error

    def _ask(self, method, arguments=None):
        return _call(self._connection, _BUS_ITSELF, _BUS_ITSELF[0], method, arguments)[0]

    def windows(self, process):
        """The top-level windows of a program, by its process id; none while it is not on the bus.

        The registry's own list is not asked: a program that starts now and then is not in it.
        """
        for name in self._ask("ListNames"):
            try:
                if name.startswith(":") and self._ask(
                        "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))) == process:
                    return Node(self._connection, (name, _ROOT)).children()
            except Gone:
                continue
        return []


class Node:
    """A widget, or a cell of a list or tree. Every question goes to the program itself, which may answer Gone."""

    def __init__(self, bus, where):
        self._bus = bus
        self._where = where

    def __eq__(self, other):
        return isinstance(other, Node) and self._where == other._where

    def __hash__(self):
        return hash(self._where)

    def _ask(self, interface, method, arguments=None):
        return _call(self._bus, self._where, interface, method, arguments)

    @property
    def role(self):
        """What it is, in words: "push button", "tree item"."""
        return self._ask(_ACCESSIBLE, "GetRoleName")[0]

    @property
    def name(self):
        """Its label or title; of a cell its text."""
        return self._ask(_PROPERTIES, "Get", GLib.Variant("(ss)", (_ACCESSIBLE, "Name")))[0]

    @property
    def text(self):
        """The text in an entry field."""
        return self._ask(_TEXT, "GetText", GLib.Variant("(ii)", (0, -1)))[0]

    def has(self, state):
        """Whether it is in one of the states above."""
        low, high = self._ask(_ACCESSIBLE, "GetState")[0]
        return bool((low | high << 32) >> state & 1)

    def children(self):
        """Its parts in order; of a tree the column headers, then row by row the cells that are in no closed branch."""
        return [Node(self._bus, where) for where in self._ask(_ACCESSIBLE, "GetChildren")[0]]

    def rows(self):
        """Of a tree that has column headers: the headers, then row by row, as lists of cells."""
        cells = self.children()
        width = 0
        while width < len(cells) and cells[width].role == "column header":
            width += 1
        return [cells[i:i + width] for i in range(0, len(cells), width)] if width else []

    def texts(self):
        """The names of the cells that rows() gives, as lists of texts."""
        return [[cell.name for cell in row] for row in self.rows()]

    def child(self, index):
        """The part with that place in children()."""
        return Node(self._bus, self._ask(_ACCESSIBLE, "GetChildAtIndex", GLib.Variant("(i)", (index,)))[0])

    def is_a(self, role, name=""):
        """Whether it has that role and name is part of its name; a widget that is gone is nothing."""
        try:
            return self.role == role and name in self.name
        except Gone:
            return False

    def parts(self, role, name=""):
        """The parts below it of which is_a(role, name) is true, depth first; none inside a tree or menu bar."""
        try:
            children = self.children()
        except Gone:
            return
        for child in children:
            try:
                has_role = child.role
                if has_role == role and name in child.name:
                    yield child
            except Gone:
                continue
            if has_role not in _CLOSED:
                yield from child.parts(role, name)

    def part(self, role, name=""):
        """The first of parts(); None without any."""
        return next(self.parts(role, name), None)

    def place(self):
        """Its place on the screen: left, top, width, height, in pixels."""
        return self._ask(_COMPONENT, "GetExtents", GLib.Variant("(u)", (_ON_SCREEN,)))[0]

    def press(self):
        """Does what a click on a menu entry does. Does not wait for its end, which may be the end of a dialog."""
        self._bus.call(self._where[0], self._where[1], _ACTION, "DoAction", GLib.Variant("(i)", (0,)),
                       None, Gio.DBusCallFlags.NONE, _CALL_TIMEOUT, None)
        try:
            self._bus.flush_sync(None)
        except GLib.Error as error:
            raise Gone(error.message) from error
