# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes the syslog of AudioCodes hard to read, one case each (plugin/doc/log-formats.md, section 6)."""

import re

import pytest

import loggen
from records import OPTIONS, message, only

FEW = loggen.calls(8)
NAMES = ["audiocodes", "audiocodes_rsyslog"]
HEAD = "Dec 19 12:45:02 192.0.2.51 [S={}] [SID=b9027c:24:198173]  "
INCOMING = "(N  6891753) ---- Incoming SIP Message from 203.0.113.24:5061 to SIPInterface #2 (Teams) TLS TO(#134) SocketID(200) ---- "
TIME = "[Time:19-12@12:44:56.640]"


def records(name):
    """The log of a few calls as a list of its records."""
    text = loggen.log(FEW, name)
    starts = [match.start() for match in re.finditer(r"^\S.*\[S=", text, re.MULTILINE)]
    return [text[at:after] for at, after in zip(starts, [*starts[1:], len(text)])]


def test_interface_and_session(convert):
    packet = only(convert(HEAD.format(1) + INCOMING + "#012" + " #012".join([*OPTIONS, "", "", TIME]) + "\n"))
    assert packet.text == message(*OPTIONS) and packet.source == ("203.0.113.24", 5061) and packet.direction == "in"
    assert "interface Teams; transport TLS" in packet.comments[0] and "b9027c:24:198173" in packet.comments[0]


@pytest.mark.parametrize("name", NAMES)
def test_lost_record(convert, name):
    """Any record of the log is missing: it is counted, and no message is made of the parts of two."""
    every = records(name)
    wire = [each.text for each in FEW]
    for index in range(1, len(every) - 1):
        result = convert("".join(every[:index] + every[index + 1 :]))
        assert "1 record that the log has lost" in result.summary
        whole = [packet.text for packet in result.packets if len(packet.comments) == 1]
        # A message of which only the announcement is missing is whole, but nobody knows its direction.
        assert len(whole) >= len(wire) - 1 and set(whole) <= set(wire)


@pytest.mark.parametrize("name", NAMES)
def test_other_records_between(convert, name):
    """Records of another device, and of another session, come between."""
    other = [each.replace("cd9263:28:29209476", "00908f:11:5").replace("[S=7", "[S=1") for each in records(name)]
    mixed = "".join(part for pair in zip(records(name), other) for part in pair)
    result = convert(mixed)
    assert sorted(result.texts) == sorted([each.text for each in FEW] * 2)
    assert "lost" not in result.summary


def test_other_entries_of_the_device(convert):
    entry = HEAD.format(3) + "(N  6891754) (#12)SIPDialog: INVITE sip:a@example.com SIP/2.0 is refused\n"
    text = HEAD.format(2) + INCOMING + "#012" + " #012".join([*OPTIONS, "", "", TIME]) + "\n" + entry
    assert only(convert(text)).text == message(*OPTIONS)


def test_damaged_message_is_counted(convert):
    result = convert(HEAD.format(1) + INCOMING + "#012OPTIONS sip:a@example.com SIP/2,0 #012Via: x #012 " + TIME + "\n")
    assert result.code == 1 and "(AudioCodes syslog); skipped: 1 fragment of a message" in result.summary


def test_two_blanks_for_a_line_end(convert):
    """6.x; two blanks in a header that no header follows are its own."""
    head = [*OPTIONS[:3], "Subject: two  blanks", *OPTIONS[3:]]
    text = ("12:45:02.100 : 192.0.2.51 : NOTICE  : [S=5] [SID:17] ---- Incoming SIP Message from 203.0.113.24:5061 to "
            "SIPInterface #0 ---- \n12:45:02.101 : 192.0.2.51 : NOTICE  : [S=6] [SID:17]  " + "  ".join([*head, "", ""]) + "\n")
    packet = only(convert(text))
    assert packet.text == message(*head) and packet.direction == "in"


@pytest.mark.parametrize("new_line", ["#012", "\n" + " " * 89])
def test_entries_in_one_record(convert, new_line):
    """A message is announced by the last of several entries of a record, and follows in the next record or in this one."""
    def record(number, *lines):
        return HEAD.format(number) + new_line.join([*lines, TIME]) + "\n"

    entry = "(N  6891752) (#268)Route found, IP Group 39 -> 0 "
    outgoing = INCOMING.replace("6891753", "6891754").replace("Incoming SIP Message from", "Outgoing SIP Message to")
    outgoing = outgoing.replace("to SIPInterface", "from SIPInterface")
    text = (record(1, entry, INCOMING) + record(2, *OPTIONS, "", "")
            + record(3, entry, outgoing, *OPTIONS, "", "", "(N  6891755) done ", outgoing) + record(4, *OPTIONS, "", ""))
    result = convert(text)
    assert result.texts == [message(*OPTIONS)] * 3 and "incomplete" not in result.summary
    assert [(packet.direction, "in" if packet.source == ("203.0.113.24", 5061) else "out") for packet in result.packets] == [
        ("in", "in"), ("out", "out"), ("out", "out")]
    assert all("interface Teams; transport TLS" in packet.comments[0] for packet in result.packets)
