#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the image of cmake/packaging/Containerfile with buildah, and runs it as a
# pipeline does.
#
#   sh tests/container.sh [SUITE]
#
# SUITE: as of tests/matrix.sh; without any, Debian 13, as in that file. The base is a
# minimal folder of that release, made with debootstrap, so that no registry of images
# is needed. Needs root; takes two minutes of a processor. The image stays, as
# localhost/skypefed. Where the machine lets podman start no container,
# buildah runs the image in a chroot, and the script says so. The last line is
# `N passed, N failed`.
# The functions are called by step and expect.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
# shellcheck source=cmake/steps.sh
. cmake/steps.sh
# shellcheck source=tests/debian_folder.sh
. tests/debian_folder.sh
# shellcheck source=tests/expect.sh
. tests/expect.sh

suite=${1:-trixie}
image=localhost/skypefed
base=localhost/skypefed-base:$suite
# A container may have no higher limit than this machine has.
files=$(awk '/^Max open files/ { print $5 }' /proc/self/limits)
sample=samples/skype-to-lync-invite.pcapng
[ "$(id -u)" -eq 0 ] || die 'needs root'

STEP_LOGS=${SKYPEFED_BUILD_DIR:-$top/build}/container/log
work=$(mktemp -d)
container=
trap '[ -z "$container" ] || buildah rm "$container" >/dev/null; rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT TERM

packages()
{
    sh cmake/setup.sh container
}

# base_image: a minimal Debian, as an image.
base_image()
{
    if ! podman image exists "$base"; then
        bootstrap "$suite" "$work/base" && share_network "$work/base" &&
            tar -C "$work/base" -c . | podman import - "$base"
    fi
}

build_image()
{
    buildah bud --isolation chroot --network host --build-arg BASE="$base" -t "$image" \
        -f cmake/packaging/Containerfile .
}

# by_podman ENTRY ARGUMENT...: the image's entry, or another program, as `podman run` starts it.
by_podman()
{
    entry=$1
    shift
    timeout 600 podman --runtime "$runtime" run --rm -i --network none --ulimit "nofile=$files:$files" \
        --ulimit nproc=4096:4096 -v "$top/samples:/captures:ro" --entrypoint "$entry" "$image" "$@"
}

# by_chroot PROGRAM ARGUMENT...: the same without a runtime of containers.
by_chroot()
{
    timeout 600 buildah run --isolation chroot --network host -v "$top/samples:/captures:ro" "$container" -- "$@"
}

# choose: how containers are started on this machine.
choose()
{
    for runtime in crun runc; do
        started=by_podman
        if command -v "$runtime" >/dev/null && by_podman tshark --version >/dev/null 2>"$work/refused"; then
            printf '  started by podman with %s\n' "$runtime"
            return
        fi
        printf '  podman with %s: %s\n' "$runtime" "$(tail -n 1 "$work/refused" 2>/dev/null)"
    done
    started=by_chroot
    container=$(buildah from "$image") || return 1
    printf '  podman starts no container here: the image is run in a chroot by buildah\n'
}

# in_image PROGRAM ARGUMENT...
in_image()
{
    "$started" "$@" 2>"$work/errors"
}

enters_tshark()
{
    [ "$(podman image inspect --format '{{.Config.Entrypoint}} {{.Config.User}}' "$image")" = '[tshark] nobody' ]
}

from_pipe()
{
    [ "$(in_image tshark -r - -Y skypefed.caller -T fields -e skypefed.caller <"$sample")" = user@example.com ]
}

from_folder()
{
    in_image tshark -r /captures/federation-failure.pcapng -q -z skypefed,calls,json >"$work/calls" &&
        [ "$(grep -o '"code":[0-9]*' "$work/calls" | tr '\n' ' ')" = '"code":1009 "code":1010 "code":1047 ' ]
}

# from_log: a log through both programs.
from_log()
{
    in_image skypefed-log <samples/logs/server.txt >"$work/calls.pcapng" &&
        [ "$(in_image tshark -r - -Y skypefed -T fields -e frame.number <"$work/calls.pcapng" | grep -c .)" -eq 3 ]
}

# verified: the plugin there can verify the tags of SRTP.
verified()
{
    in_image tshark -r /captures/calls-with-media.pcapng -Y 'skypefed.rtp.protection == 2' | grep -q .
}

# without_tools: what was needed to build is not in it, nor what apt has fetched.
without_tools()
{
    # The inner shell is to expand this.
    # shellcheck disable=SC2016
    in_image sh -c '! command -v cc cmake ninja && [ -z "$(find /var/lib/apt/lists /var/cache/apt/archives -type f \
        ! -name lock)" ] && [ ! -e /skypefed.deb ] && [ ! -e /src ]'
}

printf 'Debian %s\n' "$suite"
for part in packages base_image build_image; do
    step "$part" "$part" || {
        printf '\n0 passed, 1 failed\n'
        exit 1
    }
done
podman image inspect --format '  {{.Size}} bytes, base {{.Parent}}' "$image" | sed 's/, base .*//'
choose || exit 1
expect 'starts tshark, as nobody' enters_tshark
expect 'decodes a capture from a pipe' from_pipe
expect 'lists the calls of a capture in a folder' from_folder
expect 'makes a capture of a log, and decodes it' from_log
expect 'verifies media' verified
expect 'has no compiler and no lists of apt' without_tools
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
