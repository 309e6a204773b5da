# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin loads, as itself and in its own version; all other tests rest on this one."""

import re

import pytest

from stage import REPOSITORY


def plugins(listing):
    """Name -> (version, type) from the table that `tshark -G plugins` prints."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in listing.splitlines()]
    return {row[0]: (row[1], row[2]) for row in rows if len(row) >= 3}


@pytest.fixture(scope="module")
def version():
    """The version of the build description, the one place where it stands."""
    text = (REPOSITORY / "CMakeLists.txt").read_text(encoding="utf-8")
    found = re.search(r"^project\(SkypeFed VERSION ([0-9.]+) ", text, re.MULTILINE)
    assert found, "no project(SkypeFed VERSION ...) in CMakeLists.txt"
    return found.group(1)


def test_plugin_is_listed_with_its_version(tshark, version):
    listed = plugins(tshark("-G", "plugins"))
    assert listed.get("skypefed.so") == (version, "dissector")


def test_protocol_is_registered(tshark):
    rows = [line.split("\t") for line in tshark("-G", "protocols").splitlines()]
    ours = [row[:3] for row in rows if len(row) > 2 and row[2] == "skypefed"]
    assert ours == [["Skype/Lync Federation", "SkypeFed", "skypefed"]]


def test_protocol_is_on_by_default(tshark, samples):
    capture = samples / "skype-to-lync-invite.pcapng"
    assert tshark("-r", capture, "-Y", "skypefed", "-T", "fields", "-e", "frame.number").split()


def test_absent_plugin_is_noticed(tshark, scratch):
    """What the first test looks for is not there without the plugin: that test can fail."""
    assert "skypefed.so" not in plugins(tshark("-G", "plugins", plugin=False))
    assert "skypefed.so" not in plugins(tshark("-G", "plugins", plugin=scratch))
