#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs SkypeFed for you alone, from the folder of this script.
#
#   sh install.sh [--force]
#
# Checks that your Wireshark has the version that the plugin was built for; --force
# installs anyway. Undo it with `sh uninstall.sh`.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
wanted=$(cat "$here/wireshark-version")
# Sets these.
plugins='' extcap='' programs='' profile='' originals=''
# shellcheck source=cmake/packaging/uninstall.sh
. "$here/uninstall.sh"

die()
{
    printf 'install.sh: %s\n' "$1" >&2
    exit 1
}

# Wireshark's version as X.Y, or nothing.
found()
{
    for program in tshark wireshark; do
        if command -v "$program" >/dev/null; then
            "$program" --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9]*\.[0-9]*\).*/\1/p'
            return
        fi
    done
}

# copy FILE FOLDER
copy()
{
    mkdir -p "$2"
    # A new file: the old one may be in use.
    rm -f "$2/$(basename "$1")"
    cp "$1" "$2/"
}

# put FILE FOLDER: copies a file, and says so.
put()
{
    copy "$1" "$2"
    printf 'Installed: %s\n' "$2/$(basename "$1")"
}

version=$(found)
if [ "${1:-}" != --force ] && [ "$version" != "$wanted" ]; then
    die "this is the plugin for Wireshark $wanted, but ${version:-no} Wireshark was found; --force installs it anyway"
fi
if [ "$(id -u)" -eq 0 ]; then
    printf 'You are root. Wireshark ignores the plugins in the own folder of root: run this as another user.\n' >&2
fi

put "$here/epan/skypefed.so" "$plugins/epan"
if [ -d "$here/wiretap" ]; then
    put "$here/wiretap/skypefed-log.so" "$plugins/wiretap"
fi
# The program needs libarchive, which not every system has. Without it, archives are all that it cannot read.
program=$here/bin/skypefed-log
if [ -e "$here/bin/plain/skypefed-log" ] && ! "$program" --version >/dev/null 2>&1; then
    program=$here/bin/plain/skypefed-log
    printf 'libarchive is missing here: of packed logs, skypefed-log will read those of gzip alone.\n'
    printf 'For the others, install that library (on Debian libarchive13 or libarchive13t64), then call this again.\n'
fi
put "$program" "$extcap"
put "$program" "$programs"
for file in "$here"/profile/*; do
    [ -e "$file" ] || continue
    own=$profile/$(basename "$file")
    # What was changed there is the user's own; what an older SkypeFed has installed is renewed.
    if [ ! -e "$own" ] || cmp -s "$originals/$(basename "$file")" "$own"; then
        put "$file" "$profile"
    elif ! cmp -s "$file" "$own"; then
        printf 'Left, since it was changed: %s\n' "$own"
        continue
    fi
    copy "$file" "$originals"
done

if command -v tshark >/dev/null && [ "$(id -u)" -ne 0 ]; then
    if tshark -G plugins 2>/dev/null | grep -q '^skypefed\.so'; then
        printf 'Wireshark %s loads the plugin.\n' "$version"
    else
        die "Wireshark $version does not load the plugin; tshark -G plugins may say why"
    fi
fi
printf 'To remove it: sh "%s"\n' "$here/uninstall.sh"
case :$PATH: in
    *":$programs:"*) ;;
    *)
        printf '%s is not in your PATH. To call skypefed-log by its name, add this line to ~/.profile and log in again:\n' \
            "$programs"
        # shellcheck disable=SC2016
        printf '    PATH="%s:$PATH"\n' "$programs"
        ;;
esac
