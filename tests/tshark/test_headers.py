# SPDX-License-Identifier: GPL-2.0-or-later
"""Every Microsoft header: recognized in any spelling, decoded into its fields, and noted once where it is garbage."""

import base64
import re
import subprocess
from datetime import date

import pytest

from crafted import request, write_datagrams
from microsoft_headers import HEADERS, fields_of, line_of
from stage import variable

UNRECOGNIZED = "sip.unrecognized_header"
MALFORMED = "skypefed.expert.malformed"
PLAIN = "<sip:nora@example.org>;tag=1"
SPELLINGS = {"as documented": str, "upper case": str.upper, "lower case": str.lower}

# Headers that Microsoft's products write values of their own into; the others are of the engine's table.
STANDARD = {"Authentication-Info", "Authorization", "History-Info", "P-Asserted-Identity", "Proxy-Authorization"}

# More lines than the one of each header -> the fields of the section that they fill, all of them.
VARIANTS = {
    "ms-edge-proxy-message-trust: ms-source-type=Comet;ms-source-verified-user=perhaps;ms-new=1": {
        "trust.source_type": ["Comet"]},
    "ms-edge-proxy-message-trust: ms-source-verified-user=unverified": {
        "trust.verified": ["0"], "expert.unverified": 1},
    # Where this header comes from is known from no document: it names, and warns of nothing.
    "ms-asserted-verification-level: ms-source-verified-user=unverified": {"trust.verified": ["0"]},
    "Ms-Conversation-ID: f=97a39a09": {"conversation": ["f=97a39a09"]},
    "ms-endpoint-location-data: NetworkScope;ms-media-location-type=Internet": {"location": ["Internet"]},
    "ms-keep-alive: UAC;hop-hop=yes": {"header": ["ms-keep-alive: UAC;hop-hop=yes"]},
    "X-MS-USERLOCATION: external": {"teams.user_location": ["external"]},
    "ms-comet: any; thing": {"header": ["ms-comet: any; thing"]},
    # First messages
    "ms-text-format: text/plain; charset=UTF-8;ms-body=" + base64.b64encode("Grüße, 3?".encode()).decode(): {
        "first_message": ["Grüße, 3?"], "first_message.type": ["text/plain"]},
    "ms-im-format: text/html; charset=UTF-8; ms-body=" + base64.b64encode(b"<b>a</b>\r\nb").decode(): {
        "first_message": ["<b>a</b>\\r\\nb"], "first_message.type": ["text/html"]},
    "ms-text-format: multipart/alternative; boundary=b;ms-body=" + base64.b64encode(b"--b\r\n\r\na;b\r\n").decode(): {
        "first_message": ["--b\\r\\n\\r\\na;b\\r\\n"], "first_message.type": ["multipart/alternative"]},
    "ms-text-format: text/plain;ms-body=***not base64***": {
        "header": ["ms-text-format: text/plain;ms-body=***not base64***"], "expert.malformed": ["1"]},
    "ms-text-format: text/plain;ms-body=" + base64.b64encode(b"abc" * 4000).decode(): {
        "first_message": ["abc" * 1024 + "..."], "first_message.type": ["text/plain"]},
    "ms-text-format: text/plain;charset=UTF-8": {"header": ["ms-text-format: text/plain;charset=UTF-8"]},
    # Authentication: who is asked for, and never what proves it
    'WWW-Authenticate: NTLM realm="SIP Communications Service", targetname="fe01.example.com", version=4': {
        "authentication": ["NTLM"], "authentication.scheme": ["NTLM"],
        "authentication.target": ["fe01.example.com"], "authentication.realm": ["SIP Communications Service"]},
    'Proxy-Authenticate: Kerberos targetname="sip/fe01.example.com",realm=r': {
        "authentication": ["Kerberos"], "authentication.scheme": ["Kerberos"],
        "authentication.target": ["sip/fe01.example.com"], "authentication.realm": ["r"]},
    'Authentication-Info: tls-dsk rspauth="0123456789abcdef", realm="r"': {
        "authentication": ["tls-dsk"], "authentication.scheme": ["tls-dsk"], "authentication.realm": ["r"]},
    'Authorization: Digest username="nora", realm="example.org", nonce="n", response="r"': {},
}
DECODED = {**{line_of(name): fields_of(name) for name, header in HEADERS.items() if header.fields}, **VARIANTS}

STRICT = [name for name, header in HEADERS.items() if header.is_strict]
GARBAGE = {"text": "%%&=;;!!", "bytes": "\x7f\xff\xfe \xc3(", "empty": ""}

SOUND = ("ms-user-logon-data: RemoteUser\r\nms-subnet: 192.0.2.0\r\nms-diagnostics: 1010;reason=x\r\n"
         "ms-keep-alive: UAS;timeout=7\r\n")


def in_bytes(text):
    """A message of request() whose headers were written with one character for each byte."""
    return text.decode("utf-8").encode("latin-1")


@pytest.fixture(scope="module")
def read(fields, capture):
    """read(messages, *fields): the fields of each message, all in one capture and one run."""
    def run(messages, *names, **how):
        rows = fields(capture(lambda file: write_datagrams(file, messages)), *names, where="sip", **how)
        assert len(rows) == len(messages)
        return rows
    return run


# ---- recognized ----

def test_each_header_of_the_engine_has_a_row():
    names = subprocess.run([variable("SKYPEFED_BINARY_DIR", "the build folder") + "/tests/header_names"], check=True,
                           capture_output=True, text=True).stdout.splitlines()
    ours = {name.lower() for name in HEADERS} - {name.lower() for name in STANDARD}
    assert ours == {name.lower() for name in names}

@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_header_is_called_unrecognized(spelling, read):
    spell = SPELLINGS[spelling]
    lines = [f"{spell(name)}: {header.value}" for name, header in HEADERS.items()]
    rows = read([request(f"m{number}", headers=line + "\r\n", sender=PLAIN) for number, line in enumerate(lines)],
                UNRECOGNIZED, MALFORMED, "sip.msg_hdr")
    for line, row in zip(lines, rows):
        assert not row[UNRECOGNIZED] and not row[MALFORMED], line
        assert line in row["sip.msg_hdr"][0]


def test_all_headers_in_one_message(read):
    row, = read([request("all", headers="".join(line_of(name) + "\r\n" for name in HEADERS))],
                UNRECOGNIZED, MALFORMED, "skypefed.expert.limit")
    assert row == {UNRECOGNIZED: [], MALFORMED: [], "skypefed.expert.limit": []}


def test_stock_calls_them_unrecognized(read):
    """The test above can fail, and names that nobody knows stay unrecognized."""
    ours = [name for name in HEADERS if name.lower().startswith(("ms-", "x-ms-"))]
    messages = [request(f"m{number}", headers=line_of(name) + "\r\n") for number, name in enumerate(ours)]
    assert all(row[UNRECOGNIZED] for row in read(messages, UNRECOGNIZED, plugin=False))
    row, = read([request("unknown", headers="Comet: 1\r\n")], UNRECOGNIZED)
    assert len(row[UNRECOGNIZED]) == 1


def test_each_microsoft_header_alone_marks_its_message(read):
    """The standard headers do not, unless their value is Microsoft's."""
    rows = read([request(f"m{number}", headers=line_of(name) + "\r\n", sender=PLAIN)
                 for number, name in enumerate(HEADERS)], "skypefed.caller")
    unmarked = {name for name, row in zip(HEADERS, rows) if not row["skypefed.caller"]}
    assert not unmarked - {"History-Info", "P-Asserted-Identity"}


# ---- decoded ----

HEADINGS = {"skypefed.trust", "skypefed.trust.asserted"}  # have no value


def section(field_names):
    prefixes = {field.split(".")[0] for line in DECODED.values() for field in line} | {"compression", "expert"}
    return [name for name in field_names if name.split(".")[1] in prefixes and name not in HEADINGS]


@pytest.fixture(scope="module")
def decoded_lines(read, field_names):
    """Header line -> field without `skypefed.` -> values, of all fields of the section and all expert infos."""
    names = section(field_names)
    rows = read([request(f"m{number}", headers=line + "\r\n") for number, line in enumerate(DECODED)], *names,
                args=("-o", "skypefed.show_messages:TRUE"))
    return {line: {name[len("skypefed."):]: values for name, values in row.items() if values}
            for line, row in zip(DECODED, rows)}


@pytest.mark.parametrize("line", DECODED, ids=lambda line: line[:60])
def test_header_fills_its_fields(line, decoded_lines):
    expected = dict(DECODED[line])
    seen = decoded_lines[line]
    unverified = expected.pop("expert.unverified", 0)
    assert len(seen.pop("expert.unverified", [])) == unverified
    if "trust.verified" in seen:
        seen["trust.verified"] = [{"True": "1", "False": "0"}.get(value, value) for value in seen["trust.verified"]]
    if "conversation.created" in seen:
        seen["conversation.created"] = [in_words(value) for value in seen["conversation.created"]]
    assert seen == expected


def in_words(time):
    """A time as 4.0 and 4.4 print it; 4.6 prints ISO 8601."""
    iso = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\S+)Z", time)
    return f"{date.fromisoformat(iso[1]):%b %d, %Y} {iso[2]} UTC" if iso else time


def test_every_field_of_the_section_is_filled_by_a_row(field_names):
    filled = {name for row in DECODED.values() for name in row}
    names = {name[len("skypefed."):] for name in section(field_names)}
    of_parties = {"teams.instance", "teams.region", "teams.trace_id", "teams.call", "teams.party",
                  "teams.object_id", "teams.tenant", "teams.transfer_id",
                  "teams.transfer_target", "teams.demand"}  # of no header of their own
    assert {name for name in names if not name.startswith("expert.")} - filled == {"compression"} | of_parties


def test_no_secret_of_authentication_is_shown(tshark, capture):
    secrets = {"FgMBAGsBAABn", "0123456789abcdef", "8B7A6C5D", "1A2B3C4D"}
    line = ('Authorization: NTLM qop="auth", opaque="1A2B3C4D", realm="r", targetname="fe01.example.com", '
            'gssapi-data="FgMBAGsBAABn", response="0123456789abcdef", crand="8B7A6C5D"\r\n')
    path = capture(lambda file: write_datagrams(file, [request("secret", headers=line)]))
    for options, begin in ((("-V",), "\nSkype/Lync Federation"), (("-T", "pdml"), '<proto name="skypefed"')):
        output = tshark("-r", path, *options)
        ours = output[output.index(begin):]
        assert "fe01.example.com" in ours
        assert not [secret for secret in secrets if secret in ours]


def test_digest_alone_makes_no_section(tshark, capture):
    line = 'Authorization: Digest username="nora", realm="example.org", nonce="n", response="r"\r\n'
    path = capture(lambda file: write_datagrams(file, [request("digest", headers=line)]))
    output = tshark("-r", path, "-V", "-O", "skypefed")
    assert "Skype/Lync Federation" in output and "Microsoft headers" not in output


# ---- garbage ----

@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_noted_once_and_by_name(kind, read, tshark, capture):
    messages = [in_bytes(request(f"m{number}", headers=f"{name}: {GARBAGE[kind]}\r\n{SOUND}"))
                for number, name in enumerate(STRICT)]
    rows = read(messages, MALFORMED, "skypefed.logon", "skypefed.subnet", "skypefed.diagnostics.code",
                "skypefed.keep_alive.timeout")
    path = capture(lambda file: write_datagrams(file, messages))
    texts = tshark("-r", path, "-Y", "sip", "-T", "fields", "-e", "_ws.expert.message", "-E",
                   "aggregator=|").splitlines()
    for name, row, text in zip(STRICT, rows, texts):
        assert len(row[MALFORMED]) == 1, name
        assert [part for part in text.split("|") if part.lower().startswith(name.lower() + ": ")], (name, text)
        assert row["skypefed.logon"] == ["RemoteUser"] and "1010" in row["skypefed.diagnostics.code"]
        assert "192.0.2.0" in row["skypefed.subnet"] and "7" in row["skypefed.keep_alive.timeout"]


def test_all_garbage_in_one_message(read):
    lines = "".join(f"{name}: {GARBAGE['text']}\r\n" for name in STRICT)
    row, = read([request("all", headers=lines + SOUND)], MALFORMED, "skypefed.logon", "skypefed.subnet",
                "skypefed.diagnostics.code", "skypefed.keep_alive.timeout")
    assert len(row[MALFORMED]) == len(STRICT)
    assert row["skypefed.logon"] == ["RemoteUser"] and row["skypefed.subnet"] == ["192.0.2.0"]
    assert row["skypefed.diagnostics.code"] == ["1010"] and row["skypefed.keep_alive.timeout"] == ["7"]


def test_trust_header_twice_is_noted_and_the_first_counts(read):
    lines = "ms-edge-proxy-message-trust: ms-source-type=InternetUser\r\n" \
            "ms-edge-proxy-message-trust: ms-source-type=DirectPartner\r\n"
    row, = read([request("twice", headers=lines)], MALFORMED, "skypefed.trust.source_type")
    assert len(row[MALFORMED]) == 1 and row["skypefed.trust.source_type"] == ["InternetUser"]


# ---- NEGOTIATE ----

NEGOTIATE = "NEGOTIATE sip:192.0.2.10 SIP/2.0"

# Name -> (start line, headers, method of CSeq, what is settled, whether there is a note)
COMPRESSION = {
    "request": (NEGOTIATE, "Compression: LZ77-8K\r\n", "NEGOTIATE", [], False),
    "answer": ("SIP/2.0 200 OK", "Compression: LZ77-8K\r\n", "NEGOTIATE", ["LZ77-8K"], True),
    "answer in capitals": ("SIP/2.0 202 Accepted", "COMPRESSION: lz77-8k\r\n", "negotiate", ["lz77-8k"], True),
    "none": ("SIP/2.0 200 OK", "Compression: None\r\n", "NEGOTIATE", ["None"], False),
    "refusal": ("SIP/2.0 405 Method Not Allowed", "Compression: LZ77-8K\r\n", "NEGOTIATE", [], False),
    "provisional": ("SIP/2.0 100 Trying", "Compression: LZ77-8K\r\n", "NEGOTIATE", [], False),
    "other method": ("SIP/2.0 200 OK", "Compression: LZ77-8K\r\n", "OPTIONS", [], False),
    "answer without the header": ("SIP/2.0 200 OK", "", "NEGOTIATE", [], False),
}


@pytest.mark.parametrize("order", ["CSeq first", "CSeq last"])
@pytest.mark.parametrize("case", COMPRESSION)
def test_compression(case, order, read):
    start, headers, method, settled, is_noted = COMPRESSION[case]
    text = request("c", headers=headers, start=start).replace(b"1 INVITE", b"1 " + method.encode())
    if order == "CSeq last":
        lines = text.split(b"\r\n")
        cseq = next(line for line in lines if line.startswith(b"CSeq"))
        lines.remove(cseq)
        lines.insert(-2, cseq)
        text = b"\r\n".join(lines)
    row, = read([text], "skypefed.compression", "skypefed.expert.compressed", "skypefed.header")
    assert row["skypefed.compression"] == settled
    assert len(row["skypefed.expert.compressed"]) == is_noted
    # What settles nothing is shown like any other header.
    assert row["skypefed.header"] == ([headers.strip()] if headers and not settled else [])


def test_compressed_sample(fields, samples):
    rows = fields(samples / "negotiate-compression.pcapng", "sip.Status-Code", "skypefed.compression",
                  "skypefed.expert.compressed", where="sip")
    assert [(row["sip.Status-Code"], row["skypefed.compression"], len(row["skypefed.expert.compressed"]))
            for row in rows if row["sip.Status-Code"]] == [(["200"], ["LZ77-8K"], 1)]
