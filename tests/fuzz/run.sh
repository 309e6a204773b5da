#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzzes for some time, from a copy of a corpus: the corpus itself stays as it is.
#
#   sh run.sh FUZZER SECONDS CORPUS [LIBFUZZER-OPTION...]
#
# An input that fails is left in the current folder; `FUZZER FILE` runs it alone.
set -eu

fuzzer=$1
seconds=$2
corpus=$3
shift 3

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# libFuzzer wants files without folders between; their contents tell them apart.
mkdir "$folder/seeds" "$folder/found"
find "$corpus" -type f -name '*.sip' | while read -r file; do
    cp "$file" "$folder/seeds/$(printf '%s' "${file#"$corpus"/}" | tr / _)"
done
seeds=$(find "$folder/seeds" -type f | wc -l)
if [ "$seeds" -eq 0 ]; then
    printf 'no *.sip below %s\n' "$corpus" >&2
    exit 1
fi
printf '%d seeds, %d seconds\n' "$seeds" "$seconds"

"$fuzzer" "$folder/found" "$folder/seeds" -max_total_time="$seconds" -max_len=20000 \
    -rss_limit_mb=1024 -artifact_prefix="$PWD/" -verbosity=0 -print_final_stats=1 "$@"
