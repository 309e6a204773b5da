# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad input: what can be read is read, each fault gets its note, and nothing crashes.

Faults of a readable size stand in the samples broken-*; those of number are made by the generator; those
that nobody thought of are made by chance, with Wireshark's own tool for it (editcap -E).
"""

import re
import shutil

import pytest

from crafted import MESSAGES, broken, pcapng, scenario, write_one_by_one
from stage import variable

# Message -> its faults, counted in its text, in what this plugin reads outside the ms-* headers. A byte that is
# no text counts for its line, and once more where it also spoils a value. Keys of a wrong length and doubled
# tags of key lines have expert infos of their own.
FAULTS = {
    "broken-base64/01-a-tokens": 5,  # ms-internal-info, ms-route-sig, ms-rrsig, ms-key-info, grid
    "broken-base64/02-a-keys": 0,
    "broken-boundary/01-a-never-ends": 1,
    "broken-boundary/02-a-never-begins": 1,
    "broken-boundary/03-a-not-named": 1,
    "broken-boundary/04-a-empty": 1,
    "broken-boundary/05-a-quote-left-open": 1,
    "broken-boundary/06-a-no-part-header": 1,
    "broken-bytes/01-a-not-utf-8": 3,  # From, Contact, a line of the body
    "broken-bytes/02-a-nul-bytes": 5,  # From, the GRUU of Contact, a candidate, a key line and its key
    "broken-bytes/03-a-control-characters": 0,
    "broken-duplicated/01-a-headers": 3,  # From, To, Content-Length
    "broken-duplicated/02-a-parameters": 8,  # branch, branched, ms-received-cid, epid, tag, opaque, MKI, lifetime
    "broken-empty/01-a-values": 12,  # Record-Route, From, Contact, nine values of eight attributes
    "broken-empty/02-a-parameters": 18,  # 5 of Record-Route, 4 of Via, 2 of From, 3 of Contact, m=, 3 of a key line
    "broken-empty/03-a-body": 0,
    "broken-numbers/01-a-headers": 4,  # port, ms-received-port, ms-received-cid, the route's state
    "broken-numbers/02-a-session": 18,  # m=, 2 ranges, 4 and 3 of candidates, 2 and 3 of keys, x-caps, 2 of rtpmap
    "broken-over-long/01-a-header-values": 4,  # ms-internal-info, epid, the GRUU's id, grid
    "broken-over-long/02-a-session": 4,  # role, cipher suite, address, SSRC range
    "broken-truncated/01-a-parameters": 7,  # 2 of Via, Record-Route, 2 of From, 2 of Contact
    "broken-truncated/02-a-session": 9,  # bandwidth, m=, SSRC range, 2 candidates, 2 of a key line, x-caps, rtpmap
    "broken-truncated/03-a-body": 0,
    "broken-truncated/04-a-header": 2,  # ms-rrsig, and no blank line
}

# What stays readable beside the faults; without a row, the caller and the epid are.
READABLE = {
    "broken-empty/01-a-values": {"skypefed.callee": ["anna@example.com"], "skypefed.via.connection": ["332421"]},
    "broken-empty/02-a-parameters": {"skypefed.crypto.tag": ["1", "2"], "skypefed.bandwidth.send": ["4000"]},
    "broken-truncated/01-a-parameters": {"skypefed.callee": ["anna@example.com"],
                                         "skypefed.crypto.tag": ["1", "2"]},
    "broken-truncated/04-a-header": {"skypefed.route.host": ["edge.example.com"]},
    "broken-bytes/02-a-nul-bytes": {"skypefed.callee": ["anna@example.com"], "skypefed.crypto.tag": ["1", "2"]},
    "broken-bytes/01-a-not-utf-8": {"skypefed.callee": ["anna@example.com"], "skypefed.crypto.tag": ["1", "2"]},
    "broken-bytes/03-a-control-characters": {"skypefed.callee": ["anna@example.com"],
                                             "skypefed.crypto.tag": ["1", "2"]},
    "broken-over-long/01-a-header-values": {"skypefed.callee": ["anna@example.com"]},
}
AS_EVER = {"skypefed.caller": ["nora@example.org"], "skypefed.epid": ["2539071F25"]}

# Kinds of which each single element is well-formed: more of them than the limit is one note, no fault.
WELL_FORMED = ("uri-parameters", "header-parameters", "headers", "diagnostics", "vias", "record-routes", "candidates",
               "draft-06-candidates", "keys", "cryptoscale-keys", "streams", "bandwidths", "commas")
# Kinds in which most elements are faults by themselves: doubled, or out of range.
FAULTY = ("via-parameters", "codecs")
MOST_NOTES = 64  # of one message
# Kinds that are header lines: ten thousand of them leave no room for the Content-Type after them.
HEADER_LINES = ("headers", "diagnostics", "vias", "record-routes")

# Stock gives a frame up when its layers reach the depth of its tree; each part of a body is one or two of them.
COUNTS = {"parts": 100}

# Wireshark's fuzz test: the share of bytes that are changed, after Ethernet, IP and TCP headers. Its usual
# share leaves few messages that are still found in their stream; a tenth of it leaves most of them.
ERROR_RATES = {"0.02": 20, "0.002": 100}  # and how many messages are left for us at least
HEADERS = "54"
SEEDS = range(1, 7)

ABORT = {"WIRESHARK_ABORT_ON_DISSECTOR_BUG": "1", "WIRESHARK_ABORT_ON_TOO_MANY_ITEMS": "1",
         "WIRESHARK_DEBUG_WMEM_OVERRIDE": "strict", "G_SLICE": "debug-blocks"}


@pytest.fixture(scope="module")
def broken_frames(fields, samples, field_names):
    """Message (scenario/file) -> its frame, as a dict of all our fields and the texts of all expert infos."""
    frames = {}
    for folder in sorted({name.partition("/")[0] for name in FAULTS}):
        names = sorted(str(path.relative_to(MESSAGES).with_suffix("")) for path in (MESSAGES / folder).iterdir())
        rows = fields(samples / f"{folder}.pcapng", *field_names, "_ws.expert.message", where="skypefed")
        assert len(rows) == len(names), folder
        frames.update(zip(names, rows))
    return frames


def test_every_broken_message_has_its_row(broken_frames):
    assert set(broken_frames) == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_one_note_for_each_fault(name, broken_frames):
    frame = broken_frames[name]
    # Notes on the ms-* headers are those of another section, and stock writes notes of its own.
    others = sum(bool(re.match(r"(?i)(x-)?ms-[a-z-]+: ", text)) for text in frame["_ws.expert.message"])
    assert len(frame["skypefed.expert.malformed"]) - others == FAULTS[name], frame["_ws.expert.message"]
    assert not frame["skypefed.expert.limit"]


@pytest.mark.parametrize("name", FAULTS)
def test_the_rest_is_read(name, broken_frames):
    frame = broken_frames[name]
    for field, values in READABLE.get(name, AS_EVER).items():
        assert frame[field] == values


@pytest.fixture(scope="module")
def crowded(fields, capture, field_names):
    """Kind -> the frame of a message with ten thousand elements of that kind."""
    kinds = broken.names()
    path = capture(lambda file: write_one_by_one(file, [broken.many(kind, COUNTS.get(kind, broken.MANY))
                                                        for kind in kinds]))
    rows = fields(path, "sip.Call-ID", *field_names, where="sip")
    assert [row["sip.Call-ID"][0] for row in rows] == [f"many-{kind}@192.0.2.10" for kind in kinds]
    return dict(zip(kinds, rows))


@pytest.mark.parametrize("kind", broken.names())
def test_ten_thousand(kind, crowded):
    frame = crowded[kind]
    malformed, limit = (len(frame[f"skypefed.expert.{name}"]) for name in ("malformed", "limit"))
    assert malformed + limit <= MOST_NOTES
    if kind in WELL_FORMED:
        assert limit >= 1 and malformed == 0
    if kind in FAULTY:
        assert limit >= 1 and malformed >= 1
    # Everything else of the message is there.
    assert frame["skypefed.caller"] == ["nora@example.org"] and frame["skypefed.callee"] == ["anna@example.com"]
    assert frame["skypefed.epid"] == ["2539071F25"]
    assert frame["skypefed.via.sent_by"][0] == "192.0.2.10:5061"
    if kind not in HEADER_LINES:
        assert frame["skypefed.media.port"][0] == "50018"


def test_kinds_are_known():
    assert {*WELL_FORMED, *FAULTY} <= set(broken.names())


@pytest.fixture(scope="module")
def all_samples(capture):
    """One capture of all sample messages, each conversation between two ends of its own."""

    def write(file):
        writer = pcapng.Writer(file)
        conversations = [conversation for name in scenario.names() for conversation in scenario.load(name)]
        for frame in scenario.frames(conversations):
            writer.packet(*frame)

    return capture(write)


def tool(name):
    """A program that comes with the tshark under test."""
    beside = shutil.which(name, path=variable("TSHARK", "path of the tshark to test").rpartition("/")[0])
    assert beside or shutil.which(name), f"{name} is not installed"
    return beside or name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rate", ERROR_RATES)
def test_bytes_changed_by_chance(rate, seed, stage, all_samples, scratch):
    """No crash and no dissector bug; a run that fails is blamed on us only if stock survives it."""
    changed = scratch / "changed.pcapng"
    # Without a plugin it needs no sanitizer (SKYPEFED_SANITIZE), with whose library before it, it hangs at its end.
    done = stage.run([tool("editcap"), "-E", rate, "-o", HEADERS, "--seed", str(seed), all_samples, changed],
                     extra_environment={"LD_PRELOAD": ""})
    assert done.returncode == 0, done.stderr
    passes = ["-2"] if seed % 2 else []
    command = [variable("TSHARK", "path of the tshark to test"), "-n", "-r", changed, "-V", "-x", *passes]
    ours = stage.run(command, extra_environment=ABORT)
    complaint = ours.stderr.decode("utf-8", "replace")
    if ours.returncode != 0 or "Dissector bug" in complaint:
        stock = stage.run(command, plugin=False, extra_environment=ABORT)
        assert stock.returncode == ours.returncode, complaint
    assert "skypefed" not in complaint
    text = ours.stdout.decode("utf-8", "replace")
    assert text.count("Skype/Lync Federation") > ERROR_RATES[rate]
    assert not re.search(r"Dissector bug, protocol (SkypeFed|Skype)", text)
