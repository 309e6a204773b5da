# SPDX-License-Identifier: GPL-2.0-or-later
#
# Files out of packages and sources of any Debian release, without installing
# them, without root, and without other entries in apt's list of sources.
# Sourced, not run. POSIX sh. The caller sets `work`, a folder for temporary files.
# shellcheck shell=sh disable=SC2154

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

# prepare_apt KIND:RELEASE...: the lists of these releases, once. KIND is deb or deb-src.
prepare_apt()
{
    [ ! -d "$work/lists" ] || return 0
    from=$(mirror)
    [ -n "$from" ] || {
        printf 'apt knows no Debian source; apt-get update may help.\n' >&2
        return 1
    }
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    for row in "$@"; do
        printf '%s %s %s main\n' "${row%%:*}" "$from" "${row#*:}"
    done >"$work/sources.list"
    private_apt update
}

# unpack RELEASE FOLDER PACKAGE...: the files of packages of a release, and PACKAGE.version and PACKAGE.depends.
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

# unpack_source RELEASE PACKAGE FOLDER: the upstream source of a package, without Debian's changes.
unpack_source()
{
    rm -rf "$work/source"
    mkdir -p "$work/source" "$3"
    (cd "$work/source" && private_apt source --download-only --tar-only "$2/$1")
    tar -C "$3" --strip-components=1 -xf "$work/source/$2"_*.orig.tar.*
}
