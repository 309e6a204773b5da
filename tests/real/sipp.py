# SPDX-License-Identifier: GPL-2.0-or-later
"""A call of SIPp, whose caller streams a file while the callee sends nothing."""

import subprocess
import time
from pathlib import Path

from loopback import PORTS, SECONDS, captured, write_clean

SAMPLES_OF_PACKET, SILENCE = 160, b"\xff"  # mu-law


def one_way(folder, target):
    """SIPp is told of the file, which it sends once, 20 ms in a packet."""
    count = 50 * SECONDS
    (folder / "tone.ulaw").write_bytes(SILENCE * SAMPLES_OF_PACKET * count)
    callee = ["sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(PORTS["callee"][0]), "-m", "1", "-nostdin"]
    caller = ["sipp", "-sf", Path(__file__).with_name("sipp_caller.xml"), "-i", "127.0.0.1", "-p",
              str(PORTS["caller"][0]), "-mp", str(PORTS["caller"][1]), "-m", "1", "-nostdin",
              f"127.0.0.1:{PORTS['callee'][0]}"]
    with captured(folder) as raw:
        answering = subprocess.Popen([*callee, "127.0.0.1"], cwd=folder, stdout=subprocess.DEVNULL)
        time.sleep(1)
        subprocess.run(caller, cwd=folder, stdout=subprocess.DEVNULL, check=True, timeout=60)
        answering.wait(60)
    write_clean(raw, target)
    return {"caller": {"packets": count, "lost": 0}, "callee": {"packets": 0, "lost": 0, "ssrcs": 0}}
