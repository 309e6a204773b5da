# SPDX-License-Identifier: GPL-2.0-or-later
#
# Named steps for this project's scripts: the output of a step goes to a log of
# its own, one line says how it went, and a failure shows the end of that log.
# Sourced, not run. POSIX sh.
# shellcheck shell=sh

# A service or a container may have no HOME: then it is what a login would set.
if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
    export HOME="${HOME:-/nonexistent}"
fi

# Folder for the logs; set before the first step, made when missing.
STEP_LOGS=${STEP_LOGS:-}

# How many lines of a failed step's log are worth a reader's screen.
STEP_TAIL=40

# show_progress: rewrites the line of the running step, with its seconds and the last line of its log, every second.
show_progress()
{
    # Ctrl-C does not reach what runs in the background: it ends with the script.
    while sleep 1 && kill -0 $$ 2>/dev/null; do
        printf '\r\033[K  %-44s %5d s  %.26s' "$step_name" "$(($(date +%s) - step_start))" \
            "$(tail -n 1 "$step_log" 2>/dev/null | LC_ALL=C tr -cd '[:print:]')"
    done
}

# step NAME COMMAND [ARGUMENT...]
# Runs COMMAND without standard input and reports it as NAME; on a terminal it
# shows meanwhile how far it is. Gives the command's exit code.
step()
{
    step_name=$1
    shift
    mkdir -p "$STEP_LOGS"
    step_log=$STEP_LOGS/$(printf '%s' "$step_name" | tr -c 'A-Za-z0-9.' '-').log
    step_start=$(date +%s)
    step_status=0
    printf '  %-44s ' "$step_name"
    step_progress=
    if [ -t 1 ]; then
        show_progress &
        step_progress=$!
    fi
    "$@" >"$step_log" 2>&1 </dev/null || step_status=$?
    if [ -n "$step_progress" ]; then
        kill "$step_progress" 2>/dev/null
        wait "$step_progress" 2>/dev/null || true
        printf '\r\033[K  %-44s ' "$step_name"
    fi
    if [ "$step_status" -eq 0 ]; then
        printf 'ok     %5d s\n' "$(($(date +%s) - step_start))"
        return 0
    fi
    printf 'FAILED %5d s\n' "$(($(date +%s) - step_start))"
    printf '\n    Exit code %d. The end of the log:\n' "$step_status"
    tail -n "$STEP_TAIL" "$step_log" | sed 's/^/    | /'
    printf '    All of it: %s\n\n' "$step_log"
    return "$step_status"
}

# die MESSAGE
# Ends the script with a reason on standard error.
die()
{
    printf '%s: %s\n' "$(basename "$0")" "$1" >&2
    exit 1
}
