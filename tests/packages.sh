#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the packages for the Wireshark of a Debian release, and installs, upgrades
# and removes them in a bare folder of that release, as its users do; then does the
# same with a build from source, in a folder with what building takes.
#
#   sh tests/packages.sh [--demo] [SUITE...]
#
# SUITE: as of tests/matrix.sh; without any, all of them. The packages are built in
# the folders of tests/matrix.sh; a bare one is kept beside them, and what a test
# changes in it is in memory only. --demo also runs the first command of the README
# there, from nothing, and says how long it took. Needs root. The packages stay in
# build/packages/SUITE. The last line is `N passed, N failed`.
# The functions are called by step.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
# shellcheck source=cmake/steps.sh
. cmake/steps.sh
# shellcheck source=tests/debian_folder.sh
. tests/debian_folder.sh

cache=${SKYPEFED_MATRIX_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/matrix}
packages=${SKYPEFED_BUILD_DIR:-$top/build}/packages

# build_here: in a folder with what building takes: the packages, and a higher version of the Debian one.
build_here()
{
    mkdir -p "$packages/upgrade"
    rm -f "$packages/"*.deb "$packages/"*.tar.gz "$packages/upgrade/"*
    sh cmake/build.sh "$packages/making" -DBUILD_TESTING=OFF -DSKYPEFED_WERROR=ON || return 1
    cmake --build "$packages/making" --target tarball || return 1
    (cd "$packages/making" && cpack -B "$packages" -D CPACK_PACKAGE_DIRECTORY="$packages") || return 1
    set -- "$packages"/skypefed_*.deb
    higher=$(dpkg-deb -f "$1" Version | sed 's/+/.1+/')
    (cd "$packages/making" && cpack -D CPACK_DEBIAN_PACKAGE_VERSION="$higher" \
        -D CPACK_PACKAGE_DIRECTORY="$packages/upgrade") || return 1
    rm -rf "$packages/_CPack_Packages" "$packages/upgrade/_CPack_Packages"
    # Debian's own checks; its warnings are shown only.
    lintian --allow-root --fail-on error "$packages"/skypefed_*.deb || return 1
    mv "$packages"/making/skypefed-*.tar.gz "$packages/"
}

# build_packages SUITE: builds them in that release, and brings them here.
build_packages()
{
    sh tests/matrix.sh --in "$1" 'build package lint' tests/packages.sh --build || return 1
    rm -rf "${packages:?}/$1"
    mkdir -p "$packages/$1"
    cp -R "$cache/$1/var/cache/skypefed/packages/"*.deb "$cache/$1/var/cache/skypefed/packages/"*.tar.gz \
        "$cache/$1/var/cache/skypefed/packages/upgrade" "$packages/$1/"
}

# bare_folder SUITE: a folder with nothing but the release.
bare_folder()
{
    [ ! -f "$cache/$1.bare/usr/sbin/policy-rc.d" ] || return 0
    rm -rf --one-file-system "$cache/$1.bare"
    bootstrap "$1" "$cache/$1.bare" || return 1
}

# in_copy FOLDER SUITE SCRIPT: runs a script of the repository in a folder of a release, which it leaves unchanged. It
# may read /packages.
in_copy()
{
    share_network "$1"
    # The inner shell, not this one, is to expand these.
    # shellcheck disable=SC2016
    contained sh -c '
        set -e
        mount -t tmpfs tmpfs "$2"
        mkdir "$2/changes" "$2/work" "$2/root"
        mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/changes,workdir=$2/work" "$2/root"
        mkdir "$2/root/packages"
        mount --bind "$3" "$2/root/packages"
        shift 3
        exec sh tests/packages.sh --inside "$@"
    ' in_copy "$1" "$memory" "$packages/$2" "$memory/root" "$3"
}

# count_lines: shows the tests of the last step, and adds its counts.
count_lines()
{
    sed -n 's/^  \(ok\|FAILED\) /    &/p' "$step_log"
    # shellcheck disable=SC2046
    set -- $(tail -n 1 "$step_log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
    passed=$((passed + ${1:-0}))
    failed=$((failed + ${2:-1}))
}

# sizes SUITE: of what was built.
sizes()
{
    for file in "$packages/$1"/*.deb "$packages/$1"/*.tar.gz; do
        printf '  %-60s %5d KiB\n' "${file##*/}" "$(($(stat -c %s "$file") / 1024))"
    done
    dpkg-deb -f "$packages/$1"/skypefed_*.deb Installed-Size Depends | sed 's/^/  /'
}

case ${1:-} in
    --build)
        build_here
        exit
        ;;
    --inside)
        as_inside "$2" sh "/src/$3"
        exit
        ;;
esac
demo=false
if [ "${1:-}" = --demo ]; then
    demo=true
    shift
fi
[ $# -gt 0 ] || set -- bookworm trixie forky
[ "$(id -u)" -eq 0 ] || die 'needs root'

STEP_LOGS=$packages/log
memory=$(mktemp -d)
trap 'rmdir "$memory"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0
for suite in "$@"; do
    printf '\nDebian %s\n' "$suite"
    if ! step "$suite: build the packages" build_packages "$suite" || ! step "$suite: bare folder" bare_folder "$suite"; then
        failed=$((failed + 1))
        continue
    fi
    sizes "$suite"
    if $demo; then
        if step "$suite: README's first command" in_copy "$cache/$suite.bare" "$suite" samples/demo.sh; then
            passed=$((passed + 1))
            grep -E '^  (packages|build|decode) ' "$step_log"
        else
            failed=$((failed + 1))
        fi
    fi
    step "$suite: install, use, upgrade, remove" in_copy "$cache/$suite.bare" "$suite" tests/packages_bare.sh
    count_lines
    step "$suite: from source" in_copy "$cache/$suite" "$suite" tests/source_bare.sh
    count_lines
done
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
