#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Removes what install.sh has installed for you. install.sh reads the folders from here.
#
#   sh uninstall.sh
set -eu

version=$(cat "$(dirname "$0")/wireshark-version")
# macOS writes the version in the name of the folder with a hyphen.
[ "$(uname -s)" != Darwin ] || version=$(printf '%s' "$version" | tr . -)
plugins=$HOME/.local/lib/wireshark/plugins/$version
extcap=$HOME/.local/lib/wireshark/extcap
config=${XDG_CONFIG_HOME:-$HOME/.config}/wireshark
# Before Wireshark 4.2, capture sources were looked for beside its settings.
case $version in
    4[.-]0) extcap=$config/extcap ;;
esac
programs=$HOME/.local/bin
profile=$config/profiles/SkypeFed
# The files of the profile as they were installed.
originals=$profile/as-installed

# take FILE: removes a file, and the folders above it as long as they are empty.
take()
{
    [ -e "$1" ] || return 0
    rm "$1"
    printf 'Removed: %s\n' "$1"
    take_empty "$(dirname "$1")"
}

# take_empty FOLDER: removes a folder, and those above it, as long as they are empty.
take_empty()
{
    folder=$1
    while [ "$folder" != "$HOME" ] && rmdir "$folder" 2>/dev/null; do
        folder=$(dirname "$folder")
    done
}

if [ "$(basename "$0")" = uninstall.sh ]; then
    take "$plugins/epan/skypefed.so"
    take "$plugins/wiretap/skypefed-log.so"
    take "$extcap/skypefed-log"
    take "$programs/skypefed-log"
    for file in "$originals"/* "$(dirname "$0")"/profile/*; do
        own=$profile/$(basename "$file")
        if cmp -s "$file" "$own"; then
            take "$own"
        fi
    done
    rm -rf "$originals"
    for own in "$profile"/*; do
        # A file that Wireshark or the user has changed is the user's own.
        [ ! -f "$own" ] || printf 'Left, since it was changed: %s\n' "$own"
    done
    [ ! -d "$profile" ] || take_empty "$profile"
fi
