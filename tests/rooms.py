#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the rooms of plugin/ in their order, by the includes.

    rooms.py [PLUGIN-FOLDER]

An include may only reach into a room below, no files may include each other in a circle (name.c and
name.h count as one), and the rooms that are to work without Wireshark include none of its headers.
Prints a line for each fault; exit code 1 when there is any, or when no include was found.
"""

import re
import sys
from pathlib import Path

ENGINE = ("engine", "engine/text", "engine/body", "engine/sip", "engine/sdp")
LOG = (*ENGINE, "log/system")
DISSECT = (*ENGINE, "call", "media", "dissect/view")

# Room (a folder of plugin/) -> the rooms below it, whose headers it may include besides its own.
BELOW = {
    "engine/text": (),
    "engine/body": ("engine/text",),
    "engine/sip": ("engine/text",),
    "engine/sdp": ("engine/text",),
    "engine": ("engine/text", "engine/body", "engine/sip", "engine/sdp"),
    "call": ENGINE,
    "media": (*ENGINE, "call"),
    "dissect/view": (*ENGINE, "call", "media"),
    "dissect/find": DISSECT,
    "dissect/sections": DISSECT,
    "dissect/statistics": DISSECT,
    "dissect": (*DISSECT, "dissect/find", "dissect/sections", "dissect/statistics"),
    "log/system": (),
    "log/bytes": LOG,
    "log/grammar": (*LOG, "log/bytes"),
    "log/message": (*LOG, "log/bytes", "log/grammar"),
    "log/packet": (*LOG, "log/bytes", "log/grammar", "log/message"),
    "log/capture": (*LOG, "log/bytes", "log/grammar", "log/message", "log/packet"),
    "log": (*LOG, "log/bytes", "log/grammar", "log/message", "log/packet", "log/capture"),
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)

# The rooms that must do without Wireshark, and what begins the name of a header of Wireshark's.
WITHOUT_WIRESHARK = (*ENGINE, "call", "media", "log", "log/system", "log/bytes", "log/grammar", "log/message", "log/packet")
WIRESHARK = re.compile(r"(epan|ui|wiretap|wsutil)/|(config|wireshark|ws_.*)\.h$")


def includes_of(top):
    """The includes of the files below a folder: (path, included path) pairs, sorted, and the same for <...>, as written.

    Paths are relative to the folder. What is not in it is left out.
    """
    ours, others = [], []
    for path in sorted(top.rglob("*.[ch]")):
        for name, other in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if other:
                others.append((path.relative_to(top), other))
            # As the compiler looks for it: beside the file, then from the top on.
            for folder in (path.parent, top):
                if name and (folder / name).is_file():
                    ours.append((path.relative_to(top), (folder / name).resolve().relative_to(top.resolve())))
                    break
    return ours, others


def upward(includes):
    """A line for each include that reaches into a room that is not below."""
    for path, target in includes:
        room, other = path.parent.as_posix(), target.parent.as_posix()
        if room not in BELOW:
            yield f"{path}: the room {room} is not in the table of {Path(__file__).name}"
        elif other != room and other not in BELOW[room]:
            yield f"{path} includes {target}, but {other} is not below {room}"


def wireshark_in(includes):
    """A line for each include of a header of Wireshark's in a room that must do without."""
    for path, name in includes:
        if path.parent.as_posix() in WITHOUT_WIRESHARK and WIRESHARK.match(name):
            yield f"{path} includes <{name}>, but {path.parent} has to do without Wireshark"


def circles(arrows):
    """A line for each group of names that reach each other, given (from, to) pairs."""
    targets = {}
    for start, end in arrows:
        targets.setdefault(start, set()).add(end)
    reached = {}
    for start in targets:
        waiting, reached[start] = [start], set()
        while waiting:
            new = targets.get(waiting.pop(), set()) - reached[start]
            reached[start] |= new
            waiting += new
    groups = {tuple(sorted(end for end in reached[start] if start in reached.get(end, ()))) for start in reached}
    for group in sorted(groups - {()}):
        yield "files that include each other in a circle: " + ", ".join(map(str, group))


def joined(includes):
    """The includes with name.c and name.h as one. A header without a .c of its name defines nothing and is left out."""
    sources = {path.with_suffix("") for path, _ in includes if path.suffix == ".c"}
    for path, target in includes:
        start, end = path.with_suffix(""), target.with_suffix("")
        if start in sources and end in sources and start != end:
            yield start, end


def main(folder):
    ours, others = includes_of(Path(folder))
    faults = [*upward(ours), *wireshark_in(others), *circles(ours), *circles(joined(ours))]
    for fault in faults:
        print(fault)
    if not ours:
        print(f"no include found below {folder}")
    return 1 if faults or not ours else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "plugin"))
