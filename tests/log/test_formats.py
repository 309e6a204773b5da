# SPDX-License-Identifier: GPL-2.0-or-later
"""1,000 calls in each format are converted to what the generator wrote: texts, times, ends and directions."""

import codecs
import datetime
import gzip

import pytest

import loggen

CALLS = 1000
DAY = 86400 * 10**9
NAMES = sorted(loggen.FORMATS)


@pytest.fixture(scope="module")
def truth():
    return loggen.calls(CALLS)


@pytest.fixture(scope="module")
def few():
    return loggen.calls(8)


def expected_text(message, name):
    return loggen.reordered(message) if loggen.FORMATS[name].reorders else message.text


def is_same_time(found, expected, log_format):
    """A log without years or dates is dated back from now: compares the rest."""
    if log_format.lacks == "date":
        found, expected = found % DAY, expected % DAY
    if log_format.lacks == "year":
        day, was = (datetime.datetime(1970, 1, 1) + datetime.timedelta(days=time // DAY) for time in (found, expected))
        assert (day.month, day.day) == (was.month, was.day)
        assert datetime.datetime.now() - datetime.timedelta(days=367) < day <= datetime.datetime.now()
        found, expected = found % DAY, expected % DAY
    return found == expected // log_format.unit * log_format.unit


@pytest.mark.parametrize("name", NAMES)
def test_thousand_calls(convert, truth, name):
    log_format = loggen.FORMATS[name]
    result = convert(loggen.log(truth, name))
    assert result.code == 0, result.summary
    assert len(result.packets) == len(truth)
    assert f"{len(truth)} messages written from 1 log" in result.summary
    for packet, message in zip(result.packets, truth):
        assert packet.text == expected_text(message, name)
        assert packet.dissector == "sip"
        assert packet.transport == "tcp"
        if not log_format.has_time:
            continue
        assert is_same_time(packet.time, message.nanoseconds, log_format)
        assert packet.direction == (message.direction if log_format.has_direction else None)
        ends = [packet.source, packet.destination]
        local, peer = ends if message.direction == "out" else reversed(ends)
        if log_format.peer == "name":
            assert (result.capture.name(peer), peer[1]) == (message.peer_name, message.peer[1])
        if log_format.peer == "address":
            assert peer == message.peer
        if log_format.has_local:
            assert local == message.local


@pytest.mark.parametrize("name", NAMES)
def test_tshark_sees_the_calls(convert, tshark, truth, name):
    """tshark decodes the same: method or code, Call-ID, CSeq and media of every message."""
    result = convert(loggen.log(truth, name))
    names = ("sip.Method", "sip.Status-Code", "sip.Call-ID", "sip.CSeq", "sdp.media")
    rows = tshark(result.data, "-T", "fields", *(part for field in names for part in ("-e", field))).splitlines()
    expected = []
    for message in truth:
        lines = message.head
        values = {key: next(line.split(": ", 1)[1] for line in lines if line.startswith(key))
                  for key in ("Call-ID", "CSeq")}
        first = lines[0].split(" ")
        method, code = ("", first[1]) if first[0] == "SIP/2.0" else (first[0], "")
        media = [line[2:] for line in message.body.decode().split("\r\n") if line.startswith("m=")]
        expected.append("\t".join([method, code, values["Call-ID"], values["CSeq"], ",".join(media)]))
    assert rows == expected


ENCODINGS = {
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16-le": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16-le without mark": lambda text: text.encode("utf-16-le"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip in two members": lambda text: gzip.compress(text[: len(text) // 2].encode())
                                        + gzip.compress(text[len(text) // 2 :].encode()),
    "gzip of utf-16": lambda text: gzip.compress(codecs.BOM_UTF16_LE + text.encode("utf-16-le")),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", NAMES)
def test_encodings(convert, few, name, encoding):
    """Whatever the encoding, the bytes of the capture are the same."""
    text = loggen.log(few, name)
    assert convert(ENCODINGS[encoding](text)).data == convert(text).data


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n"], ids=["LF", "CRLF", "CRCRLF"])
@pytest.mark.parametrize("name", NAMES)
def test_line_ends(convert, few, name, end):
    result = convert(loggen.log(few, name, end))
    assert result.texts == [expected_text(message, name) for message in few]


@pytest.mark.parametrize("name", NAMES)
def test_mixed_line_ends(convert, few, name):
    """Every third line of a CRLF log ends with LF alone."""
    lines = loggen.log(few, name, "\r\n").split("\r\n")
    text = "".join(line + ("\n" if index % 3 == 0 else "\r\n") for index, line in enumerate(lines))
    assert convert(text).texts == [expected_text(message, name) for message in few]


@pytest.mark.parametrize("name", NAMES)
def test_format_option(convert, few, name):
    """With -f and its name, a format gives the same. With any other format there is nothing."""
    text = loggen.log(few, name)
    option = loggen.FORMATS[name].option
    assert convert(text, "-f", option).data == convert(text).data
    other = "sipe" if option != "sipe" else "uccapi"
    result = convert(text, "-f", other)
    assert result.code == 1 and result.packets == []


def test_formats_in_one_stream(convert, few):
    """Logs of different formats, one after the other. Bare messages between them are only counted."""
    order = [name for name, log_format in loggen.FORMATS.items() if log_format.option != "paste"]
    result = convert("".join(loggen.log(few, name) for name in order))
    assert result.texts == [expected_text(message, name) for name in order for message in few]
