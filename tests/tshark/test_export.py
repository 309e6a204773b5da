# SPDX-License-Identifier: GPL-2.0-or-later
"""One record for each call, as JSON Lines and as CSV: read by other programs, held against the truth and the fields."""

import csv
import datetime
import io
import json
import re

import pytest

from crafted import calls_written, request, session, stream_of, write_datagrams

CALLS = 80
LISTS = ("media_calls", "codes", "meanings", "streams", "suites", "products", "frames", "conversation_evidence")
KEYS = ["call", "conference", "media_calls", "call_id", "caller", "caller_network", "caller_network_name", "callee",
        "callee_network",
        "callee_network_name", "origin", "origin_name", "outcome", "outcome_name", "response", "code", "brief", "meaning",
        "codes", "meanings", "verdict", "verdict_name", "media_seen", "media_seen_name",
        "media_direction", "media_direction_name", "media_packets", "media_directions", "media_streams", "mos", "loss",
        "jitter", "round_trip", "quality", "quality_reason", "rating", "quality_frame", "streams", "suites", "products",
        "hops", "start", "answered", "ended", "duration", "first_frame", "last_frame", "messages", "frames",
        "conversation", "conversation_evidence", "transferred_from", "media_sessions"]
# Fields of a message that say the same as members of the record of its call, when it is the last message.
SAME = {"skypefed.call": "call", "skypefed.call.outcome": "outcome", "skypefed.call.response": "response",
        "skypefed.call.code": "code", "skypefed.call.meaning": "meaning", "skypefed.conversation_number": "conversation"}


@pytest.fixture(scope="module")
def truth():
    """The truth about the generated calls; filled when their capture is written."""
    return []


@pytest.fixture(scope="module")
def generated(capture, truth):
    """The capture of the generated calls."""
    return capture(calls_written(CALLS, 23, truth))


@pytest.fixture(scope="module")
def export(tshark):
    """export(form, path, where="", args=()): the output of the export in that form."""
    def run(form, path, where="", args=()):
        return tshark("-r", path, "-q", "-z", f"skypefed,calls,{form}" + (f",{where}" if where else ""), *args)
    return run


def from_json(text):
    records = [json.loads(line) for line in text.splitlines()]
    assert all(list(record) == KEYS for record in records)
    return records


def from_csv(text):
    """The records, each cell as the value that JSON has in its place."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    records = []
    for row in reader:
        assert None not in row and None not in row.values()
        records.append({key: value_of(key, cell) for key, cell in row.items()})
    assert reader.fieldnames == KEYS
    return records


def stream_of_cell(text):
    """The sum of a stream, or a session: `call=1, stream=1, sender=caller, ...`; a name may have a comma too."""
    pairs = dict(pair.split("=", 1) for pair in re.split(r", (?=[a-z_]+=)", text))
    for name, value in pairs.items():
        if name in ("ssrcs", "codecs", "streams"):
            pairs[name] = value.split("+") if value else []
        elif name not in ("sender", "first", "last", "call_id", "start", "answered", "ended", "brief", "streams",
                          "duration") and not name.endswith("_name"):
            pairs[name] = int(value) if value else None
        else:
            pairs[name] = (float(value) if value and name == "duration" else value) or None
    return pairs


def value_of(key, cell):
    if key in ("media_streams", "media_sessions"):
        return [stream_of_cell(part) for part in re.split("; (?=call=)", cell)] if cell else []
    if key in LISTS:
        parts = cell.split("; ") if cell else []
        return [int(part) for part in parts] if key in ("codes", "frames", "media_calls") else parts
    if cell == "":
        return None
    is_text = key.endswith(("_name", "_id")) or key in ("caller", "callee", "brief", "meaning", "conference", "start", "answered",
                                                        "ended", "quality", "quality_reason")
    return cell if is_text else json.loads(cell)


def microseconds(text):
    """The number behind a time in ISO 8601; None for none."""
    if text is None:
        return None
    assert text.endswith("Z")
    moment = datetime.datetime.fromisoformat(text[:-1] + "+00:00")
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(microseconds=1)


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_records_are_the_truth(args, export, generated, truth):
    records = from_json(export("json", generated, args=args))
    assert len(records) == len(truth) == CALLS
    for record, call in zip(records, truth):
        assert record["call"] == call["number"] and record["first_frame"] == call["first_frame"]
        for key in ("caller", "callee", "caller_network", "callee_network", "verdict", "verdict_name"):
            assert record[key] == call[key], key
        assert record["outcome_name"] == call["outcome"]
        assert record["response"] == call["final_response"] and record["code"] == call["diagnostics"]
        assert record["codes"] == ([call["diagnostics"]] if call["diagnostics"] else [])
        assert [microseconds(record[key]) for key in ("start", "answered", "ended")] == [
            call["time"], call["answered"], call["ended"]]
        assert record["duration"] == call["duration"]
        assert record["suites"] == ([call["suite"]] if call["suite"] else [])


def test_records_and_fields_agree(export, fields, generated):
    records = from_json(export("json", generated))
    found = {}
    for row in fields(generated, "frame.number", "sip.Call-ID", "skypefed.product", *SAME, where="skypefed.call"):
        found.setdefault(int(row["skypefed.call"][0]), []).append(row)
    for record in records:
        rows = found[record["call"]]
        assert record["frames"] == [int(row["frame.number"][0]) for row in rows]
        assert record["messages"] == len(rows) and record["last_frame"] == record["frames"][-1]
        assert {row["sip.Call-ID"][0] for row in rows} == {record["call_id"]}
        products = [name for row in rows for name in row["skypefed.product"]]
        assert record["products"] == list(dict.fromkeys(products))
        for field, key in SAME.items():
            assert rows[-1][field] == ([] if record[key] is None else [str(record[key])]), field


@pytest.mark.parametrize("name", ["several-calls", "federation-failure", "media-failure", "teams-direct-routing",
                                  "forked-two-answers", "broken-bytes", "trust-header", "conference-call",
                                  "conference-join"])
def test_both_forms_say_the_same(name, export, samples):
    path = samples / (name + ".pcapng")
    records = from_json(export("json", path))
    text = export("csv", path)
    assert from_csv(text) == records
    assert records or name == "trust-header"


def test_numbers_have_their_words(export, samples):
    first, second, _ = from_json(export("json", samples / "federation-failure.pcapng"))
    assert (first["code"], second["code"]) == (1009, 1010)
    assert second["brief"] == "No TLS trust with the next server" and second["meaning"].startswith(second["brief"])
    assert second["codes"] == [1010, 1034] and second["meanings"][0] == second["meaning"]
    assert second["meanings"][1].startswith("The federated peer")
    assert (second["outcome_name"], second["caller_network_name"]) == ("Refused", "SIP domain")
    assert (second["hops"], second["streams"]) == (2, ["audio"])


def test_any_text_survives(export, capture):
    """Quotes, commas, separators, line ends and other scripts, in addresses and in reasons."""
    evil = '"a, \\"b\\"; c" <sip:%22q%22,%0d%0a%3b=%5c%c3%a9@example.org>;epid=2539071F25;tag=1'
    path = capture(lambda file: write_datagrams(file, [
        request("evil", session(stream_of("RTP/AVP")), sender=evil,
                headers='ms-diagnostics: 40001;reason="x,\\"y\\"; \u00e4 \\\\ z"\r\n')]))
    text = export("csv", path)
    (from_table,) = from_csv(text)
    (record,) = from_json(export("json", path))
    assert '"q"' in record["caller"] and "\u00e9@example.org" in record["caller"] and "\n" not in record["caller"]
    assert 'x,"y"; \u00e4' in record["meaning"]
    lists = {"meanings"}  # a semicolon in a text cannot be told from the one between two texts
    assert {key: value for key, value in from_table.items() if key not in lists} == {
        key: value for key, value in record.items() if key not in lists}
    assert text.count("\n") == 2


def test_filter_chooses_the_calls(export, generated, truth):
    expected = [call["number"] for call in truth if call["verdict"] == 4]
    for form, read in (("json", from_json), ("csv", from_csv)):
        records = read(export(form, generated, "skypefed.call.verdict == 4"))
        assert [record["call"] for record in records] == expected != []


# Filters that one message of a call passes, and the others do not.
ONE_MESSAGE = ("sip.Status-Code", "sip.Method == \"BYE\"", "skypefed.diagnostics", "sip.CSeq.method == \"INVITE\"")


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("where", ONE_MESSAGE)
def test_records_do_not_depend_on_the_filter(form, where, export, fields, generated):
    """Whichever message passes: the record is the one that the call has without a filter."""
    chosen = {row["skypefed.call"][0] for row in fields(generated, "skypefed.call", where=f"skypefed.call && ({where})")}
    lines = export(form, generated).splitlines()
    titles, records = (lines[:1], lines[1:]) if form == "csv" else ([], lines)
    expected = [line for line in records if (from_json(line)[0]["call"] if form == "json" else int(line.split(",")[0]))
                in {int(number) for number in chosen}]
    assert expected and export(form, generated, where).splitlines() == titles + expected


def test_each_frame_chooses_the_whole_record(export, samples):
    path = samples / "federation-failure.pcapng"
    records = export("json", path).splitlines()
    for record in records:
        for frame in json.loads(record)["frames"]:
            assert export("json", path, f"frame.number == {frame}").splitlines() == [record]


def test_capture_without_calls(export, samples):
    assert export("json", samples / "plain-sip.pcapng") == ""
    assert export("csv", samples / "plain-sip.pcapng").strip() == ",".join(KEYS)


def test_word_that_is_no_form_is_a_filter(tshark, generated):
    """`skypefed,calls,FILTER` goes on as it was, whatever the filter begins with."""
    shown = tshark("-r", generated, "-q", "-z", "skypefed,calls,json.member || skypefed.call == 2")
    assert "Filter: json.member || skypefed.call == 2" in shown and shown.count("@example.com") == 1
