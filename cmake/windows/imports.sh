#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Checks what a DLL or program for Windows imports.
#
#   sh cmake/windows/imports.sh FILE [EXPORTS]
#
# EXPORTS: "DLL NAME" a line, what the libraries of Wireshark export (fetch.sh). Every
# import must be one of these, or come from a DLL that Windows has: its own, or the
# Universal C Runtime. Without EXPORTS only the latter count. Also checks that a plugin
# exports what Wireshark looks for. Prints the DLLs and how many names come from each.
set -eu

[ $# -ge 1 ] || {
    printf 'usage: sh cmake/windows/imports.sh FILE [EXPORTS]\n' >&2
    exit 2
}
file=$1
exports=${2:-/dev/null}

tables=$(x86_64-w64-mingw32ucrt-objdump -p "$file")

# Lines of the import tables: "DLL NAME".
imports=$(printf '%s\n' "$tables" | awk '
    /^\tDLL Name:/ { dll = $3; next }
    /^The Export Tables|^There is an export table/ { exit }
    dll != "" && NF == 0 { dll = "" }
    dll != "" && $1 ~ /^[0-9a-f]+$/ { print dll, $NF }')
[ -n "$imports" ] || {
    printf '%s: no import found\n' "$file" >&2
    exit 1
}

printf '%s\n' "$imports" | awk -v file="$file" '
    FILENAME == "-" {
        count[$1]++
        if (tolower($1) ~ /^api-ms-win-crt-[a-z]+-l1-1-0\.dll$/ ||
            tolower($1) ~ /^(kernel32|ws2_32|advapi32|ole32|shell32|shlwapi|user32|winmm|iphlpapi|ntdll)\.dll$/)
            next
        if (!(($1, $2) in known)) {
            printf "%s imports %s from %s, which does not export it\n", file, $2, $1
            faults++
        }
        next
    }
    { known[$1, $2] = 1 }
    END {
        for (dll in count) printf "  %-40s %4d\n", dll, count[dll] | "sort"
        exit faults > 0
    }' "$exports" -

case $file in
    *.dll)
        for name in plugin_version plugin_want_major plugin_want_minor plugin_register; do
            printf '%s\n' "$tables" | grep -qE "[[:space:]]$name\$" || {
                printf '%s does not export %s\n' "$file" "$name" >&2
                exit 1
            }
        done
        ;;
esac
