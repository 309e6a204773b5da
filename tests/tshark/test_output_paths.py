# SPDX-License-Identifier: GPL-2.0-or-later
"""All ways to get at a field agree, each used alone: Wireshark builds another kind of tree for each.

The measure is `-T fields -e` of every field of ours at once; test_invite.py holds that to the message.
"""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from crafted import variants

BASE = variants.BASE + ".pcapng"
CAPTURES = [BASE, variants.BASE + "-three-messages.pcapng", variants.BASE + "-small-segments.pcapng",
            "video-refused.pcapng", "several-calls.pcapng"]
INVITE_FRAME = "8"

# Field -> its text in a column; an enumeration shows its name there.
COLUMNS = {
    "skypefed.caller": "user@example.com",
    "skypefed.caller.network": "Skype or Microsoft account",
    "skypefed.via.received_cid": "85099776 (0x05128500),1217167104 (0x488c7f00),5706240 (0x00571200)",
    "skypefed.route.front_end": "SN20S00MED06.infra.lync.com",
    "skypefed.gruu.guid": "acdd7469-07bb-5fe6-811f-aed4c88b90a7",
    "skypefed.media.security": "SRTP optional,SRTP optional",
    "skypefed.crypto.tag": "1,2,3,1,2,3",
    "skypefed.candidate.related_port": "49710,49710,50802,50803,49710,49710,49710,49710",
}

# Lines of the details: section titles, summaries, and values of each kind.
DETAILS = """
Skype/Lync Federation: INVITE, user@example.com to user@example.com
Parties: user@example.com (Skype or Microsoft account) to user@example.com (SIP domain)
[Caller: user@example.com (Skype or Microsoft account)]
Decorated address: user(example.com)@msn.com
[Endpoint GUID (inferred): 8c4301de-d8f9-5ee5-87f8-c4d0651f2c5a]
Connection id: 85099776 (0x05128500)
[Connection number (inferred): 332421]
Record-Route 2: federation.messenger.msn.com, the Edge of a public IM provider
Key: 5f32976565784c065b33a7b5bfe34022
[Codec: RTAudio (narrowband), payload type 115]
Candidate: likely host UDP 10.0.0.0:54846 for RTP
""".strip().splitlines()


def merged(pairs):
    """A JSON object as dict of lists: Wireshark writes a name once for each time that a field occurs."""
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def collect(node, found):
    """Adds all fields of ours in a tree of merged objects to found: name -> values."""
    for name, values in node.items():
        for value in values:
            if name.startswith("skypefed.") and not name.endswith("_tree"):
                found.setdefault(name, []).append(None if isinstance(value, dict) else value)
            if isinstance(value, dict):
                collect(value, found)


def of_json(output):
    """Our fields from `-T json`, a dict for each frame."""
    frames = []
    for [frame] in ([frame] for frame in json.loads(output, object_pairs_hook=merged)):
        found = {}
        for layer in frame["_source"][0]["layers"][0]["skypefed"]:
            collect(layer, found)
        frames.append(found)
    return frames


def of_pdml(output):
    """Our fields from `-T pdml`."""
    return [merged((field.get("name"), field.get("show")) for protocol in packet.iterfind("proto[@name='skypefed']")
                   for field in protocol.iter("field") if field.get("name").startswith("skypefed."))
            for packet in ElementTree.fromstring(output)]


def collect_flat(node, found):
    """The same for `-T ek`, whose names are flat: skypefed_skypefed_caller_network. An expert info is an object."""
    for name, values in node.items():
        for value in values:
            several = value if isinstance(value, list) else [value]
            if name.startswith("skypefed_skypefed_"):
                found.setdefault(name, []).extend(several)
            for inner in several:
                if isinstance(inner, dict):
                    collect_flat(inner, found)


def of_ek(output):
    """Our fields from `-T ek`: of two lines for each frame, the second holds them."""
    frames = []
    for line in output.splitlines()[1::2]:
        found = {}
        collect_flat(json.loads(line, object_pairs_hook=merged)["layers"][0], found)
        frames.append(found)
    return frames


PARSERS = {"json": of_json, "pdml": of_pdml, "ek": of_ek}


@pytest.fixture(scope="module")
def types(tshark):
    """Field -> type."""
    rows = [line.split("\t") for line in tshark("-G", "fields").splitlines()]
    return {row[2]: row[3] for row in rows if row[0] == "F" and row[2].startswith("skypefed.")}


@pytest.fixture(scope="module")
def measure(decoded, samples):
    """measure(name): what `-T fields -e` gives for a sample, read once."""
    known = {}

    def get(name):
        if name not in known:
            known[name] = decoded(samples / name)
            assert known[name]
        return known[name]

    return get


def plain(kind, value):
    """A value without what is only the way of one output to print it."""
    if kind == "FT_NONE":
        return "present"
    if kind == "FT_BYTES":
        return value.replace(":", "")
    if kind == "FT_ABSOLUTE_TIME":
        return re.search(r"\d\d:\d\d:\d\d\.\d+", value).group()
    if kind == "FT_BOOLEAN":
        return {"True": "1", "False": "0"}.get(str(value), str(value))
    if kind == "FT_FLOAT":
        return float(value)
    if kind.startswith("FT_UINT"):
        return str(int(str(value), 0))  # 4.6 writes hexadecimal fields in decimal for `-T ek`
    return value


def plain_frames(frames, types, flat=False):
    """Frames with plain values; flat: with names as `-T ek` writes them, and the values of each sorted.

    Sorted, since that output joins what is below parents of one name, whatever is between.
    """
    written = {name.replace(".", "_"): name for name in types}
    rows = []
    for frame in frames:
        row = {}
        for name, values in frame.items():
            name = name.removeprefix("skypefed_") if flat else name
            name = written.get(name, name)
            row[name] = [plain(types[name], value) for value in values]
            if flat:
                row[name].sort()
        rows.append(row)
    return rows


@pytest.mark.parametrize("name", CAPTURES)
@pytest.mark.parametrize("output", PARSERS)
def test_structured_output(output, name, measure, tshark, samples, types):
    flat = output == "ek"
    frames = plain_frames(PARSERS[output](tshark("-r", samples / name, "-Y", "skypefed", "-T", output)), types, flat)
    expected = plain_frames(measure(name), types, flat)
    assert len(frames) == len(expected)
    for frame, values in zip(frames, expected):
        assert {field: frame.get(field) for field in values if frame.get(field) != values[field]} == {}
        assert set(frame) == set(values)


@pytest.mark.parametrize("field", COLUMNS)
def test_field_asked_for_alone(field, measure, tshark, samples):
    """Without a filter and without any other field, Wireshark builds the smallest of trees."""
    printed = tshark("-r", samples / BASE, "-T", "fields", "-E", "aggregator=|", "-e", "frame.number", "-e", field)
    values = dict(line.split("\t") for line in printed.splitlines())
    assert values.pop(INVITE_FRAME).split("|") == measure(BASE)[0][field]
    assert not any(values.values())


@pytest.mark.parametrize("field", COLUMNS)
def test_column(field, tshark, samples):
    columns = f'gui.column.format:"No.","%m","Ours","%Cus:{field}:0:R"'
    printed = [line.split(maxsplit=1) for line in tshark("-r", samples / BASE, "-o", columns).splitlines()]
    assert [line for line in printed if len(line) > 1] == [[INVITE_FRAME, COLUMNS[field]]]


@pytest.mark.parametrize("name", CAPTURES)
@pytest.mark.parametrize("field", ["skypefed.caller", "skypefed.via.received_cid", "skypefed.expert.rtp_optional"])
def test_display_filter(field, name, measure, tshark, samples, field_names):
    expected = sum(field in frame for frame in measure(name))
    assert len(tshark("-r", samples / name, "-Y", field).splitlines()) == expected
    assert len(tshark("-r", samples / name, "-2", "-Y", field).splitlines()) == expected


def test_read_filter_of_two_passes(tshark, samples):
    """-R decides on the first pass what the second one sees."""
    command = ("-r", samples / BASE, "-2", "-R")
    assert len(tshark(*command, 'skypefed.caller == "user@example.com"').splitlines()) == 1
    assert not tshark(*command, 'skypefed.caller == "nobody@example.com"')
    assert tshark(*command, "skypefed", "-T", "fields", "-e", "skypefed.callee").split() == ["user@example.com"]


@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_details(passes, tshark, samples):
    lines = [line.strip() for line in tshark("-r", samples / BASE, "-V", *passes).splitlines()]
    missing = [line for line in DETAILS if line not in lines]
    assert not missing


def test_summary_line_is_that_of_sip(tshark, samples):
    """Ours is a layer beside SIP, not above it: Protocol and Info stay what users of SIP expect, with words at the end."""
    stock = tshark("-r", samples / BASE, plugin=False)
    ours = tshark("-r", samples / BASE)
    assert ours != stock and ours.replace(" | from Skype\n", " | \n") == stock


def test_expert_statistics(tshark, samples):
    report = tshark("-r", samples / BASE, "-q", "-z", "expert")
    severity, found = None, {}
    for line in report.splitlines():
        heading = re.match(r"(\w+) \(\d+\)$", line)
        severity = heading.group(1) if heading else severity
        row = re.match(r"\s+(\d+)\s+(\w+)\s+SkypeFed\s+(\S.*)", line)
        if row:
            found[row.group(3).split(":")[0][:30]] = (severity, int(row.group(1)), row.group(2))
    assert found == {
        "6 media keys are exposed": ("Warns", 1, "Security"),
        "SRTP is optional": ("Notes", 2, "Security"),
        "The private address 10.0.0.0 i": ("Notes", 1, "Security"),
    }


@pytest.mark.parametrize("name", CAPTURES)
def test_protocol_hierarchy_names_the_protocol_alone(name, measure, tshark, samples):
    report = tshark("-r", samples / name, "-q", "-z", "io,phs")
    ours = [line.split() for line in report.splitlines() if "skypefed" in line]
    assert {row[0] for row in ours} == {"skypefed"}
    # It counts the messages of a frame one by one, ours as well as stock's.
    assert sum(int(row[1].partition(":")[2]) for row in ours) == sum(
        len(frame["skypefed.caller"]) for frame in measure(name))
    # A field below no protocol would be listed under its own name.
    stock = tshark("-r", samples / name, "-q", "-z", "io,phs", plugin=False)
    assert {line.split()[0] for line in report.splitlines() if "frames:" in line} - {"skypefed"} == {
        line.split()[0] for line in stock.splitlines() if "frames:" in line}


@pytest.mark.parametrize("output", [("-V",), ("-T", "json"), ("-T", "ek"), ("-q", "-z", "expert"), ("-2",)])
def test_protocol_can_be_disabled(output, tshark, samples):
    command = ("-r", samples / BASE, *output)
    assert tshark(*command, "--disable-protocol", "skypefed") == tshark(*command, plugin=False)


def test_disabled_protocol_matches_no_filter(tshark, samples):
    assert not tshark("-r", samples / BASE, "--disable-protocol", "skypefed", "-Y", "skypefed || skypefed.caller")


def test_protocol_disabled_in_the_profile(tshark, samples):
    command = ("-r", samples / BASE, "-V")
    disabled = tshark(*command, config={"disabled_protos": "skypefed\n"})
    assert disabled == tshark(*command, plugin=False)
