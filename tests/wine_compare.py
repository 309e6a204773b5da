#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares what tshark.exe prints under Wine with what tshark of the same version prints on Linux.

    wine_compare.py OUTPUT WINDOWS LINUX WORK CAPTURE...

OUTPUT: a row of OUTPUTS. WINDOWS: the folder of tshark.exe. LINUX: a folder with the files of Debian's packages, and
skypefed.so below it where PLUGINS says. WORK: a folder for what differs. The plugin for Windows is where the user of
Wine has his. Ends with the number of captures that are the same; fails if one is not.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

OUTPUTS = {
    "details": ["-V", "-z", "skypefed,calls"],
    "json": ["-T", "json"],
    "two-passes": ["-2", "-Y", "skypefed"],
    "media": ["-o", "skypefed.check_all_calls:TRUE", "-V", "-Y", "skypefed.rtp", "-z", "skypefed,calls,json"],
}

LIBRARIES = "usr/lib/x86_64-linux-gnu"
PLUGINS = "plugins"
HANG_SECONDS = 1200

# What stock Wireshark prints in another way on Windows: what it prints there, what it prints on Linux, and why.
KNOWN_DIFFERENCES = [
    (r"\r\n", "\n", "text files on Windows have other line ends"),
    (r'(?<=\d{9} )UT(?=$|")', "UTC", "the C run-time has three letters for GMT, and two for UTC"),
    (r'((?: Sequence Number|"sip\.CSeq\.seq"): "?)4294967295', r"\g<1>0",
     "a number in CSeq that is too long: strtoul() stops at 32 bits on Windows, at 64 on Linux"),
]

# What the plugin says of media that it has verified, or that shows by itself what it is.
PROVED = re.compile(r"media of call \d+, from the call\w+: (Clear RTP|SRTP, authenticated|DTLS handshake)")


def run(command, environment):
    """Standard output of a program that must succeed; a filter may leave nothing of it."""
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=HANG_SECONDS, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{command}: exit code {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8", "replace")


def on_windows(folder, arguments):
    """What tshark.exe prints, with the known differences undone."""
    text = run(["wine", f"{folder}/tshark.exe", *arguments], {**os.environ, "TZ": "UTC0", "WINEDEBUG": "-all"})
    for there, here, _ in KNOWN_DIFFERENCES:
        text = re.sub(there, here, text, flags=re.MULTILINE)
    return text


def on_linux(folder, arguments):
    """What tshark of the packages prints. Wireshark ignores these variables for root."""
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    return run([*user, f"{folder}/usr/bin/tshark", *arguments], {
        "PATH": os.environ["PATH"], "HOME": f"{folder}/nobody", "LC_ALL": "C.UTF-8", "TZ": "UTC0",
        "LD_LIBRARY_PATH": f"{folder}/{LIBRARIES}", "WIRESHARK_DATA_DIR": f"{folder}/usr/share/wireshark",
        "WIRESHARK_PLUGIN_DIR": f"{folder}/{PLUGINS}",
    })


def compare(output, windows, linux, work, capture):
    """Nothing, or how the two differ."""
    arguments = ["-n", "-r", str(capture), *OUTPUTS[output]]
    there = on_windows(windows, ["-n", "-r", f"Z:{capture}", *OUTPUTS[output]])
    here = on_linux(linux, arguments)
    if not here and output != "two-passes":
        return f"{capture.name}: nothing printed\n"
    if output == "details" and "\nCall  Frame  Caller" not in here and "plain" not in capture.name:
        return f"{capture.name}: no table of calls\n"
    if output == "media" and not PROVED.search(here):
        return f"{capture.name}: nothing is proved of its media\n"
    if there == here:
        return ""
    files = [work / f"{capture.stem}.{output}.{name}" for name in ("linux", "windows")]
    for file, text in zip(files, (here, there)):
        file.write_text(text, encoding="utf-8")
    lines = subprocess.run(["diff", *map(str, files)], capture_output=True, text=True, check=False).stdout
    return f"{capture.name}\n{lines[:2000]}\n"


def main():
    """Compares the captures, as many at a time as there are processors."""
    output, windows, linux, work = sys.argv[1], *map(pathlib.Path, sys.argv[2:5])
    captures = [pathlib.Path(name).resolve() for name in sys.argv[5:]]
    work.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        differences = list(pool.map(lambda capture: compare(output, windows, linux, work, capture), captures))
    same = differences.count("")
    print("".join(differences), end="")
    print(f"{same} of {len(captures)} captures: the same")
    return 0 if captures and same == len(captures) else 1


if __name__ == "__main__":
    sys.exit(main())
