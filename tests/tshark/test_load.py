# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin loads, as itself and in its own version; all other tests rest on this one."""

from stage import variable


def plugins(listing):
    """Name -> (version, type) from the table that `tshark -G plugins` prints."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in listing.splitlines()]
    return {row[0]: (row[1], row[2]) for row in rows if len(row) >= 3}


def test_plugin_is_listed_with_its_version(tshark):
    version = variable("SKYPEFED_VERSION", "version of the build")
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
