# SPDX-License-Identifier: GPL-2.0-or-later
"""The way of a message in words: where a hop came from, entries that run together, the header of a GRUU."""

import base64
import struct

import pytest

from crafted import BEHIND_NAT, request, write_datagrams

TRANSLATED = "skypefed.via.translated"


@pytest.fixture(scope="module")
def read(fields, capture):
    """read(headers, *fields): fields of one message with the header lines."""
    def run(headers, *names):
        row, = fields(capture(lambda file: write_datagrams(file, [request("way", headers=headers)])), *names,
                      where="skypefed")
        return row
    return run


@pytest.fixture(scope="module")
def tree(tshark, capture):
    """tree(headers): the lines of our tree for one message with the header lines, without their indents."""
    def run(headers):
        path = capture(lambda file: write_datagrams(file, [request("way", headers=headers)]))
        return [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines()]
    return run


@pytest.mark.parametrize("parameters, label", [
    ("ms-received-port=5061", "[Source differs from sent-by: False]"),
    ("ms-received-port=60517", "[Source differs from sent-by: True (only the port)]"),
    ("received=192.0.2.9", "[Source differs from sent-by: True (the address)]"),
    ("received=192.0.2.9;ms-received-port=60517", "[Source differs from sent-by: True (the address)]"),
])
def test_source_says_what_differs(parameters, label, tree):
    assert label in tree(f"Via: SIP/2.0/TLS 192.0.2.1:5061;{parameters}\r\n")


@pytest.mark.parametrize("via, lines", [
    ("SIP/2.0/TLS sbc.example.net:5061;received=203.0.113.5", []),
    ("SIP/2.0/TLS sbc.example.net:5061;received=203.0.113.5;ms-received-port=5061", []),
    ("SIP/2.0/TLS sbc.example.net:5061;received=203.0.113.5;ms-received-port=25001",
     ["[Source differs from sent-by: True (only the port)]"]),
])
def test_the_address_of_a_name_is_not_translated(via, lines, tree):
    assert [line for line in tree(f"Via: {via}\r\n") if "differs" in line] == lines


@pytest.mark.parametrize("start, headers, label", [
    ("OPTIONS sip:a@example.com SIP/2.0", "Via: SIP/2.0/TLS 198.51.100.20:5061;branch=z9hG4bK3e8a4b5c\r\n", ""),
    ("OPTIONS sip:a@example.com SIP/2.0", "Via: SIP/2.0/TLS 198.51.100.21:5061;branch=z9hG4bK4012347\r\n", ""),
    ("SIP/2.0 488 No", "VIA: SIP/2.0/TCP 192.0.2.5:5060;branch=z9hG4bK2d4d9d9f\r\nSERVER: RTCC/4.0.0.0\r\n", ""),
    ("SIP/2.0 415 No", "Via: SIP/2.0/tls 192.0.2.6:42140;ms-received-port=42140;ms-received-cid=D65C500\r\n", ""),
    ("OPTIONS sip:a@example.com SIP/2.0", "VIA: SIP/2.0/TLS 192.0.2.7:5061;branch=z9hG4bK6de49c9a\r\n",
     ", likely written by: RTCC or UCMA"),
    ("OPTIONS sip:a@example.com SIP/2.0", "Via: SIP/2.0/TLS sip.pstnhub.microsoft.com;branch=z9hG4bK6de49c9a\r\n",
     ", likely written by: Teams Direct Routing proxy"),
])
def test_only_a_second_mark_says_who_wrote_a_via(start, headers, label, tshark, capture):
    path = capture(lambda file: write_datagrams(file, [request("way", headers=headers, start=start)]))
    lines = tshark("-r", path, "-V", "-O", "skypefed").splitlines()
    label_of_second = next(line.strip() for line in lines if line.strip().startswith("Via 2: "))
    assert "".join(label_of_second.partition(", likely")[1:]).partition(", connection")[0] == label


KEY_BLOB = bytes.fromhex("010200000366000000a40000") + bytes(range(128))


@pytest.mark.parametrize("lost, problems", [(0, []), (3, ["ms-key-info is damaged"])])
def test_key_info_has_lengths_and_the_algorithm_of_a_key_blob(lost, problems, tree):
    front = struct.pack("<HH4sQ", len(KEY_BLOB), 128, b"\1\2\3\4", 130114575992538432)
    value = base64.urlsafe_b64encode((front + KEY_BLOB + bytes(128))[:len(front) + len(KEY_BLOB) + 128 - lost])
    lines = tree(f"Route: <sip:a.example;ms-key-info={value.decode().replace('=', 'A')};lr>\r\n")
    assert "Length of the key (inferred): 140" in lines and "Length of the signature (inferred): 128" in lines
    assert ("[Key algorithm (inferred): Triple DES, wrapped with RSA-1024]" in lines) == (not problems)
    assert [line for line in lines if line.startswith("Created (inferred): Apr 26, 2013 13:46:39")]
    assert not [line for line in lines if line.startswith(("Version", "First four bytes"))]
    assert [words for words in ["ms-key-info is damaged"] if any(words in line for line in lines)] == problems


@pytest.mark.parametrize("via", ["garbage;ms-received-port=5", "SIP/2.0/TLS a:70000;ms-received-port=5",
                                 "SIP/2.0/TLS a b;ms-received-port=5", "SIP/2.0/TLS ;ms-received-port=5"])
def test_nothing_is_derived_from_an_unreadable_via(via, read):
    row = read(f"Via: {via}\r\n", "skypefed.via.stack", TRANSLATED, "skypefed.via.received_port",
               "skypefed.expert.malformed")
    assert row["skypefed.via.stack"] == ["0"]  # of the Via that every message has
    assert row[TRANSLATED] == [] and row["skypefed.via.received_port"] == ["5"]
    assert len(row["skypefed.expert.malformed"]) == 1


@pytest.mark.parametrize("routes, hosts, front_ends", [
    ("<sip:a;lr><sip:b;lr;ms-fe=b>", ["a", "b"], ["b"]),
    ("<sip:a;lr;ms-fe=x> <sip:b;lr>", ["a", "b"], ["x"]),
    ("<sip:a;lr>;tag=1\r\n <sip:b;ms-fe=b>;tag=2, <sip:c;ms-fe=c>", ["a", "b", "c"], ["b", "c"]),
])
def test_routes_without_a_comma_are_two_and_noted_once(routes, hosts, front_ends, read):
    row = read(f"Record-Route: {routes}\r\n", "skypefed.route.host", "skypefed.route.front_end",
               "skypefed.expert.malformed")
    assert row["skypefed.route.host"] == hosts and row["skypefed.route.front_end"] == front_ends
    assert len(row["skypefed.expert.malformed"]) == 1


def test_missing_comma_is_told_with_its_place(tree):
    lines = tree("Record-Route: <sip:a;lr><sip:b;lr;ms-fe=b>\r\nVia: SIP/2.0/TLS a b;ms-received-port=5\r\n")
    assert '[Record-Route: The route is followed by another route without a comma: "<sip:b;lr;ms-fe=b>"]' in lines
    assert '[Via: The Via is followed by extra text after its host and port: "b"]' in lines
    assert "Sent by: a" in lines


def test_endless_routes_without_commas_end_at_the_limit(read):
    row = read("Record-Route: " + "<sip:a;lr>" * 5000 + "\r\n", "skypefed.route.host", "skypefed.expert.malformed",
               "skypefed.expert.limit")
    assert [len(values) for values in row.values()] == [70, 1, 1]


GRUU = "sip:anna@example.com;opaque=app:voicemail;gruu"


@pytest.mark.parametrize("line, header", [
    (f"m: <{GRUU}>", "Contact"), (f"p-asserted-identity: <{GRUU}>", "P-Asserted-Identity"),
    (f"Record-Route: <{GRUU};lr>", "Record-Route"),
])
def test_gruu_names_its_header(line, header, tree):
    rows = [row for row in tree(f"{line}\r\n") if row.startswith("Voice mail")]
    assert len(rows) == 1 and rows[0].startswith(f"Voice mail (in {header}): {GRUU}")


def test_gruu_of_the_request_names_it(tshark, capture):
    path = capture(lambda file: write_datagrams(file, [
        request("way", start=f"INVITE {GRUU} SIP/2.0", receiver=f"<{GRUU}>")]))
    output = tshark("-r", path, "-V", "-O", "skypefed")
    assert f"Voice mail (in Request-URI): {GRUU}\n" in output and f"Voice mail (in To): {GRUU}\n" in output


def test_conference_factory_is_no_fault(tree):
    lines = tree("Contact: <sip:anna@example.com;gruu;opaque=app:conf:focusfactory>\r\n")
    assert "Conference factory (in Contact): sip:anna@example.com;gruu;opaque=app:conf:focusfactory" in lines
    assert "Conference role: focusfactory" in lines
    assert not [line for line in lines if "ROLE:id:ID" in line]


@pytest.mark.parametrize("host", ["sip.pstnhub.gov.teams.microsoft.us", "sip.pstnhub.dod.teams.microsoft.us",
                                  "sip.pstnhub.partner.teams.microsoftonline.cn"])
def test_teams_of_other_clouds(host, fields, capture):
    options = request("cloud", start="OPTIONS sip:sbc.example.com SIP/2.0", sender=f"<sip:{host}:5061>;tag=1",
                      receiver="<sip:sbc.example.com>")
    path = capture(lambda file: write_datagrams(file, [options], BEHIND_NAT))
    row, = fields(path, "skypefed.origin", where="skypefed")
    assert row["skypefed.origin"] == ["7"]


def test_register_answer_hands_out_the_gruu(fields, capture):
    gruu = "sip:user@example.com;opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu"
    answer = request("r", start="SIP/2.0 200 OK", sender="<sip:user@example.com>;tag=1;epid=c8ca638a15",
                     headers=f'Contact: <sip:192.0.2.6:12723;transport=tls>;expires=7200;gruu="{gruu}"\r\n')
    row, = fields(capture(lambda file: write_datagrams(file, [answer.replace(b"1 INVITE", b"1 REGISTER")])),
                  "skypefed.gruu", "skypefed.gruu.guid", where="skypefed.epid.matches_gruu == 1")
    assert row == {"skypefed.gruu": [gruu], "skypefed.gruu.guid": ["34d859db-6585-5f91-a3b4-de853c15347d"]}


def test_edge_route_beside_the_address(tree):
    lines = tree("ROUTE: <sip:accessedge.example.com;transport=tls;lr>;ms-edge-route\r\n")
    assert "[Sent through this Edge: True]" in lines


@pytest.mark.parametrize("name", ["ms-piggyback-cseq", "Ms-Sensitivity", "Ms-Exchange-Command", "Ms-Device-Info"])
def test_purpose_of_headers(name, tree):
    [line] = [line for line in tree(f"{name}: 1\r\n") if line.startswith(f"Header: {name}: 1")]
    assert line.endswith(")")


@pytest.mark.parametrize("headers, explained", [
    ("X-MS-Teams-FQDN: a.example\r\nX-MS-Teams-Tenant-FQDN: b.a.example\r\n", False),
    ("X-MS-Comet: 1\r\nX-MS-Exchange-Organization: a\r\n", False),
    ("X-MS-SBC: Example/SBC/1\r\n", True),
    ("User-Agent: Windows RTC/1.2\r\n", True), ("User-Agent: Windows RTC/1.0\r\n", False),
    ("User-Agent: LCC/1.3\r\n", False),
])
def test_what_is_no_mark(headers, explained, fields, capture):
    plain = request("plain", headers=headers, sender="<sip:a@192.0.2.1>;tag=1", receiver="<sip:b@192.0.2.2>",
                    start="OPTIONS sip:b@192.0.2.2 SIP/2.0")
    assert bool(fields(capture(lambda file: write_datagrams(file, [plain])), "skypefed.caller",
                       where="skypefed")) == explained


@pytest.mark.parametrize("headers, product", [
    ("SERVER: RTCC/3.5.0.0\r\n", "Server application based on UCMA (UCMA 2.0, of the OCS 2007 R2 generation)"),
    ("SERVER: RTCC/5.0.0.0 MSExchangeUM/15.01.0231.021\r\n",
     "Exchange 2016 or Online Unified Messaging (UCMA 4.0, of the Lync 2013 generation)"),
    ("User-Agent: Purple/2.9.0 Sipe/1.22.0 (linux-x86_64; RTC/5.0)\r\n",
     "pidgin-sipe (signed in to Lync Server 2013)"),
    ("User-Agent: LCC/1.3\r\n", "Communicator 2005 or Windows Messenger 5"),
])
def test_products(headers, product, tree):
    assert f"Product: {product}" in tree(headers)
