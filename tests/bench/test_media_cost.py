# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin adds to the packets of a known stream, once its first ones have proved what it is.

Two captures of the same call differ in the number of packets alone: the difference is what further packets cost.
"""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "tshark"))

from callgrind import instructions  # noqa: E402
from crafted import KEYS, pcapng, scenario  # noqa: E402
from media import ANSWERER, OFFERER, SDES, answer, both, datagram, offer  # noqa: E402

FEW, MANY = 30, 630  # packets of each side: as many as make the rest of a run too small to count
MOST = 3030
MOST_GROWTH = 1.02  # of what a packet takes
RUNS = 9  # at most; a process seeds its hash tables, and what falls together in them costs up to half a per cent more
SUMMARY, DETAILS = (), ("-V",)

# Kind of media, output, and how many per cent of stock's instructions the plugin may add. Nobody looks at a tree while
# a capture is loaded; in the details each packet has eight more items.
# What frames of no stream cost is in test_speed.py. In summaries 1.3 % are ours and the call of the plugin; where blocks
# of memory happen to lie changes what malloc and the hash tables of Wireshark itself take, by half a per cent.
LIMITS = [
    ("srtp", SUMMARY, 2.0),
    ("unproved", SUMMARY, 2.0),
    ("srtp", DETAILS, 10.0),
]

# What is said, and what flows: of a codec that is not as long as it takes in time, nothing can be proved.
KINDS = {
    "srtp": lambda: (SDES, both(KEYS)),
    "unproved": lambda: ([make(profile="RTP/AVP", formats="111") for make in (offer, answer)], both(payload_type=111)),
}


def frames(count, kind="srtp"):
    """The call and its media."""
    now = scenario.START
    signaling = (OFFERER[0], 5060), (ANSWERER[0], 5060)
    texts, media = KINDS[kind]()
    for sender, receiver, payload in ((*signaling, texts[0]), (*reversed(signaling), texts[1])):
        yield from datagram(sender, receiver, payload, now)
    for _ in range(count):
        for source in media:
            yield from datagram(source.sender, source.receiver, source.packet(), now)
            now += 10_000


@pytest.fixture(scope="module")
def cost(stage):
    """cost(kind, output, plugin, counts, once_more=False): instructions of a packet between the two counts.

    Of each capture, the fewest of the runs so far.
    """
    paths, known = {}, {}

    def capture(kind, count):
        if (kind, count) not in paths:
            path = paths[kind, count] = stage.top / f"media-{kind}-{count}.pcapng"
            with open(path, "wb") as file:
                writer = pcapng.Writer(file)
                for frame in frames(count, kind):
                    writer.packet(*frame)
            path.chmod(0o644)
        return paths[kind, count]

    def total(kind, output, plugin, count, once_more):
        key = kind, output, plugin, count
        if key not in known or once_more:
            measured = instructions(stage, ["-r", capture(kind, count), *output], plugin)
            known[key] = min(measured, known.get(key, measured))
        return known[key]

    def measure(kind, output, plugin, counts=(FEW, MANY), once_more=False):
        few, many = (total(kind, output, plugin, count, once_more) for count in counts)
        return (many - few) / (2 * (counts[1] - counts[0]))

    return measure


@pytest.mark.parametrize("kind, output, limit", LIMITS, ids=[" ".join((kind, *output)) for kind, output, _ in LIMITS])
def test_cost_of_a_packet_beside_stock(kind, output, limit, cost):
    for run in range(RUNS):
        ours, stock = (cost(kind, output, plugin, once_more=run > 0) for plugin in (True, False))
        added = 100 * (ours - stock) / stock
        print(f"media {kind} {' '.join(output)}: stock {stock:.0f} instructions a packet, with the plugin {ours:.0f}: "
              f"{added:+.2f} %")
        if added <= limit:
            break
    assert added <= limit


def test_packets_were_measured(cost):
    """Stock's RTP takes thousands of instructions a packet: less, and it was not read."""
    assert cost("srtp", SUMMARY, False) > 10_000


def test_time_is_linear(cost):
    """The last of many packets takes what the first ones took."""
    first, later = (cost("srtp", SUMMARY, True, counts) for counts in ((FEW, MANY), (MANY, MOST)))
    print(f"instructions of a packet: {first:.0f} of the first {2 * MANY}, {later:.0f} of the next {2 * (MOST - MANY)}")
    assert later <= MOST_GROWTH * first
