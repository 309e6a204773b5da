# SPDX-License-Identifier: GPL-2.0-or-later
"""What standard headers say beside the parties: asserted identities, privacy, emergencies, instances of Teams."""

import pytest

from crafted import BEHIND_NAT, request, write_datagrams

DIFFERS = "skypefed.expert.caller_differs"
NAMES = ("asserted", "asserted.network", "privacy", "emergency", "emergency.service", "geolocation", "teams.instance",
         "teams.region", "teams.trace_id", "teams.call", "product", "product.version", "product.application", "bound",
         "bound.received_cid", "bound.connection", "reason.protocol", "reason.cause", "reason.text", "reason.guid",
         "reason.phrase", "reason.code", "reason.meaning", "reason.side")
FIELDS = [f"skypefed.{name}" for name in NAMES] + [DIFFERS]
TRUE = {"1", "True"}

TEAMS = "<sip:+15550100@sip.pstnhub.microsoft.com:5061;user=phone>;tag=1"
TRACE = "11111111-2222-4333-8444-555555555555"
PAI = "P-ASSERTED-IDENTITY: <tel:+15550199>,<sip:anna@example.com>\r\n"

# Name -> (arguments of request(), the fields that the message gets and their values)
CASES = {
    "two identities": ({"sender": TEAMS, "headers": PAI + "PRIVACY: id\r\n"},
                       {"asserted": ["+15550199", "anna@example.com"], "asserted.network": ["8", "1"],
                        "privacy": ["id"], DIFFERS: [""]}),
    "the same caller": ({"headers": 'P-Asserted-Identity: "Nora"<sip:nora@example.org>\r\nPrivacy: none\r\n'},
                        {"asserted": ["nora@example.org"], "asserted.network": ["1"], "privacy": ["none"]}),
    "another caller": ({"headers": "P-Asserted-Identity: <sip:anna@example.org>\r\n"},
                       {"asserted": ["anna@example.org"], "asserted.network": ["1"], DIFFERS: [""]}),
    "forwarded by the asserted user": (
        {"sender": "<sip:+15550123@example.org>;tag=1;epid=aa", "headers": (
            "P-Asserted-Identity: <tel:+1-555-0199>\r\nDiversion: <sip:+15550199@example.org>;reason=unconditional\r\n")},
        {"asserted": ["+1-555-0199"], "asserted.network": ["8"]}),
    "forwarded, by the history": (
        {"headers": "P-Asserted-Identity: <sip:anna@example.org>\r\n"
                    "History-Info: <sip:Anna@EXAMPLE.org?Reason=SIP%3Bcause%3D302>;index=1,<sip:otto@example.org>;index=1.1\r\n"},
        {"asserted": ["anna@example.org"], "asserted.network": ["1"]}),
    "forwarded by somebody else": (
        {"headers": "P-Asserted-Identity: <sip:anna@example.org>\r\n"
                    "Diversion: <sip:otto@example.org>;reason=unconditional\r\n"},
        {"asserted": ["anna@example.org"], "asserted.network": ["1"], DIFFERS: [""]}),
    "another callee": ({"start": "SIP/2.0 200 OK", "headers": "P-Asserted-Identity: <sip:anna@example.org>\r\n"},
                       {"asserted": ["anna@example.org"], "asserted.network": ["1"]}),
    "withheld": ({"sender": "<sip:anonymous@anonymous.invalid>;tag=1;epid=aa",
                  "headers": PAI + "Privacy: user;id;critical\r\n"},
                 {"asserted": ["+15550199", "anna@example.com"], "asserted.network": ["8", "1"],
                  "privacy": ["user", "id", "critical"]}),
    "decorated identity": ({"headers": "P-Asserted-Identity: <sip:nora(example.org)@msn.com>\r\n"},
                           {"asserted": ["nora@example.org"], "asserted.network": ["4"]}),
    "no address": ({"headers": "P-Asserted-Identity: nobody\r\n"}, {}),
    "emergency": ({"headers": "Priority: emergency\r\nGeolocation: <cid:loc@example.com>\r\n"},
                  {"emergency": TRUE, "geolocation": ["cid:loc@example.com"]}),
    "other priority": ({"headers": "Priority: urgent\r\n"}, {}),
    "emergency service": ({"start": "INVITE urn:service:sos.fire SIP/2.0", "receiver": "<urn:service:sos.fire>"},
                          {"emergency": TRUE, "emergency.service": ["urn:service:sos.fire"]}),
    "answer of an emergency service": ({"start": "SIP/2.0 200 OK", "receiver": "<urn:service:sos>;tag=2"},
                                       {"emergency": TRUE, "emergency.service": ["urn:service:sos"]}),
    "instances of Teams": (
        {"sender": TEAMS, "headers": (
            "RECORD-ROUTE: <sip:sip-du-a-eu.pstnhub.microsoft.com:5061;transport=tls;lr>\r\n"
            f"CONTACT: <sip:api-du-b-euwe.pstnhub.microsoft.com:443;x-i={TRACE};x-c=instances%20of/d/8/0123>\r\n"
            "USER-AGENT: Microsoft.PSTNHub.SIPProxy v.2022.9.9.1 i.EUNO.10\r\n")},
        {"teams.instance": ["sip-du-a-eu", "api-du-b-euwe", "EUNO.10"],
         "teams.region": ["Europe", "West Europe", "North Europe"], "teams.trace_id": [TRACE],
         "teams.call": ["instances%20of"], "product": ["Teams Direct Routing SIP proxy"],
         "product.version": ["2022.9.9.1"]}),
    "instance of unknown letters": ({"sender": TEAMS, "headers": "Server: Microsoft.PSTNHub.SIPProxy v.1.2 i.XYZ.1\r\n"},
                                    {"teams.instance": ["XYZ.1"], "product": ["Teams Direct Routing SIP proxy"],
                                     "product.version": ["1.2"]}),
    "answer to REGISTER": (
        {"start": "SIP/2.0 200 OK", "headers": (
            "CSeq: 3 REGISTER\r\nContact: <sip:192.0.2.6:12723;transport=tls;ms-opaque=fad3dfab32;ms-received-cid=2600>;"
            'expires=7200,<sip:[2001:db8::6]:12723;ms-received-cid=5128500>;expires=60\r\n')},
        {"bound": ["192.0.2.6", "2001:db8::6"], "bound.received_cid": [str(0x2600), str(0x5128500)],
         "bound.connection": ["38", "332421"]}),
    "request on a connection": ({"start": "BYE sip:192.0.2.1:51152;transport=tls;ms-received-cid=244100 SIP/2.0"},
                                {"bound": ["192.0.2.1"], "bound.received_cid": [str(0x244100)],
                                 "bound.connection": ["9281"]}),
    "end of a call of Teams": (
        {"sender": TEAMS, "headers": f'REASON: Q.850;cause=16;text="{TRACE};CallEndReasonLocalUserInitiated"\r\n'},
        {"reason.protocol": ["Q.850"], "reason.cause": ["16"], "reason.text": [f"{TRACE};CallEndReasonLocalUserInitiated"],
         "reason.guid": [TRACE], "reason.phrase": ["CallEndReasonLocalUserInitiated"],
         "reason.meaning": ["The Teams user ended the call"], "reason.side": ["1"]}),
    "code of Microsoft": (
        {"sender": TEAMS, "headers": f'Reason: Q.850;cause=42;text="{TRACE};560503"\r\n'},
        {"reason.protocol": ["Q.850"], "reason.cause": ["42"], "reason.text": [f"{TRACE};560503"], "reason.guid": [TRACE],
         "reason.phrase": ["560503"], "reason.code": ["560503"],
         "reason.meaning": ["The session border controller is overloaded or has no route"], "reason.side": ["2"]}),
    "two reasons": ({"headers": "Reason: Q.850;cause=34, SIP;cause=503\r\n"},
                    {"reason.protocol": ["Q.850", "SIP"], "reason.cause": ["34", "503"]}),
    "connection that is no number": ({"headers": "Contact: <sip:192.0.2.1;ms-received-cid=xyz>\r\n"}, {}),
    "application of unknown name": ({"headers": "User-Agent: RTCC/4.0.0.0 PresPub\r\n"},
                                    {"product": ["Server application based on UCMA"], "product.version": ["4.0.0.0"],
                                     "product.application": ["PresPub"]}),
    "another maker's phone": ({"headers": "User-Agent: PolycomVVX-VVX_500-UA/5.9.7.47435\r\n"},
                              {"product": ["Polycom VVX phone"], "product.version": ["5.9.7.47435"]}),
}


@pytest.fixture(scope="module")
def messages(capture):
    rows = [request(f"c{number}", **options) for number, (options, _) in enumerate(CASES.values())]
    return capture(lambda file: write_datagrams(file, rows, BEHIND_NAT))


@pytest.fixture(scope="module")
def found(fields, messages):
    rows = fields(messages, *FIELDS, where="sip")
    assert len(rows) == len(CASES)
    return dict(zip(CASES, rows))


@pytest.mark.parametrize("case", CASES)
def test_fields(case, found):
    row = {name.removeprefix("skypefed.") if name != DIFFERS else name: values
           for name, values in found[case].items() if values}
    expected = CASES[case][1]
    assert row.keys() == expected.keys()
    for name, values in expected.items():
        assert set(row[name]) <= values if values is TRUE else len(row[name]) == 1 if name == DIFFERS \
            else row[name] == values


# Words that the tree must have.
WORDS = [
    "[Asserted identity: +15550199 (usually the number that is charged)]",
    "[Asserted identity: anna@example.com (usually the Teams user)]",
    "Privacy: id (do not show the asserted identity to the other party)",
    "From names +15550100@sip.pstnhub.microsoft.com as the caller, P-Asserted-Identity +15550199:",
    "Skype/Lync Federation: INVITE, emergency call, nora@example.org to anna@example.com",
    "Parties: emergency call, nora@example.org (SIP domain) to anna@example.com (SIP domain)",
    "(Priority: emergency: life, limb or property is in danger)",
    "Emergency service: urn:service:sos.fire (fire brigade)",
    "Caller's location: cid:loc@example.com (names a body of this message)",
    "Instance of Teams: EUNO.10 (in User-Agent)",
    "[Region (inferred): North Europe]",
    "Diagnostics: 1 reason\n",
    "Reason: Q.850 cause 16, normal call clearing: The Teams user ended the call",
    "Cause: 34 (no circuit or channel available)",
    "[Refused or ended by (inferred): Session border controller, or what is beyond it (2)]",
]


def test_words(tshark, messages):
    text = tshark("-r", messages, "-V")
    assert [words for words in WORDS if words not in text] == []


def test_difference_is_noted_without_a_tree(tshark, messages):
    """Only the expert report reads the messages then."""
    report = tshark("-r", messages, "-q", "-z", "expert,note,skypefed")
    assert sum("From names" in line for line in report.splitlines()) == 2
