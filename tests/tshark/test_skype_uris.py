# SPDX-License-Identifier: GPL-2.0-or-later
"""skype: URIs in headers and in text: participants, their network in words, and what is asked for."""

import pytest

from crafted import request, write_datagrams

FIELDS = [f"skypefed.skype_uri{suffix}" for suffix in ("", ".participant", ".network", ".action")]
LYNC = "Lync or Skype for Business"
MESSAGE = "MESSAGE sip:anna@example.com SIP/2.0"


def text(body, kind="text/plain", **options):
    return {"body": body, "content_type": kind, "start": MESSAGE, **options}


def part(kind, body):
    return f"--b\r\nContent-Type: {kind}\r\n\r\n{body}\r\n"


ALTERNATIVES = (part("text/plain", "skype:a.user?chat") + part("text/html", "<a href='skype:a.user?chat'>a</a>")
                + part("image/gif", "skype:hidden") + "--b--\r\n")

# Name -> (arguments of request(), the values of FIELDS in their order)
CASES = {
    # The two of the article
    "article": (text("skype:2:jdoe@example.com"),
                [["skype:2:jdoe@example.com"], ["jdoe@example.com"], [LYNC], ["call"]]),
    "article with action": (text("skype:2:jdoe@example.com?add"),
                            [["skype:2:jdoe@example.com?add"], ["jdoe@example.com"], [LYNC], ["add"]]),
    # Places
    "header of any kind": ({"headers": "Subject: see skype:a.user?chat.\r\n"},
                           [["skype:a.user?chat"], ["a.user"], [], ["chat"]]),
    "header with an address": ({"headers": 'Call-Info: <skype:echo123?call>;purpose=info\r\n'},
                               [["skype:echo123?call"], ["echo123"], [], ["call"]]),
    "two headers and a body": (text("skype:c", headers="Subject: skype:a\r\nOrganization: skype:b\r\n"),
                               [["skype:a", "skype:b", "skype:c"], ["a", "b", "c"], [], ["call"] * 3]),
    "text with a parameter": (text("skype:a.user", "text/plain; charset=UTF-8"),
                              [["skype:a.user"], ["a.user"], [], ["call"]]),
    "HTML, double quotes": (text('<a href="skype:a.user?call&amp;video=true">a</a>', "text/html"),
                            [["skype:a.user?call&amp;video=true"], ["a.user"], [], ["call"]]),
    "HTML, single quotes": (text("<a href='skype:a;b?chat'>a</a>", "TEXT/HTML; charset=UTF-8"),
                            [["skype:a;b?chat"], ["a", "b"], [], ["chat"]]),
    "HTML, written out": (text("&lt;skype:a.user&gt;", "text/html"), [["skype:a.user"], ["a.user"], [], ["call"]]),
    "HTML, the client alone": (text('<a href="skype:">open</a>', "text/html"), [["skype:"], [], [], []]),
    "parts of a multipart": (text(ALTERNATIVES, "multipart/alternative;boundary=b"),
                             [["skype:a.user?chat"] * 2, ["a.user"] * 2, [], ["chat"] * 2]),
    "other body": (text("skype:a.user", "application/xml"), [[], [], [], []]),
    "other scheme": (text("xskype:a ms-skype:b"), [[], [], [], []]),
    "word in prose": (text("I am on skype: nora"), [[], [], [], []]),
    # Ends
    "punctuation": (text("Call skype:a.user?call, skype:b.user. Or skype:c.user!"),
                    [["skype:a.user?call", "skype:b.user", "skype:c.user"], ["a.user", "b.user", "c.user"], [],
                     ["call"] * 3]),
    "decorated address": (text("Call skype:2:user(example.com)@msn.com?call (or not)."),
                          [["skype:2:user(example.com)@msn.com?call"], ["user(example.com)@msn.com"], [LYNC],
                           ["call"]]),
    # Participants and actions
    "all networks": (text("skype:1:a@example.com;2:b@example.com;4:+15550100;8:live:c;19:d;28:e"),
                     [["skype:1:a@example.com;2:b@example.com;4:+15550100;8:live:c;19:d;28:e"],
                      ["a@example.com", "b@example.com", "+15550100", "live:c", "d", "e"],
                      ["Microsoft account (Messenger)", LYNC, "Telephone network", "Skype", "Group conversation",
                       "Bot"], ["call"]]),
    "escapes": (text("skype:a%20user;b%2Euser?chat&topic=x%20y"),
                [["skype:a%20user;b%2Euser?chat&topic=x%20y"], ["a user", "b.user"], [], ["chat"]]),
    "topic alone": (text("skype:a.user?topic=x"), [["skype:a.user?topic=x"], ["a.user"], [], ["call"]]),
    "old actions": (text("skype:a?userinfo skype:b?voicemail skype:c?sendfile"),
                    [["skype:a?userinfo", "skype:b?voicemail", "skype:c?sendfile"], ["a", "b", "c"], [],
                     ["userinfo", "voicemail", "sendfile"]]),
}


@pytest.fixture(scope="module")
def found(fields, capture):
    """Case -> its row of FIELDS and malformed notes, all read in one run."""
    messages = [request(f"u{number}", **options) for number, (options, _) in enumerate(CASES.values())]
    rows = fields(capture(lambda file: write_datagrams(file, messages)), *FIELDS, "skypefed.expert.malformed",
                  where="sip")
    assert len(rows) == len(CASES)
    return dict(zip(CASES, rows))


@pytest.mark.parametrize("case", CASES)
def test_uris(case, found):
    assert [found[case][name] for name in FIELDS] == CASES[case][1]
    assert not found[case]["skypefed.expert.malformed"]


def test_uri_alone_marks_its_message(fields, capture):
    """And the same message without it is none of ours."""
    sender = "<sip:nora@example.org>;tag=1"
    messages = [request(f"m{number}", sender=sender, **text(body))
                for number, body in enumerate(["skype:a.user", "on skype: nora", "hello"])]
    rows = fields(capture(lambda file: write_datagrams(file, messages)), "skypefed.caller", where="sip")
    assert [bool(row["skypefed.caller"]) for row in rows] == [True, False, False]


def test_default_action_is_marked_as_derived(tshark, capture):
    path = capture(lambda file: write_datagrams(file, [request("d", **text("skype:a skype:b?call"))]))
    lines = [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines() if "Action" in line]
    assert lines == ["[Action: call]", "Action: call"]


def test_sample(fields, samples):
    rows = fields(samples / "im-skype-link.pcapng", *FIELDS, where="skypefed.skype_uri")
    assert [list(row.values())[1:] for row in rows] == [
        [["jdoe@example.com"] * 2, [LYNC] * 2, ["call", "add"]],
        [["live:nora", "ralf.example", "+14255550123", "nora.example"], ["Skype"], ["chat", "call", "call"]]]
