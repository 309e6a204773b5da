# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin costs, in instructions; the figures are printed with `pytest -rP`."""

import re

import pytest

from callgrind import instructions, instructions_of_calls
from crafted import MESSAGES, call_text, message, pcapng, scenario, variants, wire

INVITES = 100
CALLS = 100
# Nobody looks at the first ones, which are not read. Of the second ones, reports are read as far as to their call, and
# commands whole, since the call needs them.
BODIES = ("presence", "client-settings")
BODIES_OF_CALLS = ("client-reports", "conference-commands")
BODY_ROUNDS = 20
BODY_TYPE = re.compile(rb"^(Content-Type: )application/[^\r\n]*", re.MULTILINE)
UNKNOWN_TYPE = rb"\g<1>application/example"
OTHER_CONVERSATIONS = 250

SUMMARY = ()
DETAILS = ("-V",)
FIELDS = ("-T", "fields", "-e", "frame.number")
FILTERED = ("-Y", "!sip")

BODIES_UNREAD = 0.5  # per cent of stock's instructions; to know the type takes some
RUNS_DIFFER = 0.1  # per cent of instructions, from run to run
RUNS = 5  # at most; a process seeds its hash tables, and what falls together in them costs up to 1 % more

# Traffic, output, and how many per cent of stock's instructions the plugin may add to them. Plain calls have no mark of
# Microsoft's; calls of 7 messages have one, and little else. An INVITE comes in TCP segments, as it did in the capture
# of the README; alone in a frame, stock has little else to do.
LIMITS = [
    ("other", SUMMARY, 1 + RUNS_DIFFER),
    ("other", DETAILS, 1 + RUNS_DIFFER),
    ("other", FIELDS, 1 + RUNS_DIFFER),
    ("other", FILTERED, 1 + RUNS_DIFFER),
    ("plain calls", SUMMARY, 8.0),
    ("calls of 7 messages", SUMMARY, 20.0),
    ("invites", SUMMARY, 13.0),
    ("invites", FIELDS, 40.0),
    ("invites", DETAILS, 35.0),
    ("invites alone", SUMMARY, 13.0),
    ("invites alone", DETAILS, 75.0),
    ("bodies", SUMMARY, 22.5),
    ("bodies of calls", SUMMARY, 47.0),
]


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


def plain_call_frames():
    """The first call of the sample plain-sip again and again: an ordinary one, over UDP."""
    payloads = [(path.name[3], path.read_bytes()) for path in sorted((MESSAGES / "plain-sip/1-call-udp").glob("*.sip"))]
    for number in range(CALLS):
        link = wire.UdpConversation(*scenario.endpoints(number, over_tcp=False), scenario.START + number)
        for party, payload in payloads:
            call_id = message.header(payload, "Call-ID").encode("ascii")
            yield from link.send(party, payload.replace(call_id, b"%08x" % number + call_id[8:]))


def body_frames(samples, are_known=True):
    """The messages of samples with bodies that are no SDP: NOTIFY, SERVICE and INFO, each in one frame.

    are_known: False gives the bodies a type that nobody knows.
    """
    payloads = [path.read_bytes() for name in samples for path in sorted((MESSAGES / name).glob("*.sip"))]
    if not are_known:
        payloads = [BODY_TYPE.sub(UNKNOWN_TYPE, payload, count=1) for payload in payloads]
    for number in range(BODY_ROUNDS):
        link = wire.TcpConversation(*scenario.endpoints(number), scenario.START, segment=wire.OFFLOADED_SEGMENT)
        for payload in payloads:
            call_id = message.header(payload, "Call-ID").encode("ascii")
            yield from list(link.send("a", payload.replace(call_id, b"%08x" % number + call_id[8:])))[:1]


def call_frames():
    """Short calls over UDP that agree on SRTP, from INVITE to BYE."""
    for number in range(CALLS):
        near, far = scenario.endpoints(number, over_tcp=False)
        link = wire.UdpConversation(near, far, scenario.START + number)
        dialog = call_text.Dialog(number, "nora@example.org", "anna@example.com", near, far)
        offer = (call_text.session(near.address)
                 + call_text.stream("audio", 50_000, "RTP/AVP", call_text.key_lines(number, 0)))
        answer = (call_text.session(far.address)
                  + call_text.stream("audio", 52_000, "RTP/SAVP", call_text.crypto_line(2, call_text.key(number))))
        for party, payload in (("a", dialog.request("a", "INVITE", offer, tagged=False)),
                               ("b", dialog.response("b", "100 Trying", "INVITE", tagged=False)),
                               ("b", dialog.response("b", "180 Ringing", "INVITE")),
                               ("b", dialog.response("b", "200 OK", "INVITE", answer)),
                               ("a", dialog.request("a", "ACK")),
                               ("a", dialog.request("a", "BYE")),
                               ("b", dialog.response("b", "200 OK", "BYE"))):
            yield from link.send(party, payload)


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
            "plain calls": write(stage, "plain-calls", plain_call_frames()),
            "calls of 7 messages": write(stage, "calls", call_frames()),
            "invites": write(stage, "invites", invite_frames()),
            "invites alone": write(stage, "invites-alone", lone_invite_frames()),
            "bodies": write(stage, "bodies", body_frames(BODIES)),
            "unknown bodies": write(stage, "unknown-bodies", body_frames(BODIES, are_known=False)),
            "bodies of calls": write(stage, "bodies-of-calls", body_frames(BODIES_OF_CALLS))}


@pytest.fixture(scope="module")
def cost(stage, captures):
    """cost(name, output, plugin, once_more=False): instructions of a capture, the fewest of the runs so far."""
    known = {}

    def measure(name, output, plugin, once_more=False):
        key = name, output, plugin
        if key not in known or once_more:
            measured = instructions(stage, ("-r", captures[name], *output), plugin)
            known[key] = min(measured, known.get(key, measured))
        return known[key]

    return measure


@pytest.mark.parametrize("name, output, limit", LIMITS,
                         ids=[" ".join((name, *output)) for name, output, _ in LIMITS])
def test_cost_beside_stock(name, output, limit, cost):
    for run in range(RUNS):
        stock = cost(name, output, plugin=False, once_more=run > 0)
        ours = cost(name, output, plugin=True, once_more=run > 0)
        more = 100 * (ours - stock) / stock
        print(f"{name}, tshark {' '.join(output) or 'summary'}: stock {stock:,}, with the plugin {ours:,} instructions, "
              f"+{more:.2f} % (limit {limit} %)")
        if more <= limit:
            break
    assert more <= limit


def test_bodies_cost_nothing(cost):
    """Bodies that nobody looks at are not read: they cost what bodies of an unknown type do."""
    known, unknown = (cost(name, SUMMARY, plugin=True) - cost(name, SUMMARY, plugin=False)
                      for name in ("bodies", "unknown bodies"))
    more = 100 * (known - unknown) / cost("bodies", SUMMARY, plugin=False)
    print(f"bodies: {known:,} instructions, of an unknown type {unknown:,}: {more:+.2f} % of stock's")
    assert more <= BODIES_UNREAD


def test_packets_were_measured(cost):
    """Start-up is not counted, and the packets are."""
    one = cost("one", FILTERED, plugin=False)
    many = cost("other", FILTERED, plugin=False)
    print(f"one packet: {one:,} instructions, with all that is left beside packets; all packets: {many:,}")
    assert one < 0.05 * many


def test_plugin_was_measured(stage, captures):
    """Under valgrind the plugin is loaded and at work; a run without it would pass all limits."""
    calls = instructions_of_calls(stage, "dissect_skypefed", ("-r", stage.samples / (variants.BASE + ".pcapng")))
    assert len(calls) == 12  # frames of the sample
    assert max(calls) > 50_000
    print(f"the INVITE's frame: {max(calls):,} instructions of the plugin's own; a frame without SIP: {min(calls):,}")
    assert min(calls) < 500


def test_body_that_nobody_looks_at_is_not_read(stage, captures):
    """What its message costs beside stock is the cost of its headers."""
    def read(name, *output):
        return len(instructions_of_calls(stage, "sf_xml_read", ("-r", captures[name], *output)))

    assert read("bodies") == 0
    assert read("bodies", *DETAILS) > 0
    assert read("bodies of calls") > 0
