#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the plugin inside Wireshark's source tree, as its own build makes a custom
# plugin, and runs the tests of tshark with it.
#
#   sh tests/in_tree.sh [--whole | --headers] [VERSION] [PYTEST-FILE...]
#
# With --whole tshark is built in the tree too. Without, only the plugin is compiled
# there: it is linked with the libraries of the installed Wireshark, whose version is
# that of the source, and that tshark loads it. The source is Debian's; the mirror does
# not have it for each version at any time. --headers does without: tests/tree stands
# for the tree, with the installed headers.
#
# VERSION: 4.0, 4.4 or 4.6; another than this Debian release has is built in the folder
# that tests/matrix.sh keeps of its release. SKYPEFED_WIRESHARK_SOURCE: an archive of
# Wireshark's source, of that version, instead of Debian's. No Debian release has 4.2:
# with --whole and such an archive it is built on Debian 12.
# PYTEST-FILE: files of tests/tshark (default: those that look at nothing but tshark).
# Takes a minute of a processor before the tests, 7 with --whole; and 1 to 3 GB below
# SKYPEFED_BUILD_DIR. The last line is `N passed, N failed`.
# The functions are called by step.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
# shellcheck source=cmake/steps.sh
. cmake/steps.sh

# shellcheck source=/dev/null
release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
folder=${SKYPEFED_BUILD_DIR:-$top/build}/tree
STEP_LOGS=$folder/log
export PYTHONDONTWRITEBYTECODE=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=cmake/windows/debian.sh
. cmake/windows/debian.sh

fetch()
{
    [ ! -f "$folder/fetched" ] || return 0
    rm -rf "$folder/wireshark"
    archive=$folder/upstream
    if [ -n "${SKYPEFED_WIRESHARK_SOURCE:-}" ]; then
        archive=$SKYPEFED_WIRESHARK_SOURCE
    fi
    if [ -f "$archive" ]; then
        mkdir -p "$folder/wireshark"
        tar -C "$folder/wireshark" --strip-components=1 -xf "$archive"
    else
        prepare_apt "deb-src:$release" && unpack_source "$release" wireshark "$folder/wireshark"
    fi || {
        printf 'No source of Wireshark; SKYPEFED_WIRESHARK_SOURCE may name an archive of it.\n'
        return 1
    }
    touch "$folder/fetched"
}

# plant: the two steps of CONTRIBUTING.md.
plant()
{
    ln -sfn "$top" "$folder/wireshark/plugins/epan/skypefed" &&
        printf 'set(CUSTOM_PLUGIN_SRC_DIR plugins/epan/skypefed)\n' >"$folder/wireshark/CMakeListsCustom.txt"
}

# configure: tshark alone, without what is optional and without optimization, which takes most of the time.
configure()
{
    (
        # Its scripts leave a file in the current folder.
        cd "$folder" || exit 1
        # Names without blanks.
        # shellcheck disable=SC2046
        cmake -G Ninja -S wireshark -B build -DCMAKE_BUILD_TYPE=Release \
            -DCMAKE_C_FLAGS_RELEASE=-O0 -DCMAKE_CXX_FLAGS_RELEASE=-O0 -DENABLE_WERROR=ON -DBUILD_sharkd=ON \
            $(printf -- '-DBUILD_%s=OFF ' wireshark stratoshark strato logray rawshark text2pcap mergecap reordercap \
                editcap capinfos captype randpkt dftest androiddump sshdump ciscodump wifidump dpauxmon randpktdump \
                udpdump sdjournal mmdbresolve) \
            $(printf -- '-DENABLE_%s=OFF ' LUA SMI KERBEROS SBC SPANDSP BCG729 AMRNB ILBC OPUS SINSP)
    )
}

# build: tshark, its server that the tests ask, and the plugin.
build()
{
    ninja -j "$(nproc)" -C "$folder/build" tshark sharkd skypefed || return 1
    for program in tshark sharkd; do
        rm -f "${folder:?}/$program"
        # Data of the installed Wireshark.
        printf '#!/bin/sh\nWIRESHARK_DATA_DIR=/usr/share/wireshark exec "%s" "$@"\n' "$folder/build/run/$program" \
            >"$folder/$program"
        chmod 755 "$folder/$program"
    done
}

# load: the tshark of the tree finds the plugin where the tree has put it, without being told.
load()
{
    set -- "$folder/build/run/tshark" -G plugins
    if [ "$(id -u)" -eq 0 ]; then
        # Wireshark that is started by root looks at no build folder.
        set -- setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$@"
    fi
    "$@" | grep "^skypefed\.so.*$folder/build/run/plugins/"
}

# headers: the plugin alone, in what stands for the tree.
headers()
{
    cmake -G Ninja -S tests/tree -B "$folder/build" -DCMAKE_BUILD_TYPE=Release && cmake --build "$folder/build" || return 1
    ln -sfn "$(command -v tshark)" "$folder/tshark"
}

# compile: the plugin alone, as the tree compiles it. Ninja would build all libraries first, so it only tells how.
compile()
{
    objects=$(ninja -C "$folder/build" -t targets all | sed -n 's/^\(plugins\/epan\/skypefed\/.*\.o\):.*/\1/p')
    [ -n "$objects" ] || return 1
    ninja -C "$folder/build" vcs_version.h || return 1
    (
        cd "$folder/build" || exit 1
        printf '%s\n' "$objects" | xargs -n 1 dirname | sort -u | xargs mkdir -p
        # Names without blanks.
        # shellcheck disable=SC2086
        ninja -t commands -s $objects | xargs -d '\n' -n 1 -P "$(nproc)" sh -c || exit 1
        minor=$(pkg-config --modversion wireshark | cut -d . -f 1,2)
        mkdir -p "run/plugins/$minor/epan"
        # shellcheck disable=SC2046,SC2086
        cc -shared -o "run/plugins/$minor/epan/skypefed.so" $objects \
            $(pkg-config --libs wireshark glib-2.0 libgcrypt) -lwiretap -lwsutil -Wl,-z,defs
    ) || return 1
    ln -sfn "$(command -v tshark)" "$folder/tshark"
}

# tests FILE...: of tests/tshark, with what was built in the tree.
tests()
{
    (
        cd tests/tshark || exit 1
        # shellcheck disable=SC2086
        TSHARK=$folder/tshark SKYPEFED_PLUGIN_DIR=$folder/build/run/plugins \
            SKYPEFED_VERSION=$(sed -n 's/^project(SkypeFed VERSION \([0-9.]*\).*/\1/p' "$top/CMakeLists.txt") \
            SKYPEFED_MESSAGES=$top/samples/messages /usr/bin/python3 -m pytest -q -p no:cacheprovider $left_out "$@"
    )
}

finish()
{
    printf '\n%s\n' "$1"
    exit "$2"
}

# suite VERSION: the Debian release that has it.
suite()
{
    case $1 in
        4.0 | 4.2) echo bookworm ;;
        4.4) echo trixie ;;
        4.6) echo forky ;;
    esac
}

mode=--compile
left_out=
case ${1:-} in
    --whole | --headers | --compile)
        mode=$1
        shift
        ;;
esac
case ${1:-} in
    [0-9]*)
        other=$(suite "$1")
        [ -n "$other" ] || die "no Debian release with Wireshark $1 in the table"
        same=
        if [ "$1" = 4.2 ]; then
            same=4.2
            folder=$folder-4.2
            STEP_LOGS=$folder/log
        fi
        shift
        if [ "$other" != "$release" ]; then
            cache=${SKYPEFED_MATRIX_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/matrix}
            if [ -n "${SKYPEFED_WIRESHARK_SOURCE:-}" ]; then
                [ -d "$cache/$other" ] || sh tests/matrix.sh --in "$other" 'build suite tree' cmake/setup.sh --missing build
                there=$cache/$other/var/cache/skypefed/tree${same:+-$same}
                mkdir -p "$there" && cp "$SKYPEFED_WIRESHARK_SOURCE" "$there/upstream" || exit 1
            fi
            exec sh tests/matrix.sh --in "$other" 'build suite tree' tests/in_tree.sh "$mode" ${same:+"$same"} "$@"
        fi
        ;;
esac
case $mode in
    --whole)
        parts='fetch plant configure build load'
        # A tshark in a build folder always loads the plugins that lie there.
        left_out='--deselect test_load.py::test_absent_plugin_is_noticed'
        ;;
    --headers)
        parts=headers
        folder=$folder-headers
        STEP_LOGS=$folder/log
        ;;
    *) parts='fetch plant configure compile' ;;
esac
[ $# -gt 0 ] || set -- test_load.py test_samples.py test_fields.py test_statistics.py test_warnings.py test_media.py \
    test_sip_facts.py test_sdp_facts.py
step 'packages' sh cmake/setup.sh build suite tree || finish '0 passed, 1 failed' 1
for part in $parts; do
    step "$part" "$part" || finish '0 passed, 1 failed' 1
done
status=0
step 'tests' tests "$@" || status=1
counts=$(tail -n 1 "$step_log" | sed -n 's/.*\(^\|[^0-9]\)\([0-9]*\) passed.*/\2/p')
lost=$(tail -n 1 "$step_log" | sed -n 's/^\([0-9]*\) failed.*/\1/p')
finish "${counts:-0} passed, ${lost:-$status} failed" "$status"
