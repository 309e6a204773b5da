# SPDX-License-Identifier: GPL-2.0-or-later
"""What packets prove when a new answer changes the protection of a stream: who sends learns of it a little later."""

import pytest

from crafted import KEYS, crypto
from media import ANSWERER, OFFERER, SIGNALING, Media, answer, call, offer, play, sent

PASSES = {"one pass": (), "two passes": ("-2",)}
SAID = {"clear": "sent clear RTP", "mismatch": "is authenticated with the agreed key"}
CLEAR, SRTP = (), (crypto(1, KEYS[0]), crypto(1, KEYS[1]))
OTHER_SRTP = (crypto(1, KEYS[2]), crypto(1, KEYS[1]))


def exchange(lines, number=1):
    """Offer and answer with these key lines (none for RTP/AVP), as events; `number` is their CSeq."""
    profile = "RTP/SAVP" if lines else "RTP/AVP"
    texts = [make(*lines[side:side + 1], profile=profile).replace(b"CSeq: 1 INVITE", b"CSeq: %d INVITE" % number)
             for side, make in enumerate((offer, answer))]
    if number > 1:
        texts[0] = texts[0].replace(b"To: <sip:anna@example.com>", b"To: <sip:anna@example.com>;tag=b")
    return texts


def ends(side):
    return (OFFERER, ANSWERER) if side == 0 else (ANSWERER, OFFERER)


@pytest.fixture
def changed(capture, tshark, fields):
    """The warnings, and the protection of the last packet, of a call whose second answer changes its protection."""
    def make(before, after, sources, passes):
        """sources: (Media, packets before the second answer, and after it)."""
        again = exchange(after, 2)
        first = [event for source, count, _ in sources for event in sent(source, count)]
        then = [event for source, _, count in sources for event in sent(source, count)]
        path = capture(lambda file: play(file, *call(
            *first, (*SIGNALING, again[0]), (*reversed(SIGNALING), again[1]), *then, signaling=exchange(before))))
        out = tshark("-r", path, "-q", "-z", "expert", *passes)
        rows = fields(path, "skypefed.rtp.protection", where="skypefed.rtp", args=passes)
        return {name for name, text in SAID.items() if text in out}, int(rows[-1]["skypefed.rtp.protection"][0])

    return make


@pytest.mark.parametrize("count, is_said", [(10, False), (90, False), (120, True)])  # 100 packets are two seconds
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("passes", PASSES.values(), ids=PASSES)
def test_clear_media_may_be_underway_when_srtp_is_agreed(changed, side, count, is_said, passes):
    source = Media(*ends(side))
    found, last = changed(CLEAR, SRTP, [(source, 20, count)], passes)
    assert (found, last) == (({"clear"}, 1) if is_said else (set(), 0))


def test_media_that_begins_in_clear_has_no_grace(changed):
    """Its sender knows the agreement from the start."""
    found, last = changed(CLEAR, SRTP, [(Media(*ends(0), ssrc=1), 20, 0), (Media(*ends(0), ssrc=2), 0, 10)], ())
    assert (found, last) == ({"clear"}, 1)
    found, last = changed(CLEAR, SRTP, [(Media(*ends(1), ssrc=1), 20, 0), (Media(*ends(0), ssrc=1), 0, 10)], ())
    assert (found, last) == ({"clear"}, 1)


@pytest.mark.parametrize("underway", [0, 10, 95])
@pytest.mark.parametrize("before, after, keys, proved", [
    (CLEAR, SRTP, (None, KEYS[0]), 2), (SRTP, CLEAR, (KEYS[0], None), 1), (SRTP, OTHER_SRTP, (KEYS[0], KEYS[2]), 2),
], ids=("to SRTP", "to clear", "to other keys"))
def test_what_comes_after_the_packets_underway_is_proved(changed, before, after, keys, proved, underway):
    """Those neither use up the trials of the key nor show that a payload is too long for clear media."""
    old, new = (Media(*ends(0), key) for key in keys)
    late = sent(old, 20 + underway)
    new.extended, new.timestamp = old.extended, old.timestamp

    class Both:
        """One source, whose key changes."""
        sender, receiver = ends(0)
        packets = [packet for *_, packet in late] + [packet for *_, packet in sent(new, 130)]

        def packet(self):
            return self.packets.pop(0)

    assert changed(before, after, [(Both(), 20, underway + 130)], ()) == (set(), proved)
