# SPDX-License-Identifier: GPL-2.0-or-later
"""Counts the instructions of tshark, and of our own programs, with valgrind's callgrind.

Instructions, not seconds: the same run gives the same figure on a busy machine and on an idle one, and
hardware counters are missing in many virtual machines.
"""

import collections
import re
import subprocess

from stage import HANG_SECONDS, variable

_TOTALS = re.compile(r"^totals: (\d+)$", re.MULTILINE)
_FILE = re.compile(r"^(c?)f[lie]=\((\d+)\) ?(.*)$")
_COST = re.compile(r"^[-+*]?\d* (\d+)$")

# tshark calls the first one when it is about to read packets, and the second one when it is done with them. Between them
# lie the packets and a constant that is less than a hundred of them; start-up would be some thousand times a packet.
_BEGIN, _END = "wtap_rec_init", "epan_cleanup"


class CallgrindError(Exception):
    """valgrind or the program below it failed."""


def _dumps(stage, options, arguments, plugin):
    """The totals of the dumps that the options ask for, in their order; what is left at the end is not among them."""
    folder = stage.folder("callgrind")
    command = ["valgrind", "--tool=callgrind", "--vgdb=no", f"--callgrind-out-file={folder}/out", *options,
               variable("TSHARK", "path of the tshark to measure"), *arguments]
    done = stage.run(command, plugin=plugin)
    if done.returncode != 0:
        report = done.stderr.decode("utf-8", "replace")
        raise CallgrindError(f"exit code {done.returncode} of: {' '.join(map(str, command))}\n{report}")
    dumps = sorted(folder.glob("out.*"), key=lambda path: int(path.suffix[1:]))
    return [int(_TOTALS.search(path.read_text(encoding="utf-8", errors="replace")).group(1)) for path in dumps]


def instructions(stage, arguments, plugin=True):
    """The instructions of one run of tshark with these arguments, without start-up; plugin: as for Stage.run()."""
    dumps = _dumps(stage, [f"--zero-before={_BEGIN}", f"--dump-before={_END}"], arguments, plugin)
    if len(dumps) != 1:
        raise CallgrindError(f"{len(dumps)} calls of {_END}, not one")
    return dumps[0]


def instructions_of_calls(stage, function, arguments):
    """The instructions of each single call of a function, with all that it calls: a list in the order of the calls.

    Needs a build that is not stripped. Empty if the function is never called, or has no name.
    """
    return _dumps(stage, [f"--toggle-collect={function}", f"--dump-after={function}"], arguments, plugin=True)


def instructions_of_program(command, folder):
    """The instructions of one run of a program of ours: all of them, and those of each source file by its name.

    folder: where valgrind may write. Needs a build with debug information.
    """
    out = folder / "callgrind.out"
    done = subprocess.run([str(part) for part in
                           ("valgrind", "--tool=callgrind", "--vgdb=no", f"--callgrind-out-file={out}", *command)],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          timeout=HANG_SECONDS)
    if done.returncode != 0:
        raise CallgrindError(f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    report = out.read_text(encoding="utf-8", errors="replace")
    return int(_TOTALS.search(report).group(1)), _by_file(report)


def _by_file(report):
    """The cost of each source file, without that of what it calls: a file is named once, and by a number later."""
    names, costs, file, is_call = {}, collections.Counter(), None, False
    for line in report.splitlines():
        if match := _FILE.match(line):
            is_called, number, name = match.groups()
            known = names.setdefault(number, name.rpartition("/")[2])
            file = file if is_called else known
        elif line.startswith("calls="):
            is_call = True  # the next line has the cost of what is called
        elif match := _COST.match(line):
            costs[file] += 0 if is_call else int(match.group(1))
            is_call = False
    return costs
