# SPDX-License-Identifier: GPL-2.0-or-later
"""Following a log that another process writes: each message comes out before the next, none is lost to rotation."""

import itertools
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

import loggen
from capture import Capture
from conftest import ENVIRONMENT, HANG_SECONDS, wait_for
from test_follow_stream import RULE, stream_of, written

# How often the program may look at a log until a message that is in it has come out. It looks every 20 ms, so this is a
# second; counted in looks, the limit is the same on a slow machine.
LOOKS = 50

GRACE = 0.3  # seconds in which a replaced file may still be written, counted from its last words


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
        def has_started():
            assert self.process.poll() is None
            return self.output.exists()

        wait_for(has_started, lambda: "the start")

    def wait_until_open(self, path):
        """Waits until the program has this file open."""
        def is_open():
            for name in os.listdir(folder):
                try:
                    about = os.stat(f"{folder}/{name}")
                except FileNotFoundError:
                    continue  # closed since it was listed
                if os.path.samestat(about, wanted):
                    return True
            return False

        folder, wanted = f"/proc/{self.process.pid}/fd", os.stat(path)
        wait_for(is_open, lambda: f"a look at {path.name}")

    def texts(self):
        """The messages written so far; what is being written is left out."""
        data = self.output.read_bytes()
        whole, at = 0, 0
        while at + 8 <= len(data):
            at += int.from_bytes(data[at + 4 : at + 8], "little")
            if at <= len(data):
                whole = at
        return [packet.text for packet in Capture(data[:whole]).packets]

    def looks(self):
        """How often the program has read from a file so far."""
        return int(re.search(r"^syscr: (\d+)$", Path(f"/proc/{self.process.pid}/io").read_text(), re.MULTILINE)[1])

    def expect(self, messages, looks=LOOKS):
        """Waits until exactly these messages have come out, within so many looks of the program."""
        expected = [message.text for message in messages]
        last = self.looks() + looks

        def have_come():
            assert self.process.poll() is None
            is_over = self.looks() > last
            texts = self.texts()
            assert texts == expected[: len(texts)]
            assert len(texts) == len(expected) or not is_over, f"{len(texts)} messages after {looks} looks"
            return texts == expected

        wait_for(have_come, lambda: f"{len(expected)} messages")

    def stop(self, number=signal.SIGTERM):
        """Stops the program as Wireshark does; gives exit code and summary."""
        self.process.send_signal(number)
        summary = self.process.communicate(timeout=HANG_SECONDS)[1].decode()
        return self.process.returncode, summary


@pytest.fixture
def follower(program, tmp_path):
    made = []

    def start(*args):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Follower(program, folder, *args))
        return made[-1]

    yield start
    for one in made:
        if one.process.poll() is None:
            one.stop()  # in order: of a program that is killed, gcov has no counts


def append(path, data):
    with open(path, "ab") as file:
        file.write(data)


@pytest.fixture(scope="module")
def messages():
    return loggen.calls(6)


@pytest.mark.parametrize("name", [name for name, log_format in loggen.FORMATS.items()
                                  if log_format.has_time and not log_format.reorders])
def test_each_message_before_the_next(follower, messages, name):
    """No message waits for what is logged after it. In pieces that end inside messages, too."""
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
    """Everything in the log is written, even half a message, marked as incomplete."""
    one = follower()
    data = loggen.log(messages[:2], "uccapi").encode()
    append(one.log, data[:-200])
    one.expect(messages[:1])
    code, summary = one.stop(number)
    assert code == 0 and "2 messages written" in summary
    assert len(one.texts()) == 2


def test_followed_stream_at_rest(follower, messages):
    """The text of tshark's followed stream does not say where its last piece ends: the message comes all the same."""
    one = follower()
    text = written(stream_of(messages[:2]))
    append(one.log, text.removesuffix(RULE.encode() + b"\n"))
    one.expect(messages[:2])


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


def test_written_in_small_pieces(follower, messages):
    """Fewer bytes at a time than are remembered to see that the file is another one."""
    one = follower()
    data = loggen.log(messages[:1], "uccapi").encode()
    for at in range(0, 300, 30):
        append(one.log, data[at : at + 30])
        wait_for(lambda last=one.looks() + 2: one.looks() > last, lambda: "more looks")
    append(one.log, data[300:])
    one.expect(messages[:1])
    one.log.write_bytes(loggen.log(messages[1:4], "uccapi").encode())
    one.expect(messages[:4])


def test_deleted(follower, messages):
    """The writer continues in the deleted file, then a new file takes its place."""
    one = follower()
    with open(one.log, "ab", buffering=0) as old:
        old.write(loggen.log(messages[:1], "uccapi").encode())
        one.expect(messages[:1])
        one.log.unlink()
        old.write(loggen.log(messages[1:3], "uccapi").encode())
        one.expect(messages[:3])
    append(one.log, loggen.log(messages[3:5], "uccapi").encode())
    one.expect(messages[:5])


def rotate(one, messages, number):
    """Renames the log between two messages; the third goes into a new one, which the program sees before the second.

    Gives the seconds from the first word to the last.
    """
    start = time.monotonic()
    texts = [loggen.log([message], "uccapi").encode() for message in messages]
    with open(one.log, "ab", buffering=0) as old:
        old.write(texts[0])
        one.log.rename(one.log.with_suffix(f".{number}"))
        append(one.log, texts[2])
        one.wait_until_open(one.log)
        old.write(texts[1])
    return time.monotonic() - start


def test_rotated(follower, messages):
    """Three times, with the last words going into the old file after it was renamed."""
    # Of a writer that is slower than the grace nothing is said: then it has another try.
    one, done = follower(), 0
    for number in itertools.count():
        in_time = rotate(one, messages[done : done + 3], number) < GRACE
        if in_time:
            done += 3
            one.expect(messages[:done])
        else:
            one.stop()
            one, done = follower(), 0
        if done == 9:
            return


def test_rotated_in_quick_succession(follower, messages):
    """Each new file is replaced before the old one is finished."""
    one = follower()
    for turn in range(5):
        append(one.log, loggen.log(messages[turn : turn + 1], "uccapi").encode())
        one.wait_until_open(one.log)
        one.log.rename(one.log.with_suffix(f".{turn}"))
    append(one.log, loggen.log(messages[5:6], "uccapi").encode())
    one.expect(messages[:6], looks=6 * LOOKS)


def test_replaced_by_a_fifo(follower, messages):
    """A FIFO without a writer does not block the program: it reads the old file, then a regular file at the path."""
    one = follower()
    with open(one.log, "ab", buffering=0) as old:
        one.log.rename(one.log.with_suffix(".old"))
        os.mkfifo(one.log)
        old.write(loggen.log(messages[:1], "uccapi").encode())
        one.expect(messages[:1])
    one.log.unlink()
    append(one.log, loggen.log(messages[1:2], "uccapi").encode())
    one.expect(messages[:2])
    one.log.unlink()
    os.mkfifo(one.log)
    code, summary = one.stop()
    assert code == 0 and "2 messages written" in summary


@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_replaced_by_the_output(follower, messages, link):
    """What was written is not read, not even where it looks like a log: messages without head lines."""
    one = follower()
    append(one.log, loggen.log(messages[:2], "paste").encode())
    one.expect(messages[:2])
    one.log.unlink()
    link(one.output, one.log)
    last = one.looks() + LOOKS
    wait_for(lambda: one.looks() > last and one.texts(), lambda: "looks at the output")
    one.expect(messages[:2])
    one.log.unlink()
    append(one.log, loggen.log(messages[2:3], "paste").encode())
    one.expect(messages[:3])
    assert one.stop()[0] == 0


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_rotated_inside_a_message(follower, messages, cut):
    """The rest of the message is in the new file."""
    one = follower()
    data = loggen.log(messages[:3], "uccapi").encode()
    at = int(len(data) * cut)
    append(one.log, data[:at])
    time.sleep(0.2)
    one.log.rename(one.log.with_suffix(".old"))
    append(one.log, data[at:])
    one.expect(messages[:3])


def test_reader_goes_away(program, tmp_path, messages):
    """When Wireshark is closed, the program ends, even if the log has nothing new."""
    log = tmp_path / "log"
    log.write_bytes(loggen.log(messages[:1], "uccapi").encode())
    with subprocess.Popen([program, "--follow", str(log)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=ENVIRONMENT) as process:
        assert process.stdout.read(4) == b"\n\r\r\n"
        process.stdout.close()
        assert process.wait(timeout=HANG_SECONDS) == 0
