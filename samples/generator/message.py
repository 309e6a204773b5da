# SPDX-License-Identifier: GPL-2.0-or-later
"""What the generator must know of a SIP message: its two halves, start line, header lines and length.

Messages are bytes.  Nothing is normalized: an edit touches what it names and keeps every other byte.
"""

import re

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_CONTENT_LENGTH = re.compile(rb"(?im)^(Content-Length|l)([ \t]*:[ \t]*)[0-9]+")


def split(message):
    """(header block without the blank line, separator, body); separator and body are empty without one."""
    found = _END_OF_HEADER.search(message)
    if not found:
        return message, b"", b""
    return message[:found.start()], found.group(), message[found.end():]


def start_line(message):
    """The first line as text; bytes that are not UTF-8 are replaced."""
    return _LINE_END.split(message, 1)[0].decode("utf-8", "replace")


def header(message, *names):
    """The value of the first header line with one of `names` (full or compact, any case), or None.

    Good for the lines that the generator asks for (Via, CSeq, ...); folded values are cut at the fold.
    """
    wanted = {name.lower() for name in names}
    for line in _LINE_END.split(split(message)[0])[1:]:
        name, colon, value = line.partition(b":")
        if colon and name.strip().decode("ascii", "replace").lower() in wanted:
            return value.strip().decode("utf-8", "replace")
    return None


def with_true_length(message):
    """The message with Content-Length set to the length of its body; the header line must exist."""
    head, separator, body = split(message)
    head, count = _CONTENT_LENGTH.subn(rb"\g<1>\g<2>%d" % len(body), head, count=1)
    if not count:
        raise ValueError("no Content-Length in: " + start_line(message))
    return head + separator + body


def is_request(message):
    """True for `METHOD uri SIP/2.0`."""
    return start_line(message).endswith("SIP/2.0")


def goes_over_udp(message):
    """True if the top Via, which names the transport of the last hop, says UDP."""
    via = header(message, "Via", "v")
    return bool(via) and via.upper().startswith("SIP/2.0/UDP")
