# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of programs that nobody here wrote: what is said of their media equals what the programs say they sent.

tests/real/record.py made the captures, and truth.json from the output of the programs.
"""

import json
from pathlib import Path

import pytest

MEDIA = Path(__file__).resolve().parents[2] / "samples" / "media"
TRUTH = json.loads((MEDIA / "truth.json").read_text(encoding="utf-8"))
ALL_CALLS = ("-o", "skypefed.check_all_calls:TRUE")  # baresip has no mark of Microsoft's
PASSES = {"one pass": (), "two passes": ("-2",)}
EXPECTED_NOTES = {1: set(), 6: {"Anybody with this capture"}, 7: set()}
NOTES = ("Media flows in clear", "Anybody with this capture", "is authenticated with the agreed key", "sent no media",
         "A codec other", "No media, although")


def test_each_capture_has_its_truth():
    assert sorted(path.stem for path in MEDIA.glob("*.pcapng")) == sorted(TRUTH)
    assert all(path.stat().st_size < 60_000 for path in MEDIA.glob("*.pcapng"))


def in_all(name, side):
    """Packets of a side in all calls of a capture."""
    return sum(call[side]["packets"] for call in TRUTH[name])


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("name", TRUTH)
def test_counts_are_those_of_the_programs(tshark, name, passes):
    path = MEDIA / f"{name}.pcapng"
    lines = tshark("-r", path, "-q", "-z", "skypefed,calls,json", *ALL_CALLS, *passes).splitlines()
    assert len(lines) == len(TRUTH[name])
    for record, truth in zip(map(json.loads, lines), TRUTH[name]):
        streams = {one["sender"]: one for one in record["media_streams"]}
        assert len(streams) == len(record["media_streams"])
        assert record["media_seen"] == truth["seen"]
        assert record["media_direction"] == truth.get("direction", 1)
        for side in ("caller", "callee"):
            has_sent = truth[side]["packets"] > 0
            assert {key: streams[side][key] for key in ("packets", "lost")} == {
                key: truth[side][key] for key in ("packets", "lost")}
            assert streams[side]["seen"] == (truth["seen"] if has_sent else 0)
            assert streams[side]["codecs"] == ([truth["codec"]] if has_sent else [])
            assert len(streams[side]["ssrcs"]) == truth[side].get("ssrcs", 1)
        assert record["media_packets"] == sum(truth[side]["packets"] for side in ("caller", "callee"))


@pytest.mark.parametrize("name", TRUTH)
def test_notes(tshark, name):
    out = tshark("-r", MEDIA / f"{name}.pcapng", "-q", "-z", "expert", *ALL_CALLS)
    expected = [EXPECTED_NOTES[call["seen"]] | set(call.get("notes", ())) for call in TRUTH[name]]
    assert {text for text in NOTES if text in out} == set().union(*expected)


@pytest.mark.parametrize("name", TRUTH)
def test_each_packet_has_its_fields(fields, name):
    """Every RTP packet of the capture is one of the call, and its sender is the one of the port."""
    rows = fields(MEDIA / f"{name}.pcapng", "rtp.ssrc", "skypefed.rtp.from_caller", "skypefed.rtp.protection",
                  where="skypefed.rtp", args=ALL_CALLS)
    by_caller = sum(row["skypefed.rtp.from_caller"][0] in ("1", "True") for row in rows)
    assert (by_caller, len(rows) - by_caller) == (in_all(name, "caller"), in_all(name, "callee"))
    last = {1: "1", 6: "2", 7: "4"}[TRUTH[name][-1]["seen"]]
    assert {row["skypefed.rtp.protection"][0] for row in rows[-20:]} == {last}
