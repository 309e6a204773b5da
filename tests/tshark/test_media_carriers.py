# SPDX-License-Identifier: GPL-2.0-or-later
"""Media in whatever may carry IP: tags of a network, tunnels, other links, options, fragments, decrypted frames. Each packet
is counted and proved, and no way that hides one makes the plugin say that there was none."""

import struct
import zlib

import pytest

from crafted import pcapng, scenario, wire
from media import BYE, KEYS, SDES, SIGNALING, both, sent
from scapy.contrib.mpls import MPLS
from scapy.layers.inet import IP, UDP, IPOption_Router_Alert
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, PadN
from scapy.layers.l2 import GRE, CookedLinux, Dot1AD, Dot1Q, Ether, Loopback
from scapy.layers.ppp import PPP, PPPoE
from scapy.layers.vxlan import VXLAN
from scapy.packet import Raw

PASSES = {"one pass": (), "two passes": ("-2",)}
PACKETS = 20
SRTP, UNDETERMINED, NOT_KNOWN = "6", "5", "4"
LINK_NULL, LINK_WIFI, LINK_RAW, LINK_COOKED, LINK_COOKED_2 = 0, 105, 101, 113, 276
ETHERNET = bytes.fromhex("02000000000202000000000108") + b"\0"
OUTER = Ether(ETHERNET[:12] + b"\x08\0") / IP(src="198.51.100.1", dst="198.51.100.2", id=1)
SIX = {b"IP4": b"IP6", b"192.0.2.10": b"2001:db8::10", b"192.0.2.20": b"2001:db8::20"}
ERSPAN = bytes.fromhex("1007000100000000")  # of version 1, as GRE says it has a number
WEP_KEY = bytes(range(1, 6))


def ip_of(frame):
    """What is behind Ethernet."""
    return Ether(frame).payload


def after(*layers):
    """A carrier: Ethernet, these layers, and the packet of IP."""
    def carry(frame):
        whole = Ether(frame)
        packet = Ether(src=whole.src, dst=whole.dst)
        for layer in layers:
            packet = packet / layer
        return bytes(packet / whole.payload)

    return carry


def in_tunnel(*layers):
    """A carrier: a packet of IP between other hosts, these layers, and the frame."""
    def carry(frame):
        packet = OUTER
        for layer in layers:
            packet = packet / layer
        return bytes(packet / Ether(frame))

    return carry


def with_options(frame):
    packet = ip_of(frame)
    packet.options, packet.ihl, packet.len, packet.chksum = [IPOption_Router_Alert()], None, None, None
    return bytes(Ether(frame[:14]) / packet)


def extended(*headers):
    """A carrier: these extension headers behind the header of IPv6."""
    def carry(frame):
        packet = ip_of(frame)
        rest = packet.payload
        packet.remove_payload()
        packet.plen = None
        del packet.nh
        for header in headers:
            packet = packet / header
        return bytes(Ether(frame[:14]) / packet / rest)

    return carry


def authenticated(frame):
    """With an authentication header (RFC 4302), whose check value is of 12 bytes."""
    packet = ip_of(frame)
    rest = bytes(packet.payload)
    packet.remove_payload()
    header = struct.pack("!BBHII12s", 17, 4, 0, 1, 1, bytes(range(12)))
    if packet.version == 6:
        packet.nh, packet.plen = 51, None
    else:
        packet.proto, packet.len, packet.chksum = 51, None, None
    return bytes(Ether(frame[:14]) / packet / Raw(header + rest))


def named_as_hosts(frame):
    """In two tags of VLAN; the addresses of Ethernet begin with those of IP."""
    return frame[26:34] + after(Dot1AD(vlan=7), Dot1Q(vlan=8))(frame)[8:]


def tunnel_of(frame, options):
    """The packet of IPv4 in one of IPv6 with so many bytes of options."""
    outer = Ether(frame[:12] + b"\x86\xdd") / IPv6(src="2001:db8::1", dst="2001:db8::2")
    return bytes(outer / IPv6ExtHdrDestOpt(options=[PadN(optdata=bytes(200))] * (options // 200)) / ip_of(frame))


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


def in_wifi(frame):
    """A data frame of IEEE 802.11 from a station, encrypted with WEP: what the plugin gets are its encrypted bytes."""
    plain = b"\xaa\xaa\x03\0\0\0" + frame[12:]
    vector = b"\x01\x02\x03"
    cipher = rc4(vector + WEP_KEY, plain + struct.pack("<I", zlib.crc32(plain)))
    return (b"\x08\x41\0\0" + frame[:6] + frame[6:12] + frame[:6] + b"\0\0" + vector + b"\0" + cipher)


# Name: link type, what makes a frame of one behind Ethernet, version of IP.
CARRIERS = {
    "Ethernet": (1, lambda frame: frame, 4),
    "IPv6": (1, lambda frame: frame, 6),
    "VLAN": (1, after(Dot1Q(vlan=7)), 4),
    "IPv6 in VLAN": (1, after(Dot1Q(vlan=7)), 6),
    "VLAN in VLAN": (1, after(Dot1AD(vlan=7), Dot1Q(vlan=8)), 4),
    "MPLS": (1, after(MPLS(label=16, s=1)), 4),
    "PPPoE": (1, after(PPPoE(sessionid=1), PPP()), 4),
    "Linux cooked": (LINK_COOKED, lambda frame: bytes(CookedLinux(src=frame[6:12]) / ip_of(frame)), 4),
    "Linux cooked, version 2": (LINK_COOKED_2, lambda frame: struct.pack(
        "!HHIHBB8s", 0x0800, 0, 1, 1, 0, 6, frame[6:12]) + frame[14:], 4),
    "no link layer": (LINK_RAW, lambda frame: frame[14:], 4),
    "no link layer, IPv6": (LINK_RAW, lambda frame: frame[14:], 6),
    "loopback": (LINK_NULL, lambda frame: bytes(Loopback(type=2)) + frame[14:], 4),
    "GRE": (1, lambda frame: bytes(OUTER / GRE() / ip_of(frame)), 4),
    "IP in IP": (1, lambda frame: bytes(OUTER / ip_of(frame)), 4),
    "VXLAN": (1, in_tunnel(UDP(sport=50018, dport=4789), VXLAN(vni=5)), 4),
    "ERSPAN": (1, in_tunnel(GRE(proto=0x88BE, seqnum_present=1), Raw(ERSPAN)), 4),
    "options of IPv4": (1, with_options, 4),
    "extension headers of IPv6": (1, extended(IPv6ExtHdrHopByHop(), IPv6ExtHdrDestOpt()), 6),
    "fragment header of IPv6, of all": (1, extended(IPv6ExtHdrFragment(id=7)), 6),
    "authentication header": (1, authenticated, 4),
    "authentication header of IPv6": (1, authenticated, 6),
    "addresses of Ethernet that begin as those of IP": (1, named_as_hosts, 4),
    "IP in IP of the same hosts": (1, lambda frame: bytes(
        Ether(frame[:14]) / IP(src=ip_of(frame).src, dst=ip_of(frame).dst, id=1) / ip_of(frame)), 4),
    "tunnel behind extension headers": (1, lambda frame: tunnel_of(frame, 400), 4),
}


def in_six(message):
    for four, six in SIX.items():
        message = message.replace(four, six)
    return message


def events_of(version):
    """A call with SRTP in both directions, as (sender, receiver, payload)."""
    def place(end):
        return (SIX[end[0].encode()].decode(), end[1]) if version == 6 else end

    media = [event for pair in zip(*(sent(one, PACKETS) for one in both(KEYS))) for event in pair]
    events = ((*SIGNALING, SDES[0]), (*reversed(SIGNALING), SDES[1]), *media, (*SIGNALING, BYE))
    for sender, receiver, payload in events:
        is_sip = payload[:1] != b"\x80"
        yield place(sender), place(receiver), in_six(payload) if is_sip and version == 6 else payload


def write(file, link, carry, version):
    """The call in frames of this link type; carry makes a frame, or several in a list, of one behind Ethernet."""
    writer, now = pcapng.Writer(file, link), scenario.START
    for sender, receiver, payload in events_of(version):
        ends = [wire.Endpoint(f"02:00:00:00:00:0{n + 1}", *end) for n, end in enumerate((sender, receiver))]
        for _, frame in wire.UdpConversation(*ends, now).send("a", payload):
            carried = carry(frame)
            for one in carried if isinstance(carried, list) else [carried]:
                writer.packet(now, one)
        now += 500_000


def check(fields, path, **how):
    (bye,) = fields(path, "skypefed.call.media_seen", "skypefed.expert.media_missing", where="sip.Method == BYE", **how)
    assert bye == {"skypefed.call.media_seen": [SRTP], "skypefed.expert.media_missing": []}
    rows = fields(path, "skypefed.rtp.protection", where="skypefed.rtp", **how)
    assert len(rows) == 2 * PACKETS


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_each_carrier(capture, fields, carrier, passes):
    link, carry, version = CARRIERS[carrier]
    check(fields, capture(lambda file: write(file, link, carry, version)), args=passes)


def test_fragments(capture, fields):
    """Each datagram of media in two fragments of IPv4."""
    def fragments(frame):
        packet, data = ip_of(frame), frame[34:]
        if packet.dport == 5060:
            return frame
        packet.remove_payload()
        parts = []
        for offset, part in ((0, data[:80]), (80, data[80:])):
            head = packet.copy()
            head.flags, head.frag, head.len, head.chksum = ("MF" if offset == 0 else 0), offset // 8, None, None
            head.id = fragments.count
            parts.append(bytes(Ether(frame[:14]) / head / Raw(part)))
        fragments.count += 1
        return parts

    fragments.count = 1
    check(fields, capture(lambda file: write(file, 1, fragments, 4)))


def test_decrypted_frames(capture, fields):
    """The bytes of IP are in what Wireshark has decrypted, not in the frame."""
    path = capture(lambda file: write(file, LINK_WIFI, in_wifi, 4))
    check(fields, path, config={"80211_keys": f'"wep","{WEP_KEY.hex()}"\n'})


def is_undetermined(fields, path):
    """True if the plugin says neither what the media was nor that there was none."""
    (bye,) = fields(path, "skypefed.call.media_seen", "skypefed.call.media_direction", "skypefed.expert.media_missing",
                    where="sip.Method == BYE")
    return bye == {"skypefed.call.media_seen": [UNDETERMINED], "skypefed.call.media_direction": [NOT_KNOWN],
                   "skypefed.expert.media_missing": []}


def test_bytes_that_nobody_can_find(capture, fields):
    """Media so far in the frame that it is not looked for is not said to be absent."""
    assert is_undetermined(fields, capture(lambda file: write(file, 1, lambda frame: tunnel_of(frame, 600), 4)))


def test_headers_that_a_fragment_ends_in(capture, fields):
    """The first fragment comes last, and ends between two headers: the ports are in no bytes behind addresses."""
    def fragments(frame):
        packet = ip_of(frame)
        if packet[UDP].dport == 5060:
            return frame
        fragments.count += 1
        rest = bytes(IPv6ExtHdrDestOpt(nh=60)) + bytes(IPv6ExtHdrDestOpt(nh=17)) + bytes(packet.payload)
        packet.remove_payload()
        packet.plen, packet.nh = None, 44
        return [bytes(Ether(frame[:14]) / packet / IPv6ExtHdrFragment(nh=60, id=fragments.count, offset=at // 8, m=at == 0)
                      / Raw(part)) for at, part in ((8, rest[8:]), (0, rest[:8]))]

    fragments.count = 0
    assert is_undetermined(fields, capture(lambda file: write(file, 1, fragments, 6)))


@pytest.mark.parametrize("version, length", [(4, 0), (4, 7), (6, 0), (6, 7)])
def test_length_that_no_datagram_has(capture, fields, version, length):
    """Whatever Wireshark makes of it, it is no media."""
    ports = 34 if version == 4 else 54

    def broken(frame):
        is_sip = frame[ports + 2:ports + 4] == struct.pack("!H", 5060)
        return frame if is_sip else frame[:ports + 4] + struct.pack("!H", length) + frame[ports + 6:]

    path = capture(lambda file: write(file, 1, broken, version))
    assert not fields(path, "skypefed.rtp.protection", where="skypefed.rtp")
    (bye,) = fields(path, "skypefed.call.media_seen", where="sip.Method == BYE")
    assert bye["skypefed.call.media_seen"] == ["0"]
