#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Measures skypefed-log with a large log, by hand: its memory and time, and the time that
# tshark needs to dissect the capture. Fails above 64 MiB, or if tshark is faster.
#
#   sh tests/log/measure.sh PROGRAM [FORMAT] [MEGABYTES]
#
# FORMAT: one of loggen.py (default: uccapi). MEGABYTES: size of the log (default: 1024);
# the temporary folder needs twice that.
set -eu

program=${1:?usage: sh tests/log/measure.sh PROGRAM [FORMAT] [MEGABYTES]}
format=${2:-uccapi}
megabytes=${3:-1024}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

# timed NAME COMMAND...: runs COMMAND and stores its processor time and memory as "SECONDS KILOBYTES".
timed()
{
    name=$1
    shift
    /usr/bin/python3 - "$folder/$name" "$@" <<'EOF'
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    print(f"{used.ru_utime + used.ru_stime:.1f} {used.ru_maxrss}", file=file)
sys.exit(code)
EOF
}

/usr/bin/python3 "$here/loggen.py" "$format" 1000 --megabytes "$megabytes" >"$folder/log"
timed program "$program" -o "$folder/capture" "$folder/log"
timed tshark tshark -r "$folder/capture"

read -r seconds kilobytes <"$folder/program"
read -r dissection _ <"$folder/tshark"
printf '%s, %s MiB: %s s of processor time, %s KiB of memory; tshark needs %s s for the capture\n' \
    "$format" "$(($(stat -c %s "$folder/log") / 1048576))" "$seconds" "$kilobytes" "$dissection"
[ "$kilobytes" -le 65536 ] || { echo 'more than 64 MiB of memory' >&2; exit 1; }
awk "BEGIN { exit !($seconds < $dissection) }" || { echo 'slower than tshark' >&2; exit 1; }
