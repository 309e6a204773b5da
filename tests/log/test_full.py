# SPDX-License-Identifier: GPL-2.0-or-later
"""No room for the capture: what is there stays a valid capture, the message says why, the summary what was written."""

import os
import re
import resource
import shutil
import subprocess

import pytest

import loggen
from capture import Capture
from conftest import ENVIRONMENT, HANG_SECONDS


@pytest.fixture(scope="module")
def messages():
    return loggen.calls(60)


@pytest.fixture(scope="module")
def log(messages, tmp_path_factory):
    path = tmp_path_factory.mktemp("full") / "client.log"
    path.write_bytes(loggen.log(messages, "uccapi").encode())
    return path


def run(command, limit=None, **how):
    """Runs a command whose files may not exceed `limit` bytes; gives exit code and lines on standard error."""

    def set_limit():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    # The counts of gcov are files, too; whether they have room is not said among the lines.
    environment = {**ENVIRONMENT, "GCOV_ERROR_FILE": os.devnull}
    done = subprocess.run([*map(str, command)], stderr=subprocess.PIPE, env=environment, timeout=HANG_SECONDS,
                          check=False, preexec_fn=set_limit, **how)
    return done.returncode, done.stderr.decode().splitlines()


def check(code, lines, name, reason, data, messages):
    """Checks a run that failed, and the capture it left; gives the number of messages in it."""
    assert code == 2 and len(lines) == 2
    assert lines[0] == f"skypefed-log: cannot write {name}: {reason}"
    packets = Capture(data).packets
    assert [packet.text for packet in packets] == [message.text for message in messages[: len(packets)]]
    count = re.match(r"skypefed-log: (\d+) messages? written from 1 log ", lines[1])[1]
    assert int(count) == len(packets)
    return len(packets)


# A limit below zero is one below the size of the whole capture.
@pytest.mark.parametrize("limit, least", [(5000, 0), (20_000, 16), (65_536, 64), (100_001, 112), (-1, 240)])
def test_limit_of_the_file_size(program, log, messages, tmp_path, limit, least, tshark):
    out = tmp_path / "out.pcapng"
    if limit < 0:
        run([program, "-o", out, log])
        limit += out.stat().st_size
    code, lines = run([program, "-o", out, log], limit)
    count = check(code, lines, out, "File too large", out.read_bytes(), messages)
    assert least <= count < len(messages)
    assert len(tshark(out.read_bytes(), "-T", "fields", "-e", "frame.number").split()) == count


@pytest.mark.parametrize("limit", [0, 30])
def test_no_room_for_the_head(program, log, tmp_path, limit):
    out = tmp_path / "out.pcapng"
    code, lines = run([program, "-o", out, log], limit)
    assert code == 2 and lines == [f"skypefed-log: cannot write {out}: File too large"]
    assert out.read_bytes() == b""


@pytest.mark.parametrize("mode", ["wb", "ab"])
def test_limit_of_standard_output(program, log, messages, tmp_path, mode):
    """What was in the file before, the shell's `>>` keeps, and so does the program."""
    out = tmp_path / "out.pcapng"
    run([program, "-o", out, log])
    before = out.read_bytes() if mode == "ab" else b""
    with open(out, mode) as file:
        code, lines = run([program, log], len(before) + 50_000, stdout=file)
    data = out.read_bytes()
    assert data.startswith(before)
    assert check(code, lines, "standard output", "File too large", data[len(before):], messages) > 0


def test_limit_with_names(program, messages, tmp_path):
    """Blocks with names come between the packets."""
    log, out = tmp_path / "server.log", tmp_path / "out.pcapng"
    log.write_bytes(loggen.log(messages, "server").encode())
    for limit in range(20_000, 21_000, 50):
        code, lines = run([program, "-o", out, log], limit)
        assert code == 2 and "File too large" in lines[0]
        packets = Capture(out.read_bytes()).packets
        assert [packet.text for packet in packets] == [loggen.reordered(m) for m in messages[: len(packets)]]


def test_several_logs(program, log, messages, tmp_path):
    """Of each log some messages wait for their turn when there is no more room."""
    more, out = tmp_path / "more.log", tmp_path / "out.pcapng"
    more.write_bytes(loggen.log(messages, "server").encode())
    code, lines = run([program, "-o", out, log, more], 50_000)
    assert code == 2 and lines[0] == f"skypefed-log: cannot write {out}: File too large"
    assert 0 < len(Capture(out.read_bytes()).packets) < len(messages)


def test_followed_log_with_few_messages(program, messages, tmp_path):
    """They are written when the log is at rest, not because there are many."""
    log, out = tmp_path / "few.log", tmp_path / "out.pcapng"
    log.write_bytes(loggen.log(messages[:4], "uccapi").encode())
    code, lines = run([program, "--follow", "-o", out, log], 1_000)
    assert check(code, lines, out, "File too large", out.read_bytes(), messages) < 4


def test_followed_log(program, log, messages, tmp_path):
    """A failure ends following, too."""
    out = tmp_path / "out.pcapng"
    code, lines = run([program, "--follow", "-o", out, log], 50_000)
    assert check(code, lines, out, "File too large", out.read_bytes(), messages) > 0


def test_full_disk(program, log, messages, tmp_path):
    """A file system of 64 KiB; only root can make one."""
    disk, copy = tmp_path / "disk", tmp_path / "copy.pcapng"
    disk.mkdir()
    script = """mount -t tmpfs -o size=64k tmpfs "$1" || exit 77
                "$2" -o "$1/out" "$3"; code=$?; cp "$1/out" "$4"; exit $code"""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("only root can mount a file system")
    code, lines = run(["unshare", "--mount", "sh", "-c", script, "sh", disk, program, log, copy])
    if code in (1, 77):
        pytest.skip(f"no mount here: {lines}")
    assert check(code, lines, disk / "out", "No space left on device", copy.read_bytes(), messages) > 0


def test_pipe_that_is_closed(program, log, messages):
    """The summary does not count what could not be written any more."""
    with subprocess.Popen([program, str(log)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=ENVIRONMENT) as process:
        assert process.stdout.read(4) == b"\n\r\r\n"
        process.stdout.close()
        summary = process.stderr.read().decode()
        assert process.wait(timeout=HANG_SECONDS) == 0
    assert int(re.search(r"(\d+) messages? written", summary)[1]) < len(messages)
