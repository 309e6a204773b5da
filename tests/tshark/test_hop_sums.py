# SPDX-License-Identifier: GPL-2.0-or-later
"""What each hop of a call carried, where a proxy with a media relay has a hop on either side."""

import json
import re

import pytest

from media import BYE, Media, play
from test_hops import CALLEE, CALLER, FAR, KEYS, NEAR, PROXY_VIA, events, message, signaling

PATHS = [(CALLER[0], NEAR[0]), (NEAR[0], CALLER[0]), (FAR[0], CALLEE[0]), (CALLEE[0], FAR[0])]
SENDERS = ["caller", "callee"] * 2


def is_media(event):
    return isinstance(event, tuple) and event[2][:1] == b"\x80"


def record_of(path, tshark):
    return json.loads(tshark("-r", path, "-q", "-z", "skypefed,calls,json"))


def ticket_of(path, tshark):
    return tshark("-r", path, "-q", "-z", "skypefed,support")


def sums_of(path, tshark, *members):
    return [tuple(one[member] for member in members) for one in record_of(path, tshark)["media_streams"]]


def test_a_hop_has_sums_of_its_own(capture, tshark):
    path = capture(lambda file: play(file, *events(True, False), step=5000))
    found = sums_of(path, tshark, "sender", "sender_address", "receiver_address", "packets", "verdict_name", "seen_name")
    agreed = [("SRTP agreed", "SRTP (key in this capture)")] * 2 + [("Clear RTP agreed", "Clear RTP")] * 2
    assert found == [(sender, *ends, 150, *words) for sender, ends, words in zip(SENDERS, PATHS, agreed)]
    ticket = ticket_of(path, tshark)
    assert [line.split(maxsplit=1)[1] for line in ticket.splitlines() if line.startswith("  Hop ")] == [
        "192.0.2.10 to 192.0.2.20: SRTP agreed, 150 packets and 150 back",
        "192.0.2.20 to 198.51.100.30: Clear RTP agreed, 150 packets and 150 back"]
    assert "from 192.0.2.20 to 198.51.100.30: Clear RTP; from 198.51.100.30 to 192.0.2.20: Clear RTP)" in ticket


@pytest.mark.parametrize("hurt", range(4))
def test_loss_is_that_of_its_hop(hurt, capture, tshark):
    """What is lost before the proxy is missing on both hops; what is lost after it, on one."""
    turns = [0] * 4

    def is_there(event):
        if not is_media(event):
            return True
        source = PATHS.index((event[0][0], event[1][0]))
        turns[source] += 1
        return source != hurt or turns[source] not in (40, 41, 90)

    kept = [event for event in events(True, True) if is_there(event)]
    path = capture(lambda file: play(file, *kept, step=5000))
    assert [lost for [lost] in sums_of(path, tshark, "lost")] == [3 if at == hurt else 0 for at in range(4)]
    missing = [line.split(maxsplit=2)[2] for line in ticket_of(path, tshark).splitlines() if "Packets missing" in line]
    assert missing == ["3 of 150 from {} to {}, by their sequence numbers".format(*PATHS[hurt])]


@pytest.mark.parametrize("wrong", range(4))
def test_ticket_says_which_host_sent_with_another_key(wrong, capture, tshark):
    path = capture(lambda file: play(file, *events(True, True, wrong=wrong), step=5000))
    told = [line for line in ticket_of(path, tshark).splitlines() if "Not as agreed" in line]
    assert len(told) == 1
    assert "packets that {} sent to {} is authenticated".format(*PATHS[wrong]) in told[0]


def test_offer_of_the_callee_is_of_the_same_hops(capture, tshark):
    """It passes them the other way round."""
    first = list(events(True, False))
    start, answered = "INVITE sip:nora@example.org SIP/2.0", "SIP/2.0 200 OK"
    texts = [message(end, key, line, over_proxy, sender="<sip:anna@example.com>;tag=b",
                     receiver="<sip:nora@example.org>;tag=7166e331a")
             for end, key, line, over_proxy in ((CALLEE, None, start, False), (NEAR, KEYS[1], start, True),
                                                (CALLER, KEYS[0], answered, True), (FAR, None, answered, False))]
    near, far = signaling((CALLER, NEAR)), signaling((FAR, CALLEE))
    changes = [(*ends, text.replace(b"CSeq: 1 ", b"CSeq: 7 "))
               for ends, text in zip((reversed(far), reversed(near), near, far), texts)]
    path = capture(lambda file: play(file, *first[:-1], *changes, *first[4:], step=5000))
    assert sums_of(path, tshark, "sender", "sender_address", "receiver_address") == [
        (sender, *ends) for sender, ends in zip(SENDERS, PATHS)]


def test_more_hops_than_a_call_has(capture, tshark):
    """The proxy has another address in each re-INVITE; beyond eight hops the rest is one, between hosts that are not told."""
    changes = []
    for number in range(12):
        near, far = (f"192.0.2.{50 + number}", 40002), (f"192.0.2.{80 + number}", 40012)
        for ends, end, start, over_proxy in (
                ((CALLER, near), CALLER, "INVITE sip:anna@example.com SIP/2.0", False),
                ((far, CALLEE), far, "INVITE sip:anna@example.com SIP/2.0", True),
                ((CALLEE, far), CALLEE, "SIP/2.0 200 OK", True),
                ((near, CALLER), near, "SIP/2.0 200 OK", False)):
            tag = ";tag=b" if number or start.startswith("SIP") else ""
            text = message(end, None, start, over_proxy, receiver=f"<sip:anna@example.com>{tag}")
            changes.append((*signaling(ends), text.replace(b"CSeq: 1 ", b"CSeq: %d " % (number + 1))))
    path = capture(lambda file: play(file, *changes, step=5000))
    found = sums_of(path, tshark, "sender_address", "receiver_address")
    assert len(found) == 16
    assert [ends for ends in found if None in ends] == [(None, None)] * 2


def test_hop_whose_offer_is_missing(capture, tshark):
    """Where its media came from no SDP says: nobody knows whether a proxy relays it."""
    path = capture(lambda file: play(file, *list(events(True, False))[1:], step=5000))
    assert sums_of(path, tshark, "sender", "sender_address") == [("caller", None), ("callee", None)]
    assert "  Hop " not in ticket_of(path, tshark)


# The end of the callee in a later answer, and how its hop is told: with the offer that the capture has of it, or without.
LATER = {
    "another port": ((CALLEE[0], 30200), "192.0.2.20 to 198.51.100.30: Clear RTP agreed"),
    "another host": (("198.51.100.31", 30000), "the caller's side to 198.51.100.31: Clear RTP agreed, 0 packets and 0 back"),
}


@pytest.mark.parametrize("name", LATER)
def test_later_answer_whose_offer_is_missing(name, capture, tshark):
    """Its hop is the one that has the callee's address, if there is one."""
    end, told = LATER[name]
    late = message(end, None, "SIP/2.0 200 OK", True, receiver="<sip:anna@example.com>;tag=b")
    *first, bye = events(False, False)
    path = capture(lambda file: play(file, *first, (*reversed(signaling((FAR, CALLEE))), late.replace(b"CSeq: 1 ", b"CSeq: 2 ")),
                                     bye, step=5000))
    ticket = ticket_of(path, tshark)
    assert ticket.count("  Hop ") == (2 if name == "another port" else 3)
    assert f"  Hop                   {told}" in ticket
    assert ("caller", *PATHS[2]) in sums_of(path, tshark, "sender", "sender_address", "receiver_address")


def test_call_of_one_hop_has_parties_alone(capture, tshark):
    """Without a second hop a party is who sends, whatever its address is."""
    first = [event for event in events(True, False) if PROXY_VIA not in event[2] and CALLEE not in event[:2]]
    assert first[-1][2] == BYE and len(first) == 3 + 2 * 150
    path = capture(lambda file: play(file, *first, step=5000))
    assert sums_of(path, tshark, "sender", "sender_address", "receiver_address", "packets") == [
        ("caller", None, None, 150), ("callee", None, None, 150)]
    assert "  Hop " not in ticket_of(path, tshark)


# Which of the four sources send, and which hosts get nothing though they send.
SILENCE = {
    "relay that passes nothing on": ((0, 3), [1, 2]),
    "relay that passes the caller's media on alone": ((0, 2, 3), [1]),
    "relay that passes the callee's media on alone": ((0, 1, 3), [2]),
    "relay that works": ((0, 1, 2, 3), []),
    "hop without media": ((0, 1), []),
}


@pytest.mark.parametrize("name", SILENCE)
def test_relay_that_passes_nothing_on(name, capture, tshark):
    """Each direction has media somewhere, and still somebody hears nothing."""
    sending, silent = SILENCE[name]
    kept = [event for event in events(True, True)
            if not is_media(event) or PATHS.index((event[0][0], event[1][0])) in sending]
    path = capture(lambda file: play(file, *kept, step=5000))
    infos = tshark("-r", path, "-q", "-z", "expert,note,skypefed")
    assert sorted(re.findall(r"one direction only: in this capture, (.*?)\n", infos)) == sorted(
        "{} sent no media to {}".format(*PATHS[at]) for at in silent)


@pytest.mark.parametrize("sender", (0, 1))
def test_party_that_sends_nothing_on_any_hop(sender, capture, tshark):
    kept = [event for event in events(True, True)
            if not is_media(event) or PATHS.index((event[0][0], event[1][0])) % 2 != sender]
    path = capture(lambda file: play(file, *kept, step=5000))
    infos = tshark("-r", path, "-q", "-z", "expert,note,skypefed")
    assert re.findall(r"one direction only: in this capture, (.*?)\n", infos) == [f"the {SENDERS[sender]} sent no media"]


def one_path(setup, ends):
    """Events of a call whose media passes between these two ends, without a relay."""
    sources = [Media(*ends, ssrc=1), Media(*reversed(ends), ssrc=2)]
    return *setup, *((source.sender, source.receiver, source.packet()) for _ in range(150) for source in sources)


def exchange(ends, number=1, by_callee=False, keys=(None, None)):
    """Offer and answer on both hops; ends: who each SDP names, in the order of the messages; keys: of offer and answer."""
    start = f"INVITE sip:{'nora@example.org' if by_callee else 'anna@example.com'} SIP/2.0"
    tags = ("anna@example.com>;tag=b", "nora@example.org>;tag=7166e331a")
    parties = {"sender": f"<sip:{tags[0]}", "receiver": f"<sip:{tags[1]}"} if by_callee else (
        {"receiver": f"<sip:{tags[0]}"} if number > 1 else {})
    answered = parties or {"receiver": f"<sip:{tags[0]}"}
    near, far = signaling((CALLER, NEAR)), signaling((FAR, CALLEE))
    ways = (reversed(far), reversed(near), near, far) if by_callee else (near, far, reversed(far), reversed(near))
    return [(*way, message(end, key, line, over_proxy, **how).replace(b"CSeq: 1 ", b"CSeq: %d " % number))
            for way, end, key, line, over_proxy, how in zip(
                ways, ends, (keys[0], keys[0], keys[1], keys[1]), (start, start, "SIP/2.0 200 OK", "SIP/2.0 200 OK"), (False, True, True, False),
                (parties, parties, answered, answered))]


CALLER_NAT, CALLEE_NAT = ("203.0.113.5", CALLER[1]), ("203.0.113.77", CALLEE[1])
CALLEE_LATER = (CALLEE[0], 30100)

# SDP of the messages of each exchange, whether the callee offers, and between whom the media passes.
ONE_PATH = {
    "caller's address corrected": [((CALLER, CALLER_NAT, CALLEE, CALLEE), False, (CALLER_NAT, CALLEE))],
    "both addresses corrected": [((CALLER, CALLER_NAT, CALLEE, CALLEE_NAT), False, (CALLER_NAT, CALLEE_NAT))],
    "caller's address corrected, another port of the callee": [
        ((CALLER, CALLER_NAT, CALLEE, CALLEE), False, (CALLER_NAT, CALLEE)),
        ((CALLEE_LATER, CALLEE_LATER, CALLER, CALLER_NAT), True, (CALLER_NAT, CALLEE_LATER))],
    "both addresses corrected, agreed anew": [
        ((CALLER, CALLER_NAT, CALLEE, CALLEE_NAT), False, (CALLER_NAT, CALLEE_NAT)),
        ((CALLER, CALLER_NAT, CALLEE, CALLEE_NAT), False, (CALLER_NAT, CALLEE_NAT))],
}


@pytest.mark.parametrize("name", ONE_PATH)
def test_proxy_that_corrects_addresses_is_no_relay(name, capture, tshark):
    """The SDP of a hop has the address of a party's NAT; the media is one, and both hear each other."""
    all_events = []
    for number, (ends, by_callee, path) in enumerate(ONE_PATH[name]):
        all_events += one_path(exchange(ends, number + 1, by_callee), path)
    path = capture(lambda file: play(file, *all_events, (*signaling((CALLER, NEAR)), BYE), step=10000))
    count = 150 * len(ONE_PATH[name])
    assert sums_of(path, tshark, "sender", "sender_address", "packets") == [("caller", None, count), ("callee", None, count)]
    assert "one direction only" not in tshark("-r", path, "-q", "-z", "expert,note,skypefed")
    assert "  Hop " not in ticket_of(path, tshark)


def test_new_keys_of_a_call_whose_proxy_corrects_addresses(capture, tshark):
    """What is sent between the corrected addresses may have the newer keys, though only the former SDP has them."""
    first = exchange((CALLER, CALLER_NAT, CALLEE, CALLEE), 1, keys=KEYS[:2])
    again = exchange((CALLEE_LATER, CALLEE_LATER, CALLER, CALLER_NAT), 2, True, keys=(KEYS[2], KEYS[0][::-1]))
    sides = [Media(CALLER_NAT, CALLEE, KEYS[0], ssrc=1), Media(CALLEE, CALLER_NAT, KEYS[1], ssrc=2)]
    later = [Media(CALLER_NAT, CALLEE_LATER, KEYS[0][::-1], ssrc=3), Media(CALLEE_LATER, CALLER_NAT, KEYS[2], ssrc=4)]
    media = [[(one.sender, one.receiver, one.packet()) for _ in range(150) for one in lot] for lot in (sides, later)]
    path = capture(lambda file: play(file, *first, *media[0], *again, *media[1], (*signaling((CALLER, NEAR)), BYE),
                                     step=10000))
    assert "with the agreed key" not in tshark("-r", path, "-q", "-z", "expert,note,skypefed || skypefed.rtp")
    assert "Not as agreed" not in ticket_of(path, tshark)


def test_silence_is_told_of_calls_that_agree_once_alone(capture, tshark):
    """The relay passes nothing to the caller, and the callee offers anew just before the end: its hop comes first then."""
    kept = [event for event in list(events(False, False))[:-1] if not is_media(event) or event[1] != CALLER]
    again = exchange((CALLEE_LATER, NEAR, CALLER, FAR), 7, by_callee=True)
    path = capture(lambda file: play(file, *kept, *again, (*signaling((CALLER, NEAR)), BYE), step=5000))
    assert "one direction only" not in tshark("-r", path, "-q", "-z", "expert,note,skypefed")


def test_hops_leave_room_for_what_went_wrong(capture, tshark):
    """Of the many streams of a call, those that were not protected as agreed are named."""
    path = capture(lambda file: play(file, *events(True, True, wrong=0), step=5000))
    ticket = ticket_of(path, tshark)
    assert ticket.count("  Hop ") == 2 and ticket.count("Not as agreed") == 1
