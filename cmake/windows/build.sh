#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds everything for 64-bit Windows on Debian 13 or later.
#
#   sh cmake/windows/build.sh [--only X.Y|tools] OUT [CMAKE-OPTION...]
#
#   OUT/X.Y     build folder of the plugin for Wireshark X.Y: OUT/X.Y/run/X.Y/epan/skypefed.dll
#   OUT/tools   build folder of skypefed-log.exe and the unit tests
# SKYPEFED_WINDOWS_KIT: where the kit is kept (default: ~/.cache/skypefed/windows).
set -eu

usage()
{
    printf 'usage: sh cmake/windows/build.sh [--only X.Y|tools] OUT [CMAKE-OPTION...]\n' >&2
    exit 2
}

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
kit=${SKYPEFED_WINDOWS_KIT:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/windows}
only=
if [ "${1:-}" = --only ]; then
    [ $# -ge 2 ] || usage
    only=$2
    shift 2
fi
[ $# -ge 1 ] || usage
out=$1
shift

sh "$here/fetch.sh" "$kit"
sh "$here/glib.sh" "$kit"
for folder in "$kit"/[0-9]*.[0-9]* "$kit/tools"; do
    name=${folder##*/}
    version=${name#tools}
    [ "${only:-$name}" = "$name" ] || continue
    sh "$top/cmake/build.sh" "$out/$name" -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" \
        -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSKYPEFED_WINDOWS_KIT="$kit" \
        -DSKYPEFED_WINDOWS_WIRESHARK="$version" "$@"
done
