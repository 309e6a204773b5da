#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints the lines of plugin/ that no test reached and that tests/unreached.txt does not name.

    coverage.py BUILD-FOLDER

BUILD-FOLDER was built with --coverage, and tests have run in it. After the lines come the names in the table that are
needless, because all their lines were reached or are gone, and the counts of each folder. Exit code 1 if there is any
such line or name.
"""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TABLE = TOP / "tests" / "unreached.txt"
OBJECTS_AT_ONCE = 50

# `function: why`, `function "part of a line": why`, or `*: why` for all of a file.
NAME = re.compile(r'^\s+(?P<function>\w+|\*)(?: "(?P<text>.*)")?: (?P<why>.+)$')


def read_table(path):
    """The names of the table: (file, function, part of a line or None) -> why."""
    names, file = {}, None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name = NAME.match(line)
        if name and file:
            names[file, name["function"], name["text"]] = name["why"]
        elif line.startswith("plugin/"):
            file = line.strip()
        else:
            sys.exit(f"{path.name}:{number}: neither a file nor a name below it")
    return names


def reports(build):
    """What gcov says about each object, as JSON; of counts older than their object it complains, and goes on."""
    notes = sorted(str(path) for path in (build / "plugin").rglob("*.gcno"))
    for at in range(0, len(notes), OBJECTS_AT_ONCE):
        run = subprocess.run(["gcov", "--json-format", "--stdout", *notes[at : at + OBJECTS_AT_ONCE]], cwd=build,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        for line in run.stdout.splitlines():
            if line.startswith(b"{"):
                yield json.loads(line)


def counts_of(build):
    """Of each source: line -> [function, how often it was reached]. An inline function of a header counts once."""
    counts = defaultdict(dict)
    for report in reports(build):
        for source in report["files"]:
            path = Path(report["current_working_directory"], source["file"]).resolve()
            if not path.is_relative_to(TOP / "plugin"):
                continue
            lines = counts[path.relative_to(TOP).as_posix()]
            for line in source["lines"]:
                entry = lines.setdefault(line["line_number"], [line.get("function_name", ""), 0])
                entry[1] += line["count"]
    return counts


def main(build):
    """Prints the report; gives the exit code."""
    names, used, has_more = read_table(TABLE), set(), False
    folders = defaultdict(Counter)
    for source, lines in sorted(counts_of(build).items()):
        text = (TOP / source).read_text(encoding="utf-8").splitlines()
        count = folders["/".join(source.split("/")[:2])]
        for number, (function, reached) in sorted(lines.items()):
            line = text[number - 1].strip()
            fitting = [name for name in names
                       if name[0] == source and name[1] in ("*", function) and (name[2] is None or name[2] in line)]
            if reached:
                count["reached"] += 1
            elif fitting:
                count["named"] += 1
                used.update(fitting)
            else:
                count["left"] += 1
                print(f"{source}:{number}: {function}: {line}")
    for file, function, part in sorted(names.keys() - used, key=str):
        has_more = True
        print(f"needless in {TABLE.name}: {file}: {function}" + (f' "{part}"' if part else ""))
    if not folders:
        sys.exit(f"no counts in {build}")
    for folder, count in [*sorted(folders.items()), ("all", sum(folders.values(), Counter()))]:
        share = 100 * count["reached"] / sum(count.values())
        print(f"{folder}: {count['reached']} lines reached ({share:.1f} %), {count['named']} named, {count['left']} left")
        has_more = has_more or count["left"] > 0
    return int(has_more)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]).resolve()))
