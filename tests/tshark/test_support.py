# SPDX-License-Identifier: GPL-2.0-or-later
"""The report for a support ticket, and the ids of Teams that it is made of."""

import datetime

import pytest

from crafted import KEYS, crypto, request, session, stream_of, write_datagrams

OBJECT = "6c0b2a55-7d1f-4f5e-9b3c-2a1d4e5f6a7b"
TENANT = "e9da86d3-51cf-4a76-82d8-c50195c3f466"
PARTY = ("Referred-By: <sip:sip.pstnhub.microsoft.com:5061;"
         f"x-m=8:orgid:{OBJECT};x-t={TENANT};x-ti=9cfa2ad6;x-tt=aHR0cHM6Ly9hLmV4YW1wbGUvdj9yY2k9MQ%3d%3d>\r\n")
FIELDS = ("skypefed.teams.party", "skypefed.teams.object_id", "skypefed.teams.tenant",
          "skypefed.teams.transfer_id", "skypefed.teams.transfer_target")


def report(tshark, capture, *args, filters=""):
    """The calls of the report: of each, its lines as pairs of name and value."""
    text = tshark("-r", capture, "-q", "-z", f"skypefed,support{filters}", *args)
    calls = text.split("\nCall ")[1:]
    return [[(line[2:24].strip(), line[24:]) for line in call.splitlines()[1:] if line.strip()] for call in calls]


def test_transfer(tshark, samples):
    first, second = report(tshark, samples / "teams-transfer.pcapng")
    assert first[0] == ("Call-ID", "b1f0c2d1a7e94d5c8a3b")
    for line in (("Outcome", "Transferred"), ("Response", "200"), ("Instance of Teams", "EUWE.3"),
                 ("Conversation", "1, joined by Referred-By"),
                 ("Trace id (x-i)", "6b1f2f0a-31c5-4c2a-9a55-0d8f7e1c2b3a"), ("Tenant (x-t)", TENANT),
                 ("Transfer to", "+442079460188@sip.pstnhub.microsoft.com"), ("SBC's software", "ExampleSBC/7.4"),
                 ("Teams' software", "Microsoft.PSTNHub.SIPProxy v.2024.5.2.1 i.EUWE.3"),
                 ("Teams host", "api-du-a-euwe")):
        assert first.count(line) == 1
    assert ("Trace id (x-i)", "0d9e8f7a-6b5c-4d3e-8f2a-1b0c9d8e7f6a") in second
    assert not any(name == "Transfer to" for name, _ in second)


def test_the_same_on_two_passes(tshark, samples):
    capture = samples / "teams-transfer.pcapng"
    assert report(tshark, capture, "-2") == report(tshark, capture)


def test_filter(tshark, samples):
    capture = samples / "teams-transfer.pcapng"
    assert report(tshark, capture, filters=",skypefed.call == 2") == [report(tshark, capture)[1]]


def test_each_frame_chooses_the_whole_call(tshark, fields, samples):
    capture = samples / "teams-transfer.pcapng"
    calls = report(tshark, capture)
    rows = fields(capture, "frame.number", "skypefed.call", where="skypefed.call")
    assert len(rows) > len(calls)
    for row in rows:
        chosen = [calls[int(number) - 1] for number in row["skypefed.call"]]
        assert report(tshark, capture, filters=f",frame.number == {row['frame.number'][0]}") == chosen


def test_ids_of_the_party(fields, tshark, capture):
    path = capture(lambda file: write_datagrams(file, [request("s", headers=PARTY)]))
    [row] = fields(path, *FIELDS)
    assert [row[field] for field in FIELDS] == [[f"8:orgid:{OBJECT}"], [OBJECT], [TENANT], ["9cfa2ad6"],
                                                ["https://a.example/v?rci=1"]]
    [lines] = report(tshark, path)
    assert ("Party in Teams (x-m)", f"8:orgid:{OBJECT}") in lines and ("Transfer (x-ti)", "9cfa2ad6") in lines


@pytest.mark.parametrize("parameters, shown, field", [
    (f"x-t={TENANT};x-ti=9cfa2ad6", TENANT, "skypefed.teams.tenant"),
    ("x-ti=9cfa2ad6;x-tt=aHR0cHM6Ly9hLmV4YW1wbGUvdj9yY2k9MQ%3d%3d", "9cfa2ad6", "skypefed.teams.transfer_id"),
    ("x-tt=aHR0cHM6Ly9hLmV4YW1wbGUvdj9yY2k9MQ%3d%3d", "aHR0cHM6Ly9hLmV4YW1wbGUvdj9yY2k9MQ%3d%3d",
     "skypefed.teams.transfer_target"),
])
def test_the_first_id_of_a_party_stands_for_it(parameters, shown, field, fields, capture):
    headers = f"Referred-By: <sip:sip.pstnhub.microsoft.com:5061;{parameters}>\r\n"
    [row] = fields(capture(lambda file: write_datagrams(file, [request("s", headers=headers)])), *FIELDS)
    assert row["skypefed.teams.party"] == [shown] and row[field] and not row["skypefed.teams.object_id"]


def test_elsewhere_the_same_parameters_mean_nothing(fields, capture):
    headers = PARTY.replace("sip.pstnhub.microsoft.com", "sip.example.com")
    path = capture(lambda file: write_datagrams(file, [request("s", headers=headers)]))
    [row] = fields(path, *FIELDS)
    assert not any(row.values())


def test_hostile_values_stay_short_and_plain(tshark, capture):
    headers = [f"User-Agent: agent\x1b[2J{number}{'x' * 400}\r\n" for number in range(100)]
    rows = [request("s", headers=header) for header in headers]
    [lines] = report(tshark, capture(lambda file: write_datagrams(file, rows)))
    software = [value for name, value in lines if name == "Caller's software"]
    assert len(software) == 48 and all(len(value) == 256 and "\x1b" not in value for value in software)


def test_a_join_is_one_ticket(tshark, samples):
    """With the media, the conference and the quality of all sessions; each message of any session chooses it."""
    capture = samples / "conference-call.pcapng"
    ((*lines,),) = report(tshark, capture)
    assert lines[:2] == [("Call-ID", "e5b7a1904c3d48f2b6c09d8e7f1a2b3c"),
                         ("Call-ID of call 2", "f18a6c3b2e9d47058c1b7d0e5f6a9384")]
    for line in (("Conference", "joined"), ("Outcome", "Answered"), ("Verdict", "SRTP agreed"), ("MOS", "2.4"),
                 ("Streams", "audio in call 2"), ("Loss %", "9.0"), ("Server's software", "RTC/6.0"),
                 ("Media seen", "No media in this capture")):
        assert lines.count(line) == 1
    assert not any(name == "Conversation" for name, _ in lines)
    for where in (",skypefed.call == 1", ",skypefed.call == 2", ",skypefed.quality.poor == 1"):
        assert report(tshark, capture, filters=where) == [lines]
    assert report(tshark, capture, "-2") == [lines]


STEPS = (("Media relay (TURN) not reachable: TCP 443 and UDP 3478 to the Edge, and its A/V Edge service"),
         ("Media relay gave no UDP port: a firewall may block UDP 3478"))


def test_ice_steps_of_a_failed_path(tshark, samples):
    first, second = report(tshark, samples / "media-failure.pcapng")
    assert [value for name, value in second if name == "ICE step that failed"] == [
        f"{step} (callee's side, audio)" for step in STEPS]
    assert ("ICE step that failed", f"{STEPS[1]} (caller's side, audio)") in first
    assert ("Meaning", "No media path could be set up, both ends internal") in first
    assert ("To change", "Check firewalls and routing between their networks, and that both reach the Edge") in first
    assert [value for name, value in first if name in ("Caller's software", "Callee's software")] == [
        "UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)",
        "UCCAPI/16.0.4417.1000 OC/16.0.4417.1000 (Skype for Business)"]


def test_no_step_where_media_flowed(tshark, capture):
    """The same flags in the end of a call that did not fail for its media."""
    headers = 'ms-client-diagnostics: {};CallerMediaDebug="audio:ICEWarn=0x3,LocalSite=192.0.2.1:50000"\r\n'
    for code, count in ((22, 2), (51004, 0)):
        bye = request("e", start="BYE sip:anna@example.com SIP/2.0", headers=headers.format(code))
        [lines] = report(tshark, capture(lambda file, bye=bye: write_datagrams(file, [request("e"), bye])))
        assert [name for name, _ in lines].count("ICE step that failed") == count


def test_who_reported_a_code(tshark, samples):
    _, second, third = report(tshark, samples / "federation-failure.pcapng")
    assert [value for name, value in second if name == "Source"] == [
        "edge.example.com (code 1010, peer server sip.example.net)",
        "fe01.example.com (code 1034, domain example.net, peer server sip.example.net)"]
    assert ("Server's software", "RTC/5.0") in second
    assert ("Meaning", "TLS negotiation with the federated peer failed") in third
    assert [value for name, value in third if name == "To change"] == [
        "Check TCP 5061 and firewalls for WinsockFailureCode 10060/10061, else certificates and roots of both sides "
        "(Test-CsFederatedPartner)"]


CHANGES = {
    "teams-refused-ice": "Turn on ICE lite on the session border controller, which media bypass needs",
    "teams-refused-number": "Check Get-CsPhoneNumberAssignment",
    "teams-refused-user": "Check whether the account is disabled, or lacks a license for Teams Phone",
    "teams-refused-by-sbc": "Look for the call in the log of the session border controller",
}


def test_what_to_change(tshark, samples):
    for name, change in CHANGES.items():
        [lines] = report(tshark, samples / f"{name}.pcapng")
        assert [value for label, value in lines if label == "To change"] == [change]


def test_reasons_of_others_advise_nothing(tshark, capture):
    """A header's own reason is no advice of ours, whatever it says."""
    refusal = request("r", start="SIP/2.0 503 No", receiver="<sip:anna@example.com>;tag=2",
                      headers='ms-diagnostics: 40001;reason="It failed: check everything"\r\n')
    [lines] = report(tshark, capture(lambda file: write_datagrams(file, [request("r"), refusal])))
    assert ("Code", "40001") in lines and not any(name == "To change" for name, _ in lines)


def test_a_gateway_writes_its_own_software(tshark, samples):
    [lines] = report(tshark, samples / "pstn-call-bypass.pcapng")
    assert ("Gateway's software", "RTCC/5.0.0.0 MediationServer") in lines


def headers_of(lines):
    return [value for name, value in lines if name == "Diagnostics"]


def test_the_header_that_the_code_is_from(tshark, samples):
    """As it stands, in the calls of other codes too; not the headers of other codes."""
    first, second, third = report(tshark, samples / "federation-failure.pcapng")
    assert headers_of(first) == ['1009;reason="SRV record and domain do not match";domain="example.org";'
                                 'fqdn1="sip.example.net:5061";source="edge.example.com"']
    [header] = headers_of(second)
    assert header.startswith('1010;reason="Certificate trust') and 'tls-target="sip.example.net"' in header
    [header] = headers_of(third)
    assert 'WinsockFailureDescription="The peer actively refused the connection attempt"' in header
    assert "WinsockFailureCode=10061(WSAECONNREFUSED)" in header
    caller, callee = report(tshark, samples / "media-failure.pcapng")
    parts = ("LocalSite", "LocalMR", "RemoteSite", "PortRange")
    for lines, code, name in ((caller, 22, "Caller"), (callee, 23, "Callee")):
        [header] = headers_of(lines)
        assert header.startswith(f"{code}; reason=") and f'{name}MediaDebug="audio:ICEWarn=0x' in header
        assert all(f"{part}=" in header for part in parts)


def test_headers_are_few_short_and_plain(tshark, capture):
    """Three at most, each once, without passwords and media keys."""
    def refused(value):
        return request("r", start="SIP/2.0 504 No", receiver="<sip:anna@example.com>;tag=2",
                       headers=f"ms-diagnostics: {value}\r\n")

    def found(*values):
        rows = [request("r"), *map(refused, values)]
        return headers_of(report(tshark, capture(lambda file: write_datagrams(file, rows)))[0])

    values = [f'1009;fqdn1="sip{number}.example.net"' for number in range(5)]
    assert found(*values) == values[:3] and found(values[0], values[0]) == values[:1]
    assert found(", ".join(values)) == values[:3]
    assert found('1034;domain="a"', values[0]) == values[:1]
    assert found('1009;uri="sip:nora:hunter2@example.org"') == ['1009;uri="sip:nora:***@example.org"']
    [long] = found('1009;fqdn1="a\x1b[2J' + "x" * 2000 + '"')
    assert long.startswith('1009;fqdn1="a\\') and len(long) == 1024 and "\x1b" not in long
    assert found('1009;fqdn1="inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"') == ["1009"]


def test_whom_a_call_is_redirected_to(tshark, capture):
    redirect = request("r", start="SIP/2.0 302 Moved Temporarily", receiver="<sip:anna@example.com>;tag=2",
                       headers="Contact: <sip:bob@example.com:5065;transport=tcp>\r\n")
    [lines] = report(tshark, capture(lambda file: write_datagrams(file, [request("r"), redirect])))
    assert [line for line in lines if line[0] in ("Outcome", "Redirected to")] == [
        ("Outcome", "Redirected"), ("Redirected to", "bob@example.com")]


@pytest.mark.parametrize("args", [(), ("-2",)])
def test_a_call_that_a_report_alone_tells_of_has_no_ticket(args, tshark, capture):
    """There is nothing to say but that report, and there are no ids: the plain call before it is not shown."""
    plain = request("plain", sender="<sip:nora@example.org>;tag=caller1")
    text = ("VQSessionReport: CallTerm\r\nCallID: plain\r\nLocalMetrics:\r\nPacketLoss:NLR=11.5 JDR=1.0\r\n"
            "DialogID: plain;to-tag=;from-tag=caller1\r\n")
    published = request("publish", text, content_type="application/vq-rtcpxr", start="PUBLISH sip:c@example.com SIP/2.0")
    path = capture(lambda file: write_datagrams(file, [plain, published, request("marked")]))
    [lines] = report(tshark, path, *args)
    assert lines[0] == ("Call-ID", "marked")
    assert [line.split()[0] for line in tshark("-r", path, "-q", "-z", "skypefed,calls", *args).splitlines()[-2:]] == ["1", "2"]


NO_CALL = ("No call with a Microsoft mark in this capture. If there should be one, check that Wireshark shows its messages "
           "as SIP: a port may need Decode As, and TLS its keys. Calls of other systems are not listed.")


def test_a_report_without_a_call_says_so(tshark, samples):
    plain = samples / "plain-sip.pcapng"
    for statistic in ("support", "calls"):
        assert f"\n{NO_CALL}\n" in tshark("-r", plain, "-q", "-z", f"skypefed,{statistic}")
        filtered = tshark("-r", samples / "teams-transfer.pcapng", "-q", "-z", f"skypefed,{statistic},skypefed.call == 99")
        assert "\nNo call passes this filter." in filtered and NO_CALL not in filtered
        assert "No call" not in tshark("-r", samples / "teams-transfer.pcapng", "-q", "-z", f"skypefed,{statistic}")
    assert tshark("-r", plain, "-q", "-z", "skypefed,calls,json") == ""
    assert len(tshark("-r", plain, "-q", "-z", "skypefed,calls,csv").splitlines()) == 1
    options = tshark("-r", samples / "teams-refused-options.pcapng", "-q", "-z", "skypefed,support")
    assert "\nNo call, but OPTIONS with Teams that failed.\n\nOPTIONS, from frame 4\n" in options


def test_a_capture_with_other_signaling_alone_says_so(tshark, capture, samples):
    """A port to decode is not what it lacks."""
    message = request("m", start="MESSAGE sip:anna@example.com SIP/2.0")
    one = capture(lambda file: write_datagrams(file, [message]))
    for path, words, them in ((one, "1 message", "it"), (samples / "presence.pcapng", "5 messages", "them"),
                              (samples / "teams-options.pcapng", "4 messages", "them")):
        for statistic in ("support", "calls"):
            text = tshark("-r", path, "-q", "-z", f"skypefed,{statistic}")
            assert (f"\nNo call with a Microsoft mark in this capture, but {words} of Microsoft's signaling: "
                    f"filter with skypefed to see {them}.\n") in text and "Decode As" not in text
            assert "\nNo call passes this filter." in tshark("-r", path, "-q", "-z", f"skypefed,{statistic},sip.Method")
        assert tshark("-r", path, "-q", "-z", "skypefed,calls,json") == ""
        assert len(tshark("-r", path, "-q", "-z", "skypefed,calls,csv").splitlines()) == 1


def keep_alive(number, status="200 OK", contact="Contact: <sip:sbc1.example.com:5061;transport=tls>\r\n", reason=""):
    """An OPTIONS of a session border controller, and what Teams answers."""
    ends = {"sender": f"<sip:sbc1.example.com:5061>;tag={number}", "receiver": "<sip:sip.pstnhub.microsoft.com:5061>"}
    start = "OPTIONS sip:sip.pstnhub.microsoft.com:5061 SIP/2.0"
    asked = request(f"options-{number}", start=start, headers=contact, **ends)
    answer = request(f"options-{number}", start=f"SIP/2.0 {status}", headers=reason, **ends)
    return [asked.replace(b"SIP/2.0/UDP", b"SIP/2.0/TLS"), answer.replace(b" INVITE", b" OPTIONS")]


def test_each_fault_of_options_once(tshark, capture):
    messages = []
    for number in range(60):
        messages += keep_alive(number) if number % 3 else keep_alive(number, "403 Forbidden", "")
    messages += keep_alive("late", contact="")
    path = capture(lambda file: write_datagrams(file, messages))
    text = tshark("-r", path, "-q", "-z", "skypefed,support")
    first, second = text.split("\nOPTIONS, from frame ")[1:]
    assert first.startswith("1\n") and "  Times seen            20\n" in first and "  Response              403\n" in first
    assert second.startswith("121\n") and "Times seen" not in second and "  Response              200\n" in second
    assert "To change             This message has no Contact" in first and "To change" in second
    assert "\nCall " not in text


def test_what_to_change_about_options(tshark, capture):
    """By the reason that Teams gives."""
    reason = 'Reason: Q.850;cause=41;text="5753d2a2-da40-404a-87f3-cc7a024b6e90;540998"\r\n'
    path = capture(lambda file: write_datagrams(file, keep_alive(1, "503 Service Unavailable", reason=reason)))
    text = tshark("-r", path, "-q", "-z", "skypefed,support")
    assert "  Meaning               540998 The service is being taken out of use\n" in text
    assert "  To change             Try another of its hosts\n" in text


def test_options_that_nobody_answers(tshark, capture):
    """So many are kept in mind; of further ones an answer is not waited for."""
    asked = [keep_alive(f"lost-{number}")[0] for number in range(1100)]
    late, early = keep_alive("late", "404 Not Found"), keep_alive("lost-0", "403 Forbidden")[1]
    for rest, first_frames in ((late, []), ([*late, early], ["1"]), ([early, *late], ["1", "1102"])):
        path = capture(lambda file, rest=rest: write_datagrams(file, [*asked, *rest]))
        text = tshark("-r", path, "-q", "-z", "skypefed,support")
        assert [part.split("\n")[0] for part in text.split("\nOPTIONS, from frame ")[1:]] == first_frames


def test_who_sent_options_and_when(tshark, fields, capture):
    """Of the first exchange with the fault; x-c of OPTIONS is a path, that of a call is its id."""
    contact = "Contact: <sip:api-du-a-euwe.pstnhub.microsoft.com:443;x-c=/v1/{}>\r\n"
    ends = {"sender": "<sip:sip.pstnhub.microsoft.com:5061>;tag=7", "receiver": "<sip:sbc1.example.com>"}
    ask = request("o", start="OPTIONS sip:sbc1.example.com SIP/2.0", headers=contact.format("ngc/ping"), **ends)
    answer = request("o", start="SIP/2.0 403 Forbidden", **ends).replace(b" INVITE", b" OPTIONS")
    call = request("c", headers=contact.replace("/v1/{}", "c182a8a87c92/d/8/99"), **ends)
    path = capture(lambda file: write_datagrams(file, [ask, answer, call]))
    text = tshark("-r", path, "-q", "-z", "skypefed,support")
    fault = text.split("\nOPTIONS")[1]
    [row] = fields(path, "frame.time_epoch", where="frame.number == 1")
    seconds = datetime.datetime.fromtimestamp(int(float(row["frame.time_epoch"][0])), datetime.timezone.utc)
    assert f"  Sent (UTC)            {seconds:%Y-%m-%d %H:%M:%S}." in fault
    assert "  From                  sip.pstnhub.microsoft.com\n" in fault
    assert "  To                    sbc1.example.com\n" in fault
    assert "  Path (x-c)            /v1/ngc/ping\n" in fault and "Teams call id" not in fault
    assert "  Teams call id (x-c)   c182a8a87c92\n" in text.split("\nOPTIONS")[0]


def test_filter_chooses_faults_of_options(tshark, capture):
    """By any message of any exchange with that fault; what is said of the fault stays the same."""
    messages = []
    for number in range(4):
        messages += keep_alive(f"no-{number}", "403 Forbidden") + keep_alive(number, contact="")
    path = capture(lambda file: write_datagrams(file, messages))
    _, refused, bare = tshark("-r", path, "-q", "-z", "skypefed,support").split("\nOPTIONS")
    for frame in range(1, len(messages) + 1):
        text = tshark("-r", path, "-q", "-z", f"skypefed,support,frame.number == {frame}")
        assert text.split("\nOPTIONS")[1:] == [bare if (frame - 1) // 2 % 2 else refused]
    assert "\nOPTIONS" not in tshark("-r", path, "-q", "-z", "skypefed,support,frame.number == 99")


def test_healthy_options_are_not_printed(tshark, samples):
    assert "OPTIONS" not in tshark("-r", samples / "teams-options.pcapng", "-q", "-z", "skypefed,support")


NO_PATH = "22 No media path could be set up, both ends internal"
REFUSALS = {  # headers of a 488, and what the lines of the ticket are then
    "code": ('ms-diagnostics: 22;reason="x";source="a.example.com"\r\n',
             [("Source", "a.example.com (code 22), of a change that was refused"),
              ("Change refused", f"488 Not Acceptable Here to {{}}: {NO_PATH}")], f": {NO_PATH}"),
    "cause": ('Reason: Q.850;cause=88;text="x"\r\n',
              [("Change refused", "488 Not Acceptable Here to {}"),
               ("Reason", 'Q.850;cause=88;text="x", of a change that was refused')], ""),
}


@pytest.mark.parametrize("begins", ["with the call", "later"])
@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refused_change_does_not_end_the_call(tshark, capture, refusal, method, begins):
    """Neither the table nor the ticket nor the diagram reads as if the call had ended by it."""
    headers, lines, why = REFUSALS[refusal]
    far = {"receiver": "<sip:anna@example.com>;tag=b"}
    bodies = [session(stream_of("RTP/SAVP", crypto(1, key))) for key in KEYS[:2]]
    start = [request("c", bodies[0]), request("c", bodies[1], start="SIP/2.0 200 OK", **far)]
    change = [request("c", bodies[0], start=f"{method} sip:anna@example.com SIP/2.0", **far),
              request("c", start="SIP/2.0 488 Not Acceptable Here", headers=headers, **far)]
    change = [text.replace(b"CSeq: 1 INVITE", b"CSeq: 2 " + method.encode()) for text in change]
    bye = request("c", start="BYE sip:anna@example.com SIP/2.0", **far).replace(b"CSeq: 1 ", b"CSeq: 3 ")
    path = capture(lambda file: write_datagrams(file, [*start, *change, bye] if begins == "with the call"
                                                else [*change, bye]))
    [ticket] = report(tshark, path)
    name = "re-INVITE" if method == "INVITE" else method
    assert [line for line in ticket if line[0] in ("Code", "Meaning", "Source", "Change refused", "Reason")] == [
        (key, value.format(name)) for key, value in lines]
    assert dict(ticket)["Outcome"] == ("Answered" if begins == "with the call" else "Unknown")
    table = tshark("-r", path, "-q", "-z", "skypefed,calls")
    assert "No media path" not in table and "488" not in table
    diagram = tshark("-r", path, "-q", "-z", "skypefed,ladder").splitlines()
    [at] = [number for number, line in enumerate(diagram) if f": 488 to {name} " in line]
    assert diagram[at + 1].endswith(f": Change refused{why}")
    assert any(line.endswith(f"488 Not Acceptable Here | Change refused{why}") for line in tshark("-r", path).splitlines())
