# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixtures of the log tests: run the real skypefed-log, and read what it writes.

CTest sets what they need:
    SKYPEFED_LOG   path of the program under test
    TSHARK         path of the tshark that reads its captures
Where one is missing every test fails.
"""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from capture import Capture

# Seconds after which a program, or whatever a test waits for, counts as hung. Slowness alone never takes so long.
HANG_SECONDS = int(os.environ.get("SKYPEFED_HANG_SECONDS", "1200"))

POLL = 0.01  # seconds between two checks of a condition

# Results do not depend on the language or time zone of the caller.
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def wait_for(condition, what):
    """Waits until the condition holds, however slow the machine is."""
    end = time.monotonic() + HANG_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what()}"
        time.sleep(POLL)


def variable(name):
    """The value of an environment variable that CTest sets."""
    value = os.environ.get(name)
    if not value:
        pytest.fail(f"{name} is not set; run the tests with ctest, or set it", pytrace=False)
    return value


@dataclass
class Result:
    """What one run gave: exit code, the summary line, and the capture (None if there is none)."""

    code: int
    summary: str
    capture: Capture
    data: bytes

    @property
    def packets(self):
        """The packets of the capture."""
        return self.capture.packets

    @property
    def texts(self):
        """The messages of the capture."""
        return [packet.text for packet in self.capture.packets]


@pytest.fixture(scope="module")
def open_folder():
    """A new folder that everybody may enter: as root, tshark runs as nobody.

    Not one of pytest's: each session of pytest that begins closes those to everybody else.
    """
    path = Path(tempfile.mkdtemp(prefix="skypefed-log-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def program():
    """Path of skypefed-log."""
    return variable("SKYPEFED_LOG")


@pytest.fixture(scope="session")
def convert(program):
    """convert(log, *args, zone=None): the Result of a log, given as bytes, text or a path.

    args: further arguments. zone: the TZ of the machine that converts.
    """

    def run(log, *args, zone="UTC"):
        how = {"input": b""}
        if isinstance(log, Path):
            args = (*args, log)
        else:
            how["input"] = log.encode("utf-8", "surrogateescape") if isinstance(log, str) else log
        done = subprocess.run([program, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={**ENVIRONMENT, "TZ": zone}, timeout=HANG_SECONDS, check=False, **how)
        data = done.stdout
        return Result(done.returncode, done.stderr.decode(), Capture(data) if data else None, data)

    return run


@pytest.fixture(scope="session")
def tshark():
    """tshark(capture, *args): tshark's standard output for the bytes of a capture."""
    path = variable("TSHARK")

    def run(capture, *args):
        done = subprocess.run([path, "-r", "-", *map(str, args)], input=capture, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env={**ENVIRONMENT, "HOME": "/nonexistent"},
                              timeout=HANG_SECONDS, check=False)
        errors = [line for line in done.stderr.decode().splitlines() if line and not line.startswith("Running as")]
        assert done.returncode == 0 and not errors, done.stderr.decode()
        return done.stdout.decode()

    return run
