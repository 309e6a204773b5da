# SPDX-License-Identifier: GPL-2.0-or-later
"""A source whose packets are protected otherwise from some packet on, under the same SSRC, without a new agreement."""

import pytest

from crafted import KEYS, crypto
from media import ANSWERER, OFFERER, Media, answer, both, call, offer, play, sent

SAMPLES = 256  # of so many packets one is verified anew
CLEAR, SRTP = "1", "2"


def turn(source, key):
    """The source goes on with its numbers, and with another key or none."""
    after = Media(source.sender, source.receiver, key, ssrc=source.ssrc, payload_type=source.payload_type,
                  extra=source.extra)
    after.extended, after.timestamp = source.extended, source.timestamp
    return after


def parts(*lots, **how):
    """Events of one source: (count, key) of each part."""
    source, events = Media(OFFERER, ANSWERER, None, **how), []
    for count, key in lots:
        source = turn(source, key)
        events += sent(source, count)
    return events


@pytest.fixture
def told(capture, tshark, fields):
    """Of these media of a caller that agreed on SRTP: proof of each packet, warnings, ticket; alike in all passes."""
    def make(events, formats="0"):
        signaling = (offer(crypto(1, KEYS[0]), formats=formats), answer(crypto(1, KEYS[1]), formats=formats))
        path = capture(lambda file: play(file, *call(*events, signaling=signaling)))
        proofs = [[row["skypefed.rtp.protection"][0] for row in
                   fields(path, "skypefed.rtp.protection", where="skypefed.rtp", args=args)] for args in ((), ("-2",))]
        infos = tshark("-r", path, "-q", "-z", "expert,note")
        ticket = tshark("-r", path, "-q", "-z", "skypefed,support")
        seen = next(line for line in ticket.splitlines() if "Media seen" in line).split(maxsplit=2)[2]
        return proofs[0], proofs[1], infos, seen

    return make


@pytest.mark.parametrize("first", (1, SAMPLES - 2, SAMPLES - 1, SAMPLES, 350))
def test_srtp_that_goes_on_in_clear(first, told):
    one_pass, two_passes, infos, seen = told(parts((first, KEYS[0]), (300, None)))
    proved_at = (first // SAMPLES + 1) * SAMPLES + 8  # the sample, and as many as clear media takes
    assert one_pass[proved_at:] == [CLEAR] * (first + 300 - proved_at)
    assert two_passes[:first] == [SRTP] * first
    assert one_pass[first + SAMPLES:] == two_passes[first + SAMPLES:]
    assert infos.count("SRTP agreed, but the caller sent clear RTP") == 1
    assert "from the caller: Clear RTP and SRTP" in seen


def test_clear_media_that_goes_on_as_srtp(told):
    one_pass, two_passes, infos, seen = told(parts((100, None), (250, KEYS[0])))
    assert one_pass[:8] == ["0"] * 8 and one_pass[8:100] == [CLEAR] * 92
    assert one_pass[258:] == two_passes[258:] == [SRTP] * 92
    assert seen.startswith("Mixed")


@pytest.mark.parametrize("sequence", (1, 65500, 65536 * 2 + 65400), ids=("from 1", "over the end", "third time over"))
def test_srtp_from_end_to_end(sequence, told):
    """Also with numbers that begin at 0 again, packets that are lost, late, and there twice."""
    events = parts((800, KEYS[0]), sequence=sequence)
    lost = events[:250] + events[251:258] + events[262:512] + [events[513], events[512]] + events[514:560]
    for packets in (events, lost + [lost[-1]] + events[560:]):
        one_pass, two_passes, infos, seen = told(packets)
        assert one_pass == two_passes == [SRTP] * len(packets)
        assert "sent clear RTP" not in infos and "agreed key" not in infos.replace("keys of this capture", "")
        assert seen.startswith("SRTP (")


@pytest.mark.parametrize("length", (None, 40, 400))
def test_damaged_packet_is_no_turn(length, told):
    """The sample lacks its tag, but what follows has it."""
    events = parts((400, KEYS[0]))
    sender, receiver, packet = events[SAMPLES - 1]
    events[SAMPLES - 1] = sender, receiver, (packet[:-1] + bytes([packet[-1] ^ 1]) + bytes(400))[:length or len(packet)]
    one_pass, two_passes, infos, seen = told(events)
    assert one_pass[SAMPLES + 2:] == two_passes[SAMPLES + 2:] == [SRTP] * (400 - SAMPLES - 2)
    assert "sent clear RTP" not in infos
    assert seen.startswith("SRTP (")


def test_key_that_nobody_told(told):
    """What it shows is that the agreed key is not used any more; not by what it is protected."""
    one_pass, two_passes, infos, seen = told(parts((100, KEYS[0]), (500, KEYS[2])))
    assert one_pass[SAMPLES:] == two_passes[SAMPLES:] == ["0"] * (600 - SAMPLES)
    assert "sent clear RTP" not in infos and "SRTP with another key" not in infos
    assert seen.startswith("Partly SRTP")


def test_clear_media_of_a_codec_whose_length_tells_nothing(told):
    one_pass, _, infos, seen = told(parts((100, KEYS[0]), (500, None), payload_type=18), formats="18")
    assert one_pass[SAMPLES:] == ["0"] * (600 - SAMPLES)
    assert "sent clear RTP" not in infos
    assert seen.startswith("Partly SRTP")


def test_both_sides_turn(told):
    sides = both(KEYS[:2])
    events = [event for _ in range(100) for source in sides for event in sent(source, 1)]
    sides = [turn(source, None) for source in sides]
    events += [event for _ in range(200) for source in sides for event in sent(source, 1)]
    one_pass, two_passes, infos, seen = told(events)
    assert one_pass[530:] == two_passes[530:] == [CLEAR] * 70
    assert infos.count("sent clear RTP") == 2
    assert seen.startswith("Mixed") and "from the caller: Clear RTP and SRTP" in seen
