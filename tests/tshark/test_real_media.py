# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of programs that nobody here wrote: what is said of their media equals what the programs say they sent.

tests/real/record.py made the captures, and truth.json from the output of the programs.
"""

import json
import re
from pathlib import Path

import pytest

from media import ANSWERER, OFFERER, SIGNALING, Media, answer, call, offer, play, sent

MEDIA = Path(__file__).resolve().parents[2] / "samples" / "media"
TRUTH = json.loads((MEDIA / "truth.json").read_text(encoding="utf-8"))
ALL_CALLS = ("-o", "skypefed.check_all_calls:TRUE")  # baresip has no mark of Microsoft's
PASSES = {"one pass": (), "two passes": ("-2",)}
EXPECTED_NOTES = {1: set(), 6: {"Anybody with this capture"}, 7: set()}
NOTES = ("sent clear RTP", "Anybody with this capture", "is authenticated with the agreed key", "sent no media",
         "A codec other", "No media at the agreed")


def test_each_capture_has_its_truth():
    assert sorted(path.stem for path in MEDIA.glob("*.pcapng")) == sorted(TRUTH)
    assert all(path.stat().st_size < 60_000 for path in MEDIA.glob("*.pcapng"))


def in_all(name, side):
    """Packets of a side in all calls of a capture."""
    return sum(one[side]["packets"] for one in TRUTH[name])


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
    expected = [EXPECTED_NOTES[one["seen"]] | set(one.get("notes", ())) for one in TRUTH[name]]
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


def media_seen(tree):
    """The counts of the statistics tree below `Calls by media seen`, and its own."""
    counts = {}
    for line in tree[tree.index(" Calls by media seen "):].splitlines():
        found = re.match(r"( +)(\S.*?) {2,}(\d+)", line)
        if counts and (not found or len(found[1]) < 2):
            break
        counts[found[2]] = int(found[3])
    return counts


@pytest.mark.parametrize("name", [name for name in TRUTH if not name.startswith("baresip")])
def test_tree_counts_each_call_once(tshark, name):
    """Those of baresip are left out: without a mark, the BYE of a call is not shown."""
    counts = media_seen(tshark("-r", MEDIA / f"{name}.pcapng", "-q", "-z", "skypefed,tree"))
    (seen,) = {one["seen"] for one in TRUTH[name]}
    assert counts == {"Calls by media seen": len(TRUTH[name]),
                      {1: "Clear RTP", 6: "SRTP (key in this capture)"}[seen]: len(TRUTH[name])}


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_tree_counts_what_the_last_message_tells(tshark, capture, passes):
    """At the second offer nothing is proved yet, at the BYE it is."""
    media = Media(OFFERER, ANSWERER)
    again = offer(profile="RTP/AVP").replace(b"CSeq: 1 INVITE", b"CSeq: 2 INVITE").replace(
        b"To: <sip:anna@example.com>", b"To: <sip:anna@example.com>;tag=b")
    signaling = (offer(profile="RTP/AVP"), answer(profile="RTP/AVP"))
    path = capture(lambda file: play(file, *call(*sent(media, 3), (*SIGNALING, again), *sent(media, 20),
                                                 signaling=signaling)))
    assert media_seen(tshark("-r", path, "-q", "-z", "skypefed,tree", *passes)) == {
        "Calls by media seen": 1, "Clear RTP": 1, "Undetermined": 0}
