#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Records calls of programs that nobody here wrote, on the loopback interface, and through a relay.

    record.py FOLDER [NAME...]

Writes NAME.pcapng for each call, and into truth.json what the programs say that they sent. As root, with Debian's
tshark, baresip-core, coturn, iproute2, ffmpeg, sip-tester, and gstreamer1.0-tools with the good and bad plugins. samples/media has such
captures; tests/tshark/test_real_media.py reads them.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from baresip import G722, OPUS, PCMU, baresip
from relayed import relayed
from senders import changed_keys, ffmpeg_side, gstreamer_side, late_packets, made_here, one_port
from sipp import one_way

# Of the tests; they protect nothing.
KEYS = ("d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR")
LATER_KEYS = ("MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0", "dHNycXBvbm1sa2ppaGdmZWRjYmEwOTg3NjU0MzIx")
LONG_KEYS = ("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdA==",
             "dHNycXBvbm1sa2ppaGdmZWRjYmFaWVhXVlVUU1JRUE9OTUxLSklIR0ZFRENCQQ==")
GCM_KEYS = ("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXI=",
            "cnFwb25tbGtqaWhnZmVkY2JhWllYV1ZVVFNSUVBPTk1MS0pJSEdGRURDQkE=")

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
    "gstreamer-gcm": (made_here(gstreamer_side, "AEAD_AES_256_GCM", "PCMA/8000", GCM_KEYS, 65500, (20, 21)),
                      {"seen": 6, "codec": "G.711 A-law"}),
    "gstreamer-reordered": (made_here(late_packets, "AES_256_CM_HMAC_SHA1_80", "PCMA/8000", LONG_KEYS, 65470),
                            {"seen": 6, "codec": "G.711 A-law"}),
    "baresip-hold": (baresip("srtp-mand", OPUS, commands=("hold", "resume")), {"seen": 6, "codec": "Opus"}),
    "ffmpeg-new-keys": (changed_keys(ffmpeg_side, "AES_CM_128_HMAC_SHA1_80", "opus/48000/2", KEYS, LATER_KEYS),
                        {"seen": 6, "codec": "Opus"}),
    "ffmpeg-one-port": (one_port(ffmpeg_side, "opus/48000/2", ("AES_CM_128_HMAC_SHA1_80", KEYS),
                                 ("AES_CM_128_HMAC_SHA1_32", LATER_KEYS)), {"seen": 6, "codec": "Opus"}),
    "baresip-turn": (relayed("turn", "srtp-mand", PCMU), {"seen": 6, "codec": "G.711 mu-law"}),
    "baresip-turn-ice-dtls": (relayed("ice", "dtls_srtp", OPUS, seconds=7), {"seen": 7, "codec": "Opus"}),
    "sipp-one-way": (one_way, {"seen": 1, "codec": "G.711 mu-law", "direction": 2, "notes": ["sent no media"]}),
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
        calls = sides if isinstance(sides, list) else [sides]
        truth[name] = [{**facts, **call} for call in calls]
        print(name, truth[name], (folder / f"{name}.pcapng").stat().st_size)
    truth_file.write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
