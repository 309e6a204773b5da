#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which lines of plugin/ no test reaches. Builds with gcc and gcov, runs the tests and prints the lines, and last the
# share of lines that were reached.
#
#   sh tests/coverage.sh [CTEST-OPTION...]     such as -R tshark-call; without any, unit, tshark and log tests
#
# SKYPEFED_COVERAGE_DIR: where to build (default: build-coverage/ in the repository).
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
build=${SKYPEFED_COVERAGE_DIR:-$top/build-coverage}
[ $# -gt 0 ] || set -- -L 'unit|tshark|log'

cmake -S "$top" -B "$build" -G Ninja -DCMAKE_C_COMPILER=gcc -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=--coverage >/dev/null
cmake --build "$build" >/dev/null

# Programs of several users add to the same counts.
umask 0
find "$build" -name '*.gcda' -delete
chmod -R a+rwX "$build"
ctest --test-dir "$build" --parallel "$(nproc)" "$@" || printf 'Some tests failed; what they reached counts.\n'

# gcov prints each source with a count or ##### before each line.
cd "$build"
find plugin -name '*.gcda' | sort | xargs gcov --stdout 2>/dev/null | awk -v top="$top/" '
    /^ *-: *0:Source:/ { source = $0; sub(/^.*Source:/, "", source); is_ours = index(source, top "plugin/") == 1
                         is_ours = is_ours && source ~ /\.c$/; sub(top, "", source); next }
    !is_ours { next }
    /^ *#####:/ { line = $0; sub(/^ *#####: */, "", line); missed++; print source ":" line; next }
    /^ *[0-9]+\*?:/ { reached++ }
    END { printf "%d of %d lines were not reached (%.1f %% were)\n", missed, missed + reached,
                 100 * reached / (missed + reached) }'
