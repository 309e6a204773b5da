#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Records calls of programs that nobody here wrote, on the loopback interface.

    record.py FOLDER [NAME...]

Writes NAME.pcapng for each call, and into truth.json what the programs say that they sent. As root, with Debian's
tshark, baresip-core, ffmpeg, and gstreamer1.0-tools with the good and bad plugins. samples/media has such captures;
tests/tshark/test_real_media.py reads them.
"""

import base64
import contextlib
import json
import math
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "samples"), str(TOP / "tests" / "tshark")]

from scapy.all import PcapNgReader  # noqa: E402

from generator import pcapng  # noqa: E402

SECONDS = 2
PORTS = {"caller": (15070, 20100), "callee": (15060, 20000)}  # of SIP, and the first of RTP
NAMES = {"caller": "nora", "callee": "anna"}
# Of the tests; they protect nothing.
KEYS = ("d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR")


@contextlib.contextmanager
def captured(folder):
    """Captures UDP on the loopback interface into a file, whose path it gives."""
    path = folder / "raw.pcapng"
    program = subprocess.Popen(["dumpcap", "-q", "-i", "lo", "-f", "udp", "-w", path], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.5)
        yield path
        time.sleep(1)
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(10)


def write_clean(raw, target, keep=lambda number: True):
    """Writes the frames anew, without what a capture tells of the machine. Returns how many were left out."""
    left_out = 0
    with PcapNgReader(str(raw)) as packets, open(target, "wb") as file:
        writer = pcapng.Writer(file)
        for number, packet in enumerate(packets):
            if keep(number):
                writer.packet(int(packet.time * 10**6), bytes(packet))
            else:
                left_out += 1
    return left_out


# ---- baresip: calls of its own ----

# Module, name in the configuration, samples a second, channels. It chooses among the codecs of the modules it loads.
PCMU, G722 = ("g711", "PCMU", 8000, 1), ("g722", "G722", 16000, 1)
OPUS = ("opus", "opus", 48000, 2)

def baresip_folder(folder, side, encryption, codec, nat):
    """A configuration that answers each call, and sends a tone."""
    sip, rtp = PORTS[side]
    module, name, rate, channels = codec
    home = folder / side
    home.mkdir()
    with wave.open(str(home / "tone.wav"), "wb") as tone:
        tone.setnchannels(channels)
        tone.setsampwidth(2)
        tone.setframerate(rate)
        tone.writeframes(b"".join(struct.pack("<h", int(8000 * math.sin(2 * math.pi * 440 * n / rate))) * channels
                                  for n in range(rate * (SECONDS + 8))))
    modules = (module, "aufile", "srtp", "dtls_srtp", "stun", "ice")
    (home / "config").write_text(
        f"poll_method epoll\nrtp_stats yes\nsip_listen 127.0.0.1:{sip}\nrtp_ports {rtp}-{rtp + 10}\n"
        f"audio_source aufile,{home}/tone.wav\naudio_player aufile,{home}/heard.wav\n"
        f"audio_alert aufile,{home}/alert.wav\n"
        f"opus_bitrate 12000\nausrc_srate {rate}\nauplay_srate {rate}\nausrc_channels {channels}\n"
        f"auplay_channels {channels}\nmodule_path /usr/lib/baresip/modules\n"
        + "".join(f"module {name}.so\n" for name in modules)
        + "module_tmp uuid.so\nmodule_tmp account.so\nmodule_app menu.so\n")
    options = (f";mediaenc={encryption}" if encryption else "") + (f";medianat={nat}" if nat else "")
    (home / "accounts").write_text(f"<sip:{NAMES[side]}@127.0.0.1:{sip}>;regint=0;answermode=auto;ptime=20"
                                   f";audio_codecs={name}{options}\n")
    (home / "contacts").write_text("")
    return home


def packets_of_baresip(log):
    """What it says at the end of a call: (sent, received)."""
    found = re.search(r"^packets: +(\d+) +(\d+)", log, re.MULTILINE)
    if not found:
        raise SystemExit("baresip said nothing of its packets:\n" + log)
    return int(found[1]), int(found[2])


def baresip(encryption, codec, nat=None):
    def record(folder, target):
        homes = {side: baresip_folder(folder, side, encryption, codec, nat) for side in PORTS}
        logs = {}
        with captured(folder) as raw:
            callee = subprocess.Popen(["baresip", "-4", "-f", homes["callee"], "-t", str(SECONDS + 5)],
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            time.sleep(1)
            sip = PORTS["callee"][0]
            caller = subprocess.run(["baresip", "-4", "-f", homes["caller"], "-t", str(SECONDS), "-e",
                                     f"/dial sip:{NAMES['callee']}@127.0.0.1:{sip}"],
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            logs = {"caller": caller.stdout, "callee": callee.communicate(timeout=30)[0]}
        write_clean(raw, target)
        counts = {side: packets_of_baresip(log) for side, log in logs.items()}
        return {side: {"packets": sent, "lost": 0} for side, (sent, _) in counts.items()}
    return record


# ---- ffmpeg and GStreamer: media for a call whose messages come from here ----

def message(start, body, receiver, method="INVITE", number=1):
    """One message of the call, with a mark of Microsoft's."""
    kind = "Content-Type: application/sdp\r\n" if body else ""
    return (f"{start}\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-{number}{method}\r\n"
            f"From: <sip:nora@example.org>;epid=2539071F25;tag=7166e331a\r\nTo: <sip:anna@example.com>{receiver}\r\n"
            f"Call-ID: real-media\r\nCSeq: {number} {method}\r\n{kind}"
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


def gstreamer_side(key, suite, port, peer, first):
    """Its source is told how many buffers it makes; each becomes a packet."""
    cipher = "aes-256-icm" if "256" in suite else "aes-128-icm"
    tag = "hmac-sha1-32" if suite.endswith("_32") else "hmac-sha1-80"
    count = SECONDS * 50
    done = subprocess.Popen(
        ["gst-launch-1.0", "-q", "audiotestsrc", "is-live=true", f"num-buffers={count}", "samplesperbuffer=160", "!",
         "audio/x-raw,rate=8000,channels=1", "!", "alawenc", "!", "rtppcmapay", "pt=96", f"seqnum-offset={first}",
         "min-ptime=20000000", "max-ptime=20000000", "!",
         "srtpenc", f"key={base64.b64decode(key).hex()}", f"rtp-cipher={cipher}", f"rtp-auth={tag}",
         f"rtcp-cipher={cipher}", f"rtcp-auth={tag}", "!",
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


def frames_from(raw, port, places):
    """Numbers of the frames that are the packets at these places among those from a port."""
    with PcapNgReader(str(raw)) as packets:
        own = [number for number, packet in enumerate(packets)
               if packet.haslayer("UDP") and packet["UDP"].sport == port]
    return {own[place] for place in places}


CALLS = {
    "baresip-srtp-pcmu": (baresip("srtp-mand", PCMU), {"seen": 6, "codec": "G.711 mu-law"}),
    "baresip-dtls-opus": (baresip("dtls_srtp", OPUS), {"seen": 7, "codec": "Opus"}),
    "baresip-clear-g722": (baresip(None, G722), {"seen": 1, "codec": "G.722"}),
    "baresip-ice-srtp": (baresip("srtp-mand", OPUS, nat="ice"), {"seen": 6, "codec": "Opus"}),
    "ffmpeg-roll-over": (made_here(ffmpeg_side, "AES_CM_128_HMAC_SHA1_80", "opus/48000/2", KEYS, 65500, (5, 6, 40, 60)),
                         {"seen": 6, "codec": "Opus"}),
    "ffmpeg-short-tag": (made_here(ffmpeg_side, "AES_CM_128_HMAC_SHA1_32", "opus/48000/2", KEYS, 1),
                         {"seen": 6, "codec": "Opus"}),
    "gstreamer-srtpenc": (made_here(gstreamer_side, "AES_CM_128_HMAC_SHA1_80", "PCMA/8000", KEYS, 1000, (3, 9)),
                          {"seen": 6, "codec": "G.711 A-law"}),
}


def main(folder, *names):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    truth_file = folder / "truth.json"
    truth = json.loads(truth_file.read_text()) if truth_file.exists() else {}
    for name in names or CALLS:
        record, facts = CALLS[name]
        with tempfile.TemporaryDirectory() as work:
            os.chmod(work, 0o755)
            sides = record(Path(work), folder / f"{name}.pcapng")
        truth[name] = {**facts, **sides}
        print(name, truth[name], (folder / f"{name}.pcapng").stat().st_size)
    truth_file.write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
