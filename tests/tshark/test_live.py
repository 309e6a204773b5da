# SPDX-License-Identifier: GPL-2.0-or-later
"""A live capture on the loopback interface: real dumpcap, real tshark, messages sent while they listen.

Wireshark takes no plugin from the test's folder when it runs as root, and an ordinary user may not
capture. So as root tshark runs as nobody, but with the two rights that dumpcap needs.

The ring of files takes any number of messages, by hand:
    SKYPEFED_LIVE_MESSAGES=200000 ctest -R tshark-live
"""

import collections
import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

from crafted import calls, message, variants
from stage import HANG_SECONDS, NOBODY, variable

# All of 127.0.0.0/8 is the loopback: an address of this process keeps other tests' messages apart.
ADDRESS = f"127.1.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"
PORT = 5060
MESSAGES = 3
BETWEEN = 0.2  # seconds from one round of messages to the next

MANY = int(os.environ.get("SKYPEFED_LIVE_MESSAGES", "6000"))
AHEAD = 500  # messages sent that are not printed yet; more, and dumpcap would remove files that tshark has not read
RING_FILES, RING_KILOBYTES = 4, 500
MOST_GROWTH = 1024  # kilobytes, after the first quarter

# What dumpcap says where capturing is not allowed, or where there is nothing to capture on.
NOT_PERMITTED = ("permission", "not permitted", "There are no interfaces", "No such device")

RIGHTS = "+net_raw,+net_admin"


def with_rights():
    """The beginning of a command that runs the rest as nobody, able to capture; nothing for an ordinary user."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("no setpriv (util-linux) to give up root but for the right to capture")
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
            f"--inh-caps={RIGHTS}", f"--ambient-caps={RIGHTS}"]


LISTENS = f"dst host {ADDRESS} and udp dst port {PORT}"


def send_until(enough, payloads):
    """Sends the payloads again and again: the listener may not be ready when they are sent first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        while not enough.wait(BETWEEN):
            for payload in payloads:
                sender.sendto(payload, (ADDRESS, PORT))


def demand_success(code, complaints):
    """Fails for an exit code other than 0; skips where capturing is not allowed."""
    if code != 0 and any(text in complaints for text in NOT_PERMITTED):
        pytest.skip("capturing is not permitted here: " + complaints.strip().splitlines()[-1])
    assert code == 0, complaints


def capture_live(stage, arguments, payloads):
    """Standard output of a tshark that captured MESSAGES packets from among the payloads; skips if it may not."""
    # Display filters do not count for -c in a live capture; the capture filter keeps out what others send.
    command = [*with_rights(), variable("TSHARK", "path of the tshark to test"), "-l", "-i", "lo",
               "-f", LISTENS, "-c", str(MESSAGES), *arguments]
    enough = threading.Event()
    sender = threading.Thread(target=send_until, args=(enough, payloads))
    sender.start()
    try:
        done = subprocess.run(command, env=stage.environment(), cwd=stage.home, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=HANG_SECONDS, check=False)
    finally:
        enough.set()
        sender.join()
    demand_success(done.returncode, done.stderr)
    return done.stdout


@pytest.fixture(scope="module")
def payloads():
    invite = variants.invite()
    return [invite, variants.follow_up(invite, "ACK"), variants.follow_up(invite, "BYE")]


def test_fields_appear_while_capturing(stage, payloads):
    printed = capture_live(stage, ["-Y", "skypefed", "-T", "fields", "-e", "sip.Method", "-e", "skypefed.caller",
                                   "-e", "skypefed.via.connection", "-e", "skypefed.media.security"], payloads)
    rows = sorted(line.rstrip("\t").split("\t") for line in printed.splitlines())
    way = ["user@example.com", "332421,4754559,22290"]
    assert rows == sorted([["INVITE", *way, "2,2"], ["ACK", *way], ["BYE", *way]])


def test_details_appear_while_capturing(stage, payloads):
    printed = capture_live(stage, ["-V", "-O", "skypefed"], payloads[:1])
    assert printed.count("Skype/Lync Federation: INVITE, user@example.com to user@example.com") == MESSAGES
    assert "[Expert Info (Note/Security): SRTP is optional" in printed


def test_foreign_traffic_stays_silent_while_capturing(stage):
    plain = message.with_true_length(
        b"OPTIONS sip:anna@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\n"
        b"From: <sip:ben@example.com>;tag=1\r\nTo: <sip:anna@example.com>\r\n"
        b"Call-ID: live@example.com\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
    printed = capture_live(stage, ["-V"], [plain])
    assert printed.count("Session Initiation Protocol (OPTIONS)") == MESSAGES
    assert "Skype" not in printed


def first_line(program):
    """What the program prints first. Until then it is sent one message again and again."""
    printed = threading.Event()
    sender = threading.Thread(target=send_until, args=(printed, [variants.invite()]))
    sender.start()
    try:
        return program.stdout.readline()
    finally:
        printed.set()
        sender.join()


def most_memory(program):
    """The most memory that a running program has held, in kilobytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{program.pid}/status").read_text("ascii"))[1])


def send_and_read(program, payloads, ignored):
    """Sends messages, a few ahead of what the program prints. Gives its lines but those ignored, and its memory after each
    quarter."""
    lines, memory, sent = [], [], 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        while len(lines) < len(payloads):
            if sent < len(payloads) and sent - len(lines) < AHEAD:
                sender.sendto(payloads[sent], (ADDRESS, PORT))
                sent += 1
                continue
            line = program.stdout.readline()
            assert line, "tshark has ended"
            if line != ignored:
                lines.append(line)
                if len(lines) % (len(payloads) // 4) == 0:
                    memory.append(most_memory(program))
    return lines, memory


def through_ring(stage, payloads):
    """Captures messages into a ring of files, and reads them from there. Gives the lines, the files and its memory after each
    quarter."""
    ring = stage.folder("ring")
    command = [*with_rights(), variable("TSHARK", "path of the tshark to test"), "-l", "-P", "-i", "lo", "-B", "32",
               "-f", LISTENS, "-w", ring / "ring.pcapng", "-b", f"files:{RING_FILES}",
               "-b", f"filesize:{RING_KILOBYTES}", "-T", "fields", "-e", "sip.Call-ID", "-e", "skypefed.caller"]
    # Stock would read its list of makers of network cards for each file, and keep it: 21 MB.
    environment = {**stage.environment(), "WIRESHARK_DATA_DIR": str(stage.folder("no-data"))}
    if "ASAN_OPTIONS" in environment:
        # The sanitizer keeps what was freed for a while, to find who still uses it. Here that would be all that is seen.
        environment["ASAN_OPTIONS"] += ":quarantine_size_mb=0:thread_local_quarantine_size_kb=0"
    with (tempfile.TemporaryFile("w+") as messages,
          subprocess.Popen(command, env=environment, cwd=stage.home, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=messages, text=True) as program):
        try:
            first = first_line(program)
            if not first:
                messages.seek(0)
                demand_success(program.wait(), messages.read())
            lines, memory = send_and_read(program, payloads, first)
            program.send_signal(signal.SIGINT)
            program.communicate(timeout=HANG_SECONDS)
        finally:
            program.kill()
    assert program.returncode == 0
    return lines, len(list(ring.iterdir())), memory


def test_ring_of_files(stage):
    """All messages are decoded although only the last files are kept, and each file is forgotten with the next one."""
    payloads = [payload for *_, payload in itertools.islice(calls.messages(MANY), MANY)]
    lines, files, memory = through_ring(stage, payloads)
    print(f"{MANY} messages, {sum(map(len, payloads)):,} bytes; memory after each quarter: {memory} KB")
    expected = collections.Counter(message.header(payload, "Call-ID") for payload in payloads)
    assert collections.Counter(line.split("\t")[0] for line in lines) == expected
    assert [line for line in lines if not re.search("\tcalle[re][0-9]+@", line)] == []
    assert files == RING_FILES
    assert memory[-1] - memory[0] < MOST_GROWTH
