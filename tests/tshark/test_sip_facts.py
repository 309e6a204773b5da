# SPDX-License-Identifier: GPL-2.0-or-later
"""What is decoded from SIP headers: the bytes that each value highlights, one note for each fault, words that fit."""

from xml.etree import ElementTree

import pytest

from crafted import request, write_datagrams

MARK = "ms-comet: 1\r\n"  # makes the message Microsoft's and says nothing else
NORA = "<sip:nora@example.org>;tag=1"
MALFORMED = "skypefed.expert.malformed"
LIMIT = "skypefed.expert.limit"

TOKEN_28 = "coETyDQoWCwZHL6jTa6sVdrgaboSl2VhmtzHQ35gAA"
TOKEN_40 = "bwvGnrdqFKQO4UnF2Q9LygIdCx-PqWkBQL4Ixnxhuhv_loczcdXdhgiQAA"
SERVER = "aXTdrLsH5l-BH67UyIuQpwAA"
GRID = "a6680a354e78424cae0b3241de377835"
KEY_INFO = "AgAAAHqing1AxSJ6hELOAQAA"  # lengths 2 and 0, 4 unknown bytes, time, the key

RICH = request(
    "rich", start=f"INVITE sip:anna@example.com;opaque=user:epid:{SERVER};gruu SIP/2.0",
    sender='"Nora, \\"N\\"" <sip:nora%28example.net%29@msn.com>;tag=1;epid=2539071F25',
    headers=("Record-Route: <sip:[2001:db8::7]:5061;ms-fe=fe.example;opaque=state:T:F:Ci.R1fd200;ms-role-rs-from;"
             f"ms-ent-dest;ms-key-info={KEY_INFO};lr>;ms-rrsig={TOKEN_28};tag=ABC\r\n"
             f'v: SIP/2.0/TLS a.example:5061;branched=TRUE;ms-received-port=25001;ms-received-cid=1FD200;'
             f'ms-internal-info="{TOKEN_40}"\r\n'
             f"Contact: <sip:m@online.lync.com;gruu;opaque=srvr:MediationServer:{SERVER};grid={GRID}>,"
             "<sip:m@online.lync.com;gruu;opaque=app:conf:focus:id:8BBGHSMP>\r\n"
             "User-Agent: UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)\r\n"))

# Field -> the text of the message that each of its rows highlights.
HIGHLIGHTED = {
    "caller": ["nora%28example.net%29@msn.com"],
    "caller.network": ["nora%28example.net%29@msn.com"],
    "callee": ["anna@example.com"],
    "identity": ["nora%28example.net%29@msn.com"],
    "identity.decorated": ["nora%28example.net%29@msn.com"],
    "epid": ["2539071F25"],
    "product": ["UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)"],
    "product.version": ["15.0.4569.1503"],
    "via.sent_by": ["192.0.2.10:5060", "a.example:5061"],
    "via.branched": ["TRUE"],
    "via.received_port": ["25001"],
    "via.received_cid": ["1FD200"],
    "via.connection": ["1FD200"],
    "via.internal_info": [TOKEN_40],
    "token": [TOKEN_40, TOKEN_28],
    # 32 bytes are 42 letters and 4 bits of the next; 20 bytes are 26 letters and 4 bits
    "token.mac": [TOKEN_40[2:45], TOKEN_28[2:29]],
    "token.branch_id": [TOKEN_40[44:50], TOKEN_28[28:34]],
    "token.key_id": [TOKEN_40[50:56], TOKEN_28[34:40]],
    "route.host": ["2001:db8::7"],
    "route.front_end": ["fe.example"],
    "route.tag": ["ABC"],
    "route.state": ["T:F:Ci.R1fd200"],
    "route.state.cid": ["1fd200"],
    "route.role": ["ms-role-rs-from"],
    "route.enterprise_destination": ["ms-ent-dest"],
    "route.rr_sig": [TOKEN_28],
    "route.key_info": [KEY_INFO],
    "route.key_info.version": [KEY_INFO[:6]],
    "route.key_info.key_length": [KEY_INFO[:3]],
    "route.key_info.signature_length": [KEY_INFO[2:6]],
    "route.key_info.created": [KEY_INFO[10:22]],
    "gruu.service": ["MediationServer"],
    "gruu.guid": [SERVER, SERVER],
    "gruu.grid": [GRID],
    "gruu.conference_role": ["focus"],
    "gruu.conference_id": ["8BBGHSMP"],
}


def faulty(headers="", **options):
    return {"headers": headers + MARK, **options}


VIA = "Via: SIP/2.0/TLS a.example"
ROUTE = "Record-Route: <sip:a.example;lr"
GRUU = "Contact: <sip:a@b.example;gruu"

# Name -> (arguments of request(), for each note the words that it must hold, fields that are read nevertheless)
FAULTS = {
    "epid without a value, twice": (
        faulty(sender=NORA + ";epid", receiver="<sip:anna@example.com>;epid="),
        [("From: ", "epid has no value"), ("To: ", "epid has no value")], {"caller": ["nora@example.org"]}),
    "epid of 17": (faulty(sender=NORA + ";epid=0123456789abcdef0"), [("From: ", "epid", "longer than 16")],
                   {"epid": ["0123456789abcdef0"]}),
    "flags where values belong": (
        faulty(f"{VIA};ms-internal-info;ms-received-cid=100\r\n{VIA};ms-internal-info;ms-received-port=5\r\n"),
        [("Via: ", "ms-internal-info has no value")] * 2,
        {"via.connection": ["1"], "via.received_port": ["5"]}),
    "one route of empty values": (
        faulty(f"{ROUTE};ms-fe=;opaque=state:;ms-key-info>;ms-rrsig=;tag=\r\n"),
        [("ms-fe has no value",), ("state is empty",), ("ms-key-info has no value",), ("ms-rrsig has no value",),
         ("tag has no value",)], {"route.host": ["a.example"]}),
    "quote open in a display name": (
        faulty(sender='"Nora <sip:nora@example.org>;tag=1;epid=01010101'), [("From: ", "no closing quote", "Nora")],
        {"caller": ["nora@example.org"], "epid": ["01010101"]}),
    "quote open in a parameter": (faulty(f'{VIA};ms-received-cid=100;ms-internal-info="abc\r\n'),
                                  [("Via: ", "no closing quote")], {"via.connection": ["1"]}),
    "angle open": (faulty(sender="<sip:nora@example.org;tag=1;epid=01010101"),
                   [("From: ", "no closing angle bracket")],
                   {"caller": ["nora@example.org"], "epid": ["01010101"]}),
    "empty lists": (faulty("Via:\r\nRecord-Route:\r\nContact: \r\n"),
                    [("Via: ", "is empty"), ("Record-Route: ", "is empty"), ("Contact: ", "is empty")],
                    {"via.sent_by": ["192.0.2.10:5060"]}),
    "no party can be read": (faulty(sender="", receiver="<>"), [("From: ", "is empty"), ("To: ", "is empty")],
                             {"caller": [], "callee": []}),
    "port past its range": (faulty(f"{VIA}:65536;ms-received-port=65536\r\n", sender="<sip:nora@example.org:65536>"),
                            [("From: ", "port"), ("Via: ", "The port"), ("Via: ", "ms-received-port")],
                            {"caller": ["nora@example.org"], "via.sent_by": ["192.0.2.10:5060", "a.example:65536"]}),
    "parts of a GRUU missing": (
        faulty(f"{GRUU};opaque=>\r\n{GRUU};opaque=srvr::{SERVER}>\r\n{GRUU};opaque=app:conf:focus:id:>\r\n"),
        [("opaque has no value",), ("does not name a service",), ("ROLE:id:ID",)], {"gruu.kind": ["0", "2", "3"]}),
    "decoration of one label": (faulty(sender="<sip:nora(home)@msn.com>;tag=1"),
                                [("From: ", "user(domain)@provider")], {"caller": ["nora(home)@msn.com"],
                                                                        "identity": []}),
    "damaged key info": (faulty(f"{ROUTE};ms-key-info=AgABAHqing1AxSJ6hELOAQAA>\r\n"), [("ms-key-info is damaged",)],
                         {"route.key_info.key_length": ["2"], "route.key_info.signature_length": ["1"]}),
    "over-long key info": (faulty(f"{ROUTE};ms-key-info={'A' * 10000};ms-fe=fe.example>\r\n"),
                           [("Record-Route: ", "ms-key-info is too long")], {"route.front_end": ["fe.example"]}),
    "trunk's quote open": (faulty('ms-trunking-peer: gw.example;trunk=t;User-Agent="Gate\r\n'),
                           [("ms-trunking-peer: ", "no closing quote")],
                           {"trunk": ["gw.example"], "trunk.user_agent": ["Gate"]}),
    "timeout twice": (faulty("ms-keep-alive: UAS;timeout=300;timeout=7\r\n"), [("ms-keep-alive: ", "is repeated")],
                      {"keep_alive.timeout": ["300"]}),
}

# Well-formed, though unlike what Microsoft's servers write: no note.
SOUND = {
    "port 0": (faulty(f"{VIA}:0\r\n", sender="<sip:nora@example.org:0>;tag=1"), {"caller": ["nora@example.org"]}),
    "IPv6 hosts": (faulty("Via: SIP/2.0/TLS [2001:db8::1]:5061;received=2001:DB8:0::1\r\n"
                          "Route: <sip:[2001:db8::7]:5061;lr>\r\n", sender="<sip:nora@[2001:db8::2]:5060>;tag=1"),
                   {"caller": ["nora@[2001:db8::2]"], "route.host": ["2001:db8::7"], "via.translated": ["0"]}),
    "emergency call": (faulty(start="INVITE urn:service:sos SIP/2.0", receiver="<urn:service:sos>"),
                       {"callee": ["urn:service:sos"], "callee.network": ["0"]}),
    "links of other schemes": (faulty("Contact: <mailto:a@b.example>, <http://b.example:8080/x?y@z>\r\n"
                                      "Refer-To: <https://b.example/>\r\n"), {"gruu": []}),
    "meeting": (faulty("Refer-To: <conf:sip:nora@b.example;gruu;opaque=app:conf:focus:id:8BBGHSMP>\r\n"),
                {"gruu.conference_id": ["8BBGHSMP"]}),
    "address as display name": (faulty(sender='"nora(example.net)@msn.com" <sip:nora(example.net)@msn.com>;tag=1'),
                                {"identity": ["nora@example.net"]}),
    "commas that separate nothing": (
        faulty('Record-Route: <sip:a.example;x="1,2";ms-fe=a,b;lr>;tag="1,2" , "n,m" <sip:b.example;lr>,,\r\n'),
        {"route.host": ["a.example", "b.example"], "route.tag": ["1,2"]}),
    "folds anywhere": (faulty("RECORD-ROUTE:\r\n <sip:a.example;\r\n ms-fe\r\n\t=\r\n fe.example\r\n ;lr>\r\n"),
                       {"route.front_end": ["fe.example"], "route.host": ["a.example"]}),
}

BOOLEANS = {"True": "1", "False": "0"}


@pytest.fixture(scope="module")
def highlights(tshark, capture):
    """Field without `skypefed.` -> the text that each of its rows highlights, in the rich message."""
    path = capture(lambda file: write_datagrams(file, [RICH]))
    seen = {}
    for field in ElementTree.fromstring(tshark("-r", path, "-T", "pdml")).iter("field"):
        name = field.get("name", "")
        if name.startswith("skypefed."):
            text = bytes.fromhex(field.get("value") or "").decode()
            seen.setdefault(name[len("skypefed."):], []).append(text)
    return seen


@pytest.mark.parametrize("field", HIGHLIGHTED)
def test_exact_bytes_are_highlighted(field, highlights):
    assert highlights[field] == HIGHLIGHTED[field]


@pytest.fixture(scope="module")
def read(fields, capture):
    """read(messages, *fields): the fields of each message, without `skypefed.` in their names."""
    def run(messages, *names):
        rows = fields(capture(lambda file: write_datagrams(file, messages)), *names, where="sip")
        assert len(rows) == len(messages)
        return [{name.removeprefix("skypefed."): [BOOLEANS.get(value, value) for value in values]
                 for name, values in row.items()} for row in rows]
    return run


@pytest.fixture(scope="module")
def noted(read):
    """Case of FAULTS or SOUND -> its frame."""
    cases = {name: row[0] for name, row in [*FAULTS.items(), *SOUND.items()]}
    names = {f"skypefed.{field}" for row in [*FAULTS.values(), *SOUND.values()] for field in row[-1]}
    rows = read([request(f"n{number}", **options) for number, options in enumerate(cases.values())],
                *sorted(names), MALFORMED, LIMIT, "_ws.expert.message")
    return dict(zip(cases, rows))


@pytest.mark.parametrize("case", FAULTS)
def test_one_note_for_each_fault(case, noted):
    _, notes, still_read = FAULTS[case]
    frame = noted[case]
    texts = frame["_ws.expert.message"]
    assert len(frame["expert.malformed"]) == len(notes) and not frame["expert.limit"], texts
    for words in dict.fromkeys(notes):
        count = sum(all(word in text for word in words) for text in texts)
        assert count == notes.count(words), (words, texts)
    assert {field: frame[field] for field in still_read} == still_read


@pytest.mark.parametrize("case", SOUND)
def test_no_note_without_a_fault(case, noted):
    frame = noted[case]
    assert not frame["expert.malformed"] and not frame["expert.limit"], frame["_ws.expert.message"]
    assert {field: frame[field] for field in SOUND[case][-1]} == SOUND[case][-1]


def test_long_list_of_endpoints_is_one_limit(read):
    line = "EndPoints: " + ", ".join(f"<sip:a{number}@b.example>" for number in range(1000)) + "\r\n"
    row, = read([request("many", headers=line)], LIMIT, MALFORMED)
    assert len(row["expert.limit"]) == 1 and not row["expert.malformed"]


# Parameters that a registrar adds to the address of a client ([MS-SIPRE] 4.8), and what others write there.
CLIENT = "sip:192.0.2.1:51152;transport=tls;"
MARKS = {
    "ms-received-cid in Contact": ({"headers": f"Contact: <{CLIENT}ms-opaque=bab87d7e6e;ms-received-cid=244100>\r\n"},
                                   True),
    "ms-received-cid in the Request-URI": ({"start": f"BYE {CLIENT}ms-received-cid=244100 SIP/2.0"}, True),
    "GRUU of another stack": ({"headers": 'Contact: <sip:a@b.example;gruu;opaque=x>;+sip.instance="<urn:uuid:x>"\r\n'},
                              False),
    "address in a display name": ({"sender": '"A <sip:nora(example.net)@msn.com>" <sip:nora@example.org>;tag=1'},
                                  False),
    "parameter of a Contact": ({"headers": "Contact: <sip:a@b.example>;expires=60;ms-x=1\r\n"}, True),
    "parameter of a redirection": ({"headers": "History-Info: <sip:a@b.example>;index=1;ms-retarget-reason=x\r\n"},
                                   True),
    "parameter of another stack": ({"headers": "Contact: <sip:a@b.example>;reg-id=1;x=ms-x\r\n"}, False),
    "a place in parentheses": ({"sender": "<sip:nora(home)@aol.com>;tag=1"}, False),
    "opaque in a route": ({"headers": "Record-Route: <sip:b.example;opaque=12345;lr>\r\n"}, False),
    "faults of another stack": ({"headers": 'Via:\r\nContact: "x <sip:a@b:99999>\r\nVia: garbage\r\nnonsense\r\n'},
                                False),
}


@pytest.mark.parametrize("case", MARKS)
def test_marks_of_addresses(case, tshark, capture):
    options, is_microsoft = MARKS[case]
    path = capture(lambda file: write_datagrams(file, [request("m", **{"sender": NORA, **options})]))
    ours, stock = (tshark("-r", path, "-V", plugin=plugin) for plugin in (True, False))
    assert ("Skype/Lync Federation" in ours) == is_microsoft
    assert is_microsoft or ours == stock


# ---- responses ----

ANSWER = {"sender": NORA, "receiver": "<sip:anna@example.com>;tag=2;epid=451e9252b6"}
TEAMS_CONTACT = "Contact: <sip:api.pstnhub.microsoft.com>\r\n"
GRUU_CONTACT = "Contact: <sip:anna@example.com;gruu;opaque=user:epid:%s>\r\n"

# Start line, headers -> network that the origin is judged to be, whether To's epid matches a GRUU
RESPONSES = [
    ("SIP/2.0 200 OK", "ms-user-logon-data: RemoteUser\r\n", "1", []),  # of the receiver of the answer
    ("SIP/2.0 200 OK", TEAMS_CONTACT, "7", []),
    ("SIP/2.0 302 Moved Temporarily", TEAMS_CONTACT, "1", []),  # where to look for her, not where it came from
    ("SIP/2.0 200 OK", GRUU_CONTACT % "a1De4AWnzFmb-tN1kxQSMQAA", "1", ["1"]),
    ("SIP/2.0 200 OK", GRUU_CONTACT % SERVER, "1", ["0"]),
    ("SIP/2.0 302 Moved Temporarily", GRUU_CONTACT % SERVER, "1", []),
    ("SIP/2.0 200 OK", "CSeq: 2 REGISTER\r\n" + TEAMS_CONTACT, "1", []),  # of the receiver of the answer, again
    ("SIP/2.0 200 OK", GRUU_CONTACT % SERVER + "CSeq: 2 REGISTER\r\n", "1", []),
]


@pytest.mark.parametrize("start, headers, origin, matches", RESPONSES)
def test_what_a_response_tells_of_its_sender(start, headers, origin, matches, read):
    row, = read([request("r", start=start, headers=headers, **ANSWER)], "skypefed.origin", "skypefed.epid.matches_gruu")
    assert row == {"origin": [origin], "epid.matches_gruu": matches}


# ---- endpoints ----

ENDPOINT = "a1De4AWnzFmb-tN1kxQSMQAA"  # of the epid 451e9252b6


@pytest.mark.parametrize("epid, matches", [("451e9252b6", "1"), ("451e9252b7", "0")])
def test_epid_beside_its_own_gruu(epid, matches, read):
    """The endpoint in the party's own URI counts, not the one of its Contact."""
    row, = read([request("g", sender=f"<sip:nora@example.org;gruu;opaque=user:epid:{ENDPOINT}>;tag=1;epid={epid}",
                         headers=GRUU_CONTACT % SERVER)], "skypefed.epid.matches_gruu")
    assert row == {"epid.matches_gruu": [matches]}


# ---- folds ----

@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_folded_values_are_one_line(line_end, read):
    row, = read([request("f", headers=(
        f"ms-diagnostics: 1010;reason=\"no{line_end} \\\"route\\\"\";source=\"edge{line_end}\tone\"\r\n"
        f"X-MS-SBC: Example  SBC{line_end}   7\r\nms-comet: a{line_end} b\r\n"))],
        "skypefed.diagnostics.reason", "skypefed.diagnostics.source", "skypefed.teams.sbc", "skypefed.header")
    assert row == {"diagnostics.reason": ['no "route"'], "diagnostics.source": ["edge one"],
                   "teams.sbc": ["Example  SBC 7"], "header": ["ms-comet: a b"]}

# ---- words ----

WORDS = {
    "only what is there is counted": (faulty(f"{ROUTE}>\r\n"), "Signaling path: 1 Via, 1 Record-Route\n"),
    "Via alone": (faulty(), "Signaling path: 1 Via\n"),
    "all three": (faulty(f"{ROUTE}>,<sip:b;lr>\r\nRoute: <sip:c;lr>\r\n"),
                  "Signaling path: 1 Via, 2 Record-Route, 1 Route\n"),
    "domain of nobody known": (faulty(sender=NORA), "nora@example.org is an ordinary SIP address: SIP domain]"),
    "what the Edge says that decides": (
        faulty("ms-edge-proxy-message-trust: ms-source-type=AuthorizedServer;ms-ep-fqdn=edge.example.com;"
               "ms-source-verified-user=verified;ms-source-network=publiccloud;ms-remote-fqdn=lcsap.msg.yahoo.com\r\n"),
        "ms-edge-proxy-message-trust: the Edge reports: Other public IM (by lcsap.msg.yahoo.com)]"),
    "connection of a state": (faulty(f"{ROUTE};opaque=state:T:Ci.R1fd200>\r\n"),
                              "[Connection id in the state (inferred): 2085376 (0x001fd200) (connection 8146)]"),
    "role": (faulty(f"{ROUTE};ms-role-rs-to>\r\n"), "Role: ms-role-rs-to (likely serves the To party)"),
    "unreadable From": (faulty(sender=""), "Parties: an unreadable address (Unknown) to anna@example.com"),
    "unreadable Via": (faulty("Via: SIP/2.0\r\n"), "Via 2: unreadable\n"),
    "unreadable route": (faulty("Route: <sip:>\r\n"), "Route 1: unreadable\n"),
    "logon of a request": (faulty("ms-user-logon-data: RemoteUser\r\n"),
                           "RemoteUser (the sender signed in from outside the company network)"),
    "logon of a response": (faulty("ms-user-logon-data: RemoteUser\r\n", start="SIP/2.0 200 OK"),
                            "RemoteUser (the party who gets this answer signed in from outside the company network)"),
    "escapes undone": (faulty('ms-trunking-peer: gw.example;User-Agent="Gate\\"way\\""\r\n'),
                       "Gateway's product: Gate\"way\"\n"),
}


@pytest.mark.parametrize("case", WORDS)
def test_words(case, tshark, capture):
    options, words = WORDS[case]
    path = capture(lambda file: write_datagrams(file, [request("w", **options)]))
    assert words in tshark("-r", path, "-V")


def test_fault_of_a_party_stands_at_the_party(tshark, capture):
    message = request("p", headers=MARK, sender=NORA + ";epid=;tag=2", receiver="<sip:anna@example.com>;epid=")
    path = capture(lambda file: write_datagrams(file, [message]))
    for party, notes in (("caller", 2), ("callee", 1)):
        item, = [field for field in ElementTree.fromstring(tshark("-r", path, "-T", "pdml")).iter("field")
                 if field.get("name") == f"skypefed.{party}"]
        assert len([field for field in item.iter("field") if field.get("name") == MALFORMED]) == notes
