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


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("name", TRUTH)
def test_counts_are_those_of_the_programs(tshark, name, passes):
    truth = TRUTH[name]
    path = MEDIA / f"{name}.pcapng"
    (line,) = tshark("-r", path, "-q", "-z", "skypefed,calls,json", *ALL_CALLS, *passes).splitlines()
    record = json.loads(line)
    streams = {one["sender"]: one for one in record["media_streams"]}
    assert record["media_seen"] == truth["seen"]
    assert record["media_direction"] == 1
    for side in ("caller", "callee"):
        assert {key: streams[side][key] for key in ("packets", "lost")} == truth[side]
        assert (streams[side]["seen"], streams[side]["codecs"]) == (truth["seen"], [truth["codec"]])
        assert len(streams[side]["ssrcs"]) == 1
    assert record["media_packets"] == sum(truth[side]["packets"] for side in ("caller", "callee"))


@pytest.mark.parametrize("name", TRUTH)
def test_notes(tshark, name):
    out = tshark("-r", MEDIA / f"{name}.pcapng", "-q", "-z", "expert", *ALL_CALLS)
    assert {text for text in NOTES if text in out} == EXPECTED_NOTES[TRUTH[name]["seen"]]


@pytest.mark.parametrize("name", TRUTH)
def test_each_packet_has_its_fields(fields, name):
    """Every RTP packet of the capture is one of the call, and its sender is the one of the port."""
    rows = fields(MEDIA / f"{name}.pcapng", "rtp.ssrc", "skypefed.rtp.from_caller", "skypefed.rtp.protection",
                  where="skypefed.rtp", args=ALL_CALLS)
    truth = TRUTH[name]
    by_caller = sum(row["skypefed.rtp.from_caller"][0] in ("1", "True") for row in rows)
    assert (by_caller, len(rows) - by_caller) == (truth["caller"]["packets"], truth["callee"]["packets"])
    last = {6: "2"}.get(truth["seen"], "1" if truth["seen"] == 1 else "4")
    assert {row["skypefed.rtp.protection"][0] for row in rows[-20:]} == {last}
