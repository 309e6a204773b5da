# SPDX-License-Identifier: GPL-2.0-or-later
"""Logs of every format behind a collector, quoted, or copied from a web page (plugin/doc/log-formats.md, section 10)."""

import json

import pytest

import loggen
from records import OPTIONS, message, server


def each(before, after="\n"):
    """Something around each line; `before` takes its number."""
    return lambda lines: "".join(f"{before(number)}{line}{after}" for number, line in enumerate(lines, 1))


def container_json(lines):
    """The log of a container engine: an object for each line."""
    return "".join(json.dumps({"log": line + "\n", "stream": "stdout", "time": f"2026-03-02T08:10:{10 + n % 50}.{n % 1000:03d}Z"}) + "\n"
                   for n, line in enumerate(lines, 1))


AROUND = {
    "syslog": each(lambda n: f"Mar  2 08:10:{10 + n % 50} host9 prog[{1000 + n}]: "),
    "syslog of RFC 5424": each(lambda n: f"<134>1 2026-03-02T08:10:{10 + n % 50}.{n % 1000:03d}+01:00 host9 prog 17 - - "),
    "container": each(lambda n: "sbc_1  | "),
    "quote": each(lambda n: "> "),
    "quote, CRLF": lambda lines: "".join(f"{f'> {line}'.rstrip()}\r\n" for line in lines),
    "tab": each(lambda n: "\t"),
    "indentation": each(lambda n: "    "),
    "blanks after": each(lambda n: "", "  \n"),
    "empty lines": each(lambda n: "", "\n\n"),
    "Markdown": lambda lines: "Look:\n\n```text\n" + "\n".join(lines) + "\n```\n",
    "CR": each(lambda n: "", "\r"),
    "cat -n": each(lambda n: f"{n:6d}\t"),
    "grep -n": each(lambda n: f"trace.log:{n}:"),
    "JSON": container_json,
    "colors": lambda lines: "".join(f"\x1b[1;3{n % 8}m{line[: n % 40]}\x1b[0m\x1b[K{line[n % 40 :]}\x1b[m\n" for n, line in enumerate(lines)),
}

# A collector's time can stand where a format has its own, or is taken for a part of it.
HAS_TIME = {"syslog", "syslog of RFC 5424", "JSON"}

# Where the lines of a record begin is what these formats go by, or how many bytes a line has.
EXCEPTIONS = {
    "follow": {"syslog", "syslog of RFC 5424", "container", "blanks after", "empty lines", "cat -n", "grep -n", "quote, CRLF", "JSON", "colors"},
    "audiocodes": {"syslog", "syslog of RFC 5424", "container", "blanks after", "empty lines", "cat -n", "grep -n", "JSON"},
    "mail": {"blanks after"},
}

CASES = [(name, around) for name in sorted(loggen.FORMATS) for around in AROUND if around not in EXCEPTIONS.get(name, ())]


@pytest.fixture(scope="module")
def calls():
    return loggen.calls(3, seed=9)


def meta(result):
    """Direction and ends of each packet."""
    return [(packet.direction, packet.source, packet.destination) for packet in result.packets]


@pytest.mark.parametrize("name, around", CASES, ids=[f"{name}-{around}" for name, around in CASES])
def test_same_as_without(convert, calls, name, around):
    lines = loggen.log(calls, name).replace("\r\n", "\n").removesuffix("\n").split("\n")
    plain, result = convert("\n".join(lines) + "\n"), convert(AROUND[around](lines))
    wire = [loggen.reordered(one) if loggen.FORMATS[name].reorders else one.text for one in calls]
    assert result.texts == wire
    assert meta(result) == meta(plain)
    if around not in HAS_TIME and around not in ("grep -n", "empty lines"):
        assert [packet.time for packet in result.packets] == [packet.time for packet in plain.packets]
    assert "incomplete" not in result.summary and "does not match" not in result.summary


RED = "\x1b[1;31mAlarm\x1b[0m"


def text_record(body, around=lambda line: line, kind="text/plain"):
    """A log of one message with a body, whose other lines a terminal may have colored, and what the message was."""
    head = [*OPTIONS[:-1], f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "".join(f"{around(line)}\n" for line in ["2025-11-14 10:00:01 received from 198.51.100.1:5060", *head, ""]), message(*head, body=body)


@pytest.mark.parametrize("body", [f"{RED} in room 3", f"Look:\n{RED}", f"{RED}\n{RED} again\nend", "\x1b[31mred\x1b[0m"])
@pytest.mark.parametrize("prefix", ["", "> "])
def test_colors_of_a_body(convert, body, prefix):
    """A message that was sent with colors keeps them in a log that has none, and the next one is whole."""
    log, whole = text_record(body)
    lines = (log + body + "\n\n").splitlines() * 2
    result = convert("".join(f"{prefix}{line}\n" for line in lines))
    assert result.texts == [whole, whole] and "does not match" not in result.summary


@pytest.mark.parametrize("body", ["\x1b[31mred\x1b[0m text", "one\n\x1b[31mred\x1b[0m text"])
def test_colors_of_a_labeled_body(convert, body):
    head = [*OPTIONS[:-1], "Content-Type: text/plain", f"Content-Length: {len(body)}"]
    (text,) = convert(server(*head, *f"Message-Body: {body}".split("\n"))).texts
    assert text.endswith(f"\r\n\r\n{body}".encode())


@pytest.mark.parametrize("body, seen, around, kind", [
    # All lines, the headers, or what was searched for.
    ("Alarm in room 3", f"{RED} in room 3", lambda line: f"\x1b[32m{line}\x1b[0m", "text/plain"),
    ("Alarm in room 3", f"{RED} in room 3", lambda line: line.replace("CSeq", "\x1b[32mCSeq\x1b[0m"), "text/plain"),
    ("Alarm in room 3", f"{RED} in room 3", lambda line: line, "text/plain"),
    ("v=0\ns=Alarm", f"v=0\ns={RED}", lambda line: line, "application/sdp"),
])
def test_colors_of_a_terminal_in_a_body(convert, body, seen, around, kind):
    log, whole = text_record(body, around, kind)
    plain, expected = text_record("Hello")
    result = convert((log + seen + "\n\n" + plain + "Hello\n\n") * 2)
    assert result.texts == [whole, expected] * 2


def test_colors_of_the_line_after_a_body(convert):
    """The next entry is colored, for the first time in the log."""
    body = "Hello\r\nthere\r\nyou"
    log, whole = text_record(body)
    red, _ = text_record(body, lambda line: f"\x1b[31m{line}\x1b[0m" if "received" in line else line)
    result = convert(log + body.replace("\r", "") + "\n" + red + body.replace("\r", "") + "\n")
    assert result.texts == [whole, whole] and len({packet.time for packet in result.packets}) == 1


def test_prefix_of_head_lines_only(convert, calls):
    """A collector that keeps the lines of an entry together: only the first one has its prefix."""
    records = [loggen.log([one], "server", "\n").split("\n", 1)[1] for one in calls]
    result = convert("".join(f"Mar  2 08:10:46 host9 prog[7]: {record}" for record in records))
    assert result.texts == [loggen.reordered(one) for one in calls]
    assert [packet.direction for packet in result.packets] == [one.direction for one in calls]


@pytest.mark.parametrize("name", sorted(loggen.FORMATS))
def test_cut_inside_the_headers(convert, name):
    """A log that ends anywhere in the headers of a message: what is given is told to be incomplete, never handed out as whole.

    Pasted text can lack the blank line after the headers and the Content-Length, so there the last header is CSeq.
    """
    (first, *_) = loggen.calls(1, seed=3)
    text = loggen.log([first], name).encode()
    last = b"CSeq: " if loggen.FORMATS[name].option == "paste" else b"Content-Length: "
    begin, end = text.index(b"Via: ") - 20, text.index(last)
    for at in range(begin, end, 11):
        result = convert(text[:at])
        if result.packets:
            assert "1 is incomplete in the log" in result.summary, text[:at][-60:]
        else:
            assert result.code == 1


@pytest.mark.parametrize("lines, is_whole", [
    (OPTIONS, True),
    (OPTIONS[:-1], True),
    (OPTIONS[:-2], False),
    ([*OPTIONS[:-2], "CSeq: 1"], False),
    ([*OPTIONS[:-1], "Content-Type: application/sdp"], False),
    (OPTIONS[:3], False),
], ids=["whole", "no Content-Length", "no CSeq", "half a CSeq", "a body is missing", "two headers"])
def test_pasted_text_without_a_blank_line(convert, lines, is_whole):
    result = convert("\n".join(lines))
    assert len(result.packets) == 1 and ("incomplete" not in result.summary) == is_whole


def test_entry_that_a_text_quotes(convert):
    """A line of some log in prose is not the format of the text, and none hides in the headers of a message."""
    bare = "\n".join([*OPTIONS[:-1], "Subject: see 2013-10-16 08:30:00.1 [NOTICE] x.c:11 New, and", OPTIONS[-1], "", ""])
    result = convert("It said: 2013-10-16 08:30:00.123 [NOTICE] switch_channel.c:1118 New Channel\n\n" + bare)
    assert [text.decode().split("\r\n") for text in result.texts] == [bare.split("\n")]
    ends = "see 2013/10/16 08:30:00.000000 192.0.2.1:5060 -> 192.0.2.2:5060"
    result = convert("\n".join([*OPTIONS[:-1], f"Subject: {ends}", OPTIONS[-1], "", ""]))
    assert len(result.packets) == 1 and "(pasted text" in result.summary
