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

# mirror: the Debian mirror of this machine's apt, without security and third-party sources.
mirror()
{
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Identifier: Packages' |
        sed -n 's/^Debian|Debian|main|//p' | head -n 1
}

# private_apt COMMAND...: apt-get with lists and sources of its own.
private_apt()
{
    apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Architecture=amd64 \
        -o APT::Architectures::=amd64 -o APT::Sandbox::User=root -o Acquire::Retries=3 \
        -o Acquire::Languages=none "$@"
}

# prepare: the lists of all releases, once.
prepare()
{
    [ ! -d "$work/lists" ] || return 0
    from=$(mirror)
    [ -n "$from" ] || {
        printf 'apt knows no Debian source; apt-get update may help.\n' >&2
        return 1
    }
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    printf '%s' "$versions" | awk -v from="$from" 'NF { print "deb", from, $2, "main" }' >"$work/sources.list"
    printf 'deb-src %s %s main\n' "$from" "$glib_release" >>"$work/sources.list"
    private_apt update
}

# unpack RELEASE FOLDER PACKAGE...: the files of packages of a release.
unpack()
{
    release=$1
    folder=$2
    shift 2
    mkdir -p "$work/packages" "$folder"
    for package in "$@"; do
        (cd "$work/packages" && private_apt download "$package/$release")
        dpkg-deb -x "$work/packages/$package"_*.deb "$folder"
        dpkg-deb -f "$work/packages/$package"_*.deb Version >"$folder/$package.version"
        dpkg-deb -f "$work/packages/$package"_*.deb Depends >"$folder/$package.depends"
        rm "$work/packages/$package"_*.deb
    done
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
    mkdir -p "$work/source"
    (cd "$work/source" && private_apt source --download-only --tar-only "glib2.0/$glib_release")
    rm -rf "$kit/source"
    mkdir -p "$kit/source/glib"
    tar -C "$kit/source/glib" --strip-components=1 -xf "$work/source/"glib2.0_*.orig.tar.xz
    unpack "$glib_release" "$work/pcre2" libpcre2-dev
    cp "$work/pcre2/usr/include/pcre2.h" "$kit/source/pcre2.h"
}

printf '%s' "$versions" | while read -r version release; do
    [ -z "$version" ] || fetch_version "$version" "$release"
done
fetch_glib
