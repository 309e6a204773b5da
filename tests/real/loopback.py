# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures on the loopback interface, and what is kept of them."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "samples"), str(TOP / "tests" / "tshark")]

from scapy.all import PcapNgReader  # noqa: E402

from generator import pcapng  # noqa: E402

SECONDS = 2  # of media
PORTS = {"caller": (15070, 20100), "callee": (15060, 20000)}  # of SIP, and the first of RTP
NAMES = {"caller": "nora", "callee": "anna"}


@contextlib.contextmanager
def captured(folder, interface="lo", inside=(), wanted="udp"):
    """Captures on an interface into a file, whose path it gives. inside: the command that runs others elsewhere."""
    path = folder / "raw.pcapng"
    program = subprocess.Popen([*inside, "dumpcap", "-q", "-i", interface, "-f", wanted, "-w", path],
                               stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.5)
        yield path
        time.sleep(1)
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(10)


def write_clean(raw, target, keep=lambda number: True):
    """Writes the frames anew, without what a capture tells of the machine. Returns how many were left out."""
    left_out = 0
    with PcapNgReader(str(raw)) as packets, open(target, "wb") as file:
        writer = pcapng.Writer(file)
        for number, packet in enumerate(packets):
            if keep(number):
                writer.packet(int(packet.time * 10**6), bytes(packet))
            else:
                left_out += 1
    return left_out


def frames_from(raw, port, places):
    """Numbers of the frames that are the packets at these places among those from a port."""
    with PcapNgReader(str(raw)) as packets:
        own = [number for number, packet in enumerate(packets)
               if packet.haslayer("UDP") and packet["UDP"].sport == port]
    return {own[place] for place in places}
