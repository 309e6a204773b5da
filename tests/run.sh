#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every test, from a fresh Debian on: installs what is missing, builds with gcc
# and clang with warnings as errors, runs all that CTest knows and the checks of
# the sources. The last line is `N passed, N failed`; the exit code is not 0
# when anything failed.
#
#   sh tests/run.sh          all of it
#   sh tests/run.sh --suite  one build and the tests without a window, a fuzzer
#                            or a checker: what another Wireshark version needs
#
# SKYPEFED_BUILD_DIR: where to build (default: build/ in the repository).
# WIRESHARK_SOURCE: a Wireshark source tree, whose checkers are used (default:
# those of the Debian source package, where it can be had).
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
# shellcheck source=cmake/steps.sh
. cmake/steps.sh
# shellcheck source=tests/checks.sh
. tests/checks.sh

build=${SKYPEFED_BUILD_DIR:-$top/build}
STEP_LOGS=$build/log
# The source tree may be read-only, or someone else's.
export PYTHONDONTWRITEBYTECODE=1
passed=0
failed=0

# Tests that the other Wireshark versions of the matrix are spared, by CTest label.
beyond_suite='^(window|fuzz|bench)$'

# add PASSED FAILED: adds to the totals.
add()
{
    passed=$((passed + $1))
    failed=$((failed + $2))
}

# counted NAME COMMAND...: a step that counts as one test.
counted()
{
    if step "$@"; then
        add 1 0
    else
        add 0 1
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

# compile FOLDER COMPILER: builds with every warning an error, and counts that as a test.
compile()
{
    counted "build with $2, warnings as errors" sh cmake/build.sh "$1" -DBUILD_TESTING=ON -DCMAKE_C_COMPILER="$2" \
        -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSKYPEFED_WERROR=ON
}

# run_ctest FOLDER [CTEST-OPTION...]: runs the tests of a build and adds their cases.
run_ctest()
{
    folder=$1
    shift
    report=$folder/ctest.xml
    rm -f "$report"
    # Test programs print a case a line; the tally needs all of them.
    ctest --test-dir "$folder" --parallel "$(nproc)" --no-tests=error --output-junit "$report" --output-on-failure \
        --test-output-size-passed 4000000 --test-output-size-failed 4000000 \
        "$@" >"$STEP_LOGS/$(basename "$folder")-ctest.log" 2>&1 </dev/null
    if [ ! -s "$report" ]; then
        printf '  ctest did not run; its output:\n'
        sed 's/^/    | /' "$STEP_LOGS/$(basename "$folder")-ctest.log"
        add 0 1
        return 1
    fi
    tally=$(/usr/bin/python3 tests/tally.py "$report") || true
    printf '%s\n' "$tally" | sed '$d'
    # The last line reads "N passed, N failed".
    # shellcheck disable=SC2046
    set -- $(printf '%s\n' "$tally" | sed -n '$s/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
    add "${1:-0}" "${2:-1}"
}

# has_tests FOLDER LABEL
has_tests()
{
    ctest --test-dir "$1" -N -L "$2" | grep -q 'Test *#'
}

case ${1:-} in
    --suite) purposes='build suite' ;;
    '') purposes='build suite check' ;;
    *) die "usage: sh tests/run.sh [--suite]" ;;
esac

mkdir -p "$STEP_LOGS" 2>/dev/null
{ [ -w "$build" ] && [ -w "$STEP_LOGS" ]; } || die "cannot write to $build; set SKYPEFED_BUILD_DIR to a folder of your own"

printf 'Set-up\n'
# shellcheck disable=SC2086
step 'packages' sh cmake/setup.sh $purposes || { add 0 1; finish; }

printf '\nBuild\n'
compile "$build/gcc" gcc || finish
if [ "$purposes" = 'build suite' ]; then
    printf '\nTests\n'
    run_ctest "$build/gcc" --label-exclude "$beyond_suite"
    finish
fi
compile "$build/clang" clang || finish

printf '\nTests\n'
run_ctest "$build/gcc"
if has_tests "$build/clang" fuzz; then
    run_ctest "$build/clang" -L fuzz
fi

printf '\nChecks of the sources\n'
if [ -z "${WIRESHARK_SOURCE:-}" ] && step "Wireshark's own checkers" sh cmake/wireshark-tools.sh "$build/wireshark"; then
    WIRESHARK_SOURCE=$build/wireshark
fi
for check in $(source_checks); do
    counted "$(printf '%s' "${check#check_}" | tr _ ' ')" "$check"
done
[ -n "$(wireshark_tools)" ] || printf '  (without the checkers of Wireshark itself, which are not to be had)\n'
finish
