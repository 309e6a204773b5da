#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds a static GLib for Windows from the source in a kit (fetch.sh), for
# skypefed-log.exe and the unit tests. The plugin takes only the headers: it uses
# the GLib of Wireshark.
#
#   sh cmake/windows/glib.sh KIT
#
#   KIT/glib/include      headers
#   KIT/glib/libglib.a    the library
# What is there already is not built again.
set -eu

compiler=x86_64-w64-mingw32ucrt

if [ $# -ne 1 ] || [ ! -d "$1/source/glib" ]; then
    printf 'usage: sh cmake/windows/glib.sh KIT\n' >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
kit=$(cd "$1" && pwd)
[ ! -f "$kit/glib/libglib.a" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cp -R "$kit/source/glib" "$work/glib"

# Nothing is translated.
intl=$work/glib/subprojects/proxy-libintl
mkdir -p "$intl"
cp "$here/libintl.h" "$intl"
printf "project('proxy-libintl', 'c')\nintl_dep = declare_dependency(include_directories: '.')\n" >"$intl/meson.build"

# GLib's build asks for libraries of which GLib itself needs at most a header; nothing links them. GRegex, which
# would need pcre2, is not used.
mkdir -p "$work/stubs/include"
cp "$kit/source/pcre2.h" "$work/stubs/include"
for library in libffi:3.4 zlib:1.3 libpcre2-8:10.42; do
    printf 'Name: %s\nDescription: stub\nVersion: %s\nCflags: -I%s\nLibs:\n' "${library%%:*}" "${library##*:}" \
        "$work/stubs/include" >"$work/stubs/${library%%:*}.pc"
done
cat >"$work/cross.ini" <<END
[binaries]
c = '$compiler-gcc'
cpp = 'false'
ar = '$compiler-ar'
strip = '$compiler-strip'
windres = '$compiler-windres'
pkg-config = 'pkg-config'
[properties]
pkg_config_libdir = '$work/stubs'
[built-in options]
c_args = ['-DPCRE2_STATIC', '-w']
[host_machine]
system = 'windows'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'
END

meson setup "$work/build" "$work/glib" --cross-file "$work/cross.ini" --buildtype release \
    --default-library static --wrap-mode nodownload --force-fallback-for intl \
    -Dtests=false -Dnls=disabled -Dintrospection=disabled -Dglib_debug=disabled
ninja -C "$work/build" glib/libglib-2.0.a gmodule/gmodule-visibility.h

rm -rf "$kit/glib.new" "$kit/glib"
mkdir -p "$kit/glib.new/include/glib"
cp "$work/glib/glib/"*.h "$work/build/glib/"*.h "$kit/glib.new/include/"
mkdir -p "$kit/glib.new/include/glib/deprecated" "$kit/glib.new/include/gmodule"
# Headers of Wireshark include this one.
cp "$work/glib/gmodule/gmodule.h" "$kit/glib.new/include/"
cp "$work/build/gmodule/gmodule-visibility.h" "$kit/glib.new/include/gmodule/"
cp "$work/glib/glib/"*.h "$work/build/glib/"*.h "$kit/glib.new/include/glib/"
cp "$work/glib/glib/deprecated/"*.h "$kit/glib.new/include/glib/deprecated/"
# A thin archive only names its members.
(
    cd "$work/build"
    printf 'create %s\naddlib %s\nsave\nend\n' "$kit/glib.new/libglib.a" glib/libglib-2.0.a | "$compiler-ar" -M
)
mv "$kit/glib.new" "$kit/glib"
