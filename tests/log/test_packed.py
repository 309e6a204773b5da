# SPDX-License-Identifier: GPL-2.0-or-later
"""Compressed logs, and archives of logs: what they hold is converted as if it had been unpacked before."""

import bz2
import gzip
import io
import lzma
import os
import subprocess
import tarfile
import zipfile

import pytest

import loggen
from conftest import ENVIRONMENT, HANG_SECONDS

ZSTD_BLOCK = 65536


def zstd(data):
    """A zstd frame (RFC 8878 3.1.1) of blocks that are stored as they are."""
    blocks = [data[start:start + ZSTD_BLOCK] for start in range(0, len(data), ZSTD_BLOCK)] or [b""]
    frame = b"\x28\xb5\x2f\xfd\xa0" + len(data).to_bytes(4, "little")
    for index, block in enumerate(blocks):
        frame += ((len(block) << 3) | (index == len(blocks) - 1)).to_bytes(3, "little") + block
    return frame


PACKINGS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstd}


@pytest.fixture(scope="module", name="text")
def fixture_text():
    return loggen.log(loggen.calls(100), "uccapi").encode()


@pytest.fixture(scope="module", name="plain")
def fixture_plain(convert, text):
    return convert(text)


def tar(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        folder = tarfile.TarInfo("logs")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in files.items():
            info = tarfile.TarInfo("logs/" + name)
            info.size, info.mtime = len(data), 1_700_000_000
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr("logs/" + name, data)
    return out.getvalue()


ARCHIVES = {
    "zip": zipped,
    "zip, stored": lambda files: zipped(files, zipfile.ZIP_STORED),
    "tar": tar,
    "tar.gz": lambda files: tar(files, "w:gz"),
    "tar.xz": lambda files: tar(files, "w:xz"),
    "tar.bz2": lambda files: tar(files, "w:bz2"),
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("through_pipe", [False, True], ids=["file", "pipe"])
def test_compressed(convert, tmp_path, text, plain, packing, through_pipe):
    packed = PACKINGS[packing](text)
    path = tmp_path / "log"
    path.write_bytes(packed)
    result = convert(packed if through_pipe else path)
    assert result.code == 0 and result.data == plain.data
    assert result.summary == plain.summary


@pytest.mark.parametrize("packing", PACKINGS)
def test_zeros_in_front(convert, tmp_path, text, plain, packing):
    """Zeros in front of a log, as a crash leaves them, are also how a tar archive ends."""
    path = tmp_path / "log"
    path.write_bytes(PACKINGS[packing](bytes(10240) + text))
    result = convert(path)
    assert result.code == 0 and result.texts == plain.texts


@pytest.mark.parametrize("packing", PACKINGS)
def test_cut_off(convert, tmp_path, packing):
    """A log whose compressed data ends too early: that is said, the code is 2, and what could be unpacked is written."""
    text = loggen.log(loggen.calls(300), "uccapi").encode()
    packed = PACKINGS[packing](text)
    path = tmp_path / "log"
    path.write_bytes(packed[: len(packed) * 3 // 4])
    result = convert(path)
    assert result.code == 2
    assert f"cannot read all of {path}: the {packing} data is damaged or truncated" in result.summary
    assert "nothing found" not in result.summary
    if packing != "bzip2":  # it has blocks of 900 kB, of which none is whole here
        assert len(result.packets) > 300


@pytest.mark.parametrize("kind", ARCHIVES)
def test_archives(convert, program, tmp_path, kind):
    """Each file is a log: they are merged by time, whatever their formats, and compressed ones are unpacked."""
    messages = loggen.calls(30)
    files = {
        "a.UccApilog": loggen.log(messages[::3], "uccapi").encode(),
        "b.txt": loggen.log(messages[1::3], "server").encode(),
        "c.UccApilog.gz": gzip.compress(loggen.log(messages[2::3], "uccapi").encode()),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    apart = subprocess.run([program, *(str(tmp_path / name) for name in files)], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=HANG_SECONDS, check=True)
    path = tmp_path / "logs.archive"
    path.write_bytes(ARCHIVES[kind](files))
    result = convert(path)
    assert result.code == 0 and result.data == apart.stdout
    assert "from 3 logs (client UccApilog: 2, OCSLogger or CLS server log: 1)" in result.summary


def test_what_is_no_log_in_an_archive_is_named(convert, tmp_path, text):
    inner = zipped({"x": text})
    path = tmp_path / "logs.zip"
    path.write_bytes(zipped({"good.log": text, "trace.pcapng": b"\x0a\x0d\x0d\x0a\x1c\0\0\0", "more.zip": inner,
                             "strange\x1b[31m": b"nothing\n"}))
    result = convert(path)
    assert result.code == 0 and len(result.packets) == len(loggen.calls(100))
    assert f"nothing found in {path}: logs/trace.pcapng, which is a capture already" in result.summary
    assert f"nothing found in {path}: logs/more.zip, which is a zip archive; unpack it first" in result.summary
    assert f"nothing found in {path}: logs/strange?[31m, which" in result.summary


def test_archive_of_nothing(convert, tmp_path):
    path = tmp_path / "logs.tar"
    path.write_bytes(tar({}))
    result = convert(path)
    assert result.code == 2 and f"cannot read all of {path}: the archive has no files" in result.summary


def test_damaged_archive(convert, tmp_path, text):
    path = tmp_path / "logs.tar"
    path.write_bytes(tar({"a": text, "b": text})[: len(text) + len(text) // 2])
    result = convert(path)
    assert result.code == 2 and len(result.packets) > len(loggen.calls(100))
    assert f"cannot read all of {path}: logs/b: the archive is damaged or truncated" in result.summary


def test_password(convert, tmp_path, text):
    """The first bit of the flags says that a file of a zip is encrypted."""
    packed = bytearray(zipped({"a": text}))
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        packed[packed.index(mark) + flags] |= 1
    path = tmp_path / "logs.zip"
    path.write_bytes(packed)
    result = convert(path)
    assert result.code == 2 and not result.packets
    assert f"{path}: logs/a: it is protected by a password; unpack it first" in result.summary


def test_output_is_the_archive(convert, tmp_path, text):
    path = tmp_path / "logs.zip"
    path.write_bytes(zipped({"a": text}))
    before = path.read_bytes()
    result = convert(path, "-o", path)
    assert result.code == 2 and "the output is also an input" in result.summary
    assert path.read_bytes() == before


def test_nothing_is_left(convert, tmp_path, monkeypatch, text):
    """The unpacked files have no names: a program that is killed leaves none."""
    monkeypatch.setitem(ENVIRONMENT, "TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    path = tmp_path / "logs.zip"
    path.write_bytes(zipped({"a": text}))
    assert convert(path).code == 0
    assert os.listdir(tmp_path / "tmp") == []


def test_no_room(convert, tmp_path, monkeypatch, text):
    monkeypatch.setitem(ENVIRONMENT, "TMPDIR", str(tmp_path / "missing"))
    path = tmp_path / "logs.zip"
    path.write_bytes(zipped({"a": text}))
    result = convert(path)
    assert result.code == 2 and "there is no room for temporary files" in result.summary


@pytest.mark.parametrize("text", ["BZh9 is no log\n", "PK is no log\n"])
def test_letters_of_a_compression(convert, text):
    assert "which has no SIP message in a known format" in convert(text).summary
