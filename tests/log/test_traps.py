# SPDX-License-Identifier: GPL-2.0-or-later
"""Everything that makes a log hard to read, one case each (plugin/log/FORMATS.md, section 10)."""

import pytest

PREFIX = "10/16/2013|10:20:30.123 2D8:1C98 INFO  :: "
ENDS = "192.0.2.1:5061 (To Local Address: 192.0.2.2:49200)"
OPTIONS = ["OPTIONS sip:user@example.com SIP/2.0", "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1",
           "From: <sip:a@example.com>;tag=1", "To: <sip:user@example.com>", "Call-ID: c1", "CSeq: 1 OPTIONS",
           "Content-Length: 0"]


def lines(*parts, end="\r\n"):
    return end.join(parts) + end


def message(*head, body=""):
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def with_body(body, length=None, kind="text/plain", start="MESSAGE sip:user@example.com SIP/2.0"):
    """The lines of a message's head for a body of that kind."""
    size = len(body.encode()) if length is None else length
    return [start, *OPTIONS[1:5], "CSeq: 1 MESSAGE", f"Content-Type: {kind}", f"Content-Length: {size}"]


def client(*parts, bytes_told=None, ends=ENDS, word="Data Received -", prefix=PREFIX):
    """A record of a client log around the given lines, of which the first bears the prefix."""
    told = "" if bytes_told is None else f" {bytes_told} bytes"
    return lines(f"{prefix}{word}{ends}{told}:", prefix + parts[0], *parts[1:], f"{prefix}End of {word}{ends}{told}")


SERVER_HEAD = r"TL_INFO(TF_PROTOCOL) [pool01\fe01]0A5C.1FB0::10/16/2013-10:20:30.123.0000773E "
SERVER_FUNCTION = "(SIPStack,SIPAdminLog::ProtocolRecord::Flush:ProtocolRecord.cpp(261)) [2003888399] "


def server(*parts, head=SERVER_HEAD + SERVER_FUNCTION + "$$begin_record", direction="incoming"):
    """A protocol record of a server log around the given lines, of which the first is the start line."""
    return lines(head, "Trace-Correlation-Id: 2003888399", "Instance-Id: 0000C23F", f"Direction: {direction}",
                 "Peer: fepool01.example.com:61182", "Message-Type: request", f"Start-Line: {parts[0]}", *parts[1:],
                 "$$end_record")


EXPRESSWAY_HEAD = ('2014-02-03T20:30:40+10:00 cisco tvcs: UTCTime="2014-02-03 10:30:40,123" Module="network.sip" '
                   'Level="DEBUG": Action="Received" Local-ip="192.0.2.2" Local-port="5061" Src-ip="192.0.2.1" '
                   'Src-port="25002" Msg-Hash="123"')


def expressway(*parts, head=EXPRESSWAY_HEAD, mark="|"):
    """A record of an Expressway log: each line with a blank in front, and the end mark glued to the last."""
    first, *rest = parts
    return "\n".join([head, " SIPMSG:", f" |{first}", *(" " + line for line in rest)]) + mark + "\n"


def only(result):
    assert len(result.packets) == 1, result.summary
    return result.packets[0]


# A: the client's log

def test_end_with_nothing_behind(convert):
    """The smallest form: no addresses, no byte count, three headers."""
    log = lines(PREFIX + "Sending Packet", PREFIX + "INVITE sip:a@example.com SIP/2.0", "From: <sip:b@example.com>",
                "To: <sip:a@example.com>", "CSeq: 1 INVITE", PREFIX + "End of Sending Packet")
    packet = only(convert(log))
    assert packet.text == message("INVITE sip:a@example.com SIP/2.0", "From: <sip:b@example.com>",
                                  "To: <sip:a@example.com>", "CSeq: 1 INVITE")
    assert packet.direction == "out"
    assert not any("Cut" in comment for comment in packet.comments)


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
    """A line that looks like the log's own stays where the length says that it belongs to the body."""
    body = PREFIX + "Connected"
    head = with_body("look:\r\n" + body)
    assert only(convert(client(*head, "", "look:", body))).text == message(*head, body="look:\r\n" + body)


def test_quoted_start_lines_are_no_records(convert):
    log = lines(PREFIX + "Message is SIP/2.0 200 OK", PREFIX + "SIP/2.0 200 OK", PREFIX + "INVITE sip:a@b.example SIP/2.0",
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
    """The body of a NOTIFY about a transfer is a status line: no message of its own."""
    body = "SIP/2.0 200 OK\r\n"
    head = with_body(body, kind="message/sipfrag", start="NOTIFY sip:user@example.com SIP/2.0")
    assert only(convert(client(*head, "", "SIP/2.0 200 OK", ""))).text == message(*head, body=body)


def read_record(part, direction="Data Received -", minute=20):
    prefix = PREFIX.replace("10:20", f"10:{minute}")
    return lines(f"{prefix}{direction}{ENDS} {len(part)} bytes:", prefix + part, f"{prefix}End of {direction}{ENDS} {len(part)} bytes")


def test_message_in_two_reads(convert):
    """Cut anywhere, also inside a line: the time is that of the first read."""
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
    assert "cut" in result.summary and any("Cut" in comment for comment in packet.comments)


@pytest.mark.parametrize("text", ["", "\r\n", "\r\n\r\n"])
def test_keep_alive(convert, text):
    result = convert(read_record(text) + client(*OPTIONS, ""))
    assert only(result).text == message(*OPTIONS)
    assert "1 record without text" in result.summary


def test_cut_at_the_beginning(convert):
    """A rotated file begins inside a message."""
    log = lines("From: <sip:a@example.com>", "Content-Length: 0", "", f"{PREFIX}End of Data Received -{ENDS} 99 bytes")
    result = convert(log + client(*OPTIONS, ""))
    assert only(result).text == message(*OPTIONS)
    assert "1 part of a message without its beginning" in result.summary


def test_cut_at_the_end(convert):
    head = with_body("hello")
    result = convert(lines(PREFIX + f"Data Received -{ENDS} 500 bytes:", PREFIX + head[0], *head[1:4]))
    packet = only(result)
    assert packet.text == message(*head[:4])
    assert any("Cut" in comment for comment in packet.comments) and "1 cut off by the log" in result.summary


def test_begin_inside_a_record(convert):
    """The first record was cut; both messages come out."""
    second = [line.replace("c1", "c2") for line in OPTIONS]
    cut = lines(PREFIX + f"Data Received -{ENDS} 500 bytes:", PREFIX + OPTIONS[0], *OPTIONS[1:4])
    result = convert(cut + client(*second, ""))
    assert result.texts == [message(*OPTIONS[:4]), message(*second)]
    assert [any("Cut" in comment for comment in packet.comments) for packet in result.packets] == [True, False]


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
    """A record that never ends, in lines and in one line, does not keep the next one from being read."""
    for junk in ("y" * 70 + "\r\n") * 100_000, "y" * 8_000_000 + "\r\n":
        result = convert(lines(PREFIX + "Sending Packet", PREFIX + OPTIONS[0], *OPTIONS[1:]) + junk + client(*OPTIONS, ""))
        assert len(result.packets) == 2 and result.texts[1] == message(*OPTIONS)


def test_bytes_that_are_no_text(convert):
    """Display names in old code pages, and anything else, pass as they are."""
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
    assert "1 with another length than its Content-Length" in result.summary


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


def test_comment_tells_where_it_stood(convert):
    comment = only(convert("noise\r\n" * 4 + client(*OPTIONS, ""))).comments[0]
    assert "line 5" in comment and "process 2D8" in comment and "thread 1C98" in comment and "UccApilog" in comment


# B: the servers' log

def test_server_record(convert):
    result = convert(server(*OPTIONS, "Message-Body: -"))
    packet = only(result)
    assert packet.text == message(*OPTIONS)
    assert result.capture.name(packet.source) == "fepool01.example.com" and packet.source[1] == 61182
    assert result.capture.name(packet.destination) == "fe01"
    assert "machine fe01" in packet.comments[0] and "correlation id 2003888399" in packet.comments[0]


@pytest.mark.parametrize("length, body", [(0, ""), (1, "-")])
def test_body_that_is_a_dash(convert, length, body):
    head = with_body("-", length=length)
    packet = only(convert(server(*head, "Message-Body: -")))
    assert packet.text == message(*head, body=body)
    assert len(packet.comments) == 1


def test_body_on_the_label_line(convert):
    body = "v=0\r\ns=-\r\n"
    head = with_body(body, kind="application/sdp")
    assert only(convert(server(*head, "Message-Body: v=0", "s=-", ""))).text == message(*head, body=body)


def test_body_that_begins_with_a_line_end(convert):
    body = "\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n"
    head = with_body(body, kind="multipart/mixed; boundary=b")
    record = server(*head, "Message-Body: ", *body.split("\r\n")[1:-1], "")
    assert only(convert(record)).text == message(*head, body=body)


def test_end_record_inside_a_line(convert):
    body = "see $$end_record and $$begin_record there"
    head = with_body(body)
    assert only(convert(server(*head, "Message-Body: " + body))).text == message(*head, body=body)


def test_labels_behind_the_start_line_are_headers(convert):
    head = [*OPTIONS[:-1], "Direction: outgoing", "Peer: other.example.com", OPTIONS[-1]]
    packet = only(convert(server(*head, "Message-Body: -")))
    assert packet.text == message(*head) and packet.direction == "in"


def test_masked_body(convert):
    head = with_body("x" * 120)
    result = convert(server(*head, "Message-Body: ****MESSAGE BODY DELETED****"))
    packet = only(result)
    assert packet.text == message(*head, body="****MESSAGE BODY DELETED****")
    assert any("hides the body" in comment for comment in packet.comments)
    assert "Content-Length" not in result.summary


@pytest.mark.parametrize("fold", [
    SERVER_HEAD + SERVER_FUNCTION + "\r\n$$begin_record",
    SERVER_HEAD + "\r\n" + SERVER_FUNCTION + "$$begin_record",
    SERVER_HEAD.replace("::", "::\r\n") + SERVER_FUNCTION + "$$begin_record",
    SERVER_HEAD.replace(" [", "\r\n[") + "\r\n" + SERVER_FUNCTION + "\r\n$$begin_record",
    SERVER_HEAD + SERVER_FUNCTION.replace("SIPAdminLog::", "SIPAdminLog::\r\n") + "$$begin_record",
])
def test_folded_head(convert, fold):
    packet = only(convert(server(*OPTIONS, "Message-Body: -", head=fold)))
    assert packet.text == message(*OPTIONS)
    assert packet.time == 1381918830123000000


@pytest.mark.parametrize("head", [
    "TL_INFO(TF_PROTOCOL) [0]0A5C.1FB0::10/16/2013-10:20:30.123.0009935d (SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(122))$$begin_record",
    "TL_INFO(TF_PROTOCOL) [1]0A5C.1FB0::10/16/2013-10:20:30.123.0000773E (SIPStack,SIPAdminLog::WriteDiagnosticEvent:SIPAdminLog.cpp(830)) [2003888399] $$begin_record",
    "TL_INFO(TF_PROTOffice Communicator 2007 R2 OL) [0]0A5C.1FB0::10/16/2013-10:20:30.123.0009935d (SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(125))$$begin_record",
    "TL_INFO(TF_PROTOCOL) [0]0A5C.1FB0::10/16/2013-10:20:30.123.0009935D (SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(122))( 0000000003D2A9A0 )$$begin_record",
])
def test_heads(convert, head):
    packet = only(convert(server(*OPTIONS, "Message-Body: -", head=head)))
    assert packet.time == 1381918830123000000 and packet.text == message(*OPTIONS)


def test_records_of_something_else(convert):
    """Diagnostics, connections, one-line traces and dumps make no packets."""
    head = SERVER_HEAD.replace("TF_PROTOCOL", "TF_CONNECTION") + SERVER_FUNCTION
    other = (lines(head + "$$begin_record", "LogType: connection", "Severity: information", "Text: TLS negotiation started",
                   "Local-IP: 192.0.2.1:5061", "Peer-IP: 192.0.2.2:50000", "Connection-ID: 0x12", "Transport: TLS", "$$end_record")
             + lines(head + "SIP/2.0 200 OK", "POST /a HTTP/1.1", "Via: SIP/2.0/TLS 192.0.2.1")
             + lines("SIP-Call-ID: c1", "$$end_record"))
    result = convert(other + server(*OPTIONS, "Message-Body: -"))
    assert only(result).text == message(*OPTIONS)
    assert "1 record of something else" in result.summary


def test_server_record_cut_by_the_next(convert):
    cut = server(*OPTIONS, "Message-Body: -").split("Call-ID")[0]
    result = convert(cut + "\r\n" + server(*OPTIONS, "Message-Body: -"))
    assert result.texts == [message(*OPTIONS[:4]), message(*OPTIONS)]


def test_foreign_entries_inside_a_server_record(convert):
    """One-line entries of other components, and a head line that a page broke, stand between a record's lines."""
    body = "hello\r\nworld"
    head = with_body(body)
    trace = SERVER_HEAD.replace("TF_PROTOCOL", "TF_COMPONENT") + "(LyssDal,Client::Poll:client.cpp(17))SIP/2.0 200 OK"
    record = server(*head[:3], trace, *head[3:], "Message-Body: hello", trace, "world")
    assert only(convert(record)).text == message(*head, body=body)


# C: UCMA

def test_s4_beside_protocol_records(convert):
    s4 = lines(SERVER_HEAD + "(S4,SipMessage.DataLoggingHelper:sipmessage.cs(801)) [17]",
               ">>>>>>>>>>>>Outgoing SipMessage c=[<SipTlsConnection_2F>], 192.0.2.1:5070->192.0.2.2:49152",
               *OPTIONS, "", "------------EndOfOutgoing SipMessage", "")
    result = convert(server(*OPTIONS, "Message-Body: -") + s4 + server(*OPTIONS, "Message-Body: -"))
    assert result.texts == [message(*OPTIONS)] * 3
    packet = result.packets[1]
    assert packet.source == ("192.0.2.1", 5070) and packet.destination == ("192.0.2.2", 49152)
    assert packet.direction == "out" and "unverified" in packet.comments[0]


def test_cut_s4_record_before_a_protocol_record(convert):
    s4 = lines(SERVER_HEAD + "(S4,SipMessage.DataLoggingHelper:sipmessage.cs(801)) [17]",
               "<<<<<<<<<<<<Incoming SipMessage c=[<SipTlsConnection_2F>], 192.0.2.1:5070<-192.0.2.2:49152", *OPTIONS[:4])
    result = convert(s4 + server(*OPTIONS, "Message-Body: -"))
    assert result.texts == [message(*OPTIONS[:4]), message(*OPTIONS)]
    assert result.packets[0].source == ("192.0.2.2", 49152)


def test_s4_record_behind_a_cut_protocol_record(convert):
    s4 = lines(SERVER_HEAD + "(S4,SipMessage.DataLoggingHelper:sipmessage.cs(801)) [17]",
               ">>>>>>>>>>>>Outgoing SipMessage c=[<SipTlsConnection_2F>], 192.0.2.1:5070->192.0.2.2:49152",
               *OPTIONS, "", "------------EndOfOutgoing SipMessage", "")
    cut = server(*OPTIONS, "Message-Body: -").split("Call-ID")[0]
    assert convert(cut + "\r\n" + s4).texts == [message(*OPTIONS[:4]), message(*OPTIONS)]


# E: Expressway

@pytest.mark.parametrize("tail", ["|", "\n|", "\n |", "\n  | ", "| "])
def test_forms_of_the_end_mark(convert, tail):
    log = expressway(*OPTIONS, "", mark=tail) + EXPRESSWAY_HEAD.replace("network.sip", "developer.x") + "\n"
    assert only(convert(log)).text == message(*OPTIONS)


def test_bar_at_the_end_of_a_line(convert):
    body = "one|\r\ntwo|"
    head = with_body(body)
    packet = only(convert(expressway(*head, "", "one|", "two|")))
    assert packet.text == message(*head, body=body) and len(packet.comments) == 1


def test_body_in_column_0(convert):
    """A certificate's lines have no blank in front."""
    pem = "-----BEGIN CERTIFICATE-----\nMIIBszCCARwCAQAwDQYJ\n-----END CERTIFICATE-----\n"
    head = with_body(pem, kind="application/pkix-cert")
    log = expressway(*head, "", mark="\n" + pem + "|")
    assert only(convert(log)).text == message(*head, body=pem)


def test_older_expressway(convert):
    """X7 tells the far end only, and puts several blanks between fields."""
    head = ('2012-01-18T11:22:33+00:00 cisco tvcs: UTCTime="2012-01-18 11:22:33,456" Module="network.sip" Level="DEBUG": '
            '  Dst-ip="192.0.2.1"   Dst-port="25002" ')
    packet = only(convert(expressway(*OPTIONS, "", head=head)))
    assert packet.destination == ("192.0.2.1", 25002) and packet.direction == "out"
    assert packet.time == 1326885753456000000


def test_expressway_without_an_end(convert):
    result = convert(expressway(*OPTIONS[:4], mark="") + expressway(*OPTIONS, ""))
    assert result.texts == [message(*OPTIONS[:4]), message(*OPTIONS)]


# D: pasted text

def test_dead_prose(convert):
    text = ("We got SIP/2.0 404 Not Found back.\nSIP/2.0 200 OK\n\nThen INVITE sip:a@b.example SIP/2.0\n"
            "INVITE sip:a@b.example SIP/2.0\nwas sent. From: me\n")
    result = convert(text)
    assert result.code == 1 and not result.packets


def test_two_pastes(convert):
    body = "v=0\ns=-\nm=audio 4000 RTP/AVP 0\n"
    wire = body.replace("\n", "\r\n")
    head = with_body(wire, kind="application/sdp")
    text = "First:\n" + "\n".join([*OPTIONS, "", "and"]) + "\n" + "\n".join(head) + "\n\n" + body + "prose follows\na=not part of it\n"
    assert convert(text).texts == [message(*OPTIONS), message(*head, body=wire)]


def test_indented_paste(convert):
    """A quotation that is set in as a whole, with a folded header in it."""
    head = [*OPTIONS[:3], "Contact: <sip:a@example.com>;", "  methods=\"INVITE\"", *OPTIONS[3:]]
    text = "Look:\n\n" + "".join(f"    {line}\n" for line in [head[0], "Start-Line: " + head[0], *head[1:]]) + "\nThat is all.\n"
    assert only(convert(text)).text == message(*head)
    twice = "".join(f"    {line}\n" for line in [*head, *head])
    assert convert(twice).texts == [message(*head)] * 2


def test_date_header_gives_the_time(convert):
    packet = only(convert("\n".join([*OPTIONS, "Date: Fri, 26 Apr 2013 13:46:39 GMT", ""])))
    assert packet.time == 1366983999000000000 and packet.direction is None
    assert packet.source == ("192.0.2.1", 5061)


def test_copied_record_without_its_head(convert):
    text = "\n".join(["Direction: outgoing", "Peer: edge.example.com:5061", "Message-Type: request",
                      "Start-Line: " + OPTIONS[0], *OPTIONS[1:], "Message-Body: -", "$$end_record", ""])
    result = convert(text * 2)
    assert result.texts == [message(*OPTIONS)] * 2
    assert [packet.direction for packet in result.packets] == ["out", "out"]
    assert result.capture.name(result.packets[0].destination) == "edge.example.com"


def test_rebuilt_multipart(convert):
    body = ("--b\r\nContent-Type: text/plain\r\nContent-ID: <1>\r\n\r\nhi\r\n"
            "--b\r\nContent-Type: text/html\r\n\r\n<p>hi</p>\r\n--b--\r\n")
    head = with_body(body, kind='multipart/alternative; boundary="b"')
    text = "\n".join([head[0], "Start-Line: " + head[0], *head[1:], "Message-Body: ",
                      *[line for line in body.split("\r\n") if line], "", "prose"])
    packet = only(convert(text))
    assert packet.text == message(*head, body=body)
    assert any("put back" in comment for comment in packet.comments)


# Dates

def test_day_and_month_by_format(convert):
    """01/02 is January 2nd in a client log and February 1st in Avaya's."""
    client_log = client(*OPTIONS, "").replace("10/16/2013", "01/02/2013")
    avaya = "\n".join(["01/02/2013-10:20:30.123 [0x1] - --> Message to Send (Dest Address IP:  192.0.2.1:5060):$$begin_record",
                       "Direction: outgoing", "Start-Line: " + OPTIONS[0], *OPTIONS[1:], "Message-Body: -", "$$end_record", ""])
    assert only(convert(client_log)).time == 1357122030123000000
    assert only(convert(avaya)).time == 1359714030123000000


def test_older_avaya(convert):
    log = "\n".join(["13/01/2013-10:20:30.123 [0x1] - --> message sent to 192.0.2.1:5060", *OPTIONS, "",
                     "13/01/2013-10:20:31.000 [0x1] - something else", ""])
    packet = only(convert(log))
    assert packet.text == message(*OPTIONS) and packet.destination == ("192.0.2.1", 5060)


@pytest.mark.parametrize("option, zone, expected", [
    (None, "UTC", "10:20:30"), (None, "Europe/Berlin", "08:20:30"), ("local", "Europe/Berlin", "08:20:30"),
    ("+02:00", "UTC", "08:20:30"), ("-05:30", "Europe/Berlin", "15:50:30"), ("Z", "Europe/Berlin", "10:20:30"),
])
def test_zones(convert, option, zone, expected):
    args = ("--utc-offset", option) if option else ()
    packet = only(convert(client(*OPTIONS, ""), *args, zone=zone))
    seconds = packet.time // 10**9 % 86400
    assert f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" == expected
    # Central logging writes UTC, whatever the zone of whoever reads it.
    assert only(convert(server(*OPTIONS, "Message-Body: -"), *args, zone=zone)).time == 1381918830123000000


def test_hour_that_comes_twice(convert):
    """2013-10-27 02:30 in Berlin: first summer time, then, after 02:59, winter time."""
    times = ["01:59:59", "02:10:00", "02:59:59", "02:00:01", "02:30:00", "03:00:00"]
    log = "".join(client(*OPTIONS, "").replace("10/16/2013|10:20:30", f"10/27/2013|{time}") for time in times)
    seconds = [packet.time // 10**9 for packet in convert(log, zone="Europe/Berlin").packets]
    start = seconds[0]
    assert [second - start for second in seconds] == [0, 601, 3600, 3602, 5401, 7201]


@pytest.mark.parametrize("option", ["2", "+2", "berlin", "+25:00"])
def test_bad_zone(convert, option):
    result = convert(client(*OPTIONS, ""), "--utc-offset", option)
    assert result.code == 2 and "offset" in result.summary and not result.data
