# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is asked of an installed plugin, on a system that is to be thrown away. Sourced
# by packages_bare.sh and source_bare.sh, which set `kind`, the way of installing.
# POSIX sh. The functions are called by expect.
# shellcheck shell=sh disable=SC2317,SC2154

# shellcheck source=tests/expect.sh
. "$top/tests/expect.sh"

sample=$top/samples/skype-to-lync-invite.pcapng
log=$top/samples/logs/server.txt
user=someone
home=/home/$user
work=$(mktemp -d)

# not COMMAND...
not()
{
    ! "$@"
}

apt()
{
    DEBIAN_FRONTEND=noninteractive apt-get -y -o Acquire::Retries=3 "$@"
}

# as_user COMMAND...: as somebody who uses Wireshark, after logging in. extra: more of the environment, NAME=VALUE.
as_user()
{
    setpriv --reuid="$user" --regid="$user" --init-groups env -i HOME="$home" USER="$user" LC_ALL=C.UTF-8 TZ=UTC \
        PATH="$home/.local/bin:/usr/local/bin:/usr/bin:/bin" ${extra:+"$extra"} timeout 1200 sh -c 'cd && exec "$@"' as_user "$@"
}

# start_with_user: the user, and all files before anything is installed.
start_with_user()
{
    useradd --create-home "$user" || return 1
    wireshark=$(dpkg-query -W -f '${Version}' tshark)
    # Whatever the first start of tshark leaves is none of ours.
    as_user tshark -D >/dev/null 2>&1
    system_files >"$work/system"
    user_files >"$work/user"
}

# system_files: all paths of the system but what apt keeps, with the sizes of what does not change by itself.
system_files()
{
    find / -xdev \( -path /packages -o -path /src -o -path /proc -o -path /dev -o -path /tmp -o -path /home \
        -o -path /var/cache -o -path /var/lib/apt -o -path /var/log \) -prune -o \
        \( -path '/var/*' -o -path '/etc/ld.so.cache' -o -type d \) -print -o -printf '%p %s\n' | sort
}

# user_files: all paths of the user.
user_files()
{
    find "$home" | sort
}

# unchanged BEFORE COMMAND: prints what differs from a list.
unchanged()
{
    "$2" >"$work/now"
    diff "$1" "$work/now"
}

# loaded FOLDER: tshark loads the plugin, from below this folder.
loaded()
{
    as_user tshark -G plugins | tee "$work/plugins" | grep 'skypefed\.so' | grep -F "$1"
}

decoded()
{
    [ "$(as_user tshark -r "$sample" -Y skypefed.caller -T fields -e skypefed.caller | sort -u)" = user@example.com ]
}

# listed: Wireshark lists the capture source.
listed()
{
    as_user tshark -D 2>&1 | grep 'skypefed-log (Lync/Skype for Business log)'
}

# captured: tshark reads a log through the capture source.
captured()
{
    [ "$(as_user tshark -i skypefed-log -o "extcap.skypefed_log.file:$log" \
        -o extcap.skypefed_log.follow:false -T fields -e sip.CSeq.seq | grep -c .)" -eq 3 ]
}

# converted: the program is in PATH, and makes a capture.
converted()
{
    as_user skypefed-log -o "$home/calls.pcapng" "$log" &&
        [ "$(as_user tshark -r "$home/calls.pcapng" -Y skypefed -T fields -e frame.number | grep -c .)" -eq 3 ]
    outcome=$?
    rm -f "$home/calls.pcapng"
    return "$outcome"
}

# opened: Wireshark 4.6 and later read the log itself.
opened()
{
    [ "$(as_user tshark -r "$log" -Y skypefed -T fields -e frame.number | grep -c .)" -eq 3 ]
}

# profile drop|keep: Wireshark knows the profile, and takes its columns from it.
profile()
{
    as_user tshark -C SkypeFed -r "$sample" -c 8 | grep 'user@example.com'
    outcome=$?
    # What Wireshark copies into the user's own folder on the way is the user's.
    [ "$1" = keep ] || rm -rf "$home/.config"
    return "$outcome"
}

# used FOLDER: all that it is for.
used()
{
    expect "$kind: tshark loads it" loaded "$1"
    expect "$kind: a capture is decoded" decoded
    expect "$kind: skypefed-log makes a capture" converted
    expect "$kind: the capture source is listed" listed
    expect "$kind: a log is captured" captured
    if dpkg --compare-versions "$wireshark" ge 4.6; then
        expect "$kind: Wireshark opens a log" opened
    fi
}

# left_nothing: all files are as they were at the start.
left_nothing()
{
    expect "$kind: is no longer loaded" not loaded /
    expect "$kind: leaves nothing in the system" unchanged "$work/system" system_files
    expect "$kind: leaves nothing of the user's" unchanged "$work/user" user_files
}

# count: the last line.
count()
{
    rm -rf "$work"
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
}
