# SPDX-License-Identifier: GPL-2.0-or-later
"""Logs from pipes: messages are written while the pipe is open, and a signal or the end of the pipe ends the program."""

import contextlib
import fcntl
import os
import re
import signal
import subprocess
import termios
import time
from pathlib import Path

import pytest

import loggen
from capture import Capture
from conftest import ENVIRONMENT, HANG_SECONDS, wait_for
from test_packed import PACKINGS

SIGNALS = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture(scope="module")
def messages():
    return loggen.calls(2)


def client_log(messages):
    return loggen.log(messages, "uccapi").encode()


class Reader:
    """skypefed-log reading from a pipe, or from what `stdin` is. output: what it has written so far."""

    def __init__(self, program, *args, stdin=subprocess.PIPE):
        self.process = subprocess.Popen([program, *map(str, args)], stdin=stdin, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=ENVIRONMENT)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.output = bytearray()

    def give(self, data):
        """Writes bytes into the pipe, all at once."""
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def expect(self, data):
        """Waits until the output contains these bytes."""

        def has_come():
            self.output.extend(self.process.stdout.read() or b"")
            return data in self.output

        wait_for(has_come, lambda: f"{data[:40]} from the open pipe")

    def wait_for_handler(self, number):
        """Waits until the program handles this signal."""

        def is_handled():
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            return int(re.search(r"^SigCgt:\t(\w+)", status, re.MULTILINE)[1], 16) >> (number - 1) & 1

        wait_for(is_handled, lambda: f"a handler of signal {number}")

    def give_apart(self, data):
        """Writes bytes into the pipe, and pauses until they have been read alone."""
        self.give(data)
        wait_for(lambda: fcntl.ioctl(self.process.stdin.fileno(), termios.FIONREAD, bytes(4)) == bytes(4),
                 lambda: f"a reader of {data}")
        time.sleep(0.3)  # the program waits for the pipe for 200 ms before it goes on without it

    def finish(self):
        """Ends the pipe; gives exit code, messages and summary."""
        os.set_blocking(self.process.stdout.fileno(), True)
        output, summary = self.process.communicate(timeout=HANG_SECONDS)
        self.output.extend(output)
        return self.process.returncode, [packet.text for packet in Capture(bytes(self.output)).packets], summary.decode()

    def stop(self, number):
        """Sends one signal while the pipe is open; gives exit code, messages and summary."""
        time.sleep(0.1)  # after writing, the program sleeps for 20 ms and then waits for the pipe for 200 ms
        self.process.send_signal(number)
        code = self.process.wait(timeout=HANG_SECONDS)
        self.output.extend(self.process.stdout.read() or b"")
        texts = [packet.text for packet in Capture(bytes(self.output)).packets]
        return code, texts, self.process.stderr.read().decode()


@pytest.fixture
def reader(program):
    with contextlib.ExitStack() as stack:

        def start(*args, **how):
            one = Reader(program, *args, **how)
            stack.enter_context(one.process)
            stack.callback(one.process.kill)
            return one

        yield start


def test_growing_pipe(reader, messages):
    """`tail -f log | skypefed-log -`: the pipe stays open, messages are written."""
    one = reader("-")
    for message in messages[:3]:
        one.give(client_log([message]))
        one.expect(message.text)


@pytest.mark.parametrize("args", [("-",), ("--follow", "-")], ids=["once", "follow"])
@pytest.mark.parametrize("number", SIGNALS)
def test_one_signal_stops_a_quiet_pipe(reader, messages, number, args):
    one = reader(*args)
    one.give(client_log(messages[:1]))
    one.expect(messages[0].text)
    code, texts, summary = one.stop(number)
    assert code == 0 and texts == [messages[0].text] and "1 message written" in summary


@pytest.mark.parametrize("number", SIGNALS)
def test_one_signal_stops_an_empty_pipe(reader, number):
    one = reader("-")
    one.expect(b"\n\r\r\n")
    code, texts, summary = one.stop(number)
    assert code == 1 and texts == [] and "0 messages written" in summary


@pytest.mark.parametrize("number", SIGNALS)
def test_one_signal_stops_a_pipe_without_messages(reader, number):
    """A pipe that always has data, but never a message."""
    with subprocess.Popen(["yes", "no message"], stdout=subprocess.PIPE) as yes:
        try:
            one = reader("-", stdin=yes.stdout)
            one.wait_for_handler(number)
            code, texts, _ = one.stop(number)
        finally:
            yes.kill()
    assert code == 1 and texts == []


def test_half_a_message_at_the_signal(reader, messages):
    """What has come of a message is written, marked as incomplete."""
    one = reader("-")
    one.give(client_log(messages[:2])[:-200])
    one.expect(messages[0].text)
    code, texts, summary = one.stop(signal.SIGTERM)
    assert code == 0 and texts[0] == messages[0].text and len(texts) == 2 and "1 is incomplete" in summary


def test_followed_pipe_ends_with_the_pipe(convert, messages):
    result = convert(client_log(messages), "--follow", "-")
    assert result.code == 0 and result.texts == [message.text for message in messages]


def test_quiet_pipe_does_not_hold_up_a_followed_log(reader, tmp_path, messages):
    path = tmp_path / "log"
    path.write_bytes(client_log(messages[:1]))
    one = reader("--follow", "-", path)
    one.expect(messages[0].text)
    with open(path, "ab") as file:
        file.write(client_log(messages[1:2]))
    one.expect(messages[1].text)
    one.give(client_log(messages[2:3]))
    one.expect(messages[2].text)


def stop_until_it_ends(one, number):
    """Sends the signal again and again: one that comes right before the program begins to wait may be too early."""
    one.wait_for_handler(number)

    def has_ended():
        one.process.send_signal(number)
        return one.process.poll() is not None

    wait_for(has_ended, lambda: f"the end after signal {number}")
    return one.process.returncode, one.process.stdout.read(), one.process.stderr.read().decode()


@pytest.mark.parametrize("args, code", [((), 1), (("--follow",), 0)], ids=["once", "follow"])
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_stops_the_wait_for_a_writer(reader, tmp_path, messages, number, args, code):
    """Nobody has opened a named pipe: the program ends without a word, also if it has a log before it."""
    pipe, log, out = (tmp_path / name for name in ("pipe", "log", "out"))
    os.mkfifo(pipe)
    log.write_bytes(client_log(messages))
    for logs in ((pipe,), (log, pipe)):
        assert stop_until_it_ends(reader(*args, "-o", out, *logs), number) == (code, b"", "")
        assert not out.exists()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_stops_the_wait_for_a_reader(reader, tmp_path, messages, number):
    pipe, log = tmp_path / "pipe", tmp_path / "log"
    os.mkfifo(pipe)
    log.write_bytes(client_log(messages))
    assert stop_until_it_ends(reader("-o", pipe, log), number) == (1, b"", "")


def test_what_cannot_be_opened_is_told(reader, tmp_path):
    """Without a signal."""
    one = reader(tmp_path / "missing")
    assert one.process.wait(timeout=HANG_SECONDS) == 2
    assert one.process.stderr.read().decode() == f"skypefed-log: cannot read {tmp_path / 'missing'}: No such file or directory\n"


@pytest.mark.parametrize("pieces", [(1,), (1, 1, 1), (5,), (6,), (3, 3)], ids=str)
@pytest.mark.parametrize("packing", PACKINGS)
def test_the_first_bytes_of_a_compressed_log_come_alone(reader, messages, packing, pieces):
    packed = PACKINGS[packing](client_log(messages))
    one, at = reader("-"), 0
    for piece in pieces:
        one.give_apart(packed[at:at + piece])
        at += piece
    one.give(packed[at:])
    code, texts, _ = one.finish()
    assert code == 0 and texts == [message.text for message in messages]


@pytest.mark.parametrize("first", [b"B", b"BZh9", b"BZh91A", b"BZh91AX\n", b"\x1f", b"M", b"Rar!"], ids=repr)
def test_what_begins_like_a_compression(reader, messages, first):
    """And is none: what follows is read as it is."""
    one = reader("-")
    one.give_apart(first)
    one.give(b" is no log line\n" + client_log(messages))
    code, texts, _ = one.finish()
    assert code == 0 and texts == [message.text for message in messages]


@pytest.mark.parametrize("first", [b"B", b"BZh91A", b"P", b"\n\r"], ids=repr)
def test_a_pipe_that_ends_so(reader, first):
    one = reader("-")
    one.give_apart(first)
    code, texts, summary = one.finish()
    assert code == 1 and texts == [] and "nothing found" in summary and "is damaged" not in summary


@pytest.mark.parametrize("first, kind", [
    (b"\n\r\r\n" + bytes(60), "is a capture already"),
    (b"PK\x03\x04\x14" + bytes(60), "is a zip archive"),
    (b"\0\0\x01\0" + bytes(60) + "names".encode("utf-16-le") + bytes(500), "is a binary trace"),
], ids=["capture", "zip", "trace"])
def test_the_first_bytes_of_what_is_no_log_come_alone(reader, messages, first, kind):
    """Nothing in it is taken for a message."""
    one = reader("-")
    for at in range(3):
        one.give_apart(first[at:at + 1])
    one.give(first[3:] + b"\n" + client_log(messages))
    code, texts, summary = one.finish()
    assert code == 1 and texts == [] and kind in summary
