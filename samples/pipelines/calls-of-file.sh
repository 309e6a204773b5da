#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# One line of JSON for each call in one capture, with the name of the capture in front.
#
#   sh samples/pipelines/calls-of-file.sh CAPTURE
#
# What cannot be read to its end is named on standard error, with tshark's reason; the calls up to there are printed.
# The exit code is that of tshark: 0, or 1 or 2 for a capture that is broken.
#
# TSHARK: the tshark to use (default: the one in PATH).
set -u

[ $# -eq 1 ] || { echo 'usage: sh samples/pipelines/calls-of-file.sh CAPTURE' >&2; exit 2; }

if [ ! -s "./$1" ] && [ ! -s "$1" ]; then
    printf '%s: is empty or not there\n' "$1" >&2 # tshark takes an empty file for a capture without packets
    exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# To tshark, - is standard input.
capture=$1
[ "$capture" != - ] || capture=./-
"${TSHARK:-tshark}" -r "$capture" -q -z skypefed,calls,json >"$work/records" 2>"$work/errors"
status=$?
jq -c --arg file "$1" '{file: $file} + .' "$work/records" || status=2
if [ "$status" -ne 0 ]; then
    printf '%s: %s\n' "$1" "$(grep -v '^Running as' "$work/errors" | tail -n 1)" >&2
fi
exit "$status"
