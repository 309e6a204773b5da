#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the captures of samples/ from the messages of samples/messages.

    generate.py [--output DIR] [NAME...]    all captures, or those named (without .pcapng)
    generate.py --list                      the names
    generate.py --record-tls                record the TLS sessions anew whose messages changed

The same input gives the same bytes on every machine; tests/tshark/test_samples.py holds it to that.
Needs Debian's python3-scapy.
"""

import argparse
import sys
from pathlib import Path

from generator import catalog, tls


def main():
    parser = argparse.ArgumentParser(description="Write the sample captures.")
    parser.add_argument("--output", type=Path, metavar="DIR", default=Path(__file__).resolve().parent,
                        help="folder for the captures (default: the folder of this program)")
    parser.add_argument("--list", action="store_true", help="print the names of all captures and stop")
    parser.add_argument("--record-tls", action="store_true",
                        help="record new TLS sessions for the -tls captures whose messages changed, and stop")
    parser.add_argument("names", nargs="*", metavar="NAME", help="captures to write (default: all)")
    arguments = parser.parse_args()

    known = catalog.names()
    if arguments.list:
        print("\n".join(known))
        return 0
    if arguments.record_tls:
        for name in tls.names():
            try:
                tls.load(name=name)
            except (OSError, tls.StaleRecording):
                tls.save(tls.record(name), name=name)
        return 0
    unknown = [name for name in arguments.names if name not in known]
    if unknown:
        parser.error("no such capture: " + ", ".join(unknown))

    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or known:
        with open(arguments.output / (name + ".pcapng"), "wb") as file:
            try:
                catalog.write(name, file)
            except tls.StaleRecording as stale:
                sys.exit(f"{parser.prog}: {stale}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
