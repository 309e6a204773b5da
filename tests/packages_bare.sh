#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs, uses, upgrades and removes the packages of /packages on this system,
# which is one to be thrown away: tests/packages.sh makes it.
#
#   sh tests/packages_bare.sh
#
# The last line is `N passed, N failed`.
# The functions are called by expect.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/installed.sh
. "$top/tests/installed.sh"

version_is()
{
    [ "$(dpkg-query -W -f '${Version}' skypefed)" = "$(dpkg-deb -f "$1" Version)" ]
}

# archive SCRIPT: of the archive for one user, as that user.
archive()
{
    as_user sh "$folder/$1"
}

apt update && apt install --no-install-recommends tshark && apt autoremove || exit 1
start_with_user || exit 1

kind='.deb'
expect "$kind: installs" apt install --no-install-recommends /packages/skypefed_*.deb
used /usr/lib/
expect "$kind: the profile" profile drop
expect "$kind: a higher version installs" apt install --no-install-recommends /packages/upgrade/skypefed_*.deb
expect "$kind: is the higher version" version_is /packages/upgrade/skypefed_*.deb
expect "$kind: the higher version is loaded" loaded /usr/lib/
expect "$kind: a capture is decoded" decoded
expect "$kind: is removed" apt purge --auto-remove skypefed
left_nothing

kind='.tar.gz'
tar -C "$work" -xzf /packages/skypefed-*.tar.gz && chmod -R a+rX "$work"
folder=$(echo "$work"/skypefed-*)
expect "$kind: installs" archive install.sh
used "$home/.local/"
expect "$kind: the profile" profile keep
expect "$kind: installs over itself" archive install.sh
expect "$kind: a capture is decoded" decoded
expect "$kind: is removed" archive uninstall.sh
left_nothing

count
