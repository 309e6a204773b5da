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

BYE, INVITE = "BYE sip:anna@example.com SIP/2.0", "INVITE sip:anna@example.com SIP/2.0"
PROGRESS, OK, MOVED, FORBIDDEN = ("SIP/2.0 183 Session Progress", "SIP/2.0 200 OK", "SIP/2.0 302 Moved Temporarily",
                                  "SIP/2.0 403 Forbidden")

# (code, start line) -> severity: it follows what the code means, not the message around it.
SEVERITIES = {
    # A failure, also in a BYE and a 2xx; where the call goes on, what ends it has a code of its own.
    (23, BYE): "Warning", (23, OK): "Warning", (23, FORBIDDEN): "Warning", (23, INVITE): "Note",
    (23, PROGRESS): "Note", (23, MOVED): "Note", (1010, "SIP/2.0 504 Server time-out"): "Warning",
    (1010, "SIP/2.0 603 Decline"): "Warning",
    # The other side goes on: it tries again, renews something, or came too late.
    (7008, "SIP/2.0 488 Not Acceptable Here"): "Note", (28020, "SIP/2.0 401 Unauthorized"): "Note",
    (24083, BYE): "Note",
    # Progress, or an end that somebody wanted
    (51007, OK): "Chat", (13004, "SIP/2.0 101 Progress Report"): "Chat", (51004, BYE): "Chat",
    (51004, FORBIDDEN): "Chat", (51004, "SIP/2.0 603 Decline"): "Chat",
    # Not confirmed: no warning but in a refusal
    (52031, BYE): "Note", (52031, OK): "Note", (52031, FORBIDDEN): "Warning", (14011, PROGRESS): "Chat",
    # The answer of a gateway, inferred
    (10503, "SIP/2.0 503 Service Unavailable"): "Warning", (10503, BYE): "Note",
    (10486, "SIP/2.0 486 Busy Here"): "Note",
    # Unknown codes weigh as much as their message; applications on UCMA say it by the thousands.
    (1999, BYE): "Note", (1999, OK): "Chat", (1999, PROGRESS): "Chat", (1999, FORBIDDEN): "Warning",
    (4000000, FORBIDDEN): "Warning", (60001, FORBIDDEN): "Chat", (61001, FORBIDDEN): "Note", (62001, OK): "Warning",
}


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
        from_memory = re.match(r"M\b", source) is not None
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
MEANINGS = {1001: "EnablePublicCloudAccess in Get-CsExternalAccessPolicy; assign with Grant-CsExternalAccessPolicy",
            1009: "SRV", 1010: "certificate", 1047: "TLS", 22: "both ends internal", 51007: "informational",
            1034: "Test-CsFederatedPartner", 4005: "Get-CsTrustedApplicationEndpoint",
            1035: "Get-CsPublicProvider, and that the provider knows your Edge (unconfirmed)",
            999: "A code of: Common to all components", 1999: "A code of: SIP routing of a front end or Edge server",
            52999: "A code of: Client", 61234: "A code of: UCMA application: expected failure",
            90001: "A code of: Link to public instant messaging providers", 40000: "Not a known code",
            4294967295: "Not a known code",
            10404: "The gateway refused the call with 404 (Not Found): check the gateway's log",
            10603: "The gateway refused the call with 603 (Decline): a normal call end (inferred)",
            10409: "A code of: Mediation Server (gateway to the telephone network)"}


def test_codes_are_explained(read):
    rows = read([[f"ms-diagnostics: {code}"] for code in MEANINGS], "skypefed.diagnostics.meaning")
    assert len(rows) == len(MEANINGS)
    for (code, words), row in zip(MEANINGS.items(), rows):
        meaning, = row["skypefed.diagnostics.meaning"]
        assert words in meaning, code


# Header line -> what the code means: of codes without a row alone, the header's own reason comes first.
REASONS = {
    'ms-diagnostics: 1999;reason="Previous hop said no";source="edge.example.com"':
        "Previous hop said no [SIP routing of a front end or Edge server]",
    'ms-diagnostics: 24999;Reason="Error parsing \\"SDP\\""':
        "Error parsing \"SDP\" [Server application based on UCMA]",
    "ms-diagnostics: 40000;reason=plain": "plain [not a known code]",
    'ms-diagnostics: 40001;reason=""': "Not a known code",
    'ms-diagnostics: 40002;reason="äöü"': "äöü [not a known code]",
    f'ms-diagnostics: 40003;reason="{"x" * 200}"': f"{'x' * 125}... [not a known code]",
    'ms-diagnostics: 40004;reason="a=crypto:1 AES inline:ZGxzaJmwYPXAShdAXk5LYN7inCyHPCrwppGMJL8e"': "Not a known code",
    'ms-diagnostics: 1003;reason="User does not exist"':
        "The user does not exist: check the address, and that the account is enabled (Get-CsUser)",
    'ms-diagnostics: 10404;reason="Gateway failed"':
        "The gateway refused the call with 404 (Not Found): check the gateway's log, and "
        "Get-CsSipResponseCodeTranslationRule (inferred)",
}


def refusal(name, *lines, start="SIP/2.0 504 Server time-out"):
    """An INVITE, or a response to one, with those header lines."""
    text = request(name, headers="".join(line + "\r\n" for line in lines), start=start)
    return text.replace(b"CSeq: 1 SIP/2.0", b"CSeq: 1 INVITE")


def test_the_same_words_everywhere(tshark, capture):
    """In the tree, the expert info, the table of calls and the statistics."""
    path = capture(lambda file: write_datagrams(file, [refusal(f"w{number}", line)
                                                       for number, line in enumerate(REASONS)]))
    meanings = tshark("-r", path, "-T", "fields", "-e", "skypefed.diagnostics.meaning").splitlines()
    assert meanings == list(REASONS.values())
    assert tshark("-r", path, "-T", "fields", "-e", "skypefed.call.meaning").splitlines() == meanings
    experts = tshark("-r", path, "-q", "-z", "expert")
    table = tshark("-r", path, "-q", "-z", "skypefed,calls")
    tree = tshark("-r", path, "-q", "-z", "skypefed,tree")
    frames = tshark("-r", path, "-V", "-O", "skypefed").split("\nSkype/Lync Federation")[1:]
    for frame, (line, meaning) in zip(frames, REASONS.items()):
        code = line.split(": ")[1].split(";")[0]
        assert f"ms-diagnostics {code}: {meaning}\n" in frame
        assert f"  {code}: {meaning}" in experts
        brief = re.escape(re.split(": | \\[", meaning)[0])
        assert re.search(rf" {code} +{brief}(?: \(inferred\))?  ", table), meaning
        assert (f" {code}: {meaning} " in tree) == (meaning != "Not a known code")
    assert " Other codes " in tree


def test_reasons_do_not_make_the_tree_grow_without_end(tshark, capture):
    path = capture(lambda file: write_datagrams(file, [
        refusal(f"g{number}", f'ms-diagnostics: {40000 + number};reason="no {number}"') for number in range(150)]))
    messages = tshark("-r", path, "-q", "-z", "skypefed,tree").split("Calls by")[0].splitlines()
    assert len([row for row in messages if "[not a known code]" in row]) == 100
    assert [row.split()[2] for row in messages if row.strip().startswith("Other codes ")] == ["50"]


def test_code_of_a_call(fields, capture):
    """The most telling one that was seen up to a message."""
    path = capture(lambda file: write_datagrams(file, [
        refusal("call", start=INVITE), refusal("call", "ms-diagnostics: 13004", start="SIP/2.0 101 Progress Report"),
        refusal("call", 'ms-diagnostics: 1034;reason="x"', "ms-diagnostics: 1010"), refusal("call", start=INVITE)]))
    for args in ((), ("-2",)):
        rows = fields(path, "skypefed.call.code", "skypefed.call.meaning", where="sip", args=args)
        assert [row["skypefed.call.code"] for row in rows] == [[], ["13004"], ["1010"], ["1010"]]
        assert [len(row["skypefed.call.meaning"]) for row in rows] == [0, 1, 1, 1]


def test_one_liner_answers_in_words(tshark, samples):
    output = tshark("-r", samples / "federation-failure.pcapng", "-Y", "skypefed.diagnostics.code == 1010", "-T",
                    "fields", "-E", "occurrence=f", "-e", "skypefed.diagnostics.meaning", "-e",
                    "skypefed.diagnostics.source", "-e", "skypefed.diagnostics.peer_server")
    meaning, source, peer = output.rstrip("\n").split("\t")
    assert "certificate" in meaning and source == "edge.example.com" and peer == "sip.example.net"


def test_severity(tshark, capture):
    texts = [request(f"s{number}", headers=f'ms-diagnostics: {code};source="edge.example.com"\r\n', start=start)
             for number, (code, start) in enumerate(SEVERITIES)]
    path = capture(lambda file: write_datagrams(file, texts))
    packets = list(ElementTree.fromstring(tshark("-r", path, "-T", "pdml")).iter("packet"))
    assert len(packets) == len(SEVERITIES)
    for packet, ((code, start), severity) in zip(packets, SEVERITIES.items()):
        info, = [info for info in packet.iter("field")
                 if info.find("field[@name='skypefed.expert.diagnostics']") is not None]
        parts = {field.get("name"): field.get("showname") for field in info.iterfind("field")}
        assert parts["_ws.expert.severity"] == f"Severity level: {severity}", (code, start)
        assert parts["_ws.expert.group"] == "Group: Response"
        assert f"{code}: " in parts["_ws.expert.message"] and "(from edge.example.com)" in parts["_ws.expert.message"]


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
