# SPDX-License-Identifier: GPL-2.0-or-later
"""What the table of calls and the report for a ticket say of each Teams sample: who, what, why, and whose side it is."""

import re

import pytest

from crafted import catalog, request, write_datagrams

SBC = "sbc1.example.com"
TEAMS = "sip.pstnhub.microsoft.com"
GOV = "sip.pstnhub.gov.teams.microsoft.us"
BY_SBC = "the session border controller, or what is beyond it"
NO_SRTP = "The session border controller offered no SRTP, which Teams requires"
ENDED = "The Teams user ended the call"

# Sample -> (rows of the table: caller, callee, outcome, response, code, meaning, conversation;
#            lines that the report of each call has)
SAMPLES = {
    "teams-inbound-call": (
        [(f"+14255550123@{SBC}", f"+12065550100@{TEAMS}", "Answered", "200", "-", ENDED, "1")],
        [{"Meaning": ENDED, "SBC": "Example/SBC-500/7.4.1", "Instance of Teams": "EUWE.3"}]),
    "teams-refused-user": (
        [(f"+14255550123@{SBC}", f"+12065550199@{TEAMS}", "Refused", "403", "-", "Teams cannot ring the user", "1")],
        [{"Refused by": "Teams", "Response": "403"}]),
    "teams-refused-srtp": (
        [(f"+14255550123@{SBC}", f"+12065550199@{TEAMS}", "Refused", "488", "-", NO_SRTP, "1")],
        [{"Refused by": "Teams", "Meaning": NO_SRTP,
          "To change": "The offer has no a=crypto line, which Microsoft says Teams refuses (488): have the SBC offer "
                       "SRTP with AES_CM_128_HMAC_SHA1_80"}]),
    "teams-refused-ice": (
        [(f"+14255550123@{SBC}", f"+12065550199@{TEAMS}", "Refused", "488", "531027",
          "The offer has no ICE candidates", "1")],
        [{"Refused by": "Teams", "Code": "531027"}]),
    "teams-refused-number": (
        [(f"+14255550123@{SBC}", f"+12065550177@{TEAMS}", "Refused", "404", "511404",
          "The number belongs to no user or resource account", "1")],
        [{"Refused by": "Teams", "Code": "511404"}]),
    "teams-refused-by-sbc": (
        [(f"+12065550100@{TEAMS}", f"+14255550123@{SBC}", "Refused", "503", "-", f"Network out of order (Q.850 38): refused by {BY_SBC}", "1")],
        [{"Refused by": BY_SBC, "Meaning": f"Network out of order (Q.850 38): refused by {BY_SBC}",
          "Reason": 'Q.850;cause=38;text="Network out of order"'}]),
    "teams-transfer": (
        [(f"+442079460100@{TEAMS}", "+442079460155@sbc.example.com", "Transferred", "200", "-", "-", "1"),
         ("+442079460155@sbc.example.com", f"+442079460188@{TEAMS}", "Answered", "200", "-", "-", "1")],
        [{"Transfer result": "200", "Transfer to": f"+442079460188@{TEAMS}", "Transferred by": f"+442079460100@{TEAMS}"},
         {"Transferred from call": "1", "Conversation": "1, joined by Referred-By"}]),
    "teams-transfer-failed": (
        [(f"+442079460100@{TEAMS}", "+442079460155@sbc.example.com", "Transfer failed", "200", "-",
          "Transfer failed: 486 Busy Here", "1"),
         ("+442079460155@sbc.example.com", f"+442079460177@{TEAMS}", "Refused", "486", "-",
          "User busy (Q.850 17): refused by Teams", "1")],
        [{"Transfer result": "486", "Meaning": "Transfer failed: 486 Busy Here"},
         {"Refused by": "Teams", "Transferred from call": "1"}]),
    "teams-consultative-transfer": (
        [(f"+442079460100@{TEAMS}", f"+442079460155@{SBC}", "Transferred", "200", "-", ENDED, "1"),
         (f"+442079460100@{TEAMS}", f"+442079460188@{SBC}", "Answered", "200", "-", "-", "1")],
        [{"Transfer result": "200", "Transfer to": f"+442079460188@{SBC}", "Conversation": "1, joined by Replaces"},
         {"Conversation": "1, joined by Replaces"}]),
    "teams-forwarding": (
        [(f"+33199000009@{TEAMS}", f"+33199000050@{SBC}", "Answered", "200", "-", "-", "1")],
        [{"Call history": f"+33199000001@{TEAMS}", "Asserted identity": "+33199000001",
          "Instance of Teams": "FRCE.3"}]),
    "teams-media-bypass": (
        [(f"+14255550123@{SBC}", f"+12065550100@{TEAMS}", "Answered", "200", "-", "-", "1")],
        [{"Outcome": "Answered", "Media (inferred)": "media bypass: Teams names addresses of its client"}]),
    "teams-local-media": (
        [(f"+12065550100@{TEAMS}", f"+14255550123@{SBC}", "Answered", "200", "-", ENDED, "1")],
        [{"Media (inferred)": "media bypass: Teams names addresses of its client",
          "User's location": "internal", "Media path": f"{SBC},sbc2.example.com", "User's site": "usersite-12"}]),
    "teams-government": (
        [(f"+12025550100@{GOV}", f"+12025550123@{SBC}", "Answered", "200", "-", "-", "1")],
        [{"Instance of Teams": "USGA.3"}]),
    "teams-options": ([], []),
    "teams-refused-options": ([], []),
    "teams-direct-routing": (
        [(f"+12065550100@{TEAMS}", "+14255550123@sbc.example.com", "Answered", "200", "-", "-", "1")],
        [{"User's location": "internal", "Media (inferred)": "by Teams' media processors or relays"}]),
    "teams-dtls-srtp": (
        [(f"+12065550100@{TEAMS}", "+14255550199@sbc.example.com", "Answered", "200", "-", "-", "1")],
        [{"Outcome": "Answered"}]),
}
# The same, whatever carries it.
SAMPLES["teams-inbound-call-tls"] = SAMPLES["teams-inbound-call"]
TITLES = ("Caller", "Callee", "Outcome", "Response", "Code", "Meaning", "Conversation")


def test_all_samples_are_here():
    assert set(SAMPLES) == {name for name in catalog.names() if name.startswith("teams-")}


def cells(text):
    """The rows of the table, each as a dict of its cells."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Call "))
    titles = [title for title in lines[first].split("  ") if title.strip()]
    starts = [lines[first].index(title.strip()) for title in titles] + [None]
    return [{title.strip(): line[start:end].strip() for title, start, end in zip(titles, starts, starts[1:])}
            for line in lines[first + 1:] if line.strip()]


@pytest.mark.parametrize("name", SAMPLES)
def test_table(name, tshark, samples):
    rows = cells(tshark("-r", samples / f"{name}.pcapng", "-q", "-z", "skypefed,calls"))
    assert [tuple(row[title] for title in TITLES) for row in rows] == SAMPLES[name][0]


@pytest.mark.parametrize("name", SAMPLES)
def test_report(name, tshark, samples):
    text = tshark("-r", samples / f"{name}.pcapng", "-q", "-z", "skypefed,support")
    calls = [{(line[2:24].strip(), line[24:]) for line in call.splitlines()} for call in text.split("\nCall ")[1:]]
    assert len(calls) == len(SAMPLES[name][1])
    for lines, expected in zip(calls, SAMPLES[name][1]):
        assert set(expected.items()) <= lines


def test_options_that_are_refused(fields, samples):
    """The answer says why; the request, what to change."""
    rows = fields(samples / "teams-refused-options.pcapng", "skypefed.teams.demand", "skypefed.reason.meaning",
                  where="skypefed")
    assert [row["skypefed.teams.demand"] for row in rows] == [["No Contact for Teams"], [],
                                                              ["Address in Contact for Teams"], []]
    assert all("Record-Route or Contact" in rows[number]["skypefed.reason.meaning"][0] for number in (1, 3))


REASON = "Reason: Q.850;cause={}\r\n"
TO_TEAMS = ("<sip:+14255550123@sbc1.example.com>;tag=1", f"<sip:+12065550100@{TEAMS}>")
TO_SBC = (f"<sip:+12065550100@{TEAMS}>;tag=1", "<sip:+14255550123@sbc1.example.com>")
LOG = "Look for the call in the log of the session border controller"
IDS = "Teams gives no reason: Microsoft's support needs the ids of the call"

# Causes of Q.850 for which nothing is to be changed
EVERYDAY = {16: "Normal call clearing", 18: "No user responding", 19: "No answer from user (user alerted)",
            21: "Call rejected", 31: "Normal, unspecified"}

# Name -> (From and To, status line, headers of the response, severity and text of the expert info, None for none)
REFUSALS = {
    "trunk is down": (TO_SBC, "503 Service Unavailable", REASON.format(38), "Warning",
                      f"Network out of order (Q.850 38): refused by {BY_SBC}, with 503. {LOG}"),
    "no word": (TO_SBC, "500 Server Internal Error", "", "Warning", f"Refused by {BY_SBC}, with 500. {LOG}"),
    "busy": (TO_SBC, "486 Busy Here", REASON.format(17), "Note",
             f"User busy (Q.850 17): refused by {BY_SBC}, with 486"),
    "busy, no word": (TO_SBC, "486 Busy Here", "", "Note", f"Refused by {BY_SBC}, with 486"),
    "busy everywhere": (TO_SBC, "600 Busy Everywhere", "", "Note", f"Refused by {BY_SBC}, with 600"),
    "no such number": (TO_SBC, "404 Not Found", REASON.format(1), "Note",
                       f"Unallocated (unassigned) number (Q.850 1): refused by {BY_SBC}, with 404. {LOG}"),
    "busy, with another cause": (TO_SBC, "486 Busy Here", REASON.format(34), "Note",
                                 f"No circuit or channel available (Q.850 34): refused by {BY_SBC}, with 486. {LOG}"),
    "a system without words": (TO_SBC, "500 Server Internal Error", REASON.format(31), "Warning",
                               f"Normal, unspecified (Q.850 31): refused by {BY_SBC}, with 500. {LOG}"),
    **{words: (TO_SBC, "480 Temporarily Unavailable", REASON.format(cause), "Note",
               f"{words} (Q.850 {cause}): refused by {BY_SBC}, with 480") for cause, words in EVERYDAY.items()},
    "declined": (TO_SBC, "603 Decline", "", "Note", f"Refused by {BY_SBC}, with 603. {LOG}"),
    "by Teams": (TO_TEAMS, "500 Server Internal Error", "", "Warning", f"Refused by Teams, with 500. {IDS}"),
    "busy in Teams": (TO_TEAMS, "486 Busy Here", REASON.format(17), "Note",
                      "User busy (Q.850 17): refused by Teams, with 486"),
    "by Teams with a reason": (TO_TEAMS, "403 Forbidden", 'Reason: Q.850;cause=21;text="'
                               '11111111-2222-4333-8444-555555555555;510560"\r\n', None, None),
    "canceled": (TO_SBC, "487 Request Terminated", "", None, None),
    "challenged": (TO_SBC, "407 Proxy Authentication Required", "", None, None),
    "ringing": (TO_SBC, "180 Ringing", "", None, None),
    "answered": (TO_SBC, "200 OK", "", None, None),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal_names_the_side(name, tshark, fields, capture):
    (sender, receiver), status, headers, severity, text = REFUSALS[name]
    agent = "User-Agent: Microsoft.PSTNHub.SIPProxy v.2024.1.1.1 i.EUWE.3\r\n"
    messages = [request("r", start=f"INVITE sip:x@{TEAMS if sender == TO_TEAMS[0] else SBC} SIP/2.0", sender=sender,
                        receiver=receiver, headers=agent if sender == TO_SBC[0] else ""),
                request("r", start=f"SIP/2.0 {status}", sender=sender, receiver=f"{receiver};tag=2",
                        headers=headers + ("" if sender == TO_SBC[0] else agent))]
    for args in (), ("-2",):
        rows = fields(capture(lambda file: write_datagrams(file, messages)), "_ws.expert.severity",
                      "_ws.expert.message", args=args, where="skypefed.expert.call_refused")
        found = [(level, words) for row in rows
                 for level, words in zip(row["_ws.expert.severity"], row["_ws.expert.message"]) if "efused by" in words]
        levels = {"Note": ("4194304", "0x00400000"), "Warning": ("6291456", "0x00600000")}
        assert [words for _, words in found] == ([text] if text else [])
        assert not text or found[0][0] in levels[severity]
    path = capture(lambda file: write_datagrams(file, messages))
    notes = re.findall(r"Note over p\d: (.*efused by .*)", tshark("-r", path, "-q", "-z", "skypefed,ladder"))
    assert notes == ([text.split(", with ")[0]] if text else [])
