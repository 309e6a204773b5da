# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports on a call that come in another conversation are joined with it, by the ids of its dialog and by nothing else."""

import csv
import io
import json

import pytest

import sharkd
from crafted import request, session, stream_of, write_datagrams, written, wire, scenario

PLAIN = {"sender": "<sip:nora@example.org>;tag=caller1", "receiver": "<sip:anna@example.com>"}
CALL = {"sender": "<sip:nora@example.org>;tag=caller1;epid=2539071F25", "receiver": "<sip:anna@example.com>"}
QUALITY_KEYS = ("mos", "loss", "jitter", "round_trip", "quality", "quality_reason", "rating", "quality_frame")


def invite(call_id, **options):
    return request(call_id, session(stream_of("RTP/SAVP")), **{**CALL, **options})


def answer(call_id):
    return (request(call_id, session(stream_of("RTP/SAVP")), start="SIP/2.0 200 OK", **CALL)
            .replace(b"To: <sip:anna@example.com>", b"To: <sip:anna@example.com>;tag=callee1"))


def bye(call_id):
    return request(call_id, start="BYE sip:anna@example.com SIP/2.0",
                   **{**CALL, "receiver": "<sip:anna@example.com>;tag=callee1"}).replace(b"CSeq: 1", b"CSeq: 2")


def xml_report(call_id, from_tag="caller1", to_tag="callee1", loss="0.02", jitter="8", mos="3.9", kind="VQSessionReport",
               description="", **_):
    tags = "".join(f' {name}="{tag}"' for name, tag in (("FromTag", from_tag), ("ToTag", to_tag)) if tag)
    return (f'<VQReportEvent xmlns="ms-rtcp-metrics"><{kind} SessionId="x"><DialogInfo CallId="{call_id}"{tags}/>'
            f'<MediaLine Label="main-audio"><Description>{description}</Description><InboundStream><Network>'
            f"<Jitter><InterArrival>{jitter}</InterArrival></Jitter><PacketLoss><LossRate>{loss}</LossRate></PacketLoss>"
            f"</Network><QualityEstimates><Audio><NetworkMOS><OverallAvg>{mos}</OverallAvg></NetworkMOS></Audio>"
            f"</QualityEstimates></InboundStream></MediaLine></{kind}></VQReportEvent>")


def service(body, name="report", kind="application/vq-rtcpxr+xml", **options):
    return request(name, body, content_type=kind, start="SERVICE sip:qoe@example.com SIP/2.0",
                   **{"sender": "<sip:nora@example.org>;tag=other;epid=2539071F25", **options})


def text_report(call_id, tags=";to-tag=callee1;from-tag=caller1", kind="VQSessionReport: CallTerm"):
    return (f"{kind}\r\nCallID: {call_id}\r\nLocalMetrics:\r\nPacketLoss:NLR=11.5 JDR=1.0\r\nDelay:RTD=90 IAJ=12\r\n"
            f"QualityEst:MOSLQ=3.2 MOSCQ=3.0\r\nDialogID:{call_id}{tags}\r\n")


def publish(body, **options):
    return request("publish", body, content_type="application/vq-rtcpxr", start="PUBLISH sip:collector@example.com SIP/2.0",
                   **{"sender": "<sip:sbc@example.org>;tag=sbc", **options})


@pytest.fixture
def records(tshark, capture):
    """records(messages, *args): the records of the calls of these messages, and the capture."""
    def run(messages, *args, where=""):
        path = capture(lambda file: write_datagrams(file, messages))
        text = tshark("-r", path, "-q", "-z", "skypefed,calls,json" + where, *args)
        return [json.loads(line) for line in text.splitlines()], path
    return run


def quality(record):
    return [record[key] for key in QUALITY_KEYS]


WIFI = "<NetworkConnectivityInfo><NetworkConnection>wifi</NetworkConnection></NetworkConnectivityInfo>"
NONE = [None] * 8

# Name -> (reports after the call "c1", the quality in its record).
JOINED = {
    "caller's report": ([service(xml_report("c1"))], [3.9, 2.0, 8.0, None, "not poor", None, None, 4]),
    "callee's report, tags the other way round": ([service(xml_report("c1", "callee1", "caller1", loss="0.125"))],
                                                  [3.9, 12.5, 8.0, None, "poor", "packet loss 12.5 %", None, 4]),
    "both sides": ([service(xml_report("c1", jitter="31", mos="3.1", description=WIFI)),
                    service(xml_report("c1", "callee1", "caller1", loss="0.2"), "second")],
                   [3.1, 20.0, 31.0, None, "poor", "jitter 31 ms, packet loss 20.0 %; Wi-Fi", None, 5]),
    "the same again": ([service(xml_report("c1"))] * 2, [3.9, 2.0, 8.0, None, "not poor", None, None, 5]),
    "interval, then all": ([service(xml_report("c1", loss="0.5", kind="VQSessionIntervalReport")),
                            service(xml_report("c1", loss="0.01"))],
                           [3.9, 1.0, 8.0, None, "not poor", None, None, 5]),
    "all, then interval": ([service(xml_report("c1", loss="0.01")),
                            service(xml_report("c1", loss="0.5", kind="VQSessionIntervalReport"))],
                           [3.9, 1.0, 8.0, None, "not poor", None, None, 4]),
    "interval alone": ([service(xml_report("c1", loss="0.5", kind="VQSessionIntervalReport"))],
                       [3.9, 50.0, 8.0, None, "poor", "packet loss 50.0 %", None, 4]),
    "without tags": ([service(xml_report("c1", "", ""))], [3.9, 2.0, 8.0, None, "not poor", None, None, 4]),
    "wrong tags": ([service(xml_report("c1", "stranger", "other"))], NONE),
    "callee's tag alone": ([service(xml_report("c1", "", "callee1"))], NONE),
    "another call": ([service(xml_report("c2"))], NONE),
    "rating": ([service('<CallQualityFeedbackReport CallId="c1" FromTag="caller1" ToTag="callee1"><Rating>2</Rating>'
                        "</CallQualityFeedbackReport>", kind="application/ms-cqf+xml")],
               [None, None, None, None, None, None, 2, None]),
    "RFC 6035": ([publish(text_report("c1"))], [3.2, 11.5, 12.0, 90.0, "poor", "packet loss 11.5 %", None, 4]),
    "RFC 6035, MOS not available": ([publish(text_report("c1").replace("MOSLQ=3.2 MOSCQ=3.0", "MOSLQ=12.7 MOSCQ=127"))],
                                    [None, 11.5, 12.0, 90.0, "poor", "packet loss 11.5 %", None, 4]),
    "RFC 6035, MOS of zero": ([publish(text_report("c1").replace("MOSLQ=3.2 MOSCQ=3.0", "MOSLQ=0.0 MOSCQ=2.9"))],
                              [2.9, 11.5, 12.0, 90.0, "poor", "packet loss 11.5 %", None, 4]),
    "RFC 6035, only the Call-ID": ([publish(text_report("c1", ""))],
                                   [3.2, 11.5, 12.0, 90.0, "poor", "packet loss 11.5 %", None, 4]),
    "RFC 6035, wrong tags": ([publish(text_report("c1", ";to-tag=a;from-tag=b"))], NONE),
    "RFC 6035, interval, then all": ([publish(text_report("c1", kind="VQIntervalReport")),
                                      publish(text_report("c1").replace("NLR=11.5", "NLR=1.5"))],
                                     [3.2, 1.5, 12.0, 90.0, "not poor", None, None, 5]),
    "no media path": ([service(xml_report("c1", description="<Connectivity><Ice>FAILED</Ice></Connectivity>"))],
                      [None, None, None, None, "no media path", None, None, 4]),
    "in a response": ([service(xml_report("c1")).replace(b"SERVICE sip:qoe@example.com SIP/2.0", b"SIP/2.0 200 OK", 1)],
                      NONE),
    "broken XML": ([service(xml_report("c1")[:-120])], [None, 2.0, 8.0, None, "not poor", None, None, 4]),
    "encoded": ([service(xml_report("c1"), headers="Content-Encoding: gzip\r\n")], NONE),
}


@pytest.mark.parametrize("name", JOINED)
def test_join(name, records, fields):
    reports, expected = JOINED[name]
    [record], path = records([invite("c1"), answer("c1"), bye("c1"), *reports])
    assert quality(record) == expected
    is_joined = expected != NONE
    assert record["frames"] == [1, 2, 3] + (list(range(4, 4 + len(reports))) if is_joined else [])
    assert record["call_id"] == "c1" and record["outcome_name"] == "Answered"
    for args in ((), ("-2",)):
        rows = fields(path, "skypefed.call", "skypefed.call.begins_in", args=args)[3:]
        assert all(bool(row["skypefed.call"]) == is_joined for row in rows)
        assert not is_joined or all(row == {"skypefed.call": ["1"], "skypefed.call.begins_in": ["1"]} for row in rows)


TABLED = ["interval, then all", "all, then interval", "both sides", "rating", "RFC 6035", "no media path", "another call",
          "broken XML"]


@pytest.mark.parametrize("name", TABLED)
def test_window_asks_later(name, stage, records):
    """Loading a capture reads no more of a report than whose it is; the table, opened later, has it all the same."""
    reports, (mos, *_, verdict, reason, rating, _) = JOINED[name]
    _, path = records([invite("c1"), answer("c1"), bye("c1"), *reports])
    for result in sharkd.ask(stage, path, [("tap", {"tap0": "nstat:skypefed,table"})] * 2):
        tap = result["taps"][0]
        cells = dict(zip([field["c"] for field in tap["fields"]], tap["tables"][0]["i"][0]))
        assert cells["MOS"].strip() == ("" if mos is None else f"{mos:.1f}")
        words = [": ".join(filter(None, (verdict, reason))), f"rated {rating} of 5" if rating else ""]
        assert cells["Quality"].strip() == "; ".join(filter(None, words))


def both(*reports):
    """A message with these reports as parts of its body."""
    parts = "".join(f"--b\r\nContent-Type: application/vq-rtcpxr+xml\r\n\r\n{report}\r\n" for report in reports)
    return service(f"{parts}--b--\r\n", kind="multipart/mixed;boundary=b")


@pytest.mark.parametrize("messages", [
    [invite("c1"), invite("c2"), both(xml_report("c1"), xml_report("c2", mos="1.2"))],
    [invite("c1"), service(xml_report("c1", "", "")), invite("c1", sender="<sip:nora@example.org>;tag=caller2")],
    [invite("c1"), both(xml_report("c1"), xml_report("c2", mos="1.2")), invite("c2")],
], ids=["two calls", "Call-ID again later", "call comes later"])
def test_later_is_the_same(messages, stage, records):
    """What a table takes in when it is opened is what the first pass would have taken in."""
    found, path = records(messages)
    assert any(record["mos"] for record in found)
    for result in sharkd.ask(stage, path, [("tap", {"tap0": "nstat:skypefed,table"})] * 2):
        tap = result["taps"][0]
        titles = [field["c"] for field in tap["fields"]]
        rows = [dict(zip(titles, row)) for row in tap["tables"][0]["i"]]
        assert [row["MOS"].strip() for row in rows] == [f"{record['mos']:.1f}" if record["mos"] else "" for record in found]


def test_escaped_call_id(records):
    [record], _ = records([invite("c1&x<y>"), service(xml_report("c1&amp;x&lt;y&#62;"))])
    assert record["mos"] == 3.9 and record["call_id"] == "c1&x<y>"


def test_ambiguous_call_id(records):
    """Two calls of other parties have the same Call-ID: without a tag nobody can tell which is meant."""
    other = {"sender": "<sip:ben@example.org>;tag=caller2;epid=2539071F25", "receiver": "<sip:carol@example.com>"}
    messages = [invite("c1"), invite("c1", **other)]
    found, _ = records([*messages, service(xml_report("c1", "", ""))])
    assert [record["mos"] for record in found] == [None, None]
    found, _ = records([*messages, service(xml_report("c1", "caller2", "x"))])
    assert [record["mos"] for record in found] == [None, 3.9]


def test_several_calls_of_one_report(records):
    parts = [xml_report(name, mos=mos).removeprefix('<VQReportEvent xmlns="ms-rtcp-metrics">').removesuffix(
        "</VQReportEvent>") for name, mos in (("c2", "2.5"), ("c1", "4.0"))]
    found, _ = records([invite("c1"), invite("c2"), service(f"<VQReportEvent>{''.join(parts)}</VQReportEvent>")])
    assert [record["mos"] for record in found] == [4.0, 2.5]


def test_report_shows_a_call_without_a_mark(records, fields):
    """An SBC's report on a plain SIP call shows nothing; Microsoft's report says that it is one of its calls."""
    plain = [invite("c1", **PLAIN)]
    assert records([*plain, publish(text_report("c1"))])[0] == []
    [record], path = records([*plain, service(xml_report("c1"))])
    assert record["mos"] == 3.9 and record["first_frame"] == 1
    assert [row["skypefed.call"] for row in fields(path, "skypefed.call")] == [[], ["1"]]


def test_minutes_later_on_another_connection(tshark, capture):
    def conversation(payloads, start):
        def frames(number):
            link = wire.TcpConversation(*scenario.endpoints(number), scenario.START + start,
                                        segment=wire.OFFLOADED_SEGMENT)
            return scenario.play(link, scenario.Conversation(payloads))
        return frames

    path = capture(written([
        conversation([("a", invite("c1")), ("b", answer("c1")), ("a", bye("c1"))], 0),
        conversation([("a", service(xml_report("c1", jitter="44")))], 600_000_000)]))
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))
    assert record["jitter"] == 44.0 and record["quality"] == "poor"


def test_filters_and_forms(tshark, records):
    """`calls that had poor audio`: the report counts as a message of the call that it is about."""
    messages = [invite("c1"), invite("c2"), service(xml_report("c2", jitter="31", description=WIFI)),
                service(xml_report("c1"), "good")]
    [record], path = records(messages, where=",skypefed.quality.poor == 1")
    assert record["call_id"] == "c2"
    table = tshark("-r", path, "-q", "-z", "skypefed,calls,skypefed.quality.poor == 1").splitlines()
    assert "poor: jitter 31 ms; Wi-Fi" in table[-1] and "3.9" in table[-1]
    rows = list(csv.DictReader(io.StringIO(tshark("-r", path, "-q", "-z", "skypefed,calls,csv"), newline="")))
    assert [(row["mos"], row["loss"], row["quality"], row["quality_reason"]) for row in rows] == [
        ("3.9", "2.0", "not poor", ""), ("3.9", "2.0", "poor", "jitter 31 ms; Wi-Fi")]


def test_error_report_names_its_call(records, fields):
    body = ('<reportError><error callId="c1" fromTag="caller1" toTag="callee1" requestType="INVITE" responseCode="504">'
            "<diagHeader>1008</diagHeader></error></reportError>")
    [record], path = records([invite("c1"), service(body, kind="application/msrtc-reporterror+xml")])
    assert quality(record) == NONE and record["codes"] == []
    assert fields(path, "skypefed.call")[1] == {"skypefed.call": ["1"]}
