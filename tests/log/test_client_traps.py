# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes client logs hard to read, one case each (plugin/doc/log-formats.md, section 13)."""

import pytest

from records import ENDS, OPTIONS, PREFIX, client, lines, message, only, read_record, with_body


def test_end_without_details(convert):
    """The smallest form: no addresses, no byte count, three headers."""
    log = lines(PREFIX + "Sending Packet", PREFIX + "INVITE sip:a@example.com SIP/2.0", "From: <sip:b@example.com>",
                "To: <sip:a@example.com>", "CSeq: 1 INVITE", PREFIX + "End of Sending Packet")
    packet = only(convert(log))
    assert packet.text == message("INVITE sip:a@example.com SIP/2.0", "From: <sip:b@example.com>",
                                  "To: <sip:a@example.com>", "CSeq: 1 INVITE")
    assert packet.direction == "out"
    assert not any("Incomplete" in comment for comment in packet.comments)


def test_without_byte_count(convert):
    packet = only(convert(client(*OPTIONS, "")))
    assert packet.text == message(*OPTIONS)
    assert packet.source == ("192.0.2.1", 5061) and packet.destination == ("192.0.2.2", 49200)


@pytest.mark.parametrize("level", ["INFO  ::", "INFO ::", "INFO::", "TRACE ::"])
def test_blanks_after_the_level(convert, level):
    log = client(*OPTIONS, "").replace("INFO  ::", level)
    assert only(convert(log)).text == message(*OPTIONS)


@pytest.mark.parametrize("written, address, name", [
    ("192.0.2.7:5061", "192.0.2.7", None),
    ("[2001:db8::7]:5061", "2001:db8::7", None),
    ("2001:db8::7:5061", "2001:db8::7", None),
    ("2001:db8:0:0:0:0:0:7:5061", "2001:db8::7", None),
    ("[fe80::1%12]:5061", "fe80::1", None),
    ("sip.example.com:5061", None, "sip.example.com"),
    ("SIP.Example.COM:5061", None, "sip.example.com"),
])
def test_peers(convert, written, address, name):
    result = convert(client(*OPTIONS, "", ends=f"{written} (To Local Address: 192.0.2.2:49200)"))
    packet = only(result)
    assert packet.source[1] == 5061
    if name:
        assert result.capture.names[packet.source[0]] == name
        assert result.capture.named_before[packet.source[0]] == 0
    else:
        assert packet.source[0] == address


def test_foreign_line_inside(convert):
    """Entries of another thread come between; nothing of the message is lost."""
    foreign = "10/16/2013|10:20:30.124 2D8:A0C TRACE :: CUccSession::Poll - status line SIP/2.0 200 OK"
    body = "hello\r\nworld"
    head = with_body(body)
    packet = only(convert(client(*head[:3], foreign, *head[3:], "", "hello", foreign, "world")))
    assert packet.text == message(*head, body=body)


def test_foreign_lines_of_the_same_thread(convert):
    foreign = PREFIX + "CUccSession::Poll"
    packet = only(convert(client(*OPTIONS[:3], foreign, *OPTIONS[3:], "")))
    assert packet.text == message(*OPTIONS)


def test_body_that_quotes_the_log(convert):
    """A line that looks like an entry of the log stays in the body if the length says so."""
    body = PREFIX + "Connected"
    head = with_body("look:\r\n" + body)
    assert only(convert(client(*head, "", "look:", body))).text == message(*head, body="look:\r\n" + body)


def test_quoted_start_lines_are_no_records(convert):
    log = lines(PREFIX + "Message is SIP/2.0 200 OK", PREFIX + "SIP/2.0 200 OK", PREFIX + "INVITE sip:a@b.example.com SIP/2.0",
                "SIP/2.0 200 OK", "Via: SIP/2.0/TLS 192.0.2.1")
    result = convert(log)
    assert result.code == 1 and result.packets == []


def test_two_messages_in_one_read(convert):
    first, second = message(*OPTIONS), message(*with_body("hi"), body="hi")
    text = (first + second).decode()
    log = lines(f"{PREFIX}Data Received -{ENDS} {len(text)} bytes:", PREFIX + text, f"{PREFIX}End of Data Received -{ENDS} {len(text)} bytes")
    result = convert(log)
    assert result.texts == [first, second]
    assert all("bytes" not in comment for packet in result.packets for comment in packet.comments)


def test_three_messages_without_blank_lines(convert):
    second = [line.replace("c1", "c2") for line in OPTIONS]
    third = [line.replace("c1", "c3") for line in OPTIONS]
    result = convert(client(*OPTIONS, *second, *third))
    assert result.texts == [message(*OPTIONS), message(*second), message(*third)]


def test_status_line_in_a_body(convert):
    """The body of a NOTIFY about a transfer is a status line, which is not a message."""
    body = "SIP/2.0 200 OK\r\n"
    head = with_body(body, kind="message/sipfrag", start="NOTIFY sip:user@example.com SIP/2.0")
    assert only(convert(client(*head, "", "SIP/2.0 200 OK", ""))).text == message(*head, body=body)


def test_message_in_two_reads(convert):
    """Split anywhere, even inside a line: the time is that of the first read."""
    whole = message(*with_body("hello\r\nworld"), body="hello\r\nworld")
    other = client(*[line.replace("c1", "other") for line in OPTIONS], "", ends="192.0.2.9:5061 (To Local Address: 192.0.2.2:49201)")
    for cut in range(len(OPTIONS[0]) + 2, len(whole) - 1):
        log = read_record(whole[:cut].decode()) + other + read_record(whole[cut:].decode(), minute=21)
        texts = convert(log).texts
        assert len(texts) == 2 and whole in texts, f"cut at {cut}"


def test_rest_never_comes(convert):
    whole = message(*with_body("hello\r\nworld"), body="hello\r\nworld")
    result = convert(read_record(whole[:-3].decode()))
    packet = only(result)
    assert packet.text == whole[:-3]
    assert "incomplete" in result.summary and any("Incomplete" in comment for comment in packet.comments)


def test_more_connections_wait_than_are_kept(convert):
    """The oldest of nine gives way, marked as incomplete. The others are completed."""
    whole = message(*with_body("hello\r\nworld"), body="hello\r\nworld")
    ends = [f"192.0.2.{9 + number}:5061 (To Local Address: 192.0.2.2:49200)" for number in range(9)]
    log = "".join(read_record(whole[:-3].decode(), ends=end) for end in ends)
    log += "".join(read_record(whole[-3:].decode(), ends=end, minute=21) for end in ends[1:])
    result = convert(log)
    assert sorted(result.texts) == [whole[:-3]] + [whole] * 8
    assert "skipped" not in result.summary


@pytest.mark.parametrize("text", ["", "\r\n", "\r\n\r\n"])
def test_keep_alive(convert, text):
    result = convert(read_record(text) + client(*OPTIONS, ""))
    assert only(result).text == message(*OPTIONS)
    assert "1 empty record" in result.summary


def test_cut_at_the_beginning(convert):
    """A rotated file begins inside a message."""
    log = lines("From: <sip:a@example.com>", "Content-Length: 0", "", f"{PREFIX}End of Data Received -{ENDS} 99 bytes")
    result = convert(log + client(*OPTIONS, ""))
    assert only(result).text == message(*OPTIONS)
    assert "1 fragment of a message" in result.summary


def test_cut_at_the_end(convert):
    head = with_body("hello")
    result = convert(lines(PREFIX + f"Data Received -{ENDS} 500 bytes:", PREFIX + head[0], *head[1:4]))
    packet = only(result)
    assert packet.text == message(*head[:4])
    assert any("Incomplete" in comment for comment in packet.comments) and "1 is incomplete in the log" in result.summary


def test_begin_inside_a_record(convert):
    """The first record is incomplete. Both messages are written."""
    second = [line.replace("c1", "c2") for line in OPTIONS]
    cut = lines(PREFIX + f"Data Received -{ENDS} 500 bytes:", PREFIX + OPTIONS[0], *OPTIONS[1:4])
    result = convert(cut + client(*second, ""))
    assert result.texts == [message(*OPTIONS[:4]), message(*second)]
    assert [any("Incomplete" in comment for comment in packet.comments) for packet in result.packets] == [True, False]


def test_padding_of_a_crashed_client(convert):
    for padding in (1, 16, 4096, 3_000_000):
        log = client(*OPTIONS, "").encode() + b"\0" * padding
        assert convert(log).texts == [message(*OPTIONS)]
        assert convert(log + client(*OPTIONS, "").encode()).texts == [message(*OPTIONS)] * 2


def test_header_longer_than_64_kilobytes(convert):
    long = "Identity: " + "A" * 100_000
    result = convert(client(*OPTIONS, long, ""))
    assert only(result).text == message(*OPTIONS, long)


def test_message_too_long_for_a_capture(convert, tshark):
    body = "x" * 300_000
    result = convert(client(*with_body(body), "", body))
    packet = only(result)
    whole = message(*with_body(body), body=body)
    assert packet.text == whole[: len(packet.text)] and len(packet.text) > 250_000
    assert packet.full_length == len(whole)
    assert any("Shortened" in comment for comment in packet.comments) and "shortened" in result.summary
    assert tshark(result.data, "-T", "fields", "-e", "sip.Method").strip() == "MESSAGE"


def test_endless_record(convert):
    """A record that never ends, in many lines or one, does not prevent the next one from being read."""
    for junk in ("y" * 70 + "\r\n") * 100_000, "y" * 8_000_000 + "\r\n":
        result = convert(lines(PREFIX + "Sending Packet", PREFIX + OPTIONS[0], *OPTIONS[1:]) + junk + client(*OPTIONS, ""))
        assert len(result.packets) == 2 and result.texts[1] == message(*OPTIONS)


def test_bytes_that_are_no_text(convert):
    """Display names in old code pages, and any other bytes, are not changed."""
    log = client(*OPTIONS[:2], "From: \"M\udcfcller\" <sip:a@example.com>", *OPTIONS[3:], "")
    assert "M\udcfcller" in only(convert(log)).text.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("form", ["l: 5", "CONTENT-LENGTH: 5", "Content-Length : 5", "content-length:5"])
def test_forms_of_content_length(convert, form):
    head = with_body("hello")
    head[-1] = form
    assert only(convert(client(*head, "", "hello", ""))).text == message(*head, body="hello")


def test_wrong_content_length(convert):
    """Nothing is lost, nothing is edited, and the comment says so."""
    head = with_body("hello", length=99)
    result = convert(client(*head, "", "hello", "world"))
    packet = only(result)
    assert packet.text == message(*head, body="hello\r\nworld")
    assert "Content-Length is 99, but the body in the log has 12 bytes." in packet.comments
    assert "1 does not match its Content-Length" in result.summary


def test_body_with_bare_line_feeds(convert):
    body = "one\ntwo\n"
    head = with_body(body)
    log = (lines(f"{PREFIX}Data Received -{ENDS}:", PREFIX + head[0], *head[1:], "") + body
           + lines(f"{PREFIX}End of Data Received -{ENDS}"))
    assert only(convert(log)).text == message(*head, body=body)


def test_lost_blank_line_before_sdp(convert):
    body = "v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
    head = with_body(body, kind="application/sdp")
    assert only(convert(client(*head, *body.split("\r\n")[:-1]))).text == message(*head, body=body)


def test_lost_blank_line_before_text(convert):
    head = with_body("just text")
    assert only(convert(client(*head, "just text"))).text == message(*head, body="just text")


def test_comment_says_where_it_was(convert):
    comment = only(convert("noise\r\n" * 4 + client(*OPTIONS, ""))).comments[0]
    assert "line 5" in comment and "process 2D8" in comment and "thread 1C98" in comment and "UccApilog" in comment
