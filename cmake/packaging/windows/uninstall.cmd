@echo off
rem SPDX-License-Identifier: GPL-2.0-or-later
rem
rem Removes what install.cmd has installed for you, for all versions of Wireshark.
setlocal

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
for %%F in ("%~dp0profile\*") do fc /b "%%F" "%profile%\%%~nxF" >nul 2>nul && call :take "%profile%\%%~nxF"
rmdir "%profile%" 2>nul
rmdir "%APPDATA%\Wireshark\profiles" 2>nul
rmdir "%APPDATA%\Wireshark\extcap" 2>nul
rmdir "%plugins%" 2>nul
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
