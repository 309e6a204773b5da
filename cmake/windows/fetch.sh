#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fetches what a build for Windows needs of Debian's packages: for each version of
# Wireshark its headers and the names that its libraries export, and the source of
# GLib. Nothing is installed.
#
#   sh cmake/windows/fetch.sh KIT
#
# KIT: a folder that is kept; what is there already is not fetched again.
#   KIT/X.Y/include      Wireshark's headers
#   KIT/X.Y/exports      a line for each name that its libraries export: "DLL NAME", and " DATA" if it is no function
#   KIT/X.Y/*.dll.a      import libraries for these names
#   KIT/source/glib      the source of GLib
#   KIT/source/pcre2.h   which that source includes
# Needs neither root nor other entries in apt's list of sources.
set -eu

# Version of Wireshark, and the Debian release that has it.
versions='
4.0 bookworm
4.4 trixie
4.6 forky
'
# The source of GLib is taken from this one; the names that it may export from the oldest, since which GLib a
# Wireshark for Windows has is its own affair.
glib_release=trixie
oldest_release=bookworm

[ $# -eq 1 ] || {
    printf 'usage: sh cmake/windows/fetch.sh KIT\n' >&2
    exit 2
}
mkdir -p "$1"
kit=$(cd "$1" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=cmake/windows/debian.sh
. "$(dirname "$0")/debian.sh"

# prepare: the lists of all releases, once.
prepare()
{
    # shellcheck disable=SC2046
    prepare_apt $(printf '%s' "$versions" | awk 'NF { print "deb:" $2 }') "deb-src:$glib_release"
}

# Library in Debian, and its name in the official installer of Wireshark for Windows.
libraries='
libwireshark libwireshark.dll
libwiretap   libwiretap.dll
libwsutil    libwsutil.dll
libglib-2.0  glib-2.0-0.dll
'

# exports DLL FILE: the names that a shared object exports.
exports()
{
    nm -D --defined-only "$2" | awk -v dll="$1" '
        $2 ~ /[TDBRV]/ { sub(/@.*/, "", $3); print dll, $3 ($2 == "T" ? "" : " DATA") }' | sort -u
}

# import_library DLL EXPORTS FILE
import_library()
{
    awk -v dll="$1" 'BEGIN { printf "LIBRARY \"%s\"\nEXPORTS\n", dll } $1 == dll { print $2, $3 }' "$2" >"$work/names.def"
    # It writes temporary files into the current folder.
    (cd "$work" && x86_64-w64-mingw32ucrt-dlltool -d names.def -l "$3")
}

# fetch_version X.Y RELEASE
fetch_version()
{
    [ ! -f "$kit/$1/exports" ] || return 0
    prepare
    files=$work/$1
    unpack "$2" "$files" libwireshark-dev libwiretap-dev libwsutil-dev
    for library in wireshark wiretap wsutil; do
        unpack "$2" "$files" "$(grep -oE "lib${library}[0-9]+(t64)?" "$files/lib$library-dev.depends" | head -n 1)"
    done
    unpack "$oldest_release" "$files" libglib2.0-0
    rm -rf "${kit:?}/$1"
    mkdir -p "$kit/$1"
    cp -R "$files/usr/include/wireshark" "$kit/$1/include"
    cat "$files/libwireshark-dev.version" >"$kit/$1/version"
    printf '%s' "$libraries" | while read -r library dll; do
        [ -z "$library" ] ||
            exports "$dll" "$(find "$files" -type f -name "$library.so.*" | head -n 1)"
    done >"$kit/$1/exports.new"
    printf '%s' "$libraries" | while read -r library dll; do
        [ -n "$library" ] || continue
        grep -q "^$dll " "$kit/$1/exports.new" || {
            printf 'no exported name of %s found\n' "$library" >&2
            exit 1
        }
        import_library "$dll" "$kit/$1/exports.new" "$kit/$1/${dll%.dll}.dll.a"
    done
    mv "$kit/$1/exports.new" "$kit/$1/exports"
    rm -rf "$files"
}

fetch_glib()
{
    [ ! -f "$kit/source/pcre2.h" ] || return 0
    prepare
    rm -rf "$kit/source"
    unpack_source "$glib_release" glib2.0 "$kit/source/glib"
    unpack "$glib_release" "$work/pcre2" libpcre2-dev
    cp "$work/pcre2/usr/include/pcre2.h" "$kit/source/pcre2.h"
}

printf '%s' "$versions" | while read -r version release; do
    [ -z "$version" ] || fetch_version "$version" "$release"
done
fetch_glib
