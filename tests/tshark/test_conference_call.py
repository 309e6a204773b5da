# SPDX-License-Identifier: GPL-2.0-or-later
"""A conference call from sign-in to quality report: the join, its media, their quality; and what is no join."""

import csv
import io
import json

import pytest

from crafted import request, session, stream_of, write_datagrams

SAMPLE = "conference-call.pcapng"
BEN = "<sip:ben@example.com>;tag={}"


def records(tshark, path, *args):
    return [json.loads(line) for line in tshark("-r", path, "-q", "-z", "skypefed,calls,json", *args).splitlines()]


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_table_names_join_media_and_quality(args, tshark, samples):
    join, audio = records(tshark, samples / SAMPLE, *args)
    assert (join["media_calls"], join["focus_call"], audio["media_calls"], audio["focus_call"]) == ([2], None, [], 1)
    assert (audio["mos"], audio["loss"], audio["jitter"], audio["round_trip"], audio["rating"]) == (2.4, 9.0, 36.0, 210.0, 2)
    assert audio["quality"] == "poor" and audio["verdict_name"] == "SRTP agreed"
    assert audio["quality_reason"] == ("jitter 36 ms, concealed audio 11.0 %, MOS lowered by 1.4; Wi-Fi, "
                                       "through the media relay, over TCP")
    media = ("verdict", "verdict_name", "streams", "mos", "loss", "jitter", "round_trip", "quality", "quality_reason",
             "rating", "quality_frame")
    assert [join[key] for key in media] == [audio[key] for key in media] and audio["streams"] == ["audio"]
    table = csv.DictReader(io.StringIO(tshark("-r", samples / SAMPLE, "-q", "-z", "skypefed,calls,csv", *args)))
    assert [(row["verdict_name"], row["mos"], row["loss"]) for row in table] == [("SRTP agreed", "2.4", "9.0")] * 2
    rows = tshark("-r", samples / SAMPLE, "-q", "-z", "skypefed,calls", *args).splitlines()[-2:]
    for row in rows:
        assert "SRTP agreed" in row and "2.4  9.0 " in row and "poor: jitter 36 ms" in row and "Answered" in row
    assert "audio in call 2" in rows[0] and "in call" not in rows[1]


def test_questions(tshark, samples):
    """The examples of the README."""
    def frames(where):
        return tshark("-r", samples / SAMPLE, "-Y", where, "-T", "fields", "-e", "frame.number").split()
    assert len(frames("skypefed.conference.user.lobby == 1")) == 1
    assert len(frames("skypefed.quality.poor == 1")) == 1
    assert len(frames("skypefed.expert.conference_failed")) == 1
    poor = tshark("-r", samples / SAMPLE, "-q", "-z", "skypefed,calls,skypefed.quality.poor == 1").splitlines()
    assert poor[-1].startswith("2 ") and poor[-2].startswith("Call ")


def test_no_secret(tshark, decoded, samples):
    assert "INVENTED" not in tshark("-r", samples / SAMPLE, "-V", "-2")
    assert "INVENTED" not in str(decoded(samples / SAMPLE))
    assert "INVENTED" not in tshark("-r", samples / SAMPLE, "-T", "fields", "-e", "xml.cdata", "-e", "xml.attribute")


def invite(call_id, role, conference="ABCD", organizer="clara", caller="ben", start="INVITE sip:x@example.com SIP/2.0",
           tag="", body=True, domain="example.com", epid=";epid=2539071F25", contact=None):
    receiver = f"<sip:{organizer}@{domain};gruu;opaque=app:conf:{role}:id:{conference}>{tag}"
    return request(call_id, session(stream_of("RTP/SAVP")) if body and role != "focus" else "", start=start,
                   sender=BEN.format(call_id).replace("ben", caller) + epid, receiver=receiver,
                   headers=f"Contact: <{contact}>\r\n" if contact else "")


def refused(call_id, role, **options):
    return [invite(call_id, role, **options),
            invite(call_id, role, start="SIP/2.0 486 Busy Here", tag=";tag=x", **options)]


def answered(call_id, role, **options):
    return [invite(call_id, role, **options), invite(call_id, role, start="SIP/2.0 200 OK", tag=";tag=x", **options)]


LAPTOP, PHONE = ";epid=2539071F25", ";epid=48a4a25bb1"
GRUU = "sip:ben@example.com;opaque=user:epid:{};gruu"
BYE = invite("f", "focus", start="BYE sip:x@example.com SIP/2.0", tag=";tag=x").replace(b"CSeq: 1", b"CSeq: 2")


@pytest.mark.parametrize("messages, media", [
    ([*answered("f", "focus"), *answered("m", "audio-video")], [[2], []]),
    ([*answered("f", "focus"), *answered("m", "audio-video"), *answered("n", "applicationsharing")], [[2, 3], [], []]),
    ([*answered("f", "focus"), *answered("m", "audio-video", conference="abcd", organizer="CLARA")], [[2], []]),
    ([*answered("f", "focus"), *answered("m", "audio-video", conference="ABCE")], [[], []]),
    ([*answered("f", "focus"), *answered("m", "audio-video", organizer="anna")], [[], []]),
    ([*answered("f", "focus"), *answered("m", "audio-video", caller="anna")], [[], []]),
    ([*answered("f", "focus"), BYE, *answered("m", "audio-video")], [[], []]),
    ([invite("f", "focus"), *answered("m", "audio-video")], [[], []]),
    ([*answered("m", "audio-video"), *answered("f", "focus")], [[], []]),
    ([*answered("f", "focus"), BYE, *answered("g", "focus"), *answered("m", "audio-video")], [[], [3], []]),
    ([*answered("f", "focus"), *answered("f", "focus"), *answered("m", "audio-video") * 2], [[2], []]),
    # A newer focus that let nobody in does not hide the older one.
    ([*answered("f", "focus"), *refused("g", "focus"), *answered("m", "audio-video")], [[3], [], []]),
    ([*answered("f", "focus"), invite("g", "focus"), *answered("m", "audio-video")], [[3], [], []]),
    # Two devices of one user, in turn: by epid, by the endpoint of the GRUU, by the address.
    ([*answered("f", "focus", epid=LAPTOP), *answered("g", "focus", epid=PHONE),
      *answered("m", "audio-video", epid=LAPTOP), *answered("n", "audio-video", epid=PHONE)], [[3], [4], [], []]),
    ([*answered("f", "focus", epid=LAPTOP), *answered("m", "audio-video", epid=PHONE)], [[], []]),
    ([*answered("f", "focus", epid="", contact=GRUU.format("one")),
      *answered("g", "focus", epid="", contact=GRUU.format("two")),
      *answered("m", "audio-video", epid="", contact=GRUU.format("one"))], [[3], [], []]),
    ([*answered("f", "focus", epid="", contact="sip:192.0.2.11:5060"),
      *answered("g", "focus", epid="", contact="sip:192.0.2.12:5060"),
      *answered("m", "audio-video", epid="", contact="sip:192.0.2.11:5061")], [[3], [], []]),
    ([*answered("f", "focus", epid=LAPTOP, contact="sip:192.0.2.11:5060"),
      *answered("m", "audio-video", epid=LAPTOP, contact="sip:192.0.2.12:5060")], [[2], []]),
    # Who does not tell a device has one, or nobody knows which.
    ([*answered("f", "focus", epid=LAPTOP), *answered("m", "audio-video", epid="")], [[2], []]),
    ([*answered("f", "focus", epid=LAPTOP), *answered("g", "focus", epid=PHONE),
      *answered("m", "audio-video", epid="")], [[], [], []]),
    # Organizer and id do not run into each other.
    ([*answered("f", "focus", conference="mABCD", domain="example.co"),
      *answered("m", "audio-video", conference="ABCD", domain="example.com")], [[], []]),
])
def test_join(messages, media, tshark, capture):
    path = capture(lambda file: write_datagrams(file, messages))
    found = records(tshark, path)
    assert [record["media_calls"] for record in found] == media
    for record in found:
        for number in record["media_calls"]:
            assert found[number - 1]["focus_call"] == record["call"]
