# SPDX-License-Identifier: GPL-2.0-or-later
"""One line for a message: what the Info column says after stock's text, and the title of our tree."""

import re

import pytest

import sharkd
from crafted import request, write_datagrams

# What is added to the Info column of the messages of a sample, in order, for those to which something is.
ADDED = {
    "federation-failure": ["1009 The DNS SRV record names a host outside the domain",
                           "1010 No TLS trust with the next server",
                           "1047 TLS negotiation with the federated peer failed"],
    "media-failure": ["SRTP agreed", "SRTP agreed",
                      "Failed media: 22 No media path could be set up, both ends internal",
                      "Failed media: 23 No media path could be set up, one end internal and one remote"],
    "mid-call-failure": ["SRTP agreed", "Failed media: 32 The media of an established call was lost, both ends "
                                        "internal (unconfirmed)"],
    "public-im-refusal": ["to Skype", "from public IM", "1003 The user does not exist",
                          "1001 The sender is not allowed to talk to public providers such as Skype"],
    "skype-to-lync-clear": ["from Skype", "Clear RTP after SRTP was offered"],
    "teams-direct-routing": ["from Teams", "from Teams to telephone network", "SRTP agreed"],
    "teams-refused-by-sbc": ["from Teams to telephone network", "Network out of order (Q.850 38): refused by the "
                             "session border controller, or what is beyond it"],
    "teams-transfer-failed": ["from Teams to telephone network", "SRTP agreed", "from telephone network to Teams",
                              "User busy (Q.850 17): refused by Teams", "Transfer failed: 486 Busy Here"],
    "im-session": ["No media"],
}
# As a list: from 4.4 on the field _ws.col.info is set before any post-dissector runs, and lacks what they add.
COLUMN = ("-o", 'gui.column.format:"No.","%m","Info","%i"')
OFF = ("-o", "skypefed.info_column:FALSE")


def infos(output):
    """Frame -> its Info column."""
    return dict(re.fullmatch(r" *(\d+) (.*)", line).groups() for line in output.splitlines())


def added(ours, stock):
    """What we add to each frame, in order, after a check that stock's text is in front of it as it was."""
    found = []
    for frame, text in ours.items():
        assert text.startswith(stock[frame]), text
        rest = text[len(stock[frame]):]
        found += [rest.removeprefix(" | ")] if rest else []
    return found


@pytest.mark.parametrize("name", ADDED)
def test_info_column(name, tshark, samples):
    path = samples / (name + ".pcapng")
    for passes in ((), ("-2",)):
        stock = infos(tshark("-r", path, *COLUMN, *passes, plugin=False))
        ours = infos(tshark("-r", path, *COLUMN, *passes))
        assert added(ours, stock) == ADDED[name]
        assert infos(tshark("-r", path, *COLUMN, *passes, *OFF)) == stock


def test_info_column_of_the_summary(tshark, samples):
    """Wireshark reads less of a message there than where fields of ours are asked for: the text is the same."""
    for name in ("federation-failure", "trust-header", "skype-to-lync-clear"):
        path = samples / (name + ".pcapng")
        assert tshark("-r", path, *COLUMN) == tshark("-r", path, *COLUMN, "-Y", "frame || skypefed.product")


def test_list_of_the_window_has_the_same_text(stage, tshark, samples):
    """The window fills its list from later passes, in any order."""
    path = samples / "media-failure.pcapng"
    expected = list(infos(tshark("-2", "-r", path, *COLUMN)).values())
    first, again = sharkd.ask(stage, path, [("frames", {}), ("frames", {"filter": "skypefed"})])
    assert [row["c"][-1] for row in first] == expected
    assert [row["c"][-1] for row in again] == [expected[row["num"] - 1] for row in again]


def test_summary_without_an_info_column(tshark, samples):
    shown = tshark("-r", samples / "federation-failure.pcapng", "-o", 'gui.column.format:"No.","%m"')
    assert shown.split() == [str(number) for number in range(1, 52)]


def test_text_after_another_dissectors(tshark, samples):
    """A separator of ours where the text so far has none at its end."""
    shown = infos(tshark("-r", samples / "public-im-refusal.pcapng", *COLUMN))
    assert any(re.search(r"\| +\(text/plain\) \| from public IM$", info) for info in shown.values())


def test_reason_of_an_unknown_code(tshark, capture):
    """The header's own, without what could disturb a terminal, and never a key."""
    path = capture(lambda file: write_datagrams(file, [
        request("w1", headers='ms-diagnostics: 40001;reason="a%1b\x1b[31mb\tc"\r\n'),
        request("w2", headers='ms-diagnostics: 40004;reason="inline:ZGxzaJmwYPXAShdAXk5LYN7inCyHPCrwppGMJL8e"\r\n'),
        request("w3", headers="ms-diagnostics: 10503\r\n", start="SIP/2.0 503 Service Unavailable")]))
    first, second, third = infos(tshark("-r", path, *COLUMN)).values()
    assert "40001 a%1b\\x1b[31mb\\tc" in first or "40001 a%1b\\033[31mb\\tc" in first
    assert "40004 Not a known code" in second and "ZGxz" not in second
    assert third.endswith("10503 The gateway refused the call with 503 (Service Unavailable) (inferred)")


def test_title_of_the_tree(tshark, samples):
    def titles(name):
        return re.findall(r"^Skype/Lync Federation: (.*)$", tshark("-r", samples / (name + ".pcapng"), "-V"),
                          re.MULTILINE)
    assert ("INVITE answered with 504, anna@example.com to ralf@example.net: 1010 No TLS trust with the next server"
            in titles("federation-failure"))
    shown = titles("teams-transfer-failed")
    assert sum(title.endswith("@sip.pstnhub.microsoft.com: User busy (Q.850 17): refused by Teams") for title in shown) == 1
    assert sum(title.startswith("NOTIFY, ") and title.endswith(": Transfer failed: 486 Busy Here") for title in shown) == 1
    shown = titles("media-failure")
    assert ("BYE after failed media, anna@example.com to ben@example.com: 22 No media path could be set up, both ends "
            "internal" in shown)
    assert shown[0] == "INVITE, anna@example.com to ben@example.com"
    assert [title.split(",")[0] for title in titles("hold-and-resume")] == [
        "INVITE", "100 to INVITE", "180 to INVITE", "INVITE answered with 200", "ACK",
        "re-INVITE (hold)", "re-INVITE answered with 200 (hold)", "ACK",
        "re-INVITE (resume)", "re-INVITE answered with 200 (resume)", "ACK", "BYE", "BYE answered with 200"]
