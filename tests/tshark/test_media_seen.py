# SPDX-License-Identifier: GPL-2.0-or-later
"""What RTP packets prove, held against what their call agreed. Each capture is one call and its media."""

import base64
import json
import random
import re

import pytest

import sharkd
from crafted import KEYS, crypto, pcapng, request, scenario
from media import (ANSWERER, BYE, OFFERER, PACKET, SDES, SIGNALING, Media, answer, both, call, datagram, offer, play,
                   sent, write)
from stage import REPOSITORY
from test_support import report

PASSES = {"one pass": (), "two passes": ("-2",)}
UNDETERMINED, CLEAR, SRTP, OTHER_KEY = 0, 1, 2, 3
LISTS = ("media_calls", "media_streams", "media_sessions")
WORDS = {"True": "1", "False": "0"}  # of booleans from Wireshark 4.4 on
RTP_FIELDS = ("frame.number", "skypefed.rtp.call", "skypefed.rtp.stream", "skypefed.rtp.from_caller",
              "skypefed.rtp.protection", "skypefed.rtp.decided_in", "skypefed.rtp.agreed",
              "skypefed.rtp.key_in")


@pytest.fixture
def seen(capture, fields):
    """The fields of each packet of media: a list of tuples of texts."""
    def read(*call, passes=(), **how):
        path = capture(lambda file: write(file, *call, **how))
        rows = fields(path, *RTP_FIELDS, where="skypefed.rtp", args=passes)
        return path, [tuple(WORDS.get("".join(row[name]), "".join(row[name])) for name in RTP_FIELDS) for row in rows]

    return read


def protections(rows, side):
    """side: 0 for the caller, who offers; 1 for the callee."""
    return [int(row[4]) for row in rows if row[3] == str(1 - side)]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_authenticated_srtp_is_proved_by_its_first_packet(seen, passes):
    _, rows = seen(*SDES, both(KEYS), 20, passes=passes)
    assert len(rows) == 40
    assert rows[0] == ("3", "1", "1", "1", str(SRTP), "3", "1", "1")
    assert rows[1] == ("4", "1", "1", "0", str(SRTP), "4", "1", "2")
    assert set(protections(rows, 0) + protections(rows, 1)) == {SRTP}


@pytest.mark.parametrize("how, lines", [
    ({"tag": 4}, {"suite": "AES_CM_128_HMAC_SHA1_32"}),
    ({"mki": b"\1"}, {"rest": "|2^31|1:1"}),
    ({"sequence": 65533}, {}),
    ({"sequence": 0}, {}),
], ids=("_32", "MKI", "roll-over", "from 0"))
def test_tags_of_other_forms(seen, how, lines):
    call = offer(crypto(1, KEYS[0], **lines)), answer(crypto(1, KEYS[1], **lines))
    _, rows = seen(*call, both(KEYS, **how), 20)
    for side in (0, 1):
        # Four bytes of one tag are not proof enough.
        assert protections(rows, side) == ([UNDETERMINED] if "tag" in how else [SRTP]) + [SRTP] * 19


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_clear_rtp_is_proved_by_the_length_of_its_payloads(seen, passes):
    _, rows = seen(*SDES, both(), 20, passes=passes)
    for side in (0, 1):
        assert protections(rows, side) == [UNDETERMINED] * 8 + [CLEAR] * 12


def test_a_wrong_key_is_neither_clear_nor_authenticated(seen):
    _, rows = seen(*SDES, both((KEYS[2], KEYS[2])), 120)
    for side in (0, 1):
        assert protections(rows, side) == [UNDETERMINED] * 99 + [OTHER_KEY] * 21


@pytest.mark.parametrize("payload_type", [0, 8, 9, 3, 96])
def test_what_proves_nothing_stays_undetermined(seen, payload_type):
    call = offer(profile="RTP/AVP"), answer(profile="RTP/AVP")
    _, rows = seen(*call, both(payload_type=payload_type, extra=10), 40)
    assert set(protections(rows, 0) + protections(rows, 1)) == {UNDETERMINED}


@pytest.mark.parametrize("noise", [bytes([0, 1, 0, 0]) + b"\x21\x12\xa4\x42" + bytes(12), b"\x16\xfe\xff" + bytes(30),
                                   b"\x80\xc8\0\6" + bytes(24), b"\x80", b"\x90" + b"\xff" * 11, b"\x8f" + b"\0" * 11],
                         ids=("STUN", "DTLS", "RTCP", "a byte", "extension cut", "CSRCs cut"))
def test_other_packets_on_the_port_are_passed_over(seen, noise):
    _, rows = seen(*SDES, both(KEYS), 3, before=noise)
    assert [row[0] for row in rows] == ["4", "5", "6", "7", "8", "9"]


WARNINGS = ("sent clear RTP", "Anybody with this capture", "is authenticated with the agreed key",
            "sent no media")
UNENCRYPTED = "skypefed.media.verdict in {3, 4, 9, 11} || skypefed.call.media_clear == 1"
ALL_OF_OURS = "expert,note,skypefed || skypefed.rtp"  # as the documents say


def warnings(tshark, path, *options):
    out = tshark("-r", path, "-q", "-z", ALL_OF_OURS, *options)
    return {text for text in WARNINGS if text in out}


@pytest.mark.parametrize("media, expected", [
    (lambda: both(KEYS), {"Anybody with this capture"}),
    (lambda: both(), {"sent clear RTP"}),
    (lambda: both((KEYS[2], KEYS[2])), {"is authenticated with the agreed key"}),
    (lambda: both(KEYS)[1:], {"Anybody with this capture", "sent no media"}),
], ids=("SRTP", "clear", "other key", "one way"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_warnings(seen, tshark, media, expected, passes):
    path, _ = seen(*SDES, media(), 120)
    assert warnings(tshark, path, *passes) == expected
    assert warnings(tshark, path, *passes, "-o", "skypefed.media:FALSE") == set()


@pytest.mark.parametrize("is_offer_by_callee", [False, True])
@pytest.mark.parametrize("silent", [0, 1])
def test_who_was_silent_is_named(capture, tshark, silent, is_offer_by_callee):
    """Caller and callee, also where the 200 has the offer and the ACK the answer."""
    signaling = [(*SIGNALING, SDES[0]), (*reversed(SIGNALING), SDES[1])]
    if is_offer_by_callee:
        body = SDES[0].partition(b"\r\n\r\n")[2].decode()
        signaling = [(*SIGNALING, request("media")), signaling[1], (*SIGNALING, request(
            "media", body, start="ACK sip:anna@example.com SIP/2.0", receiver="<sip:anna@example.com>;tag=b"))]
    events = [*signaling, *sent(both(KEYS)[1 - silent], 60), (*SIGNALING, BYE)]
    out = tshark("-r", capture(lambda file: play(file, *events)), "-q", "-z", ALL_OF_OURS)
    assert f"in this capture, the {('caller', 'callee')[silent]} sent no media" in out


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("side", [0, 1])
def test_who_sends_in_clear_is_named(seen, fields, side, passes):
    media = list(both(KEYS))
    media[side] = both()[side]
    path, rows = seen(*SDES, media, 60)
    warned = fields(path, "frame.number", "_ws.expert.message", where="skypefed.expert.media_clear", args=passes)
    text = f"SRTP agreed, but the {('caller', 'callee')[side]} sent clear RTP, as the packets up to this one prove"
    assert [row["_ws.expert.message"] for row in warned] == [[text]]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("side", [0, 1])
def test_who_sends_with_another_key_is_named(seen, fields, side, passes):
    media = list(both(KEYS))
    media[side] = both((KEYS[2], KEYS[2]))[side]
    path, _ = seen(*SDES, media, 110)
    warned = fields(path, "_ws.expert.message", where="skypefed.expert.media_key_mismatch", args=passes)
    assert [row["_ws.expert.message"] for row in warned] == [
        [f"None of the first 100 packets that the {('caller', 'callee')[side]} sent is authenticated with the agreed key: "
         "SRTP with another key, or clear RTP"]]


def test_clear_media_that_was_agreed_as_clear_needs_no_warning(seen, tshark):
    call = offer(profile="RTP/AVP"), answer(profile="RTP/AVP")
    path, rows = seen(*call, both(), 20)
    assert warnings(tshark, path) == set()
    assert rows[-1][4:] == (str(CLEAR), "20", "3", "")


def test_media_long_after_the_call_is_not_of_it(seen):
    _, rows = seen(*SDES, both(KEYS), 3, after=(1_000_000, 4_000_000))
    # 2 of signaling, 6 of media, the BYE, and what comes a second later; not what comes after four more.
    assert [row[0] for row in rows] == ["3", "4", "5", "6", "7", "8", "10"]


def test_frames_are_the_same_in_any_order(seen, stage):
    path, rows = seen(*SDES, both(), 20)
    by_frame = {int(row[0]): row[4] for row in rows}
    order = list(by_frame)
    random.Random(7).shuffle(order)
    answers = sharkd.ask(stage, path, [("frame", {"frame": n, "proto": True}) for n in order])
    names = ("Undetermined", "Clear RTP")
    for frame, found in zip(order, answers):
        assert re.search(f"media of call 1, from the call(er|ee): {names[int(by_frame[frame])]}", json.dumps(found))


@pytest.mark.parametrize("media, cell, packets, expected", [
    (lambda: both((KEYS[0], KEYS[1])), "Partly SRTP (key in this capture), rest undetermined (from the caller: Undetermined; "
                                       "from the callee: SRTP (key in this capture))", [UNDETERMINED, SRTP],
     {"Anybody with this capture"}),
    (lambda: both(), "Clear RTP", [CLEAR, CLEAR], {"sent clear RTP"}),
    (lambda: both((KEYS[2], KEYS[2])), "Undetermined", [UNDETERMINED, UNDETERMINED], set()),
], ids=("SRTP", "clear", "other key"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_media_though_the_tag_was_not_offered(seen, tshark, fields, media, cell, packets, expected, passes):
    """A lenient offerer may send and take it: it is looked at. Nothing was agreed that it could break, but nobody answered
    with clear media: where it is proved, there is a warning, and all that finds unencrypted calls finds this one."""
    path, rows = seen(offer(crypto(1, KEYS[0])), answer(crypto(2, KEYS[1])), media(), 120, passes=passes)
    assert [protections(rows, side)[-1] for side in (0, 1)] == packets and {row[6] for row in rows} == {"16"}
    assert warnings(tshark, path, *passes) == expected
    is_clear = "sent clear RTP" in expected
    [ticket] = report(tshark, path, *passes)
    at = ticket.index(("Verdict", "SRTP not agreed (tag not offered)"))
    assert [name for name, _ in ticket[at + 1:at + 4]] == ["Why not agreed", "To change", "Media seen"]
    assert ticket[at + 3] == ("Media seen", cell)
    sent_clear = [value for name, value in ticket if name == "Sent in clear"]
    assert sent_clear == [f"the {side} sent clear RTP, as the packets up to frame {frame} prove"
                          for side, frame in (("caller", 19), ("callee", 20)) if is_clear]
    assert "Not as agreed" not in dict(ticket)
    verbose = tshark("-r", path, "-V", "-Y", "skypefed.rtp", *passes)
    assert "authenticated with the agreed key" not in verbose
    for text in ("from the callee: SRTP, authenticated with the key in the answer",
                 "[Protection: SRTP, authenticated with the key in the answer (2)]"):
        assert verbose.count(text) == packets.count(SRTP) * 120
    warned = fields(path, "_ws.expert.message", where="skypefed.expert.media_clear", args=passes)
    assert [row["_ws.expert.message"] for row in warned] == [
        [f"SRTP not agreed (tag not offered): the {side} sent clear RTP, as the packets up to this one prove"]
        for side in ("caller", "callee") if is_clear]
    listed = tshark("-r", path, "-q", "-z", f"skypefed,calls,{UNENCRYPTED}", *passes)
    assert ("SRTP not agreed" in listed) == is_clear
    found = fields(path, "sip.Method", where=UNENCRYPTED, args=passes)
    assert [row["sip.Method"] for row in found] == ([["BYE"]] if is_clear else [])


def test_filter_for_unencrypted_calls_is_the_same_everywhere():
    """In README.md, the questions and the profile; there is none that finds less."""
    for name in "README.md", "plugin/doc/questions.md", "plugin/profile/dfilters", "plugin/profile/dfilter_buttons":
        text = (REPOSITORY / name).read_text(encoding="utf-8").replace("\\|", "|")
        assert UNENCRYPTED in text, name


@pytest.mark.parametrize("media, expected", [
    (lambda: both(), ["1"]), (lambda: (*both(KEYS)[:1], *both()[1:]), ["1"]), (lambda: both(KEYS), []),
    (lambda: both(payload_type=96), []), (lambda: (), []),
], ids=("clear", "one clear", "SRTP", "unknown codec", "nothing"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_clear_media_is_told_at_the_end_of_the_call(seen, fields, media, expected, passes):
    """Also if it is only a part: `Mixed` alone does not say so."""
    path, _ = seen(*SDES, media(), 20)
    (bye,) = fields(path, "skypefed.call.media_clear", where="sip.Method == BYE", args=passes)
    assert [WORDS.get(value, value) for value in bye["skypefed.call.media_clear"]] == expected


SEEN = [
    (lambda: both(KEYS), 6, 1, 40, 2, "SRTP (key in this capture)"),
    (lambda: both(), 1, 1, 40, 2, "Clear RTP"),
    (lambda: both(KEYS)[:1], 6, 2, 20, 1, "SRTP (key in this capture; from the caller only)"),
    (lambda: both(KEYS)[1:], 6, 3, 20, 1, "SRTP (key in this capture; from the callee only)"),
    (lambda: (*both(KEYS)[:1], *both()[1:]), 4, 1, 40, 2, "Mixed"),
    (lambda: both(payload_type=96), 5, 1, 40, 2, "Undetermined"),
    (lambda: (), 0, 0, 0, 0, "No media in this capture"),
]
SEEN_IDS = ("SRTP", "clear", "from the caller", "from the callee", "one clear", "unknown codec", "nothing")


@pytest.mark.parametrize("media, seen_number, direction, packets, directions, cell", SEEN, ids=SEEN_IDS)
def test_record_of_the_call(seen, tshark, media, seen_number, direction, packets, directions, cell):
    path, _ = seen(*SDES, media(), 20)
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))
    assert record["verdict_name"] == "SRTP agreed"  # what flowed does not change what was agreed
    assert cell.startswith(record["media_seen_name"].rstrip(")"))
    assert [record[f"media_{name}"] for name in ("seen", "direction", "packets", "directions")] == [
        seen_number, direction, packets, directions]
    assert f"SRTP agreed  {cell}  " in tshark("-r", path, "-q", "-z", "skypefed,calls")


@pytest.mark.parametrize("media, seen_number, direction, packets, directions, cell", SEEN, ids=SEEN_IDS)
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_fields_of_the_call(seen, fields, media, seen_number, direction, packets, directions, cell, passes):
    path, _ = seen(*SDES, media(), 20)
    rows = fields(path, "sip.Method", "skypefed.call.media_seen", "skypefed.call.media_direction",
                  where="skypefed.call", args=passes)
    # Of the offer and the answer nothing is told yet: no packet could come before.
    assert [list(row.values()) for row in rows] == [
        [["INVITE"], [], []], [[], [], []], [["BYE"], [str(seen_number)], [str(direction)]]]


ELSEWHERE = ("192.0.2.98", 40000), ("192.0.2.99", 40002)
NOTHING, NONE_AT_ALL, NONE_SO_FAR = ("Nothing at the agreed addresses", "No media in this capture",
                                     "No media captured so far")


@pytest.mark.parametrize("events, is_before, cell, at_the_end", [
    ([], True, NONE_AT_ALL, NONE_SO_FAR),
    ([((ELSEWHERE[0][0], 33333), (ELSEWHERE[1][0], port), b"x" * 40) for port in (53, 123, 5060, 5353)], True, NONE_AT_ALL,
     NONE_SO_FAR),
    ([(*ELSEWHERE, Media(*ELSEWHERE).packet())], True, NOTHING, NOTHING),
    ([(*ELSEWHERE, Media(*ELSEWHERE).packet())], False, NOTHING, NONE_SO_FAR),
    ([(*ELSEWHERE, b"\0\1\0\0\x21\x12\xa4\x42" + bytes(12))], True, NOTHING, NOTHING),
    ([(*ELSEWHERE, b"\x16\xfe\xff" + bytes(30))], True, NOTHING, NOTHING),
    ([(OFFERER, ANSWERER, b"\x80\xc8\0\6" + bytes(24))], True, NOTHING, NOTHING),
], ids=("signaling alone", "names and times", "media of others", "media of others later", "STUN", "DTLS", "RTCP"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_nothing_seen_where_there_is_nothing_to_see(capture, fields, tshark, events, is_before, cell, at_the_end, passes):
    """A capture without media says so; the number of the field stays the same."""
    whole = call(*events) if is_before else (*call(), *events)
    path = capture(lambda file: play(file, *whole))
    table, ticket, tree, record = (tshark("-r", path, "-q", "-z", f"skypefed,{what}", *passes)
                                   for what in ("calls", "support", "tree", "calls,json"))
    assert f"SRTP agreed  {cell}  " in table and re.search(f"Media seen +{cell}$", ticket, re.M)
    assert re.search(f"^  {at_the_end} +1 ", tree, re.M)
    record = json.loads(record)
    assert (record["media_seen"], record["media_seen_name"]) == (0, cell)
    assert {stream["seen_name"] for stream in record["media_streams"]} == {cell}
    rows = fields(path, "skypefed.call.media_seen", where="skypefed.call.media_seen", args=passes)
    assert [row["skypefed.call.media_seen"] for row in rows] == [["0"]]
    assert f"Media seen: {at_the_end} (0)" in tshark("-r", path, "-V", *passes)


def test_fields_of_a_message_in_the_middle_of_a_call(capture, fields):
    """They say what was known at the message: later packets do not change it."""
    def write_call(file):
        writer, media, now = pcapng.Writer(file), both(KEYS), scenario.START
        info = request("media", start="INFO sip:anna@example.com SIP/2.0", receiver="<sip:anna@example.com>;tag=b")
        for payload in (*SDES, info, media[0], info, media[1], info, BYE):
            is_media = isinstance(payload, Media)
            ends = (payload.sender, payload.receiver) if is_media else ((OFFERER[0], 5060), (ANSWERER[0], 5060))
            for frame in datagram(*ends, payload.packet() if is_media else payload, now):
                writer.packet(*frame)
            now += PACKET

    path = capture(write_call)
    for passes in PASSES.values():
        rows = fields(path, "sip.Method", "skypefed.call.media_seen", "skypefed.call.media_direction",
                      where="sip.Method && skypefed.call", args=passes)
        assert [list(row.values()) for row in rows] == [
            [["INVITE"], [], []], [["INFO"], [], []], [["INFO"], ["6"], ["2"]], [["INFO"], ["6"], ["1"]],
            [["BYE"], ["6"], ["1"]]]


def test_a_call_without_rtp_tells_nothing_of_media(samples, fields, tshark):
    path = samples / "federation-failure.pcapng"
    assert all(not row["skypefed.call.media_seen"] for row in fields(path, "skypefed.call.media_seen", where="sip"))
    table = tshark("-r", path, "-q", "-z", "skypefed,calls")
    assert "Nothing at the agreed addresses" not in table and "No media in this capture" not in table
    records = [json.loads(line) for line in tshark("-r", path, "-q", "-z", "skypefed,calls,json").splitlines()]
    assert len(records) == 3 and all(record[name] is None for record in records for name in record
                                     if name.startswith("media_") and name not in LISTS)
    assert all(record[name] == [] for record in records for name in LISTS)


def test_no_key_is_shown(seen, tshark):
    path, _ = seen(*SDES, both(KEYS), 3)
    out = tshark("-r", path, "-V", "-O", "skypefed.rtp", "-Y", "skypefed.rtp")
    assert "SRTP, authenticated" in out
    for key in KEYS:
        assert key not in out
        assert base64.b64decode(key)[:8].hex() not in out.replace(":", "")


UNTAGGED = "|2^31 UNAUTHENTICATED_SRTP"


@pytest.mark.parametrize("rests", [(UNTAGGED, UNTAGGED), (UNTAGGED, "|2^31"), ("|2^31", UNTAGGED)],
                         ids=("both lines", "offer", "answer"))
@pytest.mark.parametrize("suite", ["AES_CM_128_HMAC_SHA1_80", "F8_128_HMAC_SHA1_80"])
@pytest.mark.parametrize("extra", [0, 1], ids=("as long as clear media", "of another length"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_srtp_without_tags_proves_nothing(seen, tshark, rests, suite, extra, passes):
    """UNAUTHENTICATED_SRTP (RFC 4568 6.3.3): the payload is as long as in the clear, and there is no tag to lack."""
    call = [make(crypto(1, key, suite=suite, rest=rest)) for make, key, rest in zip((offer, answer), KEYS, rests)]
    path, rows = seen(*call, both(extra=extra), 110, passes=passes)
    assert set(protections(rows, 0) + protections(rows, 1)) == {UNDETERMINED}
    assert warnings(tshark, path, *passes) == set()


@pytest.mark.parametrize("sent_key, mki, found", [(0, b"\1", SRTP), (2, b"\2", UNDETERMINED), (None, b"", CLEAR)],
                         ids=("the first", "the second", "none"))
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_a_line_with_several_keys(seen, tshark, side, sent_key, mki, found, passes):
    """Its sender may use any of them, and one alone is read: that packets lack its tag is no mismatch."""
    rests = ["|2^31|1:1", "|2^31|1:1"]
    rests[side] += f";inline:{KEYS[2]}|2^31|2:1"
    call = [make(crypto(1, key, rest=rest)) for make, key, rest in zip((offer, answer), KEYS, rests)]
    # The keys of the sides are KEYS[0] and KEYS[1].
    key = None if sent_key is None else KEYS[sent_key or side]
    ends = (OFFERER, ANSWERER) if side == 0 else (ANSWERER, OFFERER)
    path, rows = seen(*call, [Media(*ends, key, mki=mki)], 120, passes=passes)
    assert protections(rows, side)[-1] == found
    assert warnings(tshark, path, *passes) - {"sent no media"} == {
        SRTP: {"Anybody with this capture"}, CLEAR: {"sent clear RTP"}, UNDETERMINED: set()}[found]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_what_was_agreed_and_what_flowed_stand_side_by_side(tshark, samples, passes):
    """The picture in README.md shows the same."""
    out = tshark("-r", samples / "calls-with-media.pcapng", "-q", "-z", "skypefed,calls,json", *passes)
    records = [json.loads(line) for line in out.splitlines()]
    assert [(one["verdict"], one["media_seen"], one["media_direction"]) for one in records] == [
        (1, 6, 1), (4, 1, 1), (1, 1, 1)]
    assert [(stream["packets"], stream["lost"]) for one in records for stream in one["media_streams"]] == [(50, 0)] * 6
