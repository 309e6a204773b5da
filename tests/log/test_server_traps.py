# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes server logs hard to read, one case each (plugin/doc/log-formats.md, section 13)."""

import pytest

from records import (
    EXPRESSWAY_HEAD, OPTIONS, SERVER_FUNCTION, SERVER_HEAD, expressway, lines, message, only, server,
    with_body
)


def test_server_record(convert):
    result = convert(server(*OPTIONS, "Message-Body: -"))
    packet = only(result)
    assert packet.text == message(*OPTIONS)
    assert result.capture.name(packet.source) == "fepool01.example.com" and packet.source[1] == 61182
    assert result.capture.name(packet.destination) == "fe01"
    assert "machine fe01" in packet.comments[0] and "correlation ID 2003888399" in packet.comments[0]


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


def test_labels_after_the_start_line_are_headers(convert):
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
    """Diagnostics, connections, one-line traces and dumps give no packets."""
    head = SERVER_HEAD.replace("TF_PROTOCOL", "TF_CONNECTION") + SERVER_FUNCTION
    other = (lines(head + "$$begin_record", "LogType: connection", "Severity: information", "Text: TLS negotiation started",
                   "Local-IP: 192.0.2.1:5061", "Peer-IP: 192.0.2.2:50000", "Connection-ID: 0x12", "Transport: TLS", "$$end_record")
             + lines(head + "SIP/2.0 200 OK", "POST /a HTTP/1.1", "Via: SIP/2.0/TLS 192.0.2.1")
             + lines("SIP-Call-ID: c1", "$$end_record"))
    result = convert(other + server(*OPTIONS, "Message-Body: -"))
    assert only(result).text == message(*OPTIONS)
    assert "1 record without SIP" in result.summary


def test_server_record_cut_by_the_next(convert):
    cut = server(*OPTIONS, "Message-Body: -").split("Call-ID")[0]
    result = convert(cut + "\r\n" + server(*OPTIONS, "Message-Body: -"))
    assert result.texts == [message(*OPTIONS[:4]), message(*OPTIONS)]


def test_foreign_entries_inside_a_server_record(convert):
    """One-line entries of other components, and a broken head line, are between the lines of a record."""
    body = "hello\r\nworld"
    head = with_body(body)
    trace = SERVER_HEAD.replace("TF_PROTOCOL", "TF_COMPONENT") + "(LyssDal,Client::Poll:client.cpp(17))SIP/2.0 200 OK"
    record = server(*head[:3], trace, *head[3:], "Message-Body: hello", trace, "world")
    assert only(convert(record)).text == message(*head, body=body)


# UCMA

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


def test_s4_record_after_a_cut_protocol_record(convert):
    s4 = lines(SERVER_HEAD + "(S4,SipMessage.DataLoggingHelper:sipmessage.cs(801)) [17]",
               ">>>>>>>>>>>>Outgoing SipMessage c=[<SipTlsConnection_2F>], 192.0.2.1:5070->192.0.2.2:49152",
               *OPTIONS, "", "------------EndOfOutgoing SipMessage", "")
    cut = server(*OPTIONS, "Message-Body: -").split("Call-ID")[0]
    assert convert(cut + "\r\n" + s4).texts == [message(*OPTIONS[:4]), message(*OPTIONS)]


# Expressway

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
    """The lines of a certificate have no blank before them."""
    pem = "-----BEGIN CERTIFICATE-----\nMIIBszCCARwCAQAwDQYJ\n-----END CERTIFICATE-----\n"
    head = with_body(pem, kind="application/pkix-cert")
    log = expressway(*head, "", mark="\n" + pem + "|")
    assert only(convert(log)).text == message(*head, body=pem)


def test_older_expressway(convert):
    """X7 states only the peer, and has several blanks between fields."""
    head = ('2012-01-18T11:22:33+00:00 cisco tvcs: UTCTime="2012-01-18 11:22:33,456" Module="network.sip" Level="DEBUG": '
            '  Dst-ip="192.0.2.1"   Dst-port="25002" ')
    packet = only(convert(expressway(*OPTIONS, "", head=head)))
    assert packet.destination == ("192.0.2.1", 25002) and packet.direction == "out"
    assert packet.time == 1326885753456000000


def test_expressway_without_an_end(convert):
    result = convert(expressway(*OPTIONS[:4], mark="") + expressway(*OPTIONS, ""))
    assert result.texts == [message(*OPTIONS[:4]), message(*OPTIONS)]


KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz"


@pytest.mark.parametrize("old, new", [
    (r"\fe01]", rf"\inline:{KEY}]"), ("[2003888399]", f"[inline:{KEY}]"), ("fepool01.example.com", f"INLINE:{KEY}"),
    ("fepool01.example.com", f"k=base64:{KEY}"), ("Id: 2003888399", f"Id: 1a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}"),
])
def test_key_that_ran_into_what_is_shown(convert, old, new):
    """No comment, no name and no line of the summary has a key."""
    record = server(*OPTIONS, "Message-Body: -")
    assert old in record
    result = convert(record.replace(old, new))
    packet = only(result)
    shown = [*packet.comments, str(result.capture.name(packet.source)), str(result.capture.name(packet.destination)),
             result.summary]
    assert packet.text == message(*OPTIONS) and not [text for text in shown if KEY[:8] in text]


def test_record_of_another_log_after_one_without_an_end(convert):
    """A text that quotes two logs: a record that only a head line ends is ended by that of the other log too."""
    first = expressway(*OPTIONS[:-1], OPTIONS[-1], mark="").rstrip("\n ")
    result = convert("```\n" + first + "\n```\n\n```\n" + server(*OPTIONS, "Message-Body: -") + "```\n")
    assert result.texts == [message(*OPTIONS)] * 2
    assert "incomplete" not in result.summary and "does not match" not in result.summary
