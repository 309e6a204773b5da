# SPDX-License-Identifier: GPL-2.0-or-later
"""The sequence diagram for tickets and wikis: -z skypefed,ladder."""

import re
import subprocess
from pathlib import Path

import pytest

from crafted import datagram, request, write_datagrams, written
from stage import HANG_SECONDS, SAMPLES, variable


def diagram(tshark, path, *args, condition=""):
    return tshark("-r", path, "-q", "-z", f"skypefed,ladder{condition}", *args).splitlines()


def test_failed_calls(tshark, samples):
    lines = diagram(tshark, samples / "federation-failure.pcapng", condition=",skypefed.call == 1")
    assert lines[0] == "sequenceDiagram"
    assert lines[1:3] == ["    participant p1 as 192.0.2.10 (Lync server, likely)",
                          "    participant p2 as 198.51.100.10"]
    assert [line for line in lines if "INVITE" in line] == [
        "    p1->>p2: INVITE (frame 7)", "    p2-->>p1: 100 to INVITE (frame 9)", "    p2-->>p1: 504 to INVITE (frame 31)"]
    assert lines[lines.index("    p2-->>p1: 504 to INVITE (frame 31)") + 1] == (
        "    Note over p2: 1009 The DNS SRV record names a host outside the domain")


def test_verdict_and_product(tshark, samples):
    lines = diagram(tshark, samples / "teams-direct-routing.pcapng")
    assert [line.split(" as ")[1] for line in lines if "participant" in line] == [
        "192.0.2.10 (Teams)", "sbc.example.com (198.51.100.10, SBC)", "192.0.2.11 (Teams)",
        "sbc.example.com (198.51.100.11, SBC)"]
    assert any(re.fullmatch(r"    p\d-->>p\d: 200 to INVITE, SRTP agreed \(frame \d+\)", line) for line in lines)


def test_roles_come_from_those_who_have_them(tshark, samples):
    """User-Agent says what its writer is, not who passes the message on."""
    lines = diagram(tshark, samples / "media-failure.pcapng")
    assert [line.split(" as ")[1] for line in lines if "participant" in line] == [
        "fe01.example.com (192.0.2.10, front end, likely)", "198.51.100.10 (Skype for Business client)",
        "fe01.example.com (192.0.2.11, front end, likely)", "198.51.100.11 (Skype for Business client)"]


def names(lines):
    return [line.split(" as ")[1] for line in lines if "participant" in line]


SBC_CASES = {
    "teams-inbound-call": ["sbc1.example.com (SBC)", "198.51.100.10 (Teams)"],
    "teams-refused-by-sbc": ["192.0.2.10 (Teams)", "sbc1.example.com (SBC)"],
    "teams-transfer": ["192.0.2.10 (Teams)", "sbc.example.com (SBC)"],
    "teams-forwarding": ["192.0.2.10 (Teams)", "sbc1.example.com (SBC)"],
    "teams-media-bypass": ["sbc1.example.com (SBC)", "198.51.100.10 (Teams)"],
}


@pytest.mark.parametrize("name", SBC_CASES)
def test_one_name_whatever_the_filter(name, tshark, samples):
    """Of Teams and the session border controller: the filter draws other messages, and names nobody anew."""
    path = samples / f"{name}.pcapng"
    assert names(diagram(tshark, path)) == SBC_CASES[name]
    for condition in (",sip.Method == ACK", ",sip.Method == BYE", ",sip.Status-Code >= 200", ",sip.Status-Code == 100"):
        drawn = names(diagram(tshark, path, condition=condition))
        assert set(drawn) <= set(SBC_CASES[name]) and len(drawn) in (0, 2), condition


TEAMS = "<sip:+12065550100@sip.pstnhub.microsoft.com>;tag=1"
SBC_ADDRESS = "<sip:+14255550123@192.0.2.20>"
LONGEST = ".".join(["a" * 60] * 3 + ["b" * 58, "example"])  # with "sbc." before it, the longest name: 253 letters
AGENT = "User-Agent: Microsoft.PSTNHub.SIPProxy v.2024.5.2.1 i.EUWE.3\r\n"


def test_name_of_the_border_controller_in_its_answer(tshark, capture):
    """Where the Request-URI has an address, Contact of the answer has the name; never that of Teams itself, nor what is too long for one."""
    start = "INVITE sip:+14255550123@192.0.2.20:5061 SIP/2.0"
    invite = request("c", start=start, sender=TEAMS, receiver=SBC_ADDRESS, headers=AGENT)
    for contact, name in (("sbc9.example.com", "sbc9.example.com"), ("sip.pstnhub.microsoft.com", "192.0.2.20"),
                          ("192.0.2.20", "192.0.2.20"), (f"sbc.{LONGEST}", f"sbc.{LONGEST}"),
                          (f"sbc1.{LONGEST}", "192.0.2.20")):
        answer = request("c", start="SIP/2.0 200 OK", sender=TEAMS, receiver=SBC_ADDRESS + ";tag=2",
                         headers=f"Contact: <sip:{contact}:5061;transport=tls>\r\n")
        exchange = [one.replace(b"SIP/2.0/UDP", b"SIP/2.0/TLS") for one in (invite, answer)]
        path = capture(written([datagram(exchange[0], 10, 20), datagram(exchange[1], 20, 10)]))
        assert names(diagram(tshark, path)) == ["192.0.2.10 (Teams)", f"{name} (SBC)"]


def test_which_call_re_invite_and_transfer(tshark, samples):
    lines = diagram(tshark, samples / "teams-transfer.pcapng")
    assert "    p1->>p2: REFER to +442079460188 (call 1, frame 12)" in lines
    assert "    p2->>p1: INVITE (call 2, frame 20)" in lines
    one = diagram(tshark, samples / "teams-transfer.pcapng", condition=",skypefed.call == 1")
    assert "    p1->>p2: REFER to +442079460188 (frame 12)" in one
    assert "    p2->>p1: NOTIFY, transfer 100 (frame 16)" in one and "    p2->>p1: NOTIFY, transfer 200 (frame 26)" in one
    assert "    p1-->>p2: 200 to NOTIFY (frame 18)" in one
    lines = diagram(tshark, samples / "hold-and-resume.pcapng")
    assert "    p1->>p2: INVITE (frame 7)" in lines and "    p1->>p2: re-INVITE (hold) (frame 19)" in lines
    assert "    p2-->>p1: 200 to re-INVITE, SRTP agreed (frame 30)" in lines


def test_target_of_a_transfer_is_short_and_plain(tshark, capture):
    """The user, without a password; the host where there is none; nothing that draws or disturbs."""
    for target, words in (("<sip:anna@example.com;user=phone>", "anna"), ("<sip:pool.example.com>", "pool.example.com"),
                          ("<sip:anna:secret@example.com>", "anna"), ("<tel:+12065550100>", "+12065550100"),
                          (f"<sip:{'x' * 300}@example.com>", "x" * 64), ("<sip:a;end#b@example.com>", "a#59;end#35;b")):
        refer = request("r", start="REFER sip:anna@example.com SIP/2.0", receiver="<sip:anna@example.com>;tag=2",
                        headers=f"Refer-To: {target}\r\n")
        lines = diagram(tshark, capture(lambda file, refer=refer: write_datagrams(file, [refer])))
        assert lines[-1] == f"    p1->>p2: REFER to {words} (frame 1)"


def test_one_message_left_out(tshark, capture):
    messages = [request(f"m{number}", headers="ms-comet: 1\r\n") for number in range(2002)]
    for count, words in ((2001, "1 more message is left out"), (2002, "2 more messages are left out")):
        path = capture(lambda file, count=count: write_datagrams(file, messages[:count]))
        assert diagram(tshark, path)[-1] == f"    Note over p1: {words}"


def test_the_same_on_two_passes(tshark, samples):
    path = samples / "media-failure.pcapng"
    assert diagram(tshark, path, "-2") == diagram(tshark, path)


def test_other_calls_are_left_out(tshark, samples):
    assert diagram(tshark, samples / "plain-sip.pcapng") == [
        "sequenceDiagram", "    %% No message with a Microsoft mark in this capture"]
    assert diagram(tshark, samples / "teams-transfer.pcapng", condition=",skypefed.call == 99") == [
        "sequenceDiagram", "    %% No message with a Microsoft mark passes this filter"]


def test_hostile_texts(tshark, capture):
    """Nothing of a message is an instruction to who draws the diagram, or disturbs a terminal."""
    path = capture(lambda file: write_datagrams(file, [request(
        "h", start="SIP/2.0 503 No", headers='ms-diagnostics: 40001;reason="a;end%%{init}<b>#\x1b[31m"\r\n')]))
    [note] = [line for line in diagram(tshark, path) if "Note" in line]
    assert note.startswith("    Note over p1: 40001 a#59;end#37;#37;#123;init#125;#60;b#62;#35;") and "\x1b" not in note


def test_names_of_a_log(tshark, scratch):
    """The documents tell users of logs to give -N n: else there are addresses that no log has."""
    program = Path(variable("SKYPEFED_BINARY_DIR", "the build folder")) / "plugin/log/skypefed-log"
    path = scratch / "log.pcapng"
    path.write_bytes(subprocess.run([program, "-q", SAMPLES / "logs" / "server.txt"], check=True, capture_output=True,
                                    timeout=HANG_SECONDS).stdout)
    path.chmod(0o644)
    for args, is_named in ((), False), (("-N", "n"), True):
        found = names(diagram(tshark, path, *args))
        assert len(found) >= 2 and any("fepool01.example.com" in name for name in found) == is_named
        assert all(name.startswith("fd73:") != is_named for name in found), found


def test_a_response_whose_method_no_log_tells(tshark, scratch):
    program = Path(variable("SKYPEFED_BINARY_DIR", "the build folder")) / "plugin/log/skypefed-log"
    path = scratch / "uccapi.pcapng"
    path.write_bytes(subprocess.run([program, "-q", SAMPLES / "logs" / "uccapi.txt"], check=True, capture_output=True,
                                    timeout=HANG_SECONDS).stdout)
    path.chmod(0o644)
    lines = diagram(tshark, path)
    assert any(re.fullmatch(r"    p\d-->>p\d: 180 \(frame 8\)", line) for line in lines), lines
    assert not any(" to  " in line or line.endswith(" to ") for line in lines)
