# SPDX-License-Identifier: GPL-2.0-or-later
"""Following a log that another process writes: every message within a second, and none lost to rotation."""

import os
import signal
import subprocess
import time

import pytest

import loggen
from capture import Capture
from conftest import ENVIRONMENT

WITHIN = 1.0  # seconds in which a logged message must have come out


class Follower:
    """skypefed-log following a file, its capture going to another one that is read along."""

    def __init__(self, program, folder, *args):
        self.log = folder / "Lync-UccApi-0.UccApilog"
        self.log.touch()
        self.output = folder / "out.pcapng"
        self.process = subprocess.Popen([program, "--follow", "-o", str(self.output), *args, str(self.log)],
                                        stderr=subprocess.PIPE, env=ENVIRONMENT)
        self.wait_for_start()

    def wait_for_start(self):
        """Waits until the program has the log open."""
        end = time.monotonic() + 10
        while not self.output.exists():
            assert time.monotonic() < end and self.process.poll() is None
            time.sleep(0.01)

    def texts(self):
        """The messages written so far; what is being written is left out."""
        data = self.output.read_bytes()
        whole, at = 0, 0
        while at + 8 <= len(data):
            at += int.from_bytes(data[at + 4 : at + 8], "little")
            if at <= len(data):
                whole = at
        return [packet.text for packet in Capture(data[:whole]).packets]

    def expect(self, messages, within=WITHIN):
        """Waits until exactly these messages have come out."""
        expected = [message.text for message in messages]
        end = time.monotonic() + within
        while self.texts() != expected:
            assert time.monotonic() < end, f"{len(self.texts())} of {len(expected)} messages after {within} s"
            time.sleep(0.01)

    def stop(self, number=signal.SIGTERM):
        """Stops the program as Wireshark does; gives exit code and summary."""
        self.process.send_signal(number)
        summary = self.process.communicate(timeout=10)[1].decode()
        return self.process.returncode, summary


@pytest.fixture
def follower(program, tmp_path):
    made = []

    def start(*args):
        made.append(Follower(program, tmp_path, *args))
        return made[-1]

    yield start
    for one in made:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def append(path, data):
    with open(path, "ab") as file:
        file.write(data)


@pytest.fixture(scope="module")
def messages():
    return loggen.calls(6)


@pytest.mark.parametrize("name", ["uccapi", "s4", "expressway", "sipe", "avaya"])
def test_each_message_within_a_second(follower, messages, name):
    """In pieces that end inside messages, too."""
    one = follower()
    for index, message in enumerate(messages[:8]):
        data = loggen.log([message], name).encode()
        append(one.log, data[: len(data) // 2])
        time.sleep(0.05)
        append(one.log, data[len(data) // 2 :])
        one.expect(messages[: index + 1])
    code, summary = one.stop()
    assert code == 0 and "8 messages written" in summary


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stops_cleanly(follower, messages, number):
    """What is in the log comes out, the half of a message included, marked as cut."""
    one = follower()
    data = loggen.log(messages[:2], "uccapi").encode()
    append(one.log, data[:-200])
    one.expect(messages[:1])
    code, summary = one.stop(number)
    assert code == 0 and "2 messages written" in summary
    assert len(one.texts()) == 2


def test_truncated(follower, messages):
    one = follower()
    append(one.log, loggen.log(messages[:3], "uccapi").encode())
    one.expect(messages[:3])
    os.truncate(one.log, 0)
    append(one.log, loggen.log(messages[3:4], "uccapi").encode())
    one.expect(messages[:4])


def test_emptied_and_filled_beyond_its_old_size(follower, messages):
    """The file is longer than before at the next look."""
    one = follower()
    append(one.log, loggen.log(messages[:1], "uccapi").encode())
    one.expect(messages[:1])
    one.log.write_bytes(loggen.log(messages[1:8], "uccapi").encode())
    one.expect(messages[:8])


def test_deleted(follower, messages):
    """The writer goes on in the file without a name, then a new one takes its place."""
    one = follower()
    with open(one.log, "ab", buffering=0) as old:
        old.write(loggen.log(messages[:1], "uccapi").encode())
        one.expect(messages[:1])
        one.log.unlink()
        old.write(loggen.log(messages[1:3], "uccapi").encode())
        one.expect(messages[:3])
    append(one.log, loggen.log(messages[3:5], "uccapi").encode())
    one.expect(messages[:5])


def test_rotated(follower, messages):
    """Three times, with the last words going into the old file after it was renamed."""
    one = follower()
    done = 0
    for turn in range(3):
        with open(one.log, "ab", buffering=0) as old:
            old.write(loggen.log(messages[done : done + 1], "uccapi").encode())
            one.log.rename(one.log.with_suffix(f".{turn}"))
            new = loggen.log(messages[done + 2 : done + 3], "uccapi").encode()
            append(one.log, new)
            old.write(loggen.log(messages[done + 1 : done + 2], "uccapi").encode())
        done += 3
        one.expect(messages[:done])


def test_rotated_in_quick_succession(follower, messages):
    """Each new file is gone again before the old one is done with."""
    one = follower()
    for turn in range(5):
        append(one.log, loggen.log(messages[turn : turn + 1], "uccapi").encode())
        time.sleep(0.06)
        one.log.rename(one.log.with_suffix(f".{turn}"))
    append(one.log, loggen.log(messages[5:6], "uccapi").encode())
    one.expect(messages[:6], within=4)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_rotated_inside_a_message(follower, messages, cut):
    """The rest of the message stands in the new file."""
    one = follower()
    data = loggen.log(messages[:3], "uccapi").encode()
    at = int(len(data) * cut)
    append(one.log, data[:at])
    time.sleep(0.2)
    one.log.rename(one.log.with_suffix(".old"))
    append(one.log, data[at:])
    one.expect(messages[:3])


def test_growing_pipe(program, messages):
    """`tail -f log | skypefed-log -`: the pipe stays open, messages come out."""
    with subprocess.Popen([program, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=ENVIRONMENT) as process:
        process.stdin.write(loggen.log(messages[:1], "uccapi").encode())
        process.stdin.flush()
        os.set_blocking(process.stdout.fileno(), False)
        data, end = b"", time.monotonic() + WITHIN
        while messages[0].text not in data:
            assert time.monotonic() < end
            data += process.stdout.read() or b""
            time.sleep(0.01)
        process.kill()


def test_reader_goes_away(program, tmp_path, messages):
    """A closed Wireshark ends the program, though the log is silent."""
    log = tmp_path / "log"
    log.write_bytes(loggen.log(messages[:1], "uccapi").encode())
    with subprocess.Popen([program, "--follow", str(log)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=ENVIRONMENT) as process:
        assert process.stdout.read(4) == b"\n\r\r\n"
        process.stdout.close()
        assert process.wait(timeout=5) == 0
