# SPDX-License-Identifier: GPL-2.0-or-later
"""Our messages in Wireshark's flow graphs: tshark -z flow,skypefed,network, which draws with what the window draws with."""

import re
import struct

import pytest

from crafted import crypto, datagram, pcapng, request, scenario, session, stream_of, write_datagrams, written

PORTS = re.compile(r"\((\d+)\) +(-+>|<-+) +\((\d+)\)")


def graph(tshark, path, *args, mode="network"):
    """Names of the participants, and the arrows: lists of (time, label, comment, is_to_the_right)."""
    lines = tshark("-r", path, "-q", "-z", f"flow,skypefed,{mode}", *args).splitlines()
    names = [name.strip() for line in lines[:2] for name in line.split("|")[2:] if name.strip()]
    rows = [line for line in lines[2:] if not line.startswith("---")]
    arrows = []
    for upper, lower in zip(rows[::2], rows[1::2]):
        cells = [cell.strip() for cell in upper.split("|")]
        found = PORTS.search(lower)
        assert found, lower
        arrows.append((cells[1], "".join(cells[2:-1]), cells[-1], found.group(2).endswith(">")))
    return names, arrows


@pytest.mark.parametrize("mode", ["network", "standard"])
def test_failed_calls(tshark, samples, mode):
    names, arrows = graph(tshark, samples / "federation-failure.pcapng", mode=mode)
    assert len(names) == 6 and names[0].startswith("192.0.2.10 (Lync")
    refused = [arrow for arrow in arrows if arrow[1].startswith("504")]
    assert [label for _, label, _, _ in refused] == [f"504 to INVITE: {code}" + label[len("504 to INVITE: 1010"):] for (
        _, label, _, _), code in zip(refused, (1009, 1010, 1047))]
    assert [comment.split(":")[0] for _, _, comment, _ in refused] == [
        "call 1, anna@example.com to ralf@example.org; 1009", "call 2, anna@example.com to ralf@example.net; 1010",
        "call 3, anna@example.com to ralf@example.org; 1047"]
    assert not any(is_to_the_right for *_, is_to_the_right in refused)
    assert [label for _, label, _, is_to_the_right in arrows if is_to_the_right] == ["INVITE, offer"] * 3 + ["ACK"] * 3


def test_a_filter(tshark, samples):
    path = samples / "federation-failure.pcapng"
    _, arrows = graph(tshark, path, mode="network,skypefed.call == 2")
    assert len(arrows) == 4 and {arrow[2].split(",")[0] for arrow in arrows} == {"call 2"}


def test_roles(tshark, samples):
    names, arrows = graph(tshark, samples / "teams-transfer.pcapng")
    assert names == ["192.0.2.10 (Teams)", "sbc.example.com (SBC)"]
    assert any(label.startswith("200 to INVITE, SRTP") for _, label, _, _ in arrows)
    (refer,) = [arrow for arrow in arrows if arrow[1].startswith("REFER to +44")]
    assert refer[2].endswith("; transfer to +442079460188")


def test_re_invite(tshark, samples):
    _, arrows = graph(tshark, samples / "hold-and-resume.pcapng")
    labels = [label for _, label, _, _ in arrows]
    assert [label for label in labels if "INVITE" in label and not label.startswith("1")] == [
        "INVITE, offer", "200 to INVITE, SRTP", "re-INVITE (hold)", "200 to re-INVITE, SR",
        "re-INVITE (resume)", "200 to re-INVITE, SR"]


COMET = "ms-comet: 1\r\n"
ENDED = ('Reason: Q.850;cause=16;text="11111111-2222-4333-8444-555555555555;CallEndReasonLocalUserInitiated"\r\n')
UNENCRYPTED = "UNENCRYPTED_SRTP"


@pytest.mark.parametrize("parameter, verdict", [("", "SRTP agreed"), (f" {UNENCRYPTED}", "SRTP without encryption")])
def test_comment_has_the_verdict_in_full(tshark, capture, parameter, verdict):
    """tshark cuts a label off behind "SRTP": only the comment tells one verdict from the other."""
    body = session(stream_of("RTP/SAVP", crypto(1, rest="|2^31" + parameter)))
    path = capture(lambda file: write_datagrams(file, [request("v", body), request(
        "v", body, start="SIP/2.0 200 OK", receiver="<sip:anna@example.com>;tag=2")]))
    _, arrows = graph(tshark, path)
    assert [label for _, label, _, _ in arrows] == ["INVITE, offer", "200 to INVITE, SRTP"]
    assert [comment for _, _, comment, _ in arrows] == [
        "call 1, nora@example.org to anna@example.com", f"call 1, {verdict}, nora@example.org to anna@example.com"]


def test_comment_says_why_in_full(tshark, capture):
    """Where no diagnostics code does: what a label says after its first letters."""
    bye = request("w", headers=f"{COMET}{ENDED}", start="BYE sip:anna@example.com SIP/2.0",
                  receiver="<sip:anna@example.com>;tag=2")
    _, arrows = graph(tshark, capture(lambda file: write_datagrams(file, [request("w", headers=COMET), bye])))
    assert [comment for _, _, comment, _ in arrows] == [
        "call 1, nora@example.org to anna@example.com",
        "call 1, nora@example.org to anna@example.com; The Teams user ended the call"]


def test_parties_are_named_as_in_the_table(tshark, samples):
    path = samples / "skype-to-lync-clear.pcapng"
    row = tshark("-r", path, "-q", "-z", "skypefed,calls").splitlines()[-1].split()
    _, arrows = graph(tshark, path)
    assert arrows and all(comment.endswith(f", {row[2]} to {row[3]}") or comment.endswith(f", {row[3]} to {row[2]}")
                          for _, _, comment, _ in arrows if comment.startswith("call 1, "))
    assert not any("@msn.com" in comment for _, _, comment, _ in arrows)


def test_an_address_with_the_name_of_another(tshark, capture):
    """The name that a file of hosts gives an address is the one that another address has by its Via."""
    options = request("n", headers="ms-comet: 1\r\n", start="OPTIONS sip:anna@example.com SIP/2.0")
    named = options.replace(b"UDP 192.0.2.10:5060", b"UDP pool.example.com:5060")
    path = capture(written([datagram(named, 1, 2), datagram(options, 1, 9), datagram(options, 9, 2)]))
    printed = tshark("-r", path, "-N", "n", "-q", "-z", "flow,skypefed,standard",
                     config={"hosts": "192.0.2.9 pool.example.com\n"}).splitlines()
    assert "pool.example.com (192.0.2.1)" in printed[0] and "pool.example.com (192.0.2.9)" in printed[0]
    assert "192.0.2.2" in printed[1]
    arrows = [found for found in map(PORTS.search, printed) if found]
    assert [(found.start(1) // 20, found.start(3) // 20 - 1, found.group(2)[0]) for found in arrows] == [
        (0, 1, "-"), (0, 2, "-"), (1, 2, "<")]  # columns, of 20 characters each


def test_a_name_that_another_address_is_about_to_give_up(tshark, capture):
    """One message names both: the host that a file of hosts has for the one address is that of the other."""
    host = "api-du-a-euwe.pstnhub.microsoft.com"
    plain = request("n", headers="ms-comet: 1\r\nUser-Agent: RTCC/5.0.0.0 MediationServer\r\n",
                    start="OPTIONS sip:anna@sbc.example.com SIP/2.0")
    named = plain.replace(b"UDP 192.0.2.10:5060", f"UDP {host}:5060".encode())
    path = capture(written([datagram(plain, 1, 9), datagram(plain, 9, 1), datagram(named, 1, 9)]))
    printed = tshark("-r", path, "-N", "n", "-q", "-z", "flow,skypefed,standard",
                     config={"hosts": f"192.0.2.9 {host}\n"}).splitlines()
    names = " ".join(printed[:2])
    assert f"{host} (192.0.2.1, " in names and "sbc.example.com (" in names, names
    arrows = [found for found in map(PORTS.search, printed) if found]
    assert [found.group(2)[0] for found in arrows] == ["-", "<", "-"]


@pytest.mark.parametrize("pairs, drawn", [(20, 20), (21, 20), (33, 20)])
def test_more_participants_than_wireshark_draws(tshark, capture, pairs, drawn):
    path = capture(written([datagram(request(f"m{pair}", headers="ms-comet: 1\r\n"), 2 * pair + 1, 2 * pair + 2)
                            for pair in range(pairs)]))
    printed = tshark("-r", path, "-q", "-z", "flow,skypefed,standard").splitlines()
    assert len([line for line in printed if PORTS.search(line)]) == drawn
    assert f"192.0.2.{2 * drawn} " in printed[1] + " " and f"192.0.2.{2 * drawn + 1} " not in printed[0] + " "
    lines = tshark("-r", path, "-q", "-z", "skypefed,ladder").splitlines()
    assert len([line for line in lines if "participant" in line]) == 2 * drawn
    words = "1 more message is" if pairs == drawn + 1 else f"{pairs - drawn} more messages are"
    left_out = [f"    Note over p1: {words} left out"] if pairs > drawn else []
    assert [line for line in lines if "left out" in line] == left_out


def test_a_name_that_comes_later(tshark, capture):
    """What a late message tells of an address also stands at the arrows before it."""
    first = request("first")
    second = request("second", headers="ms-edge-proxy-message-trust: ms-source-type=DirectPartner;"
                     "ms-ep-fqdn=Edge.example.com\r\n").replace(b"UDP 192.0.2.10:5060", b"TLS edge.example.com:5061")
    for payloads, name in (([first], "192.0.2.10"), ([first, second], "edge.example.com (Edge)"),
                           ([second, first], "edge.example.com (Edge)")):
        path = capture(lambda file, chosen=payloads: write_datagrams(file, chosen))
        names, arrows = graph(tshark, path)
        assert (names, len(arrows)) == ([name, "198.51.100.10"], len(payloads))


def test_the_same_on_two_passes(tshark, samples):
    for name in ("media-failure", "teams-transfer", "several-calls"):
        path = samples / f"{name}.pcapng"
        assert graph(tshark, path, "-2") == graph(tshark, path)


def test_other_calls_are_left_out(tshark, samples):
    assert graph(tshark, samples / "plain-sip.pcapng") == ([], [])


def test_messages_without_addresses(tshark, capture):
    """As exported from another capture: there is nobody to draw an arrow between, but the call is known."""
    link_exported, tag_dissector = 252, 12

    def write(file):
        writer = pcapng.Writer(file, link_exported)
        for number in range(2):
            writer.packet(scenario.START + number, struct.pack("!HH4sHH", tag_dissector, 4, b"sip\0", 0, 0)
                          + request("e", headers=COMET))

    path = capture(write)
    assert graph(tshark, path) == ([], [])
    assert tshark("-r", path, "-q", "-z", "skypefed,calls").splitlines()[-1].startswith("1     1      ")


def test_hostile_texts(tshark, capture):
    """No control character of a message reaches a terminal."""
    path = capture(lambda file: write_datagrams(file, [request(
        "h", start="SIP/2.0 503 No", headers='ms-diagnostics: 40001;reason="a\x1b[31m|b"\r\n')]))
    printed = tshark("-r", path, "-q", "-z", "flow,skypefed,network")
    assert "40001" in printed and "\x1b" not in printed
