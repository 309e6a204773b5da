# SPDX-License-Identifier: GPL-2.0-or-later
#
# Minimal Debian folders, and commands inside them. Sourced, not run. POSIX sh.
# The caller sets `top`, the repository, and is root.
# shellcheck shell=sh disable=SC2154

# mirror: the Debian mirror of this machine's apt, without security and third-party sources.
mirror()
{
    if [ -n "${SKYPEFED_MIRROR:-}" ]; then
        printf '%s' "$SKYPEFED_MIRROR"
        return
    fi
    if ! apt_mirrors | grep .; then
        # Without lists apt does not know what its sources are.
        apt-get update >&2
        apt_mirrors
    fi | head -n 1
}

# apt_mirrors: the sources that apt knows as Debian itself, one a line.
apt_mirrors()
{
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Identifier: Packages' |
        sed -n 's/^Debian|Debian|main|//p'
}

# contained COMMAND...
# Runs COMMAND with mounts and processes in namespaces of their own. They end
# with the command, whatever ends it, and it ends with this script: nothing is
# left to undo.
contained()
{
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --propagation private "$@"
}

# as_inside ROOT COMMAND...
# Runs COMMAND in the Debian folder ROOT with the repository read-only at /src.
as_inside()
{
    root=$1
    shift
    # The inner shell, not this one, is to expand these.
    # shellcheck disable=SC2016
    contained sh -c '
        set -e
        root=$1
        mkdir -p "$root/src" "$root/dev/shm" "$root/dev/pts"
        mount -t proc proc "$root/proc"
        mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
        mount --bind "$2" "$root/src"
        mount -o remount,bind,ro "$root/src"
        shift 2
        exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
            SKYPEFED_BUILD_DIR=/var/cache/skypefed "$@"
    ' as_inside "$root" "$top" "$@"
}

# bootstrap SUITE ROOT: makes a minimal Debian folder.
bootstrap()
{
    from=$(mirror)
    [ -n "$from" ] || { echo 'No Debian mirror in the configuration of apt; set SKYPEFED_MIRROR.'; return 1; }
    # The script is named, since an older debootstrap does not know a newer release; sid's fits them all.
    contained debootstrap --variant=minbase "$1" "$2" "$from" sid || return 1
    # Services must not start in a folder.
    printf '#!/bin/sh\nexit 101\n' >"$2/usr/sbin/policy-rc.d"
    chmod 755 "$2/usr/sbin/policy-rc.d"
}

# share_network ROOT: how this machine reaches the mirror holds in the folder too,
# and whether it takes a mirror whose lists have not been renewed for long.
share_network()
{
    cp -L /etc/resolv.conf "$1/etc/resolv.conf"
    apt-config dump 2>/dev/null | grep -E '^Acquire::(https?::Proxy|Check-Valid-Until|Check-Date) ' \
        >"$1/etc/apt/apt.conf.d/90this-machine" || true
}
