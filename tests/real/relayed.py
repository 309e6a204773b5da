# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of baresip through coturn, a relay (TURN).

Each party is a host of its own, with a network of the kernel's; the relay is the router between them. It passes no media
on by itself, so that the media takes the relay. The capture is that of the caller's network card.
"""

import contextlib
import subprocess
import time

from baresip import baresip_folder, packets_of_baresip
from loopback import NAMES, PORTS, SECONDS, captured, write_clean

HOSTS = {"caller": "192.0.2.10", "callee": "198.51.100.10"}
ROUTER = {"caller": "192.0.2.1", "callee": "198.51.100.1"}
RELAY = ("203.0.113.30", 3478)
USER = "nora", "relayed"  # of the tests; protects nothing


def network(name):
    return f"skypefed-{name}"


def inside(name):
    """The command in front of one that runs on a host."""
    return ["ip", "netns", "exec", network(name)]


def ip(*words, of=None):
    subprocess.run(["ip", *(["-n", network(of)] if of else []), *words], check=True)


@contextlib.contextmanager
def hosts():
    """Three hosts, as long as it is open."""
    names = (*HOSTS, "relay")
    try:
        for name in names:
            ip("netns", "add", network(name))
            ip("link", "set", "lo", "up", of=name)
        for number, side in enumerate(HOSTS, 1):
            mac = f"02:00:00:00:0{number}"
            ip("link", "add", "card", "netns", network(side), "address", f"{mac}:01", "type", "veth", "peer", "name",
               side, "netns", network("relay"), "address", f"{mac}:02")
            ip("addr", "add", f"{HOSTS[side]}/24", "dev", "card", of=side)
            ip("addr", "add", f"{ROUTER[side]}/24", "dev", side, of="relay")
            ip("link", "set", "card", "up", of=side)
            ip("link", "set", side, "up", of="relay")
            ip("route", "add", "default", "via", ROUTER[side], of=side)
            ports = f"{PORTS[side][1]}-{PORTS[side][1] + 50}"
            ip("rule", "add", "dev", side, "ipproto", "udp", "sport", ports, "to", "192.0.2.0/24", "blackhole", of="relay")
            ip("rule", "add", "dev", side, "ipproto", "udp", "sport", ports, "to", "198.51.100.0/24", "blackhole",
               of="relay")
        ip("addr", "add", f"{RELAY[0]}/32", "dev", "lo", of="relay")
        subprocess.run([*inside("relay"), "sysctl", "-q", "-w", "net.ipv4.ip_forward=1"], check=True)
        yield
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", network(name)], check=False, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def coturn(folder, *options):
    """The relay; what it says is in relay.log."""
    with open(folder / "relay.log", "w", encoding="utf-8") as log:
        program = subprocess.Popen(
            [*inside("relay"), "turnserver", "-n", "--no-cli", "-L", RELAY[0], "-E", RELAY[0], "-p", str(RELAY[1]),
             "--lt-cred-mech", "-u", ":".join(USER), "-r", "example.com", "--no-tls", "--no-dtls", "--no-multicast-peers",
             "--pidfile", folder / "relay.pid", "--log-file", "stdout", "-v", *options],
            stdout=log, stderr=subprocess.STDOUT)
        try:
            time.sleep(3)
            yield
        finally:
            program.terminate()
            program.wait(10)


def relayed(nat, encryption, codec, seconds=SECONDS):
    """A call whose caller is a client of the relay. nat: module of baresip; ICE takes four seconds to find the relay."""
    client = f'{nat};stunserver="turn:{RELAY[0]}:{RELAY[1]}";stunuser={USER[0]};stunpass={USER[1]}'

    def once(folder):
        """The capture, and what each side says that it sent and received."""
        nats = {"caller": client, "callee": "ice" if nat == "ice" else None}
        homes = {side: baresip_folder(folder, side, encryption, codec, nats[side], host)
                 for side, host in HOSTS.items()}
        with hosts(), coturn(folder), captured(folder, "card", inside("caller")) as raw:
            def start(side, time_to_end, *more):
                return subprocess.Popen([*inside(side), "baresip", "-4", "-f", homes[side], "-t", str(time_to_end), *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

            callee = start("callee", seconds + 6)
            time.sleep(1)
            caller = start("caller", seconds, "-e", f"/dial sip:{NAMES['callee']}@{HOSTS['callee']}:{PORTS['callee'][0]}")
            logs = [caller.communicate(timeout=40)[0], callee.communicate(timeout=40)[0]]
        return raw, *map(packets_of_baresip, logs)

    def record(folder, target):
        """The relay drops what comes before its client has bound a channel, or after the end: such a call is made again."""
        for number in range(9):
            place = folder / str(number)
            place.mkdir(mode=0o755)
            raw, of_caller, of_callee = once(place)
            if of_caller == tuple(reversed(of_callee)):
                write_clean(raw, target)
                return {side: {"packets": sent, "lost": 0}
                        for side, (sent, _) in zip(HOSTS, (of_caller, of_callee))}
        raise SystemExit("The relay never passed on all packets")
    return record
