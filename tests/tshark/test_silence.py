# SPDX-License-Identifier: GPL-2.0-or-later
"""On foreign traffic the plugin changes nothing: the same bytes of output with it and without."""

import re

import pytest

CAPTURE = "plain-sip.pcapng"

OUTPUTS = {
    "summary": [],
    "summary, two passes": ["-2"],
    "summary with bytes": ["-x"],
    "details": ["-V"],
    "details, two passes": ["-V", "-2"],
    "details with bytes": ["-V", "-x"],
    "JSON": ["-T", "json"],
    "JSON with bytes": ["-T", "json", "-x"],
    "JSON for Elasticsearch": ["-T", "ek"],
    "PDML": ["-T", "pdml"],
    "PSML": ["-T", "psml"],
    "fields": ["-T", "fields", "-e", "frame.number", "-e", "frame.protocols", "-e", "sip.Via", "-e", "sdp.media",
               "-e", "_ws.expert", "-e", "_ws.col.Info"],
    "expert infos": ["-q", "-z", "expert"],
    "protocol hierarchy": ["-q", "-z", "io,phs"],
    "SIP statistics": ["-q", "-z", "sip,stat"],
}

# The plugin's own names, in any output; not the name of the test's folder.
OURS = re.compile(r"\bskypefed\b(?!-)|SkypeFed|Skype/Lync")

PDML_TIME = re.compile(r'(<pdml [^>]*time=")[^"]*')


def comparable(output):
    """The output without the time of day that PDML begins with."""
    return PDML_TIME.sub(r"\1", output)


@pytest.fixture(scope="module")
def other_traffic(tshark, samples, stage):
    """A capture of everything in several-calls that is no SIP, nor a TCP connection that carries it."""
    path = stage.folder("other") / "other.pcapng"
    tshark("-r", samples / "several-calls.pcapng", "-Y", "!(tcp.port == 5060 || udp.port == 5060)", "-w", path,
           plugin=False)
    return path


@pytest.mark.parametrize("output", OUTPUTS)
def test_plain_sip_is_left_alone(output, tshark, samples):
    command = ("-r", samples / CAPTURE, *OUTPUTS[output])
    stock = tshark(*command, plugin=False)
    assert len(stock.splitlines()) > 3
    assert not OURS.search(stock)
    assert comparable(tshark(*command)) == comparable(stock)


@pytest.mark.parametrize("output", ["summary", "details with bytes", "JSON", "PDML", "protocol hierarchy"])
def test_other_traffic_is_left_alone(output, tshark, other_traffic):
    command = ("-r", other_traffic, *OUTPUTS[output])
    stock = tshark(*command, plugin=False)
    assert "dns" in stock.lower() and "http" in stock.lower()
    assert comparable(tshark(*command)) == comparable(stock)


def test_plain_sip_has_what_could_provoke_us(fields, samples):
    """Calls with media, with and without keys, over UDP and TCP: that nothing is said of them is a decision."""
    rows = fields(samples / CAPTURE, "sip.Method", "sdp.media.proto", "sdp.media_attribute.field", "tcp.port",
                  plugin=False)
    seen = {value for row in rows for value in row["sdp.media.proto"]}
    assert {"RTP/AVP", "RTP/SAVP"} <= seen
    assert any("crypto" in row["sdp.media_attribute.field"] for row in rows)
    assert any(row["sip.Method"] and row["tcp.port"] for row in rows)
    assert {"INVITE", "REGISTER", "OPTIONS"} <= {value for row in rows for value in row["sip.Method"]}


def test_microsoft_traffic_is_not_left_alone(tshark, samples):
    """The comparison above can fail."""
    command = ("-r", samples / "skype-to-lync-invite.pcapng", "-V")
    assert tshark(*command) != tshark(*command, plugin=False)


def test_plain_calls_between_marked_ones_stay_silent(fields, samples):
    """In a capture of both kinds each call is judged by itself."""
    rows = fields(samples / "several-calls.pcapng", "sip.Call-ID", "skypefed.caller", where="sip")
    ours = {call for row in rows if row["skypefed.caller"] for call in row["sip.Call-ID"]}
    others = {call for row in rows if not row["skypefed.caller"] for call in row["sip.Call-ID"]}
    assert len(ours) == 5 and len(others) == 2
    assert not ours & others
