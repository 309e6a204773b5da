# SPDX-License-Identifier: GPL-2.0-or-later
"""The samples are what the generator writes, and stock tshark finds nothing wrong with how they travel."""

import collections
import io
import itertools
import re
import subprocess
import sys

import pytest

import microsoft_headers
from stage import REPOSITORY

SAMPLES = REPOSITORY / "samples"
MESSAGES = SAMPLES / "messages"
sys.path.insert(0, str(SAMPLES))

from generator import (  # noqa: E402  (found by the line above)
    broken, calls, catalog, datagram, message, mixture, pcapng, scenario, stream, tls, variants, wire)

CHECKSUMS = ("ip.checksum.status", "tcp.checksum.status", "udp.checksum.status")
CHECKED = [argument for layer in ("ip", "tcp", "udp") for argument in ("-o", layer + ".check_checksum:TRUE")]
GOOD = "1"

# Wireshark's MIME reader gives up at a part whose header lines end in a bare LF.
MALFORMED_IN_STOCK = {variants.BASE + "-bare-lf"}

# The headers that the plugin explains, and the standard ones that carry Microsoft values; each must stand in a sample.
HEADERS = {name.lower() for name, header in microsoft_headers.HEADERS.items() if header.is_sampled} | set("""
    allow-events contact record-route referred-by route server supported user-agent via warning www-authenticate
""".split())


def is_broken(name):
    return name.startswith("broken-")


def sound_messages():
    """The message files that are to be well-formed."""
    return sorted(path for path in MESSAGES.rglob("*.sip")
                  if not is_broken(path.relative_to(MESSAGES).parts[0]))


def generated(name):
    file = io.BytesIO()
    catalog.write(name, file)
    return file.getvalue()


@pytest.fixture
def capture(scratch):
    """capture(bytes): path of a capture file with that content, which tshark may read."""
    numbers = itertools.count(1)

    def write(content):
        path = scratch / f"{next(numbers)}.pcapng"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("name", catalog.names())
def test_generator_writes_what_is_committed(name):
    assert generated(name) == (SAMPLES / (name + ".pcapng")).read_bytes()


def test_every_committed_capture_has_a_recipe():
    assert sorted(path.stem for path in SAMPLES.glob("*.pcapng")) == catalog.names()


@pytest.mark.parametrize("name", catalog.names())
def test_layers_below_sip_are_right(name, fields, samples):
    rows = fields(samples / (name + ".pcapng"), *CHECKSUMS, "tcp.analysis.flags", "_ws.malformed", "frame.number",
                  args=CHECKED, plugin=False)
    assert rows
    for row in rows:
        states = [state for checksum in CHECKSUMS for state in row[checksum]]
        assert set(states) <= {GOOD}, row
        assert states, row
        assert not row["tcp.analysis.flags"], row
        assert not row["_ws.malformed"] or is_broken(name) or name in MALFORMED_IN_STOCK, row


def test_wrong_checksum_would_be_noticed(fields, capture):
    content = bytearray(generated(variants.BASE))
    content[content.index(b"INVITE sip:")] ^= 1
    rows = fields(capture(content), *CHECKSUMS, args=CHECKED, plugin=False)
    assert any(state != GOOD for row in rows for checksum in CHECKSUMS for state in row[checksum])


@pytest.mark.parametrize("name", [name for name in scenario.names() if not is_broken(name)])
def test_each_message_is_dissected_as_sip(name, fields, samples):
    rows = fields(samples / (name + ".pcapng"), "sip.Request-Line", "sip.Status-Line", where="sip", plugin=False)
    seen = [line for row in rows for line in row["sip.Request-Line"] + row["sip.Status-Line"]]
    written = [message.start_line(path.read_bytes()) for path in (MESSAGES / name).rglob("*.sip")]
    assert sorted(seen) == sorted(written)


@pytest.mark.parametrize("path", sound_messages(), ids=lambda path: str(path.relative_to(MESSAGES)))
def test_message_files_have_true_length_and_line_ends(path):
    content = path.read_bytes()
    head, separator, body = message.split(content)
    assert separator == b"\r\n\r\n"
    assert int(message.header(content, "Content-Length", "l")) == len(body)
    assert head.count(b"\n") == head.count(b"\r\n")
    if (message.header(content, "Content-Type", "c") or "").startswith(("application/sdp", "multipart/")):
        assert body.count(b"\n") == body.count(b"\r\n")


def test_every_header_stands_in_a_sample():
    names = {line.partition(b":")[0].strip().lower().decode("ascii", "replace")
             for path in sound_messages() for line in message.split(path.read_bytes())[0].splitlines()[1:]}
    assert not HEADERS - names


def test_base_message_is_the_one_of_the_article(fields, samples):
    [row] = fields(samples / (variants.BASE + ".pcapng"), "sip.Content-Length", "sip.Via", "sdp.media",
                   where="sip", plugin=False)
    assert row["sip.Content-Length"] == ["4174"]
    assert len(row["sip.Via"]) == 4
    assert row["sdp.media"] == ["audio 50018 RTP/AVP 9 0 8 115 13 118 97 101",
                                "audio 49160 RTP/AVP 9 0 8 115 13 118 97 101"]


def test_forms_differ_from_the_message_in_nothing_else():
    text = variants.invite().decode("ascii")
    assert variants.bare_lf(text).replace("\n", "\r\n") == text
    assert re.sub(r"\r\n[ \t]", "", variants.folded(text)) == text
    assert variants.upper_case(text).lower() == text.lower()
    assert variants.padded_base64(text).replace("==", "").replace("= ", " ") == text
    assert variants.compact(text).partition("\r\n\r\n")[2] == text.partition("\r\n\r\n")[2]
    squeezed = re.sub(r'[ "]', "", variants.loose_blanks(text)).lower()
    assert squeezed == re.sub(r'[ "]', "", text).lower()


@pytest.mark.parametrize("form, mark", [
    ("compact", rb"(?m)^l: 4174\r$"), ("upper-case", rb"(?m)^RECORD-ROUTE: "), ("folded", rb"\r\n\t;"),
    ("bare-lf", rb"[^\r]\n\n--KKW"), ("padded-base64", rb" UDP"), ("loose-blanks", rb"; epid=")])
def test_form_shows_what_it_is_named_after(form, mark):
    changed = b"".join(frame for _, frame in variants.frames(f"{variants.BASE}-{form}"))
    plain = b"".join(frame for _, frame in scenario.frames(scenario.load(variants.BASE)))
    if form == "padded-base64":
        mark = rb"a=candidate:\S{43}= \d \S{22}== UDP"
    assert re.search(mark, changed)
    assert not re.search(mark, plain)


def test_small_segments_hold_the_start_of_the_next_message(fields, samples):
    rows = fields(samples / (variants.BASE + "-small-segments.pcapng"), "sip.Method", "tcp.len", where="sip",
                  plugin=False)
    assert [row["sip.Method"] for row in rows] == [["INVITE"], ["ACK"], ["BYE"]]
    assert rows[0]["tcp.len"] == [str(variants.SMALL_SEGMENT)]


def test_three_messages_share_a_segment(fields, samples):
    [row] = fields(samples / (variants.BASE + "-three-messages.pcapng"), "sip.Method", where="sip", plugin=False)
    assert row["sip.Method"] == ["INVITE", "ACK", "BYE"]


def test_mixture_holds_calls_with_and_without_marks_and_other_traffic(fields, samples):
    rows = fields(samples / "several-calls.pcapng", "sip.Call-ID", "frame.protocols", plugin=False)
    calls_seen = {call for row in rows for call in row["sip.Call-ID"]}
    assert len(calls_seen) == len(mixture.MIXTURES["several-calls"]) >= 5
    protocols = {protocol for row in rows for names in row["frame.protocols"] for protocol in names.split(":")}
    assert {"sip", "dns", "http", "syslog"} <= protocols


def tls_capture(recording, with_secrets=True):
    file = io.BytesIO()
    writer = pcapng.Writer(file)
    if with_secrets:
        writer.secrets(tls.key_log(recording))
    for microseconds, frame in tls.frames(recording):
        writer.packet(microseconds, frame)
    return file.getvalue()


def test_fresh_tls_session_opens_with_its_secrets(fields, capture, tmp_path):
    tls.save(tls.record(), tmp_path / "session.json")
    recording = tls.load(tmp_path / "session.json")
    [row] = fields(capture(tls_capture(recording)), "tls.record.version", "sip.Method", "sip.Content-Length",
                   where="tls && sip", plugin=False)
    assert row["tls.record.version"] and row["sip.Method"] == ["INVITE"]
    assert row["sip.Content-Length"] == ["4174"]
    assert not fields(capture(tls_capture(recording, with_secrets=False)), "sip.Method", where="sip", plugin=False)


def test_recording_of_another_message_is_refused(monkeypatch):
    changed = variants.invite().replace(b"Max-Forwards: 67", b"Max-Forwards: 66")
    monkeypatch.setattr(variants, "invite", lambda: changed)
    with pytest.raises(tls.StaleRecording, match="--record-tls"):
        tls.load()


def test_stream_ignores_the_borders_of_messages(fields, capture):
    file = io.BytesIO()
    invite = variants.invite()
    stream.write(file, [invite, variants.follow_up(invite, "BYE")], segment=1000)
    rows = fields(capture(file.getvalue()), "sip.Method", "tcp.len", plugin=False)
    sizes = [int(size) for row in rows for size in row["tcp.len"] if int(size)]
    assert set(sizes[:-1]) == {1000} and len(invite) % 1000
    assert [row["sip.Method"] for row in rows if row["sip.Method"]] == [["INVITE"], ["BYE"]]


@pytest.mark.parametrize("payload", [b"x", b"OPTIONS", bytes(1472), b"\xff" * 1001], ids=len)
def test_plain_headers_equal_those_of_scapy(payload):
    ends = scenario.endpoints(3, over_tcp=False)
    [(_, expected)] = wire.UdpConversation(*ends, scenario.START).send("a", payload)
    ip_id = int.from_bytes(expected[18:20], "big")
    assert datagram.frame(*ends, ip_id, payload) == expected


CALLS = 120


@pytest.fixture
def many_calls(capture):
    """(path of a capture of generated calls, the truth about them)"""
    truth, file = [], io.BytesIO()
    writer = pcapng.Writer(file)
    for microseconds, frame in calls.frames(CALLS, seed=7, truth=truth):
        writer.packet(microseconds, frame)
    return capture(file.getvalue()), truth


def test_generated_calls_are_what_their_truth_says(many_calls, fields):
    path, truth = many_calls
    rows = fields(path, "frame.number", "frame.time_epoch", "sip.Call-ID", "sip.from.user", "sip.to.user",
                  "sip.CSeq.method", "sip.Status-Code", "sip.Method", *CHECKSUMS, args=CHECKED, plugin=False)
    assert {state for row in rows for checksum in CHECKSUMS for state in row[checksum]} == {GOOD}
    by_call = collections.OrderedDict()
    for row in rows:
        by_call.setdefault(row["sip.Call-ID"][0], []).append(row)
    assert len(by_call) == len(truth) == CALLS
    for number, (call, seen) in enumerate(zip(truth, by_call.values()), 1):
        finals = [row for row in seen if row["sip.CSeq.method"] == ["INVITE"]
                  and row["sip.Status-Code"] and int(row["sip.Status-Code"][0]) >= 200]
        byes = [row for row in seen if row["sip.Method"] == ["BYE"]]
        assert call["number"] == number
        assert call["first_frame"] == int(seen[0]["frame.number"][0])
        assert call["time"] == microseconds(seen[0])
        assert call["caller"].partition("@")[0] == seen[0]["sip.from.user"][0].partition("(")[0]
        assert call["callee"].partition("@")[0] == seen[0]["sip.to.user"][0]
        assert call["final_response"] == (int(finals[0]["sip.Status-Code"][0]) if finals else None)
        if call["duration"] is not None:
            assert round(call["duration"] * 1_000_000) == microseconds(byes[0]) - microseconds(finals[0])
        assert bool(byes) == (call["duration"] is not None)


def microseconds(row):
    """The time of a frame in microseconds since 1970."""
    seconds, fraction = row["frame.time_epoch"][0].split(".")
    return int(seconds) * 1_000_000 + int(fraction[:6])


def test_generated_calls_know_every_verdict():
    truth = []
    collections.deque(calls.messages(2000, truth=truth), maxlen=0)
    assert {call["verdict"] for call in truth} == set(range(len(calls.VERDICTS)))
    assert all((call["suite"] is not None) == (call["verdict"] in (calls.SRTP, calls.SCALE_SRTP, calls.MIXED))
               for call in truth)


def test_generated_calls_overlap_and_repeat():
    first = list(calls.messages(50, seed=3))
    assert first == list(calls.messages(50, seed=3)) != list(calls.messages(50, seed=4))
    times = [when for when, *_ in first]
    assert times == sorted(times)
    identifiers = [message.header(payload, "Call-ID") for *_, payload in first]
    runs = [name for name, _ in itertools.groupby(identifiers)]
    assert len(runs) > 2 * len(set(identifiers))


def test_calls_are_made_when_their_time_comes():
    """A billion calls would not fit in memory; their first hundred messages are there at once."""
    assert len(list(itertools.islice(calls.messages(1_000_000_000), 100))) == 100


@pytest.mark.parametrize("name", broken.names())
def test_many_of_one_element(name):
    few, more = broken.many(name, 3), broken.many(name, 4)
    assert len(broken.many(name)) > broken.MANY
    assert len(more) > len(few)
    assert message.with_true_length(few) == few
    assert message.is_request(few)


def test_program_lists_and_writes(tmp_path):
    program = [sys.executable, SAMPLES / "generate.py"]
    listed = subprocess.run([*program, "--list"], capture_output=True, check=True, text=True).stdout.split()
    assert listed == catalog.names()
    subprocess.run([*program, "--output", tmp_path, variants.BASE], check=True)
    assert [path.name for path in tmp_path.iterdir()] == [variants.BASE + ".pcapng"]
    assert (tmp_path / (variants.BASE + ".pcapng")).read_bytes() == generated(variants.BASE)
    unknown = subprocess.run([*program, "no-such-capture"], capture_output=True, check=False, text=True)
    assert unknown.returncode == 2 and "no-such-capture" in unknown.stderr
