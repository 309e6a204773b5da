# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of the messages of generated calls: short, but with the marks and lines that decide a verdict."""

import base64
import hashlib

SUITE = "AES_CM_128_HMAC_SHA1_80"

_CODECS = "a=rtpmap:0 PCMU/8000\r\na=rtpmap:115 x-msrta/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
_AUDIO_FORMATS = "0 115 101"
_VIDEO_FORMATS = "121"
_PRODUCTS = ("UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)",
             "UCCAPI/16.0.4417.1000 OC/16.0.4417.1000 (Skype for Business)")


def key(*seed):
    """30 bytes of key and salt, base64, the same for the same seed."""
    digest = hashlib.sha256(repr(seed).encode("ascii")).digest()
    return base64.b64encode(digest[:30]).decode("ascii")


def key_lines(call, stream):
    """The three lines of a Lync offer: Scale SRTP, and SRTP with and without MKI ([MS-SDPEXT] 3.1.5.1 and 3.1.5.2)."""
    return "".join((scale_line(1, "client", key(call, stream, 1)), crypto_line(2, key(call, stream, 2)),
                    crypto_line(3, key(call, stream, 3), mki=False)))


def crypto_line(tag, material, mki=True):
    """One a=crypto line."""
    return f"a=crypto:{tag} {SUITE} inline:{material}|2^31{'|1:1' if mki else ''}\r\n"


def scale_line(tag, role, material):
    """One a=cryptoscale line; `role` is client or server."""
    return f"a=cryptoscale:{tag} {role} {SUITE} inline:{material}|2^31|1:1\r\n"


def session(address, version=0):
    """The session part of an SDP body."""
    return f"v=0\r\no=- 0 {version} IN IP4 {address}\r\ns=session\r\nc=IN IP4 {address}\r\nt=0 0\r\n"


def stream(kind, port, profile, lines="", direction="sendrecv"):
    """One m= section; `kind` is audio or video, `lines` are its key lines; port 0 refuses it."""
    if not port:
        return f"m={kind} 0 {profile} {_VIDEO_FORMATS if kind == 'video' else _AUDIO_FORMATS}\r\n"
    if kind == "video":
        return (f"m=video {port} {profile} {_VIDEO_FORMATS}\r\na=label:main-video\r\n{lines}"
                f"a=rtpmap:121 x-rtvc1/90000\r\na={direction}\r\n")
    return (f"m=audio {port} {profile} {_AUDIO_FORMATS}\r\na=label:main-audio\r\n{lines}{_CODECS}"
            f"a={direction}\r\n")


def messaging(address, peer="null"):
    """The SDP body of an instant messaging session."""
    return (f"v=0\r\no=- 0 0 IN IP4 {address}\r\ns=session\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
            f"m=message 5060 sip {peer}\r\na=accept-types:text/plain\r\n")


class Dialog:
    """Writes the requests and responses of one call; every message has the same Call-ID and tags.

    caller, callee: addresses on the wire, without scheme.  near, far: their Endpoints.
    """

    def __init__(self, number, caller, callee, near, far):
        self._call_id = hashlib.sha256(b"call %d" % number).hexdigest()[:32]
        self._from = f"<sip:{caller}>;tag={self._call_id[:10]};epid={self._call_id[10:20]}"
        self._to = f"<sip:{callee}>"
        self._tag = f";epid={self._call_id[16:26]};tag={self._call_id[22:32]}"
        self._uris = {"a": f"sip:{caller}", "b": f"sip:{callee}"}
        self._ends = {"a": near, "b": far}
        self._product = _PRODUCTS[number % len(_PRODUCTS)]
        self._sequence = {"a": 1, "b": 1}

    def request(self, party, method, body="", headers="", tagged=True, transaction=None):
        """A request from `party`; ACK and CANCEL keep the CSeq number, as does what is not `tagged` yet.

        transaction: the method whose branch it has (RFC 3261 sections 9.1 and 17.1.1.3); None: its own.
        """
        if tagged and method not in ("ACK", "CANCEL"):
            self._sequence[party] += 1
        target = self._uris["b" if party == "a" else "a"]
        return self._message(f"{method} {target} SIP/2.0", method, party, body,
                             "Max-Forwards: 70\r\n" + headers, tagged, transaction)

    def response(self, party, status, method, body="", headers="", tagged=True, transaction=None):
        """A response from `party` to the other's last `method`; `status` is code and phrase."""
        return self._message(f"SIP/2.0 {status}", method, "b" if party == "a" else "a", body, headers,
                             tagged, transaction)

    def _message(self, start, method, requester, body, headers, tagged, transaction):
        sequence = self._sequence[requester]
        via = self._ends[requester]
        peer = self._to + (self._tag if tagged else "")
        parties = (self._from, peer) if requester == "a" else (peer, self._from)
        branch = hashlib.sha256(f"{self._call_id}{requester}{sequence}{transaction or method}".encode("ascii"))
        branch = branch.hexdigest().upper()
        kind = "Content-Type: application/sdp\r\n" if body else ""
        return (f"{start}\r\n"
                f"Via: SIP/2.0/UDP {via.address}:{via.port};branch=z9hG4bK{branch[:8]}.{branch[8:24]};"
                f"branched=FALSE\r\n"
                f"From: {parties[0]}\r\nTo: {parties[1]}\r\nCall-ID: {self._call_id}\r\n"
                f"CSeq: {sequence} {method}\r\nUser-Agent: {self._product}\r\n"
                f"{headers}{kind}Content-Length: {len(body)}\r\n\r\n{body}").encode("ascii")
