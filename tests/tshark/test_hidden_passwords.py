# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidates of draft 06 out of shape: wherever the password is, no label, field or expert info shows it."""

import pytest

from crafted import request, session, stream_of, write_datagrams

HIDDEN = ("-o", "skypefed.show_keys:FALSE")
USERNAME = "u" * 43
PASSWORD = "PF57frcH6o61FPTS51wG3g"
END = "UDP 0.830 10.0.0.1 50018"

# Name -> what follows the colon.
VALUES = {
    "in order": f"{USERNAME} 1 {PASSWORD} {END}",
    "component missing": f"{USERNAME} {PASSWORD} {END}",
    "component after the password": f"{USERNAME} {PASSWORD} 1 {END}",
    "a word too many": f"{USERNAME} 1 extra {PASSWORD} {END}",
    "password for the username": f"{PASSWORD} 1 {USERNAME} {END}",
    "username missing": f"1 {PASSWORD} {END}",
    "username missing, password first": f"{PASSWORD} 1 {END}",
    "username alone in front": f"{PASSWORD} {END}",
    "transport missing": f"{USERNAME} 1 {PASSWORD} 0.830 10.0.0.1 50018",
    "transport in front": f"{USERNAME} 1 UDP {PASSWORD} 0.830 10.0.0.1 50018",
    "username and component together": f"{USERNAME}1 {PASSWORD} {END}",
    "username and password together": f"{USERNAME}{PASSWORD} 1 {END}",
    "component and password together": f"{USERNAME} 1{PASSWORD} {END}",
    "password and transport together": f"{USERNAME} 1 {PASSWORD}{END}",
    "for the preference": f"{USERNAME} 1 x UDP {PASSWORD} 10.0.0.1 50018",
    "for the address": f"{USERNAME} 1 x UDP 0.830 {PASSWORD} 50018",
    "for the port": f"{USERNAME} 1 x UDP 0.830 10.0.0.1 {PASSWORD}",
    "cut after the password": f"{USERNAME} {PASSWORD}",
    "with a type": f"{USERNAME} 1 {PASSWORD} {END} typ host",
}


@pytest.fixture(scope="module")
def path(capture):
    """A capture of one message for each row."""
    bodies = [session(stream_of("RTP/AVP", f"a=candidate:{value}\r\n")) for value in VALUES.values()]
    return capture(lambda file: write_datagrams(file, [request(f"hidden-{number}", body)
                                                       for number, body in enumerate(bodies)]))


def secrets_in(text):
    """The halves of the password that stand in a text."""
    return [part for part in (PASSWORD[:8], PASSWORD[8:]) if part in text]


def test_details(tshark, path):
    frames = tshark("-r", path, "-V", "-O", "skypefed", *HIDDEN).split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(VALUES)
    assert not {name: secrets_in(frame) for name, frame in zip(VALUES, frames) if secrets_in(frame)}


def test_fields(decoded, path):
    frames = decoded(path, args=HIDDEN)
    assert len(frames) == len(VALUES)
    assert not {name: secrets_in(str(frame)) for name, frame in zip(VALUES, frames) if secrets_in(str(frame))}


@pytest.mark.parametrize("option", [(), HIDDEN], ids=["shown", "hidden"])
def test_expert_infos(option, tshark, path):
    """Those never show a password, whatever the preference says."""
    assert not secrets_in(tshark("-r", path, "-q", "-z", "expert", *option))


def test_shown(tshark, path):
    """Who may see it finds a line out of order as a whole, with one note."""
    number = list(VALUES).index("component missing") + 1
    args = ("-r", path, "-Y", f"frame.number == {number}", "-o", "skypefed.show_keys:TRUE")
    fields = tshark(*args, "-T", "fields", "-e", "skypefed.candidate")
    assert fields.strip() == f"a=candidate:{VALUES['component missing']}"
    assert tshark(*args, "-V").count("(Warning/Malformed): SDP: The candidate") == 1
