# SPDX-License-Identifier: GPL-2.0-or-later
#
# The package for Windows under Wine: what is in it, and what its scripts do. Sourced
# by windows.sh, which has set `build`, `kit`, `stage`, `top`, under_wine and counted.
# POSIX sh. The functions are called by counted.
# shellcheck shell=sh disable=SC2154,SC2317

# A place with blanks, parentheses and umlauts, as users have them.
drive=$build/wine/drive_c
place="$drive/Töpfe & Pfannen (1)"
roaming=$drive/users/$(id -un)/AppData/Roaming

# package: the archive, unpacked as a user does; Wireshark; and another Wireshark.
package()
{
    rm -rf "$place" "$roaming/Wireshark"
    mkdir -p "$place/Wire shark" "$place/Other"
    sh cmake/packaging/windows/zip.sh "$build" "$build/package.zip" || return 1
    python3 -m zipfile -e "$build/package.zip" "$place" || return 1
    cp -R "$stage/windows/." "$place/Wire shark/"
    x86_64-w64-mingw32ucrt-gcc -O1 -Wall -Werror -o "$place/Other/tshark.exe" tests/wine_programs.c || return 1
    # What Wireshark leaves by itself is none of ours.
    under_wine "$place/Wire shark/tshark.exe" -D || return 1
    user_files >"$build/users"
    printf 'the archive: %d KiB\n' "$(($(stat -c %s "$build/package.zip") / 1024))"
}

# user_files: of all users, but what the command interpreter forgets to delete.
user_files()
{
    (cd "$drive/users" && find . ! -path '*/Temp/CMD*.tmp' | sort)
}

# contents: the archive has a plugin for each version, and whatever else belongs to it, and nothing more.
contents()
{
    {
        for folder in "$kit"/[0-9]*.[0-9]*; do
            version=${folder##*/}
            printf 'plugins/%s/epan/skypefed.dll\n' "$version"
            [ ! -e "$folder/include/wiretap/wtap_module.h" ] || printf 'plugins/%s/wiretap/skypefed-log.dll\n' "$version"
        done
        (cd plugin/profile && find . -type f | sed 's|^\./|profile/|')
        printf '%s\n' extcap/skypefed-log.exe install.cmd uninstall.cmd LICENSE.txt
    } | sort >"$build/expected"
    (cd "$place/skypefed" && find . -type f | sed 's|^\./||' | sort) | diff "$build/expected" -
}

# call_script NAME [ARGUMENT...]: one of the package.
call_script()
{
    # Wine's fc compares nothing; ours takes its place.
    cp "$place/Other/tshark.exe" "$drive/windows/system32/fc.exe"
    (cd "$place/skypefed" && export WINEDLLOVERRIDES='fc.exe=n' && under_wine cmd /c "$@")
}

# loads: tshark.exe has loaded the plugin of the user.
loads()
{
    under_wine "$stage/windows/tshark.exe" -G plugins | grep 'skypefed\.dll.*Roaming'
}

# nothing_left: no file or folder of the user is left that was not there before.
nothing_left()
{
    user_files | diff "$build/users" -
}

# installed: install.cmd, with Wireshark named, finds its version; tshark.exe loads the plugin.
installed()
{
    call_script install.cmd 'C:\Töpfe & Pfannen (1)\Wire shark' && loads && [ -f "$roaming/Wireshark/profiles/SkypeFed/preferences" ]
}

# installed_here: the same with the Wireshark of another stage.
installed_here()
{
    rm -rf "$place/Wire shark"
    mkdir "$place/Wire shark"
    cp -R "$stage/windows/." "$place/Wire shark/"
    # What Wireshark leaves by itself is none of ours.
    under_wine "$place/Wire shark/tshark.exe" -D || return 1
    user_files >"$build/users"
    installed
}

# found: install.cmd finds Wireshark where its installer says that it is. Again, over what is there.
found()
{
    key='HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark'
    ln -sfn "$stage/windows" "$drive/Programs (x64)"
    under_wine reg add "$key" /v InstallLocation /d 'C:\Programs (x64)' /f || return 1
    call_script install.cmd && loads
    result=$?
    under_wine reg delete "$key" /f
    return "$result"
}

# found_otherwise: by the path that Windows knows of the program; and in PATH.
found_otherwise()
{
    key='HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\Wireshark.exe'
    ln -sfn "$stage/windows" "$drive/Programs (x64)"
    under_wine reg add "$key" /v Path /d 'C:\Programs (x64)' /f || return 1
    call_script install.cmd >"$build/said"
    result=$?
    under_wine reg delete "$key" /f
    [ "$result" -eq 0 ] && grep 'has loaded the plugin, for the user' "$build/said" || return 1
    # Wine adds WINEPATH to PATH.
    WINEPATH='C:\Programs (x64)' call_script install.cmd >"$build/said" && grep 'has loaded the plugin' "$build/said"
}

# not_found: without any, it says so.
not_found()
{
    ! call_script install.cmd >"$build/said" && grep 'No Wireshark in the registry' "$build/said" || return 1
    ! call_script install.cmd 'C:\Töpfe & Pfannen (1)' >"$build/said" &&
        LC_ALL=C grep -a 'No Wireshark in "C:.*Pfannen (1)": there is no tshark.exe' "$build/said"
}

# portable: a portable Wireshark keeps all in its own folder, and nothing is left in it.
portable()
{
    rm -rf "$place/Portable"
    mkdir -p "$place/Portable/App/AppInfo" "$place/Portable/App/Wireshark" "$place/Portable/Data"
    : >"$place/Portable/App/AppInfo/appinfo.ini"
    cp -R "$stage/windows/." "$place/Portable/App/Wireshark/"
    user_files >"$build/users.before"
    call_script install.cmd 'C:\Töpfe & Pfannen (1)\Portable' || return 1
    WIRESHARK_APPDATA='C:\Töpfe & Pfannen (1)\Portable\Data' under_wine "$place/Portable/App/Wireshark/tshark.exe" -G plugins |
        grep 'skypefed\.dll.*Portable' || return 1
    user_files | diff "$build/users.before" - || return 1
    call_script uninstall.cmd 'C:\Töpfe & Pfannen (1)\Portable' || return 1
    [ "$(find "$place/Portable" -name '*skypefed*' -o -name SkypeFed)" = '' ] || return 1
    rm -r "$place/Portable"
}

# double_clicked: after a double click the window waits for a key, and no part of its path is taken for a command. /quiet
# and a call by another script do not wait. Wine's command interpreter does not tell a script how it was started: the line
# is that of Explorer.
double_clicked()
{
    for script in install uninstall; do
        line="C:\\windows\\system32\\cmd.exe /c \"\"C:\\Töpfe & Pfannen (1)\\skypefed\\$script.cmd\" \""
        CMDCMDLINE=$line call_script "$script.cmd" >"$build/said" 2>&1
        grep -ai 'press any key' "$build/said" || return 1
        ! grep -ai 'recogni[sz]ed\|not find' "$build/said" || return 1
        CMDCMDLINE=$line call_script "$script.cmd" /quiet >"$build/said" 2>&1
        ! grep -ai 'press any key' "$build/said" || return 1
        CMDCMDLINE='cmd.exe' call_script "$script.cmd" >"$build/said" 2>&1
        ! grep -ai 'press any key' "$build/said" || return 1
    done
}

# not_unpacked: a double click in the window that shows what is in an archive unpacks that file alone.
not_unpacked()
{
    rm -rf "$place/Temp"
    mkdir "$place/Temp"
    for script in install uninstall; do
        cp "$place/skypefed/$script.cmd" "$place/Temp/"
        (cd "$place/Temp" && ! under_wine cmd /c "$script.cmd" >"$build/said") || return 1
        grep 'Unpack the whole archive first' "$build/said" || return 1
    done
    rm -r "$place/Temp"
}

# two_versions: the plugin for another Wireshark goes beside the first, and one for which there is none is refused.
two_versions()
{
    OTHER_WIRESHARK=4.4.2 call_script install.cmd 'C:\Töpfe & Pfannen (1)\Other' || return 1
    [ -f "$roaming/Wireshark/plugins/4.0/epan/skypefed.dll" ] &&
        cmp "$roaming/Wireshark/plugins/4.4/epan/skypefed.dll" "$place/skypefed/plugins/4.4/epan/skypefed.dll" || return 1
    ! OTHER_WIRESHARK=3.6.2 call_script install.cmd 'C:\Töpfe & Pfannen (1)\Other' >"$build/said" || return 1
    grep 'no plugin for it' "$build/said" && grep '^4\.6' "$build/said"
}

# capture_source: Wireshark lists it.
capture_source()
{
    under_wine "$stage/windows/tshark.exe" -D | grep 'skypefed-log'
}

# capture FILE OPTION...: what tshark.exe shows of a log that it reads through the capture source.
capture()
{
    file=$1
    shift
    under_wine "$stage/windows/tshark.exe" -l -n -i skypefed-log -o "extcap.skypefed_log.file:Z:$file" "$@" \
        -T fields -e frame.number -e sip.Call-ID -e sip.CSeq -e skypefed.caller
}

# captured: a capture through the capture source shows what tshark on Linux shows of the log.
captured()
{
    log=$top/samples/logs/server.txt
    env TZ=UTC0 "$build/native/plugin/log/skypefed-log" -o "$build/captures/server" "$log" || return 1
    on_linux -n -r "$build/captures/server" -T fields -e frame.number -e sip.Call-ID -e sip.CSeq -e skypefed.caller \
        >"$build/expected"
    [ "$(grep -c example "$build/expected")" -ge 3 ] || return 1
    for _ in 1 2 3; do
        capture "$log" -o extcap.skypefed_log.follow:false | tr -d '\r' | diff "$build/expected" - || return 1
    done
}

# followed: a log that grows is followed. While it is, the files are in use: install.cmd and uninstall.cmd say so.
followed()
{
    cp "$top/samples/logs/server.txt" "$build/growing.txt"
    : >"$build/shown"
    capture "$build/growing.txt" -c 5 >"$build/shown" &
    for _ in $(seq 300); do
        [ "$(wc -l <"$build/shown")" -lt 3 ] || break
        sleep 1
    done
    refused=0
    ! call_script install.cmd 'C:\Töpfe & Pfannen (1)\Wire shark' >"$build/said" && grep 'Is Wireshark running' "$build/said" &&
        ! call_script uninstall.cmd >"$build/said" && grep 'Is Wireshark running' "$build/said" || refused=1
    cat "$top/samples/logs/server.txt" >>"$build/growing.txt"
    wait
    [ "$refused" -eq 0 ] && [ "$(wc -l <"$build/shown")" -eq 5 ]
}

# kept: uninstall.cmd leaves a file of the profile that was changed, and nothing else.
kept()
{
    call_script install.cmd 'C:\Töpfe & Pfannen (1)\Wire shark' || return 1
    printf 'gui.layout_type: 2\n' >>"$roaming/Wireshark/profiles/SkypeFed/preferences"
    call_script uninstall.cmd >"$build/said" && grep 'Left, since it was changed: .*preferences' "$build/said" || return 1
    [ "$(find "$roaming/Wireshark" -type f)" = "$roaming/Wireshark/profiles/SkypeFed/preferences" ] || return 1
    rm -r "$roaming/Wireshark"
}

# renewed: install.cmd renews a file of the profile that an older version has installed, and leaves one that was changed.
renewed()
{
    profile=$roaming/Wireshark/profiles/SkypeFed
    call_script install.cmd 'C:\Töpfe & Pfannen (1)\Wire shark' || return 1
    for file in preferences dfilters; do
        printf 'of before\n' >"$profile/as-installed/$file"
        printf 'of before\n' >"$profile/$file"
    done
    printf 'of the user\n' >"$profile/dfilters"
    call_script install.cmd 'C:\Töpfe & Pfannen (1)\Wire shark' >"$build/said" || return 1
    cmp plugin/profile/preferences "$profile/preferences" && grep 'Left, since it was changed: .*dfilters' "$build/said" &&
        [ "$(cat "$profile/dfilters")" = 'of the user' ] || return 1
    rm "$profile/dfilters"
    call_script uninstall.cmd && nothing_left
}

# removed: uninstall.cmd leaves nothing of what was installed.
removed()
{
    # A program may stand for its folder.
    call_script install.cmd 'C:\Töpfe & Pfannen (1)\Wire shark\tshark.exe' && call_script uninstall.cmd && ! loads &&
        nothing_left
}
