# SPDX-License-Identifier: GPL-2.0-or-later
"""Expert infos of different codes are different groups in the window, each with its code and words for a heading."""

import pytest

import dialogs
from crafted import request, write_datagrams
from desktop import eventually

GROUPS = {
    "federation-failure": ["1009 The DNS SRV record names a host outside the domain", "1010 No TLS trust with the next server",
                           "1034 The federated peer refused and gave no diagnostics",
                           "1047 TLS negotiation with the federated peer failed"],
    "media-failure": ["22 No media path could be set up, both ends internal",
                      "23 No media path could be set up, one end internal and one remote"],
    "teams-refused-srtp": ["The session border controller offered no SRTP, which Teams requires"],
    "conference-commands": ["The conference command modifyConferenceLock failed: forbidden"],
}


@pytest.mark.parametrize("name", GROUPS)
def test_groups_are_codes_with_their_words(open_window, name):
    with open_window(name) as window:
        groups = dialogs.expert_groups(window, "Response")
        assert eventually(lambda: [group for group, _ in groups()], GROUPS[name]) == GROUPS[name]
        assert all(count >= 1 for _, count in groups())


def test_groups_begin_anew_with_each_reading(open_window):
    with open_window("federation-failure") as window:
        window.reload()
        groups = dialogs.expert_groups(window, "Response")
        expected = [(name, 2 if name.startswith("1034") else 1) for name in GROUPS["federation-failure"]]
        assert eventually(groups, expected) == expected


def test_codes_beyond_the_limit_share_a_group(open_window, stage):
    """17 fields of a severity: 16 codes, and the rest. Nothing that a capture has makes more."""
    codes = range(40001, 40021)
    with open(stage.samples / "many-codes.pcapng", "wb") as file:
        write_datagrams(file, [request(f"c{code}", start="SIP/2.0 503 No", headers=f"ms-diagnostics: {code}\r\n")
                               for code in codes for _ in range(2)])
    expected = [(f"{code} Not a known code", 2) for code in codes[:16]] + [("A diagnostics header of a failure", 8)]
    with open_window("many-codes") as window:
        groups = dialogs.expert_groups(window, "Response")
        assert eventually(groups, expected) == expected


def test_a_long_heading_ends_between_two_characters(open_window, stage):
    body = ('<response requestId="1" code="failure" from="sip:a@example.com" to="sip:b@example.com"><addUser reason="x'
            + "\u00e4" * 50 + '"/></response>')
    with open(stage.samples / "long-heading.pcapng", "wb") as file:
        write_datagrams(file, [request("long", body, content_type="application/cccp+xml",
                                       start="INFO sip:anna@example.com SIP/2.0")])
    expected = [("The conference command addUser failed: x" + "\u00e4" * 43, 1)]
    with open_window("long-heading") as window:
        groups = dialogs.expert_groups(window, "Response")
        assert eventually(groups, expected) == expected
