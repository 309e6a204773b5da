#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Counts the single cases of a run of CTest.

    tally.py CTEST.xml

CTEST.xml is what `ctest --output-junit` writes. To CTest a test program is one
test; this counts the cases inside: the lines of a GLib test program (TAP), the
closing line of pytest, and one for any other program. Prints a line for each
CTest test, then `N passed, N failed`; names skipped cases, which count as
neither. Exit code 1 when anything failed or nothing ran.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

TAP = re.compile(r"^\s*(not )?ok \d+(.*)$", re.MULTILINE)
PYTEST = re.compile(r"^=* ?((?:\d+ [a-z]+, )*\d+ [a-z]+) in [0-9.]+s\b.*$", re.MULTILINE)
PYTEST_WORDS = {
    "passed": "passed",
    "xfailed": "passed",
    "failed": "failed",
    "xpassed": "failed",
    "error": "failed",
    "errors": "failed",
    "skipped": "skipped",
}


def count_tap(output):
    """Cases of a TAP stream: passed, failed, skipped."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for line in TAP.finditer(output):
        if line.group(1):
            counts["failed"] += 1
        elif "# SKIP" in line.group(2).upper():
            counts["skipped"] += 1
        else:
            counts["passed"] += 1
    return counts


def count_pytest(output):
    """Cases of pytest's closing line: passed, failed, skipped."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for closing in PYTEST.finditer(output):
        for part in closing.group(1).split(", "):
            number, word = part.split(" ")
            if word in PYTEST_WORDS:
                counts[PYTEST_WORDS[word]] += int(number)
    return counts


def count(case, output):
    """Cases of one CTest test. A test that CTest calls failed has at least one failed case."""
    status = case.get("status")
    skipped = case.find("skipped")
    # CTest also writes <skipped> for a program that is not there; that is a failure.
    if status == "disabled" or (skipped is not None and skipped.get("message", "").startswith("SKIP_")):
        return {"passed": 0, "failed": 0, "skipped": 1}
    counts = count_pytest(output)
    if not any(counts.values()):
        counts = count_tap(output)
    if status == "run":
        if not any(counts.values()):
            counts["passed"] = 1
    elif counts["failed"] == 0:
        counts["failed"] = 1
    return counts


def main(path):
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        output = "".join(part.text or "" for part in case.iter("system-out"))
        counts = count(case, output)
        for word, number in counts.items():
            total[word] += number
        line = f"  {case.get('name'):<44} {counts['passed']:>5} passed, {counts['failed']} failed"
        if counts["skipped"]:
            line += f", {counts['skipped']} skipped"
        print(f"{line} {float(case.get('time', 0)):>8.1f} s")
        if counts["failed"]:
            print("\n".join("    | " + text for text in output.splitlines()[-60:]))
    print(f"{total['passed']} passed, {total['failed']} failed")
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
