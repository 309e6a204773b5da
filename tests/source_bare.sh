#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds from source as a user, and installs and removes with the commands of the
# README: for everybody as root, for the user, and beside an installed one. On a system
# to be thrown away: tests/packages.sh makes it.
#
#   sh tests/source_bare.sh
#
# The last line is `N passed, N failed`.
# The functions are called by expect.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/installed.sh
. "$top/tests/installed.sh"
# A folder that the user may write to.
build=$(mktemp -d)
chmod 777 "$build"

# built: by the user, who may not write to the source.
built()
{
    as_user cmake -S "$top" -B "$build" -G Ninja -DBUILD_TESTING=OFF && as_user cmake --build "$build"
}

# make_target TARGET: as the user.
make_target()
{
    as_user cmake --build "$build" --target "$1" >"$work/said" 2>&1
    outcome=$?
    cat "$work/said"
    return "$outcome"
}

# says TEXT: the last call of make_target or by_root said it.
says()
{
    tr -s ' \n' ' ' <"$work/said" | grep -F "$1"
}

# by_root COMMAND...: of the same build folder.
by_root()
{
    cmake "$@" >"$work/said" 2>&1
    outcome=$?
    cat "$work/said"
    return "$outcome"
}

# roots_own: install-user as root, for a root whose home is elsewhere.
roots_own()
{
    HOME=$work/root cmake -S "$top" -B "$work/build" -G Ninja -DBUILD_TESTING=OFF &&
        HOME=$work/root by_root --build "$work/build" --target install-user
}

# roots_own_removed: and away again, with all folders.
roots_own_removed()
{
    HOME=$work/root by_root --build "$work/build" --target uninstall-user && [ -z "$(ls -A "$work/root")" ]
}

start_with_user || exit 1
expect 'a user builds it' built

kind='cmake --install'
expect "$kind: a user may not" not as_user cmake --install "$build"
expect "$kind: installs" by_root --install "$build"
used /usr/lib/
expect "$kind: the profile" profile drop
expect "$kind: the user may not remove it" not make_target uninstall
expect "$kind: which is said" says 'are you allowed to?'
expect "$kind: is still loaded" loaded /usr/lib/

kind='beside an installed one'
extra=WIRESHARK_PLUGIN_DIR=$build/run
expect "$kind: the new build is loaded" loaded "$build/run/"
expect "$kind: a capture is decoded" decoded
extra=
expect "$kind: installed for the user too" make_target install-user
extra=WIRESHARK_PLUGIN_DIR=$build/run
expect "$kind: the new build is loaded" loaded "$build/run/"
expect "$kind: a capture is decoded" decoded
extra=
expect "$kind: the user's own is removed" make_target uninstall-user
expect "$kind: the installed one is loaded" loaded /usr/lib/

kind='uninstall'
expect "$kind: is removed" by_root --build "$build" --target uninstall
left_nothing
expect "$kind: a second time there is nothing" not by_root --build "$build" --target uninstall
expect "$kind: which is said" says 'Nothing was installed from this build folder'

kind='install-user'
expect "$kind: installs" make_target install-user
expect "$kind: finds the program in PATH" not says 'is not in your PATH'
used "$home/.local/"
expect "$kind: the profile" profile keep
extra=PATH=/usr/bin:/bin
expect "$kind: installs over itself" make_target install-user
expect "$kind: says what PATH lacks" says "$home/.local/bin is not in your PATH"
extra=
expect "$kind: a capture is decoded" decoded
expect "$kind: is removed" make_target uninstall-user
left_nothing

kind='install-user as root'
expect "$kind: installs" roots_own
expect "$kind: warns" says "Wireshark ignores the plugins in root's own folder"
expect "$kind: is removed without a trace" roots_own_removed

kind='an upgrade from another build folder'
expect "$kind: the old one" by_root --install "$build"
expect "$kind: the new one" by_root --install "$work/build"
used /usr/lib/
expect "$kind: is removed" by_root --build "$work/build" --target uninstall
left_nothing

count
