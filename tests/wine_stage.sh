#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds, once, the tshark.exe that tests/windows.sh loads the plugin into: stock
# Wireshark from Debian's source, for Windows with the Universal C Runtime, as
# the official installer has it. Beside it goes Debian's own tshark of the same
# version, which says what to expect.
#
#   sh tests/wine_stage.sh [VERSION]
#
# VERSION: 4.0, if none is named, or 4.4. Debian's mirror does not have the source of
# each at any time: SKYPEFED_WIRESHARK_SOURCE may name an archive of Wireshark's source
# of that minor version.
#
# On Debian 13 or later as it is; elsewhere in the folder of Debian 13 that
# tests/matrix.sh keeps (as root). Takes 15 to 60 minutes of a processor, and 300 MB
# for what is kept; 2 GB while it builds. A build that was cut short goes on where
# it was. What is there already is not built again.
#
#   STAGE/windows   tshark.exe, dumpcap.exe, their DLLs and data
#   STAGE/linux     files of Debian's packages of tshark and what building a plugin takes
#   STAGE/version   their version; written last
# STAGE: ${SKYPEFED_WINE_STAGE:-~/.cache/skypefed/wine-stage}; of 4.4 the same with -4.4
# Needs cmake/windows/fetch.sh and glib.sh, which it calls.
# The functions are called as parts.
# shellcheck disable=SC2317
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
# shellcheck source=cmake/steps.sh
. cmake/steps.sh

# The version of Wireshark, the Debian release that has it, and what follows the name of the stage.
version=${1:-4.0}
[ "$version" != --part ] || version=$3
case $version in
    4.0) release=bookworm ending='' ;;
    4.4) release=trixie ending=-4.4 ;;
    *) die "no stage of Wireshark $version in the table" ;;
esac

if ! apt-cache show gcc-mingw-w64-ucrt64 >/dev/null 2>&1; then
    if [ -n "${SKYPEFED_WIRESHARK_SOURCE:-}" ]; then
        folder=${SKYPEFED_MATRIX_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/skypefed/matrix}/trixie
        [ -d "$folder" ] || sh tests/matrix.sh --in trixie 'build windows wine stage' cmake/setup.sh --missing build
        cp "$SKYPEFED_WIRESHARK_SOURCE" "$folder/var/cache/wireshark-$version.source"
    fi
    exec sh tests/matrix.sh --in trixie 'build windows wine stage' tests/wine_stage.sh "$version"
fi
compiler=x86_64-w64-mingw32ucrt

cache=${XDG_CACHE_HOME:-$HOME/.cache}/skypefed
kit=${SKYPEFED_WINDOWS_KIT:-$cache/windows}
stage=${SKYPEFED_WINE_STAGE:-$cache/wine-stage}$ending
archive=${SKYPEFED_WIRESHARK_SOURCE:-/var/cache/wireshark-$version.source}
build=$stage/build
sysroot=$build/sysroot
STEP_LOGS=$stage/log

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=cmake/windows/debian.sh
. cmake/windows/debian.sh

# fetch: the sources, and Debian's own build.
fetch()
{
    [ ! -f "$build/fetched" ] || return 0
    # shellcheck disable=SC2046
    prepare_apt $(printf 'deb-src:%s\n' bookworm "$release" | sort -u) "deb:$release"
    rm -rf "$build/source" "$stage/linux"
    # The small libraries of the oldest release serve all.
    for row in "wireshark:$release" pcre2:bookworm c-ares:bookworm; do
        package=${row%:*}
        from=${row#*:}
        if [ "$package" = wireshark ] && [ -f "$archive" ]; then
            mkdir -p "$build/source/wireshark"
            tar -C "$build/source/wireshark" --strip-components=1 -xf "$archive"
        else
            unpack_source "$from" "$package" "$build/source/$package"
        fi
    done
    unpack "$release" "$build/headers" libpcap0.8-dev
    unpack "$release" "$stage/linux" tshark libwireshark-data wireshark-dev libwireshark-dev libwiretap-dev libwsutil-dev
    for library in wireshark wiretap wsutil; do
        unpack "$release" "$stage/linux" \
            "$(grep -oE "lib${library}[0-9]+(t64)?" "$stage/linux/lib$library-dev.depends" | head -n 1)"
    done
    unpack "$release" "$stage/linux" "$(cat "$stage/linux"/libwireshark[0-9]*.depends | grep -oE 'liblua[0-9.]+-0')"
    touch "$build/fetched"
}

# with_toolchain SOURCE FOLDER CMAKE-OPTION...: configures for Windows.
with_toolchain()
{
    source=$1
    folder=$2
    shift 2
    cmake -G Ninja -S "$source" -B "$folder" -DCMAKE_TOOLCHAIN_FILE="$build/toolchain.cmake" \
        -DCMAKE_POLICY_VERSION_MINIMUM=3.5 -DCMAKE_INSTALL_PREFIX="$sysroot" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_C_FLAGS_RELEASE='-O0 -w' -DCMAKE_CXX_FLAGS_RELEASE='-O0 -w' "$@"
}

# toolchain: that of the plugin, with the libraries that are built here.
toolchain()
{
    mkdir -p "$sysroot/include" "$sysroot/lib/pkgconfig"
    {
        printf 'include("%s")\n' "$top/cmake/windows/toolchain.cmake"
        printf 'set(CMAKE_CXX_COMPILER %s-g++)\n' "$compiler"
        printf 'set(CMAKE_RC_COMPILER %s-windres)\n' "$compiler"
        printf 'list(PREPEND CMAKE_FIND_ROOT_PATH "%s")\n' "$sysroot"
        printf 'set(CMAKE_SHARED_LINKER_FLAGS_INIT -static-libgcc)\n'
    } >"$build/toolchain.cmake"
    # File names with capitals, which Windows does not tell from small letters.
    for header in SDKDDKVer Uxtheme VersionHelpers Windows Ws2tcpip; do
        ln -sf "/usr/$compiler/include/$(printf '%s' "$header" | tr '[:upper:]' '[:lower:]').h" \
            "$sysroot/include/$header.h"
    done
}

# small_libraries: those that are linked into others.
small_libraries()
{
    with_toolchain "$build/source/pcre2" "$build/pcre2" -DPCRE2_BUILD_TESTS=OFF -DPCRE2_BUILD_PCRE2GREP=OFF
    ninja -C "$build/pcre2" install
    # The compiler is not asked whether INADDRSZ exists, as it would be without a toolchain.
    with_toolchain "$build/source/c-ares" "$build/c-ares" -DCARES_STATIC=ON -DCARES_SHARED=OFF \
        -DCARES_BUILD_TOOLS=OFF -DCMAKE_C_FLAGS=-DINADDRSZ=4
    ninja -C "$build/c-ares" install
    # A capture library is loaded when the program runs, and is not there: the headers are all that is needed.
    cp -R "$build/headers/usr/include/pcap" "$build/headers/usr/include/"pcap*.h "$sysroot/include/"
    # Wireshark 4.4 asks for a library as well, when it is not built on Windows; it takes nothing from it.
    rm -f "$sysroot/lib/libwpcap.a"
    "$compiler-ar" cr "$sysroot/lib/libwpcap.a"
    # Its own DLL, with a C run-time of its own, to which no memory or file of others is passed.
    for file in gcrypt.h gpg-error.h; do
        cp "/usr/x86_64-w64-mingw32/include/$file" "$sysroot/include/"
    done
    cp /usr/x86_64-w64-mingw32/lib/libgcrypt.dll.a /usr/x86_64-w64-mingw32/lib/libgpg-error.dll.a "$sysroot/lib/"
}

# glib: one DLL, named as in the official installer, from the kit's static library and GModule.
glib()
{
    cp -R "$kit/glib/include/." "$sysroot/include/"
    mkdir -p "$build/gmodule" "$stage/windows"
    sed -e 's/@G_MODULE_IMPL@/G_MODULE_IMPL_WIN32/' -e 's/@[A-Z_]*@/0/' "$kit/source/glib/gmodule/gmoduleconf.h.in" \
        >"$build/gmodule/gmoduleconf.h"
    : >"$build/gmodule/config.h"
    "$compiler-gcc" -O1 -w -DG_LOG_DOMAIN='"GModule"' -DGLIB_COMPILATION -DGLIB_STATIC_COMPILATION \
        -DGMODULE_STATIC_COMPILATION -I"$build/gmodule" -I"$sysroot/include" -I"$sysroot/include/gmodule" \
        -c "$kit/source/glib/gmodule/gmodule.c" -o "$build/gmodule/gmodule.o"
    "$compiler-gcc" -shared -static-libgcc -o "$stage/windows/glib-2.0-0.dll" \
        -Wl,--export-all-symbols -Wl,--out-implib,"$sysroot/lib/libglib-2.0.dll.a" \
        "$build/gmodule/gmodule.o" -Wl,--whole-archive "$kit/glib/libglib.a" -Wl,--no-whole-archive \
        "$sysroot/lib/libpcre2-8.a" -lws2_32 -lole32 -lwinmm -lshlwapi -luuid -liphlpapi -lntdll
    for name in glib gmodule gthread; do
        [ "$name" = glib ] || cp "$sysroot/lib/libglib-2.0.dll.a" "$sysroot/lib/lib$name-2.0.dll.a"
        printf 'Name: %s\nDescription: GLib\nVersion: 2.84\nCflags: -I%s\nLibs: -L%s -l%s-2.0\n' \
            "$name" "$sysroot/include" "$sysroot/lib" "$name" >"$sysroot/lib/pkgconfig/$name-2.0.pc"
    done
}

# no NAMES...: options that switch these off.
no()
{
    kind=$1
    shift
    for name in "$@"; do
        printf -- '-D%s_%s=OFF ' "$kind" "$name"
    done
}

configure()
{
    [ ! -f "$build/wireshark/build.ninja" ] || return 0
    # A parser generator has to run here. Nothing else in the source is changed.
    cc -O1 -w -o "$build/lemon" "$build/source/wireshark/tools/lemon/lemon.c"
    sed -i -e "s|\\\$<TARGET_FILE:lemon>|$build/lemon|" -e '/^ *lemon$/d' \
        "$build/source/wireshark/cmake/modules/UseLemon.cmake"
    # MSYSTEM makes the build one with MinGW. What it has on Windows, of what the compiler cannot be asked for.
    # shellcheck disable=SC2046
    PKG_CONFIG_LIBDIR="$sysroot/lib/pkgconfig" MSYSTEM=MINGW64 \
        with_toolchain "$build/source/wireshark" "$build/wireshark" \
        -DPKG_CONFIG_EXECUTABLE=/usr/bin/pkg-config -DHAVE_C99_VSNPRINTF=1 \
        $(printf -- '-DHAVE_PCAP_%s=1 ' LIB_VERSION FREECODE CREATE FREE_DATALINKS OPEN SETSAMPLING \
            SET_TSTAMP_PRECISION SET_TSTAMP_TYPE) \
        -DCMAKE_C_FLAGS='-DCARES_STATICLIB -DPCRE2_STATIC' \
        -DCMAKE_C_STANDARD_LIBRARIES='-lws2_32 -lole32 -luuid -ladvapi32 -lshell32 -luser32 -lkernel32 -liphlpapi' \
        $(no BUILD wireshark logray rawshark text2pcap mergecap reordercap editcap capinfos captype randpkt dftest \
            androiddump sshdump ciscodump wifidump dpauxmon randpktdump udpdump etwdump sharkd mmdbresolve \
            corbaidl2wrs dcerpcidl2wrs xxx2deb fuzzshark) \
        $(no ENABLE LUA GNUTLS WERROR LZ4 BROTLI SNAPPY ZSTD NGHTTP2 SMI KERBEROS SBC SPANDSP BCG729 ILBC OPUS \
            LIBXML2 MINIZIP WINSPARKLE AIRPCAP)
}

compile()
{
    ninja -j "$(nproc)" -C "$build/wireshark" tshark dumpcap
}

# collect: programs, DLLs and data in one folder, as they are on Windows.
collect()
{
    for file in "$build/wireshark/run/"*.exe "$build/wireshark/run/"lib*.dll; do
        "$compiler-strip" -o "$stage/windows/${file##*/}" "$file"
    done
    cp /usr/x86_64-w64-mingw32/bin/libgcrypt-20.dll /usr/x86_64-w64-mingw32/bin/libgpg-error-0.dll "$stage/windows/"
    cp "/usr/$compiler/lib/zlib1.dll" "/usr/$compiler/lib/libwinpthread-1.dll" "$stage/windows/"
    # Without this folder Wireshark looks for no capture sources, not even the user's.
    mkdir -p "$stage/windows/extcap"
    # The same data on both sides.
    cp -R "$stage/linux/usr/share/wireshark/." "$stage/windows/"
    cp "$stage/linux/tshark.version" "$stage/version"
}

# part NAME FUNCTION: in a shell of its own, in which the first failure ends it.
part()
{
    step "$1" sh tests/wine_stage.sh --part "$2" "$version"
}

if [ "${1:-}" = --part ]; then
    "$2"
    exit
fi
[ ! -f "$stage/version" ] || {
    printf 'Wireshark %s is in %s already.\n' "$(cat "$stage/version")" "$stage"
    exit 0
}
start=$(date +%s)
mkdir -p "$build"
printf 'Wireshark %s for Windows, into %s\n' "$version" "$stage"
step 'packages' sh cmake/setup.sh build windows wine stage
step 'headers and names of Wireshark' sh cmake/windows/fetch.sh "$kit"
step 'GLib' sh cmake/windows/glib.sh "$kit"
part 'sources' fetch
part 'toolchain' toolchain
part 'pcre2, c-ares, headers' small_libraries
part 'GLib as a DLL' glib
part 'configure Wireshark' configure
part 'compile Wireshark (long)' compile
part 'collect' collect
rm -rf "$build"
printf '\nDone after %d minutes, %s MB.\n' "$((($(date +%s) - start) / 60))" "$(du -sm "$stage" | cut -f 1)"
