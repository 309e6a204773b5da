# SPDX-License-Identifier: GPL-2.0-or-later
"""Transfer and forwarding: who is asked to call whom, which call is taken over, and how it ended."""

import json
import re

import pytest

from crafted import request, write_datagrams

MARK = "ms-comet: 1\r\n"
NAMES = ("target", "referrer", "replaces", "replaces.to_tag", "replaces.from_tag", "result", "redirect")
ENTRY = ("header", "index", "cause", "reason", "privacy")
INVITE = "INVITE sip:anna@example.com SIP/2.0"
REFER = "REFER sip:anna@example.com SIP/2.0"
NOTIFY = "NOTIFY sip:anna@example.com SIP/2.0"

# Name -> (start line, headers, what is shown: field below skypefed.transfer -> value).
TRANSFERS = {
    "blind": (REFER, "Refer-To: <sip:+15550142@sbc.example.com;user=phone>\r\n"
                     "Referred-By: <sip:nora@example.org>;x-m=1\r\n",
              {"target": "+15550142@sbc.example.com", "referrer": "nora@example.org"}),
    "compact": (REFER, "r: sip:bob@example.com\r\nb: sip:nora@example.org\r\n",
                {"target": "bob@example.com", "referrer": "nora@example.org"}),
    "consultative": (REFER, "Refer-To: \"Bob, B.\" <sip:bob@example.com?Replaces=7%40a.example%3Bto-tag%3D4%3B"
                            "from-tag%3D5&Require=replaces>\r\n",
                     {"target": "bob@example.com", "replaces": "7@a.example", "replaces.to_tag": "4",
                      "replaces.from_tag": "5"}),
    "lower-case name, half escaped": (REFER, "Refer-To: <sip:bob@example.com;method=INVITE?subject=x&replaces="
                                             "7%40a.example;from-tag=5%3bto-tag%3d4>\r\n",
                                      {"target": "bob@example.com", "replaces": "7@a.example",
                                       "replaces.to_tag": "4", "replaces.from_tag": "5"}),
    "question mark in the user": (REFER, "Refer-To: <sip:what?Replaces=no@example.com>\r\n",
                                  {"target": "what?Replaces=no@example.com"}),
    "telephone number": (REFER, "Refer-To: <tel:+15550142>\r\n", {"target": "+15550142"}),
    "takes over": (INVITE, "Replaces: 7@a.example ; to-tag=4;from-tag=5;early-only\r\n",
                   {"replaces": "7@a.example", "replaces.to_tag": "4", "replaces.from_tag": "5"}),
    "escapes of a header are letters": (INVITE, "Replaces: 7%3Ba@a.example;to-tag=4;from-tag=5\r\n",
                                        {"replaces": "7%3Ba@a.example", "replaces.to_tag": "4",
                                         "replaces.from_tag": "5"}),
    "redirected": ("SIP/2.0 302 Moved Temporarily", "Contact: <sip:bob@example.com:5065;transport=tcp>\r\n",
                   {"redirect": "bob@example.com"}),
    "Contact of an answer is no redirect": ("SIP/2.0 200 OK", "Contact: <sip:bob@example.com:5065>\r\n", {}),
    "no transfer": (INVITE, "", {}),
}

# Name -> (headers, entries shown: address and the fields of ENTRY).
HISTORIES = {
    "history": ("History-Info: <sip:anna@example.com?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22&Privacy=history>"
                ";index=1,\r\n <sip:bob@example.com>;index=1.1;mp=1\r\n",
                [("anna@example.com", "History-Info", "1", "302", 'SIP;cause=302;text="Moved"', "history"),
                 ("bob@example.com", "History-Info", "1.1", "", "", "")]),
    "cause of the URI": ("History-Info: <sip:vm@example.com;target=sip:anna%40example.com;cause=408>;index=1.2\r\n",
                         [("vm@example.com", "History-Info", "1.2", "408", "", "")]),
    "not SIP's cause": ("History-Info: <sip:anna@example.com?Reason=Q.850%3Bcause%3D16>;index=1\r\n",
                        [("anna@example.com", "History-Info", "1", "", "Q.850;cause=16", "")]),
    "diversion": ('Diversion: <sip:anna@example.com>;reason=unconditional;counter=1;privacy="full"\r\n',
                  [("anna@example.com", "Diversion", "", "", "unconditional", "full")]),
}


@pytest.fixture(scope="module")
def transfers(fields, capture):
    rows = [request(f"t{number}", start=start, headers=MARK + headers)
            for number, (start, headers, _) in enumerate(TRANSFERS.values())]
    path = capture(lambda file: write_datagrams(file, rows))
    found = fields(path, *(f"skypefed.transfer.{name}" for name in NAMES), "skypefed.expert.malformed")
    return dict(zip(TRANSFERS, found))


@pytest.mark.parametrize("name", TRANSFERS)
def test_transfer(name, transfers):
    shown = {key.removeprefix("skypefed.transfer."): values[0] for key, values in transfers[name].items()
             if values and values != [""]}
    assert shown == TRANSFERS[name][2]


@pytest.mark.parametrize("name", HISTORIES)
def test_forwarding(name, fields, capture):
    headers, entries = HISTORIES[name]
    path = capture(lambda file: write_datagrams(file, [request("f", headers=MARK + headers)]))
    (row,) = fields(path, "skypefed.forwarding", *(f"skypefed.forwarding.{name}" for name in ENTRY))
    for column, field in enumerate(("skypefed.forwarding", *(f"skypefed.forwarding.{name}" for name in ENTRY))):
        assert [value for value in row[field] if value] == [entry[column] for entry in entries if entry[column]]


@pytest.mark.parametrize("status, words", {
    "SIP/2.0 100 Trying": "100 (the transfer is in progress)", "SIP/2.0 200 OK": "200 (the transfer succeeded)",
    "SIP/2.0 603 Decline": "603 (the transfer failed)", "SIP/2.0 99 No": None, "hello": None}.items())
def test_result(status, words, tshark, capture):
    message = request("n", f"{status}\r\n", MARK + "Event: refer\r\n", NOTIFY,
                      content_type="message/sipfrag;version=2.0")
    listing = tshark("-r", capture(lambda file: write_datagrams(file, [message])), "-O", "skypefed", "-V")
    lines = [line.strip() for line in listing.splitlines() if "esult of the transfer" in line]
    assert lines == ([f"Result of the transfer: {words}"] if words else [])


@pytest.mark.parametrize("server, port, is_step", [
    ("RTCC/3.5.0.0 MSExchangeUM/14.00.0639.021", 5065, True), ("RTCC/3.5.0.0", 5067, True),
    ("RTCC/3.5.0.0", 5061, False), ("Asterisk PBX", 5065, False)])
def test_voice_mail_hands_over(server, port, is_step, tshark, capture):
    message = request("v", start="SIP/2.0 302 Moved Temporarily",
                      headers=MARK + f"Server: {server}\r\nContact: <sip:101@pbx.example.com:{port}>\r\n")
    listing = tshark("-r", capture(lambda file: write_datagrams(file, [message])), "-O", "skypefed", "-V")
    (line,) = [line.strip() for line in listing.splitlines() if "Redirected to" in line]
    assert line.startswith("[Redirected to: 101@pbx.example.com (Contact)")
    assert ("likely a worker process of Exchange voice mail" in line) == is_step


def test_replaces_without_a_call_id(fields, capture):
    message = request("m", headers=MARK + "Replaces: ;to-tag=1\r\n")
    (row,) = fields(capture(lambda file: write_datagrams(file, [message])), "skypefed.transfer.replaces",
                    "_ws.expert.message")
    assert "skypefed.transfer.replaces" not in row or not row["skypefed.transfer.replaces"]
    assert 'Replaces: The header has no Call-ID: ";to-tag=1"' in row["_ws.expert.message"]


def test_labels(tshark, capture):
    message = request("l", start=REFER, headers=MARK + TRANSFERS["consultative"][1] + HISTORIES["history"][0])
    lines = [line.strip() for line in tshark("-r", capture(lambda file: write_datagrams(file, [message])), "-V",
                                             "-O", "skypefed").splitlines()]
    begin = lines.index("Transfer and forwarding")
    assert lines[begin + 1:begin + 12] == [
        "[Transfer to: bob@example.com (Refer-To)]",
        "Replaces the call with Call-ID: 7@a.example",
        "To tag: 4",
        "From tag: 5",
        "[Call history: anna@example.com (History-Info)]",
        "Index: 1",
        "Cause: 302 (unconditional forwarding)",
        'Reason: SIP;cause=302;text="Moved"',
        "Privacy: history",
        "[Call history: bob@example.com (History-Info)]",
        "Index: 1.1",
    ]


# ---- how a transfer ended, for the call in which it was asked for ----

TAGGED = "<sip:anna@example.com>;tag=7"


def told(status, number):
    """A NOTIFY that tells of the transferred call."""
    return request("c", f"SIP/2.0 {status}\r\n", MARK + "Event: refer\r\n", NOTIFY, receiver=TAGGED,
                   content_type="message/sipfrag").replace(b"CSeq: 1 ", b"CSeq: %d " % number)


def said(start, method="INVITE", number=1, headers=""):
    return request("c", headers=MARK + headers, start=start, receiver=TAGGED).replace(
        b"CSeq: 1 INVITE", f"CSeq: {number} {method}".encode())


REFERRED = [request("c", headers=MARK), said("SIP/2.0 200 OK"),
            request("c", headers=MARK + TRANSFERS["blind"][1], start=REFER, receiver=TAGGED).replace(b"CSeq: 1", b"CSeq: 2")]
ACCEPTED = [*REFERRED, said("SIP/2.0 202 Accepted", "REFER", 2)]
LOOK = "; look for the reason in that call, which the sender of this message made"
FAILED = "The transfer failed: the call to its target was answered with"
BYE = [request("c", headers=MARK + "Reason: Q.850;cause=16;text=\"11111111-2222-4333-8444-555555555555;"
               "CallEndReasonLocalUserInitiated\"\r\n", start="BYE sip:anna@example.com SIP/2.0",
               receiver=TAGGED).replace(b"CSeq: 1", b"CSeq: 9"), said("SIP/2.0 200 OK", "BYE", 9)]

# Name -> (messages, outcome, meaning in the table, expert infos with their severity)
ENDS = {
    "busy": ([*ACCEPTED, told("100 Trying", 3), told("486 Busy Here", 4)], "Transfer failed",
             "Transfer failed: 486 Busy Here", [("Note", f"{FAILED} 486 Busy Here")]),
    "not found": ([*ACCEPTED, told("404 Not Found", 3), *BYE], "Transfer failed", "Transfer failed: 404 Not Found",
                  [("Warning", f"{FAILED} 404 Not Found{LOOK}")]),
    "declined everywhere": ([*ACCEPTED, told("603 Decline", 3)], "Transfer failed", "Transfer failed: 603 Decline",
                            [("Note", f"{FAILED} 603 Decline")]),
    "a code without a name": ([*ACCEPTED, told("599 Odd", 3)], "Transfer failed", "Transfer failed: 599",
                              [("Warning", f"{FAILED} 599{LOOK}")]),
    "redirected": ([*ACCEPTED, told("302 Moved", 3)], "Transfer failed", "Transfer failed: 302",
                   [("Warning", f"{FAILED} 302{LOOK}")]),
    "the second one works": ([*ACCEPTED, told("503 Service Unavailable", 3), told("200 OK", 4)], "Transferred", "-",
                             [("Warning", f"{FAILED} 503 Service Unavailable{LOOK}")]),
    "the second one fails": ([*ACCEPTED, told("200 OK", 3), told("480 Gone", 4)], "Transfer failed",
                             "Transfer failed: 480 Temporarily Unavailable",
                             [("Note", f"{FAILED} 480 Temporarily Unavailable")]),
    "refused": ([*REFERRED, said("SIP/2.0 403 Forbidden", "REFER", 2)], "Transfer failed",
                "Transfer refused: 403 Forbidden", [("Warning", "The transfer was refused: 403 Forbidden; nobody was called")]),
    "declined": ([*REFERRED, said("SIP/2.0 603 Decline", "REFER", 2)], "Transfer failed",
                 "Transfer refused: 603 Decline", [("Note", "The transfer was refused: 603 Decline")]),
    "challenged": ([*REFERRED, said("SIP/2.0 407 Proxy Authentication Required", "REFER", 2)], "Answered", "-", []),
    "works": ([*ACCEPTED, told("100 Trying", 3), told("200 OK", 4)], "Transferred", "-", []),
    "goes on": ([*ACCEPTED, told("180 Ringing", 3)], "Answered", "-", []),
}


@pytest.mark.parametrize("name", ENDS)
def test_end_of_a_transfer(name, tshark, fields, capture):
    messages, outcome, meaning, infos = ENDS[name]
    path = capture(lambda file: write_datagrams(file, messages))
    for args in (), ("-2",):
        row = tshark("-r", path, "-q", "-z", "skypefed,calls", *args).splitlines()[-1]
        assert f"  {outcome}  " in row and f"  {meaning}  " in row
    (record,) = [json.loads(line) for line in tshark("-r", path, "-q", "-z", "skypefed,calls,json").splitlines()]
    assert record["outcome_name"] == outcome and record["brief"] == record["meaning"] == (None if meaning == "-" else meaning)
    told_to_user = [row["skypefed.call.meaning"][-1:] for row in fields(path, "skypefed.call.meaning")]
    assert told_to_user[-1] == ([] if meaning == "-" else [meaning])
    found = fields(path, "_ws.expert.severity", "_ws.expert.message", where="skypefed.expert.transfer_failed")
    severities = {"4194304": "Note", "6291456": "Warning", "0x00400000": "Note", "0x00600000": "Warning"}
    assert [(severities[severity], text) for row in found
            for severity, text in zip(row["_ws.expert.severity"], row["_ws.expert.message"])
            if text.startswith("The transfer")] == infos
    notes = re.findall(r"Note over p\d: (Transfer .*)", tshark("-r", path, "-q", "-z", "skypefed,ladder"))
    assert notes == [text.replace(FAILED, "Transfer failed:").replace("The transfer was", "Transfer").split(";")[0]
                     for _, text in infos]


def test_a_refusal_with_a_diagnostics_code(tshark, capture):
    """Both are told: that of the transfer first."""
    refusal = said("SIP/2.0 403 Forbidden", "REFER", 2, 'ms-diagnostics: 1003;reason="User does not exist"\r\n')
    path = capture(lambda file: write_datagrams(file, [*REFERRED, refusal]))
    told, why = "Transfer refused: 403 Forbidden", "The user does not exist"
    (record,) = [json.loads(line) for line in tshark("-r", path, "-q", "-z", "skypefed,calls,json").splitlines()]
    assert record["brief"] == f"{told}; {why}" and record["meaning"].startswith(f"{told}; {why}: check the address")
    assert f"  {told}; {why}  " in tshark("-r", path, "-q", "-z", "skypefed,calls").splitlines()[-1]
    assert f"Note over p1: {told}#59; 1003 {why}" in tshark("-r", path, "-q", "-z", "skypefed,ladder")
