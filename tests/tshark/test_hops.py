# SPDX-License-Identifier: GPL-2.0-or-later
"""A proxy with a media relay: the call has an offer, an answer and media of its own on each hop."""


import pytest

from crafted import KEYS, crypto, request, session, stream_of
from media import BYE, Media, play

CALLER, NEAR = ("192.0.2.10", 50018), ("192.0.2.20", 40002)
FAR, CALLEE = ("192.0.2.20", 40012), ("198.51.100.30", 30000)
PROXY_VIA = b"Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-proxy\r\n"
NO_MARK = {"sender": "<sip:nora@example.org>;tag=7166e331a"}
TO_TEAMS = "INVITE sip:+15550100@sip.pstnhub.microsoft.com;user=phone SIP/2.0"
FALSE_ALARMS = ("decline", "not compatible", "another key", "not offered")

# How each hop is protected (None: clear); what the call agreed and what was seen; the proofs of its four sources.
CALLS = {
    "SRTP, then clear": (True, False, "Mixed (not the same on all hops)", "Mixed", ["1", "1", "2", "2"]),
    "clear, then SRTP": (False, True, "Mixed (not the same on all hops)", "Mixed", ["1", "1", "2", "2"]),
    "SRTP on both, with other keys": (True, True, "SRTP agreed", "SRTP (key in this capture)", ["2"] * 4),
    "clear on both": (False, False, "Clear RTP agreed", "Clear RTP", ["1"] * 4),
}


def signaling(ends):
    return tuple((host, 5060) for host, _ in ends)


def message(end, key, start, over_proxy, **how):
    """An offer or answer with this address."""
    lines = (crypto(1, key),) if key else ()
    body = session(stream_of("RTP/SAVP" if key else "RTP/AVP", *lines, port=end[1])).replace("192.0.2.10", end[0])
    text = request("media", body, start=start, **how)
    return text.replace(b"Via: ", PROXY_VIA + b"Via: ", 1) if over_proxy else text


def events(is_first_srtp, is_second_srtp, second_start="INVITE sip:anna@example.com SIP/2.0", count=150, wrong=None,
           **how):
    """The call: offers, answers in the order in which they pass the proxy, media of both hops, BYE.

    wrong: which of the four sources sends with a key that nobody told.
    """
    hops = (CALLER, NEAR), (FAR, CALLEE)
    keys = [pair if is_srtp else (None, None)
            for is_srtp, pair in ((is_first_srtp, KEYS[:2]), (is_second_srtp, (KEYS[2], KEYS[0][::-1])))]
    answered = {**how, "receiver": "<sip:anna@example.com>;tag=b"}
    sources = [Media(*(ends if side == 0 else reversed(ends)), KEYS[1][::-1] if wrong == 2 * hop + side else keys[hop][side],
                     ssrc=1 + 2 * hop + side)
               for hop, ends in enumerate(hops) for side in range(2)]
    yield (*signaling(hops[0]), message(CALLER, keys[0][0], "INVITE sip:anna@example.com SIP/2.0", False, **how))
    yield (*signaling(hops[1]), message(FAR, keys[1][0], second_start, True, **how))
    yield (*reversed(signaling(hops[1])), message(CALLEE, keys[1][1], "SIP/2.0 200 OK", True, **answered))
    yield (*reversed(signaling(hops[0])), message(NEAR, keys[0][1], "SIP/2.0 200 OK", False, **answered))
    for _ in range(count):
        for source in sources:
            yield source.sender, source.receiver, source.packet()
    yield (*signaling(hops[0]), BYE)


@pytest.fixture(scope="module")
def calls(capture):
    return {name: capture(lambda file, row=row: play(file, *events(*row[:2]), step=5000)) for name, row in CALLS.items()}


@pytest.mark.parametrize("name", CALLS)
def test_each_hop_has_its_own(name, calls, tshark, fields):
    *_, agreed, seen, proofs = CALLS[name]
    ticket = tshark("-r", calls[name], "-q", "-z", "skypefed,support")
    assert f"Verdict               {agreed}\n" in ticket
    assert f"Media seen            {seen}" in ticket
    rows = fields(calls[name], "udp.srcport", "skypefed.rtp.protection", where="skypefed.rtp")
    last = {row["udp.srcport"][0]: row["skypefed.rtp.protection"] for row in rows}
    assert sorted(proof for [proof] in last.values()) == proofs


@pytest.mark.parametrize("name", CALLS)
def test_no_hop_is_held_against_another(name, calls, tshark):
    infos = tshark("-r", calls[name], "-q", "-z", "expert,note,skypefed || skypefed.rtp")
    assert "exposed" in infos or "not be encrypted" in infos
    assert [words for words in FALSE_ALARMS if words in infos] == []


def test_an_answer_belongs_to_the_offer_of_its_hop(calls, fields):
    rows = fields(calls["SRTP, then clear"], "skypefed.call.offer_in", "skypefed.call.answer_in",
                  where="sip.CSeq.method == INVITE", args=("-2",))
    assert [list(row.values()) for row in rows] == [[[], ["4"]], [[], ["3"]], [["2"], []], [["1"], []]]


def test_hop_before_the_one_that_shows_the_mark(capture, tshark):
    """What is set aside until a message of its call has a mark keeps the Via by which hops are told apart."""
    path = capture(lambda file: play(file, *events(False, True, TO_TEAMS, **NO_MARK), step=5000))
    ticket = tshark("-r", path, "-q", "-z", "skypefed,support")
    assert "Mixed (not the same on all hops)" in ticket
    infos = tshark("-r", path, "-q", "-z", "expert,note,skypefed || skypefed.rtp")
    assert [words for words in FALSE_ALARMS if words in infos] == []


@pytest.mark.parametrize("wrong", range(4))
def test_wrong_key_on_one_hop(wrong, capture, tshark):
    """It shows in a capture of both hops as it does in one of its own hop alone."""
    path = capture(lambda file: play(file, *events(True, True, wrong=wrong), step=5000))
    infos = tshark("-r", path, "-q", "-z", "expert,note,skypefed.rtp")
    assert infos.count("with the agreed key: SRTP with another key") == 1
    assert f"that the {('caller', 'callee')[wrong % 2]} sent" in infos


# Which message is not in the capture, and the verdict that is left to tell.
MISSING = {"INVITE of the first hop": 0, "INVITE of the second hop": 1}


@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("order", ((True, False), (False, True)), ids=("SRTP first", "clear first"))
def test_answer_whose_offer_is_missing(name, order, capture, tshark):
    """It is not held against the offer of the other hop."""
    left = [event for at, event in enumerate(events(*order)) if at != MISSING[name]]
    path = capture(lambda file: play(file, *left, step=5000))
    assert "Mixed (not the same on all hops)" in tshark("-r", path, "-q", "-z", "skypefed,support")
    infos = tshark("-r", path, "-q", "-z", "expert,note,skypefed || skypefed.rtp")
    assert [words for words in FALSE_ALARMS if words in infos] == []


def test_session_of_a_proxy_is_not_that_of_teams(capture, tshark):
    """What a proxy writes into the offer of Teams says nothing of the way that media takes there."""
    teams = {"sender": "<sip:+15550100@sip.pstnhub.microsoft.com:5061;user=phone>;tag=a",
             "headers": "User-Agent: Microsoft.PSTNHub.SIPProxy v.2026.1.1.1 i.EUWE.1\r\n"}
    path = capture(lambda file: play(file, *events(True, False, **teams), step=5000))
    assert tshark("-r", path, "-q", "-z", "skypefed,support").count("Media (inferred)") == 1
    first = capture(lambda file: play(file, *list(events(True, False, **teams))[:1]))
    assert "media bypass" in tshark("-r", first, "-q", "-z", "skypefed,support")
    second = capture(lambda file: play(file, *list(events(True, False, **teams))[1:2]))
    assert "media bypass" not in tshark("-r", second, "-q", "-z", "skypefed,support")
