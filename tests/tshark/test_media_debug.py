# SPDX-License-Identifier: GPL-2.0-or-later
"""Media debug information: its forms, its keys, and the flags of ICEWarn in words."""

import re

import pytest

from crafted import request, write_datagrams

BYE = "BYE sip:anna@example.com SIP/2.0"
# The names of the flags in the numbering of Lync 2010 and later, with their bits.
BITS = {"turn_unreachable": 0x1, "turn_udp_allocate": 0x2, "turn_udp_send": 0x4, "turn_tcp_allocate": 0x8,
        "turn_tcp_send": 0x10, "local_connectivity": 0x20, "udp_nat": 0x40, "udp_turn": 0x80, "tcp_nat": 0x100,
        "tcp_turn": 0x200, "integrity": 0x400, "policy_server": 0x1000, "check_not_sent": 0x2000,
        "turn_credentials": 0x4000, "policy_removed": 0x8000, "policy_reduced": 0x10000, "policy_keep_alive": 0x20000,
        "policy_refused_relay": 0x40000, "turn_missing": 0x80000, "turn_several": 0x100000,
        "ports_exhausted": 0x200000, "turn_alternate": 0x400000, "pseudo_tls": 0x800000, "http_proxy": 0x1000000,
        "http_proxy_auth": 0x2000000, "tcp_relay_relay": 0x4000000, "use_candidate": 0x8000000}
# Those of OCS 2007 and 2007 R2; two bits may say the same.
OLD_BITS = {"turn_unreachable": [0x10], "turn_secret": [0x20], "turn_udp_allocate": [0x40],
            "turn_tcp_allocate": [0x200], "local_connectivity": [0x4000], "udp_nat": [0x8000], "udp_turn": [0x10000],
            "tcp_nat": [0x40000], "tcp_turn": [0x80000], "integrity": [0x100000, 0x200000], "check_unmatched": [0x400000, 0x800000],
            "check_not_sent": [0x1000000, 0x2000000], "turn_missing": [0x4000000], "turn_credentials": [0x8000000]}
INFORMATION = {"policy_server", "policy_reduced", "policy_keep_alive", "turn_several", "http_proxy"}
EXPECTED = {"local_connectivity", "udp_nat", "tcp_nat", "tcp_turn"}
FLAGS = sorted({*BITS, *OLD_BITS})

# Parameter -> the labels of its row, and the numbers that it holds.
CASES = {
    'CallerMediaDebug="audio:ICEWarn=0x80,LocalLocation=2"': (["Media of the caller's side: audio"], ["128"]),
    'CalleeMediaDebug="main-video:ICEWarn=320"': (["Media of the callee's side: main-video"], ["800"]),
    'CalleeMediaDebug="ICEWarn=0x1"': (["Media of the callee's side"], ["1"]),
    'CallerMediaDebug=":ICEWarn=0xzz"': (["Media of the caller's side"], []),
    'CallerMediaDebug=""': (["Media of the caller's side"], []),
    'UserType="Callee";MediaType="audio";ICEWarn="0x0";LocalSite="10.1.2.3:1"':
        (["Media of the callee's side: audio"], ["0"]),
    "ICEWarn=0x1": (["Media"], ["1"]),
    'UserType="Callee";MediaType="audio";MediaChanBlob="NetworkErr=no error"':
        (["Media channel of the callee's side: audio"], []),
}


@pytest.fixture(scope="module")
def make(capture):
    """make(parameters of each header, headers=): a capture of one BYE for each."""
    def write(parameters, headers=""):
        return capture(lambda file: write_datagrams(file, [
            request(f"media-debug-{number}", start=BYE,
                    headers=f'{headers}ms-client-diagnostics: 23; reason="x"; {parameter}\r\n')
            for number, parameter in enumerate(parameters)]))
    return write


def rows_of(tshark, path):
    """The rows of each frame below our protocol, without indentation."""
    frames = tshark("-r", path, "-V", "-O", "skypefed").split("\nSkype/Lync Federation")[1:]
    return [[line.strip() for line in frame.splitlines()] for frame in frames]


def debug(value):
    return f'CallerMediaDebug="audio:{value}"'


# ---- rows and fields ----

def test_labels(tshark, make):
    frames = rows_of(tshark, make(CASES))
    labels = [[line for line in frame if re.match(r"Media( channel)?( of|$)", line)] for frame in frames]
    assert labels == [expected for expected, _ in CASES.values()]


def test_warnings(fields, make):
    rows = fields(make(CASES), "skypefed.ice_warning", where="skypefed")
    assert [row["skypefed.ice_warning"] for row in rows] == [numbers for _, numbers in CASES.values()]


# Key as written -> field, value
KEYS = {
    "LocalSite=10.1.2.3:50010": ("local_site", "10.1.2.3:50010"),
    "RemoteSite=192.0.2.9:3478": ("remote_site", "192.0.2.9:3478"),
    "LocalMR=203.0.113.1:3478": ("local_relay", "203.0.113.1:3478"),
    "RemoteMR=203.0.113.2:443": ("remote_relay", "203.0.113.2:443"),
    "LocalMRTCPPort=59100": ("local_relay_tcp_port", "59100"),
    "RemoteMRTCPPort=443": ("remote_relay_tcp_port", "443"),
    "PortRange=50020:50039": ("port_range", "50020:50039"),
    "LocalLocation=2": ("local_location", "2"),
    "RemoteLocation=1": ("remote_location", "1"),
    "FederationType=1": ("federation_type", "1"),
    "NetworkName=corp.example": ("network_name", "corp.example"),
    "Interfaces=0x12": ("interfaces", "18"),
    "BaseInterface=0x2": ("base_interface", "2"),
    "BaseAddress=10.1.2.3:50020": ("base_address", "10.1.2.3:50020"),
    "LocalInterface=0x4": ("local_interface", "4"),
    "LocalAddress=10.1.2.3:50022": ("local_address", "10.1.2.3:50022"),
    "RemoteAddress=192.0.2.9:50023": ("remote_address", "192.0.2.9:50023"),
    "LocalAddrType=host": ("local_type", "host"),
    "RemoteAddrType=relay": ("remote_type", "relay"),
    "Protocol=UDP": ("protocol", "UDP"),
    "IceRole=controlling": ("ice_role", "controlling"),
    "MrDnsU=edge.example.com": ("relay_name", "edge.example.com"),
    "MrResU=0": ("relay_result", "0"),
    "NetworkErr=no error": ("network_error", "no error"),
    "MediaTimeout=0": ("media_timeout", "0"),
    "RtcpByeSent=1": ("rtcp_bye_sent", "1"),
    "RtcpByeRcvd=0": ("rtcp_bye_received", "0"),
}


def test_keys_in_both_forms(fields, make):
    """In one value, and each a parameter of the header."""
    names = [f"skypefed.media_debug.{name}" for name, _ in KEYS.values()]
    others = ["side", "label", "first_port", "last_port", "param"]
    forms = [debug(",".join(KEYS)),
             'UserType="Caller";MediaType="audio";' + ";".join(key.replace("=", '="') + '"' for key in KEYS)]
    rows = fields(make(forms), *names, *[f"skypefed.media_debug.{name}" for name in others],
                  "skypefed.expert.malformed", where="skypefed")
    expected = [[value] for _, value in KEYS.values()] + [["caller"], ["audio"], ["50020"], ["50039"], [], []]
    assert [list(row.values()) for row in rows] == [expected, expected]


def test_words(tshark, make):
    rows, = rows_of(tshark, make([debug("Interfaces=0x12,BaseInterface=0x41,LocalLocation=1,RemoteLocation=0,"
                                        "PortRange=50020:50039")]))
    for line in ("Network interfaces: 18 (0x00000012) (Ethernet, tunnel; inferred)",
                 "Interface of the base address: 65 (0x00000041)", "Local location: Internet (1) (inferred)",
                 "Remote location: Unknown (0)", "Media ports that the client may use: 50020:50039"):
        assert line in rows


def test_a_key_that_nobody_knows_is_shown_as_written(fields, make):
    channel = 'MediaChanBlob="ErrTime=0,NetworkErr=no error,BlobVer=1"'
    rows = fields(make([debug("ICEWarn=0x0,Color=red"), channel]), "skypefed.media_debug.param",
                  "skypefed.diagnostics.param", "skypefed.expert.malformed", where="skypefed")
    assert [list(row.values()) for row in rows] == [[["Color=red"], [], []], [["ErrTime=0", "BlobVer=1"], [], []]]


def test_bad_media_debug_is_noted_and_the_rest_is_read(fields, make):
    row, = fields(make([debug("ICEWarn=0xGG,LocalLocation=x,RemoteLocation=1")]), "skypefed.media_debug.label",
                  "skypefed.media_debug.remote_location", "skypefed.media_debug.local_location", "skypefed.ice_warning",
                  "skypefed.expert.malformed", "skypefed.diagnostics.code", where="skypefed")
    assert len(row.pop("skypefed.expert.malformed")) == 2
    assert list(row.values()) == [["audio"], ["1"], [], [], ["23"]]


# Parameter -> the one note on it.
NOTES = {
    'CalleeMediaDebug="audio:ICEWarn=0xzz"': 'ICEWarn is not a number: "0xzz"',
    'CalleeMediaDebug="audio:RemoteLocation=near"': 'RemoteLocation is not a number: "near"',
    'CalleeMediaDebug="audio:FederationType="': 'FederationType has no value: "FederationType="',
    'CalleeMediaDebug="audio:LocalMRTCPPort=70000"': 'LocalMRTCPPort is not a port number: "70000"',
    'CalleeMediaDebug="audio:PortRange=50020-50039"': 'PortRange is not a range of ports: "50020-50039"',
    'CalleeMediaDebug="audio:ICEWarn=1,ICEWarn=2,LocalSite=a,LocalSite=b"':
        'The parameter is repeated; the first value is used: "ICEWarn=2"',
    'CalleeMediaDebug=""': 'The media debug value is empty: "CalleeMediaDebug="""',
    'CalleeMediaDebug="ICEWarn=1"': 'The media debug value does not name a stream: "CalleeMediaDebug="ICEWarn=1""',
}


def test_notes_say_which_key_is_at_fault(fields, make):
    rows = fields(make(NOTES), "_ws.expert.message", where="skypefed")
    notes = [[text for text in row["_ws.expert.message"] if text.startswith("ms-client-diagnostics: ")] for row in rows]
    assert notes == [[f"ms-client-diagnostics: {note}"] for note in NOTES.values()]


# ---- ICEWarn ----

def read_flags(fields, path):
    """Of each frame, the names of the flags that are true; each flag must be there once, true or false."""
    names = [f"skypefed.ice_warning.{name}" for name in FLAGS]
    frames = []
    for row in fields(path, *names, where="skypefed"):
        assert all(len(row[name]) == 1 for name in names)
        frames.append({flag for flag, name in zip(FLAGS, names) if row[name][0] in ("1", "True")})
    return frames


def test_each_bit_has_its_flag(fields, make):
    warnings = [*BITS.values(), 0, sum(BITS.values()), 0x800]
    found = read_flags(fields, make([debug(f"ICEWarn=0x{warning:x}") for warning in warnings]))
    assert found == [*[{name} for name in BITS], set(), set(BITS), set()]


def test_each_bit_of_ocs_has_its_flag(fields, make):
    rows = [(name, bit) for name, bits in OLD_BITS.items() for bit in bits]
    path = make([debug(f"ICEWarn=0x{bit:x}") for _, bit in rows], "User-Agent: UCCAPI/3.5.6907.206 OC/3.5.6907.206\r\n")
    assert read_flags(fields, path) == [{name} for name, _ in rows]
    numbering = fields(path, "skypefed.ice_warning.numbering", where="skypefed")
    assert {row["skypefed.ice_warning.numbering"][0] for row in numbering} == {"1"}


def test_failures_in_words(fields, make):
    """A flag that only informs, or that good calls have too, is no failure."""
    rows = fields(make([debug(f"ICEWarn=0x{bit:x}") for bit in BITS.values()]), "skypefed.ice_warning.failure",
                  where="skypefed")
    failures = {name for name, row in zip(BITS, rows) if row["skypefed.ice_warning.failure"]}
    assert failures == set(BITS) - INFORMATION - EXPECTED


# ICEWarn -> how its row begins, and the rows below it.
HEADINGS = {
    "0x0": ("ICE reported no trouble (0x00000000)", []),
    "0x4000320": ("ICE steps that failed (0x04000320): TCP through the relay failed: port 443, or 50000-59999 to a "
                  "2007 Edge",
                  ["Expected: No direct path in the local network (0x00000020)",
                   "Expected: No TCP path through NAT: not tried if a direct path works (0x00000100)",
                   "Expected: No TCP path through the media relay: unimportant if another path works "
                   "(0x00000200)",
                   "Failure: TCP through the relay failed: port 443, or 50000-59999 to a 2007 Edge (between the relays "
                   "of both sides) (0x04000000)"]),
    "0x81": ("ICE steps that failed (0x00000081): Media relay (TURN) not reachable: TCP 443 and UDP 3478 to the Edge, "
             "and its A/V Edge service; No UDP path through the media relay: one of the two sides may block UDP", None),
    # Too many for one row: the rows below have the advice.
    "0x4280000": ("ICE steps that failed (0x04280000): No media relay configured, or its name could not be resolved; "
                  "Port range exhausted; TCP through the relay failed", None),
    "0x120": ("ICE reported only what is normal with NAT or a firewall (0x00000120): No direct path in the local network; "
              "No TCP path through NAT", None),
    "0x1001000": ("ICE information, no failure (0x01001000): A bandwidth policy server is configured; An HTTP proxy is "
                  "configured", ["Information: A bandwidth policy server is configured (0x00001000)",
                                 "Information: An HTTP proxy is configured (0x01000000)"]),
    "0x1000020": ("ICE reported only what is normal with NAT or a firewall (0x01000020): No direct path in the local "
                  "network", None),
    "0x80000001": ("ICE steps that failed (0x80000001): Media relay (TURN) not reachable: TCP 443 and UDP 3478 to the "
                   "Edge, and its A/V Edge service; unknown flags 0x80000000", None),
    "0x80000800": ("ICE flags (0x80000800): unknown flags 0x80000800",
                   ["Unknown flag: 2048 (0x00000800), likely, by its position: the relay's answer failed its integrity check "
                    "(inferred)", "Unknown flag: 2147483648 (0x80000000)"]),
}


def test_headings(tshark, make):
    frames = rows_of(tshark, make([debug(f"ICEWarn={warning}") for warning in HEADINGS]))
    for frame, (heading, below) in zip(frames, HEADINGS.values()):
        at, = [number for number, line in enumerate(frame) if line.startswith("ICE ")]
        assert frame[at].startswith(heading)
        rows = [line for line in frame[at + 1:]
                if line.startswith(("Failure: ", "Expected: ", "Information: ", "Unknown flag: "))]
        assert below is None or rows == below
        assert len(rows) == bin(int(frame[at].split("(")[1][:10], 16)).count("1")


# What the value says of both ends -> whether a missing direct path is a failure, and by what.
INSIDE = "inside the company's network (inferred from their locations)"
ONE_NETWORK = "likely in one network, by their addresses"
ENDS = {
    "LocalLocation=2,RemoteLocation=2": INSIDE,
    "LocalLocation=2,RemoteLocation=2,LocalSite=10.1.2.3:50010,RemoteSite=10.9.8.7:50020,FederationType=0": INSIDE,
    "LocalLocation=2,RemoteLocation=2,FederationType=1": None,
    "LocalLocation=1,RemoteLocation=2": None,
    "LocalLocation=2,RemoteLocation=1,LocalSite=10.1.2.3:50010,RemoteSite=10.1.2.4:50010": None,
    "LocalLocation=1,LocalSite=10.1.2.3:50010,RemoteSite=10.1.2.4:50010": None,
    "LocalLocation=2": None,
    "LocalLocation=0,RemoteLocation=0": None,
    "LocalSite=10.1.2.3:50010,RemoteSite=10.1.2.44:50020": ONE_NETWORK,
    "LocalLocation=0,RemoteLocation=2,LocalSite=10.1.2.3:50010,RemoteSite=10.1.2.44:50020": ONE_NETWORK,
    "LocalSite=172.31.2.3:50010,RemoteSite=172.31.2.4:50020": ONE_NETWORK,
    "LocalSite=[fd00:1:2:3::4]:50010,RemoteSite=[fd00:1:2:3::5]:50020": ONE_NETWORK,
    "LocalSite=[fd00:1:2:3::4]:50010,RemoteSite=[fd00:1:2:4::5]:50020": None,
    "LocalSite=[2001:db8:2:3::4]:50010,RemoteSite=[2001:db8:2:3::5]:50020": None,
    "LocalSite=10.1.2.3:50010,RemoteSite=10.1.3.3:50020": None,
    "LocalSite=172.32.2.3:50010,RemoteSite=172.32.2.4:50020": None,
    "LocalSite=192.168.1.3:50010,RemoteSite=192.168.1.4:50020": None,
    "LocalSite=203.0.113.3:50010,RemoteSite=203.0.113.4:50020": None,
    "LocalSite=10.1.2.3:50010,RemoteSite=10.1.2.44:50020,FederationType=2": None,
    "LocalSite=10.1.2.3:50010": None,
    "LocalSite=a.example.com:5,RemoteSite=a.example.com:6": None,
}


def test_direct_path_between_ends_in_one_network(tshark, fields, make):
    """Its failure is normal with NAT between the ends, and a finding without."""
    path = make([debug(f"{ends},ICEWarn=0x60") for ends in ENDS])
    rows = fields(path, "skypefed.ice_warning.failure", where="skypefed")
    for frame, row, (ends, evidence) in zip(rows_of(tshark, path), rows, ENDS.items()):
        heading, = [line for line in frame if line.startswith("ICE ") and "0x00000060" in line]
        direct, nat = [line for line in frame if line.startswith(("Failure: No", "Expected: No"))]
        assert nat == "Expected: No UDP path through NAT (0x00000040)"
        if evidence:
            words = f"No direct path in the local network: both ends are {evidence}: a firewall "
            assert heading.startswith(f"ICE steps that failed (0x00000060): {words}"), ends
            assert direct.startswith(f"Failure: {words}") and direct.endswith("may block it (0x00000020)"), ends
            assert row["skypefed.ice_warning.failure"][0].startswith(words) and len(row["skypefed.ice_warning.failure"]) == 1
        else:
            assert heading.startswith("ICE reported only what is normal with NAT or a firewall"), ends
            assert direct == "Expected: No direct path in the local network (0x00000020)", ends
            assert row["skypefed.ice_warning.failure"] == [], ends


# What the sender says it is -> what a row says about the numbering. In doubt it is that of today.
PRODUCTS = {"UCCAPI/3.5.6907.206 OC/3.5.6907.206": "OCS 2007", "UCCAPI/15.0.4420.1017 OC/15.0.4420.1017": "Lync",
            "Acme/3.5": "Lync"}


@pytest.mark.parametrize("product", PRODUCTS)
def test_numbering(product, tshark, make):
    rows, = rows_of(tshark, make([debug("ICEWarn=0x4010")], f"User-Agent: {product}\r\n"))
    heading, = [line for line in rows if line.startswith("ICE ")]
    if PRODUCTS[product] == "OCS 2007":
        assert heading.startswith("ICE steps that failed (0x00004010, numbering of OCS 2007, inferred from the "
                                  "product): Media relay (TURN) not reachable")
    else:
        assert heading == ("ICE steps that failed (0x00004010): Sending by TCP to the media relay failed; Credentials "
                           "for the media relay expired or unknown: the A/V authentication service (MRAS) may be down")
