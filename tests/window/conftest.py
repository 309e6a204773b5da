# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixtures of the window tests: a desktop in memory, on which the real Wireshark runs as nobody.

CTest sets SKYPEFED_PLUGIN_DIR, the folder that holds X.Y/epan/skypefed.so. Where the
plugin, a program or the window is missing, every test fails and says what it was.
"""

import contextlib
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tshark"))

from stage_fixture import stage  # noqa: E402, F401  (a fixture, found by the line above)


def pytest_configure():
    """Makes SIGTERM, as timeout(1) sends it, end the tests as Ctrl+C does: with the stage removed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def desktop(stage):
    """The Desktop of this test session."""
    try:
        from desktop import Desktop, DesktopError
    except (ImportError, ValueError) as error:
        pytest.fail(f"missing for window tests, to be installed: python3-gi ({error})", pytrace=False)
    try:
        made = Desktop(stage)
    except DesktopError as error:
        pytest.fail(str(error), pytrace=False)
    yield made
    made.close()


@pytest.fixture(scope="session")
def open_window(stage, desktop):
    """open_window(name, **config): a WiresharkWindow on a sample, for a with block, which ends it.

    name: capture of the samples, without its ending. config: configuration files, name -> text.
    """
    from desktop import DesktopError
    from wireshark_window import WiresharkWindow

    @contextlib.contextmanager
    def opened(name, **config):
        try:
            window = WiresharkWindow(desktop, stage, stage.samples / f"{name}.pcapng", config)
        except DesktopError as error:
            pytest.fail(str(error), pytrace=False)
        try:
            yield window
        finally:
            window.close()

    return opened
