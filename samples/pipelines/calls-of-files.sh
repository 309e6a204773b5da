#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# One line of JSON for each call in many captures, on all cores.
#
#   find FOLDER -name '*.pcap*' | sh samples/pipelines/calls-of-files.sh [PARALLEL-OPTION...] >calls.jsonl
#
# Reads the names of the captures from standard input, a line each. The calls of a capture stay together; the order of
# the captures is that in which they are done. The last line on standard error counts captures, calls and broken
# captures. Exit code: 0; 1 if a capture was broken; 2 if nothing could be done.
#
# The options go to GNU parallel: `--jobs 4`, `--keep-order`, or `--sshlogin host1,host2` for hosts that have the
# captures and this folder in the same place.
set -u

SKYPEFED_PIPELINES=$(cd "$(dirname "$0")" && pwd)
export SKYPEFED_PIPELINES
for program in "${TSHARK:-tshark}" jq parallel; do
    command -v "$program" >/dev/null || { printf '%s is missing\n' "$program" >&2; exit 2; }
done

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The shell of each job expands the variable, whatever is in the name of the folder.
# shellcheck disable=SC2016
parallel --env SKYPEFED_PIPELINES --joblog "$work/jobs" "$@" 'sh "$SKYPEFED_PIPELINES/calls-of-file.sh" {}' |
    tee "$work/records"
# The seventh column of the list of jobs is the exit code.
captures=$(awk 'NR > 1' "$work/jobs" | wc -l)
broken=$(awk -F '\t' 'NR > 1 && $7 != 0' "$work/jobs" | wc -l)
printf 'captures: %d, calls: %d, broken captures: %d\n' "$captures" "$(wc -l <"$work/records")" "$broken" >&2
[ "$captures" -gt 0 ] || exit 2
[ "$broken" -eq 0 ]
