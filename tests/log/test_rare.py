# SPDX-License-Identifier: GPL-2.0-or-later
"""Rare logs, which no sample looks like, and rare moments."""

import bz2
import gzip
import json
import lzma
import os
import signal
import subprocess
import time
import zipfile

import pytest

import loggen
from conftest import ENVIRONMENT, HANG_SECONDS
from records import (EXPRESSWAY_HEAD, OPTIONS, PREFIX, SERVER_FUNCTION, SERVER_HEAD, client, expressway, lines, message,
                     only, read_record, server, with_body)
from test_follow_stream import written
from test_program import on_terminal

HELLO = "hello\r\nworld\r\n"


# ---- bytes ----


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_characters_beyond_16_bits(convert, encoding):
    """A pair of surrogates is one character; a half of one is none."""
    text = "\n".join([*OPTIONS[:3], "Subject: a\U0001f600b\ud800c\udc00d", *OPTIONS[3:], "", ""])
    packet = only(convert(text.encode(encoding, "surrogatepass")))
    assert "\r\nSubject: a\U0001f600b\ufffdc\ufffdd\r\n" in packet.text.decode()


def test_nul_bytes_around_a_line(convert):
    text = "\n".join(["\0\0" + OPTIONS[0], *OPTIONS[1:-1], OPTIONS[-1] + "\0\0\0", "", ""])
    assert only(convert(text)).text == message(*OPTIONS)


def test_gzip_damaged_inside(convert):
    messages = loggen.calls(50)
    packed = bytearray(gzip.compress(loggen.log(messages, "uccapi").encode()))
    packed[len(packed) // 2 : len(packed) // 2 + 50] = b"\xff" * 50
    result = convert(bytes(packed))
    assert result.code == 2 and "the gzip data is damaged or truncated" in result.summary
    assert result.texts[:20] == [each.text for each in messages[:20]]


def test_archive_of_too_many_files(convert, tmp_path):
    path = tmp_path / "logs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1025):
            archive.writestr(f"{number}.log", client(*OPTIONS, "") if number in (0, 1023, 1024) else "nothing\n")
    result = convert(path)
    assert result.code == 2 and result.texts == [message(*OPTIONS)] * 2
    assert f"cannot read all of {path}: it has too many files; unpack it first" in result.summary


class Pipe:
    """skypefed-log with a pipe as its input, and its capture on standard output."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=ENVIRONMENT, bufsize=0)
        assert self.process.stdout.read(4) == b"\n\r\r\n"  # the head: it is at work

    def give(self, data):
        """Writes bytes, and gives the program the time to come for more."""
        self.process.stdin.write(data)
        time.sleep(0.5)

    def end(self):
        """Closes the pipe; gives exit code, capture without its first bytes, and summary."""
        data, summary = self.process.communicate(timeout=HANG_SECONDS)
        return self.process.returncode, data, summary.decode()


PACKINGS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("packing", PACKINGS)
def test_compressed_log_from_a_slow_pipe(program, convert, packing):
    text = loggen.log(loggen.calls(20), "uccapi").encode()
    packed = PACKINGS[packing](text)
    one = Pipe(program)
    for piece in (packed[:20], packed[20 : len(packed) // 2], packed[len(packed) // 2 :]):
        one.give(piece)
    code, data, _ = one.end()
    assert code == 0 and b"\n\r\r\n" + data == convert(text).data


@pytest.mark.parametrize("packing", PACKINGS)
def test_signal_inside_a_compressed_log(program, packing):
    """What could be read is written, and no word is said about damage."""
    packed = PACKINGS[packing](loggen.log(loggen.calls(20), "uccapi").encode())
    one = Pipe(program)
    one.give(packed[: len(packed) // 2])
    one.process.send_signal(signal.SIGTERM)
    code = one.process.wait(timeout=HANG_SECONDS)
    assert code in (0, 1) and "damaged" not in one.end()[2]


# ---- lines ----


def test_arrows_in_both_directions(convert):
    packet = only(convert("First line.\n2026-03-02 08:10:46.250 x ---> y <--- z\n" + "\n".join([*OPTIONS, "", ""])))
    assert packet.direction is None and packet.time == 1772439046250000000
    beside = "2026-03-02 08:10:46.250 ---> x <--- " + "\n".join([*OPTIONS, "", ""])
    packet = only(convert(beside))
    assert packet.text == message(*OPTIONS) and packet.direction is None


def test_day_that_is_none(convert):
    """February 30th, with a year and without."""
    packet = only(convert("".join(f"Feb 30 08:10:46 sbc01 sipd[17]: {line}\n" for line in [*OPTIONS, ""])))
    assert packet.text == message(*OPTIONS) and "time unknown" in packet.comments[0]
    dated = [*OPTIONS[:3], "Date: Fri, 26 Apr 2013 13:46:39 GMT", *OPTIONS[3:]]
    packet = only(convert(client(*dated, "", prefix=PREFIX.replace("10/16", "02/30"))))
    assert packet.text == message(*dated) and "time unknown" in packet.comments[0]


def test_end_of_a_copied_record(convert):
    """Among the headers, and in a body."""
    head = with_body(HELLO)
    text = "\n".join(["Direction: outgoing", "Start-Line: " + OPTIONS[0], *OPTIONS[1:], "$$end_record", "prose",
                      *head, "", "hello", "$$end_record", "world", ""])
    result = convert(text)
    assert result.texts == [message(*OPTIONS), message(*head, body="hello")]
    assert result.packets[0].direction == "out"
    assert "Content-Length is 14, but the body in the log has 5 bytes." in result.packets[1].comments


def test_body_without_length_ends_at_an_empty_line(convert):
    head = with_body(HELLO)[:-1]
    assert only(convert("\n".join([*head, "", "hello", "", "prose", ""]))).text == message(*head, body="hello\r\n")


def test_message_after_a_body_without_length(convert):
    head = with_body(HELLO)[:-1]
    assert convert(client(*head, "", "hello", *OPTIONS, "")).texts == [message(*head, body="hello\r\n"), message(*OPTIONS)]


def test_new_message_in_place_of_the_rest(convert):
    """The rest of a message never comes: the next read of the connection begins another one."""
    whole = message(*with_body(HELLO), body=HELLO).decode()
    result = convert(read_record(whole[:-5]) + read_record(message(*OPTIONS).decode(), minute=21))
    assert result.texts == [whole[:-5].encode(), message(*OPTIONS)]
    assert any("Incomplete" in comment for comment in result.packets[0].comments)
    assert len(result.packets[1].comments) == 1


@pytest.mark.parametrize("begin, start", [
    ("NOT A METHOD ", OPTIONS[0]), ("a" * 17, OPTIONS[0]), ("SUB", "OPTIONS sip:" + "a" * 300 + " SIP/2.0"),
], ids=["words", "long word", "long start line"])
def test_open_line_that_no_start_line_continues(convert, begin, start):
    """One line without its end, then a message: the two are not joined."""
    whole = message(start, *OPTIONS[1:])
    assert convert(read_record(begin) + read_record(whole.decode(), minute=21)).texts == [whole]
    assert convert(written([(0, begin.encode()), (0, whole)])).texts == [whole]


def test_line_that_is_no_header(convert):
    """Kept where it is; the body begins at it only if the length says so."""
    odd = [*OPTIONS[:3], "garbage without a colon", *OPTIONS[3:]]
    assert only(convert(client(*odd, ""))).text == message(*odd)
    whole = with_body("hello\r\n\r\nworld")
    assert only(convert(client(*whole, "hello", "", "world"))).text == message(*whole, body="hello\r\n\r\nworld")
    result = convert(client(*whole, "hello", "", "world", *OPTIONS, ""))
    assert result.texts == [message(*whole, body="hello\r\n\r\nworld"), message(*OPTIONS)]
    long = with_body("x" * 50)
    packet = only(convert(client(*long, "hello", "", "world")))
    assert packet.text == message(*long, "hello", body="world")
    assert "Content-Length is 50, but the body in the log has 5 bytes." in packet.comments


def test_record_that_ends_at_the_label_of_the_body(convert):
    assert only(convert(server(*OPTIONS, "Message-Body:"))).text == message(*OPTIONS)


def test_record_without_a_line(convert):
    """Of Expressway: the end mark is looked for in nothing."""
    empty = EXPRESSWAY_HEAD + "\n SIPMSG:\n"
    result = convert(expressway(*OPTIONS, "", "") + empty + expressway(*OPTIONS, "", ""))
    assert result.texts == [message(*OPTIONS)] * 2 and "skipped: 1 empty record" in result.summary


def test_line_longer_than_a_record_may_be(convert):
    """Reads that end inside a line are joined up to a limit, and a packet holds less than that."""
    head = message(*with_body("", length=3_600_000)).decode()
    reads = [head + "x" * 900_000, *["x" * 900_000] * 3]
    packet = only(convert("".join(read_record(part, minute=20 + at) for at, part in enumerate(reads))))
    assert packet.text.startswith(head.encode() + b"xxx") and 200_000 < len(packet.text) <= 262_144


def test_label_behind_what_a_record_may_hold(convert):
    long = [f"X-{number}: {'x' * 900_000}" for number in range(3)]
    packet = only(convert(server(OPTIONS[0], *long, *OPTIONS[1:], "Message-Body: -")))
    assert packet.text.startswith(f"{OPTIONS[0]}\r\nX-0: xxx".encode()) and 200_000 < len(packet.text) <= 262_144


def test_broken_head_line(convert):
    """A web page breaks a head line into several; what follows one that never ends is not lost."""
    head = SERVER_HEAD + SERVER_FUNCTION + "$$begin_record"
    at = head.index("(SIPStack")
    whole = server(*OPTIONS, "Message-Body: -", head=head[:at].rstrip() + "\n" + head[at:])
    assert only(convert(whole)).text == message(*OPTIONS)
    whole = server(*OPTIONS, "Message-Body: -", head=head.replace(") [", ")\n[", 1).replace("::1", "\n::1", 1))
    assert only(convert(whole)).text == message(*OPTIONS)
    broken = "TL_INFO(" + "\nprose" * 5 + "\n"
    assert convert(broken + server(*OPTIONS, "Message-Body: -")).texts == [message(*OPTIONS)]


@pytest.mark.parametrize("record", [
    '{"message":"begin","SIP/2.0"}', '{"message" "begin"}', '{"message":"\\u00zz ' + OPTIONS[0] + '"}',
    '{"message":"\\u0000"}', '{7:"begin"}',
], ids=["name alone", "no colon", "escape that is none", "NUL", "name that is none"])
def test_line_that_is_almost_json(convert, record):
    text = json.dumps({"message": message(*OPTIONS).decode()})
    assert only(convert(f"{record}\n{text}\n")).text == message(*OPTIONS)


def test_prefix_that_ends_inside_a_message(convert):
    """After many lines without it a prefix is forgotten: the next message has none."""
    begun = "".join(f"> {line}\n" for line in OPTIONS[:3])
    result = convert(begun + "prose\n" * 1000 + "\n".join([*OPTIONS, "", ""]))
    assert result.texts[-1] == message(*OPTIONS)


def test_blank_lines_lost_in_one_part(convert):
    """Of two parts of a body the second has lost its blank line."""
    body = ("--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n"
            "--b\r\nContent-Type: text/html\r\n\r\n<p>hi</p>\r\n--b--\r\n")
    head = with_body(body, kind='multipart/alternative; boundary="b"')
    text = "\n".join([*head, "Message-Body: " + body.replace("html\r\n\r\n", "html\r\n").replace("\r\n", "\n"), "prose"])
    packet = only(convert(text))
    assert packet.text == message(*head, body=body) and any("restored" in comment for comment in packet.comments)


def test_announced_message_that_does_not_come(convert):
    result = convert("2026/03/02 08:10:46.250000 192.0.2.1:5060 -> 192.0.2.2:5060\n" + "x\n" * 30
                     + "2026/03/02 08:10:47.250000 192.0.2.1:5060 -> 192.0.2.2:5060\n" + "\n".join([*OPTIONS, "", ""]))
    assert only(result).text == message(*OPTIONS) and "skipped: 1 empty record" in result.summary


# ---- syslog of AudioCodes ----

SYSLOG = "Dec 19 12:45:02 192.0.2.51 [S={}] [SID={}:24:198173]  "
ANNOUNCED = ("(N  6891753) ---- Incoming SIP Message from 203.0.113.24:5061 to SIPInterface #2 (Teams) TLS TO(#134) "
             "SocketID(200) ---- ")
PARTS = [*OPTIONS, "", "", "[Time:19-12@12:44:56.640]"]


def test_second_announcement(convert):
    """The message of the first one never came, or not all of it."""
    whole = SYSLOG.format(2, "b9") + ANNOUNCED + "#012" + "#012".join(PARTS) + "\n"
    result = convert(SYSLOG.format(1, "b9") + ANNOUNCED + "\n" + whole)
    assert only(result).text == message(*OPTIONS) and "skipped: 1 empty record" in result.summary
    result = convert(SYSLOG.format(1, "b9") + ANNOUNCED + "#012" + "#012".join(OPTIONS[:3]) + "#012\n" + whole)
    assert result.texts == [message(*OPTIONS[:3]), message(*OPTIONS)]
    assert any("Incomplete" in comment for comment in result.packets[0].comments)


def test_message_beside_its_announcement(convert):
    """In an entry that is not the first one of its record."""
    record = ["(N  6891752) (#268)Route found", ANNOUNCED + OPTIONS[0], *PARTS[1:]]
    packet = only(convert(SYSLOG.format(1, "b9") + ("\n" + " " * 89).join(record) + "\n"))
    assert packet.text == message(*OPTIONS) and packet.source == ("203.0.113.24", 5061)


def test_many_devices_at_once(convert):
    """More messages are announced than are waited for: of the oldest ones the announcement is forgotten, no text is."""
    names = [f"a{number:02d}" for number in range(20)]
    texts = ["#012".join(PARTS).replace("c1", f"id-of-{name}") for name in names]
    result = convert("".join(SYSLOG.format(1, name) + ANNOUNCED + "\n" for name in names)
                     + "".join(SYSLOG.format(2, name) + text + "\n" for name, text in zip(names, texts)))
    assert [f"id-of-{name}".encode() in packet.text for name, packet in zip(names, result.packets)] == [True] * 20
    directions = [packet.direction for packet in result.packets]
    assert directions == sorted(directions, key=lambda direction: direction == "in") and directions[-1] == "in"


# ---- diagnostic records ----


def diagnostic(text, call_id="c1", cseq="1 OPTIONS", start="INVITE sip:nobody@example.com SIP/2.0"):
    return lines(SERVER_HEAD + SERVER_FUNCTION + "$$begin_record", "LogType: diagnostic", "Severity: error", f"Text: {text}",
                 f"SIP-Start-Line: {start}", f"SIP-Call-ID: {call_id}", f"SIP-CSeq: {cseq}", "$$end_record")


def test_diagnostics_that_leave_with_their_message(convert):
    """A record of another start line is added to the last message of its transaction, when that has to leave."""
    answer = ["SIP/2.0 200 OK", *OPTIONS[1:]]
    others = [server(*[line.replace("c1", f"other{number}") for line in OPTIONS], "Message-Body: -") for number in range(40)]
    result = convert("".join([server(*OPTIONS, "Message-Body: -"), diagnostic("first one"), server(*answer, "Message-Body: -"),
                              *others, diagnostic("of nobody", call_id="nobody")]))
    noted = {number: [comment for comment in packet.comments if comment.startswith("Diagnostic record")]
             for number, packet in enumerate(result.packets)}
    assert len(result.packets) == 42
    assert [number for number, comments in noted.items() if comments] == [1] and "first one" in noted[1][0]
    assert "nobody" not in str(noted)


# ---- where it goes ----


def test_no_log_given(program):
    """A terminal is no log."""
    code, shown = on_terminal(program, "-o", os.devnull, reads_terminal=True)
    assert code == 2 and shown == "skypefed-log: no log given; see --help\r\n"


def test_progress_of_a_pipe(program, tmp_path):
    """Nobody knows how long it is: the messages alone are counted."""
    log = tmp_path / "long.log"
    log.write_bytes(loggen.log(loggen.calls(1000), "uccapi").encode() * 40)
    code, shown = on_terminal("sh", "-c", 'cat "$1" | "$2" -o /dev/null -', "sh", str(log), program)
    assert code == 0 and " messages " in shown and "%" not in shown


def test_reader_that_is_gone_before(program):
    """Wireshark has closed the pipe already: no failure."""
    out, into = os.pipe()
    os.close(out)
    done = subprocess.run([program, "-"], input=client(*OPTIONS, "").encode(), stdout=into, stderr=subprocess.PIPE,
                          env=ENVIRONMENT, timeout=HANG_SECONDS, check=False)
    os.close(into)
    assert done.returncode == 0 and b"cannot write" not in done.stderr


@pytest.mark.parametrize("size", [100, 60_000])
def test_reader_that_leaves(program, tmp_path, size):
    """In the middle of a long log, whether its messages are short or long: the program ends, and it is no failure."""
    log = tmp_path / "log"
    head = with_body("x" * size)
    log.write_text(client(*head, "", "x" * size) * (8_000_000 // (size + 800)), encoding="utf-8")
    with subprocess.Popen([program, str(log)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdout.read(1000).startswith(b"\n\r\r\n")
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(timeout=HANG_SECONDS) == 0 and b"cannot write" not in errors
