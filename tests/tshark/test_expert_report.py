# SPDX-License-Identifier: GPL-2.0-or-later
"""The report of `-z expert`, for which no item is read: the same warnings and notes as the fields have."""

import re

import pytest

from crafted import SAMPLES, crypto, request, session, stream_of, write_datagrams

CAPTURES = sorted(path.name for path in SAMPLES.glob("*.pcapng"))
UNVERIFIED = "ms-edge-proxy-message-trust: ms-source-type=AutoFederation;ms-source-verified-user=unverified\r\n"
SUBNET = "ms-subnet: 192.0.2.0\r\n"


@pytest.fixture(scope="module")
def reported(tshark):
    """reported(capture): how many warnings and notes of ours the report counts."""
    def count(path):
        report = tshark("-r", path, "-q", "-z", "expert")
        return sum(int(number) for number in re.findall(r"^\s+(\d+)\s+\w+\s+SkypeFed\s", report, re.M))

    return count


@pytest.fixture(scope="module")
def in_fields(fields, field_names):
    """in_fields(capture): how many the fields have."""
    names = [name for name in field_names if name.startswith("skypefed.expert.")]
    assert names

    def count(path):
        return sum(len(values) for row in fields(path, *names) for values in row.values())

    return count


@pytest.mark.parametrize("name", CAPTURES)
def test_samples(name, reported, in_fields, samples):
    assert reported(samples / name) == in_fields(samples / name)


def test_nothing_of_the_message_before(capture, reported, in_fields):
    """One message with an unverified user, and two without any word of that."""
    path = capture(lambda file: write_datagrams(file, [
        request("trust-1", headers=UNVERIFIED), request("trust-2", headers=SUBNET), request("trust-3")]))
    assert reported(path) == in_fields(path) == 1


def test_no_party_of_the_message_before(capture, tshark):
    """A message without From or To names nobody in its row."""
    whole = request("party-1", headers=SUBNET)
    lacking = request("party-2", headers=SUBNET).replace(b"From:", b"X-From:").replace(b"To:", b"X-To:")
    path = capture(lambda file: write_datagrams(file, [whole, lacking]))
    rows = [line for line in tshark("-r", path, "-V").splitlines() if line.startswith("Skype/Lync Federation")]
    assert rows == ["Skype/Lync Federation: INVITE, nora@example.org to anna@example.com",
                    "Skype/Lync Federation: INVITE"]


def test_severity_in_a_column_of_each_frame(capture, tshark):
    """The column has it in each frame, also where nobody reads the texts and an earlier frame has the same info."""
    key = session(stream_of("RTP/AVP", crypto(1)))
    frames = [request(f"severity-{number}", key if number != 2 else "") for number in range(1, 5)]
    path = capture(lambda file: write_datagrams(file, frames))
    columns = ("-o", 'gui.column.format:"No.","%m","Expert","%a"')
    unread = tshark("-r", path, *columns).split("\n")
    assert [line.split()[1:] for line in unread if line] == [["Warning"], [], ["Warning"], ["Warning"]]
    assert tshark("-r", path, *columns, "-Y", "skypefed").split("\n") == unread
