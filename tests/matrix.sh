#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds and tests the plugin with the Wireshark versions of other Debian
# releases, each in a Debian folder of its own that is kept between runs.
#
#   sh tests/matrix.sh [--strict] [SUITE...]
#   sh tests/matrix.sh --in SUITE 'PURPOSE...' SCRIPT [ARGUMENT...]
#
# The second form runs a script of the repository in the folder of a release, with
# the packages of these purposes (cmake/packages.txt) installed.
#
# SUITE: bookworm (Wireshark 4.0), trixie (4.4), forky (4.6); without any, all but
# the release this machine runs. A testing release that cannot be installed on
# the day is reported and left out; with --strict that is a failure as well. A
# build or a test that fails is a failure always. The last line is
# `N passed, N failed`.
#
# Needs root for debootstrap, mounts and chroot: through sudo for other users.
# The folders are below ${XDG_CACHE_HOME:-~/.cache}/skypefed/matrix, or
# SKYPEFED_MATRIX_DIR; remove them at will.
# SKYPEFED_MIRROR: the Debian mirror (default: that of this machine's apt).
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=cmake/steps.sh
. "$top/cmake/steps.sh"
# shellcheck source=tests/debian_folder.sh
. "$top/tests/debian_folder.sh"

cache=${SKYPEFED_MATRIX_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/matrix}

# Release, its Wireshark, and how fixed it is: a testing release may be
# uninstallable for a day.
releases='
bookworm 4.0 stable
trixie   4.4 stable
forky    4.6 testing
'

# Days after which the packages of a kept folder are refreshed.
refresh_days=7

# release_row SUITE: "WIRESHARK STANDING" of a row of the table, or nothing.
release_row()
{
    printf '%s' "$releases" | sed -n "s/^$1  *//p"
}

# host_release: this machine's Debian code name, or nothing.
host_release()
{
    # shellcheck source=/dev/null
    (. /etc/os-release && [ "$ID" = debian ] && printf '%s' "${VERSION_CODENAME:-}")
}

# inside_apt ROOT COMMAND
inside_apt()
{
    as_inside "$1" env DEBIAN_FRONTEND=noninteractive apt-get -y -o Acquire::Retries=3 "$2"
}

# enter_cache: takes hold of the folders, and of what makes them.
enter_cache()
{
    mkdir -p "$cache"
    STEP_LOGS=$cache/log
    exec 9>"$cache/lock"
    flock -n 9 || { echo 'Waiting for another run that uses the same folders.'; flock 9; }

    printf 'Set-up\n'
    step 'packages' sh "$top/cmake/setup.sh" matrix || die 'cannot make Debian folders'
}

# provision SUITE ROOT: a Debian folder with all that the tests need. One whose
# making or renewal was cut short is marked by ROOT.unfinished and made anew.
provision()
{
    if [ -e "$2.unfinished" ]; then
        rm -rf --one-file-system "$2"
    fi
    touch "$2.unfinished"
    if [ ! -d "$2" ]; then
        step "$1: Debian folder" bootstrap "$1" "$2" || return 1
        touch "$2.fresh"
    fi
    share_network "$2"
    if [ -z "$(find "$2.fresh" -mtime "-$refresh_days" 2>/dev/null)" ]; then
        # Without the mirror, what is installed still serves.
        if step "$1: newer lists" inside_apt "$2" update; then
            step "$1: newer packages" inside_apt "$2" dist-upgrade || return 1
            touch "$2.fresh"
        fi
    fi
    # shellcheck disable=SC2086
    step "$1: packages" as_inside "$2" sh /src/cmake/setup.sh $purposes || return 1
    rm "$2.unfinished"
}

# run_script SUITE ROOT SCRIPT [ARGUMENT...]: a script of the repository, instead of the tests.
run_script()
{
    provision "$1" "$2" || die "$1 cannot be installed"
    printf '\n'
    root=$2
    script=$3
    shift 3
    as_inside "$root" sh "/src/$script" "$@"
}

# run_suite SUITE ROOT: the tests there; adds their counts to the totals.
run_suite()
{
    log=$cache/log/$1.run.log
    # Another checkout may have been built there, with younger file times than this one's.
    rm -rf --one-file-system "$2/var/cache/skypefed"
    printf '\n'
    { as_inside "$2" sh /src/tests/run.sh --suite </dev/null 2>&1; echo "exit code $?"; } |
        tee "$log" | sed -e '/^exit code [01]$/d' -e "s/^/  $1| /"
    # The closing line of the run, then its exit code.
    counts=$(tail -n 2 "$log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
    # shellcheck disable=SC2086
    set -- ${counts:-0 1} "$(tail -n 1 "$log")"
    [ "$3" = 'exit code 0' ] || [ "$2" -gt 0 ] || set -- "$1" 1
    passed=$((passed + $1))
    failed=$((failed + $2))
}

purposes='build suite'
if [ "${1:-}" = --in ]; then
    [ $# -ge 4 ] || die "usage: sh tests/matrix.sh --in SUITE 'PURPOSE...' SCRIPT [ARGUMENT...]"
    [ -n "$(release_row "$2")" ] || die "no release '$2' in the table"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die 'needs root, and there is no sudo'
        exec sudo SKYPEFED_MATRIX_DIR="$cache" SKYPEFED_MIRROR="${SKYPEFED_MIRROR:-}" sh "$0" "$@"
    fi
    enter_cache
    suite=$2
    purposes=$3
    shift 3
    run_script "$suite" "$cache/$suite" "$@"
    exit
fi

strict=false
if [ "${1:-}" = --strict ]; then
    strict=true
    shift
fi
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(printf '%s' "$releases" | awk -v host="$(host_release)" 'NF && $1 != host { print $1 }')
fi
for suite in "$@"; do
    [ -n "$(release_row "$suite")" ] || die "no release '$suite' in the table; usage: sh tests/matrix.sh [--strict] [SUITE...]"
done

if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die 'needs root, and there is no sudo'
    $strict && set -- --strict "$@"
    exec sudo SKYPEFED_MATRIX_DIR="$cache" SKYPEFED_MIRROR="${SKYPEFED_MIRROR:-}" sh "$0" "$@"
fi

passed=0
failed=0
left_out=
enter_cache

for suite in "$@"; do
    row=$(release_row "$suite")
    printf '\nDebian %s, Wireshark %s, in %s\n' "$suite" "${row%% *}" "$cache/$suite"
    kept=false
    [ ! -d "$cache/$suite" ] || [ -e "$cache/$suite.unfinished" ] || kept=true
    # A kept folder that cannot be brought up to date is made anew, once.
    if provision "$suite" "$cache/$suite" || { $kept && provision "$suite" "$cache/$suite"; }; then
        run_suite "$suite" "$cache/$suite"
    elif [ "${row##* }" = testing ] && ! $strict; then
        printf '  %s cannot be installed today: left out, and not counted.\n' "$suite"
        left_out="$left_out $suite"
    else
        printf '  %s cannot be installed.\n' "$suite"
        failed=$((failed + 1))
    fi
done

[ -z "$left_out" ] || printf '\nLeft out:%s\n' "$left_out"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && { [ "$passed" -gt 0 ] || [ -n "$left_out" ]; }
