# SPDX-License-Identifier: GPL-2.0-or-later
"""The call table and the statistics tree, against the truth of generated calls."""

import collections
import datetime
import re

import pytest

import sharkd
from crafted import calls_written, request, session, stream_of, write_datagrams

from generator import calls  # found by crafted
from stage import variable

CALLS = 300
NETWORKS = {1: "SIP domain", 4: "Skype or Microsoft account"}
COLUMNS = ("Call", "Frame", "Caller", "Callee", "Outcome", "Response", "Code", "Meaning", "Verdict", "Media seen",
           "Streams", "Suite", "MOS", "Loss %", "Quality", "Duration", "Time (UTC)", "Caller's network",
           "Callee's network", "Conversation", "Conference")
MEANINGS = {None: "-", 22: "No media path could be set up, both ends internal",
            23: "No media path could be set up, one end internal and one remote",
            1001: "The sender is not allowed to talk to public providers such as Skype",
            1003: "The user does not exist", 1010: "No TLS trust with the next server",
            15000: "The settings of the called contact could not be read for voice mail or auto attendant"}
# What is said of media in a capture without any: nothing where no RTP was agreed.
SIGNALING_ONLY = dict.fromkeys(("SRTP agreed", "Clear RTP agreed", "Clear RTP after SRTP was offered", "DTLS-SRTP agreed",
                                "Scale SRTP agreed", "SRTP without encryption",
                                "Legacy RTC encryption agreed", "Mixed"), "No media in this capture")
SIGNALING_ONLY |= dict.fromkeys(("Not negotiated", "No media"), "-")
STREAMS = {"messages": "message", "mixed": "audio+video"}
WAYS = {"one pass": (), "two passes": ("-2",), "display filter": ("-Y", "skypefed.call == 7"),
        "two passes and display filter": ("-2", "-Y", "skypefed.call == 7")}


@pytest.fixture(scope="module")
def truth():
    """The truth about the generated calls; filled when their capture is written."""
    return []


@pytest.fixture(scope="module")
def generated(capture, truth):
    """The capture of the generated calls."""
    return capture(calls_written(CALLS, 11, truth))


def expected_row(call):
    """The cells of a call as the truth has them."""
    time = datetime.datetime.fromtimestamp(call["time"] // 10**6, datetime.timezone.utc)
    duration = f"{call['duration']:.3f}" if call["duration"] is not None else "-"
    return [str(call["number"]), str(call["first_frame"]), call["caller"], call["callee"], call["outcome"],
            str(call["final_response"] or "-"), str(call["diagnostics"] or "-"), MEANINGS[call["diagnostics"]],
            call["verdict_name"], SIGNALING_ONLY[call["verdict_name"]], offered_streams(call), call["suite"] or "-",
            "-", "-", "-", duration,
            f"{time:%Y-%m-%d %H:%M:%S}.{call['time'] % 10**6:06}",
            NETWORKS[call["caller_network"]], NETWORKS[call["callee_network"]], str(call["number"]), "-"]


def offered_streams(call):
    """A refused video is no stream of the call; all other stories have audio alone."""
    return STREAMS.get(call["story"], "audio")


def table(text):
    """The rows of the text table, each a list of cells, after a check of its titles and of its alignment."""
    lines = text.splitlines()
    titles = next(index for index, line in enumerate(lines) if line.startswith("Call  "))
    assert tuple(re.split(r" {2,}", lines[titles])) == COLUMNS
    starts = [lines[titles].index(column) for column in COLUMNS]
    rows = [line for line in lines[titles + 1:] if line]
    for line in rows:
        assert all(line[start - 1] == " " and line[start] != " " for start in starts[1:]), line
    return [[line[start:end].rstrip() for start, end in zip(starts, [*starts[1:], None])] for line in rows]


@pytest.mark.parametrize("way", WAYS)
def test_table_is_the_truth(way, tshark, generated, truth):
    rows = table(tshark("-r", generated, "-q", "-z", "skypefed,calls", *WAYS[way]))
    assert len(truth) == CALLS
    assert rows == [expected_row(call) for call in truth]


@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_filter_chooses_the_calls(passes, tshark, generated, truth):
    rows = table(tshark("-r", generated, "-q", "-z", "skypefed,calls,skypefed.call.verdict == 4", *passes))
    assert rows == [expected_row(call) for call in truth if call["verdict"] == 4]
    assert rows


def test_filter_that_is_none_is_told(stage, generated):
    program = variable("TSHARK", "path of the tshark to test")
    done = stage.run([program, "-r", generated, "-q", "-z", "skypefed,calls,no such field"])
    assert b"skypefed,calls: " in done.stderr


def test_window_table_is_the_truth(stage, generated, truth):
    (result,) = sharkd.ask(stage, generated, [("tap", {"tap0": "nstat:skypefed,table"})])
    (tap,) = result["taps"]
    assert tuple(field["c"] for field in tap["fields"]) == COLUMNS
    rows = [[str(cell).strip() or "-" for cell in row] for row in tap["tables"][0]["i"]]
    assert rows == [expected_row(call) for call in truth]


@pytest.mark.parametrize("column", ["Call", "Frame", "Response", "Code", "Duration", "Conversation"])
def test_window_table_sorts_numbers_as_numbers(column, stage, generated):
    """Wireshark sorts numbers as such, and texts by their bytes."""
    (result,) = sharkd.ask(stage, generated, [("tap", {"tap0": "nstat:skypefed,table"})])
    cells = [row[COLUMNS.index(column)] for row in result["taps"][0]["tables"][0]["i"]]
    assert len({type(cell) for cell in cells}) == 1
    numbers = [float(cell or -1) for cell in sorted(cells)]
    assert numbers == sorted(numbers) and len(set(numbers)) > 3


def test_window_table_is_filled_again(stage, generated):
    once, twice = sharkd.ask(stage, generated, [("tap", {"tap0": "nstat:skypefed,table"})] * 2)
    assert once == twice


def tree(text):
    """Counts of the statistics tree, by path: ("Calls", "Calls by verdict", "Mixed") -> 3."""
    counts, path = {}, []
    for line in text.splitlines():
        found = re.match(r"( *)(\S.*?) {2,}(\d+)", line)
        if found:
            depth = len(found[1])
            path = [*path[:depth], found[2]]
            counts[tuple(path)] = int(found[3])
    return counts


@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_tree_counts_the_truth(passes, tshark, generated, truth):
    counts = tree(tshark("-r", generated, "-q", "-z", "skypefed,tree", *passes))
    verdicts = collections.Counter(call["verdict_name"] for call in truth)
    assert counts[("Calls",)] == CALLS
    for name in calls.VERDICTS:
        assert counts[("Calls", "Calls by verdict", name)] == verdicts[name]
    networks = collections.Counter(call["caller_network"] for call in truth)
    for network, count in networks.items():
        assert counts[("Calls", "Calls by caller's network", NETWORKS[network])] == count
    suites = sum(call["suite"] is not None for call in truth)
    assert counts[("Calls", "Calls by agreed cipher suite", "AES_CM_128_HMAC_SHA1_80")] == suites
    codes = collections.Counter(call["diagnostics"] for call in truth if call["diagnostics"])
    for code, count in codes.items():
        (found,) = [value for path, value in counts.items()
                    if path[:2] == ("Calls", "Calls by diagnostics code") and path[-1].startswith(f"{code}: ")]
        assert found == count
    with_audio = sum(call["story"] != "messages" for call in truth)
    assert counts[("Calls", "Calls by codec", "RTAudio (narrowband)")] == with_audio


def test_message_of_unknown_origin_says_nothing_of_its_call(tshark, samples):
    counts = tree(tshark("-r", samples / "several-calls.pcapng", "-q", "-z", "skypefed,tree"))
    assert counts[("Messages", "Messages by origin", "Unknown")] == 4
    assert counts[("Calls", "Calls by origin", "Skype or Microsoft account")] == 2
    assert ("Calls", "Calls by origin", "Unknown") not in counts


def test_tree_takes_a_filter(tshark, generated, truth):
    counts = tree(tshark("-r", generated, "-q", "-z", "skypefed,tree,skypefed.call.verdict == 2"))
    assert counts[("Calls",)] == sum(call["verdict"] == 2 for call in truth) > 0


def test_both_passes_draw_the_same_tree(tshark, generated):
    assert (tshark("-r", generated, "-q", "-z", "skypefed,tree")
            == tshark("-r", generated, "-q", "-z", "skypefed,tree", "-2"))


def test_cells_are_escaped_and_bounded(tshark, capture):
    """A party may hold anything: one line of the table stays one line, and no longer than a person can read."""
    evil = "<sip:%1b%5b31m%0a" + "x" * 3000 + "@example.org>;epid=2539071F25;tag=1"
    path = capture(lambda file: write_datagrams(file, [request("evil", session(stream_of("RTP/AVP")), sender=evil)]))
    shown = tshark("-r", path, "-q", "-z", "skypefed,calls")
    (row,) = table(shown)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown)
    assert "xxx" in row[2] and len(row[2]) < 600


def test_capture_without_calls_has_an_empty_table(tshark, samples):
    assert table(tshark("-r", samples / "plain-sip.pcapng", "-q", "-z", "skypefed,calls")) == []
