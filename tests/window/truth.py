# SPDX-License-Identifier: GPL-2.0-or-later
"""What the window must show: the same capture with the same settings, read by tshark."""

import re
import shutil
import xml.etree.ElementTree as ElementTree

from stage import REPOSITORY, StageError
from wireshark_window import OUR_TREE

_MESSAGES = REPOSITORY / "samples" / "messages"
_PLAIN = "plain-sip"
_CALL_ID = re.compile(rb"^(?:Call-ID|i)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def _call_ids(folders):
    return {_CALL_ID.search(path.read_bytes()).group(1).decode()
            for folder in folders for path in folder.rglob("*.sip") if _CALL_ID.search(path.read_bytes())}


class Truth:
    """tshark's answers about one capture, from a second pass: an offer then knows its answer, as in the window.

    stage: where tshark runs. capture: file on the stage. preferences: text of the preferences
    file that the window has, or what a dialog has changed in it.
    """

    def __init__(self, stage, capture, preferences):
        self._stage = stage
        self._capture = capture
        self._preferences = preferences
        self._program = shutil.which("tshark")
        if not self._program:
            raise StageError("missing for window tests, to be installed: tshark")

    def _tshark(self, *arguments, plugin=True):
        config = {"preferences": self._preferences} if plugin else {}
        done = self._stage.run([self._program, "-2", "-r", self._capture, *arguments], plugin=plugin, config=config)
        if done.returncode != 0:
            raise StageError(f"tshark {' '.join(arguments)}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8")

    def frames(self, where="frame"):
        """The numbers of the frames that a display filter matches."""
        return [int(line) for line in self._tshark("-Y", where, "-T", "fields", "-e", "frame.number").split()]

    def packets(self):
        """The rows of the packet list: a list of dicts, title of the column -> text."""
        table = ElementTree.fromstring(self._tshark("-T", "psml"))
        titles = [section.text for section in table.find("structure")]
        return [dict(zip(titles, (section.text or "" for section in packet))) for packet in table.iter("packet")]

    def calls(self, where=""):
        """The call table of the command line: titles, then a row of texts a call. where: its display filter."""
        output = self._tshark("-q", "-z", f"skypefed,calls,{where}" if where else "skypefed,calls")
        table = output[output.index("\nCall ") + 1:]
        rows = [re.split(r" {2,}", line.strip()) for line in table.splitlines()]
        return [["" if text == "-" else text for text in row] for row in rows]

    def counts(self):
        """The statistics tree of the command line: name and count of each node, sorted."""
        rows = re.findall(r"^ *(\S.*?) {2,}(\d+) ", self._tshark("-q", "-z", "skypefed,tree"), re.MULTILINE)
        return sorted((name, int(count)) for name, count in rows)

    def our_details(self):
        """Frame number -> the lines of our subtree, without indentation, for each frame that has one."""
        found = {}
        number = None
        for line in self._tshark("-V", "-O", "skypefed").splitlines():
            start = re.match(r"Frame (\d+):", line)
            if start:
                number = int(start.group(1))
            elif line.startswith(OUR_TREE):
                found.setdefault(number, []).append(line)
            elif number in found and line.startswith(" "):
                found[number].append(line.strip())
        return found

    def frames_of_microsoft_calls(self):
        """The frames with a message of the samples' Microsoft calls, judged by Call-ID, without the plugin."""
        plain = _call_ids([_MESSAGES / _PLAIN])
        microsoft = _call_ids(folder for folder in _MESSAGES.iterdir() if folder.name != _PLAIN) - plain
        rows = self._tshark("-Y", "sip", "-T", "fields", "-e", "frame.number", "-e", "sip.Call-ID", plugin=False)
        pairs = [row.split("\t") for row in rows.splitlines()]
        unknown = [row for row in pairs if row[1] not in plain | microsoft]
        assert not unknown, f"calls that are in no message of the samples: {unknown}"
        return [int(number) for number, call_id in pairs if call_id in microsoft]
