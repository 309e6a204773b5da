# SPDX-License-Identifier: GPL-2.0-or-later
"""What a call costs beside stock, in memory and instructions; the figures are printed with `pytest -rP`.

The same on any number of calls, such as 200,000, whose capture is too large for every day:
    SKYPEFED_BENCH_CALLS=200000 pytest -rP test_calls.py -k memory
"""

import os
import sys

import pytest

from callgrind import instructions
from crafted import pcapng
from generator import calls
from stage import variable

CALLS = int(os.environ.get("SKYPEFED_BENCH_CALLS", "20000"))
MOST_BYTES = 1024 + 576  # of one call, of its stream of media, and of what joins it with others

FEW, MANY = 400, 1000
MOST_GROWTH = 1.1

# Stock keeps a chain of media conversations for each address and port, and walks it at each session: with many calls
# between the same ends its own time grows with the square of their number.
DISSECT_ALL = ("-q", "-z", "io,phs", "-o", "sdp.establish_conversation:FALSE")

# Runs a program and reports the most memory that it held: kilobytes on the last line of standard error.
PEAK = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def capture(stage):
    """capture(count): path of a capture of so many calls."""
    def write(count):
        path = stage.top / f"{count}-calls.pcapng"
        if not path.exists():
            with open(path, "wb") as file:
                writer = pcapng.Writer(file)
                for frame in calls.frames(count):
                    writer.packet(*frame)
            path.chmod(0o644)
        return path

    return write


def peak_bytes(stage, path, plugin):
    """The most memory that tshark holds while it reads a capture."""
    program = variable("TSHARK", "path of the tshark to measure")
    done = stage.run([sys.executable, "-c", PEAK, program, "-r", path, *DISSECT_ALL], plugin=plugin)
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    assert done.returncode == 0, lines
    return 1024 * int(lines[-1])


def test_memory_of_a_call(stage, capture):
    path = capture(CALLS)
    stock = peak_bytes(stage, path, plugin=False)
    ours = peak_bytes(stage, path, plugin=True)
    each = (ours - stock) / CALLS
    print(f"{CALLS} calls: stock {stock:,}, with the plugin {ours:,} bytes, {each:.0f} a call (limit {MOST_BYTES})")
    assert 0 < each <= MOST_BYTES


def test_time_of_a_call_does_not_grow(stage, capture):
    added = {}
    for count in (FEW, MANY):
        arguments = ("-r", capture(count), *DISSECT_ALL)
        added[count] = instructions(stage, arguments, plugin=True) - instructions(stage, arguments, plugin=False)
    first = added[FEW] / FEW
    later = (added[MANY] - added[FEW]) / (MANY - FEW)
    print(f"instructions that a call adds: {first:,.0f} of the first {FEW} calls, {later:,.0f} of the next")
    assert 0 < later <= MOST_GROWTH * first
