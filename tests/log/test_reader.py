# SPDX-License-Identifier: GPL-2.0-or-later
"""Logs opened by Wireshark itself (4.6 and later): the same packets as from skypefed-log. Other files are not claimed.

CTest runs it where the file reader was built, and sets SKYPEFED_READER: the reader's path.
"""

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import loggen
from conftest import ENVIRONMENT, HANG_SECONDS, variable

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FIELDS = ("frame.time_epoch", "frame.packet_flags_direction", "frame.comment", "frame.len", "exported_pdu.src_port",
          "exported_pdu.ipv4_src", "exported_pdu.ipv6_dst", "sip.Request-Line", "sip.Status-Line", "sip.Call-ID",
          "sdp.media", "sip.msg_body")


@pytest.fixture(scope="module")
def tshark_with_reader(open_folder):
    """tshark(path, *args) with the reader loaded. Wireshark ignores it for root, so root runs tshark as nobody."""
    reader = Path(variable("SKYPEFED_READER"))
    top = open_folder
    tshark = variable("TSHARK")
    version = subprocess.run([tshark, "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().split()
    number = next(word for word in version if word[0].isdigit())
    folder = top / "plugins" / ".".join(number.split(".")[:2]) / "wiretap"
    folder.mkdir(parents=True)
    shutil.copy2(reader, folder / "skypefed-log.so")
    home = top / "home"
    home.mkdir()
    identity = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {**ENVIRONMENT, "HOME": str(home), "WIRESHARK_PLUGIN_DIR": str(top / "plugins")}
    if identity:
        os.chown(home, 65534, 65534)

    def run(path, *args):
        copy = top / "copy"
        # With its time: from that comes the day or the year that a log leaves out.
        shutil.copy2(path, copy)
        copy.chmod(0o644)
        done = subprocess.run([tshark, "-r", str(copy), *args], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=HANG_SECONDS, check=False, **identity)
        assert done.returncode == 0 and done.stderr == b"", done.stderr.decode()
        return done.stdout.decode()

    return run


def field_arguments():
    return ["-T", "fields", *(part for name in FIELDS for part in ("-e", name))]


# Text without a line grammar of its own: nothing but a message in it says that it is a log.
UNCLAIMED = ("article.txt", "kamailio.txt", "mail.txt", "polycom.txt")
SAMPLE_LOGS = sorted(path for path in (SAMPLES / "logs").glob("*.txt") if path.name not in UNCLAIMED)


def without_zero_times(lines):
    """A packet of pcapng always has a time; one of the reader has none where the log has none."""
    zero = "0.000000000\t"
    return [line[len(zero) - 1:] if line.startswith(zero) and "time unknown" in line else line for line in lines]


@pytest.mark.parametrize("path", SAMPLE_LOGS, ids=lambda path: path.name)
@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one pass", "two passes"])
def test_same_packets(tshark_with_reader, convert, tshark, path, passes):
    through_program = tshark(convert(path).data, *field_arguments()).splitlines()
    through_reader = tshark_with_reader(path, *passes, *field_arguments()).splitlines()
    assert len(through_reader) > 0 and through_reader == without_zero_times(through_program)


def test_a_time_without_a_date_is_before_the_file_was_written(tshark_with_reader, tmp_path):
    """Not before today: a log may be opened years later."""
    path = tmp_path / "pjsua.txt"
    path.write_bytes((SAMPLES / "logs" / "pjsua.txt").read_bytes())
    written = 1600000000  # 2020-09-13
    os.utime(path, (written, written))
    times = [float(line) for line in tshark_with_reader(path, "-T", "fields", "-e", "frame.time_epoch").split()]
    assert len(times) >= 2 and all(written - 86400 <= time <= written for time in times)


@pytest.mark.parametrize("name", UNCLAIMED)
def test_text_without_a_grammar_is_left_alone(tshark_with_reader, name):
    with pytest.raises(AssertionError, match="isn't a capture file"):
        tshark_with_reader(SAMPLES / "logs" / name)


def test_compressed(tshark_with_reader, tmp_path):
    packed = tmp_path / "log.gz"
    packed.write_bytes(gzip.compress((SAMPLES / "logs" / "uccapi.txt").read_bytes()))
    assert tshark_with_reader(packed, *field_arguments()) == \
        tshark_with_reader(SAMPLES / "logs" / "uccapi.txt", *field_arguments())


def test_many_messages(tshark_with_reader, tmp_path):
    """A log longer than any buffer, read in two passes."""
    messages = loggen.calls(1000)
    path = tmp_path / "log"
    path.write_bytes(loggen.log(messages, "uccapi").encode())
    rows = tshark_with_reader(path, "-2", "-T", "fields", "-e", "sip.Call-ID").split()
    assert rows == [next(line[9:] for line in message.head if line.startswith("Call-ID")) for message in messages]


def test_names(tshark_with_reader):
    assert "fepool01.example.com" in tshark_with_reader(SAMPLES / "logs" / "server.txt", "-N", "n")


def test_first_lines_as_of_other_kinds_of_files(tshark_with_reader, tmp_path):
    """With a certificate in the first two kilobytes, Wireshark alone would open the log as a certificate."""
    pem = "-----BEGIN CERTIFICATE-----\nMIIBszCCARwCAQAwDQYJ\n-----END CERTIFICATE-----\n"
    path = tmp_path / "log"
    path.write_text(pem + loggen.log(loggen.calls(1), "expressway"))
    assert "INVITE" in tshark_with_reader(path)


@pytest.mark.parametrize("path", [
    *(SAMPLES / "logs" / name for name in UNCLAIMED),
    SAMPLES / "skype-to-lync-invite.pcapng",
    Path(__file__),
], ids=lambda path: path.name)
def test_other_files_are_left_alone(tshark_with_reader, path):
    """Captures, prose and programs are not claimed."""
    if path.suffix == ".pcapng":
        assert "tcp" in tshark_with_reader(path, "-T", "fields", "-e", "frame.protocols")
    else:
        with pytest.raises(AssertionError):
            tshark_with_reader(path)
