#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs the Debian packages of packages.txt that are missing, and only those;
# where nothing is missing apt is not called.
#
#   sh cmake/setup.sh PURPOSE...            install what is missing
#   sh cmake/setup.sh --missing PURPOSE...  only print the missing packages
#
# As an ordinary user it goes through sudo. On systems without dpkg it prints
# what it expects and leaves the rest to the build.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
table=$here/packages.txt

die()
{
    printf 'setup.sh: %s\n' "$1" >&2
    exit 1
}

# Prints the packages of the given purposes, one a line.
wanted()
{
    awk -v purposes=" $* " '
        /^#/ || NF == 0 { next }
        index(purposes, " " $1 " ") { print $2 }' "$table"
}

# Prints those of the given packages that are not installed.
missing()
{
    # dpkg-query fails when it knows nothing of a package: that is an answer here.
    present=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^installed //p') || true
    for package in "$@"; do
        printf '%s\n' "$present" | grep -qxF "$package" || printf '%s\n' "$package"
    done
}

# Runs apt-get as root, waiting for another apt that holds the lock.
apt()
{
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -y \
        -o DPkg::Lock::Timeout=3600 -o Acquire::Retries=3 "$@"
    if [ "$(id -u)" -ne 0 ]; then
        set -- sudo "$@"
    fi
    "$@"
}

only_print=false
if [ "${1:-}" = --missing ]; then
    only_print=true
    shift
fi
[ $# -gt 0 ] || die "usage: sh cmake/setup.sh [--missing] PURPOSE..."
for purpose in "$@"; do
    grep -q "^$purpose " "$table" || die "unknown purpose '$purpose'; packages.txt has them all"
done

# Package names hold no blanks, so word splitting makes the list.
# shellcheck disable=SC2046
set -- $(wanted "$@")

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if ! $only_print; then
        printf 'No Debian packages on this system; expecting the equivalents of:\n'
        printf '  %s\n' "$@"
    fi
    exit 0
fi

# shellcheck disable=SC2046
set -- $(missing "$@")
if $only_print; then
    [ $# -eq 0 ] || printf '%s\n' "$@"
    exit 0
fi
if [ $# -eq 0 ]; then
    printf 'Nothing to install.\n'
    exit 0
fi

if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    die "missing packages, and no sudo to install them with. As root: apt-get install $*"
fi

printf 'Installing: %s\n' "$*"
# A source that is down must not stop an installation that can do without it.
apt update || printf 'apt-get update failed; going on with the lists at hand.\n'
apt install --no-install-recommends "$@"

# apt-get succeeds at times with a package left unconfigured (testing suites).
# shellcheck disable=SC2046
set -- $(missing "$@")
if [ $# -gt 0 ]; then
    apt -f install
    # shellcheck disable=SC2046
    set -- $(missing "$@")
fi
[ $# -eq 0 ] || die "still missing after installation: $*"
