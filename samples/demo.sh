#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# From a fresh Debian to a decoded call: installs what is missing, builds the
# plugin and shows what it says about a captured INVITE.
#
#   sh samples/demo.sh [CAPTURE]
#
# Works as root and, with sudo for the packages, as an ordinary user. Nothing is
# installed but Debian packages; the plugin stays in the build folder.
#
# SKYPEFED_BUILD_DIR: where to build (default: build/ in the repository, or a
# folder in ~/.cache where that is not writable).
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=cmake/steps.sh
. "$top/cmake/steps.sh"

capture=${1:-$top/samples/skype-to-lync-invite.pcapng}

# nobody and nogroup: Wireshark loads no plugin from outside the system for root.
nobody=65534

# build_folder: the first of the usual places that this user may write to.
build_folder()
{
    for candidate in "${SKYPEFED_BUILD_DIR:-$top/build}" "${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/build"; do
        if mkdir -p "$candidate/log" 2>/dev/null && [ -w "$candidate" ] && [ -w "$candidate/log" ]; then
            printf '%s' "$candidate"
            return
        fi
    done
    return 1
}

# heading TEXT
heading()
{
    printf '\n%s%s%s\n\n' "$bold" "$1" "$plain"
}

# fill_stage: makes the stage a folder that everybody may read, with the plugin,
# the capture and a home folder that shuts out the user's own Wireshark configuration.
fill_stage()
{
    # The build folder keeps the plugin as WIRESHARK_PLUGIN_DIR wants it.
    mkdir "$stage/home" && cp "$capture" "$stage/capture" && cp -R "$build/run" "$stage/plugins" || return 1
    chmod -R a+rX "$stage"
    if [ "$(id -u)" -eq 0 ]; then
        chown "$nobody:$nobody" "$stage/home"
    fi
}

# staged_tshark ARGUMENT...: tshark with the plugin, not as root.
staged_tshark()
{
    set -- env HOME="$stage/home" WIRESHARK_CONFIG_DIR="$stage/home" WIRESHARK_PLUGIN_DIR="$stage/plugins" \
        TZ=UTC tshark "$@"
    if [ "$(id -u)" -eq 0 ]; then
        set -- setpriv --reuid="$nobody" --regid="$nobody" --clear-groups "$@"
    fi
    "$@"
}

# decode: everything that is shown, into files on the stage.
decode()
{
    staged_tshark -G plugins >"$stage/plugins.txt" || return 1
    grep '^skypefed\.so' "$stage/plugins.txt" || {
        echo 'tshark did not load the plugin; it has these:'
        cat "$stage/plugins.txt"
        return 1
    }
    staged_tshark -r "$stage/capture" -Y skypefed -V -O skypefed >"$stage/details.txt"
}

# our_tree: of a detailed dissection the plugin's own part, with the line of its frame above.
our_tree()
{
    awk '
        /^Frame [0-9]+/ { frame = $2; sub(":", "", frame) }
        /^[^ ]/ { ours = /^Skype\/Lync Federation/; if (ours) print "Frame " frame }
        ours' "$stage/details.txt"
}

# outline: the summaries of the tree without what lies below them.
outline()
{
    our_tree | grep -E '^Frame|^ {4}[^ ]|^ {8}[^ ]|^ {12}Stream ' | grep -v '\[Expert Info'
}

# our_warnings: each expert info of the plugin once, with its first frame.
our_warnings()
{
    our_tree | awk '
        /^Frame [0-9]+/ { frame = $2 }
        /\[Expert Info \(/ {
            text = $0
            sub(/^ *\[Expert Info \(/, "", text)
            severity = text
            sub(/[\/)].*/, "", severity)
            sub(/^[^)]*\): /, "", text)
            sub(/\]$/, "", text)
            line = sprintf("  %-8s %s", severity, text)
            if (!(line in count))
                order[++lines] = line
            if (count[line]++ == 0)
                first[line] = frame
        }
        END {
            for (i = 1; i <= lines; i++) {
                line = order[i]
                times = count[line] > 1 ? ", " count[line] " times" : ""
                printf "%s  (frame %s%s)\n", line, first[line], times
            }
            if (lines == 0)
                print "  none"
        }'
}

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

[ -r "$capture" ] || die "cannot read $capture"
build=$(build_folder) || die 'no folder to build in; set SKYPEFED_BUILD_DIR to one that you may write to'
STEP_LOGS=$build/log

heading 'SkypeFed: Skype and Lync signaling, explained by Wireshark'
[ "$build" = "${SKYPEFED_BUILD_DIR:-$top/build}" ] || printf '  (building in %s: the repository is not writable)\n' "$build"
missing=$(sh "$top/cmake/setup.sh" --missing build | tr '\n' ' ') || exit 1
[ -z "$missing" ] || printf '  To install, which takes a minute or two: %s\n' "$missing"
step 'packages' sh "$top/cmake/setup.sh" build || exit 1
# Without the tests, unless somebody has them in this folder already.
set -- -DBUILD_TESTING=OFF
[ ! -f "$build/CMakeCache.txt" ] || set --
step 'build' env SKYPEFED_TARGETS=skypefed sh "$top/cmake/build.sh" "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo "$@" || exit 1
stage=$(mktemp -d) || die 'cannot make a temporary folder'
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT TERM HUP
step 'plugin and capture, side by side' fill_stage || exit 1
step 'decode' decode || exit 1
grep -q '^Skype/Lync Federation' "$stage/details.txt" ||
    die "no message in $capture has a mark of Microsoft's; on such SIP the plugin is silent"

heading "What the plugin says about $(basename "$capture")"
our_tree
heading 'In short'
outline
heading 'Warnings'
our_warnings
heading 'To see it in Wireshark'
# What was built so far is the plugin alone.
if [ "$(id -u)" -eq 0 ]; then
    # Wireshark ignores the personal plugins of root.
    printf "  cmake --build '%s' && cmake --install '%s'\n" "$build" "$build"
else
    printf "  cmake --build '%s' --target install-user     for you alone, or\n" "$build"
    printf "  cmake --build '%s' && sudo cmake --install '%s'     for everybody here\n" "$build" "$build"
fi
command -v wireshark >/dev/null || printf '  install the package wireshark, the program with windows\n'
printf "  wireshark '%s'\n" "$capture"
