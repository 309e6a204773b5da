# SPDX-License-Identifier: GPL-2.0-or-later
"""The preferences: own domains, public IM providers, checking all calls, and hiding key material."""

import base64
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from crafted import KEYS, SUITE, crypto, request, session, stream_of, variants, write_datagrams

BASE = variants.BASE + ".pcapng"

# Numbers of networks.
SIP_DOMAIN, OWN, FEDERATED, SKYPE, PUBLIC_IM = "1", "2", "3", "4", "5"

NETWORK_FIELDS = ("skypefed.caller.network", "skypefed.callee.network", "skypefed.route.provider")


@pytest.fixture(scope="module")
def networks(fields, samples):
    """networks(option=..., config=...): networks of caller and callee, and which routes are providers'."""

    def read(option=None, config=None):
        args = ("-o", option) if option else ()
        [row] = fields(samples / BASE, *NETWORK_FIELDS, where="skypefed", args=args, config=config)
        return (row["skypefed.caller.network"], row["skypefed.callee.network"],
                [{"True": "1", "False": "0"}.get(value, value) for value in row["skypefed.route.provider"]])

    return read


# ---- own domains ----

@pytest.mark.parametrize("domains, callee", [
    ("", SIP_DOMAIN), ("example.com", OWN), ("EXAMPLE.COM", OWN), ("example.org, example.com", OWN),
    ("example.org;example.com", OWN), ("  example.com  ", OWN), ("com", OWN),
    ("example.org", FEDERATED), ("ample.com", FEDERATED)])
def test_own_domains(domains, callee, networks):
    """A domain means itself and those below it, not for what merely ends in its letters.

    Who knows their own domains knows all others for those of partners.
    """
    assert networks(f"skypefed.own_domains:{domains}")[1] == [callee]


def test_decorated_address_in_an_own_domain_is_no_own_one(networks):
    """user(example.com)@msn.com is a Microsoft account, whoever owns the domain of its e-mail address."""
    assert networks("skypefed.own_domains:example.com")[0] == [SKYPE]


def test_own_domains_from_the_preferences_file(networks):
    assert networks(config={"preferences": "skypefed.own_domains: example.com\n"})[1] == [OWN]


# ---- public IM providers ----

def test_default_providers(networks):
    assert networks() == ([SKYPE], [SIP_DOMAIN], ["0", "1", "0"])


def test_row_on_the_command_line_adds_a_provider(networks):
    row = '"example.com","edge.example.com","Other public IM"'
    assert networks(f"uat:skypefed_providers:{row}") == ([SKYPE], [PUBLIC_IM], ["1", "1", "0"])


def test_table_in_the_profile_replaces_the_defaults(networks):
    table = '"example.com","sippoolsn20s01.infra.lync.com","Other public IM"\n'
    caller, callee, providers = networks(config={"skypefed_providers": table})
    assert callee == [PUBLIC_IM]
    assert providers == ["0", "0", "1"]
    # Decoration is a provider's: without msn.com among them, its addresses are like all others.
    assert caller == [SIP_DOMAIN]


def test_empty_table_in_the_profile_means_no_provider(networks):
    assert networks(config={"skypefed_providers": ""}) == ([SIP_DOMAIN], [SIP_DOMAIN], ["0", "0", "0"])


def test_wrong_row_is_refused(stage, samples, tshark):
    """tshark says what is wrong, and does not run with half a table."""
    program = ["tshark", "-r", samples / BASE, "-o", 'uat:skypefed_providers:"example.com","","Nowhere"']
    done = stage.run(program)
    assert done.returncode != 0
    assert b"skypefed_providers" in done.stderr


# ---- all calls ----

ALL_CALLS = ("-o", "skypefed.check_all_calls:TRUE")


def test_plain_calls_are_checked_when_asked_for(fields, samples):
    capture = samples / "plain-sip.pcapng"
    rows = fields(capture, "sip.Method", "sip.Status-Code", "sdp.media.proto", "skypefed.expert.rtp_clear",
                  "skypefed.media.security", where="sdp", args=ALL_CALLS)
    assert rows
    for row in rows:
        # The capture's secure call offers and answers RTP/SAVP; all else is RTP/AVP without a key.
        clear = row["sdp.media.proto"].count("RTP/AVP")
        assert len(row["skypefed.expert.rtp_clear"]) == clear, row
        assert row["skypefed.media.security"] == ["1" if profile == "RTP/AVP" else "3"
                                                  for profile in row["sdp.media.proto"]]


def test_plain_calls_are_shown_from_invite_to_bye(fields, tshark, samples):
    """With all of their messages, in ladder and table as well; what is of no call stays as it is."""
    capture = samples / "plain-sip.pcapng"
    of_calls = fields(capture, "frame.number", "sip.CSeq.method", "sip.Status-Code",
                      where="sip.CSeq.method in {INVITE, ACK, BYE, CANCEL}")
    assert {row["sip.CSeq.method"][0] for row in of_calls} >= {"INVITE", "ACK", "BYE"}
    shown = fields(capture, "frame.number", where="skypefed", args=ALL_CALLS)
    assert [row["frame.number"] for row in shown] == [row["frame.number"] for row in of_calls]
    assert [row["frame.number"] for row in shown] == [
        row["frame.number"] for row in fields(capture, "frame.number", where="skypefed", args=(*ALL_CALLS, "-2"))]
    lines = tshark("-r", capture, "-q", "-z", "skypefed,ladder", *ALL_CALLS).splitlines()
    drawn = [re.search(r": (?:(\d+) to )?(?:re-)?(\w+).*frame (\d+)\)", line).groups() for line in lines if ">>" in line]
    assert drawn == [(row["sip.Status-Code"][0] if row["sip.Status-Code"] else None, row["sip.CSeq.method"][0],
                      row["frame.number"][0]) for row in of_calls]
    assert tshark("-r", capture, "-q", "-z", "skypefed,ladder").splitlines()[1].startswith("    %% No message")


def test_a_plain_call_whose_offer_comes_late(capture, fields, tshark):
    """The INVITE has no SDP, and is shown all the same; OPTIONS are not."""
    plain = "<sip:nora@example.org>;tag=7166e331a"
    body = session(stream_of("RTP/AVP"))
    there = {"sender": plain, "receiver": "<sip:anna@example.com>;tag=b"}
    messages = [request("late", sender=plain), request("late", body, start="SIP/2.0 200 OK", **there),
                request("late", body, start="ACK sip:anna@example.com SIP/2.0", **there),
                request("ping", start="OPTIONS sip:anna@example.com SIP/2.0", sender=plain),
                request("late", start="BYE sip:anna@example.com SIP/2.0", **there)]
    path = capture(lambda file: write_datagrams(file, messages))
    assert not fields(path, "frame.number", where="skypefed")
    rows = fields(path, "frame.number", "skypefed.call", "skypefed.call.outcome", where="skypefed", args=ALL_CALLS)
    assert [(row["frame.number"][0], row["skypefed.call"]) for row in rows] == [
        (number, ["1"]) for number in ("1", "2", "3", "5")]
    assert rows[-1]["skypefed.call.outcome"] == ["1"]
    lines = tshark("-r", path, "-q", "-z", "skypefed,ladder", *ALL_CALLS).splitlines()
    assert [line.split(": ")[1] for line in lines if ">>" in line] == [
        "INVITE (frame 1)", "200 to INVITE (frame 2)", "ACK, Clear RTP agreed (frame 3)", "BYE (frame 5)"]


def test_plain_calls_are_checked_in_two_passes_as_well(decoded, samples):
    capture = samples / "plain-sip.pcapng"
    once, twice = decoded(capture, args=ALL_CALLS), decoded(capture, args=(*ALL_CALLS, "-2"))
    for frame in twice:
        for later in ("skypefed.call.answer_in", "skypefed.conversation_number.joined"):
            frame.pop(later, None)  # no first pass can know it
    assert twice == once != []


# ---- key material ----

HIDDEN = ("-o", "skypefed.show_keys:FALSE")
OURS_ALONE = {"details": ("-V", "-O", "skypefed"), "JSON": ("-T", "json", "-j", "skypefed")}


def secrets():
    """Every form in which the key material of the INVITE and of the messages below could be read."""
    text = variants.invite().decode("ascii")
    keys = {*KEYS, *re.findall(r"inline:([^|\s]+)", text)}
    passwords = set(re.findall(r"a=candidate:\S{43} \d (\S{22}) ", text))
    assert len(keys) == 3 and len(passwords) == 6
    found = {*keys, *passwords}
    for key in keys:
        material = base64.b64decode(key)
        for part in (material[:16], material[16:]):
            found |= {part.hex(), part.hex(":"), part.hex().upper()}
    return found


def secrets_in(text):
    """The secrets that stand in a text."""
    return sorted(secret for secret in secrets() if secret in text)


def our_part(details):
    """The lines of `-V` output that belong to our protocol."""
    lines, ours = [], False
    for line in details.splitlines():
        ours = line.startswith("Skype/Lync Federation") or ours and line.startswith(" ")
        if ours:
            lines.append(line)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def faulty(capture):
    """Key lines and candidates with faults: a note about a fault must not quote the secret either."""
    password = "PF57frcH6o61FPTS51wG3g"
    candidate = f"a=candidate:{'u' * 43} {{}} {password} UDP {{}} 10.0.0.0 {{}}\r\n"
    bodies = [
        session(stream_of("RTP/AVP", crypto(1, suite="UNKNOWN_SUITE"), crypto(1), crypto("x"))),
        session(stream_of("RTP/AVP", crypto(1, rest="|never"), crypto(2, rest="|2^31|1"),
                          crypto(3, rest=";" + KEYS[1]))),
        session(stream_of("RTP/AVP", f"a=crypto:1 {SUITE} {KEYS[0]}\r\n", f"a=crypto:{KEYS[0]} A inline:{KEYS[0]}\r\n",
                          f"a=crypto:2 {SUITE} inline:{KEYS[0][:-4]}====\r\n",
                          f"a=cryptoscale:1 inline:{KEYS[0]}|2^31|1:1\r\n")),
        session(stream_of("RTP/AVP", candidate.format("x", "0.8", "5"), candidate.format("1", "9", "5"),
                          candidate.format("1", "0.8", "99999"), f"a=candidate:{'u' * 43} 1 {password}\r\n",
                          f"a=candidate:{'u' * 43} 1 {password} UDP 0.8\r\n")),
    ]
    return capture(lambda file: write_datagrams(file, [request(f"faulty-{number}", body)
                                                       for number, body in enumerate(bodies)]))


def test_secrets_are_shown_by_default(tshark, samples):
    """What is looked for below is there when not hidden."""
    shown = secrets_in(our_part(tshark("-r", samples / BASE, "-V")))
    assert len(shown) == 3 * 2 + 6  # key and salt of each line, and the passwords


@pytest.mark.parametrize("passes", [(), ("-2",)])
def test_hidden_secrets_are_in_no_details(passes, tshark, samples):
    ours = our_part(tshark("-r", samples / BASE, "-V", *HIDDEN, *passes))
    assert "Crypto attribute: Scale SRTP" in ours
    assert not secrets_in(ours)
    for name, length, count in (("Key", "16 bytes", 6), ("Salt", "14 bytes", 6), ("Password", "22 characters", 12)):
        assert len(re.findall(rf"(?m)^ +{name}: {length} \(not shown\)$", ours)) == count


def test_hidden_secrets_are_in_no_field(decoded, samples, tshark):
    [frame] = decoded(samples / BASE, args=HIDDEN)
    assert not secrets_in(json.dumps(frame))
    assert not {"skypefed.crypto.key", "skypefed.crypto.salt", "skypefed.candidate.password"} & set(frame)
    [shown] = decoded(samples / BASE)
    for name in ("skypefed.crypto.suite", "skypefed.candidate.username", "skypefed.candidate.port"):
        assert frame[name] == shown[name]
    assert len(frame["skypefed.candidate"]) == len(shown["skypefed.candidate"])


def test_hidden_secrets_are_in_no_structured_output(tshark, samples):
    assert not secrets_in(tshark("-r", samples / BASE, "-T", "json", "-J", "skypefed", *HIDDEN))
    packets = ElementTree.fromstring(tshark("-r", samples / BASE, "-T", "pdml", *HIDDEN))
    ours = [field for field in packets.iterfind("packet/proto[@name='skypefed']//field")]
    assert len(ours) > 100
    texts = [(field.get("show") or "") + (field.get("showname") or "") for field in ours]
    assert not [secret for text in texts for secret in secrets_in(text)]


def test_hidden_secrets_match_no_filter(tshark, samples):
    command = ("-r", samples / BASE, "-Y", "skypefed.crypto.key || skypefed.crypto.salt || skypefed.candidate.password")
    assert tshark(*command)
    assert not tshark(*command, *HIDDEN)


@pytest.mark.parametrize("option", [(), HIDDEN], ids=["shown", "hidden"])
def test_faults_quote_no_secret(option, tshark, faulty):
    """In labels and expert infos a key is never shown, whatever the preference says, nor in any column."""
    assert not secrets_in(tshark("-r", faulty, "-q", "-z", "expert", *option))
    columns = 'gui.column.format:"Info","%i","Ours","%Cus:skypefed.crypto:0:R","Expert","%Cus:_ws.expert.message:0:R"'
    printed = tshark("-r", faulty, "-o", columns, *option)
    assert "faulty" not in printed and "a=crypto" in printed
    assert not secrets_in(printed)


def test_faulty_lines_hide_their_secrets_too(tshark, faulty):
    ours = our_part(tshark("-r", faulty, "-V", *HIDDEN))
    assert ours.count("Skype/Lync Federation: INVITE") == 4
    assert not secrets_in(ours)


@pytest.mark.parametrize("line", [f"a=crypto:1 {KEYS[0]}", f"a=cryptoscale:1 client {KEYS[0]}",
                                  f"a=cryptoscale:1 {KEYS[0]} {SUITE}"])
def test_key_that_stands_for_the_suite_is_not_shown(line, tshark, capture):
    """No registered suite is without an underscore, and no base64 has one: such a word may be a key."""
    body = session(stream_of("RTP/AVP", line + "\r\n"))
    path = capture(lambda file: write_datagrams(file, [request("suite", body)]))
    ours = our_part(tshark("-r", path, "-V", *HIDDEN))
    assert "Crypto attribute: " in ours
    assert not secrets_in(ours)
    assert not secrets_in(tshark("-r", path, "-T", "fields", "-e", "skypefed.crypto", "-e", "skypefed.crypto.suite"))
