# SPDX-License-Identifier: GPL-2.0-or-later
"""A conference call from sign-in to quality report: the join, its media, their quality; and what is no join."""

import csv
import io
import json
import re

import pytest

import media
import sharkd
from crafted import message, request, session, stream_of, write_datagrams

from test_statistics import tree

SAMPLE = "conference-call.pcapng"
BEN = "<sip:ben@example.com>;tag={}"


def records(tshark, path, *args):
    return [json.loads(line) for line in tshark("-r", path, "-q", "-z", "skypefed,calls,json", *args).splitlines()]


def table(tshark, path, *args, where=""):
    """The rows of the table, each as a dict of its cells."""
    lines = tshark("-r", path, "-q", "-z", "skypefed,calls" + where, *args).splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Call "))
    titles = [title.strip() for title in lines[first].split("  ") if title.strip()]
    starts = [lines[first].index(title) for title in titles] + [None]
    return [{title: line[start:end].strip() for title, start, end in zip(titles, starts, starts[1:])}
            for line in lines[first + 1:] if line]


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_one_row_names_join_media_and_quality(args, tshark, samples):
    join, = records(tshark, samples / SAMPLE, *args)
    audio, = join["media_sessions"]
    assert (join["call"], join["conference"], join["media_calls"]) == (1, "joined", [2])
    assert (join["mos"], join["loss"], join["jitter"], join["round_trip"], join["rating"]) == (2.4, 9.0, 36.0, 210.0, 2)
    assert join["quality"] == "poor" and join["verdict_name"] == "SRTP agreed" and join["streams"] == ["audio"]
    assert join["quality_reason"] == ("jitter 36 ms, concealed audio 11.0 %, MOS lowered by 1.4; Wi-Fi, "
                                      "through the media relay, over TCP")
    assert (audio["call"], audio["outcome_name"], audio["verdict_name"], audio["streams"], audio["duration"]) == (
        2, "Answered", "SRTP agreed", ["audio"], 37.32423)
    assert audio["call_id"] != join["call_id"] and audio["first_frame"] in join["frames"] == sorted(set(join["frames"]))
    assert {stream["call"] for stream in join["media_streams"]} == {2}
    csv_row, = csv.DictReader(io.StringIO(tshark("-r", samples / SAMPLE, "-q", "-z", "skypefed,calls,csv", *args)))
    assert (csv_row["verdict_name"], csv_row["mos"], csv_row["loss"]) == ("SRTP agreed", "2.4", "9.0")
    assert f"call_id={audio['call_id']}" in csv_row["media_sessions"]
    row, = table(tshark, samples / SAMPLE, *args)
    assert (row["Call"], row["Outcome"], row["Streams"], row["Verdict"], row["MOS"], row["Loss %"], row["Conference"]) == (
        "1", "Answered", "audio in call 2", "SRTP agreed", "2.4", "9.0", "joined")
    assert row["Quality"].startswith("poor: jitter 36 ms")


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("form", ["", ",json", ",csv"])
def test_each_message_of_a_join_chooses_its_row(form, args, tshark, samples):
    """Those of the session with media as well."""
    def rows(where):
        return tshark("-r", samples / SAMPLE, "-q", "-z", f"skypefed,calls{form}{where}", *args).splitlines()[-1]
    whole, = records(tshark, samples / SAMPLE)
    for frame in (whole["first_frame"], whole["media_sessions"][0]["first_frame"], whole["last_frame"]):
        assert rows(f",frame.number == {frame}") == rows("")
    if form:
        assert rows(",skypefed.call == 2") == rows("")


def test_window_table_has_one_row(stage, samples):
    (result,) = sharkd.ask(stage, samples / SAMPLE, [("tap", {"tap0": "nstat:skypefed,table"})])
    tap = result["taps"][0]
    titles = [field["c"] for field in tap["fields"]]
    (row,) = tap["tables"][0]["i"]
    cells = dict(zip(titles, row))
    assert (cells["Call"], cells["Streams"], cells["MOS"].strip(), cells["Conference"]) == (1, "audio in call 2", "2.4", "joined")


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_a_join_is_one_call_of_the_statistics(args, tshark, samples):
    counts = tree(tshark("-r", samples / SAMPLE, "-q", "-z", "skypefed,tree", *args))
    assert counts[("Calls",)] == counts[("Calls", "Calls by verdict")] == 1
    assert counts[("Calls", "Calls by verdict", "SRTP agreed")] == 1
    assert counts[("Calls", "Calls by verdict", "No media")] == 0
    assert counts[("Calls", "Calls by media seen", "No media captured so far")] == 1
    assert counts[("Calls", "Calls by product", "Skype for Business client")] == 1
    assert counts[("Calls", "Calls by caller's network", "SIP domain")] == 1


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_a_join_is_one_conversation(args, fields, tshark, samples):
    """With the reports on it, which come in messages of their own."""
    where = "skypefed.conversation_number == 1 || skypefed.conversation_number.joined == 1"
    rows = fields(samples / SAMPLE, "frame.number", "skypefed.call", "sip.Method", where=where, args=args)
    assert {row["skypefed.call"][0] for row in rows} == {"1", "2"}
    assert [row["frame.number"][0] for row in rows if row["sip.Method"] == ["SERVICE"]] == ["63", "67"]
    assert [row["frame.number"] for row in rows] == [
        row["frame.number"] for row in fields(samples / SAMPLE, "frame.number", where="skypefed.call", args=args)]
    evidence = fields(samples / SAMPLE, "skypefed.conversation_number.evidence", where="frame.number == 31", args=args)
    assert evidence == [{"skypefed.conversation_number.evidence": ["conference"]}]
    record, = records(tshark, samples / SAMPLE, *args)
    assert record["conversation_evidence"] == ["conference"]


def test_questions(tshark, samples):
    """The examples of the README."""
    def frames(where):
        return tshark("-r", samples / SAMPLE, "-Y", where, "-T", "fields", "-e", "frame.number").split()
    assert len(frames("skypefed.conference.user.lobby == 1")) == 1
    assert len(frames("skypefed.quality.poor == 1")) == 1
    assert len(frames("skypefed.expert.conference_failed")) == 1
    poor = tshark("-r", samples / SAMPLE, "-q", "-z", "skypefed,calls,skypefed.quality.poor == 1").splitlines()
    assert poor[-1].startswith("1 ") and poor[-2].startswith("Call ")


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
    # What is media of a conference stays that, whatever it says later.
    ([*answered("f", "focus"), *answered("m", "audio-video"), *answered("m", "focus"), *answered("n", "audio-video")],
     [[2, 3], [], []]),
    # No more than sixteen sessions.
    ([*answered("f", "focus"), *(message for number in range(17) for message in answered(f"m{number}", "audio-video"))],
     [[*range(2, 18)], *[[]] * 17]),
    # Organizer and id do not run into each other.
    ([*answered("f", "focus", conference="mABCD", domain="example.co"),
      *answered("m", "audio-video", conference="ABCD", domain="example.com")], [[], []]),
])
def test_join(messages, media, tshark, capture):
    """Calls in order; each has a row of its own unless it is media of another one."""
    path = capture(lambda file: write_datagrams(file, messages))
    folded = {number for numbers in media for number in numbers}
    alone = [number for number in range(1, len(media) + 1) if number not in folded]
    found = records(tshark, path)
    assert [(record["call"], record["media_calls"]) for record in found] == [
        (number, media[number - 1]) for number in alone]
    assert [[session["call"] for session in record["media_sessions"]] for record in found] == [
        media[number - 1] for number in alone]
    for args in (), ("-2",):
        assert [int(row["Call"]) for row in table(tshark, path, *args)] == alone


def with_body(message, body):
    """The same message with a C3P body."""
    head, _, _ = message.partition(b"\r\n\r\n")
    text = body.encode()
    return head.replace(b"Content-Length: 0", b"Content-Type: application/cccp+xml\r\nContent-Length: %d" % len(text)) + (
        b"\r\n\r\n" + text)


C3P = '<{0} xmlns="urn:ietf:params:xml:ns:cccp" requestId="7" from="sip:ben@example.com" to="sip:f"{1}>{2}</{0}>'
ADD = C3P.format("request", "", "<addUser/>")
ADDED = C3P.format("response", ' code="success"', "<addUser/>")
NOT_ADDED = C3P.format("response", ' code="failure"', '<addUser reason="notAuthorized"/>')
ENDS = "ms-client-diagnostics: 22; reason=\"Call failed to establish due to a media connectivity failure\"\r\n"


def ended(call_id, role, headers=""):
    """BYE with what ended the session."""
    bye = invite(call_id, role, start="BYE sip:x@example.com SIP/2.0", tag=";tag=x", body=False)
    return bye.replace(b"CSeq: 1", b"CSeq: 2").replace(b"Content-Length", headers.encode() + b"Content-Length")


def joined(answer=ADDED, status="200 OK"):
    return [with_body(invite("f", "focus"), ADD),
            with_body(invite("f", "focus", start=f"SIP/2.0 {status}", tag=";tag=x"), answer)]


# Name -> (messages, cells of the one row)
ROWS = {
    "all well": ([*joined(), *answered("m", "audio-video")],
                 {"Outcome": "Answered", "Conference": "joined", "Streams": "audio in call 2"}),
    "a media server refuses": (
        [*joined(), *refused("m", "audio-video")],
        {"Outcome": "Answered, call 2: Refused", "Conference": "joined", "Verdict": "No media"}),
    "media fails": (
        [*joined(), *answered("m", "audio-video"), ended("m", "audio-video", ENDS)],
        {"Outcome": "Answered, call 2: Failed media", "Conference": "joined", "Code": "22", "Streams": "audio in call 2",
         "Meaning": "call 2: No media path could be set up, both ends internal"}),
    "one of two fails": (
        [*joined(), *answered("m", "audio-video"), *refused("n", "applicationsharing")],
        {"Outcome": "Answered, call 3: Refused", "Verdict": "Not compatible", "Streams": "audio in call 2, audio in call 3"}),
    "the focus refuses": (joined(NOT_ADDED, "403 Forbidden"),
                          {"Outcome": "Refused", "Conference": "not joined: notAuthorized", "Streams": "-"}),
    "the focus refuses in its answer": (joined(NOT_ADDED), {"Outcome": "Answered", "Conference": "not joined: notAuthorized"}),
    "the focus refuses without a word": (refused("f", "focus"), {"Outcome": "Refused", "Conference": "not joined"}),
    "no command": (answered("f", "focus"), {"Outcome": "Answered", "Conference": "joined"}),
    "no answer yet": ([invite("f", "focus")], {"Outcome": "Unknown", "Conference": "-"}),
    "no conference": (answered("m", "other"), {"Outcome": "Answered", "Conference": "-"}),
}


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("name", ROWS)
def test_row(name, args, tshark, capture):
    messages, cells = ROWS[name]
    row, = table(tshark, capture(lambda file: write_datagrams(file, messages)), *args)
    assert {title: row[title] for title in cells} == cells


def test_ticket_of_a_join_whose_media_failed(tshark, capture):
    messages, _ = ROWS["media fails"]
    text = tshark("-r", capture(lambda file: write_datagrams(file, messages)), "-q", "-z", "skypefed,support")
    assert text.count("\nCall ") == 1 and "\nCall 1, from frame 1\n" in text
    assert "  Outcome               Answered, call 2: Failed media\n" in text
    assert "  Meaning               call 2: No media path could be set up, both ends internal\n" in text
    assert ("  To change             Call 2: Check firewalls and routing between their networks, and that both reach the "
            "Edge\n") in text


def test_media_that_is_protected_otherwise_is_mixed(tshark, capture):
    clear = [invite("n", "applicationsharing").replace(b"RTP/SAVP", b"RTP/AVP "),
             invite("n", "applicationsharing", start="SIP/2.0 200 OK", tag=";tag=x").replace(b"RTP/SAVP", b"RTP/AVP ")]
    keyed = [one.replace(b"RTP/SAVP", b"UDP/TLS/RTP/SAVP") for one in answered("m", "audio-video")]
    path = capture(lambda file: write_datagrams(file, [*joined(), *clear]))
    assert table(tshark, path)[0]["Verdict"] == "Clear RTP agreed"
    path = capture(lambda file: write_datagrams(file, [*joined(), *clear, *with_length(keyed)]))
    row, = table(tshark, path)
    assert row["Verdict"] == "Mixed" and row["Streams"] == "audio in call 2, audio in call 3"
    ticket = tshark("-r", path, "-q", "-z", "skypefed,support")
    assert re.search(r"  Verdict +Mixed \(audio in call 2: Clear RTP agreed; audio in call 3: Not compatible\)\n", ticket)


def with_media(name, port, by_caller, by_callee):
    """Events of a session with media at ports of its own: its messages, and what each side sends."""
    clear = [one.replace(b"RTP/SAVP", b"RTP/AVP ").replace(b"50018", b"%d" % port) for one in answered(name, "audio-video")]
    here, there = (media.OFFERER[0], port), (media.ANSWERER[0], port)
    invitation, answer = clear[0], clear[1].replace(b"IP4 192.0.2.10", b"IP4 192.0.2.20")
    return ((*media.SIGNALING, invitation), (*reversed(media.SIGNALING), answer),
            *media.sent(media.Media(here, there), by_caller), *media.sent(media.Media(there, here), by_callee))


@pytest.mark.parametrize("sent, direction", [
    (((80, 0), (80, 0)), "The caller only"), (((0, 80), (0, 80)), "The callee only"), (((80, 0), (0, 80)), "Both sides"),
    (((80, 0), (80, 80)), "Both sides"), (((0, 0), (0, 80)), "The callee only"), (((80, 0), (0, 0)), "The caller only"),
    (((0, 0), (0, 0)), "Nobody")])
def test_who_sent_media_in_any_session(sent, direction, tshark, capture):
    focus = [(*ends, one) for ends, one in zip((media.SIGNALING, media.SIGNALING[::-1]), answered("f", "focus"))]
    events = [*focus, *with_media("m", 50018, *sent[0]), *with_media("n", 50022, *sent[1]), 10_000_000]
    bye = [(*media.SIGNALING, ended(name, "audio-video")) for name in "mn"]
    join, = records(tshark, capture(lambda file: media.play(file, *events, *bye)))
    assert (join["media_calls"], join["media_direction_name"]) == ([2, 3], direction)
    assert join["media_packets"] == sum(map(sum, sent))


def with_length(messages):
    return [message.with_true_length(one) for one in messages]
