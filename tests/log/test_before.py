# SPDX-License-Identifier: GPL-2.0-or-later
"""What the lines before a bare message say of it, in logs that no row of the table knows (plugin/doc/log-formats.md, section 4)."""

import json

import pytest

from records import OPTIONS, message, only

PEER = ("192.0.2.77", 5071)


def sides(packet):
    """Direction, and the end that is the peer's."""
    peer = {"in": packet.source, "out": packet.destination}.get(packet.direction)
    return packet.direction, peer


def below(*lines):
    """A message below lines of a log, with entries around them."""
    return "\n".join(["2026-03-02 08:10:40.000 D begin", *lines, *OPTIONS, "", "", "2026-03-02 08:10:47.000 D end", ""])


@pytest.mark.parametrize("lines, direction, peer", [
    (["2026-03-02 08:10:46.250 D [7] [STACK::SIP] SENDING 806 bytes to 192.0.2.77:5071 {", ""], "out", PEER),
    (["2026-03-02 08:10:46.250 D [7] [STACK::SIP] RECEIVED 308 bytes from 192.0.2.77:5071 {", ""], "in", PEER),
    (["<167>Mar  2 2026 08:10:46.250 192.0.2.9 SIP: Net::ProcessInput(): Inbound SIP message from ip = 192.0.2.77 port: 5071"], "in", PEER),
    (["2026.03.02 | 2026-03-02 08:10:46.250 | Info | Sip", "", "\tudp 450 Bytes OUT to 192.0.2.77:5071"], "out", PEER),
    (["2026.03.02 | 2026-03-02 08:10:46.250 | Info | Sip", "", "\tudp 450 Bytes IN from 192.0.2.77:5071"], "in", PEER),
    (["2026-03-02 08:10:46.250 | transport | received WebSocket text message:", ""], "in", None),
    (["2026-03-02 08:10:46.250 [DEBUG] Sent to tls://[2001:db8::7]:5071 (230 bytes)", "-" * 40], "out", ("2001:db8::7", 5071)),
    (["2026-03-02 08:10:46.250 ---> 192.0.2.77:5071 1 782"], "out", PEER),
    (["2026-03-02 08:10:46.250 <--- 192.0.2.77:5071 1 782"], "in", PEER),
], ids=["braces", "braces, received", "syslog", "BroadWorks", "BroadWorks, received", "web", "IPv6", "arrow", "arrow, received"])
def test_entry_that_announces(convert, lines, direction, peer):
    packet = only(convert(below(*lines)))
    assert packet.text == message(*OPTIONS)
    assert sides(packet)[0] == direction and packet.time % (86400 * 10**9) == 29446250 * 10**6
    assert peer is None or sides(packet)[1] == peer


@pytest.mark.parametrize("mark, direction", [
    ("TX ", "out"), ("RX ", "in"), ("\N{RIGHTWARDS ARROW} ", "out"), ("\N{LEFTWARDS ARROW} ", "in"), ("---> ", "out"), ("<--- ", "in"),
    ("app.js:9 Transport received text message:", "in"), ("TX -> ", "out"),
])
def test_mark_before_the_start_line(convert, mark, direction):
    """Several messages, each line of which has a prefix that changes, and a rule between them."""
    lines = []
    for number in range(3):
        head = [mark + OPTIONS[0], *OPTIONS[1:-1], f"X-Number: {number}", *(OPTIONS[-1:] if number else []), "-----"]
        lines += [f"2026-03-02 08:1{number}:{10 + at}.{at:06d} trace  {line}" for at, line in enumerate(head)]
    result = convert("\n".join(lines) + "\n")
    assert [packet.direction for packet in result.packets] == [direction] * 3
    assert [f"X-Number: {number}".encode() in packet.text for number, packet in enumerate(result.packets)] == [True] * 3
    assert [packet.time // 10**9 % 3600 // 60 for packet in result.packets] == [10, 11, 12]


@pytest.mark.parametrize("line", [
    "This is the message that was sent by Teams to 2 of us:", "The request, as we received it:", "Then the answer was received", "## Outbound call to a mobile phone", "Incoming leg:",
    "2026-03-02 08:10:46 Stack-5.1.2.3.4 received and sent", "a=sendrecv", "2026-03-02 08:10:46 x <-- 'UPDATE' of call 'local!192.0.2.9'",
    "2026-03-02 08:10:46 x 192.0.2.9 <-> 192.0.2.8",
])
def test_prose_says_no_direction(convert, line):
    packet = only(convert("First line.\n" + line + "\n" + "\n".join([*OPTIONS, "", ""])))
    assert packet.direction is None and packet.source == ("192.0.2.1", 5061)


@pytest.mark.parametrize("entry", [
    "2026-03-02 08:10:46,022 [Pool : 7] Some FINE - Some-5.3.0.0.249 - Calls.received --> 'OPTIONS'",
    "2026-03-02 08:10:46.250 [NOTICE] stack.c:1118 New call",
])
def test_entries_that_begin_no_record(convert, entry):
    """A log whose entries look like those of a known format, with bare messages, which begin with a CR."""
    text = "\n".join([entry, "\r" + OPTIONS[0], "Min-SE: 90", *OPTIONS[1:], "", entry, entry, *OPTIONS, "", entry, ""])
    assert convert(text).texts == [message(OPTIONS[0], "Min-SE: 90", *OPTIONS[1:]), message(*OPTIONS)]


def test_message_after_a_body_that_is_too_short(convert):
    """The Content-Length promises more than the log has: the next message is none of it."""
    head = [*OPTIONS[:-1], "Content-Type: application/conference-info+xml", "Content-Length: 649"]
    prefix = "2026-03-02 08:10:46.306 [MESSAGE] "
    lines = ["---> 192.0.2.77:5071 1 900", "---> " + head[0], *head[1:], "", "\x1f", "<--- 192.0.2.77:5071 1 200",
             "<--- SIP/2.0 200 OK", "User-Agent: some", *OPTIONS[1:], "", ""]
    result = convert("".join(f"{prefix}{line}\n" for line in lines))
    assert [packet.direction for packet in result.packets] == ["out", "in"]
    assert result.texts[1] == message("SIP/2.0 200 OK", "User-Agent: some", *OPTIONS[1:])
    assert "1 does not match its Content-Length" in result.summary


def test_message_in_a_body(convert):
    """A sipfrag, and an instant message that quotes one, are no messages of their own."""
    fragment = "SIP/2.0 100 Trying\r\nTo: <sip:b@example.com>\r\n"
    for kind in ("message/sipfrag;version=2.0", "text/plain"):
        head = [*OPTIONS[:-1], "Content-Type: " + kind, f"Content-Length: {len(fragment)}"]
        packet = only(convert("\n".join([*head, "", *fragment.split("\r\n")])))
        assert packet.text == message(*head, body=fragment)


@pytest.mark.parametrize("mark", ["^M", "\\r\\n", "\\r", "#015", "<CR>", "<CR><LF>"])
def test_written_line_ends(convert, mark):
    body = "v=0\r\ns=-\r\nm=audio 4000 RTP/AVP 0\r\n"
    head = [*OPTIONS[:-1], "Content-Type: application/sdp", f"Content-Length: {len(body)}"]
    text = "".join(f"{line}{mark}\n" for line in [*head, "", *body.split("\r\n")[:-1]])
    assert only(convert("It sends:\n" + text + "and no more\n")).text == message(*head, body=body)
    assert only(convert("It sends:\n" + "".join(f"    {line}\n" for line in text.split("\n")[:-1]))).text == message(*head, body=body)


@pytest.mark.parametrize("mark", ["^M ", "\\r\\n", "\\015\\012", "<CR><LF>", "^M^J"])
def test_message_in_one_line(convert, mark):
    line = mark.join([*OPTIONS, "", ""])
    result = convert(f"Mar  2 2026 08:10:46 host9 SIP: Outbound SIP message to 192.0.2.77:5071 TX {line}\n" * 2)
    assert result.texts == [message(*OPTIONS)] * 2
    assert [sides(packet) for packet in result.packets] == [("out", PEER)] * 2


def test_set_in_below_an_entry(convert):
    """The start line is at the end of an entry, and the headers are set in below it."""
    text = "".join(f"Mar  2 2026 08:10:4{n} host9 proxy[23837]: INFO: <script>: Sent out request: {OPTIONS[0]}\n"
                   + "".join(f"{'':62}{line}\n" for line in OPTIONS[1:]) for n in range(2))
    result = convert(text)
    assert result.texts == [message(*OPTIONS)] * 2 and [packet.direction for packet in result.packets] == ["out"] * 2
    assert result.packets[1].time - result.packets[0].time == 10**9


def entry(text, level="debug", **others):
    """A line of a program that logs JSON."""
    return json.dumps({"level": level, "ts": "2026-03-02T08:10:46.250Z", "extra": {"a": [1, "}"]}, **others, "msg": text}) + "\n"


def test_messages_in_json(convert):
    head = [OPTIONS[0], OPTIONS[1], 'From: "A \\ B" <sip:a@example.com>;tag=1', *OPTIONS[3:-1], "Subject: \N{EURO SIGN}", OPTIONS[-1]]
    wire = "\r\n".join([*head, "", ""])
    text = entry("ready") + entry("received a message from 192.0.2.77:5071", data=wire) + entry("SENDING to 192.0.2.77:5071\n" + wire)
    result = convert(text + '{"msg": "cut off\n')
    assert result.texts == [wire.encode()] * 2
    assert [sides(packet) for packet in result.packets] == [("in", PEER), ("out", PEER)]
    assert {packet.time % (86400 * 10**9) for packet in result.packets} == {29446250 * 10**6}


@pytest.mark.parametrize("line", ["{", '{"msg"', '{"msg": ', '{"msg": "x', '{"msg": "x"', '{"msg": "\\', '{"msg": "\\u00', '{"a": [{"msg": "x"}'])
def test_damaged_json(convert, line):
    assert only(convert(line + "\n" + "\n".join([*OPTIONS, "", ""]) + line)).text == message(*OPTIONS)


def test_sdp_with_empty_lines(convert):
    """Only the lines of the body are apart, as some web pages have it; what follows the body is none of it."""
    body = ["v=0", "s=-", "t=0 0", "m=audio 4000 RTP/AVP 0", "a=sendrecv"]
    head = [*OPTIONS[:-1], "Content-Type: application/sdp", f"Content-Length: {len(message(*body)) - 2}"]
    text = "\n".join(head) + "\n\n" + "\n\n".join(body) + "\n\n\nx=after it\n" + "\n".join([*OPTIONS, "", ""])
    assert convert(text).texts == [message(*head) + message(*body)[:-2], message(*OPTIONS)]


@pytest.mark.parametrize("cut", [3, 7, 9])
def test_message_in_parts(convert, cut):
    """A phone that writes a long message in several entries of its syslog."""
    body = "v=0\r\ns=-\r\nm=audio 4000 RTP/AVP 0\r\n"
    head = [*OPTIONS[:-1], "Content-Type: application/sdp", f"Content-Length: {len(body)}"]
    entry = "<167>Mar  2 08:10:46 192.0.2.9 SIP: +01:00 2026 250 1 .TEL | 0 [Part 0{} of 02]"
    lines = [*head, "", *body.split("\r\n")[:-1]]
    text = "\n".join([entry.format(1), "Server::Send(): Outbound SIP message to 192.0.2.77:5071", "TX " + lines[0],
                      *lines[1:cut], entry.format(2), *lines[cut:], "", "<167>Mar  2 08:10:47 192.0.2.9 SIP: done", ""])
    inside = text.replace("From: <sip:a@", f"From: <si{entry.format(2)}\np:a@", 1).replace("\n" + entry.format(2) + "\n", "\n", 1)
    for log in (text, inside, text.replace("<167>", "")):
        packet = only(convert(log))
        assert packet.text == message(*head, body=body) and sides(packet) == ("out", PEER)
        assert packet.time % (86400 * 10**9) == 29446 * 10**9


@pytest.mark.parametrize("before, line", [
    ("", "Photos of the trip [Part 1 of 2]"),
    ("", "[Part 2 of 2]"),
    ("", "<134>Oct 16 08:30:00 host x: [Part 1 of 2]"),
    ("<134>Oct 16 08:30:00 host x: [Part 1 of 2]\n", "Photos of the trip [Part 2 of 2]"),
    ("<134>Oct 16 08:30:00 host x: [Part 1 of 3]\n", "<134>Oct 16 08:30:00 host x: [Part 2 of 2]"),
    ("<134>Oct 16 08:30:00 host x: [Part 2 of 2]\n", "<134>Oct 16 08:30:00 host x: [Part 2 of 2]"),
])
def test_text_like_the_head_of_a_part(convert, before, line):
    """Text of a message that ends like the head of a part: in its body, in a header."""
    body = f"Hello\n{line}\nmore"
    head = [*OPTIONS[:-1], f"Subject: {line}", "Content-Type: text/plain", f"Content-Length: {len(body)}"]
    log = before + "".join("\n".join([*lines, "", ""]) for lines in ([*head, "", body], OPTIONS))
    assert convert(log).texts == [message(*head, body=body), message(*OPTIONS)]
