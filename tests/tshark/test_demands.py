# SPDX-License-Identifier: GPL-2.0-or-later
"""What Teams Direct Routing demands of messages to it: each demand where it is not met, and nowhere else."""

import pytest

from crafted import KEYS, MESSAGES, crypto, message, session, stream_of, write_datagrams

HOST = "sbc1.example.com"
URI = "sip:+14255550123@sip.pstnhub.microsoft.com:5061;user=phone"
CONTACT = f"Contact: <sip:+12065550100@{HOST}:5061;transport=tls>\r\n"
ALLOW = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY\r\n"
SRTP = session(stream_of("RTP/SAVP", crypto(1), formats="8 101"))
FROM = f"<sip:+12065550100@{HOST}>;tag=1c747237679"
TEAMS_FROM = "<sip:+12065550100@sip.pstnhub.microsoft.com:5061;user=phone>;tag=ae95d0a2"


def text(name, start=f"INVITE {URI} SIP/2.0", body=SRTP, headers=CONTACT + ALLOW, sender=FROM,
         receiver="<sip:+14255550123@sip.pstnhub.microsoft.com>", transport="TLS", via=f"{HOST}:5061", method="INVITE"):
    """A message of a session border controller to Teams; what the arguments do not change meets all demands."""
    method = start.split()[0] if start.endswith(" SIP/2.0") else method
    kind = "Content-Type: application/sdp\r\n" if body else ""
    return message.with_true_length((
        f"{start}\r\nVia: SIP/2.0/{transport} {via};alias;branch=z9hG4bKac{name}\r\nMax-Forwards: 68\r\n"
        f"From: {sender}\r\nTo: {receiver}\r\nCall-ID: {name}\r\nCSeq: 1 {method}\r\n{headers}"
        f"X-MS-SBC: Example/SBC-500/7.4.1\r\n{kind}Content-Length: 0\r\n\r\n{body}").encode())


def options(**changes):
    return {"start": "OPTIONS sip:sip.pstnhub.microsoft.com:5061 SIP/2.0", "body": "",
            "headers": f"Contact: sip:{HOST}:5061;transport=tls\r\n" + ALLOW, "sender": f"sip:{HOST}:5061;tag=1",
            "receiver": "sip:sip.pstnhub.microsoft.com:5061", **changes}


def answer(**changes):
    return {"start": "SIP/2.0 200 OK", "via": "52.114.75.24:5061", "sender": TEAMS_FROM,
            "receiver": f"<sip:+14255550123@{HOST}:5061;user=phone>;tag=c4981804", **changes}


def change(**changes):
    return {"receiver": "<sip:+14255550123@sip.pstnhub.microsoft.com>;tag=9", **changes}


def contact(host, scheme="sip", more=ALLOW):
    return {"headers": f"Contact: <{scheme}:+12065550100@{host};transport=tls>\r\n{more}"}


def offer(*lines, profile="RTP/SAVP", formats="8 101", key=crypto(1)):
    return {"body": session(stream_of(profile, key, *lines, formats=formats))}


ROUTE_NAME = f"Record-Route: <sip:{HOST}:5061;transport=tls;lr>\r\n"
TEAMS_ROUTE = "Record-Route: <sip:sip.pstnhub.microsoft.com:5061;transport=tls;lr>\r\n"
FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["5B"] * 32) + "\r\na=setup:actpass\r\n"

# Name -> (what differs from a message that meets all demands, the demands that it does not meet)
CASES = {
    "all is met": ({}, ()),
    "OPTIONS": (options(), ()),
    "answer": (answer(), ()),
    "no Contact": ({"headers": ALLOW}, ("contact",)),
    "OPTIONS without Contact": (options(headers=ALLOW), ("contact",)),
    "answer without Contact": (answer(headers=ALLOW), ("contact",)),
    "compact Contact": ({"headers": f"m: <sip:{HOST}>\r\n"}, ()),
    "183 without Contact": (answer(start="SIP/2.0 183 Session Progress", headers=""), ()),
    "486 without Contact": (answer(start="SIP/2.0 486 Busy Here", headers="", body=""), ()),
    "BYE without Contact": ({"start": f"BYE {URI} SIP/2.0", "headers": "", "body": ""}, ()),
    "ACK without Contact": ({"start": f"ACK {URI} SIP/2.0", "headers": "", "body": ""}, ()),
    "address in Contact": (contact("203.0.113.7:5061"), ("contact_address",)),
    "IPv6 address in Contact": (contact("[2001:db8::7]:5061"), ("contact_address",)),
    "address in Contact of OPTIONS": (options(**contact("203.0.113.7")), ("contact_address",)),
    "address in Contact of the answer": (answer(**contact("203.0.113.7")), ("contact_address",)),
    "address in the second Contact": ({"headers": f"Contact: <sip:{HOST}>, <sip:203.0.113.7>\r\n"}, ()),
    "address in Contact, name in Record-Route": (contact("203.0.113.7", more=ROUTE_NAME), ()),
    "address in Contact, Record-Route of Teams": (answer(**contact("203.0.113.7", more=TEAMS_ROUTE)),
                                                  ("contact_address",)),
    "name without a domain": (contact("sbc1:5061"), ("contact_name",)),
    "name of a local domain": (contact("sbc1.example.local"), ("contact_name",)),
    "name below onmicrosoft.com": (contact("sbc1.example.onmicrosoft.com"), ("contact_name",)),
    "name with a dot at its end": (contact("sbc1.example.com."), ()),
    "name that ends alike": (contact("sbc1.examplelocal.com"), ()),
    "address in Record-Route": ({"headers": CONTACT + "Record-Route: <sip:203.0.113.7:5061;lr>\r\n"},
                                ("route_address",)),
    "address in both": (contact("203.0.113.7", more="Record-Route: <sip:203.0.113.7:5061;lr>\r\n"),
                        ("contact_address", "route_address")),
    "address below a name in Record-Route": (
        {"headers": CONTACT + ROUTE_NAME + "Record-Route: <sip:203.0.113.7:5061;lr>\r\n"}, ()),
    "address above a name in Record-Route of the answer": (
        answer(headers=CONTACT + "Record-Route: <sip:10.0.0.10:5060;lr>\r\n" + ROUTE_NAME + TEAMS_ROUTE), ()),
    "address below a name in Record-Route of the answer": (
        answer(headers=CONTACT + ROUTE_NAME + "Record-Route: <sip:203.0.113.7:5061;lr>\r\n" + TEAMS_ROUTE),
        ("route_address",)),
    "SIPS in the Request-URI": ({"start": f"INVITE {URI.replace('sip:', 'sips:', 1)} SIP/2.0"}, ("sips",)),
    "SIPS in Contact": (contact(HOST, "sips"), ("sips",)),
    "SIPS in From of Teams": (answer(sender=TEAMS_FROM.replace("sip:", "sips:", 1)), ()),
    "empty user": (options(headers=f"Contact: <sip:@{HOST}:5061>\r\n"), ("empty_user",)),
    "empty user in From": (options(sender=f"<sip:@{HOST}>;tag=1"), ("empty_user",)),
    "Replaces": ({"headers": CONTACT + "Replaces: 425928@example.com;to-tag=7743;from-tag=6472\r\n"}, ("replaces",)),
    "Supported: replaces": ({"headers": CONTACT + "Supported: replaces\r\n"}, ()),
    "called number without +": ({"start": "INVITE sip:14255550123@sip.pstnhub.microsoft.com SIP/2.0"}, ("number",)),
    "called number with separators": ({"start": "INVITE sip:425-555-0123@sip.pstnhub.microsoft.com SIP/2.0"},
                                      ("number",)),
    "number with extension": ({"start": "INVITE sip:+14255550123;ext=1@sip.pstnhub.microsoft.com SIP/2.0"}, ()),
    "called user": ({"start": "INVITE sip:anna@sip.pstnhub.microsoft.com SIP/2.0"}, ()),
    "called number in a dialog": (change(start="INVITE sip:14255550123@sip.pstnhub.microsoft.com SIP/2.0"), ()),
    "calling number without +": ({"sender": f"<sip:12065550100@{HOST}>;tag=1"}, ("caller_number",)),
    "anonymous caller": ({"sender": "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1"}, ()),
    "calling user with digits": ({"sender": f"<sip:2anna@{HOST}>;tag=1"}, ()),
    "no SRTP": (offer(profile="RTP/AVP", key=""), ("srtp",)),
    "SAVP without a key": (offer(key=""), ("srtp",)),
    "DTLS alone": (offer(FINGERPRINT, profile="UDP/TLS/RTP/SAVP", key=""), ("srtp",)),
    "SDES and DTLS": (offer(FINGERPRINT, "a=rtcp-mux\r\n", profile="UDP/TLS/RTP/SAVP"), ()),
    "SRTP optional": (offer(profile="RTP/AVP"), ()),
    "no SRTP in the answer": (answer(**offer(profile="RTP/AVP", key="")), ()),
    "no SRTP in a second stream": ({"body": session(stream_of("RTP/SAVP", crypto(1), formats="8"),
                                                    stream_of("RTP/AVP", formats="8"))}, ()),
    "no audio": ({"body": session(stream_of("RTP/AVP", kind="audio", port=0))}, ()),
    "no body": ({"body": ""}, ()),
    "another suite": (offer(key=crypto(1, suite="AES_CM_128_HMAC_SHA1_32")), ("suite",)),
    "another suite first": (offer(crypto(2), key=crypto(1, suite="AES_CM_128_HMAC_SHA1_32")), ()),
    "no codec": (offer("a=rtpmap:98 AMR/8000\r\n", formats="98 101"), ("codec",)),
    "static codec of others": (offer(formats="3"), ("codec",)),
    "G.729 by its number": (offer(formats="18"), ()),
    "SILK alone": (offer("a=rtpmap:103 SILK/8000\r\n", formats="103"), ()),
    "hold with sendonly": (change(**offer("a=sendonly\r\n")), ("hold",)),
    "hold with recvonly": (change(**offer("a=recvonly\r\n")), ("hold",)),
    "hold with inactive": (change(**offer("a=inactive\r\n")), ()),
    "sendonly outside a dialog": (offer("a=sendonly\r\n"), ()),
    "c=0.0.0.0": (change(**offer("c=IN IP4 0.0.0.0\r\n")), ("connection",)),
    "c=0.0.0.0 in the answer": (answer(**offer("c=IN IP4 0.0.0.0\r\n")), ("connection",)),
    "REFER without NOTIFY": ({"headers": CONTACT + "Allow: INVITE, ACK, REFER\r\n"}, ("notify",)),
    "REFER and NOTIFY in two headers": ({"headers": CONTACT + "Allow: INVITE, REFER\r\nAllow: NOTIFY\r\n"}, ()),
    "neither": ({"headers": CONTACT + "Allow: INVITE, ACK, CANCEL, BYE\r\n"}, ()),
    "bypass without REFER": ({"headers": CONTACT + "Allow: INVITE, ACK, NOTIFY\r\n",
                              "body": SRTP.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")}, ("refer",)),
    "bypass with REFER": ({"body": SRTP.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")}, ()),
    "bypass without Allow": ({"headers": CONTACT,
                              "body": SRTP.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")}, ()),
    # Whoever does not send to Teams is not told what Teams demands.
    "inside the company, without TLS": ({"transport": "UDP", **contact("10.1.2.3", more="")}, ()),
    "to another host": ({"start": "INVITE sip:14255550123@pbx.example.com SIP/2.0", **contact("10.1.2.3", more="")}, ()),
    "by Route": (options(start="OPTIONS sip:api-du-a-euwe.pstnhub.microsoft.com:443 SIP/2.0",
                         headers="Route: <sip:sip-du-a-eu.pstnhub.microsoft.com:5061;lr>\r\n"), ("contact",)),
    "government cloud": (options(start="OPTIONS sip:sip.pstnhub.gov.teams.microsoft.us:5061 SIP/2.0", headers=ALLOW),
                         ("contact",)),
    "from a PBX through a proxy": (answer(via="203.0.113.7:5061, SIP/2.0/TLS 52.114.75.24:5061", headers=""), ()),
    # The grammar of healthy messages on public pages (names replaced).
    "OPTIONS of Microsoft's page": (options(headers=f"Contact: sip:{HOST}:50588;transport=tls\r\n"), ()),
    "INVITE of Microsoft's page": ({
        "start": "INVITE sip:+14255550123@sip.pstnhub.microsoft.com SIP/2.0",
        "sender": f"<sip:+12065550100@{HOST};transport=udp>;tag=1c747237679", "receiver": f"sip:+14255550123@{HOST}",
        "headers": f"Contact: <sip:+12065550100@{HOST}:5058;transport=tls>\r\n"}, ()),
    "Allow without REFER of Microsoft's page": ({
        "headers": CONTACT + "ALLOW: INVITE, ACK, CANCEL, BYE, INFO, NOTIFY, PRACK, UPDATE, OPTIONS\r\n"}, ()),
    "Allow with REFER of Microsoft's page": (options(headers=CONTACT + (
        "ALLOW: INVITE, OPTIONS, INFO, BYE, CANCEL, ACK, PRACK, UPDATE, REFER, SUBSCRIBE, NOTIFY\r\n")), ()),
    "INVITE of an open source border controller": ({
        "start": "INVITE sip:+14255550123@sip.pstnhub.microsoft.com SIP/2.0", "via": "203.0.113.78",
        "headers": (f"Contact: <sip:+14255550123@{HOST}:5061>;transport=tls\r\n"
                    "Allow: INVITE, ACK, OPTIONS, CANCEL, BYE, NOTIFY, UPDATE, PRACK\r\n"),
        **offer("a=mid:1\r\n", "a=rtpmap:102 opus/48000/2\r\n", formats="0 8 102 9 101 103")}, ()),
    "INVITE after a REFER": ({
        "start": "INVITE sip:sip.pstnhub.microsoft.com:5061;x-m=8:orgid:1;transport=tls SIP/2.0",
        "via": "192.168.65.100:5061", "sender": "<sip:+12065550100@sip.pstnhub.microsoft.com:5060;user=phone>;tag=1",
        "receiver": "<sip:sip.pstnhub.microsoft.com:5061;transport=tls;x-m=8:orgid:1>",
        "headers": (f"Contact: <sip:{HOST}:5061;transport=tls>;sip.ice\r\nSupported: replaces\r\n"
                    "Referred-By: <sip:sip.pstnhub.microsoft.com:5061;x-m=8:orgid:2;x-ti=9cfa2ad6>\r\n")}, ()),
    "bypass offer of Microsoft's page": (offer(
        "a=rtcp:54056\r\n", FINGERPRINT, "a=rtcp-mux\r\n", profile="UDP/TLS/RTP/SAVP",
        formats="0 8 76 77 18 9 101 13"), ()),
}


@pytest.fixture(scope="module")
def path(capture):
    return capture(lambda file: write_datagrams(file, [text(f"case-{number}", **changes)
                                                       for number, (changes, _) in enumerate(CASES.values())]))


@pytest.fixture(scope="module")
def unmet(fields, field_names, path):
    """Case -> the demands that its message does not meet, by the expert infos."""
    names = sorted(name for name in field_names if name.startswith("skypefed.expert.teams_"))
    frames = fields(path, *names, where="sip")
    assert len(frames) == len(CASES)
    return {case: [name.removeprefix("skypefed.expert.teams_") for name in names if frame[name]]
            for case, frame in zip(CASES, frames)}


@pytest.mark.parametrize("case", CASES)
def test_demands(case, unmet):
    assert unmet[case] == sorted(CASES[case][1])


def test_each_demand_has_a_case(field_names):
    names = {name.removeprefix("skypefed.expert.teams_") for name in field_names
             if name.startswith("skypefed.expert.teams_")}
    assert names == {name for _, expected in CASES.values() for name in expected} and len(names) == 16


def test_field_and_report_agree(fields, tshark, path):
    """The row of each demand, and the report that reads no item."""
    rows = [row["skypefed.teams.demand"] for row in fields(path, "skypefed.teams.demand", where="sip")]
    assert [len(row) for row in rows] == [len(expected) for _, expected in CASES.values()]
    report = tshark("-r", path, "-q", "-z", "expert,note,skypefed")
    for part in ("an IP address, which Microsoft says Teams refuses (403)", "has no plus sign, so Teams may not find the user"):
        assert part in report


def send(capture, source, destination, **changes):
    """A capture of one message between these addresses."""
    from scapy.layers.inet import IP, UDP
    from scapy.layers.l2 import Ether
    from scapy.utils import wrpcap

    packet = Ether() / IP(src=source, dst=destination) / UDP(sport=5060, dport=5060) / text("one", **changes)
    return capture(lambda file: wrpcap(file.name, [packet]))


@pytest.mark.parametrize("source, destination, changes, is_raised", [
    ("198.51.100.7", "52.114.75.24", {}, True),
    ("10.1.2.3", "52.114.75.24", {"transport": "UDP", "start": "OPTIONS sip:52.114.75.24 SIP/2.0"}, True),
    ("52.114.75.24", "198.51.100.7", {}, False),
    ("10.1.2.3", "10.1.2.4", {}, False),
    ("10.1.2.3", "198.51.100.7", {"start": "OPTIONS sip:198.51.100.7 SIP/2.0"}, False),
])
def test_where_the_packet_goes(source, destination, changes, is_raised, capture, fields):
    """The packet's addresses count for more than the names in the message."""
    rows = fields(send(capture, source, destination, headers=ALLOW, **changes), "skypefed.expert.teams_contact",
                  where="sip")
    assert bool(rows[0]["skypefed.expert.teams_contact"]) == is_raised


HEALTHY = sorted(folder.name for folder in MESSAGES.iterdir() if folder.name.startswith("teams-")
                 and not folder.name.startswith("teams-refused-"))


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_samples(name, tshark, samples):
    assert not tshark("-r", samples / f"{name}.pcapng", "-Y", "skypefed.teams.demand")
