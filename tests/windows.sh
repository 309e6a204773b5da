#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds everything for Windows, with warnings as errors, for each version of
# Wireshark; checks what the results import; and runs under Wine the unit tests, and
# skypefed-log.exe, whose captures must be those of the same program on Linux.
# Where tests/wine_stage.sh has made a tshark.exe, the package is installed into it,
# and what it prints of every sample must be what tshark prints on Linux; of 4.4, if
# that is there too, the same.
#
#   sh tests/windows.sh
#
# On Debian 13 or later as it is; elsewhere in the folder of Debian 13 that
# tests/matrix.sh keeps (as root). The last line is `N passed, N failed`.
# SKYPEFED_WINDOWS_KIT: see cmake/windows/build.sh.
# The functions are called by step.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
# shellcheck source=cmake/steps.sh
. cmake/steps.sh

if ! apt-cache show gcc-mingw-w64-ucrt64 >/dev/null 2>&1; then
    exec sh tests/matrix.sh --in trixie 'build windows wine' tests/windows.sh
fi

build=${SKYPEFED_BUILD_DIR:-$top/build}/windows
kit=${SKYPEFED_WINDOWS_KIT:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/windows}
export SKYPEFED_WINDOWS_KIT="$kit"
stage=${SKYPEFED_WINE_STAGE:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/wine-stage}
STEP_LOGS=$build/log
passed=0
failed=0
# shellcheck source=tests/wine_package.sh
. tests/wine_package.sh
# The best optimization takes most of the time, and is none of what is checked here.
options='-DSKYPEFED_WERROR=ON -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG=-O1'

# counted NAME COMMAND...: a step that counts as one test.
counted()
{
    if step "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        return 1
    fi
}

# finish: the closing line.
finish()
{
    printf '\n%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# needed NAME COMMAND...: a step without which nothing else can be done.
needed()
{
    step "$@" || { failed=$((failed + 1)); finish; }
}

# imports FILE [EXPORTS]: the check, and its table for the reader.
imports()
{
    counted "imports of ${1#"$build"/}" sh cmake/windows/imports.sh "$@" || return
    # The step's log is named after it.
    grep '^  ' "$step_log"
}

# msvc_syntax: all sources but those for POSIX and libarchive, as clang reads them for Microsoft's compiler. Its headers
# are not to be had here; those of MinGW-w64 take their place, which ask for the number of a GCC.
msvc_syntax()
{
    newest=
    for folder in "$kit"/[0-9]*.[0-9]*; do
        newest=$folder
    done
    find plugin -name '*.c' ! -name posix.c ! -name '*_archive.c' | grep . | xargs -n 8 -P "$(nproc)" \
        clang --target=x86_64-pc-windows-msvc -fgnuc-version=4.8 -fsyntax-only -std=c11 -Wall -Wextra -Wpedantic -Werror \
        -isystem "$kit/glib/include" -isystem "$newest/include" -isystem /usr/x86_64-w64-mingw32ucrt/include \
        -isystem "$build/tools/gcrypt/include" -DSF_HAVE_GCRYPT -DSF_LOADS_GCRYPT -DHAVE_SSIZE_T=1 \
        -DPLUGIN_VERSION='"0"' -DSKYPEFED_VERSION='"0"' -I plugin
}

# native: skypefed-log of this system.
native()
{
    cmake -S . -B "$build/native" -G Ninja -DBUILD_TESTING=OFF && cmake --build "$build/native" --target skypefed-log
}

# under_wine COMMAND...: a program for Windows, without a console.
under_wine()
{
    env TZ=UTC0 WINEDEBUG=-all WINEPREFIX="$build/wine" XDG_RUNTIME_DIR="$build/wine" \
        SKYPEFED_MESSAGES="Z:$top/samples/messages" timeout 1200 wine "$@"
}

# wine_folder: Wine's own folder, with nothing in it but what Wine puts there.
wine_folder()
{
    rm -rf "$build/wine"
    mkdir -p "$build/wine"
    chmod 700 "$build/wine"
    under_wine wineboot --init || return 1
    # It ends before its services have written everything.
    env WINEPREFIX="$build/wine" XDG_RUNTIME_DIR="$build/wine" "$(command -v wineserver || echo /usr/lib/wine/wineserver)" -w
}

# with_console PROGRAM: one that prints with GLib, which asks the console for its code page. WINEPATH has libgcrypt.
with_console()
{
    export WINEPATH='Z:\usr\x86_64-w64-mingw32\bin' WINEDEBUG=-all WINEPREFIX="$build/wine" XDG_RUNTIME_DIR="$build/wine" TZ=UTC0
    SKYPEFED_MESSAGES="Z:$top/samples/messages" \
        script --quiet --return --flush --command "timeout 1200 wine '$1' >'$build/said' 2>&1" /dev/null
    status=$?
    cat "$build/said"
    return "$status"
}

# same_capture LOG: skypefed-log.exe and skypefed-log make the same capture of a log, and say the same about it.
same_capture()
{
    mkdir -p "$build/captures"
    env TZ=UTC0 "$build/native/plugin/log/skypefed-log" -o "$build/captures/linux" "$1" 2>"$build/captures/linux.said"
    expected=$?
    under_wine "$build/tools/plugin/log/skypefed-log.exe" -o "Z:$build/captures/windows" "Z:$1" \
        2>"$build/captures/windows.said"
    [ $? -eq "$expected" ] || return 1
    cmp "$build/captures/linux" "$build/captures/windows" || return 1
    tr -d '\r' <"$build/captures/windows.said" | diff "$build/captures/linux.said" -
}

# reference: tshark on Linux, of the version of tshark.exe, with the plugin.
reference()
{
    rm -rf "$build/linux"
    cp -R "$stage/linux" "$build/linux" && chmod -R a+rX "$build/linux" || return 1
    mkdir -p "$build/linux/plugins"
    SKYPEFED_TARGETS=skypefed sh cmake/build.sh "$build/reference" -DBUILD_TESTING=OFF \
        -DCMAKE_PREFIX_PATH="$build/linux/usr" || return 1
    cp -R "$build/reference/run/." "$build/linux/plugins/"
}

# on_linux ARGUMENT...: that tshark. Wireshark ignores these variables for root.
on_linux()
{
    set -- env HOME="$build/linux/nobody" TZ=UTC0 LC_ALL=C.UTF-8 WIRESHARK_PLUGIN_DIR="$build/linux/plugins" \
        WIRESHARK_DATA_DIR="$build/linux/usr/share/wireshark" \
        LD_LIBRARY_PATH="$build/linux/usr/lib/x86_64-linux-gnu" "$build/linux/usr/bin/tshark" "$@"
    if [ "$(id -u)" -eq 0 ]; then
        set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    fi
    "$@"
}

# same_output: what tshark.exe prints of all samples, against tshark on Linux.
same_output()
{
    for output in details json two-passes; do
        counted "all samples: $output" compared "$output" samples/*.pcapng
        tail -n 1 "$step_log" | sed 's/^/  /'
    done
    counted 'media of real programs, SRTP verified' compared media samples/media/*.pcapng
    tail -n 1 "$step_log" | sed 's/^/  /'
}

# compared OUTPUT CAPTURE...: the table of differences of stock is in wine_compare.py.
compared()
{
    output=$1
    shift
    WINEPREFIX="$build/wine" XDG_RUNTIME_DIR="$build/wine" \
        python3 tests/wine_compare.py "$output" "$stage/windows" "$build/linux" "$build/compared" "$@"
}

printf 'Set-up\n'
needed 'packages' sh cmake/setup.sh build windows wine
needed 'headers and names of Wireshark' sh cmake/windows/fetch.sh "$kit"
needed 'GLib' sh cmake/windows/glib.sh "$kit"

printf '\nBuild, warnings as errors\n'
for folder in "$kit"/[0-9]*.[0-9]*; do
    version=${folder##*/}
    # shellcheck disable=SC2086
    if counted "plugin for Wireshark $version" sh cmake/windows/build.sh --only "$version" "$build" $options; then
        for dll in "$build/$version/run/$version"/*/*.dll; do
            imports "$dll" "$folder/exports"
        done
    fi
done
# shellcheck disable=SC2086
counted 'skypefed-log.exe and unit tests' sh cmake/windows/build.sh --only tools "$build" $options || finish
imports "$build/tools/plugin/log/skypefed-log.exe"
counted 'sources as for Microsoft'"'"'s compiler' msvc_syntax

printf '\nUnder Wine\n'
needed 'skypefed-log on Linux' native
needed 'a folder for Wine' wine_folder
for program in "$build"/tools/tests/unit/test_*.exe; do
    counted "$(basename "$program" .exe)" with_console "$program"
done
for log in "$top"/samples/logs/*; do
    case $log in
        *.md) ;;
        *) counted "$(basename "$log")" same_capture "$log" ;;
    esac
done

printf '\nWireshark under Wine\n'
if [ ! -f "$stage/version" ]; then
    printf '  NOT COMPARED, and not counted: there is no tshark.exe. Make it with: sh tests/wine_stage.sh\n'
    finish
fi
needed "plugin for tshark $(cat "$stage/version")" reference
needed 'package' package
tail -n 1 "$step_log" | sed 's/^/  /'
counted 'package has its files, and no others' contents
counted 'install.cmd, Wireshark named: loaded' installed || finish
same_output
counted 'capture source is listed' capture_source
counted 'capture source: a log is captured' captured
counted 'capture source: a log is followed' followed
counted 'install.cmd: two versions of Wireshark' two_versions
counted 'install.cmd, Wireshark found: loaded' found
counted 'install.cmd, Wireshark found otherwise: loaded' found_otherwise
counted 'install.cmd: no Wireshark' not_found
counted 'install.cmd, uninstall.cmd: a portable Wireshark' portable
counted 'install.cmd, uninstall.cmd: a double click' double_clicked
counted 'install.cmd, uninstall.cmd: not unpacked' not_unpacked
counted 'uninstall.cmd keeps what was changed' kept
counted 'install.cmd renews a profile of before' renewed
counted 'uninstall.cmd leaves nothing' removed

if [ ! -f "$stage-4.4/version" ]; then
    printf '\n  4.4 NOT COMPARED, and not counted: there is no tshark.exe. Make it with: sh tests/wine_stage.sh 4.4\n'
    finish
fi
stage=$stage-4.4
printf '\nWireshark 4.4 under Wine\n'
needed "plugin for tshark $(cat "$stage/version")" reference
counted 'install.cmd, another version: loaded' installed_here || finish
same_output
counted 'capture source is listed' capture_source
counted 'capture source: a log is captured' captured
counted 'uninstall.cmd leaves nothing' removed
finish
