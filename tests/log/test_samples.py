# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample logs, and what is in them."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LOGS = SAMPLES / "logs"

CALL = ["INVITE sip:anna@example.com SIP/2.0", "SIP/2.0 180 Ringing", "SIP/2.0 486 Busy Here"]
FEDERATION = ["INVITE sip:carla@example.net SIP/2.0", "SIP/2.0 504 Server time-out", "MESSAGE sip:carla@example.net SIP/2.0"]

# Start lines, and what the summary says about the rest.
TWO = ["INVITE sip:user0@example.com SIP/2.0", "SIP/2.0 180 Ringing"]

EXPECTED = {
    "audiocodes.txt": (TWO, "(AudioCodes syslog)"),
    "audiocodes-old.txt": (TWO, "(AudioCodes syslog)"),
    "audiocodes-rsyslog.txt": (TWO, "(AudioCodes syslog)"),
    "asterisk.txt": (TWO, "(Asterisk console or full log)"),
    "asterisk-chan-sip.txt": (TWO, "(Asterisk console or full log)"),
    "cms.txt": (TWO, "(Cisco Meeting Server SIP trace)"),
    "cube.txt": (TWO, "(Cisco CUBE debug ccsip messages)"),
    "cucm.txt": (TWO, "(Cisco CUCM SDL trace)"),
    "drachtio.txt": (TWO, "(FreeSWITCH/sofia trace)"),
    "exosip.txt": (TWO, "(eXosip or Yealink log)"),
    "follow.txt": (TWO, "(followed stream of tshark)"),
    "freeswitch.txt": (TWO, "(FreeSWITCH/sofia trace)"),
    "ipoffice.txt": (TWO, "(Avaya IP Office Monitor)"),
    "kamailio.txt": (TWO, "2 messages written"),
    "linphone.txt": (TWO, "(Linphone log)"),
    "mail.txt": (TWO, "2 messages written"),
    "ngrep.txt": (TWO, "(ngrep or sipgrep text)"),
    "oracle.txt": (TWO, "(Oracle/Acme Packet sipmsg.log)"),
    "pjsua.txt": (TWO, "(pjsua or PJSIP log)"),
    "polycom.txt": (TWO, "(pasted text, or the log of another program)"),
    "ribbon.txt": (TWO, "(Ribbon/Sonus SBC DBG log)"),
    "sipp.txt": (TWO, "(SIPp message log)"),
    "snom.txt": (TWO, "(snom SIP trace)"),
    "sngrep.txt": (TWO, "(sngrep text)"),
    "tracesm.txt": (TWO, "(Avaya traceSM)"),
    "yealink.txt": (TWO, "(eXosip or Yealink log)"),
    "article.txt": (["INVITE sip:user@example.com SIP/2.0"], "1 does not match its Content-Length"),
    "avaya.txt": (CALL, "(Avaya CCMS SIP log)"),
    "expressway.txt": (CALL, "(Cisco Expressway/VCS diagnostic log)"),
    "ocslogger-utf16.txt": (FEDERATION, "1 diagnostic record attached; skipped: 1 record without SIP"),
    "s4.txt": (CALL, "3 messages written"),
    "server.txt": (FEDERATION, "1 diagnostic record attached; skipped: 1 record without SIP"),
    "sipe.txt": (["REGISTER sip:example.com SIP/2.0", "SIP/2.0 401 Unauthorized", "MESSAGE sip:anna@example.com SIP/2.0"],
                 "(pidgin-sipe debug log)"),
    "uccapi.txt": (["REGISTER sip:example.com SIP/2.0", "SIP/2.0 401 Unauthorized", *CALL,
                    "ACK sip:anna@example.com SIP/2.0", "MESSAGE sip:anna@example.com SIP/2.0", "SIP/2.0 180 Ringing"],
                   "1 is incomplete in the log; skipped: 1 empty record, 1 fragment of a message"),
}


def test_every_sample_is_listed():
    assert sorted(path.name for path in LOGS.glob("*.txt")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_sample(convert, name):
    starts, summary = EXPECTED[name]
    result = convert(LOGS / name)
    assert result.code == 0
    assert [text.split(b"\r\n", 1)[0].decode() for text in result.texts] == starts
    assert summary in result.summary
    cut = {"uccapi.txt": {7}}.get(name, set())
    masked = {"server.txt": {2}, "ocslogger-utf16.txt": {2}}.get(name, set())
    for index, packet in enumerate(result.packets):
        assert any(comment.startswith("Incomplete") for comment in packet.comments) == (index in cut)
        assert any("hides the body" in comment for comment in packet.comments) == (index in masked)


def test_same_call_in_every_log(convert):
    """In logs that keep the order of headers, the INVITE is the same to the byte."""
    invites = {convert(LOGS / name).texts[index] for name, index in
               (("avaya.txt", 0), ("expressway.txt", 0), ("s4.txt", 0), ("uccapi.txt", 2))}
    assert len(invites) == 1


def test_article_holds_the_invite(convert):
    """The message is that of samples/messages, except for its Content-Length, which is different in the article."""
    original = (SAMPLES / "messages" / "skype-to-lync-invite" / "01-a-invite.sip").read_bytes()
    (text,) = convert(LOGS / "article.txt").texts
    length = next(line for line in original.split(b"\r\n") if line.startswith(b"Content-Length"))
    expected = original.replace(length, b"Content-Length: 4364")
    assert text == expected.removesuffix(b"\r\n")


def test_article_decodes_as_the_sample(convert, tshark):
    """tshark reads the same from both: headers, both bodies, all media."""
    names = ("sip.Request-Line", "sip.From", "sip.Via", "sip.Record-Route", "sip.Contact", "sdp.media", "sdp.media_attr",
             "mime_multipart.header.content-id")
    arguments = ["-Y", "sip", "-T", "fields", *(part for name in names for part in ("-e", name))]
    from_log = tshark(convert(LOGS / "article.txt").data, *arguments)
    from_wire = tshark((SAMPLES / "skype-to-lync-invite.pcapng").read_bytes(), *arguments)
    assert from_log == from_wire and len(from_log) > 2000
