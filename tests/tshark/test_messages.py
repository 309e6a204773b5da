# SPDX-License-Identifier: GPL-2.0-or-later
"""What people write is shown on request only, escaped and bounded; presence stands in the title of the tree."""

import base64
import re

import pytest

from crafted import KEYS, request, write_datagrams

SHOWN = ("-o", "skypefed.show_messages:TRUE")
MIXED = "multipart/alternative;boundary=b"


def message(text, kind="text/plain", start="MESSAGE sip:anna@example.com SIP/2.0", **options):
    return request("im", text, content_type=kind, start=start, **options)


# Name -> (message, its length, its text if it is to be shown).
CASES = {
    "plain": (message("back at three"), [13], ["back at three"]),
    "with a charset": (message("Gr\u00fc\u00dfe", "text/plain;charset=UTF-8"), [7], ["Gr\u00fc\u00dfe"]),
    "HTML": (message("<b>hello</b>", "text/html"), [12], ["<b>hello</b>"]),
    "lines and controls": (message("one\r\ntwo\x1b[31m"), [13], [r"one two\033[31m"]),
    "long": (message("x" * 3000), [3000], ["x" * 1000]),
    "long, cut in a character": (message("x" * 999 + "\u20ac" * 10), [1029], ["x" * 999]),
    "two forms": (message("--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: text/html\r\n\r\n<i>hello"
                          "</i>\r\n--b--\r\n", MIXED), [5, 12], ["hello", "<i>hello</i>"]),
    "media key": (message(f"a=crypto:1 inline:{KEYS[0]}"), [58], []),
    "password by its name": (message("<password>abc</password>"), [24], []),
    "encoded": (message("aGVsbG8=", headers="Content-Transfer-Encoding: base64\r\n"), [8], []),
    "empty": (message(""), [], []),
    "response": (message("hello", start="SIP/2.0 200 OK"), [], []),
    "another method": (message("hello", start="INFO sip:anna@example.com SIP/2.0"), [], []),
}


@pytest.mark.parametrize("name", CASES)
def test_text(name, fields, tshark, capture):
    content, length, text = CASES[name]
    path = capture(lambda file: write_datagrams(file, [content]))
    [off] = fields(path, "skypefed.im.length", "skypefed.im.text", where="skypefed")
    assert off == {"skypefed.im.length": [str(number) for number in length], "skypefed.im.text": []}
    [shown] = fields(path, "skypefed.im.length", "skypefed.im.text", where="skypefed", args=SHOWN)
    assert shown["skypefed.im.length"] == off["skypefed.im.length"]
    # Versions of Wireshark escape differently what is no letter.
    assert [re.sub(r"\\x1b", r"\\033", found) for found in shown["skypefed.im.text"]] == text


def test_names_of_files(fields, tshark, samples):
    """Off: no name in our tree, and its length; on: the name, of both kinds of transfer."""
    for sample, name in (("file-invitation", "invented.txt"), ("file-transfer", None)):
        path = samples / f"{sample}.pcapng"
        lengths = [int(row["skypefed.messaging.file_name_length"][0]) for row in fields(
            path, "skypefed.messaging.file_name_length", where="skypefed.messaging.file_name_length")]
        assert lengths
        assert not fields(path, "skypefed.im.file", where="skypefed.im.file")
        names = [row["skypefed.im.file"][0] for row in fields(path, "skypefed.im.file", where="skypefed.im.file",
                                                              args=SHOWN)]
        assert [len(found) for found in names] == lengths
        assert name is None or names == [name]


PRESENCE = '<categories uri="{}"><category name="state"><state>{}</state></category></categories>'
BUSY = "<availability>6500</availability>"


@pytest.mark.parametrize("who, state, words", [
    ("sip:nora@example.org", BUSY + "<activity token='on-the-phone'/>", "; presence: Busy, in a call"),
    ("sip:nora@example.org", "<availability>3500</availability>", "; presence: Available"),
    ("sip:nora@example.org", "<availability>15500</availability><activity token='off-work'/>",
     "; presence: Away, off work"),
    ("sip:nora@example.org", "<availability>9500</availability><activity token='my own word'/>",
     "; presence: Do not disturb"),
    ("SIPS:Nora@Example.org;transport=tls", BUSY, "; presence: Busy"),
    ("nora@example.org", BUSY, "; presence: Busy"),
    ("", BUSY, "; presence: Busy"),
    ("sip:bob@example.com", BUSY, "; presence of bob@example.com: Busy"),
    ("sip:bob@example.com;user=phone", BUSY, "; presence of bob@example.com: Busy"),
    ("sip:nora@example.com", BUSY, "; presence of nora@example.com: Busy"),
    ("sip:bob@example.com", "<availability>100</availability>", ""),
    ("sip:bob@example.com", "", ""),
])
def test_presence_in_the_title(who, state, words, tshark, capture):
    path = capture(lambda file: write_datagrams(file, [message(
        PRESENCE.format(who, state), "application/msrtc-event-categories+xml", "BENOTIFY sip:anna@example.com SIP/2.0")]))
    [title] = [line for line in tshark("-r", path, "-V").splitlines() if line.startswith("Skype/Lync Federation")]
    assert title == f"Skype/Lync Federation: BENOTIFY, nora@example.org to anna@example.com{words}"


@pytest.mark.parametrize("state", ["active", "idle"])
def test_composing(state, fields, capture):
    body = ('<?xml version="1.0"?><isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">'
            f"<state>{state}</state><refresh>90</refresh></isComposing>")
    path = capture(lambda file: write_datagrams(file, [message(body, "application/im-iscomposing+xml")]))
    [row] = fields(path, "skypefed.im.composing", "skypefed.messaging.state", where=f'skypefed.im.composing == "{state}"')
    assert row == {"skypefed.im.composing": [state], "skypefed.messaging.state": [state]}


# ---- the first message, in a header of the INVITE ----

def first(value):
    return request("first", headers=f"ms-text-format: {value}\r\n")


def encoded(text):
    return base64.b64encode(text.encode()).decode()


TWO_FORMS = "--=_p\r\nContent-Type: text/plain\r\n\r\nback at four\r\n--=_p\r\nContent-Type: text/html\r\n\r\n<i>four</i>\r\n--=_p--\r\n"
# Name -> (value of ms-text-format, length, text if it is to be shown)
FIRST = {
    "plain": ("text/plain; charset=UTF-8;ms-body=" + encoded("at f\u00fcnf"), "8", "at f\u00fcnf"),
    "with its format": ("text/plain; charset=UTF-8;msgr=WAAtAE0ATQBTAA==;ms-body=" + encoded("at six"), "6", "at six"),
    "two forms": ('multipart/alternative; boundary="=_p";ms-body=' + encoded(TWO_FORMS), str(len(TWO_FORMS)), "back at four"),
    "lines": ("text/plain;ms-body=" + encoded("one\r\ntwo"), "8", "one two"),
    "long": ("text/plain;ms-body=" + encoded("xyz" * 2000), "6000", ("xyz" * 334)[:1000]),
    "media key": ("text/plain;ms-body=" + encoded(f"a=crypto:1 inline:{KEYS[0]}"), "58", None),
    "password by its name": ("text/plain;ms-body=" + encoded("<password>abc</password>"), "24", None),
}


@pytest.mark.parametrize("name", FIRST)
def test_first_message(name, fields, tshark, capture):
    """Its text is in no row, unless somebody asks for it."""
    value, length, text = FIRST[name]
    path = capture(lambda file: write_datagrams(file, [first(value)]))
    names = ("skypefed.im.length", "skypefed.im.text", "skypefed.first_message", "skypefed.call")
    for args in (), ("-2",):
        [off] = fields(path, *names, where="skypefed", args=args)
        assert off == {"skypefed.im.length": [length], "skypefed.im.text": [], "skypefed.first_message": [],
                       "skypefed.call": ["1"]}
        [shown] = fields(path, *names, where="skypefed", args=(*args, *SHOWN))
        assert shown["skypefed.im.length"] == [length] and shown["skypefed.im.text"] == ([text] if text else [])
        assert bool(shown["skypefed.first_message"]) == bool(text)
    if name == "plain":
        assert "f\u00fcnf" not in tshark("-r", path, "-O", "skypefed", "-V")
