# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of each call at each of its messages: on all samples, in every way of asking."""

import functools
import json
import random
import re
from dataclasses import dataclass

import pytest

import sharkd
from crafted import KEYS, crypto, pcapng, request, session, stream_of, write_datagrams

from generator import calls  # found by crafted

NAMES = ("Not negotiated", "SRTP agreed", "Scale SRTP agreed", "Clear RTP agreed", "Clear RTP after SRTP was offered",
         "DTLS-SRTP agreed", "No media", "Mixed", "Legacy RTC encryption agreed",
         "SRTP without encryption", "RTP inside TLS", "Other media in clear", "Not compatible",
         "DTLS agreed", "TLS agreed", "Undetermined", "SRTP not agreed (tag not offered)")
OFFER, ANSWER = "1", "2"
PASSES = {"one pass": (), "two passes": ("-2",)}


@dataclass
class Sample:
    """What a capture of calls must show.

    verdicts: of the call, one figure for each message in the order of the capture; calls: its numbers alike, all 1
    where there is one call.
    answers: for each message with an answer the verdict of each stream, `/tag` where a key line was chosen.
    roles: of the bodies of each message that has any: o for an offer, a for an answer.
    """

    verdicts: str
    answers: str
    roles: str
    calls: str = ""


SAMPLES = {
    "skype-to-lync-clear": Sample("0004444", "4", "oo a"),
    "lync-srtp-tag-2": Sample("0001111", "1/2", "oo a"),
    "lync-srtp-tag-3": Sample("0001111", "1/3", "oo a"),
    "lync-scale-srtp": Sample("002222", "2/1", "oo a"),
    "srtp-declined": Sample("0004444", "4", "oo a"),
    "video-refused": Sample("0001111", "1/2+6", "oo a"),
    "forked-two-answers": Sample("000144444", "1/2 4 4", "oo a a a"),
    "hold-and-resume": Sample("0001111111111", "1/2 1/2 1/2", "oo a o a o a"),
    "early-media-differs": Sample("0004441111", "4 1/2", "oo a a"),
    "late-capture": Sample("1111", "1/2", "a"),
    "im-session": Sample("00066666666", "6", "o a"),
    "im-skype-link": Sample("0066666666", "6", "o a"),
    "offer-in-200-answer-in-ack": Sample("0000111", "1/3", "o a"),
    "fallback-retry-415": Sample("00000001111", "1/2", "oo o a"),
    "encryption-mismatch": Sample("0000", "", "oo"),
    "udp-retransmissions": Sample("0001111111", "1/3 1/3", "o o a a"),
    "video-added-and-removed": Sample("000111111111", "1/2 1/2+1/2 1/2+6", "oo a o a o a"),
    "reused-call-id": Sample("000011441144", "1/2 4", "oo oo a a", "112211221122"),
    "media-failure": Sample("00000011111111", "1/2 1/2", "oo oo a a", "11122211221122"),
    "federation-failure": Sample("000000000000", "", "oo oo oo", "112233112233"),
    "several-calls": Sample("00000044000000110441144114411", "4 1/2 4 1/2+6", "oo oo a oo oo a oo a a",
                            "11122211333444225334411223344"),
    "calls-with-media": Sample("000111100044440001111", "1/2 4 1/3", "oo a oo a oo a", "111111122222223333333"),
    "conference-join": Sample("06666", "", ""),
    "application-sharing": Sample("0001111", "1/2", "o a"),
    "file-transfer": Sample("001111", "1/2", "o a"),
    "teams-dtls-srtp": Sample("05555", "5", "o a"),
    "teams-direct-routing": Sample("001111", "1/1", "o a"),
    "live-messenger": Sample("003333", "3", "o a"),
    "ocs-2007": Sample("008888", "8", "o a"),
    "sipe-client": Sample("0001111", "1/1", "oo a"),
}

FIELDS = ("frame.number", "skypefed.call", "skypefed.call.verdict", "skypefed.sdp.role", "skypefed.media.verdict",
          "skypefed.media.crypto_tag", "skypefed.call.offer_in", "skypefed.call.answer_in")


def answers_of(row):
    """The verdicts of a frame's streams with the tags that were chosen, as Sample has them."""
    tags = iter(row["skypefed.media.crypto_tag"])
    return "+".join(f"{verdict}/{next(tags)}" if verdict in "12" else verdict
                    for verdict in row["skypefed.media.verdict"])


@pytest.fixture(scope="module")
def rows(fields, samples):
    """rows(name, passes): the fields of each frame that belongs to a call; read once."""
    return functools.cache(lambda name, passes: fields(samples / (name + ".pcapng"), *FIELDS, where="skypefed.call",
                                                       args=PASSES[passes]))


@pytest.mark.parametrize("passes", PASSES)
@pytest.mark.parametrize("name", SAMPLES)
def test_each_message_knows_what_was_agreed(name, passes, rows):
    sample = SAMPLES[name]
    found = rows(name, passes)
    assert "".join(row["skypefed.call.verdict"][0] for row in found) == sample.verdicts
    assert "".join(row["skypefed.call"][0] for row in found) == (sample.calls or "1" * len(found))
    assert " ".join(filter(None, map(answers_of, found))) == sample.answers
    roles = ["".join("o" if role == OFFER else "a" for role in row["skypefed.sdp.role"]) for row in found]
    assert " ".join(filter(None, roles)) == sample.roles


@pytest.mark.parametrize("name", SAMPLES)
def test_answers_and_offers_name_each_other(name, rows):
    found = rows(name, "two passes")
    by_frame = {row["frame.number"][0]: row for row in found}
    for frame, row in by_frame.items():
        for offer in row["skypefed.call.offer_in"]:
            assert ANSWER in row["skypefed.sdp.role"] and int(offer) < int(frame)
            assert OFFER in by_frame[offer]["skypefed.sdp.role"]
            assert by_frame[offer]["skypefed.call"] == row["skypefed.call"]
            answer = by_frame[offer]["skypefed.call.answer_in"]
            assert len(answer) == 1 and by_frame[answer[0]]["skypefed.call.offer_in"] == [offer]
        is_answer = ANSWER in row["skypefed.sdp.role"]
        assert bool(row["skypefed.call.offer_in"]) == (is_answer and name != "late-capture")


OUTCOMES = {"Unknown": "0", "Answered": "1", "Refused": "2", "Canceled": "3", "Failed media": "4", "No answer": "5",
            "Redirected": "7", "Ended by a failure": "8"}

# For each message in the order of the capture, the outcome known there; where there are several calls, all of theirs.
SAMPLE_OUTCOMES = {
    "skype-to-lync-clear": "0001111",
    "hold-and-resume": "0001111111111",
    "fallback-retry-415": "00220001111",
    "late-capture": "1111",
    "media-failure": "00000011114444",
    "mid-call-failure": "0001144",
    "federation-failure": "000000222222",
    "public-im-refusal": "0022",
}


@pytest.mark.parametrize("passes", PASSES)
@pytest.mark.parametrize("name", SAMPLE_OUTCOMES)
def test_each_message_knows_how_the_call_went(name, passes, fields, samples):
    found = fields(samples / (name + ".pcapng"), "skypefed.call.outcome", "skypefed.call.response",
                   "skypefed.call.duration", where="skypefed.call", args=PASSES[passes])
    assert "".join(row["skypefed.call.outcome"][0] for row in found) == SAMPLE_OUTCOMES[name]
    for row in found:
        assert bool(row["skypefed.call.response"]) == (row["skypefed.call.outcome"] != ["0"])


def test_outcome_response_and_duration_are_the_truth(fields, capture):
    """The last message of each call has what the truth of the generated calls says of it."""
    truth = []

    def write(file):
        writer = pcapng.Writer(file)
        for frame in calls.frames(60, seed=5, truth=truth):
            writer.packet(*frame)
    last = {row["skypefed.call"][0]: row for row in fields(
        capture(write), "skypefed.call", "skypefed.call.outcome", "skypefed.call.response", "skypefed.call.duration",
        where="skypefed.call")}
    for call in truth:
        row = last[str(call["number"])]
        assert row["skypefed.call.outcome"] == [OUTCOMES[call["outcome"]]]
        assert row["skypefed.call.response"] == ([str(call["final_response"])] if call["final_response"] else [])
        assert [f"{float(value):.6f}" for value in row["skypefed.call.duration"]] == (
            [] if call["duration"] is None else [f"{call['duration']:.6f}"])


@pytest.mark.parametrize("name", SAMPLES)
def test_one_pass_knows_no_later_answer(name, rows):
    assert not any(row["skypefed.call.answer_in"] for row in rows(name, "one pass"))


@pytest.mark.parametrize("name", SAMPLES)
def test_display_filter_finds_the_verdict(name, fields, samples):
    verdict = max(SAMPLES[name].verdicts)
    for passes in PASSES.values():
        found = fields(samples / (name + ".pcapng"), "frame.number", args=passes,
                       where=f'skypefed.call.verdict == "{NAMES[int(verdict)]}"')
        assert len(found) == SAMPLES[name].verdicts.count(verdict)


@pytest.mark.parametrize("name", ["skype-to-lync-clear", "lync-scale-srtp", "video-refused", "im-session"])
def test_details_say_it_in_words(name, tshark, samples):
    sample = SAMPLES[name]
    for passes in PASSES.values():
        shown = tshark("-r", samples / (name + ".pcapng"), "-V", *passes)
        assert re.findall(r"^    Call: number 1, (?:Answered, )?(.+)$", shown, re.MULTILINE) == [
            NAMES[int(verdict)] for verdict in sample.verdicts]


def test_late_answer_says_that_it_stands_alone(tshark, samples):
    shown = tshark("-r", samples / "late-capture.pcapng", "-V")
    assert shown.count("judged from the answer alone: its offer was not captured") == 1
    shown = tshark("-r", samples / "lync-srtp-tag-2.pcapng", "-V")
    assert "judged from the answer alone" not in shown


@pytest.mark.parametrize("name", ["forked-two-answers", "reused-call-id", "video-added-and-removed", "several-calls"])
def test_order_of_looking_at_frames_changes_nothing(name, stage, samples, fields):
    """Frames dissected in random order, some again and again, show what they show in order."""
    path = samples / (name + ".pcapng")
    frames = [int(row["frame.number"][0]) for row in fields(path, "frame.number", where="skypefed")]
    order = random.Random(name).choices(frames, k=4 * len(frames)) + frames
    in_order = sharkd.ask(stage, path, [("frame", {"frame": frame, "proto": True}) for frame in frames])
    expected = {frame: sharkd.labels(result["tree"]) for frame, result in zip(frames, in_order)}
    assert all(any(line.startswith("Call: ") for line in lines) for lines in expected.values())
    at_random = sharkd.ask(stage, path, [("frame", {"frame": frame, "proto": True}) for frame in order])
    for frame, result in zip(order, at_random):
        assert sharkd.labels(result["tree"]) == expected[frame]


def test_a_tag_that_was_not_offered_agrees_on_nothing(capture, fields, tshark):
    """The same words everywhere: in the answer, its row, the diagram, the table, the ticket and the record."""
    bodies = [session(stream_of("RTP/SAVP", crypto(tag, KEYS[tag]))) for tag in (1, 2)]
    path = capture(lambda file: write_datagrams(file, [
        request("call", bodies[0]),
        request("call", bodies[1], start="SIP/2.0 200 OK", receiver="<sip:anna@example.com>;tag=far")]))
    [row] = fields(path, "skypefed.call.verdict", "skypefed.media.verdict", "skypefed.media.crypto_tag",
                   "_ws.expert.message", where="skypefed.media.verdict")
    assert [row[name] for name in row][:3] == [["16"], ["16"], []]
    assert "The answer chooses tag 2, which was not offered: by RFC 4568, SRTP is not agreed" in row["_ws.expert.message"]
    words = NAMES[16]
    assert words == "SRTP not agreed (tag not offered)"
    assert tshark("-r", path).splitlines()[-1].endswith(f"| {words}")
    table, ticket, diagram, csv = (tshark("-r", path, "-q", "-z", f"skypefed,{what}")
                                   for what in ("calls", "support", "ladder", "calls,csv"))
    assert re.search(rf"  {re.escape(words)}  ", table) and "AES_CM" not in table
    assert re.search(rf"^  Verdict +{re.escape(words)}$", ticket, re.M)
    assert f"200 to INVITE, {words} (frame 2)" in diagram
    assert f",16,{words}," in csv
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))
    assert [record[name] for name in ("verdict", "verdict_name", "suites")] == [16, words, []]
    assert not any("SRTP agreed" in text for text in (table, ticket, diagram, csv, json.dumps(record)))


# Answers to one offer of SRTP with the tags 2 and 3, and the warnings that they must get.
ANSWERS = {
    "right": (stream_of("RTP/SAVP", crypto(2, KEYS[2])), {"key_exposed"}),
    "declined": (stream_of("RTP/AVP"), {"rtp_declined"}),
    "tag not offered": (stream_of("RTP/SAVP", crypto(4, KEYS[2])), {"key_exposed", "crypto_tag"}),
    "scheme not offered": (stream_of("RTP/SAVP", crypto(2, KEYS[2]).replace("a=crypto:2", "a=cryptoscale:2 server")),
                           {"key_exposed", "crypto_tag"}),
    "key of the offer": (stream_of("RTP/SAVP", crypto(2, KEYS[0])), {"key_exposed", "key_reused"}),
    "refused": (stream_of("RTP/SAVP", port=0), set()),
}
LEGACY_KEY = "k=base64:" + "Q" * 43 + "\r\n"
ALLOWS, REQUIRES = (LEGACY_KEY + f"a=encryption:{word}\r\n" for word in ("optional", "required"))
BOTH_ALLOW = "The audio media is not encrypted: both sides allow legacy encryption, but neither requires it"
ANSWER_ALONE = "The audio media is not encrypted: the answer has a legacy encryption key, but the offer had none"
OTHER_SUITE = "The answer chooses tag 2, which was offered with another cipher suite"
SEVERAL = ("The answer has several crypto attributes for one stream, but should choose one (RFC 4568): the first that "
           "was offered counts")
SUITE_32 = "AES_CM_128_HMAC_SHA1_32"

# The lines of the one stream of an offer (None: not seen) and of its answer, and what is said of both together.
PAIRS = {
    "legacy, both allow": (ALLOWS, ALLOWS, [BOTH_ALLOW]),
    "legacy, the offer requires": (REQUIRES, ALLOWS, []),
    "legacy, the answer requires": (ALLOWS, REQUIRES, []),
    "legacy, of the answer alone": ("", ALLOWS, [ANSWER_ALONE]),
    "legacy, offer not seen": (None, ALLOWS, []),
    "same suite": (crypto(2, KEYS[0]), crypto(2, KEYS[2]), []),
    "other suite": (crypto(2, KEYS[0]), crypto(2, KEYS[2], SUITE_32), [OTHER_SUITE]),
    "suite of another tag": (crypto(2, KEYS[0]) + crypto(3, KEYS[1], SUITE_32), crypto(2, KEYS[2], SUITE_32),
                             [OTHER_SUITE]),
    "tag with two suites": (crypto(2, KEYS[0]) + crypto(2, KEYS[1], SUITE_32), crypto(2, KEYS[2], SUITE_32), []),
    "tag with two suites, the first": (crypto(2, KEYS[0], SUITE_32) + crypto(2, KEYS[1]),
                                       crypto(2, KEYS[2], SUITE_32), []),
    "suite in lower case": (crypto(2, KEYS[0]), crypto(2, KEYS[2], "aes_cm_128_hmac_sha1_80"), []),
    "two keys in the answer": (crypto(2, KEYS[0]) + crypto(3, KEYS[1]), crypto(2, KEYS[2]) + crypto(3, KEYS[2][::-1]),
                               [SEVERAL]),
    "suite not known": (crypto(2, KEYS[0], "ROT_13"), crypto(2, KEYS[2]), []),
    "suite, offer not seen": (None, crypto(2, KEYS[2], SUITE_32), []),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_told_of_offer_and_answer_together(name, capture, fields):
    offer, answer, expected = PAIRS[name]
    bodies = [session(stream_of("RTP/AVP", lines)) for lines in (offer, answer) if lines is not None]
    starts = [{}, {"start": "SIP/2.0 200 OK", "receiver": "<sip:anna@example.com>;tag=far"}][-len(bodies):]
    path = capture(lambda file: write_datagrams(file, [request("call", body, **how)
                                                       for body, how in zip(bodies, starts)]))
    messages = fields(path, "_ws.expert.message", where="skypefed")[-1]["_ws.expert.message"]
    beginnings = ("The answer chooses tag", "The answer has several", "The audio media is not encrypted")
    assert [text for text in messages if text.startswith(beginnings)] == expected


OFFERED = session(stream_of("RTP/AVP", crypto(2, KEYS[0]), crypto(3, KEYS[1])))


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("passes", PASSES)
def test_warnings_of_an_answer(name, passes, capture, fields, field_names):
    section, expected = ANSWERS[name]
    answer = request("call", session(section), start="SIP/2.0 200 OK", receiver="<sip:anna@example.com>;tag=far")
    path = capture(lambda file: write_datagrams(file, [request("call", OFFERED), answer]))
    experts = [name for name in field_names if name.startswith("skypefed.expert.")]
    _, row = fields(path, *experts, where="skypefed", args=PASSES[passes])
    assert {expert.removeprefix("skypefed.expert.") for expert in experts if row[expert]} == expected


def test_no_text_shows_a_key(tshark, samples):
    shown = tshark("-r", samples / "lync-srtp-tag-2.pcapng", "-V", "-z", "skypefed,calls", "-z", "skypefed,tree")
    section = "\n".join(line for line in shown.splitlines() if "Call" in line or "SRTP" in line)
    assert section and "inline:" not in section


PLAIN = {"sender": "<sip:nora@example.org>;tag=7166e331a"}


def plain_call(name, place):
    """A call without a mark but for that of the message at this place, if there is one."""
    answered = {**PLAIN, "receiver": "<sip:anna@example.com>;tag=far"}
    messages = [request(name, OFFERED, **PLAIN),
                request(name, start="SIP/2.0 180 Ringing", **answered),
                request(name, session(stream_of("RTP/SAVP", crypto(2))), start="SIP/2.0 200 OK", **answered),
                request(name, start="ACK sip:anna@example.com SIP/2.0", **answered)]
    messages[place:place] = [request(name, start="INFO sip:anna@example.com SIP/2.0", headers="ms-test: 1\r\n",
                                     **answered)] if place <= len(messages) else []
    return messages


@pytest.mark.parametrize("marked", [0, 31, 32, 100])
def test_plain_calls_after_many_marks(marked, capture, fields):
    """What is told of a call with a late mark, or none, is the same after any number of messages that have one."""
    payloads = [request(f"marked-{number}", OFFERED) for number in range(marked)]
    for place in (1, 3, 4, 5):
        payloads += plain_call(f"plain-{place}", place)
    rows = fields(capture(lambda file: write_datagrams(file, payloads)), "frame.number", "skypefed.call",
                  "skypefed.call.verdict", where="skypefed.call")
    told = [[int(row[name][0]) for name in row] for row in rows[marked:]]
    assert [(frame - marked, call - marked, verdict) for frame, call, verdict in told] == [
        (2, 1, 0), (3, 1, 0), (4, 1, 1), (5, 1, 1), (9, 2, 1), (10, 2, 1), (15, 3, 1)]
