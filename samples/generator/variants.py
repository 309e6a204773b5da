# SPDX-License-Identifier: GPL-2.0-or-later
"""Other forms of the one INVITE: each a capture skype-to-lync-invite-<form>.

The message text is in samples/messages/skype-to-lync-invite alone.  A form is a row of FORMS: an
edit of the message, or another way to carry it.
"""

import re

from . import message, scenario, wire

BASE = "skype-to-lync-invite"

# Small enough to cut every long header, and no divisor of the message.
SMALL_SEGMENT = 137

_CALLEE_TAG = "4a8d1e77c2"

# RFC 3261 section 7.3.3 and table 1 of its section 20, with the registered forms of later RFCs.
_COMPACT = {
    "call-id": "i", "contact": "m", "content-encoding": "e", "content-length": "l", "content-type": "c",
    "event": "o", "from": "f", "refer-to": "r", "referred-by": "b", "session-expires": "x",
    "subject": "s", "supported": "k", "to": "t", "via": "v",
}
_HEADER_NAME = re.compile(r"(?m)^([A-Za-z-]+)(?=:)")
_PART_NAME = re.compile(r"(?m)^(Content-[A-Za-z-]+)(?=:)")


def compact(text):
    """Each header that has a compact name uses it; MIME part headers have none."""
    head, blank, body = text.partition("\r\n\r\n")
    return _HEADER_NAME.sub(lambda name: _COMPACT.get(name[1].lower(), name[1]), head) + blank + body


def upper_case(text):
    """All header names in upper case, as Teams writes them; those of the MIME parts too."""
    head, blank, body = text.partition("\r\n\r\n")
    return (_HEADER_NAME.sub(lambda name: name[1].upper(), head) + blank
            + _PART_NAME.sub(lambda name: name[1].upper(), body))


def folded(text):
    """Header lines broken before each parameter, with a blank and a tab in turn (RFC 3261 section 7.3.1)."""
    head, blank, body = text.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    return "\r\n".join([first, *map(_fold, lines)]) + blank + body


def bare_lf(text):
    """Line ends without CR, in header and body."""
    return text.replace("\r\n", "\n")


def padded_base64(text):
    """Draft-06 candidates as Live Messenger wrote them: base64 with its padding."""
    return re.sub(r"(?m)^(a=candidate:)(\S{43})( \d )(\S{22})(?= )", r"\1\2=\3\4==", text)


def loose_blanks(text):
    """Blanks where other stacks put them: around `;`, after the colon of an attribute, at line ends."""
    text = text.replace("Session;handling=optional;ms-proxy-2007fallback",
                        "session; handling=optional; ms-proxy-2007fallback")
    text = re.sub(r"(?m)^(From: <[^>]*>);(epid=\w+);(tag=\w+)", r"\1; \2 ; \3", text)
    text = re.sub(r"boundary=(\w+)", r'boundary="\1"', text)
    text = re.sub(r"(?m)^(a=ice-(?:ufrag|pwd):)", r"\1 ", text)
    return re.sub(r"(?m)^(a=candidate:[^\r\n]*)", r"\1 ", text)


def follow_up(invite, method):
    """A request without a body in the dialog of `invite` (bytes): its route and parties, the next CSeq.

    ACK keeps the number of the INVITE (RFC 3261 section 13.2.2.4).
    """
    _, *lines = message.split(invite)[0].decode("ascii").split("\r\n")
    number = int(message.header(invite, "CSeq").split()[0]) + (method != "ACK")
    edits = {"To": lambda value: value + ";tag=" + _CALLEE_TAG,
             "CSeq": lambda _: f"{number} {method}",
             "Content-Length": lambda _: "0"}
    head = [message.start_line(invite).replace("INVITE", method, 1)]
    for line in lines:
        name, _, value = line.partition(": ")
        if name != "Content-Type":
            head.append(f"{name}: {edits.get(name, str)(value)}")
    return ("\r\n".join(head) + "\r\n\r\n").encode("ascii")


def invite():
    """The message itself, bytes."""
    return scenario.load(BASE)[0].messages[0][1]


def frames(name):
    """The frames of the capture `name`, one of names(): (microseconds, bytes)."""
    return FORMS[name[len(BASE) + 1:]]()


def names():
    """The captures of this module."""
    return [f"{BASE}-{form}" for form in FORMS]


def _edited(edit, **options):
    changed = message.with_true_length(edit(invite().decode("ascii")).encode("ascii"))
    return _play(wire.TcpConversation, [changed], **options)


def _play(conversation, payloads, version=4, **options):
    ends = scenario.endpoints(0, over_tcp=conversation is wire.TcpConversation, version=version)
    return scenario.play(conversation(*ends, scenario.START, **options),
                         scenario.Conversation([("a", payload) for payload in payloads]))


def _three_messages():
    base = invite()
    return base + follow_up(base, "ACK") + follow_up(base, "BYE")


def _fold(line):
    """Break a header line before each `;` outside quotes and angle brackets."""
    pieces, start, quoted, angle = [], 0, False, False
    for at, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "<>":
            angle = character == "<"
        elif not quoted and not angle and character == ";":
            pieces.append(line[start:at])
            start = at
    pieces.append(line[start:])
    return "".join(piece if not at else "\r\n" + " \t"[at % 2] + piece for at, piece in enumerate(pieces))


FORMS = {
    "udp-fragments": lambda: _play(wire.UdpConversation, [invite()]),
    "ipv6": lambda: _play(wire.TcpConversation, [invite()], version=6),
    "small-segments": lambda: _play(wire.TcpConversation, [_three_messages()], segment=SMALL_SEGMENT),
    "three-messages": lambda: _play(wire.TcpConversation, [_three_messages()], segment=wire.OFFLOADED_SEGMENT),
    "bare-lf": lambda: _edited(bare_lf),
    # In one frame: Wireshark does not reassemble a message whose length is in `l:`.
    "compact": lambda: _edited(compact, segment=wire.OFFLOADED_SEGMENT),
    "upper-case": lambda: _edited(upper_case),
    "folded": lambda: _edited(folded),
    "padded-base64": lambda: _edited(padded_base64),
    "loose-blanks": lambda: _edited(loose_blanks),
}
