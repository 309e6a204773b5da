# SPDX-License-Identifier: GPL-2.0-or-later
"""What a support ticket says of the media packets of a call: what passed otherwise than agreed, what is missing, what
came again. Who sent it is always told, and what is not proved is not said."""

import pytest

from crafted import KEYS, crypto, message, request, session, stream_of
from media import ANSWERER, OFFERER, SDES, SIGNALING, Media, answer, both, call, offer, play, sent, write
from test_conference_call import answered, invite
from test_media_streams import LISTED, STUN, other_call
from test_support import report

PASSES = {"one pass": (), "two passes": ("-2",)}
NAMES = ("Media missing", "Not as agreed", "Codec not agreed", "Packets missing", "Packets seen again")
CLEAR = tuple(make(profile="RTP/AVP") for make in (offer, answer))
IN_CLEAR = "SRTP agreed, but {} sent clear RTP{}, as the packets up to frame {} prove"
OTHER_KEY = ("SRTP agreed, but none of the first 100 packets that {} sent is authenticated with the agreed key, up to "
             "frame {}: SRTP with another key, or clear RTP")


@pytest.fixture
def told(capture, tshark):
    """told(*events): the lines of the ticket about media packets, as pairs."""
    def read(*events, passes=()):
        path = capture(lambda file: play(file, *events))
        ticket = report(tshark, path, *passes)[0]
        return [(name, value) for name, value in ticket if name in NAMES]

    return read


def mixed(media, count):
    """The packets of both sides in turn."""
    return [event for pair in zip(*(sent(one, count) for one in media)) for event in pair]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_clear_media_where_srtp_was_agreed(told, fields, capture, passes):
    events = call(*mixed(both(), 12))
    path = capture(lambda file: play(file, *events))
    rows = fields(path, "skypefed.rtp.from_caller", "skypefed.rtp.decided_in", where="skypefed.rtp.decided_in")
    proved = {row["skypefed.rtp.from_caller"][0] in ("1", "True"): row["skypefed.rtp.decided_in"][0] for row in rows}
    assert told(*events, passes=passes) == [
        ("Not as agreed", IN_CLEAR.format("the caller", "", proved[True])),
        ("Not as agreed", IN_CLEAR.format("the callee", "", proved[False]))]


def test_only_the_side_that_breaks_it_is_named(told):
    (caller, _), (_, callee) = both(KEYS), both()
    ((name, value),) = told(*call(*mixed((caller, callee), 12)))
    assert name == "Not as agreed" and value.startswith("SRTP agreed, but the callee sent clear RTP, as the packets up to")


def test_another_key_than_agreed(told):
    media = both((KEYS[0], KEYS[2]))
    # Two frames of signaling; the callee's hundredth packet is the 200th of the media.
    assert told(*call(*mixed(media, 120))) == [("Not as agreed", OTHER_KEY.format("the callee", 202))]


@pytest.mark.parametrize("signaling, keys, how", [
    (SDES, KEYS, {}),
    (SDES, (None, None), {"payload_type": 96}),
    (CLEAR, (None, None), {}),
    (CLEAR, KEYS, {}),
    ((offer(crypto(1, KEYS[0]), profile="RTP/AVP"), CLEAR[1]), (None, None), {}),
    ((offer(crypto(1, KEYS[0]), profile="RTP/AVP"), CLEAR[1]), KEYS, {}),
], ids=("as agreed", "undetermined", "clear", "SRTP without a key", "clear after SRTP was offered", "unknown key"))
def test_what_is_as_agreed_or_not_proved_is_not_said(told, signaling, keys, how):
    assert told(*call(*mixed(both(keys, **how), 120 if keys[0] else 40), signaling=signaling)) == []


def test_each_agreement_is_held_against_its_own_media(capture, tshark):
    """Clear media was agreed, and SRTP later on: both flowed as agreed, though the verdict is the later one."""
    first, second = both(), both(KEYS)
    again = [text.replace(b"CSeq: 1 ", b"CSeq: 2 ").replace(b"<sip:anna@example.com>\r", b"<sip:anna@example.com>;tag=b\r")
             for text in SDES]
    assert again[0] != SDES[0]
    events = [(*SIGNALING, CLEAR[0]), (*reversed(SIGNALING), CLEAR[1]), *mixed(first, 12),
              (*SIGNALING, again[0]), (*reversed(SIGNALING), again[1]), 3_000_000]
    for media in second:
        media.extended, media.ssrc = 5000, media.ssrc + 10
    path = capture(lambda file: play(file, *events, *mixed(second, 20)))
    (ticket,) = report(tshark, path)
    both_kinds = "Clear RTP and SRTP (key in this capture)"
    assert ("Verdict", "SRTP agreed") in ticket
    assert ("Media seen", f"Mixed (from the caller: {both_kinds}; from the callee: {both_kinds})") in ticket
    assert not {name for name, _ in ticket} & set(NAMES)


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_missing_packets_and_copies_with_their_sender(told, passes):
    """The caller's are captured twice, of the callee's every tenth is lost."""
    caller, callee = (sent(media, 41) for media in both(KEYS))
    events = [event for number, pair in enumerate(zip(caller, callee))
              for event in (pair[0], pair[0], *pair[1:] * (number % 10 != 5))]
    assert told(*call(*events), passes=passes) == [
        ("Packets missing", "4 of 41 from the callee, by their sequence numbers"),
        ("Packets seen again", "41 from the caller, as from a mirror port")]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("sender, payload_type, count, codec", [
    (0, 0, 60, "G.711 mu-law"), (0, 8, 60, "G.711 A-law"), (1, 97, 60, "no name known"), (0, 0, 49, None), (1, 0, 60, None),
    (0, 96, 60, None), (0, 13, 60, None)])
def test_a_codec_that_the_receiver_did_not_list(told, sender, payload_type, count, codec, passes):
    """In the same cases as the note in the packet list, with the frame that has it: the fiftieth after two of signaling."""
    media = both(KEYS, payload_type=payload_type)[sender]
    parties = ("the caller", "the callee")
    assert told(*call(*sent(media, count), signaling=LISTED), passes=passes) == ([(
        "Codec not agreed", f"{parties[sender]} sent 50 packets of payload type {payload_type} ({codec}) up to frame 52, "
                            f"which {parties[1 - sender]} did not list")] if codec else [])


def test_the_first_of_several_odd_codecs_is_told(told):
    """Of both sides, and of one source after another."""
    sources = [Media(OFFERER, ANSWERER, KEYS[0], ssrc=number, payload_type=kind) for number, kind in ((1, 8), (2, 3))]
    events = [event for source in sources for event in sent(source, 55)]
    callee = sent(both(KEYS, payload_type=97)[1], 55)
    assert told(*call(*events, *callee, signaling=LISTED)) == [
        ("Codec not agreed", "the caller sent 50 packets of payload type 8 (G.711 A-law) up to frame 52, which the callee "
                             "did not list"),
        ("Codec not agreed", "the callee sent 50 packets of payload type 97 (no name known) up to frame 162, which the "
                             "caller did not list")]


SILENT = [("Media missing", "none at the agreed addresses, although the call was answered, and other packets between these "
                            "hosts are in this capture")]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("before, after, expected", [
    ([], [], []),
    (other_call(), [], SILENT),
    ([], [(OFFERER, ANSWERER, STUN)], SILENT),
    ([], [(OFFERER, ("192.0.2.99", 9), STUN)], []),
    (other_call(), sent(both(KEYS)[0], 1), []),
], ids=("signaling alone", "another call", "STUN", "STUN to a server", "one packet"))
def test_media_that_is_missing(capture, tshark, before, after, expected, passes):
    """In the same cases as the note at the BYE."""
    path = capture(lambda file: play(file, *before, *call(*after)))
    ticket = report(tshark, path, *passes)[-1]
    assert [line for line in ticket if line[0] == "Media missing"] == expected
    if expected:
        names = [name for name, _ in ticket]
        assert names.index("Media missing") > names.index("Media seen")


def test_nothing_is_said_of_whole_media(capture, tshark):
    path = capture(lambda file: write(file, *SDES, both(KEYS), 30))
    (ticket,) = report(tshark, path)
    assert ("Media seen", "SRTP (key in this capture)") in ticket and not {name for name, _ in ticket} & set(NAMES)


def test_streams_have_their_numbers(told):
    """Where there is more than one."""
    audio = stream_of("RTP/SAVP", crypto(1, KEYS[0]))
    offered = session(audio + stream_of("RTP/SAVP", crypto(1, KEYS[0]), port=50020, kind="video", formats="0"))
    answered_with = offered.replace(KEYS[0], KEYS[1]).replace("50018", "40002").replace("50020", "40004").replace(
        OFFERER[0], ANSWERER[0])
    signaling = (request("media", offered), request("media", answered_with, start="SIP/2.0 200 OK",
                                                    receiver="<sip:anna@example.com>;tag=b"))
    second = Media((ANSWERER[0], 40004), (OFFERER[0], 50020), ssrc=9)
    packets = sent(second, 14)
    del packets[10]
    assert told(*call(*mixed(both(KEYS), 12), *packets, signaling=signaling)) == [
        ("Not as agreed", IN_CLEAR.format("the callee", " in stream 2", 2 + 24 + 9)),
        ("Packets missing", "1 of 14 from the callee in stream 2, by their sequence numbers")]


@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_of_what_mixed_media_is(capture, tshark, fields, passes):
    """Of what the verdict is, in the tree and in the ticket, and of what the media; the table has the word alone."""
    audio = stream_of("RTP/SAVP", crypto(1, KEYS[0]))
    streams = [audio, stream_of("RTP/AVP", port=50020, kind="video", formats="0"),
               stream_of("RTP/AVP", port=0, kind="application"), "m=message 5060 sip null\r\n"]
    offered = session("".join(streams))
    answered_with = offered.replace(KEYS[0], KEYS[1]).replace("50018", "40002").replace("50020", "40004").replace(
        OFFERER[0], ANSWERER[0])
    signaling = (request("media", offered), request("media", answered_with, start="SIP/2.0 200 OK",
                                                    receiver="<sip:anna@example.com>;tag=b"))
    picture = Media((ANSWERER[0], 40004), (OFFERER[0], 50020), ssrc=9)
    path = capture(lambda file: play(file, *call(*mixed(both(KEYS), 12), *sent(picture, 12), signaling=signaling)))
    [ticket] = report(tshark, path, *passes)
    agreed = "audio: SRTP agreed; video: Clear RTP agreed"
    assert ("Verdict", f"Mixed ({agreed})") in ticket
    key = "SRTP (key in this capture)"
    assert ("Media seen", f"Mixed (from the caller in stream 1: {key}; from the callee in stream 1: {key}; from the callee "
                          "in stream 2: Clear RTP)") in ticket
    assert "  Mixed    Mixed       " in tshark("-r", path, "-q", "-z", "skypefed,calls", *passes)
    tree = [line.strip() for line in tshark("-r", path, "-V", *passes).splitlines()]
    assert tree.count(f"[Verdict: Mixed (7) ({agreed})]") == 1  # of the answer
    assert tree.count("[Verdict: Mixed (7)]") == 1              # of the BYE


def session_of_a_join():
    """The offer and the answer of a session with media, which agree on SRTP."""
    asked, agreed = (text.replace(b"UDP/TLS/", b"") for text in answered("m", "audio-video"))
    agreed = agreed.replace(str(OFFERER[1]).encode(), str(ANSWERER[1]).encode()).replace(
        OFFERER[0].encode(), ANSWERER[0].encode())
    key = f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{KEYS[0]}|2^31\r\n".encode()
    return [message.with_true_length(text + key) for text in (asked, agreed)]


def test_media_of_a_join_that_is_missing(told):
    """The session with media is named, as it has no ticket of its own."""
    asked, agreed = session_of_a_join()
    bye = invite("m", "audio-video", start="BYE sip:x@example.com SIP/2.0", tag=";tag=x", body=False)
    events = [(*SIGNALING, text) for text in (*answered("f", "focus"), asked)]
    assert told(*events, (*reversed(SIGNALING), agreed), (OFFERER, ANSWERER, STUN), 10_000_000, (*SIGNALING, bye)) == [
        ("Media missing", "none at the agreed addresses in call 2, although the call was answered, and other packets "
                          "between these hosts are in this capture")]


def test_several_who_answer_differently(capture, tshark):
    """Both forks accept, one with SRTP and one without."""
    keyed, clear = (offer(crypto(1, KEYS[0]), profile="RTP/AVP"),
                    [answer(crypto(1, KEYS[1])), answer(profile="RTP/AVP").replace(b";tag=b", b";tag=c")])
    path = capture(lambda file: play(file, (*SIGNALING, keyed), *((*reversed(SIGNALING), text) for text in clear)))
    [ticket] = report(tshark, path)
    assert ("Verdict", "Mixed (not the same for all who answered)") in ticket


def test_sessions_of_a_join_have_the_numbers_of_their_calls(told):
    """Their order is that of the calls."""
    asked, agreed = session_of_a_join()
    media = both((None, None))
    events = [(*SIGNALING, text) for text in (*answered("f", "focus"), asked)]
    packets = mixed(media, 12)
    del packets[20]
    assert told(*events, (*reversed(SIGNALING), agreed), *packets) == [
        ("Not as agreed", IN_CLEAR.format("the caller", " in call 2", 4 + 17)),
        ("Not as agreed", IN_CLEAR.format("the callee", " in call 2", 4 + 18)),
        ("Packets missing", "1 of 12 from the caller in call 2, by their sequence numbers")]


def test_without_a_look_at_media_nothing_is_said(told):
    """The preference for it turns all of these lines off."""
    assert told(*call(*mixed(both(), 12)), passes=("-o", "skypefed.media:FALSE")) == []
