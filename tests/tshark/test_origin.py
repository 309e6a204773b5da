# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a message came from: the networks of both parties, the judgment, and evidence that names header and value."""

import pytest

from crafted import BEHIND_NAT, request, write_datagrams

UNKNOWN, SIP_DOMAIN, OWN, FEDERATED, SKYPE, PUBLIC_IM, TELEPHONE, TEAMS, NUMBER, PUBLIC = "0123456789"
NAMES = {SIP_DOMAIN: "SIP domain", OWN: "Own enterprise", FEDERATED: "Federated partner",
         SKYPE: "Skype or Microsoft account", PUBLIC_IM: "Other public IM", TELEPHONE: "Telephone network",
         TEAMS: "Teams Direct Routing", NUMBER: "Telephone number", PUBLIC: "Public IM provider"}

TRUST = "ms-edge-proxy-message-trust: "
MARK = "ms-comet: 1\r\n"  # makes the message Microsoft's and says nothing of its origin
OWN_DOMAINS = ("-o", "skypefed.own_domains:example.com")
NORA = "<sip:nora@example.org>;tag=1"


def caller(sender, headers="", **options):
    return {"sender": sender, "headers": headers + MARK, **options}


def trusted(value, sender=NORA):
    return caller(sender, f"{TRUST}{value}\r\n")


# Name -> (arguments of request(), the caller's network, the origin or None, whether own domains are set)
CASES = {
    # Addresses
    "plain domain": (caller(NORA), SIP_DOMAIN, SIP_DOMAIN, False),
    "decorated": (caller("<sip:nora(example.org)@msn.com>;tag=1"), SKYPE, SKYPE, False),
    "outlook.com": (caller("<sip:nora@outlook.com>;tag=1"), SKYPE, SKYPE, False),
    "skypeids.net": (caller("<sip:live.nora@skypeids.net>;tag=1"), SKYPE, SKYPE, False),
    "yahoo.com": (caller("<sip:nora@yahoo.com>;tag=1"), PUBLIC_IM, PUBLIC_IM, False),
    "aol.com": (caller("<sip:nora@AOL.com>;tag=1"), PUBLIC_IM, PUBLIC_IM, False),
    "tel:": (caller("<tel:+15550100>;tag=1"), NUMBER, NUMBER, False),
    "tel: with context": (caller("<tel:100;phone-context=example.com>;tag=1"), NUMBER, NUMBER, False),
    "user=phone": (caller("<sip:100@example.org;user=phone>;tag=1"), NUMBER, NUMBER, False),
    "international number": (caller("<sip:+15550100@example.org>;tag=1"), NUMBER, NUMBER, False),
    "user=ip": (caller("<sip:100@example.org;user=ip>;tag=1"), SIP_DOMAIN, SIP_DOMAIN, False),
    "Teams": (caller("<sip:+15550100@sip.pstnhub.microsoft.com>;tag=1"), TEAMS, TEAMS, False),
    "Teams by its Contact": (caller(NORA, "Contact: <sip:api.pstnhub.microsoft.com:443;x-i=1>\r\n"), SIP_DOMAIN, TEAMS,
                             False),
    "Live Messenger": (caller("<sip:nora@example.org;wl-type=1>;tag=1"), SKYPE, SKYPE, False),
    "address without a domain": (caller("<sip:nora@192.0.2.1>;tag=1"), UNKNOWN, None, False),
    "withheld": (caller("<sip:anonymous@anonymous.invalid>;tag=1"), UNKNOWN, None, False),
    "withheld, with own domains": (caller("<sip:anonymous@anonymous.invalid>;tag=1"), UNKNOWN, None, True),
    "local host, with own domains": (caller("<sip:1000@localhost>;tag=1"), UNKNOWN, None, True),
    # Own domains
    "own domain": (caller("<sip:nora@example.com>;tag=1"), OWN, OWN, True),
    "below an own domain": (caller("<sip:nora@eu.Example.com>;tag=1"), OWN, OWN, True),
    "not an own domain": (caller(NORA), FEDERATED, FEDERATED, True),
    "number in an own domain": (caller("<sip:+15550100@example.com>;tag=1"), NUMBER, NUMBER, True),
    "provider beside own domains": (caller("<sip:nora@yahoo.com>;tag=1"), PUBLIC_IM, PUBLIC_IM, True),
    # What the Edge says outweighs the address; a plain one belongs to the network that the Edge names.
    "own remote user": (trusted("ms-source-type=InternetUser"), OWN, OWN, False),
    "direct partner": (trusted("ms-source-type=DirectPartner;ms-source-network=federation"), FEDERATED, FEDERATED,
                       False),
    "discovered partner": (trusted("ms-source-network=federation;ms-source-type=AutoFederation"), FEDERATED, FEDERATED,
                           False),
    "hosting provider": (trusted("ms-source-type=AuthorizedServer;ms-source-network=federation"), FEDERATED, FEDERATED,
                         False),
    "public provider": (trusted("ms-source-type=AuthorizedServer;ms-source-network=publiccloud"), PUBLIC, PUBLIC, False),
    "Skype's Edge": (trusted("ms-source-type=AuthorizedServer;ms-source-network=publiccloud;"
                             "ms-remote-fqdn=federation.messenger.msn.com"), SKYPE, SKYPE, False),
    "Yahoo's Edge": (trusted("ms-remote-fqdn=lcsap.msg.yahoo.com"), PUBLIC_IM, PUBLIC_IM, False),
    "unknown source": (trusted("ms-source-type=Comet"), SIP_DOMAIN, SIP_DOMAIN, False),
    "Edge against the address": (trusted("ms-source-type=DirectPartner", "<sip:nora@outlook.com>;tag=1"), SKYPE,
                                 FEDERATED, False),
    "remote user by logon": (caller(NORA, "ms-user-logon-data: RemoteUser\r\n"), SIP_DOMAIN, OWN, False),
    "other logon": (caller(NORA, "ms-user-logon-data: Comet\r\n"), SIP_DOMAIN, SIP_DOMAIN, False),
}


@pytest.fixture(scope="module")
def read(fields, capture):
    """read(messages, *fields, args=): the fields of each message, all in one capture and one run."""
    def run(messages, *names, args=()):
        path = capture(lambda file: write_datagrams(file, messages, BEHIND_NAT))
        rows = fields(path, *names, where="sip", args=args)
        assert len(rows) == len(messages)
        return rows
    return run


# The Edge's evidence is the same with and without own domains.
CASES |= {f"{name}, with own domains": (*CASES[name][:3], True)
          for name in ("own remote user", "direct partner", "discovered partner", "hosting provider", "public provider",
                       "Skype's Edge", "Yahoo's Edge", "Edge against the address")}
CASES |= {
    "unknown source, with own domains": (trusted("ms-source-type=Comet"), FEDERATED, FEDERATED, True),
    "own address behind a partner's Edge": (
        trusted("ms-source-type=DirectPartner", "<sip:nora@example.com>;tag=1"), OWN, FEDERATED, True),
}

GATEWAY = ("Contact: <sip:med.example.com@example.com;gruu;opaque=srvr:MediationServer:aXTdrLsH5l-BH67UyIuQpwAA>")
CLOUD = "Contact: <sip:med@online.lync.com;gruu;opaque=srvr:MediationServer:aXTdrLsH5l-BH67UyIuQpwAA>\r\n"
PUBLIC_CLOUD = f"{TRUST}ms-source-type=AuthorizedServer;ms-source-network=publiccloud\r\n"
TEAMS_AGENT = "User-Agent: Microsoft.PSTNHub.SIPProxy v.2024.3.5.2 i.USEA.1\r\n"
NUMBER_OF_PBX = "<sip:+15550100@pbx.example.org>;tag=1"
TO_TEAMS = "INVITE sip:+15550199@sip.pstnhub.microsoft.com:5061 SIP/2.0"

CASES |= {
    # The Edge confirms that a provider is public; address, decoration and Edge host say which.
    "public provider, Skype address": (trusted("ms-source-network=publiccloud", "<sip:nora@hotmail.com>;tag=1"), SKYPE,
                                       SKYPE, False),
    "public provider, decorated": (trusted("ms-source-network=publiccloud", "<sip:nora(example.org)@msn.com>;tag=1"),
                                   SKYPE, SKYPE, False),
    "public provider, Yahoo address": (trusted("ms-source-network=publiccloud", "<sip:nora@yahoo.com>;tag=1"),
                                       PUBLIC_IM, PUBLIC_IM, False),
    "public provider, Skype's route": (
        caller("<sip:nora@hotmail.com>;tag=1",
               "Record-Route: <sip:federation.messenger.msn.com;lr>\r\n" + PUBLIC_CLOUD), SKYPE, SKYPE, False),
    "another Edge of Skype": (trusted("ms-source-network=publiccloud;ms-remote-fqdn=federation2.messenger.msn.com"),
                              SKYPE, SKYPE, False),
    "Edge host against the address": (trusted("ms-source-network=publiccloud;ms-remote-fqdn=lcsap.msg.yahoo.com",
                                              "<sip:nora@hotmail.com>;tag=1"), SKYPE, PUBLIC_IM, False),
    "partner's number": (trusted("ms-source-type=DirectPartner", "<sip:+15550100@example.org>;tag=1"), FEDERATED,
                         FEDERATED, False),
    # One thin mark judges nothing.
    "Mediation Server of the cloud": (caller(NORA, CLOUD), SIP_DOMAIN, SIP_DOMAIN, False),
    "Mediation Server of the cloud, with own domains": (caller(NORA, CLOUD), FEDERATED, FEDERATED, True),
    "Mediation Server of the cloud, decorated": (caller("<sip:nora(example.org)@msn.com>;tag=1", CLOUD), SKYPE, SKYPE,
                                                 False),
    "Mediation Server of the cloud, number": (caller("<sip:+15550100@example.org>;tag=1", CLOUD), NUMBER, NUMBER,
                                              False),
    "Mediation Server, plain address": (caller(NORA, GATEWAY + "\r\n"), SIP_DOMAIN, SIP_DOMAIN, False),
    # Gateways and trunks
    "withheld, gateway": (caller("<sip:anonymous@anonymous.invalid>;tag=1", GATEWAY + ";isGateway\r\n"), TELEPHONE,
                          TELEPHONE, False),
    "number, gateway": (caller("<sip:+15550100@example.org>;tag=1", "Contact: <sip:gw.example.org>;isGateway\r\n"),
                        TELEPHONE, TELEPHONE, False),
    "number, Mediation Server": (caller("<tel:+15550100>;tag=1", GATEWAY + "\r\n"), TELEPHONE, TELEPHONE, False),
    "number, trunk": (caller("<sip:+15550100@example.org;user=phone>;tag=1",
                             "ms-trunking-peer: gw.example.org;trunk=gw.example.org\r\n"), TELEPHONE, TELEPHONE, False),
    "number, session border controller": (caller(NUMBER_OF_PBX, "X-MS-SBC: Example/SBC/7\r\n"), TELEPHONE, TELEPHONE,
                                          False),
    "plain address, gateway": (caller(NORA, "Contact: <sip:gw.example.org>;isgateway\r\n"), SIP_DOMAIN, TELEPHONE, False),
    # Teams: by what it writes, and by what is asked of it
    "number to Teams": (caller(NUMBER_OF_PBX, start=TO_TEAMS), TELEPHONE, TELEPHONE, False),
    "transfer to Teams": (
        caller("<sip:+15550100@sip.pstnhub.microsoft.com>;tag=1", "Contact: <sip:+15550100@sbc.example.org:5061>\r\n",
               start=TO_TEAMS), TEAMS, SIP_DOMAIN, False),
    "transfer to Teams, with own domains": (
        caller("<sip:+15550100@sip.pstnhub.microsoft.com>;tag=1", "Contact: <sip:+15550100@sbc.example.com:5061>\r\n",
               start=TO_TEAMS), TEAMS, OWN, True),
    "keep-alive to Teams": (caller("<sip:sbc.example.org>;tag=1", start="OPTIONS sip:sip.pstnhub.microsoft.com SIP/2.0"),
                            SIP_DOMAIN, SIP_DOMAIN, False),
    "Teams by its product": (caller("<sip:sbc.example.org>;tag=1", TEAMS_AGENT), SIP_DOMAIN, TEAMS, False),
    "product that a controller passes on": (caller(NUMBER_OF_PBX, TEAMS_AGENT, start=TO_TEAMS), TELEPHONE, TELEPHONE,
                                            False),
    "GCC High": (caller("<sip:sip.pstnhub.gov.teams.microsoft.us:5061>;tag=1"), TEAMS, TEAMS, False),
    "21Vianet": (caller("<sip:+861010@sip.pstnhub.partner.teams.microsoftonline.cn>;tag=1"), TEAMS, TEAMS, False),
}


@pytest.fixture(scope="module")
def judged(read):
    """Case -> (the caller's network, the origin or None)."""
    found = {}
    for own in (False, True):
        cases = [name for name, case in CASES.items() if case[3] == own]
        rows = read([request(f"o{number}", **CASES[name][0]) for number, name in enumerate(cases)],
                    "skypefed.caller.network", "skypefed.origin", args=OWN_DOMAINS if own else ())
        for name, row in zip(cases, rows):
            found[name] = (row["skypefed.caller.network"][0], (row["skypefed.origin"] or [None])[0])
    return found


@pytest.mark.parametrize("case", CASES)
def test_network_of_caller_and_origin(case, judged):
    _, network, origin, _ = CASES[case]
    assert judged[case] == (network, origin)


# Name -> (arguments of request(), for each piece of evidence what its words must hold)
EVIDENCE = {
    "address": (caller(NORA), [("From: ", "nora@example.org", SIP_DOMAIN)]),
    "decoration": (caller("<sip:nora(example.org)@msn.com>;tag=1"),
                   [("From: ", "nora(example.org)@msn.com", "has the form used for", SKYPE)]),
    "route": (caller(NORA, "Record-Route: <sip:federation.messenger.msn.com:5061;transport=tls;lr>\r\n"),
              [("From: ", SIP_DOMAIN), ("Record-Route: ", "federation.messenger.msn.com", SKYPE)]),
    "trust": (trusted("ms-source-type=DirectPartner;ms-ep-fqdn=edge.example.com"),
              [("From: ", SIP_DOMAIN), ("ms-edge-proxy-message-trust: ", "(by DirectPartner)", FEDERATED)]),
    "logon": (caller(NORA, "ms-user-logon-data: RemoteUser\r\n"),
              [("From: ", SIP_DOMAIN), ("ms-user-logon-data: ", "RemoteUser", OWN)]),
    "Teams": (caller(NORA, "Contact: <sip:api.pstnhub.microsoft.com>\r\n"),
              [("From: ", SIP_DOMAIN), ("Contact: ", "api.pstnhub.microsoft.com", TEAMS)]),
    "product": (caller(NORA, TEAMS_AGENT),
                [("From: ", SIP_DOMAIN), ("User-Agent: ", "Microsoft.PSTNHub.SIPProxy v.2024.3.5.2", TEAMS)]),
    "number": (caller("<tel:+15550100>;tag=1"), [("From: ", "+15550100", "has the form of: ", NUMBER)]),
    "gateway": (caller("<tel:+15550100>;tag=1", "Contact: <sip:gw.example.org>;isGateway\r\n"),
                [("From: ", NUMBER), ("Contact: isGateway", TELEPHONE)]),
    "trunk": (caller("<tel:+15550100>;tag=1", "ms-trunking-peer: gw.example.org;trunk=x\r\n"),
              [("From: ", NUMBER), ("ms-trunking-peer: ", "gw.example.org", TELEPHONE)]),
    "controller": (caller("<tel:+15550100>;tag=1", "X-MS-SBC: Example/SBC/7\r\n"),
                   [("From: ", NUMBER), ("X-MS-SBC: Example/SBC/7", TELEPHONE)]),
    "beside Teams": (caller(NUMBER_OF_PBX, "Contact: <sip:sbc.example.org>\r\n", start=TO_TEAMS),
                     [("From: ", NUMBER), ("Contact: the host sbc.example.org ", "a session border controller, not Teams"),
                      ("Request-URI: ", "sip.pstnhub.microsoft.com", TELEPHONE)]),
    "public provider confirmed": (caller("<sip:nora@hotmail.com>;tag=1", PUBLIC_CLOUD),
                                  [("From: ", SKYPE),
                                   ("ms-edge-proxy-message-trust: the Edge confirms a public provider (publiccloud) "
                                    "without saying which: ", SKYPE)]),
    "public provider alone": (trusted("ms-source-network=publiccloud"),
                              [("From: ", SIP_DOMAIN), ("ms-edge-proxy-message-trust: ", "publiccloud", PUBLIC)]),
    "cloud": (caller(NORA, CLOUD), [("From: ", SIP_DOMAIN), ("Contact: ", "online.lync.com is likely", SKYPE)]),
}


@pytest.mark.parametrize("case", EVIDENCE)
def test_evidence_names_header_and_value(case, read):
    options, expected = EVIDENCE[case]
    row, = read([request("e", **options)], "skypefed.origin.evidence")
    assert len(row["skypefed.origin.evidence"]) == len(expected)
    for text, words in zip(row["skypefed.origin.evidence"], expected):
        header, *rest = words
        assert text.startswith(header)
        assert not [word for word in rest if NAMES.get(word, word) not in text]


# Start line, To -> origin. What any server on the way may have written is no evidence of the party in To.
RESPONSES = [
    ("SIP/2.0 200 OK", "<sip:anna@outlook.com>;tag=2", SKYPE),
    ("SIP/2.0 180 Ringing", "<sip:anna@outlook.com>;tag=2", SKYPE),
    ("SIP/2.0 100 Trying", "<sip:anna@outlook.com>", None),
    ("SIP/2.0 403 Forbidden", "<sip:anna@outlook.com>;tag=2", None),
    ("SIP/2.0 486 Busy Here", "<sip:anna@outlook.com>;tag=2;epid=2539071f25", SKYPE),
]


@pytest.mark.parametrize("start, receiver, origin", RESPONSES)
def test_origin_of_a_response(start, receiver, origin, read):
    row, = read([request("r", start=start, sender=NORA, receiver=receiver, headers=MARK)], "skypefed.origin",
                "skypefed.callee.network")
    assert row == {"skypefed.origin": [origin] if origin else [], "skypefed.callee.network": [SKYPE]}


LIKELY = [
    (caller(NORA, CLOUD), [SKYPE]),
    (caller("<sip:nora(example.org)@msn.com>;tag=1", CLOUD), []),
    (caller("<sip:anonymous@anonymous.invalid>;tag=1", CLOUD), [SKYPE]),
    (caller(NORA, GATEWAY + "\r\n"), [TELEPHONE]),
    (caller(NORA), []),
]


@pytest.mark.parametrize("options, likely", LIKELY)
def test_a_thin_mark_alone_is_likely_at_most(options, likely, read):
    row, = read([request("l", **options)], "skypefed.origin", "skypefed.origin.likely")
    assert row["skypefed.origin.likely"] == likely
    assert not set(row["skypefed.origin"]) & set(likely)


SBC = "<sip:sbc.example.org>"
KEEP_ALIVE = "OPTIONS sip:sip.pstnhub.microsoft.com:5061;transport=tls SIP/2.0"
SERVER = "SERVER: Microsoft.PSTNHub.SIPProxy v.2020.5.27.2 i.ASEA.5\r\n"

# Some session border controllers write their own name into From and To of a keep-alive.
ASKED = {
    "request": ({"start": KEEP_ALIVE, "sender": SBC + ";tag=1", "receiver": SBC}, "sip.pstnhub.microsoft.com", TEAMS,
                SIP_DOMAIN),
    "answer": ({"start": "SIP/2.0 200 OK", "sender": SBC + ";tag=1", "receiver": SBC, "headers": SERVER}, "Teams",
               TEAMS, TEAMS),
    "refusal": ({"start": "SIP/2.0 488 Not Acceptable Here", "sender": SBC + ";tag=1",
                 "receiver": "<sip:+15550199@sip.pstnhub.microsoft.com>;tag=2", "headers": SERVER},
                "+15550199@sip.pstnhub.microsoft.com", TEAMS, TEAMS),
    "number of the controller in To": (
        {"start": TO_TEAMS, "sender": SBC + ";tag=1", "receiver": "<sip:+15550199@sbc.example.org>"},
        "+15550199@sbc.example.org", TEAMS, SIP_DOMAIN),
    "call from Teams": ({"start": "INVITE sip:+15550199@sbc.example.org SIP/2.0",
                         "sender": "<sip:+15550100@sip.pstnhub.microsoft.com>;tag=1",
                         "receiver": "<sip:+15550199@sbc.example.org>"}, "+15550199@sbc.example.org", TELEPHONE, TEAMS),
    "controller that answers Teams": ({"start": "SIP/2.0 200 OK",
                                       "sender": "<sip:+15550100@sip.pstnhub.microsoft.com>;tag=1",
                                       "receiver": "<sip:+15550199@sbc.example.org>;tag=2"},
                                      "+15550199@sbc.example.org", TELEPHONE, TELEPHONE),
}


@pytest.mark.parametrize("case", ASKED)
def test_who_is_asked(case, read, tshark, capture):
    options, callee, network, origin = ASKED[case]
    row, = read([request("a", **options)], "skypefed.callee", "skypefed.callee.network", "skypefed.origin")
    assert row == {"skypefed.callee": [callee], "skypefed.callee.network": [network], "skypefed.origin": [origin]}
    path = capture(lambda file: write_datagrams(file, [request("a", **options)]))
    title, = [line for line in tshark("-r", path, "-V").splitlines() if line.startswith("Skype/Lync Federation")]
    assert title.partition(": Refused by ")[0].endswith(f" to {callee}")


def test_failure_made_by_the_edge_is_of_the_own_enterprise(fields, samples):
    rows = fields(samples / "federation-failure.pcapng", "skypefed.origin", "skypefed.callee.network",
                  where="sip.Status-Code == 504")
    assert [row["skypefed.origin"] for row in rows] == [[OWN]] * 3
    # The Edge speaks of itself, not of the party that was called.
    assert {row["skypefed.callee.network"][0] for row in rows} == {SIP_DOMAIN}


def test_teams_sample(fields, samples):
    rows = fields(samples / "teams-direct-routing.pcapng", "sip.Method", "skypefed.origin", "skypefed.caller.network",
                  "skypefed.callee.network", where="sip.Method == INVITE || sip.Method == OPTIONS")
    assert {row["sip.Method"][0]: (row["skypefed.origin"], row["skypefed.caller.network"],
                                   row["skypefed.callee.network"]) for row in rows} == {
        "OPTIONS": ([TEAMS], [TEAMS], [SIP_DOMAIN]), "INVITE": ([TEAMS], [TEAMS], [TELEPHONE])}


def test_trust_sample(fields, samples):
    """One message for each kind of source; the fourth has words that nobody knows beside one that is known."""
    rows = fields(samples / "trust-header.pcapng", "skypefed.origin", "skypefed.expert.unverified",
                  "skypefed.expert.malformed", "skypefed.trust.source_network", where="sip.Method == MESSAGE")
    assert [row["skypefed.origin"] for row in rows] == [[SKYPE], [FEDERATED], [OWN], [FEDERATED], [FEDERATED]]
    assert [len(row["skypefed.expert.unverified"]) for row in rows] == [0, 1, 0, 0, 0]
    assert not [row for row in rows if row["skypefed.expert.malformed"]]
    assert rows[3]["skypefed.trust.source_network"] == ["intergalactic"]
