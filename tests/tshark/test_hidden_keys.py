# SPDX-License-Identifier: GPL-2.0-or-later
"""Key lines out of shape: wherever the key is in them, no label, field, column or expert info shows it."""

import random

import pytest

import mutations
from crafted import KEYS, SUITE, crypto, request, session, stream_of, write_datagrams

HIDDEN = ("-o", "skypefed.show_keys:FALSE")
KEY, OTHER = KEYS[0], KEYS[1]
FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["5B"] * 32)

# Name -> the lines of the stream that hold the key.
LINES = {
    "session parameters": [f"a=crypto:1 {SUITE} inline:{KEY}|2^31|1:1 KDR=0 UNENCRYPTED_SRTP FEC_ORDER=FEC_SRTP "
                           f"FEC_KEY=inline:{OTHER}|2^20|1:4 WSH=64"],
    "further keys": [f"a=crypto:1 {SUITE} inline:{KEY}|2^31|1:4;inline:{OTHER}|2^31|2:4"],
    "further key after a blank": [f"a=crypto:1 {SUITE} inline:{KEY} ;inline:{OTHER}"],
    "lifetime and MKI twice": [f"a=crypto:1 {SUITE} inline:{KEY}|2^31|2^20|1:1|2:4"],
    "key in place of the lifetime": [f"a=crypto:1 {SUITE} inline:|{KEY}"],
    "key in place of the MKI": [f"a=crypto:1 {SUITE} inline:{KEY}|2^31|{OTHER}:1"],
    "key in place of the MKI's length": [f"a=crypto:1 {SUITE} inline:{KEY}|2^31|1:{OTHER}"],
    "blank after inline:": [f"a=crypto:1 {SUITE} inline: {KEY}|2^31"],
    "inline with another sign": [f"a=crypto:1 {SUITE} inline={KEY}|2^31"],
    "key in front of the suite": [f"a=crypto:1 inline:{KEY}|2^31 {SUITE}"],
    "no tag": [f"a=crypto:{SUITE} inline:{KEY}|2^31"],
    "key for a tag": [f"a=crypto:{KEY} {SUITE} inline:{OTHER}|2^31"],
    "no suite": [f"a=crypto:1 inline:{KEY}|2^31|1:1"],
    "suite grown into the key": [f"a=crypto:1 {SUITE};inline:{KEY}|2^31"],
    "upper case": [f"a=CRYPTO:1 {SUITE} INLINE:{KEY}|2^31"],
    "blanks around the name": [f"a= crypto : 1 {SUITE} inline:{KEY}|2^31"],
    "letters of no base64": [f"a=crypto:1 {SUITE} inline:{KEY}!|2^31"],
    "key line folded": [f"a=crypto:1 {SUITE}", f" inline:{KEY}|2^31"],
    "key line broken": [f"a=crypto:1 {SUITE}", f"inline:{KEY}|2^31"],
    "key broken": [f"a=crypto:1 {SUITE} inline:{KEY[:8]}", f"{KEY[8:]}|2^31"],
    "role for a suite": [f"a=crypto:1 client {SUITE} inline:{KEY}|2^31"],
    "no role": [f"a=cryptoscale:1 {SUITE} inline:{KEY}|2^31"],
    "role that is none": [f"a=cryptoscale:1 peer {SUITE} inline:{KEY}|2^31"],
    "suite and key by a colon": [f"a=crypto:1 {SUITE}:{KEY}|2^31"],
    "suite and key by a bar": [f"a=crypto:1 {SUITE}|{KEY}"],
    "suite and key by a comma": [f"a=crypto:1 {SUITE},{KEY}"],
    "key for a suite": [f"a=crypto:1 {KEY} inline:{OTHER}"],
    "key for a role": [f"a=cryptoscale:1 {KEY} inline:{OTHER}"],
    "url-safe key for a suite": ["a=crypto:1 " + KEY.replace("+", "_") + "|2^31"],
    "line end lost after the label": [f"a=label:main-audio\ra=crypto:1 {SUITE} inline:{KEY}|2^31"],
    "line end lost after an attribute": [f"a=x-source:main-videoa=crypto:1 {SUITE} inline:{KEY}|2^31"],
    "line end lost after a candidate": [f"a=candidate:1 1 UDP 1 192.0.2.1 1 typ hosta=crypto:1 {SUITE} inline:{KEY}"],
    "percent in the mark": [f"a=candidate:1 1 UDP 1 192.0.2.1 1 typ host%69nline:{KEY}"],
    "percent in the mark of a label": [f"a=label:main %61=crypto:1 {SUITE} inline:{KEY}"],
    "backslash in the mark": [f"a=candidate:1 1 UDP 1 192.0.2.1 1 typ in\\line:{KEY}"],
    "percent in another line": ["a=label:100%", f"a=crypto:1 {SUITE} inline:{KEY}|2^31"],
    "key in a label": [f"a=label:main inline:{KEY}"],
    "key in another attribute": [f"a=x-crypto:1 {SUITE} inline:{KEY}|2^31"],
    "blanks around the equals sign": [f"a = crypto:1 {SUITE} inline:{KEY}|2^31"],
    "legacy key": ["a=encryption:required", f"k=base64:{KEY}"],
    "legacy key in clear": ["a=encryption:required", f"k=clear:{KEY}"],
    "legacy key without a method": ["a=encryption:required", f"k={KEY}"],
    "legacy key for a method": ["a=encryption:required", f"k={KEY}:{OTHER}"],
    "legacy key run into another line": [f"a=encryption:requiredk=base64:{KEY}"],
}


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("start", [f"INVITE sip:anna@example.com;x=inline:{KEY} SIP/2.0", f"SIP/2.0 200 inline:{KEY}"])
def test_a_message_with_a_key_in_its_start_line_is_not_shown(start, args, tshark, capture):
    """The one behind it is."""
    path = capture(lambda file: write_datagrams(file, [request("key", start=start), request("whole")]))
    assert tshark("-r", path, *args, "-Y", "skypefed", "-T", "fields", "-e", "frame.number").split() == ["2"]


@pytest.fixture(scope="module")
def path(capture):
    """A capture of one message for each row, and one whose key line is above all streams."""
    bodies = [session(stream_of("RTP/SAVP", *(f"{line}\r\n" for line in lines))) for lines in LINES.values()]
    bodies.append(session(crypto(1), stream_of("RTP/SAVP", f"{FINGERPRINT}\r\n")))
    return capture(lambda file: write_datagrams(file, [request(f"hidden-{number}", body)
                                                       for number, body in enumerate(bodies)]))


def secrets_in(text):
    """The parts of the keys that stand in a text, each long enough to be no chance."""
    return [part for key in (KEY, OTHER) for part in (key[:8], key[8:24], key[24:]) if part in text]


@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_details(passes, tshark, path):
    frames = tshark("-r", path, "-V", "-O", "skypefed", *HIDDEN, *passes).split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(LINES) + 1
    leaks = {name: secrets_in(frame) for name, frame in zip([*LINES, "above the streams"], frames) if secrets_in(frame)}
    assert not leaks


def test_fields(decoded, path):
    frames = decoded(path, args=HIDDEN)
    leaks = {name: secrets_in(str(frame)) for name, frame in zip([*LINES, "above the streams"], frames)
             if secrets_in(str(frame))}
    assert len(frames) == len(LINES) + 1 and not leaks


@pytest.mark.parametrize("option", [(), HIDDEN], ids=["shown", "hidden"])
def test_expert_infos_and_columns(option, tshark, path):
    """Those never show a key, whatever the preference says."""
    columns = ('gui.column.format:"Info","%i","Line","%Cus:skypefed.crypto:0:R","Stream","%Cus:skypefed.media:0:R",'
               '"Suite","%Cus:skypefed.crypto.suite:0:R","Expert","%Cus:_ws.expert.message:0:R"')
    assert not secrets_in(tshark("-r", path, "-q", "-z", "expert", *option))
    assert not secrets_in(tshark("-r", path, "-o", columns, *option))


# What a header has run into: a key, a key line, and a key whose mark is escaped or folded.
RUN_INTO = (f"inline:{KEY}|2^31|1:1", f":inline:{KEY}", f"INLINE:\r\n {KEY}", f"%69nline:{KEY}@example.com>", f"k=base64:{KEY}",
            f"a=crypto:1 {SUITE} inline:{KEY}")
DAMAGED = 400


@pytest.fixture(scope="module")
def damaged(capture):
    """A capture of samples in which, anywhere in the header block, a line end was lost and a key follows."""
    chance = random.Random(5)
    heads = [content.partition(b"\r\n\r\n")[0].split(b"\r\n", 1) for content in mutations.samples()]
    contents = []
    for number in range(DAMAGED):
        start, headers = chance.choice([head for head in heads if len(head) == 2])
        at = chance.randrange(len(headers))
        ran_into = RUN_INTO[number % len(RUN_INTO)].encode("ascii")
        contents.append(start + b"\r\n" + headers[:at] + ran_into + b"\r\n" + headers[at:] + b"\r\n\r\n")
    return capture(lambda file: write_datagrams(file, contents))


def ours(details):
    """Our trees of all frames."""
    return [frame.partition("\nFrame ")[0] for frame in details.split("\nSkype/Lync Federation")[1:]]


def test_headers(tshark, damaged):
    trees = ours(tshark("-r", damaged, "-V", "-O", "skypefed", *HIDDEN))
    assert len(trees) > DAMAGED / 2 and any("runs into a media key" in tree for tree in trees)
    assert not [tree for tree in trees if secrets_in(tree)]


def test_fields_of_headers(decoded, damaged):
    assert not [frame for frame in decoded(damaged) if secrets_in(str(frame))]


@pytest.mark.parametrize("report", ["expert", "skypefed,calls", "skypefed,tree"])
def test_reports_of_headers(report, tshark, damaged):
    assert not secrets_in(tshark("-r", damaged, "-q", "-z", report))
