@echo off
rem SPDX-License-Identifier: GPL-2.0-or-later
rem
rem   uninstall.cmd [/quiet]
rem
rem Removes what install.cmd has installed for you, for all versions of Wireshark.
rem /quiet never waits for a key.
setlocal

set "wait="
if /i not "%~1" == "/quiet" (
    rem After a double click the window would close before anyone has read a word.
    echo %cmdcmdline% | find "%~f0" >nul && set "wait=1"
)
call :uninstall
set "result=%errorlevel%"
if defined wait pause
exit /b %result%

:uninstall
set "failed="
set "plugins=%APPDATA%\Wireshark\plugins"
for /f "delims=" %%V in ('dir /b /ad "%plugins%" 2^>nul') do (
    call :take "%plugins%\%%V\epan\skypefed.dll"
    call :take "%plugins%\%%V\wiretap\skypefed-log.dll"
    rem Folders that are empty now; rmdir leaves others alone.
    rmdir "%plugins%\%%V\epan" 2>nul
    rmdir "%plugins%\%%V\wiretap" 2>nul
    rmdir "%plugins%\%%V" 2>nul
)
call :take "%APPDATA%\Wireshark\extcap\skypefed-log.exe"
rem What you have changed in the profile stays.
set "profile=%APPDATA%\Wireshark\profiles\SkypeFed"
pushd "%~dp0profile"
for %%F in (*) do fc /b "%%F" "%profile%\%%F" >nul 2>nul && call :take "%profile%\%%F"
popd
rmdir "%profile%" 2>nul
rmdir "%APPDATA%\Wireshark\profiles" 2>nul
rmdir "%APPDATA%\Wireshark\extcap" 2>nul
rmdir "%plugins%" 2>nul
rmdir "%APPDATA%\Wireshark" 2>nul
if defined failed exit /b 1
exit /b 0

rem take FILE: deletes a file.
:take
if not exist %1 exit /b 0
del /q %1
if exist %1 (
    echo Cannot delete %1. Is Wireshark running?
    set "failed=1"
    exit /b 1
)
echo Removed: %~1
exit /b 0
