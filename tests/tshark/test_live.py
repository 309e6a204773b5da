# SPDX-License-Identifier: GPL-2.0-or-later
"""A live capture on the loopback interface: real dumpcap, real tshark, messages sent while they listen.

Wireshark takes no plugin from the test's folder when it runs as root, and an ordinary user may not
capture. So as root tshark runs as nobody, but with the two rights that dumpcap needs.
"""

import os
import shutil
import socket
import subprocess
import threading

import pytest

from crafted import message, variants
from stage import HANG_SECONDS, NOBODY, variable

# All of 127.0.0.0/8 is the loopback: an address of this process keeps other tests' messages apart.
ADDRESS = f"127.1.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"
PORT = 5060
MESSAGES = 3
BETWEEN = 0.2  # seconds from one round of messages to the next

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


def send_until(enough, payloads):
    """Sends the payloads again and again: the listener may not be ready when they are sent first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        while not enough.wait(BETWEEN):
            for payload in payloads:
                sender.sendto(payload, (ADDRESS, PORT))


def capture_live(stage, arguments, payloads):
    """Standard output of a tshark that captured MESSAGES packets from among the payloads; skips if it may not."""
    # Display filters do not count for -c in a live capture; the capture filter keeps out what others send.
    command = [*with_rights(), variable("TSHARK", "path of the tshark to test"), "-l", "-i", "lo",
               "-f", f"dst host {ADDRESS} and udp dst port {PORT}", "-c", str(MESSAGES), *arguments]
    enough = threading.Event()
    sender = threading.Thread(target=send_until, args=(enough, payloads))
    sender.start()
    try:
        done = subprocess.run(command, env=stage.environment(), cwd=stage.home, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=HANG_SECONDS, check=False)
    finally:
        enough.set()
        sender.join()
    if done.returncode != 0 and any(text in done.stderr for text in NOT_PERMITTED):
        pytest.skip("capturing is not permitted here: " + done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
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
