# SPDX-License-Identifier: GPL-2.0-or-later
"""Records of each log format with given lines, for tests of single cases."""

PREFIX = "10/16/2013|10:20:30.123 2D8:1C98 INFO  :: "
ENDS = "192.0.2.1:5061 (To Local Address: 192.0.2.2:49200)"
OPTIONS = ["OPTIONS sip:user@example.com SIP/2.0", "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1",
           "From: <sip:a@example.com>;tag=1", "To: <sip:user@example.com>", "Call-ID: c1", "CSeq: 1 OPTIONS",
           "Content-Length: 0"]


def lines(*parts, end="\r\n"):
    return end.join(parts) + end


def message(*head, body=""):
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def with_body(body, length=None, kind="text/plain", start="MESSAGE sip:user@example.com SIP/2.0"):
    """The start line and headers of a message with a body of that type."""
    size = len(body.encode()) if length is None else length
    return [start, *OPTIONS[1:5], "CSeq: 1 MESSAGE", f"Content-Type: {kind}", f"Content-Length: {size}"]


def client(*parts, stated=None, ends=ENDS, word="Data Received -", prefix=PREFIX):
    """A record of a client log with the given lines. The first one gets the prefix."""
    count = "" if stated is None else f" {stated} bytes"
    return lines(f"{prefix}{word}{ends}{count}:", prefix + parts[0], *parts[1:], f"{prefix}End of {word}{ends}{count}")


SERVER_HEAD = r"TL_INFO(TF_PROTOCOL) [pool01\fe01]0A5C.1FB0::10/16/2013-10:20:30.123.0000773E "
SERVER_FUNCTION = "(SIPStack,SIPAdminLog::ProtocolRecord::Flush:ProtocolRecord.cpp(261)) [2003888399] "


def server(*parts, head=SERVER_HEAD + SERVER_FUNCTION + "$$begin_record", direction="incoming"):
    """A protocol record of a server log with the given lines. The first one is the start line."""
    return lines(head, "Trace-Correlation-Id: 2003888399", "Instance-Id: 0000C23F", f"Direction: {direction}",
                 "Peer: fepool01.example.com:61182", "Message-Type: request", f"Start-Line: {parts[0]}", *parts[1:],
                 "$$end_record")


EXPRESSWAY_HEAD = ('2014-02-03T20:30:40+10:00 cisco tvcs: UTCTime="2014-02-03 10:30:40,123" Module="network.sip" '
                   'Level="DEBUG": Action="Received" Local-ip="192.0.2.2" Local-port="5061" Src-ip="192.0.2.1" '
                   'Src-port="25002" Msg-Hash="123"')


def expressway(*parts, head=EXPRESSWAY_HEAD, mark="|"):
    """A record of an Expressway log: each line with a blank before it, and the end mark attached to the last."""
    first, *rest = parts
    return "\n".join([head, " SIPMSG:", f" |{first}", *(" " + line for line in rest)]) + mark + "\n"


def only(result):
    assert len(result.packets) == 1, result.summary
    return result.packets[0]


def read_record(part, direction="Data Received -", minute=20, ends=ENDS):
    prefix = PREFIX.replace("10:20", f"10:{minute}")
    return lines(f"{prefix}{direction}{ends} {len(part)} bytes:", prefix + part,
                 f"{prefix}End of {direction}{ends} {len(part)} bytes")
