# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls between two baresips."""

import json
import math
import re
import socket
import struct
import subprocess
import time
import wave

from loopback import NAMES, PORTS, SECONDS, captured, write_clean

# Module, name in the configuration, samples a second, channels. It chooses among the codecs of the modules it loads.
PCMU, G722 = ("g711", "PCMU", 8000, 1), ("g722", "G722", 16000, 1)
OPUS = ("opus", "opus", 48000, 2)

def baresip_folder(folder, side, encryption, codec, nat, host="127.0.0.1"):
    """A configuration that answers each call, and sends a tone. nat: a module, and the options of its server."""
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
    modules = (module, "aufile", "srtp", "dtls_srtp", "stun", "turn", "ice")
    (home / "config").write_text(
        f"poll_method epoll\nrtp_stats yes\nsip_listen {host}:{sip}\nrtp_ports {rtp}-{rtp + 10}\n"
        f"audio_source aufile,{home}/tone.wav\naudio_player aufile,{home}/heard.wav\n"
        f"audio_alert aufile,{home}/alert.wav\n"
        f"opus_bitrate 12000\nausrc_srate {rate}\nauplay_srate {rate}\nausrc_channels {channels}\n"
        f"auplay_channels {channels}\nmodule_path /usr/lib/baresip/modules\n"
        + "".join(f"module {name}.so\n" for name in modules)
        + "module_tmp uuid.so\nmodule_tmp account.so\nmodule_app menu.so\n"
        + (f"module_app ctrl_tcp.so\nctrl_tcp_listen 127.0.0.1:{CONTROL}\n" if side == "caller" else ""))
    options = (f";mediaenc={encryption}" if encryption else "") + (f";medianat={nat}" if nat else "")
    (home / "accounts").write_text(f"<sip:{NAMES[side]}@{host}:{sip}>;regint=0;answermode=auto;ptime=20"
                                   f";audio_codecs={name}{options}\n")
    (home / "contacts").write_text("")
    return home


def packets_of_baresip(log):
    """What it says at the end of a call: (sent, received)."""
    found = re.search(r"^packets: +(\d+) +(\d+)", log, re.MULTILINE)
    if not found:
        raise SystemExit("baresip said nothing of its packets:\n" + log)
    return int(found[1]), int(found[2])


CONTROL = 14444


def tell(command):
    """Has the caller's baresip do something: a netstring with JSON."""
    text = json.dumps({"command": command})
    with socket.create_connection(("127.0.0.1", CONTROL), 5) as link:
        link.sendall(f"{len(text)}:{text},".encode())
        link.recv(1000)


def baresip(encryption, codec, nat=None, commands=()):
    """commands: what the caller does after a second each."""
    def record(folder, target):
        homes = {side: baresip_folder(folder, side, encryption, codec, nat) for side in PORTS}
        logs = {}
        with captured(folder) as raw:
            callee = subprocess.Popen(["baresip", "-4", "-f", homes["callee"], "-t",
                                       str(SECONDS + len(commands) + 5)],
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            time.sleep(1)
            sip = PORTS["callee"][0]
            caller = subprocess.Popen(["baresip", "-4", "-f", homes["caller"], "-t", str(SECONDS + len(commands)), "-e",
                                       f"/dial sip:{NAMES['callee']}@127.0.0.1:{sip}"],
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for command in commands:
                time.sleep(1)
                tell(command)
            logs = {"caller": caller.communicate(timeout=30)[0], "callee": callee.communicate(timeout=30)[0]}
        write_clean(raw, target)
        counts = {side: packets_of_baresip(log) for side, log in logs.items()}
        return {side: {"packets": sent, "lost": 0} for side, (sent, _) in counts.items()}
    return record
