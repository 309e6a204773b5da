# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes pasted text and times hard to read, one case each (plugin/doc/log-formats.md, section 13)."""

import pytest

from records import OPTIONS, client, message, only, server, with_body


def test_dead_prose(convert):
    text = ("We got SIP/2.0 404 Not Found back.\nSIP/2.0 200 OK\n\nThen INVITE sip:a@b.example.com SIP/2.0\n"
            "INVITE sip:a@b.example.com SIP/2.0\nwas sent. From: me\n")
    result = convert(text)
    assert result.code == 1 and not result.packets


def test_two_pastes(convert):
    body = "v=0\ns=-\nm=audio 4000 RTP/AVP 0\n"
    wire = body.replace("\n", "\r\n")
    head = with_body(wire, kind="application/sdp")
    text = "First:\n" + "\n".join([*OPTIONS, "", "and"]) + "\n" + "\n".join(head) + "\n\n" + body + "prose follows\na=not part of it\n"
    assert convert(text).texts == [message(*OPTIONS), message(*head, body=wire)]


def test_indented_paste(convert):
    """A quotation that is indented as a whole, with a folded header."""
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
    assert any("restored" in comment for comment in packet.comments)


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
    # Centralized logging writes UTC, so the time zone of the reader does not matter.
    assert only(convert(server(*OPTIONS, "Message-Body: -"), *args, zone=zone)).time == 1381918830123000000


@pytest.mark.parametrize("time, expected", [("01:59:59", None), ("02:00:00", 123000000)])
def test_time_before_1970(convert, time, expected):
    """In 1970, a local time east of Greenwich can be before 1970 in UTC, which a capture cannot represent."""
    log = client(*OPTIONS, "").replace("10/16/2013|10:20:30", f"01/01/1970|{time}")
    packet = only(convert(log, "--utc-offset", "+02:00"))
    assert packet.time == (expected or 0)
    assert ("time unknown" in "".join(packet.comments)) == (expected is None)


def test_repeated_hour(convert):
    """2013-10-27 02:30 in Berlin: first daylight saving time, then, after 02:59, standard time."""
    times = ["01:59:59", "02:10:00", "02:59:59", "02:00:01", "02:30:00", "03:00:00"]
    log = "".join(client(*OPTIONS, "").replace("10/16/2013|10:20:30", f"10/27/2013|{time}") for time in times)
    seconds = [packet.time // 10**9 for packet in convert(log, zone="Europe/Berlin").packets]
    start = seconds[0]
    assert [second - start for second in seconds] == [0, 601, 3600, 3602, 5401, 7201]


@pytest.mark.parametrize("option", ["2", "+2", "berlin", "+25:00"])
def test_bad_zone(convert, option):
    result = convert(client(*OPTIONS, ""), "--utc-offset", option)
    assert result.code == 2 and "offset" in result.summary and not result.data
