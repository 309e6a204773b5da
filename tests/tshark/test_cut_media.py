# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls whose offer or answer the capture has cut off: what is missing there is no reason to say that media is."""

import pytest

from crafted import KEYS, crypto, pcapng, request, scenario, session, stream_of
from media import ANSWERER, OFFERER, PACKET, SIGNALING, Media, answer, both, call, datagram, offer
from test_media_relay import (CHECK, MISSING, NOBODY, NOT_KNOWN, NOTHING, ONE_WAY, PARTLY_READABLE, SRTP_READABLE,
                              UNDETERMINED, candidate, record)

__all__ = ["record"]  # a fixture
PASSES = {"one pass": (), "two passes": ("-2",)}
CALLER_ONLY = 2
UNSEEN = ("192.0.2.10", 51000), ("192.0.2.20", 41000)  # candidates that are cut off
CANDIDATES = [candidate(1, OFFERER, "host") + candidate(2, UNSEEN[0], "host"),
              candidate(1, ANSWERER, "host") + candidate(2, UNSEEN[1], "host")]
CLEAR, OTHER_KEY, CODEC = "sent clear RTP", "is authenticated with the agreed key", "that is not listed"


def play(file, *events):
    """Like that of media.py. An event may have a fourth member: so many bytes are missing at the end of its frame."""
    writer, now = pcapng.Writer(file), scenario.START
    for event in events:
        if isinstance(event, int):
            now += event
            continue
        for when, frame in datagram(*event[:3], now):
            writer.packet(when, frame, len(frame) - event[3] if event[3:] else None)
        now += PACKET


def cut(event, at):
    """The event with all missing from the text `at` on; the whole event if it is None."""
    return event if at is None else (*event, len(event[2]) - event[2].index(at.encode()))


def call_of(texts, cuts, *events):
    """The events of a call. cuts: where the offer and the answer are cut, or None."""
    invite, accept, *rest = call(*events, signaling=texts)
    return cut(invite, cuts[0]), cut(accept, cuts[1]), *rest


def in_turn(count, *sources):
    return [(one.sender, one.receiver, one.packet()) for _ in range(count) for one in sources]


def seen(record, path, passes):
    one, notes = record(path, *passes)
    return one["media_seen"], one["media_direction"], notes


def elsewhere():
    return [Media(*UNSEEN, KEYS[0], ssrc=1), Media(*reversed(UNSEEN), KEYS[1], ssrc=2)]


PLAIN = offer(crypto(1, KEYS[0])), answer(crypto(1, KEYS[1]))
WITH_ICE = (offer(crypto(1, KEYS[0]), *CANDIDATES[:1]), answer(crypto(1, KEYS[1]), *CANDIDATES[1:]))
COMPANY = OFFERER, ANSWERER, CHECK
NOTHING_SAID = UNDETERMINED, NOT_KNOWN, set()


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("texts, cuts, expected", [
    (PLAIN, (None, None), (NOTHING, NOBODY, {MISSING})),
    (WITH_ICE, ("a=candidate", "a=candidate"), NOTHING_SAID),
    (WITH_ICE, ("1 UDP", "1 UDP"), NOTHING_SAID),
    (WITH_ICE, ("a=candidate:2", "a=candidate"), NOTHING_SAID),
    (PLAIN, ("t=0 0", None), NOTHING_SAID),           # none of the offer's streams is there
    (PLAIN, ("Content-Type", None), NOTHING_SAID),    # nor its body
])
def test_media_at_candidates_that_were_cut_off(capture, record, texts, cuts, expected, passes):
    path = capture(lambda file: play(file, *call_of(texts, cuts, COMPANY, *in_turn(60, *elsewhere()))))
    assert seen(record, path, passes) == expected


@pytest.mark.parametrize("start", ("ACK", "INFO", "REFER"))
def test_message_that_can_neither_offer_nor_answer(capture, record, start):
    """What is cut off it says nothing of media: the offer was in the INVITE, and the answer in the 200."""
    later = request("media", start=f"{start} sip:anna@example.com SIP/2.0", headers="X-Example: 1\r\n",
                    receiver="<sip:anna@example.com>;tag=b")
    events = cut((*SIGNALING, later), "X-Example"), COMPANY, *in_turn(60, *elsewhere())
    path = capture(lambda file: play(file, *call_of(PLAIN, (None, None), *events)))
    assert seen(record, path, ()) == (NOTHING, NOBODY, {MISSING})


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("texts, cuts, direction, notes", [
    (PLAIN, (None, None), CALLER_ONLY, {ONE_WAY}),
    (WITH_ICE, ("a=candidate", None), NOT_KNOWN, set()),
    (WITH_ICE, (None, "a=candidate:2"), NOT_KNOWN, set()),
    ((PLAIN[0], answer(crypto(1, KEYS[1]), "a=recvonly\r\n")), (None, "a=recvonly"), NOT_KNOWN, set()),
    ((PLAIN[0], answer(crypto(1, KEYS[1]), stream_of("RTP/SAVP", kind="video"))), (None, "m=video"), NOT_KNOWN, set()),
])
def test_one_side_whose_other_candidates_were_cut_off(capture, record, texts, cuts, direction, notes, passes):
    source = Media(OFFERER, ANSWERER, KEYS[0])
    path = capture(lambda file: play(file, *call_of(texts, cuts, *in_turn(90, source))))
    kind = PARTLY_READABLE if direction == NOT_KNOWN else SRTP_READABLE
    assert seen(record, path, passes) == (kind, direction, notes)


def again(text, number=2):
    """A message of the call as one of its re-INVITE."""
    return text.replace(b"CSeq: 1 INVITE", b"CSeq: %d INVITE" % number).replace(
        b"To: <sip:anna@example.com>\r", b"To: <sip:anna@example.com>;tag=b\r")


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("at, is_said", [(None, True), ("Content-Type", False), ("m=audio", False)])
def test_what_a_re_invite_changed_is_not_known(capture, tshark, record, at, is_said, passes):
    """Media with other keys, in the place of media with those of the first answer, and later in clear."""
    offered, answered = (again(text) for text in PLAIN)
    events = [*in_turn(30, *both(KEYS)), cut((*SIGNALING, offered), at), cut((*reversed(SIGNALING), answered), at)]
    clear = [Media(OFFERER, ANSWERER, ssrc=7), Media(ANSWERER, OFFERER, ssrc=8)]
    path = capture(lambda file: play(file, *call_of(PLAIN, (None, None), *events, 3_000_000, *in_turn(60, *clear))))
    assert (CLEAR in tshark("-r", path, "-q", "-z", "expert", *passes)) == is_said
    assert record(path, *passes)[1] == set()


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("at, is_said", [(None, True), ("a=sendrecv", False)])
def test_a_key_that_an_offer_may_lack(capture, tshark, at, is_said, passes):
    texts = offer(crypto(1, KEYS[0]), "a=sendrecv\r\n"), PLAIN[1]
    sources = [Media(OFFERER, ANSWERER, KEYS[2], ssrc=1), Media(ANSWERER, OFFERER, KEYS[1], ssrc=2)]
    path = capture(lambda file: play(file, *call_of(texts, (at, None), *in_turn(120, *sources))))
    assert (OTHER_KEY in tshark("-r", path, "-q", "-z", "expert", *passes)) == is_said


def alternatives(*bodies):
    """An INVITE with alternative bodies."""
    parts = "".join(f"--b\r\nContent-Type: application/sdp\r\n\r\n{body}\r\n" for body in bodies) + "--b--\r\n"
    return request("media", parts, content_type="multipart/alternative;boundary=b")


TWO_BODIES = alternatives(session(stream_of("RTP/SAVP", crypto(1, KEYS[0]))),
                          session(stream_of("RTP/SAVP", crypto(2, KEYS[2]), formats="0 8")))


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("offered, at, is_said", [
    (PLAIN[0], None, True),
    (TWO_BODIES, None, False),
    (TWO_BODIES, "--b--", False),
    (TWO_BODIES, "a=crypto:2", False),
    (TWO_BODIES, "\r\n--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=- 0 0 IN IP4 192.0.2.10\r\ns=session\r\n"
                 "c=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 50018 RTP/SAVP 0 8", False),
])
def test_another_body_of_the_offer(capture, tshark, fields, offered, at, is_said, passes):
    """The answer takes a key of the second body, and its sender a codec."""
    texts = offered, answer(crypto(2, KEYS[1]), formats="8")
    sources = [Media(OFFERER, ANSWERER, KEYS[2], ssrc=1, payload_type=8),
               Media(ANSWERER, OFFERER, KEYS[1], ssrc=2, payload_type=8)]
    path = capture(lambda file: play(file, *call_of(texts, (at, None), *in_turn(80, *sources))))
    rows = fields(path, "skypefed.expert.crypto_tag", "skypefed.expert.media_codec", args=passes)
    for name in ("skypefed.expert.crypto_tag", "skypefed.expert.media_codec"):
        assert any(row[name] for row in rows) == is_said


HELD = [again(make(crypto(1, KEYS[side]), "a=inactive\r\n"), 2) for side, make in enumerate((offer, answer))]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("third, at, expected", [
    ("", None, ("0", "0", "1")),                         # resumed
    ("a=inactive\r\n", None, ("3", "1", None)),          # held again
    ("a=inactive\r\n", "a=inactive", (None, None, None)),
    ("a=inactive\r\n", "active\r\n", (None, None, None)),
    ("a=inactive\r\na=mid:1\r\n", "a=mid", ("3", "1", None)),
])
def test_a_direction_that_was_cut_off(capture, fields, third, at, expected, passes):
    """Neither that media flows both ways, nor that the call is no longer on hold."""
    change = again(offer(crypto(1, KEYS[0]), third), 3)
    path = capture(lambda file: play(file, *call_of(
        PLAIN, (None, None), (*SIGNALING, HELD[0]), (*reversed(SIGNALING), HELD[1]), cut((*SIGNALING, change), at))))
    names = [f"skypefed.media.{name}" for name in ("direction", "hold", "resumed")]
    row = fields(path, *names, where="frame.number == 5", args=passes)[0]
    values = [row[name][0] if row[name] else None for name in names]
    assert tuple({"False": "0", "True": "1"}.get(value, value) for value in values) == expected


@pytest.mark.parametrize("at, expected", [(None, ["0"]), ("t=0 0", []), ("a=sendrecv", [])])
def test_candidates_that_were_cut_off_may_be_of_ice(capture, tshark, fields, at, expected):
    texts = offer(crypto(1, KEYS[0]), "a=sendrecv\r\n"), PLAIN[1]
    path = capture(lambda file: play(file, *call_of(texts, (at, None))))
    row = fields(path, "skypefed.sdp.ice_dialect", where="frame.number == 1")[0]
    assert row["skypefed.sdp.ice_dialect"] == expected
    out = tshark("-r", path, "-V", "-Y", "frame.number == 1")
    assert ("no ICE" in out) == bool(expected) and "Offer, " in out


@pytest.mark.parametrize("at, warning, note", [(None, False, True), ("m=audio 50020", False, False)])
def test_a_second_choice_that_was_cut_off(capture, fields, at, warning, note):
    """The same media in SRTP, behind a line without keys."""
    body = session(stream_of("RTP/AVP"), stream_of("RTP/SAVP", crypto(1), port=50020))
    path = capture(lambda file: play(file, cut((*SIGNALING, request("media", body)), at)))
    row = fields(path, "skypefed.expert.rtp_clear", "skypefed.expert.rtp_optional", where="skypefed")[0]
    assert (bool(row["skypefed.expert.rtp_clear"]), bool(row["skypefed.expert.rtp_optional"])) == (warning, note)


def test_the_end_is_missing_though_the_frame_is_whole(capture, record):
    """As of a message that a log has cut: it has less than its Content-Length."""
    short = [text[:text.index(b"a=candidate")] for text in WITH_ICE]
    path = capture(lambda file: play(file, *call(COMPANY, *in_turn(60, *elsewhere()), signaling=short)))
    assert seen(record, path, ()) == NOTHING_SAID
