# SPDX-License-Identifier: GPL-2.0-or-later
"""Bodies out of shape: without the blank line in front they are read all the same, encoded ones are not."""

import pytest

from crafted import KEYS, SUITE, crypto, request, session, stream_of, write_datagrams

KEY = KEYS[0]
BODY = session(stream_of("RTP/SAVP", crypto(1)))
BROKEN_KEY = session(stream_of("RTP/SAVP", f"a=crypto:1 {SUITE} inline:{KEY[:10]}\r\n{KEY[10:]}|2^31\r\n"))
MIXED = "multipart/mixed;boundary=b"
PART = "--b\r\nContent-Type: application/sdp\r\n"

OURS = ("The header", "User-Agent: ", "Body: ", "SDP: ")
NO_BLANK_LINE = "The header block is not followed by a blank line"
NO_BLANK_LINE_OF_PART = "Body: The body part has no blank line after its headers"
NO_SDP_LINE = "SDP: The SDP line is not of the form letter=value"


def encoded(thing, encoding):
    return f'SDP: The {thing} has a transfer encoding that is not decoded: "{encoding}"'


# Name -> a message, the streams that are read of it, and its notes.
MESSAGES = {
    "as it should be": (request("a", BODY), 1, []),
    "no blank line": (request("b", BODY).replace(b"\r\n\r\n", b"\r\n", 1), 1, [NO_BLANK_LINE]),
    "no blank line, key broken": (request("c", BROKEN_KEY).replace(b"\r\n\r\n", b"\r\n", 1), 1,
                                  [NO_BLANK_LINE, NO_SDP_LINE]),
    "no blank line of a part": (request("d", f"{PART}{BODY}--b--\r\n", content_type=MIXED), 1,
                                [NO_BLANK_LINE_OF_PART]),
    "7bit": (request("e", BODY, headers="Content-Transfer-Encoding: 7bit\r\n"), 1, []),
    "quoted-printable part": (
        request("f", f"{PART}Content-Transfer-Encoding: quoted-printable\r\n\r\n{BODY.replace('=', '=3D')}--b--\r\n",
                content_type=MIXED), 0, [encoded("SDP body", "quoted-printable")]),
    "NUL byte": (request("h", BODY.replace("s=session", "s=\0")), 1,
                 ['SDP: The SDP line holds a NUL byte: "\\000"']),
    "NUL byte in a header": (request("i", BODY, headers="User-Agent: a\0b\r\n"), 1,
                             ['User-Agent: The header holds a NUL byte: "\\000"']),
    "compressed": (request("g", "H4sIAAAA", headers="e: gzip\r\n"), 0, [encoded("SDP body", "gzip")]),
}


@pytest.fixture(scope="module")
def frames(fields, field_names, capture):
    path = capture(lambda file: write_datagrams(file, [row[0] for row in MESSAGES.values()]))
    rows = fields(path, *field_names, "_ws.expert.message", where="skypefed", args=("-o", "skypefed.show_keys:FALSE"))
    assert len(rows) == len(MESSAGES)
    return dict(zip(MESSAGES, rows))


@pytest.mark.parametrize("name", MESSAGES)
def test_body(name, frames):
    _, streams, notes = MESSAGES[name]
    frame = frames[name]
    messages = [text for text in frame["_ws.expert.message"] if text.startswith(OURS)]
    assert sorted(messages) == sorted(notes)
    assert len(frame["skypefed.media"]) == streams
    assert KEY[10:] not in str(frame)
