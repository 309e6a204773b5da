#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Configures and builds the project.
#
#   sh cmake/build.sh FOLDER [CMAKE-OPTION...]
#
# SKYPEFED_TARGETS: what to build, if not everything.
# A folder that was configured from another place or for another compiler is
# configured anew rather than left broken.
set -eu

[ $# -ge 1 ] || {
    printf 'usage: sh cmake/build.sh FOLDER [CMAKE-OPTION...]\n' >&2
    exit 2
}
top=$(cd "$(dirname "$0")/.." && pwd)
folder=$1
shift

if ! cmake -S "$top" -B "$folder" -G Ninja "$@"; then
    printf 'Configuring once more, from nothing.\n'
    cmake --fresh -S "$top" -B "$folder" -G Ninja "$@"
fi
# shellcheck disable=SC2086
cmake --build "$folder" ${SKYPEFED_TARGETS:+--target $SKYPEFED_TARGETS}
