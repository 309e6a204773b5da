# SPDX-License-Identifier: GPL-2.0-or-later
"""Why Teams refused or ended a call: as a code or in words, with the weight of a diagnostics header."""

import json

import pytest

from crafted import BEHIND_NAT, request, write_datagrams

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


BY_SBC = "the session border controller, or what is beyond it"
HOST = "sip.pstnhub.microsoft.com"
# Reason headers of a refusal -> what its meaning begins with, before who refused it.
REFUSALS = {
    "Reason: Q.850;cause=38\r\n": "Network out of order (Q.850 38): ",
    'Reason: SIP;cause=503;text="x"\r\nReason: q.850;cause=17;text="User busy"\r\n': "User busy (Q.850 17): ",
    "Reason: Q.850;cause=126\r\n": "",
    "Reason: Q.850;cause=294\r\n": "",  # 38 in eight bits
    "Reason: SIP;cause=38\r\n": "",
    "": "",
}


@pytest.mark.parametrize("headers", REFUSALS)
@pytest.mark.parametrize("is_to_teams", [False, True])
def test_refusal_of_a_telephone_network(headers, is_to_teams, fields, tshark, capture):
    """The same meaning everywhere, as long as no code or phrase says more: tree, table, record, report."""
    sides = [f"<sip:+12065550100@{HOST}:5061>", "<sip:+14255550123@sbc1.example.com:5061>"]
    ends = dict(zip(("receiver", "sender") if is_to_teams else ("sender", "receiver"), sides))
    ends["sender"] += ";tag=1"
    invite = request("r", start="INVITE sip:x@sbc1.example.com SIP/2.0", **ends)
    ends["receiver"] += ";tag=2"
    refusal = request("r", start="SIP/2.0 503 Service Unavailable", headers=headers, **ends)
    path = capture(lambda file: write_datagrams(file, [invite, refusal], BEHIND_NAT))
    cause = REFUSALS[headers]
    meaning = f"{cause}{'refused' if cause else 'Refused'} by {'Teams' if is_to_teams else BY_SBC}"
    for passes in ((), ("-2",)):
        rows = fields(path, "skypefed.call.meaning", args=passes)
        assert [row["skypefed.call.meaning"] for row in rows] == [[], [meaning]]
    assert meaning in tshark("-r", path, "-q", "-z", "skypefed,calls")
    record = json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))
    assert (record["brief"], record["meaning"], record["code"]) == (meaning, meaning, None)
    assert f"  Meaning               {meaning}\n" in tshark("-r", path, "-q", "-z", "skypefed,support")


@pytest.mark.parametrize("text, end", [("Network out of order", ""), ("NETWORK OUT OF ORDER", ""),
                                       ("Trunk 3 is down", ": Trunk 3 is down")])
def test_label_says_nothing_twice(text, end, tshark, capture):
    path = capture(lambda file: write_datagrams(file, [
        request("r", start=REFUSED, headers=f'Reason: Q.850;cause=38;text="{text}"\r\n')]))
    lines = [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines()]
    assert f"Reason: Q.850 cause 38, network out of order{end}" in lines


SBC = "<sip:+14255550123@sbc1.example.com:5061>"
TEAMS = f"<sip:+12065550100@{HOST}:5061>"
PLAIN = "Reason: Q.850;cause=38\r\n"
BY_TEAMS = 'Reason: Q.850;cause=21;text="604571a3-be2c-42bb-8e48-d9284fded237;Network out of order"\r\n'
REFUSAL, RINGING = "SIP/2.0 503 Service Unavailable", "SIP/2.0 183 Session Progress"
# Start line, From, To, Reason -> whose side: 1 Microsoft, 2 the session border controller or beyond; none if nobody knows.
SIDES = {
    "refused by the border controller": (REFUSAL, TEAMS, SBC, PLAIN, ["2"]),
    "ended by the border controller": ("BYE sip:x@example.com SIP/2.0", SBC, TEAMS, PLAIN, ["2"]),
    "Teams' own reason": (REFUSAL, SBC, TEAMS, BY_TEAMS, ["1"]),
    "of Teams, but not in its words": (REFUSAL, SBC, TEAMS, PLAIN, []),
    "on the way to be answered": (RINGING, TEAMS, SBC, PLAIN, []),
    "between others": (REFUSAL, SBC, SBC, PLAIN + "ms-diagnostics: 1;reason=x\r\n", []),
}


@pytest.mark.parametrize("name", SIDES)
def test_side(name, fields, capture):
    start, sender, receiver, headers, side = SIDES[name]
    message = request("s", start=start, sender=sender + ";tag=1", receiver=receiver + ";tag=2", headers=headers)
    path = capture(lambda file: write_datagrams(file, [message], BEHIND_NAT))
    [row] = fields(path, "skypefed.reason.side", where="skypefed")
    assert row["skypefed.reason.side"] == side
