#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds everything for 64-bit Windows on Debian 13 or later.
#
#   sh cmake/windows/build.sh OUT [CMAKE-OPTION...]
#
#   OUT/X.Y     build folder of the plugin for Wireshark X.Y: OUT/X.Y/run/X.Y/epan/skypefed.dll
#   OUT/tools   build folder of skypefed-log.exe and the unit tests
# SKYPEFED_WINDOWS_KIT: where the kit is kept (default: ~/.cache/skypefed/windows).
set -eu

[ $# -ge 1 ] || {
    printf 'usage: sh cmake/windows/build.sh OUT [CMAKE-OPTION...]\n' >&2
    exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
out=$1
shift
kit=${SKYPEFED_WINDOWS_KIT:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/windows}

sh "$here/fetch.sh" "$kit"
sh "$here/glib.sh" "$kit"
for version in $(cd "$kit" && ls -d [0-9]*.[0-9]*) ''; do
    sh "$top/cmake/build.sh" "$out/${version:-tools}" -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" \
        -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSKYPEFED_WINDOWS_KIT="$kit" \
        -DSKYPEFED_WINDOWS_WIRESHARK="$version" "$@"
done
