# SPDX-License-Identifier: GPL-2.0-or-later
"""Every message of a frame is found, once, whether the first pass builds a tree or not.

What finds it differs: a hook of the SIP dissector, called for the user parts of From, To and Contact; the
text of the frame, where these have none; or the tree, where another plugin has the hook.
"""

import shutil
import struct
from pathlib import Path

import pytest

from crafted import crypto, request, scenario, session, stream_of, wire, written
from stage import variable
from websocket import conversation, masked

BODY = session(stream_of("RTP/AVP", crypto(1)))
LONG_BODY = BODY + "a=x-other\r\n" * 400

# The tree of the first pass. The second pass of -2 has one for the output, the first one for a filter alone.
FIRST_PASSES = {"a tree": (), "a tree for a filter": ("-2", "-Y", "skypefed"), "no tree": ("-2",)}


def sent(epid, body="", start="INVITE sip:anna@example.com SIP/2.0", **more):
    """A message with the mark by which this test knows it."""
    return request(f"call-{epid}", body, start=start, sender=f"<sip:nora@example.org>;epid={epid};tag=1", **more)


def server(epid, body="", start="OPTIONS sip:edge.example.com SIP/2.0", **more):
    """The same between servers: no user part anywhere."""
    return request(f"call-{epid}", body, start=start, sender=f"<sip:fe01.example.org>;epid={epid};tag=1",
                   receiver="<sip:edge.example.com>", **more)


def plain(name):
    """A message without a mark of Microsoft's."""
    return request(name, sender="<sip:nora@example.org>;tag=1")


def around(message):
    """A body that holds a message."""
    return {"body": f"--b\r\nContent-Type: message/sip\r\n\r\n{message.decode('utf-8')}\r\n--b--\r\n",
            "content_type": "multipart/mixed;boundary=b"}


def udp(payload, trailer=b""):
    """What makes frames of a datagram; the last one has more bytes than it."""
    def frames(number):
        link = wire.UdpConversation(*scenario.endpoints(number, over_tcp=False), start_of(number))
        *most, (when, last) = link.send("a", payload)
        return [*most, (when, last + trailer)]

    return frames


def with_checksum(payload, checksum):
    """What makes a frame of a datagram whose UDP header ends with that checksum, which nobody verifies."""
    def frames(number):
        [(when, frame)] = udp(payload)(number)
        begin = frame.index(payload)
        return [(when, frame[:begin - len(checksum)] + checksum + payload)]

    return frames


def tcp(*payloads, segment=wire.OFFLOADED_SEGMENT):
    """What makes frames of a connection, in one segment unless its length is given."""
    def frames(number):
        link = wire.TcpConversation(*scenario.endpoints(number), start_of(number), segment=segment)
        return scenario.play(link, scenario.Conversation([("a", b"".join(payloads))]))

    return frames


def websocket(*frames_sent):
    """What makes frames of a WebSocket whose client sends these in one segment. Each is a data source of its own."""
    def frames(number):
        ends = scenario.endpoints(number, server_port=80)
        return conversation(*ends, start_of(number), frames_sent)

    return frames


def last_segment(before, length, *after):
    """What makes frames of a connection: all but the last bytes of a message, and these with other messages."""
    def frames(number):
        link = wire.TcpConversation(*scenario.endpoints(number), start_of(number), segment=wire.OFFLOADED_SEGMENT)
        talk = [("a", before[:-length]), ("a", before[-length:] + b"".join(after))]
        return scenario.play(link, scenario.Conversation(talk))

    return frames


def start_of(number):
    """The time at which the conversation of this number begins."""
    return scenario.START + number * 20_000_000


# Its body looks like a message.
REPORT = sent("1", "SIP/2.0 200 OK\r\n", start="NOTIFY sip:anna@example.com SIP/2.0", content_type="message/sipfrag")
REPORT_UNENDED = sent("1", "SIP/2.0 200 OK", start="NOTIFY sip:anna@example.com SIP/2.0", content_type="message/sipfrag")
SERVER_RESPONSE = server("2", start="SIP/2.0 200 OK")
LONG_START = f"SERVICE sip:{'a' * 300}@example.com SIP/2.0"

# The first part ends as the message begins.
SPLIT = server("1", BODY).index(b"OPTIONS", 1) + len(b"OPTIONS")

FOUR_SERVERS = [server(str(number), BODY) for number in range(1, 5)]

# Frames, and the messages that we show of them, in the order of the frame.
FRAMES = {
    "datagram": (udp(sent("1")), "1"),
    "datagram of a server": (udp(server("1", BODY)), "1"),
    "datagram in fragments": (udp(sent("1", LONG_BODY)), "1"),
    "datagram of a server in fragments": (udp(server("1", LONG_BODY)), "1"),
    "datagram that is cut off": (udp(sent("1", BODY)[:-30]), "1"),
    "datagram of a server that is cut off": (udp(server("1", BODY)[:-30]), "1"),
    "datagram with another message after it": (udp(server("1") + server("2")), "1"),
    "segment": (tcp(sent("1")), "1"),
    "segment of a server": (tcp(server("1")), "1"),
    "segments": (tcp(sent("1", BODY), segment=100), "1"),
    "segments of a server": (tcp(server("1", BODY), segment=100), "1"),
    "server first": (tcp(server("1"), sent("2"), sent("3")), "123"),
    "server in the middle": (tcp(sent("1"), server("2", BODY), sent("3")), "123"),
    "server last": (tcp(sent("1"), sent("2"), server("3")), "123"),
    "servers": (tcp(*FOUR_SERVERS), "1234"),
    "servers in segments": (tcp(*FOUR_SERVERS, segment=137), "1234"),
    "server that goes on elsewhere": (tcp(sent("1"), server("2", BODY)[:-30]), "1"),
    "report of a transfer in segments": (tcp(REPORT, sent("2"), segment=137), "12"),
    "report of a transfer, then a server": (tcp(REPORT, server("2"), segment=193), "12"),
    "report of a transfer in the segment of a response": (last_segment(REPORT, 1, SERVER_RESPONSE), "12"),
    "the same report without a line end": (last_segment(REPORT_UNENDED, 1, SERVER_RESPONSE), "12"),
    "report of a transfer, a line of it in the segment of a response": (last_segment(REPORT, 16, SERVER_RESPONSE), "12"),
    "text that ends as the next message begins": (last_segment(sent("1", "SIP/2"), 2, SERVER_RESPONSE), "12"),
    "text that ends as the next header begins": (last_segment(sent("1", "V"), 1, SERVER_RESPONSE), "12"),
    "WebSocket": (websocket(masked(sent("1"))), "1"),
    "WebSocket, messages alike": (websocket(masked(sent("1", BODY)), masked(sent("2", BODY)), masked(sent("3", BODY))), "123"),
    "WebSocket, a server's in two frames": (
        websocket(masked(server("1", BODY)[:SPLIT], is_last=False), masked(server("1", BODY)[SPLIT:], opcode=0)), "1"),
    "start line over two segments": (tcp(sent("1"), sent("2", start=LONG_START), segment=400), "12"),
    "plain in the middle": (tcp(sent("1"), plain("2"), sent("3")), "13"),
    "message in a message": (tcp(sent("1", **around(sent("2"))), sent("3")), "123"),
    "plain in a message": (tcp(sent("1", **around(plain("2"))), sent("3")), "13"),
    "message in a server's": (tcp(server("1", **around(sent("2")))), "12"),
    "quoted status line": (udp(server("1", headers="ms-diagnostics: 1;reason=\"SIP/2.0 404 Not Found\"\r\n")), "1"),
    "response": (udp(sent("1", start="SIP/2.0 200 OK")), "1"),
    "response of a server": (udp(server("1", start="SIP/2.0 200 OK")), "1"),
    "unknown method": (tcp(sent("1", start="FOO sip:anna@example.com SIP/2.0")), "1"),
    "URI in other headers alone": (udp(server("1", start="OPTIONS sip:anna@example.com SIP/2.0")), "1"),
}


@pytest.fixture(scope="module")
def all_frames(capture):
    return capture(written([maker for maker, _ in FRAMES.values()]))


EXPECTED = {name: list(found) for name, (_, found) in FRAMES.items()}


@pytest.fixture(scope="module")
def found(fields):
    """found(capture of FRAMES, *arguments, **how): the messages that we show of each, in the order of our trees."""
    def read(path, *arguments, **how):
        seen = {name: [] for name in FRAMES}
        ends = [scenario.endpoints(number)[0].address for number in range(len(FRAMES))]
        names = dict(zip(ends, FRAMES))
        assert len(names) == len(FRAMES)
        for row in fields(path, "ip.src", "skypefed.epid", args=arguments, **how):
            for epid in row["skypefed.epid"]:
                seen[names[row["ip.src"][0]]].append(epid)
        return seen

    return read


@pytest.mark.parametrize("first", FIRST_PASSES)
def test_messages_of_a_frame(first, found, all_frames):
    assert found(all_frames, *FIRST_PASSES[first]) == EXPECTED


def test_bytes_after_a_datagram_are_no_body(fields, capture):
    """A message without Content-Length ends with its datagram, not with its frame."""
    whole = sent("1", BODY).replace(b"Content-Length", b"X-Length")
    path = capture(written([udp(whole, trailer) for trailer in (b"", b"a=crypto:")]))
    bare, trailed = fields(path, "skypefed.sdp", "skypefed.crypto", "skypefed.expert.malformed")
    assert trailed == bare and bare["skypefed.crypto"]


def test_frames_that_a_read_filter_drops(tshark, capture):
    """The next frame has the number of one that was dropped, but none of its data."""
    messages = [sent(f"e{number}", LONG_BODY[:15 * (number % 60)]) if number % 3 == 0 else plain(f"plain-{number}")
                for number in range(300)]
    path = capture(written([lambda number, message=message: udp(message)(number % 200) for message in messages]))
    for _ in range(3):
        listed = tshark("-2", "-R", "skypefed", "-r", path, "-q", "-z", "skypefed,calls").splitlines()
        assert len([line for line in listed if "nora@example.org" in line]) == 100
    shown = tshark("-2", "-R", "skypefed", "-r", path, "-T", "fields", "-e", "skypefed.call")
    assert len(shown.split()) == 100


def test_disabled_it_leaves_no_trace(tshark, samples):
    """The hook goes on being called then; what it did not take would be shown as data."""
    listing = tshark("-r", samples / "several-calls.pcapng", "--disable-protocol", "skypefed", "-V")
    assert "Skype/Lync" not in listing and "Data (" not in listing
    assert "SIP from address User Part" in listing


@pytest.fixture(params=["the global folder", "the user's folder"])
def beside_rival(request, stage):
    """Arguments for tshark(): ours and another plugin that has the hook, which is loaded from the folder named."""
    rival = Path(variable("SKYPEFED_BINARY_DIR", "build folder")) / "tests" / "rival.so"
    home, plugins = stage.folder("home"), stage.folder("plugins")
    ours = next(stage.plugins.glob("*/epan/skypefed.so"))
    epan = ours.relative_to(stage.plugins).parent
    personal = home / ".local/lib/wireshark/plugins" / epan
    for folder in (plugins / epan, personal):
        folder.mkdir(parents=True)
    is_global = request.param == "the global folder"
    shutil.copy(rival, plugins / epan if is_global else personal)
    shutil.copy(ours, personal if is_global else plugins / epan)
    for folder in (home, plugins):
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
    return {"plugin": plugins, "extra_environment": {"HOME": str(home)}}


WARNING = 'rival.so registers the dissector "sip.uri_userinfo", which only one plugin can'


def test_another_plugin_has_the_hook(stage, beside_rival, samples):
    """Wireshark aborts when a name is registered twice, so we leave it to the other one, and say so."""
    program = variable("TSHARK", "path of the tshark to test")
    command = [program, "-r", samples / "several-calls.pcapng", "-Y", "skypefed", "-T", "fields",
               "-e", "frame.number", "-e", "skypefed.caller"]
    done, alone = stage.run(command, **beside_rival), stage.run(command)
    assert done.returncode == 0 and WARNING in done.stderr.decode("utf-8"), done.stderr
    assert done.stdout == alone.stdout != b"" and b"registers" not in alone.stderr
    listing = stage.run([program, "-G", "protocols"], **beside_rival).stdout
    assert b"Rival of SkypeFed" in listing and b"Skype/Lync Federation" in listing


@pytest.mark.parametrize("first", FIRST_PASSES)
def test_messages_of_a_frame_by_the_tree(first, stage, beside_rival, all_frames):
    """The old way finds the same messages; of a frame, in the order in which they lie in it."""
    program = variable("TSHARK", "path of the tshark to test")
    done = stage.run([program, "-r", all_frames, *FIRST_PASSES[first], "-T", "fields", "-e", "ip.src",
                      "-e", "skypefed.epid"], **beside_rival)
    seen = {}
    for line in done.stdout.decode("ascii").splitlines():
        source, epids = line.split("\t")
        seen.setdefault(source, []).extend(epids.split(",") if epids else [])
    ends = [scenario.endpoints(number)[0].address for number in range(len(FRAMES))]
    assert {name: sorted(seen[end]) for name, end in zip(FRAMES, ends)} == {
        name: sorted(found) for name, found in EXPECTED.items()}


@pytest.mark.parametrize("checksum", [b"\rg", b"\nG", b"gG", b"\r\n"])
def test_no_letter_of_the_checksum_is_of_the_method(checksum, fields, capture):
    """A line end and a letter in front of the method: the message begins after them."""
    path = capture(written([with_checksum(sent("0123456789"), checksum)]))
    [row] = fields(path, "skypefed.call", "skypefed.epid", where="skypefed")
    assert row == {"skypefed.call": ["1"], "skypefed.epid": ["0123456789"]}


def stamped(frames_of, echo):
    """What makes the same frames with a TCP timestamp in front of each payload, which ends with these four bytes."""
    options = b"\1\1\x08\x0a" + bytes(4) + echo

    def with_options(frame):
        has_payload = frame[46] == 0x50 and len(frame) > 54
        return frame if not has_payload else (
            frame[:16] + struct.pack("!H", len(frame) - 14 + len(options)) + frame[18:46] + b"\x80" + frame[47:54]
            + options + frame[54:])

    return lambda number: [(when, with_options(frame)) for when, frame in frames_of(number)]


BLANKS = (b"\n\t", b"\r\t", b"\n ", b"\r ")


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("make", [sent, server])
@pytest.mark.parametrize("checksum", BLANKS)
def test_no_blank_of_the_checksum_makes_a_fold_of_the_message(checksum, make, args, fields, capture):
    """Also of the first message, before which nobody knows where messages begin."""
    path = capture(written([with_checksum(make("0123456789"), checksum)]))
    rows = fields(path, "skypefed.epid", where="skypefed", args=args)
    assert rows == [{"skypefed.epid": ["0123456789"]}]


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("make", [sent, server])
@pytest.mark.parametrize("echo", [b"\0\0" + end for end in BLANKS] + [b"\0\nA:", b"\0\r a", b"\n\t\t\t", b"\0\0\0\n"])
def test_no_timestamp_makes_a_header_of_the_message(echo, make, args, fields, capture):
    path = capture(written([stamped(tcp(make("0123456789"), make("00000000ab")), echo)]))
    rows = fields(path, "skypefed.epid", where="skypefed", args=args)
    assert rows == [{"skypefed.epid": ["0123456789", "00000000ab"]}]


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("echo", [bytes(4), b"\0\0\0g", b"\0\0\ng"])
def test_letter_in_front_of_the_rest_of_a_method(echo, args, fields, capture):
    """A segment begins within the start line of a message that is in the body of another one."""
    outer = sent("0123456789", **around(server("2")))
    length = len(outer) - outer.index(b"TIONS sip:edge.example.com")
    path = capture(written([stamped(last_segment(outer, length, server("00000000ab")), echo)]))
    assert fields(path, "skypefed.epid", where="skypefed", args=args) == [{"skypefed.epid": ["0123456789", "00000000ab"]}]
