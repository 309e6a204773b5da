# SPDX-License-Identifier: GPL-2.0-or-later
"""The program itself: arguments, exit codes, summary, and how its capture looks in tshark."""

import os
import pty
import re
import subprocess
import textwrap
from pathlib import Path

import pytest

import loggen
from conftest import ENVIRONMENT, HANG_SECONDS
from records import OPTIONS, client, server


LOGS = Path(__file__).resolve().parents[2] / "samples" / "logs"


def run(program, *args, **how):
    how.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([program, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
                          timeout=HANG_SECONDS, check=False, **how)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "client.log"
    path.write_bytes(client(*OPTIONS, "").encode())
    return path


@pytest.mark.parametrize("args, code, words", [
    (["--version"], 0, ""),
    (["--help"], 0, ""),
    (["--nonsense"], 2, "nonsense"),
    (["-f", "nonsense", "x"], 2, "unknown format 'nonsense'"),
    (["--utc-offset", "nonsense", "x"], 2, "'nonsense' is neither 'local' nor an offset"),
    (["/nonexistent/log"], 2, "/nonexistent/log: No such file"),
    (["/"], 2, "Is a directory"),
])
def test_exit_codes(program, args, code, words):
    done = run(program, *args)
    assert done.returncode == code and words in done.stderr.decode()
    assert (done.stdout == b"") == (code != 0)


def test_name_that_a_terminal_would_obey(program, log, tmp_path):
    name = tmp_path / "red\x1b[31m.log"
    name.write_bytes(log.read_bytes())
    empty = tmp_path / "empty\x1b]0;title\x07.log"
    empty.write_bytes(b"")
    errors = run(program, "-o", tmp_path / "out.pcapng", name, empty).stderr
    assert b"empty?]0;title?.log" in errors and not {0x1b, 0x07} & set(errors)


def test_help_names_every_format(program):
    text = run(program, "--help").stdout.decode()
    for log_format in loggen.FORMATS.values():
        assert f"  {log_format.option} " in text


@pytest.mark.parametrize("alias", ["UccApi", "uccapilog", "UCCAPILOG"])
def test_format_aliases(convert, alias):
    assert len(convert(client(*OPTIONS, ""), "-f", alias).packets) == 1


def test_nothing_found(convert):
    result = convert("no message in here\n")
    assert result.code == 1 and result.packets == []
    assert result.summary.startswith("skypefed-log: 0 messages written from 1 log")
    assert result.summary.count("\n") == 1


ETL = b"\0\0\1\0" + bytes(64) + "LyncServerCLS".encode("utf-16-le") + bytes(8)


@pytest.mark.parametrize("data, words", [
    (b"", "is empty"),
    (ETL, "is a binary trace (ETL) of OCSLogger or CLS; convert it first"),
    (b"\x0a\x0d\x0d\x0a\x1c\0\0\0", "is a capture already; open it in Wireshark"),
    (b"\xd4\xc3\xb2\xa1\2\0\4\0", "is a capture already; open it in Wireshark"),
    (b"7z\xbc\xaf\x27\x1c\0\4", "is a 7-Zip archive; unpack it first"),
    (b"Rar!\x1a\7\1\0", "is a RAR archive; unpack it first"),
    (b"MZ\x90\0\3", "is a program"),
    (b"abc\0def\1", "is not text"),
    (b"MZ is how this text begins\n", "has no SIP message in a known format (see --list-formats)"),
])
def test_what_gives_nothing_is_named(convert, tmp_path, data, words):
    """A file without messages: what it is and what to do. Messages in a capture are left to Wireshark."""
    path = tmp_path / "some file"
    for content in (data, data + "\n".join(["", *OPTIONS, "", ""]).encode()) if data and data[0] < 11 else (data,):
        path.write_bytes(content)
        result = convert(path)
        assert result.code == 1 and not result.packets
        assert f"nothing found in {path}, which {words}" in result.summary


def test_each_of_several_logs_is_named(convert, program, log, tmp_path):
    """Of two logs only one has messages: the exit code is that of success, but the other one is not passed over."""
    other = tmp_path / "notes.txt"
    other.write_text("no message\n")
    done = run(program, "-o", tmp_path / "out", log, other)
    assert done.returncode == 0
    assert "1 message written from 2 logs (client UccApilog: 1, no known format: 1)" in done.stderr.decode()
    assert f"nothing found in {other}" in done.stderr.decode()


def test_each_log_has_a_line_and_all_have_a_total(program, tmp_path):
    """In the order in which they were given; each says of itself what the summary of the only log says."""
    zone, note, dated, empty = (tmp_path / name for name in ("zone.txt", "notes.txt", "dated.txt", "empty\nlog"))
    zone.write_bytes((LOGS / "asterisk.txt").read_bytes())
    note.write_text("no message\n")
    dated.write_bytes((LOGS / "uccapi.txt").read_bytes())
    empty.write_text("")
    logs = [zone, note, dated, zone, empty]
    said = run(program, "-o", tmp_path / "out", *logs).stderr.decode().splitlines()
    assert len(said) == len(logs) + 1
    for line, path in ((said[0], zone), (said[2], dated), (said[3], zone)):
        (alone,) = run(program, "-o", tmp_path / "out", path).stderr.decode().splitlines()
        assert line == alone.replace("from 1 log", f"from {path}") and "; times at +0" in line
    assert said[1] == (f"skypefed-log: nothing found in {note}, which has no SIP message in a known format "
                       "(see --list-formats)")
    assert said[4] == f"skypefed-log: nothing found in {tmp_path / 'empty?log'}, which is empty"
    counts = [int(re.match(r"skypefed-log: (\d+) message", said[at])[1]) for at in (0, 2, 3)]
    total = said[-1]
    assert total.startswith(f"skypefed-log: {sum(counts)} messages written from 5 logs (client UccApilog: 1, "
                            "Asterisk console or full log: 2, no known format: 2); of these, 1 is incomplete in the log; ")
    assert total.endswith("; skipped: 1 empty record, 1 fragment of a message; nothing found in 2 of them")
    assert "times at" not in total and str(tmp_path) not in total


def test_sums_of_the_total(program, tmp_path):
    """What several logs have is counted together, with what to know of it."""
    sound, first, second = (tmp_path / name for name in ("sound.txt", "first.txt", "second.txt"))
    sound.write_text(client(*OPTIONS, ""))
    for path in first, second:
        path.write_text(client(*OPTIONS[:-1], "Content-Length: 50", ""))
    said = run(program, "-o", tmp_path / "out", sound, first, second).stderr.decode().splitlines()
    assert [("; of these, 1 does not match its Content-Length" in line) for line in said] == [False, True, True, False]
    assert said[3].startswith("skypefed-log: 3 messages written from 3 logs (client UccApilog: 3)"
                              "; of these, 2 do not match their Content-Length")
    said = run(program, "-o", tmp_path / "out", first).stderr.decode()
    assert "; of these, 1 does not match its Content-Length;" in said


def test_a_log_that_gave_nothing_but_what_it_skipped(program, tmp_path):
    """Its own line says what; no more needs to be said of it."""
    path = tmp_path / "fragment.txt"
    path.write_text(server("Message-Body: -"))
    other = tmp_path / "other.txt"
    other.write_text(client(*OPTIONS, ""))
    first, _, total = run(program, "-o", tmp_path / "out", path, other).stderr.decode().splitlines()
    assert first.startswith(f"skypefed-log: 0 messages written from {path} (OCSLogger or CLS server log); skipped: 1 ")
    assert "nothing found" not in first and total.endswith("; nothing found in 1 of them")


@pytest.mark.parametrize("width", [60, 72, 78])
def test_lines_that_a_mail_program_has_wrapped(convert, tmp_path, width):
    """The head lines of AudioCodes are long, and without them there is no message: the reader must learn why."""
    path = tmp_path / "mailed.txt"
    lines = (LOGS / "audiocodes.txt").read_text().splitlines()
    path.write_text("".join(f"{part}\n" for line in lines for part in textwrap.wrap(
        line, width, replace_whitespace=False, drop_whitespace=False) or [""]))
    result = convert(path)
    assert result.code == 1 and not result.packets
    assert (f"nothing found in {path}, which looks like AudioCodes syslog, but no SIP message was found in it: none was "
            "logged, or the lines were wrapped, for example by a mail program (get the log as a file)") in result.summary


def test_list_of_formats(program):
    lines = run(program, "--list-formats").stdout.decode().splitlines()
    names = [line.split()[0] for line in lines[::2]]
    assert set(names) == {log_format.option for log_format in loggen.FORMATS.values()}
    assert all(line.startswith(" " * 12) and line.strip() for line in lines[1::2])


def test_empty_log(convert):
    for data in (b"", b"\n", b"\xff\xfe", b"\0\0\0\0", b"\x1f\x8b"):
        assert convert(data).packets == []


def test_output_file(program, log, tmp_path):
    out = tmp_path / "out.pcapng"
    done = run(program, "-o", out, log)
    assert done.returncode == 0 and done.stdout == b""
    assert out.read_bytes() == run(program, log).stdout == run(program, "-o", "-", log).stdout


def test_output_that_cannot_be_written(program, log):
    assert "cannot write /nonexistent/out" in run(program, "-o", "/nonexistent/out", log).stderr.decode()
    with open("/dev/full", "wb") as full:
        done = subprocess.run([program, str(log)], stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    assert done.returncode == 2 and b"No space left" in done.stderr


@pytest.mark.parametrize("link", [os.symlink, os.link, None], ids=["symbolic", "hard", "same"])
@pytest.mark.parametrize("args", [(), ("--follow",)], ids=["once", "follow"])
def test_output_that_is_an_input(program, log, tmp_path, link, args):
    """Nothing is written to a log, whatever its name, and the capture of another input is not begun either."""
    before, out = log.read_bytes(), tmp_path / "out.pcapng"
    if link:
        link(log, out)
    other = tmp_path / "other.log"
    other.write_bytes(before)
    done = run(program, *args, "-o", out if link else log, other, log)
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.decode() == f"skypefed-log: the output is also an input ({log}); write to another file\n"
    assert log.read_bytes() == before and (link is not None or not out.exists())


def test_standard_output_that_is_an_input(program, log):
    """`skypefed-log LOG >>LOG` would read what it writes, and `<LOG -o LOG` hides the name."""
    before = log.read_bytes()
    with open(log, "ab") as out:
        done = subprocess.run([program, str(log)], stdout=out, stderr=subprocess.PIPE, env=ENVIRONMENT,
                              timeout=HANG_SECONDS, check=False)
    assert done.returncode == 2 and b"the output is also an input" in done.stderr
    with open(log, "rb") as standard_input:
        done = run(program, "-o", log, stdin=standard_input)
    assert done.returncode == 2 and b"the output is also an input (standard input)" in done.stderr
    assert log.read_bytes() == before


@pytest.mark.parametrize("args", [(), ("-o", "OUT")], ids=["standard output", "a file"])
@pytest.mark.parametrize("is_pipe", [False, True], ids=["file", "pipe"])
def test_standard_error_in_the_capture(program, convert, log, tmp_path, args, is_pipe):
    """`skypefed-log LOG >FILE 2>&1`: nothing but the capture is in it."""
    expected = convert(log).data
    path = tmp_path / "out.pcapng"
    if is_pipe and not args:
        done = subprocess.run([program, str(log)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENVIRONMENT,
                              timeout=HANG_SECONDS, check=True)
        assert done.stdout == expected
        return
    with open(path, "ab" if is_pipe else "wb") as out:
        subprocess.run([program, *(part.replace("OUT", str(path)) for part in args), str(log)], stdout=out, stderr=out,
                       env=ENVIRONMENT, timeout=HANG_SECONDS, check=True)
    assert path.read_bytes() == expected


def test_closed_standard_descriptors(program, convert, log, tmp_path):
    """Their numbers are given to no file: the summary would be written to it."""
    expected = convert(log).data
    before = log.read_bytes()
    for closed in ("<&- 2>&-", "<&- >&- 2>&-", "2>&-"):
        path = tmp_path / "out.pcapng"
        done = subprocess.run(["sh", "-c", f'exec "$0" "$@" {closed}', program, "-o", str(path), str(log)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT,
                              timeout=HANG_SECONDS, check=False)
        assert done.returncode == 0 and path.read_bytes() == expected, closed
    for closed, words in ((">&-", b"cannot write standard output"), ("<&-", b"cannot read standard input")):
        given = [] if closed == "<&-" else [str(log)]
        done = subprocess.run(["sh", "-c", f'exec "$0" "$@" {closed}', program, *given], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=HANG_SECONDS, check=False)
        assert done.returncode == 2 and words in done.stderr, closed
    assert log.read_bytes() == before


def test_device_as_both_ends(program):
    """A device can be read and written at once."""
    with open("/dev/null", "rb") as null:
        assert run(program, "-o", "/dev/null", stdin=null).returncode == 1


def test_damaged_gzip(convert):
    import gzip
    packed = gzip.compress(loggen.log(loggen.calls(50), "uccapi").encode())
    result = convert(packed[: len(packed) * 3 // 4])
    assert result.code == 2 and "gzip data is damaged or truncated" in result.summary
    assert len(result.packets) > 50


def test_quiet(program, log):
    assert run(program, "-q", log).stderr == b""


def on_terminal(*command, stdout=None, reads_terminal=False):
    """Runs a command whose standard error, and standard output unless given, is a terminal; code and what it showed.

    reads_terminal: its standard input is the terminal, too, and else the null device.
    """
    try:
        controller, terminal = pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo terminals here: {error}")  # a Debian folder without /dev/pts
    with subprocess.Popen(command, stdin=terminal if reads_terminal else subprocess.DEVNULL, stdout=stdout or terminal,
                          stderr=terminal, env=ENVIRONMENT) as process:
        os.close(terminal)
        shown = b""
        while True:
            try:
                data = os.read(controller, 65536)
            except OSError:
                break
            if not data:
                break
            shown += data
        code = process.wait(timeout=HANG_SECONDS)
    os.close(controller)
    return code, shown.decode()


def test_no_capture_for_a_terminal(program, log):
    code, shown = on_terminal(program, str(log))
    assert code == 2 and "not writing a capture to the terminal" in shown


def test_progress_of_long_work(program, tmp_path):
    """Shown on a terminal if the work takes long, and removed again. Never in a file."""
    data = loggen.log(loggen.calls(1000), "uccapi").encode()
    path = tmp_path / "long.log"
    with open(path, "wb") as file:
        for _ in range(40):
            file.write(data)
    with open(tmp_path / "out", "wb") as out:
        code, shown = on_terminal(program, str(path), stdout=out)
    assert code == 0 and " %  " in shown and "(client UccApilog)" in shown.rstrip().splitlines()[-1]
    assert b"%" not in run(program, "-o", tmp_path / "out", path).stderr


def test_names_in_tshark(convert, tshark):
    """Names without addresses are resolved, even in the first packet, and a name always has the same address."""
    result = convert(server(*OPTIONS, "Message-Body: -"))
    assert "fepool01.example.com" in tshark(result.data, "-N", "n")
    other = convert(server(*OPTIONS, "Message-Body: -", direction="outgoing"))
    assert result.packets[0].source == other.packets[0].destination


def test_direction_and_comment_in_tshark(convert, tshark):
    names = ("frame.packet_flags_direction", "frame.comment")
    arguments = ["-T", "fields", *(part for name in names for part in ("-e", name))]
    row = tshark(convert(client(*OPTIONS, "")).data, *arguments).rstrip("\n").split("\t")
    assert row[0] in ("1", "0x00000001") and row[1].startswith("From a log: client UccApilog, line 1;")


@pytest.mark.parametrize("via, transport", [
    ("SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1", "tcp"), ("SIP/2.0/UDP 192.0.2.1:5061;branch=z9hG4bK1", "udp"),
    ("SIP/2.0/udp\t192.0.2.1:5061;branch=z9hG4bK1", "udp"), ("SIP / 2.0 / UDP 192.0.2.1:5061", "udp"),
    ("SIP/2.0/UDP 192.0.2.1:5061,SIP/2.0/TLS 192.0.2.2", "udp"), ("SIP/2.0/UDP", "udp"), ("UDP", "tcp"),
])
def test_transport_of_the_topmost_via(convert, via, transport):
    head = [OPTIONS[0], f"Via: {via}", *OPTIONS[2:]]
    assert [packet.transport for packet in convert(client(*head, "")).packets] == [transport]
