# SPDX-License-Identifier: GPL-2.0-or-later
"""The program as a capture source of Wireshark: what it prints, and a capture that the real tshark makes with it."""

import os
import shutil
import subprocess
import time

import pytest

import loggen
from capture import Capture
from conftest import ENVIRONMENT, HANG_SECONDS, variable


def ask(program, *args):
    done = subprocess.run([program, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
                          timeout=HANG_SECONDS, check=False)
    assert done.returncode == 0 and done.stderr == b""
    return done.stdout.decode().splitlines()


def sentence(line):
    """A line of the extcap interface as (word, {key: value})."""
    word, rest = line.split(" ", 1)
    return word, dict(part.split("=", 1) for part in rest.strip("{}").split("}{"))


def test_interfaces(program):
    answers = [sentence(line) for line in ask(program, "--extcap-interfaces", "--extcap-version=4.0")]
    assert ("interface", {"value": "skypefed-log", "display": "Lync/Skype for Business log"}) in answers
    assert answers[0][0] == "extcap" and answers[0][1]["version"]


def test_dlts(program):
    (word, values), = [sentence(line) for line in ask(program, "--extcap-interface", "skypefed-log", "--extcap-dlts")]
    assert word == "dlt" and values["number"] == "252"


def test_config(program):
    answers = [sentence(line) for line in ask(program, "--extcap-interface", "skypefed-log", "--extcap-config")]
    options = {values["call"]: values for word, values in answers if word == "arg"}
    assert {call: values["type"] for call, values in options.items()} == {
        "--file": "fileselect", "--format": "selector", "--utc-offset": "string", "--follow": "boolflag"}
    formats = [values["value"] for word, values in answers if word == "value"]
    assert formats[0] == "any"
    assert sorted(formats[1:]) == sorted({log_format.option for log_format in loggen.FORMATS.values()})


def test_capture_into_a_pipe(program, tmp_path):
    """As Wireshark calls it. Without --follow, it ends at the end of the log."""
    messages = loggen.calls(3)
    log, pipe = tmp_path / "a log.txt", tmp_path / "pipe"
    log.write_bytes(loggen.log(messages, "uccapi").encode())
    os.mkfifo(pipe)
    command = [program, "--capture", "--extcap-interface", "skypefed-log", "--fifo", str(pipe), "--file", str(log),
               "--format", "any", "--utc-offset", "local", "--extcap-capture-filter", ""]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as process:
        data = pipe.read_bytes()
        assert process.wait(timeout=HANG_SECONDS) == 0 and process.stderr.read() == b""
    assert [packet.text for packet in Capture(data).packets] == [message.text for message in messages]


def test_nothing_chosen(program, tmp_path):
    done = subprocess.run([program, "--capture", "--extcap-interface", "skypefed-log", "--fifo", str(tmp_path / "x")],
                          stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=HANG_SECONDS, check=False)
    assert done.returncode == 2 and b"no log file was chosen" in done.stderr


@pytest.fixture(scope="module")
def folder(program, open_folder):
    """A folder with the program for WIRESHARK_EXTCAP_DIR, readable by the user that runs tshark."""
    path = open_folder / "extcap"
    path.mkdir()
    shutil.copy2(program, path)
    (open_folder / "home").mkdir()
    return path


def tshark_command(folder, *args):
    identity = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    home = folder.parent / "home"
    if identity:
        os.chown(home, 65534, 65534)
    environment = {**ENVIRONMENT, "HOME": str(home), "WIRESHARK_EXTCAP_DIR": str(folder)}
    return {"args": [variable("TSHARK"), *args], "env": environment, "cwd": home, **identity}


def test_in_the_capture_list(folder):
    how = tshark_command(folder, "-D")
    done = subprocess.run(**how, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=HANG_SECONDS, check=False)
    assert "skypefed-log (Lync/Skype for Business log)" in done.stdout.decode(), done.stderr


def test_tshark_captures_a_growing_log(folder):
    """From beginning to end: tshark starts the program, shows messages as they are logged, and stops it."""
    messages = loggen.calls(4)
    log = folder.parent / "grow.UccApilog"
    log.write_bytes(loggen.log(messages[:2], "uccapi").encode())
    log.chmod(0o644)
    how = tshark_command(folder, "-l", "-i", "skypefed-log", "-o", f"extcap.skypefed_log.file:{log}",
                         "-o", "extcap.skypefed_log.follow:true", "-c", "5", "-T", "fields", "-e", "sip.Call-ID")
    with subprocess.Popen(**how, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        rows = [process.stdout.readline().strip().decode() for _ in range(2)]
        for message in messages[2:5]:
            time.sleep(0.3)
            with open(log, "ab") as file:
                file.write(loggen.log([message], "uccapi").encode())
            rows.append(process.stdout.readline().strip().decode())
        process.wait(timeout=HANG_SECONDS)
        errors = process.stderr.read().decode()
    expected = [next(line[9:] for line in message.head if line.startswith("Call-ID")) for message in messages[:5]]
    assert rows == expected, errors
