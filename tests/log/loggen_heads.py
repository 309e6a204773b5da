# SPDX-License-Identifier: GPL-2.0-or-later
"""Writers of the formats that put one head line before a bare message, for loggen.py.

ROWS has a row for each: the function that writes a message, and the arguments of loggen.writes().
"""

import itertools

ROWS = []

# Numbers of the records of an AudioCodes device; begin() starts them again.
SEQUENCE = itertools.count(1)


def begin():
    """To be called before the first message of a log."""
    global SEQUENCE
    SEQUENCE = itertools.count(76337879)


def row(**facts):
    """Adds a function to ROWS."""

    def add(write):
        ROWS.append((write, facts))
        return write

    return add


def text_of(message, end):
    """The message with other line ends."""
    return message.text.decode().replace("\r\n", end)


def stamp(message, pattern):
    """The time of a message, with milliseconds."""
    return message.time.strftime(pattern) + f".{message.time.microsecond // 1000:03d}"


def ends(message):
    """Source and destination as `address:port`."""
    both = [f"{address}:{port}" for address, port in (message.local, message.peer)]
    return both if message.direction == "out" else both[::-1]


def peer(message):
    """The other end as `address:port`."""
    return f"{message.peer[0]}:{message.peer[1]}"


def local(message):
    """The own end as `address:port`."""
    return f"{message.local[0]}:{message.local[1]}"


@row(peer="address", has_local=True, has_direction=False)
def sngrep(message, end="\n"):
    """sngrep, Save as text."""
    source, destination = ends(message)
    return f"{stamp(message, '%Y/%m/%d %H:%M:%S')}000 {source} -> {destination}{end}{text_of(message, end)}{end}{end}"


@row(peer="address", has_local=True, has_direction=False)
def ngrep(message, end="\n"):
    """ngrep -W byline: a dot for each CR."""
    source, destination = ends(message)
    head = f"T {stamp(message, '%Y/%m/%d %H:%M:%S')}000 {source} -> {destination} [AP] #7{end}"
    return f"{head}{text_of(message, '.' + end)}{end}"


@row(peer="address", has_local=True, lacks="year")
def oracle(message, end="\n"):
    """sipmsg.log of an Oracle SBC."""
    words = "sent to" if message.direction == "out" else "received from"
    head = f"{stamp(message, '%b %e %H:%M:%S')} On [1:0]{local(message)} {words} {peer(message)}{end}"
    return f"{head}{text_of(message, end)}{end}{end}{'-' * 40}{end}"


@row(lacks="year")
def cube(message, end="\n"):
    """debug ccsip messages of a Cisco router."""
    word = "Sent: " if message.direction == "out" else "Received: "
    time = stamp(message, "%b %e %H:%M:%S")
    noise = f"{time}: //17/9AB0A6C58011/SIP/Info/verbose/4096/sipSPIGetCallConfig: nothing{end}"
    return f"{noise}{time}: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:{end}{word}{end}{text_of(message, end)}{end}"


@row(peer="address", lacks="year", unit=10**9)
def cms(message, end="\n"):
    """SIP trace of a Cisco Meeting Server: the prefix of syslog before each line."""
    way = "outgoing SIP TLS data to" if message.direction == "out" else "incoming SIP TLS data from"
    prefix = f"{message.time.strftime('%b %e %H:%M:%S')} user.info cms01 host:server:  INFO : SIP trace: "
    lines = [f"connection 98: {way} {peer(message)}, size {len(message.text)}:",
             *message.text.decode().removesuffix("\r\n").split("\r\n")]
    return "".join(f"{prefix}{line}{end}" for line in lines)


@row(peer="address", lacks="date")
def cucm(message, end="\n"):
    """SDL trace of a CUCM."""
    address, port = message.peer
    words = (f"SIPTcp - wait_SdlSPISignal: Outgoing SIP TCP message to {address} on port {port} index 12 "
             if message.direction == "out" else
             f"SIPTcp - wait_SdlReadRsp: Incoming SIP TCP message from {address} on port {port} index 12 "
             f"with {len(message.text)} bytes:")
    return (f"00052337.001 |{stamp(message, '%H:%M:%S')} |AppInfo  |{words}{end}[391,NET]{end}"
            f"{text_of(message, end)}{end}{end}")


@row(peer="address")
def asterisk(message, end="\n"):
    """Asterisk full log, PJSIP."""
    kind = "response" if message.head[0].startswith("SIP/") else "request"
    words = (f"<--- Transmitting SIP {kind} ({len(message.text)} bytes) to TLS:{peer(message)} --->"
             if message.direction == "out" else
             f"<--- Received SIP {kind} ({len(message.text)} bytes) from TLS:{peer(message)} --->")
    return (f"[{stamp(message, '%Y-%m-%d %H:%M:%S')}] VERBOSE[2317] res_pjsip_logger.c: {words}{end}"
            f"{text_of(message, end)}{end}")


@row(option="asterisk", peer="address", lacks="year")
def chan_sip(message, end="\n"):
    """Asterisk full log, chan_sip."""
    time = f"[{stamp(message, '%b %e %H:%M:%S')}] VERBOSE[2317] chan_sip.c: "
    if message.direction == "out":
        return (f"{time}{end}<--- Transmitting (NAT) to {peer(message)} --->{end}{text_of(message, end)}"
                f"{end}<------------>{end}")
    return f"{time}{end}<--- SIP read from TLS:{peer(message)} --->{end}{text_of(message, end)}{end}<------------->{end}"


@row(peer="address")
def freeswitch(message, end="\n"):
    """FreeSWITCH, sofia siptrace: the date is in other entries only."""
    words = "send {} bytes to" if message.direction == "out" else "recv {} bytes from"
    noise = f"{stamp(message, '%Y-%m-%d %H:%M:%S')}000 [NOTICE] switch_channel.c:1118 New Channel{end}"
    return (f"{noise}{words.format(len(message.text))} tls/[{message.peer[0]}]:{message.peer[1]} at "
            f"{stamp(message, '%H:%M:%S')}000:{end}{'-' * 72}{end}{text_of(message, end)}{end}")


@row(option="freeswitch", peer="address")
def drachtio(message, end="\n"):
    """drachtio: each entry begins with the date."""
    words = "send {} bytes to" if message.direction == "out" else "recv {} bytes from"
    time = f"{stamp(message, '%H:%M:%S')}000"
    return (f"{message.time.strftime('%Y-%m-%d')} {time} {words.format(len(message.text))} tls/[{message.peer[0]}]:"
            f"{message.peer[1]} at {time}:{end}{text_of(message, end)}{end}")


@row(option="ribbon")
def ribbon_bodies(message, end="\n"):
    """DBG log of a Ribbon SBC core: a record for the headers, and one for the body."""
    words = "SipFeSocketSendMsg" if message.direction == "out" else "SipFeSocketRecvMsg"
    head = f"339 {stamp(message, '%m%d%Y %H%M%S')}000:1.01.00.38344.Info    .SIPCM: {words} - msg = "
    parts = message.text.split(b"\r\n\r\n", 1)
    pieces = [parts[0] + b"\r\n\r\n", parts[1]] if parts[1] else [message.text]
    text = (piece.decode().replace("\r\n", end) for piece in pieces)
    return "".join(f"{head}{part}, msgLen = {len(part)}.{end}" for part in text)


@row()
def ribbon(message, end="\n"):
    """DBG log of a Ribbon SBC core: the start line is in the head line."""
    words = "SipFeSocketSendMsg" if message.direction == "out" else "SipFeSocketRecvMsg"
    return (f"339 {stamp(message, '%m%d%Y %H%M%S')}000:1.01.00.38344.Info    .SIPCM: {words} - msg = "
            f"{text_of(message, end)}, msgLen = {len(message.text)}.{end}")


@row(peer="address", lacks="date")
def pjsua(message, end="\n"):
    """pjsua, log level 5."""
    start = message.head[0].split(" ")
    name = f"Response msg {start[1]}" if start[0] == "SIP/2.0" else f"Request msg {start[0]}"
    words = (f".TX {len(message.text)} bytes {name}/cseq=1 (tdta0x7f5c) to TLS {peer(message)}:"
             if message.direction == "out" else
             f".RX {len(message.text)} bytes {name}/cseq=1 (rdata0x7f5c) from TLS {peer(message)}:")
    return f"{stamp(message, '%H:%M:%S')}    pjsua_core.c  {words}{end}{text_of(message, end)}{end}--end msg--{end}"


@row(peer="address")
def snom(message, end="\n"):
    """The SIP Trace page of a snom phone: the day comes first, and the milliseconds are after a colon."""
    words = "Sent to" if message.direction == "out" else "Received from"
    time = stamp(message, "%d/%m/%Y %H:%M:%S").replace(".", ":")
    return (f"{words} tls:{peer(message)} at {time} ({len(message.text)} bytes):{end}{end}"
            f"{text_of(message, end)}{end}{'-' * 80}{end}")


@row()
def sipp(message, end="\n"):
    """sipp -trace_msg."""
    words = (f"TCP message sent ({len(message.text)} bytes):" if message.direction == "out"
             else f"TCP message received [{len(message.text)}] bytes :")
    return (f"{'-' * 47} {stamp(message, '%Y-%m-%d %H:%M:%S')}000{end}{words}{end}{end}"
            f"{text_of(message, end)}{end}{end}")


@row(peer="address")
def linphone(message, end="\n"):
    """Linphone on a desktop."""
    words = (f"message sent to [TLS://{peer(message)}], size: [{len(message.text)}] bytes"
             if message.direction == "out" else
             f"received [{len(message.text)}] new bytes from [TLS://{peer(message)}]:")
    time = stamp(message, "%Y-%m-%d %H:%M:%S").replace(".", ":")
    return f"{time} belle-sip-message-channel [0x7f5c]: {words}{end}{text_of(message, end)}{end}"


@row(option="linphone", peer="address")
def linphone_android(message, end="\n"):
    """Linphone in logcat: the time is in seconds since 1970, and each line has it."""
    words = (f"message sent to [TLS://{peer(message)}], size: [{len(message.text)}] bytes"
             if message.direction == "out" else
             f"received [{len(message.text)}] new bytes from [TLS://{peer(message)}]:")
    seconds, rest = divmod(message.nanoseconds, 10**9)
    prefix = f"{seconds}.{rest // 10**6:03d} 1724-1724/org.example I/linphone: "
    lines = [f"channel [0x7088]: {words}", *message.text.decode().removesuffix("\r\n").split("\r\n")]
    return "".join(f"{prefix}{line}{end}" for line in lines)


@row(option="exosip", peer="address", lacks="year", unit=10**9)
def yealink(message, end="\n"):
    """Yealink phones: the prefix of syslog before each line."""
    way = "Message sent: (to dest" if message.direction == "out" else "Message recv: (from src"
    prefix = f"<134>{message.time.strftime('%b %e %H:%M:%S')} sua [634]: SIP <6+info  > [000] "
    lines = [f"{way}={peer(message)} len={len(message.text)})", "",
             *message.text.decode().removesuffix("\r\n").split("\r\n")]
    return "".join(f"{prefix}{line}{end}" for line in lines)


@row(peer="address", has_time=False)
def exosip(message, end="\n"):
    """Other programs with eXosip, without times."""
    host, port = message.peer
    head = (f"Message sent: (to dest={host}:{port}) " if message.direction == "out" else
            f"Received message len={len(message.text)} from {host}:{port}:")
    return f"| INFO1 | 81233 <udp.c: 540> {head}{end}{text_of(message, end)}{end}"


@row(peer="address", has_local=True, lacks="date", unit=10**9)
def ipoffice(message, end="\n"):
    """Avaya IP Office Monitor: all lines of a message are indented."""
    source, destination = ends(message)
    word = "Tx" if message.direction == "out" else "Rx"
    lines = message.text.decode().removesuffix("\r\n").split("\r\n")
    head = f"{message.time.strftime('%H:%M:%S')}  1210484664mS SIP {word}: TLS {source} -> {destination}"
    return end.join([head, *(f"                    {line}" for line in lines), ""])


@row(peer="address", has_local=True)
def tracesm(message, end="\n"):
    """traceSM of an Avaya Session Manager."""
    arrow, way = ("<--", "egress") if message.direction == "out" else ("-->", "ingress")
    line = "-" * 20
    return end.join([line, f"{stamp(message, '%m/%d/%Y %H:%M:%S')} {arrow}", f"octets: {len(message.text)}, Body Length: 0",
                     f"{way}: {{ L{local(message)}/R{peer(message)}/TLS/ }}", "SIPMsgContext: [NONE]", line,
                     f"{text_of(message, end)}{line}", ""])


@row(option="paste", has_direction=False, lacks="year", unit=10**9)
def kamailio(message, end="\n"):
    """xlog of Kamailio in syslog: one line, with the line ends that rsyslog writes."""
    prefix = f"{message.time.strftime('%b %e %H:%M:%S')} sip1 /usr/sbin/kamailio[2317]: INFO: <script>: "
    return prefix + text_of(message, "#015#012") + end


@row(option="paste", has_direction=False, lacks="year", unit=10**9)
def kamailio_lines(message, end="\n"):
    """xlog of Kamailio to a syslog that makes an entry of each line."""
    prefix = f"{message.time.strftime('%b %e %H:%M:%S')} sip1 /usr/sbin/kamailio[2317]: INFO: <script>: "
    return "".join(f"{prefix}{line}{end}" for line in message.text.decode().removesuffix("\r\n").split("\r\n"))


@row(option="paste", has_direction=False, lacks="year", unit=10**9)
def opensips(message, end="\n"):
    """The message after an entry with a time, without a prefix."""
    return f"{message.time.strftime('%b %e %H:%M:%S')} [2317] INFO:siptrace: a message{end}{text_of(message, end)}{end}"


@row(option="paste", has_direction=False, lacks="year")
def polycom(message, end="\n"):
    """Polycom phones: month, day and time in digits."""
    prefix = f"{stamp(message, '%m%d%H%M%S')}|sip  |1|00|    "
    return "".join(f"{prefix}{line}{end}" for line in message.text.decode().removesuffix("\r\n").split("\r\n"))


@row(option="paste", has_time=False)
def mail(message, end="\n"):
    """Quoted in a mail."""
    return "".join(f"> {line}".rstrip(" ") + end for line in message.text.decode().split("\r\n")) + end


@row(option="paste", has_time=False)
def article(message, end="\n"):
    """Markdown: indented, and two blanks after each line."""
    lines = message.text.decode().removesuffix("\r\n").split("\r\n")
    return "".join(f"    {line}  {end}" for line in lines) + f"Text of the author.{end}"


@row(has_time=False)
def follow(message, end="\n"):
    """tshark -q -z follow,tls,ascii,0: the bytes of the stream, in two pieces. The end 0 is the one that logs."""
    rule = "=" * 67
    tab = "" if message.direction == "out" else "\t"
    half = len(message.text) // 2
    pieces = [f"{tab}{len(piece)}\n{piece.decode()}\n" for piece in (message.text[:half], message.text[half:])]
    head = f"\n{rule}\nFollow: tls,ascii\nFilter: tcp.stream eq 0\nNode 0: {local(message)}\nNode 1: {peer(message)}\n"
    text = f"{head}{''.join(pieces)}{rule}\n"
    return text if end == "\n" else text.replace("\r\n", "\n").replace("\n", end)


RECORD_BYTES = 500


def _audiocodes_head(message):
    way, word = ("Outgoing", "to") if message.direction == "out" else ("Incoming", "from")
    side = "from" if message.direction == "out" else "to"
    return f"(N 17906356)  ---- {way} SIP Message {word} {peer(message)} {side} SIPInterface #1 (TEAMS) TLS TO(#553) SocketID(7) ---- "


def _audiocodes(message, new_line):
    """The text of each record: a long message has several, which end anywhere. The device adds a blank to each line."""
    time = message.time.strftime("[Time:%d-%m@%H:%M:%S") + f".{message.time.microsecond // 1000:03d}]"
    text = message.text.decode()
    pieces = [text[at : at + RECORD_BYTES] for at in range(0, len(text), RECORD_BYTES)]
    for index, piece in enumerate(pieces[:-1]):
        if piece.endswith("\r"):
            pieces[index : index + 2] = [piece[:-1], "\r" + pieces[index + 1]]
    for index, piece in enumerate(pieces):
        lines = piece.replace("\r\n", f" {new_line}")
        pieces[index] = f"{lines}{'' if piece.endswith(chr(10)) else ' '}{time}"
    if message.direction == "in":
        return [f"{_audiocodes_head(message)}{new_line}{time}", *pieces]
    return [f"{_audiocodes_head(message)}{new_line}{pieces[0]}", *pieces[1:]]


@row(peer="address", lacks="year")
def audiocodes(message, end="\n"):
    """AudioCodes Syslog Viewer: the lines of a record are set in."""
    indent = " " * 89
    time = stamp(message, "%m/%d %H:%M:%S")
    return "".join(f"{time}  192.0.2.51  local0.notice  [S={next(SEQUENCE)}] [SID=cd9263:28:29209476]  {text}{end}"
                   for text in _audiocodes(message, end + indent))


@row(option="audiocodes", peer="address", lacks="year")
def audiocodes_rsyslog(message, end="\n"):
    """AudioCodes behind rsyslog: one line for each record."""
    time = message.time.strftime("%b %e %H:%M:%S")
    return "".join(f"{time} 192.0.2.51 [S={next(SEQUENCE)}] [SID=cd9263:28:29209476]  {text}{end}"
                   for text in _audiocodes(message, "#012"))


@row(option="audiocodes", peer="address", lacks="date")
def audiocodes_old(message, end="\n"):
    """AudioCodes 6.x: two blanks for each line end."""
    time = stamp(message, "%H:%M:%S")
    return "".join(f"{time} : 192.0.2.51 : NOTICE  : [S={next(SEQUENCE)}] [SID:29209476]  {text}{end}"
                   for text in (_audiocodes_head(message), message.text.decode().replace("\r\n", "  ")))
