# SPDX-License-Identifier: GPL-2.0-or-later
"""The text that tshark writes of a followed stream (plugin/doc/log-formats.md, section 14).

The truth are the bytes of invented connections. `written()` writes them as tshark does, and one test lets the real tshark
do it. Between two messages there is not always a line end, and a piece of the stream ends anywhere.
"""

import random
import struct

import pytest

import loggen
from records import OPTIONS, message, only

RULE = "=" * 67
ENDS = (("192.0.2.10", 49152), ("198.51.100.10", 5061))
BODY = b"<a>1\r\n1460\r\n2</a>"
SUBSCRIBE = message("SUBSCRIBE sip:user@example.com SIP/2.0", *OPTIONS[1:-1], "Content-Type: application/xml",
                    f"Content-Length: {len(BODY)}") + BODY
ANSWER = message("SIP/2.0 200 OK", *OPTIONS[1:])


def written(pieces, protocol="tcp", ends=ENDS, end="\n"):
    """The text of a stream: pieces are (number of the end, bytes). end: of the lines that tshark adds."""
    head = ["", RULE, f"Follow: {protocol},ascii", f"Filter: {protocol}.stream eq 0",
            *(f"Node {number}: {address}:{port}" for number, (address, port) in enumerate(ends)), ""]
    text = end.join(head).encode()
    for number, data in pieces:
        text += b"\t" * number + f"{len(data)}{end}".encode() + data + end.encode()
    return text + RULE.encode() + end.encode()


def cut(data, size):
    return [data[at : at + size] for at in range(0, len(data), size)]


def only_lf(text):
    """As an editor or a terminal gives it back."""
    return text.replace(b"\r\n", b"\n")


@pytest.fixture(scope="module")
def calls():
    return loggen.calls(60, seed=17)


def stream_of(messages):
    """(number of the end, bytes): the messages of one call after the other; the end 0 has received what is 'in'."""
    return [(0 if message.direction == "in" else 1, message.text) for message in messages]


@pytest.mark.parametrize("change", [bytes, only_lf], ids=["as written", "LF only"])
@pytest.mark.parametrize("protocol", ["tcp", "udp", "tls", "sip"])
def test_message_in_a_piece(convert, calls, protocol, change):
    result = convert(change(written(stream_of(calls), protocol)))
    assert result.texts == [message.text for message in calls]
    assert f"{len(calls)} messages written from 1 log (followed stream of tshark); of these, {len(calls)} have no time" in result.summary
    for packet, message in zip(result.packets, calls):
        expected = ENDS if message.direction == "in" else ENDS[::-1]
        assert (packet.source, packet.destination) == expected
        assert packet.direction is None
        if protocol in ("tcp", "udp"):
            assert packet.transport == protocol
        assert not any("states" in comment for comment in packet.comments)


@pytest.mark.parametrize("first", range(1, 9))
def test_first_letters_in_a_piece_of_their_own(convert, first):
    """Old TLS stacks send the first byte of each message in a record of its own."""
    messages = [SUBSCRIBE, ANSWER, SUBSCRIBE]
    pieces = [(0, piece) for text in messages for piece in (text[:first], text[first:])]
    assert convert(written(pieces)).texts == messages


@pytest.mark.parametrize("change", [bytes, only_lf], ids=["as written", "LF only"])
@pytest.mark.parametrize("size", [*range(1, 24), 137, 536, 1460, 65536])
def test_pieces_of_any_size(convert, size, change):
    """Both ends send at the same time, and bodies end without a line end."""
    sides = [SUBSCRIBE + SUBSCRIBE + ANSWER, ANSWER + SUBSCRIBE + SUBSCRIBE]
    pieces = []
    for pair in zip(cut(sides[0], size), cut(sides[1], size)):
        pieces += enumerate(pair)
    for number, side in enumerate(sides):
        pieces += [(number, piece) for piece in cut(side, size)[len(pieces) // 2 :]]
    result = convert(change(written(pieces)))
    for number, wanted in enumerate(([SUBSCRIBE, SUBSCRIBE, ANSWER], [ANSWER, SUBSCRIBE, SUBSCRIBE])):
        assert [packet.text for packet in result.packets if packet.source == ENDS[number]] == wanted


def test_random_pieces(convert, calls):
    rng = random.Random(5)
    sides = {number: b"".join(text for side, text in stream_of(calls) if side == number) for number in (0, 1)}
    left, pieces = dict(sides), []
    while any(left.values()):
        number = rng.choice([side for side in left if left[side]])
        size = rng.choice([1, 2, 7, 300, 1460])
        pieces.append((number, left[number][:size]))
        left[number] = left[number][size:]
    result = convert(written(pieces))
    for number, data in sides.items():
        assert b"".join(packet.text for packet in result.packets if packet.source == ENDS[number]) == data
    assert len(result.packets) == len(calls)


def test_wire_with_lf_only(convert):
    """Line ends that were LF on the wire."""
    data = SUBSCRIBE.replace(b"\r\n", b"\n").replace(f"Content-Length: {len(BODY)}".encode(),
                                                      f"Content-Length: {len(BODY) - 2}".encode())
    packet = only(convert(written([(0, piece) for piece in cut(data, 50)])))
    assert packet.text.split(b"\r\n\r\n", 1)[1] == BODY.replace(b"\r\n", b"\n")


def test_second_end_is_not_known(convert):
    """tshark does not know it if nothing of TLS came from there."""
    packet = only(convert(written([(0, ANSWER)], "tls", (ENDS[0], ("", 0)))))
    assert packet.source == ENDS[0] and packet.text == ANSWER
    (packet,) = convert(written([(1, ANSWER)], "tls", (ENDS[0], ("", 0)))).packets
    assert packet.destination == ENDS[0]


def test_ipv6(convert):
    packet = only(convert(written([(0, ANSWER)], ends=(("[2001:db8::1]", 5061), ENDS[1]))))
    assert packet.source == ("2001:db8::1", 5061)


def test_several_streams(convert):
    """With the summary of the packets between, as without -q."""
    text = b"    1 0.000 192.0.2.10 -> 192.0.2.11 SIP Request: OPTIONS sip:user@example.com SIP/2.0\n"
    result = convert(text + written([(0, SUBSCRIBE)]) + text + written([(1, ANSWER)], "udp") + text)
    assert result.texts == [SUBSCRIBE, ANSWER]
    assert [packet.transport for packet in result.packets] == ["tcp", "udp"]


def test_keep_alives_and_other_data(convert):
    """CRLF between messages is no message, and data that is no SIP is counted."""
    result = convert(written([(0, b"\r\n\r\n"), (0, ANSWER), (1, b"\r\n"), (0, b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")]))
    assert result.texts == [ANSWER]
    assert "skipped: 2 empty records, 1 fragment of a message" in result.summary


def test_cut_in_the_middle(convert):
    """The text ends inside a message: what is there is told to be incomplete."""
    text = written([(0, SUBSCRIBE)])
    packet = only(convert(text[: text.index(b"</a>")]))
    assert SUBSCRIBE.startswith(packet.text) and any(comment.startswith("Incomplete") for comment in packet.comments)


def test_lines_are_missing(convert):
    """Less than the stated number of bytes: the next pieces are found all the same."""
    text = written([(0, SUBSCRIBE), (1, ANSWER), (0, SUBSCRIBE)])
    shorter = text.replace(b"Max-Forwards: 70\r\n", b"", 1)
    starts = [text.split(b"\r\n", 1)[0] for text in convert(shorter).texts]
    assert starts == [SUBSCRIBE.split(b"\r\n", 1)[0], b"SIP/2.0 200 OK", SUBSCRIBE.split(b"\r\n", 1)[0]]


def test_a_dump_is_no_text(convert):
    """Hexadecimal output has no messages, and is not taken for them."""
    result = convert(written([(0, ANSWER)]).replace(b",ascii", b",raw"))
    assert "followed stream" not in result.summary


def test_window_text(convert, calls):
    """What the window saves: the bytes of both ends, with nothing between."""
    result = convert(b"".join(message.text for message in calls))
    assert result.texts == [message.text for message in calls]
    assert convert(SUBSCRIBE + ANSWER + SUBSCRIBE).texts == [SUBSCRIBE, ANSWER, SUBSCRIBE]


def ethernet(source, destination, data, number):
    """A UDP datagram in a frame of a pcap file."""
    def address(text):
        return bytes(map(int, text.split(".")))

    udp = struct.pack(">HHHH", source[1], destination[1], 8 + len(data), 0) + data
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), number, 0, 64, 17, 0) + address(source[0]) + address(destination[0])
    frame = b"\2\0\0\0\0\1\2\0\0\0\0\2\x08\0" + ip + udp
    return struct.pack("<IIII", 1381912200 + number, 0, len(frame), len(frame)) + frame


def test_real_tshark(convert, calls, tshark):
    ends = (ENDS[0], (ENDS[1][0], 5060))
    capture = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    for number, (side, text) in enumerate(stream_of(calls)):
        capture += ethernet(ends[side], ends[1 - side], text, number)
    result = convert(tshark(capture, "-q", "-z", "follow,udp,ascii,0"))
    assert result.texts == [message.text for message in calls]
    first = stream_of(calls)[0][0]
    assert result.packets[0].source == ends[first]
