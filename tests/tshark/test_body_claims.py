# SPDX-License-Identifier: GPL-2.0-or-later
"""Microsoft's XML bodies are trees of Wireshark's XML dissector; bodies with secrets are not shown; others are left alone."""

import re

import pytest

from crafted import request, write_datagrams, write_one_by_one
from stage import REPOSITORY

TABLE = (REPOSITORY / "plugin" / "engine" / "body" / "document_kind.c").read_text(encoding="utf-8")
MICROSOFT = re.findall(r'MICROSOFT\("([^"]+)"', TABLE)
OTHERS = ["application/csta+xml", "application/adrl+xml", "text/registration-event"]
OFF = ("-o", "skypefed.xml_bodies:FALSE")

SECRETS = {
    "element": "<request><passcode>{}</passcode></request>",
    "prefix": "<a:request xmlns:a='b'><a:encryption-key>{}</a:encryption-key></a:request>",
    "upper case": "<request><PASSWORD>{}</PASSWORD></request>",
    "attribute": "<request><credentials password='{}'/></request>",
    "link": "<request><join-url>https://meet.example.com/{}</join-url></request>",
    "telephone": "<request><pstn-access><id>{}</id></pstn-access></request>",
    "cut": "<request><x509-certificate>{}",
    "not well formed": "<request></wrong><password>{}</password>",
    "media key": "<request>inline:{}</request>",
    "bracket in an attribute": '<request><password a="x/>y">{}</password></request>',
    "another end tag": "<request><password></x>{}</password></request>",
    "control character": "<request><password\x0b>{}</password></request>",
    "attribute that names": '<request><item name="password" value="{}"/></request>',
    "pin": "<request><pin>{}</pin></request>",
    "token": "<request><token>{}</token></request>",
    "passcode of somebody": "<request><leader-passcode>{}</leader-passcode></request>",
}
SECRET = "WDkvN4qS7tBzEr1c"


def body(kind, text, name="x", **options):
    return request(name, text, content_type=kind, start="SERVICE sip:anna@example.com SIP/2.0", **options)


def written(capture, messages):
    return capture(lambda file: write_datagrams(file, messages))


def test_media_types(tshark, fields, capture):
    """Each type of the table becomes XML, also in another case and with a parameter, and is still read by ourselves."""
    assert len(MICROSOFT) > 20
    kinds = [*MICROSOFT, "Application/VQ-RTCPXR+XML", "application/cccp+xml;charset=utf-8"]
    path = written(capture, [body(kind, f"<root{number}>text</root{number}>", f"x{number}")
                             for number, kind in enumerate(kinds)])
    for args in ((), ("-2",)):
        rows = fields(path, "xml.tag", "xml.cdata", "skypefed.body.root", args=args)
        assert [row["skypefed.body.root"] for row in rows] == [[f"root{number}"] for number in range(len(kinds))]
        assert [row["xml.cdata"] for row in rows] == [["text"]] * len(kinds)
        summary = tshark("-r", path, *args).splitlines()
        assert len(summary) == len(kinds) and all(" SIP " in line and "XML" not in line.split(" SIP ")[0] for line in summary)


def test_part_of_a_multipart(fields, capture):
    parts = "--b\r\nContent-Type: application/cccp+xml\r\n\r\n<request><addUser>text</addUser></request>\r\n--b--\r\n"
    path = written(capture, [body("multipart/mixed;boundary=b", parts)])
    [row] = fields(path, "xml.cdata", "skypefed.conference.command")
    assert row == {"xml.cdata": ["text"], "skypefed.conference.command": ["addUser"]}


def test_switched_off(tshark, capture):
    path = written(capture, [body("application/cccp+xml", "<request><addUser/></request>")])
    shown, off, stock = (tshark("-r", path, "-V", *how, plugin=plugin)
                         for how, plugin in (((), True), (OFF, True), ((), False)))
    assert "eXtensible Markup Language" in shown
    assert "eXtensible Markup Language" not in off
    start = stock.index("Message Body")
    assert stock[start:].strip() in off


@pytest.mark.parametrize("kind", OTHERS)
def test_types_of_others(kind, tshark, capture):
    """Messages that are not Microsoft's look as they do without the plugin."""
    path = written(capture, [body(kind, "<a><b>text</b></a>", sender="<sip:nora@example.org>;tag=7166e331a")])
    assert tshark("-r", path, "-V") == tshark("-r", path, "-V", plugin=False)


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret(name, tshark, fields, capture):
    """Its lines are gone from the tree, and no field of the XML dissector has it. The SIP dissector's sip.msg_hdr has."""
    kinds = ["application/cccp+xml", "application/msrtc-media-relay-auth+xml", "application/ms-conf-invite+xml"]
    path = written(capture, [body(kind, SECRETS[name].format(SECRET)) for kind in kinds])
    assert tshark("-r", path, "-V", plugin=False).count(SECRET) == 3
    assert SECRET not in tshark("-r", path, "-V")
    names = ("skypefed.body.hidden", "skypefed.body", "xml.tag", "xml.cdata", "xml.attribute")
    for row in fields(path, *names):
        assert [bool(row[field]) for field in names] == [True, True, False, False, False]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_no_secret_in_wide_text(encoding, tshark, capture):
    """Wireshark's dissector reads text of two bytes for a character."""
    text = f"\ufeff<?xml version='1.0' encoding='utf-16'?><request><password>{SECRET}</password></request>".encode(encoding)
    path = written(capture, [body("application/cccp+xml", "x" * len(text)).replace(b"x" * len(text), text)])
    shown = tshark("-r", path, "-V")
    assert SECRET not in shown.replace("\\000", "").replace("\0", "") and "The body has a secret" in shown


def test_no_secret_of_the_samples(tshark, samples):
    for name in ("file-invitation", "client-settings"):
        shown = tshark("-r", samples / f"{name}.pcapng", "-V")
        assert not re.search("SU5WRU5URUQ|INVENTED|AuthCookie: ", shown)
    assert "AuthCookie: " in tshark("-r", samples / "file-invitation.pcapng", "-V", plugin=False)


def test_comments_and_cdata(fields, capture):
    """Many elements that are not deep are shown, whatever is between them."""
    text = "<r>" + "<a b='c'>x</a><!-- y --><a/><![CDATA[z]]>" * 50 + "</r>"
    *_, row = fields(written(capture, [body("application/cccp+xml", text)]), "xml.cdata")  # fragments come first
    assert row["xml.cdata"].count("x") == 50


def test_too_large(tshark, capture):
    """A body that is too large to be looked through is not shown."""
    size = 512 * 1024
    texts = ["<r>" + "x" * (size - 7) + "</r>", "<r>" + "x" * (size - 6) + "</r>"]
    path = capture(lambda file: write_one_by_one(file, [body("application/cccp+xml", text, f"large-{number}")
                                                        for number, text in enumerate(texts)]))
    shown = tshark("-r", path, "-V", "-2")
    assert shown.count("The body is too large to look for secrets in it") == 1
    assert shown.count("eXtensible Markup Language") == 1


@pytest.mark.parametrize("text", ["<a>" * 2000, "<a>" * 2000 + "</a>" * 2000, "<" * 5000, "<a " * 5000, "\0<a>\0</a>",
                                  "<a b='/>'>" * 700, "<a><!-- </a></a> -->" * 700, "<a><![CDATA[</a></a>]]>" * 700,
                                  "<!-- </a></a></a> --><a><b><c>" * 300, "<a b=c/></a>" * 700, "<a><?b </a></a>?>" * 700,
                                  "<a>" + "x" * 60000 + "</a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"],
                         ids=lambda text: f"{text[:24]!r} {len(text)}")
def test_bad_xml(text, tshark, capture):
    """Nothing that a body has makes Wireshark report a fault of ours."""
    path = written(capture, [body("application/cccp+xml", text[:60000])])
    shown = tshark("-r", path, "-V")
    assert "Dissector bug" not in shown and "Malformed Packet" not in shown
    assert "Conference command" in shown
