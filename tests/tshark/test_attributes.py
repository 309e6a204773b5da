# SPDX-License-Identifier: GPL-2.0-or-later
"""Labels of Microsoft's SDP attributes: they name what the line says, and no number that it does not."""

import pytest

from crafted import request, session, stream_of, write_datagrams

FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["5B"] * 32) + "\r\n"

# Attribute -> the labels of the rows that it makes, of a stream's attributes.
OF_STREAM = {
    "x-ssrc-range:4096-4196": ["SSRC range: 4096 to 4196"],
    "x-ssrc-range:5-1": ["SSRC range: 5 to 1"],
    "x-ssrc-range:7": ["SSRC range"],
    "x-ssrc-range:abc": ["SSRC range"],
    "x-ssrc-range:": ["SSRC range"],
    "x-caps:121 263:1920:1080:30.0:2000000:1;4359:1280:720:7.5:1500000:1": [
        "Video capability: 1920 x 1080, 30 frames/s, up to 2000000 bit/s",
        "Video capability: 1280 x 720, 7.5 frames/s, up to 1500000 bit/s"],
    "x-caps:121 263:a:1080:30.0:2000000:1": ["Video capability: 30 frames/s, up to 2000000 bit/s"],
    "x-caps:121 263:1920:1080:x:y:1": ["Video capability: 1920 x 1080"],
    "x-caps:121 263:1920:1080:x:9:1": ["Video capability: 1920 x 1080, up to 9 bit/s"],
    "x-caps:121 ?": ["Video capability"],
    "x-caps:121": ["Video capability"],
    "x-caps:abc": ["Video capability"],
}

# The same of the session's attributes.
OF_SESSION = {
    "x-mediabw:main-video send=4000;recv=300": ["Bandwidth of main-video", "Label: main-video", "Send (kbit/s): 4000",
                                                "Receive (kbit/s): 300"],
    "x-mediabw:send=1;recv=2": ["Bandwidth", "Send (kbit/s): 1", "Receive (kbit/s): 2"],
    "x-mediabw:": ["Bandwidth"],
    "x-devicecaps:audio:send": ["Device: audio:send", "Name: audio", "Can send: True", "Can receive: False"],
    "x-devicecaps:audio": ["Device: audio", "Name: audio"],
    "x-devicecaps:audio:": ["Device: audio:", "Name: audio"],
}

TITLES = ("SSRC range", "Video capability", "Bandwidth")
BELOW = (*TITLES, "Device", "Label", "Send", "Receive", "Name", "Can ")


@pytest.fixture(scope="module")
def rows(tshark, capture):
    """Attribute -> the lines of our details that begin like a row of an attribute."""
    bodies = [session(stream_of("RTP/SAVP", FINGERPRINT, f"a={attribute}\r\n")) for attribute in OF_STREAM]
    bodies += [session(f"a={attribute}\r\n", stream_of("RTP/SAVP", FINGERPRINT)) for attribute in OF_SESSION]
    path = capture(lambda file: write_datagrams(file, [request(f"attribute-{number}", body)
                                                       for number, body in enumerate(bodies)]))
    frames = tshark("-r", path, "-V", "-O", "skypefed").split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(bodies)
    return {attribute: [line.strip() for line in frame.splitlines()]
            for attribute, frame in zip([*OF_STREAM, *OF_SESSION], frames)}


@pytest.mark.parametrize("attribute", OF_STREAM)
def test_label_of_stream_attribute(attribute, rows):
    assert [line for line in rows[attribute] if line.startswith(TITLES)] == OF_STREAM[attribute]


@pytest.mark.parametrize("attribute", OF_SESSION)
def test_rows_of_session_attribute(attribute, rows):
    shown = [line for line in rows[attribute] if line.startswith(BELOW)]
    assert [line for line in shown if line != "Label:"] == OF_SESSION[attribute]


def test_note_of_a_line_without_any_capability_stands_at_its_row(rows):
    """Once, and below the row: not at the protocol as a whole."""
    note = '[SDP: The payload type is not a number from 0 to 127: "abc"]'
    lines = rows["x-caps:abc"]
    assert [line for line in lines if line.startswith("[SDP: ")] == [note]
    assert lines.index("Video capability") + 2 == lines.index(note)
