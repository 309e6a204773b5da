# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether an address is Microsoft's: of hops, Contact, media and candidates, by a table that the user can edit."""

import pytest

from crafted import request, session, stream_of, write_datagrams

TEAMS = "INVITE sip:+15550142@sip.pstnhub.microsoft.com;user=phone SIP/2.0"
OTHER = "INVITE sip:anna@example.com SIP/2.0"
MARK = "ms-comet: 1\r\n"
FIELDS = ("skypefed.host.microsoft", "skypefed.host.microsoft.range", "skypefed.host.microsoft.service",
          "skypefed.host.microsoft.source", "skypefed.host.microsoft.destination", "skypefed.contact.host")


@pytest.fixture(scope="module")
def places(fields, capture):
    """places(headers, start, body, args): the values of each field, booleans as 1 and 0."""
    def read(headers="", start=TEAMS, body="", args=()):
        path = capture(lambda file: write_datagrams(file, [request("p", body=body, headers=headers, start=start)]))
        [row] = fields(path, *FIELDS, args=args)
        return [[{"True": "1", "False": "0"}.get(value, value) for value in row[field] if value] for field in FIELDS]
    return read


def test_contact(places):
    flags, ranges, services, source, destination, contact = places("Contact: <sip:sip.pstnhub.microsoft.com:5061>\r\n")
    assert contact == ["sip.pstnhub.microsoft.com"]
    assert "1" in flags and ranges == ["pstnhub.microsoft.com"] and services == ["Teams Direct Routing"]
    assert source == ["0"] and destination == ["0"]


@pytest.mark.parametrize("address, expected", [
    ("52.113.10.20", ["52.112.0.0/14"]), ("52.122.1.1", ["52.122.0.0/15"]), ("52.127.64.9", ["52.127.64.0/21"]),
    ("203.0.113.4", []), ("0.0.0.0", [])])
def test_media(address, expected, places):
    body = session(stream_of("RTP/SAVP")).replace("192.0.2.10", address)
    assert address in body
    assert places(body=body)[1] == expected


def test_elsewhere_nothing_is_denied(places):
    flags, ranges, _, source, _, _ = places(MARK, OTHER)
    assert flags == [] and ranges == [] and source == []


def test_own_row(places):
    row = 'uat:skypefed_microsoft:"198.51.100.0/24","A lab"'
    _, ranges, services, _, _, _ = places(MARK + "Contact: <sip:198.51.100.7>\r\n", OTHER, args=("-o", row))
    assert ranges == ["198.51.100.0/24"] and services == ["A lab"]


def test_packet(fields, samples):
    rows = fields(samples / "teams-transfer.pcapng", "skypefed.host.microsoft.range", where="skypefed")
    assert any("52.112.0.0/14" in row["skypefed.host.microsoft.range"] for row in rows)
