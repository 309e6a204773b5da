# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin shows for a log: the same as for the wire, and the call table of 1,000 calls.

CTest sets SKYPEFED_PLUGIN_DIR: folder that holds X.Y/epan/skypefed.so.
"""

import json
import sys
from pathlib import Path

import pytest

import loggen
from conftest import variable

sys.path.append(str(Path(__file__).resolve().parents[1] / "tshark"))
from stage import Stage  # noqa: E402  (tshark as nobody, since root loads no plugin)

LOGS = Path(__file__).resolve().parents[2] / "samples" / "logs"
SUITE = "AES_CM_128_HMAC_SHA1_80"


@pytest.fixture(scope="module")
def stage():
    made = Stage(variable("SKYPEFED_PLUGIN_DIR"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def plugin(stage):
    """plugin(capture, *args): standard output of tshark with the plugin for a capture, given as bytes or path."""

    def run(capture, *args):
        if isinstance(capture, bytes):
            path = stage.folder("capture") / "capture.pcapng"
            path.write_bytes(capture)
            path.chmod(0o644)
        else:
            path = capture
        done = stage.run([variable("TSHARK"), "-r", path, *args])
        assert done.returncode == 0 and done.stderr == b"", done.stderr.decode()
        return done.stdout.decode()

    return run


@pytest.fixture(scope="module")
def our_fields(stage):
    """Arguments for tshark that print every field of the plugin."""
    listing = stage.run([variable("TSHARK"), "-G", "fields"]).stdout.decode("utf-8", "replace").splitlines()
    names = [row.split("\t")[2] for row in listing if row.startswith("F\t")]
    ours = sorted({name for name in names if name.startswith("skypefed")})
    assert len(ours) > 100
    return ["-Y", "skypefed", "-T", "json", *(part for name in ours for part in ("-e", name))]


def test_article_equals_the_wire(plugin, our_fields, convert, stage):
    """Every field of the INVITE from an article is that of the capture, but it says that it was logged, and no key
    was exposed on a wire."""
    (from_log,) = json.loads(plugin(convert(LOGS / "article.txt").data, *our_fields))
    (from_wire,) = json.loads(plugin(stage.samples / "skype-to-lync-invite.pcapng", *our_fields))
    log_layers, wire_layers = (frame["_source"]["layers"] for frame in (from_log, from_wire))
    exposed = [name for name in wire_layers if name.endswith(".key_exposed")]
    assert exposed and not any(name in log_layers for name in exposed)
    for name in exposed:
        del wire_layers[name]
    assert log_layers.pop("skypefed.from_log") in (["1"], ["True"])
    assert log_layers == wire_layers and len(wire_layers) > 50


def header(message, name):
    """Value of a header of a message."""
    return next(line[len(name) + 2 :] for line in message.head if line.lower().startswith(name.lower() + ":"))


def truth_of(messages):
    """The row of the call table for each call, from what the generator wrote."""
    calls = {}
    for message in messages:
        calls.setdefault(header(message, "Call-ID"), []).append(message)
    for parts in calls.values():
        invite, final = parts[0], parts[2]
        bye = next((part for part in parts if part.head[0].startswith("BYE")), None)
        answered = final.head[0].startswith("SIP/2.0 200")
        yield {
            "Time (UTC)": invite.time.strftime("%Y-%m-%d %H:%M:%S.%f"),
            "Caller": header(invite, "From").split(":")[1].split(">")[0],
            "Callee": header(invite, "To").split(":")[1].split(">")[0],
            "Verdict": "SRTP agreed" if answered else "Not negotiated",
            "Suite": SUITE if answered else "-",
            "Response": final.head[0].split(" ")[1],
            "Duration": f"{(bye.time - final.time).total_seconds():.3f}" if bye else "-",
            "Code": "-" if answered else "52085",
        }


def table_rows(text, columns):
    """The named columns of each row of tshark's call table; a column reaches up to the next one's name."""
    lines = text.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("Call "))
    names = [name for name in lines[start].split("  ") if name.strip()]
    places = [lines[start].index(name.strip()) for name in names] + [None]
    spans = {name.strip(): (places[index], places[index + 1]) for index, name in enumerate(names)}
    for line in lines[start + 1 :]:
        if line[:1].isdigit():
            yield {name: line[slice(*spans[name])].strip() for name in columns}


@pytest.mark.parametrize("name", sorted(loggen.FORMATS))
def test_table_of_thousand_calls(plugin, convert, name):
    messages = loggen.calls(1000)
    expected = list(truth_of(messages))
    log_format = loggen.FORMATS[name]
    missing = [] if log_format.has_time and not log_format.lacks else ["Time (UTC)"]
    missing += [] if log_format.has_time else ["Duration"]
    for row in expected:
        for column in missing:
            del row[column]
    table = plugin(convert(loggen.log(messages, name)).data, "-q", "-z", "skypefed,calls")
    assert list(table_rows(table, list(expected[0]))) == expected
