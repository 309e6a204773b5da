# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages with very many of one thing, to test limits and linear time; made on demand, not committed.

Broken messages of a readable size stand in samples/messages/broken-*.
"""

from . import message

_HEAD = """\
INVITE sip:anna@example.com SIP/2.0
Via: SIP/2.0/TLS 192.0.2.10:5061;branch=z9hG4bK28328D48.3099D438C1294CF5;branched=FALSE{via_parameters}
From: <sip:nora(example.org)@msn.com{uri_parameters}>;epid=2539071F25;tag=7166e331a{header_parameters}
To: <sip:anna@example.com>
Call-ID: many-{name}@192.0.2.10
CSeq: 1 INVITE
Max-Forwards: 70
ms-diagnostics: 1010;reason="many"{diagnostics_parameters}
{headers}Content-Type: {content_type}
Content-Length: 0

"""
_SESSION = """\
v=0
o=- 0 0 IN IP4 192.0.2.10
s=session
c=IN IP4 192.0.2.10
t=0 0
{session_lines}m=audio 50018 RTP/AVP 0{formats}
a=label:main-audio
{media_lines}a=rtpmap:0 PCMU/8000
"""
_KEY = "inline:XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc|2^31|1:1"
_SUITE = "AES_CM_128_HMAC_SHA1_80"

# Name -> (place in the texts above, one element; {n} is its number, from 0).
_REPEATED = {
    "via-parameters": ("via_parameters", ";ms-received-port={n}"),
    "uri-parameters": ("uri_parameters", ";p{n}=v"),
    "header-parameters": ("header_parameters", ";p{n}=v"),
    "diagnostics-parameters": ("diagnostics_parameters", ';p{n}="v"'),
    "headers": ("headers", "ms-many-{n}: value\n"),
    "diagnostics": ("headers", 'ms-diagnostics: {n};reason="many";source="edge.example.com"\n'),
    "vias": ("headers", "Via: SIP/2.0/TLS 192.0.2.10:{n};ms-received-cid=100\n"),
    "record-routes": ("headers", "Record-Route: <sip:edge{n}.example.com;ms-fe=fe.example.com;lr>\n"),
    "candidates": ("media_lines", "a=candidate:{n} 1 UDP 2130706431 192.0.2.10 50018 typ host\n"),
    "draft-06-candidates": ("media_lines", "a=candidate:uHfxpC5Yu329AWHdJ9IyB2p43Sk3+HQy5alRqrpBF7w 1 "
                            "PF57frcH6o61FPTS51wG3g UDP 0.830 192.0.2.10 {n}\n"),
    "keys": ("media_lines", "a=crypto:{n} " + _SUITE + " " + _KEY + "\n"),
    "cryptoscale-keys": ("media_lines", "a=cryptoscale:{n} client " + _SUITE + " " + _KEY + "\n"),
    "codecs": ("media_lines", "a=rtpmap:{n} x-msrta/8000\n"),
    "formats": ("formats", " {n}"),
    "attributes": ("media_lines", "a=x-many-{n}:value\n"),
    "streams": ("media_lines", "m=audio {n} RTP/AVP 0\n"),
    "bandwidths": ("session_lines", "a=x-mediabw:main-video send={n};recv={n}\n"),
}

MANY = 10_000


def names():
    """What can be had very many of: the arguments of many()."""
    return [*_REPEATED, "parts", "commas", "quotes"]


def many(name, count=MANY):
    """A message (bytes) with `count` of the elements `name`; all else in it is well-formed."""
    if name in _REPEATED:
        place, element = _REPEATED[name]
        return _message(name, {place: "".join(element.format(n=n) for n in range(count))})
    if name == "parts":
        part = "--b\nContent-Type: application/sdp\n\n" + _session({}) + "\n"
        return _message(name, {}, "multipart/alternative;boundary=b", part * count + "--b--\n")
    if name == "commas":
        return _message(name, {"headers": "Record-Route: " + ",".join(["<sip:a.example.com;lr>"] * count) + "\n"})
    if name == "quotes":
        # Pairs of quotes and escapes: what makes a careless tokenizer scan again and again.
        return _message(name, {"diagnostics_parameters": ';reason="' + '\\"' * count + '"' + '""' * count})
    raise KeyError(name)


def _message(name, fields, content_type="application/sdp", body=None):
    places = dict.fromkeys(("via_parameters", "uri_parameters", "header_parameters", "diagnostics_parameters",
                            "headers"), "")
    head = _HEAD.format(**{**places, **fields, "name": name, "content_type": content_type})
    text = head + (body if body is not None else _session(fields))
    return message.with_true_length(text.replace("\n", "\r\n").encode("ascii"))


def _session(fields):
    places = dict.fromkeys(("session_lines", "formats", "media_lines"), "")
    return _SESSION.format(**{**places, **fields})
