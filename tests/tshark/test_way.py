# SPDX-License-Identifier: GPL-2.0-or-later
"""The way of a message in words: where a hop came from, entries that run together, the header of a GRUU."""

import pytest

from crafted import request, write_datagrams

TRANSLATED = "skypefed.via.translated"


@pytest.fixture(scope="module")
def read(fields, capture):
    """read(headers, *fields): fields of one message that bears the header lines."""
    def run(headers, *names):
        row, = fields(capture(lambda file: write_datagrams(file, [request("way", headers=headers)])), *names,
                      where="skypefed")
        return row
    return run


@pytest.fixture(scope="module")
def tree(tshark, capture):
    """tree(headers): the lines of our tree for one message that bears the header lines, without their indents."""
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
    row, = fields(capture(lambda file: write_datagrams(file, [options])), "skypefed.origin", where="skypefed")
    assert row["skypefed.origin"] == ["7"]
