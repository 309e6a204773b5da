# SPDX-License-Identifier: GPL-2.0-or-later
"""Labels of SDP bodies and of their streams: what they name, and what they leave out where nothing says it."""

import pytest

from crafted import crypto, request, session, stream_of, write_datagrams

BODY = session(stream_of("RTP/SAVP", crypto(1)))
PLAIN = "SDP: Offer, no ICE, 1 stream"
STREAM = "Stream 1: audio, port 50018, RTP/SAVP: SRTP required"


def bypass(content_type):
    """A message with the ordinary body and another one."""
    parts = "".join(f"--b\r\nContent-Type: {kind}\r\n\r\n{BODY}" for kind in ("application/sdp", content_type))
    return request("bypass", f"{parts}--b--\r\n", content_type="multipart/alternative;boundary=b")


# Name -> a message, and the labels of its SDP bodies and their streams.
MESSAGES = {
    "one body": (request("one", BODY), [PLAIN, STREAM]),
    "type in upper case": (request("upper", BODY, content_type="Application/SDP"), [PLAIN, STREAM]),
    "media bypass": (bypass("application/gw-sdp; x-bypassid=00112233-4455-6677-8899-AABBCCDDEEFF"),
                     [PLAIN, STREAM, f"{PLAIN}, application/gw-sdp", STREAM]),
    "Teams": (request("teams", BODY, content_type="application/sdp-ngc-1.0"),
              [f"{PLAIN}, application/sdp-ngc-1.0", STREAM]),
    "port unreadable": (request("port", BODY.replace("50018", "abc")),
                        [PLAIN, STREAM.replace(", port 50018", "")]),
    "port missing": (request("short", session("m=audio\r\n")), [PLAIN, "Stream 1: audio: Undetermined"]),
    "SRTP optional": (request("optional", BODY.replace("SAVP", "AVP")),
                      [PLAIN, "Stream 1: audio, port 50018, RTP/AVP: SRTP optional"]),
    "SRTP optional whatever a=encryption says": (
        request("required", BODY.replace("SAVP", "AVP") + "a=encryption:required\r\n"),
        [PLAIN, "Stream 1: audio, port 50018, RTP/AVP: SRTP optional"]),
}


@pytest.fixture(scope="module")
def labels(tshark, capture):
    """Name of a message -> the labels of its SDP bodies and streams."""
    path = capture(lambda file: write_datagrams(file, [message for message, _ in MESSAGES.values()]))
    frames = tshark("-r", path, "-V", "-O", "skypefed").split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(MESSAGES)
    return {name: [line.strip() for line in frame.splitlines() if line.strip().startswith(("SDP: ", "Stream "))]
            for name, frame in zip(MESSAGES, frames)}


@pytest.mark.parametrize("name", MESSAGES)
def test_labels(name, labels):
    assert labels[name] == MESSAGES[name][1]


OLD_KEY = "k=base64:" + "Q" * 43 + "\r\n"
KEY_NOTE = "Legacy encryption key: base64, 43 letters (not shown)"


@pytest.mark.parametrize("option", [(), ("-o", "skypefed.show_keys:FALSE")], ids=["shown", "hidden"])
@pytest.mark.parametrize("of_session", [True, False])
def test_legacy_key_is_told_of_where_it_stands(of_session, option, tshark, capture):
    """With its warning beside it, and never a letter of it, whatever the preference says."""
    lines = ("a=encryption:required\r\n", "" if of_session else OLD_KEY)
    body = session(OLD_KEY if of_session else "", stream_of("RTP/AVP", *lines))
    path = capture(lambda file: write_datagrams(file, [request("legacy", body)]))
    shown = tshark("-r", path, "-V", "-O", "skypefed", *option).split("\nSkype/Lync Federation")[1].splitlines()
    warning = "[The media key is exposed: this message was not carried inside TLS]"
    stream = next(number for number, line in enumerate(shown) if "Stream 1: " in line)
    for note in (KEY_NOTE, warning):
        rows = [number for number, line in enumerate(shown) if line.strip() == note]
        assert len(rows) == 1
        # The warning is of the message and comes after its streams; the row is where the key is.
        assert rows[0] > stream if note is warning else (rows[0] < stream) == of_session
    assert "QQQ" not in str(shown)
