# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages made by chance from the samples, the same for the same seed, and frames that carry them in many ways."""

import random
import re

from crafted import MESSAGES, message, scenario, wire

SEED = 20

# What a Content-Length of N bytes may be written as. Of a value that is no number there is no body.
LENGTHS = (b"abc", b"-1", b"", b"  ", b"+%d", b"%d bytes", b"0x80", b"%d,%d", b"%d ", b" %d\t", b"00%d", b"%d\r", b"\r\n %d",
           b"1e3", b"%d.0", b"\"%d\"", b"99999999999999999999", b"-99999999999", b"4294967296", b"2147483648", b"0", b"100",
           b"abc\r\nContent-Length: %d", b"%d\r\nContent-Length: abc", b"10\r\nContent-Length: %d")

_LENGTH = re.compile(rb"(?im)^(Content-Length[ \t]*:)[^\r\n]*")
_CALL_ID = re.compile(rb"(?im)^((?:Call-ID|i)[ \t]*:[ \t]*)[^\r\n]*")
_USER = re.compile(rb"(?im)^((?:From|To|Contact|f|t|m)[ \t]*:[^\r\n<]*<sips?:)[^@>\r\n]*@")
_BYTES = (b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\0", b"\x80", b"\xff", b" ", b"\t", b"\"", b"<", b">", b";", b",", b"=", b":", b"@",
          b"SIP/2.0", b"SIP/2.0 200 OK\r\n", b"INVITE sip:a@b SIP/2.0\r\n", b"v=0\r\n", b"--")
_STRETCH = 64  # bytes


def samples():
    """All sample messages, in order of their names."""
    return [path.read_bytes() for path in sorted(MESSAGES.rglob("*.sip"))]


def named(content, name):
    """The message with another Call-ID."""
    return _CALL_ID.sub(rb"\g<1>" + name.encode("ascii"), content, count=1)


def with_length(content, written):
    """The message with another Content-Length; %d in it means the true one."""
    length = len(message.split(content)[2])
    value = written.replace(b"%d", b"%d" % length)
    return _LENGTH.sub(lambda found: found.group(1) + b" " + value, content, count=1)


def _place(chance, content):
    return chance.randrange(len(content) + 1)


def _change(chance, content, _):
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1:]


def _insert(chance, content, _):
    at = _place(chance, content)
    return content[:at] + chance.choice(_BYTES) + content[at:]


def _remove(chance, content, _):
    at = _place(chance, content)
    return content[:at] + content[at + chance.randrange(_STRETCH):]


def _double(chance, content, _):
    at = _place(chance, content)
    return content[:at] + content[at:at + chance.randrange(_STRETCH)] + content[at:]


def _cut(chance, content, _):
    return content[:_place(chance, content)]


def _splice(chance, content, other):
    return content[:_place(chance, content)] + other[_place(chance, other):]


def _swap_lines(chance, content, _):
    lines = content.split(b"\r\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\r\n".join(lines)


def _borrow_body(_, content, other):
    head, separator, _ = message.split(content)
    return head + separator + message.split(other)[2]


def _take_users(_, content, __):
    return _USER.sub(rb"\g<1>", content)


def _length(chance, content, _):
    return with_length(content, chance.choice(LENGTHS))


_WAYS = (_change, _insert, _remove, _double, _cut, _splice, _swap_lines, _borrow_body, _take_users, _length)


def messages(count, seed=SEED):
    """`count` mutated messages, each with a Call-ID of its own where it still has one."""
    chance = random.Random(seed)
    sound = samples()
    for number in range(count):
        content = named(chance.choice(sound), f"mutated-{number}")
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            content = chance.choice(_WAYS)(chance, content, chance.choice(sound)) or b"\0"
        yield content


def datagram(number, content):
    """Frames: the message in a datagram."""
    link = wire.UdpConversation(*scenario.endpoints(number % 200, over_tcp=False), _start(number))
    return list(link.send("a", content))


def connection(number, contents, segment=wire.OFFLOADED_SEGMENT):
    """Frames: the messages on a TCP connection of their own, cut every `segment` bytes; by default in one frame."""
    ends = scenario.endpoints(number % 200)
    ends = wire.Endpoint(ends[0].mac, ends[0].address, 20_000 + number), ends[1]
    link = wire.TcpConversation(*ends, _start(number), segment=segment)
    return list(scenario.play(link, scenario.Conversation([("a", b"".join(contents))])))


def _start(number):
    return scenario.START + number * 20_000_000
