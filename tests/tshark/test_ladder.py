# SPDX-License-Identifier: GPL-2.0-or-later
"""The sequence diagram for tickets and wikis: -z skypefed,ladder."""

import re
import subprocess
from pathlib import Path

from crafted import request, write_datagrams
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
    assert any(re.fullmatch(r"    participant p\d as \S+ \(Teams Direct Routing SIP proxy\)", line) for line in lines)
    assert any(re.fullmatch(r"    p\d-->>p\d: 200 to INVITE, SRTP agreed \(frame \d+\)", line) for line in lines)


def test_roles_come_from_those_who_have_them(tshark, samples):
    """User-Agent says what its writer is, not who passes the message on."""
    lines = diagram(tshark, samples / "media-failure.pcapng")
    assert [line.split(" as ")[1] for line in lines if "participant" in line] == [
        "fe01.example.com (front end, likely)", "198.51.100.10 (Skype for Business client)",
        "fe01.example.com 192.0.2.11 (front end, likely)", "198.51.100.11 (Skype for Business client)"]


def test_the_same_on_two_passes(tshark, samples):
    path = samples / "media-failure.pcapng"
    assert diagram(tshark, path, "-2") == diagram(tshark, path)


def test_other_calls_are_left_out(tshark, samples):
    assert diagram(tshark, samples / "plain-sip.pcapng") == ["sequenceDiagram"]


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
        names = [line.split(" as ")[1] for line in diagram(tshark, path, *args) if "participant" in line]
        assert len(names) >= 2 and any("fepool01.example.com" in name for name in names) == is_named
        assert all(name.startswith("fd73:") != is_named for name in names), names
