# SPDX-License-Identifier: GPL-2.0-or-later
"""The profile "SkypeFed": Wireshark takes its files without complaint, and its filters find what they name."""

import csv
import re

import pytest

from stage import REPOSITORY

PROFILE = REPOSITORY / "plugin" / "profile"
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PROFILE.iterdir())}

# A sample in which a filter of the profile matches a message, by what its name begins with.
MATCHES = {
    "Failure": "federation-failure", "Failure that": "client-reports", "Failures": "media-failure", "Media in clear": "srtp-declined",
    "Clear media": "calls-with-media", "Media keys": "skype-to-lync-clear", "Encrypted media": "lync-srtp-tag-2", "Microsoft SIP": "im-session",
    "Unencrypted": "srtp-declined", "Teams": "teams-direct-routing", "Call 1": "im-session",
    "every message": "im-session", "failures": "media-failure", "calls without a media": "media-failure",
    "calls from Skype": "skype-to-lync-clear", "messages from a federated": "trust-header",
    "Teams Direct": "teams-direct-routing", "all messages": "im-session", "offers that accept": "lync-srtp-tag-2",
    "calls that ended": "srtp-declined", "media keys": "skype-to-lync-clear", "failures with": "federation-failure",
}

OUTCOMES = re.compile(r"skypefed\.call\.outcome in \{([^}]+)\}")


def lines(name):
    return [line for line in FILES[name].splitlines() if line and not line.startswith("#")]


def named_filters():
    """(name, filter) of all coloring rules, buttons and saved filters."""
    for line in lines("colorfilters"):
        yield tuple(line.split("@")[1:3])
    for row in csv.reader(lines("dfilter_buttons")):
        yield row[1], row[2]
    for row in csv.reader(lines("io_graphs")):
        yield row[1], row[2]
    for line in lines("dfilters"):
        yield re.fullmatch(r'"SkypeFed: ([^"]+)" (.+)', line).groups()


def sample_of(name):
    """The sample for the longest beginning of a name that has one."""
    return MATCHES[max((key for key in MATCHES if name.startswith(key)), key=len)]


def test_every_file_is_known():
    assert list(FILES) == ["colorfilters", "dfilter_buttons", "dfilters", "io_graphs", "preferences", "recent"]
    assert len(list(named_filters())) == 7 + 5 + 11 + 4


@pytest.mark.parametrize("name, condition", sorted(set(named_filters())), ids=lambda value: value[:30])
def test_filter_finds_what_it_names(name, condition, tshark, samples):
    frames = tshark("-r", samples / (sample_of(name) + ".pcapng"), "-Y", condition, "-T", "fields", "-e", "frame.number")
    assert frames.split(), name


@pytest.mark.parametrize("sample, statuses", [("client-sign-in", ["403"]), ("im-session", []),
                                              ("teams-direct-routing", []), ("several-calls", [])])
def test_ordinary_endings_are_no_failures(sample, statuses, tshark, samples):
    """A challenge is none, nor is a call that was hung up."""
    (condition,) = {condition for name, condition in named_filters() if name == "Failures"}
    found = tshark("-r", samples / (sample + ".pcapng"), "-Y", condition, "-T", "fields", "-e", "sip.Status-Code")
    assert found.split() == statuses


def test_failures_are_the_same_everywhere(tshark):
    """The profile takes refusals by their response, and all else that failed by the outcome of the call."""
    names = {"Refused", "Failed media", "Ended by a failure", "Transfer failed"}
    values = [row.split("\t") for row in tshark("-G", "values").splitlines()]
    failed = {int(row[2], 0): row[3] for row in values
              if row[:2] == ["V", "skypefed.call.outcome"] and row[3] in names}
    assert set(failed.values()) == names
    found = [OUTCOMES.findall(text) for text in FILES.values() if OUTCOMES.search(text)]
    assert len(found) == 4
    expected = ", ".join(str(number) for number in sorted(failed) if failed[number] != "Refused")
    assert found == [[expected]] * 4
    documents = REPOSITORY / "plugin" / "doc"
    for name in "questions.md", "statistics.md":
        listed = OUTCOMES.findall((documents / name).read_text(encoding="utf-8"))
        assert listed == [", ".join(map(str, sorted(failed)))], name


def test_reported_failures_are_colored(tshark, samples):
    """Of calls by clients, and of commands by a conference; not a report on a call that went well."""
    (condition,) = {condition for name, condition in named_filters() if name.startswith("Failure that")}
    for sample, frames in (("client-reports", ["9"]), ("conference-call", 1), ("im-session", [])):
        found = tshark("-r", samples / (sample + ".pcapng"), "-Y", condition, "-T", "fields", "-e", "frame.number").split()
        assert found == frames if isinstance(frames, list) else len(found) == frames, sample


def test_coloring_rules_have_the_form_of_wireshark():
    for line in lines("colorfilters"):
        assert re.fullmatch(r"@[^@]+@[^@]+@\[\d+,\d+,\d+\]\[\d+,\d+,\d+\]", line), line


def test_columns_and_their_widths_are_the_same():
    columns = re.search(r"gui.column.format: (.*?)\n(?! )", FILES["preferences"], re.DOTALL).group(1)
    formats = re.findall(r'"(%[^"]+)"', columns)
    widths = re.findall(r'"?(%[^",]+)"?, (\d+)', FILES["recent"])
    assert [kind.split(":0:R")[0] for kind in formats] == [kind for kind, _ in widths]


def test_list_says_what_failed_and_why(tshark, samples):
    shown = tshark("-r", samples / "federation-failure.pcapng", "-Y", "sip.Status-Code == 504", config=FILES)
    row = next(line for line in shown.splitlines() if " 1010 " in line)
    assert re.search(r" 2 +anna@example.com +ralf@example.net +Status: 504 Server time-out \| "
                     r"1010 No TLS trust with the next server +Refused +No TLS trust with the next server .*"
                     r"Not negotiated +", row)


def test_names_come_from_the_capture_alone(tshark):
    shown = tshark("-G", "currentprefs", config=FILES)
    assert re.search(r"^nameres.network_name: TRUE$", shown, re.MULTILINE)
    assert re.search(r"^#?nameres.use_external_name_resolver: FALSE$", shown, re.MULTILINE)
