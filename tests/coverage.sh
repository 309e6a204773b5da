#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which lines of plugin/ no test reaches. Builds with gcc and gcov, runs the tests and prints the lines, but for those
# that unreached.txt names, and last the counts. Exit code 1 if a line is left, or a name there is needless.
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

python3 "$top/tests/coverage.py" "$build"
