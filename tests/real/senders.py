# SPDX-License-Identifier: GPL-2.0-or-later
"""Media of ffmpeg and GStreamer, for calls whose messages come from here."""

import base64
import re
import socket
import subprocess
import time

from loopback import SECONDS, captured, frames_from, write_clean


def message(start, body, receiver, method="INVITE", number=1, call_id="real-media"):
    """One message of the call, with a mark of Microsoft's."""
    kind = "Content-Type: application/sdp\r\n" if body else ""
    return (f"{start}\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-{number}{method}\r\n"
            f"From: <sip:nora@example.org>;epid=2539071F25;tag=7166e331a\r\nTo: <sip:anna@example.com>{receiver}\r\n"
            f"Call-ID: {call_id}\r\nCSeq: {number} {method}\r\n{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def description(port, key, suite, codec):
    return (f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/SAVP 96\r\n"
            f"a=rtpmap:96 {codec}\r\na=crypto:1 {suite} inline:{key}|2^31\r\n")


def send(payload, sender, receiver):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        link.bind(("127.0.0.1", sender))
        link.sendto(payload, ("127.0.0.1", receiver))
    time.sleep(0.05)


def ffmpeg_side(key, suite, port, peer, first):
    """Opus, whose packets ffmpeg counts: one of media each."""
    done = subprocess.Popen(
        ["ffmpeg", "-hide_banner", "-nostdin", "-v", "verbose", "-re", "-f", "lavfi", "-i", f"sine=440:d={SECONDS}",
         "-c:a", "libopus", "-b:a", "16k", "-payload_type", "96", "-seq", str(first), "-f", "rtp", "-srtp_out_suite",
         suite, "-srtp_out_params", key, f"srtp://127.0.0.1:{peer}?localport={port}&rtcpport={peer + 1}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def packets():
        return int(re.search(r"(\d+) packets muxed", done.communicate(timeout=60)[1])[1])
    return packets


def gstreamer_side(key, suite, port, peer, first, on_the_way=()):
    """Its source is told how many buffers it makes; each becomes a packet. on_the_way: what netsim does to some."""
    is_gcm = suite.endswith("_GCM")
    cipher = f"aes-{256 if '256' in suite else 128}-{'gcm' if is_gcm else 'icm'}"
    tag = "null" if is_gcm else "hmac-sha1-32" if suite.endswith("_32") else "hmac-sha1-80"
    count = SECONDS * 50
    done = subprocess.Popen(
        ["gst-launch-1.0", "-q", "audiotestsrc", "is-live=true", f"num-buffers={count}", "samplesperbuffer=160", "!",
         "audio/x-raw,rate=8000,channels=1", "!", "alawenc", "!", "rtppcmapay", "pt=96", f"seqnum-offset={first}",
         "min-ptime=20000000", "max-ptime=20000000", "!",
         "srtpenc", f"key={base64.b64decode(key).hex()}", f"rtp-cipher={cipher}", f"rtp-auth={tag}",
         f"rtcp-cipher={cipher}", f"rtcp-auth={tag}", "!", *on_the_way,
         "udpsink", "host=127.0.0.1", f"port={peer}", f"bind-port={port}", "bind-address=127.0.0.1"])

    def packets():
        done.wait(60)
        return count
    return packets


def made_here(side, suite, codec, keys, first, drop=()):
    """A call whose messages are sent from here. drop: places of the caller's packets that are taken out afterwards."""
    def record(folder, target):
        ports = {"caller": 20100, "callee": 20200}
        with captured(folder) as raw:
            bodies = [description(port, key, suite, codec) for port, key in zip(ports.values(), keys)]
            send(message("INVITE sip:anna@example.com SIP/2.0", bodies[0], ""), 5070, 5060)
            send(message("SIP/2.0 200 OK", bodies[1], ";tag=b"), 5060, 5070)
            counts = [side(keys[0], suite, ports["caller"], ports["callee"], first),
                      side(keys[1], suite, ports["callee"], ports["caller"], first)]
            sent = {name: count() for name, count in zip(ports, counts)}
            send(message("BYE sip:anna@example.com SIP/2.0", "", ";tag=b", "BYE", 2), 5070, 5060)
        unwanted = frames_from(raw, ports["caller"], drop)
        write_clean(raw, target, lambda number: number not in unwanted)
        return {name: {"packets": count - (len(drop) if name == "caller" else 0),
                       "lost": len(drop) if name == "caller" else 0} for name, count in sent.items()}
    return record


def late_packets(key, suite, port, peer, first):
    """GStreamer delays some packets, so that others overtake them."""
    return gstreamer_side(key, suite, port, peer, first,
                          ("netsim", "delay-probability=0.2", "min-delay=30", "max-delay=70", "!"))


MEDIA_PORTS = (20100, 20200)


def agree(suite, codec, keys, number=1, call_id="real-media"):
    """Sends an offer and its answer; the first one of a call has number 1."""
    bodies = [description(port, key, suite, codec) for port, key in zip(MEDIA_PORTS, keys)]
    receiver = ";tag=b" if number > 1 else ""
    send(message("INVITE sip:anna@example.com SIP/2.0", bodies[0], receiver, number=number, call_id=call_id), 5070, 5060)
    send(message("SIP/2.0 200 OK", bodies[1], ";tag=b", number=number, call_id=call_id), 5060, 5070)


def end(number, call_id="real-media"):
    send(message("BYE sip:anna@example.com SIP/2.0", "", ";tag=b", "BYE", number, call_id), 5070, 5060)


def both_ways(side, keys, suite, first):
    """Has both sides send; what each says of its packets."""
    counts = [side(key, suite, MEDIA_PORTS[n], MEDIA_PORTS[1 - n], first) for n, key in enumerate(keys)]
    return {name: {"packets": count(), "lost": 0} for name, count in zip(("caller", "callee"), counts)}


def changed_keys(side, suite, codec, *keys):
    """A call whose offers after the first one change its keys; the senders begin anew then."""
    def record(folder, target):
        with captured(folder) as raw:
            sent = []
            for number, pair in enumerate(keys, 1):
                agree(suite, codec, pair, number)
                sent.append(both_ways(side, pair, suite, 1000 * number))
            end(len(keys) + 1)
        write_clean(raw, target)
        return {name: {"packets": sum(part[name]["packets"] for part in sent), "lost": 0, "ssrcs": len(keys)}
                for name in ("caller", "callee")}
    return record


def one_port(side, codec, *calls):
    """Calls one after the other between the same ports: (suite, keys) of each. Returns the truth of each."""
    def record(folder, target):
        with captured(folder) as raw:
            sent = []
            for number, (suite, keys) in enumerate(calls, 1):
                agree(suite, codec, keys, call_id=f"real-media-{number}")
                sent.append(both_ways(side, keys, suite, 1000 * number))
                end(2, f"real-media-{number}")
        write_clean(raw, target)
        return sent
    return record
