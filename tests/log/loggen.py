#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes logs of known calls, in each log format.

    loggen.py FORMAT CALLS [--megabytes N]      a log on standard output

The same calls give the same bytes. All names are invented.
"""

import argparse
import base64
import datetime
import random
import sys
import typing
from dataclasses import dataclass

import loggen_heads

START = datetime.datetime(2013, 10, 16, 8, 30, 0)


@dataclass
class Message:
    """A SIP message as it was on the wire. direction: 'in' or 'out', as seen by the side that logs."""

    time: datetime.datetime  # UTC, to the millisecond
    direction: str
    local: tuple  # (address, port)
    peer: tuple
    peer_name: str
    text: bytes
    process: int = 0x2D8
    thread: int = 0x1C98

    @property
    def nanoseconds(self):
        """The time since 1970 in nanoseconds."""
        return int((self.time - datetime.datetime(1970, 1, 1)) / datetime.timedelta(microseconds=1)) * 1000

    @property
    def head(self):
        """Start line and headers as a list of lines."""
        return self.text.split(b"\r\n\r\n", 1)[0].decode().split("\r\n")

    @property
    def body(self):
        """The body."""
        return self.text.split(b"\r\n\r\n", 1)[1]


def sip(start, headers, body=b"", kind="application/sdp"):
    """A message from its start line, header lines and body; Content-Type and Content-Length are added."""
    lines = [start, *headers]
    if body:
        lines.append(f"Content-Type: {kind}")
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def sdp(rng, number, secured):
    """A small session description."""
    port = rng.randrange(1024, 32767) * 2
    lines = [
        "v=0",
        f"o=- {number} 0 IN IP4 192.0.2.{number % 250 + 1}",
        "s=session",
        f"c=IN IP4 192.0.2.{number % 250 + 1}",
        "b=CT:53980",
        "t=0 0",
        f"m=audio {port} RTP/{'SAVP' if secured else 'AVP'} 114 9 0 8 101",
        "a=label:main-audio",
        "a=rtpmap:114 x-msrta/16000",
        "a=fmtp:114 bitrate=29000",
        "a=rtpmap:101 telephone-event/8000",
    ]
    if secured:
        key = base64.b64encode(rng.randbytes(30)).decode()
        lines.insert(8, f"a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:{key}|2^31|1:1")
    return "\r\n".join(lines).encode() + b"\r\n"


def call(rng, number):
    """The messages of one call as the side of the callee logs them."""
    user, other = f"user{number}@example.com", f"other{number % 97}@example.org"
    call_id = f"{rng.getrandbits(128):032x}"
    tag, epid = f"{rng.getrandbits(40):010x}", f"{rng.getrandbits(40):010x}"
    branch = f"z9hG4bK{rng.getrandbits(32):08X}.{rng.getrandbits(64):016X}"
    local = ("192.0.2.10", 5061)
    peer = (f"198.51.100.{number % 200 + 1}", 49152 + number % 16000)
    name = f"pool{number % 20:02d}.example.net"
    time = START + datetime.timedelta(milliseconds=number * 137)
    cseq = rng.randrange(1, 30000)

    def headers(method, answer, sequence=cseq):
        return [
            f"Via: SIP/2.0/TLS {peer[0]}:{peer[1]};branch={branch};ms-received-port={peer[1]};ms-received-cid={number:X}00",
            f"From: <sip:{other}>;tag={tag};epid={epid}",
            f"To: <sip:{user}>" + (";tag=b1b2" if answer else ""),
            f"Call-ID: {call_id}",
            f"CSeq: {sequence} {method}",
            "Max-Forwards: 69",
        ]

    def message(delay, direction, text):
        return Message(time + datetime.timedelta(milliseconds=delay), direction, local, peer, name, text)

    kind = rng.choice(["answered", "refused", "canceled"])
    invite = message(0, "in", sip(f"INVITE sip:{user} SIP/2.0", headers("INVITE", False), sdp(rng, number, kind == "answered")))
    ringing = message(40, "out", sip("SIP/2.0 180 Ringing", headers("INVITE", True)))
    if kind == "answered":
        rest = [
            message(2000, "out", sip("SIP/2.0 200 OK", headers("INVITE", True), sdp(rng, number + 1, True))),
            message(2050, "in", sip(f"ACK sip:{user} SIP/2.0", headers("ACK", True))),
            message(9000, "in", sip(f"BYE sip:{user} SIP/2.0", headers("BYE", True, cseq + 1))),
            message(9010, "out", sip("SIP/2.0 200 OK", headers("BYE", True, cseq + 1))),
        ]
    else:
        code = "486 Busy Here" if kind == "refused" else "487 Request Terminated"
        rest = [
            message(1500, "out", sip(f"SIP/2.0 {code}", [*headers("INVITE", True),
                                     'ms-diagnostics: 52085;reason="Dialog does not exist";source="fe.example.com"'])),
            message(1540, "in", sip(f"ACK sip:{user} SIP/2.0", headers("ACK", True))),
        ]
    return [invite, ringing, *rest]


def calls(count, seed=1):
    """The messages of `count` interleaved calls, in order of time."""
    rng = random.Random(seed)
    messages = [message for number in range(count) for message in call(rng, number)]
    return sorted(messages, key=lambda message: message.time)


@dataclass
class Format:
    """A log format and what its logs contain.

    write(message, end): the record of a message. option: its name for -f. peer: "address", "name" or None.
    has_local: the address of the logging side. has_time: time and direction. reorders: changes the order of headers.
    has_direction: whether a message was sent or received. lacks: "year" or "date", if times have none. unit: of its
    times, in nanoseconds.
    """

    write: typing.Callable
    option: str
    peer: str
    has_local: bool
    has_time: bool
    reorders: bool
    has_direction: bool
    lacks: str
    unit: int


FORMATS = {}


def writes(option=None, peer=None, has_local=False, has_time=True, reorders=False, has_direction=True, lacks="",
           unit=10**6):
    """Adds a function to FORMATS that writes a message as a record; the defaults are those of Format."""

    def add(write):
        FORMATS[write.__name__] = Format(write, option or write.__name__, peer, has_local, has_time, reorders,
                                         has_direction and has_time, lacks, unit)
        return write

    return add


def _stamp(message, pattern):
    return message.time.strftime(pattern) + f"{message.time.microsecond // 1000:03d}"


@writes(peer="address", has_local=True)
def uccapi(message, end="\r\n"):
    """Client UccApilog."""
    prefix = _stamp(message, "%m/%d/%Y|%H:%M:%S.") + f" {message.process:X}:{message.thread:X} INFO  :: "
    word, toward = ("Sending Packet - ", "From") if message.direction == "out" else ("Data Received -", "To")
    ends = f"{message.peer[0]}:{message.peer[1]} ({toward} Local Address: {message.local[0]}:{message.local[1]})"
    text = message.text.decode().replace("\r\n", end)
    noise = _stamp(message, "%m/%d/%Y|%H:%M:%S.") + f" {message.process:X}:A0C TRACE :: CUccEndpoint::Poll - SIP/2.0 200 OK{end}"
    return (f"{noise}{prefix}{word}{ends} {len(message.text)} bytes:{end}"
            f"{prefix}{text}{end}{prefix}End of {word}{ends} {len(message.text)} bytes{end}")


def _tl_head(message, level, flag, rest, machine=r"pool01\fe01"):
    return (f"{level}({flag}) [{machine}]{message.process:04X}.{message.thread:04X}::"
            + _stamp(message, "%m/%d/%Y-%H:%M:%S.") + f".{message.process * 7919:08x} {rest}")


SERVER_ORDER = ("from", "to", "cseq", "call-id")


def reordered(message):
    """The message with its headers in the order of the servers' log: some first, the others after them."""
    start, *headers = message.head
    first = [line for name in SERVER_ORDER for line in headers if line.lower().startswith(name + ":")]
    rest = [line for line in headers if line not in first]
    return "\r\n".join([start, *first, *rest]).encode() + b"\r\n\r\n" + message.body


@writes(peer="name", reorders=True)
def server(message, end="\r\n", machine=r"pool01\fe01"):
    """SIPStack records of OCSLogger ('0' as machine) and centralized logging."""
    function = "(SIPStack,SIPAdminLog::ProtocolRecord::Flush:ProtocolRecord.cpp(261))"
    correlation = "" if machine.isdigit() else f" [{message.thread * 31}] "
    head = _tl_head(message, "TL_INFO", "TF_PROTOCOL", f"{function}{correlation}$$begin_record", machine)
    direction = {"in": "incoming", "out": "outgoing"}[message.direction]
    start, *lines = reordered(message).split(b"\r\n\r\n", 1)[0].decode().split("\r\n")
    body = message.body.decode().replace("\r\n", end) if message.body else "-"
    kind = "response" if start.startswith("SIP/") else "request"
    noise = _tl_head(message, "TL_INFO", "TF_COMPONENT", "(LyssDal,Client::Poll:client.cpp(17))SIP/2.0 200 OK", machine)
    record = [noise, head, f"Trace-Correlation-Id: {message.thread * 31}", "Instance-Id: 0000C23F",
              f"Direction: {direction}", f"Peer: {message.peer_name}:{message.peer[1]}", f"Message-Type: {kind}",
              f"Start-Line: {start}", *lines, f"Message-Body: {body}", "$$end_record", ""]
    return end.join(record) + end


@writes("server", peer="name", reorders=True)
def ocslogger(message, end="\r\n"):
    """SIPStack records of OCSLogger: no machine, local time."""
    return server(message, end, machine="0")


@writes(peer="address", has_local=True)
def s4(message, end="\r\n"):
    """UCMA and Mediation Server records."""
    head = _tl_head(message, "TL_INFO", "TF_PROTOCOL", "(S4,SipMessage.DataLoggingHelper:sipmessage.cs(801)) [17]")
    local, peer = (f"{end[0]}:{end[1]}" for end in (message.local, message.peer))
    if message.direction == "out":
        mark, arrow, name = ">" * 12, "->", "Outgoing"
    else:
        mark, arrow, name = "<" * 12, "<-", "Incoming"
    text = message.text.decode().replace("\r\n", end)
    return (f"{head}{end}{mark}{name} SipMessage c=[<SipTlsConnection_2F>], {local}{arrow}{peer}{end}"
            f"{text}{end}------------EndOf{name} SipMessage{end}{end}")


@writes(peer="address", has_local=True)
def expressway(message, end="\n"):
    """Cisco Expressway X8 diagnostic log."""
    out = message.direction == "out"
    outer = (message.time + datetime.timedelta(hours=10)).strftime("%Y-%m-%dT%H:%M:%S+10:00")
    utc = message.time.strftime("%Y-%m-%d %H:%M:%S,") + f"{message.time.microsecond // 1000:03d}"
    common = f'{outer} cisco tvcs: UTCTime="{utc}" Module="network.sip"'
    side = "Dst" if out else "Src"
    head = (f'{common} Level="DEBUG":  Action="{"Sent" if out else "Received"}" Local-ip="{message.local[0]}"'
            f' Local-port="{message.local[1]}" {side}-ip="{message.peer[0]}" {side}-port="{message.peer[1]}"'
            f' Msg-Hash="{message.thread}"')
    info = f'{common} Level="INFO":  Detail="{message.head[0]}"'
    text = message.text.decode().replace("\r\n", end + " ")
    # After the last line end there is no blank, so that the mark is in column 0.
    text = text[:-1] if text.endswith(end + " ") else text
    return f"{info}{end}{head}{end} SIPMSG:{end} |{text}|{end}"


@writes(peer="address")
def avaya(message, end="\n"):
    """Avaya CCMS."""
    time = message.time.strftime("%d/%m/%Y-%H:%M:%S.") + f"{message.time.microsecond // 1000:03d}"
    arrow = "--> Message to Send (Dest" if message.direction == "out" else "<-- Message Received (Source"
    head = f"{time} [0x{message.thread:x}] - {arrow} Address IP:  {message.peer[0]}:{message.peer[1]}):$$begin_record"
    direction = {"in": "incoming", "out": "outgoing"}[message.direction]
    start, *lines = message.head
    body = message.body.decode().replace("\r\n", end) if message.body else "-"
    return end.join([head, f"Direction: {direction}", f"Start-Line: {start}", *lines,
                     f"Message-Body: {body}", "$$end_record", f"{time} [0x1] - Base64 dump AAAA", ""])


@writes()
def sipe(message, end="\n"):
    """pidgin-sipe debug output."""
    mark = ">" * 10 if message.direction == "out" else "<" * 10
    time = message.time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{message.time.microsecond:06d}Z"
    text = message.text.decode().replace("\r\n", end)
    clock = message.time.strftime("(%H:%M:%S) sipe: ")
    return (f"{clock}process_input: SIP/2.0 200 OK{end}"
            f"{clock}MESSAGE START {mark} SIP(0x7f0a) - {time}{end}{text}{end}MESSAGE END {mark} SIP(0x7f0a) - {time}{end}")


@writes(has_time=False)
def paste(message, end="\n"):
    """Text copied from Snooper without its blank lines, between lines of prose."""
    start, *lines = message.head
    body = message.body.decode().replace("\r\n\r\n", "\r\n").replace("\r\n", end)
    return end.join([f"Here is what we saw at {message.time}:", "", start, f"Start-Line: {start}", *lines,
                     f"Message-Body: {body or '-'}", "", "That was it. From: somebody.", ""])


for _write, _facts in loggen_heads.ROWS:
    writes(**_facts)(_write)


def log(messages, name, end=None):
    """The log of these messages in a format, as text."""
    writer = FORMATS[name].write
    loggen_heads.begin()
    return "".join(writer(message, end) if end else writer(message) for message in messages)


def main():
    parser = argparse.ArgumentParser(description="Write a log with known truth.")
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("calls", type=int)
    parser.add_argument("--megabytes", type=int, help="repeat the calls until the log is so long")
    arguments = parser.parse_args()
    data = log(calls(arguments.calls), arguments.format).encode()
    times = 1 if arguments.megabytes is None else max(1, arguments.megabytes * 2**20 // len(data))
    for _ in range(times):
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
