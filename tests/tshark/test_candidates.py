# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses of candidates: each kind in a field of its own type, as written in the label."""

import pytest

from crafted import request, session, stream_of, write_datagrams

DRAFT_06 = "u" * 43 + " 1 " + "P" * 22 + " UDP 0.830 "
DRAFT_19 = "1 2 tcp-act 174846974 "

# Value -> (fields after skypefed.candidate., label).
CANDIDATES = {
    f"{DRAFT_19}192.0.2.1 49160 typ relay raddr 198.51.100.1 rport 49710": (
        {"address": "192.0.2.1", "port": "49160", "related_address": "198.51.100.1", "related_port": "49710"},
        "relay tcp-act 192.0.2.1:49160 for RTCP"),
    f"{DRAFT_19}2001:db8::1 49160 typ host": (
        {"address_v6": "2001:db8::1", "port": "49160"}, "host tcp-act [2001:db8::1]:49160 for RTCP"),
    f"{DRAFT_19}2f1a-77.local 49160 typ srflx raddr sbc_1.example.com rport 9": (
        {"host_name": "2f1a-77.local", "port": "49160", "related_host_name": "sbc_1.example.com", "related_port": "9"},
        "srflx tcp-act 2f1a-77.local:49160 for RTCP"),
    f"{DRAFT_06}sbc.example.com 50018": (
        {"host_name": "sbc.example.com", "port": "50018"}, "likely host UDP sbc.example.com:50018 for RTP"),
    f"{DRAFT_06}2001:db8::2 50018": (
        {"address_v6": "2001:db8::2", "port": "50018"}, "likely host UDP [2001:db8::2]:50018 for RTP"),
    f"{DRAFT_19}192.0.2.300 49160 typ host": (
        {"port": "49160"}, "host tcp-act 192.0.2.300:49160 for RTCP"),
}

PARTS = ("address", "address_v6", "host_name", "port")
NAMES = [*PARTS, *(f"related_{part}" for part in PARTS)]
FIELDS = [f"skypefed.candidate.{name}" for name in NAMES]


@pytest.fixture(scope="module")
def path(capture):
    """A capture of one message for each candidate."""
    bodies = [session(stream_of("RTP/AVP", f"a=candidate:{value}\r\n")) for value in CANDIDATES]
    return capture(lambda file: write_datagrams(file, [request(f"candidate-{number}", body)
                                                       for number, body in enumerate(bodies)]))


def test_fields(tshark, path):
    lines = tshark("-r", path, "-T", "fields", *(part for field in FIELDS for part in ("-e", field))).splitlines()
    found = [{name: value for name, value in zip(NAMES, line.split("\t")) if value} for line in lines]
    assert found == [fields for fields, _ in CANDIDATES.values()]


def test_labels(tshark, path):
    lines = [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines()]
    found = [line.removeprefix("Candidate: ") for line in lines if line.startswith("Candidate: ")]
    assert found == [label for _, label in CANDIDATES.values()]


def test_filter_by_name(tshark, path):
    frames = tshark("-r", path, "-Y", 'skypefed.candidate.host_name contains "example.com"', "-T", "fields",
                    "-e", "frame.number").split()
    assert frames == ["4"]
