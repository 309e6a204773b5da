# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls that belong together have one number, in the tree, the table and the records; and nothing else joins them."""

import json

import pytest

from crafted import request, write_one_by_one

UUID = "ab30317f1a784dc48ff824d0d3715d86"
FROM_TEAMS = "<sip:+12065550100@sip.pstnhub.microsoft.com;user=phone>;tag=t1"
NUMBER = "skypefed.conversation_number"


def leg(name, tag, headers="", mark=True, start="INVITE sip:+442079460155@sbc.example.com;user=phone SIP/2.0"):
    """An INVITE of a call of its own; without a mark, nothing in it is Microsoft's."""
    sender = FROM_TEAMS if mark else f"<sip:{name}@carrier.example.net>;tag={tag}"
    return request(name, start=start, sender=sender, receiver=f"<sip:{name}@sbc.example.com>", headers=headers)


def session_id(remote="0" * 32):
    return f"Session-ID: {UUID};remote={remote}\r\n"


# Name -> (messages, number of the conversation of each that is shown, evidence in the last one)
CASES = {
    "alone": ([leg("one", "a"), leg("two", "b")], ["1", "2"], []),
    "Session-ID": ([leg("one", "a", session_id()), leg("two", "b", session_id())], ["1", "1"], ["Session-ID"]),
    "leg of a carrier": ([leg("one", "a", session_id()), leg("two", "b", session_id(), mark=False)], ["1", "1"],
                         ["Session-ID"]),
    "carrier alone": ([leg("one", "a"), leg("two", "b", session_id(), mark=False)], ["1"], []),
    "Replaces": ([leg("one", "a"), leg("two", "b", "Replaces: one;to-tag=x;from-tag=t1\r\n")], ["1", "1"],
                 ["Replaces"]),
    "two kinds": ([leg("one", "a", session_id()),
                   leg("two", "b", session_id() + "Replaces: one;to-tag=x;from-tag=t1\r\n")], ["1", "1"],
                  ["Replaces", "Session-ID"]),
    "joined later": ([leg("one", "a"), leg("two", "b"), leg("two", "b", "Replaces: one;to-tag=x;from-tag=t1\r\n")],
                     ["1", "2", "1"], ["Replaces"]),
}
PASSES = {"one pass": (), "two passes": ("-2",)}


@pytest.fixture(scope="module")
def paths(capture):
    return {case: capture(lambda file, messages=messages: write_one_by_one(file, messages))
            for case, (messages, *_) in CASES.items()}


@pytest.mark.parametrize("passes", PASSES)
@pytest.mark.parametrize("case", CASES)
def test_numbers(case, passes, fields, paths):
    _, numbers, evidence = CASES[case]
    rows = fields(paths[case], NUMBER, f"{NUMBER}.evidence", where="skypefed", args=PASSES[passes])
    assert [row[NUMBER] for row in rows] == [[number] for number in numbers]
    assert rows[-1][f"{NUMBER}.evidence"] == evidence


def test_whole_conversation_in_two_passes(tshark, paths):
    """The filter of the menu: it takes also what came before the calls were joined."""
    condition = f"{NUMBER} == 1 || {NUMBER}.joined == 1"
    assert len(tshark("-2", "-r", paths["joined later"], "-Y", condition).splitlines()) == 3
    assert len(tshark("-r", paths["joined later"], "-Y", f"{NUMBER} == 1").splitlines()) == 2


@pytest.mark.parametrize("passes", PASSES)
def test_records(passes, tshark, paths):
    """At the end of the capture, the numbers of both passes are the same."""
    records = [json.loads(line) for line in tshark("-r", paths["joined later"], "-q", "-z", "skypefed,calls,json",
                                                   *PASSES[passes]).splitlines()]
    assert [record["conversation"] for record in records] == [1, 1]
    assert records[1]["conversation_evidence"] == ["Replaces"] and records[1]["transferred_from"] == 1


@pytest.mark.parametrize("passes", PASSES)
def test_one_call_id_of_two_callers(passes, fields, samples):
    """Both call the same person at the same time, and are two conversations all the same."""
    rows = fields(samples / "reused-call-id.pcapng", "sip.from.user", NUMBER, where=NUMBER, args=PASSES[passes])
    assert {(row["sip.from.user"][0], row[NUMBER][0]) for row in rows} == {("anna", "1"), ("clara", "2")}


@pytest.mark.parametrize("passes", PASSES)
def test_transfer(passes, fields, tshark, samples):
    path = samples / "teams-transfer.pcapng"
    args = PASSES[passes]
    rows = fields(path, "skypefed.call", NUMBER, "skypefed.call.transferred_from", "skypefed.call.outcome",
                  where="skypefed", args=args)
    assert {row["skypefed.call"][0] for row in rows if row[NUMBER] == ["1"]} == {"1", "2"}
    assert {row["skypefed.call"][0] for row in rows if row["skypefed.call.transferred_from"] == ["1"]} == {"2"}
    assert rows[-1]["skypefed.call.outcome"] == ["6"]
    assert tshark(
        "-r", path, "-Y", 'skypefed.call.outcome == "Transferred"', *args)
