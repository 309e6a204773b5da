# SPDX-License-Identifier: GPL-2.0-or-later
"""A leg whose From or To only names Teams: both of its ends are others, or one of them may be Teams."""

import pytest

from crafted import BEHIND_NAT, request, session, stream_of, wire, write_datagrams

TEAMS, CARRIER, SBC = "sip.pstnhub.microsoft.com", "carrier.example.net", "192.0.2.10"
PROXY = "Microsoft.PSTNHub.SIPProxy v.2024.5.2.1 i.EUWE.3"
FROM_TEAMS = (f"<sip:+12065550100@{TEAMS}>;tag=1", f"<sip:+14255559999@{CARRIER}>")
TO_TEAMS = (f"<sip:+14255550123@{CARRIER}>;tag=1", f"<sip:+12065550100@{TEAMS}>")
BODY = session(stream_of("RTP/AVP"))
UNKNOWN_CAUSE = "Reason: Q.850;cause=1\r\n"
BY_SBC = "the session border controller, or what is beyond it"
OF_TEAMS = {"Refused by", "Teams' software", "SBC's software", "Media (inferred)"}


def ends(one, other):
    """Two ends with these addresses."""
    return [wire.Endpoint(f"02:00:00:00:0d:0{number}", host, 5060) for number, host in enumerate((one, other))]


PUBLIC = ends("198.51.100.10", "203.0.113.40")


def leg(parties, status="404 Not Found", invite="", answer=UNKNOWN_CAUSE, uri="sip:x@203.0.113.40:5060"):
    """An INVITE and its final response, which name Teams in From or To alone."""
    sender, receiver = parties
    contact = "" if "Contact" in invite else f"Contact: <sip:{SBC}:5060>\r\n"
    agent = "" if "User-Agent" in invite else "User-Agent: ExampleSBC/7.4\r\n"
    server = "" if "Server" in answer else "Server: CarrierSwitch/3\r\n"
    is_answered = status.startswith("200")
    return [request("leg", body=BODY, start=f"INVITE {uri} SIP/2.0", sender=sender, receiver=receiver,
                    headers=contact + agent + invite),
            request("leg", body=BODY if is_answered else "", start=f"SIP/2.0 {status}", sender=sender,
                    receiver=f"{receiver};tag=2", headers=server + ("" if is_answered else answer))]


@pytest.fixture(scope="module")
def ticket(tshark, capture):
    """ticket(messages, ends, *args): the lines of the report of one call, by name."""
    def read(messages, between, *args):
        path = capture(lambda file: write_datagrams(file, messages, between))
        text = tshark("-r", path, "-q", "-z", "skypefed,support", *args).split("\nCall 1")[1]
        return {line[2:24].strip(): line[24:] for line in text.splitlines()[1:] if line.strip()}
    return read


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("parties", [FROM_TEAMS, TO_TEAMS])
@pytest.mark.parametrize("between", [PUBLIC, ends("2001:db8:a::10", "2001:db8:b::40")])
def test_neither_end_is_teams(parties, between, args, ticket):
    lines = ticket(leg(parties), between, *args)
    assert lines["Outcome"] == "Refused" and not OF_TEAMS & set(lines) and "To change" not in lines
    assert (lines["Caller's software"], lines["Callee's software"]) == ("ExampleSBC/7.4", "CarrierSwitch/3")


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("parties", [FROM_TEAMS, TO_TEAMS])
def test_media_of_others_bypasses_nothing(parties, args, ticket):
    lines = ticket(leg(parties, "200 OK"), PUBLIC, *args)
    assert lines["Verdict"] == "Clear RTP agreed" and not OF_TEAMS & set(lines)
    assert (lines["Caller's software"], lines["Callee's software"]) == ("ExampleSBC/7.4", "CarrierSwitch/3")


@pytest.mark.parametrize("parties", [FROM_TEAMS, TO_TEAMS])
def test_fields_and_table(parties, tshark, fields, capture):
    """The addresses stay as they are, and that neither end is Microsoft's is still said."""
    path = capture(lambda file: write_datagrams(file, leg(parties), PUBLIC))
    for args in ((), ("-2",)):
        rows = fields(path, "skypefed.caller.network", "skypefed.callee.network", "skypefed.call.meaning", args=args,
                      where="skypefed.host.microsoft.source == 0 && skypefed.host.microsoft.destination == 0")
        assert [list(row.values()) for row in rows] == [[["8"], ["8"], []]] * 2
        assert not fields(path, "skypefed.origin", args=args, where="skypefed.origin == 7")
    table = tshark("-r", path, "-q", "-z", "skypefed,calls")
    assert f"+12065550100@{TEAMS}" in table and "Teams Direct Routing" not in table and "Refused by" not in table


# Name -> (ends, arguments of leg(): what says that Teams is at an end after all)
WITH_TEAMS = {
    "address of Microsoft": (ends("52.114.75.24", "203.0.113.40"), {}),
    "private addresses": (BEHIND_NAT, {}),
    "load balancer inside": (ends("203.0.113.40", "192.168.7.9"), {}),
    "loopback": (ends("203.0.113.40", "127.0.0.1"), {}),
    "loopback of IPv6": (ends("2001:db8:a::10", "::1"), {}),
    "one address": (ends("203.0.113.40", "203.0.113.40"), {}),
    "no address": (ends("203.0.113.40", "0.0.0.0"), {}),
    "product": (PUBLIC, {"invite": f"User-Agent: {PROXY}\r\n"}),
    "product of the answer": (PUBLIC, {"answer": f"Server: {PROXY}\r\n"}),
    "Contact": (PUBLIC, {"invite": "Contact: <sip:api-du-a-euwe.pstnhub.microsoft.com:443>\r\n"}),
    "address in Contact": (PUBLIC, {"invite": "Contact: <sip:52.114.75.24:5061>\r\n"}),
    "Request-URI": (PUBLIC, {"uri": f"sip:+12065550100@{TEAMS}"}),
    "header": (PUBLIC, {"invite": "X-MS-UserLocation: external\r\n"}),
}
ASKED = ("product of the answer", "Request-URI")  # by these, Teams is the callee


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("name", WITH_TEAMS)
def test_teams_may_be_an_end(name, args, ticket):
    between, options = WITH_TEAMS[name]
    is_asked = name in ASKED
    for parties, refuser in [(TO_TEAMS, "Teams")] + ([] if is_asked else [(FROM_TEAMS, BY_SBC)]):
        assert ticket(leg(parties, **options), between, *args)["Refused by"] == refuser


@pytest.mark.parametrize("code, refuser", [("560503", BY_SBC), ("511404", "Teams")])
def test_teams_passes_a_refusal_on(code, refuser, ticket):
    """What it answers with may be from a session border controller on the other side, as its code says."""
    reason = f'Reason: Q.850;cause=34;text="5753d2a2-da40-404a-87f3-cc7a024b6e90;{code}"\r\n'
    lines = ticket(leg(TO_TEAMS, "503 Service Unavailable", answer=reason), BEHIND_NAT)
    assert (lines["Outcome"], lines["Code"], lines["Refused by"]) == ("Refused", code, refuser)


@pytest.mark.parametrize("shows", [False, True])
def test_the_call_knows_what_a_message_does_not(shows, fields, capture):
    """A session border controller answers Teams' call: its answer shows Teams in nothing but From."""
    invite = {"invite": f"User-Agent: {PROXY}\r\n"} if shows else {}
    path = capture(lambda file: write_datagrams(file, leg(FROM_TEAMS, "200 OK", **invite), PUBLIC))
    for args in ((), ("-2",)):
        rows = fields(path, "skypefed.caller.network", args=args, where="skypefed")
        assert [row["skypefed.caller.network"] for row in rows] == [["7" if shows else "8"]] * 2


@pytest.mark.parametrize("parties", [FROM_TEAMS, TO_TEAMS])
def test_nothing_is_demanded_of_a_carrier(parties, fields, capture):
    """Over TLS as well: what Teams demands of those who answer it, nobody else does."""
    messages = [one.replace(b"SIP/2.0/UDP", b"SIP/2.0/TLS") for one in leg(parties, "200 OK")]
    path = capture(lambda file: write_datagrams(file, messages, PUBLIC))
    assert fields(path, "frame.number", where="skypefed.teams.demand") == []
    assert fields(path, "frame.number", where="skypefed")
