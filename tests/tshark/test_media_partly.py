# SPDX-License-Identifier: GPL-2.0-or-later
"""Where something is proved of a part of a call's media, and nothing of another: nobody is told that all of it is so."""

import json

import pytest

from crafted import KEYS, crypto, request, session, stream_of
from media import ANSWERER, OFFERER, SDES, SIGNALING, Media, answer, both, call, offer, play, sent
from test_real_media import media_seen
from test_support import report

PASSES = {"one pass": (), "two passes": ("-2",)}
CLEAR, MIXED, UNDETERMINED, READABLE, DTLS = 1, 4, 5, 6, 7
PARTLY_READABLE, PARTLY_CLEAR, PARTLY_OTHER_KEY, PARTLY_DTLS = 9, 10, 11, 12
READABLE_NAME = "SRTP (key in this capture)"
OPUS = 96
BYE = (*SIGNALING, request("media", start="BYE sip:anna@example.com SIP/2.0", receiver="<sip:anna@example.com>;tag=b"))
INFO = (*SIGNALING, request("media", start="INFO sip:anna@example.com SIP/2.0", receiver="<sip:anna@example.com>;tag=b"))


@pytest.fixture
def seen(capture, fields, tshark):
    """seen(*events): what the messages tell of the media, one after the other, and at last what the record does."""
    def read(*events, passes=()):
        path = capture(lambda file: play(file, *events))
        rows = fields(path, "skypefed.call.media_seen", where="skypefed.call.media_seen", args=passes)
        record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *passes).splitlines()[0])
        return [*(int(row["skypefed.call.media_seen"][0]) for row in rows), record["media_seen"]]

    return read


def source(side, key, ssrc, **how):
    ends = (OFFERER, ANSWERER) if side == 0 else (ANSWERER, OFFERER)
    return Media(*ends, key, ssrc=ssrc, **how)


def mixed(media, count):
    """The packets of several in turn."""
    return [event for some in zip(*(sent(one, count) for one in media)) for event in some]


VIDEO_ENDS = ((OFFERER[0], 50020), (ANSWERER[0], 40004))


def audio_and_video(keys=KEYS):
    """The offer and the answer: SRTP for both."""
    lines = [stream_of("RTP/SAVP", crypto(1, keys[0])),
             stream_of("RTP/SAVP", crypto(1, keys[0]), port=50020, kind="video", formats=str(OPUS))]
    offered = session("".join(lines))
    answered = offered.replace(keys[0], keys[1]).replace("50018", "40002").replace("50020", "40004").replace(
        OFFERER[0], ANSWERER[0])
    return request("media", offered), request("media", answered, start="SIP/2.0 200 OK",
                                              receiver="<sip:anna@example.com>;tag=b")


def pictures(keys=(None, None)):
    return (Media(*VIDEO_ENDS, keys[0], ssrc=8, payload_type=OPUS),
            Media(*reversed(VIDEO_ENDS), keys[1], ssrc=9, payload_type=OPUS))


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_clear_video_beside_srtp_is_no_all_clear(capture, tshark, seen, passes):
    """A call too short to prove anything of its video. Every text says so, and the ticket says of what."""
    events = call(*mixed((*both(KEYS), *pictures()), 15), signaling=audio_and_video())
    assert seen(*events, passes=passes) == [PARTLY_READABLE] * 2
    path = capture(lambda file: play(file, *events))
    name = "Partly SRTP (key in this capture), rest undetermined"
    assert f"SRTP agreed  {name}  " in tshark("-r", path, "-q", "-z", "skypefed,calls", *passes)
    assert media_seen(tshark("-r", path, "-q", "-z", "skypefed,tree", *passes)) == {"Calls by media seen": 1, name: 1}
    assert f"[Media seen: {name} (9)]" in tshark("-r", path, "-V", "-Y", "sip.Method == BYE", *passes)
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json", *passes))
    assert record["media_seen_name"] == name
    assert [one["seen"] for one in record["media_streams"]] == [READABLE, READABLE, UNDETERMINED, UNDETERMINED]
    [ticket] = report(tshark, path, *passes)
    assert ("Media seen", f"{name} (from the caller in stream 1: {READABLE_NAME}; from the callee in stream 1: "
                          f"{READABLE_NAME}; from the caller in stream 2: Undetermined; from the callee in stream 2: "
                          "Undetermined)") in ticket


def test_srtp_in_all_streams_is_srtp(seen):
    events = call(*mixed((*both(KEYS), *pictures(KEYS)), 15), signaling=audio_and_video())
    assert seen(*events) == [READABLE] * 2


@pytest.mark.parametrize("count, expected", [(4, READABLE), (5, PARTLY_READABLE), (99, PARTLY_READABLE), (100, MIXED)])
@pytest.mark.parametrize("side", [0, 1])
def test_a_direction_of_which_nothing_is_proved(seen, side, count, expected):
    """A handful of packets counts for nothing; from the hundredth on it is known not to have the agreed key."""
    proved, other = source(1 - side, KEYS[1 - side], 1), source(side, KEYS[2], 2)
    assert seen(*call(*sent(proved, 40), *sent(other, count))) == [expected] * 2


@pytest.mark.parametrize("count, expected", [(19, READABLE), (20, PARTLY_READABLE)])
@pytest.mark.parametrize("side", [0, 1])
def test_another_source_beside_a_proved_one(seen, side, count, expected):
    """Such as digits or comfort noise from a gateway, in a direction whose speech is proved."""
    assert seen(*call(*mixed(both(KEYS), 40), *sent(source(side, None, 7, payload_type=101), count))) == [expected] * 2


@pytest.mark.parametrize("count, expected", [(19, READABLE), (20, PARTLY_READABLE)])
def test_more_sources_than_are_followed(seen, count, expected):
    sources = [source(0, KEYS[0], number) for number in range(1, 9)]
    events = [event for one in (*sources, both(KEYS)[1]) for event in sent(one, 3)]
    assert seen(*call(*events, *sent(source(0, None, 99, payload_type=OPUS), count))) == [expected] * 2


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_what_begins_after_the_bye_is_no_part_of_it(seen, passes):
    """Such as a tone for the side that is left: no key is there to try."""
    signaling = (*SIGNALING, SDES[0]), (*reversed(SIGNALING), SDES[1])
    events = *signaling, *mixed(both(KEYS), 40), BYE, *sent(source(0, None, 7, payload_type=OPUS), 40)
    assert seen(*events, passes=passes) == [READABLE] * 2


def again(texts):
    """The same texts in a re-INVITE and its 200."""
    asked, agreed = (text.replace(b"CSeq: 1 ", b"CSeq: 2 ") for text in texts)
    return ((*SIGNALING, asked.replace(b"<sip:anna@example.com>\r", b"<sip:anna@example.com>;tag=b\r")),
            (*reversed(SIGNALING), agreed))


REKEYED = again((offer(crypto(1, KEYS[1])), answer(crypto(1, KEYS[0]))))
IN_CLEAR = again(tuple(make(profile="RTP/AVP", formats=str(OPUS)) for make in (offer, answer)))


@pytest.mark.parametrize("agreed, kind, pause, count, expected", [
    (REKEYED, 0, 0, 40, READABLE), (REKEYED, 0, 2_000_000, 40, PARTLY_READABLE),
    (IN_CLEAR, OPUS, 0, 40, READABLE), (IN_CLEAR, OPUS, 0, 120, PARTLY_READABLE),
], ids=("former key", "former key for long", "former agreement", "former agreement for long"))
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_what_may_still_be_of_the_former_agreement(seen, agreed, kind, pause, count, expected, passes):
    """For two seconds, as for the warnings. After that it is of the newer one, and not proved. A packet comes every 40 ms."""
    media = both(KEYS)
    first = mixed(media, 20)
    for one in media:
        one.key, one.payload_type = one.key if kind == 0 else None, kind
    assert seen(*call(*first, *agreed, pause, *mixed(media, count)), passes=passes)[-1] == expected


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_proof_may_come_later(seen, passes):
    """What a message told is not changed by later packets."""
    caller, callee = both()
    clear = tuple(make(profile="RTP/AVP") for make in (offer, answer))
    events = call(*sent(caller, 12), INFO, *sent(callee, 6), INFO, *sent(callee, 6), signaling=clear)
    assert seen(*events, passes=passes) == [CLEAR, PARTLY_CLEAR, CLEAR, CLEAR]


def test_clear_in_one_direction(seen, capture, tshark):
    caller, callee = source(0, None, 1), source(1, None, 2, payload_type=OPUS)
    clear = tuple(make(profile="RTP/AVP", formats=f"0 {OPUS}") for make in (offer, answer))
    events = call(*mixed((caller, callee), 40), signaling=clear)
    assert seen(*events) == [PARTLY_CLEAR] * 2
    [ticket] = report(tshark, capture(lambda file: play(file, *events)))
    assert ("Media seen", "Partly clear RTP, rest undetermined (from the caller: Clear RTP; from the callee: "
                          "Undetermined)") in ticket


def test_another_key_in_one_direction(seen):
    assert seen(*call(*sent(source(0, KEYS[2], 1), 120), *sent(source(1, KEYS[2], 2), 60))) == [PARTLY_OTHER_KEY] * 2


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_mixed_media_has_its_undetermined_part(capture, tshark, passes):
    """Audio from the caller in clear, from the callee with SRTP, and video of which nothing is proved."""
    media = source(0, None, 1), source(1, KEYS[1], 2), pictures()[1]
    path = capture(lambda file: play(file, *call(*mixed(media, 15), signaling=audio_and_video())))
    [ticket] = report(tshark, path, *passes)
    assert ("Media seen", f"Mixed (from the caller in stream 1: Clear RTP; from the callee in stream 1: {READABLE_NAME}; "
                          "from the callee in stream 2: Undetermined)") in ticket


PRINT = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n"
HELLO = b"\x16\xfe\xfd" + bytes(6) + b"\0\0\0\x20" + b"\1" + bytes(31)


def over_dtls(setup, port):
    return "".join(stream_of("UDP/TLS/RTP/SAVP", PRINT, f"a=setup:{setup}\r\n", port=port + 2 * number, kind=kind,
                             formats="96") for number, kind in enumerate(("audio", "video")))


@pytest.mark.parametrize("shakes_video, expected", [(True, DTLS), (False, PARTLY_DTLS)])
@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_a_handshake_of_one_stream(seen, shakes_video, expected, is_late, passes):
    """It tells of its own stream alone, and of all that this one sends, also if it comes late."""
    signaling = (request("media", session(over_dtls("actpass", 50018))),
                 request("media", session(over_dtls("active", 40002)).replace(OFFERER[0], ANSWERER[0]),
                         start="SIP/2.0 200 OK", receiver="<sip:anna@example.com>;tag=b"))
    ends = [(OFFERER, ANSWERER), *([VIDEO_ENDS] if shakes_video else [])]
    shakes = [(*pair, HELLO) for one in ends for pair in (one, one[::-1])]
    media = (*both(payload_type=OPUS), *pictures())
    before = mixed(media, 30) if is_late else []
    assert seen(*call(*before, *shakes, *mixed(media, 25), signaling=signaling), passes=passes) == [expected] * 2


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_few_packets_after_a_handshake(seen, passes):
    """Too few to be sure that they are no clear media, and nothing else is in the call."""
    print_of = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n"
    signaling = [make(print_of, f"a=setup:{setup}\r\n", profile="UDP/TLS/RTP/SAVP")
                 for make, setup in ((offer, "actpass"), (answer, "active"))]
    hello = b"\x16\xfe\xfd" + bytes(6) + b"\0\0\0\x20" + b"\1" + bytes(31)
    shakes = [(OFFERER, ANSWERER, hello), (ANSWERER, OFFERER, hello)]
    packets = mixed(both(extra=10), 10)
    assert seen(*call(*shakes, *packets, signaling=signaling), passes=passes) == [DTLS] * 2


def test_packets_of_many_sources_after_the_bye(seen):
    """They are no part of the call, also where there are more sources than are followed."""
    signaling, bye = call(*mixed(both(KEYS), 40))[:-1], BYE
    late = [event for ssrc in range(20, 60) for event in sent(source(0, None, ssrc, payload_type=OPUS), 1)]
    assert seen(*signaling, bye, *late)[-1] == READABLE
