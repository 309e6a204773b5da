# SPDX-License-Identifier: GPL-2.0-or-later
"""Counts the instructions of tshark with valgrind's callgrind.

Instructions, not seconds: the same run gives the same figure on a busy machine and on an idle one, and
hardware counters are missing in many virtual machines.
"""

import re

from stage import variable

_COLLECTED = re.compile(r"^==\d+== Collected : (\d+)$", re.MULTILINE)
_TOTALS = re.compile(r"^totals: (\d+)$", re.MULTILINE)


class CallgrindError(Exception):
    """valgrind or the program below it failed."""


def _run(stage, options, arguments, plugin):
    command = ["valgrind", "--tool=callgrind", "--vgdb=no", *options,
               variable("TSHARK", "path of the tshark to measure"), *arguments]
    done = stage.run(command, plugin=plugin)
    report = done.stderr.decode("utf-8", "replace")
    found = _COLLECTED.search(report)
    if done.returncode != 0 or not found:
        raise CallgrindError(f"exit code {done.returncode} of: {' '.join(map(str, command))}\n{report}")
    return int(found.group(1))


def instructions(stage, arguments, plugin=True):
    """The instructions of one run of tshark with these arguments, start-up included; plugin: as for Stage.run()."""
    return _run(stage, ["--callgrind-out-file=/dev/null"], arguments, plugin)


def instructions_of_calls(stage, function, arguments):
    """The instructions of each single call of a function, with all that it calls: a list in the order of the calls.

    Needs a build that is not stripped. Empty if the function is never called, or has no name.
    """
    folder = stage.folder("callgrind")
    _run(stage, [f"--callgrind-out-file={folder}/out", f"--toggle-collect={function}", f"--dump-after={function}"],
         arguments, plugin=True)
    # Each dump is a file out.N; out itself is what was left at the end.
    dumps = sorted(folder.glob("out.*"), key=lambda path: int(path.suffix[1:]))
    return [int(_TOTALS.search(path.read_text(encoding="utf-8", errors="replace")).group(1)) for path in dumps]
