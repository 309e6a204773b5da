# SPDX-License-Identifier: GPL-2.0-or-later
"""CallerMediaDebug and CalleeMediaDebug: the label of the row, with and without the name of a stream."""

import re

import pytest

from crafted import request, write_datagrams

# Parameter -> the labels of its row, and the numbers that it tells.
CASES = {
    'CallerMediaDebug="audio:ICEWarn=0x80,LocalLocation=2"': (["Media of the caller's side: audio"], ["0x00000080"]),
    'CalleeMediaDebug="main-video:ICEWarn=320"': (["Media of the callee's side: main-video"], ["0x00000320"]),
    'CalleeMediaDebug="ICEWarn=0x1"': (["Media of the callee's side"], ["0x00000001"]),
    'CallerMediaDebug=":ICEWarn=0xzz"': (["Media of the caller's side"], []),
    'CallerMediaDebug=""': (["Media of the caller's side"], []),
}


@pytest.fixture(scope="module")
def path(capture):
    """A capture of one refusal for each case."""
    return capture(lambda file: write_datagrams(file, [
        request(f"media-debug-{number}", start="SIP/2.0 480 Temporarily Unavailable",
                headers=f'ms-client-diagnostics: 23; reason="x"; {parameter}\r\n')
        for number, parameter in enumerate(CASES)]))


def test_labels(tshark, path):
    frames = tshark("-r", path, "-V", "-O", "skypefed").split("\nSkype/Lync Federation")[1:]
    labels = [[line.strip() for line in frame.splitlines() if re.match(r" +Media of the ", line)] for frame in frames]
    assert labels == [expected for expected, _ in CASES.values()]


def test_warnings(fields, path):
    rows = fields(path, "skypefed.ice_warning", where="skypefed")
    assert [row["skypefed.ice_warning"] for row in rows] == [numbers for _, numbers in CASES.values()]
