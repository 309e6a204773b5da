# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin costs, in instructions; the figures are printed with `pytest -rP`.

Each cost is that of a run on many packets less that of the same command on one packet, so that
Wireshark's start-up, some thousand times the cost of a packet, falls out.
"""

import statistics
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tshark"))

from callgrind import instructions, instructions_of_calls  # noqa: E402  (its stage is found by the line above)
from crafted import broken, message, pcapng, scenario, variants, wire, write_one_by_one  # noqa: E402
from stage import Stage, variable  # noqa: E402

INVITES = 100
OTHER_CONVERSATIONS = 250

SUMMARY = ()
DETAILS = ("-V",)
FIELDS = ("-T", "fields", "-e", "frame.number")
# A filter makes Wireshark build, in stock too, the very tree that it builds for a post-dissector that wants `sip`.
FILTERED = ("-Y", "!sip")

# Traffic, output, and how many per cent of stock's instructions the plugin may add to them. The summary of other
# traffic costs more with any post-dissector that wants fields, because Wireshark then builds a tree for every
# packet: what is the plugin's own shows beside a stock run that builds it too. An INVITE comes in TCP segments, as it
# did in the capture of the README; alone in a frame, stock has little else to do.
LIMITS = [
    ("other", FIELDS, 1.0),
    ("other", FILTERED, 1.0),
    ("invites", SUMMARY, 40.0),
    ("invites", DETAILS, 35.0),
    ("invites alone", SUMMARY, 40.0),
    ("invites alone", DETAILS, 75.0),
]

# The addresses of Wireshark's tables differ from run to run, and with them the work of finding something in them: up to
# half a per cent. Where that matters, the middle one of some runs counts.
FINE_LIMIT = 1.0
RUNS = 3

FEW, MANY = 5_000, 10_000
MOST_FOR_TWICE = 2.2

# Stock gives a frame up when its layers reach the depth of its tree; each part is one or two of them.
PARTS = {"parts": (100, 200)}


@pytest.fixture(scope="module")
def stage():
    made = Stage(variable("SKYPEFED_PLUGIN_DIR", "folder that holds X.Y/epan/skypefed.so"))
    yield made
    made.close()


def write(stage, name, frames):
    """A capture of the frames, readable by the tshark that is measured."""
    path = stage.top / f"{name}.pcapng"
    with open(path, "wb") as file:
        writer = pcapng.Writer(file)
        for frame in frames:
            writer.packet(*frame)
    path.chmod(0o644)
    return path


def invites():
    """The INVITE of the README again and again, each in a call of its own."""
    payload = variants.invite()
    call_id = message.header(payload, "Call-ID").encode("ascii")
    for number in range(INVITES):
        yield payload.replace(call_id, b"%08x" % number + call_id[8:])


def invite_frames():
    """Each on a TCP connection of its own."""
    for number, payload in enumerate(invites()):
        link = wire.TcpConversation(*scenario.endpoints(number), scenario.START)
        yield from scenario.play(link, scenario.Conversation([("a", payload)]))


def lone_invite_frames():
    """Each whole in one frame, as a capture on the sending host shows it."""
    for number, payload in enumerate(invites()):
        link = wire.TcpConversation(*scenario.endpoints(number), scenario.START, segment=wire.OFFLOADED_SEGMENT)
        yield from list(link.send("a", payload))[:1]


def other_frames():
    """Web requests over TCP and log lines over UDP: frames of the kinds and sizes that most captures are full of."""
    request = b"GET /status HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\n" + b"status ok\n" * 90
    for number in range(OTHER_CONVERSATIONS):
        ends = scenario.endpoints(number % 100, server_port=80)
        web = wire.TcpConversation(wire.Endpoint(ends[0].mac, ends[0].address, 50_000 + number), ends[1],
                                   scenario.START + number)
        yield from web.open()
        yield from web.send("a", request)
        yield from web.send("b", response)
        yield from web.close()
        log = wire.UdpConversation(*scenario.endpoints(number % 100, server_port=514, over_tcp=False), web.now)
        yield from log.send("a", b"<134>1 2026-03-02T09:00:05Z pool01.example.com monitor - - - service %d up" % number)


@pytest.fixture(scope="module")
def captures(stage):
    """Name -> path of the captures that are measured, and "one", of a single packet."""
    return {"one": write(stage, "one", list(other_frames())[:1]),
            "other": write(stage, "other", other_frames()),
            "invites": write(stage, "invites", invite_frames()),
            "invites alone": write(stage, "invites-alone", lone_invite_frames())}


@pytest.fixture(scope="module")
def cost(stage, captures):
    """cost(name, output, plugin, runs): instructions of a capture less those of one packet."""
    start_up = {}

    def run(name, output, plugin, runs):
        return statistics.median(instructions(stage, ("-r", captures[name], *output), plugin) for _ in range(runs))

    def measure(name, output, plugin, runs):
        key = output, plugin, runs
        if key not in start_up:
            start_up[key] = run("one", output, plugin, runs)
        return run(name, output, plugin, runs) - start_up[key]

    return measure


@pytest.mark.parametrize("name, output, limit", LIMITS,
                         ids=[" ".join((name, *output)) for name, output, _ in LIMITS])
def test_cost_beside_stock(name, output, limit, cost):
    runs = RUNS if limit <= FINE_LIMIT else 1
    stock = cost(name, output, plugin=False, runs=runs)
    ours = cost(name, output, plugin=True, runs=runs)
    more = 100 * (ours - stock) / stock
    print(f"{name}, tshark {' '.join(output) or 'summary'}: stock {stock:,}, with the plugin {ours:,} instructions, "
          f"+{more:.2f} % (limit {limit} %)")
    assert more <= limit


def test_plugin_was_measured(stage, captures):
    """Under valgrind the plugin is loaded and at work; a run without it would pass all limits."""
    calls = instructions_of_calls(stage, "dissect_skypefed", ("-r", stage.samples / (variants.BASE + ".pcapng")))
    assert len(calls) == 12  # frames of the sample
    assert max(calls) > 50_000
    print(f"the INVITE's frame: {max(calls):,} instructions of the plugin's own; a frame without SIP: {min(calls):,}")
    assert min(calls) < 500


def test_time_is_linear(stage):
    """Twice the elements of any kind cost at most a little more than twice the instructions."""
    kinds = broken.names()
    payloads = [broken.many(kind, count) for kind in kinds for count in PARTS.get(kind, (FEW, MANY))]
    path = stage.top / "many.pcapng"
    with open(path, "wb") as file:
        write_one_by_one(file, payloads)
    path.chmod(0o644)
    # One call of the plugin for each frame; those that end a message are no cheaper than a thousand of the others.
    calls = [count for count in instructions_of_calls(stage, "dissect_skypefed", ("-r", path)) if count > 20_000]
    assert len(calls) == len(payloads)
    ratios = {}
    for kind, few, many in zip(kinds, calls[::2], calls[1::2]):
        ratios[kind] = many / few
        print(f"{kind}: {few:,} and {many:,} instructions, {ratios[kind]:.2f} times")
    assert {kind: ratio for kind, ratio in ratios.items() if ratio > MOST_FOR_TWICE} == {}
