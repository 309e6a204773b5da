#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fetches the checkers that Wireshark's developers run on dissectors: the tools
# folder of the source package of this Debian release, which none of its binary
# packages holds. Kept in the cache and fetched once a version.
#
#   sh cmake/wireshark-tools.sh FOLDER
#
# FOLDER becomes a link to the kept copy: FOLDER/tools/checkAPIs.pl and so on.
# Needs neither root nor a deb-src entry: apt gets lists and sources of its own.
set -eu

[ $# -eq 1 ] || {
    printf 'usage: sh cmake/wireshark-tools.sh FOLDER\n' >&2
    exit 2
}
folder=$1
version=$(dpkg-query -W -f='${source:Upstream-Version}' libwireshark-dev)
kept=${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/wireshark-$version

if [ ! -f "$kept/tools/checkAPIs.pl" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
    # shellcheck disable=SC2016
    apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Identifier: Packages' 'Label: Debian' | sort -u >"$work/sources.list"
    grep -q . "$work/sources.list" || {
        printf 'apt knows no Debian source; apt-get update may help.\n' >&2
        exit 1
    }
    private_apt()
    {
        apt-get -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
            -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" \
            -o APT::Sandbox::User=root -o Acquire::Retries=3 "$@"
    }
    private_apt update
    (cd "$work/source" && private_apt source --download-only --tar-only wireshark)
    rm -rf "$kept"
    mkdir -p "$kept"
    tar -C "$kept" --strip-components=1 --wildcards -xf "$work/source/"wireshark_*.orig.tar.* '*/tools/*'
    [ -f "$kept/tools/checkAPIs.pl" ]
fi
rm -f "$folder"
ln -s "$kept" "$folder"
