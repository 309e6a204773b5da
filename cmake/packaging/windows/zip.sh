#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Packs what cmake/windows/build.sh has built into one archive for 64-bit Windows.
#
#   sh cmake/packaging/windows/zip.sh OUT ARCHIVE
#
# OUT: the folder that build.sh was given. ARCHIVE: the name of the .zip to write.
set -eu

[ $# -eq 2 ] || {
    printf 'usage: sh cmake/packaging/windows/zip.sh OUT ARCHIVE\n' >&2
    exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$1" && pwd)
archive=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
top=$(cd "$here/../../.." && pwd)

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT TERM
folder=$stage/skypefed
mkdir -p "$folder/plugins" "$folder/extcap"
cp -R "$top/plugin/profile" "$folder/profile"

# strip FILE TARGET: a copy without the names for a debugger.
strip_to()
{
    mkdir -p "$(dirname "$2")"
    x86_64-w64-mingw32ucrt-strip -o "$2" "$1"
}

for dll in "$out"/*/run/*/*/*.dll; do
    strip_to "$dll" "$folder/plugins/${dll#"$out"/*/run/}"
done
strip_to "$out/tools/plugin/log/skypefed-log.exe" "$folder/extcap/skypefed-log.exe"
# The command interpreter and Notepad expect these line ends.
for text in "$here/install.cmd" "$here/uninstall.cmd"; do
    sed 's/$/\r/' "$text" >"$folder/$(basename "$text")"
done
sed 's/$/\r/' "$top/LICENSE" >"$folder/LICENSE.txt"
rm -f "$archive"
(cd "$stage" && zip -q -r -X "$archive" skypefed)
