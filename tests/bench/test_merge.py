# SPDX-License-Identifier: GPL-2.0-or-later
"""Merging logs takes time in proportion to their number; the figures are printed with `pytest -rP`."""

import resource
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "log"))

import loggen  # noqa: E402  (found by the line above)
from callgrind import instructions_of_program  # noqa: E402
from stage import variable  # noqa: E402

FEW, MANY = 1000, 2000
MOST_FOR_TWICE = 2.5
DESCRIPTORS_BESIDE_LOGS = 100
MERGING = ("merge.c", "heap.c")


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """Paths of logs with a few messages each, whose times alternate between the logs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < MANY + DESCRIPTORS_BESIDE_LOGS:
        if hard != resource.RLIM_INFINITY and hard < MANY + DESCRIPTORS_BESIDE_LOGS:
            pytest.skip(f"a program may open {hard} files here, and {MANY} logs are merged")
        resource.setrlimit(resource.RLIMIT_NOFILE, (MANY + DESCRIPTORS_BESIDE_LOGS, hard))
    folder = tmp_path_factory.mktemp("logs")
    messages = loggen.calls(FEW)
    paths = []
    for number in range(MANY):
        path = folder / f"{number}.txt"
        path.write_bytes(loggen.log(messages[number::MANY], "uccapi").encode())
        paths.append(path)
    return paths


def test_twice_as_many_logs(logs, tmp_path):
    program = Path(variable("SKYPEFED_BINARY_DIR", "folder of the build")) / "plugin/log/skypefed-log"
    totals, merging = {}, {}
    for count in (FEW, MANY):
        command = [program, "-o", tmp_path / f"{count}.pcapng", *logs[:count]]
        totals[count], by_file = instructions_of_program(command, tmp_path)
        merging[count] = sum(by_file.get(name, 0) for name in MERGING)
        print(f"{count:,} logs: {totals[count]:,} instructions, {merging[count]:,} of them to merge")
    assert 0 < merging[MANY] <= MOST_FOR_TWICE * merging[FEW]
    assert totals[MANY] <= MOST_FOR_TWICE * totals[FEW]
