# SPDX-License-Identifier: GPL-2.0-or-later
"""Diagnostics headers answer in words: which code, what it means, which side produced it, what to look at."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from crafted import request, write_datagrams
from stage import REPOSITORY

FIELDS = [f"skypefed.diagnostics.{name}" for name in
          ("header", "code", "reason", "source", "domain", "peer_server", "param")]
# Name -> (header lines, the values of FIELDS in their order)
HEADERS = {
    "as documented": (['ms-diagnostics: 1010;reason="Certificate trust failed";source="edge.example.com"'],
                      [["ms-diagnostics"], ["1010"], ["Certificate trust failed"], ["edge.example.com"], [], [], []]),
    "order, blanks, no quotes": (["MS-DIAGNOSTICS :  1010 ; Source = edge.example.com ; Reason = it failed"],
                                 [["ms-diagnostics"], ["1010"], ["it failed"], ["edge.example.com"], [], [], []]),
    "escapes": ([r'ms-diagnostics: 1010;reason="\"a\\b\" \c";source=a\b'],
                [["ms-diagnostics"], ["1010"], [r'"a\b" c'], [r"a\b"], [], [], []]),
    "commas for nothing": (['ms-diagnostics: 1010;reason="a, b",,,'],
                           [["ms-diagnostics"], ["1010"], ["a, b"], [], [], [], []]),
    "comma list": (['ms-diagnostics: 1034;Domain="example.org", 1010;PeerServer="sip.example.org";HRESULT="0x1"'],
                   [["ms-diagnostics"] * 2, ["1034", "1010"], [], [], ["example.org"], ["sip.example.org"],
                    ['HRESULT="0x1"']]),
    "three headers": (['ms-diagnostics: 1034;reason="a";source="fe01.example.com"',
                       'ms-diagnostics: 1010;reason="b";source="edge.example.com"',
                       'ms-diagnostics-public: 1003;reason="c"'],
                      [["ms-diagnostics", "ms-diagnostics", "ms-diagnostics-public"], ["1034", "1010", "1003"],
                       ["a", "b", "c"], ["fe01.example.com", "edge.example.com"], [], [], []]),
    "fold": (['ms-diagnostics: 1010;reason="a"\r\n ;source="b"'],
             [["ms-diagnostics"], ["1010"], ["a"], ["b"], [], [], []]),
    "other parameters": (["ms-client-diagnostics: 52017;UserType=\"Caller\";flag;MediaType=audio"],
                         [["ms-client-diagnostics"], ["52017"], [], [], [], [],
                          ['UserType="Caller"', "flag", "MediaType=audio"]]),
}

# Start line -> severity of the note: a code does harm only where the answer is a failure.
SEVERITIES = {"INVITE sip:anna@example.com SIP/2.0": "Note", "BYE sip:anna@example.com SIP/2.0": "Note",
              "SIP/2.0 101 Progress Report": "Note", "SIP/2.0 183 Session Progress": "Note", "SIP/2.0 200 OK": "Note",
              "SIP/2.0 302 Moved Temporarily": "Note", "SIP/2.0 403 Forbidden": "Warning",
              "SIP/2.0 504 Server time-out": "Warning", "SIP/2.0 603 Decline": "Warning"}


@pytest.fixture(scope="module")
def read(fields, capture):
    """read(header lines of each message, *fields, start=): one message for each list of lines, its fields."""
    def run(messages, *names, start="SIP/2.0 504 Server time-out"):
        texts = [request(f"d{number}", headers="".join(line + "\r\n" for line in lines), start=start)
                 for number, lines in enumerate(messages)]
        rows = fields(capture(lambda file: write_datagrams(file, texts)), *names, where="sip")
        assert len(rows) == len(messages)
        return rows
    return run


@pytest.fixture(scope="module")
def read_headers(read):
    """Case of HEADERS -> its row of FIELDS and expert infos, all read in one run."""
    rows = read([lines for lines, _ in HEADERS.values()], *FIELDS, "skypefed.expert.malformed",
                "skypefed.expert.diagnostics", "skypefed.diagnostics")
    return dict(zip(HEADERS, rows))


@pytest.mark.parametrize("case", HEADERS)
def test_header_is_read(case, read_headers):
    row = read_headers[case]
    assert [row[name] for name in FIELDS] == HEADERS[case][1]
    assert not row["skypefed.expert.malformed"]
    assert len(row["skypefed.expert.diagnostics"]) == len(row["skypefed.diagnostics"]) == \
        len(row["skypefed.diagnostics.code"])


def test_what_nobody_confirms_says_so(read):
    """Where the source is memory alone, row and meaning say that it is; where it is another, neither does."""
    table = (REPOSITORY / "plugin/engine/sip/diagnostics_codes.inc").read_text(encoding="utf-8")
    rows = re.findall(r"^(CODE|UNCONFIRMED)\((\d+), .*\), /\* (.*) \*/$", table, re.MULTILINE)
    assert len(rows) > 100
    shown = read([[f"ms-diagnostics: {code}"] for _, code, _ in rows], "skypefed.diagnostics.meaning")
    for (form, code, source), row in zip(rows, shown):
        [meaning] = row["skypefed.diagnostics.meaning"]
        from_memory = source == "M"
        assert (form == "UNCONFIRMED", meaning.endswith(" (unconfirmed)")) == (from_memory, from_memory), code


# Name -> (header line, the values of FIELDS in their order)
WITHOUT_CODE = {
    "word": ('ms-diagnostics: abc;reason="See";source="fe01";x=y',
             [["ms-diagnostics"], [], ["See"], ["fe01"], [], [], ["x=y"]]),
    "parameter": ('ms-client-diagnostics: reason="x; y";source="fe01"',
                  [["ms-client-diagnostics"], [], ["x; y"], ["fe01"], [], [], []]),
    "nothing but a word": ("ms-diagnostics: abc", [["ms-diagnostics"], [], [], [], [], [], []]),
}


def test_header_without_a_code_is_a_row_with_one_note(tshark, capture):
    """It is found as a failure with diagnostics, and no code nor meaning is made up."""
    texts = [request(f"n{number}", headers=line + "\r\n", start="SIP/2.0 504 Server time-out")
             for number, (line, _) in enumerate(WITHOUT_CODE.values())]
    path = capture(lambda file: write_datagrams(file, texts))
    pdml = ElementTree.fromstring(tshark("-r", path, "-T", "pdml", "-Y",
                                         "skypefed.diagnostics && sip.Status-Code >= 400"))
    packets = list(pdml.iter("packet"))
    assert len(packets) == len(WITHOUT_CODE)
    for packet, (line, values) in zip(packets, WITHOUT_CODE.values()):
        tree, = packet.iterfind(".//field[@name='skypefed.diagnostics']")
        assert [[field.get("show") for field in tree.iterfind(f"field[@name='{name}']")] for name in FIELDS] == values
        header, text = line.split(": ", 1)
        assert tree.get("show") == text
        assert tree.get("showname") == f"{header} without a code: {text}"
        assert tree.find("field[@name='skypefed.diagnostics.meaning']") is None
        assert len(tree.findall(".//field[@name='skypefed.expert.malformed']")) == 1
        assert packet.find(".//field[@name='skypefed.expert.diagnostics']") is None


def test_header_without_a_code_counts_as_none(tshark, capture):
    text = request("n", headers="ms-diagnostics: abc;x=y, 1010\r\n", start="SIP/2.0 504 Server time-out")
    path = capture(lambda file: write_datagrams(file, [text]))
    output = tshark("-r", path, "-q", "-z", "skypefed,tree")
    assert " 1010: " in output and " 0: " not in output
    assert "Diagnostics: 1 code" in [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines()]


def test_second_number_of_a_code(tshark, fields, capture):
    text = request("sub", headers='ms-diagnostics: 504.2;reason="x"\r\n', start="SIP/2.0 504 Server time-out")
    path = capture(lambda file: write_datagrams(file, [text]))
    row, = fields(path, "skypefed.diagnostics.code", "skypefed.diagnostics.subcode", where="sip")
    assert list(row.values()) == [["504"], ["2"]]
    lines = [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines()]
    assert [line for line in lines if line.startswith("ms-diagnostics 504.2: ")]


def test_each_header_has_a_tree_of_its_own(tshark, capture):
    lines = HEADERS["three headers"][0]
    text = request("trees", headers="".join(line + "\r\n" for line in lines), start="SIP/2.0 504 Server time-out")
    path = capture(lambda file: write_datagrams(file, [text]))
    pdml = ElementTree.fromstring(tshark("-r", path, "-T", "pdml"))
    trees = [[field.get("show") for field in tree.iterfind("field")
              if field.get("name") in ("skypefed.diagnostics.code", "skypefed.diagnostics.reason")]
             for tree in pdml.iter("field") if tree.get("name") == "skypefed.diagnostics"]
    assert trees == [["1034", "a"], ["1010", "b"], ["1003", "c"]]


# Code -> words that its meaning cannot do without; those without a row of their own name their component.
MEANINGS = {1001: "public providers", 1009: "SRV", 1010: "certificate", 1047: "TLS", 22: "both ends internal",
            51007: "informational", 999: "A code of: Common to all components",
            1999: "A code of: SIP routing of a front end or Edge server",
            52999: "A code of: Client", 61234: "A code of: UCMA application: expected failure",
            90001: "A code of: Link to public instant messaging providers", 40000: "Not a known code",
            4294967295: "Not a known code"}


def test_codes_are_explained(read):
    rows = read([[f"ms-diagnostics: {code}"] for code in MEANINGS], "skypefed.diagnostics.meaning")
    assert len(rows) == len(MEANINGS)
    for (code, words), row in zip(MEANINGS.items(), rows):
        meaning, = row["skypefed.diagnostics.meaning"]
        assert words in meaning, code


def test_one_liner_answers_in_words(tshark, samples):
    output = tshark("-r", samples / "federation-failure.pcapng", "-Y", "skypefed.diagnostics.code == 1010", "-T",
                    "fields", "-E", "occurrence=f", "-e", "skypefed.diagnostics.meaning", "-e",
                    "skypefed.diagnostics.source", "-e", "skypefed.diagnostics.peer_server")
    meaning, source, peer = output.rstrip("\n").split("\t")
    assert "certificate" in meaning and source == "edge.example.com" and peer == "sip.example.net"


@pytest.mark.parametrize("start", SEVERITIES)
def test_severity(start, tshark, capture):
    text = request("s", headers='ms-diagnostics: 1010;source="edge.example.com"\r\n', start=start)
    path = capture(lambda file: write_datagrams(file, [text]))
    infos = [info for info in ElementTree.fromstring(tshark("-r", path, "-T", "pdml")).iter("field")
             if info.find("field[@name='skypefed.expert.diagnostics']") is not None]
    assert len(infos) == 1
    parts = {field.get("name"): field.get("showname") for field in infos[0].iterfind("field")}
    assert parts["_ws.expert.severity"] == f"Severity level: {SEVERITIES[start]}"
    assert parts["_ws.expert.group"] == "Group: Response"
    message = parts["_ws.expert.message"]
    assert "1010: " in message and "certificate" in message and "(from edge.example.com)" in message


# ---- samples ----

# Sample -> the codes of each message with diagnostics, in order, with the status of the message (none: a request)
SAMPLES = {
    "federation-failure": [("504", ["1009"]), ("504", ["1010", "1034", "1034"]), ("504", ["1047"])],
    "public-im-refusal": [("404", ["1003"]), ("403", ["1001"])],
    "media-failure": [(None, ["22"]), (None, ["23"])],
    "mid-call-failure": [(None, ["32"])],
    "success-51007": [("200", ["51007"])],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_sample(name, fields, samples):
    rows = fields(samples / f"{name}.pcapng", "sip.Status-Code", "skypefed.diagnostics.code",
                  "skypefed.diagnostics.meaning", where="skypefed.diagnostics")
    assert [((row["sip.Status-Code"] or [None])[0], row["skypefed.diagnostics.code"]) for row in rows] == SAMPLES[name]
    assert not [meaning for row in rows for meaning in row["skypefed.diagnostics.meaning"]
                if meaning.startswith(("A code of", "Not a known"))]
