# SPDX-License-Identifier: GPL-2.0-or-later
"""Why Teams refused or ended a call: as a code or in words, with the weight of a diagnostics header."""

import pytest

from crafted import request, write_datagrams

GUID = "11111111-2222-4333-8444-555555555555"
CALL = ("skypefed.call.code", "skypefed.call.meaning", "skypefed.call.outcome")
SEVERITIES = {"chat": "2097152", "note": "4194304", "warning": "6291456"}
REFUSED = "SIP/2.0 403 Forbidden"
BYE = "BYE sip:anna@example.com SIP/2.0"


def teams(cause, phrase):
    return f'Reason: Q.850;cause={cause};text="{GUID};{phrase}"\r\n'


# Name -> (start line, headers, code, beginning of the meaning, severity, end of the title).
CASES = {
    "code": (REFUSED, teams(21, "510560 is not enabled"), "510560", "The user is not enabled for telephone calls",
             "warning", ": 510560 The user is not enabled for telephone calls"),
    "phrase": ("SIP/2.0 488 No", teams(88, "Remote participant did not offer required SRTP support"), "",
               "The session border controller offered no SRTP", "note",
               ": The session border controller offered no SRTP, which Teams requires"),
    "phrase that nobody knows": (REFUSED, teams(21, r"A comet, \"seen\""), "", 'A comet, "seen"', "note",
                                 ': A comet, "seen"'),
    "code that is not documented": (REFUSED, teams(21, "510403"), "510403",
                                    "Response code that Microsoft does not document", "note",
                                    ": 510403 Response code that Microsoft does not document"),
    "normal end": (BYE, teams(16, "CallEndReasonLocalUserInitiated"), "", "The Teams user ended the call", "chat",
                   ": The Teams user ended the call"),
    "answer of the controller": (REFUSED, teams(41, "560503"), "560503",
                                 "The session border controller is overloaded or has no route", "warning",
                                 ": 560503 The session border controller is overloaded or has no route"),
    "beside a diagnostics code that says more": (
        REFUSED, teams(31, "Comet") + 'ms-diagnostics: 1010;reason="x";source="a.example"\r\n', "1010", "No TLS trust",
        "chat", ": 1010 No TLS trust with the next server"),
    "beside a diagnostics code that says less": (
        REFUSED, teams(21, "510560") + 'ms-diagnostics: 1037;reason="x";source="a.example"\r\n', "510560",
        "The user is not enabled", "warning", ": 510560 The user is not enabled for telephone calls"),
    "of a gateway": (REFUSED, "Reason: Q.850;cause=34\r\n", "", "", None, ""),
}


@pytest.mark.parametrize("name", CASES)
def test_reason(name, fields, tshark, capture):
    start, headers, code, meaning, severity, title = CASES[name]
    path = capture(lambda file: write_datagrams(file, [
        request("r", start=start, headers=headers, receiver="<sip:anna@example.com>;tag=2")]))
    for passes in ((), ("-2",)):
        (row,) = fields(path, *CALL, args=passes)
        assert row["skypefed.call.code"] == ([code] if code else [])
        assert [text.startswith(meaning) for text in row["skypefed.call.meaning"]] == ([True] if meaning else [])
    assert len(fields(path, "frame.number", where="skypefed.expert.reason")) == (1 if severity else 0)
    if severity:
        where = f"skypefed.expert.reason && _ws.expert.severity == {SEVERITIES[severity]}"
        assert len(fields(path, "frame.number", where=where)) == 1
    lines = [line for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines() if line.startswith("Skype/Lync")]
    assert lines[0].endswith("anna@example.com" + title)
    table = tshark("-r", path, "-q", "-z", "skypefed,calls")
    assert not meaning or meaning.split(":")[0] in table
