#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzzes for some time, from copies of its seeds: those stay as they are.
#
#   sh run.sh FUZZER SECONDS [LIBFUZZER-OPTION...] [FOLDER...]
#
# Seeds are the files in the folders, and those that the fuzzer has in corpus/ here. An input that fails is left in the
# current folder; `FUZZER FILE` runs it alone. SKYPEFED_FUZZ_FOUND: a folder that keeps what is found.
# SKYPEFED_FUZZ_SEED=commit: chance begins with the number of the commit, so that a run can be made again.
set -eu

fuzzer=$1
seconds=$2
shift 2
here=$(dirname "$0")
name=$(basename "$fuzzer")

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/seeds" "$folder/found"

# libFuzzer wants files without folders between; their paths tell them apart.
seeds()
{
    find "$1" -type f ! -name '*.md' | while read -r file; do
        cp "$file" "$folder/seeds/$(printf '%s' "${file#"$1"/}" | tr / _)"
    done
}

for argument; do
    shift
    if [ -d "$argument" ]; then
        seeds "$argument"
    else
        set -- "$@" "$argument"
    fi
done
if [ -d "$here/corpus/$name" ]; then
    seeds "$here/corpus/$name"
fi
printf '%d seeds, %d seconds\n' "$(find "$folder/seeds" -type f | wc -l)" "$seconds"

# show_inputs: what failed, in a form that survives in a log: `base64 -d | gunzip` gives the file.
show_inputs()
{
    find "$folder/failed" -type f | while read -r file; do
        cp "$file" .
        printf 'input: %s\n' "$(basename "$file")"
        gzip -9c "$file" | base64 -w 160 | sed 's/^/input: /'
    done
}

# seed_of_commit: its first digits as a number from 1; nothing outside a checkout, where chance may begin anywhere.
seed_of_commit()
{
    if digits=$(git -C "$here" rev-parse --short=7 HEAD 2>/dev/null); then
        printf -- '-seed=%d' "$((0x$(printf '%.7s' "$digits") + 1))"
    fi
}

case ${SKYPEFED_FUZZ_SEED:-} in
commit)
    seed=$(seed_of_commit)
    [ -z "$seed" ] || set -- "$@" "$seed"
    ;;
esac

mkdir "$folder/failed"
"$fuzzer" "${SKYPEFED_FUZZ_FOUND:-$folder/found}" "$folder/seeds" -max_total_time="$seconds" \
    -timeout="${SKYPEFED_HANG_SECONDS:-1200}" -rss_limit_mb=2048 -artifact_prefix="$folder/failed/" -verbosity=0 \
    -print_final_stats=1 "$@" || {
    result=$?
    show_inputs
    exit "$result"
}
