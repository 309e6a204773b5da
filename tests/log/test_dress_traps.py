# SPDX-License-Identifier: GPL-2.0-or-later
"""What logs, mails and web pages put around the lines of a message (plugin/doc/log-formats.md, section 10)."""

import pytest

from records import EXPRESSWAY_HEAD, OPTIONS, PREFIX, message, only, server, with_body

BODY = "v=0\r\ns=-\r\nm=audio 4000 RTP/AVP 0\r\n"
INVITE = with_body(BODY, kind="application/sdp", start="INVITE sip:user@example.com SIP/2.0")
WIRE = message(*INVITE, body=BODY)
LINES = WIRE.decode().removesuffix("\r\n").split("\r\n")


def each(before="", after="", end="\n"):
    return "".join(f"{before}{line}{after}{end}" for line in LINES)


@pytest.mark.parametrize("text", [
    each("\t"),
    each("    "),
    each("> "),
    each("> ").replace("> \n", ">\n"),
    each("> > "),
    each("Mar  2 08:10:46 sbc01 sipd[17]: "),
    each("03-02 08:10:46.123  1234  5678 I linphone: "),
    each("0302081046.123|sip  |1|00|    "),
    each("", "  "),
    each("", "\t"),
    each("", "."),
    each("> ", "  "),
    each("", "", "\n\n"),
    each("", "", "\r\n\r\n"),
    each("", "", "\r"),
    each("", "", "#015#012") + "\n",
    "Mar  2 08:10:46 sip1 kamailio[7]: INFO: " + each("", "", "#015#012") + "\n",
    '{"message":"' + each("", "", r"\r\n") + '"}\n',
    'R"(' + each(),
    "```\n" + each() + "```\n",
    each().replace(" ", "\u00a0", 2),
], ids=["tab", "blanks", "quote", "quote without blank", "quotes", "syslog", "logcat", "Polycom", "blanks after",
        "tab after", "dots", "both", "doubled LF", "doubled CRLF", "CR", "rsyslog in one line", "rsyslog with prefix",
        "JSON", "literal of C++", "Markdown", "no-break spaces"])
def test_message_as_it_was(convert, text):
    result = convert("Look:\n" + text if "\r" not in text.replace("\r\n", "") else text)
    assert only(result).text == WIRE, result.summary


def test_counters_in_the_prefix(convert):
    """Numbers in a prefix go on, also from one digit to two."""
    text = "".join(f"Mar  2 08:10:{50 + number:02d} sbc01 [{number}]: {line}\n" for number, line in enumerate(LINES))
    assert only(convert(text)).text == WIRE


def test_other_entries_between(convert):
    """A collector writes the lines of several programs."""
    lines = each("03-02 08:10:46.123  1234  5678 I linphone: ").splitlines()
    lines[3:3] = ["03-02 08:10:46.124   900   901 D wifi: scan", "03-02 08:10:46.125   900   901 D wifi: done"]
    assert only(convert("\n".join(lines) + "\n")).text == WIRE


def test_time_of_the_prefix(convert):
    packet = only(convert(each("2026-03-02T08:10:46.123+01:00 sbc01 sipd[17]: ")))
    assert packet.text == WIRE and packet.time == 1772435446123000000


def test_one_header_with_a_blank_keeps_it(convert):
    head = [*OPTIONS[:3], "User-Agent: UCCAPI/16.0 IN1 ", *OPTIONS[3:]]
    assert only(convert("\n".join([*head, "", ""]))).text == message(*head)
    assert only(convert("".join(f"{line} \n" for line in [*head, ""]))).text == message(*head)


def test_blanks_after_the_start_line_only(convert):
    text = "\n".join([OPTIONS[0] + "  ", *OPTIONS[1:], "", ""])
    assert only(convert(text)).text == message(*OPTIONS)
    assert only(convert(server(OPTIONS[0] + "  ", *OPTIONS[1:], "Message-Body: -"))).text == message(*OPTIONS)


def test_headers_set_in_below_the_start_line(convert):
    text = "\n".join([OPTIONS[0], *(f"  {line}" for line in OPTIONS[1:]), "", ""])
    assert only(convert(text)).text == message(*OPTIONS)


def test_message_cut_out_of_a_client_log(convert):
    """With the prefix of its first line, but without the entry that announces it."""
    text = PREFIX + "\n".join([*OPTIONS, "", ""])
    packet = only(convert(text))
    assert packet.text == message(*OPTIONS) and packet.time == 1381918830123000000 and packet.direction is None


def test_quoted_client_log(convert):
    prefix = "> " + PREFIX
    ends = "192.0.2.1:5061 (To Local Address: 192.0.2.2:49200)"
    text = "\n".join([f"{prefix}Data Received -{ends} 0 bytes:", prefix + OPTIONS[0], *("> " + line for line in OPTIONS[1:]),
                      ">", f"{prefix}End of Data Received -{ends} 0 bytes", ""])
    packet = only(convert(text))
    assert packet.text == message(*OPTIONS) and packet.source == ("192.0.2.1", 5061)


def test_expressway_behind_a_collector(convert):
    """A syslog server that writes each line of the record as an entry."""
    lines = [EXPRESSWAY_HEAD, " SIPMSG:", f" |{LINES[0]}", *(f" {line}" for line in LINES[1:]), "|"]
    packet = only(convert("".join(f"Mar  2 08:10:46 vcs01 tvcs: {line}\n" for line in lines)))
    assert packet.text == WIRE and packet.source == ("192.0.2.1", 25002) and packet.time == 1391423440123000000


def test_headers_that_break_off(convert):
    """`tshark -z follow` puts a size between two segments, wherever the first one ends."""
    head = ["MESSAGE sip:user@example.com SIP/2.0", *OPTIONS[1:5], "CSeq: 1 MESSAGE", "ms-text-format: text/plain; charset=UTF"]
    result = convert("1460\n" + "\n".join([*head, "17", "-8;ms-body=SGk=", "Content-Length: 0", "", ""]))
    packet = only(result)
    assert packet.text == message(*head) and any(comment.startswith("Incomplete") for comment in packet.comments)
    assert "1 is incomplete in the log" in result.summary


def test_bare_message_beside_records(convert):
    text = server(*OPTIONS, "Message-Body: -") + "\nAnd this:\n" + "\n".join([*OPTIONS, "", ""])
    result = convert(text)
    assert only(result).text == message(*OPTIONS)
    assert "skipped: 1 message outside of any record (to be read with -f paste)" in result.summary
    assert len(convert(text, "-f", "paste").packets) == 2
