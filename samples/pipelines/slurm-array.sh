#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The calls of many captures on a cluster: each task of a Slurm array takes its share of a list.
#
#   find FOLDER -name '*.pcap*' >captures.txt
#   sbatch --wait --array=0-15 samples/pipelines/slurm-array.sh "$PWD" captures.txt
#   cat captures.txt.calls.* >calls.jsonl
#
# The first argument is the top folder of the checkout, since Slurm copies this script elsewhere. Task N writes
# LIST.calls.N, and what was broken to LIST.errors.N; the task fails if a capture was broken.
#SBATCH --job-name=skypefed-calls
set -u

[ $# -eq 2 ] || { echo 'usage: sbatch --array=0-N slurm-array.sh CHECKOUT LIST' >&2; exit 2; }

task=${SLURM_ARRAY_TASK_ID:?not a task of an array}
share=$(mktemp) || exit 2
trap 'rm -f "$share"' EXIT
trap 'exit 130' INT TERM

awk -v task="$task" -v tasks="${SLURM_ARRAY_TASK_COUNT:?not a task of an array}" 'NR % tasks == task % tasks' \
    <"$2" >"$share" || exit 2
: >"$2.calls.$task"
: >"$2.errors.$task"
[ -s "$share" ] || exit 0 # more tasks than captures
sh "$1/samples/pipelines/calls-of-files.sh" --jobs "${SLURM_CPUS_ON_NODE:-1}" \
    <"$share" >"$2.calls.$task" 2>"$2.errors.$task"
