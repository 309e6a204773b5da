# SPDX-License-Identifier: GPL-2.0-or-later
#
# One test after the other in a script, each a command that has to succeed. Sourced.
# The script prints `$passed passed, $failed failed` in the end. POSIX sh.
# shellcheck shell=sh disable=SC2034

passed=0
failed=0

# expect WHAT COMMAND...: one test.
expect()
{
    what=$1
    shift
    if "$@"; then
        printf '  ok     %s\n' "$what"
        passed=$((passed + 1))
    else
        printf '  FAILED %s\n' "$what"
        failed=$((failed + 1))
    fi
}
